"""The course's own experiment: Fashion-MNIST, by default at 96 x 96, MobileNetV2 and SqueezeNet,
and their variants by the same code as ours.

Trained from scratch, unless --imagenet gives MobileNetV2 the weights of Keras, for a stated number
of steps: by default four fifths of one round of the 60,000 training images, for the time it takes.
Each method then goes on from the base for a share of its steps, at the same learning rate, beside
the control "trained as long". Tested on a stated part of the 10,000 test images,
which nothing was chosen on; int8 models under LiteRT, whose answers may differ from TFLM's in the
last bit. The course's figures are of its own networks and trainings: they stand beside ours to be
compared with base by base, not number by number.
"""

from __future__ import annotations

import gzip
import json
import os
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

# Faster for images; read while TensorFlow is imported, so it comes before motionloop.training.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

import motionloop.training  # noqa: F401  settings that TensorFlow reads while imported
from benchmarks.output import finish, parser
from motionloop.commands.variants import show_variants
from motionloop.trainer.messages import Variant
from motionloop.training.convert import Converted, as_float, as_int8, frozen, strip
from motionloop.training.network import macs
from motionloop.training.variants.compress import Budget
from motionloop.training.variants.methods import METHODS, Method, variants

import tensorflow as tf  # isort: skip

keras = tf.keras
layers = tf.keras.layers

Images = NDArray[np.uint8]  # [k, 28, 28]
Labels = NDArray[np.int64]  # [k]

_FOLDER = Path("/usr/share/datasets/fashion-mnist")  # Debian's dataset-fashion-mnist
SIDE = 96
_CLASSES = 10
_BATCH = 64
_LEARNING_RATE = 2e-3
_SMOOTHING = 0.1
_REPRESENTATIVE = 100
_SQUEEZENET_WIDTH = 0.5
_METHODS = METHODS[:-2]  # without the combinations, for the time that they take
_POINT = 0.01  # of accuracy
_MOST_INT8 = 0.3  # of the base's bytes

# MB and accuracy, as the course reports them.
COURSE = {
    "mobilenet": {"base": (10.81, 0.8964), "quantized": (4.58, 0.8102), "pruned": (9.54, 0.8096)},
    "squeezenet": {"base": (0.82, 0.8894), "quantized": (0.13, 0.9159), "pruned": (0.30, 0.9158)},
}


@dataclass(frozen=True)
class Parts:
    """What is trained and tested on, 28 x 28."""

    train: Images
    train_labels: Labels
    test: Images
    test_labels: Labels


@dataclass(frozen=True)
class Score:
    accuracy: float
    macro_f1: float


@dataclass(frozen=True)
class Result:
    """A network in both forms, measured on the test images."""

    converted: Converted
    base: Score
    int8: Score
    arena_bytes: None
    macs: int


# --- images -----------------------------------------------------------------------------------
def load(train: int, test: int) -> Parts:
    """The first images of each part: the data set is shuffled already."""
    if _FOLDER.exists():
        names = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")
        x, y, test_x, test_y = (_idx(_FOLDER / f"{name}-ubyte.gz") for name in names)
    else:
        (x, y), (test_x, test_y) = keras.datasets.fashion_mnist.load_data()
    return Parts(x[:train], y[:train].astype(int), test_x[:test], test_y[:test].astype(int))


def _idx(path: Path) -> NDArray[np.uint8]:
    """An IDX file of bytes: two zeros, the type, the number of dimensions, then their sizes."""
    content = gzip.decompress(path.read_bytes())
    sizes = np.frombuffer(content, ">u4", content[3], 4).astype(int)
    return np.frombuffer(content, np.uint8, -1, 4 + 4 * len(sizes)).reshape(sizes)


def inputs(images: Images | tf.Tensor, model: tf.keras.Model) -> tf.Tensor:
    """float32 [k, side, side, channels] from -1 to 1, as `model` takes them."""
    *side, channels = model.input_shape[1:]
    resized = tf.image.resize(tf.cast(images[..., tf.newaxis], tf.float32), side)
    return tf.repeat(resized / 127.5 - 1, channels, axis=-1)


# --- networks ---------------------------------------------------------------------------------
def mobilenet(width: float, imagenet: bool = False, side: int = SIDE) -> tf.keras.Model:
    """MobileNetV2 as Keras has it (arXiv 1801.04381), to logits."""
    channels = 3 if imagenet else 1
    body = keras.applications.MobileNetV2(
        (side, side, channels),
        alpha=width,
        include_top=False,
        weights="imagenet" if imagenet else None,
        pooling="avg",
    )
    for layer in body.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.momentum = 0.9  # 0.999 needs more steps than there are
    return keras.Model(body.input, layers.Dense(_CLASSES, name="logits")(body.output))


