"""`motionloop export`: recordings into files of other programs."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from motionloop.cli import main
from motionloop.recordings.recording import Recording
from motionloop.recordings.writer import RecordingWriter
from tests.recordings.made import BOARD, append


@pytest.fixture
def two_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Recordings of Ada and Bo, half a second of walking and half of sitting each."""
    monkeypatch.chdir(tmp_path)
    for wearer in ("Ada", "Bo"):
        with RecordingWriter.create(Path("recordings") / wearer, BOARD, wearer=wearer) as writer:
            for label in ("walking", "sitting"):
                writer.begin_segment(label)
                append(writer, 0 if label == "walking" else 50, 50)
    return tmp_path


def test_a_choice_is_exported(two_people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["export", "--format", "parquet", "--labels", "sitting", "--wearers", "Bo", "--to", "out"])
    assert capsys.readouterr().out == "out: 1 file.\n"
    table = pl.read_parquet("out/Bo.parquet")
    assert table["label"].to_list() == ["sitting"] * 50


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("--format csv --labels Sitting", "no label 'Sitting'"),
        ("--format csv --wearers ada", "no recording of 'ada': there are 'Ada', 'Bo'"),
        ("--format edge-impulse --testing Cy", "no recording of 'Cy'"),
        ("--format csv --hmac-key secret", "for --format edge-impulse only"),
    ],
)
def test_what_cannot_be_exported_is_said(
    two_people: Path, capsys: pytest.CaptureFixture[str], arguments: str, words: str
) -> None:
    with pytest.raises(SystemExit):
        main(["export", *arguments.split(), "--to", "out"])
    assert words in " ".join(capsys.readouterr().err.split())
    assert not Path("out").exists()


@pytest.mark.parametrize("target", ["recordings/Ada/samples.csv", "recordings/Bo"])
def test_nothing_is_exported_into_a_recording(
    two_people: Path, capsys: pytest.CaptureFixture[str], target: str
) -> None:
    """With --overwrite, a target among the sources destroyed their samples."""
    before = Path("recordings/Ada/samples.csv").read_bytes()
    with pytest.raises(SystemExit):
        main(["export", "--format", "zip", "--overwrite", "--to", target])
    assert "in the folder of a recording" in " ".join(capsys.readouterr().err.split())
    assert Path("recordings/Ada/samples.csv").read_bytes() == before


def test_labels_come_back_from_elan(two_people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = Recording.open("recordings/Ada").segments
    main(["export", "recordings/Ada", "--format", "elan", "--to", "out"])
    with pytest.raises(SystemExit):
        main(["import", "out/Ada.eaf"])
    assert "`motionloop label RECORDING --from out/Ada.eaf`" in capsys.readouterr().err
    main(["label", "recordings/Ada", "--clear"])
    main(["label", "recordings/Ada", "running"])
    capsys.readouterr()
    main(["label", "recordings/Ada", "--from", "out/Ada.eaf"])
    assert Recording.open("recordings/Ada").segments == before
    assert "The labels before (1) are kept in recording.json.bak." in capsys.readouterr().out


def test_labels_of_another_recording_leave_those_that_are_there(
    two_people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    task = {"label": [{"start": -9, "end": -5, "timeserieslabels": ["hop"]}]}
    Path("l.json").write_text(json.dumps([task]))
    with pytest.raises(SystemExit):
        main(["label", "recordings/Ada", "--from", "l.json", "--time-unit", "s"])
    assert "whose labels stay as they are" in " ".join(capsys.readouterr().err.split())
    assert Recording.open("recordings/Ada").labels == ["sitting", "walking"]
