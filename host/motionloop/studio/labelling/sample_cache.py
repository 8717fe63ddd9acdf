"""Long recordings open at once: their samples as arrays, kept beside samples.csv.

Reading eight hours of text takes ten seconds, mapping the same arrays none. A process of its own,
`python -m motionloop.studio.labelling.sample_cache FOLDER`, makes the cache. The process prints
the share done on each line. The cache is only a copy: it is made again when samples.csv or the
scales changed, or when an array is not what it was when it was written, and may be deleted.
"""

from __future__ import annotations

import io
import json
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motionloop import language, safe_files, wire
from motionloop.errors import MotionLoopError, RecordingError
from motionloop.language import tr
from motionloop.recordings import samples_csv
from motionloop.recordings.recording import Recording, samples_file
from motionloop.recordings.recording_json import Description
from motionloop.studio.labelling.overview import BIN, Overview, ZoomLevel, finest_level, preview
from motionloop.typed_values import typed_value

FOLDER = "samples.cache"
LONG_BYTES = 6_000_000  # of samples.csv; shorter ones are read in a quarter of a second
_KEY = "key.json"
_FORMAT = 2
_DAMAGE = (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, RecursionError)
_PIECE_BYTES = 8 << 20
_ENDS_BYTES = 1 << 16  # at the start and the end of samples.csv, for the checksum


def is_long(folder: Path) -> bool:
    """Whether reading the recording takes so long that a cache pays."""
    return samples_file(folder).stat().st_size > LONG_BYTES


def read(folder: Path) -> tuple[Recording, Overview]:
    """A recording that is not long, without a cache.

    Raises:
        RecordingError: as Recording.open.
    """
    recording = Recording.open(folder)
    finest = finest_level(recording.t_us, recording.raw, recording.rate_hz)
    return recording, Overview(finest, recording.t_us, recording.raw)


def load(folder: Path) -> tuple[Recording, Overview] | None:
    """The recording from its cache; None when there is none that fits samples.csv.

    Raises:
        RecordingError: recording.json says something impossible.
    """
    description = Description.load(folder)
    cache = folder / FOLDER
    try:
        key = safe_files.read_json(cache / _KEY)
        torn_bytes, sums = typed_value(key, "torn_bytes", int), key["crc32"]
        if key["of"] != _key(folder, description):
            return None
        seq, t_us, raw = (_mapped(cache, name, sums) for name in ("seq", "t_us", "raw"))
        low, high, start_us = (_mapped(cache, name, sums) for name in ("low", "high", "start_us"))
        _check_fit(seq, t_us, raw)
        _check_fit(start_us, start_us, low, high)
    except _DAMAGE:  # another program's, or half of it is gone
        return None
    recording = Recording.from_samples(folder, description, seq, t_us, raw, torn_bytes)
    finest = ZoomLevel(start_us, low, high, BIN * 1e6 / recording.rate_hz)
    return recording, Overview(finest, t_us, raw)


def first_look(folder: Path) -> tuple[Recording, Overview] | None:
    """The recording's labels and declared gaps over a preview of it, while the cache is made.

    Raises:
        RecordingError: a file is missing or recording.json says something impossible.
    """
    overview = preview(folder)
    if overview is None:
        return None
    t_us = np.array([overview.start_us, overview.end_us - 1])
    raw = np.zeros((2, wire.AXES), np.int16)
    return Recording(Description.load(folder), t_us, t_us, raw, folder), overview


