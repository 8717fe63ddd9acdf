"""The input of a sensor: a wearer's or a recording's motion, at the sensor's own rate."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Protocol

import numpy as np

from motionloop.sample_format import SampleFormat
from motionloop.virtual.motion import Motion

Axes = tuple[int, int, int, int, int, int]


class Feed(Protocol):
    """The samples of one sensor, in its steps and in the board's axes."""

    def next(self) -> Axes: ...


class MotionFeed:
    """A motion of the virtual board, brought to a sensor's rate and scale.

    A motion at that rate and scale passes unchanged, so that the board's stream can be compared
    with the motion bit for bit. Other motions are interpolated in time, linearly. The end of a
    motion leaves the sensor at its last values.
    """

    def __init__(self, motion: Motion, samples: SampleFormat) -> None:
        given = motion.sensor.format
        self._motion = motion
        self._scale = np.array(given.nano_per_lsb) / samples.nano_per_lsb
        self._same = given == samples
        self._step = given.rate_hz / samples.rate_hz  # periods of the motion per sample
        self._samples: Iterator[Axes] = self._same_rate() if self._same else self._interpolated()

    def next(self) -> Axes:
        return next(self._samples)

    def _taken(self) -> Iterator[tuple[int, Axes]]:
        """The motion's samples with the period of each, counted from the beginning."""
        begun, silent = 0, 0
        while silent < 1000:
            raw, when = self._motion.take_samples(16)
            for sample, period in zip(raw.tolist(), when.tolist(), strict=True):
                yield begun + period, tuple(sample)
            silent = 0 if len(raw) else silent + 1
            begun += 16

    def _same_rate(self) -> Iterator[Axes]:
        last: Axes = (0, 0, 0, 0, 0, 0)
        next_period = 0
        for period, sample in self._taken():
            while next_period < period:  # the motion has a gap there; a sensor has none
                yield last
                next_period += 1
            yield sample
            last, next_period = sample, period + 1
        while True:
            yield last

    def _interpolated(self) -> Iterator[Axes]:
        taken = self._taken()
        behind: deque[tuple[int, Axes]] = deque(maxlen=2)
        behind.append(next(taken, (0, (0, 0, 0, 0, 0, 0))))
        at = 0.0
        while True:
            while behind[-1][0] < at:
                following = next(taken, None)
                behind.append(following or (1 << 62, behind[-1][1]))
            (t0, first), (t1, second) = behind[0], behind[-1]
            share = 0.0 if t1 == t0 else min(max((at - t0) / (t1 - t0), 0.0), 1.0)
            mixed = np.array(first) * (1 - share) + np.array(second) * share
            codes = np.clip(np.rint(mixed * self._scale), -32768, 32767).astype(int)
            yield (int(codes[0]), int(codes[1]), int(codes[2]),
                   int(codes[3]), int(codes[4]), int(codes[5]))  # fmt: skip
            at += self._step
