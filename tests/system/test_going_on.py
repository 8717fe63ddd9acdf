"""A recording goes on after its program was killed: the board sends what is missing."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from motionloop import wire
from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board
from motionloop.board.recorder import Step, follow_plan, go_on
from motionloop.board.streams import LOST_AWAY
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import Description, RecordedBoard
from motionloop.recordings.writer import BOARD_RESTARTED, RecordingWriter
from motionloop.virtual.board import VirtualBoard
from motionloop.virtual.motion import LSM9DS1

pytestmark = [pytest.mark.virtual_time, pytest.mark.slow]

ADDRESS = "C0:00:00:00:00:01"
FOR_EVER = float("inf")


async def connected(board: VirtualBoard) -> BoardClient:
    return BoardClient(await find_board(board.address, 10.0, RadioChoice.VIRTUAL))


async def cut_off(
    board: VirtualBoard, path: Path, steps: Sequence[Step], at_s: float, reaction_s: float = 0.0
) -> Path:
    """Record until so much device time has passed; what the disk then held, as after a kill."""
    killed = path.with_name(f"{path.name}-killed")
    async with await connected(board) as client:
        described = RecordedBoard.from_info(client.info, board.name, board.address)
        with RecordingWriter.create(path, described, wearer="Ada") as writer:
            plan = follow_plan(client, writer, steps, reaction_s)
            first_us = None
            async for _ in plan:
                if writer.last_us is None:
                    continue
                first_us = writer.last_us if first_us is None else first_us
                if writer.last_us - first_us >= at_s * 1e6:
                    break
            shutil.copytree(path, killed)
            await plan.aclose()
    return killed


async def went_on(board: VirtualBoard, path: Path, seconds: float = FOR_EVER) -> Recording:
    """Go on until the plan is done, or for so many seconds of this computer."""
    async with await connected(board) as client:
        writer, from_seq = await go_on(client, path)
        now_s = asyncio.get_running_loop().time
        end_s = now_s() + seconds
        with writer:
            plan = follow_plan(client, writer, None, from_seq=from_seq)
            async for _ in plan:
                if now_s() >= end_s:
                    break
            await plan.aclose()
    return Recording.open(path)


async def test_a_link_that_is_away_for_20_s_loses_nothing(boards, tmp_path: Path) -> None:
    """Also where the sensor is 5 % faster than its name."""
    sensor = replace(LSM9DS1, format=replace(LSM9DS1.format, rate_hz=119 * 1.05))
    board = await boards.start(sensor=sensor)
    left = False
    async with await connected(board) as client:
        described = RecordedBoard.from_info(client.info, board.name, board.address)
        with RecordingWriter.create(tmp_path / "walk", described) as writer:
            async for now in follow_plan(client, writer, [Step("walking", 40.0)]):
                if now.elapsed_s > 5 and not left:
                    left = True
                    board.walk_away(20_000_000)
        assert client.reconnects == 1
    recording = Recording.open(tmp_path / "walk")
    assert (recording.quality.lost, recording.gaps, recording.problems) == (0, (), ())
    (clock,) = recording.description.clock  # one line, across the drop
    assert clock.utc_us is not None


async def test_a_killed_recording_goes_on_with_all_samples_and_its_label(
    boards, tmp_path: Path
) -> None:
    board = await boards.start()
    killed = await cut_off(board, tmp_path / "walk", [Step("walking", 60.0)], 5.0)
    assert Description.load(killed).plan is not None
    await asyncio.sleep(20)
    recording = await went_on(board, killed)
    assert (recording.quality.lost, recording.gaps, recording.problems) == (0, (), ())
    assert (np.diff(recording.seq) == 1).all()
    (segment,) = recording.segments
    assert (segment.label, segment.end_us) == ("walking", recording.end_us)
    assert recording.quality.duration_s == pytest.approx(60, abs=0.3)  # the time away counts
    assert recording.wearer == "Ada"
    assert Description.load(killed).plan is None
    before, after = recording.description.clock  # each process has related the clocks
    assert before.utc_us is not None
    assert after.utc_us is not None
    assert after.from_us == recording.t_us[int(np.searchsorted(recording.t_us, after.from_us))]


async def test_who_is_told_step_by_step_has_no_label_while_nobody_tells(
    boards, tmp_path: Path
) -> None:
    board = await boards.start()
    steps = [Step("sitting", 10.0), Step("walking", 10.0)]
    killed = await cut_off(board, tmp_path / "walk", steps, 6.0, reaction_s=1.0)
    await asyncio.sleep(12)
    recording = await went_on(board, killed)
    assert (recording.quality.lost, recording.gaps) == (0, ())
    assert [s.label for s in recording.segments] == ["sitting", "sitting", "walking"]
    first, again, walking = recording.segments
    assert (again.start_us - first.end_us) / 1e6 == pytest.approx(13, abs=2.5)  # and a reaction
    sat_us = first.end_us - first.start_us + again.end_us - again.start_us
    assert sat_us / 1e6 == pytest.approx(10, abs=0.4)
    assert (walking.end_us - walking.start_us) / 1e6 == pytest.approx(10, abs=0.4)


async def test_what_the_board_no_longer_has_is_declared(boards, tmp_path: Path) -> None:
    sensor = replace(LSM9DS1, format=replace(LSM9DS1.format, rate_hz=238.0))
    board = await boards.start(sensor=sensor)
    killed = await cut_off(board, tmp_path / "walk", [Step(None, FOR_EVER)], 3.0)
    await asyncio.sleep(20)
    recording = await went_on(board, killed, 3.0)
    (gap,) = recording.gaps
    assert gap.reason == LOST_AWAY
    assert 238 * 20 - wire.RING_SAMPLES <= gap.missing <= 238 * 23 - wire.RING_SAMPLES
    assert recording.seq[-1] - recording.seq[0] + 1 == len(recording.seq) + gap.missing


async def test_a_board_that_restarted_meanwhile_goes_on_behind_a_declared_gap(
    boards, tmp_path: Path
) -> None:
    board = await boards.start(address=ADDRESS)
    killed = await cut_off(board, tmp_path / "walk", [Step("walking", FOR_EVER)], 3.0)
    await boards.stop(board)
    again = await boards.start(address=ADDRESS)
    recording = await went_on(again, killed, 3.0)
    assert [gap.reason for gap in recording.gaps] == [BOARD_RESTARTED]
    assert [s.label for s in recording.segments] == ["walking"]
