"""A recording that was cut off with the studio goes on when its board is connected again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from motionloop.board.link import RadioChoice, find_board
from motionloop.board.recorder import Step
from motionloop.recordings.recording import Recording
from motionloop.recordings.unfinished import unfinished
from motionloop.studio.boards.board_link import BoardLink
from motionloop.virtual.board import VirtualBoard
from tests.system.test_going_on import ADDRESS, cut_off

pytestmark = [pytest.mark.virtual_time, pytest.mark.slow]


class Heard:
    """A `Listener` that keeps what it hears."""

    def __init__(self) -> None:
        self.went_on: list[Path] = []
        self.failures: list[str] = []

    def recording_went_on(self, link: BoardLink, cut_off: Any) -> None:
        self.went_on.append(cut_off.path)

    def failed_in_loop(self, message: str) -> None:
        self.failures.append(message)

    def board_changed(self, link: BoardLink) -> None: ...
    def board_claimed(self, link: BoardLink) -> None: ...
    def recording_state_changed(self, link: BoardLink) -> None: ...
    def label_began(self, link: BoardLink, label: str) -> None: ...
    def prediction_made(self, link: BoardLink, prediction: Any) -> None: ...


@asynccontextmanager
async def linked(board: VirtualBoard, folder: Path, heard: Heard) -> AsyncIterator[BoardLink]:
    found = await find_board(board.address, 10.0, RadioChoice.VIRTUAL)
    link = BoardLink(found, heard, folder, asyncio.Semaphore(1))
    link.cut_off = next(iter(unfinished(folder)), None)
    running = asyncio.create_task(link.run())
    try:
        yield link
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def test_all_samples_and_the_label_go_on(boards, tmp_path: Path) -> None:
    board = await boards.start()
    killed = await cut_off(board, tmp_path / "walk", [Step("walking", 30.0)], 5.0)
    await asyncio.sleep(15)
    heard = Heard()
    async with linked(board, tmp_path, heard) as link:
        while link.recording is not None or not heard.went_on:  # noqa: ASYNC110, virtual time
            await asyncio.sleep(0.5)
    assert (heard.went_on, heard.failures) == ([killed], [])
    recording = Recording.open(killed)
    assert (recording.quality.lost, recording.gaps, recording.problems) == (0, (), ())
    assert recording.quality.duration_s == pytest.approx(30, abs=0.3)
    (segment,) = recording.segments
    assert (segment.label, segment.end_us) == ("walking", recording.end_us)


async def test_a_recording_of_an_earlier_start_of_the_board_stays_as_it_is(
    boards, tmp_path: Path
) -> None:
    board = await boards.start(address=ADDRESS)
    killed = await cut_off(board, tmp_path / "walk", [Step("walking", 30.0)], 5.0)
    await boards.stop(board)
    again = await boards.start(address=ADDRESS)
    samples = (killed / "samples.csv").read_bytes()
    heard = Heard()
    async with linked(again, tmp_path, heard) as link:
        await asyncio.sleep(5)
        assert link.recording is None
    assert (heard.went_on, heard.failures) == ([], [])
    assert (killed / "samples.csv").read_bytes() == samples
