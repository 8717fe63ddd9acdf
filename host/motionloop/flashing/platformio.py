"""Building the firmware and uploading it over USB, through PlatformIO.

PlatformIO compiles, asks the board for its bootloader (it opens the port at 1200 baud) and has
`bossac` write the image. This module turns its output into progress, and each of its failures into
an error with advice. The formats are those of PlatformIO 6, its platform
nordicnrf52 10.11 and Arduino's bossac 1.9.1.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import re
import shutil
import signal
import sys
from collections import deque
from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import platformdirs

from motionloop import installation
from motionloop.errors import MotionLoopError
from motionloop.flashing.serial_ports import (
    SerialPort,
    WrongBoardError,
    busy_error,
    double_tap,
    port_error,
    serial_ports,
)
from motionloop.language import tr

ENVIRONMENT = "nano33ble"  # in platformio.ini
# A download or a large source file may be silent for minutes; bossac never is for so long.
SILENT_UPLOAD_S = 60.0
POLL_S = 0.25
END_TIMEOUT_S = 5.0  # from a kill until the processes are gone
BOOTLOADER_TIMEOUT_S = 10.0  # from the request until the bootloader is on USB
RETURN_TIMEOUT_S = 10.0  # from the end of an upload until the board is on USB again
_LOG_LINES = 12
_log = logging.getLogger(__name__)
_PIO_ENVIRONMENT = {
    "PYTHONUNBUFFERED": "1",  # progress as it happens
    "PLATFORMIO_NO_ANSI": "1",
    "PLATFORMIO_SETTING_ENABLE_TELEMETRY": "no",
    "PLATFORMIO_SETTING_CHECK_PLATFORMIO_INTERVAL": "9999",  # days
}


class UploadStage(StrEnum):
    """The stages of an upload, in this order. Only DONE always comes: nothing is built twice, and
    platformio.ini decides whether bossac verifies."""

    INSTALL = "installing the toolchain"
    BUILD = "compiling"
    LINK = "linking"
    RESET = "starting the bootloader"
    ERASE = "erasing"
    WRITE = "uploading"
    VERIFY = "verifying"
    DONE = "done"

    @property
    def words(self) -> str:
        """The stage in the user's language."""
        return {
            UploadStage.INSTALL: tr("installing the toolchain"),
            UploadStage.BUILD: tr("compiling"),
            UploadStage.LINK: tr("linking"),
            UploadStage.RESET: tr("starting the bootloader"),
            UploadStage.ERASE: tr("erasing"),
            UploadStage.WRITE: tr("uploading"),
            UploadStage.VERIFY: tr("verifying"),
            UploadStage.DONE: tr("done"),
        }[self]


@dataclass(frozen=True)
class UploadProgress:
    """`done` of `total` packages, files or pages; `total` is None where it is not known.

    `port` is the board's port; with DONE it is the port of the board's new program, None if the
    board did not come back on USB.
    """

    stage: UploadStage
    port: str | None
    done: int = 0
    total: int | None = None


