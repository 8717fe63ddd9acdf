"""The panel of a model's result: the folder may have come from anywhere."""

from __future__ import annotations

import copy
import itertools
import json
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from benchmarks.hostile.damage import VALUES
from motionloop.model.folder import StoredModel
from motionloop.studio.results.result import ResultPanel
from tests.studio.conftest import Studio

METRICS = json.loads((Path(__file__).parents[3] / "models" / "builtin.json").read_text())
KEYS = ("name", "model_id", "labels", "data", "size", "split")
KEYS_OF_INT8 = ("accuracy", "windows", "runtime", "confusion", "person_accuracy")


_numbers = itertools.count()


def damaged(key: str, value: object) -> dict[str, Any]:
    metrics = copy.deepcopy(METRICS) | {"model_id": f"{next(_numbers):016x}"}
    (metrics["int8"] if key in KEYS_OF_INT8 else metrics)[key] = value
    return metrics


def words_of(panel: ResultPanel) -> str:
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
