"""Telling how far a training is, for progress bars."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from motionloop.trainer import Progress

Report = Callable[[Progress], None]


def silent(_: Progress) -> None:
    """Report to nobody."""


class Stage:
    """A stage of `total` steps, reported as they are done."""

    def __init__(self, name: str, total: int, report: Report) -> None:
        self._name, self._total, self._report = name, total, report
        self._done = 0
        self._started_s = time.monotonic()
        report(Progress(name, 0, total, None))

    def advance(self) -> None:
        self._done += 1
        step_s = (time.monotonic() - self._started_s) / self._done
        remaining_s = step_s * (self._total - self._done)
        self._report(Progress(self._name, self._done, self._total, remaining_s))


@contextmanager
def one_step(name: str, report: Report, seconds: dict[str, float]) -> Iterator[None]:
    """A stage of a single step; how long it took goes into `seconds`."""
    stage = Stage(name, 1, report)
    started_s = time.monotonic()
    yield
    seconds[name] = time.monotonic() - started_s
    stage.advance()
