"""`motionloop record` of several boards at once."""

from __future__ import annotations

import argparse
import asyncio
import secrets
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from rich.progress import BarColumn, Progress

from motionloop.board.client import BoardClient
from motionloop.board.group import Group, Member
from motionloop.board.link import FoundBoard
from motionloop.board.recorder import Step
from motionloop.commands.console import terminal, words_column
from motionloop.commands.recorded import say_recorded
from motionloop.errors import MotionLoopError
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.writer import RecordingWriter

_SHOWN_EVERY_S = 0.2


async def record_group(
    options: argparse.Namespace,
    boards: Sequence[FoundBoard],
    folder: Path,
    steps: Sequence[Step],
    reaction_s: float,
) -> None:
    """Record the boards into a folder each, beside `folder`, whose name they share."""
    console = terminal(stderr=options.json)
    session = secrets.token_hex(8)
    members: list[Member] = []
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(BoardClient(board)) for board in boards]
        try:
            for client in clients:
                members.append(_member(options, client, folder, session))
                console.print(
                    f"Recording {client.board} into {members[-1].writer.path}", soft_wrap=True
                )
            synthetic = [member.client.board.name for member in members if member.is_synthetic]
            nature = f" Synthetic motion: {', '.join(synthetic)}." if synthetic else ""
            console.print(f"{len(members)} boards on one clock; Ctrl-C ends them all.{nature}")
            group = Group(members, steps, reaction_s)
            with Progress(
                words_column("{task.description:>14}"),
                BarColumn(),
                words_column("{task.fields[s]}"),
                console=console,
            ) as progress:
                showing = asyncio.create_task(_show(group, steps, reaction_s, progress))
                try:
                    await group.record()
                finally:
                    showing.cancel()
                    await asyncio.gather(showing, return_exceptions=True)
        finally:
            for member in members:
                member.writer.close()
            said = [(m.client.board, m.writer.path, m.error) for m in members]
            say_recorded(options, said)
    lost = [member for member in members if member.error is not None]
    if lost:
        raise MotionLoopError(
            f"{len(lost)} of {len(members)} boards did not record to the end, and what they sent "
            "until then is kept: " + " ".join(str(member.error) for member in lost)
        )


def _member(options: argparse.Namespace, client: BoardClient, folder: Path, session: str) -> Member:
    board = RecordedBoard.from_info(client.info, client.board.name, client.board.address)
    path = folder.with_name(f"{folder.name}-{board.name}".replace("/", "-").replace(" ", "-"))
    if path.exists():  # two boards of one name
        path = path.with_name(f"{path.name}-{board.address.replace(':', '')}")
    writer = RecordingWriter.create(
        path,
        board,
        wearer=options.wearer,
        placement=options.placement,
        name=folder.name,
        session=session,
    )
    return Member(client, writer)


async def _show(group: Group, steps: Sequence[Step], reaction_s: float, progress: Progress) -> None:
    """Show what is to be done, and how far each board has come, until cancelled."""
    now_s = asyncio.get_running_loop().time
    plan = progress.add_task("the boards' clocks", total=None, s="")
    length_s = sum(_length_s(step, reaction_s) for step in steps)
    boards = [
        progress.add_task(member.client.board.name, total=_total(length_s), s="")
        for member in group.members
    ]
    while True:
        begin_s = group.begin_s
        if begin_s is not None:
            step, elapsed_s = _step_at(steps, reaction_s, now_s() - begin_s)
            total = _total(_length_s(step, reaction_s))
            words = step.label or "no label"
            s = f"{elapsed_s:.0f} s"
            progress.update(plan, description=words, total=total, completed=elapsed_s, s=s)
        for bar, member in zip(boards, group.members, strict=True):
            reached_s = max((member.reached_s or 0.0) - (begin_s or now_s()), 0.0)
            progress.update(bar, completed=reached_s, s=_words(member, reached_s))
        await asyncio.sleep(_SHOWN_EVERY_S)


def _words(member: Member, reached_s: float) -> str:
    lost = member.writer.quality.lost
    words = [f"{reached_s:.0f} s"]
    words += [f"lost {lost}"] if lost else []
    words += ["board lost"] if member.error is not None else []
    return ", ".join(words)


def _length_s(step: Step, reaction_s: float) -> float:
    return step.seconds + (reaction_s if step.label else 0.0)


def _total(seconds: float) -> float | None:
    return None if seconds == float("inf") else seconds


def _step_at(steps: Sequence[Step], reaction_s: float, elapsed_s: float) -> tuple[Step, float]:
    """The step of a moment after the plan's begin, and how long it has been going on."""
    for step in steps[:-1]:
        length_s = _length_s(step, reaction_s)
        if elapsed_s < length_s:
            return step, elapsed_s
        elapsed_s -= length_s
    return steps[-1], elapsed_s
