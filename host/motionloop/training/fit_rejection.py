"""The statistics of a model's known activities, by which a board finds unknown activities.

The distance of a window's features to the nearest class mean, under one covariance within all
classes (Mahalanobis distance; Lee et al. 2018, arXiv 1807.03888), on the int8 embeddings that TFLM
gives; and a lack of evidence for that class, the answer of a linear classifier on the features.
A window between two activities is near both means but has evidence for neither (distance and logits
together: Wang et al. 2022, arXiv 2203.10807). All is computed from training windows, half of them
augmented as in training.

The threshold is of windows held out, but the few people or sessions among them say little about the
next ones. So it is also of those training windows, each measured with statistics of other people or
sessions (cross-fitting): the network has seen those people, the statistics have not.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from motionloop.model.inference import Int8Array, Interpreter
from motionloop.model.rejection import Rejection, features
from motionloop.splits import Split, SplitKind
from motionloop.training.augment import AugmentConfig, augment
from motionloop.windows import WindowSet, to_fixed
from motionloop.wire import MAX_RANK

FALSE_ALARMS = 0.05  # share of windows of known activities that may be rejected
_FOLDS = 4  # of the cross-fitting
_WINDOWS = 600  # of the training, and as many augmented: each takes TFLM a millisecond
_LEAST_WINDOWS = 50  # of a label, if it has as many
_HELD_OUT = 1000  # windows held out, at most, that the threshold is taken from
_EVIDENCE_WEIGHT = 0.6  # of its spread, which counts as the distance's
_EVENNESS = 0.5  # 0: one limit for all classes; 1: each class has as many false alarms
_RIDGE = 0.02  # of the evidence's least squares
_SHRINKAGE = 0.02  # of the mean variance, added to each: rare directions are estimated badly
_LEAST_DEVIATION = 8.0  # of a feature, in its steps: keeps the weights within int8
_DEVIATION_STEPS = 64.0  # steps of a whitened coordinate in one standard deviation
_EVIDENT = 2.0  # 1 is what windows of the class have on average


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
    train = windows.take(_some_of_each(split.train, windows.label[split.train], rng))
    held_out = _some(np.arange(len(split.test)), _HELD_OUT, rng)
    varied = augment(train.motion, config, rng)

    def seen(fixed: NDArray[np.int32]) -> Int8Array:
        inputs = windows.channels(fixed)
        return features(interpreter.embed_many(inputs), inputs)

    values = np.concatenate([seen(train.fixed), seen(to_fixed(varied))])
    labels = np.tile(train.label, 2)
    groups = np.tile(train.person if split.kind is SplitKind.PERSON else train.session, 2)
    class_count, embedding_size = len(windows.labels), interpreter.embedding_size
    known = statistics(values, labels, class_count, embedding_size)
    crossed = _cross_fitted(values, labels, groups, class_count, embedding_size)
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


def _some_of_each(
    which: NDArray[np.int64], labels: NDArray[np.int64], rng: np.random.Generator
) -> NDArray[np.int64]:
    """About _WINDOWS of `which` [k], a rare label's among them."""
    shuffled = rng.permutation(len(which))
    first = [shuffled[labels[shuffled] == c][:_LEAST_WINDOWS] for c in np.unique(labels)]
    places = np.unique(np.concatenate([*first, shuffled[:_WINDOWS]]))
    return np.asarray(which[places])


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
    """Class means, whitening and evidence of features int8 [k, features] with their labels [k];
    every class has some. The threshold is left at 0.

    The core knows of nothing but distances to class means. The evidence for a class is one more
    coordinate, whose mean, but for the classifier's constant, is _EVIDENT for that class and 0 for
    the others. What has less than _EVIDENT is farther away the less it has; what has more, too,
    for a linear classifier is sure of anything that is large enough.
    """
    deviations = np.maximum(values.std(axis=0), _LEAST_DEVIATION)
    means = _class_means(values.astype(np.float64), labels, class_count)
    whitening = _whitening((values - means[labels]) / deviations) / deviations
    whitening = whitening[: MAX_RANK - class_count - 1]
    # All rows have one scale, with which the means fit int16.
    steps = min(_DEVIATION_STEPS, 127 / np.abs(whitening).max())
    steps = min(steps, 32000 / np.abs(whitening @ means.T).max())
    weights, shifts = _as_int8(whitening * steps)
    coordinates = _coordinates(values, weights, shifts)
    centres = np.rint(_class_means(coordinates, labels, class_count))
    distances = np.square(coordinates - centres[labels]).sum(axis=1)

    linear, constants = _linear_classifier(values / deviations, labels, class_count)
    linear /= deviations
    own = np.take_along_axis(values @ linear.T + constants, labels[:, np.newaxis], axis=1)[:, 0]
    # Steps of the evidence: around 1, where the slope is 2 (_EVIDENT - 1) steps^2, its spread
    # counts _EVIDENCE_WEIGHT of the distances'.
    slope = _EVIDENCE_WEIGHT * _tail(distances) / max(_tail(-own), 1e-3)
    steps = np.sqrt(slope / (2 * (_EVIDENT - 1)))
    evidence_weights, evidence_shifts = _as_int8(linear * steps)
    evidence = _coordinates(values, evidence_weights, evidence_shifts)
    evidence_centres = np.tile(-constants * steps, (class_count, 1))
    classes = np.arange(class_count)
    evidence_centres[classes, classes] += _EVIDENT * steps
    distances += np.square(evidence - evidence_centres[labels]).sum(axis=1)
    # A coordinate that is always 0 takes a calm class, whose windows are near its mean, farther.
    limits = np.array([np.quantile(distances[labels == c], 1 - FALSE_ALARMS) for c in classes])
    away = np.sqrt(_EVENNESS * (limits.max() - limits))
    nothing = np.zeros((1, values.shape[1]), np.int8)
    centres = np.concatenate([centres, evidence_centres, away[:, np.newaxis]], axis=1)
    return Rejection(
        embedding_size,
        np.concatenate([weights, evidence_weights, nothing]),
        np.concatenate([shifts, evidence_shifts, np.zeros(1, np.uint8)]),
        np.rint(centres).T.clip(-(2**15), 2**15 - 1).astype(np.int16),
        threshold=0,
    )


