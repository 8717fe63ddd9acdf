"""HAPT: "Smartphone-Based Recognition of Human Activities and Postural Transitions", as downloaded.

`RawData/acc_expEE_userUU.txt` and `gyro_...` with three numbers per sample at 50 Hz, in g and
rad/s, and `labels.txt` with experiment, user, activity, first and last sample (from 1 on). Schema:
the README.txt of https://archive.ics.uci.edu/dataset/341.
"""

from __future__ import annotations

import re

import numpy as np

from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.recordings.data_file import DataFile
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.tables.matrix import even_take, read_matrix, read_names
from motionloop.recordings.take import Take

NAME = "HAPT"
_RATE_HZ = 50.0
_FILE = re.compile(r"acc_exp(\d+)_user(\d+)\.txt")
_ACTIVITIES = (
    "WALKING WALKING_UPSTAIRS WALKING_DOWNSTAIRS SITTING STANDING LAYING STAND_TO_SIT SIT_TO_STAND"
    " SIT_TO_LIE LIE_TO_SIT STAND_TO_LIE LIE_TO_STAND"
)


def recognise(source: DataFile) -> bool:
    """Whether a folder is the data set's, or its RawData.

    Args:
        source: A file or a folder.

    Returns:
        True for a folder with the raw files and their labels.
    """
    if not source.is_folder:
        return False
    raw = source.path / "RawData"
    folder = raw if raw.is_dir() else source.path
    return (folder / "labels.txt").is_file() and any(
        _FILE.fullmatch(path.name) for path in folder.glob("acc_exp*.txt")
    )


def read(source: DataFile, options: ReadOptions) -> list[Take]:
    """Read the raw signals.

    Args:
        source: The folder.
        options: Not used: the documentation says all.

    Returns:
        A take per experiment.

    Raises:
        DataFileError: A file is missing or damaged.
    """
    raw = source.path / "RawData"
    folder = raw if raw.is_dir() else source.path
    names = dict(enumerate(_ACTIVITIES.split(), start=1))
    if (folder.parent / "activity_labels.txt").is_file():
        names = read_names(folder.parent / "activity_labels.txt")
    spans = read_matrix(folder / "labels.txt", 5).astype(int)
    takes = []
    for path in sorted(folder.glob("acc_exp*.txt")):
        said = _FILE.fullmatch(path.name)
        if not said:
            continue
        experiment, user = int(said[1]), int(said[2])
        gyro_path = path.with_name(path.name.replace("acc_", "gyro_", 1))
        accel, gyro = read_matrix(path, 3), read_matrix(gyro_path, 3)
        if len(accel) != len(gyro):
            raise DataFileError(
                tr(
                    "{path} has {count} samples and {name} {other_count}: get the data set again.",
                    path=path,
                    count=len(accel),
                    name=gyro_path.name,
                    other_count=len(gyro),
                )
            )
        labels = np.full(len(accel), None, object)
        mine = spans[(spans[:, 0] == experiment) & (spans[:, 1] == user)]
        for activity, first, last in mine[:, 2:].tolist():
            labels[first - 1 : last] = names.get(activity, str(activity))
        takes.append(
            even_take(
                f"experiment {experiment} user {user}",
                _RATE_HZ,
                (accel, "g"),
                (gyro, "rad/s"),
                labels,
                wearer=f"subject {user}",
                placement="waist",
                files=(path, gyro_path, folder / "labels.txt"),
            )
        )
    return takes
