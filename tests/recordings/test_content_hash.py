"""The same data have the same hash, wherever they lie; whatever a training sees changes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motionloop.recordings.content_hash import content_hash, joined_hash
from motionloop.recordings.facts import list_facts
from motionloop.recordings.recording import Recording, find_gaps
from motionloop.recordings.recording_json import Description, Trim
from motionloop.recordings.relabel import renamed
from motionloop.recordings.segments import Segment
from motionloop.recordings.sources import read_recordings
from motionloop.recordings.writer import write_recording
from tests.recordings.made import BOARD, PERIOD_US, raw_of

LABELS = ("sit", "walk", "run")


@st.composite
def made(draw: st.DrawFn, whole: bool = False) -> Recording:
    """A recording of up to 60 samples with gaps and some segments, or one that is the whole."""
    missing = draw(st.lists(st.sampled_from([1, 1, 1, 3]), min_size=3, max_size=60))
    seq = np.cumsum(missing)
    t_us = seq * PERIOD_US + draw(st.integers(0, 10**12))
    inner = st.sets(st.integers(0, len(seq)), max_size=6)
    cuts = [0, len(seq)] if whole else sorted(draw(inner))
    ends_us = [*t_us.tolist(), int(t_us[-1]) + 1]
    segments = tuple(
        Segment(ends_us[a], ends_us[b], draw(st.sampled_from(LABELS))) for a, b in pairwise(cuts)
    )
    description = Description(
        BOARD,
        draw(st.text("ab", min_size=1)),
        draw(st.sampled_from(["ada", "ben"])),
        segments=segments,
        gaps=tuple(find_gaps(seq, t_us, BOARD.format.rate_hz)),
        samples=len(seq),
        bridge_ms=draw(st.sampled_from([0.0, 50.0])),
    )
    return Recording(description, seq, t_us, raw_of(len(seq), draw(st.integers(0, 9))))


@given(recordings=st.lists(made(), max_size=4), random=st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_order_names_and_what_is_not_labelled_change_nothing(recordings, random) -> None:
    others = []
    for one in recordings:
        raw = one.raw.copy()
        seen = np.zeros(len(raw), bool)
        for segment in one.used_segments:
            first, end = np.searchsorted(one.t_us, (segment.start_us, segment.end_us))
            seen[first:end] = True
        raw[~seen] += 1
        description = replace(one.description, name="other", placement="moon", document={"a": 1})
        others.append(replace(one, description=description, raw=raw, path=Path("elsewhere")))
    random.shuffle(others)
    assert content_hash(others) == content_hash(recordings)


def changed(one: Recording, **changes: object) -> Recording:
    return replace(one, description=replace(one.description, **changes))


def with_label(one: Recording) -> Recording:
    first, *rest = one.segments
    return changed(one, segments=(replace(first, label="other"), *rest))


def shorter(one: Recording) -> Recording:
    first, *rest = one.segments
    return changed(one, segments=(replace(first, end_us=first.end_us - PERIOD_US), *rest))


def with_sample(one: Recording) -> Recording:
    raw = one.raw.copy()
    raw[np.searchsorted(one.t_us, one.segments[0].start_us), 3] += 1
    return replace(one, raw=raw)


def scaled(one: Recording) -> Recording:
    scale = replace(BOARD.format, accel_ng_per_lsb=244_001)
    return changed(one, board=replace(BOARD, format=scale))


def halves(one: Recording) -> Recording:
    """The first segment as two: no window would lie across."""
    first, *rest = one.segments
    middle = first.start_us + PERIOD_US
    parts = replace(first, end_us=middle), replace(first, start_us=middle)
    return changed(one, segments=(*parts, *rest))


CHANGES: list[Callable[[Recording], Recording]] = [
    with_label,
    shorter,
    with_sample,
    scaled,
    halves,
    lambda one: changed(one, wearer="zoe"),
    lambda one: changed(one, bridge_ms=one.description.bridge_ms + 1),
    lambda one: replace(one, t_us=one.t_us + np.arange(len(one.t_us))),
    lambda one: changed(one, trim=Trim(one.segments[0].start_us + PERIOD_US, one.end_us)),
    lambda one: changed(one, gaps=()) if one.gaps else with_label(one),
    lambda one: changed(one, segments=one.segments[1:]),
]


@pytest.mark.slow
@given(
    one=made(whole=True),
    others=st.lists(made(), max_size=2),
    change=st.sampled_from(CHANGES),
)
@settings(max_examples=100)
def test_whatever_a_training_sees_changes_it(one, others, change) -> None:
    assert content_hash([change(one), *others]) != content_hash([one, *others])


def test_it_is_the_same_for_ever() -> None:
    """Models of all computers and versions name it."""
    segments = Segment(0, 50_000, "walk"), Segment(50_000, 100_000, "sit")
    one = Recording(
        Description(BOARD, "one", "Zoë", segments=segments),
        np.arange(10),
        np.arange(10) * PERIOD_US,
        np.arange(60, dtype=np.int16).reshape(10, 6),
    )
    assert content_hash([one]) == "e0b60734e71e1e34433012b3d74e272c7c74d4ad0f92de3fbbf2269783cea710"
    assert content_hash([]) == joined_hash([])


def test_a_list_has_the_hash_of_the_recordings_in_their_folders(tmp_path: Path) -> None:
    whole = read_recordings(Path(__file__).parents[1] / "cases/data/seventeen_labels.npz")
    for number, one in enumerate(reversed(whole)):
        write_recording(one, tmp_path / f"{number}")
    expected = content_hash(whole)
    for _ in range(2):  # the second comes from the database
        facts, _ = list_facts(tmp_path)
        assert joined_hash(h for f in facts for h in f.hashes.values()) == expected
    two = ("gesture 00", "gesture 01")
    of_two = [h for f in facts for h in f.with_labels(two).hashes.values()]
    assert joined_hash(of_two) == content_hash(whole, two) != expected


def test_labels_joined_in_memory_or_on_disk_are_the_same_data(recorded: Path) -> None:
    recording = Recording.open(recorded)
    recording.set_segments([Segment(0, 300_000, "walk"), Segment(300_000, 600_000, "walkng")])
    in_memory = content_hash(renamed([recording], {"walkng": "walk"}))
    recording.rename_labels({"walkng": "walk"})
    assert content_hash([Recording.open(recorded)]) == in_memory
    recording.set_trim(Trim(0, 300_000))
    assert content_hash([recording]) != in_memory


@pytest.mark.parametrize("order", ["C", "F"])
def test_how_the_samples_lie_in_memory_changes_nothing(order: str, recorded: Path) -> None:
    recording = Recording.open(recorded)
    laid = replace(
        recording,
        raw=np.array(recording.raw.astype(">i2"), order=order),
        t_us=recording.t_us.astype(">i8"),
    )
    assert content_hash([laid]) == content_hash([recording])


def test_excluded_recordings_are_no_part_of_it(recorded: Path) -> None:
    recording = Recording.open(recorded)
    assert content_hash([changed(recording, excluded=True)]) == content_hash([])
