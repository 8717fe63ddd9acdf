"""Cuts recordings into labelled windows, with the core.

Windows lie where a board would place them. Each lies inside one labelled segment and has no gap
but short ones that were bridged.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motionloop import _core, wire
from motionloop.errors import TrainingDataError
from motionloop.language import tr
from motionloop.model.package import InputSpec
from motionloop.recordings.bridging import bridge
from motionloop.recordings.recording import Recording
from motionloop.sample_format import SampleFormat

MIN_SECONDS_PER_LABEL = 30.0
MAX_IMBALANCE = 3.0  # of the most frequent label to the rarest; beyond it there is a warning
_LARGEST_IN_MEMORY = 1 << 28  # bytes of motion; three hours of it come to 25 million
_PER_WINDOW = ("fixed", "label", "person", "session", "start_us", "bridged")
_FEWEST_POINTS = 16  # of a window that is proposed
_STEP_POINTS = 8
_ROOM = 0.95  # a window needs some samples more than its length
_ONE = np.float32(2**wire.FIXED_POINT_BITS)  # g or rad/s


@dataclass(frozen=True)
class WindowSet:
    """k labelled windows.

    Attributes:
        spec: The model's input.
        labels: Names of the classes.
        fixed: Motion [k, window, 6] in units of 2^-16 g and 2^-16 rad/s.
        label: Class indices [k] into `labels`.
        person: Wearers [k].
        session: Names of the recordings [k].
        start_us: Device times [k] of the windows' first samples in microseconds.
        synthetic: Whether the motion of any window was computed, not measured.
        bridged: Share [k] of the samples of each window that lie over a hole; see
            `motionloop.recordings.bridging`.
        left_out: Labels that `collect_enough` left out since they are short, in words.
    """

    spec: InputSpec
    labels: tuple[str, ...]
    fixed: NDArray[np.int32]
    label: NDArray[np.int64]
    person: NDArray[np.str_]
    session: NDArray[np.str_]
    start_us: NDArray[np.int64]
    synthetic: bool
    bridged: NDArray[np.float64]
    left_out: str = ""

    def __len__(self) -> int:
        return len(self.label)

    @property
    def motion(self) -> NDArray[np.float32]:
        """Motion [k, window, 6] in g and rad/s; exact below 256 of either."""
        return self.fixed.astype(np.float32) / _ONE

    def channels(self, fixed: NDArray[np.int32]) -> NDArray[np.int8]:
        """Compute the model's input.

        Args:
            fixed: Windows [n, window, 6] in the units of `WindowSet.fixed`.

        Returns:
            Input [n, window, channels].
        """
        return _any_scale(self.spec).channels(fixed)

    def take(self, which: NDArray[np.int64]) -> WindowSet:
        """The windows at the indices `which`, in their order."""
        return replace(self, **{name: getattr(self, name)[which] for name in _PER_WINDOW})

    def without_motion(self) -> WindowSet:
        """The same windows without their motion, for what only counts them."""
        return replace(self, fixed=self.fixed[:, :0])

    def joined(self, other: WindowSet) -> WindowSet:
        """Join two sets of windows.

        Args:
            other: Windows of the same input and the same labels.

        Returns:
            These windows, then the other's.

        Raises:
            ValueError: Input or labels differ.
        """
        if (self.spec, self.labels) != (other.spec, other.labels):
            raise ValueError("only windows of one input and one list of labels can be joined")
        both: dict[str, Any] = {
            name: np.concatenate([getattr(self, name), getattr(other, name)])
            for name in _PER_WINDOW
        }
        return replace(self, **both, synthetic=self.synthetic or other.synthetic)

    def seconds_per_label(self) -> dict[str, float]:
        """Seconds of motion per label; overlap of windows counts once."""
        order = np.lexsort((self.start_us, self.session, self.label))
        label, session, start_us = (x[order] for x in (self.label, self.session, self.start_us))
        # Up to the next window of the same label and recording, if it begins before the end.
        covered_us = np.full(len(order), self.spec.window_s * 1e6)
        follows = (np.diff(label) == 0) & (session[1:] == session[:-1])
        covered_us[:-1][follows] = np.minimum(covered_us[:-1], np.diff(start_us))[follows]
        seconds = np.bincount(label, covered_us, len(self.labels)) / 1e6
        return dict(zip(self.labels, seconds.tolist(), strict=True))


def evenly(which: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Pick at most `most` of the indices `which`, evenly in their order."""
    picked = np.linspace(0, len(which) - 1, min(len(which), most)).astype(np.int64)
    return which[picked]


def to_fixed(motion: NDArray[np.float32]) -> NDArray[np.int32]:
    """The reverse of `WindowSet.motion`: from g and rad/s to the units of `WindowSet.fixed`."""
    fixed: NDArray[np.int32] = np.rint(motion * _ONE).astype(np.int32)
    return fixed


def _any_scale(spec: InputSpec) -> _core.Windower:
    # Channels are computed from fixed-point units: the samples' rate and scale do not matter.
    return spec.windower(SampleFormat(spec.rate_hz, 1_000_000, 1_000_000))


