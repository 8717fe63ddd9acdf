"""The page Train: what asks first, and where models are."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from pytestqt.qtbot import QtBot

from motionloop import installation, wire
from motionloop.errors import MotionLoopError
from motionloop.model.folder import METRICS_FILE
from motionloop.studio.jobs.stages import Outcome, RetrainStage, StageProgress
from motionloop.studio.pages.training_choice import TrainingChoice
from motionloop.studio.results import stage_list
from motionloop.studio.theme import icon
from motionloop.studio.widgets.elements import Page
from motionloop.studio.widgets.question import Question
from motionloop.trainer.messages import TrainingResult
from tests.studio.conftest import Studio
from tests.studio.pages.test_room import INFO, fake_link


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


def test_a_job_names_its_board_whichever_board_is_chosen(studio: Studio) -> None:
    session, jobs = studio.session, studio.session.training
    one, two = fake_link(session, 1), fake_link(session, 2)
    session.links |= {one.address: one, two.address: two}
    session.current = one
    studio.window.show_page("Train")
    train = studio.window.page("Train")
    jobs._begin("Pushing", asyncio.sleep(600), [one])
    session.choose(two.address)
    assert train.job.text() == "Pushing. Board: ML-01"
    jobs.cancel()
    studio.until(lambda: not jobs.running)
    assert train.job.text() == "Pushing: cancelled"
    jobs._begin("Pushing to all boards", asyncio.sleep(600), [one, two])
    assert train.job.text() == "Pushing to all boards. Boards: ML-01, ML-02"
    session.links.clear()


def test_the_stage_that_failed_has_no_green_tick(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = studio.session.training
    studio.window.show_page("Train")
    stages = studio.window.page("Train").stages
    drawn: dict[str, int] = {}

    def count(name: str, colour: str | None = None) -> QIcon:
        drawn[name] = drawn.get(name, 0) + 1
        return icon(name, colour)

    async def push() -> None:
        for done in (1, 2):
            jobs._report(StageProgress(RetrainStage.PUSH, done, 9))
        raise MotionLoopError("The link is lost.")

    jobs._begin("Pushing", push())
    studio.until(lambda: not jobs.running)
    monkeypatch.setattr(stage_list, "icon", count)
    stages.show_stages(jobs.stages, jobs.progress, jobs.failed)
    assert drawn == {"close-circle": 1, "circle-outline": len(RetrainStage) - 1}
    failed = stages._names[list(RetrainStage).index(RetrainStage.PUSH)]
    assert failed.property("danger")
    jobs._begin("Pushing", asyncio.sleep(600))  # another one has not failed yet
    assert not failed.property("danger")


def test_a_model_on_its_board_is_watched_live(studio: Studio) -> None:
    session, jobs = studio.session, studio.session.training
    one, two = fake_link(session, 1), fake_link(session, 2)
    session.links |= {one.address: one, two.address: two}
    session.current = two
    studio.window.show_page("Train")
    train = studio.window.page("Train")
    assert not train.watch_button.isVisible()
    jobs._set(outcome=Outcome(True, one.name, one.address))
    studio.until(train.watch_button.isVisible)
    studio.click(train.watch_button)
    assert session.current is one
    assert studio.window.page("Live").isVisible()
    session.links.clear()
    session.boards_changed.emit()
    assert train.watch_button.isHidden()  # the board is gone


def test_grey_buttons_say_why(studio: Studio) -> None:
    session = studio.session
    studio.window.show_page("Train")
    train = studio.window.page("Train")
    buttons = (train.push_button, train.rollback_button)

    def tips() -> list[str]:
        train.refresh()
        return [button.toolTip() for button in buttons]

    assert tips() == ["No board is connected: connect one and try again."] * 2
    session.current = link = fake_link(session, 1)
    link.info = replace(INFO, active_slot=wire.NO_SLOT)
    assert tips() == ["There is no model yet: train one first.", "No model is on the board."]
    session.training.running = "Retraining"
    assert (
        tips()[0]
        == tips()[1]
        == ("Wait until the present job is over, or cancel it on the page Train.")
    )
    session.training.running = ""
    session.current = None


def test_a_long_name_does_not_widen_the_column(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.window.show_page("Train")
    train = studio.window.page("Train")
    name = "W" * 200
    monkeypatch.setattr(TrainingChoice, "words", property(lambda _: f"walking, 22 s of {name}"))
    train.refresh()
    assert train.summary.text().endswith("WW…")
    assert train.summary.toolTip() == f"walking, 22 s of {name}"
    assert train.summary.minimumSizeHint().width() < 200


def test_a_long_name_of_a_model_does_not_widen_its_result(studio: Studio) -> None:
    metrics = json.loads((installation.root() / "models/builtin.json").read_text())
    studio.window.show_page("Train")
    result = studio.window.page("Train").result
    result.show_result(metrics | {"name": "short"}, None, None)
    before = result.minimumSizeHint().width()
    result.show_result(metrics | {"name": "W" * 200, "model_id": "0"}, None, None)
    assert result.name.text().endswith("WW…")
    assert result.name.toolTip() == "Model " + "W" * 200
    assert result.minimumSizeHint().width() == before


def test_the_result_is_of_the_chosen_model(studio: Studio) -> None:
    models = studio.session.models_folder
    metrics = json.loads((installation.root() / "models/builtin.json").read_text())
    for name in ("older", "newer"):
        (models / name).mkdir(parents=True)
        said = metrics | {"name": name, "model_id": f"{len(name):016x}{name}"}
        (models / name / METRICS_FILE).write_text(json.dumps(said))
    studio.window.show_page("Train")
    train, jobs = studio.window.page("Train"), studio.session.training
    jobs.result = TrainingResult(str(models / "newer"), "", metrics | {"name": "just trained"})
    train.models.setCurrentIndex(train.models.findData(str(models / "newer")))
    train.refresh()
    assert train.result.name.words == "Model just trained"
    train.models.setCurrentIndex(train.models.findData(str(models / "older")))
    assert train.result.name.words == "Model older"
