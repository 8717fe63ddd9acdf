"""Windows that the board got wrong, kept with the right label for the next training.

One recording per day, wearer and start of the board gets each corrected window. The time between
two windows is a declared gap, so no window is ever cut across them.

A file beside the samples holds the windows as they were kept, the newest last: where windows
overlap, the labels of the recording no longer tell what a later one hid, and an undo brings back.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motionloop.board.prediction import Prediction
from motionloop.errors import ChangedElsewhereError, MotionLoopError
from motionloop.language import tr
from motionloop.recordings.file_names import folder_name
from motionloop.recordings.managing import put_in_bin
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import (
    BETWEEN_CORRECTIONS,
    RecordedBoard,
    recording_folders,
)
from motionloop.recordings.segments import Segment, check_label, cut_out
from motionloop.recordings.writer import RecordingWriter
from motionloop.safe_files import disk_error, read_json, write_whole
from motionloop.sample_format import SampleFormat
from motionloop.studio.boards.board_link import BoardLink
from motionloop.studio.boards.sample_ring import Stretch
from motionloop.typed_values import typed_value

PREFIX = "corrections"
KEPT_FILE = "corrections.json"
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
    begin = f"{PREFIX}-{time.strftime('%Y%m%d')}"
    path = folder / folder_name(begin, wearer, f"{board.boot_id:08x}")
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
    _write_kept(path, [*(one for one in _kept(path) if one != fresh), fresh])
    _change_labels(path, lambda segments: _laid_over(segments, [fresh]))
    return path


def _laid_over(segments: Iterable[Segment], windows: Iterable[Segment]) -> list[Segment]:
    """Segments with windows over them; neighbours of one label become one, so that windows of a
    model fit in across their border."""
    laid = list(segments)
    for window in windows:
        laid = [*cut_out(laid, window.start_us, window.end_us), window]
    joined: list[Segment] = []
    for one in sorted(laid):
        if joined and (joined[-1].end_us, joined[-1].label) == (one.start_us, one.label):
            joined[-1] = Segment(joined[-1].start_us, one.end_us, one.label)
        else:
            joined.append(one)
    return joined


def _kept(path: Path) -> list[Segment]:
    """The windows of a recording, the newest last; the labels where no file says more."""
    with suppress(OSError, ValueError):
        return [
            Segment(
                typed_value(one, "start_us", int),
                typed_value(one, "end_us", int),
                typed_value(one, "label", str),
            )
            for one in typed_value(read_json(path / KEPT_FILE), "windows", list)
        ]
    return list(Recording.open(path).segments)


def _write_kept(path: Path, windows: Iterable[Segment]) -> None:
    content = json.dumps({"windows": [asdict(one) for one in windows]})
    try:
        write_whole(path / KEPT_FILE, content.encode())
    except OSError as error:
        raise disk_error(error, path, tr("It was not changed.")) from error


def _change_labels(path: Path, change: Callable[[Iterable[Segment]], list[Segment]]) -> None:
    """Change labels that another program may be changing, too: its changes stay."""
    for _ in range(_TRIES - 1):
        recording = Recording.open(path)
        with suppress(ChangedElsewhereError):
            return recording.set_segments(change(recording.segments))
    recording = Recording.open(path)
    recording.set_segments(change(recording.segments))


def stored_corrections(folder: Path) -> list[Correction]:
    """The corrections in a folder of recordings, the newest first; without those whose window a
    later one, or a change on the page Label, took in part."""
    found: list[tuple[int, int, Correction]] = []
    for path in recording_folders(folder):
        if not path.name.startswith(PREFIX):
            continue
        try:
            changed_ns = path.stat().st_mtime_ns
            recording, kept = Recording.open(path), _kept(path)
        except (MotionLoopError, OSError):  # the page Data names it, or an undo moved it just now
            continue
        for place, window in enumerate(kept):
            label = _label_of(window, recording.segments)
            if label is None or any(
                _overlap(window, later) and later.label != window.label
                for later in kept[place + 1 :]
            ):
                continue
            first, end = np.searchsorted(recording.t_us, (window.start_us, window.end_us))
            whose, raw = (recording.board.name, recording.wearer), recording.raw[first:end]
            shown = replace(window, label=label)
            found.append((changed_ns, place, Correction(path, shown, *whose, raw)))
    return [one for *_, one in sorted(found, key=lambda each: each[:2], reverse=True)]


def _label_of(window: Segment, segments: Iterable[Segment]) -> str | None:
    """The label of all of a window, which may have been renamed since; None without one."""
    labels = (
        one.label
        for one in segments
        if one.start_us <= window.start_us and window.end_us <= one.end_us
    )
    return next(labels, None)


def _span(one: Segment) -> tuple[int, int]:
    return one.start_us, one.end_us


def _overlap(one: Segment, other: Segment) -> bool:
    return one.start_us < other.end_us and other.start_us < one.end_us


def undo_correction(correction: Correction) -> None:
    """Take the label off again, which shows what it hid; a recording without any label is moved
    into the bin.

    RecordingError or DiskFullError when the disk failed.
    """
    path, undone = correction.path, correction.segment
    others = _kept(path) if path.exists() else []
    same = [i for i, one in enumerate(others) if _span(one) == _span(undone)]
    if not same:
        return  # it was undone already
    del others[same[-1]]
    hidden = [
        Segment(max(one.start_us, undone.start_us), min(one.end_us, undone.end_us), one.label)
        for one in _laid_over([], others)
        if _overlap(one, undone)
    ]

    def without(segments: Iterable[Segment]) -> list[Segment]:
        return _laid_over(cut_out(segments, undone.start_us, undone.end_us), hidden)

    if not without(Recording.open(path).segments):
        put_in_bin(path)
        return
    _change_labels(path, without)
    _write_kept(path, others)
