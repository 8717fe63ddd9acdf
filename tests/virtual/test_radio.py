"""The virtual radio behaves as ArduinoBLE on a Nano 33 BLE Sense was measured to behave.

Each scenario runs in virtual time: timings are exact and nothing sleeps.
"""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

import pytest
from bleak import BleakClient, BleakScanner
from bleak.exc import BleakError, BleakGATTProtocolError, BleakGATTProtocolErrorCode
from bumble import hci
from bumble.device import Device, Peer
from bumble.host import Host

from motionloop import wire
from motionloop.virtual import registry
from motionloop.virtual.air import COMPLETED_FOR_NOBODY, RadioLimits
from motionloop.virtual.bleak_backend import BleakClientVirtual, BleakScannerVirtual
from motionloop.virtual.clock import BoardClock
from motionloop.virtual.connection_parameters import update_request
from motionloop.virtual.link_layer import MAX_OCTETS, MIN_OCTETS, exchange_us, packet_us
from motionloop.virtual.radio import SERVICE, Property, VirtualRadio

LIMITS = RadioLimits()
INTERVAL_US = LIMITS.interval_us
NAME = "ML-3F7A"
DATA_UUID = "4d4f5449-4f4e-4c4f-8f50-0000000000f0"
ALL_WRITES = Property.WRITE | Property.WRITE_WITHOUT_RESPONSE


class Board:
    """A radio and a main loop that polls it every millisecond of board time."""

    def __init__(
        self,
        *,
        speed: float = 1.0,
        limits: RadioLimits = LIMITS,
        characteristics: Mapping[str, Property] = SERVICE,
    ) -> None:
        self.clock = BoardClock(speed)
        self.writes: list[tuple[str, bytes]] = []
        self.links: list[bool] = []
        self.alone = asyncio.Event()
        self.radio = VirtualRadio(
            NAME,
            self.clock,
            limits,
            info=lambda: b"described",
            on_write=lambda uuid, value: self.on_write(uuid, value),
            on_link=self.on_link,
            characteristics=characteristics,
        )

    def on_write(self, uuid: str, value: bytes) -> None:
        self.writes.append((uuid, value))

    def on_link(self, linked: bool) -> None:
        self.links.append(linked)
        if not linked:
            self.alone.set()

    async def run(self) -> None:
        while True:
            self.radio.poll()
            await self.clock.sleep_us(1000)


@asynccontextmanager
async def running_board(**options: Any) -> AsyncIterator[Board]:
    board = Board(**options)
    await board.radio.start()
    loop = asyncio.create_task(board.run())
    try:
        yield board
    finally:
        loop.cancel()
        await board.radio.stop()


@asynccontextmanager
async def connected(**options: Any) -> AsyncIterator[tuple[Board, BleakClient]]:
    async with running_board(**options) as board:
        device = await BleakScanner.find_device_by_name(NAME, backend=BleakScannerVirtual)
        assert device is not None
        async with BleakClient(device, backend=BleakClientVirtual) as client:
            yield board, client


async def duration_us(board: Board, action: Awaitable[Any]) -> int:
    start_us = board.clock.elapsed_us()
    await action
    return board.clock.elapsed_us() - start_us


@pytest.mark.virtual_time
async def test_advertises_name_and_service_until_connected_and_again_after() -> None:
    async def advertisements() -> list[tuple[str | None, list[str]]]:
        found = await BleakScanner.discover(1.0, return_adv=True, backend=BleakScannerVirtual)
        return [(adv.local_name, adv.service_uuids) for _, adv in found.values()]

    expected = [(NAME, [wire.SERVICE_UUID])]
    async with running_board() as board:
        assert await advertisements() == expected
        async with BleakClient(board.radio.address, backend=BleakClientVirtual):
            assert await advertisements() == []
        assert await advertisements() == expected
        assert board.links == [True, False]
    assert await advertisements() == []


