"""Recordings of any length, made in no time: a minute of synthetic motion again and again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from motionloop.recordings import samples_csv
from motionloop.recordings.recording import SAMPLES_FILE
from motionloop.recordings.recording_json import Description, RecordedBoard
from motionloop.recordings.segments import Segment
from motionloop.virtual.motion import LSM9DS1, SyntheticMotion
from motionloop.virtual.wearer import SyntheticWearer

START_US = 1_000_000
LABELS = ("sitting", "walking", "running")
_BOARD = RecordedBoard(
    "test",
    LSM9DS1.format,
    imu=LSM9DS1.imu.name,
    synthetic=True,
)


@cache
def _minute(person: int) -> list[str]:
    """The values of each line, 20 s an activity."""
    count = int(20 * LSM9DS1.format.rate_hz)
    parts = [
        SyntheticMotion(SyntheticWearer(person, name), LSM9DS1, person).take_samples(count)
        for name in LABELS
    ]
    accel = samples_csv.Decimals(LSM9DS1.format.accel_ng_per_lsb)
    gyro = samples_csv.Decimals(LSM9DS1.format.gyro_nrads_per_lsb)
    return [
        ",".join([accel[a] for a in line[:3]] + [gyro[g] for g in line[3:]])
        for part, _ in parts
        for line in part.tolist()
    ]


def write_repeated(
    folder: Path,
    seconds: float,
    segments: Sequence[Segment] = (),
    wearer: str = "Ada",
    person: int = 1,
) -> None:
    """A closed recording of `seconds` at 119 Hz in the new folder; its first sample is at
    START_US. Each `person` moves otherwise."""
    count, values = round(seconds * LSM9DS1.format.rate_hz), _minute(person)
    t_us = START_US + np.rint(np.arange(count) * 1e6 / LSM9DS1.format.rate_hz).astype(np.int64)
    folder.mkdir(parents=True)
    with (folder / SAMPLES_FILE).open("wb") as file:
        file.write(samples_csv.HEADER)
        for first in range(0, count, len(values)):
            times = t_us[first : first + len(values)].tolist()
            lines = zip(range(first, count), times, values, strict=False)
            file.write("".join([f"{seq},{t},{rest}\n" for seq, t, rest in lines]).encode())
    Description(
        _BOARD,
        folder.name,
        wearer=wearer,
        created="2026-11-20T08:00:00+01:00",
        segments=tuple(segments),
        samples=count,
        closed=True,
    ).save(folder)


def even_segments(count: int, seconds: float) -> list[Segment]:
    """So many, of equal length, a quarter of the time between them."""
    step_us = int(seconds * 1e6) // count
    return [
        Segment(
            START_US + i * step_us,
            START_US + i * step_us + step_us * 3 // 4,
            LABELS[i % len(LABELS)],
        )
        for i in range(count)
    ]
