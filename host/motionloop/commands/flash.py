"""Build the firmware, upload it over USB, and push the board's model to it again.

An upload may erase the model slots, so the active model is remembered before (over Bluetooth, if
the board is in range) and pushed again when the board is back. See docs/flashing.md.

A board keeps its owner. With --forget-owner nothing is built or uploaded: the board forgets its
owner and its models, also an owner whose key is lost. See docs/security.md.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rich.console import Console

from motionloop.board.link import RadioChoice
from motionloop.commands.bars import Bars, waiting
from motionloop.commands.board_options import chosen_board
from motionloop.commands.console import print_json, terminal
from motionloop.commands.documents import board_document
from motionloop.commands.options import above_zero, add_json, add_models
from motionloop.commands.push import add_no_claim, push_with_progress
from motionloop.errors import MotionLoopError
from motionloop.flashing.bootloader import erase_journal, touch
from motionloop.flashing.flash import flash
from motionloop.flashing.kept_model import KeptModel, keep_model
from motionloop.flashing.platformio import (
    BOOTLOADER_TIMEOUT_S,
    BootloaderError,
    UploadError,
    UploadInterruptedError,
    UploadStage,
    find_pio,
    find_project,
    no_bootloader,
    upload,
    wait_for_port,
)
from motionloop.flashing.serial_ports import (
    NoSerialPortError,
    SerialPort,
    WrongBoardError,
    check_usable,
    choose_port,
    serial_ports,
)

PUSH_YOURSELF = "push one with `motionloop push models/NAME`"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", help="the board's serial port (default: the only Nano 33 BLE's)")
    parser.add_argument("--pio", type=Path, help="PlatformIO's program (default: the one found)")
    parser.add_argument(
        "--wait",
        type=float,
        default=60.0,
        metavar="SECONDS",
        help="how long to wait for a board to be plugged in or put into its bootloader by hand "
        "(default: 60)",
    )
    parser.add_argument(
        "--no-push", action="store_true", help="do not push the model again afterwards"
    )
    parser.add_argument(
        "--forget-owner",
        action="store_true",
        help="have the board belong to nobody and forget its models; nothing is uploaded",
    )
    add_no_claim(parser)
    add_models(parser)
    parser.add_argument("--board", help="whose model to keep, if several boards are in range")
    parser.add_argument(
        "--radio",
        type=RadioChoice,
        choices=list(RadioChoice),
        default=RadioChoice.REAL,  # no virtual board is on USB
        metavar="{any,real,virtual}",
        help="where to look for the board (default: real)",
    )
    parser.add_argument(
        "--timeout", type=above_zero, default=8.0, help="seconds to search (default: 8)"
    )
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    console = terminal(stderr=options.json, highlight=False, soft_wrap=True)
    if options.forget_owner:
        await _forget_owner(console, options)
        return
    project, pio = find_project(), options.pio or find_pio()
    port = await _choose(console, options.port, options.wait)
    check_usable(port)
    console.print(f"Flashing {port} with the firmware in {project}.")
    kept = None if options.no_push else await _keep(console, options)
    port_after: str | None = None

    async def upload_once() -> None:
        nonlocal port_after
        port_after = await _upload(console, project, port, pio, options.wait)

    try:
        info = await flash(
            upload_once,
            kept,
            partial(push_with_progress, console, claim=not options.no_claim),
            lambda kept: console.print(f"Waiting for {kept.board.name} to start."),
        )
    except UploadError as error:
        console.print("\n".join(error.log), style="dim")
        if kept is not None and isinstance(error, UploadInterruptedError):
            console.print(f"The board's model is kept in {kept.file}.")
        raise
    if options.no_push:
        console.print(f"The board may have no model of yours now: {PUSH_YOURSELF}.")
    restored = None
    if kept is not None and info is not None:
        version = f"{info.firmware_major}.{info.firmware_minor}.{info.firmware_patch}"
        console.print(
            f"{kept.board.name} runs firmware {version} and, pushed again, model "
            f"{kept.model_id.hex()} ({', '.join(kept.labels)})."
        )
        restored = {
            "board": board_document(kept.board),
            "firmware": version,
            "model_id": kept.model_id.hex(),
            "labels": kept.labels,
        }
    if options.json:
        print_json({"port": port_after, "restored": restored})


async def _forget_owner(console: Console, options: argparse.Namespace) -> None:
    port = await _choose(console, options.port, options.wait)
    check_usable(port)
    console.print(f"Having the board at {port} forget its owner and its models.")
    before = {p.device for p in serial_ports()}
    if not port.is_bootloader:
        await asyncio.to_thread(touch, port.device)
        # A port without an identity on USB is the same one in the bootloader.
        if port.vid is not None:
            with waiting(console, "Waiting for the bootloader"):
                is_its = _is_its_bootloader(port, before)
                found = await wait_for_port(is_its, max(options.wait, BOOTLOADER_TIMEOUT_S))
            if found is None:
                raise no_bootloader(port.device, serial_ports())
            port = found
    await asyncio.to_thread(erase_journal, port.device)
    console.print(
        "The board restarts with its built-in model. It belongs to nobody now: whoever pushes a "
        "model next becomes its owner."
    )
    if options.json:
        print_json({"port": port.device, "restored": None})


async def _choose(console: Console, wanted: str | None, wait_s: float) -> SerialPort:
    """The port to use; without one, give the reason and wait for a port."""
    try:
        return choose_port(serial_ports(), wanted)
    except (NoSerialPortError, WrongBoardError) as error:
        if wanted is not None or wait_s <= 0:
            raise
        console.print(str(error), style="yellow")
        with waiting(console, f"Waiting {wait_s:g} s for a board; Ctrl-C ends it"):
            await wait_for_port(lambda port: port.is_nano_33_ble, wait_s)
        return choose_port(serial_ports(), wanted)


async def _keep(console: Console, options: argparse.Namespace) -> KeptModel | None:
    """The model to push again; None when there is none, or when this cannot be known."""
    try:
        board = await chosen_board(options)
        with waiting(console, f"Asking {board.name} for its model"):
            kept = await keep_model(board, options.models)
    except MotionLoopError as error:
        console.print(
            f"The board's model cannot be pushed again automatically: {error}\n"
            f"After the upload, {PUSH_YOURSELF}.",
            style="yellow",
        )
        return None
    if kept is None:
        console.print(f"{board.name} has no model of yours; {PUSH_YOURSELF} after the upload.")
        return None
    console.print(
        f"{board.name} runs model {kept.model_id.hex()} ({', '.join(kept.labels)}), kept in "
        f"{kept.file}."
    )
    return kept


async def _upload(
    console: Console, project: Path, port: SerialPort, pio: Path, wait_s: float
) -> str | None:
    """Upload; if the bootloader does not start by itself, have a person start it and try again.

    Returns the board's port afterwards; None if it did not come back.
    """
    before = {p.device for p in serial_ports()}
    try:
        return await _upload_once(console, project, port, pio)
    except BootloaderError as error:
        if wait_s <= 0:
            raise
        console.print(str(error), style="yellow")
        with waiting(console, f"Waiting {wait_s:g} s for the bootloader; Ctrl-C ends it"):
            found = await wait_for_port(_is_its_bootloader(port, before), wait_s)
        if found is None:
            raise
        console.print(f"The bootloader is at {found.device}: once more.")
        return await _upload_once(console, project, found, pio)


def _is_its_bootloader(port: SerialPort, before: set[str]) -> Callable[[SerialPort], bool]:
    """The bootloader can have the board's port or a new port, but no port of another board."""
    return lambda now: now.is_bootloader and (now.device == port.device or now.device not in before)


async def _upload_once(console: Console, project: Path, port: SerialPort, pio: Path) -> str | None:
    after = None
    with Bars(console) as bars:
        row = bars.row()
        row.show("starting PlatformIO", 0, None)
        async for now in upload(project, port, pio):
            shown = f"{now.done}" if now.done else ""
            if now.total:
                shown = f"{now.done}/{now.total}"
            finished = now.stage is UploadStage.DONE
            done, total = (1, 1) if finished else (now.done, now.total)
            row.show(now.stage, done, total, shown)
            after = now.port
    if after is None:
        console.print(
            "The firmware is uploaded, but the board did not come back on USB. Press its reset "
            "button once; if its orange LED fades in and out, flash it again.",
            style="yellow",
        )
    elif after != port.device:
        console.print(f"Uploaded. The board's port is {after} now.")
    else:
        console.print("Uploaded.")
    return after
