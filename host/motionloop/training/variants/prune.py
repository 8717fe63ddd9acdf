"""Structural pruning: channels are removed, and a smaller dense network remains.

Zeros in a weight are stored and multiplied like any number. A removed filter is gone, with its
batch normalization and with its weights in every layer that reads it, so bytes, arena and
multiply-accumulates all fall. TensorFlow's toolkit only writes zeros; hence this file.
"""

from __future__ import annotations

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from motionloop.training.network import macs

layers = tf.keras.layers

# Layers that work on each channel alone: what goes in as channel i comes out as channel i.
_CHANNELWISE = (
    layers.Activation,
    layers.AveragePooling2D,
    layers.BatchNormalization,
    layers.DepthwiseConv2D,
    layers.Dropout,
    layers.GlobalAveragePooling2D,
    layers.MaxPooling2D,
    layers.ReLU,
    layers.ZeroPadding2D,
)
_MIXING = (layers.Conv2D, layers.Dense)  # each output channel is made of all input channels
_SEARCH_STEPS = 7


def prune_channels(model: tf.keras.Model, mac_share: float) -> tf.keras.Model:
    """`model` with the least important channels of every layer removed, untrained since.

    The same share of each layer's channels stays, the greatest with which at most `mac_share` of
    the multiply-accumulates remain. A channel's importance is the size of its batch
    normalization's scales (Liu et al., Network Slimming, arXiv 1708.06519), or of its filter
    where none follows. Inputs and outputs keep all channels. `model` is a functional model of one
    input and one output. Raises TypeError for a layer of which it is not known how channels pass.
    """
    pruning = _Pruning(model)
    most, low, high = mac_share * macs(model), 0.0, 1.0
    for _ in range(_SEARCH_STEPS):
        share = (low + high) / 2
        if macs(pruning.network(pruning.kept(share))) <= most:
            low = share
        else:
            high = share
    kept = pruning.kept(low)
    smaller = pruning.network(kept)
    pruning.copy_weights(smaller, kept)
    return smaller


class _Pruning:
    """The groups of a model's channels that belong together, and the model without some of them.

    `channels[name]` has the group [channels] of each channel that the layer `name` puts out. A
    group is removed or stays as a whole: channels that are added up are in one.
    """

    def __init__(self, model: tf.keras.Model) -> None:
        self._model = model
        self._importance: list[float] = []
        self._joined: list[int] = []  # each group's representative, or one nearer to it
        self.channels: dict[str, NDArray[np.int64]] = {}
        for layer in model.layers:
            self.channels[layer.name] = self._outputs(layer)
        self.channels = {name: self._resolve(groups) for name, groups in self.channels.items()}
        importance = np.zeros(len(self._joined))
        np.add.at(importance, self._resolve(np.arange(len(self._joined))), self._importance)
        for layer in model.layers:
            if isinstance(layer, layers.BatchNormalization) and layer.scale:
                np.add.at(importance, self.channels[layer.name], np.abs(layer.gamma.numpy()))
        self._ranking = importance

    def kept(self, share: float) -> NDArray[np.bool_]:
        """Of each group, whether it is among the most important `share` of its layer's."""
        kept = np.ones(len(self._ranking), bool)
        last = set(self.channels[self._model.layers[-1].name].tolist())
        for layer in self._model.layers:
            groups = self.channels[layer.name]
            if isinstance(layer, _MIXING) and not last & set(groups.tolist()):
                ranked = groups[np.argsort(-self._ranking[groups], kind="stable")]
                kept[ranked[max(1, round(share * len(ranked))) :]] = False
        return kept

    def network(self, kept: NDArray[np.bool_]) -> tf.keras.Model:
        """The model's layers with the groups in `kept` only, not yet with their weights."""

        def smaller(layer: tf.keras.layers.Layer) -> tf.keras.layers.Layer:
            config = layer.get_config()
            for size in {"filters", "units"} & config.keys():
                config[size] = int(kept[self.channels[layer.name]].sum())
            return layer.__class__.from_config(config)

        return tf.keras.models.clone_model(self._model, clone_function=smaller)

    def copy_weights(self, smaller: tf.keras.Model, kept: NDArray[np.bool_]) -> None:
        """Give `smaller`, a network of `kept`, the weights of the channels that stayed."""
        for layer in self._model.layers:
            if not layer.weights:
                continue
            outputs = kept[self.channels[layer.name]]
            inputs = kept[self.channels[_parents(layer)[0].name]]
            if isinstance(layer, _MIXING):
                kernel, *rest = layer.get_weights()
                weights = [kernel[..., inputs, :][..., outputs]]
            elif isinstance(layer, layers.DepthwiseConv2D):
                kernel, *rest = layer.get_weights()
                weights = [kernel[..., inputs, :]]
            else:
                weights, rest = [], layer.get_weights()
            smaller.get_layer(layer.name).set_weights(weights + [w[outputs] for w in rest])

    def _outputs(self, layer: tf.keras.layers.Layer) -> NDArray[np.int64]:
        parents = [self.channels[parent.name] for parent in _parents(layer)]
        if isinstance(layer, layers.InputLayer):
            return self._new(np.zeros(layer.output.shape[-1]))
        if isinstance(layer, _MIXING) and getattr(layer, "groups", 1) == 1:
            kernel = layer.kernel.numpy()
            normed = any(
                isinstance(node.layer, layers.BatchNormalization) for node in layer.outbound_nodes
            )
            sizes = np.linalg.norm(kernel.reshape(-1, kernel.shape[-1]), axis=0)
            return self._new(np.zeros_like(sizes) if normed else sizes)
        if isinstance(layer, layers.Concatenate):
            return np.concatenate(parents)
        if isinstance(layer, layers.Add):
            for other in parents[1:]:
                for a, b in zip(self._resolve(parents[0]), self._resolve(other), strict=True):
                    self._joined[b] = int(a)
            return parents[0]
        if isinstance(layer, _CHANNELWISE) and getattr(layer, "depth_multiplier", 1) == 1:
            return parents[0]
        raise TypeError(
            f"{layer.name} is a {type(layer).__name__}, of which it is not known how channels "
            "pass through it: teach training/variants/prune.py, or leave the layer out"
        )

    def _new(self, importance: NDArray[np.floating]) -> NDArray[np.int64]:
        first = len(self._joined)
        self._joined += range(first, first + len(importance))
        self._importance += importance.tolist()
        return np.arange(first, len(self._joined))

    def _resolve(self, groups: NDArray[np.int64]) -> NDArray[np.int64]:
        joined = np.array(self._joined)
        while not np.array_equal(joined[groups], groups):
            groups = joined[groups]
        return groups


def _parents(layer: tf.keras.layers.Layer) -> list[tf.keras.layers.Layer]:
    return [node.layer for node in layer.inbound_nodes[0].parent_nodes]
