"""Times as files have them, jittered, repeated or out of order, made to clocks of recordings.

Where times increase and their steps show the holes, they stay as they are. The rate is the mean of
the steps that are no holes: the median of whole milliseconds is wrong by up to a half.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motionloop.language import joined, tr

_HOLE_PERIODS = 1.5  # as recording.find_gaps has it
_BACK_PERIODS = 20  # a clock that falls back further than this began again
_BACK_US = 1_000_000
_TWICE_SENT = 4  # rows that a sender may repeat
_NEIGHBOURS = 5  # steps within which a late sample is made up for
_LATE_GROUPS = 4  # groups within which a late one is: a radio sends the next ones sooner
_AVERAGED = 16  # groups whose mean step is compared with that of others
_BLOCK = 128
_COARSEST_US = 1000  # a clock of milliseconds; coarser steps are the sensor's own
_SAME_RATE = 0.02
_ROUNDS = 20


@dataclass(frozen=True)
class Clock:
    """Times of one continuous piece, fit for a recording.

    Attributes:
        order: Indices [m] of the file's n rows, in the order of time; rows that repeat another
            in time and values are left out.
        t_us: Times [m] in microseconds, increasing.
        rate_hz: Samples per second outside holes.
        notes: What was changed, with counts.
    """

    order: NDArray[np.int64]
    t_us: NDArray[np.int64]
    rate_hz: float
    notes: tuple[str, ...]


def at_rate(count: int, rate_hz: float) -> NDArray[np.int64]:
    """Times [count] in microseconds from 0 on, of samples without holes."""
    times: NDArray[np.int64] = np.rint(np.arange(count) * (1e6 / rate_hz)).astype(np.int64)
    return times


def spans_of_clock(t_us: NDArray[np.int64]) -> list[slice]:
    """Divide rows where their clock began again, as in sessions that follow each other.

    Args:
        t_us: Times [n] in microseconds, in the order of the file.

    Returns:
        The spans of rows in their order; in each, times fall back by little or not at all.
    """
    if len(t_us) < 2:
        return [slice(0, len(t_us))]
    steps = np.diff(t_us)
    forward = steps[steps > 0]
    period_us = float(np.median(forward)) if len(forward) else 0.0
    far = max(_BACK_PERIODS * period_us, min(_BACK_US, 200 * period_us))
    bounds = [0]
    for row in (np.flatnonzero(steps < 0) + 1).tolist():
        if steps[row - 1] < -far or _begins_again(t_us, bounds[-1], row, period_us):
            bounds.append(row)
    bounds.append(len(t_us))
    return [slice(start, end) for start, end in itertools.pairwise(bounds)]


def _begins_again(t_us: NDArray[np.int64], start: int, row: int, period_us: float) -> bool:
    """Whether the rows from `row` on go over times again that rows before have.

    Rows that come late fill a hole that was left for them; a clock that began again fills none.
    """
    before = np.sort(t_us[max(start, row - 4 * _BACK_PERIODS) : row])
    late = t_us[row : row + 2 * _BACK_PERIODS]
    late = late[: int(np.argmax(late > before[-1])) or len(late)]
    after = np.searchsorted(before, late).clip(1, max(len(before) - 1, 1))
    near = np.abs(before[np.minimum(after, len(before) - 1)] - late)
    near = np.minimum(near, np.abs(before[after - 1] - late))
    return int((near < 0.3 * period_us).sum()) > _TWICE_SENT


def measured_rate(pieces: Iterable[NDArray[np.int64]]) -> float:
    """Measure the samples per second outside holes.

    Args:
        pieces: Times in microseconds of pieces of one sensor, not falling; a time may repeat.

    Returns:
        The rate; 0 where no piece has two times.
    """
    period_us = _period_of([piece for piece in pieces if len(piece) > 1])
    return 1e6 / period_us if period_us else 0.0


def other_rate(pieces: Iterable[NDArray[np.int64]], rate_hz: float) -> str:
    """Say which other rate the same times can have.

    A clock of whole milliseconds shows a sensor of 760 Hz as steps of one and of two, and so it
    shows 1,000 Hz with missing samples. Without any hole `measured_rate` knows the one from the
    other, else it takes the clock's step.

    Args:
        pieces: As for `measured_rate`.
        rate_hz: As it was measured.

    Returns:
        The other rate and the cause, in words; empty where there is none.
    """
    steps = np.concatenate([np.empty(0, np.int64), *(np.diff(piece) for piece in pieces)])
    steps = steps[steps > 0]
    resolution = int(np.gcd.reduce(steps)) if len(steps) else 0
    by_step_hz = 1e6 / max(resolution, 1)
    if resolution > _COARSEST_US or abs(rate_hz / by_step_hz - 1) > _SAME_RATE:
        return ""
    short = steps[steps <= 2 * resolution]
    other_hz = 1e6 / float(short.mean())
    if other_hz > (1 - _SAME_RATE) * by_step_hz:
        return ""
    return tr(
        "or {rate_hz:.0f} Hz: in whole steps of {step_ms:g} ms a slower sensor and missing "
        "samples look alike",
        rate_hz=other_hz,
        step_ms=resolution / 1000,
    )


def tidy(
    t_us: NDArray[np.int64],
    values: NDArray[np.float64] | None = None,
    rate_hz: float | None = None,
) -> Clock:
    """Bring the times of one piece into an increasing order that shows its holes, and no others.

    Args:
        t_us: Times [n] in microseconds, in the order of the file.
        values: Samples [n, k]: a row that repeats another in time and values is left out.
        rate_hz: Where it is known; else it is measured.

    Returns:
        The clock. Its rate is 0 where the times do not give one.
    """
    notes: list[str] = []
    order = in_order(t_us, values)
    late = int((t_us < np.maximum.accumulate(t_us)).sum()) if len(t_us) else 0
    if late:
        notes.append(tr("{rows} out of order, put in the order of time", rows=_rows(late)))
    if twice := len(t_us) - len(order):
        notes.append(tr("{rows} twice with equal time and values, taken once", rows=_rows(twice)))
    times = t_us[order]
    if not rate_hz:
        rate_hz = measured_rate([times])
        if other := other_rate([times], rate_hz):
            notes.append(joined((tr("{rate_hz:.5g} Hz", rate_hz=rate_hz), other), ", "))
    if not rate_hz or len(times) < 2:
        return Clock(order, times, rate_hz or 0.0, tuple(notes))
    period_us = 1e6 / rate_hz
    holes = find_holes(times, period_us)
    repeated = int((np.diff(times) == 0).sum())
    jitter = (np.diff(times) > _HOLE_PERIODS * period_us) & ~holes
    if repeated or jitter.any():
        evened = _evened(times, period_us, holes)
        moved_ms = float(np.abs(evened - times).max()) / 1000
        why = tr("jittered times")
        if repeated:
            why = tr("{rows} with a repeated time", rows=_rows(repeated))
        notes.append(
            tr(
                "{why}: times evened out, by up to {moved_ms:.3g} ms",
                why=why,
                moved_ms=moved_ms,
            )
        )
        times = evened
    return Clock(order, times, rate_hz, tuple(notes))


def in_order(
    t_us: NDArray[np.int64], values: NDArray[np.float64] | None = None
) -> NDArray[np.int64]:
    """Put rows in the order of time, each once.

    Args:
        t_us: Times [n] in microseconds, in the order of the file.
        values: Samples [n, k]: a row that repeats another in time and values is left out.

    Returns:
        Indices [m] of the rows.
    """
    order = np.argsort(t_us, kind="stable")
    if values is None or len(order) < 2:
        return order
    same = (np.diff(t_us[order]) == 0) & (np.diff(values[order], axis=0) == 0).all(axis=1)
    return order[np.r_[True, ~same]]


def find_holes(t_us: NDArray[np.int64], period_us: float) -> NDArray[np.bool_]:
    """Find the steps in which samples are missing, and not only late.

    Args:
        t_us: Times [n] in microseconds, not falling.
        period_us: Of the sensor.

    Returns:
        A flag for each step [n - 1]. A long step is no hole when the steps around it make up for
        it, as they do for jitter and for samples that arrive together.
    """
    steps = np.diff(t_us)
    long = steps > _HOLE_PERIODS * period_us
    if not long.any():
        return long
    if _is_even(t_us, period_us):
        return np.zeros(len(steps), bool)
    where = np.flatnonzero(long)
    tied = _largest_group(t_us)
    missing = _made_up(steps, where, period_us, _NEIGHBOURS + _LATE_GROUPS * tied)
    if not tied:
        missing = np.maximum(missing, _shift(t_us, where, period_us))
    holes = np.zeros(len(steps), bool)
    # The more the times jitter, the more of them look late by half a period.
    noise = float(np.median(np.abs(steps[~long] - period_us))) / period_us if not long.all() else 0
    holes[where[missing > (_HOLE_PERIODS - 1 + min(noise, 0.2)) * period_us]] = True
    return holes


def _made_up(
    steps: NDArray[np.int64], where: NDArray[np.int64], period_us: float, reach: int
) -> NDArray[np.float64]:
    """Of the long steps `where`, how much of their length the steps within reach leave over."""
    total = np.r_[0.0, np.cumsum(steps - period_us)]
    highest, lowest = np.full(len(where), -np.inf), np.full(len(where), np.inf)
    for away in range(reach + 1):
        highest = np.maximum(highest, total[np.maximum(where - away, 0)])
        lowest = np.minimum(lowest, total[np.minimum(where + 1 + away, len(steps))])
    least: NDArray[np.float64] = lowest - highest
    return least


def _shift(
    t_us: NDArray[np.int64], where: NDArray[np.int64], period_us: float
) -> NDArray[np.float64]:
    """How much later the samples after the steps `where` come than those before, by medians."""
    late = t_us - np.arange(len(t_us)) * period_us
    around = np.arange(_NEIGHBOURS + 1)
    before = late[np.maximum(where[:, None] - around, 0)]
    after = late[np.minimum(where[:, None] + 1 + around, len(late) - 1)]
    shift: NDArray[np.float64] = np.median(after, axis=1) - np.median(before, axis=1)
    return shift


def interpolated(
    t_us: NDArray[np.int64],
    values: NDArray[np.float64],
    onto_us: NDArray[np.int64],
    rate_hz: float,
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Bring the samples of one sensor onto the clock of another, linearly.

    Args:
        t_us: Times [n] in microseconds, increasing.
        values: Samples [n, k].
        onto_us: Times [m] of the other sensor, on the same clock.
        rate_hz: Of `t_us`.

    Returns:
        Samples [m, k], and a flag [m] for each, whether samples lie so near before and after that
        nothing is invented. Elsewhere the samples are not to be used.
    """
    if len(t_us) < 2:
        return np.zeros((len(onto_us), values.shape[1])), np.zeros(len(onto_us), bool)
    made = np.column_stack([np.interp(onto_us, t_us, column) for column in values.T])
    after = np.searchsorted(t_us, onto_us).clip(1, len(t_us) - 1)
    period_us = 1e6 / rate_hz
    near = t_us[after] - t_us[after - 1] <= 2 * _HOLE_PERIODS * period_us
    # Half a period at both ends: sensors of one device do not begin in the same microsecond.
    inside = (onto_us >= t_us[0] - period_us / 2) & (onto_us <= t_us[-1] + period_us / 2)
    exact = (onto_us == t_us[after]) | (onto_us == t_us[after - 1])
    return made, (near | exact) & inside


