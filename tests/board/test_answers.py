"""What a board answers is checked before it is used, and what gets nowhere ends."""

from __future__ import annotations

import asyncio
import zlib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.hostile.scripted_board import Script, connected, on_air
from motionloop import wire
from motionloop.board import notifications
from motionloop.board.answers import (
    MAX_SLOT_BYTES,
    MOST_TRIES,
    Tries,
    checked_counters,
    checked_header,
    checked_info,
    checked_offset,
    unpacked,
)
from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board
from motionloop.board.packets import Packet, Reassembly, parse_packet
from motionloop.board.prediction import label_of, parse_prediction
from motionloop.board.streams import MOST_WAITING, USELESS_PACKETS
from motionloop.errors import BoardAnswerError, LinkLostError, MotionLoopError
from motionloop.model.package import package_labels
from motionloop.plain_text import plain_line
from motionloop.virtual import radio
from motionloop.virtual.advertisement import advertising_data

GOOD = replace(
    wire.Info.unpack(bytes(wire.Info.SIZE)),
    imu=wire.Imu.LSM9DS1,
    native_rate_mhz=119_000,
    accel_ng_per_lsb=122_000,
    gyro_nrads_per_lsb=1_221_730,
    max_model_write=wire.MAX_MODEL_WRITE_BYTES,
    slot_bytes=250_000,
    active_slot=wire.NO_SLOT,
)


def test_an_info_that_can_be_is_taken() -> None:
    assert checked_info(GOOD, "board") is GOOD


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        ({"imu": 5}, "a sensor with the number 5"),
        ({"native_rate_mhz": 0}, "a rate of 0 Hz"),
        ({"native_rate_mhz": 999}, "a rate of 0.999 Hz"),
        ({"native_rate_mhz": 10_000_001}, "a rate of 10000 Hz"),
        ({"accel_ng_per_lsb": 0}, "a scale is below 1"),
        ({"gyro_nrads_per_lsb": 0}, "a scale is below 1"),
        ({"max_model_write": 7}, "writes of 7 bytes"),
        ({"max_model_write": 229}, "writes of 229 bytes"),
        ({"slot_bytes": 0}, "slots of 0 bytes"),
        ({"slot_bytes": MAX_SLOT_BYTES + 1}, "slots of 1048577 bytes"),
        ({"active_slot": 3}, "a model in slot 3"),
    ],
)
def test_an_info_that_cannot_be_is_refused_with_words(lie: dict[str, int], said: str) -> None:
    with pytest.raises(BoardAnswerError, match=rf"board answers what cannot be: {said}.*flash"):
        checked_info(replace(GOOD, **lie), "board")


@given(st.binary(min_size=wire.Info.SIZE, max_size=wire.Info.SIZE))
def test_no_info_ends_in_anything_but_words(value: bytes) -> None:
    with suppress(BoardAnswerError):
        checked_info(wire.Info.unpack(value), "board")


@given(st.binary(max_size=60))
def test_a_result_of_another_length_is_refused(value: bytes) -> None:
    if len(value) == wire.Counters.SIZE:
        unpacked(wire.Counters, value, wire.Opcode.STATUS, "board")
    else:
        with pytest.raises(BoardAnswerError, match=f"{len(value)} bytes to STATUS"):
            unpacked(wire.Counters, value, wire.Opcode.STATUS, "board")


@pytest.mark.parametrize("now_us", [2**53, 2**63, 2**64 - 1])
def test_a_time_that_no_recording_holds_is_refused(now_us: int) -> None:
    counters = replace(wire.Counters.unpack(bytes(wire.Counters.SIZE)), now_us=now_us)
    with pytest.raises(BoardAnswerError, match=str(now_us)):
        checked_counters(counters, "board")


@pytest.mark.parametrize(("offset", "sent"), [(104, 100), (2**32 - 1, 1000), (5, 1000)])
def test_a_board_holds_no_more_than_was_sent(offset: int, sent: int) -> None:
    with pytest.raises(BoardAnswerError, match=f"holds {offset} bytes"):
        checked_offset(offset, sent, 1001, "board")


def test_a_board_holds_whole_words_or_all() -> None:
    assert checked_offset(1000, 1000, 1001, "board") == 1000
    assert checked_offset(1001, 1001, 1001, "board") == 1001


@given(st.binary(min_size=wire.PackageHeader.SIZE, max_size=wire.PackageHeader.SIZE))
def test_no_header_ends_in_anything_but_words(data: bytes) -> None:
    with pytest.raises(BoardAnswerError):
        checked_header(data, 250_000, "board")


def test_a_true_header_is_taken(package: bytes) -> None:
    size = wire.PackageHeader.SIZE
    header = checked_header(package[:size], len(package), "board")
    assert header.total_bytes == len(package)
    with pytest.raises(BoardAnswerError, match="in a slot of"):
        checked_header(package[:size], len(package) - 1, "board")


@given(st.binary(max_size=300))
def test_bytes_are_a_packet_that_can_be_or_none(value: bytes) -> None:
    try:
        packet = parse_packet(value)
    except ValueError:
        return
    assert 1 <= len(packet.raw) <= wire.MAX_PACKET_SAMPLES
    assert 0 <= packet.t_us[0] <= packet.t_us[-1] < 2**53


