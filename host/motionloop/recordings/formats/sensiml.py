"""SensiML's Data Studio: CSV files, and a .dcli file with their labels and metadata.

The .dcli is JSON: a list of files, each with `file_name`, `metadata` (name and value) and
`sessions` of `segments` (name, value, start, end: first and last sample, from 0 on). The CSV has a
column `sequence` and the sensors' axes. Schema:
https://sensiml.com/documentation/data-studio/importing-and-exporting-projects.html.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.recordings.data_file import DataFile
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.take import Take
from motionloop.typed_values import typed_value

NAME = "SensiML DCLI"
_PERSON = ("subject", "user", "person", "participant", "wearer")
_PLACE = ("placement", "position", "sensor placement", "sensor location", "location")


def recognise(source: DataFile) -> bool:
    """Whether a folder has a .dcli file, or a file is one.

    Args:
        source: A file or a folder.

    Returns:
        True where its JSON names files and sessions.
    """
    path = _dcli(source)
    if path is None:
        return False
    head = DataFile(path).text_head
    return head.lstrip().startswith("[") and '"file_name"' in head


def read(source: DataFile, options: ReadOptions) -> list[Take]:
    """Read the files that a .dcli names.

    Args:
        source: The folder, or the .dcli file in it.
        options: The rate, which neither file says, unless the CSV has times.

    Returns:
        A take per continuous stretch of each file.

    Raises:
        DataFileError: A file is missing or damaged, or the rate is not known.
    """
    from motionloop.recordings.tables import motion
    from motionloop.recordings.tables.series import open_table

    path = _dcli(source)
    assert path is not None
    takes: list[Take] = []
    for item in _items(path):
        file = path.parent / item["file_name"]
        opened = open_table(file, DataFile(file).content(), options)
        spans, notes = _spans(path, item)
        labels = np.full(len(opened.table), None, object)
        for start, end, label in spans:
            # Samples that were left out as torn lines keep their numbers.
            inside = (opened.table.place >= start) & (opened.table.place <= end)
            labels[inside] = label
        metadata = {
            str(one.get("name", "")).lower(): str(one.get("value", ""))
            for one in item.get("metadata") or []
        }
        read_takes = motion.takes_of(opened, None, None, options, labels=labels)
        takes += [
            replace(
                take,
                wearer=take.wearer or _first(metadata, _PERSON),
                placement=_first(metadata, _PLACE),
                files=(*take.files, path),
                notes=(*take.notes, *(notes if number == 0 else ())),
            )
            for number, take in enumerate(read_takes)
        ]
    return takes


def _dcli(source: DataFile) -> Path | None:
    if not source.is_folder:
        return source.path if source.path.suffix.lower() == ".dcli" else None
    return next(iter(sorted(source.path.glob("*.dcli"))), None)


def _items(path: Path) -> list[dict[str, Any]]:
    try:
        items = json.loads(DataFile(path).content())
        for item in items:
            typed_value(item, "file_name", str)
            if Path(item["file_name"]).name != item["file_name"]:
                raise ValueError(tr("it names a file elsewhere, {name!r}", name=item["file_name"]))
    except (ValueError, TypeError, RecursionError) as error:
        raise DataFileError(
            tr(
                "{path} cannot be used as a .dcli of SensiML: {error}. Export it again.",
                path=path,
                error=error,
            )
        ) from error
    return list(items)


def _spans(path: Path, item: dict[str, Any]) -> tuple[list[tuple[int, int, str]], tuple[str, ...]]:
    """First and last sample and label of each segment of the first session that has some."""
    sessions = [s for s in item.get("sessions") or [] if s.get("segments")]
    if not sessions:
        return [], ()
    try:
        spans = [
            (typed_value(one, "start", int), typed_value(one, "end", int), str(one["value"]))
            for one in sessions[0]["segments"]
        ]
    except (ValueError, TypeError, KeyError) as error:
        raise DataFileError(
            tr(
                "{path} has a segment that cannot be used: {error}. Export it again.",
                path=path,
                error=error,
            )
        ) from error
    others = [str(s.get("session_name", "")) for s in sessions[1:]]
    if not others:
        return spans, ()
    return spans, (tr("labels of other sessions left out: {names}", names=", ".join(others)),)


def _first(metadata: dict[str, str], names: tuple[str, ...]) -> str:
    return next((metadata[name] for name in names if metadata.get(name)), "")
