"""Uploading through a stand-in for PlatformIO: progress, and an answer to each way of failing."""

from __future__ import annotations

import asyncio
import os
import select
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo

from motionloop import installation, wire
from motionloop.errors import MotionLoopError
from motionloop.flashing import platformio
from motionloop.flashing.platformio import (
    BootloaderError,
    BuildError,
    InstallError,
    PioOutput,
    PlatformioMissingError,
    ProjectNotFoundError,
    UploadError,
    UploadInterruptedError,
    UploadProgress,
    UploadStage,
    find_pio,
    find_project,
    project_wire_hash,
    upload,
    wait_for_port,
)
from motionloop.flashing.serial_ports import (
    NoSerialPortError,
    PortBusyError,
    PortPermissionError,
    SerialPort,
    WrongBoardError,
)

STAND_IN = Path(__file__).with_name("stand_in_pio.py")
READ_ONLY = "/proc/sys/kernel/ostype"  # cannot be opened for writing, not even by root
RUNNING_PID, BOOTLOADER_PID = 0x805A, 0x005A


def stand_in(folder: Path, scenario: str) -> Path:
    """An executable `pio` that plays the scenario."""
    pio = folder / "pio"
    pio.write_text(f'#!/bin/sh\nexec {sys.executable} -S {STAND_IN} "{scenario}" "$@"\n')
    pio.chmod(0o755)
    return pio


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A checkout, as far as flashing looks at it."""
    folder = tmp_path / "checkout"
    (folder / "firmware/lib/wire").mkdir(parents=True)
    (folder / "platformio.ini").write_text("[env:nano33ble]\n")
    header = f"constexpr uint32_t WIRE_HASH = {wire.WIRE_HASH:#010x}u;\n"
    (folder / "firmware/lib/wire/wire_layout.h").write_text(header)
    return folder


@pytest.fixture
def terminal() -> Iterator[tuple[str, int]]:
    """A pseudo terminal: the name of its serial side, the descriptor of the other."""
    master, slave = os.openpty()
    name = os.ttyname(slave)
    os.close(slave)
    yield name, master
    os.close(master)


@pytest.fixture
def usb(monkeypatch: pytest.MonkeyPatch) -> list[ListPortInfo]:
    """What is on USB, to be changed by the test."""
    ports: list[ListPortInfo] = []
    monkeypatch.setattr(list_ports, "comports", lambda: list(ports))
    return ports


def on_usb(device: str, pid: int) -> ListPortInfo:
    port = ListPortInfo(device)
    port.vid, port.pid, port.product = 0x2341, pid, "Nano 33 BLE"
    return port


async def progress(
    folder: Path, project: Path, port: str, scenario: str = "success"
) -> list[UploadProgress]:
    steps = upload(project, SerialPort(port), stand_in(folder, scenario))
    return [now async for now in steps]


# --- success ------------------------------------------------------------------------------------
async def test_an_upload_passes_through_its_stages_and_touches_the_port(
    tmp_path: Path, project: Path, terminal: tuple[str, int]
) -> None:
    port, master = terminal
    steps = await progress(tmp_path, project, port, "first time")
    stages = list(dict.fromkeys(step.stage for step in steps))
    assert stages == [s for s in UploadStage if s is not UploadStage.VERIFY]
    assert termios.tcgetattr(master)[5] == termios.B1200
    counts = {s: [now.done for now in steps if now.stage is s] for s in stages}
    assert counts[UploadStage.INSTALL] == [1, 2]
    assert counts[UploadStage.BUILD] == [1, 2, 3]
    pages = [now for now in steps if now.stage is UploadStage.WRITE and now.total]
    assert [now.done for now in pages] == list(range(68))
    assert {now.total for now in pages} == {67}
    assert steps[-1] == UploadProgress(UploadStage.DONE, port)


async def test_a_port_that_changes_its_name_is_followed(
    tmp_path: Path, project: Path, terminal: tuple[str, int], usb: list[ListPortInfo]
) -> None:
    port, _ = terminal
    usb[:] = [on_usb(port, RUNNING_PID), on_usb("/dev/ttyACM9", RUNNING_PID)]
    board = SerialPort(port, 0x2341, RUNNING_PID)
    steps = []
    async for now in upload(project, board, stand_in(tmp_path, "success")):
        steps.append(now)
        if now.stage is UploadStage.ERASE:
            usb[0] = on_usb("/dev/ttyACM1", BOOTLOADER_PID)
            appears = on_usb("/dev/ttyACM2", RUNNING_PID)
            asyncio.get_running_loop().call_later(0.3, usb.__setitem__, 0, appears)
    assert steps[-1] == UploadProgress(UploadStage.DONE, "/dev/ttyACM2")


async def test_a_board_that_does_not_come_back_on_usb_is_told(
    tmp_path: Path,
    project: Path,
    terminal: tuple[str, int],
    usb: list[ListPortInfo],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(platformio, "RETURN_TIMEOUT_S", 0.0)
    usb[:] = [on_usb(terminal[0], BOOTLOADER_PID)]
    board = SerialPort(terminal[0], 0x2341, BOOTLOADER_PID)
    steps = [now async for now in upload(project, board, stand_in(tmp_path, "success"))]
    assert steps[-1] == UploadProgress(UploadStage.DONE, None)


# --- failures -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("scenario", "kind", "message"),
    [
        ("no internet", InstallError, "only the first build needs the internet"),
        ("no environment", UploadError, r"platformio\.ini has no environment nano33ble"),
        ("compiler error", BuildError, r"main\.cpp:31:3: error: 'radio' was not.*\(and 1 more\)"),
        ("undefined reference", BuildError, "undefined reference to `start_radio"),
        ("too large", BuildError, "800000 bytes, more than the 720896"),
        ("no port", BootloaderError, "button twice"),
        ("busy", PortBusyError, "Close it"),
        ("busy on Windows", PortBusyError, "Another program has COM3 open"),
        ("no bootloader", BootloaderError, "its program is as before.*button twice.*orange LED"),
        ("no device", BootloaderError, "button twice"),
        ("other chip", WrongBoardError, "not an nRF52840: nothing was written"),
        ("half way", UploadInterruptedError, "page 29 of 67.*bootloader is whole.*button twice"),
        ("verify fails", UploadInterruptedError, "not what was sent.*no working program"),
        ("unknown", UploadInterruptedError, "page 67 of 67"),
    ],
)
async def test_each_failure_says_what_to_do(
    tmp_path: Path,
    project: Path,
    terminal: tuple[str, int],
    scenario: str,
    kind: type[MotionLoopError],
    message: str,
) -> None:
    with pytest.raises(kind, match=message) as error:
        await progress(tmp_path, project, terminal[0], scenario)
    assert type(error.value) is kind
    if isinstance(error.value, UploadError):
        assert any("FAILED" in line or "Unknown env" in line for line in error.value.log)


async def test_no_permission_on_the_port_gives_the_command(tmp_path: Path, project: Path) -> None:
    with pytest.raises(PortPermissionError, match=rf"{READ_ONLY}.*sudo udevadm"):
        await progress(tmp_path, project, READ_ONLY)


async def test_a_port_that_vanishes_while_compiling(tmp_path: Path, project: Path) -> None:
    with pytest.raises(NoSerialPortError, match=r"/dev/ttyACM98 cannot be opened.*plug it in"):
        await progress(tmp_path, project, "/dev/ttyACM98")


async def test_a_bootloader_that_came_up_late_is_named(
    tmp_path: Path, project: Path, terminal: tuple[str, int], usb: list[ListPortInfo]
) -> None:
    usb[:] = [on_usb("/dev/ttyACM1", BOOTLOADER_PID)]
    with pytest.raises(BootloaderError, match="--port /dev/ttyACM1"):
        await progress(tmp_path, project, terminal[0], "no bootloader")


@pytest.mark.parametrize(
    ("scenario", "kind", "message"),
    [
        ("silent before", BootloaderError, "silent for 0.2 s; nothing was written"),
        ("silent half way", UploadInterruptedError, "stopped half way at page 29 of 67"),
    ],
)
async def test_an_upload_that_falls_silent_is_ended(
    tmp_path: Path,
    project: Path,
    terminal: tuple[str, int],
    monkeypatch: pytest.MonkeyPatch,
    scenario: str,
    kind: type[UploadError],
    message: str,
) -> None:
    monkeypatch.setattr(platformio, "SILENT_UPLOAD_S", 0.2)
    with pytest.raises(kind, match=message):
        await progress(tmp_path, project, terminal[0], scenario)


@pytest.mark.parametrize("scenario", ["silent half way", "dies half way"])
async def test_an_upload_that_is_left_ends_what_pio_started(
    tmp_path: Path, project: Path, terminal: tuple[str, int], scenario: str
) -> None:
    steps = upload(project, SerialPort(terminal[0]), stand_in(tmp_path, scenario))
    async for now in steps:
        if now.done == 29 and now.total:
            break
    bossac = os.pidfd_open(int((project / "pid").read_text()))
    try:
        assert not select.select([bossac], [], [], 0)[0]
        await steps.aclose()
        assert select.select([bossac], [], [], 5.0)[0]  # it has ended
    finally:
        os.close(bossac)


def test_an_unknown_failure_shows_the_last_lines() -> None:
    output = PioOutput("/dev/ttyACM0")
    for number in range(30):
        output.add(f"line {number}")
    error = output.failure()
    assert isinstance(error, UploadError)
    assert error.log == tuple(f"line {number}" for number in range(18, 30))


@pytest.mark.slow
@given(st.lists(st.text()), st.text())
def test_whatever_pio_prints_is_read(lines: list[str], device: str) -> None:
    output = PioOutput(device)
    for line in lines:
        output.add(line)
    assert isinstance(output.failure(), MotionLoopError)
    assert isinstance(output.stuck(), UploadError)


# --- what is needed -----------------------------------------------------------------------------
def test_pio_is_the_one_beside_this_python_then_the_one_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("venv", "path", "home/.platformio/penv/bin"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    python = tmp_path / "venv/python"
    with pytest.raises(PlatformioMissingError, match=r'pip install "motionloop\[flash\]"'):
        find_pio(python)
    in_ide = stand_in(tmp_path / "home/.platformio/penv/bin", "6.1.18")
    assert find_pio(python) == in_ide
    on_path = stand_in(tmp_path / "path", "6.1.18")
    assert find_pio(python) == on_path
    beside = stand_in(tmp_path / "venv", "6.1.18")
    assert find_pio(python) == beside


async def test_a_pio_that_cannot_be_run_is_named(project: Path, terminal: tuple[str, int]) -> None:
    pio = project / "no-pio"
    with pytest.raises(PlatformioMissingError, match=r"no-pio cannot be run \(No such file"):
        await anext(upload(project, SerialPort(terminal[0]), pio))


def test_the_project_is_found_from_inside_it_or_from_the_sources(
    project: Path, tmp_path: Path
) -> None:
    inside = project / "host/motionloop"
    inside.mkdir(parents=True)
    assert find_project(inside) == project
    assert project_wire_hash(project) == wire.WIRE_HASH
    assert find_project(tmp_path) == installation.root() == Path(__file__).parents[2]


def test_another_platformio_project_is_not_taken_for_ours(project: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "platformio.ini").write_text("[env:nano33ble]\n")
    assert find_project(other) == installation.root()


def test_an_installation_without_the_sources_is_repaired(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "_SHIPPED", tmp_path)
    with pytest.raises(ProjectNotFoundError, match="pip install --force-reinstall motionloop"):
        find_project(tmp_path)


async def test_a_port_is_waited_for(usb: list[ListPortInfo]) -> None:
    loop = asyncio.get_running_loop()
    loop.call_later(0.1, usb.append, on_usb("/dev/ttyACM0", BOOTLOADER_PID))
    found = await wait_for_port(lambda port: port.is_bootloader, 5.0)
    assert found == SerialPort("/dev/ttyACM0", 0x2341, BOOTLOADER_PID, "Nano 33 BLE")
    assert await wait_for_port(lambda port: not port.is_bootloader, 0.0) is None
