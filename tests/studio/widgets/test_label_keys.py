"""The list of labels: any number of them, each with its own button to take it off."""

from __future__ import annotations

import unicodedata

import pytest
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


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "Type a name for the label."),
        ("  ", "Type a name for the label."),
        ("-", "a plan would not read '-' as a label"),
        ("repeat", "a plan would not read 'repeat' as a label"),
        ("repeat 3", "a plan would not read 'repeat 3' as a label"),
        ("walk 5, stand", "a plan would not read"),
        ("Unknown", "'Unknown' is the answer where no label fits"),
        ("x" * 25, "longer than the 24 bytes"),
    ],
)
def test_a_label_that_cannot_work_is_not_added(
    studio: Studio, qtbot: QtBot, typed: str, why: str
) -> None:
    _, keys = shown(studio, qtbot, ["sitting"])
    keys.new_label.setText(typed)
    keys.add_button.click()
    (said,) = studio.failures
    assert why in said
    assert "shorter" not in said
    assert studio.session.preferences.labels == ["sitting"]


def test_a_label_is_added_once_whatever_its_case_and_the_form_of_its_letters(
    studio: Studio, qtbot: QtBot
) -> None:
    notices: list[str] = []
    studio.session.notice.connect(notices.append)
    _, keys = shown(studio, qtbot, ["walking"])
    for typed in ("Walking ", unicodedata.normalize("NFD", "w\u00e1lk"), "w\u00e1lk", "stairs, up"):
        keys.new_label.setText(typed)
        keys.add_button.click()
        assert keys.new_label.text() == ""
    assert studio.session.preferences.labels == ["walking", "w\u00e1lk", "stairs, up"]
    assert notices == ["walking is there already.", "w\u00e1lk is there already."]
    assert studio.failures == []
