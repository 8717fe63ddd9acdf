"""Writes .tflite files operator by operator, sound ones and others, without a training."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tflite_micro import runtime

from motionloop import wire
from motionloop.model.inference import pack_model

schema: Any = runtime.schema_fb

WINDOW, CHANNELS, CLASSES = 32, 12, 3
_INPUT_SCALE = 2.0**-wire.INPUT_SCALE_BITS
_PROBABILITY = (1 / 256, -128)  # scale and zero point of a softmax


@dataclass
class Network:
    """A chain of operators that begins at the input of a package.

    Attributes:
        shape: Of the newest tensor.
        scale: Of the newest tensor.
        model: The `ModelT` so far; tests change it at will.
    """

    shape: tuple[int, ...] = (1, 1, WINDOW, CHANNELS)
    scale: float = _INPUT_SCALE
    model: Any = field(default_factory=schema.ModelT)

    def __post_init__(self) -> None:
        graph = schema.SubGraphT()
        graph.tensors, graph.operators = [], []
        self.model.version = 3
        self.model.operatorCodes, self.model.subgraphs = [], [graph]
        self.model.buffers = [schema.BufferT()]
        self.newest = self.tensor(self.shape, self.scale)
        graph.inputs = [self.newest]

    @property
    def graph(self) -> Any:
        return self.model.subgraphs[0]

    def tensor(
        self,
        shape: Sequence[int],
        scale: float | None,
        zero_point: int = 0,
        data: NDArray[Any] | None = None,
    ) -> int:
        """Add a tensor: int32 without a scale, else int8. Returns its index."""
        made = schema.TensorT()
        made.shape = list(shape)
        made.type = schema.TensorType.INT32 if scale is None else schema.TensorType.INT8
        if scale is not None:
            made.quantization = schema.QuantizationParametersT()
            made.quantization.scale, made.quantization.zeroPoint = [scale], [zero_point]
        made.buffer = 0
        if data is not None:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(data.tobytes(), np.uint8)
            made.buffer = len(self.model.buffers)
            self.model.buffers.append(buffer)
        self.graph.tensors.append(made)
        return len(self.graph.tensors) - 1

    def add(
        self,
        code: wire.Operator,
        shape: Sequence[int],
        options: Any = None,
        *more: int,
        scale: float | None = None,
        zero_point: int = 0,
    ) -> None:
        """Add an operator that reads the newest tensor and `more`, and gives `shape`."""
        operator, kind = schema.OperatorT(), schema.OperatorCodeT()
        kind.builtinCode = kind.deprecatedBuiltinCode = int(code)
        self.model.operatorCodes.append(kind)
        operator.opcodeIndex = len(self.model.operatorCodes) - 1
        operator.inputs = [self.newest, *more]
        self.scale = self.scale if scale is None else scale
        self.newest = self.tensor(shape, self.scale, zero_point)
        self.shape = tuple(shape)
        operator.outputs = [self.newest]
        if options is not None:
            name = type(options).__name__.removesuffix("T")
            operator.builtinOptionsType = getattr(schema.BuiltinOptions, name)
            operator.builtinOptions = options
        self.graph.operators.append(operator)

    def reshape(self, *shape: int) -> None:
        self.add(wire.Operator.RESHAPE, shape)

    def pad(self, *shape: int) -> None:
        """Grow each dimension at its end."""
        paddings = np.array([(0, to - n) for n, to in zip(self.shape, shape, strict=True)])
        axes = self.tensor(paddings.shape, None, data=paddings.astype(np.int32))
        self.add(wire.Operator.PAD, shape, schema.PadOptionsT(), axes)

    def convolve(
        self, filters: int, height: int = 1, width: int = 1, depthwise: bool = False
    ) -> None:
        """A convolution of stride 1 that keeps height and width."""
        rows, columns, depth = self.shape[1:]
        outputs = depth if depthwise else filters
        kernel = (1, height, width, depth) if depthwise else (filters, height, width, depth)
        weights = self.tensor(kernel, 0.01, data=np.ones(kernel, np.int8))
        bias = self.tensor((outputs,), None, data=np.zeros(outputs, np.int32))
        options = schema.DepthwiseConv2DOptionsT() if depthwise else schema.Conv2DOptionsT()
        options.strideH = options.strideW = 1
        if depthwise:
            options.depthMultiplier = 1
        code = wire.Operator.DEPTHWISE_CONV_2D if depthwise else wire.Operator.CONV_2D
        self.add(code, (1, rows, columns, outputs), options, weights, bias)

    def pool(self, height: int, width: int) -> None:
        """The mean of the values around each, with stride 1."""
        options = schema.Pool2DOptionsT()
        options.strideH = options.strideW = 1
        options.filterHeight, options.filterWidth = height, width
        self.add(wire.Operator.AVERAGE_POOL_2D, self.shape, options)

    def mean(self, axes: Sequence[int], shape: Sequence[int], keep: bool = False) -> None:
        options = schema.ReducerOptionsT()
        options.keepDims = keep
        constant = self.tensor((len(axes),), None, data=np.array(axes, np.int32))
        self.add(wire.Operator.MEAN, shape, options, constant)

    def twice(self, code: wire.Operator, scale: float | None = None) -> None:
        """The sum or the product of the newest tensor with itself."""
        options = schema.AddOptionsT() if code == wire.Operator.ADD else schema.MulOptionsT()
        self.add(code, self.shape, options, self.newest, scale=scale)

    def rectify(self, scale: float) -> None:
        """Values below zero become zero, all in another scale."""
        self.add(wire.Operator.RELU, self.shape, scale=scale)

    def softmax(self) -> None:
        options = schema.SoftmaxOptionsT()
        options.beta = 1.0
        scale, zero_point = _PROBABILITY
        self.add(wire.Operator.SOFTMAX, self.shape, options, scale=scale, zero_point=zero_point)

    def dense(self, outputs: int) -> None:
        """Each output is a sum over the last dimension."""
        depth = self.shape[-1]
        weights = self.tensor((outputs, depth), 0.01, data=np.ones((outputs, depth), np.int8))
        bias = self.tensor((outputs,), None, data=np.zeros(outputs, np.int32))
        self.add(
            wire.Operator.FULLY_CONNECTED,
            (*self.shape[:-1], outputs),
            schema.FullyConnectedOptionsT(),
            weights,
            bias,
        )

    def end(self, rows: int = 1) -> Network:
        """Reduce what there is to CLASSES probabilities, through the first dimensions' mean."""
        size = math.prod(self.shape)
        self.reshape(rows, size // rows)
        if rows != 1:
            self.mean((0,), (1, size // rows), keep=True)
        self.dense(CLASSES)
        self.softmax()
        return self

    def packed(self) -> bytes:
        """The .tflite, with the newest tensor as its output."""
        self.graph.outputs = [self.newest]
        return pack_model(self.model)
