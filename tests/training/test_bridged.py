"""What the report says of windows over holes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from motionloop.training.bridged import bridging
from tests.window_sets import window_set


def test_windows_over_holes_are_counted_and_judged_apart() -> None:
    windows = window_set([("sit", "ada", "s", 4), ("walk", "ada", "s", 4)])
    assert bridging(windows, windows, windows.label) is None
    holed = replace(windows, bridged=np.array([0, 0, 0.5, 0.3, 0, 0, 0, 0]))
    answers = holed.label.copy()
    answers[[0, 3]] = 1 - answers[[0, 3]]  # one whole window is wrong, and one over a hole
    made = bridging(holed, holed, answers)
    assert (made["windows"], made["of"]) == (2, 8)
    assert made["share_of_samples"] == pytest.approx(0.1)
    assert (made["accuracy_bridged"], made["accuracy_whole"]) == (0.5, pytest.approx(5 / 6))
    assert "2 of 8 windows span short holes" in made["text"]
    assert "10.0% of all samples" in made["text"]
    only = bridging(holed, holed.take(np.array([2])), holed.label[[2]])
    assert only["accuracy_whole"] is None
    assert "Every window tested is a bridged one" in only["text"]
