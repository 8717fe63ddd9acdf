"""Made-up motion for trainings of seconds."""

from pathlib import Path

import numpy as np
import pytest

from motionloop.model.package import input_spec
from motionloop.recordings.named_split import NamedSplit, splits_folder
from motionloop.windows import WindowSet
from tests.walks import write_walks

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
    return write_walks(tmp_path_factory.mktemp("data") / "walks.npz")


@pytest.fixture
def tiny_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The preset "quick" with a training of a second."""
    from motionloop.training.train import PRESETS, TrainConfig

    monkeypatch.setitem(PRESETS, "quick", TrainConfig(epochs=1, min_steps=40))


@pytest.fixture(scope="session")
def split_of_one(data_file: Path) -> NamedSplit:
    """A split beside `data_file` that holds out the second person."""
    people = {
        f"walks subject {number}": (f"walks subject {number} trial {number}",)
        for number in range(3)
    }
    tested = {"walks subject 1": people.pop("walks subject 1")}
    made = NamedSplit("second", "person", people, tested)
    made.save(splits_folder(data_file))
    return made
