"""Segments are whole, apart, and have labels that a board can carry."""

from __future__ import annotations

from pathlib import Path

import pytest

from motionloop.errors import RecordingError
from motionloop.recordings.recording import Recording
from motionloop.recordings.segments import Segment


@pytest.mark.parametrize(
    ("segments", "fault"),
    [
        ([Segment(5, 5, "a")], "does not end after it starts"),
        ([Segment(-1, 5, "a")], "outside the recording"),
        ([Segment(0, 990_002, "a")], "outside the recording"),
        ([Segment(0, 9, "a"), Segment(8, 12, "b")], "overlap at 8 us"),
        ([Segment(0, 9, " ")], "is empty"),
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
