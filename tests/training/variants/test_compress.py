"""What each method promises of the network that it makes."""

import numpy as np
import pytest

pytestmark = [
    pytest.mark.training,
    # The optimization toolkit compares TensorFlow's version in an outdated way.
    pytest.mark.filterwarnings("ignore:distutils Version classes:DeprecationWarning"),
]
STEPS = 8


@pytest.fixture(scope="module")
def base():
    from motionloop.training.network import ModelConfig, build

    return build(32, 12, 4, ModelConfig(width=0.5, blocks=1), seed=1)


@pytest.fixture(scope="module")
def budget():
    """Some steps of descent on noise: enough to move every weight."""
    import tensorflow as tf

    from motionloop.training.variants.compress import Budget

    rng = np.random.default_rng(1)
    inputs = rng.normal(size=(64, 1, 32, 12)).astype(np.float32)
    labels = rng.integers(0, 4, 64)

    def fit(model, share):
        optimizer = tf.keras.optimizers.Adam(1e-2)
        for _ in range(round(STEPS * share)):
            with tf.GradientTape() as tape:
                logits = model(inputs, training=True)
                loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))

    return Budget(fit, STEPS, inputs)


def kernels(model):
    """The weights of the convolutions (not the depthwise ones) and of the dense layer."""
    return [layer.kernel.numpy() for layer in model.layers if hasattr(layer, "kernel")]


def zeros(weights):
    return float(np.mean(weights == 0))


def test_pruning_keeps_half_of_the_weights_at_zero_to_the_end(base, budget):
    from motionloop.training.variants.compress import magnitude_pruned

    before = base.get_weights()
    pruned = magnitude_pruned(base, budget)
    assert [zeros(k) for k in kernels(pruned)] == pytest.approx([0.5] * 3, abs=0.02)
    assert pruned.count_params() == base.count_params()
    for now, then in zip(base.get_weights(), before, strict=True):
        np.testing.assert_array_equal(now, then)


def test_clusters_are_few_and_can_leave_zeros_alone(base, budget):
    from motionloop.training.variants.compress import CLUSTERS, pruned_and_clustered

    made = kernels(pruned_and_clustered(base, budget))
    assert all(len(np.unique(k)) <= CLUSTERS for k in made)
    assert all(zeros(k) > 0.4 for k in made)


def test_quantization_aware_training_starts_from_the_base_and_leaves_a_plain_network(base, budget):
    from motionloop.training.variants.compress import quantization_aware

    made = quantization_aware(base, budget)
    assert [layer.name for layer in made.layers] == [layer.name for layer in base.layers]
    for now, then in zip(kernels(made), kernels(base), strict=True):
        assert 0 < np.abs(now - then).max() < 0.2


def test_the_control_and_the_rest_train_for_the_whole_budget(base, budget):
    from dataclasses import replace

    from motionloop.training.variants import compress

    spent = []
    counted = replace(budget, fit=lambda _, share: spent.append(share))
    compress.trained_longer(base, counted)
    compress.structurally_pruned(base, counted)
    assert spent == [1.0, 1.0]
