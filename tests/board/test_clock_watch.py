"""UTC of what a virtual board measured, against the board's own clock; and in its recording."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import numpy as np
import pytest

from motionloop.board import clock_watch
from motionloop.board.recorder import record
from motionloop.recordings.clock import utc_us
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import Description, RecordedBoard
from motionloop.recordings.writer import RecordingWriter, recover
from motionloop.virtual.board import VirtualBoard

pytestmark = pytest.mark.slow

UTC_S = 1_790_000_000.0


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """UTC goes with the event loop's time that jumps."""
    monkeypatch.setattr(clock_watch, "_utc_offset_s", lambda: UTC_S)


def true_us(board: VirtualBoard, t_us: float) -> float:
    """UTC when the board's clock said `t_us`, in microseconds since 1970."""
    began_s = asyncio.get_running_loop().time() - board.clock.elapsed_us() * 1e-6
    return (UTC_S + began_s) * 1e6 + t_us / (1 + board.clock.drift_ppm * 1e-6)


async def writer_of(client, folder: Path) -> RecordingWriter:
    board = RecordedBoard.from_info(client.info, client.board.name, client.board.address)
    clock = asyncio.get_running_loop().time
    return RecordingWriter.create(folder, board, clock=clock)


async def record_for(client, writer: RecordingWriter, seconds: float) -> None:
    stream = record(client, writer)
    now = asyncio.get_running_loop().time
    end_s = now() + seconds
    async for _ in stream:
        if now() >= end_s:
            break
    await stream.aclose()


@pytest.mark.virtual_time
async def test_utc_and_drift_of_a_recording_are_the_boards(boards, tmp_path: Path) -> None:
    board = await boards.start(drift_ppm=80.0)
    client = await boards.client(board)
    with await writer_of(client, tmp_path / "r") as writer:
        await record_for(client, writer, 45.0)
    recording = Recording.open(tmp_path / "r")
    (span,) = recording.description.clock
    assert span.from_us == recording.start_us
    assert span.drift_ppm == pytest.approx(80.0, abs=span.drift_uncertainty_ppm)
    off_us = utc_us(recording.description.clock, recording.t_us[[0, -1]])
    off_us -= [true_us(board, t_us) for t_us in recording.t_us[[0, -1]].tolist()]
    assert np.abs(off_us).max() < 5000
    assert np.abs(off_us).max() / 1000 < span.uncertainty_ms
    document = json.loads((tmp_path / "r/recording.json").read_text())
    assert document["clock"][0]["utc"].startswith("2026-09-")


@pytest.mark.virtual_time
async def test_a_second_is_enough_to_know_the_moment(boards, tmp_path: Path) -> None:
    board = await boards.start()
    client = await boards.client(board)
    with await writer_of(client, tmp_path / "r") as writer:
        await record_for(client, writer, 1.0)
    (span,) = Recording.open(tmp_path / "r").description.clock
    assert span.drift_ppm is None
    assert span.utc_us == pytest.approx(true_us(board, span.from_us), abs=5000)


@pytest.mark.virtual_time
async def test_a_kill_leaves_what_was_known(boards, tmp_path: Path) -> None:
    board = await boards.start()
    client = await boards.client(board)
    writer = await writer_of(client, tmp_path / "r")
    stream = record(client, writer)
    now = asyncio.get_running_loop().time
    end_s = now() + 5.0
    async for _ in stream:
        if now() >= end_s:
            break
    (span,) = Description.load(tmp_path / "r").clock  # while it goes on
    assert span.utc_us == pytest.approx(true_us(board, span.from_us), abs=5000)
    await stream.aclose()
    writer._file.close()  # as the system does to a killed program
    assert recover(tmp_path / "r").description.clock == (span,)


@pytest.mark.virtual_time
async def test_a_restart_and_a_pause_begin_a_clock_of_their_own(boards, tmp_path: Path) -> None:
    board = await boards.start(drift_ppm=-60.0)
    client = await boards.client(board)
    with await writer_of(client, tmp_path / "r") as writer:
        recording = asyncio.create_task(record_for(client, writer, 30.0))
        await asyncio.sleep(15.0)
        await boards.stop(board)
        again = await boards.start(drift_ppm=50.0, address=board.address)
        await recording
        offset_us = writer._description.t_offset_us
    document = Recording.open(tmp_path / "r").description
    first, second = document.clock
    assert first.utc_us == pytest.approx(true_us(board, first.from_us), abs=5000)
    assert second.utc_us == pytest.approx(true_us(again, second.from_us - offset_us), abs=5000)
    # It goes on later without an answer: the clock before says nothing of the new samples.
    with RecordingWriter.append_to(tmp_path / "r") as writer:
        last_us = writer.last_us - offset_us
        t_us = last_us + 10_000_000 + np.arange(5) * 8403
        writer.append(10**6, t_us, np.zeros((5, 6), np.int16))
    recording = Recording.open(tmp_path / "r")
    assert recording.description.clock[:2] == (first, second)
    assert np.isnan(utc_us(recording.description.clock, recording.t_us)).sum() == 5


@pytest.mark.virtual_time
async def test_a_link_that_was_lost_keeps_the_clock(boards, tmp_path: Path) -> None:
    board = await boards.start(drift_ppm=30.0)
    client = await boards.client(board)
    with await writer_of(client, tmp_path / "r") as writer:
        recording = asyncio.create_task(record_for(client, writer, 30.0))
        for _ in range(3):
            await asyncio.sleep(7.0)
            board.disconnect()
        await recording
    (span,) = Recording.open(tmp_path / "r").description.clock
    assert span.utc_us == pytest.approx(true_us(board, span.from_us), abs=5000)
    assert client.reconnects == 3


@pytest.mark.virtual_time
async def test_the_end_of_a_recording_does_not_wait_for_a_lost_link(boards, tmp_path: Path) -> None:
    """`predictions` looks for the board meanwhile, and nobody else may ask."""
    board = await boards.start()
    client = await boards.client(board)
    now = asyncio.get_running_loop().time

    async def predict() -> None:
        async for _ in client.predictions():
            pass

    predicting = asyncio.create_task(predict())
    with await writer_of(client, tmp_path / "r") as writer:
        recording = asyncio.create_task(record_for(client, writer, 60.0))
        await asyncio.sleep(5.0)
        await boards.stop(board)
        await asyncio.sleep(10.0)
        ended_s = now()
        recording.cancel()
        await asyncio.wait([recording])
        assert now() - ended_s < 2.0
    predicting.cancel()
    assert len(Recording.open(tmp_path / "r").description.clock) == 1
