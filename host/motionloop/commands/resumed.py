"""`motionloop record --resume`: going on with a recording whose program was killed."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console

from motionloop import wire
from motionloop.board.client import BoardClient
from motionloop.board.finding import answers_to
from motionloop.board.link import FoundBoard, find_address
from motionloop.board.recorder import go_on
from motionloop.errors import MotionLoopError
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.unfinished import Unfinished, unfinished
from motionloop.recordings.writer import DISK, RecordingWriter


async def board_to_resume(options: argparse.Namespace) -> tuple[FoundBoard, Unfinished]:
    """The newest recording that was cut off, or that of --name, and its board.

    MotionLoopError if there is none, and the errors of `find_address`.
    """
    for found in unfinished(options.recordings):
        board = found.description.board
        if options.board and not answers_to(options.board, board.name, board.address):
            continue
        if options.name and options.name != found.path.name:
            continue
        return await find_address(board.address, options.timeout, options.radio), found
    named = f" named {options.name!r}" if options.name else ""
    named += f" of board {options.board!r}" if options.board else ""
    raise MotionLoopError(
        f"No recording{named} in {options.recordings} was cut off: there is nothing to go on with. "
        "Begin a new one without --resume; a recording that goes on elsewhere is to be stopped "
        "there."
    )


async def taken_up(
    console: Console, client: BoardClient, found: Unfinished
) -> tuple[RecordingWriter, int | None]:
    """Go on with the recording, and say what became of the time in between."""
    writer, from_seq = await go_on(client, found.path, DISK)
    memory_s = _memory_s(client.info)
    if from_seq is None:
        kept = "The board restarted meanwhile: what it measured before is a declared gap."
    elif found.age_s < memory_s:
        kept = f"The board remembers {memory_s:.0f} s: nothing is lost."
    else:
        kept = f"The board remembers {memory_s:.0f} s: what is older is a declared gap."
    console.print(
        f"Going on with {found.path}, which was cut off {found.age_s:.0f} s ago. {kept} "
        "Ctrl-C ends it."
    )
    return writer, from_seq


def offer(console: Console, folder: Path, board: RecordedBoard, info: wire.Info) -> None:
    """Say that a recording of this start of the board was cut off just now."""
    memory_s = _memory_s(info)
    for found in unfinished(folder, memory_s):
        before = found.description.board
        if (before.address, before.boot_id) == (board.address, board.boot_id):
            console.print(
                f"{found.path} was cut off {found.age_s:.0f} s ago, and the board remembers "
                f"{memory_s:.0f} s: Ctrl-C and `motionloop record --resume` goes on with it "
                "without a loss.",
                style="yellow",
            )
            return


def _memory_s(info: wire.Info) -> float:
    """How far back the board remembers its samples."""
    return info.ring_samples * 1000 / info.native_rate_mhz
