"""Our CSV: one table per recording, and beside it a small JSON file with all the rest.

`NAME.csv` opens in every spreadsheet: number, time, six axes in g and rad/s, label. Its decimals
are exact. `NAME.json` is recording.json as it was. Without it the table is one like anybody's.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from motionloop.recordings import samples_csv
from motionloop.recordings.formats import carried
from motionloop.recordings.recording import Recording

SUFFIX = ".csv"
HEADER = samples_csv.HEADER.rstrip(b"\n") + b",label\n"
COLUMNS = HEADER.decode().strip().split(",")
_QUOTED = set(',"\r\n')


def write(recording: Recording, path: Path) -> None:
    """Write a recording as `path` and the .json beside it.

    Args:
        recording: The recording.
        path: The .csv file.

    Raises:
        OSError: The disk failed.
    """
    samples = recording.board.format
    lines = samples_csv.text_of(
        recording.seq,
        recording.t_us,
        recording.raw,
        samples_csv.Decimals(samples.accel_ng_per_lsb),
        samples_csv.Decimals(samples.gyro_nrads_per_lsb),
    ).split(b"\n")[:-1]
    labels = carried.sample_labels(recording.segments, recording.t_us)
    cells = {label: _cell(label or "") for label in {*labels}}
    text = b"".join(
        line + b"," + cells[label] + b"\n" for line, label in zip(lines, labels, strict=True)
    )
    path.write_bytes(HEADER + text)
    path.with_suffix(".json").write_text(carried.carried_text(recording.description) + "\n")


def _cell(text: str) -> bytes:
    quoted = '"' + text.replace('"', '""') + '"' if _QUOTED & set(text) else text
    return quoted.encode()


def read(path: Path) -> Recording | None:
    """Read a table that `write` made.

    Args:
        path: The .csv file.

    Returns:
        The recording as it was; None for a table that is not ours, has no .json beside it, or was
        changed so that its samples are no steps of the board's scale any more.

    Raises:
        OSError: A file cannot be read.
    """
    beside = path.with_suffix(".json")
    with path.open("rb") as file:
        if file.readline(len(HEADER)) != HEADER or not beside.is_file():
            return None
    description = carried.read_carried(beside.read_bytes())
    if description is None:
        return None
    types = dict(zip(COLUMNS, (pl.Int64, pl.Int64, *(pl.Float64,) * 6, pl.String), strict=True))
    try:
        table = pl.read_csv(path, schema=types)
    except pl.exceptions.PolarsError:
        return None
    return carried.brought_back(path, description, columns_of(table))


def columns_of(table: pl.DataFrame) -> carried.Columns:
    """The samples in a table with the columns `COLUMNS`."""
    return carried.Columns(
        table["seq"].to_numpy(),
        table["t_us"].to_numpy(),
        table.select(COLUMNS[2:-1]).to_numpy(),
        table["label"].to_list(),
    )
