"""Statistics of known activities: false alarms as asked for, and what was never seen is told."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from motionloop.model.inference import Interpreter
from motionloop.splits import SplitKind, split, split_people

ONE_OUTPUT = Path(__file__).parents[1] / "golden/board.tflite"

pytestmark = pytest.mark.training


@pytest.fixture(scope="module")
def fitted(windows):
    from motionloop.training.fit import fit
    from motionloop.training.network import ModelConfig
    from motionloop.training.train import TrainConfig

    config = TrainConfig(epochs=1, min_steps=80, model=ModelConfig(width=0.5))
    return fit(windows, split_people(windows, ["cleo"]), config)


@pytest.fixture(scope="module")
def package(fitted):
    from motionloop.training.fit import package_of

    return package_of(fitted)


def rejected(package, inputs) -> np.ndarray:
    embeddings = Interpreter(package.tflite).embed_many(inputs)
    return package.rejection.rejects(embeddings, inputs)


def test_few_windows_of_people_never_seen_are_rejected(windows, fitted, package):
    inputs = windows.channels(windows.fixed[fitted.split.test])
    assert 0 <= rejected(package, inputs).mean() <= 0.05


@pytest.mark.parametrize("kind", ["faster", "noise"])
def test_another_motion_is_rejected(windows, package, kind):
    rng = np.random.default_rng(2)
    t_s = np.arange(windows.spec.window)[:, np.newaxis] / windows.spec.rate_hz
    if kind == "faster":
        motion = 2.5 * np.sin(2 * np.pi * 6 * t_s + rng.uniform(0, 6, (50, 1, 6)))
    else:
        motion = rng.normal(0, 3.0, (50, windows.spec.window, 6))
    inputs = windows.channels(np.rint(motion * 2**16).astype(np.int32))
    assert rejected(package, inputs).mean() > 0.8


def test_a_model_without_an_embedding_rejects_nothing(windows, fitted):
    from motionloop.training.augment import AugmentConfig
    from motionloop.training.fit_rejection import fit_rejection

    interpreter = Interpreter(ONE_OUTPUT.read_bytes())
    assert interpreter.embedding_size == 0
    none = np.empty((len(fitted.split.test), 0), np.int8)
    assert fit_rejection(interpreter, windows, fitted.split, none, AugmentConfig(), 1) is None


@pytest.mark.parametrize("count", [1, 19, 20, 400])
def test_threshold_lets_no_more_than_the_share_through(count):
    from motionloop.training.fit_rejection import threshold

    distances = np.random.default_rng(count).permutation(count).astype(np.uint64)
    beyond = int((distances > threshold(distances, np.ones(count), 0.05)).sum())
    assert beyond == int(0.05 * count)
    assert threshold(np.array([2**40], np.uint64), np.ones(1)) == 2**32 - 1


def test_threshold_counts_by_weight():
    from motionloop.training.fit_rejection import threshold

    distances, weights = np.arange(10, dtype=np.uint64), np.ones(10)
    assert threshold(distances, weights, 0.2) == 7
    weights[9] = 9.0  # half of all
    assert threshold(distances, weights, 0.2) == 9
    assert threshold(distances, weights, 0.5) == 8


@pytest.mark.parametrize("kind", ["person", "session", "block"])
def test_every_split_gives_a_threshold(windows, fitted, kind):
    """Known windows, turned as little as the augmentation turns them, are rarely rejected."""
    from motionloop.training.augment import AugmentConfig, augment
    from motionloop.training.fit_rejection import fit_rejection

    interpreter = Interpreter(fitted.converted.board)
    parts = split(windows, SplitKind(kind))
    tested = interpreter.embed_many(windows.channels(windows.fixed[parts.test]))
    made = fit_rejection(interpreter, windows, parts, tested, AugmentConfig(), seed=1)
    motion = augment(windows.fixed / np.float32(2**16), AugmentConfig(), np.random.default_rng(8))
    inputs = windows.channels(np.rint(motion * 2**16).astype(np.int32))
    assert 0.01 < made.rejects(interpreter.embed_many(inputs), inputs).mean() < 0.1


@pytest.mark.parametrize("scale", [0.2, 1.0, 30.0])
def test_distances_are_those_of_floating_point(scale):
    """Quantized weights and means keep the Mahalanobis distance, whatever the features' scale."""
    from motionloop.training.fit_rejection import statistics

    rng = np.random.default_rng(4)
    labels = np.arange(3000) % 3
    mixed = (
        rng.normal(0, 1, (3000, 8)) @ rng.normal(0, 1, (8, 8))
        + 3 * rng.normal(0, 1, (3, 8))[labels]
    )
    values = np.rint(scale * mixed).clip(-128, 127).astype(np.int8)
    known = statistics(values, labels, 3, embedding_size=6)
    means = np.array([values[labels == c].mean(axis=0) for c in range(3)])
    within = values - means[labels]
    covariance = within.T @ within / len(values)
    # The same floor under rare directions as in `statistics`.
    deviations = np.maximum(values.std(axis=0), 8.0)
    normal = covariance / np.outer(deviations, deviations)
    normal += (0.02 * np.trace(normal) / 8 + 1e-6) * np.eye(8)
    inverse = np.linalg.inv(normal * np.outer(deviations, deviations))
    apart = values[:, np.newaxis] - means
    exact = np.einsum("kci,ij,kcj->kc", apart, inverse, apart).min(axis=1)
    rows = slice(-4)  # without the evidence and what evens the limits out
    distance = replace(
        known, weights=known.weights[rows], shifts=known.shifts[rows], means=known.means[rows]
    )
    found = distance.distances(values).astype(float)
    assert np.corrcoef(found, exact)[0, 1] > 0.99
    far = exact > np.quantile(exact, 0.95)
    assert (found > np.quantile(found, 0.95))[far].mean() > 0.9


