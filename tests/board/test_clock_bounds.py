"""The line between what cannot have been earlier and what cannot have been later."""

from __future__ import annotations

import numpy as np
import pytest

from motionloop.board import clock_bounds
from motionloop.board.clock_bounds import ClockBounds, Relation, RoundTrip

INTERVAL_S = 0.015  # of the radio
UTC_S = 1_000.0


class Clock:
    """A board's clock: `drift` faster than true, and 0 at `started_s`."""

    def __init__(self, drift: float = 0.0, started_s: float = 100.0, seed: int = 1) -> None:
        self.drift, self.started_s = drift, started_s
        self.bounds = ClockBounds(lambda: UTC_S)
        self._rng = np.random.default_rng(seed)

    def t_us(self, moment_s: float) -> int:
        return round((moment_s - self.started_s) * (1 + self.drift) * 1e6)

    def ask(self, at_s: float) -> None:
        """A question waits up to an interval, the answer for the rest and an interval more."""
        waited_s = self._rng.uniform(0, INTERVAL_S) + 0.001
        self.bounds.add_round_trip(
            RoundTrip(1, at_s, self.t_us(at_s + waited_s), at_s + waited_s + INTERVAL_S - 0.001)
        )

    def send(self, at_s: float, delay_s: float) -> None:
        self.bounds.add_arrival(self.t_us(at_s), at_s + delay_s)

    def run(self, from_s: float, seconds: float, every_s: float = 10.0) -> Relation | None:
        """Packets with jitter, 12 questions at once and then one each `every_s`."""
        for number in range(12):
            self.ask(from_s + 0.05 * number)
        for moment_s in np.arange(from_s, from_s + seconds, 0.1):
            self.send(moment_s, 0.008 + self._rng.gamma(2.0, 0.01))
        for moment_s in np.arange(from_s + every_s, from_s + seconds, every_s):
            self.ask(moment_s)
        return self.bounds.fit()

    def error_s(self, relation: Relation, moment_s: float) -> float:
        return relation.moment_s(self.t_us(moment_s)) - moment_s


@pytest.mark.parametrize("drift", [0.0, 80e-6, -35e-6])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_minutes_show_the_drift_and_the_moment_within_what_they_say(
    drift: float, seed: int
) -> None:
    clock = Clock(drift, seed=seed)
    relation = clock.run(500.0, 600.0)
    assert relation is not None
    assert relation.drift_ppm == pytest.approx(
        drift * 1e6, abs=min(relation.drift_uncertainty_ppm, 15.0)
    )
    for moment_s in (500.0, 800.0, 1100.0):
        assert abs(clock.error_s(relation, moment_s)) < min(relation.uncertainty_s, 0.005)
    assert relation.uncertainty_s < 0.012
    assert relation.t_us_at(relation.moment_s(12_345_678)) == pytest.approx(12_345_678, abs=1)
    assert relation.utc_offset_s == UTC_S


def test_a_moment_has_jitter_and_no_drift() -> None:
    clock = Clock(50e-6)
    relation = clock.run(500.0, 0.8)
    assert relation is not None
    assert relation.drift_ppm is None
    assert abs(clock.error_s(relation, 500.4)) < relation.uncertainty_s < 0.02


def test_without_an_answer_nothing_is_known() -> None:
    clock = Clock()
    for moment_s in range(500, 520):
        clock.send(moment_s, 0.01)
    assert clock.bounds.fit() is None
    assert clock.bounds.relations == ()


def test_packets_that_waited_for_a_lost_link_change_nothing() -> None:
    plain, late = Clock(40e-6), Clock(40e-6)
    plain.run(500.0, 300.0)
    late.run(500.0, 300.0)
    for moment_s in np.arange(800.0, 815.0, 0.1):  # the link is away, and then all at once
        late.send(moment_s, 815.0 - moment_s + 0.01)
    before, after = plain.bounds.fit(), late.bounds.fit()
    assert before is not None
    assert after is not None
    assert after.slope == pytest.approx(before.slope, abs=1e-6)
    assert abs(late.error_s(after, 800.0)) < 0.005


def test_where_this_computer_slept_another_line_begins_and_the_first_one_stays() -> None:
    clock = Clock(20e-6)
    first = clock.run(500.0, 120.0)
    clock.started_s -= 30.0  # the event loop's clock stood still, the board's did not
    second = clock.run(620.0, 120.0)
    assert first is not None
    assert second is not None
    assert clock.bounds.relations == (first, second)
    assert second.from_us > first.from_us + 120e6
    assert abs(clock.error_s(second, 700.0)) < 0.005


def test_a_board_whose_seconds_are_others_has_no_relation() -> None:
    """A virtual board at ten times real time."""
    clock = Clock(9.0)
    for begin_s in range(500, 560, 10):
        clock.run(float(begin_s), 10.0)
    assert clock.bounds.relations == ()


@pytest.mark.slow
def test_a_day_takes_no_more_room_than_hours_and_knows_the_moment() -> None:
    clock = Clock(60e-6)
    relation, day_s = None, 86_400
    rng = np.random.default_rng(1)
    for begin_s in range(500, 500 + day_s, 200):
        clock.ask(float(begin_s))
        for moment_s in np.arange(begin_s, begin_s + 200, 5.0):
            clock.send(moment_s, 0.008 + rng.gamma(2.0, 0.01))
        relation = clock.bounds.fit()
    assert relation is not None
    assert len(clock.bounds._kept.quickest) <= clock_bounds._MOST_BLOCKS + 40
    assert relation.drift_ppm == pytest.approx(60.0, abs=2.0)
    assert abs(clock.error_s(relation, 500.0 + day_s)) < 0.02
