"""From recordings to a model's folder, one stage after the other."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from motionloop.model import inference
from motionloop.model.inference import Int8Array, Interpreter
from motionloop.model.package import ModelPackage, input_spec
from motionloop.model.wearing import tilt_between_people_rad
from motionloop.recordings import sources
from motionloop.trainer.messages import TrainingRequest, TrainingResult
from motionloop.training import backbone as backbones
from motionloop.training import report as model_report
from motionloop.training.augment import AugmentConfig
from motionloop.training.backbone import Backbone
from motionloop.training.convert import Converted, convert
from motionloop.training.fit_rejection import fit_rejection
from motionloop.training.measure import Evaluation, base_answers, evaluate
from motionloop.training.network import ModelConfig, macs
from motionloop.training.progress import Part, Report, Stages, Whole, as_stage, one_step, silent
from motionloop.training.train import PRESETS, TrainConfig, Trained, train
from motionloop.training.transfer import HEAD_SHARE, fine_tune
from motionloop.windows import (
    Split,
    SplitKind,
    WindowSet,
    check_enough,
    collect,
    split,
    split_personal,
)
from motionloop.wire import FIXED_POINT_BITS

_GOLDEN_WINDOWS = 3
# A label known from fewer sessions is known in too few ways of wearing the board.
_FEW_SESSIONS = 3
_TURNED_SHARE = 0.3
# People who differ by more have put the board on in ways of their own, upside down among them.
_MUCH_TILT_RAD = 0.225
_HALF_TURNED_SHARE = 0.5
# What the stages of a quick training take on two cores.
WINDOWS_S = 0.5
_CONVERT_S, _EVALUATE_S, _SAVE_S = 1.0, 0.5, 1.3
_STAGES: Stages = {
    "windows": WINDOWS_S,
    "train": Part(),
    "convert": _CONVERT_S,
    "evaluate": _EVALUATE_S,
    "save": _SAVE_S,
}
_STAGES_FROM_BACKBONE: Stages = {
    "windows": WINDOWS_S,
    "head": Part(HEAD_SHARE),
    "train": Part(1 - HEAD_SHARE),
    "convert": _CONVERT_S,
    "evaluate": _EVALUATE_S,
    "compare": Part(),
    "save": _SAVE_S,
}


@dataclass(frozen=True)
class Fitted:
    """A model with everything that was measured of it on `split.test`."""

    windows: WindowSet
    split: Split
    trained: Trained
    converted: Converted
    base: Evaluation
    int8: Evaluation  # under TFLM, where it is published; see Interpreter.is_reference
    outputs: Int8Array  # [k, classes], of the int8 model for the k windows of `split.test`
    embeddings: Int8Array  # [k, embedding], of the same
    arena_bytes: int | None
    macs: int
    seconds: dict[str, float]  # of each stage


def fit(
    windows: WindowSet,
    split: Split,
    config: TrainConfig,
    report: Report = silent,
    backbone: Backbone | None = None,
) -> Fitted:
    """Train on `split.train`, from a backbone if there is one, quantize, and measure on
    `split.test`."""
    known = windows.take(split.train)
    if split.wearer is not None:
        known = known.take(np.flatnonzero(known.person == split.wearer))
    config = replace(config, augment=varied_as_worn(config.augment, known))
    if backbone is None:
        trained = train(windows, split, config, report)
    else:
        trained = fine_tune(windows, split, config, backbone, report)
    return measured(windows, split, trained, report)


def varied_as_worn(augment: AugmentConfig, known: WindowSet) -> AugmentConfig:
    """`augment` with what the ways of wearing the board in `known`, the training's windows, ask
    for: a new person will differ from its people as they do from each other."""
    if _fewest_sessions(known) < _FEW_SESSIONS:
        # Or the network would tell postures by how the board happened to sit that day.
        augment = replace(augment, any_orientation=_TURNED_SHARE)
    if augment.rotation_rad == 0:  # a comparison may want the windows as they were worn
        return augment
    tilt_rad = tilt_between_people_rad(
        known.fixed[:, :, :3] / 2.0**FIXED_POINT_BITS, known.label, known.person
    )
    if tilt_rad is None or tilt_rad <= _MUCH_TILT_RAD:
        return augment
    return replace(augment, rotation_rad=tilt_rad, half_turned=_HALF_TURNED_SHARE)


def measured(windows: WindowSet, split: Split, trained: Trained, report: Report = silent) -> Fitted:
    """Quantize a trained network and measure it on `split.test`."""
    seconds = {"train": trained.seconds}
    chosen, test = windows.take(split.train), windows.take(split.test)
    with one_step("convert", report, seconds):
        converted = convert(trained.model, windows.channels(chosen.fixed))
    with one_step("evaluate", report, seconds):
        inputs = windows.channels(test.fixed)
        base = evaluate(base_answers(trained.model, inputs), test)
        interpreter = Interpreter(converted.board)
        everything = interpreter.invoke_all_many(inputs)
        outputs, embeddings = np.split(everything, [interpreter.class_count], axis=1)
        int8 = evaluate(outputs.argmax(axis=1), test)
    return Fitted(
        windows,
        split,
        trained,
        converted,
        base,
        int8,
        outputs,
        embeddings,
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
    config = fitted.trained.config
    rejection = fit_rejection(
        Interpreter(fitted.converted.board),
        fitted.windows,
        fitted.split,
        fitted.embeddings,
        config.augment,
        config.seed,
    )
    return ModelPackage(
        labels=fitted.windows.labels,
        input=fitted.windows.spec,
        tflite=fitted.converted.board,
        golden_inputs=golden,
        golden_outputs=Interpreter(fitted.converted.board).invoke_many(golden),
        smoothing=smoothing,
        rejection=rejection,
        version_counter=version_counter,
    )


def _golden_inputs(fitted: Fitted) -> Int8Array:
    """Training windows of different labels, so that more than one output is exercised."""
    labels = fitted.windows.label[fitted.split.train]
    _, first = np.unique(labels, return_index=True)
    chosen = fitted.split.train[first[:_GOLDEN_WINDOWS]]
    return fitted.windows.channels(fitted.windows.fixed[chosen])


def cut(
    request: TrainingRequest, sessions: Container[str] | None = None
) -> tuple[WindowSet, Split]:
    """The windows of the request's recordings, and what of them to train and to test on.

    With `sessions` recordings of other names are left out.
    Raises RecordingError, DataFileError or TrainingDataError.
    """
    spec = input_spec(request.rate_hz, request.window, request.hop)
    recordings = sources.read_all(request.recordings)
    if sessions is not None:
        recordings = [recording for recording in recordings if recording.name in sessions]
    windows = collect(recordings, spec, request.labels)
    check_enough(windows)
    kind = SplitKind(request.split) if request.split else None
    if request.wearer is None:
        return windows, split(windows, kind)
    return windows, split_personal(windows, request.wearer, kind)


def config_of(request: TrainingRequest) -> TrainConfig:
    """How the request wants its network trained."""
    model = ModelConfig(request.architecture, request.width, stem_stride=request.stem_stride)
    return replace(PRESETS[request.preset], seed=request.seed, model=model)


def train_recordings(request: TrainingRequest, report: Report = silent) -> TrainingResult:
    """Everything that `request` asks for.

    From a backbone, the same training is done from scratch, too, and its figures stand beside
    the model's in the metrics: whether the backbone helps is measured, not believed.
    Raises RecordingError, TrainingDataError, PackageError, DataFileError for a backbone that is
    none, or DiskFullError when the model's folder cannot be written.
    """
    seconds: dict[str, float] = {}
    config = config_of(request)
    backbone = None if request.backbone is None else backbones.load(Path(request.backbone))
    report = Whole(report, _STAGES if backbone is None else _STAGES_FROM_BACKBONE)
    with one_step("windows", report, seconds):
        windows, chosen = cut(request)
    fitted = fit(windows, chosen, config, report, backbone)
    scratch = None
    if backbone is not None:
        scratch = fit(windows, chosen, config, as_stage("compare", report))
    with one_step("save", report, seconds):
        packed = package(fitted, request.smoothing, request.version_counter).pack()
        metrics = model_report.metrics(fitted, request.name, packed)
        metrics["seconds"] |= seconds
        metrics["request"] = asdict(request)
        if scratch is not None:
            metrics["seconds"]["compare"] = sum(scratch.seconds.values())
            metrics["transfer"] = {
                "backbone": request.backbone,
                "from_backbone": fitted.int8.accuracy,
                "from_scratch": scratch.int8.accuracy,
                "windows": fitted.int8.windows,
            }
        path = model_report.save(Path(request.folder), fitted, packed, metrics)
    return TrainingResult(request.folder, str(path), metrics)
