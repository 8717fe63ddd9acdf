"""Files that survive a crash: atomic replacement, exclusive use, and what a full disk means."""

from __future__ import annotations

import errno
import os
import sys
from io import FileIO
from pathlib import Path

from motionloop.errors import DiskFullError, RecordingError

_NO_ROOM = {errno.ENOSPC, errno.EFBIG, *([errno.EDQUOT] if hasattr(errno, "EDQUOT") else [])}


def write_whole(path: Path, content: bytes) -> None:
    """Write `path` so that at any moment it is whole, either the old or the new one.

    Raises:
        OSError: it could not be written; the old file is untouched.
    """
    temporary = path.with_name(path.name + ".tmp")
    try:
        with open(temporary, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` as durable as the files."""
    if sys.platform == "win32":  # folders cannot be opened there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_at(file: FileIO, offset: int, content: bytes) -> None:
    """Write all of `content` at `offset`, however many writes that takes.

    Raises:
        OSError: some of it may have been written.
    """
    file.seek(offset)
    left = memoryview(content)
    while left:
        left = left[file.write(left) :]


def open_alone(path: Path) -> FileIO:
    """Open `path` for reading and writing, for one writer at a time (on Windows: not held).

    The operating system ends the hold when the process ends, however that happens.

    Raises:
        RecordingError: another writer has it.
        OSError: it cannot be opened.
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
    """The error to show when `path` could not be written; `state` says what is safe."""
    if error.errno in _NO_ROOM:
        return DiskFullError(
            f"The disk is full at {path}. {state} Make room on it and go on, or stop here.", path
        )
    reason = error.strerror or str(error)
    return RecordingError(
        f"{path} cannot be written ({reason}). {state} Check the disk and its permissions.",
        path,
    )
