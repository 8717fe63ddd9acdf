"""What the training process says in English, the window says in its own language."""

from __future__ import annotations

from pathlib import Path

import pytest

from motionloop.studio.jobs.training_data import TrainingData
from tests.studio.conftest import Studio

pytestmark = pytest.mark.training


@pytest.mark.parametrize("language", ["de"])
def test_an_error_of_the_training_process(studio: Studio, tmp_path: Path) -> None:
    said: list[str] = []
    studio.session.failed.connect(said.append)
    empty = tmp_path / "empty"
    empty.mkdir()
    studio.session.training.retrain(TrainingData([empty]), push=False)
    studio.until(lambda: said, 180)
    (words,) = said
    assert words.startswith(f"In {empty} sind keine Aufnahmen: ")
