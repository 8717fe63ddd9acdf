"""The training worker on the screen: waiting for it, and its progress."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any, TypeVar

from rich.console import Console, RenderableType

from motionloop.commands.bars import Bars, waiting
from motionloop.trainer.client import Trainer
from motionloop.trainer.messages import EvaluationRequest, Progress, TrainingRequest
from motionloop.trainer.model_input import gather_for

Result = TypeVar("Result")


async def wait_ready(
    console: Console,
    trainer: Trainer,
    request: TrainingRequest | EvaluationRequest | None = None,
) -> None:
    """Wait until the worker has TensorFlow. Meanwhile the request's recordings and input are
    checked, and what is found is said.

    Raises TrainingFailedError, PackageError, or the errors of `gather`.
    """
    with waiting(console, "Starting TensorFlow"):
        if request is not None:
            for words in await asyncio.to_thread(_checked, request):
                console.print(words, style="yellow", soft_wrap=True)
        await trainer.wait_ready()


def _checked(request: TrainingRequest | EvaluationRequest) -> list[str]:
    """What is to be said of a request's recordings."""
    return gather_for(request).words()


async def follow(
    console: Console,
    events: AsyncGenerator[Any, None],
    result: type[Result],
    show_part: Callable[[Any], RenderableType] | None = None,
) -> Result:
    """Show the events of a request to a Trainer until its result, and return the result.

    Other events are printed above the bar as `show_part` makes them.
    """
    with Bars(console) as bars:
        row = bars.row()
        async with aclosing(events):
            async for event in events:
                if isinstance(event, result):
                    return event
                if isinstance(event, Progress):
                    left_s = event.remaining_s or 0.0  # the worker knows when there is a basis
                    row.show(event.stage, event.done, event.total, left_s=left_s)
                elif show_part is not None:
                    console.print(show_part(event))
    raise AssertionError("a request ends with a result or an error")
