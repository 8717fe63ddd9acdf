"""UCI-HAR: "Human Activity Recognition Using Smartphones", as downloaded.

Windows of 128 samples at 50 Hz that overlap by half, in `train/` and `test/`: total acceleration
in g, rotation in rad/s, one file per axis in `Inertial Signals/`, one label and one person per
window. Schema: the README.txt of https://archive.ics.uci.edu/dataset/240. The overlap is taken
out: windows whose halves are equal are joined to what they were cut from.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.recordings.data_file import DataFile
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.tables.matrix import even_take, read_matrix, read_names
from motionloop.recordings.take import Take

NAME = "UCI-HAR"
_RATE_HZ = 50.0
_WINDOW = 128
_HALF = 64
_PARTS = ("train", "test")


def recognise(source: DataFile) -> bool:
    """Whether a folder is the data set's.

    Args:
        source: A file or a folder.

    Returns:
        True for the folder that holds activity_labels.txt, train/ and test/.
    """
    return (
        source.is_folder
        and (source.path / "activity_labels.txt").is_file()
        and any(_signal(source.path, part, "total_acc_x").is_file() for part in _PARTS)
    )


def read(source: DataFile, options: ReadOptions) -> list[Take]:
    """Read the data set.

    Args:
        source: Its folder.
        options: Not used: the documentation says all.

    Returns:
        A take per stretch of windows that follow each other, of one person.

    Raises:
        DataFileError: A file is missing or damaged.
    """
    names = read_names(source.path / "activity_labels.txt")
    takes = []
    for part in _PARTS:
        if _signal(source.path, part, "total_acc_x").is_file():
            takes += _read_part(source.path, part, names)
    return takes


def _signal(folder: Path, part: str, name: str) -> Path:
    return folder / part / "Inertial Signals" / f"{name}_{part}.txt"


def _read_part(folder: Path, part: str, names: dict[int, str]) -> list[Take]:
    files = [
        _signal(folder, part, f"{sensor}_{axis}")
        for sensor in ("total_acc", "body_gyro")
        for axis in "xyz"
    ]
    windows = np.stack([read_matrix(file, _WINDOW) for file in files], axis=2)
    subject = read_matrix(folder / part / f"subject_{part}.txt", 1)[:, 0].astype(int)
    label = read_matrix(folder / part / f"y_{part}.txt", 1)[:, 0].astype(int)
    if not len(windows) == len(subject) == len(label):
        raise DataFileError(
            tr(
                "{folder} has {count} windows, {people} people and {labels} labels: get "
                "the data set again.",
                folder=folder / part,
                count=len(windows),
                people=len(subject),
                labels=len(label),
            )
        )
    follows = (windows[1:, :_HALF] == windows[:-1, _HALF:]).all(axis=(1, 2))
    follows &= subject[1:] == subject[:-1]
    bounds = [0, *(np.flatnonzero(~follows) + 1).tolist(), len(windows)]
    takes = []
    for start, end in pairwise(bounds):
        motion = _joined(windows[start:end])
        # A window's second half is the next one's first: the label changes between them.
        labels = np.r_[
            [names[label[start]]] * _HALF,
            np.repeat([names[one] for one in label[start:end]], _HALF),
        ]
        takes.append(
            even_take(
                f"subject {subject[start]} {part} {start + 1}",
                _RATE_HZ,
                (motion[:, :3], "g"),
                (motion[:, 3:], "rad/s"),
                labels,
                wearer=f"subject {subject[start]}",
                placement="waist",
                files=tuple(files),
                notes=(tr("{count} windows joined, their overlap taken out", count=end - start),),
            )
        )
    return takes


def _joined(windows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Samples [n, 6] of windows [k, 128, 6] that overlap by half."""
    return np.concatenate([windows[0], *windows[1:, _HALF:]])
