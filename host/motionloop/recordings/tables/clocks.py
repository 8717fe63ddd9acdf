"""Columns of times to microseconds: which unit they have, and how that is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from motionloop.language import joined, tr
from motionloop.recordings.clock import utc_us_of

_BY_STEPS = {"s": 1_000_000_000, "ms": 1_000_000, "us": 1000, "ns": 1}
NANOSECONDS = {**_BY_STEPS, "min": 60 * 10**9, "h": 3600 * 10**9}
_EPOCHS = (("s", 1e9, 4e9), ("ms", 1e12, 4e12), ("us", 1e15, 4e15), ("ns", 1e18, 4e18))
_RATES_HZ = (5.0, 2000.0)  # between which sensors of motion lie; beyond, the unit must be said
_FAR = 1000  # steps from 0 to the first time of a clock that did not begin at 0
_SLOWEST_HZ = 0.4
MOST_BACK = 0.25  # share of rows before whose predecessor only rows in any order have
_TEXTS = (
    "%Y-%m-%dT%H:%M:%S%.f%#z",
    "%Y-%m-%d %H:%M:%S%.f%#z",
    "%Y-%m-%dT%H:%M:%S%.fZ",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H.%M.%S%.f",
    "%Y/%m/%d %H:%M:%S%.f",
    "%d.%m.%Y %H:%M:%S%.f",
    "%d/%m/%Y %H:%M:%S%.f",
    "%m/%d/%Y %H:%M:%S%.f",
    "%d-%m-%Y %H:%M:%S%.f",
    "%Y%m%d_%H%M%S%.f",
    "%Y-%m-%d_%H:%M:%S%.f",
)
_DAY_TIMES = ("%H:%M:%S%.f",)
# As in "3:04:05 p.m.", and with the narrow space that phones write before it.
_HALF_OF_DAY = r"(?i)(\d)\s*([ap])\.?\s?m\.?$"
_BEHIND_COLON = r"(:\d\d:\d\d):(\d{1,3})$"
_MINUTES = r"^(\d{1,3}):(\d{2}(?:\.\d+)?)$"


@dataclass(frozen=True)
class Times:
    """A column of times.

    Attributes:
        t_us: Microseconds [n] from the first one on; rows without a time have 0.
        there: A flag [n] for each row that has a time.
        evidence: How the unit is known, in words.
        created: When the first row of the file was measured, at 0 of `t_us`, ISO 8601; empty if the
            times do not say it.
        first_ns: The first one in nanoseconds, on the file's own clock.
        zero_utc_us: UTC of 0 on the clock of `t_us` in microseconds since 1970; None if the times
            are not absolute.
    """

    t_us: NDArray[np.int64]
    there: NDArray[np.bool_]
    evidence: str
    created: str = ""
    first_ns: int = 0
    zero_utc_us: int | None = None

    def taken(self, rows: NDArray[np.intp]) -> Times:
        """The times of the rows of these places, in this order."""
        return replace(self, t_us=self.t_us[rows], there=self.there[rows])

    def moment_at(self, t_us: int) -> str:
        """When a sample of this time was measured, ISO 8601; empty if the times do not say it."""
        if not self.created:
            return ""
        moment = datetime.fromisoformat(self.created) + timedelta(microseconds=t_us)
        return moment.isoformat(timespec="milliseconds")


def times_of_texts(texts: pl.Series) -> Times | None:
    """Read dates and times of day.

    Args:
        texts: Of one column.

    Returns:
        The times; None where the texts are none.
    """
    texts = texts.str.strip_chars().str.replace(",", ".", literal=True)
    texts = texts.str.replace(_HALF_OF_DAY, "${1} ${2}m")
    texts = _with_point(texts)
    sample = texts.drop_nulls().head(200)
    halves = int(sample.str.ends_with("m").sum()) > 0.9 * len(sample)
    for form in _in_halves(_TEXTS) if halves else _TEXTS:
        if _share(sample, form, pl.Datetime("ns", "UTC" if "z" in form else None)) > 0.9:
            aware = "z" in form
            read = texts.str.to_datetime(form, time_unit="ns", strict=False, exact=True)
            stamps = read.dt.epoch("ns")
            first = stamps.drop_nulls()[0]
            utc = aware or form.endswith("Z")
            created = _iso(first, aware=utc) if utc else _local(first)
            return _since_first(stamps, 1, tr("dates and times"), created)
    for form in _in_halves(_DAY_TIMES) if halves else _DAY_TIMES:
        try:
            read = sample.str.to_time(form, strict=False)
        except pl.exceptions.PolarsError:
            continue
        if read.is_not_null().mean() == 1.0:  # a date is no time of day
            stamps = texts.str.to_time(form, strict=False).cast(pl.Int64)
            return _since_first(_over_midnight(stamps), 1, tr("times of day"))
    if len(sample) and sample.str.contains(_MINUTES).all():
        minutes, seconds = (texts.str.extract(_MINUTES, group).cast(pl.Float64) for group in (1, 2))
        since = minutes * 60 + seconds
        return _since_first(since, NANOSECONDS["s"], tr("minutes and seconds"))
    return None


def _with_point(texts: pl.Series) -> pl.Series:
    """Times of day with a point before the fraction, where programs write a colon.

    Of equal lengths it is a fraction as it stands, else milliseconds without their zeros.
    """
    digits = texts.str.extract(_BEHIND_COLON, 2)
    if digits.drop_nulls().str.len_chars().n_unique() > 1:
        texts = texts.str.replace(_BEHIND_COLON, "${1}.") + digits.fill_null("").str.zfill(3)
        return texts.set(digits.is_null(), None)
    return texts.str.replace(_BEHIND_COLON, "${1}.${2}")


def _in_halves(forms: Sequence[str]) -> list[str]:
    """The forms with hours from 1 to 12 and am or pm, the month first as where they are usual."""
    made = [form.replace("%H", "%I") + " %p" for form in forms]
    return sorted(made, key=lambda form: not form.startswith("%m"))


def times_of_numbers(
    whole: pl.Series, exact: pl.Series, unit: str | None, given: str | None
) -> Times | None:
    """Read numbers as times.

    Args:
        whole: The column as int64, null where a value is not whole.
        exact: The column as float64.
        unit: As the header has it, known or not; None if it has none.
        given: The unit that the user gave.

    Returns:
        The times; None where the numbers do not show their unit.
    """
    values = exact.drop_nulls().to_numpy()
    values = values[np.isfinite(values)]
    if zeros := _zero_is_no_time(values):
        whole, exact = (column.set(column == 0, None) for column in (whole, exact))
        values = values[values != 0]
    if len(values) < 2:
        return None
    evidence, epoch = "", False
    first = float(values[0])
    by_size = next((name for name, low, up in _EPOCHS if low <= first < up), None)
    if given:
        unit, evidence = given, tr("in {unit}, as given", unit=given)
    elif by_size and _plausible(values, by_size):
        # A header that says "ms" above seconds of 1970 is wrong: the size shows it.
        unit, epoch = by_size, True
        evidence = tr("in {unit} since 1970, by their size", unit=unit)
    elif unit and unit not in NANOSECONDS:
        return None
    elif unit:
        evidence = tr("in {unit}, by the header", unit=unit)
    else:
        unit = _unit_by_steps(values)
        if unit is None:
            return None
        evidence = tr("in {unit}, by their steps", unit=unit)
    if zeros:
        evidence = joined((evidence, tr("0 is no time")), "; ")
    epoch = epoch or (by_size is not None and by_size == unit)
    integers = whole.null_count() == exact.null_count()
    column = whole if integers else exact
    created = _iso(int(first * NANOSECONDS[unit]), aware=True) if epoch else ""
    return _since_first(column, NANOSECONDS[unit], evidence, created)


def _zero_is_no_time(values: NDArray[np.float64]) -> bool:
    """Whether rows between others have 0, as programs write it where no sample was there."""
    others = values[values != 0]
    if not 2 <= len(others) < len(values) or (others < 0).any():
        return False
    steps = np.diff(np.unique(others))
    return bool(len(steps) and others.min() > _FAR * np.median(steps))


def _plausible(values: NDArray[np.float64], unit: str) -> bool:
    rate_hz = _rate_of(values, unit)
    return 0.05 < rate_hz < 50_000


def _unit_by_steps(values: NDArray[np.float64]) -> str | None:
    """The one unit in which the steps are those of a sensor of motion."""
    rates_hz = {unit: _rate_of(values, unit) for unit in _BY_STEPS}
    fits = [unit for unit, rate in rates_hz.items() if _RATES_HZ[0] <= rate <= _RATES_HZ[1]]
    # A slow logger writes 0.25, 1.26, 2.26 in seconds; in ms the same would be 1,000 Hz.
    slow = [unit for unit, rate in rates_hz.items() if _SLOWEST_HZ <= rate < _RATES_HZ[0]]
    if slow and (values % 1 != 0).any():
        return None
    return fits[0] if len(fits) == 1 else None


def _rate_of(values: NDArray[np.float64], unit: str) -> float:
    steps = np.diff(values[:100_000])
    if (steps < 0).mean() > MOST_BACK:  # rows in any order
        steps = np.diff(np.sort(values))[:100_000]
    steps = steps[steps > 0]
    if not len(steps):
        return 0.0
    # A mean, with repeated times counted, without what is far beyond the usual step.
    usual = steps[steps <= 5 * np.median(steps)]
    period = float(usual.sum()) / max(len(usual) * len(values[:100_000]) / (len(steps) + 1), 1)
    return 1e9 / (period * NANOSECONDS[unit])


def _since_first(
    column: pl.Series, nanoseconds: int, evidence: str, created: str = ""
) -> Times | None:
    there = (column.is_not_null() & column.is_finite()).to_numpy()
    if not there.any():
        return None
    first = column.filter(pl.Series(there)).to_numpy()[0].item()
    since = (column - first).fill_null(0).to_numpy()
    if since.dtype.kind == "f":
        since = np.nan_to_num(since, posinf=0, neginf=0)
        t_us = np.rint(since * (nanoseconds / 1000)).astype(np.int64)
    elif nanoseconds >= 1000:
        t_us = since * (nanoseconds // 1000)
    else:
        t_us = np.rint(since / (1000 / nanoseconds)).astype(np.int64)
    first_ns = int(first) * nanoseconds if isinstance(first, int) else round(first * nanoseconds)
    zero_utc_us = utc_us_of(created) if created else None
    return Times(np.where(there, t_us, 0), there, evidence, created, first_ns, zero_utc_us)


def _over_midnight(stamps: pl.Series) -> pl.Series:
    """Times of day that go on after midnight."""
    values = stamps.fill_null(strategy="forward").fill_null(strategy="backward").to_numpy()
    day = 86_400 * 10**9
    days = np.cumsum(np.diff(values, prepend=values[:1]) < -day // 2)
    return pl.Series(values + days * day).set(stamps.is_null(), None)


def _share(sample: pl.Series, form: str, kind: pl.Datetime) -> float:
    if not len(sample):
        return 0.0
    try:
        read = sample.str.to_datetime(form, time_unit=kind.time_unit, strict=False, exact=True)
    except pl.exceptions.PolarsError:
        return 0.0
    return int(read.is_not_null().sum()) / len(sample)


def _iso(nanoseconds: int, *, aware: bool) -> str:
    moment = datetime.fromtimestamp(nanoseconds / 1e9, UTC if aware else None)
    return moment.isoformat(timespec="milliseconds")


def _local(nanoseconds: int) -> str:
    """A time without a zone is taken for this computer's."""
    moment = datetime.fromtimestamp(nanoseconds / 1e9, UTC).replace(tzinfo=None)
    return moment.astimezone().isoformat(timespec="milliseconds")
