"""What bleak does not ask of BlueZ, over D-Bus: Linux only.

Each call makes a connection of its own and asks afresh: what bleak remembers of an earlier link
is not to be trusted.
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
class Held:
    """A device that BlueZ is connected to.

    `properties` are those of Device1. `in_use`: a program that lives listens to it; without one
    the link was left by a program that ended.
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
    """Whether bluetoothd is there to be asked."""
    bus = "org.freedesktop.DBus"
    body = await _call("/org/freedesktop/DBus", bus, "NameHasOwner", "s", [_BLUEZ], bus)
    return bool(body[0])


async def mtu(characteristic_path: str) -> int | None:
    """The MTU of the link now; None before BlueZ 5.62, which does not tell.

    BleakDBusError without a link.
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
            _log.info("BlueZ is older than 5.62: it does not tell the MTU")
            return None  # no such property
        raise
    return int(value.value)


async def held(service_uuid: str, heard_uuid: str) -> list[Held]:
    """Connected devices with that service.

    Each program listens to the characteristic `heard_uuid`, and BlueZ notes when one ends.
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
        Held(path, device, any(heard.startswith(f"{path}/") for heard in listened))
        for path, interfaces in objects.items()
        if (device := interfaces.get(_DEVICE))
        and device.get("Connected")
        and service_uuid in device.get("UUIDs", ())
    ]
    for one in found_held:
        _log.info("BlueZ is connected to %s, in use: %s", one.address, one.in_use)
    return found_held


async def forget(device_path: str) -> None:
    """Have BlueZ forget a device, and with it the services that it remembers. It must be heard
    again before it can be connected to."""
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
    """BleakDBusError, OSError or TimeoutError when there is no answer."""
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
        with contextlib.suppress(Exception):  # it repeats what the call raised
            if was_connected:
                await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]
    assert reply is not None
    assert_reply(reply)
    return list(reply.body)
