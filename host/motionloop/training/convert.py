"""Keras to .tflite: the float base, the int8 model, and the int8 model as the board gets it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from tensorflow.lite.python import schema_py_generated as schema
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

from motionloop.errors import PackageError
from motionloop.language import tr
from motionloop.model.inference import Int8Array, Interpreter, pack_model
from motionloop.windows import evenly
from motionloop.wire import INPUT_SCALE_BITS, MAX_EMBEDDING

_SCALE = 2.0**-INPUT_SCALE_BITS
REPRESENTATIVE_WINDOWS = 200


@dataclass(frozen=True)
class Converted:
    """Three .tflite files of one network, softmax outputs [1, classes].

    `base` is float32; `int8` has int8 input and output, the embedding as a second output, and
    everything the converter writes; `board` is `int8` without what TFLM never reads, with the
    same outputs.
    """

    base: bytes
    int8: bytes
    board: bytes


def convert(model: tf.keras.Model, windows: Int8Array) -> Converted:
    """Quantize after training, calibrated on `windows` int8 [k, window, channels].

    `windows` come from the training split. Raises PackageError when the result's input is not
    quantized as the windower's outputs are, or when TFLM computes anything else after
    stripping.
    """
    function = frozen(model)
    base = as_float(function)
    int8 = with_embedding(as_int8(function, _representative(windows)))

    reference = Interpreter(int8)
    if (reference.input_scale, reference.input_zero_point) != (_SCALE, 0):
        raise PackageError(
            tr(
                "The converter chose input scale {input_scale} and zero point "
                "{input_zero_point} instead of {scale} and 0, so the board's windows would be "
                "misread. Train again with an installed TensorFlow from 2.19 to 2.21.",
                input_scale=reference.input_scale,
                input_zero_point=reference.input_zero_point,
                scale=_SCALE,
            )
        )
    board = strip(int8)
    checked = windows[:REPRESENTATIVE_WINDOWS]
    if not np.array_equal(reference.invoke_many(checked), Interpreter(board).invoke_many(checked)):
        raise PackageError(
            tr(
                "TFLite Micro gives other outputs for the stripped model than for the full "
                "one. Report this with both files; nothing was pushed."
            )
        )
    return Converted(base, int8, board)


def frozen(model: tf.keras.Model) -> Any:
    """The network as a function of one input, to probabilities, whose weights are constants.

    The converter first writes a SavedModel, which takes longer than all the rest; of constants
    there is nothing to save.
    """

    @tf.function(  # type: ignore[untyped-decorator]
        input_signature=[tf.TensorSpec((1, *model.input_shape[1:]), tf.float32)]
    )
    def probabilities(inputs: tf.Tensor) -> tf.Tensor:
        return tf.nn.softmax(model(inputs, training=False))

    return convert_variables_to_constants_v2(probabilities.get_concrete_function())


def as_float(function: Any) -> bytes:
    """A float32 .tflite of a function of `frozen`."""
    converted: bytes = _converter(function).convert()
    return converted


def as_int8(function: Any, representative: NDArray[np.float32]) -> bytes:
    """A .tflite with int8 input and output, of a function of `frozen`; activations get the ranges
    that they have for `representative` [k, ...]."""
    converter = _converter(function)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: _one_by_one(representative)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tf.int8
    # TFLM releases for Arduino do not have the fully-connected kernel with per-channel scales.
    converter._experimental_disable_per_channel_quantization_for_dense_layers = True
    converted: bytes = converter.convert()
    return converted


def _converter(function: Any) -> tf.lite.TFLiteConverter:
    return tf.lite.TFLiteConverter.from_concrete_functions([function], tf.Module())


def _representative(windows: Int8Array) -> NDArray[np.float32]:
    """float32 [k, 1, window, channels], evenly picked, that spans the whole int8 range.

    Calibration takes the smallest and the largest value it meets: with both ends of the range
    in the first window the input's scale comes out at exactly 2**-INPUT_SCALE_BITS.
    """
    picked = evenly(np.arange(len(windows)), REPRESENTATIVE_WINDOWS)
    values = windows[picked, np.newaxis].astype(np.float32) * _SCALE
    values[0, 0, 0, 0], values[0, 0, 1, 0] = -128 * _SCALE, 127 * _SCALE
    return values


def _one_by_one(values: NDArray[np.float32]) -> Iterator[list[NDArray[np.float32]]]:
    for value in values:
        yield [value[np.newaxis]]


def with_embedding(model: bytes) -> bytes:
    """`model` with the input of its last dense layer as a second output, to find unknown
    activities; unchanged where probabilities do not come from a dense layer and a softmax, or
    the embedding is larger than MAX_EMBEDDING.

    A further output is a number in the file: the converter itself would add operators.
    """
    parsed = schema.ModelT.InitFromPackedBuf(model)
    (graph,) = parsed.subgraphs
    maker = {output: operator for operator in graph.operators for output in operator.outputs}

    def source(tensor: int, builtin: int) -> int:
        operator = maker.get(tensor)
        if operator is None or parsed.operatorCodes[operator.opcodeIndex].builtinCode != builtin:
            return -1
        return int(operator.inputs[0])

    logits = source(int(graph.outputs[0]), schema.BuiltinOperator.SOFTMAX)
    embedding = source(logits, schema.BuiltinOperator.FULLY_CONNECTED)
    if embedding < 0 or int(np.prod(graph.tensors[embedding].shape)) > MAX_EMBEDDING:
        return model
    graph.outputs = [int(graph.outputs[0]), embedding]
    return pack_model(parsed)


def strip(model: bytes) -> bytes:
    """`model` without the parts that TFLM never reads: about 40 % of a small network's file.

    These are names, signatures, metadata, value ranges, the convolutions' bias scales (TFLM takes
    input scale times weight scale), and all but one of a tensor's zero points where they are
    equal. LiteRT refuses the result; inference.Interpreter restores it for LiteRT.
    """
    parsed = schema.ModelT.InitFromPackedBuf(model)
    parsed.description = parsed.signatureDefs = parsed.metadata = parsed.metadataBuffer = None
    for code in parsed.operatorCodes:
        code.customCode = None
    for graph in parsed.subgraphs:
        graph.name = None
        for tensor in graph.tensors:
            tensor.name = tensor.shapeSignature = None
            _strip_quantization(tensor)
        for operator in graph.operators:
            builtin = parsed.operatorCodes[operator.opcodeIndex].builtinCode
            depthwise = builtin == schema.BuiltinOperator.DEPTHWISE_CONV_2D
            if depthwise and graph.tensors[operator.inputs[0]].shape[1] == 1:
                # Keras wants equal strides; the board refuses one longer than the input.
                operator.builtinOptions.strideH = 1
            has_bias = len(operator.inputs) == 3 and operator.inputs[2] >= 0
            if has_bias and builtin in (
                schema.BuiltinOperator.CONV_2D,
                schema.BuiltinOperator.DEPTHWISE_CONV_2D,
            ):
                graph.tensors[operator.inputs[2]].quantization = None
    _drop_unused_buffers(parsed)
    return pack_model(parsed)


def _strip_quantization(tensor: schema.TensorT) -> None:
    quantization = tensor.quantization
    if quantization is None:
        return
    if quantization.scale is None or len(quantization.scale) == 0:
        tensor.quantization = None
        return
    quantization.min = quantization.max = None
    if len(set(quantization.zeroPoint)) == 1:
        quantization.zeroPoint = quantization.zeroPoint[:1]


def _drop_unused_buffers(parsed: schema.ModelT) -> None:
    """Keep the buffers with weights; all others become buffer 0, which is empty by definition."""
    kept = [parsed.buffers[0]]
    index: dict[int, int] = {}
    for graph in parsed.subgraphs:
        for tensor in graph.tensors:
            buffer = parsed.buffers[tensor.buffer]
            if buffer.data is None or len(buffer.data) == 0:
                tensor.buffer = 0
                continue
            if tensor.buffer not in index:
                index[tensor.buffer] = len(kept)
                kept.append(buffer)
            tensor.buffer = index[tensor.buffer]
    parsed.buffers = kept
