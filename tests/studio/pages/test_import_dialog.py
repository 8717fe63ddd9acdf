"""Files that are dropped into the window or chosen: shown, corrected, imported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from motionloop.recordings.recording import Recording
from motionloop.studio.main_window import MainWindow
from motionloop.studio.pages.data import DataView
from motionloop.studio.pages.import_dialog import ImportDialog
from motionloop.studio.session import Session
from motionloop.studio.theme import theme
from tests.recordings.made_files import Dialect, motion, table


@pytest.fixture
def empty(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    settings = QSettings(str(tmp_path / "studio.ini"), QSettings.Format.IniFormat)
    session = Session(tmp_path / "recordings", tmp_path / "models", settings)
    theme.start(settings)
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.show()
    yield window
    session.close()


def dropped(window: MainWindow, *files: Path) -> ImportDialog:
    """The dialog that opens when files are dropped into the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    at, buttons, keys = QPointF(400, 300), Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    enter = QDragEnterEvent(at.toPoint(), Qt.DropAction.CopyAction, mime, buttons, keys)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    window.dropEvent(QDropEvent(at, Qt.DropAction.CopyAction, mime, buttons, keys))
    assert window.page_name == "Data"
    data = window.page("Data")
    assert isinstance(data, DataView)
    assert data.importing is not None
    return data.importing


def test_files_that_are_dropped_are_shown_corrected_and_imported(
    qtbot: QtBot, tmp_path: Path, empty: MainWindow
) -> None:
    file = tmp_path / "walk.csv"
    file.write_bytes(table(motion(), Dialect()))
    dialog = dropped(empty, file)
    qtbot.waitUntil(dialog.import_button.isEnabled)
    assert "walk: 8.0 s, 50 Hz, walk 8.0 s, no wearer" in dialog.found.toPlainText()
    dialog.wearer.setText("Ada")
    dialog.label.setText("walking")
    dialog.label.editingFinished.emit()
    qtbot.waitUntil(lambda: "walking 8.0 s, Ada" in dialog.found.toPlainText())
    qtbot.waitUntil(dialog.import_button.isEnabled)
    dialog.import_button.click()
    qtbot.waitUntil(lambda: dialog.imported is not None)
    recording = Recording.open(tmp_path / "recordings" / "walk")
    assert (recording.labels, recording.wearer) == (["walking"], "Ada")


def test_a_file_in_a_wrong_unit_is_not_imported_until_it_is_corrected(
    qtbot: QtBot, tmp_path: Path, empty: MainWindow
) -> None:
    names = (*(f"a{axis} [g]" for axis in "xyz"), *(f"g{axis} [rad/s]" for axis in "xyz"))
    file = tmp_path / "walk.csv"
    file.write_bytes(table(motion(12), Dialect(names, accel_unit="m/s2", gyro_unit="rad/s")))
    dialog = dropped(empty, file)
    qtbot.waitUntil(dialog.despite.isVisible)
    assert "looks like m/s2" in dialog.fault.text()
    assert not dialog.import_button.isEnabled()
    dialog.accel_unit.setCurrentText("m/s2")
    qtbot.waitUntil(dialog.import_button.isEnabled)
    assert not dialog.despite.isVisible()
    dialog.reject()
    assert not (tmp_path / "recordings").exists()
