"""Model packages, compared by tests."""

from __future__ import annotations

from dataclasses import replace

from motionloop import wire

HEADER = wire.PackageHeader


def unsigned(package: bytes) -> bytes:
    """The package without what a push writes into its header: the same model, the same bytes."""
    header = replace(
        HEADER.unpack(package),
        crc32=0,
        signature=bytes(wire.SIGNATURE_BYTES),
        key_id=bytes(wire.KEY_ID_BYTES),
        version_counter=0,
    )
    return header.pack() + package[HEADER.SIZE :]
