"""Few windows prove little."""

from __future__ import annotations

import pytest

from motionloop.model.chance import share_interval, share_words


@pytest.mark.parametrize(
    ("right", "count", "low", "high"),
    [(15, 15, 0.796, 1.0), (0, 10, 0.0, 0.278), (81, 263, 0.255, 0.366), (1, 1, 0.207, 1.0)],
)  # from R's prop.test without continuity correction, and Newcombe 1998
def test_the_interval_is_wilsons(right: int, count: int, low: float, high: float) -> None:
    assert share_interval(right, count) == pytest.approx((low, high), abs=0.001)


def test_all_right_of_few_is_no_certainty() -> None:
    assert share_words(1.0, 15) == "15 of 15 windows right: at least 80% of such windows"
    assert share_words(0.9, 100) == "90 of 100 windows right: 83% to 94% of such windows"