@given(st.binary(max_size=80))
def test_bytes_are_a_prediction_that_can_be_or_none(value: bytes) -> None:
    try:
        prediction = parse_prediction(value)
    except ValueError:
        return
    assert prediction.class_index < len(prediction.outputs) <= wire.MAX_CLASSES


def test_a_prediction_of_other_classes_or_another_model_is_no_label() -> None:
    header = wire.PredictionHeader(1, 1, b"model id", 1, 1, 1, 200, 1, 2, 0, bytes(3))
    prediction = parse_prediction(header.pack() + bytes(2))
    assert label_of(prediction, ("sit", "walk"), b"model id", "board") == "walk"
    with pytest.raises(BoardAnswerError, match="2 outputs of a model with 3 classes"):
        label_of(prediction, ("sit", "walk", "run"), b"model id", "board")
    with pytest.raises(MotionLoopError, match="another model"):
        label_of(prediction, ("sit", "walk"), b"other id", "board")


def test_labels_steer_nothing(package: bytes) -> None:
    header = wire.PackageHeader.unpack(package)
    evil = "a\n\x1b[2J\u202eb".encode().ljust(wire.LABEL_BYTES, b"\0")
    at = header.labels_offset
    labels = package_labels(package[:at] + evil + package[at + wire.LABEL_BYTES :], header)
    assert labels[0] == "a\ufffd\ufffd[2J\ufffdb"


@pytest.mark.parametrize(
    "unseen", [*"\xad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\U000e0041"]
)
def test_no_two_names_look_alike_by_what_is_not_seen(unseen: str) -> None:
    assert plain_line(f"ML{unseen}-1") == "ML\ufffd-1"
    assert plain_line(f"{unseen}a{unseen}") == "\ufffda\ufffd"


@pytest.mark.parametrize(
    "word",
    [
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0915\u094d\u200d\u0937",
        "\U0001f469\u200d\U0001f4bb",
        "\U0001f9d1\U0001f3fd\u200d\u2764\ufe0f\u200d\U0001f468",
    ],
)
def test_words_and_pictures_keep_their_joiners(word: str) -> None:
    assert plain_line(word) == word


def test_tries_end_only_without_progress() -> None:
    tries, error = Tries(), LinkLostError("gone")
    for _ in range(5):
        for _ in range(MOST_TRIES - 1):
            tries.failed(error)
        tries.progressed()
    for _ in range(MOST_TRIES - 1):
        tries.failed(error)
    with pytest.raises(LinkLostError, match="gone"):
        tries.failed(error)


# --- with the real core -------------------------------------------------------------------------
@pytest.mark.virtual_time
async def test_a_name_from_the_air_is_one_line_that_steers_nothing(
    boards, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = advertising_data("XXXXXXX").replace(b"XXXXXXX", b"\x1b[2J\na\t")
    monkeypatch.setattr(radio, "advertising_data", lambda name: said)
    board = await boards.start()
    found = await find_board(board.address, 5.0, RadioChoice.VIRTUAL)
    assert found.name == "\ufffd[2J\ufffda\ufffd"


@pytest.mark.virtual_time
async def test_a_stream_that_nobody_reads_keeps_so_many_packets_and_loses_none(
    boards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications, "MOST_QUEUED", 50)
    client = await boards.client(await boards.start())
    stream = client.stream()
    before = await anext(stream)
    await asyncio.sleep(10)  # some 300 packets
    assert max(queue.qsize() for queue in client._queues) <= 50
    for _ in range(400):
        packet = await anext(stream)
        assert (packet.seq, packet.gap) == (before.next_seq, None)
        before = packet
    await stream.aclose()


def doubled(value: bytes) -> list[bytes]:
    """A packet with twice its number; none of those that were asked for again."""
    said = wire.MotionHeader.unpack(value)
    if said.flags & 1:
        return []
    return [replace(said, seq=2 * said.seq).pack() + value[wire.MotionHeader.SIZE :]]


@pytest.mark.virtual_time
@pytest.mark.slow
async def test_what_waits_for_samples_that_never_come_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = packets = 0
    add_packet = Reassembly.add_packet

    def watched(self: Reassembly, packet: Packet) -> list[Packet]:
        nonlocal most
        ready = add_packet(self, packet)
        most = max(most, self.waiting_samples)
        return ready

    async def read(client: BoardClient) -> None:
        nonlocal packets
        async for _ in client.stream():
            packets += 1

    monkeypatch.setattr(Reassembly, "add_packet", watched)
    async with on_air(Script(motion=doubled), tmp_path) as board, await connected(board) as client:
        with pytest.raises(BoardAnswerError, match="jump in each packet"):
            await read(client)
    assert packets == pytest.approx(USELESS_PACKETS, abs=5)
    assert most <= MOST_WAITING + 2 * wire.MAX_PACKET_SAMPLES


@pytest.mark.virtual_time
async def test_a_push_to_a_board_that_is_too_small_is_refused_before_it_begins(
    boards, package: bytes
) -> None:
    board = await boards.start()
    client = await boards.client(board)
    client.info = replace(client.info, slot_bytes=len(package) - 1)
    with pytest.raises(MotionLoopError, match=f"slot of {len(package) - 1} bytes"):
        async for _ in client.push(package):
            pass
    begin = wire.ModelBegin(len(package), zlib.crc32(package)).pack()
    result = await client._command(wire.Opcode.MODEL_BEGIN, begin)
    assert wire.ModelOffset.unpack(result).offset == 0  # nothing was sent
