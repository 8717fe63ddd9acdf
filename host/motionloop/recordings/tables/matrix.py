"""Plain matrices of numbers, as published data sets have them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.recordings import timing
from motionloop.recordings.take import Axes, Take, documented, rate_said, segments_of_rows
from motionloop.safe_files import open_to_read, read_text


def read_matrix(path: Path, width: int | None = None) -> NDArray[np.float64]:
    """Read numbers between blanks.

    Args:
        path: The file.
        width: The columns that it must have; None: any number.

    Returns:
        Numbers [n, columns].

    Raises:
        DataFileError: The file is missing, or is no such matrix.
    """
    try:
        with open_to_read(path) as file:
            matrix = np.loadtxt(file, dtype=np.float64, ndmin=2)
    except (OSError, ValueError) as error:
        raise DataFileError(
            tr(
                "{path} cannot be read as numbers ({error}): get the data set again.",
                path=path,
                error=error,
            )
        ) from error
    if width is not None and matrix.shape[1] != width:
        raise DataFileError(
            tr(
                "{path} has {columns} columns and not {width}: get the data set again.",
                path=path,
                columns=matrix.shape[1],
                width=width,
            )
        )
    return matrix


def read_names(path: Path) -> dict[int, str]:
    """Read lines of a number and a name, as activity_labels.txt has them.

    Args:
        path: The file.

    Returns:
        The names by their numbers.

    Raises:
        DataFileError: The file is missing, or has other lines.
    """
    try:
        lines = [line.split() for line in read_text(path).splitlines() if line.strip()]
        return {int(number): name for number, name in lines}
    except (OSError, ValueError) as error:
        raise DataFileError(
            tr(
                "{path} cannot be read as numbers and names ({error}): get the data set again.",
                path=path,
                error=error,
            )
        ) from error


def even_take(
    name: str,
    rate_hz: float,
    acceleration: tuple[NDArray[np.float64], str],
    rotation: tuple[NDArray[np.float64], str],
    labels: Sequence[str | None] | NDArray[np.object_],
    *,
    wearer: str,
    placement: str,
    files: tuple[Path, ...],
    notes: tuple[str, ...] = (),
) -> Take:
    """Make a take of samples at a constant rate whose units the data set's documentation says.

    Args:
        name: Of the recording.
        rate_hz: Samples per second.
        acceleration: Samples [n, 3] and their unit.
        rotation: Samples [n, 3] and their unit.
        labels: One for each sample [n], None for none.
        wearer: The person.
        placement: Where the sensor was worn.
        files: The files.
        notes: What was left out.

    Returns:
        The take.
    """
    t_us = timing.at_rate(len(acceleration[0]), rate_hz)
    return Take(
        name,
        t_us,
        rate_hz,
        Axes(*acceleration, documented()),
        Axes(*rotation, documented()),
        segments_of_rows(t_us, np.asarray(labels, object)),
        wearer,
        placement,
        files=files,
        notes=(rate_said(rate_hz, documented()), *notes),
    )
