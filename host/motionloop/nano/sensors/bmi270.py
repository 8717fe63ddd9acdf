"""BMI270 (Rev2), as far as Bosch's driver and our firmware use it. Source: BST-BMI270-DS000."""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Callable
from typing import Final

from motionloop.nano.processor import MHZ
from motionloop.nano.sensors.feed import Feed
from motionloop.nano.sensors.i2c_chip import I2cChip

ADDRESS: Final = 0x68
CHIP_ID: Final = 0x00
STATUS: Final = 0x03
INTERNAL_STATUS: Final = 0x21
FIFO_LENGTH_0: Final = 0x24
FIFO_LENGTH_1: Final = 0x25
FIFO_DATA: Final = 0x26
ACC_CONF: Final = 0x40
ACC_RANGE: Final = 0x41
GYR_CONF: Final = 0x42
GYR_RANGE: Final = 0x43
FIFO_CONFIG_0: Final = 0x48
FIFO_CONFIG_1: Final = 0x49
INIT_CTRL: Final = 0x59
INIT_ADDR_0: Final = 0x5B
INIT_ADDR_1: Final = 0x5C
INIT_DATA: Final = 0x5E
PWR_CTRL: Final = 0x7D
CMD: Final = 0x7E

_SOFT_RESET: Final = 0xB6
_FIFO_FLUSH: Final = 0xB0
_ACCEL_AND_GYRO: Final = 0x06  # of PWR_CTRL
_FIFO_ACCEL_AND_GYRO: Final = 0xC0  # of FIFO_CONFIG_1
_FIFO_HEADERS: Final = 0x10
_FIFO_STOPS: Final = 0x01  # of FIFO_CONFIG_0: when it is full
_HEADER: Final = b"\x8c"  # of a frame with both
_RATE_HZ: Final = {7: 49.92, 8: 99.84, 9: 199.68, 10: 399.36}  # by ACC_CONF's ODR
_FIFO_BYTES: Final = 2048
_PROGRAM_BYTES: Final = 8192


class Bmi270(I2cChip):
    """`feed` gives the samples at +-8 g and +-2000 degrees per second, in the board's axes.

    The chip starts only with its program: `program` must arrive (None: any program).
    `overruns` counts samples that the FIFO lost, `taken` those that were read.
    """

    def __init__(
        self,
        now: Callable[[], int],
        feed: Feed,
        program: bytes | None = None,
        drift_ppm: float = 0.0,
    ) -> None:
        super().__init__()
        self._now, self._feed, self._program = now, feed, program
        self._drift = 1 + drift_ppm * 1e-6
        self.overruns = self.taken = 0
        self._reset()

    def _reset(self) -> None:
        self.registers = {CHIP_ID: 0x24, STATUS: 0x10, ACC_CONF: 0xA8, ACC_RANGE: 2,
                          GYR_CONF: 0xA9, GYR_RANGE: 0, FIFO_CONFIG_0: 2,
                          FIFO_CONFIG_1: 0x10, 0x7C: 0x03}  # fmt: skip
        self._memory = bytearray(_PROGRAM_BYTES)
        self._started = False
        self._burst = 0  # bytes of the program since its address was set
        self._fifo: deque[bytes] = deque()
        self._at = 0  # byte of the FIFO's first sample
        self._nothing = 0  # the next byte of an empty FIFO
        self._restart()

    def _restart(self) -> None:
        self._since, self._made = self._now(), 0

    def _measure(self) -> None:
        powered = self.registers.get(PWR_CTRL, 0) & _ACCEL_AND_GYRO == _ACCEL_AND_GYRO
        rate_hz = _RATE_HZ.get(self.registers[ACC_CONF] & 0xF, 0.0) * self._drift
        if not powered or not self._started or not rate_hz:
            return self._restart()
        due = int((self._now() - self._since) * rate_hz / (MHZ * 1e6))
        while self._made < due:
            self._made += 1
            ax, ay, az, gx, gy, gz = self._feed.next()
            accel = 8 / (2 << (self.registers[ACC_RANGE] & 3))
            gyro = 2000 / (2000 >> (self.registers[GYR_RANGE] & 7))
            # The chip lies turned by 90 degrees on the board.
            chip = (gy * gyro, -gx * gyro, gz * gyro, ay * accel, -ax * accel, az * accel)
            codes = (max(-32768, min(32767, round(v))) for v in chip)
            self._put(struct.pack("<6h", *codes))

    def _put(self, sample: bytes) -> None:
        config = self.registers[FIFO_CONFIG_1]
        if config & _FIFO_ACCEL_AND_GYRO != _FIFO_ACCEL_AND_GYRO:
            return
        if config & _FIFO_HEADERS:
            sample = _HEADER + sample
        if self._fifo_length + len(sample) > _FIFO_BYTES:
            self.overruns += 1
            if self.registers[FIFO_CONFIG_0] & _FIFO_STOPS:
                return
            self._fifo.popleft()
        self._fifo.append(sample)

    @property
    def _fifo_length(self) -> int:
        return len(self._fifo) * len(self._fifo[0]) if self._fifo else 0

    def pointed(self) -> None:
        self._at = 0  # a sample that was read in part is given again from its beginning
        self._nothing = 0

    def step(self) -> None:
        if self.pointer not in (FIFO_DATA, INIT_DATA):
            super().step()

    def read_register(self, register: int) -> int:
        self._measure()
        if register == FIFO_LENGTH_0:
            return self._fifo_length & 0xFF
        if register == FIFO_LENGTH_1:
            return self._fifo_length >> 8
        if register == FIFO_DATA:
            if not self._fifo:
                self._nothing ^= 0x80  # 0x8000: no data
                return self._nothing ^ 0x80
            value = self._fifo[0][self._at]
            self._at += 1
            if self._at == len(self._fifo[0]):
                self._fifo.popleft()
                self._at = 0
                self.taken += 1
            return value
        if register == INTERNAL_STATUS:
            return int(self._started)
        return super().read_register(register)

    def write_register(self, register: int, value: int) -> None:
        self._measure()
        if register == CMD:
            if value == _SOFT_RESET:
                self._reset()
            elif value == _FIFO_FLUSH:
                self._fifo.clear()
        elif register == INIT_DATA:
            words = self.registers.get(INIT_ADDR_1, 0) << 4 | self.registers.get(INIT_ADDR_0, 0)
            at = 2 * words + self._burst
            if at < _PROGRAM_BYTES:
                self._memory[at] = value
            self._burst += 1
        else:
            super().write_register(register, value)
            if register == ACC_CONF:
                self._restart()
            if register in (INIT_ADDR_0, INIT_ADDR_1):
                self._burst = 0
            elif register == INIT_CTRL and value == 1:
                self._started = self._program is None or bytes(self._memory) == self._program
