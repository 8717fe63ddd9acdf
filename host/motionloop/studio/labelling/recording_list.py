"""The entries of the list of recordings, made without reading samples."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from motionloop.errors import RecordingError
from motionloop.language import tr
from motionloop.recordings import samples_csv
from motionloop.recordings.recording import SAMPLES_FILE
from motionloop.recordings.recording_json import DESCRIPTION_FILE, Description
from motionloop.safe_files import UNFINISHED, open_to_read

_END_BYTES = 512  # surely hold a whole line


@dataclass(frozen=True)
class Entry:
    """One recording; `problems` in words, `seconds` of each label inside the trim."""

    path: Path
    name: str = ""
    recorded: str = ""
    wearer: str = ""
    placement: str = ""
    duration_s: float = 0.0
    seconds: dict[str, float] = field(default_factory=dict)
    notes: str = ""
    excluded: bool = False
    problems: tuple[str, ...] = ()

    @property
    def remarks(self) -> str:
        """What is to be known of it, in words."""
        left_out = (tr("left out of trainings"),) if self.excluded else ()
        return "; ".join((*left_out, *self.problems, *self.notes.splitlines()))


def entries(root: Path) -> list[Entry]:
    """All recordings in `root`, the newest first; those that cannot be read too."""
    inside = root.iterdir() if root.is_dir() else ()
    folders = [path for path in inside if path.is_dir() and not path.name.startswith(UNFINISHED)]
    found = [entry_of(p) for p in folders if any((p / f).exists() for f in _FILES)]
    return sorted(found, key=lambda entry: (entry.recorded, entry.path.name), reverse=True)


_FILES = (SAMPLES_FILE, DESCRIPTION_FILE)


def entry_of(path: Path, description: Description | None = None) -> Entry:
    """The entry of the recording in `path`; its description is read unless it is at hand."""
    try:
        description = description or Description.load(path)
        duration_s = _duration_s(path / SAMPLES_FILE)
    except RecordingError as error:
        return Entry(path, path.name, problems=(str(error),))
    except (OSError, ValueError, IndexError):
        fault = tr("{file} is missing or its lines are no samples.", file=SAMPLES_FILE)
        return Entry(path, path.name, problems=(fault,))
    problems = []
    if not description.closed:
        problems.append(tr("going on, or cut off"))
    if gaps := [gap for gap in description.gaps if gap.lost]:
        lost = sum(gap.lost for gap in gaps)
        problems.append(tr("{lost} samples lost in %n gap(s)", "", len(gaps), lost=lost))
    if not description.segments:
        problems.append(tr("no labels"))
    return Entry(
        path,
        description.name,
        _day(description.created),
        description.wearer,
        description.placement,
        duration_s,
        _seconds(description),
        description.notes,
        description.excluded,
        tuple(problems),
    )


def _seconds(description: Description) -> dict[str, float]:
    """Of each label, in alphabetical order."""
    seconds = dict.fromkeys(sorted({s.label for s in description.segments}), 0.0)
    trim = description.trim
    for segment in description.segments:
        start_us = max(segment.start_us, trim.start_us) if trim else segment.start_us
        end_us = min(segment.end_us, trim.end_us) if trim else segment.end_us
        seconds[segment.label] += max(0, end_us - start_us) / 1e6
    return seconds


def _day(created: str) -> str:
    try:
        return datetime.fromisoformat(created).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return created


def _duration_s(samples: Path) -> float:
    """From the first sample to the last whole line."""
    with open_to_read(samples) as file:
        file.readline(_END_BYTES)
        first = file.readline(_END_BYTES)
        file.seek(max(samples.stat().st_size - _END_BYTES, len(samples_csv.HEADER)))
        lines = samples_csv.split_torn(file.read())[0].splitlines()
    if not first.endswith(b"\n") or not lines:
        return 0.0
    return (int(lines[-1].split(b",")[1]) - int(first.split(b",")[1])) / 1e6
