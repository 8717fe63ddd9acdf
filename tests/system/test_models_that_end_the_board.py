"""A model that ends the board's process: twice, and no third time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from motionloop import wire
from motionloop.model.package import model_id
from motionloop.virtual.classifier import ComputingMark
from tests.system.test_push import another, push

_ABORTS = """
import os, sys
from pathlib import Path
from motionloop.virtual.classifier import ComputingMark
mark = ComputingMark(Path(sys.argv[1]))
with mark.computing():
    if sys.argv[2] == "inside":
        os.abort()
os.abort()
"""


def abort_in_a_process(mark: Path, where: str) -> None:
    ended = subprocess.run([sys.executable, "-c", _ABORTS, str(mark), where])
    assert ended.returncode < 0


def test_the_mark_shows_whether_the_process_before_ended_in_a_model(tmp_path: Path) -> None:
    file = tmp_path / "new" / "board.mark"
    assert not ComputingMark(file).ended_the_board
    abort_in_a_process(file, "inside")
    assert ComputingMark(file).ended_the_board
    assert not ComputingMark(file).ended_the_board
    abort_in_a_process(file, "outside")
    assert not ComputingMark(file).ended_the_board


@pytest.mark.virtual_time
@pytest.mark.slow
async def test_a_virtual_board_drops_a_model_that_ended_its_process_twice(
    boards, package: bytes, tmp_path: Path
) -> None:
    flash, mark = tmp_path / "board.flash", tmp_path / "board.flash.mark"
    board = await boards.start(flash=flash)
    client = await boards.client(board)
    good, bad = another(package, 1), another(package, 2)
    await push(client, good)
    await push(client, bad)
    for ends, (runs, dropped) in enumerate([(bad, False), (good, True), (good, True)]):
        await boards.stop(board)
        if ends < 2:
            abort_in_a_process(mark, "inside")
        board = await boards.start(flash=flash)
        info = wire.Info.unpack(board.core.info())
        assert info.model_id == model_id(runs)
        assert bool(info.flags & wire.BoardFlag.MODEL_DROPPED) == dropped
