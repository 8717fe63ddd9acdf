"""How windows are varied follows from how the training's people wore the board."""

from dataclasses import replace

import numpy as np
import pytest

from motionloop.training.augment import AugmentConfig
from motionloop.windows import WindowSet

pytestmark = pytest.mark.training


def varied(windows: WindowSet, **changes: float) -> AugmentConfig:
    from motionloop.training.fit import varied_as_worn

    return varied_as_worn(AugmentConfig(**changes), windows)


def worn_upside_down(windows: WindowSet, person: str) -> WindowSet:
    signs = np.where(windows.person == person, -1, 1)[:, np.newaxis, np.newaxis]
    return replace(windows, fixed=windows.fixed * signs)


def test_people_who_wear_it_alike_need_nothing_more(windows):
    assert varied(windows) == AugmentConfig()


def test_people_who_wear_it_differently_bring_half_turns(windows):
    found = varied(worn_upside_down(windows, "ben"))
    assert found.half_turned == 0.5
    assert found.rotation_rad > 0.225
    assert found.any_orientation == 0


def test_a_comparison_without_rotation_has_no_half_turns_either(windows):
    found = varied(worn_upside_down(windows, "ben"), rotation_rad=0.0)
    assert found == AugmentConfig(rotation_rad=0.0)


def test_a_label_from_few_sessions_is_turned_to_any_orientation(windows):
    two = windows.take(np.flatnonzero(windows.person != "cleo"))
    assert varied(two) == AugmentConfig(any_orientation=0.3)
