"""The two ways to boards: this computer's Bluetooth and the virtual boards' air.

Both are used alike, through bleak. What bleak leaves to be asked of the operating system is here.
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
    """A board that this computer is connected to: it does not advertise.

    `in_use`: by a program that lives; otherwise a program that ended left the link.
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
        """A client of that board. `fresh_services`: read from the board, not remembered."""

    async def daemon_runs(self) -> bool:
        """False when the system's part of Bluetooth is known not to run."""

    async def held(self) -> list[HeldBoard]:
        """Boards that this computer is connected to; empty when it cannot be known."""

    async def max_write(self, characteristic: BleakGATTCharacteristic) -> int:
        """Bytes that one write can carry, asked of the system. BleakError without a link."""

    async def forget_services(self, device: BLEDevice) -> bool:
        """Have the system forget what it remembers of the board's services; True when the board
        must be heard again before it can be connected to."""


def _boards_only(heard: Heard) -> Heard:
    """Have `heard` called for boards only: by their service or, where the system tells of the
    services of what the board ran before, by the name that goes with their address."""

    def hear(device: BLEDevice, advertisement: AdvertisementData) -> None:
        is_named = advertisement.local_name == name_of(device.address)
        if is_named or wire.SERVICE_UUID in advertisement.service_uuids:
            heard(device, advertisement)

    return hear


class SystemRadio:
    """This computer's Bluetooth."""

    is_virtual = False

    def scanner(self, heard: Heard) -> BleakScanner:
        if sys.platform != "linux":
            return BleakScanner(heard, [wire.SERVICE_UUID])
        # BlueZ itself goes by what is advertised; what bleak goes by can be of an earlier sketch.
        return BleakScanner(_boards_only(heard), bluez={"filters": {"UUIDs": [wire.SERVICE_UUID]}})

    def client(
        self,
        device: BLEDevice,
        lost: Callable[[BleakClient], None],
        timeout_s: float,
        fresh_services: bool,
    ) -> BleakClient:
        cached = WinRTClientArgs(use_cached_services=False) if fresh_services else WinRTClientArgs()
        return BleakClient(device, lost, timeout=timeout_s, winrt=cached)

    async def daemon_runs(self) -> bool:
        if sys.platform == "linux":
            with contextlib.suppress(BleakError, OSError, EOFError):
                return await bluez.runs()
        return True

    async def held(self) -> list[HeldBoard]:
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
                        for held in await bluez.held(wire.SERVICE_UUID, wire.REPLY_UUID)
                    ]
                if sys.platform == "darwin":  # where programs share a link without harm
                    adapter = await BleakAdapter.get()
                    devices = await adapter.get_connected_devices([wire.SERVICE_UUID])
                    return [HeldBoard(d.name or d.address, d, False) for d in devices]
        except (BleakError, OSError, EOFError, NotImplementedError) as error:
            _log.debug("which boards are connected cannot be known: %r", error)
        return []

    async def max_write(self, characteristic: BleakGATTCharacteristic) -> int:
        if sys.platform == "linux":
            # bleak takes the least MTU for granted while BlueZ remembers the board.
            if (mtu := await bluez.mtu(characteristic.obj[0])) is not None:
                return mtu - 3
        return characteristic.max_write_without_response_size

    async def forget_services(self, device: BLEDevice) -> bool:
        if sys.platform == "linux":
            with contextlib.suppress(BleakError, OSError, TimeoutError, EOFError):
                await bluez.forget(device.details["path"])
            return True
        return False


class VirtualRadios:
    """The air of every virtual board on this computer."""

    is_virtual = True

    def scanner(self, heard: Heard) -> BleakScanner:
        return BleakScanner(_boards_only(heard), backend=BleakScannerVirtual)

    def client(
        self,
        device: BLEDevice,
        lost: Callable[[BleakClient], None],
        timeout_s: float,
        fresh_services: bool,
    ) -> BleakClient:
        return BleakClient(device, lost, timeout=timeout_s, backend=BleakClientVirtual)

    async def daemon_runs(self) -> bool:
        return True

    async def held(self) -> list[HeldBoard]:
        return [HeldBoard(d.name or d.address, d, False) for d in bleak_backend.held_devices()]

    async def max_write(self, characteristic: BleakGATTCharacteristic) -> int:
        return bleak_backend.mtu_asked(characteristic) - 3

    async def forget_services(self, device: BLEDevice) -> bool:
        bleak_backend.forget_services()
        return False


SYSTEM, VIRTUAL = SystemRadio(), VirtualRadios()
