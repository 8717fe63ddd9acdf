"""Building sdists and wheels. CMake's build is kept, so that only the first run compiles."""

from __future__ import annotations

import fcntl
import filecmp
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
CACHE = ROOT / "build" / "packaging"


def build(source: Path, kind: str, into: Path, **variables: str) -> Path:
    """Build "sdist" or "wheel" as `pip` and `pipx` do, with the build tools of this Python."""
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # cmake, ninja
    command = [sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", into]
    done = subprocess.run(
        [*command, f"-Cbuild-dir={CACHE / sysconfig.get_platform()}-{sys.hexversion:x}", source],
        env=os.environ | {"PATH": tools} | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    (built,) = into.iterdir()
    return built


@contextmanager
def cache_to_ourselves() -> Iterator[None]:
    """Tests in other processes wait here."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def unpack(sdist: Path, into: Path) -> None:
    """Unpack; files that are there already keep their time, by which ninja knows them."""
    fresh = into.with_name("fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    with tarfile.open(sdist) as archive:
        archive.extractall(fresh, filter="data")
    (new,) = fresh.iterdir()
    for path in [path for path in into.rglob("*") if path.is_file()]:
        if not (new / path.relative_to(into)).is_file():
            path.unlink()
    for path in [path for path in new.rglob("*") if path.is_file()]:
        there = into / path.relative_to(new)
        if not there.is_file() or not filecmp.cmp(path, there, shallow=False):
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, there)
    shutil.rmtree(fresh)
