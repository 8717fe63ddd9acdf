"""Managing recordings in the window: find, edit several, exclude, delete and take back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QSettings, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from motionloop.recordings.managing import About, describe
from motionloop.recordings.recording_json import Description
from motionloop.recordings.segments import Segment
from motionloop.studio.main_window import MainWindow
from motionloop.studio.pages.label import LabelView
from motionloop.studio.session import Session
from motionloop.studio.theme import theme
from tests.studio.repeated_motion import START_US, write_repeated

WALK = Segment(START_US + 1_000_000, START_US + 3_000_000, "walking")
LENGTHS = {"ada-1": 9.0, "ada-2": 4.0, "ben-1": 5.0}


class Managing:
    """The window on three recordings, and what a person does to them."""

    def __init__(self, bot: QtBot, folder: Path) -> None:
        self.bot, self.folder = bot, folder / "recordings"
        for name, seconds in LENGTHS.items():
            write_repeated(self.folder / name, seconds, [WALK], wearer=name[:3])
        settings = QSettings(str(folder / "studio.ini"), QSettings.Format.IniFormat)
        theme.start(settings)
        self.session = Session(self.folder, folder / "models", settings)
        self.failures: list[str] = []
        self.session.failed.connect(self.failures.append)
        self.window = MainWindow(self.session)
        bot.addWidget(self.window)
        self.window.show()
        self.window.show_page("Label")
        page = self.window.page("Label")
        assert isinstance(page, LabelView)
        self.page, self.panel, self.table = page, page.panel, page.table

    @property
    def shown(self) -> list[str]:
        lines = [line for line in range(self.table.rowCount()) if not self.table.isRowHidden(line)]
        return [self.table.item(line, 1).text() for line in lines]  # type: ignore[union-attr]

    def select(self, *names: str) -> None:
        self.table.clearSelection()
        rows = QItemSelectionModel.SelectionFlag.Rows | QItemSelectionModel.SelectionFlag.Select
        for line in range(self.table.rowCount()):
            if self.table.item(line, 1).text() in names:  # type: ignore[union-attr]
                self.table.selectionModel().select(self.table.model().index(line, 0), rows)
        assert sorted(entry.name for entry in self.panel.table.selection) == sorted(names)

    def click(self, button: QWidget) -> None:
        assert button.isEnabled()
        self.bot.mouseClick(button, Qt.MouseButton.LeftButton)

    def until(self, condition: Callable[[], object]) -> None:
        self.bot.waitUntil(lambda: bool(condition()))

    def description(self, name: str) -> Description:
        return Description.load(self.folder / name)


@pytest.fixture
def managing(qtbot: QtBot, tmp_path: Path) -> Iterator[Managing]:
    made = Managing(qtbot, tmp_path)
    yield made
    made.session.close()


def test_any_words_find_and_each_column_sorts_by_its_values(managing: Managing) -> None:
    managing.panel.search.setText("WALK ada")
    assert sorted(managing.shown) == ["ada-1", "ada-2"]
    assert managing.panel.count.text() == "2 of 3"
    managing.table.sortByColumn(4, Qt.SortOrder.AscendingOrder)
    assert managing.shown == ["ada-2", "ada-1"]
    managing.panel.search.clear()
    assert managing.shown == ["ada-2", "ben-1", "ada-1"]


def test_several_are_edited_and_what_differs_stays(managing: Managing) -> None:
    managing.select("ada-1", "ben-1")
    managing.click(managing.panel.edit_button)
    dialog = managing.panel.dialog
    assert dialog is not None
    assert dialog.wearer.currentText() == ""  # they differ
    known = [dialog.wearer.itemText(place) for place in range(dialog.wearer.count())]
    assert known == ["ada", "ben"]
    dialog.placement.setCurrentText("left ankle")
    dialog.notes.setPlainText("in the rain")
    dialog.accept()
    names = ("ada-1", "ben-1")
    managing.until(
        lambda: all(managing.description(name).placement == "left ankle" for name in names)
    )
    for name in names:
        said = managing.description(name)
        assert (said.placement, said.notes, said.wearer) == ("left ankle", "in the rain", name[:3])
    assert managing.description("ada-2").placement != "left ankle"


def test_an_edit_of_several_is_undone_unless_it_was_changed_since(managing: Managing) -> None:
    wearers = {name: managing.description(name).wearer for name in LENGTHS}
    managing.select(*LENGTHS)
    managing.click(managing.panel.edit_button)
    assert managing.panel.dialog is not None
    managing.panel.dialog.wearer.setCurrentText(" Zoe ")
    managing.panel.dialog.accept()
    banner = managing.window.banner
    managing.until(lambda: banner.words.text() == "3 recordings were changed.")
    describe(managing.folder / "ben-1", About(wearer="Cy"))
    managing.click(banner.action)
    managing.until(lambda: managing.failures)
    assert "ben-1 was changed by another program" in managing.failures[0]
    after = {name: managing.description(name).wearer for name in LENGTHS}
    assert after == {**wearers, "ben-1": "Cy"}


def test_an_excluded_one_says_so_and_is_taken_in_again(managing: Managing) -> None:
    managing.select("ada-2")
    managing.click(managing.panel.exclude_button)
    managing.until(lambda: managing.panel.exclude_button.text() == "Include")
    assert managing.description("ada-2").excluded
    line = managing.shown.index("ada-2")
    assert managing.table.item(line, 6).text() == "left out of trainings"  # type: ignore[union-attr]
    managing.click(managing.panel.exclude_button)
    managing.until(lambda: managing.panel.exclude_button.text() == "Exclude")
    assert not managing.description("ada-2").excluded


def test_what_is_deleted_comes_back_by_undo_or_from_the_bin(managing: Managing) -> None:
    managing.page.open(managing.folder / "ada-1")
    managing.select("ada-1", "ada-2")
    managing.bot.keyClick(managing.table, Qt.Key.Key_Delete)
    managing.until(lambda: managing.shown == ["ben-1"])
    assert managing.page.recording is not None
    assert managing.page.recording.wearer == "ben"
    assert managing.window.banner.words.text() == "2 recordings were moved into the bin."
    managing.click(managing.window.banner.action)
    managing.until(lambda: len(managing.shown) == 3)

    managing.select("ada-1")
    managing.click(managing.panel.delete_button)
    managing.until(lambda: managing.panel.bin_button.text() == "Bin (1)")
    (action,) = managing.panel.bin_menu().actions()
    action.trigger()
    managing.until(lambda: len(managing.shown) == 3)
    assert not managing.failures


def test_when_all_are_deleted_the_bin_can_still_be_opened(managing: Managing) -> None:
    managing.select(*LENGTHS)
    managing.click(managing.panel.delete_button)
    managing.until(lambda: not managing.shown)
    page = managing.page
    assert page.recording is None
    assert page.state.overview is None
    assert page.problems.isHidden()
    assert not page.status.text()
    grey = (page.split_button, page.events_button, page.look_button, page.video)
    assert not any(part.isEnabled() for part in grey)
    assert managing.panel.bin_button.isVisible()
    managing.panel.bin_menu().actions()[-1].trigger()
    managing.until(lambda: len(managing.shown) == 3)


def test_what_is_asked_quickly_is_done_in_turn(managing: Managing) -> None:
    managing.select(*LENGTHS)
    managing.click(managing.panel.exclude_button)
    managing.click(managing.panel.delete_button)
    managing.until(lambda: not managing.shown)
    binned = [Description.load(managing.folder / ".bin" / name) for name in LENGTHS]
    assert all(description.excluded for description in binned)
    assert managing.failures == []


def test_ctrl_z_takes_back_the_last_change_of_the_list(managing: Managing) -> None:
    banner = managing.window.banner
    managing.select("ada-2")
    managing.click(managing.panel.delete_button)
    managing.until(lambda: sorted(managing.shown) == ["ada-1", "ben-1"])
    managing.until(banner.action.isVisible)
    managing.bot.keyClick(
        managing.window.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier
    )
    managing.until(lambda: sorted(managing.shown) == sorted(LENGTHS))
    assert not banner.isVisible()
    managing.panel.undo()  # once
    assert sorted(managing.shown) == sorted(LENGTHS)


def test_ctrl_z_in_the_timeline_is_about_segments(managing: Managing) -> None:
    managing.select("ada-2")
    managing.click(managing.panel.exclude_button)
    managing.until(managing.window.banner.action.isVisible)
    managing.page.setFocus()
    managing.bot.keyClick(managing.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert managing.description("ada-2").excluded
    assert managing.panel._way_back is not None
