"""From the columns of a table to the samples of its sensors, with their clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.recordings import units
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.tables.clocks import (
    MOST_BACK,
    NANOSECONDS,
    Times,
    times_of_numbers,
    times_of_texts,
)
from motionloop.recordings.tables.headers import Column, Role, words_of_columns
from motionloop.recordings.tables.layout import Layout, layout_of
from motionloop.recordings.tables.rows import Table, read_table

_NAMED_LINES = 5
_BLOCKS = 3  # times that a clock falls back: fewer may be sessions
_FEW_ROWS = 3  # by which rows come late without being in any order


@dataclass(frozen=True)
class Series:
    """The rows of one sensor.

    Attributes:
        values: Samples [n, 3].
        unit: As the header has it; None if it has none.
        rows: Places of the samples in the table [n].
        t_us: Times [n]; None for a table without times.
    """

    values: NDArray[np.float64]
    unit: str | None
    rows: NDArray[np.int64]
    t_us: NDArray[np.int64] | None


@dataclass(frozen=True)
class SensorTable:
    """One table with what its columns are.

    Attributes:
        path: The file.
        table: Its rows.
        layout: Its columns.
        times: Of the rows; None for a table without times.
        notes: What was found and left out.
    """

    path: Path
    table: Table
    layout: Layout
    times: Times | None
    notes: tuple[str, ...]


class NoRowsError(DataFileError):
    """A file holds no row of numbers, as of a sensor that was off."""


def open_table(path: Path, content: bytes, options: ReadOptions) -> SensorTable:
    """Read a table and find its columns and its clock.

    Args:
        path: The file.
        content: Its bytes.
        options: Corrections to what it says.

    Returns:
        The table.

    Raises:
        NoRowsError: It is no table, or it is empty.
        DataFileError: Its columns cannot be known.
    """
    table = read_table(content)
    if table is None or not len(table):
        raise NoRowsError(tr("{path} holds no rows of numbers: check the file.", path=path))
    layout = layout_of(table, path, options)
    notes = list(layout.notes)
    if table.torn:
        notes.append(tr("{lines}: too few cells or too many", lines=_lines(table.torn)))
    if table.again:
        notes.append(tr("the header stands {count} times between the rows", count=table.again))
    times, clocks = (None, ()) if options.rate_hz else _times(table, layout, options)
    left_out = sorted({*layout.left_out, *layout.times} - {*clocks}, key=lambda c: c.index)
    if left_out:
        notes.append(tr("columns left out: {columns}", columns=words_of_columns(left_out)))
    if times:
        notes.append(tr("times {evidence}", evidence=times.evidence))
        if (order := _order_of(path, table, layout, times)) is not None:
            table, times = table.taken(order), times.taken(order)
            notes.append(
                tr(
                    "the {count:,} rows were not in the order of time: put in order",
                    count=len(order),
                )
            )
    return SensorTable(path, table, layout, times, tuple(notes))


def _order_of(path: Path, table: Table, layout: Layout, times: Times) -> NDArray[np.intp] | None:
    """The rows [n] in the order of time, of a table whose rows are in any order; else None.

    Rows that only come late, and clocks that begin again, are `timing`'s.
    Raises DataFileError where times repeat, so that there is no one order.
    """  # noqa: DOC501, a private function
    t_us = times.t_us[times.there]
    steps = np.diff(t_us)
    if not (steps < 0).any():
        return None
    order = np.argsort(t_us, kind="stable")
    if np.median(np.abs(order - np.arange(len(order)))) <= _FEW_ROWS:
        return None
    if (steps < 0).mean() <= MOST_BACK and not _is_one_clock(steps, np.diff(t_us[order])):
        return None
    moments = pl.DataFrame({"t": times.t_us})
    if layout.sensor is not None:
        moments = moments.with_columns(sensor=table.texts(layout.sensor.index))
    if moments.filter(pl.Series(times.there)).is_duplicated().any():
        raise DataFileError(
            tr(
                "{path}: its rows are not in the order of time, and some have the same time, "
                "so that their order cannot be known. Sort the rows as they were measured, or "
                "give each recording a file of its own.",
                path=path,
            )
        )
    rows: NDArray[np.intp] = np.r_[np.flatnonzero(times.there)[order], np.flatnonzero(~times.there)]
    return rows


def _is_one_clock(steps: NDArray[np.int64], in_order: NDArray[np.int64]) -> bool:
    """Whether blocks of rows in any order are one clock's, of even steps once they are in order."""
    if (steps < 0).sum() < _BLOCKS or not (in_order > 0).all():
        return False
    period_us = float(np.median(steps[steps > 0]))
    return bool((np.abs(in_order - period_us) < period_us / 2).mean() > 0.98)


