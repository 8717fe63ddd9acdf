"""Questions to BlueZ over D-Bus that bleak does not ask. Linux only.

Each call makes its own connection and asks again: what bleak remembers can be of an earlier link.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bleak.exc import BleakDBusError

_BLUEZ = "org.bluez"
_DEVICE, _CHARACTERISTIC = "org.bluez.Device1", "org.bluez.GattCharacteristic1"
_TIMEOUT_S = 5.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class HeldDevice:
    """A device that BlueZ is connected to.

    Attributes:
        path: D-Bus path of the device.
        properties: Properties of org.bluez.Device1.
        in_use: Whether a running program listens to the device. If not, a program that ended left
            the link.
    """

    path: str
    properties: dict[str, Any]
    in_use: bool

    @property
    def address(self) -> str:
        return str(self.properties["Address"])

    @property
    def name(self) -> str:
        return str(self.properties.get("Name") or self.properties.get("Alias") or self.address)


async def runs() -> bool:
    """Whether bluetoothd runs.

    Returns:
        Whether bluetoothd owns its name on D-Bus.

    Raises:
        BleakDBusError: D-Bus refuses the question.
        OSError: There is no D-Bus.
        TimeoutError: No answer came in time.
    """
    bus = "org.freedesktop.DBus"
    body = await _call("/org/freedesktop/DBus", bus, "NameHasOwner", "s", [_BLUEZ], bus)
    return bool(body[0])


async def mtu(characteristic_path: str) -> int | None:
    """Ask for the ATT MTU of a link.

    Args:
        characteristic_path: D-Bus path of any characteristic of the device.

    Returns:
        The MTU in bytes; None before BlueZ 5.62, which does not report it.

    Raises:
        BleakDBusError: There is no link.
        OSError: There is no D-Bus.
        TimeoutError: No answer came in time.
    """
    try:
        (value,) = await _call(
            characteristic_path,
            "org.freedesktop.DBus.Properties",
            "Get",
            "ss",
            [_CHARACTERISTIC, "MTU"],
        )
    except BleakDBusError as error:
        if error.dbus_error == "org.freedesktop.DBus.Error.InvalidArgs":
            _log.info("BlueZ is older than 5.62: it does not report the MTU")
            return None  # no such property
        raise
    return int(value.value)


async def held_devices(service_uuid: str, heard_uuid: str) -> list[HeldDevice]:
    """Ask for the connected devices with a service.

    Args:
        service_uuid: The service.
        heard_uuid: A characteristic that every program listens to while it uses the device. BlueZ
            ends the listening when the program ends.

    Returns:
        The connected devices.

    Raises:
        BleakDBusError: BlueZ does not answer.
        OSError: There is no D-Bus.
        TimeoutError: No answer came in time.
    """
    (found,) = await _call("/", "org.freedesktop.DBus.ObjectManager", "GetManagedObjects")
    objects = {
        path: {
            name: {key: variant.value for key, variant in properties.items()}
            for name, properties in interfaces.items()
        }
        for path, interfaces in found.items()
    }
    listened = [
        path
        for path, interfaces in objects.items()
        if (known := interfaces.get(_CHARACTERISTIC))
        and known.get("UUID") == heard_uuid
        and known.get("Notifying")
    ]
    found_held = [
        HeldDevice(path, device, any(heard.startswith(f"{path}/") for heard in listened))
        for path, interfaces in objects.items()
        if (device := interfaces.get(_DEVICE))
        and device.get("Connected")
        and service_uuid in device.get("UUIDs", ())
    ]
    for one in found_held:
        _log.info("BlueZ is connected to %s, in use: %s", one.address, one.in_use)
    return found_held


async def forget_device(device_path: str) -> None:
    """Have BlueZ forget a device and its services. A scan must hear the device before a connection.

    Args:
        device_path: D-Bus path of the device.

    Raises:
        BleakDBusError: BlueZ does not know the device.
        OSError: There is no D-Bus.
        TimeoutError: No answer came in time.
    """
    _log.info("having BlueZ forget %s", device_path)
    adapter_path = device_path.rpartition("/")[0]
    await _call(adapter_path, "org.bluez.Adapter1", "RemoveDevice", "o", [device_path])


async def _call(
    path: str,
    interface: str,
    member: str,
    signature: str = "",
    body: Sequence[Any] = (),
    destination: str = _BLUEZ,
) -> list[Any]:
    """Call a method over D-Bus. BleakDBusError, OSError or TimeoutError without an answer."""
    from bleak.backends.bluezdbus.utils import assert_reply, get_dbus_authenticator
    from dbus_fast.aio import MessageBus
    from dbus_fast.constants import BusType
    from dbus_fast.message import Message

    bus = MessageBus(bus_type=BusType.SYSTEM, auth=get_dbus_authenticator())
    try:
        async with asyncio.timeout(_TIMEOUT_S):
            await bus.connect()
            reply = await bus.call(
                Message(
                    destination=destination,
                    path=path,
                    interface=interface,
                    member=member,
                    signature=signature,
                    body=list(body),
                )
            )
    finally:
        was_connected = bus.connected
        bus.disconnect()
        with contextlib.suppress(Exception):  # the call's error once more
            if was_connected:
                await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]
    assert reply is not None
    assert_reply(reply)
    return list(reply.body)
