"""The checks of a pupil's model: how it was trained, on what, what it can, and whether a board ran
it. What metrics.json says is computed again from the recordings and the package."""

from __future__ import annotations

from typing import Any

import numpy as np

from motionloop.assignment.check import Check, Finding, checked, needed
from motionloop.assignment.figures import window_counts
from motionloop.assignment.of_recordings import shared_share
from motionloop.assignment.steps import train_command
from motionloop.assignment.submission import MODELS, Submission, TrainedModel, printable
from motionloop.assignment.task import Assignment
from motionloop.errors import AssignmentError
from motionloop.model.inference import Interpreter
from motionloop.model.package import id_of_contents, model_id
from motionloop.recordings.recording import Recording
from motionloop.splits import Split, SplitKind, split, split_personal
from motionloop.typed_values import texts_at, typed_value, value_at
from motionloop.windows import WindowSet, collect_windows

TOLERANCE = 0.02  # of an accuracy that was computed on another computer
_MOST_OVERLAP = 16  # windows that share a sample; a hop of one point would take all memory


def chosen_model(work: Submission, assignment: Assignment) -> TrainedModel | None:
    """The model to judge: of those that fit the assignment best, the newest."""

    def fit(model: TrainedModel) -> tuple[bool, bool]:
        return _has_settings(model.metrics, assignment), bool(_own_pushes(model))

    # Of those that fit alike `max` takes the first: the newest comes first.
    return max(reversed(work.models), key=fit, default=None)


def check_model(
    work: Submission, assignment: Assignment, model: TrainedModel | None
) -> list[Check]:
    training, points = assignment.training, assignment.points
    board = "a board, real or virtual," if assignment.recordings.virtual else "a real board"

    def made() -> TrainedModel:
        faults = work.faults_in(MODELS) or ["no model yet"]
        return needed(model, faults, f"Train: {train_command(assignment)}")

    return [
        checked(
            "settings", "Training", f"seed {training.seed}, preset {training.preset}",
            points.settings, lambda: _settings(made(), assignment),
        ),
        checked(
            "own", "Trained on", "recordings of this folder", points.own,
            lambda: _own(made(), work),
        ),
        checked(
            "split", "Split", f"by {' or '.join(training.splits)}, the same when made again",
            points.split, lambda: _split(made(), work, assignment),
        ),
        checked(
            "measured", "Accuracy", "the package has what metrics.json claims", points.measured,
            lambda: _measured(made(), work),
        ),
        checked(
            "pushed", "Pushed", f"{board} has confirmed this package", points.pushed,
            lambda: _pushed(made(), assignment),
        ),
    ]  # fmt: skip


def trained_on(model: TrainedModel, work: Submission) -> list[Recording]:
    """The recordings that metrics.json names. Raises ValueError."""
    sessions = set(texts_at(model.metrics, "data.sessions"))
    return [recording for recording in work.recordings if recording.name in sessions]


def _settings(model: TrainedModel, assignment: Assignment) -> Finding:
    seed = value_at(model.metrics, "training.seed", int)
    preset = value_at(model.metrics, "request.preset", str)
    return Finding(
        _has_settings(model.metrics, assignment),
        f"{model.folder.name}: seed {seed}, preset {preset}",
        f"Train again: {train_command(assignment)}",
    )


def _has_settings(metrics: dict[str, Any], assignment: Assignment) -> bool:
    asked = assignment.training
    try:
        return (
            value_at(metrics, "training.seed", int) == asked.seed
            and value_at(metrics, "request.seed", int) == asked.seed
            and value_at(metrics, "request.preset", str) == asked.preset
        )
    except ValueError:
        return False


def _own(model: TrainedModel, work: Submission) -> Finding:
    named = texts_at(model.metrics, "data.sessions")
    foreign = sorted(set(named) - {recording.name for recording in work.recordings})
    if foreign:
        found = f"not in this folder: {', '.join(foreign)}"
        return Finding(False, found, "Put the recordings back, or train again on those here.")
    return Finding(bool(named), f"{len(named)} of {len(work.recordings)} recordings")


