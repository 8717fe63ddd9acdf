"""A training of noise, so that the next one finds TensorFlow loaded and not only imported."""

from __future__ import annotations

import numpy as np

from motionloop.model.package import input_spec
from motionloop.splits import Split, SplitKind
from motionloop.training.fit import fit
from motionloop.training.train import TrainConfig
from motionloop.windows import WindowSet

_WINDOWS = 32


def warm_up() -> None:
    """Train, quantize and measure a model of two labels, and forget it."""
    spec = input_spec()
    noise = np.random.default_rng(0).integers(-(1 << 16), 1 << 16, (_WINDOWS, spec.window, 6))
    label = np.arange(_WINDOWS) % 2
    nobody = np.full(_WINDOWS, "")
    windows = WindowSet(
        spec,
        ("a", "b"),
        noise.astype(np.int32),
        label,
        nobody,
        nobody,
        np.zeros(_WINDOWS, np.int64),
        synthetic=True,
        bridged=np.zeros(_WINDOWS),
    )
    index = np.arange(_WINDOWS)
    config = TrainConfig(epochs=1, min_steps=1)
    fit(windows, Split(SplitKind.BLOCK, index, index, ()), config)
