"""Models with which the board hangs or locks up, in the whole linked image.

No package makes the image do so: its checks see to it. So the image's classifier is made to fail
whenever it computes one model; all that follows is the image's own doing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from motionloop import wire
from motionloop.nano.board import EmulatedNano
from motionloop.nano.gatt import LinkLost
from motionloop.nano.peripherals import clock_power
from motionloop.nano.processor import MHZ
from motionloop.nano.session import Session
from tests.nano.firmware import ANOTHER, BUILTIN, MODEL_ID, connected, nano

LOAD, INVOKE = "_ZN14TflmClassifier4loadEPKhm", "_ZN14TflmClassifier6invokeEPKamPam"
NO_MEMORY = 0x60000000
WATCHDOG_S = 60
REASON = {"hangs": clock_power.RESET_WATCHDOG, "locks up": clock_power.RESET_LOCKUP}
EACH_WAY = pytest.mark.parametrize("way", list(REASON))


class IllModel:
    """A package's model with which the image's classifier computes for ever, or loses its way.

    It does so while `is_ill`; `runs` counts how often that began. To be made before the board has
    run: Unicorn keeps what it has translated without the hooks.
    """

    def __init__(self, board: EmulatedNano, package: Path, way: str) -> None:
        data = package.read_bytes()
        header = wire.PackageHeader.unpack(data)
        self._tflite = data[header.tflite_offset :][: header.tflite_bytes]
        self._processor, self._way = board.processor, way
        self._is_loaded = self._hangs = False
        self.is_ill = False
        self.runs = 0
        self._invoke = board.image[INVOKE].address
        for name, call in ((LOAD, self._on_load), (INVOKE, self._on_invoke)):
            board.processor.add_hook(board.image[name].address, call)
        if way == "locks up":
            board.processor.add_hook(board.image["HardFault_Handler"].address, self._on_fault)

    def _on_load(self) -> None:
        address, length = self._processor.register("R1"), self._processor.register("R2")
        self._is_loaded = self._processor.read(address, length) == self._tflite
        self._hangs = False

    def _on_invoke(self) -> tuple[int, int] | None:
        if not (self.is_ill and self._is_loaded):
            return None
        self.runs += not self._hangs
        if self._way == "locks up":
            return NO_MEMORY, 0
        self._hangs = True
        self._processor.spend(10_000 * MHZ)
        return self._invoke, 0  # once more, and so on

    def _on_fault(self) -> tuple[int, int] | None:
        return (NO_MEMORY, 0) if self.is_ill else None


def run_to_the_end(board: EmulatedNano) -> int:
    """Wait until the board is reset. The reason."""
    before = len(board.resets)
    for _ in range(WATCHDOG_S + 10):
        board.run_for(1)
        if len(board.resets) > before:
            return board.resets[before][1]
    pytest.fail(f"the board has not ended after {board.now_s:.0f} s")


def with_a_model_in_use(way: str) -> tuple[EmulatedNano, Session, IllModel]:
    """A board that has taken ANOTHER into use, which begins to be ill now."""
    board = nano()
    model = IllModel(board, ANOTHER, way)
    session = connected(board, "hci")
    session.push(ANOTHER.read_bytes())
    model.is_ill = True
    return board, session, model


@EACH_WAY
def test_a_model_with_which_the_board_ended_twice_in_a_row_is_dropped(way):
    board, session, model = with_a_model_in_use(way)
    while len(board.resets) < 2:
        assert run_to_the_end(board) == REASON[way]
    session.connect()
    info = session.info()
    assert info.model_id == MODEL_ID[BUILTIN]
    assert info.flags & wire.BoardFlag.MODEL_DROPPED
    session.predictions.clear()
    board.run_for(4)
    assert {wire.PredictionHeader.unpack(p).model_id for p in session.predictions} == {
        MODEL_ID[BUILTIN]
    }
    assert (model.runs, len(board.resets)) == (2, 2)
    assert session.push(BUILTIN.read_bytes()) == MODEL_ID[BUILTIN]
    assert not session.info().flags & wire.BoardFlag.MODEL_DROPPED
    assert board.nvmc.faults == []


def test_an_ordinary_start_in_between_begins_the_count_anew():
    board, session, model = with_a_model_in_use("hangs")
    run_to_the_end(board)
    board.run_for(2)
    assert model.runs == 2
    board.power_on()  # somebody takes the battery out while the model hangs once more
    run_to_the_end(board)
    board.run_for(2)
    assert model.runs == 4
    run_to_the_end(board)
    session.connect()
    assert session.info().model_id == MODEL_ID[BUILTIN]
    assert (model.runs, len(board.resets)) == (4, 3)


@EACH_WAY
def test_a_push_of_a_model_that_ends_the_board_in_its_golden_windows_changes_nothing(way):
    board = nano()
    model = IllModel(board, ANOTHER, way)
    model.is_ill = True
    session = connected(board, "hci")
    with pytest.raises(LinkLost):
        session.push(ANOTHER.read_bytes())
    if not board.resets:
        run_to_the_end(board)
    session.connect()
    info = session.info()
    assert info.model_id == MODEL_ID[BUILTIN]
    assert not info.flags & wire.BoardFlag.MODEL_DROPPED
    assert [reason for _, reason in board.resets] == [REASON[way]]
    assert model.runs == 1
