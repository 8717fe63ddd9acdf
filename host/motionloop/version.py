"""The version of this program in words, as `motionloop --version` and the log give it."""

from __future__ import annotations

from importlib import metadata

from motionloop import wire


def version() -> str:
    """This program's version, and the firmware and wire version that it goes with."""
    try:
        number = metadata.version("motionloop")
    except metadata.PackageNotFoundError:  # run from a checkout that is not installed
        number = "of a checkout"
    firmware = ".".join(map(str, wire.FIRMWARE_VERSION))
    return f"MotionLoop {number} (firmware {firmware}, wire {wire.WIRE_HASH:08x})"
