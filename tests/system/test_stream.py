"""Streaming and recording through the real core and radio: each loss is made good or declared."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from motionloop import wire
from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board
from motionloop.board.packets import Packet
from motionloop.board.recorder import record
from motionloop.board.streams import LOST_AWAY
from motionloop.errors import DiskFullError, LinkLostError
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.writer import BOARD_RESTARTED, RecordingWriter
from motionloop.virtual.board import VirtualBoard
from motionloop.virtual.motion import LSM9DS1

pytestmark = [pytest.mark.virtual_time, pytest.mark.slow]

ADDRESS = "C0:00:00:00:00:01"


async def stream(
    client: BoardClient, samples: int, during: Callable[[int], None] = lambda count: None
) -> list[Packet]:
    """So many samples at least; `during` is told the count after each packet."""
    packets: list[Packet] = []
    count = 0
    async for packet in (iterator := client.stream()):
        packets.append(packet)
        count += len(packet.raw)
        during(count)
        if count >= samples:
            break
    await iterator.aclose()
    return packets


def numbers(packets: list[Packet]) -> np.ndarray:
    return np.concatenate([np.arange(p.seq, p.next_seq) for p in packets])


def once(at: int, action: Callable[[], Any]) -> Callable[[int], None]:
    """Do `action` when `at` samples have come."""
    done = []

    def during(count: int) -> None:
        if count >= at and not done:
            done.append(action())

    return during


async def test_a_short_loss_of_the_link_loses_no_sample(boards) -> None:
    board = await boards.start()
    client = await boards.client(board)
    packets = await stream(client, 1200, once(300, board.radio.disconnect))
    assert client.reconnects == 1
    assert (np.diff(numbers(packets)) == 1).all()
    assert [p.gap for p in packets if p.gap] == []


async def test_links_lost_again_and_again_lose_no_sample(boards) -> None:
    """Also while reconnecting: the link breaks at all stages of coming back."""
    board = await boards.start()
    client = await boards.client(board)
    loop = asyncio.get_running_loop()
    for number in range(20):  # ever longer apart: in vain at first, then with time to stream
        loop.call_later(1 + 0.06 * number**2, board.radio.disconnect)
    packets = await stream(client, 119 * 25)
    assert client.reconnects >= 8
    assert (np.diff(numbers(packets)) == 1).all()
    assert [p.gap for p in packets if p.gap] == []


async def test_a_loss_longer_than_the_boards_memory_is_declared(boards) -> None:
    rate_hz = 238.0
    sensor = replace(LSM9DS1, format=replace(LSM9DS1.format, rate_hz=rate_hz))
    board = await boards.start(sensor=sensor)
    client = await boards.client(board)
    # Out of range: a second central holds the board for 25 s.
    found = client.board

    async def away() -> None:
        board.radio.disconnect()
        async with BoardClient(found):
            await asyncio.sleep(25)

    leaving: list[asyncio.Task[None]] = []
    packets = await stream(
        client, 1500, once(500, lambda: leaving.append(asyncio.create_task(away())))
    )
    await asyncio.gather(*leaving)
    gaps = [(a.next_seq, b.seq, b.gap) for a, b in pairwise(packets) if b.gap]
    assert [reason for _, _, reason in gaps] == [LOST_AWAY]
    jumps = np.diff(numbers(packets))
    assert (jumps > 1).sum() == 1
    # What the ring still held came back: the loss is the time away less the ring.
    missing = gaps[0][1] - gaps[0][0]
    assert rate_hz * 25 - wire.RING_SAMPLES <= missing <= rate_hz * 28 - wire.RING_SAMPLES


async def test_a_board_that_stays_away_is_told_and_what_came_before_stays(
    boards, tmp_path: Path
) -> None:
    board = await boards.start()
    client = await boards.client(board)
    path = tmp_path / "walk"

    async def until_it_ends() -> None:
        with RecordingWriter.create(path, description(client)) as writer:
            writer.begin_segment("walking")
            async for _ in record(client, writer):
                if writer.quality.samples >= 500 and board.radio.connected:
                    await boards.stop(board)

    with pytest.raises(LinkLostError, match=r"did not come back within 30 s\. Check its power"):
        await until_it_ends()
    recording = Recording.open(path)
    assert recording.problems == ()
    assert recording.quality.samples >= 500
    assert recording.segments[0].end_us == recording.end_us


def description(client: BoardClient) -> RecordedBoard:
    return RecordedBoard.from_info(client.info, client.board.name, client.board.address)


async def recorded(
    client: BoardClient, path: Path, samples: int, during: Callable[[int], Any]
) -> Recording:
    """Record so many samples; what `during` returns is awaited if it can be."""
    with RecordingWriter.create(path, description(client)) as writer:
        stream = record(client, writer)
        async for _ in stream:
            if (action := during(writer.quality.samples)) is not None:
                await action
            if writer.quality.samples >= samples:
                break
        await stream.aclose()
    return Recording.open(path)


async def test_recording_goes_on_after_a_lost_link_without_a_gap(boards, tmp_path: Path) -> None:
    board = await boards.start()
    client = await boards.client(board)
    for phase, name in enumerate(("one", "two", "three")):
        break_at = once(200 + 7 * phase, board.radio.disconnect)
        recording = await recorded(client, tmp_path / name, 900, break_at)
        assert recording.problems == ()
        assert (recording.quality.lost, recording.gaps) == (0, ())
        assert (np.diff(recording.seq) == 1).all()


async def test_recording_goes_on_after_the_board_restarted(boards, tmp_path: Path) -> None:
    board = await boards.start(address=ADDRESS)
    client = await boards.client(board)
    restarts: list[VirtualBoard] = []

    async def restart() -> None:
        await boards.stop(board)
        await asyncio.sleep(5)
        restarts.append(await boards.start(address=ADDRESS))

    def during(count: int) -> Any:
        return restart() if count >= 300 and not restarts else None

    recording = await recorded(client, tmp_path / "walk", 900, during)
    assert recording.problems == ()
    assert [gap.reason for gap in recording.gaps] == [BOARD_RESTARTED]
    assert (np.diff(recording.seq) >= 1).all()
    gap = recording.gaps[0]
    # The board's clock stopped: the time away is the host's.
    assert 5e6 <= gap.end_us - gap.start_us <= 8e6
    assert gap.missing == pytest.approx((gap.end_us - gap.start_us) * 119e-6, abs=2)
    assert recording.board.boot_id == client.info.boot_id


async def test_a_restarted_board_that_is_lost_again_before_it_streams(boards) -> None:
    """Its numbers began again: waiting for the old ones would hide minutes of samples."""
    for delay_s in np.arange(0.0, 0.2, 0.04):
        board = await boards.start(address=ADDRESS)
        client = await boards.client(board)
        await asyncio.sleep(6)  # numbers that the restarted board takes long to reach

        async def restart(board: VirtualBoard, client: BoardClient, delay_s: float) -> VirtualBoard:
            await boards.stop(board)
            new = await boards.start(address=ADDRESS)
            while client.reconnects == 0:  # noqa: ASYNC110, in virtual time
                await asyncio.sleep(0.001)
            await asyncio.sleep(delay_s)
            new.radio.disconnect()
            return new

        restarting: list[asyncio.Task[VirtualBoard]] = []
        action = once(
            100,
            lambda b=board, c=client, d=delay_s, r=restarting: r.append(
                asyncio.create_task(restart(b, c, d))
            ),
        )
        packets = await asyncio.wait_for(stream(client, 400, action), 10)
        assert [p.restarted_boot_id is not None for p in packets].count(True) == 1
        second = next(i for i, p in enumerate(packets) if p.restarted_boot_id is not None)
        assert packets[second].seq < 400
        for part in (packets[:second], packets[second:]):
            assert (np.diff(numbers(part)) == 1).all()
        await client.__aexit__(None, None, None)
        await boards.stop(await restarting[0])


async def test_link_lost_at_any_moment_of_connecting_is_connected_again(boards) -> None:
    """From the connection request over discovery and the board's info to the subscription."""
    board = await boards.start()
    found = await find_board(board.address, 10, RadioChoice.VIRTUAL)
    loop = asyncio.get_running_loop()
    for delay_s in np.arange(0.0, 0.9, 0.04):
        breaking = loop.call_later(delay_s, board.radio.disconnect)
        async with BoardClient(found) as client:
            breaking.cancel()
            assert (await client.status()).bad_commands == 0


