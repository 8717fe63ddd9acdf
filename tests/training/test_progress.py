"""The remaining time: known when there is a basis for it, and sane from then on."""

from collections.abc import Callable

import pytest

from motionloop.trainer.messages import Progress


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    from motionloop.training import progress

    clock = Clock()
    monkeypatch.setattr(progress.time, "monotonic", clock)
    return clock


def run(clock: Clock, name: str, steps_s: list[float], report: Callable[[Progress], None]) -> None:
    from motionloop.training.progress import StageSteps

    stage = StageSteps(name, len(steps_s), report)
    for step_s in steps_s:
        clock.now_s += step_s
        stage.advance()


def test_remaining_time_of_a_stage_leaves_the_slow_first_step_out(clock: Clock) -> None:
    told: list[Progress] = []
    run(clock, "train", [5.0, 1.0, 1.0, 1.0, 1.0], told.append)
    assert [p.remaining_s for p in told] == [None, None, 3.0, 2.0, 1.0, 0.0]


def test_remaining_time_of_the_whole_counts_down_to_nothing(clock: Clock) -> None:
    """Also from a backbone, where a training is known from its first quarter on."""
    from motionloop.training.progress import Part, WholeProgress

    told: list[Progress] = []
    stages = {"head": Part(0.25), "train": Part(0.75), "convert": 2.0, "compare": Part()}
    whole = WholeProgress(told.append, stages)
    ends_s = 100.0 + 10 + 30 + 2 + 40
    run(clock, "head", [1.0] * 10, whole)
    run(clock, "train", [1.0] * 30, whole)
    run(clock, "convert", [2.0], whole)
    run(clock, "compare", [1.0] * 40, whole)
    known = [p.remaining_s for p in told if p.remaining_s is not None]
    assert [p.remaining_s for p in told].index(known[0]) == 2  # after the second step
    assert known == sorted(known, reverse=True)
    assert known[0] == pytest.approx(ends_s - 102.0)
    assert known[-1] == 0.0
