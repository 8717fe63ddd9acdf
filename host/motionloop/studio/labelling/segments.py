"""The labels of one recording while they are edited: every edit, with undo and redo.

No Qt here. An edit replaces the whole immutable state, so undoing is taking the one before.
Segments never overlap and never leave the recording.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from motionloop.recordings.recording_json import Trim
from motionloop.recordings.segments import Segment, check_label, cut_out

_KEPT_STATES = 500  # 80 KB each for 10,000 segments


@dataclass(frozen=True)
class Labels:
    """Segments in order of time, and the part of the recording that is used (None: all)."""

    segments: tuple[Segment, ...] = ()
    trim: Trim | None = None


class SegmentEditor:
    """Edits `labels` inside start_us <= t_us < end_us (device time).

    Each edit returns the index of its segment afterwards, or None when there was nothing to do;
    then there is nothing to undo either.
    """

    def __init__(self, labels: Labels, start_us: int, end_us: int) -> None:
        self.labels = labels
        self.start_us, self.end_us = start_us, end_us
        self._undone: list[Labels] = []
        self._before: list[Labels] = []

    @property
    def segments(self) -> tuple[Segment, ...]:
        return self.labels.segments

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def undo(self) -> bool:
        """Undo the last edit; False when there is none."""
        return self._step(self._before, self._undone)

    def redo(self) -> bool:
        """Redo the last undone edit; False when there is none, or an edit came since."""
        return self._step(self._undone, self._before)

    def take(self, labels: Labels) -> None:
        """Replace all of the labels, as one edit."""
        self._set(labels)

    # --- what is where ------------------------------------------------------------------------
    def at(self, t_us: int) -> int | None:
        """The segment that covers `t_us`."""
        index = bisect_right(self.segments, t_us, key=lambda s: s.start_us) - 1
        return index if index >= 0 and t_us < self.segments[index].end_us else None

    def within(self, start_us: int, end_us: int) -> range:
        """The segments of which some part is in start_us <= t_us < end_us."""
        first = bisect_right(self.segments, start_us, key=lambda s: s.end_us)
        return range(first, max(first, bisect_left(self.segments, end_us, key=_start_us)))

    def room(self, t_us: int) -> tuple[int, int]:
        """From the end of the last segment that begins at `t_us` or before, to the next's start."""
        after = bisect_right(self.segments, t_us, key=_start_us)
        return (
            self.segments[after - 1].end_us if after else self.start_us,
            self.segments[after].start_us if after < len(self.segments) else self.end_us,
        )

    # --- edits --------------------------------------------------------------------------------
    def put(self, start_us: int, end_us: int, label: str) -> int | None:
        """Label a stretch; segments that were there before give way.

        Raises:
            ValueError: a board cannot carry the label.
        """
        return self.put_all([(start_us, end_us)], label)

    def put_all(self, stretches: Iterable[tuple[int, int]], label: str) -> int | None:
        """Label stretches that do not overlap, as one edit. Returns the first one's index.

        Raises:
            ValueError: a board cannot carry the label.
        """
        check_label(label)
        within = [(max(begin, self.start_us), min(end, self.end_us)) for begin, end in stretches]
        fresh = [Segment(begin, end, label) for begin, end in within if begin < end]
        if not fresh:
            return None
        left = list(self.segments)
        for segment in fresh:
            left = cut_out(left, segment.start_us, segment.end_us)
        self._set_segments([*left, *fresh])
        return self.segments.index(min(fresh))

    def reshaped(self, index: int, start_us: int, end_us: int) -> Segment:
        """A segment with other ends, no farther than its neighbours' and the recording's."""
        low, high = self._free_around(index)
        return replace(self.segments[index], start_us=max(start_us, low), end_us=min(end_us, high))

    def moved(self, index: int, by_us: int) -> Segment:
        """A segment moved in its length, up to its neighbours."""
        low, high = self._free_around(index)
        old = self.segments[index]
        by_us = max(low - old.start_us, min(by_us, high - old.end_us))
        return replace(old, start_us=old.start_us + by_us, end_us=old.end_us + by_us)

    def reshape(self, index: int, start_us: int, end_us: int) -> int | None:
        """Give a segment other ends; see `reshaped`."""
        return self._become(index, self.reshaped(index, start_us, end_us))

    def move(self, index: int, by_us: int) -> int | None:
        """Move a segment; see `moved`."""
        return self._become(index, self.moved(index, by_us))

    def split(self, t_us: int) -> int | None:
        """Make two of the segment that covers `t_us`; the second one begins there."""
        index = self.at(t_us)
        if index is None or self.segments[index].start_us == t_us:
            return None
        old = self.segments[index]
        self._replace(index, index + 1, replace(old, end_us=t_us), replace(old, start_us=t_us))
        return index + 1

    def merge(self, index: int) -> int | None:
        """Join a segment and the next one, and what is between them, under the first's label."""
        if index + 1 >= len(self.segments):
            return None
        first, second = self.segments[index : index + 2]
        self._replace(index, index + 2, replace(first, end_us=second.end_us))
        return index

    def rename(self, index: int, label: str) -> int | None:
        """Give a segment another label.

        Raises:
            ValueError: a board cannot carry the label.
        """
        check_label(label)
        old = self.segments[index]
        if old.label == label:
            return None
        self._replace(index, index + 1, replace(old, label=label))
        return index

    def delete(self, index: int) -> None:
        """Remove a segment; its samples stay, without a label."""
        self._replace(index, index + 1)

    def trim(self, start_us: int, end_us: int) -> None:
        """Mark the part to use; the whole recording takes the mark away."""
        start_us, end_us = max(start_us, self.start_us), min(end_us, self.end_us)
        if start_us >= end_us:
            return
        whole = (start_us, end_us) == (self.start_us, self.end_us)
        self._set(replace(self.labels, trim=None if whole else Trim(start_us, end_us)))

    # ------------------------------------------------------------------------------------------
    def _free_around(self, index: int) -> tuple[int, int]:
        around = self.segments
        return (
            around[index - 1].end_us if index else self.start_us,
            around[index + 1].start_us if index + 1 < len(around) else self.end_us,
        )

    def _become(self, index: int, fresh: Segment) -> int | None:
        if fresh == self.segments[index] or fresh.start_us >= fresh.end_us:
            return None
        self._replace(index, index + 1, fresh)
        return index

    def _replace(self, begin: int, end: int, *fresh: Segment) -> None:
        old = self.segments
        self._set(replace(self.labels, segments=(*old[:begin], *fresh, *old[end:])))

    def _set_segments(self, segments: Iterable[Segment]) -> None:
        self._set(replace(self.labels, segments=tuple(sorted(segments))))

    def _set(self, labels: Labels) -> None:
        if labels != self.labels:
            self._before.append(self.labels)
            del self._before[:-_KEPT_STATES]
            self._undone.clear()
            self.labels = labels

    def _step(self, source: list[Labels], target: list[Labels]) -> bool:
        if not source:
            return False
        target.append(self.labels)
        self.labels = source.pop()
        return True


def _start_us(segment: Segment) -> int:
    return segment.start_us
