"""Pretraining: a backbone from many people's recordings, for other people's models."""

from __future__ import annotations

from pathlib import Path

from motionloop.recordings.content_hash import content_hash
from motionloop.trainer.messages import PretrainResult, TrainingRequest
from motionloop.trainer.model_input import gather_for
from motionloop.training import backbone as backbones
from motionloop.training.backbone import hashes_of_sessions
from motionloop.training.fits import check_fits
from motionloop.training.measure import base_answers, evaluate
from motionloop.training.pipeline import WINDOWS_S, config_of, cut
from motionloop.training.progress import OnProgress, Part, Stages, WholeProgress, one_step, silent
from motionloop.training.train import train

_STAGES: Stages = {"windows": WINDOWS_S, "train": Part(), "evaluate": 1.0, "save": 0.2}


def pretrain_recordings(
    request: TrainingRequest, on_progress: OnProgress = silent
) -> PretrainResult:
    """Train on the request's recordings and save the network without its head.

    The accuracy on the held-out people is measured with the float network, before the head goes.
    Raises RecordingError, DataFileError, TrainingDataError, or DiskFullError when the backbone's
    folder cannot be written.
    """
    seconds: dict[str, float] = {}
    on_progress = WholeProgress(on_progress, _STAGES)
    with one_step("windows", on_progress, seconds):
        gathered = gather_for(request)
        windows, split = cut(request, gathered)
        check_fits(config_of(request).model, windows)
    trained = train(windows, split, config_of(request), on_progress)
    test = windows.take(split.test)
    with one_step("evaluate", on_progress, seconds):
        measured = evaluate(base_answers(trained.model, windows.channels(test.fixed)), test)
    figures = {
        "name": request.name,
        "recordings": list(request.recordings),
        "sha256": content_hash(gathered.recordings, windows.labels),
        "trained_on": sorted(hashes_of_sessions(gathered.recordings, windows, split.train)),
        "labels": list(windows.labels),
        "people": len(set(windows.person[split.train].tolist())),
        "windows": len(split.train),
        "split": split.describe(),
        "accuracy": measured.accuracy,
        "macro_f1": measured.macro_f1,
        "seed": request.seed,
        "steps": trained.steps,
        "seconds": {**seconds, "train": trained.seconds},
    }
    with one_step("save", on_progress, seconds):
        made = backbones.of_model(trained.model, trained.config.model, windows.spec, figures)
        backbones.save(made, Path(request.folder))
    return PretrainResult(request.folder, figures)
