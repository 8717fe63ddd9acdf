"""Folds together test every window once, each by a training that saw nothing of its group."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motionloop import wire
from motionloop.errors import TrainingDataError
from motionloop.model.package import input_spec
from motionloop.splits import MAX_FOLDS, SplitKind, folds, folds_at_random
from motionloop.windows import WindowSet

SPEC = input_spec(50.0, 32, 16)


def window_set(rows: Iterable[tuple[str, str, str, int]]) -> WindowSet:
    """A set with `rows` (label, person, session, windows)."""
    rows = [row for row in rows for _ in range(row[3])]
    labels = tuple(sorted({row[0] for row in rows}))
    return WindowSet(
        SPEC,
        labels,
        np.zeros((len(rows), SPEC.window, wire.AXES), np.int32),
        np.array([labels.index(row[0]) for row in rows], np.int64),
        np.array([row[1] for row in rows]),
        np.array([row[2] for row in rows]),
        np.arange(len(rows), dtype=np.int64),
        False,
    )


def people(count: int) -> WindowSet:
    return window_set(
        (label, f"p{i}", f"p{i}", 10 + i) for i in range(count) for label in ("sit", "walk")
    )


def test_one_person_is_left_out_at_a_time() -> None:
    made = folds(people(4))
    assert {split.kind for split in made} == {SplitKind.PERSON}
    assert sorted(split.held_out for split in made) == [("p0",), ("p1",), ("p2",), ("p3",)]


def test_of_many_people_several_are_left_out_together() -> None:
    made = folds(people(12))
    assert len(made) == MAX_FOLDS
    assert sorted(len(split.held_out) for split in made) == [2, 2, 2, 3, 3]
    sizes = [len(split.test) for split in made]
    assert max(sizes) < 1.5 * min(sizes)


def test_sessions_of_one_person_are_left_out_one_at_a_time() -> None:
    made = folds(window_set((label, "ada", s, 10) for s in "abc" for label in ("sit", "walk")))
    assert [split.kind for split in made] == [SplitKind.SESSION] * 3


def test_one_session_leaves_the_optimistic_split() -> None:
    (only,) = folds(window_set((label, "ada", "s", 40) for label in ("sit", "walk")))
    assert only.kind is SplitKind.BLOCK
    assert only.optimistic


def test_what_is_not_possible_is_refused() -> None:
    windows = window_set([("sit", "a", "s1", 40), ("walk", "b", "s2", 40)])
    for kind in (SplitKind.PERSON, SplitKind.SESSION):
        with pytest.raises(TrainingDataError, match=f"cannot be split by {kind.value}"):
            folds(windows, kind)
    with pytest.raises(TrainingDataError, match="never split at random"):
        folds(windows, SplitKind.RANDOM)


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["sit", "walk", "run"]),
            st.sampled_from("abcdefgh"),
            st.integers(0, 2),
            st.integers(8, 60),
        ),
        min_size=1,
        max_size=24,
    ),
    kind=st.sampled_from([None, SplitKind.PERSON, SplitKind.SESSION]),
)
def test_folds_are_honest(rows: list[tuple[str, str, int, int]], kind: SplitKind | None) -> None:
    windows = window_set((label, p, f"{p}{number}", n) for label, p, number, n in rows)
    try:
        made = folds(windows, kind)
    except TrainingDataError:
        assert kind is not None
        return
    if made[0].kind is SplitKind.BLOCK:
        assert kind is None
        return
    groups = windows.person if made[0].kind is SplitKind.PERSON else windows.session
    tested = np.concatenate([split.test for split in made])
    assert sorted(tested.tolist()) == list(range(len(windows)))
    for split in made:
        assert not set(groups[split.train]) & set(groups[split.test])
        assert set(windows.label[split.train]) == set(windows.label)


def test_folds_at_random_test_every_window_and_are_called_leaky() -> None:
    windows = people(3)
    made = folds_at_random(windows, 4, seed=1)
    tested = np.concatenate([split.test for split in made])
    assert sorted(tested.tolist()) == list(range(len(windows)))
    for split in made:
        assert split.optimistic
        assert "leaky" in split.describe()
        assert not set(split.train) & set(split.test)
        assert set(windows.person[split.train]) == set(windows.person[split.test])
