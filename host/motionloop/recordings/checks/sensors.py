"""What a sensor shows when it does not measure: dead axes, held and copied rows, ends, rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motionloop.recordings.recording import Recording

_HOLE_PERIODS = 1.5  # a longer step in time is a hole
_LEAST_S = 2.0  # shorter ones say nothing of a sensor
_LEAST_SAMPLES = 50

_HELD_S = 2.0  # no sensor gives the same six numbers for so long
_REPEATED_SHARE = 0.1
_MOVING_G = 0.05  # deviation within a tenth of a second: what moves so does not repeat a number

_COPY_ROWS = 16  # rows that must be equal, one after the other
_COPY_EVERY = 8  # of such places one is compared
_FEWEST_COPIES = 8  # compared places: about as many rows as _COPY_EVERY times this

_CLIPPED_ROWS = 5
_CLIPPED_TIMES = 5  # more than at the next lower values
_LEAST_END = (1.2, 1.0)  # g and rad/s: gravity alone and noise have no end
_NEXT_VALUES = 5

AXIS_NAMES = ("ax", "ay", "az", "gx", "gy", "gz")


@dataclass(frozen=True)
class Clipped:
    """Samples at the end of a sensor's range.

    Attributes:
        samples: Samples with any axis at an end.
        accel_g: The end of acceleration; 0 where it has none.
        gyro_rad_s: The end of rotation; 0 where it has none.
    """

    samples: int
    accel_g: float
    gyro_rad_s: float


@dataclass(frozen=True)
class Copy:
    """Samples that are there twice.

    Attributes:
        recording: Index of the recording with the later copy.
        of: Index of the recording with the earlier one.
        seconds: About how long the copy is.
    """

    recording: int
    of: int
    seconds: float


def dead_axes(recording: Recording) -> tuple[int, ...]:
    """The axes that have one value throughout; none for a recording too short to say."""
    if not _is_long(recording):
        return ()
    flat = (recording.raw == recording.raw[0]).all(axis=0)
    return tuple(np.flatnonzero(flat).tolist())


def longest_hold_s(recording: Recording) -> float:
    """How long the longest stretch is in which no axis changes, in seconds."""
    if not _is_long(recording):
        return 0.0
    same = (np.diff(recording.raw, axis=0) == 0).all(axis=1)
    changes = np.flatnonzero(np.r_[True, ~same, True])
    longest = int(np.diff(changes).max())
    return longest / recording.rate_hz if longest / recording.rate_hz >= _HELD_S else 0.0


def repeated_share(recording: Recording) -> float:
    """The share of rows of acceleration that repeat the one before while the sensor moves."""
    size = max(round(recording.rate_hz / 10), 4)
    count = len(recording.raw) // size
    if not _is_long(recording) or count < _LEAST_SAMPLES // 4:
        return 0.0
    raw = recording.raw[: count * size, :3]
    moves = recording.accel_g[: count * size].reshape(count, size, 3).std(axis=1).max(axis=1)
    same = (np.diff(raw, axis=0) == 0).all(axis=1)
    moving = np.repeat(moves > _MOVING_G, size)[1:]
    share = float(same[moving].mean()) if moving.sum() >= _LEAST_SAMPLES else 0.0
    return share if share >= _REPEATED_SHARE else 0.0


def clipped(recording: Recording) -> Clipped | None:
    """The samples that pile up at the largest value of an axis; None where they do not.

    A sensor's end is where values stop: many at the largest value, and few just below it.
    """
    ends = [0.0, 0.0]
    at_end = np.zeros(len(recording.raw), bool)
    nano = recording.board.format.nano_per_lsb
    for axis in range(recording.raw.shape[1] if _is_long(recording) else 0):
        column = recording.raw[:, axis].astype(np.int32)
        for sign in (1, -1):
            turned = sign * column
            value = int(turned.max()) * nano[axis] / 1e9
            if value >= _LEAST_END[axis // 3] and _piles_up(turned):
                at_end |= turned == turned.max()
                ends[axis // 3] = max(ends[axis // 3], value)
    return Clipped(int(at_end.sum()), *ends) if at_end.any() else None


def _piles_up(column: NDArray[np.int32]) -> bool:
    most = int(column.max())
    at_end = int((column == most).sum())
    if at_end < _CLIPPED_ROWS:
        return False
    below = column[(column < most) & (column > most - max(most // 20, 1))]
    _, counts = np.unique(below, return_counts=True)
    next_values = counts[-_NEXT_VALUES:]
    return bool(at_end >= _CLIPPED_TIMES * (next_values.mean() if len(next_values) else 0))


def measured_rate_hz(recording: Recording) -> float:
    """The mean rate of the steps in time that are no holes; 0 for a recording too short to say."""
    if not _is_long(recording):
        return 0.0
    steps = np.diff(recording.t_us)
    whole = steps[steps <= _HOLE_PERIODS * np.median(steps)]
    return 1e6 / float(whole.mean())


def copies(recordings: Sequence[Recording]) -> list[Copy]:
    """Find motion that is there twice, in one recording or in two.

    Args:
        recordings: All of them together.

    Returns:
        One copy per pair of recordings, in the order of the later ones.
    """
    keys, owners, places = [], [], []
    for number, recording in enumerate(recordings):
        key = _row_keys(recording.raw)
        chosen = np.flatnonzero(key % np.uint64(_COPY_EVERY) == 0)
        chosen = chosen[key[chosen] != 0]
        keys.append(key[chosen])
        places.append(chosen)
        owners.append(np.full(len(chosen), number))
    if not keys:
        return []
    key, owner = np.concatenate(keys), np.concatenate(owners)
    place = np.concatenate(places)
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    source = first[group]
    # Neighbours within the same rows are one motion, such as a wave of a synthetic wearer.
    near = (owner[source] == owner) & (np.abs(place[source] - place) < _COPY_ROWS)
    twice = np.flatnonzero((source != np.arange(len(key))) & ~near)
    pairs, counts = np.unique(
        np.stack([owner[twice], owner[source[twice]]]), axis=1, return_counts=True
    )
    return [
        Copy(int(later), int(earlier), count * _COPY_EVERY / recordings[later].rate_hz)
        for (later, earlier), count in zip(pairs.T, counts.tolist(), strict=True)
        if count >= _FEWEST_COPIES
    ]


def _row_keys(raw: NDArray[np.int16]) -> NDArray[np.uint64]:
    """A hash of each _COPY_ROWS rows that follow each other [n - 15]; 0 where nothing moves."""
    if len(raw) < _COPY_ROWS:
        return np.empty(0, np.uint64)
    row = np.zeros(len(raw), np.uint64)
    with np.errstate(over="ignore"):
        for column in raw.T:
            row = (row ^ column.astype(np.uint16).astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
            row ^= row >> np.uint64(29)
        count = len(raw) - _COPY_ROWS + 1
        key = np.zeros(count, np.uint64)
        for offset in range(_COPY_ROWS):
            key = (key ^ row[offset : offset + count]) * np.uint64(0xBF58476D1CE4E5B9)
            key ^= key >> np.uint64(32)
    changes = np.r_[0, np.cumsum(row[1:] != row[:-1])]
    key[changes[_COPY_ROWS - 1 :] - changes[:count] < _COPY_ROWS // 2] = 0
    return key


def _is_long(recording: Recording) -> bool:
    return len(recording.raw) >= max(_LEAST_SAMPLES, _LEAST_S * recording.rate_hz)
