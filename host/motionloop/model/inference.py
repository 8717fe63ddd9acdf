"""Running a .tflite as the board does: TFLite Micro (TFLM) within the board's arena.

TFLM is no validator: a malformed file can end the process, so bytes that crossed the radio
are given to it only after the core's checks.
"""

from __future__ import annotations

import os
import re
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from motionloop.errors import PackageError

try:
    from tflite_micro import runtime as _tflm
except ImportError:  # published for x86-64 Linux only
    _tflm = None

Int8Array = NDArray[np.int8]

# TFLM does not check all of its allocations: an arena that ends at the wrong byte takes the
# process down. So models are prepared in more than any package that fits a slot can need, and
# what they would have needed is measured and compared with the board's arena.
_AMPLE_ARENA_BYTES = 1 << 22
# While TFLM plans the activations, their space holds its records: these many bytes for each
# tensor, for each that is not constant, and for the operators' scratch buffers (64-bit, as
# found by trying every arena size with networks of 4 to 16 operators). Of a small network this
# is more than the activations.
_PLAN_TENSOR_BYTES = 32
_PLAN_ACTIVATION_BYTES = 40
_PLAN_SCRATCH_BYTES = 264


class ModelNotPreparedError(PackageError):
    """TFLM refuses the model: damaged, or with an operator or a shape that it does not have."""


class ArenaTooSmallError(PackageError):
    """The model needs `needed_bytes` of arena; only `arena_bytes` are there."""

    def __init__(self, needed_bytes: int, arena_bytes: int) -> None:
        super().__init__(
            f"The model needs an arena of {needed_bytes} bytes, the board has {arena_bytes}. "
            "Train a smaller variant: fewer filters or a shorter window."
        )
        self.needed_bytes, self.arena_bytes = needed_bytes, arena_bytes


class _Runtime(Protocol):
    """What TFLM's and LiteRT's interpreters have in common, once adapted."""

    def details(self) -> tuple[dict[str, Any], list[dict[str, Any]]]: ...  # input, outputs
    def run(self, window: Int8Array) -> list[Int8Array]: ...


class Interpreter:
    """An int8 model ready to run.

    Its first output are the probabilities of the classes; a second one, if it has one, is the
    embedding that they were computed from, for telling unknown activities.

    `is_reference` tells whether TFLM runs it, as on the board. Where TFLM is not published
    (anything but x86-64 Linux) LiteRT's reference kernels serve; their outputs can differ in
    the last bit, so figures and shadow checks from them must say so.
    """

    is_reference: bool = _tflm is not None
    input_shape: tuple[int, ...]  # with the batch of 1 in front
    input_scale: float
    input_zero_point: int
    output_scale: float
    output_zero_point: int
    class_count: int
    embedding_size: int  # 0: the model does not give its embedding

    def __init__(self, model: bytes, arena_bytes: int | None = None) -> None:
        """Prepare `model`, which may need at most `arena_bytes` (None: any amount).

        Raises ModelNotPreparedError, or ArenaTooSmallError (known with TFLM only).
        """
        self._runtime: _Runtime
        if _tflm is None:
            self._runtime = _LiteRt(model)
        else:
            self._runtime = tflm = _Tflm(model)
            if arena_bytes is not None and arena_bytes < tflm.needed_bytes:
                raise ArenaTooSmallError(tflm.needed_bytes, arena_bytes)
        inputs, outputs = self._runtime.details()
        if len(outputs) > 2:
            raise ModelNotPreparedError(
                f"The model has {len(outputs)} outputs; the board takes the probabilities and the "
                "embedding. Build the package again with `motionloop train`."
            )
        for name, tensor in (("input", inputs), *(("output", output) for output in outputs)):
            if tensor["dtype"] is not np.int8:
                raise ModelNotPreparedError(
                    f"The model's {name} is {np.dtype(tensor['dtype'])}, the board takes int8 "
                    "only. Convert it with full integer quantization."
                )
        self.input_shape = tuple(int(n) for n in inputs["shape"])
        self.class_count = int(outputs[0]["shape"][-1])
        self.embedding_size = int(np.prod(outputs[1]["shape"])) if len(outputs) == 2 else 0
        self.input_scale, self.input_zero_point = _quantization(inputs)
        self.output_scale, self.output_zero_point = _quantization(outputs[0])

    def invoke(self, window: ArrayLike) -> Int8Array:
        """int8 probabilities [classes] for one int8 window of any shape with the input's size."""
        return self.invoke_all(window)[: self.class_count]

    def invoke_all(self, window: ArrayLike) -> Int8Array:
        """int8 [classes + embedding_size]: the probabilities, then the embedding, if any."""
        values = np.asarray(window)
        if values.dtype != np.int8:
            raise TypeError(f"a window is int8, not {values.dtype}")
        outputs = self._runtime.run(values.reshape(self.input_shape))
        return np.concatenate([output.reshape(-1) for output in outputs])

    def invoke_many(self, windows: Int8Array) -> Int8Array:
        """int8 probabilities [k, classes] for k int8 windows, run one after the other."""
        return self.invoke_all_many(windows)[:, : self.class_count]

    def embed_many(self, windows: Int8Array) -> Int8Array:
        """int8 embeddings [k, embedding_size] of k int8 windows."""
        return self.invoke_all_many(windows)[:, self.class_count :]

    def invoke_all_many(self, windows: Int8Array) -> Int8Array:
        """int8 [k, classes + embedding_size] for k int8 windows; see `invoke_all`."""
        outputs = np.empty((len(windows), self.class_count + self.embedding_size), np.int8)
        for i, window in enumerate(windows):
            outputs[i] = self.invoke_all(window)
        return outputs


