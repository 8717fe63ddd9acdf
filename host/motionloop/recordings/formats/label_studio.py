"""Label Studio, a program that labels in a browser: its export of a time series as labels.

Of both of its JSON exports: tasks with `annotations`, and JSON-MIN with the labels beside the data.
Times there are those of the column that Label Studio showed, in whatever unit that had.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.recordings.file_names import plain_name
from motionloop.recordings.formats.carried import Labels, fitted
from motionloop.recordings.recording import Recording
from motionloop.recordings.segments import Segment
from motionloop.safe_files import read_json

LABELS = "timeserieslabels"
UNITS_US = {"s": 1e6, "ms": 1e3, "us": 1.0, "ns": 1e-3}
_SLACK = 1.01  # a region may end with the last sample's period


@dataclass(frozen=True)
class _Region:
    start: float
    end: float
    labels: tuple[str, ...]


def is_label_studio(head: bytes) -> bool:
    """Whether a file begins as an export of Label Studio does."""
    return head.lstrip()[:1] in (b"[", b"{") and f'"{LABELS}"'.encode() in head


def read_labels(path: Path, recording: Recording, time_unit: str | None = None) -> Labels:
    """Read labels for a recording that is there.

    Args:
        path: The .json file.
        recording: The recording.
        time_unit: A key of `UNITS_US`, or "samples", of the times in the file; by default the
            unit in which they span the most of the recording.

    Returns:
        Segments on the recording's clock; the notes say which unit was taken.

    Raises:
        DataFileError: The file cannot be read, has no task of this recording, or its times fit
            no unit.
    """
    try:
        document = read_json(path)
        tasks = document if isinstance(document, list) else [document]
        task = _task_of(path, tasks, recording)
        regions = [_region(value) for value in _values(task)]
    except OSError as error:
        raise DataFileError(
            tr("{path} cannot be read ({cause}).", path=path, cause=error.strerror)
        ) from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise DataFileError(
            tr(
                "{path} cannot be used as an export of Label Studio ({error}): export it "
                "again, as JSON, with a time column of numbers.",
                path=path,
                error=error,
            )
        ) from error
    if not regions:
        raise DataFileError(
            tr("{path} has no labelled region: label in Label Studio first.", path=path)
        )
    unit, absolute = (time_unit, False) if time_unit else _unit_of(path, regions, recording)
    taken = tr(
        "The times of {file} are taken as {unit}.", file=path.name, unit=_said(unit, absolute)
    )
    spans, notes = [], [taken]
    for region in regions:
        start_us = _on_clock(region.start, unit, absolute, recording)
        end_us = _on_clock(region.end, unit, absolute, recording)
        spans.append(Segment(start_us, end_us, region.labels[0]))
    several = sum(len(region.labels) > 1 for region in regions)
    if several:
        notes.append(
            tr("{count} regions have several labels, of which the first is taken.", count=several)
        )
    labels = fitted(spans, recording)
    return Labels(labels.segments, (*notes, *labels.notes))


def _task_of(path: Path, tasks: list[Any], recording: Recording) -> dict[str, Any]:
    """The task that shows this recording: the only one, or the one whose data has its name."""
    found = [task for task in tasks if isinstance(task, dict)]
    if len(found) > 1:
        names = {recording.name, plain_name(recording.name)}
        if recording.path is not None:
            names.add(recording.path.name)
        found = [task for task in found if names & {*_stems(task)}]
    if len(found) != 1:
        raise DataFileError(
            tr(
                "{path} has {count} tasks, of which {found} have data named like {name!r}: "
                "export this recording's task alone.",
                path=path,
                count=len(tasks),
                found=len(found),
                name=recording.name,
            )
        )
    return found[0]


def _stems(task: dict[str, Any]) -> Iterator[str]:
    data = task.get("data")
    for value in (data if isinstance(data, dict) else task).values():
        if isinstance(value, str):
            stem = PurePosixPath(value.split("?")[0]).stem
            yield stem
            yield stem.partition("-")[2]  # behind the number that an upload gets


def _values(task: dict[str, Any]) -> Iterator[dict[str, Any]]:
    annotations = task.get("annotations", task.get("completions"))
    if annotations is None:  # JSON-MIN
        for found in task.values():
            if isinstance(found, list):
                yield from (v for v in found if isinstance(v, dict) and LABELS in v)
        return
    done = [a for a in annotations if not a.get("was_cancelled")]
    if len(done) > 1:
        raise ValueError(
            tr("its task has {count} annotations, of one person each", count=len(done))
        )
    for annotation in done:
        for result in annotation["result"]:
            if result.get("type") == LABELS:
                yield result["value"]


def _region(value: dict[str, Any]) -> _Region:
    start, end = value["start"], value["end"]
    if not isinstance(start, int | float) or not isinstance(end, int | float):
        raise ValueError(tr("its times are texts such as {start!r}", start=start))
    return _Region(float(start), float(end), tuple(map(str, value[LABELS])))


def _unit_of(path: Path, regions: list[_Region], recording: Recording) -> tuple[str, bool]:
    """The unit in which the regions span the most of the recording, and whether from its zero."""
    first, last = min(r.start for r in regions), max(r.end for r in regions)
    duration_us = recording.end_us - recording.start_us
    best: tuple[float, str, bool] | None = None
    for unit in (*UNITS_US, "samples"):
        for absolute in (True, False):
            start_us = _on_clock(first, unit, absolute, recording) - recording.start_us
            end_us = _on_clock(last, unit, absolute, recording) - recording.start_us
            share = end_us / max(duration_us, 1)
            inside = -duration_us * (_SLACK - 1) <= start_us and share <= _SLACK
            if inside and (best is None or share > best[0]):
                best = share, unit, absolute
    if best is None:
        raise DataFileError(
            tr(
                "{path} has labels from {first:g} to {last:g}, which in no unit of time lie "
                "inside {name!r} ({seconds:.1f} s): is it of another recording? If not, "
                "say the unit with --time-unit.",
                path=path,
                first=first,
                last=last,
                name=recording.name,
                seconds=duration_us / 1000000.0,
            )
        )
    return best[1], best[2]


def _on_clock(value: float, unit: str, absolute: bool, recording: Recording) -> int:
    """A time of the file in microseconds on the recording's clock."""
    if unit == "samples":
        place = min(max(round(value), 0), len(recording.t_us) - 1)
        beyond = round(value) - place
        return int(recording.t_us[place]) + round(beyond * recording.board.format.period_us)
    return round(value * UNITS_US[unit]) + (0 if absolute else recording.start_us)


def _said(unit: str, absolute: bool) -> str:
    if unit == "samples":
        return tr("numbers of samples")
    if absolute:
        return tr("{unit} on the recording's clock", unit=unit)
    return tr("{unit} after the first sample", unit=unit)
