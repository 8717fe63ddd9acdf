"""BoardClient against the real core: commands, typed refusals, versions, push and predictions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from bleak.backends.device import BLEDevice
from hypothesis import given
from hypothesis import strategies as st

from motionloop import wire
from motionloop.board.client import BoardClient, PushStage
from motionloop.board.link import FoundBoard, RadioChoice, find_board
from motionloop.board.packets import parse_packet
from motionloop.board.prediction import parse_prediction
from motionloop.board.requests import check_wire
from motionloop.errors import BoardRefusedError, LinkLostError, WireVersionError
from motionloop.model.package import model_id, unpack_package
from motionloop.recordings.recording import LOST_ON_LINK
from motionloop.virtual.motion import BMI270
from motionloop.wire import Opcode, Status
from tests.packages import unsigned

virtual_time = pytest.mark.virtual_time
ADDRESS = "C0:00:00:00:00:01"
FOUND = FoundBoard("ML-3F7A", ADDRESS, -60, False, BLEDevice(ADDRESS, "ML-3F7A", None))


async def push(client: BoardClient, package: bytes) -> list[PushStage]:
    return [now.stage async for now in client.push(package)]


# --- versions -----------------------------------------------------------------------------------
def info(version: tuple[int, int, int], wire_hash: int) -> bytes:
    return wire_hash.to_bytes(4, "little") + bytes(version) + bytes(wire.Info.SIZE - 7)


@pytest.mark.parametrize(
    ("version", "advice"),
    [
        ((0, 0, 9), "Update the board"),
        (wire.FIRMWARE_VERSION, "Update the board"),
        ((0, 1, 0), "Update the board"),
        ((0, 2, 1), "Update this program"),
        ((0, 3, 0), "Update this program"),
        ((1, 0, 0), "Update this program"),
    ],
)
def test_another_wire_version_says_which_side_to_update(
    version: tuple[int, int, int], advice: str
) -> None:
    shown = ".".join(map(str, version))
    with pytest.raises(WireVersionError, match=rf"ML-3F7A.*firmware {shown}.*{advice}"):
        check_wire(info(version, wire.WIRE_HASH ^ 1), FOUND)
    assert check_wire(info(version, wire.WIRE_HASH), FOUND).firmware_minor == version[1]


@given(st.binary(max_size=wire.Info.SIZE - 1))
def test_an_info_that_is_cut_short_is_of_another_version(value: bytes) -> None:
    with pytest.raises(WireVersionError, match="Update"):
        check_wire(value, FOUND)


def test_an_info_of_our_version_that_is_cut_short_is_of_another_version() -> None:
    with pytest.raises(WireVersionError, match="Update"):
        check_wire(info(wire.FIRMWARE_VERSION, wire.WIRE_HASH)[:-1], FOUND)


@virtual_time
async def test_a_board_of_another_wire_version_is_let_go(boards) -> None:
    board = await boards.start(wire_hash=wire.WIRE_HASH ^ 1)
    with pytest.raises(WireVersionError, match=rf"{board.name}.*motionloop flash"):
        await boards.client(board)
    await asyncio.sleep(1)
    assert not board.radio.connected  # free for the program that knows it


# --- commands -----------------------------------------------------------------------------------
@virtual_time
async def test_a_board_describes_itself_and_counts(boards) -> None:
    board = await boards.start(sensor=BMI270)
    client = await boards.client(board)
    assert client.info.native_rate_mhz == 99_840
    assert client.info.imu == wire.Imu.BMI270
    assert client.info.flags == wire.BoardFlag.VIRTUAL | wire.BoardFlag.SYNTHETIC
    assert client.info.active_slot == wire.NO_SLOT
    await asyncio.sleep(40)
    counters = await client.status()
    assert counters.now_us * 99.84e-6 == pytest.approx(counters.next_seq, abs=5)
    assert counters.next_seq - counters.oldest_seq == wire.RING_SAMPLES
    assert (counters.sensor_gaps, counters.bad_commands, counters.predictions) == (0, 0, 0)


@virtual_time
@pytest.mark.slow
async def test_a_link_carries_more_commands_than_a_tag_can_count(boards) -> None:
    client = await boards.client(await boards.start())
    for _ in range(260):
        await client.status()
    assert (client.reconnects, client.bad_packets) == (0, 0)


@virtual_time
async def test_a_reply_to_another_command_is_not_taken(boards) -> None:
    """Such as one that came after its command was given up."""
    board = await boards.start()
    client = await boards.client(board)
    await client.status()
    counters = bytes(wire.Counters.SIZE)
    before = client._tag
    for opcode, tag in ((Opcode.STATUS, before), (Opcode.IDENTIFY, before + 1)):
        late = wire.ReplyHeader(opcode, tag, Status.OK, 0, 0).pack() + counters
        asyncio.get_running_loop().call_later(0.001, client._on_reply, late)
    assert (await client.status()).now_us > 0  # zero in those


@virtual_time
async def test_identify_blinks_for_so_long(boards) -> None:
    board = await boards.start()
    client = await boards.client(board)
    await client.identify()
    await asyncio.sleep(4.9)
    assert board.core.identifying
    await asyncio.sleep(0.3)
    assert not board.core.identifying
    await client.identify(3)
    assert board.core.identifying
    await asyncio.sleep(3)
    assert not board.core.identifying


@virtual_time
async def test_commands_at_once_each_get_their_own_reply(boards, package: bytes) -> None:
    board = await boards.start()
    client = await boards.client(board)
    await push(client, package)
    results = await asyncio.gather(
        client.status(), client.read_package(), client.labels(), client.identify(), client.status()
    )
    assert unsigned(results[1]) == unsigned(package)
    assert results[2] == unpack_package(package).labels
    assert results[4].now_us > results[0].now_us


@virtual_time
async def test_without_a_model_there_is_nothing_to_read_or_to_go_back_to(boards) -> None:
    board = await boards.start()
    client = await boards.client(board)
    for command in (client.rollback(), client.read_package(), client.labels()):
        with pytest.raises(BoardRefusedError, match=rf"{board.name}.*motionloop push") as refused:
            await command
        assert refused.value.status == Status.NO_MODEL


@virtual_time
async def test_a_refusal_carries_its_facts(boards) -> None:
    board = await boards.start()
    client = await boards.client(board)
    with pytest.raises(BoardRefusedError, match=r"refused STATUS.*command of 3 bytes") as refused:
        await client._command(Opcode.STATUS, bytes(3))
    error = refused.value
    assert (error.opcode, error.status, error.detail) == (Opcode.STATUS, Status.BAD_COMMAND, 3)


@virtual_time
async def test_a_link_that_breaks_before_the_reply_names_the_command(boards) -> None:
    board = await boards.start()
    client = await boards.client(board)
    asyncio.get_running_loop().call_later(0.02, board.radio.disconnect)
    with pytest.raises(LinkLostError, match=rf"{board.name}.*(STATUS|write).*nearer"):
        await client.status()


@virtual_time
async def test_notifications_that_cannot_be_read_are_counted_and_harm_nothing(
    boards, package: bytes
) -> None:
    board = await boards.start()
    client = await boards.client(board)
    await push(client, package)
    stream, predictions = client.stream(), client.predictions()
    await anext(stream)
    await anext(predictions)
    for uuid in (wire.MOTION_UUID, wire.PREDICTION_UUID, wire.REPLY_UUID):
        assert board.radio.notify(uuid, b"\x01\x02")
        await asyncio.sleep(0.1)
    before = await anext(stream)
    for _ in range(20):
        packet = await anext(stream)
        assert (packet.seq, packet.gap) == (before.next_seq, None)
        before = packet
    await anext(predictions)
    await anext(predictions)
    assert client.bad_packets == 3
    await stream.aclose()
    await predictions.aclose()


@virtual_time
async def test_a_stream_can_begin_with_what_the_board_remembers(boards) -> None:
    board = await boards.start()
    await asyncio.sleep(5)
    client = await boards.client(board)
    stream = client.stream(from_seq=0)
    first = await anext(stream)
    assert (first.seq, first.gap) == (0, None)
    await stream.aclose()


@virtual_time
async def test_only_a_restarted_board_begins_its_numbers_again(boards) -> None:
    """The same board after a lost link goes on; another boot has lost what was not yet sent."""
    board = await boards.start(address=ADDRESS)
    client = await boards.client(board)
    stream = client.stream()
    before = await anext(stream)
    board.radio.disconnect()
    for _ in range(100):
        packet = await anext(stream)
        assert (packet.seq, packet.gap, packet.restarted_boot_id) == (before.next_seq, None, None)
        before = packet
    assert client.reconnects == 1
    await boards.stop(board)
    await boards.start(address=ADDRESS)
    while (packet := await anext(stream)).restarted_boot_id is None:
        assert packet.seq == before.next_seq
        before = packet
    assert packet.restarted_boot_id == client.info.boot_id
    assert packet.seq < before.seq
    assert (await anext(stream)).restarted_boot_id is None
    await stream.aclose()


@virtual_time
async def test_a_command_is_answered_within_5_s_or_the_link_counts_as_lost(boards) -> None:
    client = await boards.client(await boards.start())
    loop = asyncio.get_running_loop()

    async def never_arrives(uuid: str, value: bytes) -> None:
        pass

    client.link.write = never_arrives  # type: ignore[method-assign]
    begin_s = loop.time()
    with pytest.raises(LinkLostError, match="stayed silent for 5 s"):
        await client.status()
    assert loop.time() - begin_s == pytest.approx(5, abs=0.1)
    assert not client.link.connected


@virtual_time
@pytest.mark.parametrize(("broken", "is_begun"), [(2, True), (3, False)])
async def test_a_link_that_breaks_as_it_begins_is_begun_three_times(
    boards, broken: int, is_begun: bool
) -> None:
    board = await boards.start()
    client = BoardClient(await find_board(board.address, 10.0, RadioChoice.VIRTUAL))
    read, tried = client.link.read, []

    async def breaks(uuid: str) -> bytes:
        tried.append(uuid)
        if len(tried) <= broken:
            raise LinkLostError("broken")
        return await read(uuid)

    client.link.read = breaks  # type: ignore[method-assign]
    if is_begun:
        async with client:
            await client.status()
    else:
        with pytest.raises(LinkLostError, match="broken"):
            await client.__aenter__()
        assert not client.link.connected
    assert len(tried) == 3


class Hole:
    """A system that loses the notifications in which one of the samples `lost` comes, so often."""

    def __init__(self, client: BoardClient, lost: set[int], times: int) -> None:
        self.asked: list[wire.SequenceRange] = []
        self.asked_s: list[float] = []
        self._client, self._lost, self._left = client, lost, times
        self._subscribe, self._command = client.link.subscribe, client._command
        client.link.subscribe = self.subscribe  # type: ignore[method-assign]
        client._command = self.command  # type: ignore[method-assign]

    async def subscribe(self, uuid: str, callback: Callable[[bytes], None]) -> None:
        def heard(value: bytes) -> None:
            packet = parse_packet(value)
            if self._left and self._lost & set(range(packet.seq, packet.next_seq)):
                self._left -= 1
            else:
                callback(value)

        await self._subscribe(uuid, heard if uuid == wire.MOTION_UUID else callback)

    async def command(self, opcode: Opcode, arguments: bytes = b"", **named: float) -> bytes:
        if opcode is Opcode.RESEND:
            self.asked_s.append(asyncio.get_running_loop().time())
            self.asked.append(wire.SequenceRange.unpack(arguments))
        return await self._command(opcode, arguments, **named)


async def stream_without_a_gap(client: BoardClient, end: int) -> None:
    """Stream from the first sample to number `end`: each comes once, in order."""
    stream = client.stream(from_seq=0)
    expected = 0
    while expected < end:
        packet = await anext(stream)
        assert (packet.seq, packet.gap) == (expected, None)
        expected = packet.next_seq
    await stream.aclose()


@virtual_time
async def test_samples_that_the_system_loses_are_asked_for_again(boards) -> None:
    client = await boards.client(await boards.start())
    hole = Hole(client, {200}, times=2)
    await stream_without_a_gap(client, 1000)
    assert len(hole.asked) == 2  # the first answer was lost as well
    assert all(asked.first_seq <= 200 < asked.first_seq + asked.count for asked in hole.asked)
    assert client.reconnects == 0


@virtual_time
async def test_a_link_that_breaks_while_samples_are_asked_for_again_loses_none(boards) -> None:
    board = await boards.start()
    client = await boards.client(board)
    hole = Hole(client, {200}, times=1)
    command = client._command

    async def broken_once(opcode: Opcode, arguments: bytes = b"", **named: float) -> bytes:
        if opcode is Opcode.RESEND and not hole.asked:
            board.radio.disconnect()
        return await command(opcode, arguments, **named)

    client._command = broken_once  # type: ignore[method-assign]
    await stream_without_a_gap(client, 1000)
    assert client.reconnects == 1


@virtual_time
async def test_samples_that_come_twice_are_given_out_once_and_counted(boards) -> None:
    client = await boards.client(await boards.start())
    subscribe, again = client.link.subscribe, []

    async def twice(uuid: str, callback: Callable[[bytes], None]) -> None:
        def heard(value: bytes) -> None:
            callback(value)
            if 100 <= (packet := parse_packet(value)).seq < 200:
                again.append(len(packet.raw))
                callback(value)

        await subscribe(uuid, heard if uuid == wire.MOTION_UUID else callback)

    client.link.subscribe = twice  # type: ignore[method-assign]
    await stream_without_a_gap(client, 500)
    assert client.duplicated == sum(again) > 0


@virtual_time
@pytest.mark.slow
async def test_samples_that_never_come_are_given_up_after_three_requests(boards) -> None:
    client = await boards.client(await boards.start())
    hole = Hole(client, {200, 1000}, times=10**6)
    stream = client.stream(from_seq=0)
    packets = [await anext(stream)]
    while packets[-1].next_seq < 3000:
        packets.append(await anext(stream))
    await stream.aclose()
    asked_for = [200 if asked.first_seq <= 200 else 1000 for asked in hole.asked]
    assert asked_for == [200] * 3 + [1000] * 3
    for asked_s in (hole.asked_s[:3], hole.asked_s[3:]):
        assert np.diff(asked_s) == pytest.approx(3, abs=0.2)
    gaps = [(a.next_seq, b.seq, b.gap) for a, b in pairwise(packets) if b.gap is not None]
    assert [reason for *_, reason in gaps] == [LOST_ON_LINK] * 2
    for lost, (before, after, _) in zip((200, 1000), gaps, strict=True):
        assert before <= lost < after <= before + wire.MAX_PACKET_SAMPLES


# --- models -------------------------------------------------------------------------------------
@virtual_time
async def test_a_push_goes_through_its_stages_and_switches(boards, package: bytes) -> None:
    board = await boards.start()
    client = await boards.client(board)
    steps = [now async for now in client.push(package)]
    stages = list(dict.fromkeys(step.stage for step in steps))
    assert stages == list(PushStage)
    sent = [step.sent_bytes for step in steps]
    assert sent == sorted(sent)
    assert sent[-1] == steps[-1].total_bytes == len(package)
    assert client.info.model_id == model_id(package)
    whole = await client.read_package()
    assert unsigned(whole) == unsigned(package)
    assert await client.read_package(100) == whole[:140]  # never less than the header
    assert await client.labels() == ("still", "slow", "fast")


@virtual_time
async def test_a_refused_push_is_refused_at_once(boards, package: bytes) -> None:
    """Only a board at work is asked again; no other answer changes by waiting."""
    client = await boards.client(await boards.start())
    loop = asyncio.get_running_loop()
    begin_s = loop.time()
    with pytest.raises(BoardRefusedError) as refused:
        await push(client, package + bytes(10**6))
    assert refused.value.status == Status.TOO_LARGE
    assert loop.time() - begin_s < 2


@virtual_time
@pytest.mark.parametrize(("busy_s", "is_taken"), [(29, True), (31, False)])
@pytest.mark.slow
async def test_a_board_at_work_is_asked_again_for_half_a_minute(
    boards, package: bytes, busy_s: float, is_taken: bool
) -> None:
    client = await boards.client(await boards.start())
    loop = asyncio.get_running_loop()
    begin_s, asked, command = loop.time(), [], client._command

    async def at_work(opcode: Opcode, *others: Any, **named: Any) -> bytes:
        if opcode is Opcode.MODEL_BEGIN:
            asked.append(loop.time() - begin_s)
            if asked[-1] < busy_s:
                raise BoardRefusedError("at work", opcode, Status.BUSY, 0)
        return await command(opcode, *others, **named)

    client._command = at_work  # type: ignore[method-assign]
    if is_taken:
        assert (await push(client, package))[-1] is PushStage.DONE
    else:
        with pytest.raises(BoardRefusedError, match="at work"):
            await push(client, package)
    assert asked[-1] == pytest.approx(min(busy_s, 30), abs=0.5)
    assert len(asked) == pytest.approx(5 * asked[-1], rel=0.1)  # each 0.2 s


@virtual_time
async def test_rollback_goes_back_and_forth(boards, package: bytes) -> None:
    board = await boards.start()
    client = await boards.client(board)
    second = replace(unpack_package(package), version_counter=2, smoothing=1.0).pack()
    third = replace(unpack_package(package), labels=("a", "b", "c")).pack()
    for pushed in (package, second, third):
        await push(client, pushed)
    newest = client.info.model_version
    assert await client.rollback() == model_id(second)
    assert client.info.model_version < newest
    assert await client.rollback() == model_id(third)
    assert await client.labels() == ("a", "b", "c")


@virtual_time
@pytest.mark.parametrize("is_carried_out", [True, False])
async def test_a_rollback_whose_link_breaks_goes_back_once(
    boards, package: bytes, is_carried_out: bool
) -> None:
    """Whether the board got the command is seen in its Info: a second one would go forth again."""
    board = await boards.start()
    client = await boards.client(board)
    second = replace(unpack_package(package), version_counter=2, smoothing=1.0).pack()
    for pushed in (package, second):
        await push(client, pushed)
    order, sent = client._order, []

    async def breaks(opcode: Opcode, *others: Any, **named: Any) -> bytes:
        if opcode is Opcode.ROLLBACK:
            sent.append(opcode)
            if len(sent) == 1:
                if is_carried_out:
                    await order(opcode, *others, **named)
                board.radio.disconnect()
                raise LinkLostError("broken")
        return await order(opcode, *others, **named)

    client._order = breaks  # type: ignore[method-assign]
    assert await client.rollback() == model_id(package)
    assert client.info.model_id == model_id(package)
    assert len(sent) == (1 if is_carried_out else 2)


@virtual_time
@pytest.mark.parametrize(("activity", "unknown"), [("standing", False), ("sitting", True)])
async def test_predictions_tell_what_was_recognised(
    boards, package: bytes, activity: str, unknown: bool
) -> None:
    """The model learned rest with the board upright, as it is worn when standing. Sitting turns it:
    that resembles rest most, and is told apart from it by the rejection."""
    board = await boards.start(activity)
    client = await boards.client(board)
    await push(client, package)
    made = unpack_package(package)
    predictions = client.predictions()
    before = await anext(predictions)
    as_expected = 0
    for _ in range(40):
        prediction = await anext(predictions)
        assert prediction.model_id == model_id(package)
        # A hop is 16 points at 50 Hz: 38.08 samples at 119 Hz.
        assert prediction.seq_end - before.seq_end in (38, 39)
        assert prediction.t_us - before.t_us == pytest.approx(320_000, abs=8_500)
        assert len(prediction.outputs) == len(made.labels)
        assert prediction.raw_class_index == prediction.outputs.argmax()
        assert made.labels[prediction.class_index] == "still"
        assert 0.3 < prediction.confidence <= 1
        as_expected += prediction.unknown == unknown
        before = prediction
    assert as_expected >= 36  # one window in twenty is a false alarm by design
    await predictions.aclose()


@given(st.binary(max_size=80))
def test_any_bytes_are_a_prediction_or_a_value_error(value: bytes) -> None:
    try:
        prediction = parse_prediction(value)
    except ValueError:
        return
    assert len(prediction.outputs) == len(value) - wire.PredictionHeader.SIZE
