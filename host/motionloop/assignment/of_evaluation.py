"""The checks of a pupil's evaluation and its report."""

from __future__ import annotations

from math import isclose
from typing import Any

from motionloop.assignment.check import Check, Finding, checked, needed
from motionloop.assignment.figures import confusion_of
from motionloop.assignment.steps import evaluate_command
from motionloop.assignment.submission import EVALUATIONS, Evaluated, Submission
from motionloop.assignment.task import Assignment
from motionloop.html_page import is_made_from
from motionloop.model.package import input_spec
from motionloop.recordings.content_hash import content_hash
from motionloop.splits import SplitKind, folds
from motionloop.typed_values import numbers_at, texts_at, typed_value, value_at
from motionloop.windows import collect_windows

_AGAIN = "Evaluate again when all recordings are there: "
# What each part of an evaluation must have in evaluation.json.
_PARTS = {
    "replay": ("replay.recordings", "replay.accuracy"),
    "calibration": ("calibration.error", "calibration.count"),
    "lesson": ("lesson.honest_accuracy", "lesson.leaky_accuracy"),
}


def chosen_evaluation(work: Submission, assignment: Assignment) -> Evaluated | None:
    """The evaluation to judge: of those of these recordings and settings, the newest."""

    def fit(evaluated: Evaluated) -> tuple[bool, bool]:
        try:
            same = _is_of(evaluated.figures, work)
            seeds = len(numbers_at(evaluated.figures, "settings.seeds"))
            return same, seeds >= assignment.evaluation.seeds
        except ValueError:
            return False, False

    # Of those that fit alike `max` takes the first: the newest comes first.
    return max(reversed(work.evaluations), key=fit, default=None)


def check_evaluation(
    work: Submission, assignment: Assignment, evaluated: Evaluated | None
) -> list[Check]:
    asked, points = assignment.evaluation, assignment.points
    command = evaluate_command(assignment)

    def made() -> Evaluated:
        faults = work.faults_in(EVALUATIONS) or ["no evaluation yet"]
        return needed(evaluated, faults, f"Evaluate: {command}")

    return [
        checked(
            "report", "Report", "report.html, made from the evaluation.json beside it",
            points.report, lambda: _report(made(), command),
        ),
        checked(
            "evaluated", "Evaluation",
            f"of these recordings, by {' or '.join(asked.splits)}, {asked.seeds} seed(s), "
            f"preset {asked.preset}", points.evaluated,
            lambda: _evaluated(made(), work, assignment, command),
        ),
        checked(
            "parts", "Figures", ", ".join(["accuracy", "confusion", *asked.parts]), points.parts,
            lambda: _parts(made(), asked.parts, command),
        ),
    ]  # fmt: skip


def _report(evaluated: Evaluated, command: str) -> Finding:
    name = evaluated.folder.name
    if evaluated.page is None:
        return Finding(False, f"{name} has no report.html", _AGAIN + command)
    if not is_made_from(evaluated.page, evaluated.content):
        return Finding(
            False, f"{name}: report.html is not of this evaluation.json", _AGAIN + command
        )
    return Finding(True, f"{name}: they belong together")


def _evaluated(
    evaluated: Evaluated, work: Submission, assignment: Assignment, command: str
) -> Finding:
    figures, asked = evaluated.figures, assignment.evaluation
    faults = []
    if not _is_of(figures, work):
        faults.append("it is not of the recordings and labels that lie here now")
    if typed_value(figures, "settings", dict).get("model") is not None:
        faults.append("it judges a finished model, which has seen these recordings")
    kind, seeds = value_at(figures, "split.kind", str), numbers_at(figures, "settings.seeds")
    if kind not in asked.splits or value_at(figures, "split.optimistic", bool):
        faults.append(f"its split is by {kind}")
    if seeds != list(range(1, len(seeds) + 1)) or len(seeds) < asked.seeds:
        faults.append(f"its seeds are {', '.join(map(str, seeds)) or 'none'}")
    preset = typed_value(figures, "settings", dict).get("preset")
    if preset != asked.preset:
        faults.append(f"its preset is {preset}")
    if not faults:
        faults += _other_folds(figures, work)
    if faults:
        return Finding(False, "; ".join(faults), _AGAIN + command)
    held = value_at(figures, "split.folds", list)
    return Finding(True, f"by {kind}, {len(held)} folds, seeds {', '.join(map(str, seeds))}")


def _is_of(figures: dict[str, Any], work: Submission) -> bool:
    """Whether the evaluation is of the recordings and labels that lie here."""
    found = content_hash(work.recordings, texts_at(figures, "labels"))
    return value_at(figures, "data.sha256", str) == found


def _other_folds(figures: dict[str, Any], work: Submission) -> list[str]:
    """Faults of the folds: they are made again from the recordings."""
    spec = input_spec(
        value_at(figures, "data.rate_hz", float),
        value_at(figures, "data.window", int),
        value_at(figures, "data.hop", int),
    )
    if spec.hop * 16 < spec.window:
        return [f"its windows come every {spec.hop} points"]
    settings = typed_value(figures, "settings", dict)
    bridge_ms = float(settings.get("bridge_ms", 0.0))  # older evaluations lack it
    windows = collect_windows(work.recordings, spec, texts_at(figures, "labels"), bridge_ms)
    made = [
        (sorted(fold.held_out), len(fold.train), len(fold.test))
        for fold in folds(windows, SplitKind(value_at(figures, "split.kind", str)))
    ]
    said = [
        (
            sorted(texts_at(fold, "held_out")),
            typed_value(fold, "train", int),
            typed_value(fold, "test", int),
        )
        for fold in value_at(figures, "split.folds", list)
    ]
    return [] if made == said else ["its folds are not those of these recordings"]


def _parts(evaluated: Evaluated, parts: tuple[str, ...], command: str) -> Finding:
    figures = evaluated.figures
    missing = []
    for part in parts:
        for path in _PARTS[part]:
            group, key = path.split(".")
            within = figures.get(group)
            if not isinstance(within, dict) or within.get(key) is None:
                missing.append(path)
    if missing:
        return Finding(False, f"missing: {', '.join(missing)}", _AGAIN + command)
    _, confusion = confusion_of(figures)
    right, count = sum(row[i] for i, row in enumerate(confusion)), sum(map(sum, confusion))
    accuracy = value_at(figures, "int8.accuracy", float)
    if count != value_at(figures, "int8.windows", int) or not isclose(accuracy * count, right):
        return Finding(False, "confusion and accuracy do not fit each other", _AGAIN + command)
    return Finding(True, f"accuracy {accuracy:.1%} on {count} windows, all parts there")
