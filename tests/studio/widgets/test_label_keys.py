"""The list of labels: any number of them, each with its own button to take it off."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from motionloop.studio.widgets.elements import Page
from motionloop.studio.widgets.label_keys import LabelKeys
from tests.studio.conftest import Studio


def shown(studio: Studio, bot: QtBot, labels: list[str]) -> tuple[Page, LabelKeys]:
    """The keys on a page of their own."""
    studio.session.preferences.set_labels(labels)
    page = Page("Try")
    keys = LabelKeys(studio.session, "What is being done now")
    page.body.addWidget(keys)
    bot.addWidget(page)
    page.resize(400, 500)
    page.show()
    bot.waitUntil(lambda: keys.list.height() > 0)
    return page, keys


def test_a_label_is_taken_off_by_its_own_button(studio: Studio, qtbot: QtBot) -> None:
    _, keys = shown(studio, qtbot, ["sitting", "walking", "running"])
    qtbot.waitUntil(lambda: keys.remove_buttons["walking"].isVisible())
    studio.click(keys.remove_buttons["walking"])
    assert studio.session.preferences.labels == ["sitting", "running"]
    assert list(keys.buttons) == ["sitting", "running"]


def test_many_labels_are_scrolled_and_can_be_read(studio: Studio, qtbot: QtBot) -> None:
    names = [f"activity of the class {number}" for number in range(17)]
    _, keys = shown(studio, qtbot, names)
    bar, last = keys.list.verticalScrollBar(), keys.buttons[names[-1]]
    qtbot.waitUntil(lambda: 0 < bar.maximum() == last.geometry().bottom() + 1 - bar.pageStep())
    assert keys.buttons[names[-1]].text() == names[-1]
    keys.mark(names[-1])
    assert bar.value() == bar.maximum()


def test_after_a_label_is_added_keys_go_to_the_page(studio: Studio, qtbot: QtBot) -> None:
    page, keys = shown(studio, qtbot, ["sitting"])
    qtbot.waitUntil(page.isActiveWindow)
    keys.new_label.setFocus()
    qtbot.keyClicks(keys.new_label, "rowing")
    qtbot.keyClick(keys.new_label, Qt.Key.Key_Return)
    assert studio.session.preferences.labels == ["sitting", "rowing"]
    assert QApplication.focusWidget() is page
    chosen: list[str] = []
    keys.chosen.connect(chosen.append)
    qtbot.keyClick(page, Qt.Key.Key_2)
    assert chosen == ["rowing"]


def test_esc_leaves_the_field_without_adding(studio: Studio, qtbot: QtBot) -> None:
    page, keys = shown(studio, qtbot, ["sitting"])
    qtbot.waitUntil(page.isActiveWindow)
    keys.new_label.setFocus()
    qtbot.keyClicks(keys.new_label, "row")
    qtbot.keyClick(keys.new_label, Qt.Key.Key_Escape)
    assert studio.session.preferences.labels == ["sitting"]
    assert page.hasFocus()