def squeezenet(width: float, side: int = SIDE) -> tf.keras.Model:
    """SqueezeNet 1.1 (arXiv 1602.07360) with batch normalization, to logits."""

    def conv(x: tf.Tensor, filters: float, kernel: int, stride: int = 1) -> tf.Tensor:
        x = layers.Conv2D(
            round(filters * width), kernel, stride, padding="same", use_bias=False
        )(x)  # fmt: skip
        return layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))

    def fire(x: tf.Tensor, squeezed: int, expanded: int) -> tf.Tensor:
        x = conv(x, squeezed, 1)
        return layers.Concatenate()([conv(x, expanded, 1), conv(x, expanded, 3)])

    image = keras.Input((side, side, 1))
    x = layers.MaxPooling2D(3, 2, padding="same")(conv(image, 64, 3, 2))
    x = layers.MaxPooling2D(3, 2, padding="same")(fire(fire(x, 16, 64), 16, 64))
    x = layers.MaxPooling2D(3, 2, padding="same")(fire(fire(x, 32, 128), 32, 128))
    x = fire(fire(fire(fire(x, 48, 192), 48, 192), 64, 256), 64, 256)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(image, layers.Dense(_CLASSES, name="logits")(x))


# --- training and measuring -------------------------------------------------------------------
def train(model: tf.keras.Model, parts: Parts, steps: int, seed: int = 1) -> None:
    """Fit `model` in place: Adam with cosine decay, label smoothing, mirrored images."""
    optimizer = keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(_LEARNING_RATE, steps))
    optimizer.build(model.trainable_variables)

    @tf.function  # type: ignore[untyped-decorator]
    def step(images: tf.Tensor, labels: tf.Tensor) -> None:
        targets = tf.one_hot(labels, _CLASSES) * (1 - _SMOOTHING) + _SMOOTHING / _CLASSES
        with tf.GradientTape() as tape:
            logits = model(inputs(images, model), training=True)
            losses = tf.nn.softmax_cross_entropy_with_logits(targets, logits)
            loss = tf.reduce_mean(losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))

    rng = np.random.default_rng(seed)
    order = rng.permutation(len(parts.train))
    for _ in range(steps):
        if len(order) < _BATCH:
            order = rng.permutation(len(parts.train))
        chosen, order = order[:_BATCH], order[_BATCH:]
        images = parts.train[chosen]
        mirrored = rng.random(_BATCH) < 0.5
        images = np.where(mirrored[:, np.newaxis, np.newaxis], images[..., ::-1], images)
        step(tf.constant(images), tf.constant(parts.train_labels[chosen]))


def measure(model: tf.keras.Model, parts: Parts) -> Result:
    """Convert, and test both forms."""
    function = frozen(model)
    int8 = as_int8(function, inputs(parts.train[:_REPRESENTATIVE], model).numpy())
    converted = Converted(as_float(function), int8, strip(int8))
    call = tf.function(model)
    logits = [
        call(inputs(parts.test[i : i + _BATCH], model)).numpy()
        for i in range(0, len(parts.test), _BATCH)
    ]
    return Result(
        converted,
        _score(np.concatenate(logits).argmax(axis=1), parts.test_labels),
        _score(_int8_answers(int8, parts.test, model), parts.test_labels),
        None,  # TFLM cannot plan a MobileNetV2, and no board of ours would have room for it
        macs(model),
    )


def _int8_answers(int8: bytes, images: Images, model: tf.keras.Model) -> Labels:
    with warnings.catch_warnings():
        # Its successor, LiteRT, is installed only where TFLM is not published.
        warnings.filterwarnings("ignore", r"\s*Warning: tf.lite.Interpreter is deprecated")
        interpreter = tf.lite.Interpreter(model_content=int8, num_threads=2)
    interpreter.allocate_tensors()
    taken, given = interpreter.get_input_details()[0], interpreter.get_output_details()[0]
    scale, zero_point = taken["quantization"]
    answers = np.empty(len(images), np.int64)
    for i in range(len(images)):
        values = inputs(images[i : i + 1], model).numpy()
        quantized = np.clip(np.rint(values / scale) + zero_point, -128, 127).astype(np.int8)
        interpreter.set_tensor(taken["index"], quantized)
        interpreter.invoke()
        answers[i] = interpreter.get_tensor(given["index"]).argmax()
    return answers


