"""The picture of a recording at any zoom, drawn with a few thousand points.

A pyramid of minima and maxima: the finest level has 16 samples per bin, each level above half as
many bins. A view is drawn from the level that fits its pixels, so that no peak is ever left out,
and from the samples themselves once they fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motionloop.errors import RecordingError
from motionloop.recordings import samples_csv
from motionloop.recordings.recording import is_saturated, samples_file
from motionloop.recordings.recording_json import Description
from motionloop.safe_files import open_to_read

BIN = 16  # samples per bin of the finest level
_BINS_PER_PIXEL = 2
_SAMPLES_PER_PIXEL = 3
_GAP_STEPS = 1.6  # a longer step is not bridged by a line
_SPOTS = 500  # a preview reads the file at so many places
_SPOT_BYTES = 768  # about eight lines


@dataclass(frozen=True)
class Curves:
    """Points to draw: `t_us` int64 [k], `raw` int16 [k, 6]; `joined` bool [k] says which points
    are joined with the next one, None: all of them."""

    t_us: NDArray[np.int64]
    raw: NDArray[np.int16]
    joined: NDArray[np.bool_] | None


@dataclass(frozen=True)
class ZoomLevel:
    """m bins: the first time of each `start_us` int64 [m], `low` and `high` int16 [m, 6]."""

    start_us: NDArray[np.int64]
    low: NDArray[np.int16]
    high: NDArray[np.int16]
    step_us: float  # from bin to bin where nothing is missing

    def halved(self) -> ZoomLevel:
        """Half as many bins of twice the length."""
        pairs = np.arange(0, len(self.start_us), 2)
        return ZoomLevel(
            self.start_us[::2],
            np.minimum.reduceat(self.low, pairs),
            np.maximum.reduceat(self.high, pairs),
            2 * self.step_us,
        )


def finest_level(t_us: NDArray[np.int64], raw: NDArray[np.int16], rate_hz: float) -> ZoomLevel:
    """The bins of `t_us` [n] and `raw` [n, 6]."""
    starts = np.arange(0, len(t_us), BIN)
    whole = len(t_us) // BIN
    shaped = raw[: whole * BIN].reshape(whole, BIN, raw.shape[1])
    low, high = shaped.min(axis=1), shaped.max(axis=1)
    if len(starts) > whole:
        low = np.concatenate([low, raw[whole * BIN :].min(axis=0, keepdims=True)])
        high = np.concatenate([high, raw[whole * BIN :].max(axis=0, keepdims=True)])
    return ZoomLevel(t_us[::BIN], low, high, BIN * 1e6 / rate_hz)


class Overview:
    """The pyramid above the level `finest`, and below it the samples: `t_us` [n], `raw` [n, 6],
    both empty when only a preview is known."""

    def __init__(self, finest: ZoomLevel, t_us: NDArray[np.int64], raw: NDArray[np.int16]) -> None:
        self.t_us, self.raw = t_us, raw
        self.levels = [finest]
        while len(self.levels[-1].start_us) > 2:
            self.levels.append(self.levels[-1].halved())

    @property
    def start_us(self) -> int:
        return int(self.levels[0].start_us[0]) if len(self.levels[0].start_us) else 0

    @property
    def end_us(self) -> int:
        """Just after the last sample; of a preview, just after the last bin's start."""
        times = self.t_us if len(self.t_us) else self.levels[0].start_us
        return int(times[-1]) + 1 if len(times) else 0

    @property
    def largest(self) -> tuple[int, int]:
        """The largest magnitude of acceleration and of rotation, raw; 1 where there is none."""
        top = self.levels[-1]
        if not len(top.low):
            return 1, 1
        peak = np.maximum(np.abs(top.low.astype(int)), np.abs(top.high.astype(int))).max(axis=0)
        return max(int(peak[:3].max()), 1), max(int(peak[3:].max()), 1)

    def curves(self, start_us: float, end_us: float, pixels: int) -> Curves:
        """The curves of the times from `start_us` to `end_us` on a line of `pixels`."""
        if (samples := self._samples(start_us, end_us, pixels)) is not None:
            t_us = self.t_us[samples]
            step_us = self.levels[0].step_us / BIN
            return Curves(t_us, self.raw[samples], _joined(t_us, step_us))
        level, shown = self._level(start_us, end_us, pixels)
        start, low, high = level.start_us[shown], level.low[shown], level.high[shown]
        bins_joined = _joined(start, level.step_us)
        joined = None
        if bins_joined is not None:
            joined = np.ones(2 * len(start), np.bool_)
            joined[1::2] = bins_joined
        return Curves(
            np.stack([start, start + int(level.step_us / 2)], axis=1).reshape(-1),
            np.stack([low, high], axis=1).reshape(-1, low.shape[1]),
            joined,
        )

    def saturated(self, start_us: float, end_us: float, pixels: int) -> NDArray[np.bool_]:
        """Marks pixels that have a sample at the end of some axis's range, bool [pixels]."""
        if (samples := self._samples(start_us, end_us, pixels)) is not None:
            times, low, high = self.t_us[samples], self.raw[samples], self.raw[samples]
            step_us = self.levels[0].step_us / BIN
        else:
            level, shown = self._level(start_us, end_us, pixels)
            times, low, high = level.start_us[shown], level.low[shown], level.high[shown]
            step_us = level.step_us
        at_end = is_saturated(low) | is_saturated(high)
        first, last = (
            ((times[at_end] + length_us - start_us) / (end_us - start_us) * pixels).astype(int)
            for length_us in (0, step_us)
        )
        in_view = (last >= 0) & (first < pixels)
        steps = np.zeros(pixels + 1, np.int64)
        np.add.at(steps, first[in_view].clip(0), 1)
        np.add.at(steps, last[in_view].clip(max=pixels - 1) + 1, -1)
        marked: NDArray[np.bool_] = steps[:-1].cumsum() > 0
        return marked

    def _samples(self, start_us: float, end_us: float, pixels: int) -> slice | None:
        """The samples in view, if they are known and not too many."""
        if not len(self.t_us):
            return None
        shown = _shown(self.t_us, start_us, end_us)
        return shown if shown.stop - shown.start <= _SAMPLES_PER_PIXEL * pixels else None

    def _level(self, start_us: float, end_us: float, pixels: int) -> tuple[ZoomLevel, slice]:
        for level in self.levels:
            shown = _shown(level.start_us, start_us, end_us)
            if shown.stop - shown.start <= _BINS_PER_PIXEL * pixels:
                break
        return level, shown