async def test_link_lost_at_any_moment_of_beginning_a_stream_is_taken_up(boards) -> None:
    """A recording does not end because the link broke as it began."""
    board = await boards.start()
    loop = asyncio.get_running_loop()
    lost = 0
    for delay_s in np.arange(0.0, 0.12, 0.01):
        client = await boards.client(board)
        breaking = loop.call_later(delay_s, board.radio.disconnect)
        packets = await stream(client, 60)
        breaking.cancel()
        lost += client.reconnects
        assert (np.diff(numbers(packets)) == 1).all()
        await client.__aexit__(None, None, None)
    assert lost >= 9


async def test_streams_one_after_the_other_over_one_link(boards) -> None:
    board = await boards.start()
    client = await boards.client(board)
    for _ in range(3):
        packets = await stream(client, 200)
        assert (np.diff(numbers(packets)) == 1).all()
        assert packets[0].gap is None
    assert client.reconnects == 0


async def test_a_stall_of_half_a_second_loses_nothing(boards) -> None:
    board = await boards.start()
    client = await boards.client(board)
    packets = await stream(client, 900, once(300, lambda: board.radio.stall(500_000)))
    assert client.reconnects == 0
    assert (np.diff(numbers(packets)) == 1).all()
    assert [p.gap for p in packets if p.gap] == []


