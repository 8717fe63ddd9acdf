"""Recordings of any path: one recording, a folder of recordings, or a data file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from motionloop.errors import DataFileError
from motionloop.recordings import importing
from motionloop.recordings.data_file import DataFile
from motionloop.recordings.facts import Facts, facts_in, facts_of
from motionloop.recordings.recording import (
    SAMPLES_FILE,
    Found,
    Recording,
    Unreadable,
    open_all,
    open_each,
    recording_paths,
)
from motionloop.recordings.recording_json import DESCRIPTION_FILE


def read_recordings(path: str | Path) -> list[Recording]:
    """Read the recordings that a path leads to.

    Args:
        path: A recording's folder, a folder of recordings, or data files of any format that
            `formats` has.

    Returns:
        At least one recording.

    Raises:
        RecordingError: There is no recording, or one cannot be read.
        DataFileError: The data file cannot be read, or has another layout.
    """
    path = Path(path)
    if _is_data(path):
        return importing.recordings_in(path)
    return _found_in(path).all_readable()


def read_all_recordings(paths: Iterable[str | Path]) -> list[Recording]:
    """Read the recordings that several paths lead to.

    Args:
        paths: As for `read_recordings`.

    Returns:
        The recordings in the order of the paths, each once although several paths lead to it.

    Raises:
        RecordingError: A path leads to no recording, or recordings or data files cannot be read;
            the message names each of them.
        DataFileError: There is no such data file, or the only one cannot be read.
    """
    return find_recordings(paths).all_readable()


def find_recordings(paths: Iterable[str | Path]) -> Found:
    """Read what can be read of the recordings that several paths lead to.

    Args:
        paths: As for `read_recordings`.

    Returns:
        The recordings in the order of the paths, each once although several paths lead to it, and
        the recordings and data files that cannot be read.

    Raises:
        RecordingError: A path leads to no recording at all, good or bad.
        DataFileError: There is no such data file.
    """
    recordings: dict[tuple[Path, str], Recording] = {}
    unreadable: dict[Path, Unreadable] = {}
    for path in map(Path, paths):
        found = _found_in(path)
        for recording in found.recordings:
            source = (recording.path or path).resolve()
            recordings.setdefault((source, recording.name), recording)
        for bad in found.unreadable:
            unreadable.setdefault(bad.path.resolve(), bad)
    return Found(tuple(recordings.values()), tuple(unreadable.values()))


def find_facts(paths: Iterable[str | Path]) -> tuple[list[Facts], list[Unreadable]]:
    """Find out the facts of the recordings that several paths lead to.

    Folders of recordings that did not change are not read again; data files are.

    Args:
        paths: As for `read_recordings`.

    Returns:
        The facts of those that can be read, folders first, and the others.

    Raises:
        RecordingError: A path leads to no recording at all, good or bad.
        DataFileError: There is no such data file.
    """
    folders: dict[Path, Path] = {}
    files = []
    for path in map(Path, paths):
        if _is_data(path):
            files.append(path)
            continue
        inner = [path] if (path / SAMPLES_FILE).exists() else recording_paths(path)
        for folder in inner:
            folders.setdefault(folder.resolve(), folder)
    facts, unreadable = facts_in([*folders.values()])
    found = find_recordings(files)
    return [*facts, *map(facts_of, found.recordings)], [*unreadable, *found.unreadable]


def _found_in(path: Path) -> Found:
    if _is_data(path):
        try:
            return Found(tuple(importing.recordings_in(path)))
        except DataFileError as error:
            if not path.exists():
                raise
            return Found((), (Unreadable(path, error),))
    if (path / SAMPLES_FILE).exists():
        return open_each([path])
    return open_all(path)


def _is_data(path: Path) -> bool:
    """Whether a path is a file, or a folder that has something, but no recording among it."""
    if not path.is_dir():
        return path.is_file() or path.suffix == ".npz"
    try:
        inside = DataFile(path).inside()
    except DataFileError:
        return True  # its reading says why it cannot be read
    inner = [path, *(one for one in inside if not one.name.startswith("."))]
    names = (SAMPLES_FILE, DESCRIPTION_FILE)
    # Not `Path.exists`, which raises where the rights for a folder are missing.
    return len(inner) > 1 and not any(os.path.exists(one / name) for one in inner for name in names)
