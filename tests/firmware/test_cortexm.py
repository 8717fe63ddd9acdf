"""The firmware's core on an emulated Cortex-M4: the tests and golden bytes of test_native.py.

The programs are the same files, compiled as for the board, so what passes here and there gives
equal bits on both.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks import cortexm
from tests.firmware import build
from tests.firmware.cortexm import machine

pytestmark = pytest.mark.cortexm

BUILD = build.BUILD / "cortexm-tests"

MAIN_STACK_BYTES = 32768  # the Arduino core's MBED_CONF_RTOS_MAIN_THREAD_STACK_SIZE

# Of the compiler's own library: integers of 64 bits and the C++ ABI, no libm and no heap.
ALLOWED = {
    *("memcpy", "memcmp", "memmove", "memset"),
    *("__aeabi_ldivmod", "__aeabi_uldivmod"),
}


@pytest.fixture(scope="session", autouse=True)
def tools() -> None:
    """Needed in CI; elsewhere the summary says what was left out and how to get it."""
    missing = machine.what_is_missing()
    if missing is not None and os.environ.get("CI") == "true":
        pytest.fail(missing, pytrace=False)
    if missing is not None:
        pytest.skip(missing)


@pytest.fixture(scope="session")
def program() -> Path:
    """The test program, built once."""
    return machine.program(build.TEST_SOURCES, BUILD)


@pytest.mark.parametrize("name", build.TEST_NAMES)
def test_cortexm(program: Path, name: str) -> None:
    output = machine.run(program, build.GOLDEN, ".", name)
    assert f"ok {name}\n1 tests, 0 failed" in output


def test_a_fresh_board_takes_the_built_in_model() -> None:
    sources = [
        build.TESTS / "check.cpp",
        build.SHELL / "builtin_model.cpp",
        machine.FOLDER / "first_start.cpp",
    ]
    output = machine.run(machine.program(sources, BUILD / "first-start"), build.GOLDEN, ".")
    assert "2 tests, 0 failed" in output


def test_instructions_stay_within_their_limits() -> None:
    counted = cortexm.count_instructions()
    assert 0 < counted["sample"] <= 1500
    assert 0 < counted["window"] <= 60000


# mbed does not notice a stack that overflows. Half of it is to stay free, and what calls the core
# or is called by it needs some: TFLM took 0.9 KB on the emulated Cortex-M4.
def test_the_main_stack_holds_the_core() -> None:
    folder = BUILD / "stack-usage"
    build.objects(
        machine.COMPILER,
        build.CORE_SOURCES,
        [*machine.SOFTFP_FLAGS, "-fstack-usage"],
        folder,
    )
    usage = "".join(file.read_text() for file in folder.glob("*.su"))
    largest = max(int(line.split("\t")[1]) for line in usage.splitlines())
    assert 6144 <= largest <= MAIN_STACK_BYTES // 2 - 3072


@pytest.mark.parametrize(
    "flags", [machine.CORE_FLAGS, machine.SOFTFP_FLAGS], ids=["hard", "softfp"]
)
def test_core_needs_neither_heap_nor_libm(flags: list[str]) -> None:
    folder = BUILD / flags[-1].strip("-")
    objects = build.objects(machine.COMPILER, build.CORE_SOURCES, flags, folder)
    assert build.outside_symbols("arm-none-eabi-nm", objects) <= ALLOWED
