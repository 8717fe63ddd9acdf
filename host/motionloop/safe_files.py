"""Files that survive a crash, and writes that stay where they belong.

Every file that the program writes is opened here (a test walks the sources). A folder may be
somebody else's: an unpacked zip, a shared drive, a pupil's work. So a write never goes through a
link, into a second name of another file, a pipe or a device; and a read never waits for a pipe.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from io import BufferedReader, FileIO
from pathlib import Path
from typing import Any

from motionloop.errors import DiskFullError, ExistsAlreadyError, RecordingError
from motionloop.language import tr

UNFINISHED = ".unfinished-"  # begins the name of a folder with something that is being made
_LARGEST_JSON_BYTES = 1 << 28  # of a recording with a million segments
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, *([errno.EDQUOT] if hasattr(errno, "EDQUOT") else [])}
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}  # of a file system without
_IS_THERE = {errno.EEXIST, errno.ENOTEMPTY, errno.EACCES}  # of a folder in place of another
# Neither follow a link nor wait for the other end of a pipe; Windows has neither.
_CAREFUL = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def _is_link() -> str:
    return tr("it is a link to elsewhere, and nothing is written through links")


def _two_names() -> str:
    return tr("the file has a second name elsewhere (a hard link), and would change there, too")


def _no_file() -> str:
    return tr("it is no file, but a folder, a pipe or a device")


def read_whole(path: Path, largest: int | None = None) -> bytes:
    """Read a file of anybody's, which may be a pipe that nobody writes to.

    Args:
        path: The file; a link to a file is followed.
        largest: Bytes that are read at most; by default all.

    Returns:
        The content.

    Raises:
        OSError: The file is missing, too large, or no file.
    """
    with open_to_read(path) as file:
        if largest is not None and os.fstat(file.fileno()).st_size > largest:
            raise OSError(
                errno.EFBIG, tr("it has more than {largest:,} bytes", largest=largest), str(path)
            )
        return file.read()


def read_text(path: Path, largest: int = 1 << 20) -> str:
    """Read a text in UTF-8 of anybody's.

    Args:
        path: The file.
        largest: Bytes that are read at most.

    Returns:
        The text, with the line breaks of Unix.

    Raises:
        UnicodeDecodeError: It is no UTF-8.
        OSError: It is missing, too large, or no file.
    """
    text = read_whole(path, largest).decode()
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_json(path: Path) -> Any:
    """Read a JSON file of anybody's.

    Args:
        path: The file.

    Returns:
        The document, of whatever type it is.

    Raises:
        ValueError: It is no JSON, or nested so deeply that nobody wrote it.
        OSError: It is missing, too large, or no file.
    """
    try:
        return json.loads(read_whole(path, _LARGEST_JSON_BYTES))
    except RecursionError as error:
        raise ValueError(tr("it is nested too deeply")) from error


def json_bytes(document: Any, **layout: Any) -> bytes:
    """Write a document that may have anybody's texts in it, as UTF-8.

    Args:
        document: Values of JSON.
        **layout: As `json.dumps` takes it.

    Returns:
        JSON that `read_json` reads as the same document.
    """
    try:
        return json.dumps(document, ensure_ascii=False, **layout).encode()
    except UnicodeEncodeError:  # halves of characters, which JSON can hold and UTF-8 cannot
        return json.dumps(document, **layout).encode()


def open_to_read(path: Path) -> BufferedReader:
    """Open a file of anybody's for reading, without waiting for the other end of a pipe.

    Args:
        path: The file; a link to a file is followed.

    Returns:
        The open file.

    Raises:
        OSError: The file is missing, cannot be read, or is no file.
    """
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # of a folder `open` has words
        raise OSError(errno.EINVAL, _no_file(), str(path))
    return open(path, "rb")


def open_own(path: Path, *, new: bool = False, end: bool = False) -> FileIO:
    """Open a file for writing: the file of this name, and nothing that it leads to.

    Args:
        path: The file.
        new: Make it; by default it is there, and is read and written.
        end: Write at its end, and make it if it is missing.

    Returns:
        The open file.

    Raises:
        FileExistsError: It should be new, and there is something of this name, a link included.
        OSError: It is a link, has a second name, is no file, or cannot be opened.
    """
    file = _opened(path, "x" if new else "a" if end else "r+")
    if os.fstat(file.fileno()).st_nlink > 1:
        file.close()
        raise OSError(errno.EMLINK, _two_names(), str(path))
    return file


def _opened(path: Path, kind: str) -> FileIO:
    if kind != "x" and path.is_symlink():
        raise OSError(errno.ELOOP, _is_link(), str(path))
    file = FileIO(path, kind, opener=lambda name, flags: os.open(name, flags | _CAREFUL, 0o666))
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, _no_file(), str(path))
    return file


def check_own(path: Path) -> None:
    """Refuse a name behind which a library would write elsewhere; a missing file is good.

    Args:
        path: The file, such as a database that SQLite opens by its name.

    Raises:
        OSError: It is a link, has a second name, or is no file.
    """
    if os.path.lexists(path):
        open_own(path).close()


_SUPER_JOURNAL = bytes.fromhex("d9d505f920a163d7")  # the last bytes of a journal that names one
_BESIDE_A_DATABASE = ("-journal", "-wal", "-shm")


def check_database(path: Path) -> None:
    """Refuse a database of SQLite's whose opening would change or delete a file elsewhere.

    Args:
        path: The database; it and the files that SQLite keeps beside it may be missing.

    Raises:
        OSError: One of them is a link, has a second name, or is no file; or the journal names a
            further file, which SQLite would delete after it has rolled the journal back.
    """
    check_own(path)
    for suffix in _BESIDE_A_DATABASE:
        beside = path.with_name(path.name + suffix)
        with contextlib.suppress(FileNotFoundError):  # another search has just ended with it
            check_own(beside)
            # Only changes of several databases at once make such a journal, and ours is one.
            if suffix == "-journal" and read_whole(beside).endswith(_SUPER_JOURNAL):
                raise OSError(
                    errno.EINVAL,
                    tr("it is the journal of several databases, which names files elsewhere"),
                    str(beside),
                )


def own_folder(folder: Path, parents: bool = False) -> None:
    """Make a folder that belongs to what lies around it; a link in its place is refused.

    Args:
        folder: The folder, which may be there.
        parents: Make those above it, too.

    Raises:
        OSError: It is a link or no folder, or cannot be made.
    """
    if folder.is_symlink():
        raise OSError(errno.ELOOP, _is_link(), str(folder))
    folder.mkdir(parents=parents, exist_ok=True)


def check_folder(folder: Path) -> None:
    """Find out before hours of work whether their result can be written.

    Args:
        folder: Will hold the result; it need not exist.

    Raises:
        RecordingError: No file can be made there.
        DiskFullError: The disk has no room.
    """  # noqa: DOC501, `disk_error` makes one of the two
    there = folder.absolute()
    while not os.path.lexists(there):
        there = there.parent
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(b"\0" * 4096)
            file.flush()
    except OSError as error:
        raise disk_error(error, folder, tr("Nothing was begun.")) from error


LONGEST_NAME = 200  # bytes; file systems take 255


def is_file_name(text: str) -> bool:
    """Whether what a user gave as a name can be that of a file or folder, on every system."""
    plain = text.strip(" .") and text.isprintable() and not set(text) & set("/\\")
    return bool(plain) and len(text.encode()) <= LONGEST_NAME


def write_whole(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Replace a file so that at any moment either the old or the new file is there, complete.

    A link in its place is replaced; what it leads to stays as it is.

    Args:
        path: The file.
        content: The new content.
        mode: Permissions, less those that the system withholds from new files.

    Raises:
        OSError: The file could not be written; the old file is unchanged.
    """
    with _unfinished(path, content, mode) as temporary:
        os.replace(temporary, path)
    sync_folder(path.parent)


