"""Checks what a board answers before anybody uses it. No input or output.

A board may have firmware of somebody else, or of somebody who means harm. Board and host share
every layout (`client.check_wire`), so that a value which no board can have is no misunderstanding.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from motionloop import wire
from motionloop.errors import BoardAnswerError, MotionLoopError
from motionloop.language import tr
from motionloop.recordings.recording_json import check_format
from motionloop.recordings.samples_csv import EXACT
from motionloop.sample_format import SampleFormat

MIN_RATE_HZ, MAX_RATE_HZ = 1, 10_000  # no motion sensor is slower or faster
MAX_SLOT_BYTES = 1 << 20  # the whole flash of the processor
MIN_MODEL_WRITE_BYTES = wire.ModelChunkHeader.SIZE + wire.FLASH_WORD_BYTES
SLOTS = 3
MOST_TRIES = 10  # without progress
T = TypeVar("T", bound=wire.Layout)


def checked_info(info: wire.Info, board: str) -> wire.Info:
    """Check a board's Info.

    Args:
        info: As read.
        board: The board, for messages.

    Returns:
        The same.

    Raises:
        BoardAnswerError: No board can have one of its values.
    """
    samples = SampleFormat.from_info(info)
    slots = *range(SLOTS), wire.NO_SLOT
    writes = range(MIN_MODEL_WRITE_BYTES, wire.MAX_MODEL_WRITE_BYTES + 1)
    checks: Mapping[str, bool] = {
        tr("a sensor with the number {number}", number=info.imu): info.imu in list(wire.Imu),
        tr("a rate of {rate:g} Hz", rate=samples.rate_hz): MIN_RATE_HZ
        <= samples.rate_hz
        <= MAX_RATE_HZ,
        tr("writes of {bytes} bytes", bytes=info.max_model_write): info.max_model_write in writes,
        tr("slots of {bytes} bytes", bytes=info.slot_bytes): 0 < info.slot_bytes <= MAX_SLOT_BYTES,
        tr("a model in slot {slot}", slot=info.active_slot): info.active_slot in slots,
    }
    for what, can_be in checks.items():
        if not can_be:
            raise BoardAnswerError(board, what)
    try:
        check_format(samples)
    except ValueError as error:
        raise BoardAnswerError(board, str(error)) from error
    return info


def unpacked(layout: type[T], result: bytes, opcode: wire.Opcode, board: str) -> T:
    """Read the result of a command.

    Args:
        layout: Of the result.
        result: Its bytes.
        opcode: The command, for messages.
        board: The board, for messages.

    Returns:
        The fields' values.

    Raises:
        BoardAnswerError: The result has another length.
    """
    if len(result) != layout.SIZE:
        raise BoardAnswerError(
            board,
            tr(
                "{bytes} bytes to {command}, which has {size}",
                bytes=len(result),
                command=opcode.name,
                size=layout.SIZE,
            ),
        )
    return layout.unpack(result)


def checked_counters(counters: wire.Counters, board: str) -> wire.Counters:
    """Check a board's counters.

    Args:
        counters: As read.
        board: The board, for messages.

    Returns:
        The same.

    Raises:
        BoardAnswerError: Its clock shows a time that no recording can hold.
    """
    if counters.now_us >= EXACT:
        raise BoardAnswerError(board, tr("a time of {time_us} us", time_us=counters.now_us))
    return counters


def checked_offset(offset: int, sent_bytes: int, total_bytes: int, board: str) -> int:
    """Check how many bytes of a package a board says it holds.

    Args:
        offset: As answered.
        sent_bytes: Bytes that were sent at most.
        total_bytes: Size of the package.
        board: The board, for messages.

    Returns:
        The offset.

    Raises:
        BoardAnswerError: It cannot hold so many, or not a whole number of words.
    """
    is_whole = offset % wire.FLASH_WORD_BYTES == 0 or offset == total_bytes
    if offset > sent_bytes or not is_whole:
        raise BoardAnswerError(
            board,
            tr(
                "it holds {offset} bytes of a package, of which {sent} were sent",
                offset=offset,
                sent=sent_bytes,
            ),
        )
    return offset


def checked_header(data: bytes, slot_bytes: int, board: str) -> wire.PackageHeader:
    """Check the header of the package in a board's slot, as far as reading the rest needs it.

    Args:
        data: The first `PackageHeader.SIZE` bytes of the package.
        slot_bytes: Size of the slot.
        board: The board, for messages.

    Returns:
        The header.

    Raises:
        BoardAnswerError: No package in a slot can have this header.
    """
    header = wire.PackageHeader.unpack(data)
    labels_end = header.labels_offset + header.class_count * wire.LABEL_BYTES
    checks = {
        tr("a model that is no package"): header.magic == wire.PACKAGE_MAGIC,
        tr(
            "a package of {bytes} bytes in a slot of {slot_bytes}",
            bytes=header.total_bytes,
            slot_bytes=slot_bytes,
        ): (len(data) <= header.total_bytes <= slot_bytes),
        tr("a model with {count} classes", count=header.class_count): 1
        <= header.class_count
        <= wire.MAX_CLASSES,
        tr("labels at byte {offset} of its package", offset=header.labels_offset): (
            len(data) <= header.labels_offset and labels_end <= header.total_bytes
        ),
    }
    for what, can_be in checks.items():
        if not can_be:
            raise BoardAnswerError(board, what)
    return header


class Tries:
    """Ends what gets nowhere: counts the failures since there was progress.

    Args:
        most: So many failures in a row are borne.
    """

    def __init__(self, most: int = MOST_TRIES) -> None:
        self._most = self._left = most

    def progressed(self) -> None:
        """Something was gained: all tries are left again."""
        self._left = self._most

    def failed(self, error: MotionLoopError) -> None:
        """Note a failure.

        Args:
            error: Says what failed.

        Raises:
            MotionLoopError: `error`, when no try is left.
        """
        self._left -= 1
        if self._left <= 0:
            raise error
