"""From recordings to a model's folder, one stage after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from motionloop import inference
from motionloop.inference import Int8Array, Interpreter
from motionloop.package import ModelPackage, input_spec
from motionloop.recording import Recording
from motionloop.trainer import TrainingRequest, TrainingResult
from motionloop.training import report as model_report
from motionloop.training.convert import Converted, convert
from motionloop.training.evaluate import Evaluation, base_answers, evaluate, int8_answers
from motionloop.training.model import macs
from motionloop.training.progress import Report, one_step, silent
from motionloop.training.train import PRESETS, TrainConfig, Trained, train
from motionloop.windows import (
    Split,
    SplitKind,
    WindowSet,
    check_enough,
    collect,
    split,
    split_personal,
)

_GOLDEN_WINDOWS = 3
# A label known from fewer sessions is known in too few ways of wearing the board.
_FEW_SESSIONS = 3
_TURNED_SHARE = 0.3


@dataclass(frozen=True)
class Fitted:
    """A model with everything that was measured of it on `split.test`."""

    windows: WindowSet
    split: Split
    trained: Trained
    converted: Converted
    base: Evaluation
    int8: Evaluation  # under TFLM, where it is published; see Interpreter.is_reference
    arena_bytes: int | None
    macs: int
    seconds: dict[str, float]  # of each stage


def fit(windows: WindowSet, split: Split, config: TrainConfig, report: Report = silent) -> Fitted:
    """Train on `split.train`, quantize, and measure on `split.test`."""
    known = windows.take(split.train)
    if split.wearer is not None:
        known = known.take(np.flatnonzero(known.person == split.wearer))
    if _fewest_sessions(known) < _FEW_SESSIONS:
        # Or the network would tell postures by how the board happened to sit that day.
        varied = replace(config.augment, any_orientation=_TURNED_SHARE)
        config = replace(config, augment=varied)
    trained = train(windows, split, config, report)
    seconds = {"train": trained.seconds}
    chosen, test = windows.take(split.train), windows.take(split.test)
    with one_step("convert", report, seconds):
        converted = convert(trained.model, windows.channels(chosen.fixed))
    with one_step("evaluate", report, seconds):
        inputs = windows.channels(test.fixed)
        base = evaluate(base_answers(trained.model, inputs), test)
        int8 = evaluate(int8_answers(Interpreter(converted.board), inputs), test)
    return Fitted(
        windows,
        split,
        trained,
        converted,
        base,
        int8,
        inference.arena_bytes(converted.board),
        macs(trained.model),
        seconds,
    )


def _fewest_sessions(windows: WindowSet) -> int:
    """In how many sessions the label with the fewest was recorded."""
    labels = np.unique(windows.label)
    return min(len(np.unique(windows.session[windows.label == label])) for label in labels)


def package(fitted: Fitted, smoothing: float = 1.0, version_counter: int = 1) -> ModelPackage:
    """What is pushed: the board's .tflite with the windower's settings and golden windows."""
    golden = _golden_inputs(fitted)
    return ModelPackage(
        labels=fitted.windows.labels,
        input=fitted.windows.spec,
        tflite=fitted.converted.board,
        golden_inputs=golden,
        golden_outputs=Interpreter(fitted.converted.board).invoke_many(golden),
        smoothing=smoothing,
        version_counter=version_counter,
    )


def _golden_inputs(fitted: Fitted) -> Int8Array:
    """Training windows of different labels, so that more than one output is exercised."""
    labels = fitted.windows.label[fitted.split.train]
    _, first = np.unique(labels, return_index=True)
    chosen = fitted.split.train[first[:_GOLDEN_WINDOWS]]
    return fitted.windows.channels(fitted.windows.fixed[chosen])


def train_recordings(request: TrainingRequest, report: Report = silent) -> TrainingResult:
    """Everything that `request` asks for.

    Raises RecordingError, TrainingDataError, PackageError, or DiskFullError when the model's
    folder cannot be written.
    """
    seconds: dict[str, float] = {}
    config = replace(PRESETS[request.preset], seed=request.seed)
    with one_step("windows", report, seconds):
        recordings = [Recording.open(path) for path in request.recordings]
        spec = input_spec(request.rate_hz, request.window, request.hop)
        windows = collect(recordings, spec, request.labels)
        check_enough(windows)
        kind = SplitKind(request.split) if request.split else None
        if request.wearer is None:
            chosen = split(windows, kind)
        else:
            chosen = split_personal(windows, request.wearer, kind)
    fitted = fit(windows, chosen, config, report)
    with one_step("save", report, seconds):
        packed = package(fitted, request.smoothing, request.version_counter).pack()
        metrics = model_report.metrics(fitted, request.name, packed)
        metrics["seconds"] |= seconds
        path = model_report.save(Path(request.folder), fitted, packed, metrics)
    return TrainingResult(request.folder, str(path), metrics)
