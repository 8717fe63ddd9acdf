"""Recordings: the samples of one session with labels, gaps and what made them.

On disk a recording is a folder: samples.csv, appended as packets arrive, and recording.json.
`recording_writer` writes them; this module reads them and changes labels.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from motionloop import wire
from motionloop.errors import RecordingError
from motionloop.recordings import samples_csv
from motionloop.recordings.recording_json import (
    DESCRIPTION_BACKUP,
    DESCRIPTION_FILE,
    Description,
    Gap,
    RecordedBoard,
    Trim,
    Video,
)
from motionloop.recordings.segments import Segment, checked_segments, cut_out
from motionloop.safe_files import disk_error, open_alone

SAMPLES_FILE = "samples.csv"
LOST_ON_LINK = "lost on the link"
LOST_AT_SENSOR = "lost at the sensor"
_GAP_PERIODS = 1.5  # a longer step in time has room for a sample that is not there
_RATE_TOLERANCE = 1.05  # how far a sensor's clock may be from its nominal rate


@dataclass(frozen=True)
class Quality:
    """How good the samples are: `rate_hz` is measured outside gaps, 0 below two samples;
    `saturated` counts samples with an axis at the end of its int16 range."""

    samples: int
    duration_s: float
    rate_hz: float
    lost: int
    gaps: int
    saturated: int


@dataclass
class Recording:
    """Samples in memory: `seq` int64 [n], `t_us` int64 [n] (device time), `raw` int16 [n, 6].

    `path` is the folder, or None for samples that come from elsewhere. `problems` says in words
    what is not as it should be in that folder; nothing there was changed by reading it.
    """

    description: Description
    seq: NDArray[np.int64]
    t_us: NDArray[np.int64]
    raw: NDArray[np.int16]
    path: Path | None = None
    problems: tuple[str, ...] = ()

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Read the recording folder `path` without changing it.

        Lines after a crash: what follows the last whole line is set aside and told in
        `problems`. Gaps are found in the samples again and joined with the declared ones.

        Raises:
            RecordingError: a file is missing or says something impossible.
        """
        folder = Path(path)
        samples_path = samples_file(folder)
        description = Description.load(folder)
        try:
            content = samples_path.read_bytes()
        except OSError as error:
            raise RecordingError(
                f"{samples_path} cannot be read ({error.strerror}): check its permissions.",
                samples_path,
            ) from error
        whole, torn = samples_csv.split_torn(content)
        seq, t_us, raw = samples_csv.parse(whole, samples_path, description.board.format)
        return cls.from_samples(folder, description, seq, t_us, raw, len(torn))

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
        """The recording in `folder`, of which these samples, shaped as above, were read already.

        Args:
            description: as loaded from `folder`.
            torn_bytes: follow the last whole line of its samples.

        Raises:
            RecordingError: its recording.json says something impossible about them.
        """
        problems = []
        if not description.closed:
            problems.append("The recording was not closed: it is going on, or was cut off.")
        if torn_bytes:
            problems.append(
                f"The last line of {SAMPLES_FILE} is torn ({torn_bytes} bytes) and not counted."
            )
        if len(seq) < description.samples:
            problems.append(
                f"{SAMPLES_FILE} holds {len(seq)} of {description.samples} samples: its end is "
                "missing. Put it back from a backup if there is one."
            )
        within, left_out = _segments_within(description, t_us)
        try:
            segments = checked_segments(within, *_span(t_us))
        except ValueError as error:
            raise RecordingError(
                f"{folder / DESCRIPTION_FILE} cannot be used: {error}. Correct it there, or copy "
                f"{DESCRIPTION_BACKUP} over it to go back to the version before.",
                folder / DESCRIPTION_FILE,
            ) from error
        problems += [
            f"The label {segment.label!r} at {segment.start_us} us lies outside the samples."
            for segment in left_out
        ]
        rate_hz = description.board.format.rate_hz
        found = {gap.after_seq: gap for gap in find_gaps(seq, t_us, rate_hz)}
        if len(seq):
            found |= {
                gap.after_seq: gap for gap in description.gaps if seq[0] <= gap.after_seq < seq[-1]
            }
        gaps = tuple(found[after] for after in sorted(found))
        description = replace(
            description, segments=segments, open_segment=None, gaps=gaps, samples=len(seq)
        )
        return cls(description, seq, t_us, raw, folder, tuple(problems))

    @property
    def name(self) -> str:
        return self.description.name

    @property
    def wearer(self) -> str:
        return self.description.wearer

    @property
    def board(self) -> RecordedBoard:
        return self.description.board

    @property
    def rate_hz(self) -> float:
        """The sensor's nominal rate."""
        return self.description.board.format.rate_hz

    @property
    def synthetic(self) -> bool:
        """The motion was computed, not measured: shown wherever the recording is."""
        return self.description.board.synthetic

    @property
    def segments(self) -> tuple[Segment, ...]:
        return self.description.segments

    @property
    def trim(self) -> Trim | None:
        return self.description.trim

    @property
    def used_segments(self) -> tuple[Segment, ...]:
        """What training uses: the segments without what the trim leaves out."""
        if self.trim is None:
            return self.segments
        kept = cut_out(self.segments, self.start_us, self.trim.start_us)
        return tuple(cut_out(kept, self.trim.end_us, self.end_us))

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return self.description.gaps

    @property
    def labels(self) -> list[str]:
        """The labels used, in alphabetical order."""
        return sorted({segment.label for segment in self.segments})

    @property
    def start_us(self) -> int:
        """Device time of the first sample; 0 without samples."""
        return _span(self.t_us)[0]

    @property
    def end_us(self) -> int:
        """Just after the last sample: the latest end of a segment."""
        return _span(self.t_us)[1]

    @property
    def accel_g(self) -> NDArray[np.float64]:
        """[n, 3] in g."""
        return self.raw[:, :3].astype(np.float64) * (self.board.format.accel_ng_per_lsb / 1e9)

    @property
    def gyro_rad_s(self) -> NDArray[np.float64]:
        """[n, 3] in rad/s."""
        return self.raw[:, 3:].astype(np.float64) * (self.board.format.gyro_nrads_per_lsb / 1e9)

    @property
    def quality(self) -> Quality:
        span_us = max(self.end_us - 1 - self.start_us, 0)
        return measure(len(self.seq), span_us, self.gaps, count_saturated(self.raw))

    def set_segments(self, segments: Iterable[Segment]) -> None:
        """Replace the labels, at once on disk too (the version before stays as a backup).

        Raises:
            RecordingError: a segment is empty, outside the recording, overlaps another or has a
                label that a board cannot carry; or the recording is going on.
            DiskFullError: there is no room for it; nothing was changed.
        """
        where = self.path or Path(self.name)
        try:
            checked = checked_segments(segments, self.start_us, self.end_us)
        except ValueError as error:
            raise RecordingError(
                f"The labels of {where} were not changed: {error}. Correct it and try again.", where
            ) from error
        self._save(segments=checked, open_segment=None)

    def set_trim(self, trim: Trim | None) -> None:
        """Mark the part to use, all of it for None, at once on disk too.

        Raises:
            RecordingError: it is empty or outside the recording; or the recording is going on.
            DiskFullError: there is no room for it; nothing was changed.
        """
        if trim and not self.start_us <= trim.start_us < trim.end_us <= self.end_us:
            where = self.path or Path(self.name)
            raise RecordingError(
                f"{where} was not trimmed: {trim.start_us} to {trim.end_us} us is empty or not "
                f"inside the recording ({self.start_us} to {self.end_us} us).",
                where,
            )
        self._save(trim=trim)

    def set_video(self, video: Video | None) -> None:
        """Note the film that was taken with it, at once on disk too.

        Raises:
            RecordingError: the recording is going on.
            DiskFullError: there is no room for it; nothing was changed.
        """
        self._save(video=video)

    def _save(self, **changes: Any) -> None:
        if self.path is not None:
            try:
                with open_alone(samples_file(self.path)):
                    # Read again: another program may have changed it since.
                    replace(Description.load(self.path), **changes).save(self.path)
            except OSError as error:
                state = "The labels are as they were before."
                raise disk_error(error, self.path / DESCRIPTION_FILE, state) from error
        self.description = replace(self.description, **changes)


