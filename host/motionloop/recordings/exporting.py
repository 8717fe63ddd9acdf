"""Recordings into files of other programs: `motionloop export`, and the button of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from motionloop.errors import RecordingError
from motionloop.language import tr
from motionloop.recordings.choice import choose
from motionloop.recordings.file_count import OnFiles, counted, silent
from motionloop.recordings.file_names import file_stem
from motionloop.recordings.formats import csv, edge_impulse, elan, parquet, xdf, zipped
from motionloop.recordings.recording import SAMPLES_FILE, Recording
from motionloop.safe_files import whole_or_nothing


class Format(StrEnum):
    """What recordings can be exported to."""

    CSV = "csv"
    PARQUET = "parquet"
    EDGE_IMPULSE = "edge-impulse"
    XDF = "xdf"
    ELAN = "elan"
    ZIP = "zip"


@dataclass(frozen=True)
class Exported:
    """What an export has written.

    Attributes:
        files: The new files.
        notes: What could not be written, in words.
    """

    files: tuple[Path, ...]
    notes: tuple[str, ...]


def export(
    recordings: Sequence[Recording],
    kind: Format,
    to: Path,
    *,
    labels: Sequence[str] | None = None,
    wearers: Sequence[str] | None = None,
    overwrite: bool = False,
    hmac_key: str | None = None,
    testing_wearers: Sequence[str] = (),
    on_written: OnFiles = silent,
) -> Exported:
    """Write recordings for other programs, all or none.

    Args:
        recordings: To choose from.
        kind: The format.
        to: The folder, which may have other files in it; with ZIP the file.
        labels: Only samples with these labels, as `choose` has it. With ELAN, whose times count
            from the first sample, only these labels.
        wearers: Only recordings of these people.
        overwrite: Whether files that exist are replaced.
        hmac_key: Signs the files of EDGE_IMPULSE; None: unsigned.
        testing_wearers: People whose recordings are for testing, with EDGE_IMPULSE.
        on_written: Called with the number of recordings that are written, and of all.

    Returns:
        The files, and what they could not hold.

    Raises:
        RecordingError: There is no recording of the choice, a file exists and `overwrite` is false,
            or the disk failed; nothing is left behind.
        DiskFullError: The disk has no room; nothing is left behind.
    """
    if any((place / SAMPLES_FILE).exists() for place in (to, to.absolute().parent)):
        raise RecordingError(
            tr(
                "{to} is in the folder of a recording, where nothing else is written: choose "
                "another place.",
                to=to,
            ),
            to,
        )
    choose(recordings, wearers=testing_wearers)  # names that are not there are an error
    chosen = choose(recordings, labels, wearers, cut=kind is not Format.ELAN)
    if not chosen:
        raise RecordingError(tr("There is no recording to export: choose other ones."), to)
    with whole_or_nothing(to, overwrite) as made:
        notes: list[str] = []
        written = counted(chosen, on_written)
        if kind is Format.ZIP:
            zipped.write_archive(written, made)
        else:
            made.mkdir()
            if kind is Format.EDGE_IMPULSE:
                notes = edge_impulse.write_archive(written, made, hmac_key, testing_wearers)
            else:
                notes = _one_file_each(written, kind, made)
        if excluded := [one.name for one in chosen if one.excluded]:
            notes.append(
                tr(
                    "Excluded from trainings here, and exported: {names}.",
                    names=", ".join(excluded),
                )
            )
        files = sorted(file.relative_to(made) for file in made.rglob("*") if file.is_file())
    return Exported(tuple(to / file for file in files) or (to,), tuple(notes))


_WRITERS: dict[Format, tuple[str, Callable[[Recording, Path], list[str] | None]]] = {
    Format.CSV: (csv.SUFFIX, csv.write),
    Format.PARQUET: (parquet.SUFFIX, parquet.write),
    Format.XDF: (xdf.SUFFIX, xdf.write),
    Format.ELAN: (elan.SUFFIX, elan.write),
}


def _one_file_each(recordings: Iterable[Recording], kind: Format, folder: Path) -> list[str]:
    suffix, write = _WRITERS[kind]
    names: set[str] = set()
    notes: list[str] = []
    for recording in recordings:
        name = file_stem(recording.path.name if recording.path else recording.name, names)
        notes += write(recording, folder / f"{name}{suffix}") or ()
    return notes
