"""A filter chooses the same of recordings and of their facts, and says what there is instead."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from motionloop.errors import DatasetError
from motionloop.recordings.facts import facts_of
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import Description
from motionloop.recordings.segments import Segment
from motionloop.recordings.where import Where
from tests.recordings.made import BOARD


def recording(name: str, wearer: str, placement: str, day: str, *labels: str) -> Recording:
    """A second of each label."""
    count = 100 * len(labels)
    segments = [Segment(i * 10**6, (i + 1) * 10**6, label) for i, label in enumerate(labels)]
    board = replace(BOARD, synthetic=wearer == "computed")
    return Recording(
        Description(
            board, name, wearer, placement, f"{day}T08:00:00+01:00" if day else "", tuple(segments)
        ),
        np.arange(count),
        np.arange(count) * 10_000,
        np.zeros((count, 6), np.int16),
    )


RECORDINGS = [
    recording("one", "ada", "left wrist", "2026-10-31", "walking", "sitting"),
    recording("two", "ada", "waist", "2026-11-02", "walking"),
    recording("three", "Müller, ben", "left wrist", "2026-11-20", "sitting", "a|b"),
    recording("four", "", "right wrist", "", "walking"),
    recording("five", "computed", "", "2025-01-01", "walking"),
]


def chosen(text: str) -> list[str]:
    """The names, found twice."""
    where = Where.parse(text)
    names = [one.name for one in where.choose(RECORDINGS)]
    assert [one.name for one in where.choose([*map(facts_of, RECORDINGS)])] == names
    assert Where.parse(str(where)) == where
    return names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ["one", "two", "three", "four", "five"]),
        ("wearer=ada", ["one", "two"]),
        ("wearer=ada,placement=left wrist", ["one"]),
        ("wearer=ada|computed, label=walking", ["one", "two", "five"]),
        ("wearer=Müller, ben,label=sitting", ["three"]),
        ("wearer=", ["four"]),
        ("placement=*wrist", ["one", "three", "four"]),
        ("name=t*|five", ["two", "three", "five"]),
        ("date=2026", ["one", "two", "three"]),
        ("date=2026-11", ["two", "three"]),
        ("date=2026-10-31", ["one"]),
        ("date=2026-10-31..2026-11-02", ["one", "two"]),
        ("date=..2026-10", ["one", "five"]),
        ("date=2026-11-03..", ["three"]),
        ("date=", ["four"]),
        ("synthetic=no,label=walking", ["one", "two", "four"]),
        ("synthetic=yes", ["five"]),
    ],
)
def test_conditions_choose_recordings_and_facts_alike(text: str, names: list[str]) -> None:
    assert chosen(text) == names


def test_of_chosen_labels_the_others_are_gone_and_the_samples_stay() -> None:
    (one, three) = Where.parse("label=sitting").choose(RECORDINGS)
    assert (one.labels, three.labels, len(one.seq)) == (["sitting"], ["sitting"], 200)
    assert RECORDINGS[0].labels == ["sitting", "walking"]
    (facts, _) = Where.parse("label=sitting").choose([*map(facts_of, RECORDINGS)])
    assert facts == replace(
        facts_of(one), quality=facts_of(RECORDINGS[0]).quality
    )  # nothing else differs


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("person=ada", "'person=ada' is no condition.*keys wearer, placement, label, name, date"),
        ("ada", "'ada' is no condition"),
        ("placment=waist", "Did you mean placement"),
        ("wearer=Ada", r"No recording has wearer=Ada; there are: \(none\), M.*Did you mean 'ada'"),
        ("wearer=ada|zoe", "No recording has wearer=zoe"),
        ("label=run*", r"No recording has label=run\*; there are: a\|b, sitting, walking\.$"),
        ("wearer=computed,label=sitting", "No recording is wearer=computed,label=sitting"),
        ("date=20.11.2026", "'20.11.2026' is no date"),
        ("date=2027", "No recording has date=2027; there are: "),
        ("synthetic=true", "No recording has synthetic=true; there are: no, yes"),
    ],
)
def test_what_there_is_not_is_answered_with_what_there_is(text: str, words: str) -> None:
    with pytest.raises(DatasetError, match=words):
        Where.parse(text).choose(RECORDINGS)


def test_many_values_are_counted_in_a_message() -> None:
    many = [replace(r, description=replace(r.description, name=f"n{i:02}"))
            for i, r in enumerate(RECORDINGS[:1] * 20)]  # fmt: skip
    with pytest.raises(DatasetError, match=r"there are: n00, .*n11 and 8 more\."):
        Where.parse("name=none").choose(many)
