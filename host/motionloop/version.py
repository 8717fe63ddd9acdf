"""The version of this program in words, as `motionloop --version` and the log give it."""

from __future__ import annotations

from importlib import metadata

from motionloop import installation, wire
from motionloop.language import tr


def version() -> str:
    """This program's version, and the firmware and wire version that it goes with."""
    if installation.is_checkout():  # the metadata there is of the last `make setup`
        number: str = tr("of the checkout {folder}", folder=installation.root())
    else:
        number = metadata.version("motionloop")
    firmware = ".".join(map(str, wire.FIRMWARE_VERSION))
    return tr(
        "MotionLoop {number} (firmware {firmware}, wire {wire:08x})",
        number=number,
        firmware=firmware,
        wire=wire.WIRE_HASH,
    )
