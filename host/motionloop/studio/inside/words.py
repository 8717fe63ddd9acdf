"""What is said of layers, maps and values, for people who see a network from inside for the first
time."""

from __future__ import annotations

from motionloop.language import tr
from motionloop.model.activations import INPUT, Layer
from motionloop.studio.inside.series import Series
from motionloop.wire import Operator


def _of(operator: Operator) -> str:
    return {
        Operator.CONV_2D: (
            tr(
                "Each map is one kernel that slides along the window, multiplies what it sees by "
                "its weights and adds up. It is high where the motion looks like the kernel."
            )
        ),
        Operator.DEPTHWISE_CONV_2D: (
            tr(
                "As a convolution, but each kernel slides over one map only. It needs few weights: "
                "that makes MobileNet light."
            )
        ),
        Operator.MAX_POOL_2D: tr(
            "Each point is the largest of its neighbours: fewer points, less work."
        ),
        Operator.AVERAGE_POOL_2D: tr(
            "Each point is the mean of its neighbours: fewer points, less work."
        ),
        Operator.MEAN: (
            tr(
                "Each map becomes one value, its mean over the window. When something happened is "
                "forgotten here; how much of it happened stays."
            )
        ),
        Operator.FULLY_CONNECTED: (
            tr(
                "Each value is a sum of all values before it, each times a weight: the evidence "
                "for one label. High evidence for one label means a sure answer."
            )
        ),
        Operator.SOFTMAX: tr("Turns the evidence into probabilities: all together they are 1."),
        Operator.CONCATENATION: tr(
            "Puts the maps of its sources side by side; nothing is computed."
        ),
        Operator.RELU: tr("Lets positive values pass and makes negative values zero."),
        Operator.ADD: tr("Adds two layers, point by point."),
        Operator.MUL: tr("Multiplies two layers, point by point."),
        Operator.RESHAPE: tr(
            "Puts the same values into another shape, for example all in one row."
        ),
        Operator.PAD: tr("Adds zeros at the ends, so that a kernel can begin there."),
    }[operator]


def explanation(series: Series, layer: int) -> str:
    """What a column shows, in two or three sentences."""
    if layer == INPUT:
        return tr(
            "What the model gets: one window of motion, a row for each channel, in int8. Raw "
            "channels hold the posture. In companded channels small motion gets most of the codes, "
            "so that sway can be seen."
        )
    this = series.layered.layers[layer]
    words = _of(this.operator)
    if this.operator is Operator.CONV_2D and this.kernel == (1, 1):
        words = tr(
            "A convolution of one point: each map is a mix of the maps before it, at the same "
            "moment. It combines what the kernels before it have found."
        )
    if not this.fused.startswith("ReLU"):
        return words
    return " ".join([words, tr("ReLU follows: negative becomes zero, so zero means not found.")])


def facts(series: Series, layer: int) -> str:
    """Shape, kernel, weights, work and sources of a column."""
    spec = series.package.input
    if layer == INPUT:
        return tr(
            "{channels} channels x {points} points at {rate:g} Hz: {seconds:.2f} s.",
            channels=len(series.channels), points=spec.window, rate=spec.rate_hz,
            seconds=spec.window_s,
        )  # fmt: skip
    this = series.layered.layers[layer]
    shape = f"{this.map_count} x {this.positions}" if this.positions > 1 else f"{this.map_count}"
    parts = [tr("{shape} values", shape=shape)]
    if this.kernel != (1, 1):
        parts.append(tr("kernel {size}", size=_size(this.kernel)))
    if this.stride != (1, 1):
        parts.append(tr("stride {step}", step=this.stride[1]))
    if this.weights is not None:
        parts.append(tr("{count:,} weights", count=this.weight_count))
        parts.append(tr("{count:,} multiply-accumulates", count=this.macs))
    scale, zero = this.output.scale, this.output.zero_point
    parts.append(tr("scale {scale:.4g}, zero point {zero}", scale=scale, zero=zero))
    reads = [column_name(series, source).split(",")[0] for source in this.sources]
    both = tr(" and ", "between two layers").join(reads)
    return tr("{facts}. Reads {layers}.", facts="; ".join(parts), layers=both)


def _size(kernel: tuple[int, int]) -> str:
    return str(kernel[1]) if kernel[0] == 1 else f"{kernel[0]} x {kernel[1]}"


def column_name(series: Series, layer: int) -> str:
    return tr("input") if layer == INPUT else series.layered.layers[layer].name


def map_name(series: Series, layer: int, index: int) -> str:
    """A channel, a label, or the number of a map."""
    if layer == INPUT:
        return channel_name(series, index)
    this = series.layered.layers[layer]
    if _is_of_labels(series, this, layer):
        return series.package.labels[index]
    if this.positions > 1:
        return tr("map {number}", number=index + 1)
    return tr("value {number}", number=index + 1)


def _is_of_labels(series: Series, layer: Layer, index: int) -> bool:
    output = series.layered.layers[series.layered.output]
    return layer is output or (
        index in output.sources and layer.map_count == len(series.package.labels)
    )


def channel_name(series: Series, index: int) -> str:
    """As in "ax raw" or "gz comp."."""
    channel = series.channels[index]
    if channel.table is None:
        return tr("{axis} raw", axis=channel.axis)
    return tr("{axis} comp.", axis=channel.axis)


def group_name(series: Series, index: int) -> str:
    """What the channels beside this one have in common, with the unit."""
    channel = series.channels[index]
    if channel.table is None:
        if channel.remove_mean:
            return tr("raw, less mean, {unit}", unit=channel.unit)
        return tr("raw, {unit}", unit=channel.unit)
    return tr("companded, less mean") if channel.remove_mean else tr("companded")


def channel_value(series: Series, index: int, code: int) -> str:
    """A code of the input in the unit of its channel, where the step is the same everywhere."""
    channel, value = series.channels[index], code * series.layered.input.scale
    if channel.scale:
        scaled = value / channel.scale
        return tr("code {code} = {value:.3g} {unit}", code=code, value=scaled, unit=channel.unit)
    return tr("code {code} = {value:.3g}", code=code, value=value)


def value_words(series: Series, layer: int, index: int, code: int) -> str:
    """A code and the value that it stands for."""
    if layer == INPUT:
        return channel_value(series, index, code)
    output = series.layered.layers[layer].output
    value = output.scale * (code - output.zero_point)
    return tr("code {code} = {value:.3g}", code=code, value=value)