@pytest.mark.parametrize("drift_ppm", [-200.0, 200.0])
async def test_a_drifting_clock_is_the_recordings_time_and_no_gap(
    boards, tmp_path: Path, drift_ppm: float
) -> None:
    board = await boards.start(drift_ppm=drift_ppm)
    client = await boards.client(board)
    recording = await recorded(client, tmp_path / "walk", 119 * 20, lambda count: None)
    assert recording.gaps == ()
    assert recording.quality.rate_hz == pytest.approx(119 / (1 + drift_ppm * 1e-6), rel=4e-5)
    period_us = np.diff(recording.t_us)
    assert period_us.min() > 8_000
    assert period_us.max() < 9_000


@pytest.mark.parametrize("speed", [0.5, 15.0])
async def test_speed_changes_the_hosts_time_only(boards, tmp_path: Path, speed: float) -> None:
    board = await boards.start(speed=speed)
    client = await boards.client(board)
    loop = asyncio.get_running_loop()
    begin_s = loop.time()
    recording = await recorded(client, tmp_path / "walk", 119 * 12, lambda count: None)
    assert (loop.time() - begin_s) * speed == pytest.approx(12, abs=1.5)
    assert recording.gaps == ()
    assert recording.quality.rate_hz == pytest.approx(119, rel=1e-4)


async def test_a_busy_computer_slows_a_fast_board_instead_of_losing_samples(boards) -> None:
    """Two seconds in which nothing of this process ran are half a minute of board time."""
    board = await boards.start(speed=15.0)
    client = await boards.client(board)
    selector = asyncio.get_running_loop()._jumping

    def pause() -> None:
        selector.now_s += 2.0

    packets = await stream(client, 6000, once(500, pause))
    assert (np.diff(numbers(packets)) == 1).all()
    assert [p.gap for p in packets if p.gap] == []


@pytest.mark.skipif(sys.platform == "win32", reason="no RLIMIT_FSIZE on Windows")
async def test_a_full_disk_stops_the_recording_and_keeps_what_was_written(
    boards, tmp_path: Path
) -> None:
    import resource

    board = await boards.start()
    client = await boards.client(board)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, before[1]))
    try:
        with pytest.raises(DiskFullError, match=r"disk is full at .*stay readable.*Make room"):
            await recorded(client, tmp_path / "walk", 100_000, lambda count: None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    recording = Recording.open(tmp_path / "walk")
    assert recording.quality.samples > 300
    assert recording.quality.lost == 0
    # The board is still there, and the next recording has room.
    again = await recorded(client, tmp_path / "again", 200, lambda count: None)
    assert again.problems == ()
