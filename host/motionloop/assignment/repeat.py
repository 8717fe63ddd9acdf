"""Training and evaluating again: figures that were made up do not come out a second time.

The settings come from the assignment and the package, not from the pupil's request.
"""

from __future__ import annotations

from pathlib import Path

from motionloop.assignment.check import Check, Finding, checked
from motionloop.assignment.of_model import TOLERANCE, trained_on
from motionloop.assignment.submission import Evaluated, Submission, TrainedModel
from motionloop.assignment.task import Assignment
from motionloop.errors import AssignmentError
from motionloop.model.package import load_package, model_id
from motionloop.recordings.checks.finding import REFUSED
from motionloop.trainer.messages import (
    EvaluationRequest,
    EvaluationResult,
    TrainingRequest,
    TrainingResult,
)
from motionloop.typed_values import numbers_at, texts_at, typed_value, value_at

_ARCHITECTURES = ("mobilenet", "cnn", "squeezenet")
_MOST_WIDTH = 4.0
_MOST_SEEDS = 5
_ADVICE = "Hand in the model and the evaluation as the commands made them."


def training_again(
    work: Submission, assignment: Assignment, model: TrainedModel, folder: Path
) -> TrainingRequest:
    """The training that made the model, into another folder. Raises AssignmentError or ValueError
    for one that cannot be repeated."""
    asked = typed_value(model.metrics, "request", dict)
    if asked.get("backbone") is not None:
        raise AssignmentError("It began with a backbone: that is not repeated here.")
    architecture, width = value_at(asked, "architecture", str), value_at(asked, "width", float)
    stride = value_at(asked, "stem_stride", int)
    if architecture not in _ARCHITECTURES or not 0 < width <= _MOST_WIDTH or stride not in (2, 4):
        raise AssignmentError(f"Its network ({architecture}, {width:g}) is not repeated here.")
    wearer = asked.get("wearer")
    spec = model.package.input
    return TrainingRequest(
        recordings=tuple(str(recording.path) for recording in trained_on(model, work)),
        folder=str(folder),
        name=folder.name,
        preset=assignment.training.preset,
        seed=assignment.training.seed,
        rate_hz=spec.rate_hz,
        window=spec.window,
        hop=spec.hop,
        smoothing=model.package.smoothing,
        labels=model.package.labels,
        split=value_at(model.metrics, "split.kind", str),
        wearer=None if wearer is None else str(wearer),
        architecture=architecture,
        width=width,
        stem_stride=stride,
        despite=tuple(REFUSED),  # faults of the recordings have checks of their own
    )


def evaluation_again(
    work: Submission, assignment: Assignment, evaluated: Evaluated, folder: Path
) -> EvaluationRequest:
    """The evaluation, into another folder and without the lesson. Raises AssignmentError or
    ValueError for one that cannot be repeated."""
    figures = evaluated.figures
    seeds = len(numbers_at(figures, "settings.seeds"))
    if not 1 <= seeds <= _MOST_SEEDS:
        raise AssignmentError(f"An evaluation with {seeds} seeds is not repeated here.")
    return EvaluationRequest(
        recordings=tuple(str(recording.path) for recording in work.recordings),
        folder=str(folder),
        name=folder.name,
        labels=tuple(texts_at(figures, "labels")),
        split=value_at(figures, "split.kind", str),
        seeds=seeds,
        preset=assignment.evaluation.preset,
        rate_hz=value_at(figures, "data.rate_hz", float),
        window=value_at(figures, "data.window", int),
        hop=value_at(figures, "data.hop", int),
        despite=tuple(REFUSED),
    )


def check_repeated(
    assignment: Assignment, model: TrainedModel, again: TrainingResult | Exception
) -> Check:
    def find() -> Finding:
        if isinstance(again, Exception):
            raise again
        if model_id(load_package(Path(again.package))) == model_id(model.package_bytes):
            return Finding(True, "the same model, byte for byte")
        claimed = value_at(model.metrics, "int8.accuracy", float)
        return _near(claimed, again.metrics["int8"]["accuracy"])

    of = assignment.points.repeated
    return checked("repeated", "Trained again", "the same model comes out", of, find)


def check_reevaluated(
    assignment: Assignment, evaluated: Evaluated, again: EvaluationResult | Exception
) -> Check:
    def find() -> Finding:
        if isinstance(again, Exception):
            raise again
        claimed = value_at(evaluated.figures, "int8.accuracy", float)
        return _near(claimed, again.figures["int8"]["accuracy"])

    of = assignment.points.reevaluated
    return checked("reevaluated", "Evaluated again", "the same accuracy comes out", of, find)


def _near(claimed: float, again: float) -> Finding:
    found = f"{claimed:.1%} claimed, {again:.1%} again"
    return Finding(abs(claimed - again) <= TOLERANCE, found, _ADVICE)
