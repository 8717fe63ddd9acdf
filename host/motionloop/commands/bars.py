"""Progress: bars on a terminal; in a pipe or a file a plain line at times."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, Task, TaskID, TimeElapsedColumn
from rich.text import Text

from motionloop.commands.console import is_redrawn, words_column

LINE_EVERY_S = 10.0
_BASIS_S = 2.0  # of a row's first estimate


class Bars:
    """Progress of what goes on at once, a row each, until the context ends."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bars = None
        if is_redrawn(console):
            self._bars = Progress(
                words_column("{task.description:>14}"),
                BarColumn(),
                words_column("{task.fields[words]}"),
                _ElapsedWithoutEnd(),
                console=console,
            )

    def __enter__(self) -> Self:
        if self._bars is not None:
            self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def row(self) -> Row:
        """A new row, below the others."""
        return _PlainRow(self._console) if self._bars is None else _BarRow(self._bars)


class Row(ABC):
    """One thing that goes on."""

    def __init__(self) -> None:
        self._what = ""
        self._began_s = 0.0

    def show(
        self,
        what: str,
        done: float,
        total: float | None,
        words: str = "",
        left_s: float | None = None,
    ) -> None:
        """Show that `done` of `total` of the stage `what` is over.

        Without `left_s`, the remaining time is estimated from the stage's begin on.
        """
        now_s = time.monotonic()
        if what != self._what:
            self._what, self._began_s = what, now_s
        elapsed_s = now_s - self._began_s
        if left_s is None and total and done > 0 and elapsed_s > _BASIS_S:
            left_s = elapsed_s * (total - done) / done
        if left_s is not None and left_s > 0:
            words = f"{words}, {left_words(left_s)}" if words else left_words(left_s)
        self._draw(what, done, total, words)

    @abstractmethod
    def _draw(self, what: str, done: float, total: float | None, words: str) -> None: ...


class _BarRow(Row):
    def __init__(self, bars: Progress) -> None:
        super().__init__()
        self._bars = bars
        self._task: TaskID = bars.add_task("", total=None, words="")

    def _draw(self, what: str, done: float, total: float | None, words: str) -> None:
        task = self._bars.tasks[self._task]
        if what != task.description:
            self._bars.reset(self._task, description=what)
        task.total = total  # which an update would keep where there is none any more
        self._bars.update(self._task, completed=done, words=words)


class _ElapsedWithoutEnd(TimeElapsedColumn):
    """The time since the begin of what has no known end."""

    def render(self, task: Task) -> Text:
        return super().render(task) if task.total is None else Text()


class _PlainRow(Row):
    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        self._said_s = time.monotonic()  # what is soon over needs no line

    def _draw(self, what: str, done: float, total: float | None, words: str) -> None:
        now_s = time.monotonic()
        if now_s - self._said_s < LINE_EVERY_S:
            return
        self._said_s = now_s
        share = f"{done / total:.0%}" if total and done > 0 else ""
        rest = ", ".join(part for part in (share, words) if part)
        self._console.print(f"{what}: {rest}" if rest else what, highlight=False, soft_wrap=True)


@contextmanager
def waiting(console: Console, text: str) -> Iterator[None]:
    """Say what is waited for, until the context ends."""
    if is_redrawn(console):
        with console.status(Text(text)):  # a str would be markup
            yield
    else:
        console.print(f"{text} ...", highlight=False)
        yield


def left_words(seconds: float) -> str:
    """The remaining time in words."""
    if seconds < 100:
        return f"{seconds:.0f} s left"
    return f"{seconds / 60:.0f} min left" if seconds < 6000 else f"{seconds / 3600:.1f} h left"