@pytest.mark.virtual_time
async def test_a_scan_ends_although_a_command_of_it_lost_the_cancellation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As `asyncio.wait_for` up to Python 3.11 when the answer comes in the same turn."""
    start_scanning = Device.start_scanning
    begun = asyncio.Event()

    async def answered_when_cancelled(device: Device) -> None:
        await start_scanning(device)
        begun.set()
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()

    monkeypatch.setattr(Device, "start_scanning", answered_when_cancelled)
    async with running_board():
        scanner = BleakScanner(backend=BleakScannerVirtual)
        await scanner.start()
        await begun.wait()
        async with asyncio.timeout(10):
            await scanner.stop()


@pytest.mark.virtual_time
async def test_service_has_exactly_the_wire_characteristics() -> None:
    async with connected() as (_, client):
        service = client.services.get_service(wire.SERVICE_UUID)
        assert service is not None
        assert {c.uuid: c.properties for c in service.characteristics} == {
            wire.INFO_UUID: ["read"],
            wire.COMMAND_UUID: ["write"],
            wire.REPLY_UUID: ["notify"],
            wire.MOTION_UUID: ["notify"],
            wire.MODEL_UUID: ["write"],
            wire.PREDICTION_UUID: ["notify"],
        }


def test_no_wire_characteristic_takes_writes_and_notifies() -> None:
    for uuid, properties in SERVICE.items():
        assert not (properties & ALL_WRITES and Property.NOTIFY in properties), uuid


@pytest.mark.virtual_time
async def test_info_and_device_information_can_be_read() -> None:
    async with connected() as (_, client):
        assert await client.read_gatt_char(wire.INFO_UUID) == b"described"
        strings = [bytes(await client.read_gatt_char(f"2a{n}")) for n in ("29", "24", "26", "27")]
        assert strings == [b"MotionLoop", b"Virtual board", b"0.0.0", b"virtual"]


@pytest.mark.virtual_time
async def test_mtu_is_247_at_most() -> None:
    async with connected() as (_, client):
        command = client.services.get_characteristic(wire.COMMAND_UUID)
        assert command is not None
        assert command.max_write_without_response_size == 244


@pytest.mark.virtual_time
async def test_write_with_response_takes_two_connection_intervals() -> None:
    async with connected() as (board, client):
        for size in (1, 100, wire.MAX_MODEL_WRITE_BYTES):
            value = bytes(range(size))
            write = client.write_gatt_char(wire.MODEL_UUID, value, response=True)
            assert INTERVAL_US < await duration_us(board, write) <= 2 * INTERVAL_US
            assert board.writes[-1] == (wire.MODEL_UUID, value)


@pytest.mark.virtual_time
async def test_write_of_244_bytes_with_response_is_answered_too() -> None:
    """ArduinoBLE's own transport lost it without a word."""
    async with connected() as (board, client):
        await client.write_gatt_char(wire.MODEL_UUID, bytes(244), response=True)
        assert board.writes == [(wire.MODEL_UUID, bytes(244))]


@pytest.mark.virtual_time
@pytest.mark.slow
async def test_unanswered_write_ends_the_link_after_the_att_timeout() -> None:
    async with connected(limits=RadioLimits(ring_bytes=200)) as (board, client):
        write = client.write_gatt_char(wire.MODEL_UUID, bytes(244), response=True)
        with pytest.raises(BleakError, match="timeout"):
            await write
        assert not client.is_connected
        await board.clock.sleep_us(INTERVAL_US)
        assert board.links == [True, False]


@pytest.mark.virtual_time
async def test_bulk_writes_of_any_length_arrive_while_the_board_polls() -> None:
    """ArduinoBLE's own ring of 256 bytes lost most of them, and all of 244 bytes."""
    async with connected(characteristics={DATA_UUID: ALL_WRITES}) as (board, client):
        sent = [bytes([number]) * (185 + number) for number in range(60)]
        for value in sent:
            await client.write_gatt_char(DATA_UUID, value, response=False)
        await board.clock.sleep_us(1_000_000)
        assert [value for _, value in board.writes] == sent
        assert board.radio.air.dropped == 0


@pytest.mark.virtual_time
async def test_ring_overflows_while_the_board_does_not_poll() -> None:
    board = Board(characteristics={DATA_UUID: ALL_WRITES})
    await board.radio.start()
    loop = asyncio.create_task(board.run())
    async with BleakClient(board.radio.address, backend=BleakClientVirtual) as client:
        loop.cancel()
        for number in range(40):
            await client.write_gatt_char(DATA_UUID, bytes([number]) * 100, response=False)
            await board.clock.sleep_us(INTERVAL_US)
        board.radio.poll()
        # 32 packets of 112 bytes fit into 3,584.
        assert [value[0] for _, value in board.writes] == list(range(32))
        assert board.radio.air.dropped == 8
    await board.radio.stop()


