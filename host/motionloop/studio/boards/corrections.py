"""Windows that the board got wrong, kept with the right label for the next training.

One recording per day, wearer and start of the board gets each corrected window. The time between
two windows is a declared gap, so no window is ever cut across them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motionloop.board.prediction import Prediction
from motionloop.errors import ChangedElsewhereError, MotionLoopError
from motionloop.language import tr
from motionloop.recordings.managing import put_in_bin
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import (
    BETWEEN_CORRECTIONS,
    RecordedBoard,
    recording_folders,
)
from motionloop.recordings.segments import Segment, check_label, cut_out
from motionloop.recordings.writer import RecordingWriter
from motionloop.sample_format import SampleFormat
from motionloop.studio.boards.board_link import BoardLink
from motionloop.studio.boards.sample_ring import Stretch

PREFIX = "corrections"
_ARRIVAL_S = 1.0  # time in which lost samples are sent again
_LOOK_AGAIN_S = 0.02
_TRIES = 3  # while another program labels the same recording


@dataclass(frozen=True, eq=False)
class Correction:
    """A kept window: int16 `raw` [n, 6], the label, and whose it is."""

    path: Path
    segment: Segment
    board: str
    wearer: str
    raw: NDArray[np.int16]


async def window_of(link: BoardLink, prediction: Prediction) -> Stretch:
    """The samples that the board classified; the last of them may come after the prediction.

    MotionLoopError when they are not all here, any more or in time.
    """
    if link.package is None or link.info is None or link.ring is None:
        raise MotionLoopError(
            tr(
                "The model of {board} is still being read, so its window is not known. Wait a "
                "few seconds and press the key again.",
                board=link.name,
            )
        )
    span = link.package.input.windower(SampleFormat.from_info(link.info)).span
    ring, first_seq = link.ring, prediction.seq_end - span + 1
    for _ in range(round(_ARRIVAL_S / _LOOK_AGAIN_S)):
        if (found := ring.stretch(first_seq, prediction.seq_end)) is not None:
            return found
        await asyncio.sleep(_LOOK_AGAIN_S)
    raise MotionLoopError(
        tr(
            "Some samples of that window did not arrive from {board}, so it was not kept. "
            "Press the key again at the next window that is wrong.",
            board=link.name,
        )
    )


def keep(
    folder: Path, link: BoardLink, window: Stretch, label: str, wearer: str, placement: str
) -> Path:
    """Store `window` as a segment `label`; returns the recording.

    Of a window that overlaps an earlier one the later label holds. RecordingError or
    DiskFullError when it cannot be stored.
    """
    assert link.info is not None
    try:
        check_label(label)
    except ValueError as error:
        raise MotionLoopError(tr("That window was not kept: {error}.", error=error)) from error
    board = RecordedBoard.from_info(link.info, link.name, link.address)
    parts = (PREFIX, time.strftime("%Y%m%d"), *wearer.split(), f"{board.boot_id:08x}")
    path = folder / "-".join(parts).replace("/", "-")
    if path.exists():
        writer = RecordingWriter.append_to(path, board)
    else:
        writer = RecordingWriter.create(path, board, wearer=wearer, placement=placement)
    with writer:
        last_us = writer.last_us
        new = window.t_us > (-1 if last_us is None else last_us)
        if new.any():
            writer.declare_gap(BETWEEN_CORRECTIONS)
            writer.append(int(window.seq[new][0]), window.t_us[new], window.raw[new])
    fresh = Segment(int(window.t_us[0]), int(window.t_us[-1]) + 1, label)

    def with_window(segments: Iterable[Segment]) -> list[Segment]:
        return [*cut_out(segments, fresh.start_us, fresh.end_us), fresh]

    _change_labels(path, with_window)
    return path


def _change_labels(path: Path, change: Callable[[Iterable[Segment]], list[Segment]]) -> None:
    """Change labels that another program may be changing, too: its changes stay."""
    for _ in range(_TRIES - 1):
        recording = Recording.open(path)
        with suppress(ChangedElsewhereError):
            return recording.set_segments(change(recording.segments))
    recording = Recording.open(path)
    recording.set_segments(change(recording.segments))


def stored_corrections(folder: Path) -> list[Correction]:
    """The corrections in a folder of recordings, the newest first."""
    found: list[Correction] = []
    for path in recording_folders(folder):
        if not path.name.startswith(PREFIX):
            continue
        try:
            recording = Recording.open(path)
        except MotionLoopError:  # the page Data names it
            continue
        for segment in recording.segments:
            first, end = np.searchsorted(recording.t_us, (segment.start_us, segment.end_us))
            raw = recording.raw[first:end]
            found.append(Correction(path, segment, recording.board.name, recording.wearer, raw))
    order = {path: path.stat().st_mtime_ns for path in {one.path for one in found}}
    return sorted(found, key=lambda one: (order[one.path], one.segment.start_us), reverse=True)


def undo_correction(correction: Correction) -> None:
    """Take the label off again; a recording without any is moved into the bin.

    RecordingError or DiskFullError when the disk failed.
    """
    others = Recording.open(correction.path).segments
    if all(segment == correction.segment for segment in others):
        put_in_bin(correction.path)
        return
    _change_labels(
        correction.path, lambda segments: [one for one in segments if one != correction.segment]
    )
