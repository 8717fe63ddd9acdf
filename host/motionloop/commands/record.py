"""Record motion from a board, labelled if you say what is being done.

One label for all of it: `--label walking --seconds 60`. A whole session by plan:
`--plan "sitting 60, - 5, walking 60"`, where `-` is a pause without a label.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress

from motionloop.board.client import BoardClient
from motionloop.board.link import FoundBoard
from motionloop.board.recorder import Step, follow_plan, parse_plan
from motionloop.commands.board_options import add_board, chosen_board
from motionloop.commands.console import print_json, terminal, words_column
from motionloop.commands.documents import (
    board_document,
    finding_document,
    recording_document,
)
from motionloop.commands.options import add_json, add_recordings, new_name
from motionloop.errors import MotionLoopError
from motionloop.recordings.checks.check import check_recordings
from motionloop.recordings.checks.finding import Finding
from motionloop.recordings.facts import facts_of
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.writer import RecordingWriter

_REACTION_S = 1.0  # in a plan, between the word on the screen and the person doing it


def configure(parser: argparse.ArgumentParser) -> None:
    add_board(parser)
    add_recordings(parser)
    parser.add_argument("--label", type=str.strip, help="what is being done (default: no label)")
    parser.add_argument("--seconds", type=float, help="how long (default: until Ctrl-C)")
    parser.add_argument("--plan", help="several labels one after the other")
    parser.add_argument("--wearer", default="", help="who wears the board")
    parser.add_argument("--placement", default="", help="where it is worn")
    parser.add_argument(
        "--name", type=new_name, help="of the recording (default: the time and the label)"
    )
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    if options.plan and (options.label or options.seconds):
        raise MotionLoopError("Give either --plan, or --label and --seconds, not both.")
    if options.seconds is not None and options.seconds <= 0:
        raise MotionLoopError(f"--seconds must be above zero, not {options.seconds:g}.")
    if options.plan:
        steps, reaction_s = parse_plan(options.plan), _REACTION_S
    else:
        steps, reaction_s = [Step(options.label, options.seconds or float("inf"))], 0.0
    folder = new_folder(options.recordings, options.name, steps[0].label)
    console = terminal(stderr=options.json)
    async with BoardClient(await chosen_board(options)) as client:
        board = RecordedBoard.from_info(client.info, client.board.name, client.board.address)
        writer = RecordingWriter.create(
            folder, board, wearer=options.wearer, placement=options.placement
        )
        nature = " Its motion is synthetic." if board.synthetic else ""
        console.print(f"Recording {client.board} into {folder}; Ctrl-C ends it.{nature}")
        try:
            with writer:  # the recording is closed, however the stream ends
                await _show(console, client, writer, steps, reaction_s)
        finally:
            recording = Recording.open(folder)
            findings = check_recordings([recording]) if len(recording.seq) else []
            if options.json:
                print_json({"recordings": [_document(client.board, recording, findings)]})
            else:
                _say(console, recording, findings)


def _document(
    board: FoundBoard, recording: Recording, findings: Sequence[Finding]
) -> dict[str, Any]:
    return {
        "path": recording.path,
        "board": board_document(board),
        **recording_document(facts_of(recording)),
        "findings": [finding_document(finding) for finding in findings],
    }


def _say(console: Console, recording: Recording, findings: Sequence[Finding]) -> None:
    quality = recording.quality
    console.print(
        f"{quality.samples} samples in {quality.duration_s:.1f} s ({quality.rate_hz:.2f} Hz), "
        f"lost {quality.lost} in {quality.gaps} gaps, saturated {quality.saturated}: "
        f"{recording.path}"
    )
    for finding in findings:
        console.print(str(finding), style="yellow", soft_wrap=True)


def new_folder(parent: Path, name: str | None, label: str | None) -> Path:
    """The folder of a new recording."""
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    chosen = name or "-".join(part for part in (stamp, label) if part)
    return parent / chosen.replace("/", "-").replace(" ", "-")


async def _show(
    console: Console,
    client: BoardClient,
    writer: RecordingWriter,
    steps: list[Step],
    reaction_s: float,
) -> None:
    columns = (
        words_column("{task.description:>14}"),
        BarColumn(),
        words_column("{task.fields[s]}"),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", s="")
        async for now in follow_plan(client, writer, steps, reaction_s):
            endless = now.step.seconds == float("inf")
            if now.began:
                total = None if endless else now.step.seconds + reaction_s
                label = now.step.label or "no label"
                progress.reset(task, description=label, total=total)
            lost = f", lost {writer.quality.lost}" if writer.quality.lost else ""
            progress.update(task, completed=now.elapsed_s, s=f"{now.elapsed_s:.0f} s{lost}")
