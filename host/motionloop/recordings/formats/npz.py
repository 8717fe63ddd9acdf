"""NumPy archives with samples, labels, people and sessions.

Arrays: `X` [n, 6] (ax ay az in g, gx gy gz in rad/s) or [n, 3] (acceleration only), `y` [n] indices
into `label_names`, `session` [n], optionally `subject` [n], and the time as `rate_hz` (one number:
samples follow each other without loss inside a session), `t_us` [n] or `t_ms` [n] (microseconds or
milliseconds of the device, whole or not). A time may repeat or come a few samples late, as phones
have it. A label named "unlabelled" makes no segment, wherever it stands in `label_names`. The
layout is MotionLoop's own; `np.savez` writes it.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motionloop import wire
from motionloop.archives import read_arrays
from motionloop.errors import DataFileError
from motionloop.language import joined, tr
from motionloop.recordings import timing
from motionloop.recordings.data_file import DataFile
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.samples_csv import EXACT
from motionloop.recordings.take import Axes, Take, segments_of_rows

NAME: str = tr("NumPy archive (.npz)")
UNLABELLED = "unlabelled"
_ARCHIVE = b"PK\x03\x04"
_ARRAY = b"\x93NUMPY"
_ACCELERATION_ONLY = 3


def recognise(source: DataFile) -> bool:
    """Whether the content is an archive of arrays, or a single array.

    Args:
        source: A file or a folder.

    Returns:
        True also for what cannot be read, so that its fault is told.
    """
    head = source.head
    # The first array's name follows the 30 bytes of a zip's first header.
    first = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    named = source.path.suffix == ".npz" and not source.is_folder
    if head.startswith(_ARCHIVE):
        return named or first.endswith(b".npy")
    return head.startswith(_ARRAY) or (named and len(head) < len(_ARCHIVE))


def read(source: DataFile, options: ReadOptions) -> list[Take]:
    """Read an archive.

    Args:
        source: The file.
        options: A rate there is taken in place of the file's times.

    Returns:
        One take per run of one subject and session, in the order of the file.

    Raises:
        DataFileError: The file cannot be read, or has another layout.
    """
    path = source.path
    arrays = _load(path)
    if options.rate_hz:
        arrays = {k: v for k, v in arrays.items() if k not in ("t_us", "t_ms")}
        arrays["rate_hz"] = np.array(options.rate_hz)
    values, y, starts, ends = _samples(path, arrays)
    labels = _labels(path, arrays, y)
    times, rate_hz, known = _times(path, arrays, starts, ends)

    takes = []
    said = tr("as the layout has it")
    parts: Counter[str] = Counter()
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        wearer = wearer_name(path, arrays["subject"][start]) if "subject" in arrays else ""
        session = arrays["session"][start]
        name = f"{wearer} trial {session}" if wearer else f"{path.stem} session {session}"
        parts[name] += 1
        if parts[name] > 1:
            name += f" part {parts[name]}"
        clock = timing.tidy(times[start:end], values[start:end], rate_hz)
        rows = start + clock.order
        takes.append(
            Take(
                name=name,
                t_us=clock.t_us,
                rate_hz=rate_hz,
                acceleration=Axes(values[rows, :3], "g", said),
                rotation=None
                if values.shape[1] == _ACCELERATION_ONLY
                else Axes(values[rows, 3:], "rad/s", said),
                segments=segments_of_rows(clock.t_us, labels[rows]),
                wearer=wearer,
                files=(path,),
                notes=(known, *clock.notes),
            )
        )
    return takes


def wearer_name(path: Path, subject: object) -> str:
    """Name a subject of a data file, with the file's name: two files may number people alike."""
    return f"{path.stem} subject {subject}"


def _load(path: Path) -> dict[str, NDArray[Any]]:
    try:
        return read_arrays(path)
    except ValueError as error:
        raise _not_readable(path, str(error)) from error
    except FileNotFoundError as error:
        raise DataFileError(
            tr("There is no data file {path}: check the path.", path=path)
        ) from error
    except OSError as error:
        raise DataFileError(
            tr("{path} cannot be read ({error}): check the file.", path=path, error=error)
        ) from error