def _period_of(pieces: Sequence[NDArray[np.int64]]) -> float:
    """The mean step outside holes, in microseconds; 0 without a step."""
    steps, counts, whole, tied = [], [], [], 1
    for times in pieces:
        first = np.flatnonzero(np.r_[True, np.diff(times) > 0])
        if len(first) > 1:
            group = np.diff(np.r_[first, len(times)])
            steps.append(np.diff(times[first]))
            counts.append(group[:-1])
            whole.append(times)
            tied = max(tied, int(group.max()))
    if not steps:
        return 0.0
    step, count = np.concatenate(steps), np.concatenate(counts)
    if not (step <= _HOLE_PERIODS * np.median(step)).any():
        return float(np.median(step))
    # Samples that arrive together have one time: their step is longer by as many.
    kept = step <= _HOLE_PERIODS * np.median(step)
    if tied > 2 and (count > 1).mean() > 0.3:
        return _period_of_groups(step, count)
    period_us = float(step[kept].sum() / count[kept].sum())
    for _ in range(_ROUNDS):
        span_us = found = 0.0
        for times in whole:
            long_us = np.diff(times)[find_holes(times, period_us)]
            span_us += float(times[-1] - times[0])
            # A hole holds whole periods: counted in, jitter at its two ends does no harm.
            found += len(times) - 1 + float((np.rint(long_us / period_us) - 1).clip(1).sum())
        before, period_us = period_us, span_us / found
        if abs(period_us - before) < 1e-6 * before:
            break
    return period_us


