"""The page Record with two boards that are not on air, by the session's own attributes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from motionloop.recordings.recording import Quality
from motionloop.studio.boards import sample_ring
from motionloop.studio.boards.board_link import BoardLink, LinkState, RunningRecording
from motionloop.studio.boards.sample_ring import SampleRing
from motionloop.studio.pages.record import RecordView
from tests.studio.conftest import Studio
from tests.studio.pages.test_room import fake_link
from tests.studio.repeated_motion import even_segments, write_repeated

BY_PLAN = 1  # the tab


class Desk:
    """The page, two boards, and what the page asks of the session."""

    def __init__(self, studio: Studio, view: RecordView, boards: Sequence[BoardLink]) -> None:
        self.studio, self.view = studio, view
        self.one, self.other = boards
        self.asked: list[tuple[Any, ...]] = []

    def begin(self, link: BoardLink, path: Path) -> None:
        """A recording of a minute, which goes on."""
        write_repeated(path, 60.0, even_segments(3, 60.0), wearer="Ada")
        link.recording = RunningRecording(path, None, quality=Quality(7140, 60.0, 119.0, 0, 0, 0))
        self.studio.session.recording_changed.emit()

    def end(self, link: BoardLink) -> None:
        link.recording = None
        self.studio.session.recording_changed.emit()

    def count(self, seconds: int) -> None:
        for _ in range(seconds):
            self.view._count_down()


@pytest.fixture
def desk(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(sample_ring, "SILENT_AFTER_S", 1e9)  # these boards never send again
    session = studio.session
    boards = [fake_link(session, number) for number in range(2)]
    session.links |= {link.address: link for link in boards}
    session.current = boards[0]
    session.current_changed.emit()
    studio.window.show_page("Record")
    view = studio.window.page("Record")
    assert isinstance(view, RecordView)
    made = Desk(studio, view, boards)

    def stop(link: BoardLink | None = None) -> None:
        made.asked.append(("stop", link or session.current))

    monkeypatch.setattr(session, "stop_recording", stop)
    monkeypatch.setattr(
        session, "start_recording", lambda steps=(): made.asked.append(("start", session.current))
    )
    monkeypatch.setattr(session, "label", lambda label: made.asked.append(("label", label)))
    yield made
    session.links.clear()
    session.current = None


def test_another_board_is_chosen_while_one_records(desk: Desk, tmp_path: Path) -> None:
    session, view = desk.studio.session, desk.view
    desk.begin(desk.one, tmp_path / "one")
    assert view.record_button.text() == "Stop"
    session.choose(desk.other.address)
    assert (view.big.words, view.record_button.text()) == ("Ready", "Record")
    assert view.after.isHidden()
    session.choose(desk.one.address)
    assert (view.big.words, view.record_button.text()) == ("no label", "Stop")
    session.choose(desk.other.address)
    desk.end(desk.one)  # as the page Room does
    assert view.big.words == "Ready"
    session.choose(desk.one.address)
    assert view.big.words == "Saved 1:00"
    assert not view.after.isHidden()
    assert desk.studio.failures == []


def test_silence_before_the_stop_is_said_with_what_was_saved(desk: Desk, tmp_path: Path) -> None:
    desk.begin(desk.one, tmp_path / "one")
    assert desk.one.recording is not None
    desk.one.recording.silent_s = 5
    desk.end(desk.one)
    said = desk.view.next_words.text()
    assert said == "Ada; running, sitting, walking; no data for the last 5 s"


def test_a_recording_that_ends_says_so_and_is_not_stopped_twice(desk: Desk, tmp_path: Path) -> None:
    desk.begin(desk.one, tmp_path / "one")
    assert desk.one.recording is not None
    desk.one.recording.is_ending = True
    desk.studio.session.recording_changed.emit()
    assert (desk.view.big.words, desk.view.record_button.text()) == ("Ending", "Ending")
    desk.studio.click(desk.view.record_button)
    assert desk.asked == []


@pytest.mark.parametrize("has_begun", [False, True])
def test_a_countdown_for_a_label_ends_with_the_choice_of_another_board(
    desk: Desk, tmp_path: Path, has_begun: bool
) -> None:
    desk.studio.click(desk.view.keys.buttons["walking"])
    if has_begun:
        desk.begin(desk.one, tmp_path / "one")
    desk.count(1)
    assert (desk.view.big.words, desk.view.seconds.text()) == ("Get ready", "2")
    desk.studio.session.choose(desk.other.address)
    desk.count(3)
    assert desk.asked == [("start", desk.one), ("stop", desk.one)]
    (said,) = desk.studio.failures
    assert said.startswith(f"The countdown was cancelled: {desk.one.name} is not the chosen board")
    assert (desk.view.big.words, desk.view.record_button.text()) == ("Ready", "Record")


def test_a_plan_does_not_go_to_the_board_that_is_chosen_meanwhile(desk: Desk) -> None:
    view = desk.view
    view.tabs.setCurrentIndex(BY_PLAN)
    view.plan.setPlainText("sitting 3")
    desk.studio.click(view.record_button)
    assert (view.big.words, view.record_button.text()) == ("Get ready", "Cancel")
    desk.studio.session.choose(desk.other.address)
    desk.count(3)
    assert desk.asked == []
    assert "cancelled" in desk.studio.failures[0]
    desk.studio.click(view.record_button)
    desk.count(3)
    assert desk.asked == [("start", desk.other)]


def test_a_countdown_ends_when_the_link_is_lost(desk: Desk) -> None:
    desk.studio.click(desk.view.keys.buttons["walking"])
    desk.one.state = LinkState.LOST
    desk.studio.session.boards_changed.emit()
    assert desk.asked == [("start", desk.one), ("stop", desk.one)]
    assert desk.studio.failures == [
        f"The countdown was cancelled: there is no link to {desk.one.name}."
    ]
    assert desk.view.big.words == "Ready"


def test_a_wrong_plan_is_told_in_sight_and_cannot_be_recorded(desk: Desk) -> None:
    view, window = desk.view, desk.studio.window
    window.resize(1024, 640)
    view.tabs.setCurrentIndex(BY_PLAN)
    view.plan.setPlainText("walking 5\nrunning x")
    desk.studio.until(view.plan_fault.isVisible)
    desk.studio.until(
        lambda: view.plan_fault.visibleRegion().boundingRect() == view.plan_fault.rect()
    )
    assert "Line 2" in view.plan_fault.text()
    assert view.next_words.text() == ""  # R would do nothing
    assert not view.record_button.isEnabled()
    assert view.record_button.toolTip() == view.plan_fault.text()
    view.tabs.setCurrentIndex(0)
    assert view.record_button.isEnabled()
    assert view.record_button.toolTip() == "Record (R)"
    view.tabs.setCurrentIndex(BY_PLAN)
    assert not view.record_button.isEnabled()
    view.plan.setPlainText("walking 5")
    assert view.record_button.isEnabled()
    assert view.plan_fault.isHidden()


def test_a_long_name_of_a_wearer_is_recorded_whole_in_a_folder_that_can_be(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[tuple[Path, str]] = []

    async def begin(path: Path, wearer: str, *rest: object) -> None:
        begun.append((path, wearer))

    session = studio.session
    session.current = fake_link(session, 1)
    monkeypatch.setattr(session.current, "start_recording", begin)
    session.preferences.set_wearer("ä" * 130, "")
    session.start_recording()
    studio.until(lambda: begun or studio.failures, 10)
    ((path, wearer),) = begun
    assert wearer == "ä" * 130
    path.mkdir(parents=True)
    assert path.name.endswith("ää")
    session.current = None


def test_nothing_is_recorded_of_a_board_that_is_silent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SampleRing, "silent_s", 9.0)
    desk.view.refresh()
    said = "No data from ML-00 for 9 s. Nothing can be recorded now: switch the board on"
    assert (desk.view.big.words, desk.view.next_words.text()[: len(said)]) == ("No data", said)
    assert desk.view.record_button.toolTip().startswith(said)
    assert not desk.view.record_button.isEnabled()
    desk.view._label_chosen("sitting")
    assert desk.asked == []
    assert desk.studio.failures[0].startswith(said)
    monkeypatch.setattr(SampleRing, "silent_s", 0.0)
    desk.view.refresh()
    assert desk.view.record_button.isEnabled()
    assert desk.view.big.words == "Ready"
