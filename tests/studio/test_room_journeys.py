"""The page Room against virtual boards in processes of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from motionloop.model.folder import METRICS_FILE, PACKAGE_FILE
from motionloop.recordings.clock import utc_us
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import recording_folders
from motionloop.studio.boards.board_link import BoardLink, LinkState
from motionloop.studio.pages.room import RoomView
from tests.studio.conftest import Board, Studio

pytestmark = pytest.mark.system
StartBoard = Callable[..., Board]
BUILTIN = Path(__file__).parents[2] / "models" / "builtin.mlpkg"


def connect_all(studio: Studio, *boards: Board) -> RoomView:
    """Find the boards on Connect, and connect them with the one button of Room."""
    studio.until(lambda: {board.address for board in studio.session.found} >= addresses(boards))
    studio.window.show_page("Room")
    room = studio.window.page("Room")
    assert isinstance(room, RoomView)
    studio.until(room.connect_button.isEnabled)
    studio.click(room.connect_button)
    links = studio.session.links
    studio.until(
        lambda: (
            set(links) == addresses(boards)
            and all(link.state is LinkState.CONNECTED and link.ring for link in links.values())
        )
    )
    return room


def addresses(boards: tuple[Board, ...]) -> set[str]:
    return {board.address for board in boards}


def recorded(link: BoardLink, label: str | None = None) -> int:
    """Samples of the recording that goes on with this label asked for."""
    running = link.recording
    return running.quality.samples if running is not None and running.label == label else 0


def test_a_room_is_recorded_into_one_session(studio: Studio, start_board: StartBoard) -> None:
    """Each board with its pupil, labels at the same moment, and the loss of one is its own."""
    names = ("ML-A", "ML-B", "ML-C")
    boards = [start_board("--name", name, "--activity", "walking") for name in names]
    room = connect_all(studio, *boards)
    links = [studio.session.links[board.address] for board in boards]
    studio.session.preferences.set_class_list(["Ada", "Bo", "Cy"])
    studio.click(room.next_button)
    studio.window.show_page("Record")
    record = studio.window.page("Record")
    pupil = studio.session.preferences.pupil(studio.board.address)
    assert record.pupil.isVisible()
    assert record.pupil.text().startswith(f"{pupil} wears {studio.board.name}")
    studio.window.show_page("Room")
    studio.click(room.record_button)
    studio.until(lambda: all(recorded(link) > 240 for link in links))
    studio.until(room.label.isEnabled)
    room.label.setCurrentText("walking")
    room.label.activated.emit(room.label.findText("walking"))
    studio.until(lambda: all(recorded(link, "walking") for link in links))
    boards[2].kill()
    studio.until(lambda: room.tiles[boards[2].address].property("alarm"))
    assert "no data from ML-C" in room.summary.words
    assert "ML-A" not in room.summary.words.partition("no data")[2]
    held = max(recorded(link, "walking") for link in links[:2])
    studio.until(lambda: all(recorded(link, "walking") > held + 120 for link in links[:2]))
    assert room.record_button.text() == "Stop all"
    studio.click(room.record_button)
    studio.until(lambda: all(link.recording is None for link in links))

    made = [Recording.open(path) for path in recording_folders(studio.session.recordings_folder)]
    assert [(one.board.name, one.wearer) for one in made] == [
        ("ML-A", "Ada"), ("ML-B", "Bo"), ("ML-C", "Cy"),
    ]  # fmt: skip
    assert len({one.description.session for one in made} - {""}) == 1
    assert len({one.name for one in made}) == 1
    assert [one.quality.lost for one in made[:2]] == [0, 0]
    began_us = []
    for one in made[:2]:
        assert (one.problems, one.labels) == ((), ["walking"])
        start_us = np.array([one.segments[0].start_us])
        began_us.append(utc_us(one.description.clock, start_us)[0])
    apart_us = abs(began_us[0] - began_us[1])
    assert apart_us < 1e6 / made[0].rate_hz + 20_000  # a sample, and what the clocks do not know
    assert studio.failures == []


def test_one_model_for_a_room(studio: Studio, start_board: StartBoard) -> None:
    """A board that goes while it waits for its turn is named, and the others get the model."""
    boards = [start_board("--name", f"ML-{number}") for number in range(2)]
    model = studio.session.models_folder / "builtin"
    model.mkdir(parents=True)
    (model / PACKAGE_FILE).write_bytes(BUILTIN.read_bytes())
    (model / METRICS_FILE).write_bytes(BUILTIN.with_suffix(".json").read_bytes())
    room = connect_all(studio, *boards)
    first, second = (studio.session.links[board.address] for board in boards)
    jobs = studio.session.training

    def pushes(*links: BoardLink) -> bool:
        return all(room.tiles[link.address].model.words.startswith("pushing") for link in links)

    studio.until(room.push_button.isEnabled)
    studio.click(room.push_button)
    studio.until(lambda: pushes(first, second))
    studio.press(Qt.Key.Key_Escape)
    studio.until(lambda: not jobs.running)
    assert not first.has_model
    assert not second.has_model
    assert studio.failures == []

    boards[1].kill()
    studio.until(lambda: second.state is LinkState.LOST)
    studio.until(room.push_button.isEnabled)
    studio.click(room.push_button)
    studio.until(lambda: pushes(first))
    studio.until(lambda: not jobs.running, 90)
    assert first.has_model
    (said,) = studio.failures
    assert said.startswith("1 of 2 boards do not run the new model. ML-1")
    room.refresh()
    assert room.tiles[first.address].model.words == ", ".join(first.labels)
    assert room.tiles[second.address].model.words == "no new model"
    assert "ML-1" in room.tiles[second.address].model.toolTip()
