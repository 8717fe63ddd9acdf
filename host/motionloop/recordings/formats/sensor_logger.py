"""Sensor Logger (Android, iOS): a folder with a CSV file per sensor, as its zip is unpacked.

Each file has `time` (ns since 1970), `seconds_elapsed` and the axes `z,y,x`. Accelerometer.csv is
without gravity; TotalAcceleration.csv is with it, else Gravity.csv is added. Acceleration is in
m/s2, rotation in rad/s. Annotation.csv has texts with their times: each is a label until the next.
Schema: "One-Page Unit Reference" of https://github.com/tszheichoi/awesome-sensor-logger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.recordings import timing
from motionloop.recordings.data_file import DataFile
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.segments import Segment
from motionloop.recordings.tables.naming import named_by
from motionloop.recordings.take import Axes, Take, acceleration_is_sum, files_left_out

if TYPE_CHECKING:
    from motionloop.recordings.tables.series import SensorTable

NAME = "Sensor Logger"
_TOTAL, _LINEAR, _GRAVITY = "TotalAcceleration.csv", "Accelerometer.csv", "Gravity.csv"
_ROTATION, _ANNOTATION, _METADATA = "Gyroscope.csv", "Annotation.csv", "Metadata.csv"


def recognise(source: DataFile) -> bool:
    """Whether a folder is an export of Sensor Logger.

    Args:
        source: A file or a folder.

    Returns:
        True for a folder with its acceleration, which has the column seconds_elapsed.
    """
    if not source.is_folder:
        return False
    files = [source.path / name for name in (_TOTAL, _LINEAR)]
    return any(
        "seconds_elapsed" in DataFile(file).text_head.split("\n", 1)[0]
        for file in files
        if file.is_file()
    )


def read(source: DataFile, options: ReadOptions) -> list[Take]:
    """Read an export.

    Args:
        source: Its folder.
        options: Corrections to what the files say.

    Returns:
        One take.

    Raises:
        DataFileError: A file is damaged.
    """
    from motionloop.recordings.tables import motion
    from motionloop.recordings.tables.series import NoRowsError, open_table

    folder = source.path

    def opened(name: str) -> SensorTable | None:
        path = folder / name
        if not path.is_file():
            return None
        try:
            return open_table(path, DataFile(path).content(), options)
        except NoRowsError:  # the sensor was off
            return None

    total, linear, gravity = opened(_TOTAL), opened(_LINEAR), opened(_GRAVITY)
    accel = total or linear
    if accel is None:
        raise DataFileError(
            tr(
                "{folder} has neither {total} nor {linear}: export it again.",
                folder=folder,
                total=_TOTAL,
                linear=_LINEAR,
            )
        )
    said = tr("as Sensor Logger's documentation says")
    takes = motion.takes_of(accel, opened(_ROTATION), folder, options, name=folder.name)
    named = named_by(folder / "recording", folder)
    made: list[Take] = []
    for take in takes:
        values, notes = take.acceleration.values, take.notes
        files = [*take.files]
        if total is None and gravity is not None:
            values, added = _with_gravity(take, gravity, accel)
            take = _rows(take, added)
            values = values[added]
            files.append(gravity.path)
            notes = (*notes, acceleration_is_sum(_LINEAR, _GRAVITY))
        elif total is None:
            missing = tr("there is no {file}: acceleration without gravity", file=_GRAVITY)
            notes = (*notes, missing)
        if not made and (left_out := _others(folder, files)):
            notes = (*notes, files_left_out(left_out))
        made.append(
            replace(
                take,
                acceleration=Axes(values, "m/s2", said),
                rotation=take.rotation and Axes(take.rotation.values, "rad/s", said),
                segments=_annotated(folder, take, accel) or take.segments,
                wearer=named.wearer,
                files=tuple(files),
                notes=notes,
            )
        )
    return made


def _others(folder: Path, used: Sequence[Path]) -> list[str]:
    """Names of the other tables of a folder."""
    names = {path.name for path in used} | {_ANNOTATION, _METADATA}
    return sorted(path.name for path in folder.glob("*.csv") if path.name not in names)


def _with_gravity(
    take: Take, gravity: SensorTable, accel: SensorTable
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Acceleration with gravity [n, 3] at the times of a take, and where gravity is known."""
    from motionloop.recordings.tables.series import sensors

    layout = gravity.layout
    if not layout.acceleration:  # its axes are called gravity
        layout = replace(layout, acceleration=layout.gravity, gravity=())
    if not layout.acceleration:
        raise DataFileError(
            tr("{path} has no three columns of gravity: export it again.", path=gravity.path)
        )
    series, _, _ = sensors(replace(gravity, layout=layout))
    if series.t_us is None or accel.times is None or gravity.times is None:
        raise DataFileError(tr("{path} has no times: export it again.", path=gravity.path))
    shift_us = round((gravity.times.first_ns - accel.times.first_ns) / 1000)
    clock = timing.tidy(series.t_us + shift_us, series.values)
    made, near = timing.interpolated(
        clock.t_us, series.values[clock.order], take.t_us, clock.rate_hz or 1.0
    )
    return take.acceleration.values + made, near


def _rows(take: Take, kept: NDArray[np.bool_]) -> Take:
    """The take with only some of its samples."""
    if kept.all():
        return take
    return replace(
        take,
        t_us=take.t_us[kept],
        acceleration=replace(take.acceleration, values=take.acceleration.values[kept]),
        rotation=take.rotation and replace(take.rotation, values=take.rotation.values[kept]),
        notes=(
            *take.notes,
            tr("{count} samples without gravity near them left out", count=int((~kept).sum())),
        ),
    )


def _annotated(folder: Path, take: Take, accel: SensorTable) -> tuple[Segment, ...]:
    """Labels of Annotation.csv: each text lasts until the next, or to the end."""
    path = folder / _ANNOTATION
    if not path.is_file() or accel.times is None:
        return ()
    lines = [line.split(",") for line in DataFile(path).text_head.splitlines() if line.strip()]
    if len(lines) < 2 or "time" not in lines[0] or "text" not in lines[0]:
        return ()
    at, text = lines[0].index("time"), lines[0].index("text")
    marks = sorted(
        ((int(cells[at]) - accel.times.first_ns) // 1000, cells[text].strip().strip('"'))
        for cells in lines[1:]
        if len(cells) == len(lines[0]) and cells[at].isdigit()
    )
    first, end = int(take.t_us[0]), int(take.t_us[-1]) + 1
    bounds = [*(mark for mark, _ in marks[1:]), end]
    spans = [
        Segment(max(start, first), min(stop, end), label)
        for (start, label), stop in zip(marks, bounds, strict=True)
        if label
    ]
    return tuple(span for span in spans if span.start_us < span.end_us)
