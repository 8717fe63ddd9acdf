"""What a board must not take, and its cousins that it must."""

from __future__ import annotations

import numpy as np
import pytest

from motionloop import _core
from motionloop.model.inference import Interpreter

pytest.importorskip("tflite_micro")  # whose schema writes the models

from benchmarks.refuse.models import Hostile, hostile_models, sound_models
from benchmarks.refuse.network import CHANNELS, CLASSES, WINDOW

_HOSTILE = list(hostile_models())
_SOUND = dict(sound_models())


@pytest.mark.parametrize("model", _HOSTILE, ids=lambda model: model.name)
def test_a_hostile_model_is_refused_by_the_check_that_is_for_it(model: Hostile) -> None:
    status, detail = _core.check_tflite(model.tflite, WINDOW * CHANNELS, CLASSES)
    assert status == model.status
    assert model.check is None or detail == model.check


@pytest.mark.parametrize("name", _SOUND)
def test_a_model_just_inside_of_the_limits_is_taken_and_runs(name: str) -> None:
    tflite = _SOUND[name]
    assert _core.check_tflite(tflite, WINDOW * CHANNELS, CLASSES) == (0, 0)
    rng = np.random.default_rng(1)
    interpreter = Interpreter(tflite)
    windows = rng.integers(-128, 128, (4, WINDOW, CHANNELS)).astype(np.int8)
    assert interpreter.invoke_all_many(windows).shape == (4, CLASSES)
