"""The text of samples.csv: one line per sample, exact to the last bit of the raw int16.

A value is `raw * scale`; the scale is a whole number of nano-g or nano-rad/s. The text is the
shortest decimal that is exactly this number, so reading it gives the same int16.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motionloop import wire
from motionloop.errors import RecordingError
from motionloop.language import tr
from motionloop.sample_format import SampleFormat

BOM = b"\xef\xbb\xbf"  # what Excel writes before UTF-8
HEADER = b"seq,t_us,ax_g,ay_g,az_g,gx_rad_s,gy_rad_s,gz_rad_s\n"
_HEADER_TEXT = HEADER.decode().rstrip("\n")
_COLUMNS = 2 + wire.AXES
_NANO = 10**9
EXACT = 2**53  # whole numbers below this are exact as float64, which the parser goes through
_LONG_BYTES = 1_000_000
_LONGEST_LINE = 1000  # bytes
_WHOLE_LINE = re.compile(rb"\d+,\d+(,-?\d+(\.\d+)?){6}\r?")


class Decimals(dict[int, str]):
    """The exact shortest decimal of raw * `nano_per_lsb` nano-units for each raw value.

    Each decimal is computed once, when it is first asked for.
    """

    def __init__(self, nano_per_lsb: int) -> None:
        super().__init__()
        self._nano_per_lsb = nano_per_lsb

    def __missing__(self, raw: int) -> str:
        whole, nano = divmod(abs(raw * self._nano_per_lsb), _NANO)
        text = f"{whole}.{nano:09d}".rstrip("0").rstrip(".") if nano else str(whole)
        self[raw] = text = f"-{text}" if raw < 0 else text
        return text


def text_of(
    seq: NDArray[np.int64],
    t_us: NDArray[np.int64],
    raw: NDArray[np.int16],
    accel: Decimals,
    gyro: Decimals,
) -> bytes:
    """Write samples as text.

    Args:
        seq: Sequence numbers [n].
        t_us: Device times [n] in microseconds.
        raw: Samples [n, 6].
        accel: Decimals of the accelerometer's scale.
        gyro: Decimals of the gyroscope's scale.

    Returns:
        n lines without the header.
    """
    return "".join(
        [
            f"{s},{t},{accel[ax]},{accel[ay]},{accel[az]},{gyro[gx]},{gyro[gy]},{gyro[gz]}\n"
            for s, t, (ax, ay, az, gx, gy, gz) in zip(
                seq.tolist(), t_us.tolist(), raw.tolist(), strict=True
            )
        ]
    ).encode()


def split_torn(content: bytes) -> tuple[bytes, bytes]:
    """Split `content` into whole lines and the torn rest after the last line break.

    A rest is there when power or program ended within a line.
    """
    whole = content.rfind(b"\n") + 1
    return content[:whole], content[whole:]


def parse(
    content: bytes, path: Path, samples: SampleFormat
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int16]]:
    """Read the samples of whole lines; no line is ever left out.

    Args:
        content: Header and whole lines, with or without a byte order mark; empty for no sample.
        path: The file, for messages.
        samples: Rate and scales of the samples.

    Returns:
        `seq` int64 [n], `t_us` int64 [n] and `raw` int16 [n, 6].

    Raises:
        RecordingError: The header is missing, a line is not a sample of this format, or `seq` or
            `t_us` does not increase. The message names the line.
    """  # noqa: DOC501, raised through helpers
    header, _, body = content.removeprefix(BOM).partition(b"\n")
    if header.rstrip(b"\r") != HEADER.rstrip(b"\n"):
        if content:
            raise _line_error(
                path,
                1,
                header,
                tr("is not the header of a recording"),
                tr("put {header!r} there", header=_HEADER_TEXT),
            )
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty((0, wire.AXES), np.int16)
    count = body.count(b"\n")
    try:
        table = _table(body, count)
    except ValueError as error:
        raise _first_bad_line(path, body, tr("is not a sample")) from error
    if table.shape != (count, _COLUMNS):
        raise _first_bad_line(path, body, tr("is not a sample"))

    scale = np.array(samples.nano_per_lsb, np.float64)
    counters, values = table[:, :2], table[:, 2:]
    in_range = (counters >= 0) & (counters < EXACT)  # false for NaN and infinity too
    _require(path, body, in_range.all(axis=1), tr("has a number out of range"))
    in_range = np.abs(values) <= 32768.5 / _NANO * scale
    _require(path, body, in_range.all(axis=1), tr("has a number out of range"))
    nano = np.rint(values * _NANO)
    raw = np.rint(nano / scale)
    exact = (raw * scale == nano) & (raw < 32768)
    _require(path, body, exact.all(axis=1), tr("has a value that the board's scale cannot give"))
    whole = counters.astype(np.int64)
    _require(path, body, (whole == counters).all(axis=1), tr("has a fraction in seq or t_us"))
    for column, name in ((0, "seq"), (1, "t_us")):
        increasing = np.diff(whole[:, column], prepend=-1) > 0
        fault = tr("has a {name} that is not above the line before", name=name)
        _require(path, body, increasing, fault)
    return whole[:, 0].copy(), whole[:, 1].copy(), raw.astype(np.int16)


def _table(body: bytes, count: int) -> NDArray[np.float64]:
    """The numbers of `count` lines. Raises ValueError when some are none."""
    if count == 0:
        return np.empty((0, _COLUMNS))
    if not 0 < body.find(b"\n") <= _LONGEST_LINE:  # a parser would make columns of a long one
        raise ValueError("the first line is empty or too long")
    if len(body) > _LONG_BYTES and (table := _table_of_long(body, count)) is not None:
        return table
    # BytesIO and latin-1: each byte stays one character, so no byte can fail to decode.
    return np.loadtxt(io.BytesIO(body), delimiter=",", comments=None, ndmin=2, encoding="latin-1")


def _table_of_long(body: bytes, count: int) -> NDArray[np.float64] | None:
    """The same five times as fast; None where NumPy has to say what is wrong."""
    import polars  # takes as long to load as NumPy takes for a megabyte

    columns = {str(i): polars.Float64 for i in range(_COLUMNS)}
    try:
        made = polars.read_csv(io.BytesIO(body), has_header=False, quote_char=None, schema=columns)
    except polars.exceptions.PolarsError:
        return None
    if made.shape != (count, _COLUMNS) or any(column.has_nulls() for column in made):
        return None
    return made.to_numpy()


def _require(path: Path, body: bytes, good: NDArray[np.bool_] | np.bool_, fault: str) -> None:
    if not good.all():
        row = int(np.argmin(good))
        raise _line_error(path, row + 2, body.split(b"\n")[row], fault)


def _first_bad_line(path: Path, body: bytes, fault: str) -> RecordingError:
    lines = body.split(b"\n")[:-1]
    row = next((i for i, line in enumerate(lines) if not _WHOLE_LINE.fullmatch(line)), 0)
    return _line_error(path, row + 2, lines[row], fault)


def _line_error(
    path: Path,
    number: int,
    line: bytes,
    fault: str,
    cure: str = "",
) -> RecordingError:
    shown = line[:80].decode("latin-1")
    cure = cure or tr("correct that line, or remove it and its sample is then declared as lost")
    return RecordingError(
        tr(
            "Line {number} of {path} {fault}: {shown!r}. The file was changed after it was "
            "recorded: {cure}.",
            number=number,
            path=path,
            fault=fault,
            shown=shown,
            cure=cure,
        ),
        path,
    )
