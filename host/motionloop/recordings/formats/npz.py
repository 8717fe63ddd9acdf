"""Reads motion data files: NumPy archives with samples, labels, people and sessions.

Arrays: `X` [n, 6] (ax ay az in g, gx gy gz in rad/s), `y` [n] indices into `label_names`,
`session` [n], optionally `subject` [n], and the time as `rate_hz` (one number: samples follow
each other without loss inside a session) or `t_ms` [n] (milliseconds of the device). A label
named "unlabelled" makes no segment, wherever it stands in `label_names`.
"""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from motionloop import wire
from motionloop.errors import DataFileError
from motionloop.recordings.recording import Recording, find_gaps
from motionloop.recordings.recording_json import Description, RecordedBoard
from motionloop.recordings.segments import Segment, check_label
from motionloop.sample_format import SampleFormat

UNLABELLED = "unlabelled"
MISSING_IN_FILE = "missing in the file"
_LAYOUT = "X [n, 6], y [n], session [n], label_names, and rate_hz or t_ms [n]"
_LARGEST_RAW = wire.MAX_RAW - 1  # the largest that is not saturated
_LARGEST_SCALE = 2**32 - 1  # wire.Info keeps scales as u32


def read(
    path: str | Path,
    *,
    labels: Iterable[str] | None = None,
    accel_ng_per_lsb: int | None = None,
    gyro_nrads_per_lsb: int | None = None,
) -> list[Recording]:
    """Read a data file.

    Args:
        path: The .npz file.
        labels: Only these labels make segments; by default all.
        accel_ng_per_lsb: Nano-g per step of the int16 samples. A value outside the range
            saturates, as on a board. By default the finest scale that holds every value.
        gyro_nrads_per_lsb: Nano-rad/s per step, in the same way.

    Returns:
        One recording per run of one subject and session, in the order of the file.

    Raises:
        DataFileError: The file cannot be read, has another layout, or lacks a label of `labels`.
    """
    path = Path(path)
    arrays = _load(path)
    values, y, starts, ends = _samples(path, arrays)
    names = _label_names(path, arrays, y, labels)
    t_us, rate_hz = _times(path, arrays, starts, ends)
    scales = (
        accel_ng_per_lsb or _finest_scale(path, values[:, :3]),
        gyro_nrads_per_lsb or _finest_scale(path, values[:, 3:]),
    )
    raw = np.rint(values * 1e9 / np.repeat(scales, 3))
    raw = raw.clip(-wire.MAX_RAW - 1, wire.MAX_RAW).astype(np.int16)
    board = RecordedBoard(path.stem, SampleFormat(rate_hz, *scales), imu=wire.Imu.REPLAY.name)
    created = datetime.fromtimestamp(path.stat().st_mtime).astimezone().isoformat()

    recordings = []
    parts: Counter[str] = Counter()
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        wearer = wearer_name(path, arrays["subject"][start]) if "subject" in arrays else ""
        session = arrays["session"][start]
        name = f"{wearer} trial {session}" if wearer else f"{path.stem} session {session}"
        parts[name] += 1
        if parts[name] > 1:
            name += f" part {parts[name]}"
        times = t_us[start:end]
        seq = np.arange(end - start, dtype=np.int64)
        gaps = [replace(gap, reason=MISSING_IN_FILE) for gap in find_gaps(seq, times, rate_hz)]
        description = Description(
            board=board,
            name=name,
            wearer=wearer,
            created=created,
            segments=_segments(y[start:end], times, names),
            gaps=tuple(gaps),
            samples=end - start,
            closed=True,
        )
        recordings.append(Recording(description, seq, times, raw[start:end]))
    return recordings


def wearer_name(path: Path, subject: object) -> str:
    """Name a subject of a data file, with the file's name: two files may number people alike."""
    return f"{path.stem} subject {subject}"


def _load(path: Path) -> dict[str, NDArray[Any]]:
    try:
        # Opened here: NumPy would leave a file open that is no archive.
        with path.open("rb") as file:
            return _arrays(path, file)
    except FileNotFoundError as error:
        raise DataFileError(f"There is no data file {path}: check the path.") from error
    except OSError as error:
        raise DataFileError(f"{path} cannot be read ({error}): check the file.") from error


