"""Names of boards and labels are never markup, in tooltips and questions either."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from motionloop.studio.widgets.elements import tip
from motionloop.studio.widgets.question import Question

MARKUP = ["<b>walking</b>", "<img src='/etc/passwd'>", "a &lt; b <i>", "<script>x</script>"]


@pytest.mark.parametrize("words", [*MARKUP, "walking", "a < b & c", "<i>\nb"])
def test_a_tooltip_shows_words_as_they_are(words: str) -> None:
    document = QTextDocument()
    if "<" in tip(words):
        document.setHtml(tip(words))
    else:
        document.setPlainText(tip(words))
    assert document.toPlainText() == words


def test_a_question_shows_words_as_they_are(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    asked = Question(parent, MARKUP[0], "Yes", "No", lambda: None)
    assert asked.textFormat() is Qt.TextFormat.PlainText
    asked.close()
