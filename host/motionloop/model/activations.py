"""Look inside a model: what each of its layers computes for a window, in the board's own int8.

TFLite Micro (TFLM) computes the values: the same .tflite runs, only with the results of all its
operators as outputs. So they are the codes that a board has in its arena for a moment. Where TFLM
is not published, LiteRT's reference kernels compute them: see `LayeredModel.is_reference`.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from motionloop import wire
from motionloop.errors import PackageError
from motionloop.language import tr
from motionloop.model.inference import (
    Int8Array,
    Network,
    Quantized,
    operator_of,
    pack_model,
    parse_model,
)

INPUT = -1  # among the sources of a layer
MAX_ACTIVATION_BYTES = 1 << 24  # of all layers; the model of a board has less than a hundredth

_WEIGHTED = (
    wire.Operator.CONV_2D,
    wire.Operator.DEPTHWISE_CONV_2D,
    wire.Operator.FULLY_CONNECTED,
)
_SLIDING = (
    wire.Operator.CONV_2D,
    wire.Operator.DEPTHWISE_CONV_2D,
    wire.Operator.AVERAGE_POOL_2D,
    wire.Operator.MAX_POOL_2D,
)
_FUSED = {0: "", 1: "ReLU", 2: "ReLU from -1 to 1", 3: "ReLU up to 6"}
_SAME_PADDING = 0
_Pair = tuple[int, int]  # height, width
_ONE = (1, 1)


@dataclass(frozen=True, eq=False)
class Weights:
    """The weights of a convolution or a dense layer.

    A weight is its code times the scale of its map; a bias is its code times that scale and the
    scale of the layer's input.

    Attributes:
        codes: As in the file. Convolution: [maps, height, width, input maps]; depthwise
            convolution: [1, height, width, maps]; dense: [values, input values].
        scales: float32 [maps].
        bias: int32 [maps]; zeros for a layer without one.
        input_scale: Value per int8 step of what the layer reads.
        depthwise: Whether each map has weights for one input map only.
    """

    codes: Int8Array
    scales: NDArray[np.float32]
    bias: NDArray[np.int32]
    input_scale: float
    depthwise: bool

    @property
    def bias_values(self) -> NDArray[np.float64]:
        return self.bias * np.float64(self.input_scale) * self.scales.astype(np.float64)

    def of_map(self, index: int) -> Int8Array:
        """The kernel [height * width, input maps] of one map; of a dense layer [1, inputs]."""
        of_map = self.codes[0, :, :, index] if self.depthwise else self.codes[index]
        return np.reshape(of_map, (-1, 1 if self.depthwise else self.codes.shape[-1]))


@dataclass(frozen=True, eq=False)
class Layer:
    """One operator of a model, and the tensor that it computes.

    Attributes:
        name: For people, such as "convolution 1, 16 maps"; a number stands where there are
            several of a kind.
        operator: The kind.
        fused: The activation function that follows in the same step, such as "ReLU"; or empty.
        output: Shape and quantization of the tensor.
        sources: Indices of the layers whose tensors it reads, INPUT for the model's input.
        kernel: Height and width of what slides over the source; (1, 1) for other operators.
        stride: Steps in both directions.
        dilation: Distances between the points of the kernel.
        padding: Points that are added above and on the left.
        weights: Of a convolution or a dense layer.
        macs: Multiply-accumulates per window; 0 for operators without weights.
    """

    name: str
    operator: wire.Operator
    fused: str
    output: Quantized
    sources: tuple[int, ...]
    kernel: _Pair
    stride: _Pair
    dilation: _Pair
    padding: _Pair
    weights: Weights | None
    macs: int

    @property
    def shape(self) -> tuple[int, ...]:
        return self.output.shape

    @property
    def map_count(self) -> int:
        return self.shape[-1] if self.shape else 1

    @property
    def positions(self) -> int:
        """Values per map, which are points in time, or a picture's pixels."""
        return math.prod(self.shape) // self.map_count

    @property
    def weight_count(self) -> int:
        """Weights and biases."""
        return self.weights.codes.size + self.weights.bias.size if self.weights else 0

    def values(self, codes: Int8Array) -> NDArray[np.float32]:
        """The real values of int8 codes of this layer, in the same shape."""
        return real_values(self.output, codes)


@dataclass(frozen=True, eq=False)
class Activation:
    """What a layer computed for one window.

    Attributes:
        layer: The layer.
        codes: int8 in the layer's shape.
    """

    layer: Layer
    codes: Int8Array

    @property
    def values(self) -> NDArray[np.float32]:
        return self.layer.values(self.codes)

    @property
    def map_codes(self) -> Int8Array:
        """int8 [maps, positions]."""
        return self.codes.reshape(-1, self.layer.map_count).T

    @property
    def maps(self) -> NDArray[np.float32]:
        """Real values [maps, positions]."""
        return self.layer.values(self.map_codes)


