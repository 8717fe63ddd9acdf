"""Models for a board: hostile ones, each with the answer that it must get, and sound ones.

The sound ones lie just inside of the limits that the hostile ones are beyond. All have the input
and output of `network`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.refuse.network import CHANNELS, WINDOW, Network, schema
from motionloop.wire import ModelCheck, Operator, Status

_SIZE = WINDOW * CHANNELS
# ADD's output multiplier is 2 * scale in / (2^20 * scale out): one at this ratio of scales.
_SUM_LIMIT = 2.0**19
_MODEL_BUFFERS, _MODEL_CODES = 4, 1  # fields of schema.fbs


@dataclass(frozen=True)
class Hostile:
    """A model to refuse.

    Attributes:
        name: What is wrong with it.
        tflite: The file.
        status: The board's answer.
        check: What of BAD_MODEL; None for another status.
    """

    name: str
    tflite: bytes
    status: Status
    check: ModelCheck | None = None


def hostile_models() -> Iterator[Hostile]:
    """Every model that a board must refuse."""
    for name, network in _too_much_work():
        yield Hostile(name, network.end().packed(), Status.TOO_MUCH_WORK)
    for name, network in _beyond_the_interpreter():
        tflite = network.end().packed()
        yield Hostile(name, tflite, Status.BAD_MODEL, ModelCheck.GEOMETRY)
    for name, check, change in _PARTS:
        network = Network().end()
        change(network.model)
        yield Hostile(name, network.packed(), Status.BAD_MODEL, check)
    yield from _expanding()
    yield from _elsewhere()


def sound_models() -> Iterator[tuple[str, bytes]]:
    """Models that a board takes, with their names."""
    yield "a dense layer", Network().end().packed()
    yield "softmax over 256 values", _softmax_over(256).end().packed()
    yield "a sum with a multiplier just below one", sum_with(1 - 2.0**-23).end().packed()
    yield "a product in a small scale", _product_of(2.0**-20).end().packed()
    network = Network()
    for _ in range(4):
        network.convolve(CHANNELS, 1, 9)
        network.convolve(CHANNELS, 1, 9, depthwise=True)
    yield "eight convolutions", network.end().packed()
    for keep in (True, False):
        network = Network()
        network.mean((1, 2), (1, 1, 1, CHANNELS) if keep else (1, CHANNELS), keep)
        yield f"a mean, {keep=}", network.end().packed()


def _softmax_over(depth: int) -> Network:
    network = Network()
    network.dense(depth)
    network.softmax()
    network.mean((1, 2), (1, 1, 1, depth), keep=True)
    return network


def sum_with(multiplier: float) -> Network:
    network = Network()
    network.rectify(8.0)
    network.twice(Operator.ADD, network.scale / (_SUM_LIMIT * multiplier))
    return network


def _product_of(scale: float) -> Network:
    network = Network()
    network.twice(Operator.MUL, scale)
    return network


def _plane(side: int) -> Network:
    """A network whose newest tensor is [1, side, side, 1]."""
    network = Network()
    network.reshape(1, 1, _SIZE, 1)
    network.mean((2,), (1, 1, 1, 1), keep=True)
    network.pad(1, side, side, 1)
    return network


def _reduced(network: Network) -> Network:
    """A plane's mean, so that what follows is small."""
    network.mean((1, 2), (1, 1, 1, network.shape[3]), keep=True)
    return network


