"""Serial ports: which one is the board's, and what each reason not to use it comes to."""

from __future__ import annotations

import errno
import grp
import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo

from motionloop.flashing.serial_ports import (
    NoSerialPortError,
    PortBusyError,
    PortPermissionError,
    SerialPort,
    SeveralPortsError,
    WrongBoardError,
    busy_error,
    check_usable,
    choose_port,
    group_advice,
    holders,
    modem_manager_runs,
    permission_advice,
    port_error,
    serial_ports,
)

RUNNING = SerialPort("/dev/ttyACM0", 0x2341, 0x805A, "Nano 33 BLE")
SECOND = SerialPort("/dev/ttyACM1", 0x2341, 0x805A, "Nano 33 BLE")
BOOTLOADER = SerialPort("/dev/ttyACM2", 0x2341, 0x005A, "Arduino Nano 33 BLE")
NANO_33_IOT = SerialPort("/dev/ttyACM3", 0x2341, 0x8057, "NANO 33 IoT")
BUILT_IN = SerialPort("/dev/ttyS0")
# The kernel refuses to open this for writing, whoever asks: root too.
READ_ONLY = "/proc/sys/kernel/ostype"


@pytest.fixture
def terminal() -> Iterator[str]:
    """A pseudo terminal that nobody has open on its serial side."""
    master, slave = os.openpty()
    name = os.ttyname(slave)
    os.close(slave)
    yield name
    os.close(master)


# --- which port ---------------------------------------------------------------------------------
def test_the_ports_of_this_computer_become_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [ListPortInfo("/dev/ttyACM1"), ListPortInfo("/dev/ttyACM0")]
    found[0].vid, found[0].pid, found[0].product = 0x2341, 0x805A, "Nano 33 BLE"
    monkeypatch.setattr(list_ports, "comports", lambda: found)
    assert serial_ports() == [SerialPort("/dev/ttyACM0"), SECOND]


@pytest.mark.parametrize("pid", [0x005A, 0x805A, 0x015A, 0x025A])
def test_the_only_nano_33_ble_is_taken_whichever_of_its_products_it_shows(pid: int) -> None:
    board = SerialPort("/dev/ttyACM9", 0x2341, pid)
    assert choose_port([BUILT_IN, NANO_33_IOT, board]) == board


def test_of_several_boards_one_has_to_be_named() -> None:
    ports = [RUNNING, SECOND, BUILT_IN]
    with pytest.raises(SeveralPortsError, match=r"2 boards.*ttyACM0.*ttyACM1.*--port") as error:
        choose_port(ports)
    assert "ttyS0" not in str(error.value)
    assert choose_port(ports, "/dev/ttyACM1") == SECOND


def test_without_a_board_the_cable_and_the_bootloader_are_named() -> None:
    with pytest.raises(NoSerialPortError, match=r"data lines.*hub.*button twice.*orange LED"):
        choose_port([BUILT_IN])


def test_another_board_is_named_and_not_flashed() -> None:
    """bossac would erase a Nano 33 IoT without asking."""
    shown = r"/dev/ttyACM3 \(NANO 33 IoT, 2341:8057\)"
    with pytest.raises(WrongBoardError, match=rf"only {shown}.*Plug in an Arduino Nano 33 BLE"):
        choose_port([NANO_33_IOT, BUILT_IN])
    with pytest.raises(WrongBoardError, match=rf"{shown} is not a Nano 33 BLE.*ttyACM0"):
        choose_port([NANO_33_IOT, RUNNING], "/dev/ttyACM3")


def test_a_port_that_is_gone_says_that_names_change() -> None:
    with pytest.raises(NoSerialPortError, match=r"no port /dev/ttyACM7; there is .*ttyACM2.*boot"):
        choose_port([BOOTLOADER], "/dev/ttyACM7")
    with pytest.raises(NoSerialPortError, match="no port at all"):
        choose_port([], "/dev/ttyACM7")


