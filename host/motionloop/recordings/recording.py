"""Recordings: the samples of one session with labels, gaps and what made them.

On disk a recording is a folder: samples.csv, appended as packets arrive, and recording.json.
`writer` writes recordings; this module reads them and changes labels.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from motionloop import wire
from motionloop.errors import ChangedElsewhereError, MotionLoopError, RecordingError
from motionloop.language import joined, tr
from motionloop.recordings import samples_csv
from motionloop.recordings.recording_json import (
    DESCRIPTION_BACKUP,
    DESCRIPTION_FILE,
    LONGEST_BRIDGE_MS,
    Description,
    Gap,
    RecordedBoard,
    Trim,
    Video,
)
from motionloop.recordings.segments import Segment, checked_segments, cut_out
from motionloop.safe_files import UNFINISHED, disk_error, open_alone, read_whole
from motionloop.typed_values import shown

SAMPLES_FILE = "samples.csv"
LOST_ON_LINK = "lost on the link"
LOST_AT_SENSOR = "lost at the sensor"
LABELS = ("segments", "open_segment")  # the attributes of a description that have labels
LARGEST_SAMPLES_BYTES = 1 << 32  # of samples.csv: four days at 100 Hz
_GAP_PERIODS = 1.5  # a longer step in time has room for a sample that is not there
_RATE_TOLERANCE = 1.05  # how far a sensor's clock may be from its nominal rate


@dataclass(frozen=True)
class Quality:
    """How good the samples are.

    Attributes:
        samples: Number of samples.
        duration_s: From the first sample to the last, on the board's clock.
        rate_hz: Measured outside gaps; 0 for fewer than two samples.
        lost: Samples that were lost in all gaps together, and at the recording's ends.
        gaps: Number of gaps in which samples were lost.
        saturated: Samples with an axis at the end of the int16 range.
    """

    samples: int
    duration_s: float
    rate_hz: float
    lost: int
    gaps: int
    saturated: int


@dataclass
class Recording:
    """The samples of a session in memory, with their description.

    Attributes:
        description: Content of recording.json.
        seq: Sequence numbers [n], increasing; a jump is a gap.
        t_us: Device times [n] in microseconds, increasing.
        raw: Samples [n, 6]: ax ay az gx gy gz in the steps of `board.format`.
        path: The recording's folder; None for samples that come from elsewhere.
        problems: The folder's faults in words. Reading a folder does not change it.
        missing_at_ends: Samples that were recorded before the first one or after the last one,
            and are no longer there.
        stored: recording.json as it was last read or written here. Where another program has
            changed the same since, a change is refused. None for samples that come from elsewhere.
    """

    description: Description
    seq: NDArray[np.int64]
    t_us: NDArray[np.int64]
    raw: NDArray[np.int16]
    path: Path | None = None
    problems: tuple[str, ...] = ()
    missing_at_ends: int = 0
    stored: Description | None = field(default=None, compare=False, repr=False)

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Read a recording's folder without changing it.

        After a crash, text can follow the last whole line: it is left out and reported in
        `problems`. Gaps are found in the samples again and joined with the declared gaps.

        Args:
            path: The recording's folder.

        Returns:
            The recording, with labels cut to the samples that are there.

        Raises:
            RecordingError: A file is missing, unreadable or says something impossible.
        """
        folder = Path(path)
        samples_path = samples_file(folder)
        description = Description.load(folder)
        try:
            content = read_whole(samples_path, LARGEST_SAMPLES_BYTES)
        except OSError as error:
            raise RecordingError(
                tr(
                    "{path} cannot be read ({cause}): check its permissions.",
                    path=samples_path,
                    cause=error.strerror,
                ),
                samples_path,
            ) from error
        whole, torn = samples_csv.split_torn(content)
        seq, t_us, raw = samples_csv.parse(whole, samples_path, description.board.format)
        recording = cls.from_samples(folder, description, seq, t_us, raw, len(torn))
        if content.startswith(samples_csv.BOM):
            recording.problems += (marked(),)
        return recording

    @classmethod
    def from_samples(
        cls,
        folder: Path,
        description: Description,
        seq: NDArray[np.int64],
        t_us: NDArray[np.int64],
        raw: NDArray[np.int16],
        torn_bytes: int = 0,
    ) -> Self:
        """Join samples that were read already with the description of their folder.

        Args:
            folder: The recording's folder.
            description: As loaded from `folder`.
            seq: Sequence numbers [n].
            t_us: Device times [n] in microseconds.
            raw: Samples [n, 6].
            torn_bytes: Length of the text after the last whole line of samples.csv.

        Returns:
            The recording, with labels cut to the samples that are there.

        Raises:
            RecordingError: recording.json says something impossible about the samples.
        """
        problems: list[str] = []
        if not description.closed:
            problems.append(tr("The recording was not closed: it is going on, or was cut off."))
        if torn_bytes:
            problems.append(
                tr(
                    "The last line of {file} is torn ({bytes} bytes) and not counted.",
                    file=SAMPLES_FILE,
                    bytes=torn_bytes,
                )
            )
        rate_hz = description.board.format.rate_hz
        found = find_gaps(seq, t_us, rate_hz)
        missing = _missing(description, seq, found, is_torn=torn_bytes > 0)
        if missing.words:
            problems.append(missing.words)
        within, cuts = _segments_within(description, t_us)
        problems += cuts
        try:
            segments = checked_segments(within, *_span(t_us))
        except ValueError as error:
            raise RecordingError(
                tr(
                    "{folder} cannot be used: {error}. Correct it there, or copy "
                    "{backup} over it to go back to the version before.",
                    folder=folder / DESCRIPTION_FILE,
                    error=error,
                    backup=DESCRIPTION_BACKUP,
                ),
                folder / DESCRIPTION_FILE,
            ) from error
        all_gaps = {gap.after_seq: gap for gap in found}
        if len(seq):
            all_gaps |= {
                gap.after_seq: gap for gap in description.gaps if seq[0] <= gap.after_seq < seq[-1]
            }
        gaps = tuple(all_gaps[after] for after in sorted(all_gaps))
        shown = replace(
            description, segments=segments, open_segment=None, gaps=gaps, samples=len(seq)
        )
        ends = missing.at_ends
        return cls(shown, seq, t_us, raw, folder, tuple(problems), ends, description)

    @property
    def name(self) -> str:
        return self.description.name

    @property
    def wearer(self) -> str:
        return self.description.wearer

    @property
    def placement(self) -> str:
        return self.description.placement

    @property
    def created(self) -> str:
        return self.description.created

    @property
    def excluded(self) -> bool:
        return self.description.excluded

    @property
    def board(self) -> RecordedBoard:
        return self.description.board

    @property
    def rate_hz(self) -> float:
        """The sensor's nominal rate."""
        return self.description.board.format.rate_hz

    @property
    def synthetic(self) -> bool:
        """Whether the motion was computed, not measured. Every view of the recording shows it."""
        return self.description.board.synthetic

    @property
    def segments(self) -> tuple[Segment, ...]:
        return self.description.segments

    @property
    def trim(self) -> Trim | None:
        return self.description.trim

    @property
    def used_segments(self) -> tuple[Segment, ...]:
        """The segments for training, which are the parts inside the trim."""
        if self.trim is None:
            return self.segments
        kept = cut_out(self.segments, self.start_us, self.trim.start_us)
        return tuple(cut_out(kept, self.trim.end_us, self.end_us))

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return self.description.gaps

    @property
    def labels(self) -> list[str]:
        """The labels of all segments, each once, in alphabetical order."""
        return sorted({segment.label for segment in self.segments})

    @property
    def seconds_per_label(self) -> dict[str, float]:
        """Labelled seconds of each label; a segment's last sample counts for a period."""
        return self._seconds_of(self.segments)

    @property
    def used_seconds_per_label(self) -> dict[str, float]:
        """The same inside the trim, which is what a training uses."""
        return self._seconds_of(self.used_segments)

    def _seconds_of(self, segments: Iterable[Segment]) -> dict[str, float]:
        seconds: dict[str, float] = {}
        period_us = self.board.format.period_us
        for segment in sorted(segments, key=lambda segment: segment.label):
            length_s = (segment.end_us - segment.start_us - 1 + period_us) / 1e6
            seconds[segment.label] = seconds.get(segment.label, 0.0) + length_s
        return seconds

    @property
    def start_us(self) -> int:
        """Device time of the first sample; 0 without samples."""
        return _span(self.t_us)[0]

    @property
    def end_us(self) -> int:
        """1 us after the last sample, the latest end of a segment; 0 without samples."""
        return _span(self.t_us)[1]

    @property
    def accel_g(self) -> NDArray[np.float64]:
        """Acceleration [n, 3] in g."""
        return self.raw[:, :3].astype(np.float64) * (self.board.format.accel_ng_per_lsb / 1e9)

    @property
    def gyro_rad_s(self) -> NDArray[np.float64]:
        """Angular rate [n, 3] in rad/s."""
        return self.raw[:, 3:].astype(np.float64) * (self.board.format.gyro_nrads_per_lsb / 1e9)

    @property
    def quality(self) -> Quality:
        span_us = max(self.end_us - 1 - self.start_us, 0)
        inside = measure_quality(len(self.seq), span_us, self.gaps, count_saturated(self.raw))
        return replace(inside, lost=inside.lost + self.missing_at_ends)

    def with_labels(self, labels: Container[str]) -> Self:
        """The same samples with these labels alone, in memory only."""
        segments = tuple(segment for segment in self.segments if segment.label in labels)
        return replace(self, description=replace(self.description, segments=segments))

    def set_segments(self, segments: Iterable[Segment]) -> None:
        """Replace the labels in memory and on disk; the version before stays as a backup.

        Args:
            segments: In any order.

        Raises:
            RecordingError: A segment is empty, reaches outside the recording, overlaps another or
                has a label that a board cannot carry; the recording is going on; or the disk
                failed.
            DiskFullError: The disk has no room; the labels are as before.
        """
        where = self.path or Path(self.name)
        try:
            checked = checked_segments(segments, self.start_us, self.end_us)
        except ValueError as error:
            raise RecordingError(
                tr(
                    "The labels of {where} were not changed: {error}. Correct it and try again.",
                    where=where,
                    error=error,
                ),
                where,
            ) from error
        self._save(segments=checked, open_segment=None)

    def rename_labels(self, renames: Mapping[str, str]) -> None:
        """Give labels new names in memory and on disk; the version before stays as a backup.

        Args:
            renames: The new name of each old one; other labels stay as they are.

        Raises:
            RecordingError: The recording is going on, or the disk failed.
            DiskFullError: The disk has no room; the labels are as before.
        """

        def rename(description: Description) -> Description:
            segments = tuple(
                replace(segment, label=renames.get(segment.label, segment.label))
                for segment in description.segments
            )
            opened = description.open_segment  # of a recording that was cut off
            if opened is not None:
                opened = replace(opened, label=renames.get(opened.label, opened.label))
            return replace(description, segments=segments, open_segment=opened)

        self._change(LABELS, rename)

    def set_trim(self, trim: Trim | None) -> None:
        """Mark the part for training, in memory and on disk.

        Args:
            trim: The part; None for the whole recording.

        Raises:
            RecordingError: The part is empty or reaches outside the recording; the recording is
                going on; or the disk failed.
            DiskFullError: The disk has no room; the mark is as before.
        """
        if trim and not self.start_us <= trim.start_us < trim.end_us <= self.end_us:
            where = self.path or Path(self.name)
            raise RecordingError(
                tr(
                    "{where} was not trimmed: {start_us} to {end_us} us is empty or not inside "
                    "the recording ({first_us} to {last_us} us).",
                    where=where,
                    start_us=trim.start_us,
                    end_us=trim.end_us,
                    first_us=self.start_us,
                    last_us=self.end_us,
                ),
                where,
            )
        self._save(trim=trim)

    def set_video(self, video: Video | None) -> None:
        """Note the video of the session, in memory and on disk.

        Args:
            video: The video; None to remove the note.

        Raises:
            RecordingError: The recording is going on, or the disk failed.
            DiskFullError: The disk has no room; the note is as before.
        """
        self._save(video=video)

    def set_bridge(self, bridge_ms: float) -> None:
        """Set the longest gap that a window may span, in memory and on disk.

        Args:
            bridge_ms: Milliseconds, at most LONGEST_BRIDGE_MS; 0 for no bridge.

        Raises:
            RecordingError: The length is impossible, the recording is going on, or the disk failed.
            DiskFullError: The disk has no room; the length is as before.
        """
        if not 0 <= bridge_ms <= LONGEST_BRIDGE_MS:
            where = self.path or Path(self.name)
            raise RecordingError(
                tr(
                    "{where} was not changed: gaps of 0 to {most_ms:g} ms can be "
                    "bridged, not of {bridge_ms:g} ms.",
                    where=where,
                    most_ms=LONGEST_BRIDGE_MS,
                    bridge_ms=bridge_ms,
                ),
                where,
            )
        self._save(bridge_ms=bridge_ms)

    def _save(self, **changes: Any) -> None:
        self._change(changes, lambda description: replace(description, **changes))

    def _change(self, fields: Iterable[str], change: Callable[[Description], Description]) -> None:
        if self.path is not None:
            self.stored = change_description(self.path, change, self.stored, fields)
        self.description = change(self.description)


