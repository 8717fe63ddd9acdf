"""Editing labels: each edit, its limits, and undo and redo of any sequence of them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motionloop.recordings.recording_json import Trim
from motionloop.recordings.segments import Segment, checked_segments
from motionloop.studio.labelling.segments import Labels, SegmentEditor

WALK, SIT, RUN = Segment(100, 200, "walk"), Segment(200, 300, "sit"), Segment(400, 500, "run")


@pytest.fixture
def editor() -> SegmentEditor:
    return SegmentEditor(Labels((WALK, SIT, RUN)), 0, 1000)


def test_finds_the_segment_at_a_time_and_those_in_a_stretch(editor: SegmentEditor) -> None:
    assert [editor.at(t) for t in (99, 100, 199, 200, 300, 499, 500)] == [
        None, 0, 0, 1, None, 2, None,
    ]  # fmt: skip
    assert list(editor.within(150, 401)) == [0, 1, 2]
    assert list(editor.within(300, 400)) == []
    assert list(editor.within(200, 400)) == [1]
    assert editor.room(350) == (300, 400)
    assert editor.room(50) == (0, 100)
    assert editor.room(900) == (500, 1000)


def test_a_new_label_takes_the_place_of_what_was_there(editor: SegmentEditor) -> None:
    assert editor.put(150, 450, "jump") == 1
    assert editor.segments == (
        Segment(100, 150, "walk"),
        Segment(150, 450, "jump"),
        Segment(450, 500, "run"),
    )


def test_a_label_inside_another_leaves_both_its_sides(editor: SegmentEditor) -> None:
    editor.put(120, 130, "jump")
    assert editor.segments[:3] == (
        Segment(100, 120, "walk"),
        Segment(120, 130, "jump"),
        Segment(130, 200, "walk"),
    )


def test_a_label_ends_with_the_recording(editor: SegmentEditor) -> None:
    assert editor.put(900, 2000, "jump") == 3
    assert editor.segments[-1] == Segment(900, 1000, "jump")
    assert editor.put(1000, 2000, "jump") is None


@pytest.mark.parametrize("label", ["", " ", "x" * 100, "a\nb"])
def test_a_label_that_no_board_can_carry_is_refused(editor: SegmentEditor, label: str) -> None:
    with pytest.raises(ValueError, match="label"):
        editor.put(600, 700, label)
    with pytest.raises(ValueError, match="label"):
        editor.rename(0, label)
    assert not editor.can_undo


def test_ends_stop_at_the_neighbours(editor: SegmentEditor) -> None:
    assert editor.reshape(1, 50, 999) == 1
    assert editor.segments[1] == Segment(200, 400, "sit")
    assert editor.reshape(2, 450, 450) is None
    assert editor.segments[2] == RUN


def test_a_moved_segment_keeps_its_length_and_its_place_in_line(editor: SegmentEditor) -> None:
    assert editor.move(2, -10_000) == 2
    assert editor.segments[2] == Segment(300, 400, "run")
    assert editor.move(2, 10_000) == 2
    assert editor.segments[2] == Segment(900, 1000, "run")
    assert editor.move(0, 50) is None  # the next one is right behind it


def test_split_and_merge_are_opposites(editor: SegmentEditor) -> None:
    assert editor.split(150) == 1
    assert editor.segments[:2] == (Segment(100, 150, "walk"), Segment(150, 200, "walk"))
    assert editor.merge(0) == 0
    assert editor.segments == (WALK, SIT, RUN)
    assert editor.split(100) is None  # its own start
    assert editor.split(350) is None  # no label there
    assert editor.merge(2) is None  # the last one


def test_merging_takes_the_first_label_and_what_is_between(editor: SegmentEditor) -> None:
    editor.merge(1)
    assert editor.segments == (WALK, Segment(200, 500, "sit"))


def test_rename_and_delete(editor: SegmentEditor) -> None:
    assert editor.rename(0, "jump") == 0
    assert editor.rename(0, "jump") is None
    editor.delete(1)
    assert editor.segments == (Segment(100, 200, "jump"), RUN)


def test_trim_marks_a_part_and_leaves_the_labels(editor: SegmentEditor) -> None:
    editor.trim(150, 5000)
    assert editor.labels == Labels((WALK, SIT, RUN), Trim(150, 1000))
    editor.trim(300, 300)
    assert editor.labels.trim == Trim(150, 1000)
    editor.trim(0, 1000)
    assert editor.labels.trim is None
    editor.undo()
    assert editor.labels.trim == Trim(150, 1000)


def test_an_edit_after_undo_forgets_what_was_undone(editor: SegmentEditor) -> None:
    editor.delete(0)
    editor.delete(0)
    assert editor.undo()
    editor.rename(0, "jump")
    assert not editor.redo()
    assert editor.undo()
    assert editor.undo()
    assert not editor.undo()
    assert editor.segments == (WALK, SIT, RUN)


TIMES = st.integers(-50, 1100)
EDITS = st.one_of(
    st.tuples(st.just("put"), TIMES, TIMES, st.sampled_from(["walk", "sit"])),
    st.tuples(st.just("reshape"), st.integers(0, 9), TIMES, TIMES),
    st.tuples(st.just("move"), st.integers(0, 9), st.integers(-1200, 1200)),
    st.tuples(st.just("split"), TIMES),
    st.tuples(st.just("merge"), st.integers(0, 9)),
    st.tuples(st.just("rename"), st.integers(0, 9), st.sampled_from(["walk", "sit"])),
    st.tuples(st.just("delete"), st.integers(0, 9)),
    st.tuples(st.just("trim"), TIMES, TIMES),
)


@given(st.lists(EDITS, max_size=25))
def test_any_edits_keep_the_segments_sound_and_can_all_be_undone(
    edits: list[tuple[str, int]],
) -> None:
    editor = SegmentEditor(Labels((WALK, SIT, RUN)), 0, 1000)
    history = [editor.labels]
    for name, first, *rest in edits:
        if name in ("reshape", "move", "merge", "rename", "delete"):
            if not editor.segments:
                continue
            first %= len(editor.segments)
        getattr(editor, name)(first, *rest)
        assert checked_segments(editor.segments, 0, 1000) == editor.segments
        history.append(editor.labels)
    states = [state for state, _ in itertools.groupby(history)]
    for before in reversed(states[:-1]):
        assert editor.undo()
        assert editor.labels == before
    assert not editor.can_undo
    for after in states[1:]:
        assert editor.redo()
        assert editor.labels == after
    assert not editor.can_redo
