"""The page Train: what asks first, and where models are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from motionloop.studio.widgets.elements import Page
from motionloop.studio.widgets.question import Question
from tests.studio.conftest import Studio


def test_nothing_is_flashed_without_a_yes(studio: Studio) -> None:
    studio.window.show_page("Train")
    train, jobs = studio.window.page("Train"), studio.session.training
    train.flash_button.click()
    question = train.flash_question
    assert question is not None
    studio.until(question.isVisible)
    assert "may erase the models" in question.text()
    assert not jobs.running
    studio.press(Qt.Key.Key_Return, on=question)  # the answer at hand is no
    assert not question.isVisible()
    assert not jobs.running


def test_a_question_acts_on_yes_alone(qtbot: QtBot) -> None:
    page = Page("Try")
    qtbot.addWidget(page)
    page.show()
    answers: list[str] = []
    for press in (lambda q: q.no_button.click(), lambda q: q.reject()):
        press(Question(page, "Erase it?", "Erase", "Keep", lambda: answers.append("erased")))
    assert answers == []
    Question(
        page, "Erase it?", "Erase", "Keep", lambda: answers.append("erased")
    ).yes_button.click()
    assert answers == ["erased"]


def test_the_models_are_shown_in_their_folder(studio: Studio, opened: list[Path]) -> None:
    models = studio.session.models_folder
    studio.window.show_page("Train")
    train = studio.window.page("Train")
    assert not train.folder_button.isEnabled()  # there is none yet
    models.mkdir()
    train.refresh()
    studio.click(train.folder_button)
    assert opened == [models]
