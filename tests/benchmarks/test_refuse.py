"""What a board must not take, and its cousins that it must."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from motionloop import _core, wire
from motionloop.model.inference import Interpreter

pytest.importorskip("tflite_micro")  # whose schema writes the models

from benchmarks.refuse.bare_board import BareBoard
from benchmarks.refuse.models import Hostile, hostile_models, sound_models
from benchmarks.refuse.network import CHANNELS, CLASSES, WINDOW
from benchmarks.refuse.packages import changed_bytes, malformed, with_hostile_models

ROOT = Path(__file__).parents[2]
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


def test_a_board_refuses_hostile_packages_and_goes_on_with_its_model() -> None:
    sound = (ROOT / "tests/golden/model.mlpkg").read_bytes()
    model_id = wire.PackageHeader.unpack(sound).model_id
    board = BareBoard(sound)
    cases = [*list(changed_bytes(sound))[::97], *malformed(sound), *with_hostile_models(sound)]
    assert len(cases) > 500
    for case in cases:
        assert board.push(case.package) != wire.Status.OK, case.name
        assert board.model_id == model_id, case.name
    assert board.push(sound) == wire.Status.OK
