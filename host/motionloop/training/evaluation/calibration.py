"""Compares a model's confidence with its accuracy: reliability, calibration error, temperature.

All figures come from the int8 softmax that the board reports, whose steps are 1/256.
Source: Guo et al. 2017, On Calibration of Modern Neural Networks (arXiv 1706.04599).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motionloop.model.inference import Int8Array

FloatArray = NDArray[np.float64]
BINS = 10
_TEMPERATURES = np.geomspace(0.25, 4.0, 97)  # 1 is among them


@dataclass(frozen=True)
class Calibration:
    """Windows binned by the confidence of their answer, BINS equal steps from 0 to 1.

    `count`, `confidence` and `accuracy` have one entry a bin; the latter two are None in an empty
    one. `error` is the expected calibration error: the mean gap between confidence and accuracy,
    weighted by windows.
    """

    error: float
    count: list[int]
    confidence: list[float | None]
    accuracy: list[float | None]


def probabilities(outputs: Int8Array) -> FloatArray:
    """[k, classes] of int8 softmax outputs with scale 1/256 and zero point -128.

    A code stands for the middle of its step, so that none is 0 and a logarithm exists.
    """
    steps = outputs.astype(np.float64) + 128.5
    made: FloatArray = steps / steps.sum(axis=1, keepdims=True)
    return made


def calibration(probability: FloatArray, label: NDArray[np.int64]) -> Calibration:
    """Compare the confidence of `probability` [k, classes] with being right about `label` [k]."""
    confident = probability.max(axis=1)
    right = probability.argmax(axis=1) == label
    which = np.minimum((confident * BINS).astype(int), BINS - 1)
    count = np.bincount(which, minlength=BINS)
    sums = [np.bincount(which, values, minlength=BINS) for values in (confident, right)]
    gap = np.abs(sums[0] - sums[1]).sum()
    means = [
        [float(s / n) if n else None for s, n in zip(sum_, count, strict=True)] for sum_ in sums
    ]
    return Calibration(float(gap / max(len(label), 1)), count.tolist(), *means)


def with_temperature(probability: FloatArray, temperature: float) -> FloatArray:
    """The probabilities that logits divided by `temperature` would have given."""
    powered = probability ** (1 / temperature)
    made: FloatArray = powered / powered.sum(axis=1, keepdims=True)
    return made


def best_temperature(probability: FloatArray, label: NDArray[np.int64]) -> float:
    """The temperature of least negative log-likelihood; above 1 the model was too sure."""
    rows = np.arange(len(label))
    losses = [-np.log(with_temperature(probability, t)[rows, label]).mean() for t in _TEMPERATURES]
    return float(_TEMPERATURES[int(np.argmin(losses))])
