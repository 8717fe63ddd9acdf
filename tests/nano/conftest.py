"""A chip with a bare-metal program of our own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

import pytest

from motionloop.nano.image import Image
from motionloop.nano.soc import Soc
from tests.firmware.cortexm.machine import COMPILER
from tests.nano.bare_metal import machine


@pytest.fixture(scope="session")
def program() -> Image:
    """Needed in CI; elsewhere the summary says what was left out and how to get it."""
    if shutil.which(COMPILER) is None:
        missing = f"{COMPILER} not found: apt install gcc-arm-none-eabi"
        if os.environ.get("CI") == "true":
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    return machine.program()


@pytest.fixture
def board(program: Image) -> Callable[..., Soc]:
    """Makes a chip that will run a case; `parameter` is handed to the case."""

    def make(case: str, parameter: int = 0, **more: int) -> Soc:
        soc = Soc(program, **more)
        machine.choose(soc, case, parameter)
        return soc

    return make


@pytest.fixture
def run(board: Callable[..., Soc]) -> Callable[..., Soc]:
    """Makes a chip and lets a case run to its end."""

    def run_case(case: str, parameter: int = 0, seconds: float = 0.1, **more: int) -> Soc:
        soc = board(case, parameter, **more)
        machine.finish(soc, seconds)
        return soc

    return run_case
