"""Tables of text: CSV, TSV and the like, with any of the headers that people have, or none.

Known layouts among them: Arduino's tutorials (`aX,aY,aZ,gX,gY,gZ`, gestures between blank lines,
https://docs.arduino.cc/tutorials/nano-33-ble-sense/get-started-with-machine-learning/), Physics
Toolbox (`time,gFx,gFy,gFz,wx,wy,wz`, https://www.vieyrasoftware.net/), MetaWear, phyphox and
SensorLog files that came without their folder.
"""

from __future__ import annotations

from motionloop.language import tr
from motionloop.recordings.data_file import DataFile
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.tables.dialect import find_dialect, lines_of
from motionloop.recordings.take import Take

NAME: str = tr("table (CSV, TSV or text)")


def recognise(source: DataFile) -> bool:
    """Whether the content is rows of numbers.

    Args:
        source: A file or a folder.

    Returns:
        True for a table of three columns or more; they need not be motion.
    """
    head = source.text_head
    if not head or head.lstrip()[:1] in ("{", "["):
        return False
    lines = lines_of(source.head)
    if len(source.head) > 60_000:
        lines = lines[:-1]  # the head may end inside a line
    return find_dialect(lines) is not None


def read(source: DataFile, options: ReadOptions) -> list[Take]:
    """Read a table, and the gyroscope's table beside it where there is one.

    Args:
        source: The file.
        options: Columns, rate and unit of time there go before what the file says.

    Returns:
        A take per continuous stretch of one person and session; none of a gyroscope's table that
        is read together with the acceleration's beside it.

    Raises:
        DataFileError: The columns, the rate or the unit of time cannot be known.
    """
    from motionloop.recordings.tables import motion  # polars takes half a second

    return motion.read_file(source, options)
