"""Builds the bare-metal program and runs its cases on an emulated chip."""

from __future__ import annotations

import struct
from pathlib import Path

from motionloop.nano.image import Image
from motionloop.nano.soc import Soc
from tests.firmware import build
from tests.firmware.cortexm import machine

FOLDER = Path(__file__).parent
LINKER_SCRIPT = FOLDER / "bare_metal.ld"


def program() -> Image:
    """All cases in one program. Raises build.CommandFailed."""
    return Image(
        build.program(
            machine.COMPILER,
            sorted(FOLDER.glob("*.cpp")),
            machine.CORE_FLAGS,
            build.BUILD / "bare-metal",
            ["-nostartfiles", "--specs=nano.specs", "-T", str(LINKER_SCRIPT)],
            [LINKER_SCRIPT],
        )
    )


def choose(soc: Soc, case: str, parameter: int = 0) -> None:
    """The case that runs after the next reset."""
    for name, value in (("scenario", soc.image[case].address | 1), ("parameter", parameter)):
        soc.processor.write(soc.image[name].address, struct.pack("<I", value))


def has_finished(soc: Soc) -> bool:
    return soc.words("finished") == (1,)


def finish(soc: Soc, seconds: float = 0.1) -> None:
    """Run until the case has finished. Fails when it does not, or takes a strange exception."""
    end = soc.now + round(seconds * 64e6)
    while soc.now < end and not has_finished(soc):
        soc.run_for(0.001)
    assert has_finished(soc), f"not finished; faults: {soc.faults}"
    unexpected = soc.words("results", 64)[63]
    assert unexpected == 0, f"unexpected exception {unexpected:#x}; faults: {soc.faults}"


def trace(soc: Soc) -> list[int]:
    """What a case wrote down with note()."""
    return list(soc.words("trace", 32)[: soc.words("noted")[0]])
