"""Runs a .tflite as the board does: TFLite Micro (TFLM) within the board's arena.

TFLM does not validate: a malformed file can end the process. Bytes that crossed the radio go to
TFLM only after the core's checks.
"""

from __future__ import annotations

import math
import os
import re
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import flatbuffers
import numpy as np
from numpy.typing import ArrayLike, NDArray

from motionloop import wire
from motionloop.errors import PackageError
from motionloop.language import tr

try:
    from tflite_micro import runtime as _tflm
except ImportError:  # published for x86-64 Linux only
    _tflm = None

Int8Array = NDArray[np.int8]

# TFLM does not check all of its allocations: an arena that ends at the wrong byte ends the
# process. So a model is prepared in an arena that is larger than any package in a slot can need;
# the bytes that it used are compared with the board's arena.
_AMPLE_ARENA_BYTES = 1 << 22
# While TFLM plans the activations, their space holds its records: so many bytes per tensor, per
# tensor that is not constant, and for the operators' scratch buffers (64-bit, found by trying
# every arena size with networks of 4 to 16 operators). A small network has smaller activations.
_PLAN_TENSOR_BYTES = 32
_PLAN_ACTIVATION_BYTES = 40
_PLAN_SCRATCH_BYTES = 264


class ModelNotPreparedError(PackageError):
    """TFLM refuses the model: it is damaged, or has an unknown operator or shape."""


class ArenaTooSmallError(PackageError):
    """The board's arena is too small for the model.

    Args:
        needed_bytes: What the model needs.
        arena_bytes: What the board has.
    """

    def __init__(self, needed_bytes: int, arena_bytes: int) -> None:
        super().__init__(
            tr(
                "The model needs an arena of {needed} bytes, the board has {arena}. Train a "
                "smaller variant: fewer filters or a shorter window.",
                needed=needed_bytes,
                arena=arena_bytes,
            )
        )
        self.needed_bytes, self.arena_bytes = needed_bytes, arena_bytes


class _Runtime(Protocol):
    """The common interface of TFLM's and LiteRT's interpreters."""

    needed_bytes: int | None  # of the arena

    def details(self) -> tuple[dict[str, Any], list[dict[str, Any]]]: ...  # input, outputs
    def run(self, window: Int8Array) -> list[Int8Array]: ...


@dataclass(frozen=True)
class Quantized:
    """An int8 tensor: value = scale * (code - zero_point).

    Attributes:
        shape: With the batch of 1 in front.
        scale: Value per int8 step.
        zero_point: int8 code of the value 0.
    """

    shape: tuple[int, ...]
    scale: float
    zero_point: int


class Network:
    """An int8 .tflite that is ready to run, with any number of outputs.

    TFLM is published for x86-64 Linux only. Elsewhere LiteRT's reference kernels run the model;
    their outputs can differ in the last bit, so figures and shadow checks must say so.

    Args:
        model: The .tflite.
        activation_bytes: Size of all outputs together, which are in the arena at once.

    Attributes:
        is_reference: Whether TFLM runs the model, as on the board.
        input: The input.
        outputs: The outputs in their order.
        needed_bytes: The smallest arena; None where TFLM is not published.

    Raises:
        ModelNotPreparedError: TFLM refuses the model, or an input or output is not int8.
    """

    is_reference: bool = _tflm is not None
    input: Quantized
    outputs: tuple[Quantized, ...]
    needed_bytes: int | None

    def __init__(self, model: bytes, activation_bytes: int = 0) -> None:
        self._runtime: _Runtime
        if _tflm is None:
            self._runtime = _LiteRt(model)
        else:
            self._runtime = _Tflm(model, _AMPLE_ARENA_BYTES + activation_bytes)
        self.needed_bytes = self._runtime.needed_bytes
        inputs, outputs = self._runtime.details()
        for name, tensor in (("input", inputs), *(("output", output) for output in outputs)):
            if tensor["dtype"] is not np.int8:
                raise ModelNotPreparedError(
                    tr(
                        "The model's {name} is {dtype}, the board takes int8 only. Convert it "
                        "with full integer quantization.",
                        name=name,
                        dtype=np.dtype(tensor["dtype"]),
                    )
                )
        self.input = _quantized(inputs)
        self.outputs = tuple(_quantized(output) for output in outputs)

    def run(self, window: ArrayLike) -> list[Int8Array]:
        """Compute all outputs.

        Args:
            window: int8, of any shape with the size of the input.

        Returns:
            The outputs in their order and shapes.

        Raises:
            TypeError: The window is not int8.
        """
        values = np.asarray(window)
        if values.dtype != np.int8:
            raise TypeError(f"a window is int8, not {values.dtype}")
        return self._runtime.run(values.reshape(self.input.shape))