class UploadError(MotionLoopError):
    """The firmware did not get onto the board. `log` is the end of PlatformIO's output."""

    def __init__(self, message: str, log: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.log = tuple(log)


class PlatformioMissingError(MotionLoopError):
    """PlatformIO is not installed, or cannot be run."""


class ProjectNotFoundError(MotionLoopError):
    """The firmware's sources are not here."""


class InstallError(UploadError):
    """PlatformIO could not fetch its toolchain or a library."""


class BuildError(UploadError):
    """The firmware does not compile, or does not fit."""


class BootloaderError(UploadError):
    """The board did not start its bootloader: nothing was written, its program is as before."""


class UploadInterruptedError(UploadError):
    """The upload stopped half way: the board has its bootloader and no program."""


def find_pio(python: Path | None = None) -> Path:
    """PlatformIO's program: beside this Python, on the PATH, or where its IDE installs it.

    PlatformioMissingError when it is nowhere.
    """
    beside = python or Path(sys.executable)
    suffix = ".exe" if sys.platform == "win32" else ""
    on_path = shutil.which("pio")
    in_ide = Path.home() / ".platformio/penv" / ("Scripts" if suffix else "bin")
    for found in (beside.with_name(f"pio{suffix}"), on_path, in_ide / f"pio{suffix}"):
        if found is not None and os.access(found, os.X_OK):
            return Path(found)
    raise PlatformioMissingError(
        tr(
            "PlatformIO, which compiles and uploads the firmware, is not installed: `{command}`",
            command=installation.add("motionloop[flash]"),
        )
    )


def find_project(start: Path | None = None) -> Path:
    """The firmware's sources, with platformio.ini: a checkout at or above `start` (default: the
    working directory), else the sources that came with this program.
    """
    place = (start or Path.cwd()).absolute()
    for folder in (place, *place.parents, installation.root()):
        if (folder / "platformio.ini").is_file() and _wire_header(folder).is_file():
            return folder
    raise ProjectNotFoundError(
        tr(
            "The firmware's sources are not in {root}, where this program has them. Install "
            "MotionLoop again: {repair}",
            root=installation.root(),
            repair=installation.repair(),
        )
    )


def build_folder(project: Path) -> Path:
    """The folder that PlatformIO builds in. An installed package's own may be read-only."""
    if installation.is_checkout() or project != installation.root():
        return project / ".pio"
    # The variable keeps all that a process leaves behind in one place: see virtual.registry.
    if set_by_user := os.environ.get("MOTIONLOOP_RUNTIME_DIR"):
        return Path(set_by_user) / "firmware"
    return platformdirs.user_cache_path("motionloop", appauthor=False) / "firmware"


def project_wire_hash(project: Path) -> int | None:
    """The WIRE_HASH that the firmware in this folder is built with; None if it has none."""
    found = re.search(r"WIRE_HASH = (0x[0-9a-fA-F]+)", _wire_header(project).read_text())
    return int(found[1], 16) if found else None


async def upload(
    project: Path, port: SerialPort, pio: Path
) -> AsyncGenerator[UploadProgress, None]:
    """Build the firmware in `project` and upload it to the board at `port`.

    Yields progress; the last progress is DONE and names the board's port after the upload. Leaving
    the iteration early ends PlatformIO and all that it started. Raises InstallError, BuildError,
    BootloaderError, UploadInterruptedError, UploadError, WrongBoardError and serial_ports'
    PortPermissionError, PortBusyError and NoSerialPortError.
    """
    before = {p.device for p in serial_ports()}
    output = PioOutput(port.device)
    command = (str(pio), "run", "-e", ENVIRONMENT, "-t", "upload", "--upload-port", port.device)
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=project,
            env={
                "PLATFORMIO_WORKSPACE_DIR": str(build_folder(project)),
                **os.environ,
                **_PIO_ENVIRONMENT,
            },
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,  # its children can then be ended with it
        )
    except OSError as error:
        raise PlatformioMissingError(
            tr(
                "{pio} cannot be run ({cause}). Install PlatformIO: `{command}`",
                pio=pio,
                cause=error.strerror,
                command=installation.add("motionloop[flash]"),
            )
        ) from error
    assert process.stdout is not None
    try:
        text = ""
        while part := await _read(process.stdout, output):
            # bossac rewrites one line, with carriage returns.
            *lines, text = re.split(r"[\r\n]+", text + part.decode(errors="replace"))
            for line in lines:
                if (progress := output.add(line)) is not None:
                    yield progress
        output.add(text)
        status = await process.wait()
    finally:
        await _end(process)
    if status != 0:
        raise output.failure(serial_ports())
    yield UploadProgress(UploadStage.DONE, await _port_after(port, before))


async def wait_for_port(is_it: Callable[[SerialPort], bool], timeout_s: float) -> SerialPort | None:
    """The first port for which `is_it`, as soon as there is one; None after `timeout_s`."""
    loop = asyncio.get_running_loop()
    end_s = loop.time() + timeout_s
    while True:
        for port in serial_ports():
            if is_it(port):
                return port
        if loop.time() >= end_s:
            return None
        await asyncio.sleep(POLL_S)


