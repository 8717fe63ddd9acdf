"""Whether a model is right as often as it says."""

import numpy as np
import pytest


@pytest.fixture
def answers() -> tuple[np.ndarray, np.ndarray]:
    """Probabilities [5000, 3] and labels [5000] drawn from them: a perfectly calibrated model."""
    rng = np.random.default_rng(5)
    probability = rng.dirichlet([0.4, 0.4, 0.4], 5000)
    label = (probability.cumsum(axis=1) < rng.random((5000, 1))).sum(axis=1)
    return probability, label


def test_int8_softmax_becomes_probabilities():
    from motionloop.training.evaluation.calibration import probabilities

    made = probabilities(np.array([[127, -128, -128], [0, 0, -128]], np.int8))
    np.testing.assert_allclose(made.sum(axis=1), 1)
    assert made[0, 0] > 0.99
    assert (made > 0).all()
    np.testing.assert_allclose(made[1, :2], 0.5, atol=0.01)


def test_a_calibrated_model_has_no_error_and_needs_no_temperature(answers):
    from motionloop.training.evaluation.calibration import best_temperature, calibration

    found = calibration(*answers)
    assert found.error < 0.02
    assert sum(found.count) == 5000
    assert best_temperature(*answers) == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("temperature", [0.5, 2.0])
def test_the_temperature_that_made_it_wrong_is_found(answers, temperature):
    from motionloop.training.evaluation.calibration import (
        best_temperature,
        calibration,
        with_temperature,
    )

    probability, label = answers
    off = with_temperature(probability, 1 / temperature)
    assert calibration(off, label).error > 0.05
    assert best_temperature(off, label) == pytest.approx(temperature, rel=0.1)
    mended = with_temperature(off, best_temperature(off, label))
    assert calibration(mended, label).error < 0.02
    np.testing.assert_array_equal(mended.argmax(axis=1), probability.argmax(axis=1))


def test_an_empty_bin_has_no_figures():
    from motionloop.training.evaluation.calibration import calibration

    found = calibration(np.array([[0.95, 0.05], [0.93, 0.07]]), np.array([0, 1]))
    assert found.count[9] == 2
    assert found.accuracy[9] == 0.5
    assert found.accuracy[:9] == [None] * 9
    assert found.error == pytest.approx(0.94 - 0.5)
