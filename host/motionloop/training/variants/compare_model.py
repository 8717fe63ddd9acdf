"""The variants of a finished model: trained on from its weights, tested on its own held-out
windows, and kept beside it, so that each can be pushed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

from motionloop import safe_files
from motionloop.archives import read_arrays
from motionloop.errors import DataFileError, PackageError, TrainingDataError
from motionloop.language import tr
from motionloop.model.folder import METRICS_FILE, VARIANTS_FILE, WEIGHTS_FILE
from motionloop.splits import Split, SplitKind
from motionloop.trainer.messages import TrainingRequest, Variant, VariantsRequest, VariantsResult
from motionloop.trainer.model_input import gather_for, input_of
from motionloop.training.fit import Fitted, measured, package_of
from motionloop.training.network import build
from motionloop.training.pipeline import WINDOWS_S, cut
from motionloop.training.progress import (
    OnProgress,
    Part,
    Stages,
    WholeProgress,
    as_stage,
    one_step,
    silent,
)
from motionloop.training.report import window_counts
from motionloop.training.train import TrainConfig, Trained, train
from motionloop.training.variants.compress import Budget
from motionloop.training.variants.methods import METHODS, Method, variants
from motionloop.typed_values import OTHER_SHAPE, made_of, texts, texts_at, typed_value, value_at
from motionloop.windows import WindowSet
from motionloop.wire import INPUT_SCALE_BITS

VARIANTS_FOLDER = "variants"  # holds each variant's full .tflite and package
BUDGET_SHARE = 0.5  # of the base's steps, for each method
_LEARNING_RATE = 0.3  # of the base's: its weights are to be kept, not found
_RANGE_WINDOWS = 256


def compare_model(
    request: VariantsRequest, on_progress: OnProgress, part: Callable[[Variant], None]
) -> VariantsResult:
    """Make all variants of the model in the request's folder; `part` hears of each.

    variants.json is written last. Raises TrainingDataError for a method that there is not or when
    the recordings are not those that the model was trained on, DataFileError when the folder holds
    no model to go on from, RecordingError or DiskFullError.
    """
    folder = Path(request.folder)
    methods = _methods(request.methods)
    stages: Stages = {
        tr("windows"): WINDOWS_S,
        **{method.name: Part(method.cost) for method in methods if method.cost},
    }
    on_progress = WholeProgress(on_progress, stages)
    with one_step(tr("windows"), on_progress, {}):
        windows, split, trained, training = _load(folder, request.recordings)
    found: list[Variant] = []
    for made, rows in variants_of(windows, split, trained, methods, on_progress):
        packed = package_of(made, training.smoothing, training.version_counter).pack()
        for variant in rows:
            found.append(_save(folder, variant, made, packed))
            part(found[-1])
    path = folder / VARIANTS_FILE
    _write(path, json.dumps([asdict(variant) for variant in found], indent=1).encode())
    return VariantsResult(str(path), found)


def variants_of(
    windows: WindowSet,
    split: Split,
    trained: Trained,
    methods: Sequence[Method] = METHODS,
    on_progress: OnProgress = silent,
) -> Iterator[tuple[Fitted, list[Variant]]]:
    """Each method's network with its variants, from a base that was trained on `split`.

    Every method has BUDGET_SHARE of the base's steps.
    """
    # The limits in steps are in `trained.epochs` already.
    config = replace(
        trained.config,
        epochs=trained.epochs,
        min_steps=1,
        learning_rate=trained.config.learning_rate * _LEARNING_RATE,
    ).part(BUDGET_SHARE)
    steps = config.epochs * (trained.steps // trained.epochs)
    chosen = split.train[:: max(1, len(split.train) // _RANGE_WINDOWS)]
    seen = windows.channels(windows.fixed[chosen])[:, np.newaxis]
    inputs = seen.astype(np.float32) * np.float32(2.0**-INPUT_SCALE_BITS)

    def budget_for(method: Method) -> Budget:
        stage = as_stage(method.name, on_progress)

        def fit(model: tf.keras.Model, share: float) -> None:
            train(windows, split, config.part(share), stage, model)

        return Budget(fit, steps, inputs)

    yield from variants(
        trained.model,
        budget_for,
        lambda model: measured(windows, split, replace(trained, model=model)),
        methods,
    )


def _methods(names: Sequence[str] | None) -> list[Method]:
    """The base and the methods with these names, in their own order."""
    known = [method.name for method in METHODS]
    unknown = [name for name in names or () if name not in known]
    if unknown:
        raise TrainingDataError(
            tr(
                "There is no variant {unknown}: choose from {known}.",
                unknown=", ".join(unknown),
                known=", ".join(known[1:]),
            )
        )
    return [m for m in METHODS if names is None or m.name in (known[0], *names)]


def _load(
    folder: Path, recordings: tuple[str, ...] | None
) -> tuple[WindowSet, Split, Trained, TrainingRequest]:
    """The windows and the float network of the model in `folder`, and the request."""
    try:
        metrics = safe_files.read_json(folder / METRICS_FILE)
        request = TrainingRequest.from_json(typed_value(metrics, "request", dict))
        config = _config(typed_value(metrics, "training", dict))
        weights = [*read_arrays(folder / WEIGHTS_FILE).values()]
        labels = tuple(texts(metrics, "labels"))
        sessions = set(texts_at(metrics, "data.sessions"))
        steps = value_at(metrics, "training.steps", int)
        kind = SplitKind(value_at(metrics, "split.kind", str))
        held_out = texts_at(metrics, "split.held_out")
        counts = value_at(metrics, "split.windows_train_test", dict)
        spec = input_of(request)
        model = build(spec.window, len(spec.channels), len(labels), config.model, config.seed)
        model.set_weights(weights)
    except (OSError, PackageError, *OTHER_SHAPE) as error:
        raise DataFileError(
            tr(
                "{folder} holds no model to make variants of ({error}). Train one again; models "
                "of older versions lack the weights.",
                folder=folder,
                error=error,
            )
        ) from error
    request = replace(request, labels=labels, split=kind)
    if recordings is not None:
        request = replace(request, recordings=recordings)
    gathered = gather_for(request)
    known = [r for r in gathered.recordings if r.name in sessions]
    windows, split = cut(request, replace(gathered, recordings=known))
    if window_counts(windows, split) != counts or list(split.held_out) != held_out:
        raise TrainingDataError(
            tr(
                "The recordings have changed since {folder} was trained: their held-out part "
                "is no longer the same, so a test would hold what was trained on. Train again, and "
                "measure the variants of that model.",
                folder=folder,
            )
        )
    trained = Trained(model, config, len(split.train), config.epochs, steps, 0.0, [])
    return windows, split, trained, request


def _config(training: dict[str, Any]) -> TrainConfig:
    """The TrainConfig in metrics.json, with the epochs that it came to."""
    made = made_of(TrainConfig, {k: v for k, v in training.items() if k not in ("steps", "loss")})
    least = min(made.epochs, made.min_steps, made.max_steps, made.batch, training["steps"])
    if least < 1 or not 0 < made.augment.noise_low <= made.augment.noise_high:
        raise ValueError(tr("no training was like {shown}", shown=made))
    return made


def _save(folder: Path, variant: Variant, made: Fitted, package_bytes: bytes) -> Variant:
    """Write the variant's files; returns it with their names."""
    stem = f"{VARIANTS_FOLDER}/{variant.name.replace(',', '').replace(' ', '-')}"
    is_int8 = variant.latency_ms_estimate is not None
    variant = replace(variant, file=f"{stem}.tflite", package=f"{stem}.mlpkg" if is_int8 else None)
    assert variant.file is not None
    _write(folder / variant.file, made.converted.int8 if is_int8 else made.converted.base)
    if variant.package is not None:
        _write(folder / variant.package, package_bytes)
    return variant


def _write(path: Path, content: bytes) -> None:
    try:
        safe_files.own_folder(path.parent)
        safe_files.write_whole(path, content)
    except OSError as error:
        raise safe_files.disk_error(error, path, tr("The variants were not saved.")) from error