def window_ends(windower: _core.Windower, hop: int, first: int, last: int) -> NDArray[np.int64]:
    """Place windows as the board's predictor does when it starts at a sample.

    Args:
        windower: From samples to the model's input.
        hop: Points from one window to the next.
        first: Index of the first sample.
        last: Index of the last sample, inclusive.

    Returns:
        Indices of the windows' last samples, increasing; empty when no window fits.
    """
    hop_q16 = windower.points_to_samples_q16(hop)
    start = first + windower.span - 1
    if start > last:
        return np.empty(0, np.int64)
    count = ((last - start + 1) << 16) // hop_q16 + 1
    ends = start + ((np.arange(count, dtype=np.int64) * hop_q16) >> 16)
    return ends[ends <= last]


def runs_between(recording: Recording, start_us: int, end_us: int) -> list[tuple[int, int]]:
    """Find the runs of samples without a gap in a stretch of a recording.

    Args:
        recording: The recording.
        start_us: Device time of the stretch's begin.
        end_us: Device time of its end, exclusive.

    Returns:
        Of each run the index of the first sample and the index behind the last.
    """
    # A run of samples ends at a gap; the sample after the gap begins the next run.
    after_gap = np.searchsorted(
        recording.seq, [gap.after_seq for gap in recording.gaps], side="right"
    )
    begin, end = np.searchsorted(recording.t_us, [start_us, end_us])
    cuts = [int(begin), *(int(c) for c in after_gap if begin < c < end), int(end)]
    return list(pairwise(cuts))


def collect_windows(
    recordings: Iterable[Recording],
    spec: InputSpec,
    labels: Sequence[str] | None = None,
    bridge_ms: float = 0.0,
) -> WindowSet:
    """Cut the labelled segments inside the trims into windows.

    Args:
        recordings: May differ in rate and scale.
        spec: The model's input.
        labels: The classes in their order; segments with other labels are left out. By default
            all labels in alphabetical order.
        bridge_ms: Longest hole that a window may span; see `bridging.bridge`.

    Returns:
        At least one window.

    Raises:
        TrainingDataError: No labelled motion without a gap is as long as a window.
        PackageError: The core cannot make such windows of a recording's samples.
    """
    recordings = list(recordings)
    if labels is None:
        labels = sorted({segment.label for r in recordings for segment in r.used_segments})
    index = {name: i for i, name in enumerate(labels)}
    places: list[list[tuple[int, NDArray[np.int64]]]] = []
    longest_s = 0.0
    for recording in recordings:
        windower = spec.windower(recording.board.format)
        filled = bridge(recording, bridge_ms).recording
        places.append([])
        for segment in filled.used_segments:
            if segment.label not in index:
                continue
            for first, stop in runs_between(filled, segment.start_us, segment.end_us):
                ends = window_ends(windower, spec.hop, first, stop - 1)
                longest_s = max(longest_s, (stop - first) / recording.board.format.rate_hz)
                if len(ends):
                    places[-1].append((index[segment.label], ends))
    counts = [sum(len(ends) for _, ends in of_one) for of_one in places]
    if not any(counts):
        raise TrainingDataError(_no_windows(spec, len(recordings), longest_s))
    made = WindowSet(
        spec,
        tuple(labels),
        _room(sum(counts), spec.window),
        np.repeat(
            [label for of_one in places for label, _ in of_one],
            [len(ends) for of_one in places for _, ends in of_one],
        ),
        np.repeat([r.wearer for r in recordings], counts),
        np.repeat([r.name for r in recordings], counts),
        np.empty(sum(counts), np.int64),
        any(r.synthetic for r in recordings),
        np.empty(sum(counts)),
    )
    first = 0
    for recording, of_one, count in zip(recordings, places, counts, strict=True):
        if count:
            _fill(made, first, recording, bridge_ms, np.concatenate([ends for _, ends in of_one]))
        first += count
    return made


def _room(count: int, window: int) -> NDArray[np.int32]:
    """Room for motion [count, window, 6]: in memory, or mapped from a file without a name."""
    shape = count, window, wire.AXES
    if np.prod(shape) * 4 <= _LARGEST_IN_MEMORY:
        return np.empty(shape, np.int32)
    with tempfile.TemporaryFile() as file:  # the map keeps the file
        return np.memmap(file, np.int32, "w+", shape=shape)


def _fill(
    windows: WindowSet,
    first: int,
    recording: Recording,
    bridge_ms: float,
    ends: NDArray[np.int64],
) -> None:
    """Cut the windows that end at the samples `ends` of a bridged recording into `windows`."""
    windower = windows.spec.windower(recording.board.format)
    filled = bridge(recording, bridge_ms)
    invented = np.r_[0, np.cumsum(filled.invented)]
    begins, place = ends - windower.span + 1, slice(first, first + len(ends))
    windows.fixed[place] = windower.resample(filled.recording.raw, ends)
    windows.start_us[place] = filled.recording.t_us[begins]
    windows.bridged[place] = (invented[ends + 1] - invented[begins]) / windower.span


