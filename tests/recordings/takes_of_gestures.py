"""Takes with gestures at known places: a hand that rests, waves, and may walk between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import Description, RecordedBoard
from motionloop.sample_format import SampleFormat
from motionloop.virtual.wearer import SyntheticWearer

START_US = 5_000_000
_G = np.array([0.3, -0.2, 0.933])  # gravity in the axes of the hand that rests


@dataclass(frozen=True)
class Gesture:
    """One gesture: when its middle is and how long it takes, in seconds, and how strong it is."""

    centre_s: float
    length_s: float
    strength: float = 1.0
    swings_hz: float = 2.5
    axis: int = 2  # of the rotation


def take(
    gestures: Sequence[Gesture],
    seconds: float,
    rate_hz: float = 100.0,
    noise: float = 0.003,
    walks: Sequence[tuple[float, float]] = (),
    seed: int = 0,
) -> Recording:
    """A recording in memory.

    `noise` is the sensor's, in g and rad/s; `walks` are the stretches in seconds in which the
    wearer walks.
    """
    samples = SampleFormat(rate_hz, 244_000, 1_221_730)
    rng = np.random.default_rng(seed)
    t_s = np.arange(round(seconds * rate_hz)) / rate_hz
    motion = np.tile(np.r_[_G, 0.0, 0.0, 0.0], (len(t_s), 1))
    for gesture in gestures:
        motion += _swings(gesture, t_s)
    for start_s, end_s in walks:
        here = (t_s >= start_s) & (t_s < end_s)
        walker = SyntheticWearer(seed, "walking")
        walker.take_samples(round(rate_hz), rate_hz)
        motion[here] = walker.take_samples(int(here.sum()), rate_hz)
    motion[:, 3:] += rng.normal(0, 0.03, 3)  # the gyroscope's bias
    motion += rng.normal(0, noise, motion.shape)
    scale = np.array(samples.nano_per_lsb) * 1e-9
    raw = np.rint(motion / scale).clip(-32767, 32767).astype(np.int16)
    t_us = START_US + np.rint(t_s * 1e6).astype(np.int64)
    description = Description(
        RecordedBoard("a hand", samples), "waves", closed=True, samples=len(raw)
    )
    return Recording(description, np.arange(len(raw)), t_us, raw)


def _swings(gesture: Gesture, t_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Swings to and fro under an envelope that rises and falls."""
    since = t_s - gesture.centre_s
    inside = np.abs(since) < gesture.length_s / 2
    envelope = np.where(inside, np.cos(np.pi * since / gesture.length_s) ** 2, 0.0)
    swing = 2 * np.pi * gesture.swings_hz * since
    made = np.zeros((len(t_s), 6))
    made[:, 0] = 0.8 * gesture.strength * envelope * np.cos(swing)
    made[:, 1] = 0.4 * gesture.strength * envelope * np.sin(2 * swing)
    made[:, 3 + gesture.axis] = 4.0 * gesture.strength * envelope * np.sin(swing)
    return made
