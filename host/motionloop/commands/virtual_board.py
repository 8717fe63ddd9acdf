"""Run a board without hardware, reachable like one on the desk.

With --firmware the board is an emulated Nano that runs the linked image of the firmware, as
`pio run` leaves it in .pio/build/nano33ble/firmware.elf.

While it runs, type an activity to have the synthetic wearer do it, `disconnect` to break the
link, `away 20` to be out of range for 20 s, `stall 500` to stop the board's processor for 500 ms,
`forget-owner` to have it belong to nobody, or `quit`.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import re
import secrets
import string
import sys
import threading
from pathlib import Path
from typing import Protocol

from motionloop import installation
from motionloop.commands.console import print_json
from motionloop.commands.options import add_json, at_least, number_within
from motionloop.errors import MotionLoopError, OptionsError
from motionloop.recordings import sources
from motionloop.virtual.air import RadioLimits
from motionloop.virtual.board import VirtualBoard
from motionloop.virtual.motion import BMI270, LSM9DS1, Motion, ReplayedMotion, SyntheticMotion
from motionloop.virtual.process import READY
from motionloop.virtual.wearer import ACTIVITIES, SyntheticWearer

SHORTEST_MS, LONGEST_MS = 7.5, 4000.0  # Bluetooth Core, Vol 6, Part B, 4.5.1
_NUMBER = re.compile("[0-9]{1,6}")  # str.isdigit knows digits that int does not take
_SPEEDS = 1e-3, 1e3  # faster, a computer does nothing but make up for lost time
_MOST_DRIFT_PPM = 1e5  # a tenth: far more than any crystal's
_SENSORS = {"lsm9ds1": LSM9DS1, "bmi270": BMI270}


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--name", help="up to 8 characters (default: ML- and the address's last four)")
    add("--address", help="a public Bluetooth address (default: a new one)")
    add("--activity", default="standing", choices=sorted(ACTIVITIES), help="to begin with")
    add("--wearer-seed", type=at_least(0), default=0, help="which synthetic person (default: 0)")
    add("--sensor", default="lsm9ds1", choices=sorted(_SENSORS), help="IMU of Rev1 or Rev2")
    add(
        "--replay",
        type=Path,
        metavar="PATH",
        help="recording, folder of them, or data file, instead",
    )
    add("--repeat", action="store_true", help="replay again from the start, for ever")
    add(
        "--speed",
        type=number_within(*_SPEEDS),
        default=1.0,
        help="times faster than real time (default: 1)",
    )
    add(
        "--drift-ppm",
        type=number_within(-_MOST_DRIFT_PPM, _MOST_DRIFT_PPM),
        default=0.0,
        help="how fast the device's clock runs",
    )
    add(
        "--interval-ms",
        type=float,
        default=15.0,
        help="the central's connection interval (default: 15)",
    )
    add("--flash", type=Path, help="file that keeps the models (default: forget them)")
    add("--firmware", type=Path, metavar="ELF", help="run this image of the firmware (slower)")
    add(
        "--depth",
        default="hci",
        choices=["hci", "radio"],
        help="with --firmware: cut at the HCI, or with the image's own link layer",
    )
    add("--until-stdin-closes", action="store_true", help="stop when standard input ends")
    add_json(parser)


def _motion(options: argparse.Namespace) -> Motion:
    if options.replay is None:
        wearer = SyntheticWearer(options.wearer_seed, options.activity)
        return SyntheticMotion(wearer, _SENSORS[options.sensor], options.wearer_seed)
    return ReplayedMotion(sources.read_recordings(options.replay), options.repeat)


class _Board(Protocol):
    """The common interface of both kinds of board."""

    on_air: asyncio.Event

    @property
    def name(self) -> str: ...

    @property
    def address(self) -> str: ...

    async def run(self) -> None: ...

    def disconnect(self) -> None: ...

    def stall(self, duration_us: int) -> None: ...


def _board(options: argparse.Namespace, motion: Motion) -> _Board:
    if options.firmware is not None:
        return _emulated(options, motion)
    try:
        return VirtualBoard(
            motion,
            name=options.name,
            address=options.address,
            flash=options.flash,
            speed=options.speed,
            drift_ppm=options.drift_ppm,
            limits=RadioLimits(interval_us=round(options.interval_ms * 1000)),
        )
    except ValueError as error:
        raise OptionsError(f"This virtual board cannot be: {error}.") from error


def _emulated(options: argparse.Namespace, motion: Motion) -> _Board:
    if options.name is not None:
        raise OptionsError(
            "--name does not go with --firmware: an image names itself by its address."
        )
    if not options.firmware.is_file():
        raise MotionLoopError(
            f"{options.firmware} is no file: `pio run` makes .pio/build/nano33ble/firmware.elf."
        )
    try:
        from motionloop.nano.board import EmulatedNano
        from motionloop.nano.on_air import NanoOnAir
    except ModuleNotFoundError as error:
        raise MotionLoopError(
            f"--firmware needs {error.name}: `{installation.add('motionloop[nano]')}`"
        ) from error
    # Every program would take two boards of one address for one board.
    address = options.address or "C0:DE:" + secrets.token_hex(4)
    digits = address.replace(":", "")
    if len(digits) != 12 or any(digit not in string.hexdigits for digit in digits):
        raise OptionsError(
            f"--address must be six bytes, such as C0:DE:1A:2B:3C:4D, not {address!r}."
        )
    nano = EmulatedNano(
        options.firmware,
        motion,
        "rev1" if options.sensor == "lsm9ds1" else "rev2",
        address=int(digits, 16),
        drift_ppm=options.drift_ppm,
    )
    return NanoOnAir(
        nano,
        options.depth,
        interval_us=round(options.interval_ms * 1000),
        speed=options.speed,
        flash=options.flash,
    )


async def run(options: argparse.Namespace) -> None:
    if not SHORTEST_MS <= options.interval_ms <= LONGEST_MS:
        raise OptionsError(
            f"--interval-ms must be {SHORTEST_MS:g} to {LONGEST_MS:g}, the connection intervals "
            f"that Bluetooth knows, not {options.interval_ms:g}."
        )
    if options.flash is not None and options.flash.is_dir():
        raise MotionLoopError(f"--flash needs a file, and {options.flash} is a folder.")
    motion = _motion(options)
    board = _board(options, motion)
    running = asyncio.create_task(board.run())
    lines = _stdin_lines()
    try:
        on_air = asyncio.create_task(board.on_air.wait())
        await asyncio.wait({on_air, running}, return_when=asyncio.FIRST_COMPLETED)
        on_air.cancel()
        if board.on_air.is_set():
            _say_on_air(options, board, motion)
        to_people = sys.stderr if options.json else sys.stdout
        if sys.stdin is not None and sys.stdin.isatty():
            words = f"Type one of: {', '.join(ACTIVITIES)}, disconnect, away S, stall MS, "
            words += "forget-owner, quit"
            print(words, file=to_people, flush=True)
        while not running.done():
            typed = asyncio.ensure_future(lines.get())
            await asyncio.wait({typed, running}, return_when=asyncio.FIRST_COMPLETED)
            if not typed.done():
                typed.cancel()
            elif (text := typed.result()) is None:
                if options.until_stdin_closes:
                    break
                await running
            elif (line := text.strip()) == "quit":
                break
            elif not _obey(board, motion, line):
                print(f"Not understood: {line!r}", file=to_people, flush=True)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    if running.done() and not running.cancelled() and (failure := running.exception()):
        raise failure


def _say_on_air(options: argparse.Namespace, board: _Board, motion: Motion) -> None:
    is_virtual = options.firmware is None
    if options.json:
        print_json(
            {
                "event": "on air",
                "name": board.name,
                "address": board.address,
                "kind": "virtual" if is_virtual else "emulated",
                "synthetic": motion.synthetic,
            }
        )
        return
    what = "virtual" if is_virtual else "an emulated Nano"
    what += f", its motion is {'synthetic' if motion.synthetic else 'replayed'}"
    print(f"{READY} {board.name} {board.address} ({what})", flush=True)


def _obey(board: _Board, motion: Motion, line: str) -> bool:
    """Obey a line; False if it is no order."""
    word, _, argument = line.partition(" ")
    if line == "disconnect":
        board.disconnect()
    elif word == "away" and _NUMBER.fullmatch(argument) and isinstance(board, VirtualBoard):
        board.walk_away(int(argument) * 1_000_000)
    elif word == "stall" and _NUMBER.fullmatch(argument):
        board.stall(int(argument) * 1000)
    elif line == "forget-owner" and isinstance(board, VirtualBoard):
        board.forget_owner()
    elif line in ACTIVITIES and isinstance(motion, SyntheticMotion):
        motion.wearer.activity = line
    else:
        return not line
    return True


def _stdin_lines() -> asyncio.Queue[str | None]:
    """Lines of standard input as they are typed, None at its end."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def read() -> None:
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")  # not everything typed is text
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, None)

    # A thread: not every kind of standard input can be watched by an event loop.
    threading.Thread(target=read, daemon=True).start()
    return lines
