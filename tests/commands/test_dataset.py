"""`motionloop dataset`, and the filter that every command which reads recordings takes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from motionloop.cli import main
from motionloop.recordings.content_hash import content_hash
from motionloop.recordings.named_split import load_split
from motionloop.recordings.recording import SAMPLES_FILE, Recording
from motionloop.recordings.recording_json import Trim
from motionloop.recordings.sources import read_recordings
from motionloop.recordings.writer import RecordingWriter
from tests.recordings.made import BOARD, PERIOD_US, append

SAMPLES = 120  # of each label in each recording


@pytest.fixture
def recordings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two people, two sessions each; Ben's second one on the waist, without sitting."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    for number, (wearer, placement, *labels) in enumerate(
        [
            ("ada", "wrist", "walking", "sitting"),
            ("ada", "wrist", "walking", "sitting"),
            ("ben", "wrist", "walking", "sitting"),
            ("ben", "waist", "walking"),
        ]
    ):
        folder = tmp_path / "recordings" / f"s{number}"
        with RecordingWriter.create(folder, BOARD, wearer=wearer, placement=placement) as writer:
            for place, label in enumerate(labels):
                writer.begin_segment(label)
                append(writer, place * SAMPLES, SAMPLES)
    return tmp_path / "recordings"


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, Any]]:
    """The document of `dataset --json`."""

    def ask(*arguments: str) -> dict[str, Any]:
        main(["dataset", "--json", *arguments])
        document: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
        return document

    return ask


def test_what_there_is_is_counted(recordings: Path, said: Callable[..., dict[str, Any]]) -> None:
    document = said()
    assert document["sessions"] == 4
    assert document["minutes"] == pytest.approx(7 * SAMPLES / 100 / 60, abs=0.01)
    assert document["labels"] == {"sitting": 0.06, "walking": 0.08}
    assert {name: of["sessions"] for name, of in document["people"].items()} == {"ada": 2, "ben": 2}
    assert {name: of["sessions"] for name, of in document["placements"].items()} == {
        "waist": 1,
        "wrist": 3,
    }
    assert document["sha256"] == content_hash(read_recordings(recordings))
    assert document["problems"] == []


def test_what_is_outside_the_trim_does_not_count(
    recordings: Path, said: Callable[..., dict[str, Any]]
) -> None:
    before = said()
    for number in range(4):
        one = Recording.open(recordings / f"s{number}")
        one.set_trim(Trim(0, min(SAMPLES * PERIOD_US, one.end_us)))
    after = said()
    assert after["labels"] == {"walking": before["labels"]["walking"]}
    assert after["sha256"] == said("--where", "label=walking")["sha256"] != before["sha256"]


def test_a_part_has_counts_and_a_hash_of_its_own(
    recordings: Path, said: Callable[..., dict[str, Any]]
) -> None:
    part = said("--where", "wearer=ben,placement=wrist")
    assert (part["sessions"], list(part["people"])) == (1, ["ben"])
    assert part["sha256"] == said("recordings/s2")["sha256"] != said()["sha256"]
    assert said("recordings", "recordings/s2")["sessions"] == 4  # each once


def test_a_data_file_has_the_same_hash_as_its_recordings(
    tmp_path: Path, said: Callable[..., dict[str, Any]]
) -> None:
    file = Path(__file__).parents[1] / "cases/data/time_in_ms_label_column.csv"
    main(["import", str(file), "--to", str(tmp_path / "imported")])
    assert said(str(file))["sha256"] == said(str(tmp_path / "imported"))["sha256"]


def test_people_read_a_table_and_what_is_wrong(
    recordings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    samples = recordings / "s1" / SAMPLES_FILE
    samples.write_bytes(samples.read_bytes()[:-5])
    samples = recordings / "s3" / SAMPLES_FILE
    samples.write_bytes(samples.read_bytes() + b"nonsense\n")
    with pytest.raises(SystemExit) as ended:
        main(["dataset"])
    assert ended.value.code == 1
    shown = capsys.readouterr()
    assert "ada" in shown.out
    assert "s1: The last line of samples.csv is torn" in shown.out
    assert "1 of 4 recordings cannot be read" in shown.err


@pytest.fixture
def class_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ada, "Ben, B." and Cleo, each ten seconds of walking and of sitting."""
    monkeypatch.chdir(tmp_path)
    for number, wearer in enumerate(("ada", "Ben, B.", "cleo")):
        folder = tmp_path / "recordings" / f"s{number}"
        with RecordingWriter.create(folder, BOARD, wearer=wearer) as writer:
            for place, label in enumerate(("walking", "sitting")):
                seq = 10_000 * number + 1000 * place
                writer.begin_segment(label)
                append(writer, seq, 1000)
    return tmp_path / "recordings"