def change_description(
    folder: Path,
    change: Callable[[Description], Description],
    known: Description | None = None,
    fields: Iterable[str] = (),
) -> Description:
    """Change a recording.json; the version before stays as a backup.

    Args:
        folder: The recording's folder.
        change: Makes the new content from what is in the file now.
        known: The content that the change was decided on; None when that does not matter.
        fields: Of these the content must still be the same.

    Returns:
        The new content.

    Raises:
        ChangedElsewhereError: Another program has changed one of the fields since.
        RecordingError: The recording is going on, its files are damaged, or the disk failed.
        DiskFullError: The disk has no room; the file is as before.
    """  # noqa: DOC501, `disk_error` makes one of the two
    try:
        with open_alone(samples_file(folder)):
            # Read again: another program may have changed it since.
            now = Description.load(folder)
            if known is not None:
                refuse_other_change(folder, known, now, fields)
            made = change(now)
            made.save(folder)
            return made
    except OSError as error:
        state = tr("The labels are as they were before.")
        raise disk_error(error, folder / DESCRIPTION_FILE, state) from error


def refuse_other_change(
    folder: Path, known: Description, now: Description, fields: Iterable[str]
) -> None:
    """Refuse a change of what another program has changed, too.

    Args:
        folder: The recording's folder.
        known: The content that the change was decided on.
        now: What is in the file now.
        fields: Names of the attributes that would be changed.

    Raises:
        ChangedElsewhereError: One of the fields is not what it was; the message says which, how,
            and what to do.
    """
    if changed := _changes_in_words(known, now, fields):
        raise ChangedElsewhereError(
            tr(
                "{folder} was changed by another program since it was read here: {changed}. "
                "Nothing was overwritten. Read it again, and repeat the change if it is still "
                "wanted.",
                folder=folder,
                changed=changed,
            ),
            folder / DESCRIPTION_FILE,
        )


