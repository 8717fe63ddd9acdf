"""BoardClient against the real core: commands, typed refusals, versions, push and predictions."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from bleak.backends.device import BLEDevice
from hypothesis import given
from hypothesis import strategies as st

from motionloop import wire
from motionloop.board.client import BoardClient, PushStage, check_wire
from motionloop.board.link import FoundBoard
from motionloop.board.prediction import parse_prediction
from motionloop.errors import BoardRefusedError, LinkLostError, WireVersionError
from motionloop.model.package import model_id, unpack
from motionloop.virtual.motion import BMI270
from motionloop.wire import Opcode, Status

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
        ((0, 1, 1), "Update this program"),
        ((0, 2, 0), "Update this program"),
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
    await asyncio.sleep(30)
    counters = await client.status()
    assert counters.now_us * 99.84e-6 == pytest.approx(counters.next_seq, abs=5)
    assert counters.next_seq - counters.oldest_seq == wire.RING_SAMPLES
    assert (counters.sensor_gaps, counters.bad_commands, counters.predictions) == (0, 0, 0)


@virtual_time
async def test_identify_blinks_for_so_long(boards) -> None:
    board = await boards.start()
    client = await boards.client(board)
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
    assert results[1] == package
    assert results[2] == unpack(package).labels
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
    assert await client.read_package() == package
    assert await client.read_package(100) == package[:140]  # never less than the header
    assert await client.labels() == ("still", "slow", "fast")


@virtual_time
async def test_rollback_goes_back_and_forth(boards, package: bytes) -> None:
    board = await boards.start()
    client = await boards.client(board)
    second = replace(unpack(package), version_counter=2, smoothing=1.0).pack()
    third = replace(unpack(package), labels=("a", "b", "c")).pack()
    for pushed in (package, second, third):
        await push(client, pushed)
    assert await client.rollback() == model_id(second)
    assert client.info.model_version == 2
    assert await client.rollback() == model_id(third)
    assert await client.labels() == ("a", "b", "c")


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
    made = unpack(package)
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
        assert prediction.raw_label == prediction.outputs.argmax()
        assert made.labels[prediction.label] == "still"
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
