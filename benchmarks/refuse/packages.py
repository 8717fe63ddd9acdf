"""Packages that a board must refuse, made of a sound one."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from functools import partial

from benchmarks.refuse.attempt import Attempt
from benchmarks.refuse.bare_board import BareBoard
from benchmarks.refuse.models import hostile_models
from motionloop import wire
from motionloop.model.package import unpack_package

_CRC_FROM = wire.PackageHeader.offset_of("signature")
# Header fields with which a package may also be sound.
_FREE = {"crc32", "signature", "key_id", "version_counter", "model_id", "hop", "smoothing"}
_FREE |= {"reserved", "table_count"}


@dataclass(frozen=True)
class Case:
    """A package, and what is wrong with it."""

    name: str
    package: bytes


def sealed(package: bytes) -> bytes:
    """The package with a checksum that is right again."""
    header = wire.PackageHeader.unpack(package)
    crc = zlib.crc32(package[_CRC_FROM:])
    return replace(header, crc32=crc).pack() + package[wire.PackageHeader.SIZE :]


def changed_bytes(sound: bytes) -> Iterator[Case]:
    """Each byte changed in turn."""
    for at in range(len(sound)):
        changed = bytearray(sound)
        changed[at] ^= 1 + at % 255
        yield Case(f"byte {at} is another", bytes(changed))


def malformed(sound: bytes) -> Iterator[Case]:
    """Cut anywhere, and with limits of the header broken under a right checksum."""
    for length in range(0, len(sound), 16):
        yield Case(f"the first {length} bytes alone", sound[:length])
    header = wire.PackageHeader.unpack(sound)
    rest = sound[wire.PackageHeader.SIZE :]
    for field in fields(wire.PackageHeader):
        if field.name in _FREE:
            continue
        now = getattr(header, field.name)
        bits = 8 * {"B": 1, "H": 2, "I": 4}[field.metadata["code"]]
        for value in {0, 1, now + 1, now - 1, 2**bits - 1, 2 ** (bits - 1)} - {now}:
            if not 0 <= value < 2**bits or (field.name, value) in _ALSO_SOUND:
                continue
            wrong = replace(header, **{field.name: value}).pack() + rest
            yield Case(f"{field.name} is {value}", sealed(wrong))
    size = header.window * header.channel_count
    for output in range(header.class_count):
        wrong = bytearray(sound)
        wrong[header.golden_offset + size + output] ^= 1
        yield Case(f"golden output {output} is another", sealed(bytes(wrong)))


# A package without a rejection is sound, and so is one of a part of its golden windows, or of
# another rate.
_ALSO_SOUND = {("rejection_words", 0), ("golden_count", 1), ("golden_count", 2)}
_ALSO_SOUND |= {("model_rate_mhz", 49_999), ("model_rate_mhz", 50_001)}


def with_hostile_models(sound: bytes) -> Iterator[Case]:
    """Sound packages around hostile models."""
    package = unpack_package(sound)
    for model in hostile_models():
        around = replace(package, tflite=model.tflite, rejection=None)
        yield Case(model.name, around.pack())


def pushed(cases: Callable[[bytes], Iterator[Case]], sound: bytes) -> Iterator[Attempt]:
    """Push each case to a board without an owner, which runs the sound package."""
    board = BareBoard(sound)
    model_id = board.model_id

    def runs(package: bytes) -> bool:
        return board.push(package) == wire.Status.OK or board.model_id != model_id

    for case in cases(sound):
        yield Attempt(case.name, partial(runs, case.package))
