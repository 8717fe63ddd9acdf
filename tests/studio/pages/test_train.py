"""The page Train with names of any length."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tests.studio.conftest import Studio
from tests.studio.repeated_motion import write_repeated


def test_long_names_take_no_room_from_the_buttons(studio: Studio) -> None:
    recordings = studio.session.recordings_folder
    wearer = "Cleopatra Philopator of the House of Ptolemy, second row"
    write_repeated(recordings / "one", 1)
    write_repeated(recordings / "two", 1, wearer=wearer)
    page = studio.window.page("Train")
    studio.window.resize(1024, 640)
    studio.window.show_page("Train")
    studio.until(lambda: page.wearer.count() == 3)  # with everyone
    studio.click(page.choose_button)  # of which nothing may lie outside the page
    (_, box) = page.choice.people_boxes.values()
    studio.until(lambda: page.choice.horizontalScrollBar().maximum() == 0, 5)
    studio.until(lambda: _right_of(page.choose_button) < _left_of(page.tabs), 5)
    (_, box) = page.choice.people_boxes.values()
    assert box.toolTip() == wearer
    assert box.text() == "Cleopatra Philopator of…"


def _right_of(button: QWidget) -> int:
    return button.mapTo(button.window(), button.rect().topRight()).x()


def _left_of(widget: QWidget) -> int:
    return widget.mapTo(widget.window(), widget.rect().topLeft()).x()