@pytest.mark.virtual_time
async def test_writes_arrive_inside_poll_only() -> None:
    async with connected(characteristics={DATA_UUID: ALL_WRITES}) as (board, client):
        board.radio.stall(1_000_000)
        await client.write_gatt_char(DATA_UUID, b"x", response=False)
        await board.clock.sleep_us(900_000)
        assert board.writes == []
        await board.clock.sleep_us(200_000)
        assert board.writes == [(DATA_UUID, b"x")]


@pytest.mark.virtual_time
async def test_properties_decide_which_writes_are_taken() -> None:
    async with connected() as (board, client):
        with pytest.raises(BleakGATTProtocolError) as refused:
            await client.write_gatt_char(wire.INFO_UUID, b"x", response=True)
        assert refused.value.code == BleakGATTProtocolErrorCode.WRITE_NOT_PERMITTED
        await client.write_gatt_char(wire.COMMAND_UUID, b"x", response=False)
        await board.clock.sleep_us(100_000)
        assert board.writes == []


@pytest.mark.virtual_time
async def test_long_writes_are_refused() -> None:
    async with connected(limits=RadioLimits(mtu=100)) as (board, client):
        with pytest.raises(BleakGATTProtocolError) as refused:
            await client.write_gatt_char(wire.MODEL_UUID, bytes(150), response=True)
        assert refused.value.code == BleakGATTProtocolErrorCode.REQUEST_NOT_SUPPORTED
        assert board.writes == []


@pytest.mark.virtual_time
async def test_at_most_forty_notifications_a_second() -> None:
    async with connected() as (board, client):
        received: list[bytearray] = []
        await client.start_notify(wire.MOTION_UUID, lambda _, value: received.append(value))
        start_us = board.clock.elapsed_us()
        sent = []
        while board.clock.elapsed_us() < start_us + 10_000_000:
            value = len(sent).to_bytes(4, "little")
            if board.radio.notify(wire.MOTION_UUID, value):
                sent.append(value)
            else:
                await board.clock.sleep_us(1000)
        await board.clock.sleep_us(INTERVAL_US)
        assert 395 <= len(sent) <= 405
        assert received == sent


@pytest.mark.virtual_time
async def test_notification_leaves_at_the_next_connection_event() -> None:
    async with connected() as (board, client):
        arrived_us: list[int] = []
        await client.start_notify(
            wire.MOTION_UUID, lambda *_: arrived_us.append(board.clock.elapsed_us())
        )
        for _ in range(20):
            sent_us = board.clock.elapsed_us()
            assert board.radio.notify(wire.MOTION_UUID, b"x")
            await board.clock.sleep_us(47_123)
            assert 0 < arrived_us[-1] - sent_us <= INTERVAL_US
        phases = {(time_us - arrived_us[0]) % INTERVAL_US for time_us in arrived_us}
        assert phases == {0}


@pytest.mark.virtual_time
async def test_two_notifications_are_under_way_at_most_so_that_answers_find_buffers() -> None:
    async with connected() as (board, client):
        await client.start_notify(wire.MOTION_UUID, lambda *_: None)
        for _ in range(3):
            await board.clock.sleep_us(1_000_000)
            taken = [board.radio.notify(wire.MOTION_UUID, b"x") for _ in range(6)]
            assert taken == [True] * 2 + [False] * 4
            write = client.write_gatt_char(wire.COMMAND_UUID, b"x", response=True)
            assert await duration_us(board, write) <= 2 * INTERVAL_US


@pytest.mark.virtual_time
async def test_board_asks_for_six_seconds_of_silence_and_the_central_agrees() -> None:
    async with connected() as (board, client):
        parameters = client._backend._connection.parameters
        await board.clock.sleep_us(1_000_000)
        assert (parameters.connection_interval, parameters.supervision_timeout) == (15, 6000)
        assert board.radio.air.supervision_us == 6_000_000


