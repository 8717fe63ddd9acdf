"""Sequence numbers on the wire begin again after 2^32 samples; on this computer they go on."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from motionloop import wire
from motionloop.board.client import BoardClient
from motionloop.board.packets import Packet, Reassembly, parse_packet, unwrapped
from motionloop.board.recorder import record
from motionloop.board.shadow import Shadow
from motionloop.model.package import unpack_package
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.writer import SEQ_NUMBERS, RecordingWriter
from motionloop.studio.boards.sample_ring import SampleRing

pytestmark = pytest.mark.virtual_time
BEFORE = 300  # samples before the numbers begin again
FIRST = SEQ_NUMBERS - BEFORE


@pytest.mark.parametrize(
    ("on_wire", "near", "number"),
    [
        (7, None, 7),
        (SEQ_NUMBERS - 1, None, SEQ_NUMBERS - 1),
        (3, SEQ_NUMBERS - 5, SEQ_NUMBERS + 3),
        (SEQ_NUMBERS - 5, SEQ_NUMBERS + 3, SEQ_NUMBERS - 5),
        (3, 5 * SEQ_NUMBERS - 1, 5 * SEQ_NUMBERS + 3),
        (SEQ_NUMBERS - 1, 3, SEQ_NUMBERS - 1),  # none is below 0
    ],
)
async def test_a_number_lies_near_the_last_one(on_wire: int, near: int | None, number: int) -> None:
    assert unwrapped(on_wire, near) == number


async def until(client: BoardClient, end_seq: int) -> list[Packet]:
    packets = []
    async for packet in client.stream():
        packets.append(packet)
        if packet.next_seq >= end_seq:
            break
    return packets


async def test_a_stream_goes_on_without_a_gap(boards) -> None:
    client = await boards.client(await boards.start(first_seq=FIRST))
    packets = await until(client, SEQ_NUMBERS + 200)
    assert packets[0].seq < SEQ_NUMBERS - 100
    assert all(after.seq == before.next_seq for before, after in pairwise(packets))
    assert {packet.gap for packet in packets} == {None}
    assert client.duplicated == 0


@pytest.mark.parametrize("at", [SEQ_NUMBERS - 60, SEQ_NUMBERS - 1, SEQ_NUMBERS, SEQ_NUMBERS + 30])
async def test_a_link_that_breaks_there_loses_nothing(boards, at: int) -> None:
    board = await boards.start(first_seq=FIRST)
    client = await boards.client(board)
    stream, packets, is_broken = client.stream(), [], False
    async for packet in stream:
        packets.append(packet)
        if packet.next_seq >= at and not is_broken:
            is_broken = True
            board.disconnect()
        if packet.next_seq >= SEQ_NUMBERS + 400:
            break
    assert client.reconnects == 1
    assert all(after.seq == before.next_seq for before, after in pairwise(packets))
    assert {packet.gap for packet in packets} == {None}


async def test_a_number_that_says_from_now_can_be_asked_for(boards) -> None:
    """0xFFFFFFFF is the number of a sample, too."""
    client = await boards.client(await boards.start(first_seq=FIRST))
    await asyncio.sleep(5)
    stream = client.stream(from_seq=wire.FROM_NOW)
    first = await anext(stream)
    assert (first.seq, first.gap) == (SEQ_NUMBERS - 1, None)
    assert (await anext(stream)).seq == first.next_seq
    await stream.aclose()


async def test_samples_that_were_lost_there_are_sent_again(boards) -> None:
    client = await boards.client(await boards.start(first_seq=FIRST))
    stream = client.stream()
    packets = [await anext(stream)]
    order = Reassembly.add_packet

    def losing(self: Reassembly, packet: Packet) -> list[Packet]:
        lost = SEQ_NUMBERS - 20 < packet.seq < SEQ_NUMBERS + 20 and not seen & {packet.seq}
        seen.add(packet.seq)
        return [] if lost else order(self, packet)

    seen: set[int] = set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reassembly, "add_packet", losing)
        async for packet in stream:
            packets.append(packet)
            if packet.next_seq >= SEQ_NUMBERS + 200:
                break
    assert len(seen) > 10
    assert all(after.seq == before.next_seq for before, after in pairwise(packets))
    assert {packet.gap for packet in packets} == {None}


async def test_a_recording_goes_on_without_a_gap(boards, tmp_path: Path) -> None:
    client = await boards.client(await boards.start(first_seq=FIRST))
    board = RecordedBoard.from_info(client.info, "board", "")
    with RecordingWriter.create(tmp_path / "one", board) as writer:
        async for packet in record(client, writer):
            if packet.next_seq >= SEQ_NUMBERS + 200:
                break
    recording = Recording.open(tmp_path / "one")
    assert recording.gaps == ()
    assert (np.diff(recording.seq) == 1).all()
    assert recording.seq[-1] >= SEQ_NUMBERS + 199


async def test_a_later_program_goes_on_with_the_recording(boards, tmp_path: Path) -> None:
    """It knows only the numbers on the wire."""
    board = await boards.start(first_seq=FIRST)
    client = await boards.client(board)
    described = RecordedBoard.from_info(client.info, "board", "")
    with RecordingWriter.create(tmp_path / "one", described) as writer:
        async for packet in record(client, writer):
            if packet.next_seq >= SEQ_NUMBERS - 100:
                break
    await client.__aexit__(None, None, None)
    await asyncio.sleep(4)
    later = await boards.client(board)
    with RecordingWriter.append_to(tmp_path / "one", described) as writer:
        first = None
        async for packet in record(later, writer):
            first = first if first is not None else packet.seq
            if packet.next_seq >= first + 100:
                break
    recording = Recording.open(tmp_path / "one")
    assert first is not None
    assert first < SEQ_NUMBERS / 2
    (gap,) = recording.gaps
    assert gap.after_seq + gap.missing + 1 == SEQ_NUMBERS + first
    assert gap.missing == pytest.approx((gap.end_us - gap.start_us) * 119e-6, abs=3)


@pytest.mark.slow
async def test_the_shadow_compares_each_window_there(boards, package: bytes) -> None:
    client = await boards.client(await boards.start(first_seq=SEQ_NUMBERS - 3000))
    async for _ in client.push(package):
        pass
    shadow = Shadow(unpack_package(package), client.info)
    predictions = client.predictions()

    async def predict() -> None:
        async for prediction in predictions:
            shadow.add_prediction(prediction)
            ends.append(prediction.seq_end)

    ends: list[int] = []
    predicting = asyncio.create_task(predict())
    async for packet in client.stream():
        shadow.add_packet(packet)
        if packet.next_seq >= SEQ_NUMBERS + 600:
            break
    predicting.cancel()
    await asyncio.gather(predicting, return_exceptions=True)
    assert (shadow.differing, shadow.skipped) == (0, 0)
    assert min(ends) < SEQ_NUMBERS < max(ends)
    assert shadow.compared > 30
    assert all(after - before in (38, 39) for before, after in pairwise(ends))


async def test_the_window_keeps_the_samples_there(boards) -> None:
    client = await boards.client(await boards.start(first_seq=FIRST))
    ring = SampleRing(client.info)
    for packet in await until(client, SEQ_NUMBERS + 200):
        ring.add(packet)
    assert ring.quality.lost == 0
    around = ring.stretch(SEQ_NUMBERS - 100, SEQ_NUMBERS + 99)
    assert around is not None
    assert len(around.raw) == 200


async def test_a_packet_is_read_near_a_number() -> None:
    header = wire.MotionHeader(5, 1_000, 8_403, 1, 0).pack()
    assert parse_packet(header + bytes(12), None, SEQ_NUMBERS - 3).seq == SEQ_NUMBERS + 5
