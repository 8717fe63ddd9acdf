"""The gradable report of a class: one page to print, and a table for a gradebook."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

from motionloop.assignment.check import Check
from motionloop.assignment.figures import FIGURES, confusion_of, number_of
from motionloop.assignment.judge import Verdict
from motionloop.assignment.of_recordings import label_seconds
from motionloop.errors import MotionLoopError
from motionloop.html_page import (
    article,
    confusion,
    document,
    heading,
    paragraph,
    percent,
    quotation,
    space_for,
    table,
    text_cell,
    tinted_cell,
    upright,
)
from motionloop.typed_values import typed_value, value_at

_TINTS = {True: "good", False: "bad", None: "open"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would compute such a cell


def grade_page(verdicts: Sequence[Verdict]) -> str:
    """The page: the class in one table, then each pupil."""
    first = next((v.assignment for v in verdicts if v.assignment is not None), None)
    title = "Assignment" if first is None else first.title
    return document(
        title,
        [
            paragraph(f"Checked on {date.today().isoformat()}: {_count(verdicts)}."),
            _summary(verdicts),
            paragraph(
                "Points earned; “?”: for the teacher to give. Red: not as asked.",
                "note",
            ),
            *(article(verdict.name, _pupil(verdict)) for verdict in verdicts),
        ],
    )


def gradebook(verdicts: Sequence[Verdict]) -> str:
    """CSV: a line per pupil; a check that is left to the teacher is empty."""
    names = _check_names(verdicts)
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(["pupil", "points", "of", "left to teacher", "passed", *names])
    for verdict in verdicts:
        points = {check.name: check.points for check in verdict.checks}
        cells = [points.get(name) for name in names]
        name = f"'{verdict.name}" if verdict.name.startswith(_FORMULA) else verdict.name
        passed = "yes" if verdict.passed else "no"
        writer.writerow([name, verdict.points, verdict.of, verdict.left_to_teacher, passed, *cells])
    return lines.getvalue()


def _count(verdicts: Sequence[Verdict]) -> str:
    passed = sum(verdict.passed for verdict in verdicts)
    pupils = "1 pupil" if len(verdicts) == 1 else f"{len(verdicts)} pupils"
    return f"{pupils}, {passed} with nothing to repair"


def _check_names(verdicts: Sequence[Verdict]) -> list[str]:
    return list(dict.fromkeys(check.name for verdict in verdicts for check in verdict.checks))


def _summary(verdicts: Sequence[Verdict]) -> str:
    names = _check_names(verdicts)
    rows = []
    for verdict in verdicts:
        checks = {check.name: check for check in verdict.checks}
        cells = [_cell(checks.get(name)) for name in names]
        rows.append([text_cell(verdict.name), f"{verdict.points}/{verdict.of}", *cells])
    return table(["Pupil", "Points", *map(upright, names)], rows)


def _cell(check: Check | None) -> str:
    if check is None:
        return tinted_cell("-", "")
    return tinted_cell(_points(check), _TINTS[check.passed])


def _points(check: Check) -> str:
    return "?" if check.points is None else str(check.points)


def _pupil(verdict: Verdict) -> list[str]:
    rows = [
        (
            text_cell(check.title),
            text_cell(check.asked),
            text_cell(check.found),
            tinted_cell(f"{_points(check)} of {check.of}", _TINTS[check.passed]),
        )
        for check in verdict.checks
        if not check.name.startswith("question")
    ]
    parts = [
        *(paragraph(note, "notice") for note in verdict.notes),
        paragraph(f"Folder: {verdict.work.folder}", "note"),
        table(("Check", "Asked", "Found", "Points"), rows),
    ]
    if verdict.assignment is not None:
        for part in (_recordings, _model, _evaluation, _answers):
            parts += _guarded(part, verdict)
    parts += [
        heading("Grade"),
        paragraph(
            f"Points by the check: {verdict.points} of {verdict.of}, of which the teacher gives "
            f"{verdict.left_to_teacher}."
        ),
        space_for("Points by the teacher"),
        space_for("Remarks", 4),
    ]
    return parts


def _guarded(part: object, verdict: Verdict) -> list[str]:
    """The part, or why there is none: what a broken file lacks must not cost the page."""
    assert callable(part)
    try:
        found: list[str] = part(verdict)
        return found
    except (ValueError, MotionLoopError) as error:
        return [paragraph(f"Not shown: {error}", "note")]


def _recordings(verdict: Verdict) -> list[str]:
    work = verdict.work
    if not work.recordings:
        return []
    found = label_seconds(work.recordings)
    labels = sorted(found)
    rows = []
    for recording in work.recordings:
        seconds = [f"{found[label].get(recording.name, 0.0):.0f}" for label in labels]
        quality = recording.quality
        rows.append(
            [
                text_cell(recording.name),
                text_cell(recording.wearer or "-"),
                *seconds,
                f"{quality.duration_s:.0f}",
                quality.lost,
                quality.saturated,
            ]
        )
    head = (
        "Recording",
        "Wearer",
        *(f"{label}, s" for label in labels),
        "All, s",
        "Lost",
        "Clipped",
    )
    return [heading("Recordings"), table(head, rows)]


def _model(verdict: Verdict) -> list[str]:
    model = verdict.model
    if model is None:
        return []
    labels, counts = confusion_of(model.metrics)
    rows = [
        (name.replace("_", " "), _shown(name, number_of(name, model, None)))
        for name, (of_model, _) in FIGURES.items()
        if of_model
    ]
    return [
        heading(f"Model {model.folder.name}"),
        table(("", ""), rows),
        paragraph("Confusion, int8. Rows: the label. Columns: the model's answer.", "note"),
        confusion(labels, counts),
    ]


def _evaluation(verdict: Verdict) -> list[str]:
    evaluated = verdict.evaluated
    if evaluated is None:
        return []
    figures = evaluated.figures
    labels, counts = confusion_of(figures)
    rows = [("Accuracy, honest split", percent(value_at(figures, "int8.accuracy", float)))]
    rows.append(("Split", f"by {value_at(figures, 'split.kind', str)}"))
    if isinstance(figures.get("lesson"), dict):
        leaky = value_at(figures, "lesson.leaky_accuracy", float)
        rows.append(("Accuracy, split at random", percent(leaky)))
    if isinstance(figures.get("calibration"), dict):
        error = value_at(figures, "calibration.error", float)
        rows.append(("Calibration error", percent(error)))
    if isinstance(figures.get("replay"), dict):
        switches = typed_value(figures, "replay", dict).get("false_switches_per_minute")
        if isinstance(switches, float):
            rows.append(("False switches per minute", f"{switches:.2f}"))
    return [
        heading(f"Evaluation {evaluated.folder.name}"),
        table(("", ""), rows),
        confusion(labels, counts),
    ]


def _answers(verdict: Verdict) -> list[str]:
    assert verdict.assignment is not None
    checks = {check.name: check for check in verdict.checks}
    parts = [heading("Answers")]
    for question, answer in zip(verdict.assignment.questions, verdict.answers, strict=True):
        check = checks[f"question {question.number}"]
        state = {True: "right", False: "not as asked", None: "for the teacher"}[check.passed]
        points = f"{_points(check)} of {check.of}, {state}"
        parts.append(paragraph(f"{question.number}. {question.text} ({points})"))
        parts.append(quotation(answer or "no answer"))
        if check.points is None:
            parts.append(space_for(f"Points of {check.of}"))
    return parts


def _shown(name: str, number: float | None) -> str:
    if number is None:
        return "not known here"
    if name.endswith("accuracy"):
        return percent(number / 100)
    return f"{number:,.0f}" if number == int(number) else f"{number:,.1f}"
