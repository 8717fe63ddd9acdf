"""A named split stays what it was, says what has changed around it, and is never overwritten."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from motionloop.errors import DatasetError, RecordingError
from motionloop.recordings.named_split import (
    PERSON,
    SESSION,
    NamedSplit,
    find_split,
    load_split,
    splits_folder,
    stored_splits,
)
from motionloop.recordings.recording import Recording
from tests.recordings.test_where import recording

BY_PERSON = NamedSplit(
    "class", PERSON, {"cleo": ("c1",)}, {"ada": ("a1", "a2")}, "2026-11-30T08:00:00+00:00", "ab12"
)
BY_SESSION = NamedSplit("days", SESSION, {"ada": ("a1",), "ben": ("b1",)}, {"ada": ("a2",)})


def of(*pairs: tuple[str, str]) -> list[Recording]:
    return [recording(name, wearer, "", "", "walking") for wearer, name in pairs]


@pytest.mark.parametrize("split", [BY_PERSON, BY_SESSION])
def test_a_split_comes_back_from_its_file(split: NamedSplit, tmp_path: Path) -> None:
    path = split.save(tmp_path / "splits")
    assert load_split(path) == split
    assert "\n  " in path.read_text()  # for people, too
    assert replace(split, created="2027-01-01", sha256="cd").save(tmp_path / "splits") == path
    assert load_split(path) == split
    with pytest.raises(DatasetError, match=r"another split .*tested on a.*Choose another name"):
        replace(split, test={"zoe": ("z",)}).save(tmp_path / "splits")
    assert load_split(path) == split


def test_a_file_in_place_of_their_folder_is_no_other_split(tmp_path: Path) -> None:
    (tmp_path / "splits").write_text("mine")
    with pytest.raises(RecordingError, match=r"cannot be written .*The split was not saved"):
        BY_PERSON.save(tmp_path / "splits")
    assert (tmp_path / "splits").read_text() == "mine"


def test_who_is_held_out() -> None:
    assert BY_PERSON.held_out == ("ada",)
    assert BY_SESSION.held_out == ("a2",)
    assert "'class' by person, fixed on 2026-11-30: tested on ada." in BY_PERSON.words()


def test_what_came_and_went_is_said_with_its_side() -> None:
    assert BY_PERSON.changes(of(("ada", "a1"), ("ada", "a2"), ("cleo", "c1"))) == []
    later, of_ada, gone = BY_PERSON.changes(
        of(("ada", "a1"), ("ada", "a3"), ("cleo", "c1"), ("dan", "d1"))
    )
    assert "does not list d1, recorded or changed after" in later
    assert later.endswith("used for the training.")
    assert "does not list a3" in of_ada
    assert of_ada.endswith("used for the test.")
    assert gone.startswith(
        "Of the test of the split 'class' these are not among the recordings: a2."
    )
    (only,) = BY_SESSION.changes(of(("ada", "a1"), ("ada", "a2"), ("ben", "b1"), ("ada", "a3")))
    assert only.endswith("used for the training.")
    (many,) = BY_SESSION.changes([*of(*(("ben", f"x{i}") for i in range(9))),
                                  *of(("ada", "a1"), ("ada", "a2"), ("ben", "b1"))])  # fmt: skip
    assert "x0, x1, x2, x3, x4 and 4 more" in many


def test_it_lies_beside_the_recordings(recorded: Path) -> None:
    folder = recorded.parent
    data = folder / "walks.npz"
    assert splits_folder(folder) == splits_folder(recorded) == splits_folder(data)
    BY_PERSON.save(splits_folder(folder))
    for source in (folder, recorded, data):
        assert find_split("class", [source]) == BY_PERSON
    assert list(stored_splits([folder, recorded])) == ["class"]
    with pytest.raises(DatasetError, match=r"no split 'Class' in .*; there are: class\. .*makes"):
        find_split("Class", [folder])
    with pytest.raises(DatasetError, match="there is none"):
        find_split("class", [folder / "elsewhere/walks.npz"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": 2}, "newer version"),
        ({"by": "label"}, "neither person nor session"),
        ({"test": None}, "'test' is missing"),
        ({"train": {"ada": "a1"}}, "'ada' is 'a1'"),
        ({"train": {"ada": ["a3"]}}, "ada is in the training and in the test"),
        ({"by": "session", "train": {"cleo": ["a2"]}}, "a2 is in the training and in the test"),
        ({"test": {}}, "nobody is in its test"),
    ],
)
def test_a_file_that_is_no_split_is_said(
    change: dict[str, object], words: str, tmp_path: Path
) -> None:
    path = BY_PERSON.save(tmp_path)
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(DatasetError, match=f"class.json is no split .*{words}"):
        load_split(path)
    path.write_text("{")
    with pytest.raises(DatasetError, match="is no split"):
        load_split(path)


def test_what_is_excluded_is_neither_new_nor_gone() -> None:
    now = of(("ada", "a1"), ("ada", "a2"), ("cleo", "c1"), ("dan", "d1"))
    now = [replace(r, description=replace(r.description, excluded=True)) for r in now]
    assert BY_PERSON.changes(now) == []