def arena_bytes(model: bytes) -> int | None:
    """The smallest arena TFLM accepts, a multiple of 16; None where TFLM is not published.

    Measured with 64-bit pointers and TFLM's portable kernels: the board's 32-bit structures
    are smaller, while CMSIS-NN adds scratch buffers. Raises ModelNotPreparedError.
    """
    return None if _tflm is None else _Tflm(model).needed_bytes


def parse_model(model: bytes) -> Any:
    """The .tflite as its schema's objects, a `ModelT`; whatever Python raises when it is none."""
    if _tflm is not None:
        return _tflm.schema_fb.ModelT.InitFromPackedBuf(model)
    from ai_edge_litert import schema_py_generated as schema

    return schema.ModelT.InitFromPackedBuf(model)


def _quantization(tensor: dict[str, Any]) -> tuple[float, int]:
    parameters = tensor["quantization_parameters"]
    return float(parameters["scales"][0]), int(parameters["zero_points"][0])


# --- TFLM -----------------------------------------------------------------------------------
class _Tflm:
    def __init__(self, model: bytes) -> None:
        with _native_stderr() as printed:
            try:
                self._interpreter = _tflm.Interpreter.from_bytes(
                    model, arena_size=_AMPLE_ARENA_BYTES
                )
            # The wheel's own parser runs first and meets damage with whatever Python raises.
            except Exception as error:
                reason = " ".join(printed().split()) or str(error)
                raise ModelNotPreparedError(
                    f"TFLite Micro cannot prepare the model ({reason}). "
                    "Build the package again with `motionloop train`."
                ) from error
            self._interpreter.print_allocations()
            report = printed()
        # head: activations and scratch; tail: what stays for the life of the interpreter
        head, tail = (int(n) for n in re.findall(r"Arena allocation (?:head|tail) (\d+)", report))
        parsed = parse_model(model)
        needed = tail + max(head, _planning_bytes(parsed))
        self.needed_bytes = -(-needed // 16) * 16
        self._outputs = range(len(parsed.subgraphs[0].outputs))

    def details(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        outputs = [self._interpreter.get_output_details(i) for i in self._outputs]
        return self._interpreter.get_input_details(0), outputs

    def run(self, window: Int8Array) -> list[Int8Array]:
        self._interpreter.set_input(window, 0)
        self._interpreter.invoke()
        return [self._interpreter.get_output(i) for i in self._outputs]


def _planning_bytes(parsed: Any) -> int:
    tensors = parsed.subgraphs[0].tensors
    activations = [t for t in tensors if parsed.buffers[t.buffer].data is None]
    return (
        _PLAN_TENSOR_BYTES * len(tensors)
        + _PLAN_ACTIVATION_BYTES * len(activations)
        + _PLAN_SCRATCH_BYTES
    )


_stderr_lock = threading.Lock()


@contextmanager
def _native_stderr() -> Iterator[Callable[[], str]]:
    """Collect what native code prints to file descriptor 2; yields a function that reads it.

    TFLM gives its reasons and sizes nowhere else. A file, not a pipe, so that it cannot fill.
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
    def __init__(self, model: bytes) -> None:
        # Imported here: it is not installed where TFLM is.
        from ai_edge_litert.interpreter import Interpreter as LiteRtInterpreter
        from ai_edge_litert.interpreter import OpResolverType

        try:
            # The reference resolver also keeps XNNPACK away, whose sums differ.
            self._interpreter = LiteRtInterpreter(
                model_content=_with_full_quantization(model),
                experimental_op_resolver_type=OpResolverType.BUILTIN_REF,
            )
            self._interpreter.allocate_tensors()
        except Exception as error:
            raise ModelNotPreparedError(
                f"LiteRT cannot prepare the model ({error}). "
                "Build the package again with `motionloop train`."
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
    """Put back what LiteRT insists on and TFLM does without: see training.convert.strip."""
    import flatbuffers
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
    builder = flatbuffers.Builder(len(model) * 2)
    builder.Finish(parsed.Pack(builder), b"TFL3")
    return bytes(builder.Output())