def write_new(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Make a file that was not there before: of two programs one succeeds.

    Args:
        path: The file.
        content: Its content, complete from the moment on at which the file is there.
        mode: Permissions, less those that the system withholds from new files.

    Raises:
        FileExistsError: There is something of this name, if only a link that leads nowhere.
        OSError: The file could not be written; nothing is there.
    """
    with _unfinished(path, content, mode) as temporary:
        try:
            os.link(temporary, path)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
            os.replace(temporary, path)  # of the empty file that this program alone made
    sync_folder(path.parent)


@contextlib.contextmanager
def _unfinished(path: Path, content: bytes, mode: int) -> Iterator[Path]:
    """A durable file beside `path`, under a name that nobody can have prepared."""
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _CAREFUL, mode)
        with FileIO(descriptor, "w") as file:
            write_at(file, 0, content)
            os.fsync(file.fileno())
        yield temporary
    finally:
        with contextlib.suppress(OSError):  # a failed write has its own error
            temporary.unlink(missing_ok=True)


def make_file(path: Path, content: bytes) -> None:
    """Make a file in a folder that this program has just made; `whole_or_nothing` syncs it.

    Args:
        path: The file.
        content: Its content.

    Raises:
        FileExistsError: There is something of this name.
        OSError: The disk failed.
    """
    with open_own(path, new=True) as file:
        write_at(file, 0, content)


def add_to_end(path: Path, content: bytes) -> None:
    """Write behind the end of a file, durably; a missing file is made.

    Args:
        path: The file.
        content: The bytes.

    Raises:
        OSError: The file is a link or no file, or the disk failed.
    """
    with open_own(path, end=True) as file:
        left = memoryview(content)
        while left:
            left = left[file.write(left) :]
        os.fsync(file.fileno())
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
    if os.path.lexists(target) and not target.is_dir() and not overwrite:
        raise _exists_already([target])
    # On the disk of the target: a folder that is there may be one of its own.
    near = target if target.is_dir() else target.absolute().parent
    try:
        near.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=near) as beside:
            made = Path(beside) / "made"
            yield made
            _sync_all(made)
            _move(made, target, overwrite)
    except OSError as error:
        raise disk_error(error, target, tr("Nothing was written.")) from error


def _move(made: Path, target: Path, overwrite: bool) -> None:
    """Move a new file, or the files of a new folder, to where they belong."""
    if not target.is_dir():
        if made.is_dir() and os.path.lexists(target):
            raise _exists_already([target])  # a folder does not replace a file
        try:
            os.replace(made, target)
        except OSError as error:
            if error.errno in _IS_THERE and made.is_dir() and target.is_dir():
                raise _exists_already([target]) from error  # another program was faster
            raise
        sync_folder(target.absolute().parent)
        return
    if not made.is_dir():
        raise _exists_already([target])
    files = [path.relative_to(made) for path in sorted(made.rglob("*")) if path.is_file()]
    there = [target / file for file in files if os.path.lexists(target / file)]
    if there and not overwrite:
        raise _exists_already(there)
    for path in there:
        if path.is_dir() and not path.is_symlink():
            raise _is_folder(path)
    folders = sorted({folder for file in files for folder in file.parents[:-1]})
    fresh = [target / folder for folder in folders if not os.path.lexists(target / folder)]
    before = made.with_name("before")  # what is replaced, until all is in its place
    before.mkdir()
    olds = {file: before / str(number) for number, file in enumerate(files)}
    try:
        for folder in folders:
            _at(target / folder, own_folder)
        for file, old in olds.items():
            if os.path.lexists(target / file):
                _at(target / file, partial(_keep, old=old))
            _at(target / file, partial(os.replace, made / file))
    except RecordingError:
        for file, old in olds.items():
            with contextlib.suppress(OSError):  # the others are put back all the same
                if os.path.lexists(old):
                    os.replace(old, target / file)
                elif not (made / file).exists():
                    (target / file).unlink()
        for path in reversed(fresh):
            with contextlib.suppress(OSError):
                path.rmdir()
        raise


def _at(path: Path, act: Callable[[Path], object]) -> None:
    """Do what may fail at one of many paths; the error names the path."""
    try:
        act(path)
    except OSError as error:
        raise disk_error(error, path, tr("Nothing was written.")) from error


def _keep(path: Path, old: Path) -> None:
    """Give a file a second name; where the disk knows none, the first one goes for a moment."""
    try:
        os.link(path, old, follow_symlinks=False)
    except (OSError, NotImplementedError):
        os.replace(path, old)


def _sync_all(made: Path) -> None:
    """Make a new file, or all files of a new folder, durable."""
    for path in [made, *made.rglob("*")] if made.is_dir() else [made]:
        if path.is_dir():
            sync_folder(path)
            continue
        with FileIO(path, "r+") as file:  # Windows syncs no file that is open for reading
            os.fsync(file.fileno())


def _exists_already(paths: list[Path]) -> RecordingError:
    what = str(paths[0])
    if len(paths) > 1:
        what = tr("{path} and {count} more", path=paths[0], count=len(paths) - 1)
    return ExistsAlreadyError(
        tr(
            "{files} exists already and is not overwritten: choose another place, or have it "
            "replaced (--overwrite).",
            files=what,
        ),
        paths[0],
    )


def _is_folder(path: Path) -> RecordingError:
    return RecordingError(
        tr(
            "{path} is a folder, and no file takes its place. Nothing was written. Choose another "
            "place, or move that folder away.",
            path=path,
        ),
        path,
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


def open_alone(path: Path, *, to_write: bool = False) -> FileIO:
    """Open a file for one program at a time (on Windows for any number).

    The operating system ends the hold when the process ends, also when the process is killed.

    Args:
        path: A file of a recording.
        to_write: The file itself will change: one with a second name is refused.

    Returns:
        The open file.

    Raises:
        RecordingError: Another writer holds the file.
        OSError: The file is a link, has a second name, or cannot be opened.
    """
    file = open_own(path) if to_write else _opened(path, "r+")
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise RecordingError(
                tr(
                    "{parent} is being recorded right now: stop that recording first.",
                    parent=path.parent,
                ),
                path,
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
            tr(
                "The disk is full at {path}. {state} Make room on it and go on, or stop here.",
                path=path,
                state=state,
            ),
            path,
        )
    reason = error.strerror or str(error)
    return RecordingError(
        tr(
            "{path} cannot be written ({reason}). {state} Check the disk and its permissions.",
            path=path,
            reason=reason,
            state=state,
        ),
        path,
    )