class LayeredModel:
    """A model of which all layers can be seen.

    Args:
        tflite: The .tflite of a package that `unpack_package` read, or of our own training.
            TFLM ends the process at a malformed one.

    Attributes:
        input: Shape and quantization of the input.
        layers: The operators in the order in which they run.
        output: Index of the layer that gives the probabilities.
        embedding: Index of the layer whose values a rejection measures; None without one.
        is_reference: Whether TFLM computes, as on the board. LiteRT can differ in the last bit.

    Raises:
        PackageError: The model cannot be prepared, or its layers are too large to keep.
    """

    input: Quantized
    layers: tuple[Layer, ...]
    output: int
    embedding: int | None
    is_reference: bool = Network.is_reference

    def __init__(self, tflite: bytes) -> None:
        try:
            parsed = parse_model(tflite)
            (graph,) = parsed.subgraphs
            results = [int(operator.outputs[0]) for operator in graph.operators]
            sizes = [math.prod(graph.tensors[i].shape) for i in results]
            self.output, *rest = [results.index(int(tensor)) for tensor in graph.outputs]
            self.embedding = rest[0] if rest else None
        # The schema's parser raises any exception at damage.
        except Exception as error:
            raise PackageError(
                tr(
                    "The model cannot be read ({error!r}). Train it again with `motionloop train`.",
                    error=error,
                )
            ) from error
        if sum(sizes) > MAX_ACTIVATION_BYTES:
            raise PackageError(
                tr(
                    "The layers of this model have {bytes:,} bytes, more than the "
                    "{most:,} that can be looked at. Train a smaller model.",
                    bytes=sum(sizes),
                    most=MAX_ACTIVATION_BYTES,
                )
            )
        graph.outputs = results
        self._network = Network(pack_model(parsed), activation_bytes=sum(sizes))
        self.input = self._network.input
        self.layers = _layers(parsed, graph, results, self._network.outputs)

    def compute(self, window: ArrayLike) -> tuple[Activation, ...]:
        """Run a window through the model.

        Args:
            window: int8, of any shape with the size of the input.

        Returns:
            What each layer computed, in the order of `layers`.

        Raises:
            TypeError: The window is not int8.
        """
        results = self._network.run(window)
        return tuple(map(Activation, self.layers, results))

    def seen_by(self, layer: int, position: int) -> tuple[int, int]:
        """Find the receptive field along the window's time; of a picture, along its columns.

        Args:
            layer: Index of the layer, or INPUT.
            position: A point in time of the layer's maps.

        Returns:
            The first and the last point of the input, both included, on which the value can
            depend. The first is behind the last where there is none, as in padding.
        """
        points = _width(self.input.shape)
        if layer == INPUT:
            return max(position, 0), min(position, points - 1)
        this = self.layers[layer]
        spans = []
        for source in this.sources:
            shape = self.input.shape if source == INPUT else self.layers[source].shape
            first, last = _seen_of_source(this, shape, position)
            first, last = max(first, 0), min(last, _width(shape) - 1)
            if first <= last:
                spans += [self.seen_by(source, first), self.seen_by(source, last)]
        spans = [span for span in spans if span[0] <= span[1]]
        if not spans:
            return 0, -1
        return min(first for first, _ in spans), max(last for _, last in spans)


def real_values(tensor: Quantized, codes: Int8Array) -> NDArray[np.float32]:
    """The values that int8 codes stand for.

    Args:
        tensor: Scale and zero point.
        codes: Of any shape.

    Returns:
        scale * (code - zero_point), in the shape of `codes`.
    """
    return (codes.astype(np.float32) - tensor.zero_point) * np.float32(tensor.scale)


def _width(shape: tuple[int, ...]) -> int:
    """Points in time of a tensor [1, height, width, maps]; other tensors have one."""
    return shape[2] if len(shape) == 4 else 1


def _seen_of_source(layer: Layer, source: tuple[int, ...], position: int) -> tuple[int, int]:
    """First and last point in time of a source's tensor for one of the layer's."""
    if layer.operator in _SLIDING or layer.operator is wire.Operator.PAD:
        first = position * layer.stride[1] - layer.padding[1]
        return first, first + (layer.kernel[1] - 1) * layer.dilation[1]
    is_moved = layer.operator is wire.Operator.RESHAPE and source != layer.shape
    if len(source) == len(layer.shape) == 4 and source[:3] == layer.shape[:3] and not is_moved:
        return position, position
    return 0, _width(source) - 1


