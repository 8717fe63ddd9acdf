"""Measures a model on windows that it was not trained on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from motionloop.model.inference import Int8Array
from motionloop.windows import WindowSet
from motionloop.wire import INPUT_SCALE_BITS

IntArray = NDArray[np.int64]

_RESAMPLES = 2000
_COVERAGE = 0.95
FEWEST_GROUPS = 3  # to resample; fewer say nothing about the next group


@dataclass(frozen=True)
class Evaluation:
    """`confusion[i][j]` counts the windows of label i that were taken for label j.

    Fractions lie between 0 and 1. A label without a window in the test split has no recall and
    no part in `macro_f1`.
    """

    windows: int
    accuracy: float
    macro_f1: float
    recall: dict[str, float | None]
    person_accuracy: dict[str, float]
    confusion: list[list[int]]


def evaluate(answers: IntArray, test: WindowSet) -> Evaluation:
    """Compare answers [k], indexes into `test.labels`, with the labels of k windows."""
    labels, classes = test.label, len(test.labels)
    confusion = np.bincount(labels * classes + answers, minlength=classes**2)
    confusion = confusion.reshape(classes, classes)
    right, present, answered = np.diag(confusion), confusion.sum(1), confusion.sum(0)
    # F1 = 2 TP / (2 TP + FP + FN), and the two sums below count TP + FN and TP + FP.
    f1 = 2 * right / np.maximum(present + answered, 1)
    return Evaluation(
        windows=len(labels),
        accuracy=float(np.mean(answers == labels)),
        macro_f1=float(np.mean(f1[present > 0])),
        recall={
            name: float(right[i] / present[i]) if present[i] else None
            for i, name in enumerate(test.labels)
        },
        person_accuracy={
            str(person): float(np.mean((answers == labels)[test.person == person]))
            for person in np.unique(test.person)
        },
        confusion=confusion.tolist(),
    )


def base_answers(model: tf.keras.Model, windows: Int8Array) -> IntArray:
    """The label indexes [k] of the float network for the same windows."""
    inputs = windows[:, np.newaxis].astype(np.float32) * 2.0**-INPUT_SCALE_BITS
    logits = model.predict(inputs, batch_size=512, verbose=0)
    answers: IntArray = np.asarray(logits).argmax(axis=1).astype(np.int64)
    return answers


def bootstrap_interval(
    right: IntArray, windows: IntArray, seed: int = 0
) -> tuple[float, float] | None:
    """The 95 % interval of the accuracy, by resampling groups and seeds.

    `right` [seeds, groups] windows of `windows` [groups] were right; a group is a person or a
    session. Windows of one group resemble each other, so whole groups are drawn with replacement,
    and as many seeds; the interval lies between the 2.5th and the 97.5th percentile of 2,000
    accuracies. None below FEWEST_GROUPS groups. With few groups it is rather too narrow.
    """
    seeds, groups = right.shape
    if groups < FEWEST_GROUPS:
        return None
    rng = np.random.default_rng(seed)
    drawn = rng.integers(0, groups, (_RESAMPLES, groups))
    drawn_seeds = rng.integers(0, seeds, (_RESAMPLES, seeds))
    # [resamples, seeds, groups] -> the sum over both, beside what there was to get right.
    sums = right[drawn_seeds[:, :, np.newaxis], drawn[:, np.newaxis, :]].sum(axis=(1, 2))
    accuracies = sums / (seeds * windows[drawn].sum(axis=1))
    tail = 100 * (1 - _COVERAGE) / 2
    low, high = np.percentile(accuracies, [tail, 100 - tail])
    return float(low), float(high)
