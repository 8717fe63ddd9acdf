"""What the window shows of folders that may have come from anywhere."""

from __future__ import annotations

import copy
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from benchmarks.hostile.damage import VALUES
from motionloop.model.folder import VARIANTS_FILE, StoredModel
from motionloop.studio.results.evaluation_panel import EvaluationPanel
from motionloop.studio.results.result import ResultPanel
from motionloop.studio.results.variants_panel import VariantsPanel
from motionloop.studio.results.variants_table import columns
from tests.studio.conftest import Studio
from tests.studio.results.evaluations import FIGURES, write_evaluation

pytestmark = pytest.mark.slow

METRICS = json.loads((Path(__file__).parents[3] / "models" / "builtin.json").read_text())
KEYS = ("name", "model_id", "labels", "data", "size", "split")
KEYS_OF_INT8 = ("accuracy", "windows", "runtime", "confusion", "person_accuracy")


_numbers = itertools.count()


def damaged(key: str, value: object) -> dict[str, Any]:
    metrics = copy.deepcopy(METRICS) | {"model_id": f"{next(_numbers):016x}"}
    (metrics["int8"] if key in KEYS_OF_INT8 else metrics)[key] = value
    return metrics


def words_of(panel: QWidget) -> str:
    return " ".join(label.text() for label in panel.findChildren(QLabel))


def test_damaged_metrics_end_in_words(studio: Studio, qtbot: QtBot) -> None:
    panel = ResultPanel(studio.session)
    qtbot.addWidget(panel)
    panel.show()
    for key in (*KEYS, *KEYS_OF_INT8):
        for value in VALUES.values():
            panel.show_stored(StoredModel(Path("models/walk"), damaged(key, value)))
            panel.grab()  # a fault while painting fails the test, too
    panel.show_stored(StoredModel(Path("models/walk"), damaged("split", None)))
    assert "metrics.json is damaged" in words_of(panel)
    panel.show_stored(StoredModel(Path("models/walk"), METRICS))
    assert "damaged" not in words_of(panel)


def test_damaged_variants_end_in_dashes(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    panel = VariantsPanel(studio.session)
    qtbot.addWidget(panel)
    panel.show()
    for place, value in enumerate(VALUES.values()):
        model = tmp_path / str(place)
        model.mkdir()
        variants = [{}, *({key: value} for key, *_ in columns()), {"why": value}]
        (model / VARIANTS_FILE).write_text(json.dumps(variants))
        panel.show_model(model)
        for row in range(panel.table.variants.rowCount()):
            panel.table.selectRow(row)
        panel.grab()


def test_damaged_evaluations_end_in_words(studio: Studio, qtbot: QtBot) -> None:
    folder = studio.session.training.evaluations_folder
    panel = EvaluationPanel(studio.session, lambda trainings, lesson: None)
    qtbot.addWidget(panel)
    panel.show()
    numbers = itertools.count(1)
    for key in FIGURES:
        for value in VALUES.values():
            write_evaluation(folder / f"{next(numbers):04d}", **{key: value})
            panel.refresh()
            panel.grab()
    write_evaluation(folder / f"{next(numbers):04d}", split={"folds": [None]})
    panel.refresh()
    assert "is damaged" in words_of(panel)