def _samples(
    path: Path, arrays: dict[str, NDArray[Any]]
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The values [n, 6], the label indices [n], and where each run starts and ends."""
    missing = [name for name in ("X", "y", "session", "label_names") if name not in arrays]
    if missing:
        raise _not_readable(path, tr("has no array {names}", names=", ".join(missing)))
    x = arrays["X"]
    wide = x.ndim == 2 and x.shape[1] in (wire.AXES, _ACCELERATION_ONLY)
    if not wide or x.dtype.kind not in "fiu" or not len(x):
        raise _not_readable(
            path,
            tr(
                "has X of {type} {shape}, not numbers [n, {axes}]",
                type=x.dtype,
                shape=x.shape,
                axes=wire.AXES,
            ),
        )
    for name in ("y", "session", "subject"):
        array = arrays.get(name)
        if array is not None and (array.shape != (len(x),) or array.dtype.kind not in "iu"):
            raise _not_readable(
                path,
                tr(
                    "has {name} of {type} {shape}, not whole numbers ({count},)",
                    name=name,
                    type=array.dtype,
                    shape=array.shape,
                    count=len(x),
                ),
            )
    values = x.astype(np.float64)
    bad = ~np.isfinite(values).all(axis=1)
    if bad.any():
        raise _not_readable(
            path,
            tr(
                "has {count} rows of X that are not numbers, the first at {first}",
                count=bad.sum(),
                first=np.argmax(bad),
            ),
        )
    changes = np.diff(arrays["session"].astype(np.int64)) != 0
    if "subject" in arrays:
        changes |= np.diff(arrays["subject"].astype(np.int64)) != 0
    inner = np.flatnonzero(changes) + 1
    return values, arrays["y"].astype(np.int64), np.r_[0, inner], np.r_[inner, len(x)]


def _labels(
    path: Path, arrays: dict[str, NDArray[Any]], y: NDArray[np.int64]
) -> NDArray[np.object_]:
    """The label of each sample [n], None where it makes no segment."""
    array = arrays["label_names"]
    if array.ndim != 1 or array.dtype.kind != "U":
        raise _not_readable(
            path,
            tr(
                "has label_names of {type} {shape}, not texts [k]",
                type=array.dtype,
                shape=array.shape,
            ),
        )
    names = [str(name) for name in array]
    if y.min() < 0 or y.max() >= len(names):
        raise _not_readable(
            path,
            tr(
                "has labels {least} to {most} in y, but label_names has {count} names",
                least=y.min(),
                most=y.max(),
                count=len(names),
            ),
        )
    kept = np.array([None if name == UNLABELLED else name for name in names], object)
    labels: NDArray[np.object_] = kept[y]
    return labels


def _times(
    path: Path,
    arrays: dict[str, NDArray[Any]],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
) -> tuple[NDArray[np.int64], float, str]:
    """Time of each sample [n] in us, the nominal rate in Hz, and how it is known."""
    count = int(ends[-1])
    for name, factor in (("t_us", 1), ("t_ms", 1000)):
        if name not in arrays:
            continue
        given = arrays[name]
        if given.shape != (count,) or given.dtype.kind not in "iuf":
            raise _not_readable(
                path,
                tr(
                    "has {name} of {type} {shape}, not numbers ({count},)",
                    name=name,
                    type=given.dtype,
                    shape=given.shape,
                    count=count,
                ),
            )
        bad = ~((given >= 0) & (given < EXACT / factor))  # also of no number
        if bad.any():
            raise _not_readable(
                path,
                tr(
                    "has {name} that is negative, too large or no number at row {row}",
                    name=name,
                    row=np.argmax(bad),
                ),
            )
        t_us = given.astype(np.int64) * factor
        if given.dtype.kind == "f":
            t_us = np.rint(given.astype(np.float64) * factor).astype(np.int64)
        pieces = []
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            again = timing.spans_of_clock(t_us[start:end])
            if len(again) > 1:
                raise _not_readable(
                    path,
                    tr(
                        "has {name} that begins again at row {row}, inside one session",
                        name=name,
                        row=start + again[1].start,
                    ),
                )
            pieces.append(np.sort(t_us[start:end]))
        rate_hz = timing.measured_rate(pieces)
        if not rate_hz:
            raise _not_readable(
                path, tr("has no session with two samples, so {name} gives no rate", name=name)
            )
        known = _rate_by(name, rate_hz), timing.other_rate(pieces, rate_hz)
        return t_us, rate_hz, joined(filter(None, known), ", ")
    rate = arrays.get("rate_hz")
    if rate is None or rate.shape != () or rate.dtype.kind not in "fiu":
        raise _not_readable(path, tr("has neither t_us nor t_ms nor a number rate_hz"))
    rate_hz = float(rate)
    if not 0 < rate_hz <= 1e5:
        raise _not_readable(
            path,
            tr("has a rate_hz of {rate_hz:g}, not above 0 and up to 100000", rate_hz=rate_hz),
        )
    times = [timing.at_rate(int(size), rate_hz) for size in ends - starts]
    return np.concatenate(times), rate_hz, _rate_by("rate_hz", rate_hz)


def _rate_by(name: str, rate_hz: float) -> str:
    return tr("{rate_hz:.5g} Hz by {name}", rate_hz=rate_hz, name=name)


def _not_readable(path: Path, fault: str) -> DataFileError:
    return DataFileError(
        tr(
            "{path} {fault}. A data file is an .npz with {layout}, in g and rad/s: get it "
            "again, or convert it to that.",
            path=path,
            fault=fault,
            layout=tr(
                "X [n, 6], y [n], session [n], label_names, and rate_hz, t_us [n] or t_ms [n]"
            ),
        )
    )
