"""What a virtual board's sensor feels: the synthetic wearer, and recordings played back."""

from __future__ import annotations

import numpy as np
import pytest

from motionloop import wire
from motionloop.errors import DataFileError
from motionloop.recordings.recording import Recording, find_gaps
from motionloop.recordings.recording_json import Description, RecordedBoard
from motionloop.sample_format import SampleFormat
from motionloop.virtual.motion import BMI270, LSM9DS1, ReplayedMotion, SyntheticMotion
from motionloop.virtual.wearer import ACTIVITIES, SyntheticWearer

RATE_HZ = 50.0


def recording(
    periods: list[int], *, synthetic: bool = False, rate_hz: float = RATE_HZ
) -> Recording:
    """One sample in each of these periods, numbered and different from each other."""
    board = RecordedBoard("desk", SampleFormat(rate_hz, 244_000, 1_221_730), synthetic=synthetic)
    count = len(periods)
    raw = np.arange(count * wire.AXES).reshape(count, wire.AXES).astype(np.int16)
    t_us = np.rint(np.array(periods) * 1e6 / rate_hz).astype(np.int64) + 5_000_000
    return Recording(Description(board, "walk"), np.array(periods), t_us, raw)


def play(motion: ReplayedMotion, steps: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Samples and their absolute periods, taken in these steps."""
    raw, when, now = [], [], 0
    for step in steps:
        samples, periods = motion.take_samples(step)
        assert len(samples) == len(periods)
        assert ((periods >= 0) & (periods < step)).all()
        raw.append(samples)
        when.append(periods + now)
        now += step
    return np.concatenate(raw), np.concatenate(when)


# --- wearer -------------------------------------------------------------------------------------
def test_a_wearer_is_the_same_each_time_and_another_is_not() -> None:
    one, same, other = (
        SyntheticWearer(seed, "walking").take_samples(200, 100.0) for seed in (1, 1, 2)
    )
    assert (one == same).all()
    assert not np.allclose(one, other)


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_gravity_is_one_g_on_average(activity: str) -> None:
    motion = SyntheticWearer(3, activity).take_samples(3000, 100.0)
    assert np.linalg.norm(motion[:, :3].mean(axis=0)) == pytest.approx(1.0, abs=0.35)
    assert np.isfinite(motion).all()


def test_the_faster_the_activity_the_more_motion() -> None:
    def swing(activity: str) -> float:
        return float(SyntheticWearer(1, activity).take_samples(1000, 100.0)[:, 3:].std())

    order = ["sitting", "standing", "walking", "running"]
    assert [swing(a) for a in order] == sorted(swing(a) for a in order)


def test_an_activity_goes_over_into_the_next_within_a_second() -> None:
    wearer = SyntheticWearer(1, "sitting")
    wearer.take_samples(300, 100.0)
    wearer.activity = "running"
    assert wearer.activity == "running"
    wearer.take_samples(100, 100.0)
    changed = wearer.take_samples(500, 100.0)[:, 3:].std()
    always = SyntheticWearer(1, "running").take_samples(500, 100.0)[:, 3:].std()
    assert changed == pytest.approx(always, rel=0.3)


def test_an_unknown_activity_is_refused() -> None:
    with pytest.raises(KeyError):
        SyntheticWearer(1, "flying")
    with pytest.raises(KeyError):
        SyntheticWearer(1).activity = "flying"


@pytest.mark.parametrize("sensor", [LSM9DS1, BMI270], ids=lambda sensor: sensor.imu.name)
def test_a_sensor_brings_a_sample_each_period_in_its_own_units(sensor) -> None:
    motion = SyntheticMotion(SyntheticWearer(1, "sitting"), sensor)
    raw, when = motion.take_samples(200)
    assert motion.synthetic
    assert raw.dtype == np.int16
    assert when.tolist() == list(range(200))
    gravity_g = np.linalg.norm(raw[:, :3].mean(axis=0) * sensor.format.accel_ng_per_lsb * 1e-9)
    assert gravity_g == pytest.approx(1.0, abs=0.02)
    # Noise: no two samples of a real sensor are equal for long.
    assert len(np.unique(raw, axis=0)) > 190


# --- replay -------------------------------------------------------------------------------------
@pytest.mark.parametrize("steps", [[100], [1] * 100, [7] * 15, [3, 50, 47]])
def test_a_replay_keeps_samples_and_gaps_in_whatever_steps_it_is_taken(steps: list[int]) -> None:
    periods = [0, 1, 2, 10, 11, 40, 41, 42]
    original = recording(periods)
    raw, when = play(ReplayedMotion([original]), steps)
    assert (raw == original.raw).all()
    assert when.tolist() == periods
    t_us = np.rint(when * 1e6 / RATE_HZ).astype(np.int64)
    gaps = find_gaps(np.arange(len(raw)), t_us, RATE_HZ)
    assert [gap.missing for gap in gaps] == [7, 28]


def test_recordings_follow_each_other_and_then_there_is_nothing() -> None:
    first, second = recording([0, 1, 5]), recording([100, 101])
    motion = ReplayedMotion([first, second])
    assert motion.left == 5
    raw, when = play(motion, [4, 4])
    assert (raw == np.concatenate([first.raw, second.raw])).all()
    assert when.tolist() == [0, 1, 5, 6, 7]
    assert motion.left == 0
    assert len(motion.take_samples(50)[0]) == 0


def test_a_repeated_replay_never_ends() -> None:
    original = recording([0, 1, 2])
    motion = ReplayedMotion([original], repeat=True)
    raw, _ = play(motion, [3] * 4)
    assert (raw == np.tile(original.raw, (4, 1))).all()


def test_a_replay_is_synthetic_if_what_it_plays_was() -> None:
    assert ReplayedMotion([recording([0]), recording([0], synthetic=True)]).synthetic
    assert not ReplayedMotion([recording([0])]).synthetic
    assert ReplayedMotion([recording([0])]).sensor.imu is wire.Imu.REPLAY


def test_different_sensors_cannot_be_replayed_as_one() -> None:
    with pytest.raises(DataFileError, match=r"2 different rates.*replay them one at a time"):
        ReplayedMotion([recording([0]), recording([0], rate_hz=100.0)])