def _no_windows(spec: InputSpec, recordings: int, longest_s: float) -> str:
    if longest_s == 0:
        return tr(
            "Nothing is labelled in {recordings} recordings: nothing to train on. Label what you "
            "recorded with `motionloop label`, or record with `motionloop record --label NAME`.",
            recordings=recordings,
        )
    return tr(
        "No labelled stretch of {recordings} recordings lasts the {window_s:.2f} s of a window "
        "without a missing sample: the longest has {longest_s:.2f} s. Label longer stretches; "
        "where samples are lost, record again nearer to the board, or choose a shorter "
        "window{option}.",
        recordings=recordings,
        window_s=spec.window_s,
        longest_s=longest_s,
        option=_shorter(spec, longest_s),
    )


def _shorter(spec: InputSpec, longest_s: float) -> str:
    """The option that makes windows fit into the longest stretch, if one of use does."""
    points = int(longest_s * spec.rate_hz * _ROOM)
    points -= points % _STEP_POINTS
    return f": `--window {points} --hop {points // 2}`" if points >= _FEWEST_POINTS else ""


def check_enough(windows: WindowSet) -> None:
    """Check that the windows are enough for a model.

    Args:
        windows: All windows for training and test.

    Raises:
        TrainingDataError: There are fewer than two labels, or less than MIN_SECONDS_PER_LABEL of
            one label.
    """
    seconds = windows.seconds_per_label()
    found = {name: s for name, s in seconds.items() if s > 0}
    if len(found) < 2:
        only = next(iter(found), tr("none"))
        raise TrainingDataError(
            tr(
                "The recordings hold one label only ({only}): a classifier needs at least two. "
                "Record a second activity, or rest as one.",
                only=only,
            )
        )
    if short := short_labels(windows):
        listed = ", ".join(f"{name} {s:.0f} s" for name, s in sorted(short.items()))
        raise TrainingDataError(
            tr(
                "Too little motion for: {listed}. Record at least {seconds:.0f} "
                "s of each label (windows with gaps do not count), or leave the label out: "
                "`--skip-short` does it.",
                listed=listed,
                seconds=MIN_SECONDS_PER_LABEL,
            )
        )


def short_labels(windows: WindowSet) -> dict[str, float]:
    """Find the labels with less than MIN_SECONDS_PER_LABEL.

    Args:
        windows: All windows for training and test.

    Returns:
        The seconds of each of them.
    """
    # The windows of a segment are together up to a hop or a window shorter than it.
    least_s = MIN_SECONDS_PER_LABEL - windows.spec.window_s
    return {name: s for name, s in windows.seconds_per_label().items() if s <= least_s}


def collect_enough(
    recordings: Sequence[Recording],
    spec: InputSpec,
    labels: Sequence[str] | None = None,
    bridge_ms: float = 0.0,
    skip_short: bool = False,
) -> WindowSet:
    """Cut windows as `collect_windows` does, and check that they are enough for a model.

    Args:
        recordings: May differ in rate and scale.
        spec: The model's input.
        labels: The classes in their order; by default all labels in alphabetical order.
        bridge_ms: Longest hole that a window may span.
        skip_short: Whether labels with less than MIN_SECONDS_PER_LABEL are left out, if at least
            two others remain.

    Returns:
        The windows, which say what was left out.

    Raises:
        TrainingDataError: No window is there, or too few of a label.
        PackageError: The core cannot make such windows of a recording's samples.
    """
    windows = collect_windows(recordings, spec, labels, bridge_ms)
    short = short_labels(windows) if skip_short else {}
    kept = [label for label in windows.labels if label not in short]
    if short and len(kept) >= 2:
        left_out = _words_of_short(windows, short)
        windows = replace(collect_windows(recordings, spec, kept, bridge_ms), left_out=left_out)
    check_enough(windows)
    return windows


def _words_of_short(windows: WindowSet, short: Mapping[str, float]) -> str:
    """Which labels, and whose: "standing: 3 s, Ada; climbing: 0 s"."""
    words = []
    for label, seconds in sorted(short.items()):
        people = np.unique(windows.person[windows.label == windows.labels.index(label)])
        words.append(", ".join([f"{label}: {seconds:.0f} s", *filter(None, people.tolist())]))
    return "; ".join(words)


def imbalance(windows: WindowSet) -> str | None:
    """Find labels that are much more frequent than others.

    Args:
        windows: At least one window.

    Returns:
        A warning in words; None when no label has more than MAX_IMBALANCE times the windows of
        another.
    """
    seconds = {name: s for name, s in windows.seconds_per_label().items() if s > 0}
    most, least = max(seconds, key=seconds.__getitem__), min(seconds, key=seconds.__getitem__)
    if seconds[most] <= MAX_IMBALANCE * seconds[least]:
        return None
    return tr(
        "There is {times:.1f} times as much {most} as {least}. Training weighs the labels alike, "
        "but {least} is known from {seconds:.0f} s only, and the accuracy is mostly that of the "
        "frequent labels: look at the recall and the macro F1, and record more {least}.",
        times=seconds[most] / seconds[least],
        most=most,
        least=least,
        seconds=seconds[least],
    )
