"""A split is honest; folds together test every window once, each without its group in training."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motionloop.errors import DatasetError, TrainingDataError
from motionloop.model.package import input_spec
from motionloop.recordings.content_hash import content_hash
from motionloop.recordings.named_split import NamedSplit
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import Description
from motionloop.recordings.segments import Segment
from motionloop.splits import (
    MAX_FOLDS,
    PERSONAL_WEIGHT,
    Split,
    SplitKind,
    fix_split,
    folds,
    folds_at_random,
    split,
    split_people,
    split_personal,
)
from motionloop.windows import WindowSet, collect_windows
from tests.recordings.made import BOARD, raw_of
from tests.window_sets import window_set

SPEC = input_spec(50.0, 32, 16)


def people(count: int) -> WindowSet:
    return window_set(
        (label, f"p{i}", f"p{i}", 10 + i) for i in range(count) for label in ("sit", "walk")
    )


# --- one split --------------------------------------------------------------------------------
def check_split(windows: WindowSet, made: Split) -> None:
    """What holds for every split: no window on both sides, every label trained on."""
    train, test = set(made.train.tolist()), set(made.test.tolist())
    assert not train & test
    assert len(test) > 0
    assert set(windows.label[made.train]) == set(windows.label)
    groups = {SplitKind.PERSON: windows.person, SplitKind.SESSION: windows.session}
    if made.kind is not SplitKind.BLOCK:
        of = groups[made.kind]
        assert not set(of[made.train]) & set(of[made.test])
        assert set(of[made.test]) == set(made.held_out)
        assert train | test == set(range(len(windows)))
        assert not made.optimistic


def shares_samples(windows: WindowSet, made: Split) -> bool:
    """Whether a tested window overlaps one that was trained on."""
    length_us = windows.spec.window_s * 1e6
    for test in made.test:
        near = np.abs(windows.start_us[made.train] - windows.start_us[test]) < length_us
        if (near & (windows.session[made.train] == windows.session[test])).any():
            return True
    return False


def test_split_by_person_if_there_are_three() -> None:
    windows = window_set(
        (label, person, f"{person}{label}", 40) for person in "abcde" for label in ("sit", "walk")
    )
    made = split(windows)
    check_split(windows, made)
    assert made.kind is SplitKind.PERSON
    assert len(made.held_out) == 1
    assert made.held_out[0] in made.describe()


def test_split_by_session_for_one_person() -> None:
    windows = window_set(
        (label, "ada", f"s{number}", 40) for number in range(5) for label in ("sit", "walk")
    )
    made = split(windows)
    check_split(windows, made)
    assert made.kind is SplitKind.SESSION
    assert len(made.held_out) == 1


def test_split_by_block_for_one_session() -> None:
    windows = window_set([("sit", "ada", "s", 50), ("walk", "ada", "s", 50)])
    made = split(windows)
    check_split(windows, made)
    assert made.kind is SplitKind.BLOCK
    assert made.optimistic
    assert "optimistic" in made.describe()
    assert set(windows.label[made.test]) == {0, 1}
    assert not shares_samples(windows, made)


@pytest.mark.parametrize("hop", [4, 16, 32, 40])
def test_split_by_block_leaves_out_windows_that_overlap_the_test(hop: int) -> None:
    windows = window_set(
        [("sit", "ada", "s", 60), ("walk", "ada", "s", 60)], input_spec(50, 32, hop)
    )
    made = split(windows, SplitKind.BLOCK)
    check_split(windows, made)
    assert not shares_samples(windows, made)


def test_split_by_person_keeps_every_label_for_training() -> None:
    rows = [("sit", p, p, 40) for p in "abcd"] + [("walk", p, p, 40) for p in "ab"]
    windows = window_set(rows)
    made = split(windows)
    check_split(windows, made)
    assert not {"a", "b"} <= set(made.held_out)


def test_split_that_is_not_possible_is_told_so() -> None:
    windows = window_set([("sit", "a", "s1", 40), ("walk", "b", "s2", 40)])
    for kind in (SplitKind.PERSON, SplitKind.SESSION):
        with pytest.raises(TrainingDataError, match=f"cannot be split by {kind.value}"):
            split(windows, kind)
    assert split(windows).kind is SplitKind.BLOCK


def test_split_holds_out_the_people_named() -> None:
    windows = window_set(("sit", person, person, 10) for person in "abcd")
    made = split_people(windows, ["b", "d"])
    assert set(windows.person[made.test]) == {"b", "d"}
    assert set(windows.person[made.train]) == {"a", "c"}


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["sit", "walk", "run"]),
            st.sampled_from("abcd"),
            st.integers(0, 2),
            st.integers(8, 60),
        ),
        min_size=1,
        max_size=14,
    ),
    kind=st.sampled_from([None, SplitKind.PERSON, SplitKind.SESSION, SplitKind.BLOCK]),
)
@settings(max_examples=200)
def test_splits_are_honest(rows: list[tuple[str, str, int, int]], kind: SplitKind | None) -> None:
    windows = window_set((label, p, f"{p}{number}", n) for label, p, number, n in rows)
    try:
        made = split(windows, kind)
    except TrainingDataError:
        assert kind in (SplitKind.PERSON, SplitKind.SESSION)
        return
    check_split(windows, made)
    assert kind in (None, made.kind)
    assert not shares_samples(windows, made)


def test_a_split_at_random_is_refused_and_says_where_it_is_shown() -> None:
    windows = window_set([("sit", "ada", "s", 50), ("walk", "ada", "s", 50)])
    with pytest.raises(TrainingDataError, match=r"never split at random.*evaluate --lesson leaky"):
        split(windows, SplitKind.RANDOM)


def test_a_personal_split_tests_the_wearer_alone_and_keeps_everyone_else() -> None:
    people = np.array(["Ada"] * 40 + ["Bob"] * 30)
    count = len(people)
    windows = WindowSet(
        input_spec(),
        ("rest", "walk"),
        np.zeros((count, 128, 6), np.int32),
        np.arange(count) % 2,
        people,
        np.array([f"{p} {i // 2 % 4}" for i, p in enumerate(people)]),
        np.arange(count, dtype=np.int64),
        False,
        np.zeros(count),
    )
    chosen = split_personal(windows, "Ada")
    assert set(windows.person[chosen.test]) == {"Ada"}
    assert not set(chosen.test) & set(chosen.train)
    seen, times = np.unique(chosen.train, return_counts=True)
    assert set(times[windows.person[seen] == "Ada"]) == {PERSONAL_WEIGHT}
    assert set(seen[windows.person[seen] == "Bob"]) == set(range(40, 70))
    assert "personal to Ada" in chosen.describe()
    with pytest.raises(TrainingDataError, match="there are recordings of Ada, Bob"):
        split_personal(windows, "Eve")


@pytest.mark.parametrize("groups", [5, 8, 10, 20])
def test_about_a_fifth_of_each_label_is_held_out(groups: int) -> None:
    """Of people as of sessions, when all have as much of each label."""
    people = window_set(
        (label, f"p{i}", f"p{i}", 40) for i in range(groups) for label in ("sit", "walk")
    )
    sessions = window_set(
        (label, "ada", f"s{i}", 40) for i in range(groups) for label in ("sit", "walk")
    )
    for windows, kind in ((people, SplitKind.PERSON), (sessions, SplitKind.SESSION)):
        made = split(windows, kind)
        for label in (0, 1):
            held = (windows.label[made.test] == label).sum() / (windows.label == label).sum()
            assert 0.1 <= held <= 0.25


def test_a_person_who_has_all_labels_is_held_out_before_several_who_have_one() -> None:
    rows = [(label, p, p, 20) for p in "abcd" for label in ("sit", "walk")]
    rows += [("sit", "e", "e", 20), ("walk", "f", "f", 20)]
    made = split(window_set(rows))
    assert len(made.held_out) == 1
    assert set(made.held_out) <= set("abcd")


def test_two_people_are_too_few_to_leave_one_out_unless_asked_to() -> None:
    windows = window_set(
        (label, p, f"{p}{n}", 20) for p in "ab" for n in (1, 2) for label in ("sit", "walk")
    )
    assert split(windows).kind is SplitKind.SESSION
    assert split(windows, SplitKind.PERSON).kind is SplitKind.PERSON
    assert {fold.kind for fold in folds(windows)} == {SplitKind.SESSION}
    assert {fold.kind for fold in folds(windows, SplitKind.PERSON)} == {SplitKind.PERSON}
    assert folds(windows, SplitKind.BLOCK)[0].kind is SplitKind.BLOCK
    assert split(people(3)).kind is SplitKind.PERSON
    assert {fold.kind for fold in folds(people(3))} == {SplitKind.PERSON}


@pytest.mark.parametrize(
    ("hop", "guard", "count", "tested"),
    [
        (16, 2, 2, 0),
        (16, 2, 3, 0),
        (16, 2, 4, 1),
        (16, 2, 10, 2),
        (16, 2, 50, 10),
        (32, 1, 2, 0),
        (32, 1, 3, 1),
    ],
)
def test_a_block_is_the_last_fifth_if_there_is_room_for_the_guard(
    hop: int, guard: int, count: int, tested: int
) -> None:
    """The windows that share samples with the first tested one are left out."""
    spec = input_spec(50.0, 32, hop)
    windows = window_set([("sit", "ada", "s", count), ("walk", "ada", "s", 50)], spec)
    made = split(windows, SplitKind.BLOCK)
    sit = np.flatnonzero(windows.label == 0)
    assert (windows.label[made.test] == 0).sum() == tested
    assert set(made.test) >= set(sit[count - tested :])
    assert (windows.label[made.train] == 0).sum() == count - tested - (guard if tested else 0)


def test_a_split_says_what_was_held_out() -> None:
    windows = window_set((label, p, p, 9) for p in "abcd" for label in ("sit", "walk"))
    assert split_people(windows, ["b", "d"]).describe() == "held out by person: b, d"
    assert not split_people(windows, ["b"]).optimistic
    own = split_personal(windows, "a").describe()
    assert own.startswith("personal to a, whose windows count 4 times")
    assert "optimistic" in own


def test_groups_that_cannot_both_be_spared_are_not_both_held_out() -> None:
    """Each has nearly all of one label: one is held out, with little of the other label."""
    rows = [("sit", "p", "a", 1), ("sit", "p", "b", 99), ("walk", "p", "a", 99)]
    windows = window_set([*rows, ("walk", "p", "b", 1)])
    made = split(windows, SplitKind.SESSION)
    check_split(windows, made)
    assert len(made.held_out) == 1


def test_one_window_of_a_label_is_enough_to_remain() -> None:
    rows = [("sit", p, p, 5) for p in "abc"] + [("walk", p, p, 1) for p in "ab"]
    windows = window_set(rows)
    check_split(windows, split(windows, SplitKind.PERSON))
    made = folds(windows, SplitKind.PERSON)
    assert sorted(fold.held_out for fold in made) == [("a",), ("b",), ("c",)]


# --- folds ------------------------------------------------------------------------------------
def test_one_person_is_left_out_at_a_time() -> None:
    made = folds(people(4))
    assert {fold.kind for fold in made} == {SplitKind.PERSON}
    assert sorted(fold.held_out for fold in made) == [("p0",), ("p1",), ("p2",), ("p3",)]


def test_of_many_people_several_are_left_out_together() -> None:
    made = folds(people(12))
    assert len(made) == MAX_FOLDS
    assert sorted(len(fold.held_out) for fold in made) == [2, 2, 2, 3, 3]
    sizes = [len(fold.test) for fold in made]
    assert max(sizes) < 1.5 * min(sizes)


def test_folds_share_out_people_of_unequal_length() -> None:
    """The largest first, each to where there is least: no fold gets two of the large."""
    large = [(label, f"l{i}", f"l{i}", 100) for i in range(5) for label in ("sit", "walk")]
    small = [(label, f"s{i}", f"s{i}", 10) for i in range(5) for label in ("sit", "walk")]
    made = folds(window_set(large + small))
    assert len(made) == MAX_FOLDS
    assert {len(fold.test) for fold in made} == {220}


def test_people_of_one_label_are_dealt_apart() -> None:
    """Each fold tests both labels, though each person has one only."""
    rows = [
        (label, f"{label}{i}", f"{label}{i}", 10) for label in ("sit", "walk") for i in range(5)
    ]
    windows = window_set(rows)
    for fold in folds(windows):
        assert set(windows.label[fold.test]) == {0, 1}


def test_the_only_window_of_a_label_is_never_left_out() -> None:
    """Whoever has it cannot be left out, so people cannot be left out in turn."""
    rows = [("sit", "a", "a", 20), ("sit", "b", "b", 20), ("sit", "c", "c", 20)]
    assert folds(window_set(rows))[0].kind is SplitKind.PERSON
    with pytest.raises(TrainingDataError, match="cannot be split by person"):
        folds(window_set([*rows, ("walk", "c", "c", 1)]), SplitKind.PERSON)


def test_folds_at_random_are_the_same_for_one_seed_and_alike_in_size() -> None:
    windows = people(3)
    first, again, other = (folds_at_random(windows, 4, seed) for seed in (1, 1, 2))
    assert [f.test.tolist() for f in first] == [f.test.tolist() for f in again]
    assert first[0].test.tolist() != other[0].test.tolist()
    sizes = [len(fold.test) for fold in first]
    assert max(sizes) - min(sizes) <= 1


def test_sessions_of_one_person_are_left_out_one_at_a_time() -> None:
    made = folds(window_set((label, "ada", s, 10) for s in "abc" for label in ("sit", "walk")))
    assert [fold.kind for fold in made] == [SplitKind.SESSION] * 3


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
    tested = np.concatenate([fold.test for fold in made])
    assert sorted(tested.tolist()) == list(range(len(windows)))
    for fold in made:
        assert not set(groups[fold.train]) & set(groups[fold.test])
        assert set(windows.label[fold.train]) == set(windows.label)


def test_folds_at_random_test_every_window_and_are_called_leaky() -> None:
    windows = people(3)
    made = folds_at_random(windows, 4, seed=1)
    tested = np.concatenate([fold.test for fold in made])
    assert sorted(tested.tolist()) == list(range(len(windows)))
    for fold in made:
        assert fold.optimistic
        assert "leaky" in fold.describe()
        assert not set(fold.train) & set(fold.test)
        assert set(windows.person[fold.train]) == set(windows.person[fold.test])


# --- named splits -------------------------------------------------------------------------
def named(by: str, *held_out: str) -> NamedSplit:
    return NamedSplit("class", by, {}, {name: (name,) for name in held_out})


def test_the_test_is_exactly_what_a_named_split_holds_out() -> None:
    windows = people(4)
    for by in ("person", "session"):
        made = split(windows, named(by, "p1", "p2", "gone"))
        check_split(windows, made)
        assert made.held_out == ("p1", "p2")
        assert made.describe() == f"split 'class', held out by {by}: p1, p2"
        (fold,) = folds(windows, named(by, "p1", "p2"))
        assert np.array_equal(fold.test, made.test)


def test_a_named_split_that_is_not_possible_any_more_is_told_so() -> None:
    windows = people(3)
    with pytest.raises(TrainingDataError, match=r"Nothing is left of the test .* no window of zoe"):
        split(windows, named("person", "zoe"))
    with pytest.raises(TrainingDataError, match="No window for training is left of sit, walk"):
        split(windows, named("person", "p0", "p1", "p2"))


def test_a_named_split_by_session_is_for_personal_models_too() -> None:
    windows = window_set(
        (label, person, f"{person}{n}", 20)
        for person in "ab"
        for n in range(3)
        for label in ("sit", "walk")
    )
    made = split_personal(windows, "a", named("session", "a1", "b1"))
    assert set(windows.session[made.test]) == {"a1"}
    assert (made.wearer, made.name) == ("a", "class")
    with pytest.raises(TrainingDataError, match="'class' is by person"):
        split_personal(windows, "a", named("person", "a"))


def motion(name: str, wearer: str, seed: int, *labels: str) -> Recording:
    """Ten seconds of each label."""
    count = 1000 * len(labels)
    segments = [
        Segment(i * 10_000_000, (i + 1) * 10_000_000, label) for i, label in enumerate(labels)
    ]
    segments[-1] = replace(segments[-1], end_us=(count - 1) * 10_000 + 1)
    return Recording(
        Description(BOARD, name, wearer, segments=tuple(segments)),
        np.arange(count),
        np.arange(count) * 10_000,
        raw_of(count, seed),
    )


def fixed(recordings: list[Recording], *held_out: str, **options: object) -> NamedSplit:
    windows = collect_windows(recordings, SPEC)
    return fix_split("class", recordings, windows, held_out or None, **options)


CLASS = [
    motion(f"{person}{day}", person, 2 * number + day, "sit", "walk")
    for number, person in enumerate(["ada", "ben", "cleo", "dan", "eve", "finn"])
    for day in range(2)
]


def test_a_split_is_fixed_by_name_or_by_the_own_rule() -> None:
    made = fixed(CLASS, "cleo", "ada")
    assert (made.by, made.test) == ("person", {"ada": ("ada0", "ada1"), "cleo": ("cleo0", "cleo1")})
    assert sorted(made.train) == ["ben", "dan", "eve", "finn"]
    assert made.sha256 == content_hash(CLASS)
    by_session = fixed(CLASS, "cleo0", "ada1")
    assert (by_session.by, by_session.held_out) == ("session", ("ada1", "cleo0"))
    assert by_session.train["ada"] == ("ada0",)
    windows = collect_windows(CLASS, SPEC)
    assert fixed(CLASS).held_out == split(windows).held_out
    assert (
        fixed(CLASS, kind=SplitKind.SESSION).held_out == split(windows, SplitKind.SESSION).held_out
    )
    drawn = {fixed(CLASS, seed=seed).held_out for seed in range(12)}
    assert len(drawn) > 2
    assert fixed(CLASS, seed=3).held_out == fixed(CLASS, seed=3).held_out
    for held_out in drawn:
        assert set(fixed(CLASS, *held_out).test) == set(held_out)
    assert fixed(CLASS[:4]).by == "session"  # two people: as `train` does


@pytest.mark.parametrize(
    ("recordings", "held_out", "words"),
    [
        (CLASS, ("zoe",), r"called zoe\. There are by person: ada, .*; by session: ada0, "),
        (CLASS, ("ada", "ben0"), "people and sessions together"),
        (CLASS[:2], ("ada",), "no window for training is left of sit, walk"),
        ([*CLASS, motion("x", "zoe", 99, "run")], ("zoe",), "for training is left of run"),
        ([*CLASS, motion("x", "zoe", 99, "run")], ("ada",), "for the test is left of run"),
        ([*CLASS, motion("x", "Ada", 99, "sit")], ("ada",), "'Ada' in the training and 'ada' in"),
        ([*CLASS, motion("x", "", 99, "sit")], ("ada",), "the wearer of x: somebody of the test"),
        ([*CLASS, motion("x", "zoe", 0, "sit")], ("ada",), "of x are the same samples as in ada0"),
        ([*CLASS, motion("x", "ada", 0, "sit")], ("x", "ben0"), "the same samples as in ada0"),
        ([motion("x", "ada", 1, "sit"), motion("y", "ada", 2, "walk")], (), "cannot be split by"),
    ],
)  # fmt: skip
def test_a_split_that_leaks_or_lacks_a_label_is_refused(
    recordings: list[Recording], held_out: tuple[str, ...], words: str
) -> None:
    with pytest.raises(DatasetError, match=words):
        fixed(recordings, *held_out)


def test_boards_of_one_session_are_on_one_side() -> None:
    one, other = (
        replace(recording, description=replace(recording.description, session="at once"))
        for recording in (motion("left", "ada", 91, "sit"), motion("right", "ben", 92, "sit"))
    )
    recordings = [*CLASS, one, other]
    with pytest.raises(DatasetError, match="left and right are one session of several boards"):
        fixed(recordings, "ada0", "ben0", "left")
    assert fixed(recordings, "ada0", "ben0", "left", "right").by == "session"
    assert fixed(recordings, "ada").by == "person"


def test_a_copy_on_one_side_and_an_alike_name_on_one_side_are_no_leak() -> None:
    copied = [*CLASS, motion("x", "ada", 0, "sit"), motion("y", "Ada", 77, "sit")]
    assert fixed(copied, "ada", "Ada").held_out == ("Ada", "ada")


@pytest.mark.parametrize("name", [kind.value for kind in SplitKind])
def test_a_kind_of_split_is_no_name_of_one(name: str) -> None:
    with pytest.raises(DatasetError, match="is a kind of split"):
        fix_split(name, CLASS, collect_windows(CLASS, SPEC))