def build(folder: Path, progress: Callable[[float], None]) -> None:
    """Read all of samples.csv into the cache; `progress` gets the share done, up to 1.

    Raises:
        RecordingError: a line is no sample, or the cache cannot be written.
    """
    description = Description.load(folder)
    key = _key(folder, description)
    seq, t_us, raw, torn_bytes = _parsed(folder, description, progress)
    finest = finest_level(t_us, raw, description.board.format.rate_hz)
    arrays: dict[str, NDArray[Any]] = {
        "seq": seq, "t_us": t_us, "raw": raw,
        "start_us": finest.start_us, "low": finest.low, "high": finest.high,
    }  # fmt: skip
    cache = folder / FOLDER
    try:
        safe_files.own_folder(cache)
        sums = {}
        for name, array in arrays.items():
            content = io.BytesIO()
            np.save(content, array)
            safe_files.write_whole(cache / f"{name}.npy", content.getvalue())
            sums[name] = zlib.crc32(content.getbuffer())
        # The cache counts only when it is complete: the key comes last.
        text = json.dumps({"of": key, "torn_bytes": torn_bytes, "crc32": sums})
        safe_files.write_whole(cache / _KEY, text.encode())
    except OSError as error:
        state = tr("The recording is untouched, but too long to be shown without it.")
        raise safe_files.disk_error(error, cache, state) from error
    progress(1.0)


def _check_fit(*arrays: NDArray[Any]) -> None:
    """Raise ValueError unless two are int64 [n] in order of time, and the others int16 [n, 6]."""
    counters, values = arrays[:2], arrays[2:]
    count = len(counters[0])
    fit = all(one.dtype == np.int64 and one.shape == (count,) for one in counters)
    fit &= all(one.dtype == np.int16 and one.shape == (count, wire.AXES) for one in values)
    if not fit or not all((np.diff(one) > 0).all() for one in counters):
        raise ValueError("the arrays are not those of one recording")


def _parsed(
    folder: Path, description: Description, progress: Callable[[float], None]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int16], int]:
    """`seq`, `t_us`, `raw` of the whole lines, piece by piece, and how many bytes follow them."""
    samples, path = description.board.format, samples_file(folder)
    size, done, rest = path.stat().st_size, 0, b""
    seqs, times, raws = [np.empty(0, np.int64)], [np.empty(0, np.int64)], []
    raws.append(np.empty((0, wire.AXES), np.int16))
    last = (-1, -1)
    with safe_files.open_to_read(path) as file:
        while piece := file.read(_PIECE_BYTES):
            begin = b"" if not done else samples_csv.HEADER
            done += len(piece)
            whole, rest = samples_csv.split_torn(rest + piece)
            try:
                seq, t_us, raw = samples_csv.parse(begin + whole, path, samples)
            except RecordingError:
                Recording.open(folder)  # its error names the line of the file, not of the piece
                raise
            if len(seq):
                if seq[0] <= last[0] or t_us[0] <= last[1]:
                    Recording.open(folder)
                last = (int(seq[-1]), int(t_us[-1]))
            seqs.append(seq)
            times.append(t_us)
            raws.append(raw)
            progress(min(done / max(size, 1), 0.99))
    return np.concatenate(seqs), np.concatenate(times), np.concatenate(raws), len(rest)


def _key(folder: Path, description: Description) -> dict[str, int]:
    """The source of the cache: size, time and checksum of both ends, and the scales."""
    path = samples_file(folder)
    state = path.stat()
    with safe_files.open_to_read(path) as file:
        crc = zlib.crc32(file.read(_ENDS_BYTES))
        file.seek(max(state.st_size - _ENDS_BYTES, 0))
        crc = zlib.crc32(file.read(_ENDS_BYTES), crc)
    return {
        "format": _FORMAT,
        "size": state.st_size,
        "mtime_ns": state.st_mtime_ns,
        "crc32": crc,
        "accel_ng_per_lsb": description.board.format.accel_ng_per_lsb,
        "gyro_nrads_per_lsb": description.board.format.gyro_nrads_per_lsb,
    }


def _mapped(cache: Path, name: str, sums: dict[str, int]) -> NDArray[Any]:
    """An array that is to the byte what was written, else ValueError."""
    path, crc = cache / f"{name}.npy", 0
    with safe_files.open_to_read(path) as file:
        while piece := file.read(_PIECE_BYTES):
            crc = zlib.crc32(piece, crc)
    if crc != sums[name]:
        raise ValueError(f"{path} is not what was written")
    made: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    return made


if __name__ == "__main__":
    try:
        build(Path(sys.argv[1]), lambda share: print(f"{share:.3f}", flush=True))
    except MotionLoopError as error:
        sys.exit(json.dumps(language.to_json(str(error))))
