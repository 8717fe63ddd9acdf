"""assignment.toml: what is asked, and the points for it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from motionloop.assignment.figures import FIGURES, LABEL_FIGURES
from motionloop.errors import AssignmentError
from motionloop.recordings.segments import check_label
from motionloop.safe_files import read_whole
from motionloop.splits import SplitKind
from motionloop.typed_values import texts_at, typed_value, value_at

ASSIGNMENT_FILE = "assignment.toml"
TEMPLATE = Path(__file__).with_name(ASSIGNMENT_FILE)
FORMAT = 1
_MOST_BYTES = 1 << 20
PRESETS = ("quick", "thorough")
PARTS = ("replay", "calibration", "lesson")
_HONEST = (SplitKind.PERSON.value, SplitKind.SESSION.value)
_RIGHT = re.compile(r"^\s*right\s*=.*\n?", re.MULTILINE)


@dataclass(frozen=True)
class RecordingsAsked:
    """`labels` are the labels themselves, or how many of the pupil's choice."""

    labels: tuple[str, ...] | int
    sessions: int
    seconds: int
    lost_percent: float
    clipped_percent: float
    wearer: bool
    virtual: bool


@dataclass(frozen=True)
class TrainingAsked:
    seed: int
    preset: str
    splits: tuple[str, ...]


@dataclass(frozen=True)
class EvaluationAsked:
    seeds: int
    preset: str
    splits: tuple[str, ...]
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Points:
    """The points of each check, by its name."""

    recordings: int
    labels: int
    lost: int
    clipped: int
    wearer: int
    origin: int
    copies: int
    settings: int
    own: int
    split: int
    measured: int
    repeated: int
    pushed: int
    report: int
    evaluated: int
    parts: int
    reevaluated: int


@dataclass(frozen=True)
class Question:
    """A question of `kind` number, label, choice or text; what a kind does not use is empty.

    `right` is the number of the right choice, from 1; None in what pupils get.
    """

    number: int
    kind: str
    text: str
    points: int
    figure: str = ""
    tolerance: float = 0.0
    choices: tuple[str, ...] = ()
    right: int | None = None
    words: int = 0


@dataclass(frozen=True)
class Assignment:
    title: str
    recordings: RecordingsAsked
    training: TrainingAsked
    evaluation: EvaluationAsked
    points: Points
    questions: tuple[Question, ...]

    def as_given_out(self) -> Assignment:
        """The same without the right choices, as pupils get it."""
        questions = tuple(replace(question, right=None) for question in self.questions)
        return replace(self, questions=questions)


def load_assignment(file: Path) -> Assignment:
    """Read an assignment.toml. Raises AssignmentError."""
    try:
        content = read_whole(file, _MOST_BYTES)
    except OSError as error:
        raise AssignmentError(
            f"{file} cannot be read ({error.strerror}). `motionloop start-assignment` makes one."
        ) from error
    return parse_assignment(content, str(file))


def parse_assignment(content: bytes, name: str) -> Assignment:
    """Read the content of an assignment.toml, called `name` in messages. Raises AssignmentError."""
    try:
        return _assignment(tomllib.loads(content.decode()))
    except (ValueError, RecursionError) as error:  # of TOML, UTF-8, and typed_values
        raise AssignmentError(
            f"{name} is not a usable assignment: {error}. Correct it, or begin again with a copy "
            "from `motionloop start-assignment --template FILE`."
        ) from error


def without_right_choices(text: str) -> str:
    """The text of an assignment.toml as pupils get it. Raises AssignmentError when a right choice
    is written in a way that cannot be left out line by line."""
    given_out = _RIGHT.sub("", text)
    made = parse_assignment(given_out.encode(), "The copy for pupils")
    if any(question.right is not None for question in made.questions):
        raise AssignmentError(
            "A right choice would reach the pupils: write each `right = NUMBER` on a line of its "
            "own."
        )
    return given_out


def _assignment(document: dict[str, Any]) -> Assignment:
    version = typed_value(document, "format", int)
    if version != FORMAT:
        raise ValueError(f"its format is {version}, and this program knows {FORMAT}")
    questions = typed_value(document, "question", list)
    return Assignment(
        title=typed_value(document, "title", str),
        recordings=_recordings(document),
        training=TrainingAsked(
            seed=_at_least(0, document, "training.seed"),
            preset=_one_of(PRESETS, document, "training.preset"),
            splits=_some_of(_HONEST, document, "training.splits"),
        ),
        evaluation=EvaluationAsked(
            seeds=_at_least(1, document, "evaluation.seeds"),
            preset=_one_of(PRESETS, document, "evaluation.preset"),
            splits=_some_of(_HONEST, document, "evaluation.splits"),
            parts=_some_of(PARTS, document, "evaluation.parts"),
        ),
        points=Points(
            **{f.name: _at_least(0, document, f"points.{f.name}") for f in fields(Points)}
        ),
        questions=tuple(_question(number, asked) for number, asked in enumerate(questions, 1)),
    )


def _recordings(document: dict[str, Any]) -> RecordingsAsked:
    asked = typed_value(document, "recordings", dict)
    labels: tuple[str, ...] | int
    if isinstance(asked.get("labels"), list):
        labels = tuple(texts_at(asked, "labels"))
        for label in labels:
            check_label(label)
        if len(set(labels)) < max(2, len(labels)):
            raise ValueError("'labels' needs at least two labels, each once")
    else:
        labels = _at_least(2, asked, "labels")
    return RecordingsAsked(
        labels=labels,
        sessions=_at_least(1, asked, "sessions"),
        seconds=_at_least(1, asked, "seconds"),
        lost_percent=typed_value(asked, "lost_percent", float),
        clipped_percent=typed_value(asked, "clipped_percent", float),
        wearer=typed_value(asked, "wearer", bool),
        virtual=typed_value(asked, "virtual", bool),
    )


def _question(number: int, asked: Any) -> Question:
    try:
        kind = _one_of(("number", "label", "choice", "text"), asked, "kind")
        made = Question(
            number, kind, typed_value(asked, "text", str).strip(), _at_least(0, asked, "points")
        )
        if kind == "number":
            figure = _one_of(tuple(FIGURES), asked, "figure")
            return replace(made, figure=figure, tolerance=typed_value(asked, "tolerance", float))
        if kind == "label":
            return replace(made, figure=_one_of(LABEL_FIGURES, asked, "figure"))
        if kind == "text":
            return replace(made, words=_at_least(1, asked, "words"))
        choices = tuple(texts_at(asked, "choices"))
        right = typed_value(asked, "right", int) if "right" in asked else None
        if len(choices) < 2 or (right is not None and not 1 <= right <= len(choices)):
            raise ValueError(f"'right' is {right}, which is none of {len(choices)} choices")
        return replace(made, choices=choices, right=right)
    except ValueError as error:
        raise ValueError(f"question {number}: {error}") from error


def _at_least(least: int, document: Any, path: str) -> int:
    found = value_at(document, path, int)
    if found < least:
        raise ValueError(f"{path!r} is {found}, and must be at least {least}")
    return found


def _one_of(allowed: Sequence[str], document: Any, path: str) -> str:
    found = value_at(document, path, str)
    if found not in allowed:
        raise ValueError(f"{path!r} is {found!r}, and must be one of {', '.join(allowed)}")
    return found


def _some_of(allowed: Sequence[str], document: Any, path: str) -> tuple[str, ...]:
    found = tuple(texts_at(document, path))
    if unknown := [text for text in found if text not in allowed]:
        raise ValueError(f"{path!r} has {unknown[0]!r}, and may have {', '.join(allowed)}")
    return found