@pytest.mark.parametrize(
    ("chosen_us", "first_us", "later_us"),
    [(50_000, 50_000, 15_000), (7_500, 7_500, 15_000), (30_000, 30_000, 15_000)],
)
@pytest.mark.virtual_time
async def test_central_keeps_its_interval_only_within_what_the_board_asks_for(
    chosen_us: int, first_us: int, later_us: int
) -> None:
    async with running_board(limits=RadioLimits(interval_us=chosen_us)) as board:
        client = BleakClient(board.radio.address, backend=BleakClientVirtual)
        connecting = asyncio.create_task(client.connect())
        while not board.radio.connected:
            await board.clock.sleep_us(1000)
        assert board.radio.air.interval_us == first_us
        await connecting
        await board.clock.sleep_us(1_000_000)
        assert board.radio.air.interval_us == later_us
        write = client.write_gatt_char(wire.COMMAND_UUID, b"x", response=True)
        assert later_us < await duration_us(board, write) <= 2 * later_us
        await client.disconnect()


def test_parameters_are_asked_for_as_arduinoble_does() -> None:
    all_of_it = bytes.fromhex("12 01 0800 0c00 0c00 0000 5802")
    assert update_request(interval=40, supervision_timeout=42) == all_of_it
    assert update_request(interval=24, supervision_timeout=600) == all_of_it
    assert update_request(interval=12, supervision_timeout=42) == all_of_it
    assert update_request(interval=12, supervision_timeout=600) is None


def test_air_time_follows_the_data_length() -> None:
    # A notification of 244 bytes is 251 with the headers of ATT and L2CAP.
    assert packet_us(251) == 2088
    assert exchange_us(0, 251) == 2468
    assert 9 * exchange_us(0, 27) + exchange_us(0, 8) == 6608  # of which 2808 us are the board's


@pytest.mark.parametrize(("octets", "per_event"), [(MAX_OCTETS, 7), (MIN_OCTETS, 3)])
@pytest.mark.virtual_time
async def test_an_event_carries_what_the_agreed_length_leaves_time_for(
    octets: int, per_event: int
) -> None:
    limits = RadioLimits(central_octets=octets)
    async with connected(limits=limits, characteristics={DATA_UUID: ALL_WRITES}) as (board, client):
        agreed = client._backend._connection.data_length
        assert (agreed.max_tx_octets, agreed.max_rx_octets) == (octets, octets)
        await board.clock.sleep_us(1_000_000)
        for _ in range(12):
            await client.write_gatt_char(DATA_UUID, bytes(180), response=False)
        await board.clock.sleep_us(INTERVAL_US)
        assert len(board.writes) + board.radio.air.dropped == per_event


@pytest.mark.virtual_time
async def test_erase_pieces_between_events_delay_no_packet() -> None:
    """Back to back, the pieces once cost a real image 36 of 44 connection events."""
    async with connected() as (board, client):
        arrived_us: list[int] = []
        await client.start_notify(
            wire.MOTION_UUID, lambda *_: arrived_us.append(board.clock.elapsed_us())
        )
        await board.clock.sleep_us(1_000_000)
        begin_us, pieces, sent_us = board.clock.elapsed_us(), 0, []
        while (now_us := board.clock.elapsed_us()) < begin_us + 3_000_000:
            is_due = now_us >= begin_us + 33_000 * len(sent_us)
            if is_due and board.radio.notify(wire.MOTION_UUID, bytes(240)):
                sent_us.append(now_us)
            if board.radio.may_stall(3_000):
                board.radio.stall(3_000)
                pieces += 1
            await board.clock.sleep_us(1000)
        delays_us = [late - early for early, late in zip(sent_us, arrived_us, strict=True)]
        assert len(sent_us) >= 90
        assert max(delays_us) <= INTERVAL_US
        assert 3.0 <= pieces / (3_000_000 / INTERVAL_US) <= 4.0


@pytest.mark.virtual_time
async def test_the_same_run_comes_out_the_same() -> None:
    runs = []
    for _ in range(2):
        async with connected() as (board, client):
            times_us: list[int] = []
            await client.start_notify(
                wire.MOTION_UUID, lambda *_, b=board, t=times_us: t.append(b.clock.elapsed_us())
            )
            for size in range(1, 200, 7):
                await client.write_gatt_char(wire.COMMAND_UUID, bytes(min(size, 180)), True)
                board.radio.notify(wire.MOTION_UUID, bytes(size))
            await board.clock.sleep_us(1_000_000)
            runs.append(times_us)
    assert len(runs[0]) > 20
    assert runs[0] == runs[1]


