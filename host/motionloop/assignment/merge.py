"""A class's recordings in one folder under pseudonyms, as motion of so many people.

A pseudonym is no anonymity: docs/lesson/teacher.md says what still identifies a person.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from motionloop.assignment.submission import (
    RECORDINGS,
    check_recording,
    in_words,
    printable,
    subfolders,
)
from motionloop.errors import AssignmentError
from motionloop.recordings.data_file import sha256_of
from motionloop.recordings.named_split import SPLITS_FOLDER
from motionloop.recordings.recording import SAMPLES_FILE, Recording
from motionloop.recordings.recording_json import DESCRIPTION_BACKUP, Description
from motionloop.safe_files import (
    disk_error,
    is_file_name,
    json_bytes,
    read_json,
    read_whole,
    write_whole,
)
from motionloop.typed_values import shown, typed_value

_KEY_FORMAT = 1
_MADE_FILE = (
    "merged.json"  # in the folder, which is made anew only as long as it says what is there
)
_SHOWN = 3  # names in a message
_WORD = "pupil"


@dataclass
class Merged:
    """What became of a merge: recordings per pseudonym, and what was left out or is noteworthy."""

    recordings: dict[str, int] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def default_key(out: Path) -> Path:
    """Beside the class's folder, so that the folder can be given away without it."""
    return out.resolve().with_name(f"{out.resolve().name}-key.json")


def merge_class(folders: Sequence[Path], out: Path, key_file: Path) -> Merged:
    """Copy the recordings of pupils' folders into `out`/recordings, which is made anew.

    A pupil is known by the folder's name, and keeps the pseudonym of an earlier merge with the same
    key. Originals are only read. Raises AssignmentError, or RecordingError when the disk failed.
    """
    _check_places(folders, out, key_file)
    key = _pseudonyms(_load_key(key_file), [folder.resolve().name for folder in folders])
    made, fresh, before = Merged(), out / f".{RECORDINGS}-new", out / f".{RECORDINGS}-before"
    try:
        if before.exists() and not (out / RECORDINGS).exists():  # a merge was cut off
            before.rename(out / RECORDINGS)
        _refuse_loss(out / RECORDINGS)
        out.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        _write_key(key_file, key)  # before the copies: without the key nobody could undo a mistake
        for folder in sorted(folders, key=lambda folder: key[folder.resolve().name]):
            _copy_pupil(folder, key[folder.resolve().name], fresh, made)
        if not made.recordings:
            raise AssignmentError(
                "Nothing was merged: no recording can be used. " + " ".join(made.left_out)
            )
        write_whole(fresh / _MADE_FILE, json_bytes({"files": _hashes(fresh)}))
        splits = out / RECORDINGS / SPLITS_FOLDER  # they hold pseudonyms, which stay
        if splits.is_dir():
            shutil.copytree(splits, fresh / SPLITS_FOLDER)
        shutil.rmtree(before, ignore_errors=True)
        if (out / RECORDINGS).exists():
            (out / RECORDINGS).rename(before)
        fresh.rename(out / RECORDINGS)
        shutil.rmtree(before, ignore_errors=True)
    except OSError as error:
        raise disk_error(error, out, "The originals are untouched.") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return made


def _check_places(folders: Sequence[Path], out: Path, key_file: Path) -> None:
    names = [folder.resolve().name for folder in folders]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise AssignmentError(
            f"Two pupils' folders are called {twice[0]}: a pupil is known by the folder's name, so "
            "rename one."
        )
    for folder in folders:
        here, there = folder.resolve(), out.resolve()
        if there.is_relative_to(here) or here.is_relative_to(there):
            raise AssignmentError(f"{out} and {folder} lie in each other: choose another --out.")
    if key_file.resolve().is_relative_to(out.resolve()):
        raise AssignmentError(
            f"The key {key_file} would lie in {out} and be given away with it: choose another "
            "--key."
        )


def _refuse_loss(folder: Path) -> None:
    """Raise AssignmentError where `folder` has what a merge would not make again."""
    if not os.path.lexists(folder):
        return
    try:
        if folder.is_symlink():
            raise ValueError("it is a link")
        made = typed_value(read_json(folder / _MADE_FILE), "files", dict)
    except (OSError, ValueError) as error:
        raise AssignmentError(
            f"{folder} was not made by merge-class, or by an earlier version, and is not "
            "overwritten: choose another --out, or move that folder away."
        ) from error
    found = _hashes(folder)
    if others := [printable(name) for name, content in found.items() if made.get(name) != content]:
        more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
        raise AssignmentError(
            f"{folder} was changed since it was merged, and is not overwritten: "
            f"{', '.join(others[:_SHOWN])}{more}. Choose another --out, or move that folder away."
        )


