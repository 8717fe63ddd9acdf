"""Labels get new names in all recordings at once, and none is lost on the way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from motionloop.cli import main
from motionloop.commands.parser import build_parser
from motionloop.errors import LabelError
from motionloop.recordings.recording import Recording, open_all
from motionloop.recordings.recording_json import DESCRIPTION_BACKUP, Description, OpenSegment
from motionloop.recordings.relabel import (
    check_labels_known,
    label_uses,
    parse_renames,
    rename_everywhere,
    renamed,
    take_back,
)
from motionloop.recordings.segments import Segment
from motionloop.recordings.writer import RecordingWriter
from tests.recordings.made import BOARD, append

MIXED = (Segment(0, 300_000, "walking"), Segment(300_000, 500_000, "Walking "))


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Ada's recording with two spellings, Ben's with a third, Cy's with something else."""
    spans = {
        "ada": MIXED,
        "ben": (Segment(0, 990_001, "walkng"),),
        "cy": (Segment(0, 400_000, "rest"),),
    }
    for name, segments in spans.items():
        with RecordingWriter.create(tmp_path / name, BOARD, wearer=name.title()) as writer:
            append(writer, 0, 100)
        Recording.open(tmp_path / name).set_segments(segments)
    return tmp_path


def test_labels_are_counted_with_their_people(mixed: Path) -> None:
    uses = {use.label: use for use in label_uses(open_all(mixed).recordings)}
    assert list(uses) == ["Walking ", "rest", "walking", "walkng"]
    assert uses["walking"].people == ("Ada",)
    assert (uses["walking"].seconds, uses["walking"].recordings) == (0.3, 1)


def test_one_command_makes_one_label_of_three(
    mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    untouched = (mixed / "cy" / "recording.json").read_bytes()
    main(["labels", "--recordings", str(mixed), "--rename", "Walking =walking", "walkng=walking"])
    said = " ".join(capsys.readouterr().out.split())
    assert "Stretches with a new label: 2, in 2 of 3 recordings" in said
    after = open_all(mixed).all_readable()
    assert [r.labels for r in after] == [["walking"], ["walking"], ["rest"]]
    assert after[0].segments == (MIXED[0], Segment(300_000, 500_000, "walking"))
    assert (mixed / "cy" / "recording.json").read_bytes() == untouched
    (mixed / "ada" / DESCRIPTION_BACKUP).rename(mixed / "ada" / "recording.json")
    assert Description.load(mixed / "ada").segments == MIXED


def test_the_list_names_spellings_that_may_be_one(
    mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["labels", "--recordings", str(mixed)])
    said = " ".join(capsys.readouterr().out.split())
    assert "'Walking ', 'walking', 'walkng' differ in case, spaces or signs: one label?" in said


def test_a_recording_that_goes_on_is_named_and_the_others_are_changed(
    mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with RecordingWriter.append_to(mixed / "ada"), pytest.raises(SystemExit):
        main(["labels", "--recordings", str(mixed), "--rename", "Walking =a", "walkng=a"])
    said = capsys.readouterr()
    assert "Recordings that were not changed: 1." in said.err
    assert "ada" in said.err
    assert "Stretches with a new label: 1, in 1 of 3 recordings" in " ".join(said.out.split())
    assert [r.labels for r in open_all(mixed).recordings] == [
        ["Walking ", "walking"],
        ["a"],
        ["rest"],
    ]


def test_the_open_label_of_a_recording_that_was_cut_off_is_renamed_and_given_back(
    mixed: Path,
) -> None:
    ada = mixed / "ada"
    opened = OpenSegment("walking", 500_000)
    cut_off = replace(Description.load(ada), closed=False, open_segment=opened)
    cut_off.save(ada)
    done = rename_everywhere(open_all(mixed).recordings, {"walking": "striding"})
    after = Description.load(ada).open_segment
    assert after == replace(opened, label="striding")
    assert take_back(done) == []
    assert Description.load(ada) == cut_off


def test_a_label_that_is_not_there_changes_nothing_and_the_meant_one_is_proposed(
    mixed: Path,
) -> None:
    recordings = open_all(mixed).recordings
    with pytest.raises(LabelError, match=r"no label 'Rest'; there are: .*Did you mean 'rest'\?"):
        rename_everywhere(recordings, {"walking": "x", "Rest": "y"})
    assert [r.segments for r in open_all(mixed).recordings] == [r.segments for r in recordings]
    with pytest.raises(LabelError, match="there are: none"):
        check_labels_known(["walking"], [])


def test_labels_of_a_data_file_are_renamed_in_memory_only(mixed: Path) -> None:
    before = open_all(mixed).recordings
    made = renamed(before, {"Walking ": "walking"})
    assert [r.labels for r in made] == [["walking"], ["walkng"], ["rest"]]
    assert [r.segments for r in open_all(mixed).recordings] == [r.segments for r in before]


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["walking"], "write OLD=NEW"),
        (["=walking"], "write OLD=NEW"),
        (["walking="], "a label needs a name"),
        (["a=" + 25 * "b"], "longer than the 24 bytes"),
        (["a=b", "a=c"], "'b' and 'c': choose one"),
    ],
)
def test_what_is_no_new_name_is_refused(texts: list[str], words: str) -> None:
    with pytest.raises(LabelError, match=words):
        parse_renames(texts)
    assert parse_renames(["a = b", "c=a=b"]) == {"a ": "b", "c": "a=b"}


@pytest.mark.parametrize("command", [["record", "--label"], ["label", "recordings/monday"]])
def test_a_space_at_a_labels_end_is_no_part_of_it(command: list[str]) -> None:
    options = build_parser(command[0]).parse_args([*command, " walking "])
    assert options.label == "walking"
