"""The progress of a training, for progress bars."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from motionloop.trainer.messages import Progress

OnProgress = Callable[[Progress], None]


def silent(_: Progress) -> None:
    """Report to nobody."""


class StageSteps:
    """A stage of `total` steps, reported as they are done.

    The first step is no basis for the remaining time: graphs are built in it.
    """

    def __init__(self, name: str, total: int, on_progress: OnProgress) -> None:
        self._name, self._total, self._report = name, total, on_progress
        self._done = 0
        self._first_ended_s = 0.0
        on_progress(Progress(name, 0, total, None))

    def advance(self) -> None:
        self._done += 1
        now_s = time.monotonic()
        if self._done == 1:
            self._first_ended_s = now_s
        remaining_s = None
        if self._done == self._total:
            remaining_s = 0.0
        elif self._done > 1:
            step_s = (now_s - self._first_ended_s) / (self._done - 1)
            remaining_s = step_s * (self._total - self._done)
        self._report(Progress(self._name, self._done, self._total, remaining_s))


@contextmanager
def one_step(name: str, on_progress: OnProgress, seconds: dict[str, float]) -> Iterator[None]:
    """A stage of a single step; its duration goes into `seconds`."""
    stage = StageSteps(name, 1, on_progress)
    started_s = time.monotonic()
    yield
    seconds[name] = time.monotonic() - started_s
    stage.advance()


def as_stage(name: str, on_progress: OnProgress) -> OnProgress:
    """A report of a training inside another training, as the stage `name` of the other."""

    def report_train(now: Progress) -> None:
        if now.stage == "train":
            on_progress(replace(now, stage=name))

    return report_train


@dataclass(frozen=True)
class Part:
    """The duration of a stage, as a share of one whole training."""

    share: float = 1.0


Stages = Mapping[str, float | Part]


class WholeProgress:
    """A report that adds the time of later stages to the remaining time of the present stage.

    `stages` has the seconds to expect of each, in order, or its Part of a training, whose length
    is known once the first such stage is going on.
    """

    def __init__(self, on_progress: OnProgress, stages: Stages) -> None:
        self._report, self._stages = on_progress, dict(stages)
        self._training_s: float | None = None
        self._began_s = 0.0

    def __call__(self, now: Progress) -> None:
        part = self._stages[now.stage]
        if now.done == 0:
            self._began_s = time.monotonic()
        elif isinstance(part, Part) and now.remaining_s is not None:
            expected_s = time.monotonic() - self._began_s + now.remaining_s
            self._training_s = expected_s / part.share
        names = list(self._stages)
        later = [self._expected_s(name) for name in names[names.index(now.stage) + 1 :]]
        own = self._expected_s(now.stage) if now.remaining_s is None else now.remaining_s
        known = [seconds for seconds in (own, *later) if seconds is not None]
        remaining_s = sum(known) if len(known) == len(later) + 1 else None
        self._report(replace(now, remaining_s=remaining_s))

    def _expected_s(self, stage: str) -> float | None:
        expected = self._stages[stage]
        if not isinstance(expected, Part):
            return expected
        return None if self._training_s is None else self._training_s * expected.share
