"""Methods that make a trained network smaller: each trains a copy of the base anew.

All of them work on any functional Keras model that ends in logits, spend the same training
budget, and leave the base as it is. What comes back is a plain network without the toolkit's
wrappers, quantized afterwards like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import tensorflow as tf
import tensorflow_model_optimization as tfmot
from numpy.typing import NDArray
from tensorflow_model_optimization.python.core.clustering.keras.experimental import (
    cluster as preserving,
)

from motionloop.training.variants.prune import prune_channels

SPARSITY = 0.5  # share of the weights that magnitude pruning makes zero
CLUSTERS = 16  # different weights a layer
MAC_SHARE = 0.5  # of the multiply-accumulates that structural pruning leaves
_PRUNED_AFTER = 0.5  # of the training; the rest is for the weights that stayed
_RANGE_INPUTS = 32


@dataclass(frozen=True)
class Budget:
    """The means of every method: `fit(model, share)` trains `model` in place for that share of
    `steps`; `inputs` float32 [k, ...] are training inputs of the network."""

    fit: Callable[[tf.keras.Model, float], None]
    steps: int
    inputs: NDArray[np.float32]


Method = Callable[[tf.keras.Model, Budget], tf.keras.Model]


def untouched(base: tf.keras.Model, budget: Budget) -> tf.keras.Model:
    """The base itself."""
    return base


def trained_longer(base: tf.keras.Model, budget: Budget) -> tf.keras.Model:
    """The control: the gain of the budget without any method."""
    model = copy_of(base)
    budget.fit(model, 1.0)
    return model


def magnitude_pruned(base: tf.keras.Model, budget: Budget, share: float = 1.0) -> tf.keras.Model:
    """SPARSITY of each layer's weights, the smallest, become and stay zero."""
    steps = round(budget.steps * share)
    schedule = tfmot.sparsity.keras.PolynomialDecay(
        0.0, SPARSITY, 1, max(2, round(_PRUNED_AFTER * steps)), frequency=max(1, steps // 50)
    )
    model = tfmot.sparsity.keras.prune_low_magnitude(copy_of(base), schedule)
    pruned = [layer for layer in model.layers if hasattr(layer, "pruning_step")]
    for layer in pruned:
        layer.pruning_step.assign(0)  # from here it counts by itself
    budget.fit(model, share)
    for layer in pruned:
        layer.pruning_obj.weight_mask_op()  # the last step moved the zeros once more
    return _plain(base, model, "prune_low_magnitude_")


def structurally_pruned(base: tf.keras.Model, budget: Budget, share: float = 1.0) -> tf.keras.Model:
    """Channels are removed until MAC_SHARE of the work is left; see prune.py."""
    model = prune_channels(base, MAC_SHARE)
    budget.fit(model, share)
    return model


def clustered(
    base: tf.keras.Model, budget: Budget, share: float = 1.0, preserve_sparsity: bool = False
) -> tf.keras.Model:
    """Each layer's weights become one of CLUSTERS values, which are trained.

    With `preserve_sparsity` weights that are zero stay zero.
    """
    model = preserving.cluster_weights(
        copy_of(base),
        number_of_clusters=CLUSTERS,
        cluster_centroids_init=tfmot.clustering.keras.CentroidInitialization.KMEANS_PLUS_PLUS,
        preserve_sparsity=preserve_sparsity,
    )
    budget.fit(model, share)
    model(budget.inputs[:1])  # the weights go to their clusters when the network is called
    stripped = tfmot.clustering.keras.strip_clustering(model)
    return _plain(base, stripped, "")


def quantization_aware(base: tf.keras.Model, budget: Budget, share: float = 1.0) -> tf.keras.Model:
    """The training sees the effect of rounding to int8, in weights and activations.

    The toolkit's ranges begin at -6 to 6 and follow by a thousandth a step, too slowly for a
    short training: they begin at what the base's layers put out instead. The trained weights
    then go back into a plain network, whose ranges are calibrated like any other's.
    """
    model = tfmot.quantization.keras.quantize_model(copy_of(base))
    _set_ranges(model, base, budget.inputs[:_RANGE_INPUTS])
    budget.fit(model, share)
    return _plain(base, model, "quant_")


def pruned_and_clustered(base: tf.keras.Model, budget: Budget) -> tf.keras.Model:
    """Magnitude-pruned with half of the budget, clustered with the other; zeros stay."""
    pruned = magnitude_pruned(base, budget, 0.5)
    return clustered(pruned, budget, 0.5, preserve_sparsity=True)


def structurally_pruned_and_quantization_aware(
    base: tf.keras.Model, budget: Budget
) -> tf.keras.Model:
    """Structurally pruned with half of the budget, quantization-aware with the other."""
    return quantization_aware(structurally_pruned(base, budget, 0.5), budget, 0.5)


def copy_of(model: tf.keras.Model) -> tf.keras.Model:
    """A model with layers and weights of its own."""
    copy = tf.keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    return copy


def _plain(base: tf.keras.Model, wrapped: tf.keras.Model, prefix: str) -> tf.keras.Model:
    """The base's network with the trained weights in the layers named prefix + its names."""
    plain = copy_of(base)
    names = {layer.name for layer in wrapped.layers}
    for layer in plain.layers:
        if not layer.weights:
            continue
        # The toolkit leaves some layers unwrapped.
        source = wrapped.get_layer(
            prefix + layer.name if prefix + layer.name in names else layer.name
        )
        trained = {_last(variable.name): variable for variable in source.weights}
        for variable in layer.weights:
            variable.assign(trained[_last(variable.name)])
    return plain


def _set_ranges(
    quantized: tf.keras.Model, base: tf.keras.Model, inputs: NDArray[np.float32]
) -> None:
    """Start each activation's range at the extremes that it has in the base for `inputs`."""
    outputs = tf.keras.Model(base.input, [layer.output for layer in base.layers])(inputs)
    extremes = {
        f"quant_{layer.name}": (float(np.min(output)), float(np.max(output)))
        for layer, output in zip(base.layers, outputs, strict=True)
    }
    of_inputs = (float(np.min(inputs)), float(np.max(inputs)))
    for layer in quantized.layers:
        for variable in layer.weights:
            name = _last(variable.name)
            # An activation's range; the weights' own are computed anew in each step.
            if name.endswith(("_min:0", "_max:0")) and "kernel" not in name:
                low, high = extremes.get(layer.name, of_inputs)  # of a layer of its own
                variable.assign(low if name.endswith("_min:0") else high)


def _last(name: str) -> str:
    return name.rsplit("/", 1)[-1]
