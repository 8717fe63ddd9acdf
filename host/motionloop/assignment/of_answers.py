"""The checks of a pupil's answers, against the pupil's own figures."""

from __future__ import annotations

from functools import partial

from motionloop.assignment.answers import ANSWERS_FILE, count_words, numbers_in
from motionloop.assignment.check import Check, Finding, checked
from motionloop.assignment.figures import most_confused, number_of
from motionloop.assignment.submission import Evaluated, Submission, TrainedModel, printable
from motionloop.assignment.task import Assignment, Question

_WRITE = f"Write the answer under the question in {ANSWERS_FILE}."
_SHOWN = 60  # signs of an answer in a line


def check_answers(
    work: Submission,
    assignment: Assignment,
    answers: dict[int, str],
    model: TrainedModel | None,
    evaluated: Evaluated | None,
) -> list[Check]:
    return [
        checked(
            f"question {question.number}",
            f"Question {question.number}",
            _asked(question),
            question.points,
            partial(_answer, work, question, answers.get(question.number, ""), model, evaluated),
        )
        for question in assignment.questions
    ]


def _asked(question: Question) -> str:
    if question.kind == "number":
        figure = question.figure.replace("_", " ")
        return f"your {figure}" + (f", ± {question.tolerance:g}" if question.tolerance else "")
    if question.kind == "text":
        return f"at least {question.words} words"
    return "your label" if question.kind == "label" else "the right choice"


def _answer(
    work: Submission,
    question: Question,
    answer: str,
    model: TrainedModel | None,
    evaluated: Evaluated | None,
) -> Finding:
    if faults := work.faults_in(ANSWERS_FILE):
        return Finding(False, " ".join(faults), "`motionloop start-assignment` makes the page.")
    if not answer:
        return Finding(False, "no answer", _WRITE)
    if question.kind == "text":
        count = count_words(answer)
        passed = None if count >= question.words else False
        return Finding(passed, f"{count} words", f"Write at least {question.words} words.")
    shown = printable(" ".join(answer.split()))[:_SHOWN]
    if question.kind == "label":
        right = most_confused(model)
        passed = answer.strip().strip("`.\"'").lower() in right
        return Finding(passed, shown, "Look at the confusion in your model's report.html.")
    numbers = numbers_in(answer)
    if not numbers:
        return Finding(False, shown, f"Begin the answer with a number. {_WRITE}")
    if question.kind == "choice":
        if numbers[0] not in range(1, len(question.choices) + 1):
            return Finding(False, shown, f"Write a number from 1 to {len(question.choices)}.")
        if question.right is None:
            return Finding(None, f"{shown} (the teacher's copy knows whether it is right)")
        return Finding(numbers[0] == question.right, shown, "Read the report's lesson again.")
    figure = number_of(question.figure, model, evaluated)
    if figure is None:
        return Finding(None, f"{shown} (cannot be computed on this computer)")
    near = any(abs(number - figure) <= question.tolerance + 1e-9 for number in numbers)
    advice = "Look it up again in report.html, in metrics.json or on the screen."
    return Finding(near, shown, advice)
