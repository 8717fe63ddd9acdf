"""What `motionloop train` takes, what it refuses at once, and what it proposes at the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Self

import numpy as np
import pytest

from motionloop.cli import main
from motionloop.commands import train
from motionloop.commands.parser import build_parser
from motionloop.errors import TrainingDataError
from motionloop.recordings.named_split import NamedSplit
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.writer import RecordingWriter
from motionloop.sample_format import SampleFormat
from motionloop.trainer.messages import SMOOTHING, EvaluationRequest, TrainingRequest


class RefusingTrainer:
    """Keeps what it was asked for, and trains nothing."""

    asked: TrainingRequest

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: Any) -> None:
        pass

    async def wait_ready(self) -> None:
        pass

    async def train(self, request: TrainingRequest) -> AsyncIterator[Any]:
        RefusingTrainer.asked = request
        raise TrainingDataError("not here")
        yield


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    folder = tmp_path / "recordings"
    board = RecordedBoard("desk", SampleFormat(100.0, 244_000, 1_221_730))
    with RecordingWriter.create(folder / "morning", board) as writer:
        writer.append(0, np.arange(100) * 10_000, np.zeros((100, 6), np.int16))
    return folder


@pytest.mark.parametrize(("given", "expected"), [((), SMOOTHING), (("--smoothing", "0.3"), 0.3)])
def test_the_request_carries_the_smoothing(
    given: tuple[str, ...],
    expected: float,
    recordings: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(train, "Trainer", RefusingTrainer)
    with pytest.raises(SystemExit):
        main(["train", "--recordings", str(recordings), *given])
    assert "not here" in capsys.readouterr().err
    assert RefusingTrainer.asked.smoothing == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], (None, None)),
        (["--split", "block"], ("block", None)),
        (["--split", "class"], (None, "class")),
    ],
)
def test_a_split_is_a_kind_or_the_name_of_one(
    given: list[str],
    expected: tuple[str | None, str | None],
    recordings: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(train, "Trainer", RefusingTrainer)
    NamedSplit("class", "session", {}, {"": ("morning",)}).save(recordings / "splits")
    with pytest.raises(SystemExit):
        main(["train", "--recordings", str(recordings), *given])
    asked = RefusingTrainer.asked
    assert (asked.split, asked.named_split) == expected


@pytest.mark.parametrize("command", ["train", "evaluate"])
@pytest.mark.parametrize("weight", ["0", "-0.5", "1.01", "0.003", "nan", "much"])
def test_what_is_no_weight_is_refused_in_words(
    command: str, weight: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, f"--smoothing={weight}"])
    assert ended.value.code == 2
    said = " ".join(capsys.readouterr().err.split())
    assert f"argument --smoothing: '{weight}' is no weight: give a number from 0.004 to 1" in said


@pytest.mark.parametrize("weight", ["0.004", "1"])
def test_the_ends_of_the_range_are_weights(weight: str) -> None:
    options = build_parser("train").parse_args(["train", "--smoothing", weight])
    assert options.smoothing == float(weight)


def test_requests_from_before_there_was_a_smoothing_are_read() -> None:
    for kind in (TrainingRequest, EvaluationRequest):
        request = kind.from_json({"recordings": ["a"], "folder": "b", "name": "c"})
        assert request.smoothing == SMOOTHING


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ({"arena_bytes": 8112, "package_bytes": 20_000}, "Next: motionloop push models/walks"),
        ({"arena_bytes": None, "package_bytes": 20_000}, "Next: motionloop push models/walks"),
        (
            {"arena_bytes": 28_016, "package_bytes": 137_120},
            "It does not fit into a board: it needs an arena of 28016 bytes, and a board has "
            "24576; 137120 bytes of a slot",
        ),
    ],
)
def test_a_push_is_proposed_only_for_what_fits(size: dict[str, int | None], words: str) -> None:
    assert train.next_step({"size": size}, Path("models/walks")).startswith(words)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            ["--window", "400"],
            "4800 bytes; a board takes 4096, and 512 points. Choose `--window 341`",
        ),
        (["--labels", "Rest"], "There is no label 'Rest'"),
        (["--rename", "rest"], "'rest' is no new name"),
        (["--split", "random"], "There is no split 'random'"),
        (["--where", "wearer=ada"], "No recording has wearer=ada; there are: (none)."),
    ],
)
def test_what_cannot_be_trained_is_refused_before_tensorflow_is_there(
    options: list[str],
    words: str,
    recordings: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def never(self: RefusingTrainer) -> None:
        raise AssertionError("it was waited for")

    monkeypatch.setattr(train, "Trainer", RefusingTrainer)
    monkeypatch.setattr(RefusingTrainer, "wait_ready", never)
    with pytest.raises(SystemExit):
        main(["train", "--recordings", str(recordings), *options])
    assert words in capsys.readouterr().err


def test_widths_that_no_board_has_room_for_are_no_widths(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for width in ("0", "9", "wide"):
        with pytest.raises(SystemExit):
            main(["train", "--width", width])
        assert "above 0 and up to 8" in capsys.readouterr().err
