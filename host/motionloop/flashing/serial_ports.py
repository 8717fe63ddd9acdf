"""Serial ports: the list of them, the board's port, and why a port cannot be used.

On Linux this module checks more than on other systems: groups, udev and the holders of a port.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from serial.tools import list_ports  # type: ignore[import-untyped]

from motionloop.errors import MotionLoopError
from motionloop.language import tr

# USB vendor and products of the Nano 33 BLE, as boards.txt of Arduino's mbed core lists them.
_ARDUINO = 0x2341
BOOTLOADER_PID = 0x005A
_NANO_33_BLE_PIDS = (BOOTLOADER_PID, 0x805A, 0x015A, 0x025A)


def double_tap() -> str:
    """How to start the bootloader, in the middle of a sentence."""
    return tr(
        "press the board's reset button twice, quickly; the orange LED then fades in and out to "
        "show that the bootloader runs"
    )


UDEV_RULE = (
    'SUBSYSTEM=="tty", ATTRS{idVendor}=="2341", TAG+="uaccess", ENV{ID_MM_DEVICE_IGNORE}="1"'
)
INSTALL_UDEV_RULE = (
    f"echo '{UDEV_RULE}' | sudo tee /etc/udev/rules.d/60-motionloop.rules && "
    "sudo udevadm control --reload && sudo udevadm trigger"
)


@dataclass(frozen=True)
class SerialPort:
    """A serial port. `vid` and `pid` are USB's, None for ports that are not on USB."""

    device: str
    vid: int | None = None
    pid: int | None = None
    description: str = ""

    @property
    def is_nano_33_ble(self) -> bool:
        return self.vid == _ARDUINO and self.pid in _NANO_33_BLE_PIDS

    @property
    def is_bootloader(self) -> bool:
        return self.vid == _ARDUINO and self.pid == BOOTLOADER_PID

    def __str__(self) -> str:
        if self.is_nano_33_ble:
            what = tr("Nano 33 BLE, in its bootloader") if self.is_bootloader else "Nano 33 BLE"
        else:
            what = self.description or tr("unknown")
        ids = f", {self.vid:04x}:{self.pid:04x}" if self.vid is not None else ""
        return f"{self.device} ({what}{ids})"


class NoSerialPortError(MotionLoopError):
    """No board is on USB, or the port that was named is not there."""


class WrongBoardError(MotionLoopError):
    """The device on the port is not a Nano 33 BLE."""


class SeveralPortsError(MotionLoopError):
    """More than one Nano 33 BLE is on USB."""


class PortPermissionError(MotionLoopError):
    """This user may not open the port."""


class PortBusyError(MotionLoopError):
    """Another program has the port open."""


def serial_ports() -> list[SerialPort]:
    """The ports that this computer has now, by name."""
    ports = [
        SerialPort(port.device, port.vid, port.pid, port.product or "")
        for port in list_ports.comports()
    ]
    return sorted(ports, key=lambda port: port.device)


def choose_port(ports: Sequence[SerialPort], wanted: str | None = None) -> SerialPort:
    """The port of the board to flash: the named port, or the port of the only Nano 33 BLE.

    A named port without a USB identity is accepted. Raises
    NoSerialPortError, WrongBoardError or SeveralPortsError.
    """
    if wanted is not None:
        return _named(ports, wanted)
    boards = [port for port in ports if port.is_nano_33_ble]
    if len(boards) == 1:
        return boards[0]
    if boards:
        raise SeveralPortsError(
            tr(
                "{count} boards are on USB: {listed}. Say which one with --port, or unplug the "
                "others.",
                count=len(boards),
                listed=_listed(boards),
            )
        )
    others = [port for port in ports if port.vid is not None]
    if others:
        raise WrongBoardError(
            tr(
                "No Nano 33 BLE is on USB, only {listed}. Plug in an Arduino Nano 33 BLE "
                "Sense; if it is plugged in, {double_tap}. Other boards cannot run this "
                "firmware.",
                listed=_listed(others),
                double_tap=double_tap(),
            )
        )
    raise NoSerialPortError(
        tr(
            "No board is on USB. Plug it in with a cable that has data lines (many charging "
            "cables have none; try another one), without a hub in between. If its green LED is "
            "on and still no port appears, {double_tap}.",
            double_tap=double_tap(),
        )
    )


def _named(ports: Sequence[SerialPort], wanted: str) -> SerialPort:
    real = os.path.realpath(wanted)  # /dev/serial/by-id/... are links
    for port in ports:
        if port.device in (wanted, real):
            if port.vid is not None and not port.is_nano_33_ble:
                raise WrongBoardError(
                    tr(
                        "{port} is not a Nano 33 BLE and cannot run this firmware. Give the "
                        "port of another board; there is {listed}.",
                        port=port,
                        listed=_listed(ports),
                    )
                )
            return port
    if os.path.exists(wanted):
        return SerialPort(wanted)
    raise NoSerialPortError(
        tr(
            "There is no port {wanted}; there is {listed}. A board changes its port's name "
            "when it enters or leaves its bootloader: leave out --port if it is the only one.",
            wanted=wanted,
            listed=_listed(ports),
        )
    )


