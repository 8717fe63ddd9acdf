"""The formats of data files, one module each, in the order in which they are asked.

A format is a module with three names:

- `NAME`: what it is called in messages, such as "Edge Impulse JSON".
- `recognise(source)`: whether a file or folder is of this format. It looks at the content
  (`DataFile.head`, `text_head`, `names`), not at the name, is quick, and never raises on files of
  other formats. A format that reads several files together recognises their folder.
- `read(source, options)`: the takes in it; or, of a file that MotionLoop exported, the recording as
  it was. It raises `DataFileError` where the file cannot be
  used. What it leaves out or changes is counted in `Take.notes`. Units stay as they are in the
  file: `Axes.unit` says which, or None where the file does not say it; then the numbers decide, or
  the user (`conversion.with_units`). Label, person and placement of the options are put in later,
  by `conversion`; columns, rate and unit of time are for the format.

Times go through `timing.tidy`, which orders them, evens out what is jittered and measures the
rate; `timing.interpolated` joins sensors of different times. A library that only one format needs
is imported in the function that needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from motionloop.recordings.data_file import DataFile
from motionloop.recordings.formats import (
    csv,
    edge_impulse,
    hapt,
    ku_har,
    motionsense,
    npz,
    pamap2,
    parquet,
    phyphox,
    sensiml,
    sensor_logger,
    table,
    uci_har,
    wisdm,
    xdf,
    zipped,
)
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.recording import Recording
from motionloop.recordings.take import Take


class Format(Protocol):
    """What each module here has."""

    NAME: str

    def recognise(self, source: DataFile) -> bool:
        """Whether the content is of this format."""

    def read(self, source: DataFile, options: ReadOptions) -> Sequence[Take | Recording]:
        """What is in a source that was recognised. Raises DataFileError."""


# The most particular first: a table is what anything else could be, too.
FORMATS: tuple[Format, ...] = (
    zipped,
    npz,
    csv,
    parquet,
    xdf,
    edge_impulse,
    sensor_logger,
    phyphox,
    sensiml,
    uci_har,
    hapt,
    motionsense,
    pamap2,
    wisdm,
    ku_har,
    table,
)
# Their folder holds one recording: what lies in folders and zips inside of it is none of it.
ONE_RECORDING: tuple[Format, ...] = (sensor_logger, phyphox)