def _too_much_work() -> Iterator[tuple[str, Network]]:
    for side in (60, 300):
        network = _plane(side)
        for _ in range(2):
            network.convolve(1, side, side)
        yield f"two {side} x {side} convolutions", _reduced(network)
    network = _plane(300)
    network.convolve(1, 300, 300, depthwise=True)
    yield "a depthwise convolution of 300 x 300", _reduced(network)
    network = _plane(256)
    network.pool(256, 256)
    yield "a mean around each of 65,536 values", _reduced(network)
    network = _plane(256)
    network.reshape(256, 256)
    network.softmax()
    network.reshape(1, 256, 256, 1)
    yield "65,536 exponentials", _reduced(network)
    network = _plane(512)
    for _ in range(10):
        network.twice(Operator.ADD)
    yield "sums of 262,144 values", _reduced(network)
    network = Network()
    network.reshape(1, 1, _SIZE, 1)
    network.pad(1, 100, _SIZE, 1)
    network.reshape(100, _SIZE)
    network.dense(160)
    network.reshape(1, 100, 160, 1)
    yield "a dense layer at 100 places", _reduced(network)


def _beyond_the_interpreter() -> Iterator[tuple[str, Network]]:
    """What ends TFLM's process, when it is prepared or with some windows."""
    for depth in (257, 384, 512):
        yield f"softmax over {depth} values", _softmax_over(depth)
    for multiplier in (1.0, 4.0):
        yield f"a sum with a multiplier of {multiplier}", sum_with(multiplier)
    network = Network()
    network.reshape(1, 4, 8, CHANNELS)
    network.mean((1, 2), (1, 2, 2, CHANNELS // 4), keep=True)
    yield "a mean in another shape", network


def _named(make: str, **values: Any) -> Any:
    made = getattr(schema, make)()
    for name, value in values.items():
        setattr(made, name, value)
    return made


def _first_tensor(**values: Any) -> Callable[[Any], None]:
    def change(model: Any) -> None:
        for name, value in values.items():
            setattr(model.subgraphs[0].tensors[0], name, value)

    return change


def _first_operator(**values: Any) -> Callable[[Any], None]:
    def change(model: Any) -> None:
        for name, value in values.items():
            setattr(model.subgraphs[0].operators[0], name, value)

    return change


def _with_signature(model: Any) -> None:
    model.signatureDefs = [_named("SignatureDefT", signatureKey="serving", inputs=[], outputs=[])]


def _with_metadata(model: Any) -> None:
    model.metadata = [_named("MetadataT", name="OfflineMemoryAllocation", buffer=0)]


def _with_custom_code(model: Any) -> None:
    model.operatorCodes[0].customCode = "x" * 1000


def _with_large_buffer(model: Any) -> None:
    model.buffers[0].offset, model.buffers[0].size = 16, 64


def _with_details(model: Any) -> None:
    quantization = model.subgraphs[0].tensors[0].quantization
    quantization.detailsType = schema.QuantizationDetails.CustomQuantization
    quantization.details = _named("CustomQuantizationT", custom=[0] * 16)


def _repeated(field: str, count: int) -> Callable[[Any], None]:
    def change(model: Any) -> None:
        setattr(model, field, getattr(model, field) + getattr(model, field)[:1] * count)

    return change


_PARTS: list[tuple[str, ModelCheck, Callable[[Any], None]]] = [
    ("signatures", ModelCheck.METADATA, _with_signature),
    ("metadata", ModelCheck.METADATA, _with_metadata),
    ("an operator's own code", ModelCheck.METADATA, _with_custom_code),
    ("a buffer elsewhere in the file", ModelCheck.BUFFERS, _with_large_buffer),
    ("1,000 buffers", ModelCheck.BUFFERS, _repeated("buffers", 1000)),
    ("1,000 operator codes", ModelCheck.OPERATORS, _repeated("operatorCodes", 1000)),
    ("details of a quantization", ModelCheck.TENSOR, _with_details),
    (
        "a sparse tensor",
        ModelCheck.TENSOR,
        _first_tensor(sparsity=_named("SparsityParametersT", traversalOrder=[0])),
    ),
    ("a tensor of variants", ModelCheck.TENSOR, _first_tensor(variantTensors=[])),
    ("a variable", ModelCheck.TENSOR, _first_tensor(isVariable=True)),
    ("options of a custom operator", ModelCheck.OPERATORS, _first_operator(customOptions=[0] * 64)),
    ("options far away", ModelCheck.OPERATORS, _first_operator(largeCustomOptionsOffset=64)),
    ("intermediate tensors", ModelCheck.OPERATORS, _first_operator(intermediates=[0])),
    ("inputs that change", ModelCheck.OPERATORS, _first_operator(mutatingVariableInputs=[True])),
    (
        "a second set of options",
        ModelCheck.OPERATORS,
        _first_operator(
            builtinOptions2Type=schema.BuiltinOptions2.StablehloConcatenateOptions,
            builtinOptions2=_named("StablehloConcatenateOptionsT", dimension=0),
        ),
    ),
]


def _expanding() -> Iterator[Hostile]:
    """Files of which a reader makes far more than their size: one part, named very often."""
    network = Network().end()
    network.model.buffers += [_named("BufferT", data=np.zeros(20_000, np.uint8))]
    network.model.buffers += [schema.BufferT() for _ in range(5_000)]
    last = len(network.model.buffers) - 5_001
    buffers = _all_the_same(network.packed(), _MODEL_BUFFERS, last)
    yield Hostile("5,000 names of one buffer", buffers, Status.BAD_MODEL, ModelCheck.BUFFERS)
    network = Network().end()
    _with_custom_code(network.model)
    network.model.operatorCodes += [schema.OperatorCodeT() for _ in range(5_000)]
    codes = _all_the_same(network.packed(), _MODEL_CODES, 0)
    yield Hostile("5,000 names of one code", codes, Status.BAD_MODEL, ModelCheck.OPERATORS)


def _all_the_same(tflite: bytes, field: int, wanted: int) -> bytes:
    """The file with each element of the model's vector in `field` behind `wanted` being that."""
    file = bytearray(tflite)

    def number(at: int, code: str = "<I") -> int:
        found: int = struct.unpack_from(code, file, at)[0]
        return found

    root = number(0)
    vtable = root - number(root, "<i")
    at = root + number(vtable + 4 + 2 * field, "<H")
    vector = at + number(at)
    same = vector + 4 + 4 * wanted
    target = same + number(same)
    for index in range(wanted + 1, number(vector)):
        place = vector + 4 + 4 * index
        # Offsets lead forward only: what lies before its element stays as it is.
        if target > place:
            struct.pack_into("<I", file, place, target - place)
    return bytes(file)


def _elsewhere() -> Iterator[Hostile]:
    """Options that lead out of the file: TFLM reads those of all operators."""
    network = Network()
    network.twice(Operator.ADD, 1.0)
    network.twice(Operator.MUL, 1.0)
    network.pad(1, 1, WINDOW + 1, CHANNELS)
    shape = [1, (WINDOW + 1) * CHANNELS]
    network.add(Operator.RESHAPE, shape, _named("ReshapeOptionsT", newShape=shape))
    tflite = network.end().packed()
    graph = schema.Model.GetRootAs(tflite).Subgraphs(0)
    for index, code in enumerate((Operator.ADD, Operator.MUL, Operator.PAD, Operator.RESHAPE)):
        options = graph.Operators(index).BuiltinOptions()
        for away in (options.Pos + 1000, 1 << 30, options.Pos - (1 << 30), -(1 << 31)):
            file = bytearray(tflite)
            struct.pack_into("<i", file, options.Pos, away)
            name = f"{code.name} with its options' fields {away} bytes before"
            yield Hostile(name, bytes(file), Status.BAD_MODEL, ModelCheck.BOUNDS)
    vector = options.Pos + options.Offset(4)
    for to in (0x7FFFFFF0, 0xFFFFFFF0, 1 << 20):
        file = bytearray(tflite)
        struct.pack_into("<I", file, vector, to)
        name = f"RESHAPE with its shape {to} bytes behind"
        yield Hostile(name, bytes(file), Status.BAD_MODEL, ModelCheck.BOUNDS)
