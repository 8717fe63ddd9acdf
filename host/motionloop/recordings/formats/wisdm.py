"""WISDM's raw files: `33,Jogging,49105962326000,-0.69,12.68,0.50;`, one line per sample.

User, activity, time in ns, and three axes in m/s2 or rad/s at about 20 Hz. Two data sets have it:
WISDM v1.1 (acceleration of a phone, activities by name) and "WISDM Smartphone and Smartwatch
Activity and Biometrics" (`raw/phone/accel/data_1600_accel_phone.txt` with `gyro/` beside it,
activities by letters of its activity_key.txt). Schemas: their read-me files at
https://www.cis.fordham.edu/wisdm/dataset.php and https://archive.ics.uci.edu/dataset/507.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.recordings import timing
from motionloop.recordings.data_file import DataFile, as_text
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.segments import Segment
from motionloop.recordings.take import Axes, Take, documented, rate_measured, without_rotation

NAME = "WISDM"
_LINE = re.compile(
    r"(\d+),([A-Za-z]+),(\d+),(-?[\d.]+(?:E-?\d+)?),(-?[\d.]+(?:E-?\d+)?),(-?[\d.]+(?:E-?\d+)?)"
)
_KEY = {
    "A": "walking", "B": "jogging", "C": "stairs", "D": "sitting", "E": "standing", "F": "typing",
    "G": "brushing teeth", "H": "eating soup", "I": "eating chips", "J": "eating pasta",
    "K": "drinking", "L": "eating sandwich", "M": "kicking", "O": "playing catch",
    "P": "dribbling", "Q": "writing", "R": "clapping", "S": "folding clothes",
}  # fmt: skip
_LEAST = 20  # samples
_PAUSE_US = 60_000_000


@dataclass(frozen=True)
class _Lines:
    """The samples of a file: user, activity, time [n] and values [n, 3], and what is none."""

    user: NDArray[np.int64]
    activity: NDArray[np.str_]
    t_us: NDArray[np.int64]
    values: NDArray[np.float64]
    left_out: int


def recognise(source: DataFile) -> bool:
    """Whether a file has WISDM's lines.

    Args:
        source: A file or a folder.

    Returns:
        True where the first line and most others are a user, an activity, a time and three numbers.
    """
    lines = [line for line in source.text_head.splitlines()[:20] if line.strip()]
    good = [line for line in lines if _LINE.fullmatch(line.strip().rstrip(";,"))]
    return len(good) >= 2 and len(good) > len(lines) / 2 and good[0] == lines[0]


def read(source: DataFile, options: ReadOptions) -> list[Take]:
    """Read a file of acceleration, with the rotation's file where there is one.

    Args:
        source: The file.
        options: Not used: the documentation says all.

    Returns:
        A take per stretch of one person and activity; none of a gyroscope's file that is read
        with the accelerometer's.

    Raises:
        DataFileError: It is a gyroscope's file without the accelerometer's.
    """
    path = source.path
    if "gyro" in path.name:
        if _other(path, "gyro", "accel").is_file():
            return []
        raise DataFileError(
            tr("{path} holds rotation only: put the accelerometer's file beside it.", path=path)
        )
    accel = _parsed(path)
    gyro_path = _other(path, "accel", "gyro")
    gyro = _parsed(gyro_path) if gyro_path.is_file() and gyro_path != path else None
    files = (path,) if gyro is None else (path, gyro_path)
    placement = "wrist" if "watch" in path.name else "pocket"
    takes: list[Take] = []
    notes: list[str] = []
    if accel.left_out:
        notes.append(tr("{count:,} lines left out (torn, or without a time)", count=accel.left_out))
    short = 0
    for rows in _stretches(accel):
        take = _take(accel, gyro, rows)
        if take is None:
            short += len(rows)
            continue
        user, activity = int(accel.user[rows[0]]), str(accel.activity[rows[0]])
        label = _KEY.get(activity, activity)
        wearer = f"subject {user}"
        takes.append(
            Take(
                f"{wearer} {label}",
                take.t_us,
                take.rate_hz,
                take.acceleration,
                take.rotation,
                (Segment(int(take.t_us[0]), int(take.t_us[-1]) + 1, label),),
                wearer,
                placement,
                files=files,
                notes=take.notes,
            )
        )
    if short:
        notes.append(
            tr(
                "{count:,} samples left out: stretches of less than {least}",
                count=short,
                least=_LEAST,
            )
        )
    if not takes:
        raise DataFileError(
            tr(
                "{path} has no stretch of {least} samples: get the data set again.",
                path=path,
                least=_LEAST,
            )
        )
    return takes if not notes else [_with_notes(takes[0], notes), *takes[1:]]


def _with_notes(take: Take, notes: list[str]) -> Take:
    from dataclasses import replace

    return replace(take, notes=(*notes, *take.notes))


def _other(path: Path, sensor: str, other: str) -> Path:
    """The same file of the other sensor, in the folder beside."""
    folder = path.parent
    if folder.name == sensor:
        folder = folder.with_name(other)
    return folder / path.name.replace(sensor, other)


def _parsed(path: Path) -> _Lines:
    text = as_text(DataFile(path).content())
    # Several records stand in one line of v1.1, and some have no end.
    records = [record.strip().rstrip(",") for record in re.split(r"[;\r\n]+", text)]
    found = [_LINE.fullmatch(record) for record in records if record]
    good = [match for match in found if match and int(match[3]) > 0]
    return _Lines(
        np.array([int(match[1]) for match in good], np.int64),
        np.array([match[2] for match in good], str),
        np.array([int(match[3]) // 1000 for match in good], np.int64),
        np.array([[float(match[i]) for i in (4, 5, 6)] for match in good]).reshape(-1, 3),
        len(found) - len(good),
    )


def _stretches(lines: _Lines) -> list[NDArray[np.int64]]:
    """Rows of one person and activity on a clock that goes on."""
    change = (np.diff(lines.user) != 0) | (lines.activity[1:] != lines.activity[:-1])
    parts = np.split(np.arange(len(lines.t_us)), np.flatnonzero(change) + 1)
    made = []
    for part in parts:
        for span in timing.spans_of_clock(lines.t_us[part]):
            rows = part[span]
            times = np.maximum.accumulate(lines.t_us[rows])
            made += np.split(rows, np.flatnonzero(np.diff(times) > _PAUSE_US) + 1)
    return [rows for rows in made if len(rows)]


def _take(accel: _Lines, gyro: _Lines | None, rows: NDArray[np.int64]) -> Take | None:
    if len(rows) < _LEAST:
        return None
    clock = timing.tidy(accel.t_us[rows], accel.values[rows])
    if not clock.rate_hz:
        return None
    t_us, values = clock.t_us, accel.values[rows][clock.order]
    notes = (rate_measured(clock.rate_hz), *clock.notes)
    rotation = None
    if gyro is not None:
        first = rows[0]
        same = (gyro.user == accel.user[first]) & (gyro.activity == accel.activity[first])
        same &= (gyro.t_us >= t_us[0] - 1_000_000) & (gyro.t_us <= t_us[-1] + 1_000_000)
        turned = timing.tidy(gyro.t_us[same], gyro.values[same])
        if turned.rate_hz:
            made, near = timing.interpolated(
                turned.t_us, gyro.values[same][turned.order], t_us, turned.rate_hz
            )
            if not near.all():
                notes += (without_rotation(int((~near).sum())),)
            t_us, values, rotation = (
                t_us[near],
                values[near],
                Axes(made[near], "rad/s", documented()),
            )
        if rotation is None or len(t_us) < _LEAST:
            return None
    return Take("", t_us, clock.rate_hz, Axes(values, "m/s2", documented()), rotation, notes=notes)
