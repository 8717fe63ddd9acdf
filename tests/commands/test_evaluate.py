"""What `motionloop evaluate` refuses before it starts TensorFlow."""

from __future__ import annotations

from pathlib import Path

import pytest

from motionloop.cli import main


def failing(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 1) -> str:
    """What the command that must fail says, as one line."""
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", *arguments])
    assert ended.value.code == status
    return " ".join(capsys.readouterr().err.split())


def test_asks_that_make_no_sense_are_refused_in_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert "'0' is no whole number from 1 on" in failing(capsys, "--seeds", "0", status=2)
    for option in (["--lesson", "leaky"], ["--split", "block"], ["--labels", "walking"]):
        said = failing(capsys, "--model", "models/first", *option, status=2)
        assert "--model judges a finished model" in said
    assert "choose another --folder" in failing(capsys, "--folder", str(tmp_path))


def test_recordings_that_are_not_there_are_named_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "report"
    for path, expected in (("gone", "no recordings in"), ("gone.npz", "no data file")):
        said = failing(capsys, str(tmp_path / path), "--folder", str(folder))
        assert expected in said
        assert path in said
    assert not folder.exists()
