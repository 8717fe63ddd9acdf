"""What windows look like to a model for the activities it knows, to tell those it does not.

The distance of a window's features to the nearest class mean, under one covariance within all
classes (Mahalanobis distance; Lee et al. 2018, arXiv 1807.03888), on the int8 embeddings that TFLM
gives. Means and covariance are of training windows, half of them augmented as in training.

The threshold is of windows held out, but the few people or sessions among them say little about the
next ones. So it is also of augmented training windows, each measured with statistics of other
people or sessions (cross-fitting): the network has seen those people, the statistics have not.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from motionloop.inference import Int8Array, Interpreter
from motionloop.rejection import Rejection, features
from motionloop.training.augment import AugmentConfig, augment
from motionloop.windows import Split, SplitKind, WindowSet
from motionloop.wire import FIXED_POINT_BITS

FALSE_ALARMS = 0.05  # share of windows of known activities that may be rejected
_FOLDS = 4  # of the cross-fitting
_WINDOWS = 600  # of the training, and as many augmented: each takes TFLM a millisecond
_HELD_OUT = 1000  # windows held out, at most, that the threshold is taken from
_RANK = 32  # directions of the largest variance; in the others people differ, not activities
_SHRINKAGE = 0.02  # of the mean variance, added to each: rare directions are estimated badly
_LEAST_DEVIATION = 8.0  # of a feature, in its steps: keeps the weights within int8
_DEVIATION_STEPS = 64.0  # steps of a whitened coordinate in one standard deviation
_ONE = 2.0**FIXED_POINT_BITS


def fit_rejection(
    interpreter: Interpreter,
    windows: WindowSet,
    split: Split,
    test_embeddings: Int8Array,
    config: AugmentConfig,
    seed: int,
) -> Rejection | None:
    """The rejection for the model in `interpreter`, trained on `split.train` of `windows`;
    `test_embeddings` int8 [k, embedding] are the model's of the k windows of `split.test`.

    The threshold lets FALSE_ALARMS of the windows of known activities be rejected, those of
    `split.test` among them: the accuracy there does not depend on it, the rate of false alarms
    does and must be measured elsewhere. None when the model does not give its embedding.
    """
    if interpreter.embedding_size == 0:
        return None
    rng = np.random.default_rng(seed)
    train = windows.take(_some(split.train, _WINDOWS, rng))
    held_out = _some(np.arange(len(split.test)), _HELD_OUT, rng)
    varied = augment((train.fixed / _ONE).astype(np.float32), config, rng)
    varied_fixed = np.rint(varied * _ONE).astype(np.int32)

    def seen(fixed: NDArray[np.int32]) -> Int8Array:
        inputs = windows.channels(fixed)
        return features(interpreter.embed_many(inputs), inputs)

    augmented = seen(varied_fixed)
    values, labels = np.concatenate([seen(train.fixed), augmented]), np.tile(train.label, 2)
    groups = np.tile(train.person if split.kind is SplitKind.PERSON else train.session, 2)
    class_count, embedding_size = len(windows.labels), interpreter.embedding_size
    known = statistics(values, labels, class_count, embedding_size)
    crossed = _cross_fitted(values, labels, groups, class_count, embedding_size)[len(train) :]
    inputs = windows.channels(windows.fixed[split.test[held_out]])
    distances = known.distances(features(test_embeddings[held_out], inputs))
    # Each window of the recordings counts the same, however many of its kind were looked at.
    weights = np.repeat(
        [len(np.unique(split.train)) / len(crossed), len(split.test) / max(len(distances), 1)],
        [len(crossed), len(distances)],
    )
    limit = threshold(np.concatenate([crossed, distances]), weights)
    return replace(known, threshold=limit)


def _cross_fitted(
    values: Int8Array,
    labels: NDArray[np.int64],
    groups: NDArray[np.str_],
    class_count: int,
    embedding_size: int,
) -> NDArray[np.uint64]:
    """Distances [k] of features [k, .], each from statistics without its fold of the groups.

    Where a fold has the only windows of a class, or there is one group only, from statistics of
    all: then nothing but the augmentation stands for days to come.
    """
    distances = np.zeros(len(values), np.uint64)
    names = np.unique(groups)
    for fold in range(_FOLDS):
        inside = np.isin(groups, names[fold::_FOLDS])
        others = ~inside
        if len(np.unique(labels[others])) < len(np.unique(labels)):
            others = np.ones_like(inside)
        if inside.any():
            fitted = statistics(values[others], labels[others], class_count, embedding_size)
            distances[inside] = fitted.distances(values[inside])
    return distances


def _some(which: NDArray[np.int64], count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    return which if len(which) <= count else rng.choice(which, count, replace=False)


def threshold(
    distances: NDArray[np.uint64],
    weights: NDArray[np.float64],
    false_alarms: float = FALSE_ALARMS,
) -> int:
    """The least of `distances` [k], at least one, that is exceeded by at most the share
    `false_alarms` of their `weights` [k]."""
    order = np.argsort(distances)
    within = np.cumsum(weights[order]) / weights.sum()
    place = np.searchsorted(within, 1 - false_alarms - 1e-9)
    return int(min(distances[order][place], 2**32 - 1))


def statistics(
    values: Int8Array, labels: NDArray[np.int64], class_count: int, embedding_size: int
) -> Rejection:
    """Class means and whitening of features int8 [k, features] with their labels [k]; every class
    has some. The threshold is left at 0."""
    means = _class_means(values.astype(np.float64), labels, class_count)
    deviations = np.maximum(values.std(axis=0), _LEAST_DEVIATION)
    within = (values - means[labels]) / deviations
    variances, directions = np.linalg.eigh(within.T @ within / len(within))
    variances += _SHRINKAGE * variances.mean() + 1e-6
    largest = np.argsort(-variances)[:_RANK]
    whitening = (directions[:, largest] / np.sqrt(variances[largest])).T / deviations

    # All rows in one scale, which the means allow in int16; each as fine as int8 allows.
    largest_weight = np.abs(whitening).max(axis=1)
    steps = min(_DEVIATION_STEPS, 127 / largest_weight.max())
    steps = min(steps, 32000 / np.abs(whitening @ means.T).max())
    shifts = np.floor(np.log2(127 / (steps * largest_weight))).clip(0, 15).astype(np.int64)
    weights = np.rint(whitening * steps * 2.0 ** shifts[:, np.newaxis]).astype(np.int8)
    coordinates = (values.astype(np.int64) @ weights.T) >> shifts
    centres = _class_means(coordinates.astype(np.float64), labels, class_count)
    return Rejection(
        embedding_size,
        weights,
        shifts.astype(np.uint8),
        np.rint(centres).T.astype(np.int16),
        threshold=0,
    )


def _class_means(
    values: NDArray[np.float64], labels: NDArray[np.int64], class_count: int
) -> NDArray[np.float64]:
    return np.array([values[labels == c].mean(axis=0) for c in range(class_count)])
