"""Short holes are bridged in memory, long ones stay gaps, and nothing measured changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motionloop import wire
from motionloop.errors import RecordingError
from motionloop.model.package import input_spec
from motionloop.recordings.bridging import bridge
from motionloop.recordings.recording import Recording, find_gaps
from motionloop.recordings.recording_json import Description, RecordedBoard
from motionloop.recordings.segments import Segment
from motionloop.sample_format import SampleFormat
from motionloop.windows import collect_windows

RATE_HZ = 100.0
PERIOD_US = 10_000


def ramp(lost: set[int], *, numbered: bool = True, samples: int = 400) -> Recording:
    """Motion whose axes rise by 1 to 6 steps per sample, less the samples `lost`.

    With `numbered` the lost samples had numbers, as on the link; else the sensor lost them.
    """
    kept = np.array([i for i in range(samples) if i not in lost])
    seq = kept if numbered else np.arange(len(kept))
    t_us = kept * PERIOD_US
    raw = (kept[:, np.newaxis] * np.arange(1, wire.AXES + 1)).astype(np.int16)
    description = Description(
        board=RecordedBoard("virtual", SampleFormat(RATE_HZ, 244_000, 1_221_730)),
        name="ramp",
        segments=(Segment(0, samples * PERIOD_US, "walk"),),
        gaps=tuple(find_gaps(seq, t_us, RATE_HZ)),
        samples=len(kept),
        closed=True,
    )
    return Recording(description, seq, t_us, raw)


@settings(max_examples=60)
@given(
    lost=st.sets(st.integers(1, 98), max_size=40),
    numbered=st.booleans(),
    longest=st.integers(0, 12),
)
def test_each_hole_up_to_the_length_is_filled_and_each_longer_one_stays(
    lost: set[int], numbered: bool, longest: int
) -> None:
    made = ramp(lost, numbered=numbered, samples=100)
    filled = bridge(made, longest * PERIOD_US / 1000)
    short = [gap for gap in made.gaps if gap.missing + 1 <= longest]
    assert filled.invented.sum() == sum(gap.missing for gap in short)
    measured = ~filled.invented
    np.testing.assert_array_equal(filled.recording.raw[measured], made.raw)
    np.testing.assert_array_equal(filled.recording.t_us[measured], made.t_us)
    # On a ramp, the straight line over a hole is what was lost.
    index = np.rint(filled.recording.t_us / PERIOD_US).astype(int)
    np.testing.assert_array_equal(filled.recording.raw[:, 0], index)
    np.testing.assert_array_equal(filled.recording.raw[:, 5], 6 * index)
    left = [(gap.start_us, gap.end_us, gap.missing) for gap in filled.recording.gaps]
    assert left == [
        (gap.start_us, gap.end_us, gap.missing) for gap in made.gaps if gap not in short
    ]
    for gap in filled.recording.gaps:  # each is where its number says
        after = int(np.searchsorted(filled.recording.seq, gap.after_seq))
        assert filled.recording.t_us[after] == gap.start_us


def test_a_gap_that_declares_more_samples_than_fit_its_time_is_not_filled() -> None:
    made = ramp({50})
    (gap,) = made.gaps
    lying = replace(made.description, gaps=(replace(gap, missing=2**40),))
    filled = bridge(replace(made, description=lying), 50.0)
    assert not filled.invented.any()
    assert len(filled.recording.gaps) == 1


def test_windows_span_bridged_holes_and_say_how_much_of_them_was_not_measured() -> None:
    spec = input_spec(50.0, 32, 16)
    made = ramp({60, 61, 200, 201, 202, 203, 204, 205})
    windows = collect_windows([made], spec, bridge_ms=40.0)
    span = spec.windower(made.board.format).span
    begin = np.rint(windows.start_us / PERIOD_US).astype(int)
    for first, share in zip(begin, windows.bridged, strict=True):
        assert not first <= 199 < first + span - 1  # the long hole is in none
        expected = sum(first <= i < first + span for i in (60, 61)) / span
        assert share == pytest.approx(expected)
    assert windows.bridged.any()
    assert len(windows) > len(collect_windows([made], spec))
    own = replace(made, description=replace(made.description, bridge_ms=40.0))
    np.testing.assert_array_equal(collect_windows([own], spec).bridged, windows.bridged)
    assert not collect_windows([made], spec).bridged.any()


def test_a_recordings_own_bridge_is_kept_on_disk(recorded: Path) -> None:
    Recording.open(recorded).set_bridge(50.0)
    opened = Recording.open(recorded)
    assert opened.description.bridge_ms == 50.0
    with pytest.raises(RecordingError, match=r"0 to 200 ms can be bridged, not of 5000 ms"):
        opened.set_bridge(5000.0)
    assert Recording.open(recorded).description.bridge_ms == 50.0
