"""Small recordings that the tests make, and what they do to them."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np

from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.writer import RecordingWriter
from motionloop.sample_format import SampleFormat

PERIOD_US = 10_000

BOARD = RecordedBoard(
    name="MotionLoop-1",
    format=SampleFormat(100.0, 244_000, 1_221_730),
    address="AA:BB",
    imu="LSM9DS1",
    firmware="0.1.0",
    boot_id=7,
)


def raw_of(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(-32768, 32768, (count, 6)).astype(np.int16)


def append(writer: RecordingWriter, seq: int, count: int, start_us: int | None = None) -> None:
    """`count` samples from `seq` on, by default at the time that belongs to their number."""
    start_us = seq * PERIOD_US if start_us is None else start_us
    writer.append(seq, start_us + np.arange(count) * PERIOD_US, raw_of(count, seq))


def gaps_in(folder: Path) -> list[tuple[int, int, str]]:
    return [(gap.after_seq, gap.missing, gap.reason) for gap in Recording.open(folder).gaps]


def no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def edit(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text()))


def replace_line(number: int, line: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        lines = text.splitlines(keepends=True)
        lines[number - 1] = line
        return "".join(lines)

    return change
