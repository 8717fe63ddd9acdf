"""From recordings to a model's folder, one stage after the other."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

from motionloop.recordings.content_hash import content_hash
from motionloop.recordings.for_training import Gathered
from motionloop.splits import Split, SplitKind, split, split_personal
from motionloop.trainer.messages import TrainingRequest, TrainingResult
from motionloop.trainer.model_input import gather_for, input_of
from motionloop.training import backbone as backbones
from motionloop.training import report as model_report
from motionloop.training.fit import fit, package_of
from motionloop.training.fits import check_fits
from motionloop.training.network import ModelConfig
from motionloop.training.progress import (
    OnProgress,
    Part,
    Stages,
    WholeProgress,
    as_stage,
    one_step,
    silent,
)
from motionloop.training.train import PRESETS, TrainConfig
from motionloop.training.transfer import HEAD_SHARE
from motionloop.windows import WindowSet, collect_enough

# Seconds of the stages of a quick training on two cores.
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


def cut(request: TrainingRequest, gathered: Gathered) -> tuple[WindowSet, Split]:
    """The windows of the request's recordings, and their split into training and test.

    Raises PackageError for an input that no board takes, or TrainingDataError.
    """
    spec = input_of(request)
    windows = collect_enough(
        gathered.recordings, spec, request.labels, request.bridge_ms, request.skip_short
    )
    kind = gathered.split or (SplitKind(request.split) if request.split else None)
    if request.wearer is None:
        return windows, split(windows, kind)
    return windows, split_personal(windows, request.wearer, kind)


def config_of(request: TrainingRequest) -> TrainConfig:
    """The settings of the request's training."""
    model = ModelConfig(request.architecture, request.width, stem_stride=request.stem_stride)
    return replace(PRESETS[request.preset], seed=request.seed, model=model)


def train_recordings(request: TrainingRequest, on_progress: OnProgress = silent) -> TrainingResult:
    """Train, measure and save the model of a request.

    From a backbone, the same training is also done from scratch, and its figures stand beside the
    model's in the metrics: the benefit of the backbone is measured, not believed.
    Raises RecordingError, TrainingDataError, PackageError, DataFileError for a backbone that is
    none, or DiskFullError when the model's folder cannot be written.
    """
    seconds: dict[str, float] = {}
    config = config_of(request)
    backbone = None if request.backbone is None else backbones.load(Path(request.backbone))
    on_progress = WholeProgress(on_progress, _STAGES if backbone is None else _STAGES_FROM_BACKBONE)
    with one_step("windows", on_progress, seconds):
        gathered = gather_for(request)
        recordings = gathered.recordings
        windows, chosen = cut(request, gathered)
        check_fits(config.model if backbone is None else backbone.config, windows)
        data_hash = content_hash(recordings, windows.labels)
    fitted = fit(windows, chosen, config, on_progress, backbone)
    scratch = None
    if backbone is not None:
        scratch = fit(windows, chosen, config, as_stage("compare", on_progress))
    with one_step("save", on_progress, seconds):
        packed = package_of(fitted, request.smoothing, request.version_counter).pack()
        metrics = model_report.metrics(fitted, request.name, packed)
        metrics["seconds"] |= seconds
        metrics["request"] = asdict(request)
        metrics["data"]["findings"] = gathered.words()
        metrics["data"]["sha256"] = data_hash
        if backbone is not None and scratch is not None:
            metrics["seconds"]["compare"] = sum(scratch.seconds.values())
            metrics["transfer"] = {
                "backbone": request.backbone,
                "from_backbone": fitted.int8.accuracy,
                "from_scratch": scratch.int8.accuracy,
                "windows": fitted.int8.windows,
                "seen": backbone.seen(recordings, windows, chosen.test),
            }
        path = model_report.save(Path(request.folder), fitted, packed, metrics)
    return TrainingResult(request.folder, str(path), metrics)
