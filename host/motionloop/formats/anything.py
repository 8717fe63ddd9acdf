"""Recordings from wherever a path leads: one recording, a folder of them, or a data file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from motionloop.formats import npz
from motionloop.recording import SAMPLES_FILE, Recording, open_all


def read(path: str | Path) -> list[Recording]:
    """The recordings at `path`, at least one. Raises RecordingError or DataFileError."""
    path = Path(path)
    if path.suffix == ".npz":
        return npz.read(path)
    if (path / SAMPLES_FILE).exists():
        return [Recording.open(path)]
    return open_all(path)


def read_all(paths: Iterable[str | Path]) -> list[Recording]:
    """The recordings at all `paths`, in their order. Raises RecordingError or DataFileError."""
    return [recording for path in paths for recording in read(path)]