def _changes_in_words(old: Description, new: Description, fields: Iterable[str]) -> str:
    """Such as "it has 3 labels instead of 2, the first new one 'walking'"; empty without any."""
    words = []
    for name in fields:
        before, now = getattr(old, name), getattr(new, name)
        if before == now:
            continue
        if name == "segments":
            words.append(_changes_of_labels(before, now))
        else:
            words.append(
                tr(
                    "{what} is {now} instead of {before}",
                    what=_words_of(name),
                    now=shown(now),
                    before=shown(before),
                )
            )
    return joined(words, "; ")


def _words_of(name: str) -> str:
    """An attribute of a description as users know it."""
    return {
        "open_segment": tr("the open label"),
        "trim": tr("the trim"),
        "video": tr("the film"),
        "bridge_ms": tr("the length of bridged gaps"),
        "wearer": tr("the wearer"),
        "placement": tr("the placement"),
        "excluded": tr("the exclusion"),
        "notes": tr("the text of the notes"),
        "name": tr("the name"),
    }.get(name, name)


def _changes_of_labels(old: tuple[Segment, ...], new: tuple[Segment, ...]) -> str:
    words = [tr("it has {now} labels instead of {before}", now=len(new), before=len(old))]
    start_us = min((one.start_us for one in (*old, *new)), default=0)

    def first_of(ours: tuple[Segment, ...], others: tuple[Segment, ...]) -> dict[str, Any] | None:
        found = next((one for one in ours if one not in others), None)
        if found is None:
            return None
        return {"label": shown(found.label), "at_s": (found.start_us - start_us) / 1e6}

    if added := first_of(new, old):
        words.append(tr("the first new one {label} {at_s:.2f} s after the first", **added))
    if gone := first_of(old, new):
        words.append(tr("the first missing one {label} {at_s:.2f} s after the first", **gone))
    return joined(words, ", ")


