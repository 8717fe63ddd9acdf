"""The checks of `motionloop doctor`: independent of each other, each with its own finding.

A check imports the part that it checks only when it runs: its own check finds a broken part, and
the other checks still run.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motionloop import installation, log, wire
from motionloop.errors import MotionLoopError, NoAdapterError, WireVersionError
from motionloop.flashing.platformio import find_pio, find_project, project_wire_hash
from motionloop.flashing.serial_ports import (
    INSTALL_UDEV_RULE,
    SerialPort,
    check_usable,
    choose_port,
    group_advice,
    in_group_file,
    modem_manager_runs,
    serial_ports,
)
from motionloop.version import version

if TYPE_CHECKING:
    from motionloop.board.link import FoundBoard, RadioChoice

SUPPORTED_PYTHON = ((3, 11), (3, 14))  # from, below
OLDEST_PIO = (6, 1)
SERIAL_GROUPS = ("dialout", "uucp")  # Debian's and Fedora's name, Arch's name
UDEV_RULES = (
    Path("/etc/udev/rules.d/60-motionloop.rules"),
    Path("/etc/udev/rules.d/99-platformio-udev.rules"),
    Path("/lib/udev/rules.d/99-platformio-udev.rules"),
)
LITTLE_SPACE, NO_SPACE = 2e9, 1e8  # bytes: a toolchain or a model's training; an hour's recording
PIO_TIMEOUT_S = 20.0


class Severity(StrEnum):
    OK = "ok"
    WARNING = "warning"  # the loop runs, with less
    PROBLEM = "problem"  # the loop does not run


@dataclass(frozen=True)
class Finding:
    """The result of a check, with advice unless all is well.

    `flashing`: the result matters only for flashing a board.
    """

    name: str
    level: Severity
    found: str
    advice: str = ""
    flashing: bool = False


async def check_virtual() -> list[Finding]:
    """Everything that the virtual board and training need."""
    return [
        Finding("MotionLoop", Severity.OK, version()),
        check_python(),
        check_core(),
        check_inference(),
        check_training(),
        check_space(),
        check_log(),
    ]


async def check_real(timeout_s: float = 5.0) -> list[Finding]:
    """Everything that a board on the desk needs besides: radio, board, and flashing it."""
    ports = serial_ports()
    return judged(
        [
            *await check_radio(timeout_s),
            await check_pio(),
            check_project(),
            check_port(ports),
            check_group(),
            check_modem_manager(),
        ]
    )


def judged(findings: Sequence[Finding]) -> list[Finding]:
    """Faults of flashing are only warnings while a board has the right firmware."""
    if not any(f.name.startswith("board ") and f.level is not Severity.PROBLEM for f in findings):
        return list(findings)
    return [
        replace(f, level=Severity.WARNING) if f.flashing and f.level is Severity.PROBLEM else f
        for f in findings
    ]


# --- this program -------------------------------------------------------------------------------
def check_python(version: tuple[int, int] = sys.version_info[:2]) -> Finding:
    first, below = SUPPORTED_PYTHON
    level = Severity.OK if first <= version < below else Severity.PROBLEM
    return Finding(
        "Python",
        level,
        ".".join(map(str, version)),
        "" if level is Severity.OK else "Install MotionLoop with Python 3.11, 3.12 or 3.13.",
    )


def check_core(load: Callable[[str], Any] = import_module) -> Finding:
    """The firmware's core as a Python module, and whether it is of this wire version."""
    try:
        core = load("motionloop._core")
    except ImportError as error:
        return Finding(
            "core",
            Severity.PROBLEM,
            f"not built ({error})",
            f"Bring it back: `{installation.repair()}`.",
        )
    if core.WIRE_HASH != wire.WIRE_HASH:
        return Finding(
            "core",
            Severity.PROBLEM,
            f"built for wire {core.WIRE_HASH:08x}, not {wire.WIRE_HASH:08x}",
            f"It comes from another version or from before a change: `{installation.repair()}`.",
        )
    return Finding("core", Severity.OK, f"wire {wire.WIRE_HASH:08x}")


