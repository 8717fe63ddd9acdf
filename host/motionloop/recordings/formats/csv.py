"""Our CSV: one table per recording, and beside it a small JSON file with all the rest.

`NAME.csv` opens in every spreadsheet: number, time, six axes in g and rad/s, label, and UTC where
the recording knows it. Its decimals are exact. `NAME.json` is recording.json as it was. Without
it the table is one like anybody's.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from motionloop.language import tr
from motionloop.recordings import clock, samples_csv
from motionloop.recordings.data_file import DataFile
from motionloop.recordings.formats import carried
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.recording import Recording
from motionloop.recordings.take import Take
from motionloop.safe_files import make_file

if TYPE_CHECKING:
    import polars as pl

NAME: str = tr("CSV of MotionLoop")
SUFFIX = ".csv"
HEADER = samples_csv.HEADER.rstrip(b"\n") + b",label\n"
COLUMNS = HEADER.decode().strip().split(",")
UTC = "utc"  # a column behind the others, where any of it is known
_HEADERS = (HEADER, HEADER.replace(b"\n", b",utc\n"))
_UTC_FORM = "%Y-%m-%dT%H:%M:%S%.6fZ"


def write(recording: Recording, path: Path) -> None:
    """Write a recording as `path` and the .json beside it.

    Args:
        recording: The recording.
        path: The .csv file.

    Raises:
        OSError: The disk failed.
    """
    content = io.BytesIO()
    # Without exponents, which some spreadsheets take for text.
    table = table_of(recording)
    table.write_csv(content, float_scientific=False, datetime_format=_UTC_FORM)
    make_file(path, content.getvalue())
    carried_text = carried.carried_text(recording.description)
    make_file(path.with_suffix(".json"), carried_text.encode() + b"\n")


def table_of(recording: Recording) -> pl.DataFrame:
    """The samples of a recording in g and rad/s: the columns `COLUMNS`, and perhaps `UTC`."""
    import polars as pl  # takes half a second

    # In one division: the nearest number to the exact decimal, which is then its shortest text.
    nano = recording.raw.astype(np.int64) * np.array(recording.board.format.nano_per_lsb)
    labels = carried.sample_labels(recording.segments, recording.t_us)
    columns = (
        recording.seq,
        recording.t_us,
        *(nano / 1e9).T,
        pl.Series(labels, dtype=pl.String),
    )
    table = pl.DataFrame(dict(zip(COLUMNS, columns, strict=True)))
    moments_us = clock.utc_us(recording.description.clock, recording.t_us)
    if np.isnan(moments_us).all():
        return table
    moments = pl.Series(UTC, moments_us, nan_to_null=True).round().cast(pl.Int64)
    return table.with_columns(moments.cast(pl.Datetime("us", "UTC")))


def recognise(source: DataFile) -> bool:
    """Whether a file is a table that `write` made, or what lies beside one.

    Args:
        source: A file or a folder.

    Returns:
        False for a table without the .json beside it, which is one like anybody's.
    """
    return _is_ours(source) or _is_beside(source)


def _is_ours(source: DataFile) -> bool:
    if not source.head.startswith(_HEADERS):  # a folder, too, and "." has no name to change
        return False
    beside = source.path.with_suffix(".json")
    return beside.is_file() and _is_carried(DataFile(beside))


def _is_beside(source: DataFile) -> bool:
    return _is_carried(source) and source.path.with_suffix(SUFFIX).is_file()


def _is_carried(source: DataFile) -> bool:
    return source.head.startswith(carried.BEGIN)


def read(source: DataFile, options: ReadOptions) -> Sequence[Take | Recording]:
    """Read a table that `write` made.

    Args:
        source: The .csv file, or the .json beside it.
        options: Only needed for a table that was changed.

    Returns:
        The recording as it was; nothing for the .json, which is read with its table. A table that
        was changed so that its samples are no steps of the board's scale any more is read like
        anybody's.

    Raises:
        DataFileError: The table was changed, and its columns or times cannot be known.
    """
    if _is_beside(source):
        return []
    import polars as pl

    path = source.path
    description = carried.read_carried(DataFile(path.with_suffix(".json")).content())
    kinds = (pl.Int64, pl.Int64, *(pl.Float64,) * 6, pl.String, pl.String)
    has_utc = not source.head.startswith(HEADER)
    types = dict(zip((*COLUMNS, UTC), kinds, strict=True))
    try:
        table = pl.read_csv(
            source.content(), schema=types if has_utc else {c: types[c] for c in COLUMNS}
        )
    except pl.exceptions.PolarsError:
        table = None
    if description is not None and table is not None and not has_holes(table):
        recording = carried.brought_back(path, description, columns_of(table))
        if recording is not None:
            return [recording]
    from motionloop.recordings.formats import table as tables  # which comes after this format

    takes = tables.read(source, options)
    return [replace(take, notes=(carried.samples_changed(), *take.notes)) for take in takes]


def has_holes(table: pl.DataFrame) -> bool:
    """Whether a cell is empty in any of the columns `COLUMNS` but the label."""
    return any(table.select(COLUMNS[:-1]).null_count().row(0))


def columns_of(table: pl.DataFrame) -> carried.Columns:
    """The samples in a table with the columns `COLUMNS`."""
    return carried.Columns(
        table["seq"].to_numpy(),
        table["t_us"].to_numpy(),
        table.select(COLUMNS[2:-1]).to_numpy(),
        table["label"].to_list(),
    )
