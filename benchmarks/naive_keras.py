"""Training as a tutorial has it: `python -m benchmarks.naive_keras RECORDINGS PACKAGE`.

Conv1D layers, model.fit and TFLiteConverter on the six raw axes; the layers, optimizer, batch and
epochs of "1D CNN Models for Human Activity Recognition" (machinelearningmastery.com), but with
global average pooling in place of the dense layer of 100, which no slot of the board has room for.
It writes a package, so that its model can be pushed as ours is.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

import motionloop.training  # noqa: F401  settings that TensorFlow reads while imported
from motionloop.model.inference import Interpreter
from motionloop.model.package import INPUT_SCALE, ChannelSpec, ModelPackage, input_spec
from motionloop.recordings import sources
from motionloop.trainer.messages import SMOOTHING
from motionloop.training.convert import strip
from motionloop.windows import collect_windows

import tensorflow as tf  # isort: skip

layers = tf.keras.layers


def main() -> None:
    recordings, file = sys.argv[1:]
    axes = tuple(ChannelSpec(axis, scale=1.0 if axis < 3 else 0.5) for axis in range(6))
    windows = collect_windows(sources.read_recordings(recordings), input_spec(channels=axes))
    int8 = windows.channels(windows.fixed)
    inputs = int8.astype(np.float32) * np.float32(INPUT_SCALE)

    model = tf.keras.Sequential(
        [
            layers.Input((windows.spec.window, 6)),
            layers.Conv1D(64, 3, activation="relu"),
            layers.Conv1D(64, 3, activation="relu"),
            layers.Dropout(0.5),
            layers.MaxPooling1D(2),
            layers.GlobalAveragePooling1D(),
            layers.Dense(len(windows.labels), activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(inputs, windows.label, batch_size=32, epochs=10, validation_split=0.2, verbose=0)

    # With a batch of one: else the converter puts EXPAND_DIMS around each Conv1D, which the board
    # has not.
    one = tf.function(model).get_concrete_function(tf.TensorSpec((1, *inputs.shape[1:])))
    converter = tf.lite.TFLiteConverter.from_concrete_functions([one], model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    # Both ends of the range, so that the input's scale is the board's.
    ends = np.zeros_like(inputs[:1])
    ends[0, 0, 0], ends[0, 1, 0] = -128 * INPUT_SCALE, 127 * INPUT_SCALE
    converter.representative_dataset = lambda: ([x[np.newaxis]] for x in [*ends, *inputs[::10]])
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tf.int8
    converter._experimental_disable_per_channel_quantization_for_dense_layers = True
    tflite = strip(converter.convert())  # the board takes no metadata
    golden = int8[:1]
    outputs = Interpreter(tflite).invoke_many(golden)
    Path(file).write_bytes(
        ModelPackage(windows.labels, windows.spec, tflite, golden, outputs, SMOOTHING).pack()
    )


if __name__ == "__main__":
    main()
