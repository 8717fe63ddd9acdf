"""Stop ends a recording at once, whatever the link to its board does."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest

from motionloop.board.client import PushStage
from motionloop.board.recorder import close_writer
from motionloop.errors import LinkLostError
from motionloop.recordings.recording import Recording
from motionloop.recordings.writer import RecordingWriter
from motionloop.studio.boards import board_link, sample_ring
from motionloop.studio.boards.board_link import BoardLink, LinkState
from tests.studio.boards.test_going_on import Heard, linked

pytestmark = pytest.mark.virtual_time


@pytest.fixture(autouse=True)
def ring_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The silence of a board goes with the event loop's time that jumps."""
    clock = SimpleNamespace(monotonic=lambda: asyncio.get_running_loop().time())
    monkeypatch.setattr(sample_ring, "time", clock)


async def begin(link: BoardLink, path: Path) -> None:
    while link.ring is None or link.ring.last_us is None:  # noqa: ASYNC110, virtual time
        await asyncio.sleep(0.1)
    await link.start_recording(path, "Ada", "wrist")
    await asyncio.sleep(3.0)


async def test_stop_ends_the_recording_of_a_dead_board_at_once(boards, tmp_path: Path) -> None:
    board = await boards.start()
    heard, now = Heard(), asyncio.get_running_loop().time
    async with linked(board, tmp_path, heard) as link:
        await begin(link, tmp_path / "r")
        await boards.stop(board)
        await asyncio.sleep(9.0)
        assert link.state is LinkState.LOST
        pressed_s = now()
        presses = [asyncio.create_task(link.stop_recording()) for _ in range(3)]
        await asyncio.sleep(0)
        assert link.recording is not None
        assert link.recording.is_ending
        await asyncio.gather(*presses)
        assert now() - pressed_s < 2.0
        assert link.recording is None
    assert heard.failures == []
    recording = Recording.open(tmp_path / "r")
    assert recording.problems == ()
    assert recording.description.closed
    assert recording.description.notes == (
        f"Stopped 9 s after the last data from {link.name}: the link was lost."
    )


async def test_no_recording_of_a_dead_board_begins(boards, tmp_path: Path) -> None:
    board = await boards.start()
    async with linked(board, tmp_path, Heard()) as link:
        await begin(link, tmp_path / "r")
        await link.stop_recording()
        await boards.stop(board)
        await asyncio.sleep(9.0)
        with pytest.raises(LinkLostError, match="Nothing can be recorded now"):
            await link.start_recording(tmp_path / "nothing", "Ada", "wrist")
    assert not (tmp_path / "nothing").exists()


async def test_stop_waits_a_second_for_a_board_that_hangs(boards, tmp_path: Path) -> None:
    board = await boards.start()
    heard, now = Heard(), asyncio.get_running_loop().time
    async with linked(board, tmp_path, heard) as link:
        await begin(link, tmp_path / "r")
        board.radio.stall(5_900_000)  # the link stays up
        await asyncio.sleep(2.5)
        pressed_s = now()
        await link.stop_recording()
        assert now() - pressed_s <= 2.1
    assert heard.failures == []
    notes = Recording.open(tmp_path / "r").description.notes
    assert notes == f"Stopped 2 s after the last data from {link.name}."


@pytest.mark.parametrize("later_s", [0.0, 0.5])
async def test_stop_and_disconnect_together_close_the_recording_once(
    boards, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, later_s: float
) -> None:
    async def press_later() -> None:
        await asyncio.sleep(later_s)
        await link.stop_recording()

    async def close_slowly(writer: RecordingWriter) -> None:
        await asyncio.sleep(1.0)
        await close_writer(writer)

    monkeypatch.setattr(board_link, "close_writer", close_slowly)
    board = await boards.start()
    heard = Heard()
    async with linked(board, tmp_path, heard) as link:
        await begin(link, tmp_path / "r")
        await boards.stop(board)
        await asyncio.sleep(9.0)
        presses = [asyncio.create_task(press_later()) for _ in range(3)]
        await asyncio.sleep(0)
    await asyncio.gather(*presses)  # no RecordingError: it is closed before it is described
    assert heard.failures == []
    recording = Recording.open(tmp_path / "r")
    assert (recording.problems, recording.description.closed) == ((), True)
    assert recording.description.notes.count("Stopped") == 1


async def test_a_push_ends_when_its_board_is_disconnected(
    boards, tmp_path: Path, package: bytes
) -> None:
    board = await boards.start()
    async with linked(board, tmp_path, Heard()) as link:
        while link.state is not LinkState.CONNECTED:  # noqa: ASYNC110, virtual time
            await asyncio.sleep(0.1)
        pushing = link.push(package, tmp_path / "a.mlpkg")
        async for now in pushing:
            if now.stage is PushStage.SEND:
                break
    with pytest.raises(LinkLostError, match="was disconnected meanwhile"):
        await anext(pushing)
    with pytest.raises(LinkLostError, match="was disconnected meanwhile"):
        link.client()
    assert not board.radio.connected