def check_inference(load: Callable[[str], Any] = import_module) -> Finding:
    """TFLite Micro, which the virtual board runs models with."""
    with suppress(ImportError):
        load("tflite_micro")
        return Finding("inference", Severity.OK, "TFLite Micro, as on the board")
    try:
        load("ai_edge_litert.interpreter")
    except ImportError as error:
        return Finding(
            "inference",
            Severity.PROBLEM,
            f"no interpreter ({error})",
            f"Install the dependencies again: `{installation.repair()}`.",
        )
    return Finding(
        "inference",
        Severity.WARNING,
        "LiteRT's reference kernels stand in for TFLite Micro",
        "TFLite Micro is published for x86-64 Linux only; results can differ in the last bits.",
    )


def check_training(find: Callable[[str], Any] = find_spec) -> Finding:
    """TensorFlow is looked for but not imported: that takes seconds."""
    needed = ("tensorflow", "tf_keras", "tensorflow_model_optimization")
    missing = [name for name in needed if find(name) is None]
    if missing:
        return Finding(
            "training",
            Severity.PROBLEM,
            f"{', '.join(missing)} missing",
            f"Install the dependencies again: `{installation.repair()}`.",
        )
    return Finding("training", Severity.OK, "TensorFlow is installed")


def check_space(free: int | None = None) -> Finding:
    """Room where recordings and models go: the working directory's disk."""
    there = shutil.disk_usage(Path.cwd()).free if free is None else free
    level = Severity.OK
    if there < LITTLE_SPACE:
        level = Severity.PROBLEM if there < NO_SPACE else Severity.WARNING
    advice = (
        "" if level is Severity.OK else "Make room: recordings, models and the toolchain need it."
    )
    return Finding("disk space", level, f"{there / 1e9:.1f} GB free", advice)


def check_log() -> Finding:
    """The log file of this command; the files of other commands lie beside it."""
    if (file := log.current_file()) is not None:
        return Finding("log", Severity.OK, str(file))
    if log.is_off():
        return Finding("log", Severity.OK, f"switched off by {log.VARIABLE}")
    return Finding(
        "log",
        Severity.WARNING,
        f"no file can be written in {log.folder()}",
        "Make room there, and make it yours to write: a fault leaves no trace until then.",
    )


# --- radio and boards ---------------------------------------------------------------------------
async def check_radio(timeout_s: float, radio: RadioChoice | None = None) -> list[Finding]:
    """The Bluetooth adapter, then each board in range and its version."""
    from motionloop.board.link import RadioChoice, scan

    try:
        boards = await scan(timeout_s, radio or RadioChoice.REAL)
    except NoAdapterError as error:
        return [Finding("Bluetooth", Severity.PROBLEM, error.what, error.advice)]
    adapter = Finding("Bluetooth", Severity.OK, "an adapter listens")
    if not boards:
        missing = Finding(
            "boards",
            Severity.PROBLEM,
            f"none heard within {timeout_s:g} s",
            "Power one, bring it near, and disconnect it from other computers. A board that never "
            "ran this firmware: `motionloop flash`.",
        )
        return [adapter, missing]
    return [adapter, *[await check_board(board) for board in boards]]


async def check_board(board: FoundBoard) -> Finding:
    """Whether the board's firmware and this program understand each other."""
    from motionloop.board.client import BoardClient

    name = f"board {board.name}"
    try:
        async with BoardClient(board) as client:
            info = client.info
    except WireVersionError as error:
        return Finding(name, Severity.PROBLEM, "another wire version", str(error))
    except MotionLoopError as error:
        return Finding(name, Severity.PROBLEM, "in range, but does not connect", str(error))
    version = (info.firmware_major, info.firmware_minor, info.firmware_patch)
    shown = f"firmware {'.'.join(map(str, version))}, wire {info.wire_hash:08x}"
    if version < wire.FIRMWARE_VERSION:
        newer = ".".join(map(str, wire.FIRMWARE_VERSION))
        return Finding(name, Severity.WARNING, shown, f"Update it to {newer}: `motionloop flash`.")
    return Finding(name, Severity.OK, shown)