class Interpreter:
    """A model as the board runs it.

    The first output holds the probabilities of the classes. A second output, if the model has
    one, is the embedding behind the probabilities: a rejection finds unknown activities by it.

    Args:
        model: The .tflite.
        arena_bytes: The largest arena that the model may need; None for any.

    Attributes:
        is_reference: Whether TFLM runs the model, as on the board; see `Network`.
        input_shape: Shape of the input, with the batch of 1 in front.
        input_scale: Input value per int8 step.
        input_zero_point: int8 code of the input value 0.
        output_scale: Probability per int8 step.
        output_zero_point: int8 code of probability 0.
        class_count: Number of classes.
        embedding_size: int8 values of the embedding; 0 for a model without this output.

    Raises:
        ModelNotPreparedError: TFLM refuses the model, an input or output is not int8, or the model
            has more than two outputs.
        ArenaTooSmallError: The model needs more than `arena_bytes`. LiteRT cannot detect this.
    """

    is_reference: bool = Network.is_reference
    input_shape: tuple[int, ...]
    input_scale: float
    input_zero_point: int
    output_scale: float
    output_zero_point: int
    class_count: int
    embedding_size: int

    def __init__(self, model: bytes, arena_bytes: int | None = None) -> None:
        self._network = network = Network(model)
        needed = network.needed_bytes
        if arena_bytes is not None and needed is not None and arena_bytes < needed:
            raise ArenaTooSmallError(needed, arena_bytes)
        outputs = network.outputs
        if len(outputs) > 2:
            raise ModelNotPreparedError(
                tr(
                    "The model has {count} outputs; the board takes the probabilities and the "
                    "embedding. Build the package again with `motionloop train`.",
                    count=len(outputs),
                )
            )
        self.input_shape = network.input.shape
        self.input_scale, self.input_zero_point = network.input.scale, network.input.zero_point
        self.output_scale, self.output_zero_point = outputs[0].scale, outputs[0].zero_point
        self.class_count = outputs[0].shape[-1]
        self.embedding_size = math.prod(outputs[1].shape) if len(outputs) == 2 else 0

    def invoke(self, window: ArrayLike) -> Int8Array:
        """Classify one window.

        Args:
            window: int8, of any shape with the size of `input_shape`.

        Returns:
            Quantized probabilities [classes].

        Raises:
            TypeError: The window is not int8.
        """
        return self.invoke_all(window)[: self.class_count]

    def invoke_all(self, window: ArrayLike) -> Int8Array:
        """Classify one window and return all outputs.

        Args:
            window: int8, of any shape with the size of `input_shape`.

        Returns:
            Quantized probabilities, then the embedding [classes + embedding_size].

        Raises:
            TypeError: The window is not int8.
        """
        return np.concatenate([output.reshape(-1) for output in self._network.run(window)])

    def invoke_many(self, windows: Int8Array) -> Int8Array:
        """Quantized probabilities [k, classes] of k int8 windows."""
        return self.invoke_all_many(windows)[:, : self.class_count]

    def embed_many(self, windows: Int8Array) -> Int8Array:
        """Embeddings [k, embedding_size] of k int8 windows."""
        return self.invoke_all_many(windows)[:, self.class_count :]

    def invoke_all_many(self, windows: Int8Array) -> Int8Array:
        """All outputs [k, classes + embedding_size] of k int8 windows, as from `invoke_all`."""
        outputs = np.empty((len(windows), self.class_count + self.embedding_size), np.int8)
        for i, window in enumerate(windows):
            outputs[i] = self.invoke_all(window)
        return outputs


def arena_bytes(model: bytes) -> int | None:
    """Measure the smallest arena that TFLM accepts.

    The measurement uses 64-bit pointers and TFLM's portable kernels: the board's 32-bit
    structures are smaller, while CMSIS-NN adds scratch buffers.

    Args:
        model: The .tflite.

    Returns:
        Bytes, a multiple of 16; None where TFLM is not published.

    Raises:
        ModelNotPreparedError: TFLM refuses the model.
    """
    return None if _tflm is None else _Tflm(model, _AMPLE_ARENA_BYTES).needed_bytes


def parse_model(model: bytes) -> Any:
    """Read a .tflite as a `ModelT` of its schema.

    A damaged file raises any exception of Python: check with the core first.
    """
    if _tflm is not None:
        return _tflm.schema_fb.ModelT.InitFromPackedBuf(model)
    from ai_edge_litert import schema_py_generated as schema

    return schema.ModelT.InitFromPackedBuf(model)