def sensors(opened: SensorTable) -> tuple[Series, Series | None, list[str]]:
    """The rows of acceleration and of rotation, and what was left out of them."""
    table, layout, notes = opened.table, opened.layout, list(opened.notes)
    accel = _values(table, layout.acceleration)
    unit = _unit(layout.acceleration)
    if layout.gravity:
        accel = accel + _values(table, layout.gravity) * _factor(layout)
        unit = unit or _unit(layout.gravity)
    gyro = _values(table, layout.rotation) if layout.rotation else None
    timed = opened.times.there if opened.times else np.ones(len(table), bool)
    rows = np.arange(len(table))
    here = np.isfinite(accel).all(axis=1) & timed
    if layout.sensor is not None:
        return _by_sensor(opened, accel, here, notes)
    if gyro is None:
        bad = ~here
        _count_bad(table, bad, notes)
        return _series(opened, accel, unit, rows[here]), None, notes
    there = np.isfinite(gyro).all(axis=1) & timed
    only_one = here ^ there
    # Rows of one sensor only throughout the table: each sensor writes its own.
    if only_one.sum() > 0.05 * len(table) and opened.times is not None:
        _count_bad(table, ~here & ~there, notes)
        notes.append(tr("the sensors have rows of their own: joined on the acceleration's clock"))
        return (
            _series(opened, accel, unit, rows[here]),
            _series(opened, gyro, _unit(layout.rotation), rows[there]),
            notes,
        )
    both = here & there
    _count_bad(table, ~both, notes)
    return (
        _series(opened, accel, unit, rows[both]),
        _series(opened, gyro, _unit(layout.rotation), rows[both]),
        notes,
    )


def _by_sensor(
    opened: SensorTable,
    values: NDArray[np.float64],
    good: NDArray[np.bool_],
    notes: list[str],
) -> tuple[Series, Series | None, list[str]]:
    """Rows of several sensors, which a column tells apart."""
    assert opened.layout.sensor is not None
    names = opened.table.texts(opened.layout.sensor.index).fill_null("").str.to_lowercase()
    words = names.to_numpy().astype(str)
    kinds = {word: _kind_of_sensor(word) for word in np.unique(words).tolist()}
    is_accel = np.array([kinds[word] is Role.ACCELERATION for word in words])
    is_gyro = np.array([kinds[word] is Role.ROTATION for word in words])
    rows = np.arange(len(words))
    if not is_accel.any():
        raise DataFileError(
            tr(
                "{path} has no rows of an accelerometer in its column {name!r}, only {kinds}: "
                "correct it there.",
                path=opened.path,
                name=opened.layout.sensor.name,
                kinds=", ".join(sorted(kinds)),
            )
        )
    _count_bad(opened.table, ~good & (is_accel | is_gyro), notes)
    others = sorted(word for word, kind in kinds.items() if kind is None)
    if others:
        notes.append(tr("sensors left out: {names}", names=", ".join(others)))
    accel = _series(opened, values, None, rows[good & is_accel])
    gyro = _series(opened, values, None, rows[good & is_gyro]) if is_gyro.any() else None
    return accel, gyro, notes


def _kind_of_sensor(word: str) -> Role | None:
    if "linear" in word or "gravity" in word or "uncal" in word:
        return None
    if word.startswith("acc") or "accel" in word:
        return Role.ACCELERATION
    return Role.ROTATION if "gyr" in word or "rotation" in word else None


def _series(
    opened: SensorTable, values: NDArray[np.float64], unit: str | None, rows: NDArray[np.int64]
) -> Series:
    t_us = opened.times.t_us[rows] if opened.times else None
    return Series(values[rows], unit, rows, t_us)


def _values(table: Table, columns: Sequence[Column]) -> NDArray[np.float64]:
    stacked: NDArray[np.float64] = np.column_stack(
        [table.numbers(column.index).fill_null(np.nan).to_numpy() for column in columns]
    )
    return stacked


def _unit(columns: Sequence[Column]) -> str | None:
    said = {column.unit for column in columns}
    return said.pop() if len(said) == 1 else None


