"""`motionloop edit`: several recordings at once, and a bin that gives back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from motionloop.cli import main
from motionloop.recordings.recording_json import Description
from motionloop.recordings.writer import RecordingWriter
from tests.recordings.made import BOARD, append


@pytest.fixture
def three(tmp_path: Path) -> Path:
    for name in ("walk-1", "walk-2", "run-1"):
        with RecordingWriter.create(tmp_path / name, BOARD) as writer:
            append(writer, 0, 10)
    return tmp_path


def edit(folder: Path, *arguments: str) -> None:
    main(["edit", *arguments, "--recordings", str(folder)])


def test_a_pattern_changes_several_and_their_bin_gives_back(
    three: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(three, "walk-*", "--wearer", "Ada", "--exclude", "--json")
    changed = json.loads(capsys.readouterr().out)["changed"]
    assert changed == [str(three / "walk-1"), str(three / "walk-2")]
    said = {path.name: Description.load(path) for path in three.iterdir()}
    assert {name: (d.wearer, d.excluded) for name, d in said.items()} == {
        "walk-1": ("Ada", True),
        "walk-2": ("Ada", True),
        "run-1": ("", False),
    }
    edit(three, "walk-1", "run-1", "--delete")
    assert sorted(path.name for path in three.iterdir()) == [".bin", "walk-2"]
    edit(three, "*", "--restore")
    assert Description.load(three / "walk-1") == said["walk-1"]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["walk-3", "--wearer", "Ada"], 1, "There is no 'walk-3'"),
        (["walk-1"], 2, "Say what is to be changed"),
        (["walk-1", "--delete", "--wearer", "Ada"], 2, "--delete or --restore alone"),
        (["walk-*", "--name", "one"], 1, "--name is for one recording; 2 are chosen"),
        (["walk-1", "--wearer", "\x1b[31m"], 1, "cannot be shown"),
        (["class-b/walk-1", "--delete"], 1, "is not in"),
        (["/elsewhere/walk-*", "--delete"], 1, "`--recordings /elsewhere`"),
    ],
)
def test_what_cannot_be_done_is_said(
    three: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, words: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        edit(three, *arguments)
    assert ended.value.code == status
    assert words in " ".join(capsys.readouterr().err.split())
    assert not (three / ".bin").exists()


def test_a_name_that_is_there_means_that_recording_alone(three: Path) -> None:
    (three / "walk-1").rename(three / "*")
    edit(three, "*", "--delete")
    assert sorted(path.name for path in three.iterdir()) == [".bin", "run-1", "walk-2"]
    edit(three, "*", "--restore")
    edit(three, "[!r]*", "--wearer", "Ada")
    said = {path.name: Description.load(path).wearer for path in three.glob("[!.]*")}
    assert said == {"*": "Ada", "walk-2": "Ada", "run-1": ""}


def test_a_recording_is_named_by_its_path_and_with_the_signs_of_a_pattern(three: Path) -> None:
    (three / "walk-1").rename(three / "walk [1]")
    for folder in (three / "walk [1]", three / "walk-2"):
        edit(three, str(folder), "--delete")
        assert not folder.exists()
        edit(three, str(three / ".bin" / folder.name), "--restore")
        assert folder.exists()