def pack_model(parsed: Any) -> bytes:
    """Write a `ModelT` as a .tflite: the reverse of `parse_model`."""
    builder = flatbuffers.Builder()
    builder.Finish(parsed.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def operator_of(parsed: Any, operator: Any) -> wire.Operator:
    """The kind of an `OperatorT` in a parsed model, as TFLM reads it."""
    code = parsed.operatorCodes[operator.opcodeIndex]
    return wire.Operator(max(code.builtinCode, code.deprecatedBuiltinCode))


def _quantized(tensor: dict[str, Any]) -> Quantized:
    parameters = tensor["quantization_parameters"]
    shape = tuple(int(n) for n in tensor["shape"])
    return Quantized(shape, float(parameters["scales"][0]), int(parameters["zero_points"][0]))


# --- TFLM -----------------------------------------------------------------------------------
class _Tflm:
    needed_bytes: int | None

    def __init__(self, model: bytes, arena_bytes: int) -> None:
        with _native_stderr() as printed:
            try:
                self._interpreter = _tflm.Interpreter.from_bytes(model, arena_size=arena_bytes)
            # The wheel's own parser runs first: damage makes it raise any exception of Python.
            except Exception as error:
                reason = " ".join(printed().split()) or str(error)
                raise ModelNotPreparedError(
                    tr(
                        "TFLite Micro cannot prepare the model ({reason}). Build the package "
                        "again with `motionloop train`.",
                        reason=reason,
                    )
                ) from error
            self._interpreter.print_allocations()
            report = printed()
        # head: activations and scratch; tail: what stays for the life of the interpreter
        head, tail = (int(n) for n in re.findall(r"Arena allocation (?:head|tail) (\d+)", report))
        read = _tflm.schema_fb.Model.GetRootAs(model)
        needed = tail + max(head, _planning_bytes(read))
        self.needed_bytes = -(-needed // 16) * 16
        self._outputs = range(read.Subgraphs(0).OutputsLength())

    def details(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        outputs = [self._interpreter.get_output_details(i) for i in self._outputs]
        return self._interpreter.get_input_details(0), outputs

    def run(self, window: Int8Array) -> list[Int8Array]:
        self._interpreter.set_input(window, 0)
        self._interpreter.invoke()
        return [self._interpreter.get_output(i) for i in self._outputs]


def _planning_bytes(read: Any) -> int:
    graph = read.Subgraphs(0)
    buffers = [graph.Tensors(i).Buffer() for i in range(graph.TensorsLength())]
    activations: int = sum(read.Buffers(number).DataIsNone() for number in buffers)
    return (
        _PLAN_TENSOR_BYTES * len(buffers)
        + _PLAN_ACTIVATION_BYTES * activations
        + _PLAN_SCRATCH_BYTES
    )


_stderr_lock = threading.Lock()


@contextmanager
def _native_stderr() -> Iterator[Callable[[], str]]:
    """Collect the output of native code to file descriptor 2; yields a function that reads it.

    TFLM reports reasons and sizes nowhere else. A file takes the output, since a pipe can fill.
    """
    with _stderr_lock, tempfile.TemporaryFile() as file:
        saved = os.dup(2)
        os.dup2(file.fileno(), 2)

        def printed() -> str:
            size = os.fstat(file.fileno()).st_size
            return os.pread(file.fileno(), size, 0).decode(errors="replace")

        try:
            yield printed
        finally:
            os.dup2(saved, 2)
            os.close(saved)


# --- LiteRT, where TFLM is not published ------------------------------------------------------
class _LiteRt:
    needed_bytes: int | None = None  # unknown

    def __init__(self, model: bytes) -> None:
        # Imported here: LiteRT is not installed where TFLM is.
        from ai_edge_litert.interpreter import Interpreter as LiteRtInterpreter
        from ai_edge_litert.interpreter import OpResolverType

        try:
            # The reference resolver also keeps XNNPACK away: its sums differ.
            self._interpreter = LiteRtInterpreter(
                model_content=_with_full_quantization(model),
                experimental_op_resolver_type=OpResolverType.BUILTIN_REF,
            )
            self._interpreter.allocate_tensors()
        except Exception as error:
            raise ModelNotPreparedError(
                tr(
                    "LiteRT cannot prepare the model ({error}). Build the package again with "
                    "`motionloop train`.",
                    error=error,
                )
            ) from error
        self._input = self._interpreter.get_input_details()[0]
        self._outputs = self._interpreter.get_output_details()

    def details(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        return self._input, self._outputs

    def run(self, window: Int8Array) -> list[Int8Array]:
        self._interpreter.set_tensor(self._input["index"], window)
        self._interpreter.invoke()
        return [self._interpreter.get_tensor(output["index"]) for output in self._outputs]


def _with_full_quantization(model: bytes) -> bytes:
    """Put back the quantization that LiteRT needs and TFLM does not; training.convert strips it."""
    from ai_edge_litert import schema_py_generated as schema

    biased = (
        schema.BuiltinOperator.CONV_2D,
        schema.BuiltinOperator.DEPTHWISE_CONV_2D,
        schema.BuiltinOperator.FULLY_CONNECTED,
    )
    parsed = schema.ModelT.InitFromPackedBuf(model)
    graph = parsed.subgraphs[0]
    for tensor in graph.tensors:
        quantization = tensor.quantization
        if quantization is not None and quantization.scale is not None:
            points = np.broadcast_to(quantization.zeroPoint, len(quantization.scale))
            quantization.zeroPoint = points.astype(np.int64)
    for operator in graph.operators:
        code = parsed.operatorCodes[operator.opcodeIndex].builtinCode
        if code not in biased or operator.inputs[2] < 0:
            continue
        source, weights, bias = (graph.tensors[i] for i in operator.inputs)
        bias.quantization = schema.QuantizationParametersT()
        bias.quantization.scale = source.quantization.scale[0] * weights.quantization.scale
        bias.quantization.zeroPoint = np.zeros(len(weights.quantization.scale), np.int64)
    return pack_model(parsed)