class PioOutput:
    """Reads PlatformIO's lines: progress while it runs, and the reason of a failure."""

    def __init__(self, device: str) -> None:
        self.device = device
        self.stage: UploadStage | None = None
        self._done = 0
        self._total: int | None = None
        self._lines: list[str] = []

    def add(self, line: str) -> UploadProgress | None:
        """Add a line. Returns the progress if the line reports any."""
        line = line.strip()
        if not line:
            return None
        self._lines.append(line)
        _log.debug("PlatformIO: %s", line)
        if bar := _BAR.match(line):
            stage = UploadStage.VERIFY if self.stage is UploadStage.VERIFY else UploadStage.WRITE
            return self._at(stage, int(bar[1]), int(bar[2]))
        for pattern, stage in _STAGES:
            if pattern.match(line):
                counts = stage in (UploadStage.INSTALL, UploadStage.BUILD)
                done = self._done + 1 if counts and self.stage is stage else int(counts)
                return self._at(stage, done, None)
        return None

    def _at(self, stage: UploadStage, done: int, total: int | None) -> UploadProgress:
        self.stage, self._done, self._total = stage, done, total
        return UploadProgress(stage, self.device, done, total)

    def failure(self, ports: Sequence[SerialPort] = ()) -> MotionLoopError:
        """The error at the end of the output; `ports` are the computer's ports now."""
        text = "\n".join(self._lines)
        log = deque(self._lines, _LOG_LINES)
        if self.stage in (UploadStage.ERASE, UploadStage.WRITE, UploadStage.VERIFY):
            return self._interrupted(log)
        if opened := _NOT_OPENED.search(text):
            return _not_opened(opened)
        if "Device unsupported" in text:
            return WrongBoardError(
                tr(
                    "The board at {device} is not an nRF52840: nothing was written to it. Give "
                    "the port of an Arduino Nano 33 BLE Sense with --port.",
                    device=self.device,
                )
            )
        if _NO_BOOTLOADER.search(text):
            return no_bootloader(self.device, ports, log)
        if too_large := _TOO_LARGE.search(text):
            return BuildError(
                tr(
                    "The firmware has {bytes} bytes, more than the {most} below the "
                    "model slots. Undo what you added to it, or leave out a library in "
                    "platformio.ini.",
                    bytes=too_large[1],
                    most=too_large[2],
                ),
                log,
            )
        if errors := _COMPILER_ERROR.findall(text):
            first = errors[0]
            if len(errors) > 1:
                first = tr("{error} (and {count} more)", error=first, count=len(errors) - 1)
            return BuildError(
                tr(
                    "The firmware does not compile: {first}. The board was not touched. If you "
                    "did not change firmware/, take a clean checkout or install MotionLoop "
                    "again.",
                    first=first,
                ),
                log,
            )
        if _NO_ENVIRONMENT.search(text):
            return UploadError(
                tr(
                    "platformio.ini has no environment {environment}. Take it from the repository.",
                    environment=ENVIRONMENT,
                ),
                log,
            )
        if _NOT_FETCHED.search(text) or self.stage is UploadStage.INSTALL:
            return InstallError(
                tr(
                    "PlatformIO could not fetch its toolchain or a library; only the first "
                    "build needs the internet. Connect this computer, check a proxy or the "
                    "free disk space, and repeat the command: what was fetched is kept."
                ),
                log,
            )
        return UploadError(
            tr(
                "PlatformIO failed in a way that is not known here; its last lines are below. "
                "For the whole output repeat the command with -vv."
            ),
            log,
        )

    def stuck(self) -> MotionLoopError:
        """The error for an upload that fell silent."""
        log = deque(self._lines, _LOG_LINES)
        if self.stage is UploadStage.RESET:
            return BootloaderError(
                tr(
                    "The board at {device} has been silent for {seconds:g} s; nothing "
                    "was written. Unplug it, plug it in again, {double_tap}, and repeat the "
                    "command.",
                    device=self.device,
                    seconds=SILENT_UPLOAD_S,
                    double_tap=double_tap(),
                ),
                log,
            )
        return self._interrupted(log)

    def _interrupted(self, log: Sequence[str]) -> UploadInterruptedError:
        if self.stage is UploadStage.VERIFY:
            what = tr("What the board holds is not what was sent")
        elif self._total:
            what = tr(
                "The upload stopped half way at page {page} of {pages}",
                page=self._done, pages=self._total,
            )  # fmt: skip
        else:
            what = tr("The upload stopped half way")
        return UploadInterruptedError(
            tr(
                "{what}. The board has no working program now, but its bootloader is whole and "
                "it can always be flashed again: {double_tap}, and repeat the command. If it "
                "stops again, use another cable and no hub.",
                what=what,
                double_tap=double_tap(),
            ),
            log,
        )