def marked() -> str:
    """What is said of samples with a byte order mark."""
    return tr(
        "{file} begins with a byte order mark, as Excel writes it: the file was saved by "
        "another program. It was read without the mark.",
        file=SAMPLES_FILE,
    )


def samples_file(folder: Path) -> Path:
    """Find the samples of a recording.

    Args:
        folder: The recording's folder.

    Returns:
        Path of samples.csv.

    Raises:
        RecordingError: The folder or the file is missing, or it is no file.
    """
    if not folder.is_dir():
        raise RecordingError(
            tr(
                "There is no recording folder {folder}: check the path, or record one with "
                "`motionloop record`.",
                folder=folder,
            ),
            folder,
        )
    path = folder / SAMPLES_FILE
    if not path.exists():
        raise RecordingError(
            tr(
                "{path} is missing: put it back from a backup, or delete the folder, for "
                "without it no sample of this recording is left.",
                path=path,
            ),
            path,
        )
    if not path.is_file():
        raise RecordingError(
            tr(
                "{file} is no file, but a folder, a pipe or a device: put the file back from a "
                "backup, or delete the recording's folder.",
                file=path,
            ),
            path,
        )
    return path


@dataclass(frozen=True)
class Unreadable:
    """A recording or file that cannot be read.

    Attributes:
        path: Its folder or file.
        error: The fault and its cure.
    """

    path: Path
    error: MotionLoopError


