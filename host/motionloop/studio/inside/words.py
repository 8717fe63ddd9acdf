"""What is said of layers, maps and values, for people who see a network from inside for the first
time."""

from __future__ import annotations

from motionloop.model.activations import INPUT, Layer
from motionloop.studio.inside.series import Series
from motionloop.wire import Operator

_INPUT = (
    "What the model gets: one window of motion, a row for each channel, in int8. Raw channels hold "
    "the posture. In companded channels small motion gets most of the codes, so that sway can be "
    "seen."
)
_OF = {
    Operator.CONV_2D: (
        "Each map is one kernel that slides along the window, multiplies what it sees by its "
        "weights and adds up. It is high where the motion looks like the kernel."
    ),
    Operator.DEPTHWISE_CONV_2D: (
        "As a convolution, but each kernel slides over one map only. It needs few weights: that "
        "makes MobileNet light."
    ),
    Operator.MAX_POOL_2D: "Each point is the largest of its neighbours: fewer points, less work.",
    Operator.AVERAGE_POOL_2D: "Each point is the mean of its neighbours: fewer points, less work.",
    Operator.MEAN: (
        "Each map becomes one value, its mean over the window. When something happened is "
        "forgotten here; how much of it happened stays."
    ),
    Operator.FULLY_CONNECTED: (
        "Each value is a sum of all values before it, each times a weight: the evidence for one "
        "label. High evidence for one label means a sure answer."
    ),
    Operator.SOFTMAX: "Turns the evidence into probabilities: all together they are 1.",
    Operator.CONCATENATION: "Puts the maps of its sources side by side; nothing is computed.",
    Operator.RELU: "Lets positive values pass and makes negative values zero.",
    Operator.ADD: "Adds two layers, point by point.",
    Operator.MUL: "Multiplies two layers, point by point.",
    Operator.RESHAPE: "Puts the same values into another shape, for example all in one row.",
    Operator.PAD: "Adds zeros at the ends, so that a kernel can begin there.",
}
_POINTWISE = (
    "A convolution of one point: each map is a mix of the maps before it, at the same moment. It "
    "combines what the kernels before it have found."
)
_RELU = " ReLU follows: negative becomes zero, so zero means not found."


def explanation(series: Series, layer: int) -> str:
    """What a column shows, in two or three sentences."""
    if layer == INPUT:
        return _INPUT
    this = series.layered.layers[layer]
    is_mix = this.operator is Operator.CONV_2D and this.kernel == (1, 1)
    words = _POINTWISE if is_mix else _OF[this.operator]
    return words + (_RELU if this.fused.startswith("ReLU") else "")


def facts(series: Series, layer: int) -> str:
    """Shape, kernel, weights, work and sources of a column."""
    spec = series.package.input
    if layer == INPUT:
        return (
            f"{len(series.channels)} channels x {spec.window} points at {spec.rate_hz:g} Hz: "
            f"{spec.window_s:.2f} s."
        )
    this = series.layered.layers[layer]
    shape = f"{this.map_count} x {this.positions}" if this.positions > 1 else f"{this.map_count}"
    parts = [f"{shape} values"]
    if this.kernel != (1, 1):
        parts.append(f"kernel {_size(this.kernel)}")
    if this.stride != (1, 1):
        parts.append(f"stride {this.stride[1]}")
    if this.weights is not None:
        parts.append(f"{this.weight_count:,} weights")
        parts.append(f"{this.macs:,} multiply-accumulates")
    parts.append(f"scale {this.output.scale:.4g}, zero point {this.output.zero_point}")
    reads = [column_name(series, source).split(",")[0] for source in this.sources]
    return f"{'; '.join(parts)}. Reads {' and '.join(reads)}."


def _size(kernel: tuple[int, int]) -> str:
    return str(kernel[1]) if kernel[0] == 1 else f"{kernel[0]} x {kernel[1]}"


def column_name(series: Series, layer: int) -> str:
    return "input" if layer == INPUT else series.layered.layers[layer].name


def map_name(series: Series, layer: int, index: int) -> str:
    """A channel, a label, or the number of a map."""
    if layer == INPUT:
        return channel_name(series, index)
    this = series.layered.layers[layer]
    if _is_of_labels(series, this, layer):
        return series.package.labels[index]
    return f"{'map' if this.positions > 1 else 'value'} {index + 1}"


def _is_of_labels(series: Series, layer: Layer, index: int) -> bool:
    output = series.layered.layers[series.layered.output]
    return layer is output or (
        index in output.sources and layer.map_count == len(series.package.labels)
    )


def channel_name(series: Series, index: int) -> str:
    """As in "ax raw" or "gz comp."."""
    channel = series.channels[index]
    return f"{channel.axis} {'raw' if channel.table is None else 'comp.'}"


def group_name(series: Series, index: int) -> str:
    """What the channels beside this one have in common, with the unit."""
    channel = series.channels[index]
    mean = ", less mean" if channel.remove_mean else ""
    if channel.table is None:
        return f"raw{mean}, {channel.unit}"
    return f"companded{mean}"


def channel_value(series: Series, index: int, code: int) -> str:
    """A code of the input in the unit of its channel, where the step is the same everywhere."""
    channel, value = series.channels[index], code * series.layered.input.scale
    if channel.scale:
        return f"code {code} = {value / channel.scale:.3g} {channel.unit}"
    return f"code {code} = {value:.3g}"


def value_words(series: Series, layer: int, index: int, code: int) -> str:
    """A code and the value that it stands for."""
    if layer == INPUT:
        return channel_value(series, index, code)
    output = series.layered.layers[layer].output
    return f"code {code} = {output.scale * (code - output.zero_point):.3g}"
