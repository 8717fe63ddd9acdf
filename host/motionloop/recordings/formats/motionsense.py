"""MotionSense, as downloaded: `A_DeviceMotion_data/dws_1/sub_1.csv`, one trial per file.

Columns gravity.x, userAcceleration.x (in g; their sum is what an accelerometer measures),
rotationRate.x (rad/s) and attitude, at 50 Hz, without times. Folders name activity and trial.
Schema: the README of https://github.com/mmalekzadeh/motion-sense.
"""

from __future__ import annotations

import re
from pathlib import Path

from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.recordings.data_file import DataFile
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.tables.matrix import even_take
from motionloop.recordings.take import Take, acceleration_is_sum

NAME = "MotionSense"
_RATE_HZ = 50.0
_ACTIVITIES = {
    "dws": "downstairs",
    "ups": "upstairs",
    "wlk": "walking",
    "jog": "jogging",
    "sit": "sitting",
    "std": "standing",
}
_FILE = re.compile(rf"(?:.*/)?({'|'.join(_ACTIVITIES)})_(\d+)/sub_(\d+)\.csv")


def recognise(source: DataFile) -> bool:
    """Whether a folder holds the data set's trials.

    Args:
        source: A file or a folder.

    Returns:
        True where a trial in it has the columns of the device's motion.
    """
    return any(_has_motion(source.path / name) for name in _trials(source)[:1])


def read(source: DataFile, options: ReadOptions) -> list[Take]:
    """Read the trials.

    Args:
        source: The folder.
        options: Not used: the documentation says all.

    Returns:
        A take per trial of a person.

    Raises:
        DataFileError: A file is damaged.
    """
    import polars as pl  # takes half a second

    takes = []
    for name in _trials(source):
        path = source.path / name
        said = _FILE.fullmatch(name)
        assert said is not None
        try:
            table = pl.read_csv(path)
            gravity, user, rotation = (
                table.select([f"{sensor}.{axis}" for axis in "xyz"]).cast(pl.Float64).to_numpy()
                for sensor in ("gravity", "userAcceleration", "rotationRate")
            )
        except (OSError, pl.exceptions.PolarsError) as error:
            raise DataFileError(
                tr(
                    "{path} cannot be read as a trial of MotionSense ({error}): get it again.",
                    path=path,
                    error=error,
                )
            ) from error
        activity, trial, person = said.groups()
        takes.append(
            even_take(
                f"subject {person} trial {trial} {_ACTIVITIES[activity]}",
                _RATE_HZ,
                (gravity + user, "g"),
                (rotation, "rad/s"),
                [_ACTIVITIES[activity]] * len(table),
                wearer=f"subject {person}",
                placement="front pocket",
                files=(path,),
                notes=(acceleration_is_sum("gravity", "userAcceleration"),),
            )
        )
    return takes


def _trials(source: DataFile) -> list[str]:
    """The trials of the device's motion; the same trials of single sensors are left out."""
    found = sorted(name for name in source.names if _FILE.fullmatch(name))
    device = [name for name in found if "DeviceMotion" in name]
    return device or [n for n in found if "Accelerometer" not in n and "Gyroscope" not in n]


def _has_motion(path: Path) -> bool:
    head = DataFile(path).text_head.split("\n", 1)[0]
    return "userAcceleration.x" in head and "gravity.x" in head
