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
from benchmarks.refuse.owned_board import OwnedBoard
from benchmarks.refuse.packages import changed_bytes, malformed, with_hostile_models
from benchmarks.refuse.replays import forged_counters
from benchmarks.refuse.sources import SOURCES
from benchmarks.refuse.strangers import is_obeyed, runs

ROOT = Path(__file__).parents[2]
_HOSTILE = list(hostile_models())
_SOUND = dict(sound_models())


@pytest.fixture(scope="module")
def sound() -> bytes:
    return (ROOT / "tests/golden/model.mlpkg").read_bytes()


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


def test_a_board_refuses_hostile_packages_and_goes_on_with_its_model(sound: bytes) -> None:
    model_id = wire.PackageHeader.unpack(sound).model_id
    board = BareBoard(sound)
    cases = [*list(changed_bytes(sound))[::97], *malformed(sound), *with_hostile_models(sound)]
    assert len(cases) > 500
    for case in cases:
        assert board.push(case.package) != wire.Status.OK, case.name
        assert board.model_id == model_id, case.name
    assert board.push(sound) == wire.Status.OK


# Each of them with a step that meets all kinds.
@pytest.mark.parametrize(
    ("source", "step"),
    [
        ("strangers_commands", 11),
        ("strangers_claims", 7),
        ("strangers_packages", 97),
        ("replays", 9),
    ],
)
def test_a_board_refuses_strangers_and_replays(sound: bytes, source: str, step: int) -> None:
    tried = list(SOURCES[source](sound))[::step]
    assert len(tried) > 40
    assert [attempt.name for attempt in tried if attempt.succeeds()] == []


def test_no_forged_counter_ends_the_pushes_of_the_owner(sound: bytes) -> None:
    assert [attempt.name for attempt in forged_counters(sound) if attempt.succeeds()] == []


def test_what_its_owner_sends_would_count_as_taken(sound: bytes) -> None:
    board = OwnedBoard(sound)
    assert runs(board, board.next_package())
    for opcode, arguments in (
        (wire.Opcode.MODEL_ABORT, b""),
        (wire.Opcode.MODEL_COMMIT, b""),
        (wire.Opcode.ROLLBACK, b""),
        (wire.Opcode.AUTHENTICATE, b""),
        (wire.Opcode.STRANGERS, wire.Strangers(0).pack()),
    ):
        command = wire.CommandHeader(opcode, 1).pack() + arguments
        assert is_obeyed(board, lambda command=command: board.signed(command)), opcode
