"""Test honestly how well recordings teach, or how well a model knows them; writes a report.

Trains on all but some people (or sessions) and tests on those, in turn, until every one of them was
left out. `--model` judges a finished model instead. `--lesson leaky` also splits at random by
window, and explains why that figure is higher.
"""

from __future__ import annotations

import argparse
from contextlib import aclosing
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as ProgressBar
from rich.table import Table

from motionloop.commands.options import RECORDINGS
from motionloop.errors import MotionLoopError
from motionloop.jobs import EvaluationRequest, EvaluationResult
from motionloop.trainer import Trainer

EVALUATIONS = Path("evaluations")


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("recordings", nargs="*", type=Path, metavar="RECORDINGS", help="recording folders, "
        "folders of them, or .npz data files (default: recordings)")  # fmt: skip
    add("--model", type=Path, metavar="PACKAGE", help="judge this model instead of training")
    add("--split", choices=["person", "session", "block"], help="default: the most honest possible")
    add("--seeds", type=int, default=1, help="trainings of each fold (default: 1)")
    add("--labels", nargs="+", help="these only (default: all found)")
    add("--preset", choices=["quick", "thorough"], default="quick")
    add("--smoothing", type=float, default=1.0, help="weight of the newest window (default: 1)")
    add("--lesson", choices=["leaky"], help="compare with a split at random, and explain")
    add("--folder", type=Path, help="of the report (default: evaluations/ and the time)")


async def run(options: argparse.Namespace) -> None:
    if options.seeds < 1:
        raise MotionLoopError(f"--seeds must be at least 1, not {options.seeds}.")
    if options.model is not None and (options.lesson or options.split or options.labels):
        raise MotionLoopError(
            "--model judges a finished model: it has labels of its own and nothing is split. "
            "Leave out --split, --labels and --lesson."
        )
    name = datetime.now().strftime("%Y%m%d-%H%M%S")
    folder = options.folder or EVALUATIONS / name
    if folder.exists():
        raise MotionLoopError(f"There is a folder {folder} already: choose another --folder.")
    request = EvaluationRequest(
        recordings=tuple(map(str, options.recordings or [RECORDINGS])),
        folder=str(folder),
        name=f"Evaluation {folder.name}",
        package=str(options.model) if options.model else None,
        labels=tuple(options.labels) if options.labels else None,
        split=options.split,
        seeds=options.seeds,
        preset=options.preset,
        smoothing=options.smoothing,
        lesson=options.lesson is not None,
    )
    console = Console()
    async with Trainer() as trainer:
        with console.status("Starting TensorFlow"):
            await trainer.wait_ready()
        result = await _with_progress(trainer, request)
    show(console, result.figures)
    console.print(f"Report to hand in: {result.report}", soft_wrap=True)


async def _with_progress(trainer: Trainer, request: EvaluationRequest) -> EvaluationResult:
    columns = (TextColumn("{task.description:>22}"), BarColumn(), TextColumn("{task.fields[left]}"))
    with ProgressBar(*columns) as bar:
        task = bar.add_task("", left="")
        async with aclosing(trainer.evaluate(request)) as events:
            async for event in events:
                if isinstance(event, EvaluationResult):
                    return event
                left = "" if event.remaining_s is None else f"{event.remaining_s:.0f} s left"
                bar.update(
                    task,
                    description=event.stage,
                    total=event.total,
                    completed=event.done,
                    left=left,
                )
    raise AssertionError("an evaluation ends with a result or an error")


def show(console: Console, figures: dict[str, Any]) -> None:
    """The figures of evaluation.json that matter, on the screen."""
    for text in figures["notices"]:
        console.print(text, style="yellow")
    if figures["settings"]["model"] is None:
        table = Table("Fold", "Tested on", "Windows", "Accuracy, a value a seed")
        for number, fold in enumerate(figures["split"]["folds"], 1):
            held = ", ".join(fold["held_out"]) or "the end of each session"
            accuracies = ", ".join(f"{accuracy:.1%}" for accuracy in fold["accuracy"])
            table.add_row(str(number), held, str(fold["test"]), accuracies)
        console.print(table)
    int8, replay = figures["int8"], figures["replay"]
    console.print(
        f"int8 accuracy {figures['accuracy_text']} under {int8['runtime']}, "
        f"macro F1 {int8['macro_f1']:.1%}; calibration error {figures['calibration']['error']:.1%}"
    )
    if replay is not None:
        switches, delay_s = replay["false_switches_per_minute"], replay["delay_median_s"]
        console.print(
            f"Replay of {replay['recordings']} whole recordings: "
            + ("" if switches is None else f"{switches:.2f} false switches a minute, ")
            + ("" if delay_s is None else f"a change noticed after {delay_s:.1f} s (median), ")
            + f"{replay['missed']} of {replay['changes']} missed"
        )
    if figures["lesson"] is not None:
        console.rule("Leaky against honest")
        for text in figures["lesson"]["text"]:
            console.print(text)