def _whitening(within: NDArray[np.float64]) -> NDArray[np.float64]:
    """[features, features] to coordinates of variance 1 of deviations [k, features] from the class
    means; the row of the largest variance first."""
    variances, directions = np.linalg.eigh(within.T @ within / len(within))
    variances += _SHRINKAGE * variances.mean() + 1e-6
    whitening: NDArray[np.float64] = (directions / np.sqrt(variances)).T[::-1]
    return whitening


def _linear_classifier(
    values: NDArray[np.float64], labels: NDArray[np.int64], class_count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights [classes, features] and constants [classes] that make 1 of the own class's values
    [k, features] and 0 of the others', by least squares; each class counts the same."""
    counts = np.bincount(labels, minlength=class_count)
    weight = (len(labels) / class_count / counts)[labels, np.newaxis]
    centre = (weight * values).mean(axis=0)
    targets = np.eye(class_count)[labels] - 1 / class_count
    weighted = weight * (values - centre)
    ridge = _RIDGE * len(values) * np.eye(values.shape[1])
    weights = np.linalg.solve(weighted.T @ (values - centre) + ridge, weighted.T @ targets).T
    return weights, 1 / class_count - weights @ centre


def _as_int8(rows: NDArray[np.float64]) -> tuple[Int8Array, NDArray[np.uint8]]:
    """Rows [n, features] as fine as int8 allows: int8 weights, and the shifts of the sums."""
    largest = np.maximum(np.abs(rows).max(axis=1), 1e-9)
    shifts = np.floor(np.log2(127 / largest)).clip(0, 15).astype(np.uint8)
    weights = np.rint(rows * 2.0 ** shifts[:, np.newaxis]).clip(-127, 127).astype(np.int8)
    return weights, shifts


def _coordinates(
    values: Int8Array, weights: Int8Array, shifts: NDArray[np.uint8]
) -> NDArray[np.float64]:
    """[k, rows] of features int8 [k, features], as the core computes them."""
    coordinates = (values.astype(np.int64) @ weights.T.astype(np.int64)) >> shifts
    return np.asarray(coordinates, np.float64)


def _tail(values: NDArray[np.float64]) -> float:
    """Distance of the largest of values [k] from their median, without FALSE_ALARMS of them."""
    return float(np.quantile(values, 1 - FALSE_ALARMS) - np.median(values))


def _class_means(
    values: NDArray[np.float64], labels: NDArray[np.int64], class_count: int
) -> NDArray[np.float64]:
    return np.array([values[labels == c].mean(axis=0) for c in range(class_count)])
