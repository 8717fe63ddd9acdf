"""The networks: compact 1D-CNNs, written as 2D convolutions of height 1.

Conv1D would read better, but tensorflow-model-optimization cannot quantize it (issue 362), and
TFLite turns it into the same 2D operators in any case.

The shapes in the comments are those of the default width with a window of 128 points.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import tensorflow as tf

from motionloop import wire
from motionloop.language import tr

keras = tf.keras
layers = keras.layers

_WIDEST = 64.0  # far more than any board has room for


@dataclass(frozen=True)
class ModelConfig:
    """The choice of a network. `width` multiplies all filters, rounded to a multiple of 4."""

    architecture: str = "mobilenet"  # a name in ARCHITECTURES
    width: float = 1.0
    blocks: int = 3  # after the stem, at most
    stem_stride: int = 2
    stem_kernel: int = 7
    block_kernel: int = 5
    dropout: float = 0.0

    def __post_init__(self) -> None:
        """Raises ValueError for what is no network, or would fill the memory before it is one."""
        sizes = self.blocks, self.stem_stride, self.stem_kernel, self.block_kernel
        if (
            self.architecture not in ARCHITECTURES
            or not 0 < self.width <= _WIDEST
            or not all(1 <= size <= wire.MAX_WINDOW for size in sizes)
            or not 0 <= self.dropout < 1
        ):
            raise ValueError(tr("there is no such network: {shown}", shown=self))

    def filters(self, count: int) -> int:
        """`count` filters of the default width at this width, at least 4."""
        return max(4, 4 * round(count * self.width / 4))


def build(
    window: int, channels: int, classes: int, config: ModelConfig, seed: int
) -> tf.keras.Model:
    """An untrained network: float32 [batch, 1, window, channels] to logits [batch, classes].

    The input is the int8 input tensor divided by 2**INPUT_SCALE_BITS. The layer "embedding"
    gives the pooled features, "logits" is the head. Equal arguments give equal initial weights.
    """
    keras.backend.clear_session()  # layer names count up otherwise, and end up in the .tflite
    keras.utils.set_random_seed(seed)
    inputs = keras.Input((1, window, channels), name="window")
    x = ARCHITECTURES[config.architecture](inputs, config)
    x = layers.GlobalAveragePooling2D(name="embedding")(x)
    if config.dropout:
        x = layers.Dropout(config.dropout, seed=seed)(x)
    return keras.Model(inputs, layers.Dense(classes, name="logits")(x))


def _cnn(x: tf.Tensor, config: ModelConfig) -> tf.Tensor:
    """Plain convolutions, as a first course on convolutional networks has them."""
    x = _stem(x, config)
    for filters, stride in ((24, 2), (24, 1))[: config.blocks]:  # -> [1, 32, 24] twice
        x = _conv(x, config.filters(filters), config.block_kernel, stride)
    return x


def _mobilenet(x: tf.Tensor, config: ModelConfig) -> tf.Tensor:
    """Depthwise-separable convolutions: one filter per channel, then a mix of the channels.

    Source: Howard et al., MobileNets, arXiv 1704.04861.
    """
    x = _stem(x, config)
    # -> [1, 32, 32] -> [1, 32, 48] twice
    for filters, stride in ((32, 2), (48, 1), (48, 1))[: config.blocks]:
        # A depthwise kernel slides in both directions, so Keras wants one stride: height is 1.
        x = layers.DepthwiseConv2D(
            (1, config.block_kernel), (stride, stride), padding="same", use_bias=False
        )(x)
        x = _norm_relu(x)
        x = _conv(x, config.filters(filters), 1)
    return x


def _squeezenet(x: tf.Tensor, config: ModelConfig) -> tf.Tensor:
    """Fire modules: few channels are squeezed out, then expanded by two kernel sizes.

    Source: Iandola et al., SqueezeNet, arXiv 1602.07360.
    """
    x = layers.MaxPooling2D((1, 2))(_stem(x, config))  # -> [1, 32, 16]
    # -> [1, 32, 32] -> [1, 32, 40] -> [1, 32, 48]
    for squeezed, expanded in ((8, 16), (12, 20), (12, 24))[: config.blocks]:
        x = _conv(x, config.filters(squeezed), 1)
        filters = config.filters(expanded)
        wide = _conv(x, filters, config.block_kernel)
        x = layers.Concatenate()([_conv(x, filters, 1), wide])
    return x


ARCHITECTURES: dict[str, Callable[[tf.Tensor, ModelConfig], tf.Tensor]] = {
    "cnn": _cnn,
    "mobilenet": _mobilenet,
    "squeezenet": _squeezenet,
}

# The default, and one of half its size and a quarter of its multiply-accumulates.
TIERS = {
    "default": ModelConfig(),
    "small": ModelConfig(width=0.75, blocks=2, stem_stride=4, stem_kernel=9, block_kernel=9),
}


def _stem(x: tf.Tensor, config: ModelConfig) -> tf.Tensor:
    # [1, 128, 12] -> [1, 64, 16]
    return _conv(x, config.filters(16), config.stem_kernel, config.stem_stride)


def _conv(x: tf.Tensor, filters: int, kernel: int, stride: int = 1) -> tf.Tensor:
    x = layers.Conv2D(filters, (1, kernel), (1, stride), padding="same", use_bias=False)(x)
    return _norm_relu(x)


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
