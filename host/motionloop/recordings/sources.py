"""Recordings of any path: one recording, a folder of recordings, or a data file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from motionloop.recordings.formats import npz
from motionloop.recordings.recording import SAMPLES_FILE, Recording, open_all


def read_recordings(path: str | Path) -> list[Recording]:
    """Read the recordings that a path leads to.

    Args:
        path: A recording's folder, a folder of recordings, or an .npz data file.

    Returns:
        At least one recording.

    Raises:
        RecordingError: There is no recording, or a folder cannot be read.
        DataFileError: The data file cannot be read, or has another layout.
    """
    path = Path(path)
    if path.suffix == ".npz":
        return npz.read(path)
    if (path / SAMPLES_FILE).exists():
        return [Recording.open(path)]
    return open_all(path)


def read_all_recordings(paths: Iterable[str | Path]) -> list[Recording]:
    """Read the recordings that several paths lead to.

    Args:
        paths: As for `read_recordings`.

    Returns:
        The recordings in the order of the paths, each once although several paths lead to it.

    Raises:
        RecordingError: A path leads to no recording, or a folder cannot be read.
        DataFileError: A data file cannot be read, or has another layout.
    """
    found: dict[tuple[Path, str], Recording] = {}
    for path in paths:
        for recording in read_recordings(path):
            source = (recording.path or Path(path)).resolve()
            found.setdefault((source, recording.name), recording)
    return list(found.values())


def fingerprint(recordings: Iterable[Recording]) -> str:
    """SHA-256 of all samples, times and segments, hexadecimal: the same data, or not."""
    digest = hashlib.sha256()
    for recording in recordings:
        digest.update(recording.raw.tobytes() + recording.t_us.tobytes())
        digest.update(repr(recording.segments).encode())
    return digest.hexdigest()