def test_a_named_port_may_be_a_link_or_without_usb(tmp_path: Path, terminal: str) -> None:
    link = tmp_path / "usb-Arduino_Nano_33_BLE-if00"
    link.symlink_to("/dev/ttyACM0")
    assert choose_port([RUNNING, SECOND], str(link)) == RUNNING
    assert choose_port([RUNNING], terminal) == SerialPort(terminal)


# --- whether it can be used -----------------------------------------------------------------------
def test_a_free_port_is_usable(terminal: str) -> None:
    check_usable(SerialPort(terminal))


def test_a_port_that_another_program_has_open_names_it(terminal: str) -> None:
    code = f"open({terminal!r}, 'rb', buffering=0); f = open({terminal!r}, 'rb', buffering=0); "
    monitor = subprocess.Popen(
        [sys.executable, "-c", code + "print(flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert monitor.stdout is not None
    monitor.stdout.readline()
    try:
        assert len(holders(terminal)) == 1
        with pytest.raises(PortBusyError, match=rf"python\S* \({monitor.pid}\) has {terminal}"):
            check_usable(SerialPort(terminal))
    finally:
        monitor.communicate(b"\n")
    check_usable(SerialPort(terminal))


def test_a_port_that_may_not_be_opened_gives_the_command_that_helps() -> None:
    with pytest.raises(PortPermissionError, match=r"You may not open /proc.*udev.*sudo udevadm"):
        check_usable(SerialPort(READ_ONLY))


def test_a_port_that_went_away_says_to_plug_it_in_again() -> None:
    with pytest.raises(NoSerialPortError, match=r"ttyACM99 cannot be opened.*plug it in again"):
        check_usable(SerialPort("/dev/ttyACM99"))


def test_a_device_of_a_group_gives_the_group_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = tmp_path / "ttyACM0"
    device.touch()
    dialout = grp.struct_group(("dialout", "x", -1, []))
    monkeypatch.setattr(grp, "getgrgid", lambda number: dialout)
    monkeypatch.setattr(grp, "getgrnam", lambda name: dialout)
    device.chmod(0o660)
    assert "usermod -a -G dialout $USER" in permission_advice(str(device))
    user = pwd.getpwuid(os.getuid()).pw_name
    joined = grp.struct_group(("dialout", "x", -1, [user]))
    monkeypatch.setattr(grp, "getgrnam", lambda name: joined)
    assert "this session is older" in permission_advice(str(device))
    device.chmod(0o600)  # as without udev's rule for serial ports
    assert "/etc/udev/rules.d/60-motionloop.rules" in permission_advice(str(device))
    device.unlink()
    assert "plug it in again" in permission_advice(str(device))


def test_a_group_that_was_joined_after_logging_in_needs_a_new_session() -> None:
    assert group_advice("uucp", is_member=False).count("usermod -a -G uucp $USER") == 1
    late = group_advice("uucp", is_member=True)
    assert "usermod" not in late
    assert "log out" in late


def test_modem_manager_is_suspected_when_nobody_else_can_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not modem_manager_runs(tmp_path)
    (tmp_path / "7").mkdir()
    (tmp_path / "7/comm").write_text("ModemManager\n")
    assert modem_manager_runs(tmp_path)
    monkeypatch.setattr("motionloop.flashing.serial_ports.modem_manager_runs", lambda: True)
    assert "sudo systemctl stop ModemManager" in str(busy_error("/dev/ttyACM0", ()))
    assert "ModemManager" not in str(busy_error("/dev/ttyACM0", ("screen (12)",)))


def test_errors_of_the_system_become_ours() -> None:
    assert isinstance(port_error("/dev/ttyACM99", errno.EACCES), PortPermissionError)
    assert isinstance(port_error("/dev/ttyACM99", errno.EBUSY), PortBusyError)
    assert isinstance(port_error("/dev/ttyACM99", errno.EIO), NoSerialPortError)
