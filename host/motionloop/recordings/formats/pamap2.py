"""PAMAP2: `subject101.dat` with three sensors at 100 Hz, 54 numbers per line between blanks.

Time in s, activity, heart rate, and for hand, chest and ankle: temperature, acceleration of 16 g
and of 6 g (m/s2), rotation (rad/s), magnetic field, orientation. Lost samples are NaN. Schema:
"DataCollectionProtocol" and "DescriptionOfActivities" of
https://archive.ics.uci.edu/dataset/231. The acceleration of 16 g is read, as its authors advise.
"""

from __future__ import annotations

import re

import numpy as np

from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.recordings import timing
from motionloop.recordings.data_file import DataFile
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.take import Axes, Take, documented, rate_said, segments_of_rows

NAME = "PAMAP2"
_RATE_HZ = 100.0
_COLUMNS = 54
_PLACES = {"hand": 3, "chest": 20, "ankle": 37}  # the first column of each sensor
_ACCEL_16G, _GYRO = 1, 7  # within a sensor
_ACTIVITIES = {
    1: "lying", 2: "sitting", 3: "standing", 4: "walking", 5: "running", 6: "cycling",
    7: "Nordic walking", 9: "watching TV", 10: "computer work", 11: "car driving",
    12: "ascending stairs", 13: "descending stairs", 16: "vacuum cleaning", 17: "ironing",
    18: "folding laundry", 19: "house cleaning", 20: "playing soccer", 24: "rope jumping",
}  # fmt: skip
_LINE = re.compile(r"\d+\.\d+ \d{1,2} (NaN|\d+(\.\d+)?)( (NaN|-?\d+(\.\d+)?(e-?\d+)?)){51}\s*")


def recognise(source: DataFile) -> bool:
    """Whether a file is a person's of the data set.

    Args:
        source: A file or a folder.

    Returns:
        True for lines of 54 numbers, of which the second is an activity.
    """
    return _LINE.fullmatch(source.text_head.split("\n", 1)[0]) is not None


def read(source: DataFile, options: ReadOptions) -> list[Take]:
    """Read a person's file.

    Args:
        source: The file.
        options: Not used: the documentation says all.

    Returns:
        A take for each of hand, chest and ankle.

    Raises:
        DataFileError: The file is damaged.
    """
    import polars as pl  # takes half a second

    path = source.path
    schema = {f"c{index}": pl.Float64 for index in range(_COLUMNS)}
    try:
        table = pl.read_csv(
            path, separator=" ", has_header=False, schema=schema, null_values=["NaN"]
        )
    except (OSError, pl.exceptions.PolarsError) as error:
        raise DataFileError(
            tr(
                "{path} cannot be read as a file of PAMAP2 ({error}): get it again.",
                path=path,
                error=error,
            )
        ) from error
    numbers = table.to_numpy()
    number = re.search(r"\d+", path.stem)
    wearer = f"subject {number[0]}" if number else path.stem
    activity = np.nan_to_num(numbers[:, 1]).astype(int)
    names = np.array([_ACTIVITIES.get(code) for code in range(max(activity.max(), 1) + 1)], object)
    t_us = np.rint(np.nan_to_num(numbers[:, 0]) * 1e6).astype(np.int64)
    takes = []
    for place, first in _PLACES.items():
        accel = numbers[:, first + _ACCEL_16G : first + _ACCEL_16G + 3]
        gyro = numbers[:, first + _GYRO : first + _GYRO + 3]
        good = np.isfinite(accel).all(axis=1) & np.isfinite(gyro).all(axis=1)
        good &= np.isfinite(numbers[:, 0])
        if good.sum() < 2:
            continue
        rows = np.flatnonzero(good)
        clock = timing.tidy(t_us[rows], accel[rows], _RATE_HZ)
        rows = rows[clock.order]
        lost = int((~good).sum())
        takes.append(
            Take(
                f"{wearer} {place}",
                clock.t_us,
                _RATE_HZ,
                Axes(accel[rows], "m/s2", documented()),
                Axes(gyro[rows], "rad/s", documented()),
                segments_of_rows(clock.t_us, names[activity[rows]]),
                wearer,
                place,
                files=(path,),
                notes=(
                    rate_said(_RATE_HZ, documented()),
                    *((_lines_left_out(lost),) if lost else ()),
                    *clock.notes,
                ),
            )
        )
    return takes


def _lines_left_out(count: int) -> str:
    return tr("{count:,} lines without this sensor left out", count=count)
