"""Motion from anybody's files: the format is found by content, and becomes recordings.

`read_source` tells what a path holds, `recordings_in` makes recordings in memory of it, which any
command takes in place of a recording, and `write_imported` puts them on disk with their
provenance. The formats are in `formats`, one file each.
"""

from __future__ import annotations

import lzma
import os
import re
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from motionloop.archives import refuse_bomb
from motionloop.errors import DataFileError, ExistsAlreadyError, RecordingError
from motionloop.language import again, joined, replaced, tr
from motionloop.recordings.conversion import (
    PROVENANCE,
    UnitError,
    recordings_of,
    refuse_unwritable,
    with_units,
)
from motionloop.recordings.data_file import DataFile, unreadable
from motionloop.recordings.file_count import FileCount, OnFiles, counted, silent
from motionloop.recordings.file_names import file_stem
from motionloop.recordings.formats import FORMATS, ONE_RECORDING, Format
from motionloop.recordings.label_files import is_label_file
from motionloop.recordings.read_options import AS_THE_FILE_SAYS, ReadOptions
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import Description, recording_folders
from motionloop.recordings.take import Take
from motionloop.recordings.writer import write_recording
from motionloop.safe_files import disk_error

_OWN_FOLDERS = frozenset(["meta"])  # of phyphox
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_WORKBOOKS = (".xls", ".xlsx", ".xlsm")
_LFS_POINTER = b"version https://git-lfs"
# What zipfile raises for bytes that are not as they were written.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    struct.error,
    ValueError,
    IndexError,
)
# What lies beside data and is no data: read-me files, pictures, what systems leave behind.
_BESIDE = re.compile(
    r"(^|/)(\.|__MACOSX|Thumbs\.db)|\.(md|pdf|png|jpe?g|svg|html?|docx?|py|ipynb|m|r|mp4|ya?ml)$"
    r"|(^|/)(read.?me|licen[cs]e|changelog)[^/]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Contents:
    """What a path holds.

    Attributes:
        source: The path.
        format_name: Of the files.
        takes: In the order of the files; recordings where MotionLoop exported them.
        left_out: Files that were not read, each with the reason in words.
        undecided: Reasons of those among them that have motion of no unit that can be known.
    """

    source: Path
    format_name: str
    takes: tuple[Take | Recording, ...]
    left_out: tuple[tuple[Path, str], ...] = ()
    undecided: tuple[str, ...] = ()


@dataclass(frozen=True)
class Imported:
    """Recordings on disk, made of files.

    Attributes:
        folders: New folders.
        there: Folders that held the same samples of the same files already: left as they are.
    """

    folders: tuple[Path, ...]
    there: tuple[Path, ...]


def format_of(source: DataFile) -> Format | None:
    """The format that recognises a file or folder by its content; None if none does."""
    return next((known for known in FORMATS if known.recognise(source)), None)


def read_source(
    path: str | Path,
    options: ReadOptions = AS_THE_FILE_SAYS,
    files: FileCount | None = None,
) -> list[Contents]:
    """Read what a path holds, and write nothing.

    Args:
        path: A file, a folder of files as they were downloaded, or a zip of such a folder.
        options: Corrections to what the files say.
        files: Counts the files of a folder or zip.

    Returns:
        What was found, of one format each; in a folder at least one file could be read.

    Raises:
        DataFileError: Nothing there can be read; a single file's own fault is told.
    """  # noqa: DOC501, `unreadable` makes it
    try:
        return _read_source(DataFile(path), options, files or FileCount())
    except OSError as error:
        raise unreadable(Path(path), error) from error


def _read_source(source: DataFile, options: ReadOptions, files: FileCount) -> list[Contents]:
    if source.is_folder:
        return _read_folder(source, options, files)
    if is_label_file(source):
        raise DataFileError(
            tr(
                "{path} holds labels and no motion: take them for a recording that is there by "
                "`motionloop label RECORDING --from {path}`.",
                path=source.path,
            )
        )
    known = format_of(source)
    if known is not None:
        return [Contents(source.path, again(known.NAME), tuple(known.read(source, options)))]
    if reason := _why_no_data(source):
        raise DataFileError(tr("{path}: {reason}", path=source.path, reason=reason))
    if zipfile.is_zipfile(source.path):
        return _contents(source.path, _read_archive(source.path, None, options, files))
    if source.head.startswith(_ZIP):
        raise DataFileError(
            tr(
                "{path} is a zip that is damaged: it is cut off. Get or copy it again.",
                path=source.path,
            )
        )
    raise DataFileError(
        tr(
            "{path} is not of a kind that is read here: it is none of {formats}. Export it "
            "again as one of these.",
            path=source.path,
            formats=joined((again(known.NAME) for known in FORMATS), ", "),
        )
    )


def recordings_in(
    path: str | Path,
    options: ReadOptions = AS_THE_FILE_SAYS,
    *,
    labels: Iterable[str] | None = None,
    accel_ng_per_lsb: int | None = None,
    gyro_nrads_per_lsb: int | None = None,
) -> list[Recording]:
    """Read data files as recordings in memory.

    Args:
        path: As for `read_source`.
        options: Corrections to what the files say.
        labels: Only these labels make segments; by default all.
        accel_ng_per_lsb: As for `conversion.recordings_of`.
        gyro_nrads_per_lsb: As for `conversion.recordings_of`.

    Returns:
        At least one recording.

    Raises:
        DataFileError: Nothing there can be read, a unit cannot be known, or a label of `labels`
            is not there.
    """
    path = Path(path)
    found = read_source(path, options)
    if undecided := [reason for contents in found for reason in contents.undecided]:
        raise DataFileError(joined(undecided))  # nobody would be told that they are left out
    made = [
        recording
        for contents in found
        for recording in recordings_of_contents(
            contents, options, accel_ng_per_lsb, gyro_nrads_per_lsb
        )
    ]
    if not made:
        raise DataFileError(
            tr(
                "{path} holds rotation only: name the accelerometer's file beside it instead.",
                path=path,
            )
        )
    return made if labels is None else _with_labels(path, made, set(labels))


def recordings_of_contents(
    contents: Contents,
    options: ReadOptions = AS_THE_FILE_SAYS,
    accel_ng_per_lsb: int | None = None,
    gyro_nrads_per_lsb: int | None = None,
) -> list[Recording]:
    """Make recordings in memory of what was found; `conversion.recordings_of` has the rest.

    Args:
        contents: As `read_source` found it.
        options: The same as there.
        accel_ng_per_lsb: As for `conversion.recordings_of`.
        gyro_nrads_per_lsb: As for `conversion.recordings_of`.

    Returns:
        One recording per take.
    """
    return recordings_of(
        contents.takes,
        contents.source,
        contents.format_name,
        options,
        accel_ng_per_lsb,
        gyro_nrads_per_lsb,
    )


def write_imported(
    recordings: Sequence[Recording], folder: Path, on_written: OnFiles = silent
) -> Imported:
    """Write recordings of files as folders; nothing is overwritten.

    Args:
        recordings: As `recordings_in` or `conversion.recordings_of` makes them.
        folder: Where the folders go.
        on_written: Called with the number of recordings that are done, and of all.

    Returns:
        The new folders, and those that held the same already.

    Raises:
        RecordingError: The disk failed.
        DiskFullError: The disk has no room; whole recordings stay.
    """  # noqa: DOC501, `disk_error` makes one of the two
    made: list[Path] = []
    there: list[Path] = []
    try:
        taken = {path.name.casefold() for path in folder.iterdir()} if folder.is_dir() else set()
        known = {_identity(description): path for path, description in _descriptions(folder)}
    except OSError as error:
        raise disk_error(error, folder, tr("Nothing was written.")) from error
    for recording in counted(recordings, on_written):
        same = known.get(_identity(recording.description))
        if same is not None:
            there.append(same)
            continue
        path = _write_new(recording, folder, taken)
        known[_identity(recording.description)] = path
        made.append(path)
    return Imported(tuple(made), tuple(there))


def _write_new(recording: Recording, folder: Path, taken: set[str]) -> Path:
    """Write a recording into the first folder of its name that nobody has made."""
    while True:
        path = folder / file_stem(recording.name, taken)
        description = replace(recording.description, name=path.name)
        try:
            write_recording(replace(recording, description=description), path)
        except ExistsAlreadyError:  # another import was faster
            continue
        return path


@contextmanager
def unpacked(archive: Path, under: Path = Path()) -> Iterator[Path]:
    """A zip's content, with the zips in it unpacked, in a folder that goes away after use.

    The folder is called as the zip is, and lies in folders called as those of `under`: names say
    labels. A zip in it that is damaged stays packed, and is told of where the folder is read.

    Raises DataFileError where it is damaged or far too large.
    """
    temporary = Path(tempfile.mkdtemp(prefix="motionloop-"))
    folder = temporary / under / (archive.stem or "archive")
    try:
        folder.mkdir(parents=True)
        packed_bytes = archive.stat().st_size
        unpacked_bytes = _unpack(archive, folder, packed_bytes)
        for inner in sorted(folder.rglob("*.zip")):
            inside = inner.with_suffix("")
            was_there = inside.exists()
            try:
                unpacked_bytes = _unpack(inner, inside, packed_bytes, unpacked_bytes)
            except DataFileError:
                if not was_there:  # half of its files
                    shutil.rmtree(inside, ignore_errors=True)
                continue
            inner.unlink()
        yield folder
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _unpack(archive: Path, folder: Path, packed_bytes: int, unpacked_bytes: int = 0) -> int:
    """Unpack a zip of a download of so many bytes; returns those that are unpacked then."""
    try:
        with zipfile.ZipFile(archive) as opened:
            try:
                unpacked_bytes = refuse_bomb(opened.infolist(), packed_bytes, unpacked_bytes)
            except ValueError as error:
                raise DataFileError(
                    tr(
                        "{archive} is not unpacked: {error}. Unpack it, and import what you need.",
                        archive=archive,
                        error=error,
                    )
                ) from error
            opened.extractall(folder)
            return unpacked_bytes
    except _DAMAGE as error:
        raise DataFileError(
            tr(
                "{archive} cannot be unpacked: it is damaged ({error}). Get or copy it again.",
                archive=archive,
                error=error,
            )
        ) from error
    except (OSError, RuntimeError, NotImplementedError) as error:
        raise DataFileError(
            tr(
                "{archive} cannot be unpacked ({error}): get it again, or unpack it yourself.",
                archive=archive,
                error=error,
            )
        ) from error


@dataclass(frozen=True)
class _Read:
    """What was read of a folder so far; `seen` has the files, each of which is read once."""

    files: FileCount
    found: dict[str, list[Take | Recording]] = field(default_factory=dict)
    left_out: list[tuple[Path, str]] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    seen: set[Path] = field(default_factory=set)


def _read_folder(root: DataFile, options: ReadOptions, files: FileCount) -> list[Contents]:
    """What a folder holds: its own format, or what its files and folders hold."""
    read = _Read(files)
    files.add_found(len(root.names))
    _collect(root, options, read)
    return _contents(root.path, read)


def _contents(root: Path, read: _Read) -> list[Contents]:
    """What was read of a folder or zip, by formats."""
    _check_found(root, read)
    made = [Contents(root, name, tuple(takes)) for name, takes in read.found.items()]
    made[0] = replace(made[0], left_out=tuple(read.left_out), undecided=tuple(read.undecided))
    return made


def _check_found(root: Path, read: _Read) -> None:
    """Raise DataFileError, with the reasons, where nothing was read of a folder or zip."""
    if not any(read.found.values()):
        reasons = [
            reason if path == root else joined((str(path.relative_to(root)), reason), ": ")
            for path, reason in read.left_out[:5]
        ]
        empty = tr("it has rotation only.") if read.found else tr("it is empty; check the path.")
        raise DataFileError(
            tr(
                "There is no motion that can be read in {root}: {why}",
                root=root,
                why=joined(reasons) or empty,
            )
        )


def _collect(
    folder: DataFile,
    options: ReadOptions,
    read: _Read,
) -> None:
    known = format_of(folder)
    if known is not None and known not in ONE_RECORDING:
        _read_by(known, folder, options, read)
        read.files.add_read(len(folder.names))
        return
    if known is not None:
        with _telling(folder.path, read):
            _read_by(known, folder, options, read)
    for path in folder.inside():
        with _telling(path, read):
            if known is None or _may_hold_others(path):
                _collect_path(path, folder.root or folder.path, options, read)
        if not os.path.isdir(path):
            read.files.add_read(1)


def _may_hold_others(path: Path) -> bool:
    """Whether other recordings may lie in something that lies beside those of one."""
    return path.suffix.lower() == ".zip" or (path.is_dir() and path.name not in _OWN_FOLDERS)


@contextmanager
def _telling(path: Path, read: _Read) -> Iterator[None]:
    """Tell why a path was left out, and go on."""
    try:
        yield
    except UnitError as error:
        read.left_out.append((path, str(error)))
        read.undecided.append(str(error))
    except DataFileError as error:
        read.left_out.append((path, str(error)))
    except OSError as error:
        read.left_out.append(
            (path, tr("It cannot be read ({cause}).", cause=error.strerror or error))
        )


def _collect_path(path: Path, root: Path, options: ReadOptions, read: _Read) -> None:
    """Add what a file or folder of the folder `root`, or below, holds."""
    if _BESIDE.search(path.name):
        return
    inner = DataFile(path, root)
    if path.is_symlink() and (reason := _why_not_followed(path, root)):
        read.left_out.append((path, reason))
        return
    real = path.resolve()
    if real in read.seen:
        read.left_out.append((path, tr("It is a link to {name}, which was read.", name=real)))
        return
    read.seen.add(real)
    if inner.is_folder:
        _collect(inner, options, read)
    elif is_label_file(inner):
        read.left_out.append((path, tr("It holds labels: `motionloop label --from` takes them.")))
    elif (known := format_of(inner)) is not None:
        _read_by(known, inner, options, read)
    elif reason := _why_no_data(inner):
        read.left_out.append((path, reason))
    elif inner.head.startswith(_ZIP) and path.with_suffix("").is_dir():
        read.left_out.append((path, tr("It is unpacked beside, which is read.")))
    elif inner.head.startswith(_ZIP):
        inside = _read_archive(path, root, options, read.files)
        read.undecided.extend(inside.undecided)
        _check_found(path, inside)
        read.left_out.extend(inside.left_out)
        for name, takes in inside.found.items():
            read.found.setdefault(name, []).extend(takes)
    else:
        read.left_out.append((path, tr("It is of no kind that is read here.")))


def _why_no_data(source: DataFile) -> str:
    """Why a file that people take for data is none; empty for all others."""
    if source.head.startswith(_LFS_POINTER):
        return tr(
            "It is a pointer of Git LFS, and not the file itself: get that by `git lfs pull`."
        )
    if source.head.startswith((_OLD_OFFICE, _ZIP)) and source.path.suffix.lower() in _WORKBOOKS:
        return tr("It is an Excel workbook: save it as CSV, or choose CSV where it was exported.")
    return ""


def _why_not_followed(link: Path, root: Path) -> str:
    """Why a link is not read; empty for a link to a file elsewhere."""
    if link.is_dir():
        return tr("It is a link to a folder: import that folder itself.")
    if not link.exists():
        return tr("It is a link to nothing.")
    if link.resolve().is_relative_to(root.resolve()):
        return tr("It is a link to {name}, which is read.", name=link.resolve().name)
    return ""


def _read_by(known: Format, source: DataFile, options: ReadOptions, read: _Read) -> None:
    """Add what a file or data set holds, its units decided by itself: others may have others."""
    takes = known.read(source, options)
    refuse_unwritable(takes, source.path, options)
    decided = iter(with_units([take for take in takes if isinstance(take, Take)], options))
    read.found.setdefault(again(known.NAME), []).extend(
        next(decided) if isinstance(one, Take) else one for one in takes
    )


def _read_archive(
    archive: Path, root: Path | None, options: ReadOptions, files: FileCount
) -> _Read:
    """What a zip holds; all is said of the zip, for its unpacked files go away.

    `root` is the folder that the user named; None where the user named the zip.
    """
    under = archive.parent.relative_to(root) if root else Path()
    read = _Read(files)
    with unpacked(archive, under) as folder:
        inside = DataFile(folder, folder.parents[len(under.parts)] if root else None)
        files.add_found(len(inside.names))
        _collect(inside, options, read)

    def of_archive(words: str) -> str:
        return replaced(words, str(folder), str(archive))

    for takes in read.found.values():
        takes[:] = [replace(t, files=(archive,)) if isinstance(t, Take) else t for t in takes]
    read.left_out[:] = [
        (archive / path.relative_to(folder), of_archive(reason)) for path, reason in read.left_out
    ]
    read.undecided[:] = map(of_archive, read.undecided)
    return read


def _with_labels(path: Path, recordings: list[Recording], kept: set[str]) -> list[Recording]:
    there = {label for recording in recordings for label in recording.labels}
    if unknown := sorted(kept - there):
        raise DataFileError(
            tr(
                "{path} has no label {unknown}: choose among {there}.",
                path=path,
                unknown=", ".join(unknown),
                there=", ".join(sorted(there)),
            )
        )
    for recording in recordings:
        segments = tuple(s for s in recording.segments if s.label in kept)
        recording.description = replace(recording.description, segments=segments)
    return recordings


def _descriptions(folder: Path) -> Iterator[tuple[Path, Description]]:
    for path in recording_folders(folder):
        try:
            yield path, Description.load(path)
        except RecordingError:
            continue  # `motionloop recordings` tells of it


def _identity(description: Description) -> object:
    """What two imports of the same samples have in common; of other recordings nothing."""
    imported = description.document.get(PROVENANCE)
    if not isinstance(imported, dict):
        return object()
    return repr((imported, description.board.format.rate_hz, description.samples))
