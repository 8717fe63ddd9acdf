"""Parquet: the columns of our CSV, one file per recording, with recording.json in its metadata."""

from __future__ import annotations

import io
from pathlib import Path

from motionloop.recordings.formats import carried
from motionloop.recordings.formats.csv import COLUMNS, columns_of
from motionloop.recordings.recording import Recording

SUFFIX = ".parquet"
MAGIC = b"PAR1"


def write(recording: Recording, path: Path) -> None:
    """Write a recording.

    Args:
        recording: The recording.
        path: The .parquet file.

    Raises:
        OSError: The disk failed.
    """
    import polars as pl  # takes half a second

    values = (*recording.accel_g.T, *recording.gyro_rad_s.T)
    labels = carried.sample_labels(recording.segments, recording.t_us)
    columns = (recording.seq, recording.t_us, *values, pl.Series(labels, dtype=pl.String))
    table = pl.DataFrame(dict(zip(COLUMNS, columns, strict=True)))
    metadata = {carried.KEY: carried.carried_text(recording.description)}
    content = io.BytesIO()
    table.write_parquet(content, metadata=metadata)
    path.write_bytes(content.getbuffer())  # polars' own writing hides why a disk failed


def read(path: Path) -> Recording | None:
    """Read a file that `write` made.

    Args:
        path: The .parquet file.

    Returns:
        The recording as it was; None for a file that is not ours, or was changed so that its
        samples are no steps of the board's scale any more.

    Raises:
        OSError: The file cannot be read.
    """
    import polars as pl

    try:
        description = carried.read_carried(pl.read_parquet_metadata(path).get(carried.KEY))
        if description is None:
            return None
        table = pl.read_parquet(path)
        if table.columns != COLUMNS or any(table.null_count().row(0)[:-1]):
            return None
        return carried.brought_back(path, description, columns_of(table))
    except pl.exceptions.PolarsError:
        return None
