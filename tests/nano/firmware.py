"""Where tests of the whole image find one, and boards that run it."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from motionloop import wire
from motionloop.nano.board import SLOTS_BYTES, EmulatedNano, Revision
from motionloop.nano.image import Image
from motionloop.nano.session import Session, session_with
from motionloop.virtual.motion import BMI270, LSM9DS1, SyntheticMotion
from motionloop.virtual.wearer import SyntheticWearer

ROOT = Path(__file__).parents[2]
VARIABLE = "MOTIONLOOP_ELF"
BUILT = ROOT / ".pio" / "build" / "nano33ble" / "firmware.elf"
BUILTIN = ROOT / "models" / "builtin.mlpkg"
ANOTHER = ROOT / "tests" / "golden" / "model.mlpkg"
MODEL_ID = {
    path: wire.PackageHeader.unpack(path.read_bytes()).model_id for path in (BUILTIN, ANOTHER)
}


def elf() -> Path:
    """The image's file; skips the test where there is none."""
    named = os.environ.get(VARIABLE)
    path = Path(named) if named else BUILT
    if not path.is_file():
        pytest.skip(f"the whole image was not run: `pio run` makes one, or {VARIABLE} names it")
    return path


@cache
def image(path: Path) -> Image:
    return Image(path)


def motion(revision: Revision = "rev1", activity: str = "walking") -> SyntheticMotion:
    sensor = LSM9DS1 if revision == "rev1" else BMI270
    return SyntheticMotion(SyntheticWearer(1, activity), sensor, 1)


def nano(revision: Revision = "rev1", flash: bytes | None = None) -> EmulatedNano:
    """A board with the image, walking."""
    feed = None if revision == "no sensor" else motion(revision)
    return EmulatedNano(image(elf()), feed, revision, flash=flash)


def used_slots() -> bytes:
    """Slots full of something, without a journal: all have to be erased."""
    return bytes(SLOTS_BYTES - 4 * wire.FLASH_PAGE_BYTES).ljust(SLOTS_BYTES, b"\xff")


def connected(board: EmulatedNano, depth: str = "radio") -> Session:
    session = session_with(board, depth)  # type: ignore[arg-type]
    session.connect()
    return session


def assert_sound(board: EmulatedNano) -> None:
    """Nothing happened that would have harmed a real board."""
    assert board.faults == []
    assert board.resets == []
    assert board.nvmc.faults == []
