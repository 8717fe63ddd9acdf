"""What is done to recordings as a whole: who wore the board and where, notes, exclusion, the bin.

Nothing here reads or changes samples. A deleted recording lies in the bin, a folder beside the
recordings, which the program never empties.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from motionloop.errors import RecordingError
from motionloop.language import tr
from motionloop.recordings.recording import (
    SAMPLES_FILE,
    change_description,
    refuse_other_change,
)
from motionloop.recordings.recording_json import (
    DESCRIPTION_FILE,
    Description,
    recording_folders,
)
from motionloop.safe_files import disk_error, open_alone, own_folder, sync_folder

BIN = ".bin"
_LONGEST_TEXT = 200  # characters of a name, a person or a place


@dataclass(frozen=True)
class About:
    """What a person says about a recording; None leaves it as it is.

    Attributes:
        name: The session's name.
        wearer: The person who wore the board.
        placement: Where the board was worn.
        notes: Anything else.
        excluded: Whether trainings and evaluations leave the recording out.
    """

    name: str | None = None
    wearer: str | None = None
    placement: str | None = None
    notes: str | None = None
    excluded: bool | None = None

    def changes(self) -> dict[str, Any]:
        """The fields that are not None, with texts without spaces around them.

        Returns:
            New values by their names.

        Raises:
            ValueError: A text is too long or cannot be shown, or a name is empty.
        """
        changes: dict[str, Any] = {}
        for field, value in vars(self).items():
            if isinstance(value, str):
                changes[field] = _checked(field, value.strip())
            elif value is not None:
                changes[field] = value
        return changes


def describe(folder: Path, about: About, known: About | None = None) -> None:
    """Change what is said about a recording; the version before stays as a backup.

    A name is that of the session: the recordings of other boards of the same session get it, too.

    Args:
        folder: The recording's folder.
        about: What is new.
        known: What was said when the change was decided on; None when that does not matter.

    Raises:
        ChangedElsewhereError: Another program has changed the same since. Nothing was changed.
        RecordingError: A text cannot be stored, another recording beside it has the new name, the
            recording is going on, or the disk failed. Nothing was changed.
        DiskFullError: The disk has no room. Nothing was changed.
    """
    try:
        changes = about.changes()
    except ValueError as error:
        raise RecordingError(
            tr("{folder} was not changed: {error}.", folder=folder, error=error), folder
        ) from error
    seen = None
    if known is not None:
        now = Description.load(folder)
        seen = replace(now, **{name: getattr(known, name) for name in changes})
        refuse_other_change(folder, seen, now, changes)  # before others of its session change
    if about.name is not None:
        together = _of_same_session(folder)
        _refuse_second(changes["name"], (folder, *together))
        for other in together:
            change_description(
                other, lambda description: replace(description, name=changes["name"])
            )
    if changes:
        change_description(
            folder, lambda description: replace(description, **changes), seen, changes
        )


def put_in_bin(folder: Path) -> Path:
    """Move a recording into the bin beside it, whole, readable or not.

    Args:
        folder: The recording's folder.

    Returns:
        Its new place, for `take_from_bin`.

    Raises:
        RecordingError: The recording is going on, is not there, or cannot be moved.
    """
    with suppress(OSError):  # a damaged one has no samples; of others the move says what is wrong
        open_alone(folder / SAMPLES_FILE).close()
    return _move(folder, folder.parent / BIN)


def take_from_bin(binned: Path) -> Path:
    """Move a recording out of the bin.

    Args:
        binned: Its folder in the bin.

    Returns:
        Its place among the recordings; under another name if its own is taken.

    Raises:
        RecordingError: The recording is not in the bin, or cannot be moved.
    """
    return _move(binned, binned.parent.parent)


def in_bin(recordings: Path) -> list[Path]:
    """Find the recordings in the bin.

    Args:
        recordings: The folder of the recordings.

    Returns:
        Their folders, in the order of names.
    """
    folder = recordings / BIN
    if not folder.is_dir():
        return []
    # A relative link to a recording elsewhere leads nowhere from here, until it is back.
    return sorted(path for path in folder.iterdir() if path.is_dir() or path.is_symlink())


def _move(folder: Path, parent: Path) -> Path:
    try:
        own_folder(parent)
        target, number = parent / folder.name, 2
        while os.path.lexists(target):
            target, number = parent / f"{folder.name}-{number}", number + 1
        folder.rename(target)
        sync_folder(parent)
        sync_folder(folder.parent)
    except FileNotFoundError as error:
        raise RecordingError(
            tr("{folder} is not there any more.", folder=folder), folder
        ) from error
    except OSError as error:
        raise disk_error(error, folder, tr("The recording is where it was.")) from error
    return target


def _checked(field: str, text: str) -> str:
    lines = text.splitlines() if field == "notes" else [text]
    if not all(line.isprintable() for line in lines):
        raise ValueError(tr("{text!r} has characters that cannot be shown", text=text))
    if field != "notes" and len(text) > _LONGEST_TEXT:
        raise ValueError(
            tr(
                "{beginning!r} has {count} characters, which are too many: {most} at most",
                beginning=text[:20] + "…",
                count=len(text),
                most=_LONGEST_TEXT,
            )
        )
    if field == "name" and not text:
        raise ValueError(tr("a recording needs a name"))
    return text


def _of_same_session(folder: Path) -> list[Path]:
    """The recordings beside it that other boards made at the same time."""
    session = Description.load(folder).session
    return [
        other
        for other in recording_folders(folder.parent)
        if session and other.name != folder.name and _described(other, "session") == session
    ]


def _refuse_second(name: str, folders: Sequence[Path]) -> None:
    """Two sessions of one name would be taken for one when a training holds sessions out."""
    ours = {folder.name for folder in folders}
    for other in recording_folders(folders[0].parent):
        if other.name not in ours and _described(other, "name") == name:
            raise RecordingError(
                tr(
                    "{folder} was not renamed: {other} has the name {name!r} already. Choose "
                    "another.",
                    folder=folders[0],
                    other=other,
                    name=name,
                ),
                folders[0] / DESCRIPTION_FILE,
            )


def _described(folder: Path, field: str) -> str | None:
    """A field of a recording.json; None of one that cannot be read."""
    try:
        return str(getattr(Description.load(folder), field))
    except RecordingError:
        return None