_UPLOADING = (UploadStage.RESET, UploadStage.ERASE, UploadStage.WRITE, UploadStage.VERIFY)
_STAGES = tuple(
    (re.compile(pattern), stage)
    for pattern, stage in (
        (r"(Platform|Tool|Library) Manager: Installing ", UploadStage.INSTALL),
        (r"(Compiling|Archiving|Indexing) ", UploadStage.BUILD),
        (r"(Linking|Checking size) ", UploadStage.LINK),
        (
            r"Looking for upload port|Forcing reset|Waiting for the new upload port",
            UploadStage.RESET,
        ),
        (r"Erase flash", UploadStage.ERASE),
        (r"Write \d+ bytes to flash", UploadStage.WRITE),
        (r"Verify \d+ bytes of flash", UploadStage.VERIFY),
    )
)
_BAR = re.compile(r"\[[= ]*\] +\d+% \((\d+)/(\d+) pages\)")
# pyserial's words; Windows has its own exception where others have a number.
_NOT_OPENED = re.compile(r"could not open port '?([^':]+)'?: (?:\[Errno (\d+)\]|(\w+)\(\d+)")
_NO_BOOTLOADER = re.compile(
    r"Couldn't find a board on the selected port|No device found on|SAM-BA operation failed|"
    r"Please specify `upload_port`|No serial ports available"
)
_TOO_LARGE = re.compile(r"program size \((\d+) bytes\) is greater than maximum allowed \((\d+)")
_COMPILER_ERROR = re.compile(
    r"^\S.*?:\d+:(?:\d+:)? (?:fatal )?error: .+$|^.*undefined reference to .+$|"
    r"^.*multiple definition of .+$|^.*overflowed by \d+ bytes$",
    re.MULTILINE,
)
_NO_ENVIRONMENT = re.compile(r"Unknown environment names")
_NOT_FETCHED = re.compile(
    r"HTTPClientError|InternetConnectionError|UnknownPackageError|Could not (find|install) "
    r"(the )?package|PackageException"
)


def _not_opened(found: re.Match[str]) -> MotionLoopError:
    if found[3] == "PermissionError":  # Windows says so when somebody else has it
        return busy_error(found[1], ())
    return port_error(found[1], int(found[2] or 0) or errno.ENOENT)


def no_bootloader(
    device: str, ports: Sequence[SerialPort], log: Sequence[str] = ()
) -> BootloaderError:
    """The error for a board that did not start its bootloader; `ports` are those there are now."""
    return BootloaderError(
        tr(
            "The board at {device} did not start its bootloader; its program is as "
            "before. By hand: {double_tap}. {advice}",
            device=device,
            double_tap=double_tap(),
            advice=_bootloaders(ports),
        ),
        log,
    )


def _bootloaders(ports: Sequence[SerialPort]) -> str:
    there = [port.device for port in ports if port.is_bootloader]
    if len(there) == 1:
        return tr("Then repeat the command with --port {port}.", port=there[0])
    return tr("Then repeat the command.")


def _wire_header(project: Path) -> Path:
    return project / "firmware/lib/wire/wire_layout.h"


async def _read(stream: asyncio.StreamReader, output: PioOutput) -> bytes:
    """Read the next bytes, b"" at the end. Raises the stuck upload's error when none come."""
    try:
        async with asyncio.timeout(SILENT_UPLOAD_S if output.stage in _UPLOADING else None):
            return await stream.read(4096)
    except TimeoutError:
        raise output.stuck() from None


async def _port_after(port: SerialPort, before: Collection[str]) -> str | None:
    """The port of the board's new program; None if the board does not come back."""
    if port.vid is None:  # nothing distinguishes the port from others
        return port.device

    def is_back(now: SerialPort) -> bool:
        is_new = now.is_nano_33_ble and now.device not in before
        return not now.is_bootloader and (now.device == port.device or is_new)

    found = await wait_for_port(is_back, RETURN_TIMEOUT_S)
    return found.device if found else None


async def _end(process: asyncio.subprocess.Process) -> None:
    """End PlatformIO and all that it started."""
    output = process.stdout
    assert output is not None
    if process.returncode is not None and output.at_eof():
        return
    with suppress(ProcessLookupError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
    # Only the end of the output shows that PlatformIO's children have ended.
    with suppress(TimeoutError):
        async with asyncio.timeout(END_TIMEOUT_S):
            while await output.read(4096):
                pass
