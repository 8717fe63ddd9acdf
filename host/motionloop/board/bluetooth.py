"""Why this computer's Bluetooth cannot be used, in words, from errors of bleak and the system.

docs/bluetooth.md has the same for people.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakDBusError,
    BleakGATTProtocolError,
)
from bleak.exc import BleakBluetoothNotAvailableReason as Reason

from motionloop.errors import BluetoothBusyError, NoAdapterError
from motionloop.language import tr

IN_PROGRESS = "org.bluez.Error.InProgress"
_OFF = "org.bluez.Error.NotReady"
_FORBIDDEN = "org.freedesktop.DBus.Error.AccessDenied"
_DAEMON_GONE = (
    "org.freedesktop.DBus.Error.ServiceUnknown",
    "org.freedesktop.DBus.Error.NameHasNoOwner",
    "org.freedesktop.DBus.Error.NoReply",
    "org.freedesktop.DBus.Error.Spawn.",
    "org.freedesktop.systemd1.",
)
_NO_SUCH_ADAPTER = (
    "org.freedesktop.DBus.Error.UnknownObject",
    "org.freedesktop.DBus.Error.UnknownMethod",
)
_DENIED = (Reason.DENIED_BY_USER, Reason.DENIED_BY_SYSTEM, Reason.DENIED_BY_UNKNOWN)


def _plug_in() -> str:
    return tr("Plug in a USB adapter for Bluetooth 4.0 or later.")


def _start_bluez() -> str:
    return tr("Start it: `sudo systemctl start bluetooth` (after `sudo apt install bluez`).")


def _join_group() -> str:
    return tr(
        "Log in at this computer's own screen, or `sudo usermod -a -G bluetooth $USER` and log in "
        "again."
    )


def _allow() -> str:
    if sys.platform == "darwin":
        return tr(
            "Allow it to the terminal (or to the program that starts this one) in System "
            "Settings, Privacy & Security, Bluetooth, and start that program again."
        )
    if sys.platform == "linux":
        return _join_group()
    return tr("Allow it in the system's privacy settings for Bluetooth.")


def said_by(error: BaseException) -> str:
    """The text of an error of bleak or the system, without Python's punctuation."""
    if isinstance(error, BleakGATTProtocolError):
        return str(error.args[-1])
    if isinstance(error, BleakBluetoothNotAvailableError):
        return str(error.args[0])
    if isinstance(error, KeyError | AssertionError):  # bleak's own: their texts help nobody
        return tr("the system forgot the board meanwhile")
    return str(error) or type(error).__name__


def adapters(sys_folder: Path = Path("/sys")) -> list[str]:
    """The names of this computer's adapters, as far as the system lists them (Linux only)."""
    return sorted(path.name for path in (sys_folder / "class/bluetooth").glob("hci*"))


def is_in_progress(error: BaseException) -> bool:
    """Whether BlueZ reports that another request keeps the adapter busy."""
    return isinstance(error, BleakDBusError) and error.dbus_error == IN_PROGRESS


def unusable(
    error: Exception, daemon_runs: bool = True, sys_folder: Path = Path("/sys")
) -> NoAdapterError:
    """Make the error for a scan or a connection that failed because of Bluetooth itself.

    Args:
        error: As raised by bleak or the system.
        daemon_runs: False when BlueZ does not run: bleak then reports a missing adapter.
        sys_folder: The system's /sys.

    Returns:
        Cause and advice in words.
    """
    if not daemon_runs:
        return NoAdapterError(tr("BlueZ (bluetoothd) does not run"), _start_bluez())
    if isinstance(error, BleakBluetoothNotAvailableError):
        if error.reason in _DENIED:
            return NoAdapterError(tr("this program may not use it"), _allow())
        what = {
            Reason.NO_BLUETOOTH: tr("there is no adapter"),
            Reason.NO_BLE_CENTRAL_ROLE: tr("the adapter is too old for boards"),
            Reason.POWERED_OFF: tr("it is switched off"),
        }.get(error.reason, said_by(error))
        if error.reason is Reason.NO_BLE_CENTRAL_ROLE:
            return NoAdapterError(what, _plug_in())
        if error.reason is Reason.NO_BLUETOOTH:
            return NoAdapterError(what, _switch_advice(sys_folder) or _plug_in())
        return NoAdapterError(what, switched_off_advice(sys_folder))
    if isinstance(error, BleakDBusError):
        name = error.dbus_error
        if name == IN_PROGRESS:
            return BluetoothBusyError(
                tr("its adapter is busy or does not answer"),
                tr(
                    "Wait a moment and try again. If that does not help, unplug the adapter "
                    "and plug it in again, or `sudo systemctl restart bluetooth`."
                ),
            )
        if name in _NO_SUCH_ADAPTER:
            return NoAdapterError(
                tr("there is no adapter"), _switch_advice(sys_folder) or _plug_in()
            )
        if name == _OFF:
            return NoAdapterError(tr("it is switched off"), switched_off_advice(sys_folder))
        if name == _FORBIDDEN:
            return NoAdapterError(tr("D-Bus does not let this user reach BlueZ"), _join_group())
        if name.startswith(_DAEMON_GONE):
            return NoAdapterError(tr("BlueZ (bluetoothd) does not run"), _start_bluez())
    if isinstance(error, FileNotFoundError | ConnectionError) and sys.platform == "linux":
        return NoAdapterError(
            tr("there is no D-Bus, over which BlueZ is reached"),
            tr(
                "Install and start BlueZ: `sudo apt install bluez && sudo systemctl start "
                "bluetooth`. In a container, give it /run/dbus."
            ),
        )
    return NoAdapterError(said_by(error), bluetooth_advice(sys_folder))


def switched_off_advice(sys_folder: Path = Path("/sys")) -> str:
    """Advice on switching the adapter on, from files that every user may read."""
    if advice := _switch_advice(sys_folder):
        return advice
    if sys.platform != "linux":
        return tr("Switch Bluetooth on in the system's settings, and allow it to this program.")
    return tr(
        "Switch it on with `bluetoothctl power on`. If that says that it is not allowed: {advice}",
        advice=_join_group(),
    )


def bluetooth_advice(sys_folder: Path = Path("/sys"), proc: Path = Path("/proc")) -> str:
    """Advice on a failure of Bluetooth whose error gives no cause."""
    if sys.platform == "linux" and not _switch_advice(sys_folder):
        if not adapters(sys_folder):
            return tr("There is no adapter. {advice}", advice=_plug_in())
        if not any(_text(comm) == "bluetoothd" for comm in proc.glob("[0-9]*/comm")):
            return tr("BlueZ does not run. {advice}", advice=_start_bluez())
    return switched_off_advice(sys_folder)


def _switch_advice(sys_folder: Path) -> str:
    """Advice on a switch that keeps Bluetooth off; empty without such a switch."""
    for switch in (sys_folder / "class/rfkill").glob("rfkill*"):
        if _text(switch / "type") != "bluetooth":
            continue
        if _text(switch / "hard") == "1":
            return tr("A switch or key of this computer turns Bluetooth off: turn it on.")
        if _text(switch / "soft") == "1":
            return tr("It is blocked in software: `rfkill unblock bluetooth`.")
    return ""


def _text(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""
