"""One continuous piece of motion as a data file holds it, before it becomes a recording."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motionloop.language import tr
from motionloop.recordings.segments import Segment


def documented() -> str:
    """Evidence for the units of a whole data set."""
    return tr("as the data set's documentation says")


def rate_said(rate_hz: float, evidence: str) -> str:
    """A rate that somebody says, and how it is known."""
    return tr("{rate_hz:g} Hz, {evidence}", rate_hz=rate_hz, evidence=evidence)


def rate_measured(rate_hz: float) -> str:
    """A rate that times show."""
    return tr("{rate_hz:.5g} Hz by the times", rate_hz=rate_hz)


def acceleration_is_sum(first: str, other: str) -> str:
    """What is said of an acceleration that the file has in two parts."""
    return tr("acceleration is the sum of {first} and {other}", first=first, other=other)


def files_left_out(names: Iterable[str]) -> str:
    """Which files of a recording's folder are not read."""
    return tr("files left out: {names}", names=", ".join(names))


def without_rotation(samples: int) -> str:
    """What is left out of two sensors that do not measure at the same times."""
    return tr("{count} samples without rotation near them left out", count=samples)


@dataclass(frozen=True)
class Axes:
    """The three axes of one sensor.

    Attributes:
        values: Numbers [n, 3] as the file has them.
        unit: A unit that `units` knows; None when the file does not say it.
        evidence: How the unit is known, in words; empty without a unit.
    """

    values: NDArray[np.float64]
    unit: str | None = None
    evidence: str = ""


@dataclass(frozen=True)
class Take:
    """One continuous piece of motion, with what its file says of it.

    Attributes:
        name: Proposed name of the recording; need not be unique.
        t_us: Times [n] in microseconds, increasing; those of the file, from any origin. `timing`
            makes them of what files have.
        rate_hz: Samples per second outside holes.
        acceleration: Of the same n samples.
        rotation: Of the same n samples; None without a gyroscope.
        segments: Labelled spans on the clock of `t_us`.
        wearer: The person; empty if unknown.
        placement: Where the sensor was worn; empty if unknown.
        created: When it was made, ISO 8601; empty if unknown.
        zero_utc_us: UTC when the clock of `t_us` was 0, in microseconds since 1970; None where the
            file's times are not absolute.
        files: The files that the samples come from.
        notes: What was left out, joined or changed, with counts; how rate and columns are known.
    """

    name: str
    t_us: NDArray[np.int64]
    rate_hz: float
    acceleration: Axes
    rotation: Axes | None = None
    segments: tuple[Segment, ...] = ()
    wearer: str = ""
    placement: str = ""
    created: str = ""
    zero_utc_us: int | None = None
    files: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()


def segments_of_rows(t_us: NDArray[np.int64], labels: NDArray[np.object_]) -> tuple[Segment, ...]:
    """Make a segment of each run of equal labels, to just after its last sample.

    Args:
        t_us: Times [n] in microseconds, increasing.
        labels: A text for each sample [n]; None or "" where there is no label.

    Returns:
        The segments in the order of time.
    """
    inner = np.flatnonzero(labels[1:] != labels[:-1]) + 1
    bounds = zip([0, *inner.tolist()], [*inner.tolist(), len(labels)], strict=True)
    return tuple(
        Segment(int(t_us[start]), int(t_us[end - 1]) + 1, str(labels[start]))
        for start, end in bounds
        if end > start and labels[start]
    )
