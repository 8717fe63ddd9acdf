"""Whole recordings replayed through the core and TFLM: the answers of a board, live.

A test split judges windows one by one, each whole inside one activity. A wearer sees more: windows
across a change of activity, the board's smoothing, an answer that flickers. Here the samples go
through the firmware's core in the order in which they were taken, and its predictions are compared
with the recording's segments. A prediction counts at the time of its window's last sample; the
inference's own time on a board comes on top.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from motionloop import _core, wire
from motionloop.errors import PackageError
from motionloop.language import tr
from motionloop.model.package import unpack_package
from motionloop.recordings.recording import Recording
from motionloop.recordings.segments import Segment
from motionloop.virtual.classifier import TflmClassifier
from motionloop.virtual.crypto import Crypto
from motionloop.virtual.nor_flash import NorFlash

_WRITE_BYTES = 176  # of the package at a time, as over the radio
_SAMPLES_PER_STEP = 16


@dataclass(frozen=True)
class Answer:
    """One prediction: `start_us` to `t_us` is its window on the device's clock; `label` is the
    smoothed answer, None when the board rejected the window as unknown."""

    start_us: int
    t_us: int
    label: str | None


@dataclass(frozen=True)
class Change:
    """A segment that begins an activity, and how long its first right answer took.

    `delay_s` is None when the segment ended without one.
    """

    at_us: int
    label: str
    delay_s: float | None


@dataclass(frozen=True)
class Replay:
    """The board's answers to one recording, and how they compare with its segments.

    `right` of `judged` answers are: those at whose time a known label was on. `false_switches`
    counts changes of the answer to a wrong one while the activity had not changed for a whole
    window; `labelled_s` is the time in which there could have been some.
    """

    name: str
    wearer: str
    segments: tuple[Segment, ...]  # with a label that the model knows
    answers: tuple[Answer, ...]
    judged: int
    right: int
    false_switches: int
    labelled_s: float
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class ReplayFigures:
    """Figures of several replays together; None where no replay gives a figure."""

    recordings: int
    minutes: float
    accuracy: float | None
    false_switches_per_minute: float | None
    changes: int
    missed: int
    delay_median_s: float | None
    delay_p90_s: float | None


class _Radio:
    """The core's radio port: keeps the notifications."""

    def __init__(self) -> None:
        self.replies: list[bytes] = []
        self.predictions: list[bytes] = []

    def notify(self, kind: int, value: bytes) -> bool:
        if kind == _core.NOTIFY_PREDICTION:
            self.predictions.append(value)
        elif kind == _core.NOTIFY_REPLY:
            self.replies.append(value)
        return True

    def listened_to(self) -> bool:
        return True

    def end_link(self) -> None:
        """Never called: somebody listens."""


class _Clock:
    """The core's clock port: the time of the newest sample."""

    us = 0

    def now_us(self) -> int:
        return self.us


def replay(
    package_bytes: bytes, recording: Recording, classifier: _core.ClassifierPort | None = None
) -> Replay:
    """Push `package_bytes` to a core with the recording's sensor, give it the samples, and compare.

    TFLM answers unless there is another `classifier`.
    Raises PackageError when a board with that sensor would refuse the package.
    """
    radio, clock = _Radio(), _Clock()
    board = _board(recording, radio, clock, classifier or TflmClassifier(wire.ARENA_BYTES))
    _push(board, radio, package_bytes)
    for at in range(0, len(recording.raw), _SAMPLES_PER_STEP):
        t_us = recording.t_us[at : at + _SAMPLES_PER_STEP]
        clock.us = int(t_us[-1])
        board.on_samples(recording.raw[at : at + _SAMPLES_PER_STEP], t_us)
        _work(board)
    labels, window_us = _labels_and_window_us(package_bytes)
    answers = [_answer(value, labels, window_us) for value in radio.predictions]
    return compare(recording, answers, labels, window_us)


def _board(
    recording: Recording, radio: _Radio, clock: _Clock, classifier: _core.ClassifierPort
) -> _core.Board:
    samples = recording.board.format
    board = _core.Board(
        radio=radio,
        flash=NorFlash(None),
        classifier=classifier,
        clock=clock,
        crypto=Crypto(),
        firmware=wire.FIRMWARE_VERSION,
        imu=wire.Imu.REPLAY,
        flags=wire.BoardFlag.VIRTUAL,
        boot_id=1,
        rate_mhz=samples.rate_mhz,
        accel_ng_per_lsb=samples.accel_ng_per_lsb,
        gyro_nrads_per_lsb=samples.gyro_nrads_per_lsb,
        # For a host only, and there is none.
        accel_range_mg=0,
        gyro_range_dps=0,
        arena_bytes=wire.ARENA_BYTES,
    )
    board.start()
    board.on_link(True)
    return board


