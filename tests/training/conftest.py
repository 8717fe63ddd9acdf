"""Made-up motion for trainings of seconds."""

from pathlib import Path

import numpy as np
import pytest

from motionloop.model.package import input_spec
from motionloop.windows import WindowSet

PEOPLE = ("ada", "ben", "cleo")
LABELS = ("jog", "rest", "walk")


@pytest.fixture(scope="session")
def windows() -> WindowSet:
    """40 windows per label and person: rest, and two gaits that differ in pace and strength."""
    rng = np.random.default_rng(1)
    spec = input_spec(rate_hz=50, window=64, hop=32)
    t_s = np.arange(spec.window) / spec.rate_hz
    motion, label, person = [], [], []
    for name in PEOPLE:
        for index, (rate_hz, strength) in enumerate([(2.8, 1.0), (0.0, 0.0), (1.7, 0.3)]):
            phase = rng.uniform(0, 2 * np.pi, (40, 1, 6))
            swing = np.sin(2 * np.pi * rate_hz * t_s[:, np.newaxis] + phase) * strength
            motion.append(swing + rng.normal(0, 0.003, swing.shape) + [1, 0, 0, 0, 0, 0])
            label += [index] * 40
            person += [name] * 40
    fixed = np.rint(np.concatenate(motion) * 2**16).astype(np.int32)
    people = np.array(person)
    starts = np.zeros(len(label), np.int64)
    return WindowSet(
        spec, LABELS, fixed, np.array(label), people, people, starts, True, starts.astype(float)
    )


@pytest.fixture(scope="session")
def data_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data file of three people, each 32 s of rest and 32 s of a gait of their own pace."""
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
    path = tmp_path_factory.mktemp("data") / "walks.npz"
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


@pytest.fixture
def tiny_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The preset "quick" with a training of a second."""
    from motionloop.training.train import PRESETS, TrainConfig

    monkeypatch.setitem(PRESETS, "quick", TrainConfig(epochs=1, min_steps=40))