def samples_file(folder: Path) -> Path:
    """The samples.csv in `folder`.

    Raises:
        RecordingError: the folder or the file is missing.
    """
    if not folder.is_dir():
        raise RecordingError(
            f"There is no recording folder {folder}: check the path, or record one with "
            "`motionloop record`.",
            folder,
        )
    path = folder / SAMPLES_FILE
    if not path.exists():
        raise RecordingError(
            f"{path} is missing: put it back from a backup, or delete the folder, for without it "
            "no sample of this recording is left.",
            path,
        )
    return path


def open_all(folder: str | Path) -> list[Recording]:
    """Every recording in `folder`, in order of name.

    Raises:
        RecordingError: there is none, or one of them cannot be read.
    """
    root = Path(folder)
    found = sorted(
        path
        for path in (root.iterdir() if root.is_dir() else ())
        if (path / SAMPLES_FILE).exists() or (path / DESCRIPTION_FILE).exists()
    )
    if not found:
        raise RecordingError(
            f"There are no recordings in {root}: make one with `motionloop record`, or name the "
            "folder that holds them.",
            root,
        )
    return [Recording.open(path) for path in found]


def find_gaps(seq: NDArray[np.int64], t_us: NDArray[np.int64], rate_hz: float) -> list[Gap]:
    """The places in `seq` [n] and `t_us` [n] where samples are missing.

    A jump in `seq` was lost on the link. A step in time of more than 1.5 periods without such a
    jump was lost at the sensor, before it was numbered.
    """
    period_us = 1e6 / rate_hz
    step, step_us = np.diff(seq), np.diff(t_us)
    gaps = []
    for i in np.flatnonzero((step > 1) | (step_us > _GAP_PERIODS * period_us)).tolist():
        jump = int(step[i]) - 1
        by_time = round(int(step_us[i]) / period_us) - 1
        # Samples can be lost at the sensor and on the link in the same place: the time tells.
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
    """How many of the samples [n, 6] are saturated."""
    return int(is_saturated(raw).sum())


