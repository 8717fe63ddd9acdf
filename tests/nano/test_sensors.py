"""The register models of both motion sensors, and what they measure."""

from __future__ import annotations

import struct
from dataclasses import replace

import numpy as np
import pytest

from motionloop.nano.processor import MHZ
from motionloop.nano.sensors import bmi270, lsm9ds1
from motionloop.nano.sensors.bmi270 import Bmi270
from motionloop.nano.sensors.feed import Axes, MotionFeed
from motionloop.nano.sensors.i2c_chip import I2cChip
from motionloop.nano.sensors.lsm9ds1 import Lsm9ds1
from motionloop.virtual.motion import BMI270, LSM9DS1, Sensor, SyntheticMotion
from motionloop.virtual.wearer import SyntheticWearer


class Clock:
    cycles = 0

    def __call__(self) -> int:
        return self.cycles

    def pass_s(self, seconds: float) -> None:
        self.cycles += round(seconds * MHZ * 1e6)


class Counting:
    """Samples that tell their number, each axis another way."""

    def __init__(self, step: int = 1) -> None:
        self.count, self.step = 0, step

    def next(self) -> Axes:
        n = self.count * self.step
        self.count += 1
        return (n, n + 1000, -n, n + 2000, -n - 3000, n + 4000)


def write(chip: I2cChip, register: int, *values: int) -> None:
    chip.start(reading=False)
    chip.write_byte(register)
    for value in values:
        chip.write_byte(value)
    chip.stop()


def read(chip: I2cChip, register: int, count: int = 1) -> bytes:
    chip.start(reading=False)
    chip.write_byte(register)
    chip.start(reading=True)
    data = bytes(chip.read_byte() for _ in range(count))
    chip.stop()
    return data


# --- LSM9DS1 ---


def new_lsm9ds1(clock: Clock, drift_ppm: float = 0.0) -> Lsm9ds1:
    """As the firmware sets it up: 119 Hz, +-8 g, +-2000 dps, a FIFO that goes on."""
    chip = Lsm9ds1(clock, Counting(), drift_ppm)
    write(chip, lsm9ds1.CTRL_REG8, 0x44)
    write(chip, lsm9ds1.CTRL_REG1_G, 0x78)
    write(chip, lsm9ds1.CTRL_REG6_XL, 0x78)
    write(chip, lsm9ds1.CTRL_REG9, 0x02)
    write(chip, lsm9ds1.FIFO_CTRL, 0xC0)
    return chip


def lsm9ds1_sample(chip: Lsm9ds1) -> tuple[int, ...]:
    """Accelerometer and gyroscope, in the chip's axes."""
    gyro = read(chip, lsm9ds1.OUT_X_L_G, 6)
    return struct.unpack("<6h", read(chip, lsm9ds1.OUT_X_L_XL, 6) + gyro)


def test_lsm9ds1_says_who_it_is() -> None:
    assert read(new_lsm9ds1(Clock()), lsm9ds1.WHO_AM_I) == b"\x68"


def test_lsm9ds1_fills_its_fifo_in_order_with_y_turned() -> None:
    clock = Clock()
    chip = new_lsm9ds1(clock)
    clock.pass_s(10.5 / 119)
    assert read(chip, lsm9ds1.FIFO_SRC) == bytes([10])
    for n in range(10):
        assert lsm9ds1_sample(chip) == (n, -(n + 1000), -n, n + 2000, n + 3000, n + 4000)
    assert read(chip, lsm9ds1.FIFO_SRC) == b"\x00"
    assert lsm9ds1_sample(chip)[0] == 9  # the newest stays
    assert (chip.taken, chip.overruns) == (10, 0)


def test_lsm9ds1_loses_the_oldest_when_nobody_reads_and_says_so() -> None:
    clock = Clock()
    chip = new_lsm9ds1(clock)
    clock.pass_s(40.5 / 119)
    assert read(chip, lsm9ds1.FIFO_SRC) == bytes([32 | 0x40])
    assert chip.overruns == 8
    assert lsm9ds1_sample(chip)[0] == 8
    assert read(chip, lsm9ds1.FIFO_SRC) == bytes([31])


