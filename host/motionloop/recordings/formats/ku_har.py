"""KU-HAR's raw files: eight columns without a header, `11.Walk/1001_L_1.csv`.

Time and three axes of acceleration (m/s2), time and three axes of rotation (rad/s), at about
100 Hz; folders name the activity, files the person. Schema:
https://data.mendeley.com/datasets/45f952y38r. Its page says milliseconds and its files have
seconds: the steps decide.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.recordings import timing
from motionloop.recordings.data_file import DataFile
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.take import (
    Axes,
    Take,
    documented,
    rate_measured,
    segments_of_rows,
    without_rotation,
)

NAME = "KU-HAR"
_COLUMNS = 8
_FILE = re.compile(r"(\d+)_[A-Z]_\d+")
_FOLDER = re.compile(r"\d+\.\s*(.+)")


def recognise(source: DataFile) -> bool:
    """Whether a file is one of the data set's.

    Args:
        source: A file or a folder.

    Returns:
        True for eight columns of numbers in a folder and file named as the data set has them.
    """
    if source.is_folder or not _FILE.fullmatch(source.path.stem):
        return False
    line = source.text_head.split("\n", 1)[0].strip()
    return (
        line.count(",") == _COLUMNS - 1
        and _FOLDER.fullmatch(source.path.parent.name) is not None
        and re.fullmatch(r"[-+.,\deE]+", line) is not None
    )


def read(source: DataFile, options: ReadOptions) -> list[Take]:
    """Read a file.

    Args:
        source: The file.
        options: The unit of time, where given.

    Returns:
        One take.

    Raises:
        DataFileError: The file is damaged, or its times show no unit.
    """
    import polars as pl  # takes half a second

    path = source.path
    schema = {f"c{index}": pl.Float64 for index in range(_COLUMNS)}
    try:
        table = pl.read_csv(path, has_header=False, schema=schema).drop_nulls()
    except (OSError, pl.exceptions.PolarsError) as error:
        raise DataFileError(
            tr(
                "{path} cannot be read as a file of KU-HAR ({error}): get it again.",
                path=path,
                error=error,
            )
        ) from error
    numbers = table.to_numpy()
    times = _times(numbers[:, 0], options), _times(numbers[:, 4], options)
    if times[0] is None or times[1] is None:
        raise DataFileError(
            tr("{path}: the unit of its times cannot be known; give --time-unit.", path=path)
        )
    accel_us = times[0] + 0
    shift_us = round((numbers[0, 4] - numbers[0, 0]) * _per_unit(numbers[:, 0], times[0]))
    clock = timing.tidy(accel_us, numbers[:, 1:4])
    turned = timing.tidy(times[1] + shift_us, numbers[:, 5:8])
    made, near = timing.interpolated(
        turned.t_us, numbers[turned.order, 5:8], clock.t_us, turned.rate_hz or 1.0
    )
    rows = clock.order[near]
    if len(rows) < 2:
        raise DataFileError(
            tr("{path}: its two sensors have no time in common; get it again.", path=path)
        )
    person, folder = _FILE.fullmatch(path.stem), _FOLDER.fullmatch(path.parent.name)
    assert person is not None
    assert folder is not None
    notes = [rate_measured(clock.rate_hz), *clock.notes]
    if not near.all():
        notes.append(without_rotation(int((~near).sum())))
    t_us = clock.t_us[near]
    return [
        Take(
            f"{folder[1]} {path.stem}",
            t_us,
            clock.rate_hz,
            Axes(numbers[rows, 1:4], "m/s2", documented()),
            Axes(made[near], "rad/s", documented()),
            segments_of_rows(t_us, np.full(len(t_us), folder[1], object)),
            f"subject {person[1]}",
            "waist",
            files=(path,),
            notes=tuple(notes),
        )
    ]


def _times(column: NDArray[np.float64], options: ReadOptions) -> NDArray[np.int64] | None:
    import polars as pl

    from motionloop.recordings.tables.clocks import times_of_numbers

    exact = pl.Series(column)
    nothing_whole = pl.Series([None] * len(column), dtype=pl.Int64)
    times = times_of_numbers(nothing_whole, exact, None, options.time_unit)
    return None if times is None else times.t_us


def _per_unit(column: NDArray[np.float64], t_us: NDArray[np.int64]) -> float:
    """Microseconds per unit of the column."""
    span = float(column[-1] - column[0])
    return float(t_us[-1] - t_us[0]) / span if span else 0.0
