"""Recordings -> labelled windows, through the core.

Windows are cut where a board would cut them, whole inside one labelled segment and without a gap
inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from motionloop import _core, wire
from motionloop.errors import TrainingDataError
from motionloop.model.package import InputSpec
from motionloop.recordings.recording import Recording
from motionloop.sample_format import SampleFormat

MIN_SECONDS_PER_LABEL = 30.0
MAX_IMBALANCE = 3.0  # of the most frequent label to the rarest, before it is worth a warning
_ONE = np.float32(2**wire.FIXED_POINT_BITS)  # g or rad/s


@dataclass(frozen=True)
class WindowSet:
    """`fixed` int32 [k, window, 6] in units of 2^-16 g and rad/s, `label` int64 [k] indexes
    `labels`, `person` and `session` str [k], `start_us` int64 [k] on the device's clock."""

    spec: InputSpec
    labels: tuple[str, ...]
    fixed: NDArray[np.int32]
    label: NDArray[np.int64]
    person: NDArray[np.str_]
    session: NDArray[np.str_]
    start_us: NDArray[np.int64]
    synthetic: bool  # any of them computed, not measured

    def __len__(self) -> int:
        return len(self.label)

    @property
    def motion(self) -> NDArray[np.float32]:
        """`fixed` as float32 [k, window, 6] in g and rad/s: exact below 256 of either."""
        return self.fixed.astype(np.float32) / _ONE

    def channels(self, fixed: NDArray[np.int32]) -> NDArray[np.int8]:
        """The model's int8 input [k, window, channels] of windows like `fixed`."""
        return _any_scale(self.spec).channels(fixed)

    def take(self, which: NDArray[np.int64]) -> WindowSet:
        """The windows at these indices."""
        return WindowSet(
            self.spec,
            self.labels,
            self.fixed[which],
            self.label[which],
            self.person[which],
            self.session[which],
            self.start_us[which],
            self.synthetic,
        )

    def joined(self, other: WindowSet) -> WindowSet:
        """These windows and then the other's. ValueError unless input and labels are equal."""
        if (self.spec, self.labels) != (other.spec, other.labels):
            raise ValueError("only windows of one input and one list of labels can be joined")
        return WindowSet(
            self.spec,
            self.labels,
            np.concatenate([self.fixed, other.fixed]),
            np.concatenate([self.label, other.label]),
            np.concatenate([self.person, other.person]),
            np.concatenate([self.session, other.session]),
            np.concatenate([self.start_us, other.start_us]),
            self.synthetic or other.synthetic,
        )

    def seconds_per_label(self) -> dict[str, float]:
        """Length of motion of each label, counting overlap once."""
        counts = np.bincount(self.label, minlength=len(self.labels))
        hop_s = min(self.spec.hop, self.spec.window) / self.spec.rate_hz
        return {name: float(counts[i] * hop_s) for i, name in enumerate(self.labels)}


def to_fixed(motion: NDArray[np.float32]) -> NDArray[np.int32]:
    """Motion in g and rad/s as a WindowSet's `fixed` has it: the reverse of WindowSet.motion."""
    fixed: NDArray[np.int32] = np.rint(motion * _ONE).astype(np.int32)
    return fixed


def _any_scale(spec: InputSpec) -> _core.Windower:
    # Channels begin with fixed-point units: the samples' own rate and scale are behind them.
    return spec.windower(SampleFormat(spec.rate_hz, 1_000_000, 1_000_000))


def window_ends(windower: _core.Windower, hop: int, first: int, last: int) -> NDArray[np.int64]:
    """Indices of the last samples of all windows inside the samples first..last, as the board's
    predictor places them when it starts at `first`."""
    hop_q16 = windower.points_to_samples_q16(hop)
    start = first + windower.span - 1
    if start > last:
        return np.empty(0, np.int64)
    count = ((last - start + 1) << 16) // hop_q16 + 1
    ends = start + ((np.arange(count, dtype=np.int64) * hop_q16) >> 16)
    return ends[ends <= last]


