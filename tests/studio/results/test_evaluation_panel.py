"""The honest evaluation from the window."""

from __future__ import annotations

from pathlib import Path

import pytest

from motionloop.language import english, speak, to_json, tr
from motionloop.studio.results.evaluation_panel import last_evaluation
from motionloop.trainer.messages import FIGURES_FILE
from tests.studio.conftest import Studio
from tests.studio.repeated_motion import even_segments, write_repeated
from tests.studio.results.evaluations import write_evaluation


def test_the_newest_evaluation_that_can_be_read_is_shown(tmp_path: Path) -> None:
    assert last_evaluation(tmp_path) is None
    report = write_evaluation(tmp_path / "20260101-100000")
    torn = write_evaluation(tmp_path / "20260102-100000").parent / FIGURES_FILE
    torn.write_text(torn.read_text()[:20])
    made = last_evaluation(tmp_path)
    assert made is not None
    assert Path(made.report) == report


def test_the_last_report_opens_after_a_restart(studio: Studio, opened: list[Path]) -> None:
    report = write_evaluation(studio.session.training.evaluations_folder / "20260101-100000")
    studio.window.show_page("Train")
    train = studio.window.page("Train")
    train.tabs.setCurrentWidget(train.evaluation)
    assert "90.0 %" in train.evaluation.accuracy.text()
    studio.click(train.evaluation.report_button)
    assert opened == [report.absolute()]


def test_an_evaluation_is_said_in_the_language_of_the_window(studio: Studio) -> None:
    words = {"accuracy_text": to_json(tr("no board")), "notices": [], "lesson": []}
    folder = studio.session.training.evaluations_folder / "20260101-100000"
    write_evaluation(folder, words=words)
    speak(lambda source, _, __: {"no board": "kein Board"}.get(source, source))
    try:
        studio.window.show_page("Train")
        train = studio.window.page("Train")
        train.tabs.setCurrentWidget(train.evaluation)
        assert "kein Board" in train.evaluation.accuracy.text()
    finally:
        speak(english)


def test_without_recordings_it_says_what_to_do(studio: Studio) -> None:
    studio.window.show_page("Train")
    train = studio.window.page("Train")
    train.tabs.setCurrentWidget(train.evaluation)
    studio.click(train.evaluation.start_button)
    assert "record a few activities first" in studio.failures[0]


@pytest.mark.system
@pytest.mark.training
def test_everybody_is_left_out_in_turn(studio: Studio) -> None:
    for number, person in enumerate(("Ada", "Ben", "Cleo")):
        folder = studio.session.recordings_folder / f"session {number}"
        write_repeated(folder, 40.0, even_segments(2, 40.0), wearer=person, person=number)
    studio.window.show_page("Train")
    train, jobs = studio.window.page("Train"), studio.session.training
    train.tabs.setCurrentWidget(train.evaluation)
    studio.click(train.evaluation.start_button)
    studio.until(lambda: jobs.evaluation is not None or studio.failures, 180)
    assert not studio.failures
    assert jobs.evaluation is not None
    assert Path(jobs.evaluation.report).is_file()
    held = [fold["held_out"] for fold in jobs.evaluation.figures["split"]["folds"]]
    assert sorted(held) == [["Ada"], ["Ben"], ["Cleo"]]
    studio.until(lambda: not jobs.running)
    assert train.evaluation.accuracy.isVisible()


def test_a_report_that_is_gone_is_said(studio: Studio, opened: list[Path]) -> None:
    report = write_evaluation(studio.session.training.evaluations_folder / "20260101-100000")
    studio.window.show_page("Train")
    train = studio.window.page("Train")
    train.tabs.setCurrentWidget(train.evaluation)
    report.unlink()
    studio.click(train.evaluation.report_button)
    assert opened == []
    assert studio.failures == [f"{report} was deleted or moved. Test again."]
