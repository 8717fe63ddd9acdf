"""Help, menu and About: everything that can be done can be found."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from motionloop import installation
from motionloop.studio.labelling.timeline_keys import keys_in_words
from motionloop.studio.main_window import PAGES
from motionloop.studio.theme import theme
from motionloop.studio.widgets import help_words
from motionloop.studio.widgets.about import parts
from motionloop.studio.widgets.help_panel import HelpDialog
from tests.studio.conftest import Studio
from tests.studio.repeated_motion import even_segments, write_repeated


def words_in(shown: QWidget) -> list[str]:
    return [label.text() for label in shown.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize("page", [name for name, _, _ in PAGES])
def test_each_page_is_explained(studio: Studio, page: str) -> None:
    studio.window.show_page(page)
    studio.press(Qt.Key.Key_F1)
    panel = studio.window.help
    assert panel.isVisible()
    assert panel.title.text() == f"Help: {page}"
    assert len(re.findall(r"[.]( |$)", panel.words.text())) == 3
    studio.until(lambda: "int8" in words_in(panel))
    said = words_in(panel)
    for word in ("arena", "held out", "int8", "kMAC"):
        assert help_words.glossary()[word][1] in said
    studio.press(Qt.Key.Key_Escape, on=panel)
    assert not panel.isVisible()
    assert studio.window.page(page).hasFocus()


def test_the_glossary_is_that_of_the_documentation() -> None:
    page = (installation.root() / "docs/glossary.md").read_text(encoding="utf-8")
    parts = re.split(r"^### (.+)$", page, flags=re.MULTILINE)[1:]
    documented = {
        word: plain(meaning.partition("\n#")[0])
        for word, meaning in zip(parts[::2], parts[1::2], strict=True)
    }
    for word, (shown, meaning) in help_words.glossary().items():
        assert (shown, meaning) == (word, documented[word])


def plain(markdown: str) -> str:
    """Without links and marks."""
    words = re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", markdown)
    return " ".join(re.sub(r"[*`]", "", words).split())


def test_a_dialog_has_the_help_of_its_page(studio: Studio) -> None:
    studio.window.show_page("Room")
    room = studio.window.page("Room")
    studio.click(room.class_button)
    dialog = room.dialog
    assert dialog is not None
    studio.until(dialog.isActiveWindow)
    studio.press(Qt.Key.Key_F1, on=dialog)
    (shown,) = dialog.findChildren(HelpDialog)
    said = words_in(shown)
    assert "Help: Room" in said
    assert "Ctrl+Return" in said  # the dialog's own key
    studio.press(Qt.Key.Key_Escape, on=shown.panel)
    assert not shown.isVisible()
    assert dialog.isVisible()
    dialog.reject()


def test_the_help_lists_the_keys_of_the_page(studio: Studio) -> None:
    write_repeated(studio.session.recordings_folder / "one", 20.0, even_segments(2, 20.0))
    studio.window.show_page("Label")
    studio.press(Qt.Key.Key_F1)
    panel = studio.window.help
    keys = [key for key, _ in keys_in_words()]
    studio.until(lambda: {"L", *keys} <= set(words_in(panel)))


def test_esc_in_the_help_cancels_no_training(studio: Studio) -> None:
    studio.window.show_page("Train")
    train = studio.window.page("Train")
    train.cancel_button.show()
    pressed: list[str] = []
    train.cancel_button.clicked.connect(lambda: pressed.append("cancel"))
    studio.press(Qt.Key.Key_F1)
    studio.press(Qt.Key.Key_Escape, on=studio.window.help)
    assert not studio.window.help.isVisible()
    assert pressed == []
    studio.press(Qt.Key.Key_Escape)
    assert pressed == ["cancel"]


def entries(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from entries(inner)
        else:
            yield action


def test_the_menu_has_all_actions_with_their_keys(studio: Studio) -> None:
    write_repeated(studio.session.recordings_folder / "one", 20.0, even_segments(2, 20.0))
    studio.window.show_page("Label")
    menu = studio.window.menu
    menu.aboutToShow.emit()
    found = {action.text(): action for action in entries(menu)}
    for words in (
        "Record\tCtrl+2", "Split\tS", "Look inside\tL", "Light or dark\tCtrl+T",
        "Larger text\tCtrl++", "Help for Label\tF1", "About MotionLoop", "Close the studio\tCtrl+Q",
    ):  # fmt: skip
        assert words in found
    assert not found["Split\tS"].isEnabled()  # nothing is selected
    found["Record\tCtrl+2"].trigger()
    assert studio.window.page_name == "Record"


def test_text_grows_and_is_remembered(studio: Studio) -> None:
    before = studio.window.strip.board.fontMetrics().height()
    studio.press(Qt.Key.Key_Plus, control=True)
    assert theme.text_size == 1.25
    assert studio.window.strip.board.fontMetrics().height() > before
    theme.start(studio.settings)  # as the next start does
    assert theme.text_size == 1.25
    studio.press(Qt.Key.Key_0, control=True)
    assert theme.text_size == 1.0


def test_about_names_versions_and_licences(studio: Studio) -> None:
    studio.window.show_about()
    about = studio.window.about
    assert about is not None
    said = words_in(about)
    assert any("Apache-2.0" in words for words in said)
    listed = {part.name: part for part in parts()}
    assert listed["PySide6_Essentials"].licence.startswith("LGPL")
    assert listed["numpy"].version in said
    assert "pytest" not in listed
    about.accept()
