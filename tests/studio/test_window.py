"""What the window itself promises: keys that act at once, and a close that loses nothing."""

from __future__ import annotations

import errno
import os

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from motionloop.recordings.recording import Recording
from motionloop.studio.main_window import MainWindow
from motionloop.studio.widgets.elements import Button
from tests.studio.conftest import Studio
from tests.studio.repeated_motion import even_segments, write_repeated


def test_a_key_presses_its_button_at_once(qtbot: QtBot) -> None:
    pressed: list[str] = []
    button = Button("Try", lambda: pressed.append("try"), key="Ctrl+Y")
    qtbot.addWidget(button)
    with qtbot.waitActive(button):
        button.show()

    def press() -> None:
        qtbot.keyClick(button, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)

    press()
    assert pressed == ["try"]
    button.set_words("Try again", "", "")
    press()
    assert pressed == ["try"] * 2
    button.setEnabled(False)
    press()
    assert pressed == ["try"] * 2


def close_with_a_full_disk(studio: Studio, disk: pytest.MonkeyPatch) -> None:
    """After one of two segments was deleted."""
    write_repeated(studio.session.recordings_folder / "one", 20.0, even_segments(2, 20.0))
    studio.window.show_page("Label")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    disk.setattr(os, "fsync", full)
    timeline = studio.window.page("Label").timeline
    studio.press(Qt.Key.Key_Down, on=timeline)
    studio.press(Qt.Key.Key_Delete, on=timeline)
    studio.window.show_page("Train")
    studio.window.close()
    assert studio.window.isVisible()
    assert studio.window.page_name == "Label"
    assert "disk is full" in studio.window.banner.words.text()


def segments_left(studio: Studio) -> int:
    return len(Recording.open(studio.session.recordings_folder / "one").segments)


def test_closing_with_a_full_disk_keeps_the_last_edit(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as disk:
        close_with_a_full_disk(studio, disk)
    assert segments_left(studio) == 2
    studio.window.close()
    assert not studio.window.isVisible()
    assert segments_left(studio) == 1


def test_edits_that_cannot_be_saved_can_be_given_up(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as disk:
        close_with_a_full_disk(studio, disk)
        studio.click(studio.window.banner.action)
        assert not studio.window.isVisible()
    assert segments_left(studio) == 2


def test_the_first_window_is_no_larger_than_the_screen(studio: Studio) -> None:
    window = MainWindow(studio.session)  # the screen here has 800 x 800
    room = window.screen().availableSize()
    assert window.width() <= room.width() < 1280
    assert window.height() < room.height()
    assert window.minimumWidth() <= room.width()
    window.deleteLater()
