"""The virtual board's Bluetooth peripheral, with ArduinoBLE's interface and habits.

The board calls poll() each turn, as a sketch calls BLE.poll(): only then do writes and link
changes reach it. Advertising, discovery and reads are bumble's; what ArduinoBLE does differently
is done here, and the radio's timing in `air`.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import struct
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntFlag

from bumble import att, hci
from bumble.core import UUID
from bumble.device import Connection, Device, DeviceConfiguration
from bumble.gatt import Characteristic, CharacteristicValue, Service
from bumble.profiles.device_information_service import DeviceInformationService
from bumble.profiles.gatt_service import GenericAttributeProfileService

from motionloop import wire
from motionloop.virtual import registry
from motionloop.virtual.adapter import AdapterPort
from motionloop.virtual.advertisement import advertising_data, name_of
from motionloop.virtual.air import Air, RadioLimits
from motionloop.virtual.bumble_log import leave_packets_unworded
from motionloop.virtual.clock import BoardClock
from motionloop.virtual.connection_parameters import (
    SIGNALING_CID,
    UPDATE_RESPONSE,
    update_request,
)
from motionloop.virtual.controller import AirLink, BoardController, terminate
from motionloop.virtual.link_layer import INTERVAL_UNIT_US, TIMEOUT_UNIT_US
from motionloop.virtual.registry import RegisteredBoard

_log = logging.getLogger(__name__)
leave_packets_unworded()

ADVERTISING_INTERVAL_MS = 100.0


class Property(IntFlag):
    """Rights of a central on a characteristic (Bluetooth Core, Vol 3, Part G, 3.3.1.1)."""

    READ = 0x02
    WRITE_WITHOUT_RESPONSE = 0x04
    WRITE = 0x08
    NOTIFY = 0x10


SERVICE: Mapping[str, Property] = {
    wire.INFO_UUID: Property.READ,
    wire.COMMAND_UUID: Property.WRITE,
    wire.REPLY_UUID: Property.NOTIFY,
    wire.MOTION_UUID: Property.NOTIFY,
    wire.MODEL_UUID: Property.WRITE,
    wire.PREDICTION_UUID: Property.NOTIFY,
}


_NEEDED_TO_WRITE = {
    att.Opcode.ATT_WRITE_REQUEST: Property.WRITE,
    att.Opcode.ATT_WRITE_COMMAND: Property.WRITE_WITHOUT_RESPONSE,
}


@dataclass(frozen=True)
class DeviceInformation:
    """The strings of the Device Information Service."""

    manufacturer: str = "MotionLoop"
    model_number: str = "Virtual board"
    firmware_revision: str = "0.0.0"
    hardware_revision: str = "virtual"


class VirtualRadio:
    """One peripheral on an air of its own, which hosts join through `port`.

    `info()` gives the value of every readable characteristic. From within poll(), `on_write(uuid,
    value)` hands over a central's write and `on_link(connected)` a change of the link. `dropped`
    in `air` counts what did not fit the receive ring.
    """

    def __init__(
        self,
        name: str | None,
        clock: BoardClock,
        limits: RadioLimits,
        info: Callable[[], bytes],
        on_write: Callable[[str, bytes], None],
        on_link: Callable[[bool], None],
        *,
        address: str | None = None,
        device_information: DeviceInformation = DeviceInformation(),
        characteristics: Mapping[str, Property] = SERVICE,
    ) -> None:
        """`address` is a public one, as a real board has, and drawn when it is not given. The name
        follows from it unless one is given.

        ValueError when the name does not fit the advertisement.
        """
        public = hci.Address(address or _drawn_address(), hci.Address.PUBLIC_DEVICE_ADDRESS)
        self.address: str = public.to_string(False)
        self.name = name_of(self.address) if name is None else name
        self._advertising_data = advertising_data(self.name)
        self._clock = clock
        self._limits = limits
        self._on_write = on_write
        self._on_link = on_link
        self._link_changes: deque[bool] = deque()
        self._connection: Connection | None = None
        self._entry: RegisteredBoard | None = None
        self._tokens = float(limits.buffers)
        self._tokens_at_us = clock.elapsed_us()

        self._link = AirLink()
        self._away_until_us = 0
        self._port = AdapterPort(self._link, limits)
        self._controller = BoardController(self.name, self._link, public, limits.buffers)
        self.air = Air(self._controller, clock, limits, self._central_reads)
        # As in ArduinoBLE: without the hash by which a computer would notice another sketch.
        plain = DeviceConfiguration(name=self.name, gatt_service_enabled=False)
        self._device = Device(config=plain, host=self.air.host)
        self._device.add_service(GenericAttributeProfileService(database_hash_enabled=False))
        self._device.gatt_server.max_mtu = limits.mtu
        value = CharacteristicValue(read=lambda connection: info())
        by_uuid = {
            uuid: Characteristic(UUID(uuid), int(properties), Characteristic.READABLE, value)
            for uuid, properties in characteristics.items()
        }
        self._device.add_service(Service(UUID(wire.SERVICE_UUID), list(by_uuid.values())))
        self._device.add_service(
            DeviceInformationService(
                manufacturer_name=device_information.manufacturer,
                model_number=device_information.model_number,
                firmware_revision=device_information.firmware_revision,
                hardware_revision=device_information.hardware_revision,
            )
        )
        self._handles: dict[str, int] = {uuid: c.handle for uuid, c in by_uuid.items()}
        self._by_handle = {c.handle: (u, characteristics[u]) for u, c in by_uuid.items()}
        self._device.on("connection", self._on_connected)

    @property
    def port(self) -> int:
        """The TCP port of the adapters, on 127.0.0.1; known after start()."""
        return self._port.port

    @property
    def secret(self) -> str:
        """What the adapters' port wants to hear first."""
        return self._port.secret

    @property
    def connected(self) -> bool:
        """Whether a central is connected, heard of through poll() or not."""
        return self._connection is not None

    async def start(self) -> None:
        """Advertise, take hosts and be listed in the registry.

        OSError when no port can be opened or the registry cannot be written.
        """
        await self._device.power_on()
        self._device.advertising_data = self._advertising_data
        interval_ms = ADVERTISING_INTERVAL_MS / self._clock.speed
        await self._device.start_advertising(
            own_address_type=hci.OwnAddressType.PUBLIC,
            auto_restart=True,
            advertising_interval_min=interval_ms,
            advertising_interval_max=interval_ms,
        )
        await self._port.start()
        self._entry = RegisteredBoard(
            self.name, self.address, registry.LOOPBACK, self.port, os.getpid(), self.secret
        )
        registry.add(self._entry)
        _log.info("%s (%s) is on air, adapters at port %d", self.name, self.address, self.port)

    async def stop(self) -> None:
        """Switch off what start() switched on: the central loses the link."""
        if self._entry is not None:
            registry.remove(self._entry)
        self.disconnect()
        await asyncio.sleep(0)  # the disconnection must reach the host before it is flushed
        await self._device.power_off()
        for advertising_set in self._controller.advertising_sets.values():
            advertising_set.stop()
        await self._port.stop()

    def poll(self) -> None:
        """Hand over all link changes and all packets in the receive ring, oldest first."""
        while self._link_changes and not self.air.stalled:
            connected = self._link_changes.popleft()
            self._on_link(connected)
            if connected:
                self._ask_for_parameters()
        while not self.air.stalled and (packet := self.air.receive()) is not None:
            if packet[0] == hci.HCI_EVENT_PACKET:
                self._count_completed(packet)
            elif self._connection is not None:
                self._take(packet, self._connection)

    def notify(self, uuid: str, value: bytes) -> bool:
        """Notify the central; what exceeds MTU - 3 is cut off.

        False: not taken, try again later. True without a subscriber: it goes nowhere.
        """
        connection = self._connection
        handle = self._handles[uuid]
        if connection is None or not self._subscribed(connection, handle):
            return True
        if not self._has_room() or not self._take_token():
            return False
        pdu = struct.pack("<BH", att.Opcode.ATT_HANDLE_VALUE_NOTIFICATION, handle)
        self._send(connection, pdu + value[: connection.att_mtu - 3])
        return True

    def listened_to(self, uuids: Iterable[str]) -> bool:
        """Whether a central has subscribed to one of these characteristics."""
        connection = self._connection
        return connection is not None and any(
            self._subscribed(connection, self._handles[uuid]) for uuid in uuids
        )

    def end_link(self) -> None:
        """End the link on the board's own decision."""
        terminate(self._controller, hci.HCI_ErrorCode.REMOTE_USER_TERMINATED_CONNECTION_ERROR)

    def disconnect(self) -> None:
        """Fault: the link breaks."""
        terminate(self._controller, hci.HCI_ErrorCode.CONNECTION_TIMEOUT_ERROR)

    def walk_away(self, duration_us: int) -> None:
        """Fault: out of range for so long: the link breaks, and nobody hears the board."""
        until_us = self._clock.elapsed_us() + duration_us
        self._away_until_us = max(self._away_until_us, until_us)
        self._link.in_range = False
        self.disconnect()
        self._clock.call_at_us(until_us, self._come_back)

    def _come_back(self) -> None:
        self._link.in_range = self._clock.elapsed_us() >= self._away_until_us

    def stall(self, duration_us: int) -> None:
        """Fault: the CPU stands still with interrupts off, as while flash is erased.

        No connection event takes place and poll() does nothing; when it takes longer than the
        supervision timeout, the link is lost.
        """
        self.air.stall(duration_us)
        if self.air.is_open and duration_us >= self.air.supervision_us:
            _log.warning("a stall of %d ms outlives the link", duration_us // 1000)
            lost_at_us = self._clock.elapsed_us() + self.air.supervision_us
            self._clock.call_at_us(lost_at_us, self.disconnect)

    def may_stall(self, duration_us: int) -> bool:
        """Whether a stall of this length harms no connection event.

        The question that the flash asks before each piece of an erase.
        """
        return self.air.may_stall(duration_us)

    def _on_connected(self, connection: Connection) -> None:
        self._connection = connection
        interval_ms = self.air.interval_us / 1000
        _log.info("%s connects, interval %g ms", connection.peer_address, interval_ms)
        self._link_changes.append(True)
        connection.on("disconnection", self._on_disconnected)

    def _on_disconnected(self, reason: int) -> None:
        self._connection = None
        _log.info("the link ended: %s", hci.HCI_Constant.error_name(reason))
        self._link_changes.append(False)

    def _central_reads(self) -> bool:
        return self._connection is None or self._port.takes_packets(self._connection.peer_address)

    def _ask_for_parameters(self) -> None:
        """Once per connection, behind the sketch's own handler, as ArduinoBLE does it."""
        if self._connection is None:  # the link ended before the board heard of it
            return
        interval = self.air.interval_us // INTERVAL_UNIT_US
        request = update_request(interval, self.air.supervision_us // TIMEOUT_UNIT_US)
        if request is not None:
            self.air.host.send_l2cap_pdu(self._connection.handle, SIGNALING_CID, request)

    def _has_room(self) -> bool:
        """Whether a notification leaves buffers for the answers that the central waits for."""
        return self.air.in_flight + self._limits.kept_for_answers < self._limits.buffers

    def _count_completed(self, packet: bytes) -> None:
        # mbed's controller reports every packet twice, once for a handle that is nobody's: a count
        # over all handles would take packets for sent that still wait.
        event = hci.HCI_Packet.from_bytes(packet)
        assert isinstance(event, hci.HCI_Number_Of_Completed_Packets_Event)
        if self._connection is None or self._connection.handle not in event.connection_handles:
            return
        self.air.completed(sum(event.num_completed_packets))
        self.air.host.on_packet(packet)

    def _take(self, packet: bytes, connection: Connection) -> None:
        # bumble would answer a write in a task of its own, after poll() returned, and would take
        # long writes, which ArduinoBLE refuses. Everything else is bumble's to answer.
        if len(packet) <= 9:  # no opcode
            return
        (cid,) = struct.unpack_from("<H", packet, 7)
        opcode = packet[9]
        handle = int.from_bytes(packet[10:12], "little")
        if cid == SIGNALING_CID and opcode == UPDATE_RESPONSE:
            return  # ArduinoBLE asks once only
        if cid == att.ATT_CID and opcode == att.Opcode.ATT_PREPARE_WRITE_REQUEST:
            self._refuse(connection, opcode, handle, att.ATT_REQUEST_NOT_SUPPORTED_ERROR)
        elif cid == att.ATT_CID and opcode in _NEEDED_TO_WRITE and handle in self._by_handle:
            self._take_write(connection, opcode, handle, packet[12:])
        else:
            try:
                self.air.host.on_packet(packet)
            except Exception:  # bumble's parsers raise many; no central may stop the board
                _log.warning("ignored a malformed packet: %s", packet.hex(), exc_info=True)

    def _take_write(self, connection: Connection, opcode: int, handle: int, value: bytes) -> None:
        uuid, properties = self._by_handle[handle]
        wants_answer = opcode == att.Opcode.ATT_WRITE_REQUEST
        if _NEEDED_TO_WRITE[opcode] in properties:
            if Property.NOTIFY in properties:
                self.notify(uuid, value)  # ArduinoBLE echoes the write
            self._on_write(uuid, value)
            if wants_answer:
                self._send(connection, bytes([att.Opcode.ATT_WRITE_RESPONSE]))
        elif wants_answer:
            self._refuse(connection, opcode, handle, att.ATT_WRITE_NOT_PERMITTED_ERROR)

    def _refuse(self, connection: Connection, opcode: int, handle: int, code: int) -> None:
        error = struct.pack("<BBHB", att.Opcode.ATT_ERROR_RESPONSE, opcode, handle, code)
        self._send(connection, error)

    def _send(self, connection: Connection, pdu: bytes) -> None:
        self.air.host.send_l2cap_pdu(connection.handle, att.ATT_CID, pdu)

    def _subscribed(self, connection: Connection, handle: int) -> bool:
        subscriptions: dict[int, bytes] = self._device.gatt_server.subscribers.get(connection, {})
        return bool(subscriptions.get(handle, b"\0")[0] & 1)

    def _take_token(self) -> bool:
        """Whether the rate of notifications leaves room for one more."""
        now_us = self._clock.elapsed_us()
        earned = (now_us - self._tokens_at_us) * 1e-6 * self._limits.notify_per_s
        self._tokens = min(self._tokens + earned, float(self._limits.buffers))
        self._tokens_at_us = now_us
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


def _drawn_address() -> str:
    """A random address with the bits of one that a maker could have assigned."""
    first, *others = secrets.token_bytes(6)
    return bytes([first & 0xFC, *others]).hex(":").upper()
