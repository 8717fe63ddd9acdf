"""A data file that a network learns in seconds."""

from __future__ import annotations

from pathlib import Path

import numpy as np


def write_walks(path: Path) -> Path:
    """Three people, each 32 s of rest and 32 s of a gait of their own pace; returns `path`."""
    rng = np.random.default_rng(3)
    n, rate_hz = 1600, 50.0
    t_s = np.arange(n)[:, np.newaxis] / rate_hz
    motion, label, subject = [], [], []
    for person, pace_hz in enumerate((1.6, 1.8, 2.1)):
        for index, strength in enumerate((0.0, 0.6)):
            swing = strength * np.sin(2 * np.pi * pace_hz * t_s + rng.uniform(0, 6, 6))
            motion.append(swing + rng.normal(0, 0.004, swing.shape) + [1, 0, 0, 0, 0, 0])
            label += [index] * n
            subject += [person] * n
    np.savez_compressed(
        path,
        X=np.concatenate(motion).astype(np.float32),
        y=np.array(label),
        subject=np.array(subject),
        session=np.array(subject),
        label_names=np.array(["rest", "walk"]),
        rate_hz=np.float64(rate_hz),
    )
    return path
