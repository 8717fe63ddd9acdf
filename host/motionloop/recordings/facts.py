"""The facts of recordings for lists: of those that did not change, without reading their samples.

They are kept in a database in the user's cache folder, which may be deleted, and which is thrown
away when it is none. What it says is only shown: a training reads every sample.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Container, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from motionloop.language import from_json, to_json
from motionloop.recordings.content_hash import label_hashes
from motionloop.recordings.recording import (
    SAMPLES_FILE,
    Quality,
    Recording,
    Unreadable,
    open_each,
    recording_paths,
)
from motionloop.recordings.recording_json import DESCRIPTION_FILE

_VERSION = 4  # of what a row holds
_BUSY_S = 1.0
_TABLE = "CREATE TABLE IF NOT EXISTS recordings (path TEXT PRIMARY KEY, state TEXT, facts TEXT)"
# SQLITE_ERROR: another table of this name. None: Python's own, for text that is none.
_OF_DAMAGE = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR, None}
T = TypeVar("T")
_OF_A_ROW = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


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
            with suppress(*_OF_A_ROW):  # a damaged row: read the recording
                facts.append(replace(_from_json(row[1]), path=path))
                continue
        opened = open_each([path])
        if opened.unreadable:
            unreadable += opened.unreadable
            continue
        facts.append(facts_of(opened.recordings[0]))
        if state is not None and state == _state(path):  # not while it is being recorded
            new[_key(path)] = state, _to_json(facts[-1])
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


def _to_json(facts: Facts) -> str:
    problems = [to_json(problem) for problem in facts.problems]
    return json.dumps({**asdict(replace(facts, path=None)), "problems": problems})


def _from_json(text: str) -> Facts:
    document = json.loads(text)
    quality = Quality(**document.pop("quality"))
    problems = tuple(from_json(problem) for problem in document.pop("problems"))
    return Facts(**document, quality=quality, problems=problems)


def _file() -> Path:
    folder = platformdirs.user_cache_path("motionloop", appauthor=False)
    return folder / "recordings.sqlite"


def _asked(question: Callable[[sqlite3.Connection], T], without: T) -> T:
    """The database's answer, or `without` where it has none: a list works without.

    A database that is damaged, or another program's, is thrown away and begun again.
    """
    for _ in range(2):
        try:
            _file().parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(_file(), timeout=_BUSY_S)) as database, database:
                database.execute(_TABLE)
                return question(database)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) not in _OF_DAMAGE:  # busy, a full disk
                return without
            with suppress(OSError):
                for name in ("", "-journal", "-wal", "-shm"):
                    _file().with_name(_file().name + name).unlink(missing_ok=True)
        except OSError:
            return without
    return without


def _remembered(paths: Iterable[Path]) -> dict[str, tuple[str, str]]:
    """State and facts of each path that is known."""
    wanted = {_key(path) for path in paths}

    def read(database: sqlite3.Connection) -> dict[str, tuple[str, str]]:
        rows = database.execute("SELECT path, state, facts FROM recordings").fetchall()
        return {path: (state, facts) for path, state, facts in rows if path in wanted}

    return _asked(read, {})


def _remember(new: dict[str, tuple[str, str]]) -> None:
    """Keep facts, and forget recordings that are gone."""

    def write(database: sqlite3.Connection) -> None:
        rows = database.execute("SELECT path FROM recordings").fetchall()
        gone = [(path,) for (path,) in rows if not os.path.exists(os.fsencode(str(path)))]
        database.executemany("DELETE FROM recordings WHERE path = ?", gone)
        database.executemany(
            "INSERT OR REPLACE INTO recordings VALUES (?, ?, ?)",
            [(path, *values) for path, values in new.items()],
        )

    if new:
        _asked(write, None)
