"""Takes of data files become recordings: units, scales, gaps, provenance."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motionloop import wire
from motionloop.errors import DataFileError, RecordingError
from motionloop.language import in_english, joined, tr
from motionloop.recordings import units
from motionloop.recordings.clock import ClockSpan
from motionloop.recordings.data_file import sha256_of
from motionloop.recordings.file_names import without_halves
from motionloop.recordings.plan import new_label
from motionloop.recordings.read_options import AS_THE_FILE_SAYS, ReadOptions
from motionloop.recordings.recording import Recording, find_gaps
from motionloop.recordings.recording_json import Description, RecordedBoard
from motionloop.recordings.samples_csv import EXACT
from motionloop.recordings.segments import Segment, check_label
from motionloop.recordings.take import Axes, Take
from motionloop.sample_format import SampleFormat

MISSING_IN_FILE = "missing in the file"
PROVENANCE = "imported"  # the key in recording.json
_LARGEST_RAW = wire.MAX_RAW - 1  # the largest that is not saturated
_LARGEST_SCALE = 2**32 - 1  # wire.Info keeps scales as u32


def no_gyroscope() -> str:
    """What is said of a rotation that a file lacks."""
    return tr("no rotation in the file: its three axes are zero")


class UnitError(DataFileError):
    """A unit that neither a file nor its numbers show."""


def with_units(takes: Sequence[Take], options: ReadOptions = AS_THE_FILE_SAYS) -> list[Take]:
    """Decide the units of takes that belong together, where their file does not say them.

    Args:
        takes: All of one source: its sensors have one unit.
        options: A unit there is taken in place of the file's.

    Returns:
        The takes, with a unit and its evidence for each sensor.

    Raises:
        UnitError: The numbers do not show a unit, or the options name none.
    """
    try:
        takes = _decided(takes, options)
    except ValueError as error:
        raise UnitError(tr("{error}.", error=error)) from error
    return takes


def recordings_of(
    read: Sequence[Take | Recording],
    source: Path,
    format_name: str,
    options: ReadOptions = AS_THE_FILE_SAYS,
    accel_ng_per_lsb: int | None = None,
    gyro_nrads_per_lsb: int | None = None,
) -> list[Recording]:
    """Make recordings in memory of what a format read in one source.

    Args:
        read: What `refuse_unwritable` has passed: takes; a recording that MotionLoop exported
            keeps its samples and scales.
        source: The path that was read; it names the board.
        format_name: What was read.
        options: Corrections to what the file says.
        accel_ng_per_lsb: Nano-g per step of the int16 samples. A value outside the range
            saturates, as on a board. By default the finest scale that holds every value.
        gyro_nrads_per_lsb: Nano-rad/s per step, in the same way.

    Returns:
        One recording per take; names are made different.

    Raises:
        DataFileError: A unit cannot be known, a value is too large or no number, or a label
            cannot be carried by a board.
    """
    takes = [_from_zero(_checked(take, source)) for take in read if isinstance(take, Take)]
    takes = with_units(takes, options)
    motion = [_motion(take) for take in takes]
    scales = (
        accel_ng_per_lsb or _finest_scale(source, tr("acceleration"), [m[:, :3] for m in motion]),
        gyro_nrads_per_lsb or _finest_scale(source, tr("rotation"), [m[:, 3:] for m in motion]),
    )
    hashes = _Hashes()
    converted = iter(
        _converted(take, values, source, scales) for take, values in zip(takes, motion, strict=True)
    )
    said = iter(takes)
    made, parts = [], Counter[str]()
    for one in read:
        if isinstance(one, Take):
            recording, take = next(converted), next(said)
            provenance = {
                "files": hashes.of(take.files or (source,)),
                "accel_unit": in_english(_said(take.acceleration)),
                "gyro_unit": in_english(_said(take.rotation) if take.rotation else no_gyroscope()),
                "notes": [*map(in_english, take.notes)],
            }
        else:
            recording = one
            provenance = {"files": hashes.of((source,)), "notes": [*map(in_english, one.problems)]}
        parts[recording.name] += 1
        number = parts[recording.name]
        name = recording.name if number == 1 else f"{recording.name} part {number}"
        provenance = {"format": in_english(format_name), "take": name, **provenance}
        description = _corrected(recording.description, recording.t_us, source, options)
        document = {**description.document, PROVENANCE: provenance}
        made.append(
            replace(recording, description=replace(description, name=name, document=document))
        )
    return made


def refuse_unwritable(
    read: Iterable[Take | Recording], source: Path, options: ReadOptions = AS_THE_FILE_SAYS
) -> None:
    """Refuse what no folder of a recording can hold so that it opens again.

    Args:
        read: What a format read in one source.
        source: The path that was read.
        options: Corrections to what the file says.

    Raises:
        DataFileError: A text, a time, a label or the rate cannot be.
    """
    for one in read:
        file = source
        if isinstance(one, Take):
            file, take = one.files[0] if one.files else source, _from_zero(one)
            made = _described(take, source, (1, 1)), np.arange(len(take.t_us)), take.t_us
        else:
            made = one.description, one.seq, one.t_us
        _refuse_unwritable(*made, file, options)


def _refuse_unwritable(
    description: Description,
    seq: NDArray[np.int64],
    t_us: NDArray[np.int64],
    file: Path,
    options: ReadOptions,
) -> None:
    described = _corrected(description, t_us, file, options)
    raw = np.empty((len(seq), wire.AXES), np.int16)
    try:
        if len(t_us) and not 0 <= min(seq[0], t_us[0]) <= max(seq[-1], t_us[-1]) < EXACT:
            raise ValueError(tr("its times or numbers are below 0, or too large"))
        if (np.diff(t_us) <= 0).any() or (np.diff(seq) <= 0).any():
            raise ValueError(tr("its times or numbers do not increase"))
        written = Description.from_document(described.to_document())
        Recording.from_samples(file, written, seq, t_us, raw)
    except (ValueError, RecordingError) as error:
        raise DataFileError(
            tr("{source} cannot be used: {error}.", source=file, error=error.__cause__ or error)
        ) from error


def _converted(
    take: Take, motion: NDArray[np.float64], source: Path, scales: tuple[int, int]
) -> Recording:
    """The recording of a take: `motion` is [n, 6] in g and rad/s."""
    raw = np.rint(motion * 1e9 / np.repeat(scales, 3))
    raw = raw.clip(-wire.MAX_RAW - 1, wire.MAX_RAW).astype(np.int16)
    seq = np.arange(len(raw), dtype=np.int64)
    gaps = find_gaps(seq, take.t_us, take.rate_hz)
    description = replace(
        _described(take, source, scales),
        gaps=tuple(replace(gap, reason=MISSING_IN_FILE) for gap in gaps),
    )
    return Recording(description, seq, take.t_us, raw)


def _described(take: Take, source: Path, scales: tuple[int, int]) -> Description:
    """What is said of a take's recording, less its gaps; names of files may be no text."""
    samples = SampleFormat(take.rate_hz, *scales)
    return Description(
        board=RecordedBoard(without_halves(source.stem), samples, imu=wire.Imu.REPLAY.name),
        name=without_halves(take.name),
        wearer=without_halves(take.wearer),
        placement=without_halves(take.placement),
        created=take.created or _modified(take.files[0] if take.files else source),
        segments=take.segments,
        clock=_clock_of(take),
        samples=len(take.t_us),
        closed=True,
    )


