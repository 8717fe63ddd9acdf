"""A network that is too large is refused before its training."""

from __future__ import annotations

import numpy as np
import pytest

from motionloop.errors import PackageError
from motionloop.model.package import input_spec
from motionloop.windows import WindowSet

pytestmark = [
    pytest.mark.training,
    pytest.mark.filterwarnings("ignore:distutils Version classes:DeprecationWarning"),
]


def windows_of(points: int, labels: int) -> WindowSet:
    rng = np.random.default_rng(0)
    fixed = rng.integers(-(2**16), 2**16, (16, points, 6)).astype(np.int32)
    return WindowSet(
        input_spec(50.0, points, points // 2),
        tuple(f"label {n}" for n in range(labels)),
        fixed,
        np.zeros(16, np.int64),
        np.full(16, "Ada"),
        np.full(16, "monday"),
        np.arange(16),
        False,
        np.zeros(16),
    )


@pytest.mark.parametrize("architecture", ["mobilenet", "cnn", "squeezenet"])
def test_the_usual_width_fits_with_the_largest_input_and_all_labels(
    architecture: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from motionloop.training import fits
    from motionloop.training.network import ModelConfig

    assert fits.fits_for_certain(ModelConfig(architecture))
    monkeypatch.setattr(fits, "fits_for_certain", lambda _: False)
    assert fits.why_not(ModelConfig(architecture), windows_of(341, 16)) is None


def test_a_network_that_is_too_wide_is_refused_with_the_options() -> None:
    from motionloop.training.fits import check_fits
    from motionloop.training.network import ModelConfig

    with pytest.raises(PackageError, match=r"needs an arena of \d+ .*`--width` than 2.5"):
        check_fits(ModelConfig(width=2.5), windows_of(341, 6))
    # Hardly any weights, each used at every one of many points.
    slow = ModelConfig("cnn", stem_stride=1, stem_kernel=99)
    with pytest.raises(PackageError, match=r"does not fit.*thousand multiply-accumulates"):
        check_fits(slow, windows_of(341, 6))
    with pytest.raises(PackageError, match=r"\d+ bytes of a slot.*`--width` than 5"):
        check_fits(ModelConfig(width=5), windows_of(128, 6))
