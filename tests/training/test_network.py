import numpy as np
import pytest

pytestmark = pytest.mark.training


def test_default_network_has_the_documented_size():
    from motionloop.training.network import ModelConfig, build, macs

    model = build(window=128, channels=12, classes=6, config=ModelConfig(), seed=1)
    assert model.count_params() == 7430
    # Stem, three blocks (depthwise + pointwise), dense.
    blocks = 32 * (16 * 5 + 16 * 32) + 32 * (32 * 5 + 32 * 48) + 32 * (48 * 5 + 48 * 48)
    assert macs(model) == 64 * 16 * 7 * 12 + blocks + 48 * 6


@pytest.mark.parametrize(("width", "filters"), [(0.5, [8, 16, 24]), (0.1, [4, 4, 4])])
def test_width_scales_the_filters(width, filters):
    from motionloop.training.network import ModelConfig

    assert [ModelConfig(width=width).filters(count) for count in (16, 32, 48)] == filters


def test_seed_decides_the_weights():
    from motionloop.training.network import ModelConfig, build

    first, same, other = (
        build(32, 6, 3, ModelConfig(width=0.25), seed).get_weights() for seed in (1, 1, 2)
    )
    assert all(np.array_equal(a, b) for a, b in zip(first, same, strict=True))
    assert not np.array_equal(first[0], other[0])
