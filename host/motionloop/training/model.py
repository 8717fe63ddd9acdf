"""The network: a depthwise-separable 1D-CNN, written as 2D convolutions of height 1.

Conv1D would read better, but tensorflow-model-optimization cannot quantize it (issue 362), and
TFLite turns it into the same 2D operators in any case.
"""

from __future__ import annotations

from dataclasses import dataclass

import tensorflow as tf

keras = tf.keras
layers = keras.layers


@dataclass(frozen=True)
class ModelConfig:
    """Shape of the network; the defaults have 7.4k parameters with 12 channels, 6 classes.

    `filters[0]` belongs to the stem, the others to one depthwise-separable block each, as do
    the `strides`. `width` multiplies all filters, rounded to a multiple of 4.
    """

    filters: tuple[int, ...] = (16, 32, 48, 48)
    strides: tuple[int, ...] = (2, 2, 1, 1)
    stem_kernel: int = 7
    block_kernel: int = 5
    width: float = 1.0
    dropout: float = 0.0

    def scaled_filters(self) -> list[int]:
        """The filters after the width multiplier, at least 4 each."""
        return [max(4, 4 * round(count * self.width / 4)) for count in self.filters]


def build(
    window: int, channels: int, classes: int, config: ModelConfig, seed: int
) -> tf.keras.Model:
    """An untrained network: float32 [batch, 1, window, channels] to logits [batch, classes].

    The input is the int8 input tensor divided by 2**INPUT_SCALE_BITS. Equal arguments give
    equal initial weights.
    """
    keras.backend.clear_session()  # layer names count up otherwise, and end up in the .tflite
    keras.utils.set_random_seed(seed)
    stem, *blocks = config.scaled_filters()
    first_stride, *strides = config.strides

    x = inputs = keras.Input((1, window, channels), name="window")
    # [1, window, channels] -> [1, window / 2, 16]
    x = layers.Conv2D(
        stem, (1, config.stem_kernel), (1, first_stride), padding="same", use_bias=False
    )(x)
    x = _norm_relu(x)
    # -> [1, window / 4, 32] -> [1, window / 4, 48] -> [1, window / 4, 48]
    for filters, stride in zip(blocks, strides, strict=True):
        # A depthwise kernel slides in both directions, so Keras wants one stride: height is 1.
        x = layers.DepthwiseConv2D(
            (1, config.block_kernel), (stride, stride), padding="same", use_bias=False
        )(x)
        x = _norm_relu(x)
        x = layers.Conv2D(filters, 1, use_bias=False)(x)
        x = _norm_relu(x)
    x = layers.GlobalAveragePooling2D(name="embedding")(x)  # -> [48]
    if config.dropout:
        x = layers.Dropout(config.dropout, seed=seed)(x)
    logits = layers.Dense(classes, name="logits")(x)
    return keras.Model(inputs, logits)


def _norm_relu(x: tf.Tensor) -> tf.Tensor:
    # Momentum 0.99 needs more steps than a short training has.
    return layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))


def macs(model: tf.keras.Model) -> int:
    """Multiply-accumulates of one inference in the convolutions and the dense layer."""
    total = 0
    for layer in model.layers:
        if isinstance(layer, layers.DepthwiseConv2D):
            kernel = layer.depthwise_kernel
        elif isinstance(layer, layers.Conv2D | layers.Dense):
            kernel = layer.kernel
        else:
            continue
        # Each weight is used once at each output position; a dense layer has one position.
        positions = layer.output.shape[1:-1].num_elements() or 1
        total += int(tf.size(kernel)) * positions
    return total
