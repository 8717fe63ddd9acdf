"""The firmware's core, compiled here under sanitizers and run through tests/firmware/*.cpp."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.firmware import build

BUILD = build.BUILD / "native-tests"
COMPILER = os.environ.get("CXX", "g++")
SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
TEST_FLAGS = [*build.WARNINGS, *SANITIZERS, "-O1", "-g1"]


@pytest.fixture(scope="session")
def program() -> Path:
    """The test program, built once."""
    return build.program(COMPILER, [*build.CORE_SOURCES, *build.TEST_SOURCES], TEST_FLAGS, BUILD)


@pytest.fixture(scope="session")
def board_objects() -> list[Path]:
    """The core compiled with the flags of the board."""
    return build.objects(COMPILER, build.CORE_SOURCES, build.BOARD_FLAGS, BUILD / "board")


# Those that try every moment or many changes.
LONG = ("power_cut", "mutations", "any_changed_byte")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.slow] * any(part in name for part in LONG))
        for name in build.TEST_NAMES
    ],
)
def test_native(program: Path, name: str) -> None:
    output = build.run([program, build.GOLDEN, name])
    assert f"ok {name}\n1 tests, 0 failed" in output


def test_every_native_test_has_a_name_of_its_own() -> None:
    assert len(build.TEST_NAMES) == len(set(build.TEST_NAMES)) > 0


def test_core_needs_neither_heap_nor_libm(board_objects: list[Path]) -> None:
    allowed = {"memcpy", "memcmp", "memmove", "memset", "__stack_chk_fail", "_GLOBAL_OFFSET_TABLE_"}
    assert build.outside_symbols("nm", board_objects) <= allowed


def test_core_computes_without_floating_point(board_objects: list[Path]) -> None:
    scalar_float = re.compile(
        r"\t(?:v?(?:add|sub|mul|div|sqrt|cvt\w*)s[sd]2?\w*|f(?:ld|ild|mul)\w*)\s"
    )
    for path in board_objects:
        assert not scalar_float.search(build.run(["objdump", "-d", "--no-show-raw-insn", path])), (
            path
        )


def test_core_includes_only_the_standard_library_and_wire_h() -> None:
    own = {path.name for path in build.CORE.glob("*.h")}
    standard = {"stddef.h", "stdint.h", "string.h"}
    for path in [*build.CORE.glob("*.h"), *build.CORE.glob("*.cpp")]:
        text = path.read_text()
        assert set(re.findall(r"#include <(.+)>", text)) <= standard, path
        assert set(re.findall(r'#include "(.+)"', text)) <= own | {"wire_layout.h"}, path
        assert "#if" not in text, f"{path} depends on the platform"
