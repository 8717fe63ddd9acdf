"""Parquet: the columns of our CSV, one file per recording, with recording.json in its metadata."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from motionloop.archives import refuse_size
from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.recordings.data_file import DataFile
from motionloop.recordings.formats import carried
from motionloop.recordings.formats.csv import COLUMNS, UTC, columns_of, has_holes, table_of
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.recording import Recording
from motionloop.recordings.take import Take
from motionloop.safe_files import make_file

NAME = "Parquet"
SUFFIX = ".parquet"
_CELL_BYTES = 8
MAGIC = b"PAR1"


def write(recording: Recording, path: Path) -> None:
    """Write a recording.

    Args:
        recording: The recording.
        path: The .parquet file.

    Raises:
        OSError: The disk failed.
    """
    table = table_of(recording)
    metadata = {carried.KEY: carried.carried_text(recording.description)}
    content = io.BytesIO()
    table.write_parquet(content, metadata=metadata)
    make_file(path, content.getvalue())  # polars' own writing hides why a disk failed


def recognise(source: DataFile) -> bool:
    """Whether a file is a Parquet file.

    Args:
        source: A file or a folder.

    Returns:
        By its first bytes.
    """
    return source.head.startswith(MAGIC)


def read(source: DataFile, options: ReadOptions) -> Sequence[Take | Recording]:
    """Read a file of anybody's, with the columns that a table of text may have.

    Args:
        source: The file.
        options: Columns, rate and unit of time there go before what the file says.

    Returns:
        The recording that was exported; of a file of others, or that was changed so that its
        samples are no steps of the board's scale any more, takes as of a table.

    Raises:
        DataFileError: The file is damaged, or its columns, rate or unit of time cannot be known.
    """
    import polars as pl

    from motionloop.recordings.tables.motion import takes_of
    from motionloop.recordings.tables.series import open_table

    try:
        metadata = pl.read_parquet_metadata(source.path)
        shape = pl.scan_parquet(source.path)
        cells = shape.select(pl.len()).collect().item() * len(shape.collect_schema())
        refuse_size(_CELL_BYTES * cells, source.path.stat().st_size)
        table = pl.read_parquet(source.path)
        description = carried.read_carried(metadata.get(carried.KEY))
        is_ours = table.columns in (COLUMNS, [*COLUMNS, UTC])
        if description is not None and is_ours and not has_holes(table):
            brought_back = carried.brought_back(source.path, description, columns_of(table))
            if brought_back is not None:
                return [brought_back]
        text = table.write_csv().encode()
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise DataFileError(
            tr(
                "{path} cannot be read as Parquet ({error}): export it again, without nested "
                "columns.",
                path=source.path,
                error=error,
            )
        ) from error
    takes = takes_of(open_table(source.path, text, options), None, source.root, options)
    if description is None:
        return takes
    return [replace(take, notes=(carried.samples_changed(), *take.notes)) for take in takes]