def test_lsm9ds1_keeps_the_oldest_in_the_mode_that_stops() -> None:
    clock = Clock()
    chip = new_lsm9ds1(clock)
    write(chip, lsm9ds1.FIFO_CTRL, 0x20)
    clock.pass_s(40.5 / 119)
    assert lsm9ds1_sample(chip)[0] == 0
    assert chip.overruns == 8


def test_lsm9ds1_s_bypass_empties_the_fifo() -> None:
    clock = Clock()
    chip = new_lsm9ds1(clock)
    clock.pass_s(40.5 / 119)
    write(chip, lsm9ds1.FIFO_CTRL, 0x00)
    assert read(chip, lsm9ds1.FIFO_SRC) == b"\x00"


@pytest.mark.parametrize(("bits", "steps"), [(0, 4), (1, 1 / 3), (2, 2), (3, 1)])
def test_lsm9ds1_measures_acceleration_in_the_steps_of_its_range(bits: int, steps: float) -> None:
    clock = Clock()
    chip = new_lsm9ds1(clock)
    write(chip, lsm9ds1.CTRL_REG6_XL, 0x60 | bits << 3)
    clock.pass_s(1.5 / 119)
    ax, ay, _, gx, *_ = lsm9ds1_sample(chip)
    assert (ax, ay, gx) == (0, round(-1000 * steps), 2000)


@pytest.mark.parametrize(("bits", "steps"), [(0, 8), (1, 4), (3, 1)])
def test_lsm9ds1_measures_rotation_in_the_steps_of_its_range(bits: int, steps: float) -> None:
    clock = Clock()
    chip = new_lsm9ds1(clock)
    write(chip, lsm9ds1.CTRL_REG1_G, 0x60 | bits << 3)
    clock.pass_s(1.5 / 119)
    _, ay, _, gx, gy, gz = lsm9ds1_sample(chip)
    limit = 32767
    assert (ay, gx) == (-1000, min(limit, 2000 * steps))
    assert (gy, gz) == (min(limit, 3000 * steps), min(limit, 4000 * steps))


def test_lsm9ds1_says_when_there_is_something_new() -> None:
    clock = Clock()
    chip = new_lsm9ds1(clock)
    write(chip, lsm9ds1.CTRL_REG9, 0)
    assert read(chip, lsm9ds1.STATUS_REG) == b"\x00"
    clock.pass_s(1.5 / 119)
    assert read(chip, lsm9ds1.STATUS_REG) == b"\x03"
    lsm9ds1_sample(chip)
    assert read(chip, lsm9ds1.STATUS_REG) == b"\x00"


def test_lsm9ds1_reads_one_register_again_without_address_increment() -> None:
    chip = new_lsm9ds1(Clock())
    write(chip, lsm9ds1.CTRL_REG8, 0x00)
    assert read(chip, lsm9ds1.WHO_AM_I, 3) == b"\x68\x68\x68"


def test_lsm9ds1_s_reset_stops_it() -> None:
    clock = Clock()
    chip = new_lsm9ds1(clock)
    clock.pass_s(0.1)
    write(chip, lsm9ds1.CTRL_REG8, 0x01)
    clock.pass_s(1.0)
    assert read(chip, lsm9ds1.FIFO_SRC) == b"\x00"
    assert read(chip, lsm9ds1.CTRL_REG1_G) == b"\x00"
    assert lsm9ds1_sample(chip) == (0,) * 6


def test_a_clock_that_drifts_makes_more_samples() -> None:
    counts = []
    for drift_ppm in (0.0, 10_000.0):
        clock = Clock()
        chip = new_lsm9ds1(clock, drift_ppm)
        for _ in range(1000):
            clock.pass_s(0.1)
            while read(chip, lsm9ds1.FIFO_SRC)[0] & 0x3F:
                lsm9ds1_sample(chip)
        counts.append(chip.taken)
    assert counts[0] == pytest.approx(11900, abs=1)
    assert counts[1] == pytest.approx(12019, abs=1)


# --- BMI270 ---

PROGRAM = bytes(range(256)) * 32


