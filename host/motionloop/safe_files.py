"""Files that survive a crash: atomic replacement, exclusive use, errors of a full disk."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from io import FileIO
from pathlib import Path

from motionloop.errors import DiskFullError, RecordingError

_NO_ROOM = {errno.ENOSPC, errno.EFBIG, *([errno.EDQUOT] if hasattr(errno, "EDQUOT") else [])}

_LONGEST_NAME = 200  # bytes; file systems take 255


def is_file_name(text: str) -> bool:
    """Whether what a user gave as a name can be that of a file or folder, on every system."""
    plain = text.strip(" .") and text.isprintable() and not set(text) & set("/\\")
    return bool(plain) and len(text.encode()) <= _LONGEST_NAME


def write_whole(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Replace a file so that at any moment either the old or the new file is there, complete.

    Args:
        path: The file.
        content: The new content.
        mode: Permissions, less those that the system withholds from new files.

    Raises:
        OSError: The file could not be written; the old file is unchanged.
    """
    temporary = path.with_name(path.name + ".tmp")
    try:
        with open(temporary, "wb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


@contextlib.contextmanager
def whole_or_nothing(target: Path, overwrite: bool = False) -> Iterator[Path]:
    """Make a new file or folder that is there as a whole, or not at all.

    A folder that exists gets the new files beside its own.

    Args:
        target: The file or folder.
        overwrite: Whether files that exist are replaced.

    Yields:
        A path near `target`, at which the caller makes the file or the folder.

    Raises:
        RecordingError: A file exists and `overwrite` is false, or the disk failed; nothing is left
            behind.
        DiskFullError: The disk has no room; nothing is left behind.
    """  # noqa: DOC501, `disk_error` makes one of the two
    if target.exists() and not target.is_dir() and not overwrite:
        raise _exists_already([target])
    # On the disk of the target: a folder that is there may be one of its own.
    near = target if target.is_dir() else target.absolute().parent
    try:
        near.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=near) as beside:
            made = Path(beside) / "made"
            yield made
            _move(made, target, overwrite)
    except OSError as error:
        raise disk_error(error, target, "Nothing was written.") from error


def _move(made: Path, target: Path, overwrite: bool) -> None:
    """Move a new file, or the files of a new folder, to where they belong."""
    if not target.is_dir():
        if made.is_dir() and target.exists():
            raise _exists_already([target])  # a folder does not replace a file
        os.replace(made, target)
        return
    if not made.is_dir():
        raise _exists_already([target])
    files = [path.relative_to(made) for path in sorted(made.rglob("*")) if path.is_file()]
    there = [target / file for file in files if (target / file).exists()]
    if there and not overwrite:
        raise _exists_already(there)
    placed: list[Path] = []
    try:
        for file in files:
            new = not (target / file).exists()
            (target / file).parent.mkdir(parents=True, exist_ok=True)
            os.replace(made / file, target / file)
            placed += [target / file] if new else []
    except OSError:
        for path in placed:
            path.unlink(missing_ok=True)
        raise


def _exists_already(paths: list[Path]) -> RecordingError:
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return RecordingError(
        f"{paths[0]}{more} exists already and is not overwritten: choose another place, or have "
        "it replaced (--overwrite).",
        paths[0],
    )


def sync_folder(folder: Path) -> None:
    """Make the names of the files in `folder` durable."""
    if sys.platform == "win32":  # folders cannot be opened there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_at(file: FileIO, offset: int, content: bytes) -> None:
    """Write all of `content` into a file, with as many writes as it takes.

    Args:
        file: Open for writing.
        offset: Place of the first byte.
        content: The bytes.

    Raises:
        OSError: A part of the content may have been written.
    """
    file.seek(offset)
    left = memoryview(content)
    while left:
        left = left[file.write(left) :]


def open_alone(path: Path) -> FileIO:
    """Open a file for reading and writing, for one writer at a time (on Windows for any number).

    The operating system ends the hold when the process ends, also when the process is killed.

    Args:
        path: A file of a recording.

    Returns:
        The open file.

    Raises:
        RecordingError: Another writer holds the file.
        OSError: The file cannot be opened.
    """
    file = FileIO(path, "r+")
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise RecordingError(
                f"{path.parent} is being recorded right now: stop that recording first.", path
            ) from None
        except OSError:
            pass  # a file system without locks: still usable, only not guarded
    return file


def disk_error(error: OSError, path: Path, state: str) -> RecordingError:
    """Make the error for a user when a file could not be written.

    Args:
        error: As raised by the system.
        path: The file or folder.
        state: What is safe, as a sentence.

    Returns:
        DiskFullError when the disk has no room, else RecordingError.
    """
    if error.errno in _NO_ROOM:
        return DiskFullError(
            f"The disk is full at {path}. {state} Make room on it and go on, or stop here.", path
        )
    reason = error.strerror or str(error)
    return RecordingError(
        f"{path} cannot be written ({reason}). {state} Check the disk and its permissions.",
        path,
    )