@dataclass(frozen=True)
class Found:
    """What was found in a place: one bad recording hides no good one.

    Attributes:
        recordings: Those that can be read.
        unreadable: The others.
    """

    recordings: tuple[Recording, ...]
    unreadable: tuple[Unreadable, ...] = ()

    def all_readable(self) -> list[Recording]:
        """The recordings, if every one can be read.

        Returns:
            At least one recording.

        Raises:
            RecordingError: One or more cannot be read; the message names each, and its cause.
            MotionLoopError: The only one there is cannot be read.
        """
        refuse_unreadable(self.unreadable, len(self.recordings))
        return list(self.recordings)


def refuse_unreadable(unreadable: Sequence[Unreadable], readable: int) -> None:
    """Raise an error if there are recordings that cannot be read.

    Args:
        unreadable: These.
        readable: Number of the others.

    Raises:
        RecordingError: One or more cannot be read; the message names each, and its cause.
        MotionLoopError: The only one there is cannot be read.
    """
    if not unreadable:
        return
    total = len(unreadable) + readable
    if total == 1:
        raise unreadable[0].error
    causes = joined([tr("- {fault}", fault=str(bad.error)) for bad in unreadable], "\n")
    raise RecordingError(
        tr(
            "{count} of {total} recordings cannot be read:\n{causes}",
            count=len(unreadable),
            total=total,
            causes=causes,
        ),
        unreadable[0].path,
    )


