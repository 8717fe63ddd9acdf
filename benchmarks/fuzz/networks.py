"""Networks drawn by chance that a board takes: what the fuzzer of models begins from.

Each has other operators, shapes, strides, paddings and scales than the last, all consistent:
changes of single bytes hardly ever lead to such combinations.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random
from typing import Any

import numpy as np

from benchmarks.refuse.network import CHANNELS, CLASSES, WINDOW, Network, schema
from motionloop import _core
from motionloop.model.inference import pack_model
from motionloop.wire import Operator

INPUT_BYTES = WINDOW * CHANNELS
_MOST_VALUES = 2048  # of a tensor: hundreds of networks are run in seconds
_MOST_WEIGHTS = 3000
_LONGEST_CHAIN = 8
_LARGEST = ((1, 32), (1, 8, 64, 16))  # tensors that reshaping makes; the last but one may be larger


class _Drawn(Network):
    """A network that grows by operators with parameters drawn by chance."""

    def draw_from(self, chance: Random) -> None:
        self._chance = chance
        self._zero_point = 0
        self._seen = [(self.newest, self.shape, self.scale, 0)]
        for _ in range(chance.randint(1, _LONGEST_CHAIN)):
            makers = self._of_planes if len(self.shape) == 4 else self._of_rows
            chance.choice([*makers(), *makers(), *self._of_all()])()
            self._seen.append((self.newest, self.shape, self.scale, self._zero_point))

    def _of_planes(self) -> list[Callable[[], None]]:
        return [
            self._convolve,
            self._convolve_each,
            lambda: self._pool(Operator.AVERAGE_POOL_2D),
            lambda: self._pool(Operator.MAX_POOL_2D),
            self._average,
            self._widen,
        ]

    def _of_rows(self) -> list[Callable[[], None]]:
        return [self._dense, self._to_probabilities]

    def _of_all(self) -> list[Callable[[], None]]:
        return [
            lambda: self._two(Operator.ADD, schema.AddOptionsT()),
            lambda: self._two(Operator.MUL, schema.MulOptionsT()),
            self._join,
            self._reshape,
            lambda: self._grow(Operator.RELU, self.shape, rescaled=True),
        ]

    def _grow(
        self,
        code: Operator,
        shape: tuple[int, ...],
        options: Any = None,
        *more: int,
        rescaled: bool = False,
    ) -> None:
        """Add an operator unless its result is too large."""
        if min(shape) < 1 or math.prod(shape) > _MOST_VALUES:
            return
        if rescaled:
            self.scale = 2.0 ** self._chance.uniform(-20, 3)
            self._zero_point = self._chance.randint(-128, 127)
        self.add(code, shape, options, *more, zero_point=self._zero_point)

    # --- operators with weights -------------------------------------------------------------
    def _weights(self, shape: tuple[int, ...], channels: int, dimension: int) -> tuple[int, int]:
        """A filter with one scale or one per channel, and its bias."""
        draw = np.random.default_rng(self._chance.getrandbits(32))
        least = self._chance.choice([-127, -128, 127])
        weights = self.tensor(shape, 1.0, data=draw.integers(least, 128, shape).astype(np.int8))
        count = self._chance.choice([1, channels])
        quantization = self.graph.tensors[weights].quantization
        quantization.scale = (2.0 ** draw.uniform(-16, 3, count)).tolist()
        quantization.zeroPoint = [0] * self._chance.choice([1, count])
        quantization.quantizedDimension = dimension
        most = 2 ** self._chance.choice([8, 16, 31])
        values = draw.integers(-most, most, channels).astype(np.int32)
        bias = self.tensor((channels,), None, data=values)
        if self._chance.random() < 0.8:  # a trained model leaves this out, which TFLM limits
            of_bias = self.graph.tensors[bias].quantization = schema.QuantizationParametersT()
            of_bias.scale = [self.scale * scale for scale in quantization.scale]
            of_bias.zeroPoint = [0] * count
        return weights, bias

    def _step(self, size: int, kernel: int, stride: int, dilation: int, same: bool) -> int:
        """The size of a convolution's or a pool's result; below 1 where the kernel does not fit."""
        if stride > size:
            return 0
        reach = (kernel - 1) * dilation + 1
        return -(-size // stride) if same else (size - reach) // stride + 1

    def _convolve(self) -> None:
        self._convolution(schema.Conv2DOptionsT(), each=False)

    def _convolve_each(self) -> None:
        self._convolution(schema.DepthwiseConv2DOptionsT(), each=True)

    def _convolution(self, options: Any, each: bool) -> None:
        rows, columns, depth = self.shape[1:]
        height, width = self._chance.randint(1, min(rows + 1, 5)), self._chance.randint(1, 9)
        multiplier = self._chance.randint(1, 3)
        outputs = depth * multiplier if each else self._chance.randint(1, 16)
        kernel = (1, height, width, outputs) if each else (outputs, height, width, depth)
        same = self._strides(options)
        options.dilationHFactor = self._chance.choice([1, 1, 2])
        options.dilationWFactor = self._chance.choice([1, 1, 2, 3])
        if each:
            options.depthMultiplier = multiplier
        size = (
            self._step(rows, height, options.strideH, options.dilationHFactor, same),
            self._step(columns, width, options.strideW, options.dilationWFactor, same),
        )
        if min(size) < 1 or math.prod(kernel) > _MOST_WEIGHTS:
            return
        code = Operator.DEPTHWISE_CONV_2D if each else Operator.CONV_2D
        weights = self._weights(kernel, outputs, 3 if each else 0)
        self._grow(code, (1, *size, outputs), options, *weights, rescaled=True)

    def _strides(self, options: Any) -> bool:
        """Draw what convolutions and pools have alike. Returns whether the size is kept."""
        options.strideH = self._chance.choice([1, 1, 2])
        options.strideW = self._chance.choice([1, 1, 2, 3])
        options.fusedActivationFunction = self._chance.randint(0, 3)
        same = self._chance.random() < 0.5
        options.padding = schema.Padding.SAME if same else schema.Padding.VALID
        return same

    def _dense(self) -> None:
        outputs = self._chance.randint(1, 24)
        kernel = (outputs, self.shape[-1])
        options = schema.FullyConnectedOptionsT()
        options.fusedActivationFunction = self._chance.randint(0, 3)
        if math.prod(kernel) <= _MOST_WEIGHTS:
            weights, bias = self._weights(kernel, outputs, 0)
            bias = self._chance.choice([bias, bias, -1])
            shape = (*self.shape[:-1], outputs)
            self._grow(Operator.FULLY_CONNECTED, shape, options, weights, bias, rescaled=True)

    # --- operators without ------------------------------------------------------------------
    def _pool(self, code: Operator) -> None:
        options = schema.Pool2DOptionsT()
        rows, columns, depth = self.shape[1:]
        options.filterHeight = self._chance.randint(1, min(rows + 1, 4))
        options.filterWidth = self._chance.randint(1, min(columns + 1, 9))
        same = self._strides(options)
        size = (
            self._step(rows, options.filterHeight, options.strideH, 1, same),
            self._step(columns, options.filterWidth, options.strideW, 1, same),
        )
        self._grow(code, (1, *size, depth), options)

    def _average(self) -> None:
        axes = self._chance.sample(range(4), self._chance.randint(1, 3))
        options = schema.ReducerOptionsT()
        options.keepDims = keep = self._chance.random() < 0.5
        kept = [1 if axis in axes else size for axis, size in enumerate(self.shape)]
        shape = kept if keep else [size for axis, size in enumerate(kept) if axis not in axes]
        named = [axis - self._chance.choice([0, 4]) for axis in axes]
        constant = self.tensor((len(axes),), None, data=np.array(named, np.int32))
        self._grow(Operator.MEAN, tuple(shape), options, constant, rescaled=True)

    def _widen(self) -> None:
        paddings = np.array([[0, 0], *([self._chance.randint(0, 4)] * 2 for _ in range(3))])
        paddings[1:, 0] = [self._chance.randint(0, 4) for _ in range(3)]
        axes = self.tensor(paddings.shape, None, data=paddings.astype(np.int32))
        shape = tuple(int(size) for size in np.array(self.shape) + paddings.sum(1))
        self._grow(Operator.PAD, shape, schema.PadOptionsT(), axes)

    def _two(self, code: Operator, options: Any) -> None:
        """The newest tensor with itself, or with an earlier one of its shape."""
        options.fusedActivationFunction = self._chance.randint(0, 3)
        alike = [seen[0] for seen in self._seen if seen[1] == self.shape]
        self._grow(code, self.shape, options, self._chance.choice(alike), rescaled=True)

    def _join(self) -> None:
        """A concatenation with tensors that are like the newest one beside one dimension."""
        axis = self._chance.randrange(len(self.shape))
        alike = [
            seen
            for seen in self._seen
            if len(seen[1]) == len(self.shape)
            and seen[2:] == (self.scale, self._zero_point)
            and all(
                a == b or i == axis
                for i, (a, b) in enumerate(zip(seen[1], self.shape, strict=True))
            )
        ]
        parts = self._chance.choices(alike, k=self._chance.randint(1, 3))
        shape = list(self.shape)
        shape[axis] += sum(part[1][axis] for part in parts)
        options = schema.ConcatenationOptionsT()
        options.axis = axis - self._chance.choice([0, len(shape)])
        self._grow(Operator.CONCATENATION, tuple(shape), options, *(part[0] for part in parts))

    def _reshape(self) -> None:
        """The same values in two dimensions or in four."""
        left, shape = math.prod(self.shape), []
        for most in self._chance.choice(_LARGEST):
            shape.append(self._chance.choice([n for n in range(1, most + 1) if left % n == 0]))
            left //= shape[-1]
        shape[-2] *= left
        self._grow(Operator.RESHAPE, tuple(shape))

    def _to_probabilities(self) -> None:
        options = schema.SoftmaxOptionsT()
        options.beta = 1.0
        if self.shape[-1] <= 256:
            self.scale, self._zero_point = 1 / 256, -128
            self._grow(Operator.SOFTMAX, self.shape, options)

    def finish(self) -> bytes:
        """The .tflite: CLASSES values, and at times an earlier tensor as an embedding."""
        size = math.prod(self.shape)
        seen = self._chance.choice(self._seen)[0]
        self._grow(Operator.RESHAPE, (1, size))
        weights, bias = self._weights((CLASSES, size), CLASSES, 0)
        options = schema.FullyConnectedOptionsT()
        self._grow(Operator.FULLY_CONNECTED, (1, CLASSES), options, weights, bias, rescaled=True)
        if self._chance.random() < 0.7:
            self._to_probabilities()
        embedding = [seen] if seen and self._chance.random() < 0.3 else []
        self.graph.outputs = [self.newest, *embedding]
        return pack_model(self.model)


def draw_network(chance: Random) -> bytes:
    """A .tflite with INPUT_BYTES and CLASSES that the core's check accepts."""
    while True:
        network = _Drawn()
        network.draw_from(chance)
        tflite = network.finish()
        if _core.check_tflite(tflite, INPUT_BYTES, CLASSES)[0] == 0:
            return tflite