def check_usable(port: SerialPort) -> None:
    """Whether the port can be opened now and nobody else has it open.

    Raises NoSerialPortError, PortPermissionError or PortBusyError.
    """
    if sys.platform == "win32":  # nothing to learn there without taking the port
        return
    try:
        os.close(os.open(port.device, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK))
    except OSError as error:
        raise port_error(port.device, error.errno or 0) from error
    if names := holders(port.device):
        raise busy_error(port.device, names)


def port_error(device: str, number: int) -> MotionLoopError:
    """The error for a user when the system's error `number` came on opening a port."""
    if number in (errno.EACCES, errno.EPERM):
        return PortPermissionError(
            tr(
                "You may not open {device}. {advice}",
                device=device,
                advice=permission_advice(device),
            )
        )
    if number == errno.EBUSY:
        return busy_error(device, holders(device))
    return NoSerialPortError(
        tr(
            "{device} cannot be opened ({cause}). Unplug the board, plug it in again and "
            "repeat the command; if that changes nothing, {double_tap}.",
            device=device,
            cause=os.strerror(number),
            double_tap=double_tap(),
        )
    )


def busy_error(device: str, names: Sequence[str]) -> PortBusyError:
    """The error for a port that the programs `names` hold, or a program that we may not see."""
    if names:
        return PortBusyError(
            tr(
                "{names} has {device} open. Close it (a serial monitor, an IDE, a terminal) "
                "and repeat the command.",
                names=", ".join(names),
                device=device,
            )
        )
    if modem_manager_runs():
        return PortBusyError(
            tr(
                "{device} is in use, probably by ModemManager, which asks every new serial "
                "port for a modem. Stop it with `sudo systemctl stop ModemManager` and repeat "
                "the command, or keep it away for good: {command}",
                device=device,
                command=INSTALL_UDEV_RULE,
            )
        )
    return PortBusyError(
        tr(
            "Another program has {device} open. Close it (a serial monitor, an IDE, a "
            "terminal) and repeat the command.",
            device=device,
        )
    )


def permission_advice(device: str) -> str:
    """Advice to a user who may not open the device, as commands to copy."""
    if sys.platform == "win32":
        return tr("Close every other program that uses it, and repeat the command.")
    import grp

    try:
        status = os.stat(device)
    except OSError:  # the device is gone
        return tr("Unplug the board and plug it in again.")
    try:
        group = grp.getgrgid(status.st_gid).gr_name
    except KeyError:
        group = "root"
    if group == "root" or status.st_mode & (stat.S_IRGRP | stat.S_IWGRP) != 0o060:
        return tr(
            "Have udev give you Arduino's boards, then plug yours in again: {command}",
            command=INSTALL_UDEV_RULE,
        )
    return group_advice(group, in_group_file(group))


def group_advice(group: str, is_member: bool) -> str:
    """Advice on joining the group; `is_member`: only this session has not joined."""
    if is_member:
        return tr(
            "You are in the group {group}, but this session is older than that: log out "
            "and in again, or restart the computer.",
            group=group,
        )
    return tr(
        "Its users are the group {group}: `sudo usermod -a -G {group} $USER`, then log out "
        "and in again.",
        group=group,
    )


def in_group_file(group: str) -> bool:
    """Whether the system's list of groups, not only this session, has the user in `group`."""
    import grp
    import pwd

    try:
        user = pwd.getpwuid(os.getuid())
        entry = grp.getgrnam(group)
    except KeyError:
        return False
    return user.pw_name in entry.gr_mem or user.pw_gid == entry.gr_gid


def holders(device: str, proc: Path = Path("/proc")) -> list[str]:
    """Programs that have the device open, as `name (process id)`. Only Linux lists them, and other
    users' programs only to root."""
    names = []
    real = os.path.realpath(device)
    for process in proc.glob("[0-9]*"):
        try:
            if any(os.readlink(open_file) == real for open_file in (process / "fd").iterdir()):
                names.append(f"{(process / 'comm').read_text().strip()} ({process.name})")
        except OSError:  # ended meanwhile, or another user's
            continue
    return sorted(names)


def modem_manager_runs(proc: Path = Path("/proc")) -> bool:
    """Whether ModemManager runs, which opens each new serial port and asks it for a modem."""
    for comm in proc.glob("[0-9]*/comm"):
        try:
            if comm.read_text().strip() == "ModemManager":
                return True
        except OSError:
            continue
    return False


def _listed(ports: Sequence[SerialPort]) -> str:
    return ", ".join(map(str, ports)) or tr("no port at all")