def _period_of_groups(step: NDArray[np.int64], count: NDArray[np.int64]) -> float:
    """The period of samples that arrive in groups, by the steps of the groups and their sizes.

    One group comes late and the next soon after it: only the mean of many shows the sensor.
    """
    averaged = min(_AVERAGED, max(1, len(step) // 4))
    spans = np.cumsum(np.r_[0, step])
    sizes = np.cumsum(np.r_[0, count])
    means = (spans[averaged:] - spans[:-averaged]) / (sizes[averaged:] - sizes[:-averaged])
    return float(np.median(means))


def _is_even(t_us: NDArray[np.int64], period_us: float) -> bool:
    """Whether the times are those of a sensor without holes, rounded to a coarse clock.

    A step of two milliseconds among many of one is no hole at 760 Hz. The clock's steps must be
    too coarse to show the period, and all times must lie as near to a line as they can.
    """
    resolution = int(np.gcd.reduce(np.diff(t_us)))
    steps = np.diff(t_us)
    if resolution > _COARSEST_US or 2 * resolution <= period_us or (steps > 2 * resolution).any():
        return False
    share = float((steps == 2 * resolution).mean())
    if not 0.02 < share < 0.98:
        return False
    index = np.arange(min(_BLOCK, len(t_us)))
    blocks = len(t_us) // len(index)
    times = t_us[: blocks * len(index)].reshape(blocks, -1).astype(np.float64)
    centred = index - index.mean()
    slope = ((times - times.mean(axis=1, keepdims=True)) * centred).sum(axis=1)
    slope /= (centred**2).sum()
    rest = times - times.mean(axis=1, keepdims=True) - slope[:, None] * centred
    return float((np.abs(rest).max(axis=1) <= resolution).mean()) > 0.9


def _evened(
    t_us: NDArray[np.int64], period_us: float, holes: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """The times of each run between holes, smoothed until no step is doubtful."""
    bounds = [0, *(np.flatnonzero(holes) + 1).tolist(), len(t_us)]
    made = t_us.astype(np.float64)
    for start, end in itertools.pairwise(bounds):
        run = made[start:end]
        steps = np.diff(run)
        if len(run) < 2 or ((steps > 0) & (steps <= _HOLE_PERIODS * period_us)).all():
            continue
        made[start:end] = _smoothed(run, period_us)
    rounded: NDArray[np.int64] = np.rint(made).astype(np.int64)
    # Two runs may touch after smoothing: a microsecond keeps their order.
    index = np.arange(len(rounded))
    return np.maximum.accumulate(rounded - index) + index


def _smoothed(times: NDArray[np.float64], period_us: float) -> NDArray[np.float64]:
    """One run without holes, moved as little as gives steps of 1/4 to 1.4 periods."""
    index = np.arange(len(times))
    line = index * period_us
    late = times - line
    total = np.r_[0.0, np.cumsum(late)]
    half = 2
    while True:
        low, high = np.maximum(index - half, 0), np.minimum(index + half + 1, len(times))
        reach = np.minimum(index - low, high - 1 - index)  # as far on both sides: no lag at ends
        smooth = (total[index + reach + 1] - total[index - reach]) / (2 * reach + 1)
        made: NDArray[np.float64] = line + smooth
        steps = np.diff(made)
        if ((steps > period_us / 4) & (steps < (_HOLE_PERIODS - 0.1) * period_us)).all():
            return made
        half *= 2
        if half > len(times):
            evenly: NDArray[np.float64] = line + np.float64(late.mean())
            return evenly


def _largest_group(t_us: NDArray[np.int64]) -> int:
    """The largest number of samples with one time, less one."""
    if len(t_us) < 2:
        return 0
    first = np.flatnonzero(np.r_[True, np.diff(t_us) > 0])
    return min(int(np.diff(np.r_[first, len(t_us)]).max()) - 1, 64)


def _rows(count: int) -> str:
    return tr("1 row") if count == 1 else tr("{count:,} rows", count=count)
