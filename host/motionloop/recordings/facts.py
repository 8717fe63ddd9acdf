"""The facts of recordings for lists: of those that did not change, without reading their samples.

They are kept in a database in the user's cache folder, which may be deleted. What it says is only
shown: a training reads every sample.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Container, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import platformdirs

from motionloop.errors import MotionLoopError
from motionloop.recordings.content_hash import label_hashes
from motionloop.recordings.recording import (
    SAMPLES_FILE,
    Quality,
    Recording,
    Unreadable,
    recording_paths,
)
from motionloop.recordings.recording_json import DESCRIPTION_FILE

_VERSION = 3  # of what a row holds
_BUSY_S = 1.0


@dataclass(frozen=True)
class Facts:
    """What a list says of a recording.

    Attributes:
        name: The session's name.
        wearer: The person; empty if unknown.
        placement: Where the board was worn; empty if unknown.
        created: When the recording was made, ISO 8601 with time zone.
        seconds: Labelled seconds of each label.
        used_seconds: The same inside the trim: what a training uses; none if excluded.
        hashes: Of each label, the hash of what a training sees of it; none if excluded.
        quality: Rate, length and losses.
        synthetic: Whether the motion was computed, not measured.
        excluded: Whether trainings leave the recording out.
        problems: The folder's faults in words.
        path: The recording's folder, as it was listed; None for samples that come from elsewhere.
    """

    name: str
    wearer: str
    placement: str
    created: str
    seconds: dict[str, float]
    used_seconds: dict[str, float]
    hashes: dict[str, str]
    quality: Quality
    synthetic: bool
    excluded: bool
    problems: tuple[str, ...]
    path: Path | None = None

    @property
    def labels(self) -> list[str]:
        """All labels, in alphabetical order."""
        return sorted(self.seconds)

    def with_labels(self, labels: Container[str]) -> Facts:
        """The same facts, with these labels alone."""
        kept: dict[str, Any] = {
            name: {label: value for label, value in getattr(self, name).items() if label in labels}
            for name in ("seconds", "used_seconds", "hashes")
        }
        return replace(self, **kept)


def facts_of(recording: Recording) -> Facts:
    """Take the facts from a recording that was read."""
    return Facts(
        recording.name,
        recording.wearer,
        recording.placement,
        recording.created,
        recording.seconds_per_label,
        {} if recording.excluded else recording.used_seconds_per_label,
        label_hashes(recording),
        recording.quality,
        recording.synthetic,
        recording.excluded,
        recording.problems,
        recording.path,
    )


def list_facts(folder: str | Path) -> tuple[list[Facts], list[Unreadable]]:
    """Find out the facts of every recording in a folder.

    Args:
        folder: Holds one folder per recording.

    Returns:
        The facts of those that can be read, and the others, in the order of their folders' names.

    Raises:
        RecordingError: `folder` holds no recording.
    """
    return facts_in(recording_paths(folder))


def facts_in(paths: Sequence[Path]) -> tuple[list[Facts], list[Unreadable]]:
    """Find out the facts of recordings.

    Args:
        paths: Their folders.

    Returns:
        The facts of those that can be read, and the others, in the order of `paths`.
    """
    known = _remembered(paths)
    facts: list[Facts] = []
    unreadable: list[Unreadable] = []
    new: dict[str, tuple[str, str]] = {}
    for path in paths:
        state = _state(path)
        row = known.get(_key(path))
        if state is not None and row is not None and row[0] == state:
            with suppress(ValueError, TypeError, KeyError):  # a damaged row: read the recording
                facts.append(replace(_from_json(row[1]), path=path))
                continue
        try:
            facts.append(facts_of(Recording.open(path)))
        except MotionLoopError as error:
            unreadable.append(Unreadable(path, error))
            continue
        if state is not None and state == _state(path):  # not while it is being recorded
            new[_key(path)] = state, json.dumps(asdict(replace(facts[-1], path=None)))
    _remember(new)
    return facts, unreadable


def _key(path: Path) -> str:
    """The path in the database, which takes no name that is not UTF-8."""
    return os.fsencode(path.resolve()).decode(errors="backslashreplace")


def _state(path: Path) -> str | None:
    """Changes whenever a file of the recording does; None when one of them is not there."""
    try:
        states = [(path / name).stat() for name in (SAMPLES_FILE, DESCRIPTION_FILE)]
    except OSError:
        return None
    return json.dumps([_VERSION, *((s.st_size, s.st_mtime_ns, s.st_ino) for s in states)])


def _from_json(text: str) -> Facts:
    document = json.loads(text)
    quality, problems = Quality(**document.pop("quality")), tuple(document.pop("problems"))
    return Facts(**document, quality=quality, problems=problems)


def _database() -> sqlite3.Connection:
    folder = platformdirs.user_cache_path("motionloop", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    made = sqlite3.connect(folder / "recordings.sqlite", timeout=_BUSY_S)
    made.execute(
        "CREATE TABLE IF NOT EXISTS recordings (path TEXT PRIMARY KEY, state TEXT, facts TEXT)"
    )
    return made


def _remembered(paths: Iterable[Path]) -> dict[str, tuple[str, str]]:
    """State and facts of each path that is known; nothing when there is no usable database."""
    wanted = {_key(path) for path in paths}
    with suppress(OSError, sqlite3.Error), closing(_database()) as database:
        rows = database.execute("SELECT path, state, facts FROM recordings").fetchall()
        return {path: (state, facts) for path, state, facts in rows if path in wanted}
    return {}


def _remember(new: dict[str, tuple[str, str]]) -> None:
    """Keep facts, and forget recordings that are gone. A list works without."""
    if not new:
        return
    with suppress(OSError, sqlite3.Error), closing(_database()) as database, database:
        rows = database.execute("SELECT path FROM recordings").fetchall()
        gone = [(path,) for (path,) in rows if not Path(path).exists()]
        database.executemany("DELETE FROM recordings WHERE path = ?", gone)
        database.executemany(
            "INSERT OR REPLACE INTO recordings VALUES (?, ?, ?)",
            [(path, *values) for path, values in new.items()],
        )