def preview(folder: Path) -> Overview | None:
    """A first look at a long recording, from a few lines at many places of its samples.csv.

    Peaks between these places are missing. None when some line there is no sample.

    Raises:
        RecordingError: a file is missing or recording.json says something impossible.
    """
    description = Description.load(folder)
    path = samples_file(folder)
    spots: list[bytes] = []
    with open_to_read(path) as file:
        places = np.linspace(0, max(path.stat().st_size - _SPOT_BYTES, 0), _SPOTS).astype(int)
        for place in np.unique(places).tolist():
            file.seek(place)
            whole, _ = samples_csv.split_torn(file.read(_SPOT_BYTES))
            spots.append(whole.partition(b"\n")[2])
    content = samples_csv.HEADER + b"".join(spots)
    try:
        _, t_us, raw = samples_csv.parse(content, path, description.board.format)
    except RecordingError:
        return None
    counts = np.array([spot.count(b"\n") for spot in spots])
    starts = (np.cumsum(counts) - counts)[counts > 0]
    if not len(starts):
        return None
    start_us = t_us[starts]
    finest = ZoomLevel(
        start_us,
        np.minimum.reduceat(raw, starts),
        np.maximum.reduceat(raw, starts),
        float(np.median(np.diff(start_us))) if len(starts) > 1 else 1.0,
    )
    return Overview(finest, t_us[:0], raw[:0])


def _shown(t_us: NDArray[np.int64], start_us: float, end_us: float) -> slice:
    """The times from start to end, and one more at both sides so that lines reach the edges."""
    first, last = np.searchsorted(t_us, [int(start_us), int(end_us) + 1])
    return slice(max(int(first) - 1, 0), min(int(last) + 1, len(t_us)))


def _joined(t_us: NDArray[np.int64], step_us: float) -> NDArray[np.bool_] | None:
    joined: NDArray[np.bool_] = np.diff(t_us, append=t_us[-1:]) <= _GAP_STEPS * step_us
    return None if joined.all() else joined
