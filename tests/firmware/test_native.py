"""The firmware's core, compiled here under sanitizers and run through tests/firmware/*.cpp."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shlex
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = ROOT / "firmware/lib/core"
WIRE = ROOT / "firmware/lib/wire"
TESTS = ROOT / "tests/firmware"
GOLDEN = ROOT / "tests/golden"
BUILD = ROOT / "build/native-tests"

COMPILER = os.environ.get("CXX", "g++")
WARNINGS = ["-std=gnu++14", "-Wall", "-Wextra", "-Werror", "-Wconversion"]
SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
TEST_FLAGS = [*WARNINGS, *SANITIZERS, "-O1", "-g1"]
# As for the board: no exceptions, no run-time types, optimized for size.
BOARD_FLAGS = [*WARNINGS, "-fno-exceptions", "-fno-rtti", "-Os"]

TEST_SOURCES = sorted(TESTS.glob("*.cpp"))
CORE_SOURCES = sorted(CORE.glob("*.cpp"))
TEST_NAMES = [
    name
    for source in TEST_SOURCES
    for name in re.findall(r"^TEST\((\w+)\)", source.read_text(), re.MULTILINE)
]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process at a time builds: pytest-xdist starts several."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run(command: Sequence[str | Path]) -> str:
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode != 0:
        pytest.fail(f"{shlex.join(words)}\n{done.stdout}{done.stderr}", pytrace=False)
    return done.stdout


def key_of(*parts: str | Path) -> str:
    digest = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else part.encode()
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:16]


def compile_all(sources: Sequence[Path], flags: Sequence[str], folder: Path) -> list[Path]:
    """An object file of each source. What has been compiled from the same text is used again."""
    folder.mkdir(parents=True, exist_ok=True)
    version = run([COMPILER, "--version"])
    headers = sorted([*CORE.glob("*.h"), *WIRE.glob("*.h"), *TESTS.glob("*.h")])

    def compile_one(source: Path) -> Path:
        key = key_of(version, " ".join(flags), *headers, source)
        result = folder / f"{source.stem}-{key}.o"
        if not result.exists():
            for stale in folder.glob(f"{source.stem}-*.*"):
                stale.unlink()
            made = result.with_suffix(".part")
            run([COMPILER, *flags, "-I", CORE, "-I", WIRE, "-c", source, "-o", made])
            made.rename(result)
        return result

    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(compile_one, sources))


@pytest.fixture(scope="session")
def program() -> Path:
    """The test program, built once."""
    with locked(BUILD):
        objects = compile_all([*CORE_SOURCES, *TEST_SOURCES], TEST_FLAGS, BUILD / "objects")
        result = BUILD / f"program-{key_of(*(o.name for o in objects))}"
        if not result.exists():
            for stale in BUILD.glob("program-*"):
                stale.unlink()
            made = BUILD / "linking"
            run([COMPILER, *TEST_FLAGS, *objects, "-o", made])
            made.rename(result)
        return result


@pytest.fixture(scope="session")
def board_objects() -> list[Path]:
    """The core compiled with the flags of the board."""
    with locked(BUILD):
        return compile_all(CORE_SOURCES, BOARD_FLAGS, BUILD / "board")


@pytest.mark.parametrize("name", TEST_NAMES)
def test_native(program: Path, name: str) -> None:
    output = run([program, GOLDEN, name])
    assert f"ok {name}\n1 tests, 0 failed" in output


def test_every_native_test_has_a_name_of_its_own() -> None:
    assert len(TEST_NAMES) == len(set(TEST_NAMES)) > 0


def test_core_needs_neither_heap_nor_libm(board_objects: list[Path]) -> None:
    undefined: set[str] = set()
    defined: set[str] = set()
    for line in run(["nm", "-C", *board_objects]).splitlines():
        if match := re.match(r"[0-9a-f ]{16} ([A-Za-z]) (.+)", line):
            (undefined if match[1] == "U" else defined).add(match[2])
    allowed = {"memcpy", "memcmp", "memmove", "memset", "__stack_chk_fail", "_GLOBAL_OFFSET_TABLE_"}
    assert undefined - defined <= allowed


def test_core_computes_without_floating_point(board_objects: list[Path]) -> None:
    scalar_float = re.compile(
        r"\t(?:v?(?:add|sub|mul|div|sqrt|cvt\w*)s[sd]2?\w*|f(?:ld|ild|mul)\w*)\s"
    )
    for path in board_objects:
        assert not scalar_float.search(run(["objdump", "-d", "--no-show-raw-insn", path])), path


def test_core_includes_only_the_standard_library_and_wire_h() -> None:
    own = {path.name for path in CORE.glob("*.h")}
    standard = {"stddef.h", "stdint.h", "string.h"}
    for path in [*CORE.glob("*.h"), *CORE.glob("*.cpp")]:
        text = path.read_text()
        assert set(re.findall(r"#include <(.+)>", text)) <= standard, path
        assert set(re.findall(r'#include "(.+)"', text)) <= own | {"wire.h"}, path
        assert "#if" not in text, f"{path} depends on the platform"
