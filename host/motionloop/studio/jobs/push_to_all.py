"""One model onto several boards, a few at a time. No Qt here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from motionloop.errors import MotionLoopError
from motionloop.language import tr
from motionloop.studio.boards.board_link import BoardLink
from motionloop.studio.jobs.retrain import IsUndone, push
from motionloop.studio.jobs.stages import RetrainStage, StageProgress

_AT_ONCE = 3  # more share the radio's time, and all of them take longer


@dataclass(frozen=True)
class BoardPush:
    """How far one board's push has come in words, and the error that ended it."""

    words: str
    error: str = ""


Said = Callable[[str, BoardPush], None]  # with the board's address


async def push_to_all(
    links: Sequence[BoardLink], package_path: Path, say: Said, is_undone: IsUndone
) -> str:
    """Push the package to each board; what fails on one does not stop the others. Returns words.

    MotionLoopError names the boards that do not run the model. When this is cancelled, a board
    whose push is not over keeps its old model.
    """
    turns = asyncio.Semaphore(_AT_ONCE)
    errors: list[str] = []

    async def push_one(link: BoardLink) -> None:
        async with turns:
            try:
                await push(link, package_path, partial(_report, link, say), is_undone)
                say(link.address, BoardPush(tr("new model runs")))
            except MotionLoopError as error:
                say(link.address, BoardPush(tr("no new model"), str(error)))
                errors.append(f"{link.name}: {error}")

    for link in links:
        say(link.address, BoardPush(tr("waits for its turn")))
    async with asyncio.TaskGroup() as tasks:
        for link in links:
            tasks.create_task(push_one(link))
    if errors:
        raise MotionLoopError(
            tr(
                "{failed} of {boards} boards do not run the new model. {why}",
                failed=len(errors),
                boards=len(links),
                why=" ".join(errors),
            )
        )
    if len(links) == 1:
        return tr("{board} runs the new model.", board=links[0].name)
    return tr("{count} boards run the new model.", count=len(links))


def _report(link: BoardLink, say: Said, progress: StageProgress) -> None:
    match progress.stage:
        case RetrainStage.CHECK:
            words = tr("checks", "a board checks its new model")
        case RetrainStage.FIRST:
            words = tr("first answer")
        case _:
            words = tr("pushing {share:.0%}", share=progress.done / max(progress.total, 1))
    say(link.address, BoardPush(words))
