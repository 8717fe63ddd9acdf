"""The three commands of an assignment, as a teacher and a pupil type them."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from motionloop.cli import main
from tests.assignment.pupil import ASKED, hand_in, write_sessions


def words(text: str) -> str:
    return " ".join(text.split())


def failing(
    capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 1
) -> tuple[str, str]:
    """What a command that must fail prints on stdout and stderr."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == status
    printed = capsys.readouterr()
    return words(printed.out), words(printed.err)


def test_a_teacher_gives_out_and_a_pupil_sees_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    main(["start-assignment", "--template", "mine.toml"])
    main(["start-assignment", "ada", "--from", "mine.toml"])
    assert "motionloop check-assignment ada" in words(capsys.readouterr().out)
    _, said = failing(capsys, "start-assignment", "ada")
    assert "assignment.toml exists already and is not overwritten" in said
    _, said = failing(capsys, "start-assignment", status=2)
    assert "one of the two" in said
    _, said = failing(capsys, "start-assignment", "ben", "--from", "gone.toml")
    assert "gone.toml cannot be read" in said
    monkeypatch.chdir("ada")
    out, said = failing(capsys, "check-assignment", ".")
    assert "no recording yet" in out
    assert 'Record: motionloop record --wearer NAME --plan "sitting 45' in out
    assert out.count("Write the answer under the question in answers.md.") == 1
    assert "0 of 34 points" in out
    assert said == "Error: To repair: ada."


def test_a_class_is_graded_into_three_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    ada = hand_in(tmp_path / "class" / "ada")
    shutil.copytree(ada, tmp_path / "class" / "[bold]ben")
    (tmp_path / "class" / "[bold]ben" / "models/first/pushes.json").unlink()
    page, table = tmp_path / "class.html", tmp_path / "class.csv"
    arguments = ("check-assignment", str(tmp_path / "class"), "--assignment", str(ASKED))
    out, said = failing(capsys, *arguments, "--report", str(page), "--csv", str(table))
    assert "[bold]ben" in out
    assert "Push it: motionloop push models/first" in out
    assert "The model is the same, byte for byte, as that of [bold]ben." in out
    assert said == "Error: To repair: [bold]ben, ada."  # no question is answered
    rows = list(csv.DictReader(table.read_text().splitlines()))
    assert [(row["pupil"], row["pushed"]) for row in rows] == [("[bold]ben", "0"), ("ada", "2")]
    assert "Points by the teacher" in page.read_text()
    out, _ = failing(capsys, *arguments, "--json")
    found = {pupil["pupil"]: pupil for pupil in json.loads(out)}
    failed = [c["name"] for c in found["ada"]["checks"] if c["passed"] is False]
    assert failed == [f"question {number}" for number in range(1, 11)]


def test_a_report_that_cannot_be_written_is_an_error_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["start-assignment", str(tmp_path / "ada")])
    gone = tmp_path / "gone" / "class.html"
    _, said = failing(capsys, "check-assignment", str(tmp_path / "ada"), "--report", str(gone))
    assert "class.html cannot be written" in said


def test_a_class_is_merged_and_the_key_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    for number, name in enumerate(("ada", "ben"), 1):
        write_sessions(tmp_path / "class" / name / "recordings", number, name)
    (tmp_path / "class" / "cleo").mkdir()
    said, error = failing(capsys, "merge-class", "class", "--out", "merged")
    assert f"The key is {tmp_path / 'merged-key.json'}" in said
    assert error == "Error: Merged without what cannot be used: - cleo: there are no recordings."
    assert "Next: motionloop evaluate merged/recordings" in said
    assert len(list((tmp_path / "merged" / "recordings").glob("pupil-*"))) == 4
    main(["recordings", "--recordings", "merged/recordings"])
    assert capsys.readouterr().out.count("pupil") >= 4
