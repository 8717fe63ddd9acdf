"""Compiles C++ for the tests. What has been made from the same text is used again."""

from __future__ import annotations

import fcntl
import hashlib
import re
import shlex
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
CORE = ROOT / "firmware/lib/core"
WIRE = ROOT / "firmware/lib/wire"
SHELL = ROOT / "firmware/src"
BUILT_IN = ROOT / "models/builtin.mlpkg"  # which a source of the shell includes
TESTS = ROOT / "tests/firmware"
GOLDEN = ROOT / "tests/golden"
BUILD = ROOT / "build"

CORE_SOURCES = sorted(CORE.glob("*.cpp"))
TEST_SOURCES = sorted(TESTS.glob("*.cpp"))
TEST_NAMES = [
    name
    for source in TEST_SOURCES
    for name in re.findall(r"^TEST\((\w+)\)", source.read_text(), re.MULTILINE)
]

WARNINGS = ["-std=gnu++14", "-Wall", "-Wextra", "-Werror", "-Wconversion"]
# As for the board: no exceptions, no run-time types, optimized for size.
BOARD_FLAGS = [*WARNINGS, "-fno-exceptions", "-fno-rtti", "-Os"]


class CommandFailed(Exception):
    """A compiler or program that did not exit with 0; the message is what it said."""


def run(command: Sequence[str | Path], folder: Path = ROOT, timeout_s: float = 300.0) -> str:
    """The standard output of a command run in `folder`. Raises CommandFailed."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, cwd=folder, timeout=timeout_s)
    if done.returncode != 0:
        raise CommandFailed(f"{shlex.join(words)}\n{done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process at a time builds in a folder: pytest-xdist starts several."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def key_of(*parts: str | Path) -> str:
    """A name for these texts and contents of files."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else part.encode()
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:16]


def objects(
    compiler: str, sources: Sequence[Path], flags: Sequence[str], folder: Path
) -> list[Path]:
    """An object file of each source."""
    version = run([compiler, "--version"])
    folders = (CORE, WIRE, TESTS, SHELL)
    with_headers = {*folders, *(source.parent for source in sources)}
    included = sorted(header for path in with_headers for header in path.glob("*.h"))

    def compile_one(source: Path) -> Path:
        key = key_of(version, " ".join(flags), *included, BUILT_IN, source)
        result = folder / f"{source.stem}-{key}.o"
        if not result.exists():
            for stale in folder.glob(f"{source.stem}-*.*"):
                stale.unlink()
            made = result.with_suffix(".part")
            includes = [f"-I{path}" for path in folders]
            run([compiler, *flags, *includes, "-c", source, "-o", made])
            made.rename(result)
        return result

    with locked(folder), ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(compile_one, sources))


def program(
    compiler: str,
    sources: Sequence[Path],
    flags: Sequence[str],
    folder: Path,
    link_flags: Sequence[str] = (),
    link_inputs: Sequence[Path] = (),
) -> Path:
    """A linked program. `link_inputs` are files that `link_flags` name."""
    parts = objects(compiler, sources, flags, folder / "objects")
    key = key_of(*(part.name for part in parts), " ".join(link_flags), *link_inputs)
    result = folder / f"program-{key}"
    with locked(folder):
        if not result.exists():
            for stale in folder.glob("program-*"):
                stale.unlink()
            made = folder / "linking"
            run([compiler, *flags, *link_flags, *parts, "-o", made])
            made.rename(result)
    return result


def outside_symbols(nm: str, core: Sequence[Path]) -> set[str]:
    """What object files ask for and do not have among themselves."""
    undefined: set[str] = set()
    defined: set[str] = set()
    for line in run([nm, "-C", *core]).splitlines():
        if match := re.match(r"(?:[0-9a-f]{8}|[0-9a-f]{16}| +) ([A-Za-z]) (.+)", line):
            (undefined if match[1] == "U" else defined).add(match[2])
    return undefined - defined