def _score(answers: Labels, labels: Labels) -> Score:
    confusion = np.bincount(labels * _CLASSES + answers, minlength=_CLASSES**2)
    confusion = confusion.reshape(_CLASSES, _CLASSES)
    f1 = 2 * np.diag(confusion) / np.maximum(confusion.sum(0) + confusion.sum(1), 1)
    return Score(float(np.mean(answers == labels)), float(np.mean(f1)))


def table(
    base: tf.keras.Model, parts: Parts, steps: int, methods: Sequence[Method] = _METHODS
) -> list[Variant]:
    """The base's variants, `steps` for each method."""

    def fit(model: tf.keras.Model, share: float) -> None:
        train(model, parts, round(steps * share), seed=2)

    seen = inputs(parts.train[:_REPRESENTATIVE], base).numpy()
    budget = Budget(fit, steps, seen)

    def budget_for(method: Method) -> Budget:
        print(f"  {method.name}", flush=True)
        return budget

    made = variants(base, budget_for, lambda model: measure(model, parts), methods)
    return [row for _, rows in made for row in rows]


def main() -> None:
    arguments = parser(__doc__)
    add = arguments.add_argument
    add("--train-images", type=int, default=60_000)
    add("--test-images", type=int, default=5000)
    add("--steps", type=int, default=750, help=f"of the base, {_BATCH} images each")
    add("--share", type=float, default=0.8, help="of these steps, for each method")
    add("--side", type=int, default=SIDE, help="of the images, in pixels")
    add("--width", type=float, default=0.35, help="of MobileNetV2 (1: the course's size)")
    add("--imagenet", action="store_true", help="begin MobileNetV2 with Keras's weights")
    add("--networks", nargs="+", choices=COURSE, default=list(COURSE))
    names = [method.name for method in _METHODS[1:]]
    add("--methods", nargs="+", choices=names, default=names, help="beside the base")
    add("--out", type=Path, help="write the figures into this file, after each network")
    options = arguments.parse_args()

    begin_s = time.monotonic()
    parts = load(options.train_images, options.test_images)
    methods = [m for m in _METHODS if m.name in ("base", *options.methods)]
    builders: dict[str, Callable[[], tf.keras.Model]] = {
        "mobilenet": lambda: mobilenet(options.width, options.imagenet, options.side),
        "squeezenet": lambda: squeezenet(_SQUEEZENET_WIDTH, options.side),
    }
    figures: dict[str, object] = {
        "side": options.side,
        "mobilenet_width": options.width,
        "squeezenet_width": _SQUEEZENET_WIDTH,
        "seed": 1,
        "batch": _BATCH,
        "train_images": len(parts.train),
        "test_images": len(parts.test),
        "base_steps": options.steps,
        "method_steps": round(options.steps * options.share),
    }
    for name in options.networks:
        keras.backend.clear_session()
        keras.utils.set_random_seed(1)
        base = builders[name]()
        print(
            f"{name}: {base.count_params():,} parameters, {options.steps} steps of {_BATCH} of "
            f"{len(parts.train)} images, tested on {len(parts.test)}",
            flush=True,
        )
        train(base, parts, options.steps)
        rows = table(base, parts, round(options.steps * options.share), methods)
        show_variants(Console(width=160), rows)
        for form, (megabytes, accuracy) in COURSE[name].items():
            print(f"  the course's {name}, {form}: {megabytes} MB, {accuracy:.2%}")
        figures |= _figures(name, rows)
        if options.out is not None:
            options.out.write_text(json.dumps(figures, indent=1) + "\n")
    finish(options, {**figures, "seconds": round(time.monotonic() - begin_s, 1)})


def _figures(name: str, rows: list[Variant]) -> dict[str, object]:
    found = {row.name: row for row in rows}
    base, int8 = found["base, float32"], found["base, int8"]
    worst = min(rows, key=lambda row: row.accuracy)
    return {
        f"{name}_base_accuracy": round(base.accuracy, 4),
        f"{name}_base_bytes": base.bytes,
        f"{name}_int8_share": round(int8.bytes / base.bytes, 3),
        f"{name}_int8_full_share": round(int8.full_bytes / base.full_bytes, 3),
        f"{name}_int8_small": int8.bytes <= _MOST_INT8 * base.bytes,
        f"{name}_worst": worst.name,
        f"{name}_worst_minus_base": round(worst.accuracy - base.accuracy, 4),
        f"{name}_none_loses_a_point": base.accuracy - worst.accuracy <= _POINT,
        f"{name}_variants": [
            {
                "name": row.name,
                "bytes": row.bytes,
                "full_bytes": row.full_bytes,
                "gzip_bytes": row.gzip,
                "accuracy": round(row.accuracy, 4),
                "macs": row.macs,
            }
            for row in rows
        ],
    }


if __name__ == "__main__":
    main()
