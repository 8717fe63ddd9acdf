"""The source of a virtual board's samples: the synthetic wearer or recordings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from motionloop import wire
from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.recordings.recording import Recording
from motionloop.sample_format import SampleFormat
from motionloop.virtual.wearer import SyntheticWearer


@dataclass(frozen=True)
class Sensor:
    """An IMU's fixed properties."""

    imu: wire.Imu
    format: SampleFormat
    accel_range_g: float
    gyro_range_dps: float


# The ranges that our firmware sets: +-4 g, the libraries' default, clips a runner.
LSM9DS1 = Sensor(wire.Imu.LSM9DS1, SampleFormat(119.0, 244_000, 1_221_730), 8.0, 2000.0)
BMI270 = Sensor(wire.Imu.BMI270, SampleFormat(99.84, 244_141, 1_065_264), 8.0, 2000.0)


Samples = tuple[NDArray[np.int16], NDArray[np.int64]]


class Motion(Protocol):
    """The motion of a sensor. Time goes on in periods of its rate; most of them bring a sample."""

    sensor: Sensor
    synthetic: bool

    def take_samples(self, periods: int) -> Samples:
        """The samples of the next `periods`: int16 [n, 6], and their periods, int64 [n]."""
        ...


class SyntheticMotion:
    """A synthetic wearer seen by a real sensor: its noise, its steps, its ends of range."""

    synthetic = True
    _NOISE = 0.003  # g and rad/s of one sample, about what a board at rest shows

    def __init__(self, wearer: SyntheticWearer, sensor: Sensor, seed: int = 0) -> None:
        self.wearer, self.sensor = wearer, sensor
        self._rng = np.random.default_rng([seed, 77])
        self._bias = np.append(np.zeros(3), self._rng.normal(0, 0.01, 3))  # of the gyroscope
        self._scale = np.array([nano * 1e-9 for nano in sensor.format.nano_per_lsb])

    def take_samples(self, periods: int) -> Samples:
        motion = self.wearer.take_samples(periods, self.sensor.format.rate_hz)
        motion += self._rng.normal(0, 1, motion.shape) * self._NOISE + self._bias
        codes = np.rint(motion / self._scale).clip(-wire.MAX_RAW - 1, wire.MAX_RAW)
        return codes.astype(np.int16), np.arange(periods)


class ReplayedMotion:
    """Recordings one after the other, bit for bit."""

    def __init__(self, recordings: Sequence[Recording], repeat: bool = False) -> None:
        """Raises DataFileError unless all have one rate and one scale."""
        formats = {recording.board.format for recording in recordings}
        if len(formats) != 1:
            raise DataFileError(
                tr(
                    "{count} recordings with {formats} different rates or scales cannot be "
                    "replayed as one board: replay them one at a time.",
                    count=len(recordings),
                    formats=len(formats),
                )
            )
        samples = formats.pop()
        self.sensor = Sensor(
            wire.Imu.REPLAY,
            samples,
            samples.accel_ng_per_lsb * 32768e-9,
            float(np.rad2deg(samples.gyro_nrads_per_lsb * 32768e-9)),
        )
        self.synthetic = any(r.synthetic for r in recordings)
        self._raw = np.concatenate([r.raw for r in recordings])
        # The period of each sample. Gaps stay gaps; recordings follow each other directly.
        period_us = samples.period_us
        steps = [np.diff(r.t_us, prepend=r.t_us[:1] - period_us) / period_us for r in recordings]
        self._period = np.maximum(np.rint(np.concatenate(steps)), 1).astype(np.int64).cumsum() - 1
        self._now = 0
        self._repeat = repeat

    @property
    def left(self) -> int:
        """Samples that are still to come in this round."""
        return len(self._raw) - int(np.searchsorted(self._period, self._now))

    def take_samples(self, periods: int) -> Samples:
        first, end = np.searchsorted(self._period, [self._now, self._now + periods])
        when = self._period[first:end] - self._now
        self._now += periods
        if self._repeat and end == len(self._raw):
            self._now = 0
        return self._raw[first:end], when