def _from_zero(take: Take) -> Take:
    """The take, whose times begin at 0 if they began below: a recording has none there.

    Times that no number of a recording can hold stay, to be refused.
    """
    shift_us = -int(take.t_us[0]) if len(take.t_us) else 0
    if not 0 < shift_us < EXACT:
        return take
    return replace(
        take,
        t_us=take.t_us + shift_us,
        segments=tuple(
            Segment(one.start_us + shift_us, one.end_us + shift_us, one.label)
            for one in take.segments
        ),
        zero_utc_us=None if take.zero_utc_us is None else take.zero_utc_us - shift_us,
    )


def _clock_of(take: Take) -> tuple[ClockSpan, ...]:
    """UTC as a file's absolute times have it; how good they are, nobody knows."""
    if take.zero_utc_us is None:
        return ()
    first_us = int(take.t_us[0])
    return (ClockSpan(first_us, take.zero_utc_us + first_us),)


def _motion(take: Take) -> NDArray[np.float64]:
    """Samples [n, 6] in g and rad/s; zeros for a gyroscope that is not there."""
    accel = take.acceleration.values * _accel_factor(take)
    rotation = take.rotation.values * _gyro_factor(take) if take.rotation else np.zeros_like(accel)
    return np.hstack((accel, rotation))


def _checked(take: Take, source: Path) -> Take:
    """The take, unless it has no samples or some that are no numbers."""
    if not len(take.t_us):
        raise DataFileError(
            tr(
                "{source} holds no samples of {name!r}: check the file.",
                source=source,
                name=take.name,
            )
        )
    bad = ~np.isfinite(take.acceleration.values).all(axis=1)
    if take.rotation:
        bad |= ~np.isfinite(take.rotation.values).all(axis=1)
    if bad.any():
        raise DataFileError(
            tr(
                "{source} has {count} rows that are not numbers, the first is sample {sample} of "
                "{name!r}: correct or remove them.",
                source=source,
                count=bad.sum(),
                sample=np.argmax(bad),
                name=take.name,
            )
        )
    return take


