"""Gestures found in a take: where they are, and what is no gesture."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motionloop.errors import MotionLoopError
from motionloop.recordings.events import FEWEST, find_events
from motionloop.recordings.recording import find_gaps
from motionloop.recordings.recording_json import Trim
from motionloop.recordings.segments import checked_segments
from tests.recordings.takes_of_gestures import START_US, Gesture, take

TEN = [Gesture(3.0 + 2.5 * i, 0.8) for i in range(10)]


def centres_s(found: object) -> list[float]:
    return [(event.centre_us - START_US) / 1e6 for event in found.events]  # type: ignore[attr-defined]


@st.composite
def gestures(draw: st.DrawFn) -> list[Gesture]:
    """Of one kind, as a person repeats them: never twice the same."""
    length_s = draw(st.floats(0.4, 2.0))
    swings_hz = draw(st.floats(1.5, 4.0))
    axis = draw(st.integers(0, 2))
    made, at_s = [], 1.5
    for _ in range(draw(st.integers(FEWEST, 12))):
        own_s = length_s * draw(st.floats(0.85, 1.0))
        at_s += draw(st.floats(0.8, 3.0)) + own_s / 2
        made.append(Gesture(at_s, own_s, draw(st.floats(0.6, 1.6)), swings_hz, axis))
        at_s += own_s / 2
    return made


@settings(max_examples=60, deadline=None)
@given(
    gestures(),
    st.sampled_from([25.0, 50.0, 99.84, 119.0, 208.0, 400.0]),
    st.floats(0.001, 0.03),
    st.integers(0, 2**31),
)
def test_gestures_are_found_where_they_are(
    made: list[Gesture], rate_hz: float, noise: float, seed: int
) -> None:
    end_s = made[-1].centre_s + 3.0
    recording = take(made, max(end_s, 7.0), rate_hz, noise, seed=seed)
    found = find_events(recording)
    assert centres_s(found) == pytest.approx([g.centre_s for g in made], abs=0.12)
    segments = checked_segments(found.segments("wave"), recording.start_us, recording.end_us)
    assert {s.end_us - s.start_us for s in segments} == {found.length_us}
    for gesture, segment in zip(made, segments, strict=True):
        middle_us = (segment.start_us + segment.end_us) / 2 - START_US
        assert middle_us / 1e6 == pytest.approx(gesture.centre_s, abs=0.12)
        # A gesture fades in and out: four fifths of its time have nearly all of its motion.
        assert found.length_us > 0.8 * gesture.length_s * 1e6


@settings(max_examples=20, deadline=None)
@given(st.floats(4.0, 10.0), st.integers(0, 1000), st.sampled_from([50.0, 119.0]))
def test_walking_between_gestures_is_no_gesture(walked_s: float, seed: int, rate_hz: float) -> None:
    made = TEN[:4] + [replace(g, centre_s=g.centre_s + walked_s + 4) for g in TEN[4:]]
    walk = (12.5, 12.5 + walked_s)
    found = find_events(take(made, 45.0, rate_hz, walks=[walk], seed=seed))
    assert centres_s(found) == pytest.approx([g.centre_s for g in made], abs=0.12)
    assert found.reasons == "1 longer than 2.5 s"


@pytest.mark.parametrize("seed", range(4))
def test_gestures_of_a_person_who_walks_all_the_time_are_refused(seed: int) -> None:
    walks = [(a.centre_s + a.length_s / 2, b.centre_s - b.length_s / 2) for a, b in pairwise(TEN)]
    walks = [(0.0, TEN[0].centre_s - 0.4), *walks, (TEN[-1].centre_s + 0.4, 30.0)]
    with pytest.raises(MotionLoopError, match="does not rest between them"):
        find_events(take(TEN, 30.0, walks=walks, seed=seed))


@pytest.mark.parametrize(
    ("made", "seconds", "cause"),
    [
        ([], 30.0, "hardly moves"),
        (TEN[:2], 30.0, "2 were found, and 3 at least are a repetition"),
        (TEN[:1], 5.0, "has 5.0 s to look at"),
        ([], 0.0, "has 0.0 s to look at"),
        (
            [Gesture(5.0 + 6 * i, 4.0, swings_hz=2.0) for i in range(4)],
            30.0,
            "0 were found, .*left out: 4 longer than 2.5 s",
        ),
    ],
)
def test_what_holds_no_events_is_refused_with_the_cause(
    made: list[Gesture], seconds: float, cause: str
) -> None:
    with pytest.raises(MotionLoopError, match=cause):
        find_events(take(made, seconds))


def test_a_wave_that_stands_still_at_its_turning_points_is_one_event() -> None:
    made = [
        Gesture(centre_s + side, 0.4)
        for centre_s in np.arange(3.0, 25.0, 3.0).tolist()
        for side in (-0.3, 0.3)
    ]
    assert centres_s(find_events(take(made, 30.0))) == pytest.approx(
        np.arange(3.0, 25.0, 3.0), abs=0.1
    )


def test_lengths_can_be_given() -> None:
    recording = take([*TEN, *(Gesture(28.0 + 2 * i, 0.3) for i in range(3))], 34.0)
    assert len(find_events(recording, length_s=1.0).events) == 13
    assert find_events(recording, length_s=1.0).length_us == 1_000_000
    assert find_events(recording, shortest_s=0.4).reasons == "3 shorter than 0.4 s"
    assert find_events(recording, longest_s=0.5).reasons == "10 longer than 0.5 s"
    assert find_events(recording, length_s=3.0).reasons.endswith("too near for segments of 3.00 s")


def test_only_the_part_that_is_used_is_looked_at() -> None:
    recording = take(TEN, 30.0)
    trim = Trim(START_US + 6_000_000, START_US + 18_100_000)
    recording.description = replace(recording.description, trim=trim)
    found = find_events(recording)
    assert centres_s(found) == pytest.approx([8.0, 10.5, 13.0, 15.5], abs=0.05)
    assert found.reasons == "1 cut off at the begin or the end"


def test_an_event_with_missing_samples_is_left_out() -> None:
    whole = take(TEN, 30.0)
    kept = np.ones(len(whole.seq), bool)
    kept[790:800] = False  # 7.9 s: inside the third gesture
    torn = replace(whole, seq=whole.seq[kept], t_us=whole.t_us[kept], raw=whole.raw[kept])
    gaps = find_gaps(torn.seq, torn.t_us, torn.rate_hz)
    torn.description = replace(torn.description, gaps=gaps)
    found = find_events(torn)
    assert len(found.events) == 9
    assert found.reasons == "1 with missing samples"
    torn.description = replace(torn.description, bridge_ms=200.0)
    assert len(find_events(torn).events) == 10


def test_acceleration_alone_is_enough() -> None:
    recording = take(TEN, 30.0)
    recording.raw[:, 3:] = 0
    assert centres_s(find_events(recording)) == pytest.approx([g.centre_s for g in TEN], abs=0.12)