def open_all(folder: str | Path) -> Found:
    """Read every recording in a folder.

    Args:
        folder: Holds one folder per recording.

    Returns:
        At least one recording, good or bad, in the order of their folders' names.

    Raises:
        RecordingError: `folder` holds no recording.
    """
    return open_each(recording_paths(folder))


def recording_paths(folder: str | Path) -> list[Path]:
    """Find the recordings in a folder.

    Args:
        folder: Holds one folder per recording.

    Returns:
        At least one, good or bad, in the order of their folders' names.

    Raises:
        RecordingError: `folder` holds no recording.
    """
    root = Path(folder)
    try:
        inner = [*root.iterdir()] if root.is_dir() else []
    except OSError as error:
        raise RecordingError(
            tr(
                "{path} cannot be read ({cause}): check its permissions.",
                path=root,
                cause=error.strerror,
            ),
            root,
        ) from error
    paths = sorted(path for path in inner if _may_be_recording(path))
    if not paths:
        raise RecordingError(
            tr(
                "There are no recordings in {root}: make one with `motionloop record`, or name "
                "the folder that holds them.",
                root=root,
            ),
            root,
        )
    return paths


def _may_be_recording(path: Path) -> bool:
    if path.name.startswith(UNFINISHED):
        return False
    try:
        return (path / SAMPLES_FILE).exists() or (path / DESCRIPTION_FILE).exists()
    except PermissionError:  # what is in it cannot be known
        return True


def open_each(paths: Iterable[Path]) -> Found:
    """Read recordings.

    Args:
        paths: Their folders.

    Returns:
        Those that can be read and those that cannot, both in the order of `paths`.
    """
    recordings, unreadable = [], []
    for path in paths:
        try:
            recordings.append(Recording.open(path))
        except RecordingError as error:
            unreadable.append(Unreadable(path, error))
        except OSError as error:
            words = tr(
                "{path} cannot be opened ({cause}): check its permissions.",
                path=path,
                cause=error.strerror,
            )
            unreadable.append(Unreadable(path, RecordingError(words, path)))
    return Found(tuple(recordings), tuple(unreadable))


def find_gaps(seq: NDArray[np.int64], t_us: NDArray[np.int64], rate_hz: float) -> list[Gap]:
    """Find the places where samples are missing.

    Samples behind a jump in `seq` were lost on the link. Samples behind a step in time of more
    than 1.5 periods, without a jump, were lost at the sensor, before they had a number.

    Args:
        seq: Sequence numbers [n].
        t_us: Device times [n] in microseconds.
        rate_hz: The sensor's nominal rate.

    Returns:
        The gaps in the order of time.
    """
    period_us = 1e6 / rate_hz
    step, step_us = np.diff(seq), np.diff(t_us)
    gaps = []
    for i in np.flatnonzero((step > 1) | (step_us > _GAP_PERIODS * period_us)).tolist():
        jump = int(step[i]) - 1
        by_time = round(int(step_us[i]) / period_us) - 1
        # Samples can be lost at the sensor and on the link in one place: time counts them all.
        by_seq_alone = jump and by_time <= jump * _RATE_TOLERANCE + 1
        gaps.append(
            Gap(
                after_seq=int(seq[i]),
                missing=jump if by_seq_alone else by_time,
                start_us=int(t_us[i]),
                end_us=int(t_us[i + 1]),
                reason=LOST_ON_LINK if jump else LOST_AT_SENSOR,
            )
        )
    return gaps