def _factor(layout: Layout) -> float:
    """From gravity's unit to the acceleration's, where the header has both."""
    gravity, accel = _unit(layout.gravity), _unit(layout.acceleration)
    if gravity is None or accel is None:
        return 1.0
    return units.accel_factor(gravity) / units.accel_factor(accel)


def _count_bad(table: Table, bad: NDArray[np.bool_], notes: list[str]) -> None:
    if bad.any():
        lines = _lines(table.line[bad].tolist())
        notes.append(tr("{lines}: a cell is missing or no number", lines=lines))


def _lines(numbers: Sequence[int]) -> str:
    """How many lines were left out, and the first of them."""
    named = ", ".join(map(str, numbers[:_NAMED_LINES]))
    if len(numbers) == 1:
        return tr("1 line left out (line {number})", number=named)
    if len(numbers) > _NAMED_LINES:
        named = tr("{names} and others", names=named)
    return tr("{count:,} lines left out (lines {numbers})", count=len(numbers), numbers=named)


def _times(
    table: Table, layout: Layout, options: ReadOptions
) -> tuple[Times | None, tuple[Column, ...]]:
    """The times that tell most moments apart, None without any, and the columns of them."""
    found = []
    undecided = None
    for column in layout.times:
        exact = table.numbers(column.index)
        if exact.null_count() < len(table) / 2:
            whole = table.whole_numbers(column.index)
            known = column.unit in NANOSECONDS or options.time_unit
            if not known and _counts(exact):
                continue  # 0, 1, 2, ... is a number of rows, not a time
            times = times_of_numbers(whole, exact, column.unit, options.time_unit)
            undecided = undecided or (column if times is None else None)
        else:
            times = times_of_texts(table.texts(column.index))
        if times is not None:
            moments = len(np.unique(times.t_us[times.there]))
            found.append((moments, bool(times.created), -column.index, times, column))
    if found:
        *_, best, clock = max(found, key=lambda one: one[:3])
        dated = next(((t, c) for *_, t, c in found if t.created), None)
        if best.created or dated is None:
            return best, (clock,)
        return replace(best, created=dated[0].created), (clock, dated[1])
    if undecided is not None:
        if undecided.unit:
            raise DataFileError(
                tr(
                    "The unit of the times in the column {name!r} cannot be known: {unit!r} is "
                    "none that is known here. Say it with --time-unit (s, ms, us, ns, min or h), "
                    "or give the rate with --rate-hz.",
                    name=undecided.name,
                    unit=undecided.unit,
                )
            )
        raise DataFileError(
            tr(
                "The unit of the times in the column {name!r} cannot be known: say it with "
                "--time-unit (s, ms, us, ns, min or h), or give the rate with --rate-hz.",
                name=undecided.name,
            )
        )
    return None, ()


def _counts(values: pl.Series) -> bool:
    numbers = values.drop_nulls().to_numpy()
    steps, sorted_steps = np.diff(numbers), np.diff(np.sort(numbers))
    share = max((steps == 1).mean(), (sorted_steps == 1).mean()) if len(steps) else 0.0
    return bool(share > 0.9)


def on_one_clock(opened: SensorTable, other: SensorTable) -> Series:
    """The other table's rotation on the clock of the first, or its rows one to one."""
    values = _values(other.table, other.layout.rotation)
    good = np.isfinite(values).all(axis=1)
    if other.times is not None:
        good &= other.times.there
    rows = np.flatnonzero(good)
    unit = _unit(other.layout.rotation)
    if opened.times is None or other.times is None:
        if opened.times is not other.times or len(other.table) != len(opened.table):
            raise DataFileError(
                tr(
                    "{path} and {other} have no common clock ({count} and {other_count} rows): "
                    "give both files times, or as many rows.",
                    path=opened.path,
                    other=other.path,
                    count=len(opened.table),
                    other_count=len(other.table),
                )
            )
        return Series(values[rows], unit, rows, None)
    shift_us = round((other.times.first_ns - opened.times.first_ns) / 1000)
    t_us = other.times.t_us[rows] + shift_us
    mine = opened.times.t_us[opened.times.there]
    if not len(rows) or t_us.min() > mine.max() or t_us.max() < mine.min():
        raise DataFileError(
            tr(
                "{path} and {other} are of different times: they do not overlap. Import each "
                "on its own under another name, or correct the times.",
                path=opened.path,
                other=other.path,
            )
        )
    return Series(values[rows], unit, rows, t_us)