def _hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of each file that a merge makes or somebody has added; "" of what is no file."""
    made = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        again = name == _MADE_FILE or path.name == DESCRIPTION_BACKUP or ".cache/" in name
        if not again and not name.startswith(f"{SPLITS_FOLDER}/") and _is_end(path):
            made[name] = sha256_of(path) if path.is_file() and not path.is_symlink() else ""
    return made


def _is_end(path: Path) -> bool:
    return path.is_symlink() or not path.is_dir()


def _load_key(file: Path) -> dict[str, str]:
    """Folder names and their pseudonyms."""
    if not file.exists():
        return {}
    try:
        pupils = typed_value(read_json(file), "pupils", dict)
        if not all(isinstance(name, str) for name in pupils.values()):
            raise ValueError("'pupils' holds something else than names")
        if len(set(pupils.values())) < len(pupils):
            raise ValueError("'pupils' has a name twice")
        if len({_folder_name(pseudonym).casefold() for pseudonym in pupils}) < len(pupils):
            raise ValueError("'pupils' has two pseudonyms that make one folder")
        for pseudonym in pupils:
            if not is_file_name(pseudonym) or pseudonym.startswith("."):
                raise ValueError(f"{shown(pseudonym)} in 'pupils' cannot be the name of a folder")
        return {name: pseudonym for pseudonym, name in pupils.items()}
    except (OSError, ValueError, RecursionError) as error:
        raise AssignmentError(
            f"The key {file} cannot be used ({error}): put it back from a backup. Without it, "
            "pupils would get other pseudonyms."
        ) from error


def _pseudonyms(known: dict[str, str], names: Iterable[str]) -> dict[str, str]:
    """The pseudonyms known so far, and new ones in an order that says nothing."""
    new = [name for name in names if name not in known]
    taken = set(known.values())
    free = (f"{_WORD} {number:02}" for number in range(1, len(known) + len(new) + 1))
    numbers = [pseudonym for pseudonym in free if pseudonym not in taken][: len(new)]
    random.SystemRandom().shuffle(numbers)
    return known | dict(zip(new, numbers, strict=True))


def _write_key(file: Path, key: dict[str, str]) -> None:
    pupils = {pseudonym: name for name, pseudonym in sorted(key.items(), key=lambda item: item[1])}
    content = json_bytes({"format": _KEY_FORMAT, "pupils": pupils}, indent=1)
    write_whole(file, content + b"\n", mode=0o600)


def _copy_pupil(folder: Path, pseudonym: str, out: Path, made: Merged) -> None:
    name = printable(folder.resolve().name)
    try:
        found = subfolders(folder, RECORDINGS)
    except Exception as error:  # whatever one folder does, the others are merged
        made.left_out.append(f"{name}: {in_words(error)}")
        return
    if not found:
        made.left_out.append(f"{name}: there are no recordings.")
    wearers = set()
    for path in found:
        try:
            check_recording(folder, path)
            description = Description.load(path)
            samples = read_whole(path / SAMPLES_FILE)
            wearer = Recording.open(path).wearer
        except Exception as error:  # whatever one recording does, the others are merged
            made.left_out.append(f"{name}: {in_words(error)}")
            continue
        number = made.recordings.get(pseudonym, 0) + 1
        _save(_without_names(description, pseudonym, number), samples, out)
        made.recordings[pseudonym] = number
        wearers.add(wearer)
    if len(wearers) > 1:
        named = ", ".join(sorted(printable(wearer) or "nobody" for wearer in wearers))
        made.notes.append(f"{name}: worn by {named}, merged as one person, {pseudonym}.")


def _without_names(old: Description, pseudonym: str, number: int) -> Description:
    """What training needs of a description, and nothing that names person, place, day or board."""
    # Listed, so that nothing new is given away unseen.
    return Description(
        board=replace(old.board, name="board", address="", boot_id=0),
        name=f"{pseudonym} session {number}",
        wearer=pseudonym,
        segments=old.segments,
        open_segment=old.open_segment,
        trim=old.trim,
        gaps=old.gaps,
        bridge_ms=old.bridge_ms,
        excluded=old.excluded,
        samples=old.samples,
        closed=old.closed,
        seq_offset=old.seq_offset,
        t_offset_us=old.t_offset_us,
    )


def _folder_name(text: str) -> str:
    return text.replace(" ", "-")


def _save(description: Description, samples: bytes, out: Path) -> None:
    folder = out / _folder_name(description.name)
    folder.mkdir()
    write_whole(folder / SAMPLES_FILE, samples)
    description.save(folder)
