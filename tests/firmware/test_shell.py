"""The shell's checks of what a central sends, compiled here under sanitizers.

`shell/library` stands for ArduinoBLE: the same classes, which only count what reaches them.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.firmware import build

FOLDER = build.TESTS / "shell"
LIBRARY = FOLDER / "library"
HEADERS = sorted(LIBRARY.rglob("*.h"))
SOURCES = [
    build.TESTS / "check.cpp",
    build.SHELL / "att.cpp",
    build.SHELL / "hci.cpp",
    FOLDER / "hostile_central.cpp",
]
FLAGS = [
    *("-std=gnu++14", "-Wall", "-Wextra", "-Werror", "-O1", "-g1", f"-I{LIBRARY}"),
    *("-fsanitize=address,undefined", "-fno-sanitize-recover=all"),
]
NAMES = re.findall(r"^TEST\((\w+)\)", SOURCES[-1].read_text(), re.MULTILINE)


@pytest.fixture(scope="session")
def program() -> Path:
    """The test program, built once."""
    flags = [*FLAGS, f"-DLIBRARY_{build.key_of(*HEADERS)}"]
    compiler = os.environ.get("CXX", "g++")
    return build.program(compiler, SOURCES, flags, build.BUILD / "shell-tests")


@pytest.mark.parametrize("name", NAMES)
def test_hostile_central(program: Path, name: str) -> None:
    output = build.run([program, build.GOLDEN, name])
    assert f"ok {name}\n1 tests, 0 failed" in output