def collect(
    recordings: Iterable[Recording],
    spec: InputSpec,
    labels: Sequence[str] | None = None,
) -> WindowSet:
    """Cut the labelled segments of `recordings`, where not trimmed off, into windows.

    `labels` fixes the classes and their order and leaves other segments out; by default they are
    all labels found, in alphabetical order. Recordings may differ in rate and scale.
    Raises TrainingDataError when there is no labelled motion at all.
    """
    recordings = list(recordings)
    if labels is None:
        labels = sorted({segment.label for r in recordings for segment in r.used_segments})
    index = {name: i for i, name in enumerate(labels)}
    fixed: list[NDArray[np.int32]] = []
    label: list[int] = []
    person: list[str] = []
    session: list[str] = []
    start_us: list[NDArray[np.int64]] = []
    longest_s = 0.0
    for recording in recordings:
        samples = recording.board.format
        windower = spec.windower(samples)
        # A run of samples ends where one is missing; the sample after it begins the next.
        after_gap = np.searchsorted(
            recording.seq, [gap.after_seq for gap in recording.gaps], side="right"
        )
        for segment in recording.used_segments:
            if segment.label not in index:
                continue
            begin, end = np.searchsorted(recording.t_us, [segment.start_us, segment.end_us])
            cuts = [int(begin), *(int(c) for c in after_gap if begin < c < end), int(end)]
            for first, stop in pairwise(cuts):
                ends = window_ends(windower, spec.hop, first, stop - 1)
                longest_s = max(longest_s, (stop - first) / samples.rate_hz)
                if len(ends) == 0:
                    continue
                fixed.append(windower.resample(recording.raw, ends))
                label += [index[segment.label]] * len(ends)
                person += [recording.wearer] * len(ends)
                session += [recording.name] * len(ends)
                start_us.append(recording.t_us[ends - windower.span + 1])
    if not fixed:
        raise TrainingDataError(_no_windows(spec, len(recordings), longest_s))
    return WindowSet(
        spec,
        tuple(labels),
        np.concatenate(fixed),
        np.array(label, np.int64),
        np.array(person),
        np.array(session),
        np.concatenate(start_us),
        any(r.synthetic for r in recordings),
    )


def _no_windows(spec: InputSpec, recordings: int, longest_s: float) -> str:
    if longest_s == 0:
        return (
            f"Nothing is labelled in {recordings} recordings: nothing to train on. Label what you "
            "recorded with `motionloop label`, or record with `motionloop record --label NAME`."
        )
    return (
        f"No labelled stretch of {recordings} recordings lasts the {spec.window_s:.2f} s of a "
        f"window without a missing sample: the longest has {longest_s:.2f} s. Label longer "
        "stretches; where samples are lost, record again nearer to the board, or choose a "
        "shorter window."
    )


def check_enough(windows: WindowSet) -> None:
    """Raise TrainingDataError when a model of these windows could not work: fewer than two
    labels, or less than MIN_SECONDS_PER_LABEL of one."""
    seconds = windows.seconds_per_label()
    found = {name: s for name, s in seconds.items() if s > 0}
    if len(found) < 2:
        only = next(iter(found), "none")
        raise TrainingDataError(
            f"The recordings hold one label only ({only}): a classifier needs at least two. "
            "Record a second activity, or rest as one."
        )
    # Windows of a stretch, each counted as a hop, are up to one window shorter than it.
    least_s = MIN_SECONDS_PER_LABEL - windows.spec.window_s
    short = {name: s for name, s in seconds.items() if s <= least_s}
    if short:
        listed = ", ".join(f"{name} {s:.0f} s" for name, s in sorted(short.items()))
        raise TrainingDataError(
            f"Too little motion for: {listed}. Record at least {MIN_SECONDS_PER_LABEL:.0f} s of "
            "each label (windows with gaps do not count), or leave the label out."
        )


def imbalance(windows: WindowSet) -> str | None:
    """What is unequal about the labels, in words; None when no label has more than MAX_IMBALANCE
    times the windows of another."""
    seconds = {name: s for name, s in windows.seconds_per_label().items() if s > 0}
    most, least = max(seconds, key=seconds.__getitem__), min(seconds, key=seconds.__getitem__)
    if seconds[most] <= MAX_IMBALANCE * seconds[least]:
        return None
    return (
        f"There is {seconds[most] / seconds[least]:.1f} times as much {most} as {least}. Training "
        f"weighs the labels alike, but {least} is known from {seconds[least]:.0f} s only, and the "
        "accuracy is mostly that of the frequent labels: look at the recall and the macro F1, and "
        f"record more {least}."
    )
