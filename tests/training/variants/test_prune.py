"""Channels that are removed: which ones, and that nothing else changes."""

import numpy as np
import pytest

pytestmark = pytest.mark.training


def residual(inputs):
    """A block whose input is added to its output, as in MobileNetV2."""
    import tensorflow as tf

    layers = tf.keras.layers
    x = layers.ReLU()(layers.BatchNormalization()(layers.Conv2D(8, (1, 3), padding="same")(inputs)))
    y = layers.BatchNormalization()(layers.DepthwiseConv2D((1, 3), padding="same")(x))
    y = layers.BatchNormalization()(layers.Conv2D(8, 1)(y))
    x = layers.Conv2D(12, 1)(layers.Add()([x, y]))
    return layers.GlobalAveragePooling2D()(layers.BatchNormalization()(x))


@pytest.fixture(params=["cnn", "mobilenet", "squeezenet", "residual"])
def network(request):
    """One of our networks, or one with a sum, whose normalizations are not as they began."""
    import tensorflow as tf

    from motionloop.training.network import ModelConfig, build

    if request.param == "residual":
        inputs = tf.keras.Input((1, 32, 12))
        model = tf.keras.Model(inputs, tf.keras.layers.Dense(4)(residual(inputs)))
    else:
        model = build(32, 12, 4, ModelConfig(request.param), seed=1)
    rng = np.random.default_rng(1)
    for layer in model.layers:
        if isinstance(layer, tf.keras.layers.BatchNormalization):
            layer.set_weights([rng.uniform(0.5, 1.5, w.shape) for w in layer.get_weights()])
    return model


def test_what_contributes_nothing_goes_first_and_the_outputs_stay(network):
    import tensorflow as tf

    from motionloop.training.network import macs
    from motionloop.training.variants.prune import prune_channels

    # Every second channel is silenced in each normalization: its output is zero.
    for layer in network.layers:
        if isinstance(layer, tf.keras.layers.BatchNormalization):
            layer.set_weights([w * (np.arange(len(w)) % 2) for w in layer.get_weights()[:2]]
                              + layer.get_weights()[2:])  # fmt: skip
    inputs = np.random.default_rng(2).normal(size=(5, 1, 32, 12)).astype(np.float32)
    before = network(inputs).numpy()

    smaller = prune_channels(network, 0.6)

    assert 0.3 * macs(network) < macs(smaller) <= 0.6 * macs(network)
    assert smaller.count_params() < network.count_params()
    np.testing.assert_allclose(smaller(inputs), before, rtol=1e-4, atol=1e-5)
    np.testing.assert_array_equal(network(inputs), before)


def test_a_layer_that_it_does_not_know_is_named():
    import tensorflow as tf

    from motionloop.training.variants.prune import prune_channels

    layers = tf.keras.layers
    inputs = tf.keras.Input((1, 8, 2))
    outputs = layers.Dense(3)(layers.Reshape((16,), name="flat")(inputs))
    with pytest.raises(TypeError, match="flat is a Reshape"):
        prune_channels(tf.keras.Model(inputs, outputs), 0.5)