def _arrays(path: Path, file: BinaryIO) -> dict[str, NDArray[Any]]:
    try:
        archive = np.load(file, allow_pickle=False)
    except (ValueError, EOFError, zipfile.BadZipFile) as error:
        raise _not_readable(path, "is not an .npz file, or is cut off") from error
    if not isinstance(archive, np.lib.npyio.NpzFile):
        raise _not_readable(path, "is a single array, not an .npz file")
    arrays = {}
    for name in archive.files:
        try:
            arrays[name] = archive[name]
        except (ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise _not_readable(
                path,
                f"has an array {name!r} that is damaged or holds Python objects, which are not "
                "loaded because they could run code",
            ) from error
    return arrays


def _samples(
    path: Path, arrays: dict[str, NDArray[Any]]
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The values [n, 6], the label indices [n], and where each run starts and ends."""
    missing = [name for name in ("X", "y", "session", "label_names") if name not in arrays]
    if missing:
        raise _not_readable(path, f"has no array {', '.join(missing)}")
    x = arrays["X"]
    if x.ndim != 2 or x.shape[1] != wire.AXES or x.dtype.kind not in "fiu" or not len(x):
        raise _not_readable(path, f"has X of {x.dtype} {x.shape}, not numbers [n, {wire.AXES}]")
    for name in ("y", "session", "subject", "t_ms"):
        array = arrays.get(name)
        if array is not None and (array.shape != (len(x),) or array.dtype.kind not in "iu"):
            raise _not_readable(
                path, f"has {name} of {array.dtype} {array.shape}, not whole numbers ({len(x)},)"
            )
    values = x.astype(np.float64)
    bad = ~np.isfinite(values).all(axis=1)
    if bad.any():
        raise _not_readable(
            path, f"has {bad.sum()} rows of X that are not numbers, the first at {np.argmax(bad)}"
        )
    changes = np.diff(arrays["session"].astype(np.int64)) != 0
    if "subject" in arrays:
        changes |= np.diff(arrays["subject"].astype(np.int64)) != 0
    inner = np.flatnonzero(changes) + 1
    return values, arrays["y"].astype(np.int64), np.r_[0, inner], np.r_[inner, len(x)]


def _label_names(
    path: Path,
    arrays: dict[str, NDArray[Any]],
    y: NDArray[np.int64],
    wanted: Iterable[str] | None,
) -> list[str | None]:
    """The label of each index in `y`, None where it makes no segment."""
    array = arrays["label_names"]
    if array.ndim != 1 or array.dtype.kind != "U":
        raise _not_readable(path, f"has label_names of {array.dtype} {array.shape}, not texts [k]")
    names = [str(name) for name in array]
    if y.min() < 0 or y.max() >= len(names):
        raise _not_readable(
            path, f"has labels {y.min()} to {y.max()} in y, but label_names has {len(names)} names"
        )
    kept = set(names) if wanted is None else set(wanted)
    if unknown := sorted(kept - set(names)):
        raise DataFileError(
            f"{path} has no label {', '.join(unknown)}: choose among {', '.join(names)}."
        )
    kept.discard(UNLABELLED)
    for name in kept:
        try:
            check_label(name)
        except ValueError as error:
            raise _not_readable(path, f"cannot be used: {error}") from error
    return [name if name in kept else None for name in names]


def _times(
    path: Path,
    arrays: dict[str, NDArray[Any]],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
) -> tuple[NDArray[np.int64], float]:
    """Time of each sample [n] in us, and the nominal rate in Hz."""
    count = int(ends[-1])
    if "t_ms" in arrays:
        t_us = arrays["t_ms"].astype(np.int64) * 1000
        inside = np.ones(count - 1, bool)
        inside[starts[1:] - 1] = False
        steps_us = np.diff(t_us)
        if t_us.min() < 0 or (backward := inside & (steps_us <= 0)).any():
            row = 0 if t_us.min() < 0 else int(np.argmax(backward)) + 1
            raise _not_readable(path, f"has t_ms that is negative or not increasing at row {row}")
        if not inside.any():
            raise _not_readable(path, "has no session with two samples, so t_ms gives no rate")
        # Lost samples lengthen only some of the steps: the median is the sensor's period.
        return t_us, 1e6 / float(np.median(steps_us[inside]))
    rate = arrays.get("rate_hz")
    if rate is None or rate.shape != () or rate.dtype.kind not in "fiu":
        raise _not_readable(path, "has neither t_ms nor a number rate_hz")
    rate_hz = float(rate)
    if not 0 < rate_hz <= 1e5:
        raise _not_readable(path, f"has a rate_hz of {rate_hz:g}, not above 0 and up to 100000")
    position = np.arange(count) - np.repeat(starts, ends - starts)
    return np.rint(position * (1e6 / rate_hz)).astype(np.int64), rate_hz


def _finest_scale(path: Path, values: NDArray[np.float64]) -> int:
    """The smallest whole scale with which no value saturates."""
    scale = int(np.ceil(float(np.abs(values).max()) * 1e9 / _LARGEST_RAW))
    if scale > _LARGEST_SCALE:
        raise _not_readable(path, f"has a value of {np.abs(values).max():g} in X, too large")
    return max(scale, 1)


def _segments(
    y: NDArray[np.int64], t_us: NDArray[np.int64], names: list[str | None]
) -> tuple[Segment, ...]:
    """Each run of equal labels, to just after its last sample."""
    inner = np.flatnonzero(np.diff(y)) + 1
    bounds = zip([0, *inner.tolist()], [*inner.tolist(), len(y)], strict=True)
    return tuple(
        Segment(int(t_us[start]), int(t_us[end - 1]) + 1, name)
        for start, end in bounds
        if (name := names[int(y[start])]) is not None
    )


def _not_readable(path: Path, fault: str) -> DataFileError:
    return DataFileError(
        f"{path} {fault}. A data file is an .npz with {_LAYOUT}, in g and rad/s: "
        "get it again, or convert it to that."
    )
