"""Recordings from wherever a path leads: one recording, a folder of them, or a data file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from motionloop.recordings.formats import npz
from motionloop.recordings.recording import SAMPLES_FILE, Recording, open_all


def read(path: str | Path) -> list[Recording]:
    """The recordings at `path`, at least one. Raises RecordingError or DataFileError."""
    path = Path(path)
    if path.suffix == ".npz":
        return npz.read(path)
    if (path / SAMPLES_FILE).exists():
        return [Recording.open(path)]
    return open_all(path)


def read_all(paths: Iterable[str | Path]) -> list[Recording]:
    """The recordings at all `paths`, in their order, each once however many paths lead to it.

    Raises RecordingError or DataFileError.
    """
    found: dict[tuple[Path, str], Recording] = {}
    for path in paths:
        for recording in read(path):
            source = (recording.path or Path(path)).resolve()
            found.setdefault((source, recording.name), recording)
    return list(found.values())