def test_a_split_is_fixed_once_and_shown(class_: Path, said: Callable[..., dict[str, Any]]) -> None:
    document = said("--fix-split", "exam", "--held-out", "ada,cleo")
    assert document["splits"]["exam"]["held_out"] == ["ada", "cleo"]
    assert document["splits"]["exam"]["changes"] == []
    assert said("--fix-split", "other", "--held-out", "Ben, B.")["splits"]["other"]["held_out"] == [
        "Ben, B."
    ]
    with RecordingWriter.create(class_ / "later", BOARD, wearer="dan") as writer:
        append(writer, 0, 10)
    said_of = said()["splits"]["exam"]["changes"]
    assert len(said_of) == 1
    assert "does not list later" in said_of[0]
    main(["edit", "recordings/s2", "--exclude"])
    assert list(said("--fix-split", "two", "--held-out", "ada")["splits"]) == [
        "exam",
        "other",
        "two",
    ]
    assert list(load_split(class_ / "splits/two.json").train) == ["Ben, B.", "dan"]
    (class_ / "splits/exam.json").write_text("{}")
    document = said()
    assert list(document["splits"]) == ["other", "two"]
    assert "exam.json is no split" in document["problems"][0]


def test_the_use_of_a_split_can_be_copied_into_a_shell(
    class_: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    main(["dataset", "--fix-split", "of the class", "--held-out", "ada"])
    assert "splits/of the class.json: use it with `--split 'of the class'`." in (
        capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("--fix-split exam --held-out zoe", "Nothing with windows is called zoe"),
        ("--fix-split long --window 600 --hop 9", "Windows of 600 points"),
        ("--fix-split block", "'block' is a kind of split"),
        ("--fix-split exam --held-out ada --by session", "There are by session: s0, s1, s2"),
        ("--held-out ada", "are for --fix-split NAME"),
        ("--held-out=", "are for --fix-split NAME"),
        ("--fix-split exam --held-out cleo", "There is another split 'exam' already"),
    ],
)
def test_a_split_that_cannot_be_is_not_written(
    arguments: str, words: str, class_: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["dataset", "--fix-split", "exam", "--held-out", "ada"])
    before = {path: path.read_bytes() for path in (class_ / "splits").iterdir()}
    with pytest.raises(SystemExit):
        main(["dataset", *arguments.split()])
    assert words in " ".join(capsys.readouterr().err.split())
    assert {path: path.read_bytes() for path in (class_ / "splits").iterdir()} == before


@pytest.mark.parametrize(
    ("command", "shown", "hidden"),
    [
        ("recordings --where placement=waist", ["s3"], ["s0", "s1", "s2"]),
        ("labels --where placement=waist", ["walking"], ["sitting"]),
        ("recordings --where label=sitting", ["s0", "s2"], ["s3", "walking"]),
    ],
)
def test_lists_take_the_same_filter(
    command: str,
    shown: list[str],
    hidden: list[str],
    recordings: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(command.split())
    out = capsys.readouterr().out
    assert all(word in out for word in shown)
    assert not any(word in out for word in hidden)


def test_labels_are_renamed_in_the_chosen_recordings_alone(recordings: Path) -> None:
    main(["labels", "--where", "wearer=ben,label=walking", "--rename", "walking=running"])
    assert [r.labels for r in read_recordings(recordings)] == [
        ["sitting", "walking"],
        ["sitting", "walking"],
        ["running", "sitting"],
        ["running"],
    ]


def test_the_chosen_recordings_are_exported(recordings: Path) -> None:
    main(["export", "--format", "parquet", "--where", "placement=waist", "--to", "out"])
    assert [path.name for path in Path("out").iterdir()] == ["s3.parquet"]
    assert len(pl.read_parquet("out/s3.parquet")) == SAMPLES


@pytest.mark.parametrize(
    "command", ["dataset", "recordings", "labels", "train", "evaluate", "tune"]
)
def test_a_filter_that_is_none_is_refused_by_each(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--where", "who=ada"])
    assert ended.value.code == 2
    assert "write KEY=VALUE with one of the keys" in " ".join(capsys.readouterr().err.split())
