"""A recording is deleted while a training or an evaluation of it is going on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from motionloop.errors import RecordingError
from motionloop.model.folder import METRICS_FILE
from motionloop.studio.boards.board_link import BoardLink
from motionloop.studio.jobs import retrain
from motionloop.studio.jobs.model_jobs import ModelJobs
from motionloop.studio.jobs.training_data import TrainingData
from motionloop.studio.session import Session
from motionloop.trainer.messages import (
    EvaluationRequest,
    Progress,
    TrainingRequest,
    VariantsRequest,
)


def delete(recordings: Sequence[str]) -> None:
    for path in recordings:
        Path(path).rmdir()


class DeletingTrainer:
    """Recordings are deleted before it reads them."""

    async def train(self, request: TrainingRequest | EvaluationRequest) -> AsyncIterator[Progress]:
        yield Progress("windows", 0, 1, None)
        delete(request.recordings[1:])
        raise RecordingError("There are no recordings.", Path(request.recordings[-1]))

    evaluate = train

    async def variants(self, request: VariantsRequest) -> AsyncIterator[Progress]:
        trained = json.loads((Path(request.folder) / METRICS_FILE).read_text())
        async for event in self.train(TrainingRequest(**trained["request"])):
            yield event


@pytest.fixture
def recordings(tmp_path: Path) -> list[Path]:
    made = [tmp_path / "recordings" / name for name in ("r1-Ada", "r2-Ben", "r3-Cy")]
    for path in made:
        path.mkdir(parents=True)
    return made


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "There are no recordings."),
        (2, "r2-Ben was deleted or moved meanwhile. Start again."),
        (3, "2 recordings were deleted or moved meanwhile, such as r2-Ben. Start again."),
    ],
)
@pytest.mark.parametrize("job", ["train", "evaluate", "variants"])
def test_a_job_names_the_recordings_that_are_gone(
    qtbot: QtBot,
    recordings: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    job: str,
    count: int,
    words: str,
) -> None:
    async def started(self: ModelJobs) -> DeletingTrainer:
        return DeletingTrainer()

    monkeypatch.setattr(ModelJobs, "_started_trainer", started)
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    session = Session(recordings[0].parent, tmp_path / "models", settings)
    told: list[str] = []
    read_again: list[None] = []
    session.failed.connect(told.append)
    session.recordings_changed.connect(lambda: read_again.append(None))
    data = TrainingData(recordings[:count])
    try:
        if job == "evaluate":
            session.training.evaluate(data, 1)
        elif job == "variants":
            request = TrainingRequest(tuple(map(str, data.recordings)), "", "walks")
            (tmp_path / METRICS_FILE).write_text(json.dumps({"request": asdict(request)}))
            session.training.measure_variants(tmp_path)
        else:
            session.training.retrain(data, push=False)
        qtbot.waitUntil(lambda: not session.training.running)
        assert told == [words]
        assert bool(read_again) == (count > 1)
    finally:
        session.close()


def test_two_models_that_cannot_be_compared_for_that_say_so(
    recordings: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Link:
        has_model = True
        package = object()

    def unreadable(*_: object) -> float:
        recordings[0].rmdir()
        raise RecordingError("There are no recordings.", recordings[0])

    monkeypatch.setattr(retrain, "held_out_accuracy", unreadable)
    request = TrainingRequest(tuple(map(str, recordings)), "", "")
    metrics = {"int8": {"accuracy": 0.9, "windows": 9}, "labels": []}
    compared = asyncio.run(
        retrain.compare(cast(BoardLink, Link()), request, metrics, lambda _: None)
    )
    assert compared.why_not == "r1-Ada was deleted or moved meanwhile."
