"""Record motion from a board, labelled if you say what is being done.

One label for all of it: `--label walking --seconds 60`. A whole session by plan:
`--plan "sitting 60, - 5, walking 60"`, where `-` is a pause without a label.

Several boards at once: `--boards` or `--all`. Each has a recording of its own; name, session and
the moments of the labels are the same. The loss of one board does not end the others' recordings.

`--resume` goes on with the last recording that was cut off, with its label or plan: the board sends
what it has measured since, half a minute at most.
"""

from __future__ import annotations

import argparse
from collections.abc import AsyncGenerator
from datetime import datetime
from functools import partial
from pathlib import Path

from rich.console import Console

from motionloop.board.client import BoardClient
from motionloop.board.link import FoundBoard
from motionloop.board.recorder import (
    SILENT_S,
    Step,
    StepProgress,
    follow_plan,
    open_writer,
    recording_to,
)
from motionloop.commands.bars import Bars
from motionloop.commands.board_options import add_boards, chosen_boards
from motionloop.commands.console import terminal
from motionloop.commands.options import (
    about,
    above_zero,
    add_json,
    add_recordings,
    label,
    new_name,
)
from motionloop.commands.record_group import record_group
from motionloop.commands.recorded import say_recorded
from motionloop.commands.resumed import board_to_resume, offer, taken_up
from motionloop.errors import OptionsError
from motionloop.recordings.plan import parse_plan
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.writer import DISK, RecordingWriter

_REACTION_S = 1.0  # in a plan, between the word on the screen and the person doing it


def configure(parser: argparse.ArgumentParser) -> None:
    add_boards(parser)
    add_recordings(parser)
    parser.add_argument("--label", type=label, help="what is being done (default: no label)")
    parser.add_argument("--seconds", type=above_zero, help="how long (default: until Ctrl-C)")
    parser.add_argument("--plan", help="several labels one after the other")
    parser.add_argument("--wearer", type=about("wearer"), default="", help="who wears the board")
    parser.add_argument("--placement", type=about("placement"), default="", help="where it is worn")
    parser.add_argument(
        "--name", type=new_name, help="of the recording (default: the time and the label)"
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on with the last recording that was cut off"
    )
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    if options.plan and (options.label or options.seconds):
        raise OptionsError("Give either --plan, or --label and --seconds, not both.")
    anew = (options.plan, options.label, options.seconds, options.boards, options.all)
    if options.resume and any((*anew, options.wearer, options.placement)):
        raise OptionsError(
            "--resume goes on with a recording as it was begun: give --board or --name at most."
        )
    if options.resume:
        await _resume(options)
        return
    if options.plan:
        steps, reaction_s = parse_plan(options.plan), _REACTION_S
    else:
        steps, reaction_s = [Step(options.label, options.seconds or float("inf"))], 0.0
    folder = new_folder(options.recordings, options.name, steps[0].label)
    boards = await chosen_boards(options)
    if options.boards or options.all:
        await record_group(options, boards, folder, steps, reaction_s)
    else:
        await _record(options, boards[0], folder, steps, reaction_s)


async def _record(
    options: argparse.Namespace,
    found: FoundBoard,
    folder: Path,
    steps: list[Step],
    reaction_s: float,
) -> None:
    console = terminal(stderr=options.json)
    async with BoardClient(found) as client:
        board = RecordedBoard.from_info(client.info, client.board.name, client.board.address)
        offer(console, options.recordings, board, client.info)
        worn = {"wearer": options.wearer, "placement": options.placement}
        writer = await open_writer(
            partial(RecordingWriter.create, folder, board, disk=DISK, **worn)
        )
        nature = " Its motion is synthetic." if board.synthetic else ""
        console.print(f"Recording {client.board} into {folder}; Ctrl-C ends it.{nature}")
        progress = follow_plan(client, writer, steps, reaction_s, patience_s=SILENT_S)
        await _record_to_end(options, console, client, writer, progress)


async def _resume(options: argparse.Namespace) -> None:
    console = terminal(stderr=options.json)
    found_board, found = await board_to_resume(options)
    async with BoardClient(found_board) as client:
        writer, from_seq = await taken_up(console, client, found)
        progress = follow_plan(client, writer, None, from_seq=from_seq, patience_s=SILENT_S)
        await _record_to_end(options, console, client, writer, progress)


async def _record_to_end(
    options: argparse.Namespace,
    console: Console,
    client: BoardClient,
    writer: RecordingWriter,
    progress: AsyncGenerator[StepProgress, None],
) -> None:
    try:
        async with recording_to(writer):  # it is closed, however the stream ends
            await _show(console, writer, progress)
    finally:
        say_recorded(options, [(client.board, writer.path, None)])


def new_folder(parent: Path, name: str | None, label: str | None) -> Path:
    """The folder of a new recording."""
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    chosen = name or "-".join(part for part in (stamp, label) if part)
    return parent / chosen.replace("/", "-").replace(" ", "-")


async def _show(
    console: Console, writer: RecordingWriter, progress: AsyncGenerator[StepProgress, None]
) -> None:
    with Bars(console) as bars:
        row = bars.row()
        async for now in progress:
            total, left_s = None, None
            if now.end_s != float("inf"):
                total, left_s = now.end_s, now.end_s - now.elapsed_s
            lost = f", lost {writer.quality.lost}" if writer.quality.lost else ""
            words = f"{now.elapsed_s:.0f} s{lost}"
            row.show(now.step.label or "no label", now.elapsed_s, total, words, left_s)
