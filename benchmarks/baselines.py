"""What one would use without MotionLoop, on the same windows: three baselines for benchmarks.har.

All see float windows [k, window, 6] in g and rad/s, made by the same core from the same recordings
and split in the same way, so that only the model and its input differ.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import emlearn
import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestClassifier

import motionloop.training  # noqa: F401  settings that TensorFlow reads while imported
from motionloop.windows import WindowSet

import tensorflow as tf  # isort: skip

layers = tf.keras.layers
FloatArray = NDArray[np.float32]
_INT16 = 2**15


@dataclass(frozen=True)
class Baseline:
    """Accuracy on the test windows and the bytes that a board would have to store."""

    accuracy: float
    bytes: int


def tutorial(known: WindowSet, unseen: WindowSet, seed: int) -> Baseline:
    """The Conv1D network that tutorials on activity recognition train, as full int8.

    Layers, optimizer, batch and epochs as in "1D CNN Models for Human Activity Recognition"
    (machinelearningmastery.com).
    """
    tf.keras.utils.set_random_seed(seed)
    network = tf.keras.Sequential(
        [
            layers.Input((known.spec.window, 6)),
            layers.Conv1D(64, 3, activation="relu"),
            layers.Conv1D(64, 3, activation="relu"),
            layers.Dropout(0.5),
            layers.MaxPooling1D(2),
            layers.Flatten(),
            layers.Dense(100, activation="relu"),
            layers.Dense(len(known.labels), activation="softmax"),
        ]
    )
    network.compile("adam", "sparse_categorical_crossentropy")
    network.fit(known.motion, known.label, batch_size=32, epochs=10, verbose=0)
    converted = _int8(network, known.motion)
    return Baseline(_accuracy(_answers(converted, unseen.motion), unseen), len(converted))


def course(known: WindowSet, unseen: WindowSet, seed: int) -> Baseline:
    """A MobileNet-style base in float32, trained as the course on lightweight networks does.

    Depthwise-separable blocks on the six raw axes, batch normalization and Adam as Keras has
    them, no augmentation; bytes are those of the float32 .tflite.
    """
    tf.keras.utils.set_random_seed(seed)
    x = inputs = layers.Input((known.spec.window, 6))
    x = layers.Conv1D(16, 7, strides=2, padding="same", use_bias=False)(x)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    for filters, stride in ((32, 2), (48, 1), (48, 1)):
        x = layers.SeparableConv1D(filters, 5, strides=stride, padding="same", use_bias=False)(x)
        x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.GlobalAveragePooling1D()(x)
    network = tf.keras.Model(inputs, layers.Dense(len(known.labels), activation="softmax")(x))
    network.compile("adam", "sparse_categorical_crossentropy")
    network.fit(known.motion, known.label, batch_size=32, epochs=20, verbose=0)
    converted = tf.lite.TFLiteConverter.from_keras_model(network).convert()
    return Baseline(_accuracy(_answers(converted, unseen.motion), unseen), len(converted))


def forest(known: WindowSet, unseen: WindowSet, seed: int) -> Baseline:
    """emlearn's random forest on the usual statistics of each axis; bytes of its compiled C."""
    trees = RandomForestClassifier(n_estimators=30, max_depth=12, random_state=seed)
    trees.fit(_statistics(known), known.label)
    # emlearn compiles what it made, in the working directory.
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        converted = emlearn.convert(trees, method="loadable", dtype="int16_t")
        accuracy = _accuracy(np.asarray(converted.predict(_statistics(unseen))), unseen)
        source, compiled = Path("forest.c"), Path("forest.o")
        converted.save(file=str(source), name="forest")
        include = f"-I{emlearn.includedir}"
        subprocess.run(["cc", "-Os", "-c", include, source, "-o", compiled], check=True)
        sizes = subprocess.run(["size", compiled], check=True, capture_output=True, text=True)
    text, data = sizes.stdout.splitlines()[1].split()[:2]
    return Baseline(accuracy, int(text) + int(data))


BASELINES: dict[str, Callable[[WindowSet, WindowSet, int], Baseline]] = {
    "tutorial_conv1d": tutorial,
    "emlearn_forest": forest,
    "course_base": course,
}


def _statistics(windows: WindowSet) -> NDArray[np.int16]:
    """int16 [k, 42]: mean, deviation, extremes, median, mean step and energy of each axis."""
    x = windows.motion
    steps = np.abs(np.diff(x, axis=1)).mean(1)
    values = [x.mean(1), x.std(1), x.min(1), x.max(1), np.median(x, 1), steps, (x**2).mean(1)]
    # emlearn's trees compare int16 numbers: 1/4096 of a g or rad/s keeps postures apart.
    scaled = np.rint(np.concatenate(values, axis=1) * 4096)
    return np.asarray(np.clip(scaled, -_INT16, _INT16 - 1), np.int16)


def _int8(network: tf.keras.Model, inputs: FloatArray) -> bytes:
    converter = tf.lite.TFLiteConverter.from_keras_model(network)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([window[np.newaxis]] for window in inputs[::50])
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tf.int8
    converted: bytes = converter.convert()
    return converted


def _answers(model: bytes, inputs: FloatArray) -> NDArray[np.int64]:
    interpreter = tf.lite.Interpreter(model_content=model)
    interpreter.allocate_tensors()
    taken, given = interpreter.get_input_details()[0], interpreter.get_output_details()[0]
    if taken["dtype"] == np.int8:
        scale, zero_point = taken["quantization"]
        quantized = np.rint(inputs / scale) + zero_point
        inputs = np.clip(quantized, -128, 127).astype(np.int8)
    answers = np.empty(len(inputs), np.int64)
    for i, window in enumerate(inputs):
        interpreter.set_tensor(taken["index"], window[np.newaxis])
        interpreter.invoke()
        answers[i] = interpreter.get_tensor(given["index"]).argmax()
    return answers


def _accuracy(answers: NDArray[np.int64], unseen: WindowSet) -> float:
    return float(np.mean(answers == unseen.label))
