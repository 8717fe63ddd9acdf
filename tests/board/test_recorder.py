"""From a board into a recording, and by a plan."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from benchmarks.hostile.boards import breaks_each, then_says
from benchmarks.hostile.scripted_board import Script, connected, on_air
from motionloop import wire
from motionloop.board.clock_bounds import RoundTrip
from motionloop.board.packets import Packet
from motionloop.board.recorder import Step, follow_plan, record
from motionloop.errors import LinkLostError, MotionLoopError, OtherSamplesError, RecordingError
from motionloop.recordings.plan import parse_plan
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.writer import BOARD_RESTARTED, RecordingWriter
from motionloop.sample_format import SampleFormat


def test_a_plan_is_labels_and_seconds() -> None:
    assert parse_plan("sitting 60, - 0.5,stairs up 12.5") == [
        Step("sitting", 60.0),
        Step(None, 0.5),
        Step("stairs up", 12.5),
    ]


def test_a_plan_has_lines_repetitions_and_labels_with_commas() -> None:
    steps = parse_plan("sitting 40\n\n- 5\nwalking, fast 30\nrepeat 2\nrunning 10, - 2\n")
    sit, rest, fast = Step("sitting", 40.0), Step(None, 5.0), Step("walking, fast", 30.0)
    assert steps == [sit, rest, fast, sit, rest, fast, Step("running", 10.0), Step(None, 2.0)]


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ("sitting 40\nwalking", "Line 2 of the plan: 'walking' is not a label and seconds"),
        ("sitting 40\n\nrepeat 0", "Line 3 of the plan: 'repeat 0'"),
        ("repeat 3\nsitting 40", "Line 1 of the plan: 'repeat 3' makes 0 steps"),
        ("sitting 40\nrepeat 1000000", "Line 2 .* makes 1000000 steps: 1 to 10000"),
        ("\n\n", "has no step"),
        (
            "sitting 40\nunknown 5",
            "Line 2 of the plan: 'unknown 5' cannot be recorded: 'unknown' is the answer",
        ),
        (
            "sitting 40\n" + 25 * "x" + " 5",
            "Line 2 of the plan: 'x+ 5' cannot be recorded: .* longer than the 24 bytes",
        ),
    ],
)
def test_a_plan_of_lines_that_cannot_be_names_the_line(plan: str, words: str) -> None:
    with pytest.raises(MotionLoopError, match=words):
        parse_plan(plan)


@pytest.mark.parametrize(
    ("plan", "part"),
    [
        ("walking", "'walking'"),
        ("walking 60, ", "''"),
        ("walking 60; running 60", "'walking 60; running 60'"),
        ("walking 0", "'walking 0'"),
        ("60", "'60'"),
        ("walking -5", "'walking -5'"),
        ("walking inf", "'walking inf'"),
        ("walking nan", "'walking nan'"),
        ("", "''"),
    ],
)
def test_a_plan_that_cannot_be_names_its_wrong_part(plan: str, part: str) -> None:
    if ";" in plan:
        assert parse_plan(plan) == [Step("walking 60; running", 60.0)]
        return
    with pytest.raises(MotionLoopError, match=r"not a label and seconds.*'walking 60'") as error:
        parse_plan(plan)
    assert part in str(error.value)


async def writer_for(boards, path: Path):
    board = await boards.start()
    client = await boards.client(board)
    described = RecordedBoard.from_info(client.info, board.name, board.address)
    return board, client, RecordingWriter.create(path, described, wearer="Ada")


@pytest.mark.virtual_time
@pytest.mark.parametrize(
    "other",
    [
        {"native_rate_mhz": 952_000},
        {"accel_ng_per_lsb": 488_000},
        {"gyro_nrads_per_lsb": 1},
        {"imu": wire.Imu.BMI270},
    ],
)
async def test_a_board_that_measures_otherwise_after_a_lost_link_ends_the_recording(
    tmp_path: Path, other: dict[str, int]
) -> None:
    script = Script(info=then_says(1, **other), acts=breaks_each(4.0))
    async with on_air(script, tmp_path) as board, await connected(board) as client:
        before = client.info
        described = RecordedBoard.from_info(before, board.name, board.address)
        received = 0
        with RecordingWriter.create(tmp_path / "walk", described) as writer:

            async def go_on() -> None:
                nonlocal received
                async with asyncio.timeout(60):
                    async for packet in record(client, writer):
                        received += len(packet.raw)

            for _ in range(2):  # who tries again is told again
                with pytest.raises(OtherSamplesError, match="begin a new recording"):
                    await go_on()
        assert client.info == before
    recording = Recording.open(tmp_path / "walk")
    assert len(recording.raw) == received > 100
    assert recording.problems == ()


@pytest.mark.virtual_time
async def test_what_is_recorded_is_what_the_board_sent(boards, tmp_path: Path) -> None:
    _, client, writer = await writer_for(boards, tmp_path / "walk")
    packets = []
    with writer:
        stream = record(client, writer)
        async for packet in stream:
            packets.append(packet)
            if len(packets) == 50:
                break
        await stream.aclose()
    recording = Recording.open(tmp_path / "walk")
    assert recording.synthetic
    assert recording.board.imu == "LSM9DS1"
    assert recording.raw.tolist() == [row for p in packets for row in p.raw.tolist()]
    assert recording.t_us.tolist() == [t for p in packets for t in p.t_us.tolist()]
    assert recording.seq[0] == packets[0].seq
    assert recording.problems == ()


@pytest.mark.virtual_time
@pytest.mark.slow
async def test_a_plan_labels_by_the_boards_time_less_the_reaction(boards, tmp_path: Path) -> None:
    _, client, writer = await writer_for(boards, tmp_path / "session")
    steps = [Step("sitting", 4.0), Step(None, 2.0), Step("walking", 3.0)]
    began = []
    with writer:
        async for now in follow_plan(client, writer, steps, reaction_s=1.0):
            if now.began:
                began.append(now.step)
    assert began == steps
    recording = Recording.open(tmp_path / "session")
    spans = [
        (s.label, (s.start_us - recording.start_us) / 1e6, (s.end_us - recording.start_us) / 1e6)
        for s in recording.segments
    ]
    assert [label for label, _, _ in spans] == ["sitting", "walking"]
    # A packet, 17 ms to 160 ms of samples, is the grain of it.
    assert spans[0][1:] == (pytest.approx(1.0, abs=0.2), pytest.approx(5.0, abs=0.2))
    assert spans[1][1:] == (pytest.approx(8.0, abs=0.4), pytest.approx(11.0, abs=0.5))


@pytest.mark.virtual_time
async def test_a_plan_that_is_broken_off_keeps_its_open_segment(boards, tmp_path: Path) -> None:
    _, client, writer = await writer_for(boards, tmp_path / "session")
    with writer:
        plan = follow_plan(client, writer, [Step("sitting", 60.0)])
        async for now in plan:
            if now.elapsed_s > 5:
                break
        await plan.aclose()
    recording = Recording.open(tmp_path / "session")
    assert [s.label for s in recording.segments] == ["sitting"]
    assert recording.segments[0].end_us == recording.end_us
    assert recording.problems == ()


@pytest.mark.virtual_time
async def test_a_label_too_long_for_a_board_stops_the_recording_before_it_is_lost(
    boards, tmp_path: Path
) -> None:
    _, client, writer = await writer_for(boards, tmp_path / "session")
    with writer, pytest.raises(RecordingError, match="longer than the 24 bytes"):
        async for _ in follow_plan(client, writer, [Step("x" * 25, 5.0)]):
            pass
    assert Recording.open(tmp_path / "session").problems == ()


@pytest.mark.virtual_time
async def test_each_step_lasts_as_long_as_planned_and_the_reaction_longer(
    boards, tmp_path: Path
) -> None:
    """By the board's time, to a packet; a pause needs no time to react."""
    _, client, writer = await writer_for(boards, tmp_path / "session")
    heard: list[Packet] = []
    last_s: dict[Step, float] = {}
    with writer:
        steps = [Step("sitting", 4.0), Step(None, 2.0)]
        plan = follow_plan(client, writer, steps, reaction_s=1.0, heard=heard.append)
        async for now in plan:
            assert now.began == (now.step not in last_s)
            assert now.elapsed_s >= last_s.get(now.step, 0.0)
            last_s[now.step] = now.elapsed_s
            if now.step.label is None:
                assert writer.label is None
            elif now.elapsed_s > 1.0:
                assert writer.label == "sitting"
    assert list(last_s) == steps
    assert last_s[steps[0]] == pytest.approx(5.0, abs=0.2)
    assert last_s[steps[1]] == pytest.approx(2.0, abs=0.2)
    assert sum(len(packet.raw) for packet in heard) == writer.quality.samples


