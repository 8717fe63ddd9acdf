"""The page Room with thirty boards that are not on air, by the session's own attributes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from bleak.backends.device import BLEDevice
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from motionloop import wire
from motionloop.board.link import FoundBoard
from motionloop.board.packets import Packet
from motionloop.board.prediction import Prediction
from motionloop.recordings.recording import Quality
from motionloop.studio.boards import sample_ring
from motionloop.studio.boards.board_link import BoardLink, LinkState, RunningRecording
from motionloop.studio.boards.sample_ring import SampleRing
from motionloop.studio.pages.room import RoomView
from motionloop.studio.session import Session
from motionloop.virtual.motion import LSM9DS1
from tests.studio.conftest import Studio

pytestmark = pytest.mark.slow

BOARDS = 30
INFO = replace(
    wire.Info.unpack(bytes(wire.Info.SIZE)),
    native_rate_mhz=LSM9DS1.format.rate_mhz,
    accel_ng_per_lsb=LSM9DS1.format.accel_ng_per_lsb,
    gyro_nrads_per_lsb=LSM9DS1.format.gyro_nrads_per_lsb,
)


def prediction(class_index: int) -> Prediction:
    outputs = np.zeros(2, np.int8)
    return Prediction(1, 1_000_000, bytes(8), 300, 0, class_index, 0.9, class_index, False, outputs)


def fake_link(session: Session, number: int) -> BoardLink:
    """A board as it is while it is connected and has a model."""
    address = f"C0:00:00:00:00:{number:02X}"
    device = BLEDevice(address, None, None)
    found = FoundBoard(f"ML-{number:02d}", address, -50, is_virtual=True, device=device)
    link = BoardLink(found, session, session.models_folder, asyncio.Semaphore(1))
    link.state, link.info = LinkState.CONNECTED, INFO
    link.ring = SampleRing(INFO, seconds=1.0)
    link.labels = ("sitting", "walking")
    link.ring.add(Packet(0, np.zeros(1, np.int64), np.zeros((1, wire.AXES), np.int16)))
    return link


@pytest.fixture
def room(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> Iterator[RoomView]:
    monkeypatch.setattr(sample_ring, "SILENT_AFTER_S", 1e9)  # these boards never send again
    session = studio.session
    session.links |= {link.address: link for link in (fake_link(session, n) for n in range(BOARDS))}
    session.current = session.links["C0:00:00:00:00:00"]
    session.boards_changed.emit()
    studio.window.show_page("Room")
    view = studio.window.page("Room")
    assert isinstance(view, RoomView)
    yield view
    session.links.clear()


def test_thirty_tiles_fit_a_small_screen_and_scroll_on_a_smaller_one(
    studio: Studio, room: RoomView, qtbot: QtBot
) -> None:
    scroll = room._scroll

    def is_laid_out(scrolls: bool) -> bool:
        right = max(tile.geometry().right() for tile in room.tiles.values())
        is_higher = scroll.verticalScrollBar().maximum() > 0
        return right < scroll.viewport().width() and is_higher == scrolls

    assert len(room.tiles) == BOARDS
    for size, scrolls in (((1280, 720), False), ((1024, 640), True)):
        studio.window.resize(*size)
        qtbot.waitUntil(partial(is_laid_out, scrolls))
        assert (studio.window.width(), studio.window.height()) == size
        (one, *_) = room.tiles.values()
        inside = one.contentsRect()
        for part in (one.name, one.state, one.pupil, one.activity, one.model, one.recording):
            assert inside.contains(part.geometry()), part.text()


def test_each_tile_is_about_its_own_board(studio: Studio, room: RoomView) -> None:
    session = studio.session
    first, second, third = list(session.links.values())[:3]
    session.predicted.emit(first, prediction(0))
    session.predicted.emit(second, prediction(1))
    second.recording = RunningRecording(Path(), None, quality=Quality(9, 65.0, 119.0, 0, 0, 0))
    third.info = replace(INFO, active_slot=wire.NO_SLOT)
    room.refresh()
    tiles = list(room.tiles.values())
    said = [(tile.activity.words, tile.model.words, tile.recording.text()) for tile in tiles[:3]]
    assert said == [
        ("sitting", "sitting, walking", ""),
        ("walking", "sitting, walking", "● 1:05"),
        ("", "no model", ""),
    ]
    assert room.summary.words == "30 of 30 connected, 1 recording"
    assert room.record_button.text() == "Stop all"
    assert not tiles[1].pupil.isEnabled()  # the recording is about this pupil
    second.label("running", 1.0)
    room.refresh()
    assert tiles[1].activity.words == "records running"
    studio.click_at(tiles[2])
    assert session.current is third
    second.recording = None


def test_silent_and_lost_boards_are_loud(
    studio: Studio, room: RoomView, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = list(studio.session.links.values())
    links[4].state = LinkState.LOST
    room.refresh()
    tiles = list(room.tiles.values())
    assert [tile.state.text() for tile in tiles].count("lost") == 1
    assert [bool(tile.property("alarm")) for tile in tiles].index(True) == 4
    assert room.summary.words.endswith("no data from ML-04")
    monkeypatch.setattr(sample_ring, "SILENT_AFTER_S", 2.0)
    in_a_minute = SimpleNamespace(monotonic=lambda: time.monotonic() + 60.0)
    monkeypatch.setattr(sample_ring, "time", in_a_minute)
    room.refresh()
    assert {tile.state.text() for tile in tiles} == {"silent", "lost"}
    assert all(tile.property("alarm") for tile in tiles)
    assert room.summary.property("danger")


def test_names_of_the_class_go_round(studio: Studio, room: RoomView) -> None:
    preferences = studio.session.preferences
    studio.click(room.class_button)
    dialog = room.dialog
    assert dialog is not None
    dialog.names.setPlainText("Ada\n\n Bo \nCy\n" + "\n".join(f"P{n}" for n in range(28)))
    dialog.keep_button.click()
    tiles = list(room.tiles.values())
    studio.click(room.next_button)
    assert [tile.pupil.text() for tile in tiles[:3]] == ["Ada", "Bo", "Cy"]
    assert len({tile.pupil.text() for tile in tiles}) == BOARDS
    studio.click(tiles[1].next_button)
    assert tiles[1].pupil.text() == "P27"  # the only one without a board
    studio.click(tiles[2].next_button)
    assert tiles[2].pupil.text() == "Bo"  # from the first name again, without those on boards
    assert preferences.wearer_of("C0:00:00:00:00:02") == "Bo"
    preferences.set_class_list(["Ada", "Bo"])
    studio.click(room.next_button)
    assert [tile.pupil.text() for tile in tiles[:3]] == ["Ada", "Bo", ""]
    assert studio.failures == [
        "The class list has 2 names, too few for 30 boards. Press Class list and paste more."
    ]


def test_a_typed_pupil_is_remembered_by_the_boards_address(
    studio: Studio, room: RoomView, qtbot: QtBot
) -> None:
    tile = room.tiles["C0:00:00:00:00:03"]
    tile.pupil.setFocus()
    qtbot.keyClicks(tile.pupil, "Dee 2")  # a number is no label's key here
    qtbot.keyClick(tile.pupil, Qt.Key.Key_Return)
    assert studio.session.preferences.pupil("C0:00:00:00:00:03") == "Dee 2"
    assert RoomView(studio.session).tiles["C0:00:00:00:00:03"].pupil.text() == "Dee 2"


def test_a_long_name_of_a_model_ends_in_an_ellipsis(room: RoomView) -> None:
    room.models.addItem("20261201-015648, walking, running and standing", "")
    room.models.setCurrentIndex(room.models.count() - 1)
    assert room.models.shown_words.startswith("20261201")
    assert room.models.shown_words.endswith("…")


def test_grey_buttons_say_why(studio: Studio, room: RoomView) -> None:
    assert room.connect_button.toolTip().startswith("Every board that was found is connected")
    assert room.push_button.toolTip() == "There is no model yet: train one first."
    room.models.addItem("a model", "")
    room.refresh()
    assert room.push_button.isEnabled()
    assert room.push_button.toolTip() == "Put this model on all boards"
    studio.session.training.running = "Retraining"
    room.refresh()
    assert not room.push_button.isEnabled()
    assert room.push_button.toolTip().startswith("Wait until the present job is over")
    studio.session.training.running = ""
    studio.session.links.clear()
    room.refresh()
    assert room.push_button.toolTip() == "No board is connected: connect one and try again."
    assert room.connect_button.toolTip() == "Connect all boards that were found"
