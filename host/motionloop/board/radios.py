"""The two ways to boards: this computer's Bluetooth and the virtual boards' air.

The caller uses both alike, through bleak. Questions to the operating system that bleak does not ask
are here.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bleak import BleakAdapter, BleakClient, BleakScanner
from bleak.args.winrt import WinRTClientArgs
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from bleak.exc import BleakError

from motionloop import wire
from motionloop.board import bluez
from motionloop.virtual import bleak_backend
from motionloop.virtual.advertisement import name_of
from motionloop.virtual.bleak_backend import BleakClientVirtual, BleakScannerVirtual

Heard = Callable[[BLEDevice, AdvertisementData], None]
_HELD_TIMEOUT_S = 2.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class HeldBoard:
    """A board that this computer is connected to. Such a board does not advertise.

    Attributes:
        name: The board's name.
        device: The board as bleak knows it.
        in_use: Whether a running program uses the board. If not, a program that ended left the
            link.
    """

    name: str
    device: BLEDevice
    in_use: bool


class Radio(Protocol):
    """One way to boards."""

    is_virtual: bool

    def scanner(self, heard: Heard) -> BleakScanner:
        """A scanner for boards."""

    def client(
        self,
        device: BLEDevice,
        lost: Callable[[BleakClient], None],
        timeout_s: float,
        fresh_services: bool,
    ) -> BleakClient:
        """Make bleak's client of a board.

        Args:
            device: The board.
            lost: Called when the link breaks.
            timeout_s: Time for connecting.
            fresh_services: Read the services from the board, though the system remembers some.

        Returns:
            A client without a link.
        """

    async def daemon_runs(self) -> bool:
        """Whether the system's part of Bluetooth runs; True when this cannot be known."""

    async def held_boards(self) -> list[HeldBoard]:
        """The boards that this computer is connected to; empty when this cannot be known."""

    async def max_write(self, characteristic: BleakGATTCharacteristic) -> int:
        """Ask the system how many bytes one write can carry.

        Args:
            characteristic: Of the connected board.

        Returns:
            Bytes, the ATT MTU less 3.

        Raises:
            BleakError: There is no link.
        """

    async def forget_services(self, device: BLEDevice) -> bool:
        """Have the system forget the services of a board.

        Args:
            device: The board.

        Returns:
            Whether a scan must hear the board before the next connection.
        """


def _boards_only(heard: Heard) -> Heard:
    """Have `heard` called for boards only.

    A board advertises the service. The system can report the services of the program that the
    board ran before: then the name that belongs to the address shows a board.
    """

    def hear(device: BLEDevice, advertisement: AdvertisementData) -> None:
        is_named = advertisement.local_name == name_of(device.address)
        if is_named or wire.SERVICE_UUID in advertisement.service_uuids:
            heard(device, advertisement)

    return hear


class SystemRadio:
    """This computer's Bluetooth."""

    is_virtual = False

    def scanner(self, heard: Heard) -> BleakScanner:
        """A scanner of the system's Bluetooth."""
        if sys.platform != "linux":
            return BleakScanner(heard, [wire.SERVICE_UUID])
        # BlueZ filters by the advertised services; bleak's list can be of an earlier sketch.
        return BleakScanner(_boards_only(heard), bluez={"filters": {"UUIDs": [wire.SERVICE_UUID]}})

    def client(
        self,
        device: BLEDevice,
        lost: Callable[[BleakClient], None],
        timeout_s: float,
        fresh_services: bool,
    ) -> BleakClient:
        """A client through the system's Bluetooth."""
        cached = WinRTClientArgs(use_cached_services=False) if fresh_services else WinRTClientArgs()
        return BleakClient(device, lost, timeout=timeout_s, winrt=cached)

    async def daemon_runs(self) -> bool:
        """Whether bluetoothd runs; True on other systems than Linux."""
        if sys.platform == "linux":
            with contextlib.suppress(BleakError, OSError, EOFError):
                return await bluez.runs()
        return True

    async def held_boards(self) -> list[HeldBoard]:
        """The boards that BlueZ or CoreBluetooth is connected to."""
        try:
            async with asyncio.timeout(_HELD_TIMEOUT_S):
                if sys.platform == "linux":
                    return [
                        HeldBoard(
                            held.name,
                            BLEDevice(
                                held.address,
                                held.name,
                                {"path": held.path, "props": held.properties},
                            ),
                            held.in_use,
                        )
                        for held in await bluez.held_devices(wire.SERVICE_UUID, wire.REPLY_UUID)
                    ]
                if sys.platform == "darwin":  # where programs share a link without harm
                    adapter = await BleakAdapter.get()
                    devices = await adapter.get_connected_devices([wire.SERVICE_UUID])
                    return [HeldBoard(d.name or d.address, d, False) for d in devices]
        except (BleakError, OSError, EOFError, NotImplementedError) as error:
            _log.debug("the connected boards cannot be known: %r", error)
        return []

    async def max_write(self, characteristic: BleakGATTCharacteristic) -> int:
        """Bytes of one write, from BlueZ itself on Linux, else from bleak."""
        if sys.platform == "linux":
            # bleak reports the least MTU while BlueZ remembers the board.
            if (mtu := await bluez.mtu(characteristic.obj[0])) is not None:
                return mtu - 3
        return characteristic.max_write_without_response_size

    async def forget_services(self, device: BLEDevice) -> bool:
        """Have BlueZ forget the board; other systems read services again when asked."""
        if sys.platform == "linux":
            with contextlib.suppress(BleakError, OSError, TimeoutError, EOFError):
                await bluez.forget_device(device.details["path"])
            return True
        return False


class VirtualRadios:
    """The air of every virtual board on this computer."""

    is_virtual = True

    def scanner(self, heard: Heard) -> BleakScanner:
        """A scanner of the virtual boards' air."""
        return BleakScanner(_boards_only(heard), backend=BleakScannerVirtual)

    def client(
        self,
        device: BLEDevice,
        lost: Callable[[BleakClient], None],
        timeout_s: float,
        fresh_services: bool,
    ) -> BleakClient:
        """A client through the virtual boards' air."""
        return BleakClient(device, lost, timeout=timeout_s, backend=BleakClientVirtual)

    async def daemon_runs(self) -> bool:
        """True: the air needs no other program."""
        return True

    async def held_boards(self) -> list[HeldBoard]:
        """The boards that a program of this computer left connected."""
        return [HeldBoard(d.name or d.address, d, False) for d in bleak_backend.held_devices()]

    async def max_write(self, characteristic: BleakGATTCharacteristic) -> int:
        """Bytes of one write, as the virtual radio reports them."""
        return bleak_backend.mtu_asked(characteristic) - 3

    async def forget_services(self, device: BLEDevice) -> bool:
        """Forget the services of all virtual boards."""
        bleak_backend.forget_services()
        return False


SYSTEM, VIRTUAL = SystemRadio(), VirtualRadios()
