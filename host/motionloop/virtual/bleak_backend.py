"""bleak backends for virtual boards: scanning and connecting over bumble.

    BleakScanner(backend=BleakScannerVirtual)
    BleakClient(device, backend=BleakClientVirtual)

Each scan and each client joins a board's air with an adapter of its own, a TCP connection to the
port that the registry names. They know what an ideal system reports of a link, unless `habits`
makes them behave as a real system.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Coroutine
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from bleak.args import SizedBuffer
from bleak.assigned_numbers import CharacteristicPropertyName
from bleak.backends.characteristic import BleakGATTCharacteristic, GattCharacteristicsFlags
from bleak.backends.client import BaseBleakClient, NotifyCallback
from bleak.backends.descriptor import BleakGATTDescriptor
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import (
    AdvertisementData,
    AdvertisementDataCallback,
    BaseBleakScanner,
)
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bleak.exc import (
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
)
from bumble import att, hci
from bumble.core import BaseBumbleError
from bumble.device import (
    Advertisement,
    Connection,
    ConnectionParametersPreferences,
    Device,
    Peer,
)
from bumble.host import Host
from bumble.transport.common import Transport
from bumble.transport.tcp_client import open_tcp_client_transport

from motionloop import wire
from motionloop.virtual import habits, registry
from motionloop.virtual.advertisement import Heard, uuid_text
from motionloop.virtual.bumble_log import leave_packets_unworded
from motionloop.virtual.registry import RegisteredBoard

_log = logging.getLogger(__name__)
leave_packets_unworded()

_ABORT_S = 0.1  # after its begin, a connection may be aborted
_LATE_REQUEST_S = 0.05  # after a loss, a request may still be on its way to the adapter
_LOOK_AGAIN_S = 0.2  # how often a scan asks the registry for new boards
_CANCEL_AGAIN_S = 1.0
_DISCONNECT_S = 2.0  # a board that hangs answers no disconnection
# The parameters that a computer's Bluetooth gives a new link; the board then asks for its own.
_PREFERENCES = ConnectionParametersPreferences(
    connection_interval_min=7.5, connection_interval_max=50, supervision_timeout=4000
)
T = TypeVar("T")


class _Host(Host):  # type: ignore[misc]
    """A host whose command is cancelled when the transport ends, as bumble cancels all else that
    waits then. bumble's own error would be nobody's: it sends commands that no caller waits for,
    such as the new parameters of a link.
    """

    def on_transport_lost(self) -> None:
        pending: asyncio.Future[Any] | None = self.pending_response  # type: ignore[has-type]
        self.pending_response = None
        if pending is not None:
            pending.cancel()
        super().on_transport_lost()


async def _join(board: RegisteredBoard) -> tuple[Transport, Device]:
    """An adapter on the board's air, switched on.

    OSError when nothing listens at its port, CancelledError when it is cut off meanwhile.
    """
    transport = await open_tcp_client_transport(f"{board.host}:{board.port}")
    try:
        transport.sink.on_packet(board.secret.encode())  # the port asks for it before all packets
        host = _Host(transport.source, transport.sink)
        device = Device("host", hci.Address.generate_static_address(), host=host)
        await device.power_on()
    except BaseException:
        await transport.close()
        raise
    return transport, device


class BleakScannerVirtual(BaseBleakScanner):
    """Scans the air of every registered board; boards that start meanwhile are found too.

    `BLEDevice.details` is the board's RunningBoard, with the name and address that were heard.
    """

    def __init__(
        self,
        detection_callback: AdvertisementDataCallback | None,
        service_uuids: list[str] | None,
        scanning_mode: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(detection_callback, service_uuids)
        self._scans: dict[RegisteredBoard, asyncio.Task[None]] = {}
        self._watch: asyncio.Task[None] | None = None
        self._heard: dict[str, Heard] = {}  # by address

    async def start(self) -> None:
        _require_daemon()
        if habits.current.refused_scans != 0:
            if habits.current.refused_scans is not None:
                habits.current.refused_scans -= 1
            raise BleakDBusError("org.bluez.Error.InProgress", ["Operation already in progress"])
        try:
            await asyncio.sleep(habits.current.scan_begins_after_s)
        except asyncio.CancelledError:
            habits.current.refused_scans = None
            raise
        self.seen_devices = {}
        self._heard.clear()
        self._watch = asyncio.create_task(self._watch_registry())

    async def stop(self) -> None:
        tasks = [task for task in (self._watch, *self._scans.values()) if task is not None]
        left = set(tasks)
        while left:
            for task in left:
                task.cancel()
            # Up to Python 3.11 the `wait_for` of bumble's commands loses a cancellation that comes
            # together with the answer.
            _, left = await asyncio.wait(left, timeout=_CANCEL_AGAIN_S)
        await asyncio.gather(*tasks, return_exceptions=True)
        self._watch = None
        self._scans.clear()

    async def _watch_registry(self) -> None:
        while True:
            for board in registry.running():
                if board not in self._scans:
                    self._scans[board] = asyncio.create_task(self._scan(board))
            await asyncio.sleep(_LOOK_AGAIN_S)

    async def _scan(self, board: RegisteredBoard) -> None:
        try:
            transport, device = await _join(board)
        except ConnectionRefusedError:
            registry.remove(board)
            return
        except (OSError, BaseBumbleError):
            return
        try:
            device.on("advertisement", lambda advertisement: self._seen(board, advertisement))
            with contextlib.suppress(BaseBumbleError):
                await device.start_scanning()
                await transport.source.terminated
        finally:
            await transport.close()

    def _seen(self, board: RegisteredBoard, advertisement: Advertisement) -> None:
        address = advertisement.address.to_string(False)
        heard = self._heard.setdefault(address, Heard())
        heard.add(advertisement.data)
        found = AdvertisementData(
            local_name=heard.name,
            manufacturer_data={},
            service_data={},
            service_uuids=list(habits.current.remembered or heard.service_uuids),
            tx_power=None,
            rssi=advertisement.rssi,
            platform_data=(advertisement,),
        )
        if self.is_allowed_uuid(found.service_uuids):
            details = replace(
                board,
                name=heard.name or address,
                address=address,
                has_random_address=advertisement.address.is_random,
            )
            device = self.create_or_update_device(address, address, heard.name, details, found)
            self.call_detection_callbacks(device, found)


class BleakClientVirtual(BaseBleakClient):
    """A central connected to one virtual board.

    Bad answers become BleakGATTProtocolError, a lost link and an unanswered request BleakError;
    a connection that takes longer than `timeout` seconds raises TimeoutError.
    """

    def __init__(self, address_or_ble_device: BLEDevice | str, **kwargs: Any) -> None:
        super().__init__(address_or_ble_device, **kwargs)
        self._known = (
            address_or_ble_device.details if isinstance(address_or_ble_device, BLEDevice) else None
        )
        self._transport: Transport | None = None
        self._connection: Connection | None = None
        self._peer: Peer | None = None
        self._leaving = False  # disconnect() is at work
        self._cut_off = False  # the daemon that knew this client was killed

    @property
    def name(self) -> str:
        return self._board().name

    @property
    def mtu_size(self) -> int:
        return int(self._connection.att_mtu if self._connection else att.ATT_DEFAULT_MTU)

    @property
    def is_connected(self) -> bool:
        return self._connection is not None

    def die(self) -> None:
        """Act as if this process was killed: the link stays up if the system keeps links."""
        assert self._transport is not None
        if habits.current.keeps_links and self._connection is not None:
            device = BLEDevice(self.address, self.name, self._known)
            _held[self.address] = _HeldLink(device, self._transport, self._connection)
            self._connection.remove_listener("disconnection", self._on_disconnected)
        else:
            self._transport.sink.close()
        self._transport = self._connection = self._peer = self.services = None

    async def connect(self, pair: bool, **kwargs: Any) -> None:
        if self.is_connected:
            raise BleakError("already connected")
        _require_daemon()
        if habits.current.aborted_connections:
            habits.current.aborted_connections -= 1
            await asyncio.sleep(_ABORT_S)
            raise BleakDBusError("org.bluez.Error.Failed", ["Software caused connection abort"])
        if (held := _held.pop(self.address, None)) is not None and held.is_up:
            return await self._take_over(held)
        board = self._board()
        try:
            async with asyncio.timeout(self._timeout):
                self._transport, device = await self._request(_join(board))
                connecting = device.connect(
                    _address(board),
                    connection_parameters_preferences={hci.HCI_LE_1M_PHY: _PREFERENCES},
                    timeout=None,
                )
                connection = await self._request(connecting)
                connection.on("disconnection", self._on_disconnected)
                if connection.handle not in device.connections:  # broke before we listened
                    raise BleakError("disconnected")
                self._connection = connection
                self._peer = peer = Peer(connection)
                await self._request(peer.request_mtu(wire.ATT_MTU))
                if not self.is_connected:  # broke as the answer came
                    raise BleakError("disconnected")
                self.services = await self._request(self._discover(peer))
                _log.info("%s: a virtual link with MTU %d", self.address, self.mtu_size)
        except ConnectionRefusedError as error:
            registry.remove(board)
            raise self._not_running() from error
        except BaseException:
            await self._close()
            raise

    async def _take_over(self, held: _HeldLink) -> None:
        connection = held.connection
        connection.on("disconnection", self._on_disconnected)
        self._transport, self._connection = held.transport, connection
        self._peer = Peer(connection)
        try:
            self.services = await self._request(self._discover(self._peer))
        except BaseException:
            await self._close()
            raise

    async def disconnect(self) -> None:
        if habits.current.daemon_killed or self._cut_off:
            await self._close()
            raise _daemon_gone()
        if self._connection is not None:
            self._leaving = True
            await asyncio.sleep(habits.current.disconnect_s)
            with contextlib.suppress(BleakError, TimeoutError):
                async with asyncio.timeout(_DISCONNECT_S):
                    if self._connection is not None:  # the link may have broken meanwhile
                        await self._request(self._connection.disconnect())
        await self._close()

    async def pair(self, *args: Any, **kwargs: Any) -> None:
        raise NotImplementedError("virtual boards do not pair")

    async def unpair(self) -> None:
        raise NotImplementedError("virtual boards do not pair")

    async def read_gatt_char(
        self, characteristic: BleakGATTCharacteristic, *, use_cached: bool = False, **kwargs: Any
    ) -> bytearray:
        return bytearray(await self._exchange(self._gatt().read_value(characteristic.obj)))

    async def read_gatt_descriptor(
        self, descriptor: BleakGATTDescriptor, *, use_cached: bool = False, **kwargs: Any
    ) -> bytearray:
        return bytearray(await self._exchange(self._gatt().read_value(descriptor.obj)))

    async def write_gatt_char(
        self, characteristic: BleakGATTCharacteristic, data: SizedBuffer, response: bool
    ) -> None:
        await self._exchange(self._gatt().write_value(characteristic.obj, bytes(data), response))

    async def write_gatt_descriptor(
        self, descriptor: BleakGATTDescriptor, data: SizedBuffer
    ) -> None:
        await self._exchange(self._gatt().write_value(descriptor.obj, bytes(data), True))

    async def start_notify(
        self, characteristic: BleakGATTCharacteristic, callback: NotifyCallback, **kwargs: Any
    ) -> None:
        def deliver(value: bytes) -> None:
            self._cut_off |= habits.current.daemon_killed
            if not self._cut_off:
                callback(bytearray(value))

        await self._exchange(self._gatt().subscribe(characteristic.obj, deliver))

    async def stop_notify(self, characteristic: BleakGATTCharacteristic) -> None:
        await self._exchange(self._gatt().unsubscribe(characteristic.obj))

    def _board(self) -> RegisteredBoard:
        """The board's entry in the registry. BleakDeviceNotFoundError when only an address was
        given, and no running board has this address."""
        if isinstance(self._known, RegisteredBoard):
            return self._known
        for board in registry.running():
            if board.address.lower() == self.address.lower():
                return board
        raise self._not_running()

    def _not_running(self) -> BleakDeviceNotFoundError:
        return BleakDeviceNotFoundError(self.address, f"no virtual board {self.address} is running")

    def _gatt(self) -> Any:
        if self._peer is None:
            raise BleakError("not connected")
        return self._peer.gatt_client

    async def _request(self, answer: Awaitable[T]) -> T:
        """Await bumble's answer and turn its errors into bleak's."""
        try:
            return await answer
        except att.ATT_Error as error:
            raise BleakGATTProtocolError(error.error_code) from error
        except asyncio.CancelledError as error:
            # bumble cancels what it waits for when the link breaks; so may our caller.
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            raise BleakError("disconnected") from error
        except (BaseBumbleError, hci.HCI_Error) as error:
            # An unanswered request leaves an ATT bearer useless (Core, Vol 3, Part F, 3.3.3).
            await self._close()
            raise BleakError(f"{type(error).__name__}: {error}") from error

    async def _exchange(self, answer: Coroutine[Any, Any, T]) -> T:
        """`_request` of an ATT request. A caller that is cancelled does not take it back: its
        answer will come, and must not be taken for that of the next request."""
        if habits.current.daemon_killed or self._cut_off:
            self._cut_off = True
            answer.close()
            raise _daemon_gone()
        connection = self._connection
        request = asyncio.create_task(answer)
        request.add_done_callback(lambda done: done.cancelled() or done.exception())
        try:
            return await self._request(asyncio.shield(request))
        except BleakError as error:
            code = habits.current.lost_request_code
            if code is None or isinstance(error, BleakGATTProtocolError) or connection is None:
                raise
            raise BleakGATTProtocolError(code) from error

    async def _discover(self, peer: Peer) -> BleakGATTServiceCollection:
        found = BleakGATTServiceCollection()
        remembered = habits.current.remembered
        for service in await peer.discover_services():
            bleak_service = BleakGATTService(service, service.handle, uuid_text(service.uuid))
            found.add_service(bleak_service)
            for characteristic in await peer.discover_characteristics(service=service):
                if remembered is not None and uuid_text(characteristic.uuid) not in remembered:
                    continue
                bleak_characteristic = BleakGATTCharacteristic(
                    characteristic,
                    characteristic.handle,
                    uuid_text(characteristic.uuid),
                    _property_names(characteristic.properties),
                    lambda: self._known_mtu - 3,
                    bleak_service,
                )
                found.add_characteristic(bleak_characteristic)
                if characteristic.end_group_handle == characteristic.handle:
                    continue  # no room for descriptors: saves two connection intervals
                for descriptor in await peer.discover_descriptors(characteristic):
                    found.add_descriptor(
                        BleakGATTDescriptor(
                            descriptor,
                            descriptor.handle,
                            uuid_text(descriptor.type),
                            bleak_characteristic,
                        )
                    )
        return found

    @property
    def _known_mtu(self) -> int:
        """The MTU that the system reports without a question."""
        return att.ATT_DEFAULT_MTU if habits.current.mtu_only_when_asked else self.mtu_size

    def _on_disconnected(self, reason: int) -> None:
        _log.info("%s: the link ended: %s", self.address, hci.HCI_Constant.error_name(reason))
        self._cut_off |= habits.current.daemon_killed
        if self._cut_off:
            return
        later_s = 0.0 if self._leaving else habits.current.loss_told_after_s
        if later_s:
            asyncio.get_running_loop().call_later(later_s, self._tell_loss)
        else:
            self._tell_loss()

    def _tell_loss(self) -> None:
        if self._peer is not None:
            # A request that was about to be sent would wait half a minute.
            end = self._peer.gatt_client.on_disconnection
            asyncio.get_running_loop().call_later(_LATE_REQUEST_S, end)
        self._connection = self._peer = self.services = None
        if self._transport is not None and not self._leaving:
            # Later: bumble trips over a transport that ends while it handles an answer.
            asyncio.get_running_loop().call_soon(self._transport.sink.close)
        if self._disconnected_callback is not None:
            self._disconnected_callback()

    async def _close(self) -> None:
        """Give the adapter back; a link that is still up ends with it."""
        if self._transport is not None:
            await self._transport.close()
            await self._transport.source.terminated
        self._transport = self._connection = self._peer = self.services = None
        self._leaving = False


@dataclass(frozen=True)
class _HeldLink:
    """A link whose client died."""

    device: BLEDevice
    transport: Transport
    connection: Connection

    @property
    def is_up(self) -> bool:
        return self.connection.handle in self.connection.device.connections


_held: dict[str, _HeldLink] = {}  # by the board's address


def held_devices() -> list[BLEDevice]:
    """Boards whose links were left by clients that died."""
    return [link.device for link in _held.values() if link.is_up]


async def let_go_of_held() -> None:
    """Close the links that clients left when they died."""
    while _held:
        _, link = _held.popitem()
        await link.transport.close()


def mtu_asked(characteristic: BleakGATTCharacteristic) -> int:
    """The MTU of the characteristic's link, as a system answers the question for it."""
    return int(characteristic.obj.client.mtu)


def forget_services() -> None:
    """Forget all services: the next connections read them from the boards."""
    habits.current.remembered = None


def _daemon_gone() -> BleakDBusError:
    return BleakDBusError(
        "org.freedesktop.DBus.Error.ServiceUnknown",
        ["The name org.bluez was not provided by any .service files"],
    )


def _require_daemon() -> None:
    if habits.current.daemon_killed:
        raise _daemon_gone()


def _address(board: RegisteredBoard) -> hci.Address:
    kinds = hci.Address.PUBLIC_DEVICE_ADDRESS, hci.Address.RANDOM_DEVICE_ADDRESS
    return hci.Address(board.address, kinds[board.has_random_address])


def _property_names(properties: int) -> list[CharacteristicPropertyName]:
    return [
        cast(CharacteristicPropertyName, flag.name.replace("_", "-"))
        for flag in GattCharacteristicsFlags
        if properties & flag.value
    ]
