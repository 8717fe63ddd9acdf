"""Recordings whose program was killed: another process can go on with them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from motionloop.errors import RecordingError
from motionloop.recordings.recording import SAMPLES_FILE
from motionloop.recordings.recording_json import Description, recording_folders
from motionloop.recordings.samples_csv import HEADER
from motionloop.safe_files import open_alone


@dataclass(frozen=True)
class Unfinished:
    """A recording that was cut off.

    Attributes:
        path: Its folder.
        description: What is known of it.
        age_s: Seconds since its last samples were written, on this computer's clock.
    """

    path: Path
    description: Description
    age_s: float


def unfinished(folder: Path, within_s: float = float("inf")) -> Iterator[Unfinished]:
    """Find recordings that were cut off. Those that another process records are none.

    Args:
        folder: The folder of recordings.
        within_s: Only those of the last so many seconds.

    Yields:
        The recordings, the newest first.
    """
    ages: list[tuple[float, Path]] = []
    now_s = time.time()
    for path in recording_folders(folder):
        try:
            found = (path / SAMPLES_FILE).stat()
        except OSError:
            continue
        if found.st_size > len(HEADER):  # else there is nothing to go on with
            ages.append((now_s - found.st_mtime, path))
    for age_s, path in sorted(ages):
        if age_s > within_s:
            return
        try:
            description = Description.load(path)
            if description.closed:
                continue
            open_alone(path / SAMPLES_FILE).close()
        except (RecordingError, OSError):
            continue
        yield Unfinished(path, description, age_s)


def goes_on(folder: Path) -> bool:
    """Find out whether a program is recording right now.

    Args:
        folder: The recording's folder.

    Returns:
        Whether one does; never on Windows, where the answer is not known.
    """
    try:
        if Description.load(folder).closed:
            return False
    except RecordingError:
        return False
    try:
        open_alone(folder / SAMPLES_FILE).close()
    except RecordingError:
        return True
    except OSError:  # a damaged recording
        return False
    return False