def _rejected_at_5(values, labels, others):
    """Share of `others` farther than 95 % of what the statistics are of; false alarms by class."""
    from motionloop.training.fit_rejection import statistics

    known = statistics(values, labels, int(labels.max()) + 1, embedding_size=values.shape[1])
    distances = known.distances(values)
    limit = np.quantile(distances, 0.95)
    alarms = [float((distances[labels == c] > limit).mean()) for c in np.unique(labels)]
    return float((known.distances(others) > limit).mean()), alarms


def _as_features(values):
    return np.rint(16 * values).clip(-128, 127).astype(np.int8)


def test_what_is_between_two_activities_is_rejected():
    """It is near both means, but evidently neither."""
    rng = np.random.default_rng(5)
    labels = np.arange(4000) % 2
    values = rng.standard_t(5, (4000, 24))
    values[:, 0] = rng.normal(0, 1, 4000) + 6 * (labels - 0.5)
    between = rng.standard_t(5, (1000, 24))
    between[:, 0] = rng.normal(0, 1, 1000)
    rejected, _ = _rejected_at_5(_as_features(values), labels, _as_features(between))
    assert rejected > 0.3  # by the distance alone 0.06


def test_calm_activities_get_limits_of_their_own():
    """Or all false alarms would be of the lively one, and all misses at the calm one."""
    rng = np.random.default_rng(6)
    labels = np.arange(4000) % 2
    values = rng.normal(0, 1, (4000, 12)) * np.where(labels == 0, 0.7, 1.3)[:, np.newaxis]
    values[:, 0] += 10 * labels
    _, alarms = _rejected_at_5(_as_features(values), labels, _as_features(values))
    # With one limit for all they are 0.01 and 0.09, by the distance alone 0 and 0.1.
    assert min(alarms) > 0.015
    assert max(alarms) < 0.085


def test_a_rare_label_is_among_the_windows_looked_at():
    from motionloop.training.fit_rejection import _some_of_each

    labels = np.repeat([0, 1, 2], [8000, 8000, 3])
    which = np.arange(len(labels)) + 100
    for seed in range(5):
        chosen = _some_of_each(which, labels, np.random.default_rng(seed))
        counts = np.bincount(labels[chosen - 100], minlength=3)
        assert counts[2] == 3
        assert 600 <= counts.sum() <= 603
