import numpy as np
import pytest

pytestmark = pytest.mark.training


def test_figures_of_a_known_confusion(windows):
    from motionloop.training.measure import evaluate

    test = windows.take(np.flatnonzero(windows.label < 2))  # "walk" has no window
    answers = test.label.copy()
    answers[(test.label == 0) & (test.person == "ben")] = 1  # 40 of 120 "jog" taken for "rest"
    found = evaluate(answers, test)
    assert found.windows == 240
    assert found.confusion == [[80, 40, 0], [0, 120, 0], [0, 0, 0]]
    assert found.accuracy == pytest.approx(200 / 240)
    assert found.recall == {"jog": pytest.approx(2 / 3), "rest": 1.0, "walk": None}
    assert found.macro_f1 == pytest.approx((2 * 80 / 200 + 2 * 120 / 280) / 2)
    assert found.person_accuracy == {"ada": 1.0, "ben": 0.5, "cleo": 1.0}
