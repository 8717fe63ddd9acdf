"""phyphox: a folder with a CSV file per sensor and `meta/`, as its zip is unpacked.

Columns such as `"Time (s)","Acceleration x (m/s^2)"` and `"Gyroscope x (rad/s)"`, with comma,
semicolon or tab and decimal point or comma. meta/time.csv says when the experiment began. Schema:
https://phyphox.org/wiki/index.php/Export. A single file of it is read as a table.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.recordings.clock import utc_us_of
from motionloop.recordings.data_file import DataFile
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.tables.dialect import cells_of
from motionloop.recordings.take import Take, files_left_out

NAME = "phyphox"
_META = "meta/time.csv"


def recognise(source: DataFile) -> bool:
    """Whether a folder is an export of phyphox.

    Args:
        source: A file or a folder.

    Returns:
        True for a folder with meta/time.csv and its column "experiment time".
    """
    path = source.path / _META
    return source.is_folder and path.is_file() and "experiment time" in DataFile(path).text_head


def read(source: DataFile, options: ReadOptions) -> list[Take]:
    """Read an export.

    Args:
        source: Its folder.
        options: Corrections to what the files say.

    Returns:
        One take.

    Raises:
        DataFileError: There is no acceleration, or a file is damaged.
    """
    from motionloop.recordings.tables import layout, motion
    from motionloop.recordings.tables.series import NoRowsError, SensorTable, open_table

    accel: list[SensorTable] = []
    gyro: list[SensorTable] = []
    left_out = []
    for path in sorted(source.path.glob("*.csv")):
        try:
            opened = open_table(path, DataFile(path).content(), options)
        except NoRowsError:  # the sensor was off
            left_out.append(path.name)
            continue
        if opened.layout.acceleration:
            accel.append(opened)
        elif opened.layout.rotation:
            gyro.append(opened)
        else:
            left_out.append(path.name)
    # With gravity goes before without it.
    accel.sort(key=lambda one: layout.no_gravity() in one.layout.notes)
    if not accel:
        raise DataFileError(
            tr(
                '{path} has no acceleration: record it in phyphox with "Acceleration (with g)" '
                'and "Gyroscope".',
                path=source.path,
            )
        )
    left_out += [one.path.name for one in (*accel[1:], *gyro[1:])]
    other = None if accel[0].layout.rotation or not gyro else gyro[0]
    takes = motion.takes_of(accel[0], other, source.path, options, name=source.path.name)
    notes = (files_left_out(left_out),) if left_out else ()
    began = _began(source.path / _META)
    created = began[0] if began else ""
    # A pause stops the experiment's time, and another start goes on with it.
    zero_utc_us = utc_us_of(created) if len(began) == 1 else None
    return [
        replace(
            take,
            created=take.created or (created if number == 0 else ""),
            zero_utc_us=take.zero_utc_us if take.zero_utc_us is not None else zero_utc_us,
            notes=(*take.notes, *(notes if number == 0 else ())),
        )
        for number, take in enumerate(takes)
    ]


def _began(path: Path) -> list[str]:
    """UTC of the experiment's starts, ISO 8601; none where the file does not say it."""
    moments = []
    for line in DataFile(path).text_head.splitlines():
        delimiter = max(",;\t", key=line.count)
        cells = cells_of(line, delimiter)
        if cells[:1] == ["START"] and len(cells) > 2:
            try:
                moment = datetime.fromtimestamp(float(cells[2].replace(",", ".")), UTC)
            except ValueError:
                return []
            moments.append(moment.isoformat(timespec="milliseconds"))
    return moments
