"""All checks of a pupil's folder, and what a teacher sees beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from motionloop.assignment.answers import read_answers
from motionloop.assignment.check import Check, Finding, checked
from motionloop.assignment.of_answers import check_answers
from motionloop.assignment.of_evaluation import check_evaluation, chosen_evaluation
from motionloop.assignment.of_model import check_model, chosen_model
from motionloop.assignment.of_recordings import check_recordings, is_computed
from motionloop.assignment.submission import (
    Evaluated,
    Submission,
    TrainedModel,
    check_inside,
    in_words,
    is_submission,
    read_submission,
)
from motionloop.assignment.task import ASSIGNMENT_FILE, Assignment, load_assignment
from motionloop.errors import AssignmentError

_MOST_ASSIGNMENT_BYTES = 1 << 20


@dataclass(frozen=True)
class Verdict:
    """What became of one pupil's folder.

    `notes` are what a teacher should know beside the checks. `assignment` is None when there is
    none that can be used; then nothing else was read.
    """

    work: Submission
    assignment: Assignment | None
    checks: tuple[Check, ...]
    notes: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()  # one per question
    model: TrainedModel | None = None
    evaluated: Evaluated | None = None

    @property
    def name(self) -> str:
        return self.work.name

    @property
    def passed(self) -> bool:
        return all(check.passed is not False for check in self.checks)

    @property
    def points(self) -> int:
        """Points earned so far, without those that the teacher gives."""
        return sum(check.points or 0 for check in self.checks)

    @property
    def of(self) -> int:
        return sum(check.of for check in self.checks)

    @property
    def left_to_teacher(self) -> int:
        """Points that the teacher gives."""
        return sum(check.of for check in self.checks if check.points is None)

    def with_checks(self, more: Iterable[Check]) -> Verdict:
        return replace(self, checks=(*self.checks, *more))

    def to_json(self) -> dict[str, Any]:
        return {
            "pupil": self.name,
            "folder": str(self.work.folder),
            "passed": self.passed,
            "points": self.points,
            "of": self.of,
            "left_to_teacher": self.left_to_teacher,
            "notes": list(self.notes),
            "checks": [asdict(check) for check in self.checks],
        }


def pupils_folders(paths: Iterable[Path]) -> list[Path]:
    """The pupils' folders that these paths are, or hold. Raises AssignmentError."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            raise AssignmentError(
                f"There is no folder {path}: name a pupil's folder, or a class's."
            )
        if is_submission(path):
            found.append(path)
            continue
        inside = sorted(p for p in path.iterdir() if p.is_dir() and not p.name.startswith("."))
        if not inside:
            raise AssignmentError(
                f"{path} is no pupil's folder and holds none. `motionloop start-assignment` makes "
                "one."
            )
        found += inside
    return list(dict.fromkeys(found))


def judge(folder: Path, given: Assignment | None = None) -> Verdict:
    """Check a pupil's folder against the assignment that was `given`, or else its own."""
    own: Assignment | None = None
    fault = ""
    try:
        check_inside(folder, folder / ASSIGNMENT_FILE, _MOST_ASSIGNMENT_BYTES)
        own = load_assignment(folder / ASSIGNMENT_FILE)
    except Exception as error:  # whatever a broken file does, the other pupils are judged
        fault = in_words(error)
    assignment = given or own
    if assignment is None:
        advice = "Copy the assignment.toml that you were given into this folder."
        check = checked(
            "assignment", "Assignment", "a usable assignment.toml", 0,
            lambda: Finding(False, fault, advice),
        )  # fmt: skip
        return Verdict(Submission(folder), None, (check,))
    work = read_submission(folder)
    model, evaluated = chosen_model(work, assignment), chosen_evaluation(work, assignment)
    answers = read_answers(work.answers, assignment)
    checks = (
        *check_recordings(work, assignment),
        *check_model(work, assignment, model),
        *check_evaluation(work, assignment, evaluated),
        *check_answers(work, assignment, answers, model, evaluated),
    )
    return Verdict(
        work,
        assignment,
        checks,
        tuple(_notes(work, given, own, fault, model)),
        tuple(answers[question.number] for question in assignment.questions),
        model,
        evaluated,
    )


def with_twins_noted(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts, with a note where pupils handed in the same model."""
    owners: dict[bytes, list[str]] = {}
    for verdict in verdicts:
        if verdict.model is not None:
            owners.setdefault(verdict.model.package_bytes, []).append(verdict.name)
    noted = []
    for verdict in verdicts:
        same = owners.get(verdict.model.package_bytes, []) if verdict.model is not None else []
        if others := [name for name in same if name != verdict.name]:
            note = f"The model is the same, byte for byte, as that of {', '.join(others)}."
            verdict = replace(verdict, notes=(*verdict.notes, note))
        noted.append(verdict)
    return noted


def _notes(
    work: Submission,
    given: Assignment | None,
    own: Assignment | None,
    fault: str,
    model: TrainedModel | None,
) -> Iterable[str]:
    if given is not None and own is None:
        yield f"Its assignment.toml cannot be used: {fault}"
    elif given is not None and own is not None and own.as_given_out() != given.as_given_out():
        yield "Its assignment.toml is another than yours. It was judged by yours."
    if any(is_computed(recording) for recording in work.recordings):
        yield "Synthetic motion: some of it was computed, not measured on a person."
    if model is not None and len(work.models) > 1:
        yield f"{len(work.models)} models are there; {model.folder.name} was judged."
    for part, faults in work.faults.items():
        if part in ("models", "evaluations"):
            yield from (f"{part}: {fault}" for fault in faults)
