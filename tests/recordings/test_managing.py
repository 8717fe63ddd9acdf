"""What is said about recordings, and the bin: nothing is lost, nothing changed by half."""

from __future__ import annotations

from pathlib import Path

import pytest

from motionloop.errors import DatasetError, RecordingError
from motionloop.recordings.checks.finding import REFUSED
from motionloop.recordings.facts import list_facts
from motionloop.recordings.for_training import gather
from motionloop.recordings.managing import About, describe, in_bin, put_in_bin, take_from_bin
from motionloop.recordings.recording import Recording, open_all
from motionloop.recordings.recording_json import Description
from motionloop.recordings.writer import RecordingWriter
from motionloop.trainer.messages import TrainingRequest
from tests.recordings.made import BOARD, append


def record(folder: Path, label: str = "walking") -> Path:
    with RecordingWriter.create(folder, BOARD, wearer="Ada") as writer:
        append(writer, 0, 10)
        writer.begin_segment(label)
        append(writer, 10, 400)
        writer.end_segment()
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_is_said_is_changed_and_nothing_else(tmp_path: Path) -> None:
    folder = record(tmp_path / "one")
    before = Recording.open(folder)
    describe(folder, About("walk 1", " Ben ", "left wrist", "after lunch\nin the rain", True))
    after = Recording.open(folder)
    said = after.description
    assert (said.name, said.wearer, said.placement) == ("walk 1", "Ben", "left wrist")
    assert (said.notes, said.excluded) == ("after lunch\nin the rain", True)
    assert after.segments == before.segments
    assert (after.raw == before.raw).all()
    describe(folder, About(notes="", excluded=False))
    assert "notes" not in said.document or not Description.load(folder).notes
    assert Description.load(folder).wearer == "Ben"


@pytest.mark.parametrize(
    ("about", "words"),
    [
        (About(wearer="Ada\x07"), "cannot be shown"),
        (About(placement="x" * 201), "201 characters"),
        (About(name="  "), "needs a name"),
        (About(name="two"), "has the name 'two' already"),
    ],
)
def test_what_cannot_be_said_changes_nothing(tmp_path: Path, about: About, words: str) -> None:
    folder = record(tmp_path / "one")
    record(tmp_path / "two")
    before = files_of(folder)
    with pytest.raises(RecordingError, match=words):
        describe(folder, about)
    assert files_of(folder) == before


def test_a_recording_that_goes_on_is_neither_changed_nor_moved(tmp_path: Path) -> None:
    with RecordingWriter.create(tmp_path / "one", BOARD) as writer:
        append(writer, 0, 10)
        with pytest.raises(RecordingError, match="being recorded right now"):
            describe(tmp_path / "one", About(wearer="Ben"))
        with pytest.raises(RecordingError, match="being recorded right now"):
            put_in_bin(tmp_path / "one")
    assert Recording.open(tmp_path / "one").wearer == ""


def test_the_bin_keeps_everything_and_gives_it_back(tmp_path: Path) -> None:
    first = record(tmp_path / "one")
    record(tmp_path / "two")
    content = files_of(first)
    binned = put_in_bin(first)
    assert [found.name for found in open_all(tmp_path).recordings] == ["two"]
    assert not open_all(tmp_path).unreadable
    # Another one of that name, deleted too: both are there.
    record(first)
    again = put_in_bin(first)
    assert in_bin(tmp_path) == [binned, again]
    assert take_from_bin(binned) == first
    assert files_of(first) == content
    # Its own name is taken by now.
    assert take_from_bin(again) == tmp_path / "one-2"
    assert in_bin(tmp_path) == []


def test_a_damaged_recording_can_be_deleted_too(tmp_path: Path) -> None:
    folder = record(tmp_path / "one")
    (folder / "samples.csv").unlink()
    (folder / "recording.json").write_text("{")
    assert (put_in_bin(folder) / "recording.json").read_text() == "{"
    with pytest.raises(RecordingError, match="is not there any more"):
        put_in_bin(folder)


def test_a_training_leaves_excluded_recordings_out_and_says_so(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        record(tmp_path / name)
    describe(tmp_path / "two", About(excluded=True))
    request = TrainingRequest(
        (str(tmp_path),), str(tmp_path / "model"), "model", despite=tuple(REFUSED)
    )
    gathered = gather(request)
    assert [recording.name for recording in gathered.recordings] == ["one", "three"]
    assert "Left out, as they are excluded: two" in gathered.words()
    facts, _ = list_facts(tmp_path)
    assert {one.name: bool(one.hashes) for one in facts} == {
        "one": True,
        "three": True,
        "two": False,
    }
    describe(tmp_path / "one", About(excluded=True))
    describe(tmp_path / "three", About(excluded=True))
    with pytest.raises(DatasetError, match=r"All recordings are excluded.*--include"):
        gather(request)


def test_a_link_to_a_recording_elsewhere_comes_back(tmp_path: Path) -> None:
    with RecordingWriter.create(tmp_path / "disk" / "one", BOARD) as writer:
        append(writer, 0, 10)
    link = tmp_path / "recordings" / "one"
    link.parent.mkdir()
    link.symlink_to(Path("..") / "disk" / "one")
    binned = put_in_bin(link)
    assert in_bin(link.parent) == [binned]
    assert Recording.open(take_from_bin(binned)).name == "one"


def test_a_new_name_is_that_of_all_boards_of_a_session(tmp_path: Path) -> None:
    """Else a split by session could train on one board and test on another of the same moment."""
    for name, session in (("left", "once"), ("right", "once"), ("later", "")):
        with RecordingWriter.create(
            tmp_path / name, BOARD, name="later" if not session else "walk", session=session
        ) as writer:
            append(writer, 0, 10)
    describe(tmp_path / "left", About(name="hike", wearer="Ada"))
    said = {path.name: Description.load(path) for path in tmp_path.iterdir()}
    assert {name: (one.name, one.wearer) for name, one in said.items()} == {
        "left": ("hike", "Ada"),
        "right": ("hike", ""),
        "later": ("later", ""),
    }
    with pytest.raises(RecordingError, match="has the name 'later' already"):
        describe(tmp_path / "right", About(name="later"))
