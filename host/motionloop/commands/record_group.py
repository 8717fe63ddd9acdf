"""`motionloop record` of several boards at once."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from motionloop.board.client import BoardClient
from motionloop.board.group import Group, Member, member_folder, new_session
from motionloop.board.link import FoundBoard
from motionloop.board.recorder import Step, close_writer, open_writer
from motionloop.commands.bars import Bars
from motionloop.commands.console import terminal
from motionloop.commands.recorded import say_recorded
from motionloop.errors import MotionLoopError
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.writer import DISK, RecordingWriter

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
    session = new_session()
    members: list[Member] = []
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(BoardClient(board)) for board in boards]
        try:
            for client in clients:
                members.append(await _member(options, client, folder, session))
                console.print(
                    f"Recording {client.board} into {members[-1].writer.path}", soft_wrap=True
                )
            synthetic = [member.client.board.name for member in members if member.is_synthetic]
            nature = f" Synthetic motion: {', '.join(synthetic)}." if synthetic else ""
            console.print(f"{len(members)} boards on one clock; Ctrl-C ends them all.{nature}")
            group = Group(members, steps, reaction_s)
            with Bars(console) as bars:
                showing = asyncio.create_task(_show(group, steps, reaction_s, bars))
                try:
                    await group.record()
                finally:
                    showing.cancel()
                    await asyncio.gather(showing, return_exceptions=True)
        finally:
            for member in members:
                await close_writer(member.writer)
            said = [(m.client.board, m.writer.path, m.error) for m in members]
            say_recorded(options, said)
    lost = [member for member in members if member.error is not None]
    if lost:
        raise MotionLoopError(
            f"{len(lost)} of {len(members)} boards did not record to the end, and what they sent "
            "until then is kept: " + " ".join(str(member.error) for member in lost)
        )


async def _member(
    options: argparse.Namespace, client: BoardClient, folder: Path, session: str
) -> Member:
    board = RecordedBoard.from_info(client.info, client.board.name, client.board.address)
    create = partial(
        RecordingWriter.create,
        member_folder(folder, board),
        board,
        wearer=options.wearer,
        placement=options.placement,
        name=folder.name,
        session=session,
        disk=DISK,
    )
    return Member(client, await open_writer(create))


async def _show(group: Group, steps: Sequence[Step], reaction_s: float, bars: Bars) -> None:
    """Show what is to be done, and how far each board has come, until cancelled."""
    now_s = asyncio.get_running_loop().time
    plan, boards = bars.row(), [bars.row() for _ in group.members]
    length_s = sum(_length_s(step, reaction_s) for step in steps)
    while True:
        begin_s = group.begin_s
        if begin_s is None:
            plan.show("the boards' clocks", 0, None)
        else:
            step, elapsed_s = _step_at(steps, reaction_s, now_s() - begin_s)
            total_s, left_s = _length_s(step, reaction_s), None
            if _total(total_s) is not None:
                left_s = total_s - elapsed_s
            words = f"{elapsed_s:.0f} s"
            plan.show(step.label or "no label", elapsed_s, _total(total_s), words, left_s)
            for row, member in zip(boards, group.members, strict=True):
                reached_s = max((member.reached_s or 0.0) - begin_s, 0.0)
                words = _words(member, reached_s)
                row.show(member.client.board.name, reached_s, _total(length_s), words, left_s=0.0)
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
