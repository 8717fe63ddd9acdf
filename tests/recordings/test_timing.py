"""What coarse clocks show of a rate, and what they cannot show."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from motionloop.recordings import timing
from motionloop.recordings.importing import read_source
from tests.recordings.made_files import Dialect, motion, table


def in_whole_ms(rate_hz: float, missing: int, seed: int = 0) -> NDArray[np.int64]:
    """Times of 4,000 samples less those missing, rounded down as `millis()` does."""
    kept = np.ones(4000, bool)
    kept[np.random.default_rng(seed).choice(np.arange(1, 3999), missing, replace=False)] = False
    t_ms = np.floor(np.arange(4000) * (1000 / rate_hz)).astype(np.int64)
    return 1000 * t_ms[kept]


@given(st.floats(680, 960), st.integers(4, 60), st.integers(0, 99))
def test_what_whole_milliseconds_cannot_show_is_said(
    rate_hz: float, missing: int, seed: int
) -> None:
    times = in_whole_ms(rate_hz, missing, seed)
    measured_hz = timing.measured_rate([times])
    clock = timing.tidy(times)
    said = [note for note in clock.notes if "look alike" in note]
    if measured_hz == pytest.approx(rate_hz, rel=0.03):
        assert not said
        return
    assert measured_hz == pytest.approx(1000, rel=0.03)
    (note,) = said
    other = re.search(r"or (\d+) Hz: in whole steps of 1 ms", note)
    assert other is not None
    assert float(other[1]) == pytest.approx(rate_hz, rel=0.03)


@pytest.mark.parametrize(
    ("rate_hz", "missing"), [(760.0, 0), (1000.0, 0), (119.0, 50), (500.0, 50), (100.0, 50)]
)
def test_what_they_do_show_is_in_no_doubt(rate_hz: float, missing: int) -> None:
    times = in_whole_ms(rate_hz, missing)
    assert timing.measured_rate([times]) == pytest.approx(rate_hz, rel=0.01)
    assert timing.other_rate([times], timing.measured_rate([times])) == ""


def test_a_finer_clock_leaves_no_doubt() -> None:
    times = np.delete(np.rint(np.arange(4000) * 1e6 / 760).astype(np.int64), [50, 51, 700])
    assert timing.measured_rate([times]) == pytest.approx(760, rel=0.01)
    assert timing.other_rate([times], timing.measured_rate([times])) == ""


def test_a_table_of_an_unsure_rate_says_both(tmp_path: Path) -> None:
    made = motion(4.0, 760.0)
    kept = np.delete(np.arange(len(made.t_s)), [500, 501, 502, 1500, 1501])
    lines = table(made, Dialect(time_unit="ms")).splitlines(keepends=True)
    path = tmp_path / "fast.csv"
    path.write_bytes(lines[0] + b"".join(lines[row + 1] for row in kept.tolist()))
    ((take,),) = (contents.takes for contents in read_source(path))
    assert [note for note in take.notes if "by the times" in note] == [
        "1000 Hz by the times, or 760 Hz: in whole steps of 1 ms a slower sensor and missing "
        "samples look alike"
    ]


def in_late_groups(rate_hz: float, size: int, seed: int = 0) -> NDArray[np.int64]:
    """Times of 4,000 samples as a host sees them: a radio brings some, sooner or later."""
    delay_us = np.random.default_rng(seed).choice([1_000, 28_000, 31_000, 60_000], 4000 // size)
    sent_us = (np.arange(4000 // size) + 1) * (size * 1e6 / rate_hz)
    arrived = np.maximum.accumulate(sent_us + delay_us).astype(np.int64)
    return np.repeat(arrived, size)


@pytest.mark.parametrize("size", [4, 8, 19])
def test_groups_that_come_late_are_no_holes(size: int) -> None:
    times = in_late_groups(200.0, size)
    assert timing.measured_rate([times]) == pytest.approx(200.0, rel=0.02)
    steps = np.diff(timing.tidy(times).t_us)
    assert steps.max() < 1.5 * 5_000


def test_a_second_that_is_missing_between_late_groups_is_a_hole() -> None:
    times = in_late_groups(200.0, 8)
    clock = timing.tidy(np.r_[times[:1600], times[1800:]])
    assert clock.rate_hz == pytest.approx(200.0, rel=0.02)
    (hole,) = np.flatnonzero(np.diff(clock.t_us) > 1.5e6 / clock.rate_hz)
    assert hole == 1599
    assert np.diff(clock.t_us)[hole] == pytest.approx(1e6, rel=0.15)