# --- from the file ----------------------------------------------------------------------------
def _layers(
    parsed: Any, graph: Any, results: list[int], outputs: tuple[Quantized, ...]
) -> tuple[Layer, ...]:
    kinds = [operator_of(parsed, operator) for operator in graph.operators]
    place = {int(graph.inputs[0]): INPUT} | {tensor: i for i, tensor in enumerate(results)}
    made = []
    for operator, kind, output in zip(graph.operators, kinds, outputs, strict=True):
        inputs = [int(i) for i in operator.inputs]
        weights = _weights(parsed, graph, inputs, kind) if kind in _WEIGHTED else None
        source = tuple(int(n) for n in graph.tensors[inputs[0]].shape)
        options = operator.builtinOptions
        if kind in _SLIDING:
            steps = _sliding(options, weights, source, output.shape)
        elif kind is wire.Operator.PAD and len(source) == 4:
            before = _constant(parsed, graph.tensors[inputs[1]], "<i4")
            steps = (_ONE, _ONE, _ONE, (int(before[2]), int(before[4])))
        else:
            steps = (_ONE, _ONE, _ONE, (0, 0))
        positions = math.prod(output.shape[:-1])
        made.append(
            Layer(
                _kind_in_words(kind, steps[0]),
                kind,
                _FUSED.get(getattr(options, "fusedActivationFunction", 0), ""),
                output,
                tuple(place[i] for i in inputs if i in place),
                *steps,
                weights,
                positions * weights.codes.size if weights is not None else 0,
            )
        )
    return _named(made)


def _sliding(
    options: Any, weights: Weights | None, source: tuple[int, ...], output: tuple[int, ...]
) -> tuple[_Pair, _Pair, _Pair, _Pair]:
    """Kernel, stride, dilation and padding of a convolution or a pooling."""
    stride, dilation = (options.strideH, options.strideW), _ONE
    if weights is not None:
        kernel = (weights.codes.shape[1], weights.codes.shape[2])
        dilation = (options.dilationHFactor, options.dilationWFactor)
    else:
        kernel = (options.filterHeight, options.filterWidth)
    padding = [0, 0]
    if options.padding == _SAME_PADDING:
        for i in (0, 1):
            reach = (kernel[i] - 1) * dilation[i] + 1
            padding[i] = max(0, (output[1 + i] - 1) * stride[i] + reach - source[1 + i]) // 2
    return kernel, stride, dilation, (padding[0], padding[1])


def _weights(parsed: Any, graph: Any, inputs: list[int], kind: wire.Operator) -> Weights:
    tensor = graph.tensors[inputs[1]]
    codes = _constant(parsed, tensor, "i1").reshape(tuple(tensor.shape))
    depthwise = kind is wire.Operator.DEPTHWISE_CONV_2D
    maps = codes.shape[-1] if depthwise else codes.shape[0]
    has_bias = len(inputs) == 3 and inputs[2] >= 0
    bias = _constant(parsed, graph.tensors[inputs[2]], "<i4") if has_bias else np.zeros(maps)
    # One scale for each map, or one for all.
    scales = np.broadcast_to(np.asarray(tensor.quantization.scale, np.float32), maps)
    input_scale = float(graph.tensors[inputs[0]].quantization.scale[0])
    return Weights(codes, scales, bias.astype(np.int32), input_scale, depthwise)


def _constant(parsed: Any, tensor: Any, dtype: str) -> NDArray[Any]:
    return np.frombuffer(bytes(parsed.buffers[tensor.buffer].data), dtype)


def _kind_in_words(kind: wire.Operator, kernel: _Pair) -> str:
    if kind is wire.Operator.CONV_2D and kernel == _ONE:
        return tr("pointwise convolution")
    words = {
        wire.Operator.ADD: tr("sum"),
        wire.Operator.AVERAGE_POOL_2D: tr("average pooling"),
        wire.Operator.CONCATENATION: tr("concatenation"),
        wire.Operator.CONV_2D: tr("convolution"),
        wire.Operator.DEPTHWISE_CONV_2D: tr("depthwise convolution"),
        wire.Operator.FULLY_CONNECTED: tr("dense"),
        wire.Operator.MAX_POOL_2D: tr("max pooling"),
        wire.Operator.MUL: tr("product"),
        wire.Operator.RELU: tr("ReLU"),
        wire.Operator.RESHAPE: tr("reshape"),
        wire.Operator.SOFTMAX: tr("softmax"),
        wire.Operator.PAD: tr("padding"),
        wire.Operator.MEAN: tr("global average pooling"),
    }
    return words[kind]


def _named(layers: list[Layer]) -> tuple[Layer, ...]:
    """Put into the names the numbers, and what the layers give."""
    several = {kind for kind, count in Counter(layer.name for layer in layers).items() if count > 1}
    counted: Counter[str] = Counter()
    named = []
    for layer in layers:
        kind, count = layer.name, layer.map_count
        counted[kind] += 1
        if kind in several:
            kind = tr("{kind} {number}", kind=kind, number=counted[kind])
        if layer.operator is wire.Operator.SOFTMAX:
            name = tr("{kind}, {count} probabilities", kind=kind, count=count)
        elif layer.positions > 1:
            name = tr("{kind}, {count} maps", kind=kind, count=count)
        else:
            name = tr("{kind}, {count} values", kind=kind, count=count)
        named.append(replace(layer, name=name))
    return tuple(named)
