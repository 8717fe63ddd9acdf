"""Rate and scales of raw samples as one value, as the core has them (windower.h)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from motionloop import wire


@dataclass(frozen=True)
class SampleFormat:
    """Rate and scales of raw samples.

    Attributes:
        rate_hz: The sensor's nominal rate, samples per second.
        accel_ng_per_lsb: Nano-g per step of the accelerometer's int16.
        gyro_nrads_per_lsb: Nano-rad/s per step of the gyroscope's int16.
    """

    rate_hz: float
    accel_ng_per_lsb: int
    gyro_nrads_per_lsb: int

    @classmethod
    def from_info(cls, info: wire.Info) -> Self:
        """The format of the samples that the board of this Info streams."""
        return cls(info.native_rate_mhz / 1000, info.accel_ng_per_lsb, info.gyro_nrads_per_lsb)

    @property
    def rate_mhz(self) -> int:
        """The rate in millihertz, as the core counts it."""
        return round(self.rate_hz * 1000)

    @property
    def period_us(self) -> float:
        return 1e6 / self.rate_hz

    @property
    def nano_per_lsb(self) -> tuple[int, ...]:
        """The scale of each of the six axes, in nano-g and nano-rad/s."""
        return (self.accel_ng_per_lsb,) * 3 + (self.gyro_nrads_per_lsb,) * 3
