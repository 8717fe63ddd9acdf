"""LSM9DS1 (Rev1): accelerometer and gyroscope with a FIFO of 32. Source: ST DocID025715."""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Callable
from typing import Final

from motionloop.nano.processor import MHZ
from motionloop.nano.sensors.feed import Feed
from motionloop.nano.sensors.i2c_chip import I2cChip

ADDRESS: Final = 0x6B
CTRL_REG1_G: Final = 0x10
WHO_AM_I: Final = 0x0F
STATUS_REG: Final = 0x17
OUT_X_L_G: Final = 0x18
CTRL_REG5_XL: Final = 0x1F
CTRL_REG6_XL: Final = 0x20
CTRL_REG8: Final = 0x22
CTRL_REG9: Final = 0x23
OUT_X_L_XL: Final = 0x28
FIFO_CTRL: Final = 0x2E
FIFO_SRC: Final = 0x2F

_RATE_HZ: Final = {0: 0.0, 1: 14.9, 2: 59.5, 3: 119.0, 4: 238.0, 5: 476.0, 6: 952.0}
# Steps of the registers' range in one of +-8 g or +-2000 dps, by the data sheet's sensitivities.
_ACCEL_STEPS: Final = {0: 0.244 / 0.061, 1: 0.244 / 0.732, 2: 0.244 / 0.122, 3: 1.0}
_GYRO_STEPS: Final = {0: 70 / 8.75, 1: 70 / 17.5, 3: 1.0}
_ADDRESS_INCREMENTS: Final = 1 << 2  # of CTRL_REG8
_FIFO_SAMPLES: Final = 32
_BYPASS, _FIFO, _CONTINUOUS = 0, 1, 6


class Lsm9ds1(I2cChip):
    """`feed` gives the samples at +-8 g and +-2000 degrees per second, in the board's axes.

    `overruns` counts samples that the FIFO lost, `taken` those that were read. Its clock is wrong
    by `drift_ppm`.
    """

    def __init__(self, now: Callable[[], int], feed: Feed, drift_ppm: float = 0.0) -> None:
        super().__init__()
        self._now, self._feed, self._drift = now, feed, 1 + drift_ppm * 1e-6
        self.overruns = self.taken = 0
        self._reset()

    def _reset(self) -> None:
        self.registers = {WHO_AM_I: 0x68, CTRL_REG5_XL: 0x38, CTRL_REG6_XL: 0x00, CTRL_REG8: 0x04}
        self._fifo: deque[bytes] = deque()
        self._overrun = False
        self._newest = bytes(12)
        self._unread = False
        self._restart()

    def _restart(self) -> None:
        self._since, self._made = self._now(), 0

    def _rate_hz(self) -> float:
        return _RATE_HZ.get(self.registers.get(CTRL_REG1_G, 0) >> 5, 0.0) * self._drift

    def _measure(self) -> None:
        """Make the samples that are due by now."""
        rate_hz = self._rate_hz()
        if not rate_hz:
            return self._restart()
        due = int((self._now() - self._since) * rate_hz / (MHZ * 1e6))
        while self._made < due:
            self._made += 1
            ax, ay, az, gx, gy, gz = self._feed.next()
            accel = _ACCEL_STEPS[self.registers.get(CTRL_REG6_XL, 0) >> 3 & 3]
            gyro = _GYRO_STEPS.get(self.registers.get(CTRL_REG1_G, 0) >> 3 & 3, 0.0)
            # The chip's y axis points the other way than the board's.
            chip = (gx * gyro, -gy * gyro, gz * gyro, ax * accel, -ay * accel, az * accel)
            codes = (max(-32768, min(32767, round(v))) for v in chip)
            self._newest = struct.pack("<6h", *codes)
            self._unread = True
            mode = self.registers.get(FIFO_CTRL, 0) >> 5
            if self.registers.get(CTRL_REG9, 0) & 2 and mode in (_FIFO, _CONTINUOUS):
                if len(self._fifo) == _FIFO_SAMPLES:
                    self._overrun = True
                    self.overruns += 1
                    if mode == _FIFO:
                        continue
                    self._fifo.popleft()
                self._fifo.append(self._newest)

    def read_register(self, register: int) -> int:
        self._measure()
        if register == FIFO_SRC:
            return len(self._fifo) | (0x40 if self._overrun else 0)
        if register == STATUS_REG:
            return 0x03 if self._fifo or self._unread else 0
        sample = self._fifo[0] if self._fifo else self._newest
        if OUT_X_L_G <= register < OUT_X_L_G + 6:
            return sample[register - OUT_X_L_G]
        if OUT_X_L_XL <= register < OUT_X_L_XL + 6:
            value = sample[6 + register - OUT_X_L_XL]
            if register == OUT_X_L_XL + 5:
                self._unread = False
                if self._fifo:
                    self._fifo.popleft()
                    self._overrun = False
                    self.taken += 1
            return value
        return super().read_register(register)

    def step(self) -> None:
        if self.registers.get(CTRL_REG8, 0) & _ADDRESS_INCREMENTS:
            super().step()

    def write_register(self, register: int, value: int) -> None:
        self._measure()
        if register == CTRL_REG8 and value & 1:
            return self._reset()
        super().write_register(register, value)
        if register in (CTRL_REG1_G, CTRL_REG6_XL):
            self._restart()
        if register == FIFO_CTRL and value >> 5 == _BYPASS:
            self._fifo.clear()
            self._overrun = False