class Streaming:
    """A client that streams these packets, one each second, and never says its time."""

    info = SimpleNamespace(boot_id=1)

    def __init__(self, *packets: Packet) -> None:
        self._packets = packets

    async def round_trip(self) -> RoundTrip:
        raise LinkLostError("no answer")

    async def stream(self, *_: int) -> AsyncGenerator[Packet, None]:
        for packet in self._packets:
            await asyncio.sleep(1)
            yield packet


@pytest.mark.virtual_time
async def test_gaps_and_restarts_keep_their_reason_and_the_hosts_time(tmp_path: Path) -> None:
    board = RecordedBoard("b", SampleFormat(100.0, 244_000, 1_221_730), boot_id=1)

    def packet(seq: int, **facts: Any) -> Packet:
        t_us = np.arange(seq, seq + 10) * 10_000
        return Packet(seq, t_us, np.zeros((10, 6), np.int16), **facts)

    sent = packet(0), packet(20, gap="away"), packet(30), packet(0, restarted_boot_id=2)
    with RecordingWriter.create(tmp_path / "r", board) as writer:
        async for _ in record(Streaming(*sent), writer):  # type: ignore[arg-type]
            pass
    recording = Recording.open(tmp_path / "r")
    assert [(gap.after_seq, gap.missing, gap.reason) for gap in recording.gaps] == [
        (9, 10, "away"),
        (39, 99, BOARD_RESTARTED),
    ]
    assert recording.board.boot_id == 2
    assert recording.description.clock == ()
    assert recording.t_us[30] - recording.t_us[29] == pytest.approx(1e6, abs=1)