def made_again(model: TrainedModel, work: Submission) -> tuple[WindowSet, Split]:
    """The windows and the split of a training, from the recordings.

    Raises AssignmentError, ValueError, TrainingDataError or PackageError when there is none.
    """
    spec = model.package.input
    if spec.hop * _MOST_OVERLAP < spec.window:
        raise AssignmentError(
            f"Windows of {spec.window} points, one every {spec.hop}, are too many."
        )
    kind = SplitKind(value_at(model.metrics, "split.kind", str))
    request = typed_value(model.metrics, "request", dict)
    bridge_ms = float(request.get("bridge_ms", 0.0))
    windows = collect_windows(trained_on(model, work), spec, model.package.labels, bridge_ms)
    wearer = request.get("wearer")
    if wearer is None:
        return windows, split(windows, kind)
    return windows, split_personal(windows, str(wearer), kind)


def _split(model: TrainedModel, work: Submission, assignment: Assignment) -> Finding:
    claimed = value_at(model.metrics, "split.kind", str)
    advice = (
        "Record every label in at least two sessions, keep the recordings as they were when you "
        "trained, and train again without --split block."
    )
    if claimed not in assignment.training.splits:
        return Finding(False, f"by {claimed}", advice)
    if (name := typed_value(model.metrics, "split", dict).get("name")) is not None:
        found = f"by the split {printable(str(name))!r}, whose test the pupil could choose"
        return Finding(False, found, f"Train again: {train_command(assignment)}")
    windows, again = made_again(model, work)
    counts = {
        label: [
            int(np.sum(windows.label[np.unique(part)] == i)) for part in (again.train, again.test)
        ]
        for i, label in enumerate(windows.labels)
    }
    held = texts_at(model.metrics, "split.held_out")
    if (sorted(held), window_counts(model.metrics)) != (sorted(again.held_out), counts):
        found = (
            f"metrics.json does not fit these recordings: their split holds out {again.held_out}"
        )
        return Finding(False, found, advice)
    groups = windows.person if again.kind is SplitKind.PERSON else windows.session
    tested = set(windows.session[again.test].tolist())
    trained = set(windows.session[again.train].tolist())
    both = set(groups[again.test].tolist()) & set(groups[again.train].tolist())
    sides = [[r for r in work.recordings if r.name in names] for names in (tested, trained)]
    shared = shared_share(*sides)
    if both or shared > 0:
        found = f"{shared:.1%} of the tested samples were trained on"
        return Finding(False, found, "Do not copy recordings: record each session anew.")
    return Finding(
        True,
        f"by {again.kind.value}: {', '.join(again.held_out)} held out, "
        f"{len(again.test)} windows, none of them trained on",
    )


def _measured(model: TrainedModel, work: Submission) -> Finding:
    claimed = value_at(model.metrics, "int8.accuracy", float)
    windows, again = made_again(model, work)
    test = windows.take(again.test)
    answers = (
        Interpreter(model.package.tflite).invoke_many(test.channels(test.fixed)).argmax(axis=1)
    )
    measured = float(np.mean(answers == test.label))
    same = value_at(model.metrics, "int8.windows", int) == len(test)
    return Finding(
        same and abs(measured - claimed) <= TOLERANCE,
        f"{claimed:.1%} claimed, {measured:.1%} measured here on {len(test)} windows",
        "Do not change metrics.json or the recordings after the training: train again.",
    )


def _own_pushes(model: TrainedModel) -> list[dict[str, Any]]:
    """The noted pushes of the package that lies in the folder."""
    own = id_of_contents(model.package_bytes).hex()
    return [push for push in model.pushes if push.get("model_id") == own]


def _pushed(model: TrainedModel, assignment: Assignment) -> Finding:
    advice = f"Push it: motionloop push models/{printable(model.folder.name)}"
    if model_id(model.package_bytes) != id_of_contents(model.package_bytes):
        return Finding(False, "the package does not have the id of its contents", advice)
    own = _own_pushes(model)
    if not own:
        others = f"{len(model.pushes)} pushes of other models" if model.pushes else "never"
        return Finding(False, others, advice)
    found = []
    for push in own:
        board = typed_value(push, "board", dict)
        computed = value_at(board, "virtual", bool) or value_at(board, "emulated", bool)
        if assignment.recordings.virtual or not computed:
            kind = "a virtual board" if computed else "a real board"
            name, utc = value_at(board, "name", str), value_at(push, "utc", str)
            found.append(printable(f"{name}, {kind}, {utc}"))
    if not found:
        return Finding(False, "on a virtual board only", "Push it to a real board.")
    return Finding(True, f"model {own[-1]['model_id']} on {found[-1]}")