def _corrected(
    description: Description, t_us: NDArray[np.int64], source: Path, options: ReadOptions
) -> Description:
    """The description with what the options say; a label that no board carries is refused."""
    segments = description.segments
    try:
        if options.label and len(t_us):
            label = new_label(options.label)
            segments = (Segment(int(t_us[0]), int(t_us[-1]) + 1, label),)
        for label in {segment.label for segment in segments}:
            check_label(label)
    except ValueError as error:
        raise DataFileError(
            tr(
                "{source} cannot be used: {error}. Give another label there, or one for "
                "all with --label.",
                source=source,
                error=error,
            )
        ) from error
    return replace(
        description,
        segments=segments,
        wearer=options.wearer or description.wearer,
        placement=options.placement or description.placement,
    )


def _decided(takes: Sequence[Take], options: ReadOptions) -> list[Take]:
    accel = options.accel_unit
    if accel:
        units.accel_factor(accel)
        takes = [
            replace(take, acceleration=Axes(take.acceleration.values, accel, tr("as given")))
            for take in takes
        ]
    unknown = [take for take in takes if take.acceleration.unit is None]
    if unknown:
        found = units.judge_acceleration([(t.acceleration.values, t.rate_hz) for t in unknown])
        if found.unit is None:
            raise ValueError(
                tr(
                    "The unit of acceleration in {file} cannot be known: {evidence}. Say it "
                    "with --accel-unit (g, m/s2, mg or 16384/g, the steps per g). If gravity "
                    "was removed, a model of it is of no use on a board, which always measures "
                    "gravity",
                    file=_file_of(unknown[0]),
                    evidence=found.evidence,
                )
            )
        takes = [
            take
            if take.acceleration.unit
            else replace(
                take, acceleration=Axes(take.acceleration.values, found.unit, found.evidence)
            )
            for take in takes
        ]
    gyro = options.gyro_unit
    if gyro:
        units.gyro_factor(gyro)
        takes = [
            replace(take, rotation=Axes(take.rotation.values, gyro, tr("as given")))
            if take.rotation
            else take
            for take in takes
        ]
    open_axes = [(t, t.rotation) for t in takes if t.rotation and t.rotation.unit is None]
    if not open_axes:
        return list(takes)
    found = units.judge_rotation(
        [
            (take.acceleration.values * _accel_factor(take), axes.values, take.rate_hz)
            for take, axes in open_axes
        ]
    )
    if found.unit is None:
        raise ValueError(
            tr(
                "The unit of rotation in {file} cannot be known: {evidence}. Say it with "
                "--gyro-unit (rad/s, deg/s or mdps)",
                file=_file_of(open_axes[0][0]),
                evidence=found.evidence,
            )
        )
    return [
        replace(take, rotation=Axes(take.rotation.values, found.unit, found.evidence))
        if take.rotation and take.rotation.unit is None
        else take
        for take in takes
    ]


def _accel_factor(take: Take) -> float:
    return units.accel_factor(take.acceleration.unit or "")


def _gyro_factor(take: Take) -> float:
    return units.gyro_factor(take.rotation.unit or "") if take.rotation else 0.0


def _finest_scale(source: Path, what: str, pieces: Iterable[NDArray[np.float64]]) -> int:
    """The smallest whole scale with which no value saturates."""
    most = max((float(np.abs(values).max()) for values in pieces), default=0.0)
    scale = most * 1e9 / _LARGEST_RAW  # perhaps infinite
    if scale > _LARGEST_SCALE:
        raise DataFileError(
            tr(
                "{source} has a value of {most:g} in its {what}, too large to be motion: "
                "correct it, or give the unit with --accel-unit or --gyro-unit.",
                source=source,
                most=most,
                what=what,
            )
        )
    return max(math.ceil(scale), 1)


class _Hashes:
    """SHA-256 of files, each computed once."""

    def __init__(self) -> None:
        self._known: dict[Path, str] = {}

    def of(self, files: Sequence[Path]) -> list[dict[str, str]]:
        """Name and hash of each file."""
        for file in files:
            if file not in self._known:
                self._known[file] = sha256_of(file) if file.is_file() else ""
        return [{"name": without_halves(file.name), "sha256": self._known[file]} for file in files]


def _said(axes: Axes) -> str:
    return joined((str(axes.unit), axes.evidence), ": ") if axes.evidence else str(axes.unit)


def _file_of(take: Take) -> str:
    return str(take.files[0]) if take.files else repr(take.name)


def _modified(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone().isoformat()
