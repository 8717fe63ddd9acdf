import numpy as np
import pytest

from motionloop.training.augment import AugmentConfig, augment

STILL = AugmentConfig(rotation_rad=0, scale=0, gyro_bias_rads=0, noise_low=1e-9, noise_high=1e-9)


@pytest.fixture
def motion() -> np.ndarray:
    return np.random.default_rng(0).normal(0, 1, (500, 32, 6)).astype(np.float32)


def varied(motion, **changed):
    config = AugmentConfig(**({f: getattr(STILL, f) for f in vars(STILL)} | changed))
    return augment(motion, config, np.random.default_rng(1))


def test_without_variation_motion_stays(motion):
    np.testing.assert_allclose(varied(motion), motion, atol=1e-6)


def test_rotation_turns_both_sensors_alike(motion):
    motion[..., 3:] = motion[..., :3]
    turned = varied(motion, rotation_rad=0.15)
    np.testing.assert_allclose(turned[..., 3:], turned[..., :3], atol=1e-5)
    norms = np.linalg.norm(motion[..., :3], axis=-1)
    np.testing.assert_allclose(np.linalg.norm(turned[..., :3], axis=-1), norms, rtol=1e-5)
    assert not np.allclose(turned, motion, atol=0.01)


def test_rotation_has_its_standard_deviation():
    upright = np.zeros((4000, 2, 6), np.float32)
    upright[..., 0] = 1
    turned = varied(upright, rotation_rad=0.15)[:, 0]
    np.testing.assert_allclose(turned[:, 1:3].std(axis=0), 0.15, rtol=0.06)


def test_bias_is_constant_in_a_window_and_the_gyroscopes(motion):
    moved = varied(motion, gyro_bias_rads=0.04) - motion
    np.testing.assert_allclose(moved[..., :3], 0, atol=1e-6)
    np.testing.assert_allclose(moved[..., 3:].std(axis=1), 0, atol=1e-6)
    np.testing.assert_allclose(moved[:, 0, 3:].std(), 0.04, rtol=0.1)


def test_scale_is_one_factor_a_sensor(motion):
    ratio = varied(motion, scale=0.1) / motion
    for sensor in (ratio[..., :3], ratio[..., 3:]):
        np.testing.assert_allclose(sensor.std(axis=(1, 2)), 0, atol=1e-3)
    np.testing.assert_allclose(ratio.std(), 0.1, rtol=0.1)


def test_noise_spans_the_range(motion):
    noise = (varied(motion, noise_low=0.001, noise_high=0.1) - motion).std(axis=(1, 2))
    assert 0.0008 < noise.min() < 0.0015
    assert 0.07 < noise.max() < 0.12


def test_seed_repeats_and_input_is_untouched(motion):
    before = motion.copy()
    config = AugmentConfig()
    first, second = (augment(motion, config, np.random.default_rng(7)) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(motion, before)


def test_half_turns_reverse_two_axes_of_both_sensors(motion):
    motion[..., 3:] = motion[..., :3]
    turned = varied(motion, half_turned=0.75)
    np.testing.assert_allclose(turned[..., 3:], turned[..., :3], atol=1e-6)
    signs = turned[:, :, :3] / motion[:, :, :3]
    np.testing.assert_allclose(signs, np.rint(signs[:, :1]) + np.zeros_like(signs), atol=1e-4)
    ways, counts = np.unique(np.rint(signs[:, 0]), axis=0, return_counts=True)
    assert sorted(ways.tolist()) == [[-1, -1, 1], [-1, 1, -1], [1, -1, -1], [1, 1, 1]]
    assert counts.min() > 0.18 * len(motion)  # each of the four is as likely


def test_any_orientation_turns_the_share_of_windows_and_keeps_lengths(motion):
    still = np.zeros((4000, 1, 6), np.float32)
    still[:, :, 2] = 1.0
    config = AugmentConfig(
        rotation_rad=0.0,
        any_orientation=0.25,
        scale=0.0,
        gyro_bias_rads=0.0,
        noise_low=1e-9,
        noise_high=1e-9,
    )
    turned = augment(still, config, np.random.default_rng(1))[:, 0, :3]
    np.testing.assert_allclose(np.linalg.norm(turned, axis=1), 1, atol=1e-5)
    moved = turned[np.abs(turned[:, 2] - 1) > 1e-6]
    assert 0.22 < len(moved) / len(turned) < 0.28
    # Uniform over the sphere: no direction is preferred.
    assert np.abs(moved.mean(axis=0)).max() < 0.06