def is_saturated(raw: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Which of the samples [n, 6] have an axis at the end of the int16 range, bool [n]."""
    at_end = (raw >= wire.MAX_RAW) | (raw <= -wire.MAX_RAW)
    found: NDArray[np.bool_] = np.any(at_end, axis=1)
    return found


def count_saturated(raw: NDArray[np.int16]) -> int:
    """Count the saturated samples of `raw` [n, 6]."""
    return int(is_saturated(raw).sum())


def measure_quality(samples: int, span_us: int, gaps: Iterable[Gap], saturated: int) -> Quality:
    """Compute the quality of a recording from its counts.

    Args:
        samples: Number of samples.
        span_us: Device time from the first sample to the last.
        gaps: All gaps inside that time.
        saturated: As `count_saturated` counts.

    Returns:
        The quality; the rate counts only steps of time outside gaps.
    """
    gaps = list(gaps)
    steps = samples - 1 - len(gaps)
    steps_us = span_us - sum(gap.end_us - gap.start_us for gap in gaps)
    return Quality(
        samples=samples,
        duration_s=span_us / 1e6,
        rate_hz=steps / steps_us * 1e6 if steps > 0 and steps_us > 0 else 0.0,
        lost=sum(gap.lost for gap in gaps),
        gaps=sum(gap.lost > 0 for gap in gaps),
        saturated=saturated,
    )


def _span(t_us: NDArray[np.int64]) -> tuple[int, int]:
    """The first time, and 1 us after the last; 0, 0 without samples."""
    return (int(t_us[0]), int(t_us[-1]) + 1) if len(t_us) else (0, 0)


@dataclass(frozen=True)
class _Missing:
    """Samples that recording.json counts and samples.csv lacks: outside of it, and in words."""

    at_ends: int
    words: str


def _missing(
    description: Description, seq: NDArray[np.int64], found: Iterable[Gap], is_torn: bool
) -> _Missing:
    count = description.samples - len(seq)
    if count <= 0:
        return _Missing(0, "")
    declared = {gap.after_seq for gap in description.gaps}
    inside = min(sum(gap.missing for gap in found if gap.after_seq not in declared), count)
    if is_torn and not inside:
        what = tr("its end is missing. Put it back from a backup if there is one.")
    else:
        where = []
        if inside:
            where.append(tr("{count} are missing inside it", count=inside))
        if inside < count:
            where.append(tr("{count} at its beginning or end", count=count - inside))
        what = tr(
            "{missing}, and declared as lost. Put the file back from a backup if there is one.",
            missing=joined(where, ", "),
        )
    words = tr(
        "{file} holds {count} of {total} samples: {what}",
        file=SAMPLES_FILE,
        count=len(seq),
        total=description.samples,
        what=what,
    )
    return _Missing(count - inside, words)


def _segments_within(
    description: Description, t_us: NDArray[np.int64]
) -> tuple[list[Segment], list[str]]:
    """The segments cut to the samples that exist, and in words what was cut off.

    A segment that was open when the recording was cut off ends at the last sample.
    """
    start_us, end_us = _span(t_us)
    segments = list(description.segments)
    opened = description.open_segment
    if opened is not None:
        since_us = start_us if opened.start_us is None else opened.start_us
        if since_us < end_us:
            segments.append(Segment(since_us, end_us, opened.label))
    within, cuts = [], list[str]()
    for segment in segments:
        cut = replace(
            segment,
            start_us=max(segment.start_us, start_us),
            end_us=min(segment.end_us, end_us),
        )
        # A segment that is empty in the file is an error of its own, not a loss.
        if cut.start_us >= cut.end_us and segment.start_us < segment.end_us:
            cuts.append(
                tr(
                    "The label {label!r} at {start_us} us lies outside the samples: all of its "
                    "samples are missing.",
                    label=segment.label,
                    start_us=segment.start_us,
                )
            )
            continue
        within.append(segment if segment.start_us >= segment.end_us else cut)
        if within[-1] is not cut:
            continue
        if cut.start_us > segment.start_us:
            cuts.append(
                tr(
                    "The first {lost_s:.3f} s of the label {label!r} are missing: it was cut to "
                    "the samples that are there.",
                    lost_s=(cut.start_us - segment.start_us) / 1e6,
                    label=segment.label,
                )
            )
        if segment.end_us > cut.end_us:
            cuts.append(
                tr(
                    "The last {lost_s:.3f} s of the label {label!r} are missing: it was cut to "
                    "the samples that are there.",
                    lost_s=(segment.end_us - cut.end_us) / 1e6,
                    label=segment.label,
                )
            )
    return within, cuts
