"""The studio's session over a real BlueZ, through the same backend as everywhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from motionloop.model.folder import PACKAGE_FILE
from motionloop.recordings.recording import Recording
from motionloop.studio.boards.board_link import LinkState
from motionloop.studio.session import Session
from tests.bluez.desk import MODEL, Desk

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the application is made


@pytest.fixture
def session(desk: Desk, qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    settings = QSettings(str(tmp_path / "studio.ini"), QSettings.Format.IniFormat)
    made = Session(tmp_path / "recordings", tmp_path / "models", settings)
    yield made
    made.close()


def test_the_studio_connects_records_through_a_break_and_pushes(
    desk: Desk, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    failures: list[str] = []
    session.failed.connect(failures.append)

    def until(condition: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(condition()), timeout=40_000)

    session.scan()
    until(lambda: desk.b in [board.address for board in session.found])
    session.connect_board(next(board for board in session.found if board.address == desk.b))
    until(lambda: desk.b in session.links)
    link = session.links[desk.b]
    until(lambda: link.state is LinkState.CONNECTED and link.ring is not None)

    session.start_recording()
    until(lambda: link.recording and link.recording.quality.samples > 100)
    desk.boards.disconnect(desk.b)
    until(lambda: link.state is LinkState.LOST)
    until(lambda: link.state is LinkState.CONNECTED)
    before = link.recording.quality.samples
    until(lambda: link.recording.quality.samples > before + 100)
    session.stop_recording()
    until(lambda: link.recording is None)
    (path,) = session.recordings_folder.iterdir()
    assert Recording.open(path).quality.lost == 0

    model = session.models_folder / "golden"
    model.mkdir(parents=True)
    (model / PACKAGE_FILE).write_bytes(MODEL.read_bytes())
    session.training.push(model)
    until(lambda: session.training.outcome)
    until(lambda: link.shadow)
    session.disconnect_board(desk.b)
    until(lambda: desk.b not in session.links)
    assert failures == []


def test_a_studio_that_is_closed_leaves_no_board_connected(
    desk: Desk, session: Session, qtbot: QtBot
) -> None:
    session.scan()
    qtbot.waitUntil(lambda: bool(session.found), timeout=20_000)
    session.connect_board(next(board for board in session.found if board.address == desk.b))
    qtbot.waitUntil(
        lambda: desk.b in session.links and session.links[desk.b].state is LinkState.CONNECTED,
        timeout=20_000,
    )
    session.close()
    desk.guest.wait_until(lambda seen: not seen.connected(desk.b), 5)
