"""Segments are whole, apart, and have labels that a board can carry."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motionloop.errors import RecordingError
from motionloop.recordings.recording import Recording
from motionloop.recordings.segments import Segment, checked_segments, cut_out


@pytest.mark.parametrize(
    ("segments", "fault"),
    [
        ([Segment(5, 5, "a")], "does not end after it starts"),
        ([Segment(-1, 5, "a")], "outside the recording"),
        ([Segment(0, 990_002, "a")], "outside the recording"),
        ([Segment(0, 9, "a"), Segment(8, 12, "b")], "overlap at 8 us"),
        ([Segment(0, 9, " ")], "a label needs a name"),
        ([Segment(0, 9, "a\nb")], "cannot be shown"),
        ([Segment(0, 9, "ş" * 13)], "longer than the 24 bytes"),
    ],
)
def test_labels_that_cannot_be_are_refused(
    recorded: Path, segments: list[Segment], fault: str
) -> None:
    recording = Recording.open(recorded)
    with pytest.raises(RecordingError, match=fault):
        recording.set_segments(segments)
    assert Recording.open(recorded).segments == recording.segments != ()


def test_segments_come_in_order_of_time_and_may_touch() -> None:
    late, early = Segment(9, 12, "ş" * 12), Segment(0, 9, "a b")
    assert checked_segments([late, early], 0, 12) == (early, late)


@given(
    cuts=st.lists(st.integers(0, 30), min_size=2, max_size=8, unique=True).map(sorted),
    hole=st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted),
)
def test_cutting_out_takes_a_stretch_and_nothing_else(cuts: list[int], hole: list[int]) -> None:
    segments = [Segment(a, b, "ab"[i % 2]) for i, (a, b) in enumerate(pairwise(cuts))]

    def label_at(found: Iterable[Segment], t_us: int) -> list[str]:
        return [s.label for s in found if s.start_us <= t_us < s.end_us]

    left = cut_out(segments, *hole)
    assert all(s.start_us < s.end_us for s in left)
    for t_us in range(31):
        inside = hole[0] <= t_us < hole[1]
        assert label_at(left, t_us) == ([] if inside else label_at(segments, t_us))
