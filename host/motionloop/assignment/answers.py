"""answers.md: the page with the questions, and the answers that a pupil wrote into it."""

from __future__ import annotations

import re

from motionloop.assignment.steps import all_commands
from motionloop.assignment.task import Assignment, Question

ANSWERS_FILE = "answers.md"
_HEADING = re.compile(r"^##\s+(\d+)\s*[.)]")
_NUMBER = re.compile(r"(?<![\w.,])[-+]?\d(?:[\d.,'_\s]*\d)?")
_GROUPS = re.compile(r"[-+]?\d{1,3}(?:[.,]\d{3})+")


def answers_page(assignment: Assignment) -> str:
    """The page with which a pupil begins."""
    parts = [f"# {assignment.title}", "## What to do", *_steps(assignment)]
    for question in assignment.questions:
        parts += [_heading(question), _hint(question)]
    return "\n\n".join(parts) + "\n"


def read_answers(text: str, assignment: Assignment) -> dict[int, str]:
    """The answer to each question by its number, without what the page itself says; "" for none."""
    asked = {str(question.number): question for question in assignment.questions}
    lines: dict[int, list[str]] = {question.number: [] for question in assignment.questions}
    current: Question | None = None
    for line in text.splitlines():
        heading = _HEADING.match(line)
        if heading or line.startswith("## "):
            current = asked.get(heading[1]) if heading else None
        elif current is not None and line.strip() not in _hint(current).splitlines():
            lines[current.number].append(line)
    return {number: "\n".join(found).strip() for number, found in lines.items()}


def numbers_in(answer: str) -> list[float]:
    """What the first number in an answer can mean: 11,560 is eleven thousand or eleven."""
    found = _NUMBER.search(answer)
    if found is None:
        return []
    written = re.sub(r"['_\s]", "", found[0])
    meant = [written.replace(",", ".")]
    if _GROUPS.fullmatch(written):
        meant.append(re.sub(r"[.,]", "", written))
    elif "," in written and "." in written:  # the last one is the decimal point
        point = max(written.rfind(","), written.rfind("."))
        meant = [re.sub(r"[.,]", "", written[:point]) + "." + written[point + 1 :]]
    numbers = []
    for text in meant:
        try:
            numbers.append(float(text))
        except ValueError:
            continue
    return numbers


def count_words(answer: str) -> int:
    """The words of an answer: what has a letter in it."""
    return sum(any(sign.isalpha() for sign in word) for word in answer.split())


def _steps(assignment: Assignment) -> list[str]:
    asked, training = assignment.recordings, assignment.training
    labels = asked.labels
    which = f"{labels} labels of your choice" if isinstance(labels, int) else ", ".join(labels)
    board = "A virtual board will do." if asked.virtual else "Use a real board."
    return [
        f"1. Record {which}: each in {asked.sessions} sessions, {asked.seconds} s per session. "
        f"Take the board off and put it on again between two sessions. {board}\n"
        f"2. Train with the seed {training.seed} and the preset {training.preset}.\n"
        "3. Push the model to the board, and watch it live.\n"
        "4. Evaluate.\n"
        "5. Answer the questions below: write under each question, in this file.\n"
        "6. Check, repair, check again. Then hand in this folder.",
        "These commands do it. Start them in this folder. The studio does the first three steps as "
        "well: `motionloop studio` in this folder.",
        "```sh\n" + "\n".join(all_commands(assignment)) + "\n```",
    ]


def _heading(question: Question) -> str:
    points = "1 point" if question.points == 1 else f"{question.points} points"
    return f"## {question.number}. {question.text} ({points})"


def _hint(question: Question) -> str:
    """What the page says below a question."""
    if question.kind == "number":
        return "> Begin your answer with the number."
    if question.kind == "label":
        return "> Write the label alone."
    if question.kind == "choice":
        choices = (f"> {number}. {text}" for number, text in enumerate(question.choices, 1))
        return "> Write the number of one choice.\n" + "\n".join(choices)
    return f"> Write at least {question.words} words."
