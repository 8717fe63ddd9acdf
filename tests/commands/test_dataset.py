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