# --- flashing -----------------------------------------------------------------------------------
async def check_pio(pio: Path | None = None) -> Finding:
    """PlatformIO and its version."""

    def finding(level: Severity, found: str, advice: str = "") -> Finding:
        return Finding("PlatformIO", level, found, advice, flashing=True)

    try:
        program = pio or find_pio()
    except MotionLoopError as error:
        return finding(Severity.PROBLEM, "not installed", str(error))
    try:
        process = await asyncio.create_subprocess_exec(
            program,
            "--version",
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        async with asyncio.timeout(PIO_TIMEOUT_S):
            output, _ = await process.communicate()
        said = output.decode(errors="replace").strip()
        version = tuple(int(n) for n in said.rpartition(" ")[2].split(".")[:2])
    except (OSError, ValueError, TimeoutError) as error:
        return finding(
            Severity.PROBLEM,
            f"{program} does not say its version ({error})",
            f"Install it again: `{installation.add('motionloop[flash]')}`.",
        )
    if version < OLDEST_PIO:
        return finding(
            Severity.PROBLEM,
            f"{said} at {program}",
            f"Update it: `{installation.add('platformio>=6.1')}`",
        )
    return finding(Severity.OK, f"{said} at {program}")


def check_project(start: Path | None = None) -> Finding:
    """The firmware's sources, and whether a board flashed from them would be understood."""

    def finding(level: Severity, found: str, advice: str = "") -> Finding:
        return Finding("firmware sources", level, found, advice, flashing=True)

    try:
        project = find_project(start)
    except MotionLoopError as error:
        return finding(Severity.PROBLEM, "not here", str(error))
    their_hash = project_wire_hash(project)
    if their_hash != wire.WIRE_HASH:
        shown = "none" if their_hash is None else f"{their_hash:08x}"
        return finding(
            Severity.PROBLEM,
            f"{project} has wire {shown}, this program {wire.WIRE_HASH:08x}",
            "Run this program from the same checkout as the firmware, and `make wire` after a "
            "change of wire.py.",
        )
    return finding(Severity.OK, str(project))


def check_port(ports: Sequence[SerialPort]) -> Finding:
    """Whether one board is on USB and its port can be opened."""

    def finding(level: Severity, found: str, advice: str = "") -> Finding:
        return Finding("serial port", level, found, advice, flashing=True)

    shown = ", ".join(map(str, ports)) or "no serial port"
    try:
        port = choose_port(ports)
    except MotionLoopError as error:  # a board in use needs no cable
        return finding(Severity.WARNING, shown, str(error))
    try:
        check_usable(port)
    except MotionLoopError as error:
        return finding(Severity.PROBLEM, shown, str(error))
    return finding(Severity.OK, shown)


def check_group(
    user_id: int | None = None,
    group_ids: Sequence[int] | None = None,
    rules: Sequence[Path] = UDEV_RULES,
) -> Finding:
    """Whether Linux lets this user open serial ports at all."""

    def finding(level: Severity, found: str, advice: str = "") -> Finding:
        return Finding("permission", level, found, advice, flashing=True)

    if sys.platform != "linux":
        return finding(Severity.OK, "this system gives serial ports to everybody")
    import grp

    if (os.geteuid() if user_id is None else user_id) == 0:
        return finding(Severity.OK, "root may open every port")
    if rule := next((rule for rule in rules if rule.exists()), None):
        return finding(Severity.OK, f"a udev rule gives the board's port: {rule}")
    known = {entry.gr_name: entry.gr_gid for entry in grp.getgrall()}
    here = [name for name in SERIAL_GROUPS if name in known]
    for name in here:
        if known[name] in (os.getgroups() if group_ids is None else group_ids):
            return finding(Severity.OK, f"in the group {name}")
    if not here:
        return finding(Severity.WARNING, "no group for serial ports", INSTALL_UDEV_RULE)
    return finding(
        Severity.WARNING,
        f"not in the group {here[0]}, and no udev rule",
        group_advice(here[0], in_group_file(here[0])),
    )


def check_modem_manager(proc: Path = Path("/proc"), rules: Sequence[Path] = UDEV_RULES) -> Finding:
    """ModemManager takes new serial ports, unless a rule keeps it from the board's."""
    if not modem_manager_runs(proc):
        return Finding("ModemManager", Severity.OK, "does not run", flashing=True)
    if any(rule.exists() for rule in rules):
        return Finding("ModemManager", Severity.OK, "runs, kept away by a udev rule", flashing=True)
    return Finding(
        "ModemManager",
        Severity.WARNING,
        "runs, and can take the board's port during an upload",
        INSTALL_UDEV_RULE,
        flashing=True,
    )