def measure(samples: int, span_us: int, gaps: Iterable[Gap], saturated: int) -> Quality:
    """The quality of `samples` samples from first to last over `span_us`."""
    gaps = list(gaps)
    steps = samples - 1 - len(gaps)
    steps_us = span_us - sum(gap.end_us - gap.start_us for gap in gaps)
    return Quality(
        samples=samples,
        duration_s=span_us / 1e6,
        rate_hz=steps / steps_us * 1e6 if steps > 0 and steps_us > 0 else 0.0,
        lost=sum(gap.missing for gap in gaps),
        gaps=len(gaps),
        saturated=saturated,
    )


def _span(t_us: NDArray[np.int64]) -> tuple[int, int]:
    """The first time and the one just after the last; 0, 0 without samples."""
    return (int(t_us[0]), int(t_us[-1]) + 1) if len(t_us) else (0, 0)


def _segments_within(
    description: Description, t_us: NDArray[np.int64]
) -> tuple[list[Segment], list[Segment]]:
    """The segments cut to the samples there are, and those that lie outside them.

    A segment that was open when the recording was cut off ends at the last sample.
    """
    start_us, end_us = _span(t_us)
    segments = list(description.segments)
    opened = description.open_segment
    if opened is not None:
        since_us = start_us if opened.start_us is None else opened.start_us
        if since_us < end_us:
            segments.append(Segment(since_us, end_us, opened.label))
    within, left_out = [], []
    for segment in segments:
        if start_us <= segment.start_us < end_us:
            within.append(replace(segment, end_us=min(segment.end_us, end_us)))
        else:
            left_out.append(segment)
    return within, left_out