def load(chip: Bmi270, program: bytes, burst: int = 32) -> None:
    write(chip, bmi270.INIT_CTRL, 0)
    for at in range(0, len(program), burst):
        write(chip, bmi270.INIT_ADDR_0, at // 2 & 0xF, at // 2 >> 4)
        write(chip, bmi270.INIT_DATA, *program[at : at + burst])
    write(chip, bmi270.INIT_CTRL, 1)


def new_bmi270(clock: Clock) -> Bmi270:
    """As the firmware sets it up: 100 Hz, +-8 g, +-2000 dps, a FIFO without headers."""
    chip = Bmi270(clock, Counting(), PROGRAM)
    load(chip, PROGRAM)
    write(chip, bmi270.ACC_CONF, 0xA8)
    write(chip, bmi270.PWR_CTRL, 0x06)
    write(chip, bmi270.FIFO_CONFIG_0, 0x00)
    write(chip, bmi270.FIFO_CONFIG_1, 0xC0)
    return chip


def bmi270_length(chip: Bmi270) -> int:
    return int(struct.unpack("<H", read(chip, bmi270.FIFO_LENGTH_0, 2))[0])


def test_bmi270_starts_with_its_program_only() -> None:
    chip = Bmi270(Clock(), Counting(), PROGRAM)
    assert read(chip, bmi270.CHIP_ID) == b"\x24"
    load(chip, PROGRAM[:-1] + b"\x00")
    assert read(chip, bmi270.INTERNAL_STATUS) == b"\x00"
    load(chip, PROGRAM)
    assert read(chip, bmi270.INTERNAL_STATUS) == b"\x01"


def test_bmi270_measures_nothing_before_it_has_started() -> None:
    clock = Clock()
    chip = Bmi270(clock, Counting(), PROGRAM)
    write(chip, bmi270.PWR_CTRL, 0x06)
    write(chip, bmi270.FIFO_CONFIG_1, 0xC0)
    clock.pass_s(1.0)
    assert bmi270_length(chip) == 0


def test_bmi270_fills_its_fifo_in_order_turned_by_90_degrees() -> None:
    clock = Clock()
    chip = new_bmi270(clock)
    clock.pass_s(10.5 / 99.84)
    assert bmi270_length(chip) == 120
    for n in range(10):
        gx, gy, gz, ax, ay, az = struct.unpack("<6h", read(chip, bmi270.FIFO_DATA, 12))
        assert (-ay, ax, az) == (n, n + 1000, -n)
        assert (-gy, gx, gz) == (n + 2000, -n - 3000, n + 4000)
    assert read(chip, bmi270.FIFO_DATA, 2) == b"\x00\x80"  # no data
    assert (chip.taken, chip.overruns) == (10, 0)


def test_bmi270_gives_a_sample_again_that_was_read_in_part() -> None:
    clock = Clock()
    chip = new_bmi270(clock)
    clock.pass_s(2.5 / 99.84)
    first = read(chip, bmi270.FIFO_DATA, 5)
    assert read(chip, bmi270.FIFO_DATA, 12)[:5] == first
    assert bmi270_length(chip) == 12


@pytest.mark.parametrize(("stops", "first"), [(0, 30), (1, 0)])
def test_bmi270_overwrites_or_stops_when_its_fifo_is_full(stops: int, first: int) -> None:
    clock = Clock()
    chip = new_bmi270(clock)
    write(chip, bmi270.FIFO_CONFIG_0, stops)
    clock.pass_s(200.5 / 99.84)
    assert bmi270_length(chip) == 170 * 12
    assert chip.overruns == 30
    sample = struct.unpack("<6h", read(chip, bmi270.FIFO_DATA, 12))
    assert -sample[4] == first


def test_bmi270_puts_headers_between_samples_when_they_are_on() -> None:
    clock = Clock()
    chip = new_bmi270(clock)
    write(chip, bmi270.FIFO_CONFIG_1, 0xD0)
    clock.pass_s(2.5 / 99.84)
    assert bmi270_length(chip) == 26
    data = read(chip, bmi270.FIFO_DATA, 26)
    assert (data[0], data[13]) == (0x8C, 0x8C)


def test_bmi270_has_the_rate_and_ranges_of_its_registers() -> None:
    clock = Clock()
    chip = new_bmi270(clock)
    write(chip, bmi270.ACC_CONF, 0xA9, 0x01)  # 200 Hz, +-4 g
    write(chip, bmi270.GYR_RANGE, 0x01)  # +-1000 dps
    clock.pass_s(10.5 / 199.68)
    assert bmi270_length(chip) == 120
    gx, *_, ax, _, _ = struct.unpack("<6h", read(chip, bmi270.FIFO_DATA, 12))
    assert (gx, ax) == (-6000, 2000)


def test_bmi270_s_commands_flush_and_reset() -> None:
    clock = Clock()
    chip = new_bmi270(clock)
    clock.pass_s(50.5 / 99.84)
    write(chip, bmi270.CMD, 0xB0)
    assert bmi270_length(chip) == 0
    clock.pass_s(2 / 99.84)
    assert bmi270_length(chip) == 24
    write(chip, bmi270.CMD, 0xB6)
    assert read(chip, bmi270.INTERNAL_STATUS) == b"\x00"
    assert bmi270_length(chip) == 0


# --- the feed ---


class Given:
    """A motion of given samples in given periods."""

    synthetic = False

    def __init__(self, sensor: Sensor, periods: list[int], values: list[int]) -> None:
        self.sensor = sensor
        self._when = np.array(periods)
        self._raw = np.array([[v] * 6 for v in values], np.int16)
        self._now = 0

    def take_samples(self, periods: int) -> tuple[np.ndarray, np.ndarray]:
        inside = (self._when >= self._now) & (self._when < self._now + periods)
        raw, when = self._raw[inside], self._when[inside] - self._now
        self._now += periods
        return raw, when


def feed_of(motion: object, sensor: Sensor) -> MotionFeed:
    return MotionFeed(motion, sensor.format)  # type: ignore[arg-type]


def values(feed: MotionFeed, count: int) -> list[int]:
    return [feed.next()[0] for _ in range(count)]


def test_a_motion_of_the_same_rate_and_scale_passes_bit_for_bit() -> None:
    def motion() -> SyntheticMotion:
        return SyntheticMotion(SyntheticWearer(3, "walking"), LSM9DS1, 7)

    feed, expected = feed_of(motion(), LSM9DS1), motion()
    raw = np.concatenate([expected.take_samples(16)[0] for _ in range(20)])
    assert [feed.next() for _ in range(320)] == [tuple(sample) for sample in raw.tolist()]


def test_a_gap_in_a_motion_holds_the_last_value() -> None:
    feed = feed_of(Given(LSM9DS1, [0, 1, 4, 40, 41], [10, 11, 14, 50, 51]), LSM9DS1)
    assert values(feed, 6) == [10, 11, 11, 11, 14, 14]
    assert values(feed, 37) == [14] * 34 + [50, 51, 51]


def test_a_motion_that_ends_leaves_its_last_value() -> None:
    feed = feed_of(Given(LSM9DS1, [0, 1], [5, 6]), LSM9DS1)
    assert values(feed, 10) == [5] + [6] * 9


def test_a_motion_of_another_rate_is_interpolated() -> None:
    twice = replace(LSM9DS1.format, rate_hz=2 * LSM9DS1.format.rate_hz)
    double = replace(LSM9DS1, format=twice)
    ramp = Given(LSM9DS1, list(range(20)), [100 * n for n in range(20)])
    assert values(feed_of(ramp, double), 20) == [50 * n for n in range(20)]


def test_a_motion_of_another_scale_is_brought_to_the_sensor_s() -> None:
    still = Given(LSM9DS1, list(range(20)), [1000] * 20)
    ax, _, _, gx, _, _ = feed_of(still, BMI270).next()
    assert ax == round(1000 * LSM9DS1.format.accel_ng_per_lsb / BMI270.format.accel_ng_per_lsb)
    assert gx == round(1000 * LSM9DS1.format.gyro_nrads_per_lsb / BMI270.format.gyro_nrads_per_lsb)
    strong = Given(LSM9DS1, list(range(20)), [32767] * 20)
    assert feed_of(strong, BMI270).next()[3] == 32767  # the end of the range


def test_an_interpolated_motion_holds_its_value_through_gaps_and_at_its_end() -> None:
    feed = feed_of(Given(BMI270, [0, 1, 2], [0, 244, 488]), LSM9DS1)
    last = values(feed, 50)[-1]
    assert last == round(488 * BMI270.format.accel_ng_per_lsb / LSM9DS1.format.accel_ng_per_lsb)
