"""`motionloop doctor`: each check alone, what stops the loop, the table and the exit status."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo

from motionloop import log, wire
from motionloop.board.bluetooth import bluetooth_advice
from motionloop.board.link import RadioChoice
from motionloop.cli import main
from motionloop.flashing.checks import (
    Finding,
    Severity,
    check_core,
    check_group,
    check_inference,
    check_log,
    check_modem_manager,
    check_pio,
    check_port,
    check_project,
    check_python,
    check_radio,
    check_real,
    check_space,
    check_training,
    check_virtual,
    judged,
)
from motionloop.flashing.serial_ports import SerialPort

STAND_IN = Path(__file__).with_name("stand_in_pio.py")
READ_ONLY = "/proc/sys/kernel/ostype"  # cannot be opened for writing, not even by root
ADDRESS = "C0:00:00:00:00:01"


@pytest.fixture(autouse=True)
def nothing_on_usb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_ports, "comports", lambda: [])


def loading(**modules: Any) -> Any:
    """An importer that has these modules only."""

    def load(name: str) -> Any:
        if (module := modules.get(name.replace(".", "_"))) is None:
            raise ImportError(f"No module named {name!r}")
        return module

    return load


def put(folder: Path, **files: str) -> None:
    """Small files, the way /proc and /sys have them; __ stands for a slash."""
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text}\n")


# --- this program -------------------------------------------------------------------------------
async def test_this_program_has_all_that_the_virtual_board_needs() -> None:
    with log.writing("doctor"):
        findings = await check_virtual()
    assert [f.name for f in findings] == [
        "MotionLoop", "Python", "core", "inference", "training", "disk space", "log",
    ]  # fmt: skip
    assert all(f.level is Severity.OK or f.name in ("inference", "disk space") for f in findings)
    assert all(f.level is not Severity.PROBLEM for f in findings)


@pytest.mark.parametrize(("version", "well"), [((3, 10), False), ((3, 11), True), ((3, 14), False)])
def test_another_python_is_a_problem(version: tuple[int, int], well: bool) -> None:
    finding = check_python(version)
    assert (finding.level is Severity.OK) is well
    assert bool(finding.advice) is not well


def test_a_core_of_another_checkout_says_make_setup() -> None:
    other = check_core(loading(motionloop__core=SimpleNamespace(WIRE_HASH=0x1234)))
    assert other.level is Severity.PROBLEM
    assert "built for wire 00001234" in other.found
    assert "make clean setup" in other.advice
    missing = check_core(loading())
    assert missing.level is Severity.PROBLEM
    assert "make clean setup" in missing.advice


def test_litert_stands_in_for_tflm_and_says_so() -> None:
    assert check_inference(loading(tflite_micro=object())).level is Severity.OK
    stand_in = check_inference(loading(ai_edge_litert_interpreter=object()))
    assert (stand_in.level, "LiteRT" in stand_in.found) == (Severity.WARNING, True)
    assert check_inference(loading()).level is Severity.PROBLEM


def test_a_missing_part_of_tensorflow_is_named() -> None:
    finding = check_training(lambda name: None if name == "tf_keras" else object())
    assert (finding.level, finding.found) == (Severity.PROBLEM, "tf_keras missing")


@pytest.mark.parametrize(
    ("free", "level"), [(3e9, Severity.OK), (1e9, Severity.WARNING), (5e7, Severity.PROBLEM)]
)
def test_a_full_disk_is_told_before_it_is_full(free: float, level: Severity) -> None:
    assert check_space(int(free)).level is level


def test_the_log_file_is_named(no_bluetooth: Path) -> None:
    with log.writing("doctor"):
        finding = check_log()
        assert finding.level is Severity.OK
        assert Path(finding.found).parent == no_bluetooth / "log"
        assert Path(finding.found).is_file()


def test_a_log_that_was_switched_off_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(log.VARIABLE, "off")
    with log.writing("doctor"):
        finding = check_log()
    assert (finding.level, finding.found) == (Severity.OK, "switched off by MOTIONLOOP_LOG")


def test_a_log_that_cannot_be_written_is_a_warning(no_bluetooth: Path) -> None:
    (no_bluetooth / "log").write_text("a file where the folder should be")
    with log.writing("doctor"):
        finding = check_log()
    assert finding.level is Severity.WARNING
    assert str(no_bluetooth / "log") in finding.found


# --- radio and boards ---------------------------------------------------------------------------
async def test_no_adapter_is_a_problem() -> None:
    (finding,) = await check_radio(5.0, RadioChoice.REAL)
    assert (finding.name, finding.level) == ("Bluetooth", Severity.PROBLEM)
    assert finding.advice


async def test_no_board_in_range_is_a_problem() -> None:
    adapter, boards = await check_radio(0.1, RadioChoice.VIRTUAL)
    assert adapter.level is Severity.OK
    assert boards.level is Severity.PROBLEM
    assert "motionloop flash" in boards.advice


@pytest.mark.virtual_time
async def test_each_board_in_range_is_asked_for_its_version(boards) -> None:
    await boards.start(name="ML-0001", address=ADDRESS)
    await boards.start(name="ML-0002", wire_hash=wire.WIRE_HASH ^ 1)
    found = {f.name: f for f in await check_radio(2.0, RadioChoice.VIRTUAL)}
    ours, other = found["board ML-0001"], found["board ML-0002"]
    assert (ours.level, ours.found) == (Severity.OK, f"firmware 0.2.0, wire {wire.WIRE_HASH:08x}")
    assert other.level is Severity.PROBLEM
    assert "motionloop flash" in other.advice


@pytest.mark.virtual_time
async def test_older_firmware_of_the_same_wire_version_is_a_warning(
    boards, monkeypatch: pytest.MonkeyPatch
) -> None:
    await boards.start(name="ML-0001", address=ADDRESS)
    monkeypatch.setattr(wire, "FIRMWARE_VERSION", (0, 3, 0))
    finding = (await check_radio(2.0, RadioChoice.VIRTUAL))[1]
    assert finding.level is Severity.WARNING
    assert finding.advice == "Update it to 0.3.0: `motionloop flash`."


def test_why_there_is_no_bluetooth(tmp_path: Path) -> None:
    def advice() -> str:
        return bluetooth_advice(tmp_path / "sys", tmp_path / "proc")

    put(tmp_path, sys__class__rfkill__rfkill0__type="wlan", sys__class__rfkill__rfkill0__soft="1")
    if sys.platform == "linux":
        assert "no adapter" in advice()
        put(tmp_path, sys__class__bluetooth__hci0__address="")
        assert "sudo systemctl start bluetooth" in advice()
        put(tmp_path, proc__12__comm="bluetoothd")
        assert "bluetoothctl power on" in advice()
    put(tmp_path, sys__class__rfkill__rfkill1__type="bluetooth")
    put(tmp_path, sys__class__rfkill__rfkill1__soft="1")
    assert "rfkill unblock bluetooth" in advice()
    put(tmp_path, sys__class__rfkill__rfkill1__hard="1")
    assert "switch or key" in advice()


# --- flashing -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("version", "level"),
    [
        ("6.2.0", Severity.OK),
        ("6.1.18", Severity.OK),
        ("5.2.5", Severity.PROBLEM),
        ("x", Severity.PROBLEM),
    ],
)
async def test_platformio_and_its_version(tmp_path: Path, version: str, level: Severity) -> None:
    pio = tmp_path / "pio"
    pio.write_text(f'#!/bin/sh\nexec {sys.executable} -S {STAND_IN} "{version}" "$@"\n')
    pio.chmod(0o755)
    finding = await check_pio(pio)
    assert finding.level is level
    assert str(pio) in finding.found
    assert ("pip install" in finding.advice) is (level is Severity.PROBLEM)


async def test_a_missing_platformio_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    finding = await check_pio()
    assert finding.level is Severity.PROBLEM
    assert 'pip install "motionloop[flash]"' in finding.advice
    assert (await check_pio(tmp_path / "pio")).level is Severity.PROBLEM


def test_firmware_of_another_wire_version_than_this_program(tmp_path: Path) -> None:
    put(tmp_path, firmware__lib__wire__wire_h="")
    header = tmp_path / "firmware/lib/wire/wire_layout.h"
    (tmp_path / "platformio.ini").touch()
    header.write_text("constexpr uint32_t WIRE_HASH = 0x00001234u;\n")
    other = check_project(tmp_path)
    assert (other.level, "wire 00001234" in other.found) == (Severity.PROBLEM, True)
    assert "make wire" in other.advice
    header.write_text(f"constexpr uint32_t WIRE_HASH = {wire.WIRE_HASH:#010x}u;\n")
    assert check_project(tmp_path) == Finding(
        "firmware sources", Severity.OK, str(tmp_path), flashing=True
    )


def test_the_serial_ports_and_what_is_on_them() -> None:
    master, slave = os.openpty()
    terminal = os.ttyname(slave)
    os.close(slave)
    free = check_port([SerialPort("/dev/ttyS0"), SerialPort(terminal, 0x2341, 0x805A)])
    assert free.level is Severity.OK
    assert free.found == f"/dev/ttyS0 (unknown), {terminal} (Nano 33 BLE, 2341:805a)"
    os.close(master)
    refused = check_port([SerialPort(READ_ONLY, 0x2341, 0x005A)])
    assert refused.level is Severity.PROBLEM
    assert "in its bootloader" in refused.found
    assert "sudo udevadm" in refused.advice
    none = check_port([])
    assert (none.level, "data lines" in none.advice) == (Severity.WARNING, True)


@pytest.mark.skipif(sys.platform != "linux", reason="groups and udev rules are Linux's")
def test_who_may_open_serial_ports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import grp

    dialout = grp.struct_group(("dialout", "x", 20, ["ada"]))
    monkeypatch.setattr(grp, "getgrall", lambda: [dialout])
    monkeypatch.setattr(grp, "getgrnam", lambda name: dialout)
    rule = tmp_path / "60-motionloop.rules"
    assert check_group(0, [], [rule]).level is Severity.OK
    assert check_group(1000, [20], [rule]).found == "in the group dialout"
    outside = check_group(1000, [1000], [rule])
    assert outside.level is Severity.WARNING
    assert "usermod -a -G dialout $USER" in outside.advice
    rule.touch()
    assert check_group(1000, [1000], [rule]).level is Severity.OK
    monkeypatch.setattr(grp, "getgrall", lambda: [])
    assert "udevadm" in check_group(1000, [1000], []).advice


def test_modem_manager_is_a_warning_unless_a_rule_keeps_it_away(tmp_path: Path) -> None:
    rule = tmp_path / "60-motionloop.rules"
    assert check_modem_manager(tmp_path, [rule]).level is Severity.OK
    put(tmp_path, **{"7__comm": "ModemManager"})
    finding = check_modem_manager(tmp_path, [rule])
    assert (finding.level, 'ID_MM_DEVICE_IGNORE}="1"' in finding.advice) == (Severity.WARNING, True)
    rule.touch()
    assert check_modem_manager(tmp_path, [rule]).level is Severity.OK


# --- all together -------------------------------------------------------------------------------
def test_flashing_is_only_a_warning_while_a_board_has_the_right_firmware() -> None:
    no_pio = Finding("PlatformIO", Severity.PROBLEM, "not installed", flashing=True)
    no_radio = Finding("Bluetooth", Severity.PROBLEM, "none")
    good = Finding("board ML-0001", Severity.OK, "firmware 0.1.0")
    old = Finding("board ML-0001", Severity.PROBLEM, "another wire version")
    assert judged([good, no_pio, no_radio])[1:] == [
        Finding("PlatformIO", Severity.WARNING, "not installed", flashing=True),
        no_radio,
    ]
    assert judged([old, no_pio]) == [old, no_pio]


async def test_every_check_finds_something_whatever_is_missing() -> None:
    findings = await check_real(0.1)
    names = [f.name for f in findings]
    assert names[0] == "Bluetooth"
    assert names[-5:] == [
        "PlatformIO",
        "firmware sources",
        "serial port",
        "permission",
        "ModemManager",
    ]
    for finding in findings:
        assert finding.found
        assert bool(finding.advice) is (finding.level is not Severity.OK)


def test_doctor_ends_with_1_when_the_loop_cannot_run_and_names_why(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    board = ListPortInfo("/dev/ttyACM0")
    board.vid, board.pid, board.product = 0x2341, 0x8057, "NANO 33 IoT"
    monkeypatch.setattr(list_ports, "comports", lambda: [board])
    with pytest.raises(SystemExit) as ended:
        main(["doctor", "--timeout", "0.1"])
    assert ended.value.code == 1
    printed = capsys.readouterr()
    assert "With a real board the loop does not run yet (Bluetooth" in printed.err
    assert "NANO 33 IoT" in printed.out


def test_doctor_virtual_is_content_without_a_board(capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor", "--virtual"])
    out = capsys.readouterr().out
    assert "Python" in out
    assert "Bluetooth" not in out
