"""Dates and times of day as people and programs write them."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import polars as pl
import pytest

from motionloop.recordings.tables.clocks import times_of_numbers, times_of_texts

FIRST = datetime(2026, 11, 30, 11, 59, 59, 500_000)  # noon comes, and 12 is not 0
STEPS_MS = np.arange(0, 3_700_000, 100_020)  # past one o'clock


MOMENTS = [FIRST + timedelta(milliseconds=step) for step in STEPS_MS.tolist()]


@pytest.mark.parametrize("date", ["%m/%d/%Y ", "%d.%m.%Y ", "%Y-%m-%d ", "%Y/%m/%d ", ""])
@pytest.mark.parametrize(
    "halves", [("AM", "PM"), (" am", " pm"), ("\N{NARROW NO-BREAK SPACE}a.m.", " p.m.")]
)
def test_halves_of_the_day_are_read(date: str, halves: tuple[str, str]) -> None:
    times = times_of_texts(
        pl.Series(
            f"{moment.strftime(date)}{moment.strftime('%I:%M:%S.%f')[:-3].lstrip('0')}"
            f"{halves[moment.hour >= 12]}"
            for moment in MOMENTS
        )
    )
    assert times is not None
    assert times.t_us.tolist() == (STEPS_MS * 1000).tolist()
    assert times.there.all()
    assert times.evidence == ("dates and times" if date else "times of day")
    assert times.created.startswith("2026-11-30T11:59:59.500" if date else "")


def test_hours_to_24_are_read_as_before() -> None:
    times = times_of_texts(pl.Series(m.strftime("%d/%m/%Y %H:%M:%S.%f")[:-3] for m in MOMENTS))
    assert times is not None
    assert times.t_us.tolist() == (STEPS_MS * 1000).tolist()


@pytest.mark.parametrize(
    "texts", [["6 am", "7 am"], ["slam", "gym"], ["13:00:00 PM", "25:00:00 AM"]]
)
def test_words_that_end_so_are_no_times(texts: list[str]) -> None:
    assert times_of_texts(pl.Series(texts)) is None


@pytest.mark.parametrize("rate_hz", [0.5, 1.0, 2.0])
def test_seconds_of_a_slow_logger_are_not_taken_for_ms(rate_hz: float) -> None:
    times = pl.Series(0.2548 + np.arange(100) / rate_hz)
    whole = pl.Series([None] * 100, dtype=pl.Int64)
    assert times_of_numbers(whole, times, None, None) is None
    read = times_of_numbers(whole, times, None, "s")
    assert read is not None
    assert read.t_us[-1] == pytest.approx(99e6 / rate_hz)


@pytest.mark.parametrize("date", ["%Y-%m-%d ", "%Y-%m-%d_", ""])
@pytest.mark.parametrize("digits", [1, 2, 3, None])
def test_a_fraction_behind_a_colon(date: str, digits: int | None) -> None:
    """Of as many digits, or None for milliseconds without their zeros."""
    unit_ms = 1 if digits is None else 10 ** (3 - digits)
    steps_ms = np.arange(0, 2000, 7 * unit_ms)
    begin = datetime(2026, 11, 30, 11, 59, 59)
    texts = []
    for step in steps_ms.tolist():
        moment = begin + timedelta(milliseconds=step)
        fraction = moment.microsecond // 1000 // unit_ms
        texts.append(moment.strftime(f"{date}%H:%M:%S:") + str(fraction).zfill(digits or 0))
    times = times_of_texts(pl.Series(texts))
    assert times is not None
    assert times.t_us.tolist() == (steps_ms * 1000).tolist()
