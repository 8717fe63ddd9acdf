"""Training the network on windows: a short loop that keeps one epoch ahead in NumPy."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from motionloop.model.inference import Int8Array
from motionloop.splits import Split
from motionloop.training.augment import AugmentConfig, augment
from motionloop.training.network import ModelConfig, build
from motionloop.training.progress import OnProgress, StageSteps, silent
from motionloop.windows import WindowSet, to_fixed
from motionloop.wire import INPUT_SCALE_BITS


@dataclass(frozen=True)
class TrainConfig:
    """Settings of a training. Epochs follow from the number of windows: `epochs`, but as many more
    as reach `min_steps`, and as many fewer as stay within `max_steps`.

    The budget counts steps, not seconds, so that a seed gives the same model every time.
    """

    epochs: int = 80
    min_steps: int = 800
    max_steps: int = 4_000
    batch: int = 128
    learning_rate: float = 1e-2
    label_smoothing: float = 0.1
    seed: int = 1
    model: ModelConfig = field(default_factory=ModelConfig)
    augment: AugmentConfig = field(default_factory=AugmentConfig)

    def part(self, share: float) -> Self:
        """The same with `share` of the steps."""
        return replace(
            self,
            epochs=math.ceil(self.epochs * share),
            min_steps=math.ceil(self.min_steps * share),
            max_steps=math.ceil(self.max_steps * share),
        )


THOROUGH = TrainConfig()
# Retrain and flash: a step takes 10 to 20 ms, an import of TensorFlow as long as 300 steps.
QUICK = TrainConfig(epochs=30, min_steps=250, max_steps=400)
PRESETS = {"quick": QUICK, "thorough": THOROUGH}


_MOST_STEPS_PER_EPOCH = 256  # bounds the memory that an epoch's motion takes


@dataclass(frozen=True)
class Trained:
    """A trained float network and its history."""

    model: tf.keras.Model
    config: TrainConfig
    windows: int
    epochs: int
    steps: int
    seconds: float
    loss: list[float]  # mean of each epoch


def train(
    windows: WindowSet,
    split: Split,
    config: TrainConfig,
    on_progress: OnProgress = silent,
    start: tf.keras.Model | None = None,
) -> Trained:
    """Fit a network to the windows of `split.train`; no other window is looked at.

    `start` is trained on, in place, as far as its layers are trainable; without it a new network
    is. Equal arguments give equal weights on the same machine.
    """
    started_s = time.monotonic()
    tf.config.experimental.enable_op_determinism()
    labels, class_count = windows.label[split.train], len(windows.labels)
    count = len(labels)
    # Few windows get small batches: at least eight steps an epoch. Of very many windows each epoch
    # sees another part.
    batch = min(config.batch, max(16, count // 8), count)
    steps_per_epoch = min(count // batch, _MOST_STEPS_PER_EPOCH)
    steps = min(max(config.epochs * steps_per_epoch, config.min_steps), config.max_steps)
    epochs = max(1, math.ceil(steps / steps_per_epoch))

    # Weighted so that each class counts the same, however many windows it has.
    frequency = np.bincount(labels, minlength=class_count) * class_count / count
    weight = (1 / np.maximum(frequency, 1e-9)).astype(np.float32)[labels]

    def prepare(epoch: int) -> tuple[Int8Array, NDArray[np.int64], NDArray[np.float32]]:
        """The windows of one epoch in batches: augmented, shuffled, less an incomplete batch."""
        rng = np.random.default_rng([config.seed, epoch])
        order = rng.permutation(count)[: batch * steps_per_epoch]
        motion = windows.take(split.train[order]).motion
        varied = augment(motion, config.augment, rng)
        inputs = windows.channels(to_fixed(varied))
        shape = (steps_per_epoch, batch)
        return (
            inputs.reshape(*shape, *inputs.shape[1:]),
            labels[order].reshape(shape),
            weight[order].reshape(shape),
        )

    spec = windows.spec
    model = start
    if model is None:
        model = build(spec.window, len(spec.channels), class_count, config.model, config.seed)
    run_epoch = _epoch_function(model, class_count, config, epochs * steps_per_epoch)
    progress = StageSteps("train", epochs, on_progress)
    losses = []
    # While TensorFlow works on an epoch, the next is prepared.
    with ThreadPoolExecutor(max_workers=1) as pool:
        ahead = pool.submit(prepare, 0)
        for epoch in range(epochs):
            batches = ahead.result()
            if epoch + 1 < epochs:
                ahead = pool.submit(prepare, epoch + 1)
            losses.append(float(run_epoch(*batches)))
            progress.advance()
    seconds = time.monotonic() - started_s
    return Trained(model, config, count, epochs, epochs * steps_per_epoch, seconds, losses)


def _epoch_function(
    model: tf.keras.Model, class_count: int, config: TrainConfig, total_steps: int
) -> Callable[..., tf.Tensor]:
    """A graph that makes one step for each batch and returns the mean loss."""
    optimizer = tf.keras.optimizers.Adam(
        tf.keras.optimizers.schedules.CosineDecay(config.learning_rate, total_steps)
    )
    optimizer.build(model.trainable_variables)
    window, channel_count = model.input_shape[2:]

    @tf.function(  # type: ignore[untyped-decorator]
        input_signature=[
            tf.TensorSpec((None, None, window, channel_count), tf.int8),
            tf.TensorSpec((None, None), tf.int64),
            tf.TensorSpec((None, None), tf.float32),
        ]
    )
    def run_epoch(inputs: tf.Tensor, labels: tf.Tensor, weights: tf.Tensor) -> tf.Tensor:
        loss_sum = 0.0
        for step in tf.range(tf.shape(inputs)[0]):
            windows = tf.cast(inputs[step], tf.float32)[:, tf.newaxis] * 2.0**-INPUT_SCALE_BITS
            targets = tf.one_hot(labels[step], class_count)
            smoothing = config.label_smoothing
            targets = targets * (1 - smoothing) + smoothing / class_count
            with tf.GradientTape() as tape:
                logits = model(windows, training=True)
                losses = tf.nn.softmax_cross_entropy_with_logits(targets, logits)
                loss = tf.reduce_mean(losses * weights[step])
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
            loss_sum += loss
        return loss_sum / tf.cast(tf.shape(inputs)[0], tf.float32)

    epoch_function: Callable[..., tf.Tensor] = run_epoch
    return epoch_function
