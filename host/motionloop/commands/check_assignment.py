"""Check pupils' folders: recordings, training, push, evaluation, answers; say what to repair.

FOLDER is a pupil's folder, or one that holds a class's. Exit status 0: nothing is to be repaired.
What metrics.json and evaluation.json claim is computed again from recordings and package;
`--retrain` also trains and evaluates again, minutes per pupil.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.table import Table
from rich.text import Text

from motionloop.assignment.check import Check
from motionloop.assignment.grade_page import grade_page, gradebook
from motionloop.assignment.judge import Verdict, judge, pupils_folders, with_twins_noted
from motionloop.assignment.repeat import (
    check_reevaluated,
    check_repeated,
    evaluation_again,
    training_again,
)
from motionloop.assignment.submission import Evaluated, TrainedModel
from motionloop.assignment.task import load_assignment
from motionloop.commands.console import print_json, terminal
from motionloop.commands.options import add_json
from motionloop.commands.progress import follow
from motionloop.errors import AssignmentError, MotionLoopError
from motionloop.safe_files import disk_error, write_whole
from motionloop.trainer.client import Trainer
from motionloop.trainer.messages import EvaluationResult, TrainingResult

_MARKS = {True: Text("✓", "green"), False: Text("✗", "red"), None: Text("?", "yellow")}
T = TypeVar("T")


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("folders", type=Path, nargs="+", metavar="FOLDER", help="of a pupil, or of a class")
    add(
        "--assignment",
        type=Path,
        metavar="FILE",
        help="the teacher's assignment.toml (default: each folder's own)",
    )
    add("--retrain", action="store_true", help="train and evaluate again, and compare")
    add("--report", type=Path, metavar="FILE", help="write the gradable report, a page of HTML")
    add("--csv", type=Path, metavar="FILE", help="write the points as a table for a gradebook")
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    given = None if options.assignment is None else load_assignment(options.assignment)
    console = terminal(stderr=options.json)
    verdicts = []
    async with AsyncExitStack() as stack:
        trainer = await stack.enter_async_context(Trainer()) if options.retrain else None
        for folder in pupils_folders(options.folders):
            verdict = judge(folder, given)
            if trainer is not None:
                verdict = await _repeated(console, trainer, verdict)
            verdicts.append(verdict)
    verdicts = with_twins_noted(verdicts)
    if options.json:
        print_json([verdict.to_json() for verdict in verdicts])
    else:
        show(console, verdicts)
    for file, content in ((options.report, grade_page), (options.csv, gradebook)):
        if file is not None:
            _write(file, content(verdicts))
            console.print(Text(f"Written: {file}"), soft_wrap=True)
    if failed := [verdict.name for verdict in verdicts if not verdict.passed]:
        raise AssignmentError(f"To repair: {', '.join(failed)}.")


async def _repeated(console: Console, trainer: Trainer, verdict: Verdict) -> Verdict:
    """The verdict with what training and evaluating again came to."""
    assignment, model, evaluated = verdict.assignment, verdict.model, verdict.evaluated
    if assignment is None:
        return verdict
    console.print(Text(f"{verdict.name}: training and evaluating again"))
    more: list[Check] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        async def trained(model: TrainedModel) -> TrainingResult:
            asked = training_again(verdict.work, assignment, model, folder / "model")
            return await follow(console, trainer.train(asked), TrainingResult)

        async def judged(evaluated: Evaluated) -> EvaluationResult:
            asked = evaluation_again(verdict.work, assignment, evaluated, folder / "evaluation")
            return await follow(console, trainer.evaluate(asked), EvaluationResult)

        if model is not None:
            more.append(check_repeated(assignment, model, await _outcome(trained(model))))
        if evaluated is not None:
            again = await _outcome(judged(evaluated))
            more.append(check_reevaluated(assignment, evaluated, again))
    return verdict.with_checks(more)


async def _outcome(work: Awaitable[T]) -> T | Exception:
    """The result, or why there is none: the next pupil is judged all the same."""
    try:
        return await work
    except (MotionLoopError, ValueError) as error:
        return error


def show(console: Console, verdicts: list[Verdict]) -> None:
    """The verdicts on the screen: of one pupil all checks, of several what is to be repaired."""
    if len(verdicts) > 1:
        table = Table("Pupil", "Points", "For the teacher", "To repair")
        for verdict in verdicts:
            failed = ", ".join(check.name for check in verdict.checks if check.passed is False)
            points = f"{verdict.points} of {verdict.of}"
            table.add_row(
                Text(verdict.name), points, str(verdict.left_to_teacher), Text(failed or "-")
            )
        console.print(table)
    for verdict in verdicts:
        console.rule(Text(verdict.name))
        for note in verdict.notes:
            console.print(Text(note, "yellow"))
        table = Table("", "Check", "Found", "Asked", "Points")
        shown = [c for c in verdict.checks if len(verdicts) == 1 or c.passed is False]
        for check in shown:
            points = "?" if check.points is None else str(check.points)
            table.add_row(
                _MARKS[check.passed],
                Text(check.title),
                Text(check.found),
                Text(check.asked),
                f"{points} of {check.of}",
            )
        if shown:
            console.print(table)
        advices: dict[str, list[str]] = {}
        for check in shown:
            if check.advice:
                advices.setdefault(check.advice, []).append(check.title)
        for advice, titles in advices.items():
            console.print(Text(f"{', '.join(titles)}: {advice}"), soft_wrap=True)
        console.print(
            f"{verdict.points} of {verdict.of} points, {verdict.left_to_teacher} are the teacher's "
            "to give."
        )


def _write(file: Path, content: str) -> None:
    try:
        write_whole(file, content.encode())
    except OSError as error:
        raise disk_error(error, file, "It was not written.") from error