def _work(board: _core.Board) -> None:
    while board.step() or board.busy:
        pass


def _push(board: _core.Board, radio: _Radio, package_bytes: bytes) -> None:
    begin = wire.ModelBegin(len(package_bytes), zlib.crc32(package_bytes)).pack()
    board.on_command(wire.CommandHeader(wire.Opcode.MODEL_BEGIN, 1).pack() + begin)
    _work(board)
    for at in range(0, len(package_bytes), _WRITE_BYTES):
        board.on_model_write(
            wire.ModelChunkHeader(at).pack() + package_bytes[at : at + _WRITE_BYTES]
        )
    board.on_command(wire.CommandHeader(wire.Opcode.MODEL_COMMIT, 2).pack())
    _work(board)
    for value in radio.replies:
        reply = wire.ReplyHeader.unpack(value)
        if reply.status != wire.Status.OK:
            raise PackageError(
                tr(
                    "A board with this recording's sensor refuses the package: {name} "
                    "({detail}). Train a model for its rate.",
                    name=wire.Status(reply.status).name,
                    detail=reply.detail,
                )
            )


def _labels_and_window_us(package_bytes: bytes) -> tuple[tuple[str, ...], int]:
    opened = unpack_package(package_bytes)
    # From the window's first point to its last.
    return opened.labels, round((opened.input.window - 1) / opened.input.rate_hz * 1e6)


def _answer(value: bytes, labels: Sequence[str], window_us: int) -> Answer:
    header = wire.PredictionHeader.unpack(value)
    unknown = header.flags & wire.PredictionFlag.UNKNOWN
    return Answer(header.t_us - window_us, header.t_us, None if unknown else labels[header.label])


def compare(
    recording: Recording, answers: Sequence[Answer], labels: Sequence[str], window_us: int
) -> Replay:
    """Judge `answers`, in order of time, by the recording's segments with one of `labels`."""
    segments = [s for s in recording.used_segments if s.label in labels]
    judged = right = false_switches = 0
    labelled_us = 0
    changes = []
    before: str | None = None  # the label of the segment that ended where this one begins
    ended_us = -1
    befores: list[Answer | None] = [None, *answers]
    steps = list(zip(befores, answers, strict=False))
    for segment in segments:
        inside = [(a, b) for a, b in steps if segment.start_us <= b.t_us < segment.end_us]
        judged += len(inside)
        right += sum(answer.label == segment.label for _, answer in inside)
        labelled_us += max(segment.end_us - segment.start_us - window_us, 0)
        false_switches += sum(
            answer.label != segment.label
            and previous is not None
            and answer.label != previous.label
            and answer.start_us >= segment.start_us
            for previous, answer in inside
        )
        if (before, ended_us) != (segment.label, segment.start_us):
            found = [a.t_us for _, a in inside if a.label == segment.label]
            delay_s = (found[0] - segment.start_us) / 1e6 if found else None
            changes.append(Change(segment.start_us, segment.label, delay_s))
        before, ended_us = segment.label, segment.end_us
    return Replay(
        recording.name,
        recording.wearer,
        tuple(segments),
        tuple(answers),
        judged,
        right,
        false_switches,
        labelled_us / 1e6,
        tuple(changes),
    )


def figures(replays: Iterable[Replay]) -> ReplayFigures:
    """The figures of all replays together, each weighing by its length."""
    replays = list(replays)
    minutes = sum(r.labelled_s for r in replays) / 60
    judged = sum(r.judged for r in replays)
    changes = [change for r in replays for change in r.changes]
    delays = [change.delay_s for change in changes if change.delay_s is not None]
    return ReplayFigures(
        recordings=len(replays),
        minutes=minutes,
        accuracy=sum(r.right for r in replays) / judged if judged else None,
        false_switches_per_minute=(
            sum(r.false_switches for r in replays) / minutes if minutes else None
        ),
        changes=len(changes),
        missed=len(changes) - len(delays),
        delay_median_s=float(np.median(delays)) if delays else None,
        delay_p90_s=float(np.percentile(delays, 90)) if delays else None,
    )
