"""Variations of motion that a wearer and a sensor bring about, in NumPy.

The samples are varied before the windower computes the channels, so that a network sees the
channels exactly as the board would compute them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]


@dataclass(frozen=True)
class AugmentConfig:
    """Standard deviations of the variations; each is drawn anew for each window.

    The noise is between `noise_low` and `noise_high`, log-uniform, in g and in rad/s: sensors
    differ in it, and posture shows in movements of hardly more than the noise.
    """

    rotation_rad: float = 0.2  # of the board on the body
    half_turned: float = 0.0  # share of windows of a board put on the other way round: by half a
    # turn about one of its axes, so what was upright or level stays so
    any_orientation: float = 0.0  # share of windows turned around altogether
    scale: float = 0.1  # vigour of the motion; one factor per sensor
    gyro_bias_rads: float = 0.04
    noise_low: float = 0.0005
    noise_high: float = 0.003


def augment(motion: FloatArray, config: AugmentConfig, rng: np.random.Generator) -> FloatArray:
    """A varied copy of float32 [k, window, 6] in g and rad/s."""
    k, window, _ = motion.shape

    def normal(*shape: int) -> FloatArray:
        return rng.standard_normal(shape, dtype=np.float32)

    vectors = config.rotation_rad * normal(k, 3)
    turned = rng.random(k) < config.any_orientation
    vectors[turned] = _any_rotation_vectors(normal(k, 4)[turned])
    rotation = _rotation_matrices(vectors)
    if config.half_turned:
        about = rng.integers(3, size=k)
        signs = 2 * np.eye(3, dtype=np.float32)[about] - 1  # of the axes: about x it is + - -
        signs[rng.random(k) >= config.half_turned] = 1
        rotation = signs[:, :, np.newaxis] * rotation
    varied = motion.reshape(k, window * 2, 3) @ rotation
    varied = varied.reshape(k, window, 2, 3)
    varied *= 1 + config.scale * normal(k, 1, 2, 1)
    varied[:, :, 1] += config.gyro_bias_rads * normal(k, 1, 3)
    low, high = np.log(config.noise_low), np.log(config.noise_high)
    deviation = np.exp(rng.uniform(low, high, (k, 1, 1, 1))).astype(np.float32)
    varied += deviation * normal(k, window, 2, 3)
    return varied.reshape(k, window, 6)


def _any_rotation_vectors(normal: FloatArray) -> FloatArray:
    """Rotation vectors [k, 3] of uniformly random rotations, from standard normal [k, 4]."""
    quaternion = normal / np.linalg.norm(normal, axis=1, keepdims=True)
    angle = 2 * np.arctan2(np.linalg.norm(quaternion[:, 1:], axis=1), quaternion[:, 0])
    axis = quaternion[:, 1:] / np.linalg.norm(quaternion[:, 1:], axis=1, keepdims=True)
    return np.asarray(axis * angle[:, np.newaxis], np.float32)


def _rotation_matrices(vectors: FloatArray) -> FloatArray:
    """[k, 3, 3] from rotation vectors [k, 3] in rad (Rodrigues' formula)."""
    angle = np.linalg.norm(vectors, axis=1)[:, np.newaxis, np.newaxis]
    x, y, z = (vectors / np.maximum(angle[:, 0], 1e-12)).T
    zero = np.zeros_like(x)
    cross = np.stack([zero, -z, y, z, zero, -x, -y, x, zero], axis=1).reshape(-1, 3, 3)
    turn = np.sin(angle) * cross + (1 - np.cos(angle)) * (cross @ cross)
    return np.asarray(np.eye(3) + turn, np.float32)