@pytest.mark.virtual_time
async def test_no_erase_piece_while_a_long_event_is_on_the_air() -> None:
    async with connected(limits=RadioLimits(central_octets=MIN_OCTETS)) as (board, client):
        await client.start_notify(wire.MOTION_UUID, lambda *_: None)
        await board.clock.sleep_us(1_000_000)
        while not board.radio.air.may_stall(12_800):  # right behind an empty event
            await board.clock.sleep_us(100)
        for _ in range(2):
            assert board.radio.notify(wire.MOTION_UUID, bytes(244))
        await board.clock.sleep_us(INTERVAL_US)
        # Twice 6.6 ms are under way: what is left of the interval is too short.
        for _ in range(INTERVAL_US // 1000 - 1):
            assert not board.radio.may_stall(3_000)
            await board.clock.sleep_us(1000)
        await board.clock.sleep_us(1000)
        assert board.radio.may_stall(3_000)


@pytest.mark.virtual_time
async def test_without_a_link_nothing_hinders_an_erase() -> None:
    async with running_board() as board:
        assert all(board.radio.may_stall(85_000) for _ in range(10))


@pytest.mark.virtual_time
async def test_completion_events_of_another_handle_give_no_buffer_back() -> None:
    async with connected() as (board, client):
        await client.start_notify(wire.MOTION_UUID, lambda *_: None)
        await board.clock.sleep_us(1_000_000)
        assert [board.radio.notify(wire.MOTION_UUID, b"x") for _ in range(3)] == [True, True, False]
        nobodys = hci.HCI_Number_Of_Completed_Packets_Event(
            connection_handles=[COMPLETED_FOR_NOBODY], num_completed_packets=[1]
        )
        board.radio.air._store_event(bytes(nobodys))
        board.radio.poll()
        assert board.radio.air.in_flight == 2
        await board.clock.sleep_us(INTERVAL_US + 1000)
        assert board.radio.air.in_flight == 0


@pytest.mark.virtual_time
async def test_notifications_are_cut_to_mtu_less_three() -> None:
    async with connected() as (board, client):
        received: list[bytearray] = []
        await client.start_notify(wire.MOTION_UUID, lambda _, value: received.append(value))
        value = bytes(range(250))
        assert board.radio.notify(wire.MOTION_UUID, value)
        await board.clock.sleep_us(2 * INTERVAL_US)
        assert received == [value[:244]]


@pytest.mark.virtual_time
async def test_notification_without_subscriber_is_taken_and_goes_nowhere() -> None:
    async with running_board() as board:
        assert all(board.radio.notify(wire.MOTION_UUID, b"x") for _ in range(100))
        async with BleakClient(board.radio.address, backend=BleakClientVirtual) as client:
            received: list[bytearray] = []
            await client.start_notify(wire.REPLY_UUID, lambda _, value: received.append(value))
            assert all(board.radio.notify(wire.MOTION_UUID, b"x") for _ in range(100))
            await client.start_notify(wire.MOTION_UUID, lambda _, value: received.append(value))
            await client.stop_notify(wire.MOTION_UUID)
            assert all(board.radio.notify(wire.MOTION_UUID, b"x") for _ in range(100))
            await board.clock.sleep_us(1_000_000)
            assert received == []


@pytest.mark.virtual_time
async def test_write_to_a_characteristic_that_notifies_is_echoed() -> None:
    both = Property.WRITE | Property.NOTIFY
    async with connected(characteristics={DATA_UUID: both}) as (board, client):
        received: list[bytearray] = []
        await client.start_notify(DATA_UUID, lambda _, value: received.append(value))
        await client.write_gatt_char(DATA_UUID, b"hello", response=True)
        await board.clock.sleep_us(2 * INTERVAL_US)
        assert received == [b"hello"]


@pytest.mark.virtual_time
async def test_stall_delays_but_loses_nothing() -> None:
    async with connected() as (board, client):
        board.radio.stall(85_000)
        write = client.write_gatt_char(wire.COMMAND_UUID, b"x", response=True)
        assert 85_000 < await duration_us(board, write) <= 85_000 + 2 * INTERVAL_US + 1000
        assert board.writes == [(wire.COMMAND_UUID, b"x")]


@pytest.mark.virtual_time
async def test_stall_beyond_the_supervision_timeout_loses_the_link() -> None:
    async with connected() as (board, client):
        await board.clock.sleep_us(1_000_000)
        board.radio.stall(7_000_000)
        await board.clock.sleep_us(5_900_000)
        assert client.is_connected
        await board.clock.sleep_us(200_000)
        assert not client.is_connected
        assert board.links == [True]  # the board is still standing
        await board.clock.sleep_us(1_000_000)
        assert board.links == [True, False]


@pytest.mark.virtual_time
async def test_link_lost_in_the_middle_of_a_write_is_reported() -> None:
    lost = asyncio.Event()
    async with running_board() as board:
        client = BleakClient(board.radio.address, lambda _: lost.set(), backend=BleakClientVirtual)
        await client.connect()
        asyncio.get_running_loop().call_later(0.005, board.radio.disconnect)
        with pytest.raises(BleakError, match="disconnected"):
            await client.write_gatt_char(wire.COMMAND_UUID, b"x", response=True)
        assert lost.is_set()
        assert not client.is_connected
        await client.connect()
        await client.write_gatt_char(wire.COMMAND_UUID, b"y", response=True)
        assert board.writes == [(wire.COMMAND_UUID, b"y")]
        assert board.links == [True, False, True]
        await client.disconnect()


@pytest.mark.virtual_time
async def test_link_lost_between_the_mtu_and_the_services_is_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with running_board() as board:
        request_mtu = Peer.request_mtu

        async def answered_and_lost(peer: Peer, mtu: int) -> int:
            answer = await request_mtu(peer, mtu)
            board.radio.disconnect()
            while peer.connection.handle in peer.connection.device.connections:
                await board.clock.sleep_us(1000)
            return int(answer)

        monkeypatch.setattr(Peer, "request_mtu", answered_and_lost)
        client = BleakClient(board.radio.address, backend=BleakClientVirtual)
        with pytest.raises(BleakError, match="disconnected"):
            await client.connect()


@pytest.mark.virtual_time
async def test_new_parameters_of_a_link_that_ends_are_nobodys_error(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """bumble sends the command for them in a task that nobody waits for."""
    asked = asyncio.Event()
    send_hci_packet = Host.send_hci_packet

    def lost_on_the_way(host: Host, packet: hci.HCI_Packet) -> None:
        if isinstance(packet, hci.HCI_LE_Connection_Update_Command):
            asked.set()
        else:
            send_hci_packet(host, packet)

    monkeypatch.setattr(Host, "send_hci_packet", lost_on_the_way)
    async with connected() as (board, client):
        await asked.wait()
        client._backend._transport.sink.close()
        await board.clock.sleep_us(1_000_000)
        assert not client.is_connected
    gc.collect()  # an error that nobody takes is reported then
    assert "Exception while sending command" not in caplog.text


@pytest.mark.virtual_time
async def test_link_lost_in_the_middle_of_a_notification_harms_nothing() -> None:
    async with connected() as (board, client):
        received: list[bytearray] = []
        await client.start_notify(wire.MOTION_UUID, lambda _, value: received.append(value))
        assert board.radio.notify(wire.MOTION_UUID, b"before")
        board.radio.disconnect()
        assert board.radio.notify(wire.MOTION_UUID, b"after")
        await board.clock.sleep_us(1_000_000)
        assert received == []
        await client.connect()
        await client.start_notify(wire.MOTION_UUID, lambda _, value: received.append(value))
        assert board.radio.notify(wire.MOTION_UUID, b"again")
        await board.clock.sleep_us(2 * INTERVAL_US)
        assert received == [b"again"]


@pytest.mark.virtual_time
async def test_write_is_answered_after_the_board_handled_it() -> None:
    async with connected() as (board, client):
        board.on_write = lambda uuid, value: board.radio.stall(85_000)
        write = client.write_gatt_char(wire.COMMAND_UUID, b"erase", response=True)
        assert 85_000 < await duration_us(board, write) <= 85_000 + 3 * INTERVAL_US


@pytest.mark.virtual_time
async def test_malformed_packets_do_not_stop_the_board() -> None:
    async with connected() as (board, client):
        for pdu in (b"", b"\x12", b"\x12\x01", b"\x16", b"\x08\x01", b"\xff\xff", b"\x3e"):
            client._backend._connection.send_l2cap_pdu(4, pdu)
            await board.clock.sleep_us(3 * INTERVAL_US)
        await client.write_gatt_char(wire.COMMAND_UUID, b"x", response=True)
        assert board.writes == [(wire.COMMAND_UUID, b"x")]


@pytest.mark.virtual_time
async def test_second_central_finds_no_board_while_one_is_connected() -> None:
    async with connected() as (board, _):
        second = BleakClient(board.radio.address, timeout=3, backend=BleakClientVirtual)
        with pytest.raises(TimeoutError):
            await second.connect()


@pytest.mark.virtual_time
async def test_stopping_the_radio_disconnects_the_central() -> None:
    lost = asyncio.Event()
    board = Board()
    await board.radio.start()
    loop = asyncio.create_task(board.run())
    client = BleakClient(board.radio.address, lambda _: lost.set(), backend=BleakClientVirtual)
    await client.connect()
    loop.cancel()
    await board.radio.stop()
    await asyncio.wait_for(lost.wait(), 1)
    assert registry.running() == []


@pytest.mark.virtual_time
async def test_peer_that_does_not_speak_hci_is_cut_off() -> None:
    async with running_board() as board:
        reader, writer = await asyncio.open_connection("127.0.0.1", board.radio.port)
        writer.write(board.radio.secret.encode() + b"GET / HTTP/1.1\r\n\r\n")
        assert await asyncio.wait_for(reader.read(), 1) == b""
        writer.close()
        await writer.wait_closed()


@pytest.mark.virtual_time
async def test_drift_changes_reported_time_only() -> None:
    clock = BoardClock(drift_ppm=100)
    await clock.sleep_us(10_000_000)
    assert clock.elapsed_us() == 10_000_000
    assert clock.now_us() == 10_001_000


@pytest.mark.virtual_time
async def test_speed_shortens_the_loops_time() -> None:
    loop = asyncio.get_running_loop()
    start_s = loop.time()
    clock = BoardClock(speed=50)
    await clock.sleep_us(10_000_000)
    assert loop.time() - start_s == pytest.approx(0.2)
    assert clock.elapsed_us() == 10_000_000


def test_dead_and_broken_registry_entries_are_removed() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    alive = registry.RegisteredBoard(NAME, "C0:00:00:00:00:01", "127.0.0.1", 1, os.getpid(), "")
    registry.add(replace(alive, name="ML-DEAD", port=2, pid=process.pid))
    registry.add(alive)
    (registry.directory() / "torn.json").write_text('{"name": "ML')
    assert registry.running() == [alive]
    assert len(list(registry.directory().iterdir())) == 1
    registry.remove(alive)
    assert registry.running() == []


_CENTRAL = """
import asyncio, sys
from bleak import BleakClient
from motionloop import wire
from motionloop.virtual.bleak_backend import BleakClientVirtual

async def main():
    async with BleakClient(sys.argv[1], backend=BleakClientVirtual) as client:
        await client.start_notify(wire.MOTION_UUID, lambda *_: None)
        print("subscribed", flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


@pytest.mark.slow
async def test_board_advertises_again_when_the_host_process_is_killed() -> None:
    async with running_board(speed=50) as board:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _CENTRAL, board.radio.address, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        assert await process.stdout.readline() == b"subscribed\n"
        assert board.links == [True]
        process.kill()
        await asyncio.wait_for(board.alone.wait(), 20)
        await process.communicate()
        assert await BleakScanner.find_device_by_name(NAME, 20, backend=BleakScannerVirtual)


@pytest.mark.virtual_time
async def test_central_that_never_reads_makes_notify_refuse() -> None:
    async with connected() as (board, client):
        received: list[bytearray] = []
        await client.start_notify(wire.MOTION_UUID, lambda _, value: received.append(value))
        # The sockets' buffers hold some hundred packets before anyone notices.
        socket = client._backend._transport.sink.transport
        socket.pause_reading()
        sent = 0
        refused_since_us = board.clock.elapsed_us()
        while board.clock.elapsed_us() < refused_since_us + 1_000_000:
            assert sent < 5000
            if board.radio.notify(wire.MOTION_UUID, bytes(244)):
                sent += 1
                refused_since_us = board.clock.elapsed_us()
            await board.clock.sleep_us(25_000)
        assert board.radio.connected
        socket.resume_reading()
        await board.clock.sleep_us(1_000_000)
        assert len(received) == sent
        assert board.radio.notify(wire.MOTION_UUID, b"again")
