"""Short holes bridged in memory, so that a window can span them; on disk nothing is invented.

What is received over the air has holes of 10 to 40 ms, several per second
(`nano33ble_ankle.npz`, issue 15). Without a bridge no window of such a file is whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import Gap

_MOST_PER_PERIOD = 2  # a gap that declares more samples than fit its time is not bridged


@dataclass(frozen=True)
class Bridged:
    """A recording whose short holes are filled.

    Attributes:
        recording: In memory only; the holes that were too long are still gaps.
        invented: Which of its samples [n] lie on the straight line over a hole.
    """

    recording: Recording
    invented: NDArray[np.bool_]


def bridge(recording: Recording, longest_ms: float) -> Bridged:
    """Fill the holes of a recording with samples on the straight line over each hole.

    Args:
        recording: Any recording; it stays as it is.
        longest_ms: Longest hole that is filled, from the sample before it to the sample after it;
            0 for none. If the recording has a longer bridge of its own, that counts.

    Returns:
        The recording with as many samples more as its short gaps have missing.
    """
    longest_us = 1000 * max(longest_ms, recording.description.bridge_ms)
    period_us = 1e6 / recording.rate_hz
    short: list[Gap] = []
    others: list[Gap] = []
    for gap in recording.gaps:
        length_us = gap.end_us - gap.start_us
        plausible = 0 < gap.missing <= _MOST_PER_PERIOD * length_us / period_us
        kind = short if plausible and length_us <= longest_us else others
        kind.append(gap)
    if not short:
        return Bridged(recording, np.zeros(len(recording.seq), bool))
    before = np.searchsorted(recording.seq, [gap.after_seq for gap in short])
    missing = np.array([gap.missing for gap in short])
    # Where each sample goes: one place on, and as many more as were filled before it.
    steps = np.ones(len(recording.seq), np.int64)
    steps[0] = 0
    steps[before + 1] += missing
    place = np.cumsum(steps)
    filled = np.arange(place[-1] + 1)
    t_us = np.rint(np.interp(filled, place, recording.t_us)).astype(np.int64)
    raw = np.rint([np.interp(filled, place, axis) for axis in recording.raw.T])
    invented = np.ones(len(filled), bool)
    invented[place] = False
    # Numbered anew, for samples that the sensor lost had no numbers. A hole that is left is found
    # by its gap, not by a jump.
    seq = recording.seq[0] + filled
    left = tuple(_renumbered(gap, recording.seq, place) for gap in others)
    description = replace(recording.description, gaps=left, samples=len(filled))
    made = Recording(description, seq, t_us, raw.T.astype(np.int16), recording.path)
    return Bridged(made, invented)


def _renumbered(gap: Gap, seq: NDArray[np.int64], place: NDArray[np.int64]) -> Gap:
    before = int(np.searchsorted(seq, gap.after_seq))
    return replace(gap, after_seq=int(seq[0] + place[before]))
