"""Test honestly how well recordings teach, or how well a model knows them; writes a report.

Trains on all but some people (or sessions) and tests on the others, in turn, until everyone was
left out. `--model` judges a finished model instead. `--lesson leaky` also splits at random by
window, and explains why that figure is higher.
"""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from motionloop.commands.console import print_json, terminal
from motionloop.commands.options import (
    add_checks,
    add_input,
    add_json,
    add_smoothing,
    add_sources,
    add_split,
    add_where,
    at_least,
    checks_of,
    split_of,
)
from motionloop.commands.progress import follow, wait_ready
from motionloop.errors import MotionLoopError, OptionsError
from motionloop.safe_files import check_folder
from motionloop.trainer.client import Trainer
from motionloop.trainer.messages import EvaluationRequest, EvaluationResult

EVALUATIONS = Path("evaluations")


def configure(parser: argparse.ArgumentParser) -> None:
    add_sources(parser)
    add = parser.add_argument
    add("--model", type=Path, metavar="PACKAGE", help="judge this model instead of training")
    add("--seeds", type=at_least(1), default=1, help="trainings of each fold (default: 1)")
    add_where(parser)
    add_split(parser)
    add("--labels", nargs="+", help="these only (default: all found)")
    add("--preset", choices=["quick", "thorough"], default="quick", help="default: quick")
    add("--lesson", choices=["leaky"], help="compare with a split at random, and explain")
    add("--folder", type=Path, help="of the report (default: evaluations/ and the time)")
    add_checks(parser)
    add_smoothing(parser)
    add_input(parser)
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    if options.model is not None and (options.lesson or options.split or options.labels):
        raise OptionsError(
            "--model judges a finished model: it has labels of its own and nothing is split. "
            "Leave out --split, --labels and --lesson."
        )
    name = datetime.now().strftime("%Y%m%d-%H%M%S")
    folder = options.folder or EVALUATIONS / name
    if folder.exists():
        raise MotionLoopError(f"There is a folder {folder} already: choose another --folder.")
    check_folder(folder)
    request = EvaluationRequest(
        recordings=tuple(map(str, options.recordings)),
        folder=str(folder),
        name=f"Evaluation {folder.name}",
        package=str(options.model) if options.model else None,
        where=str(options.where),
        labels=tuple(options.labels) if options.labels else None,
        seeds=options.seeds,
        preset=options.preset,
        rate_hz=options.rate_hz,
        window=options.window,
        hop=options.hop,
        axes=options.axes,
        bridge_ms=options.bridge_ms,
        smoothing=options.smoothing,
        lesson=options.lesson is not None,
        **split_of(options),
        **checks_of(options),
    )
    console = terminal(stderr=options.json)
    async with Trainer() as trainer:
        await wait_ready(console, trainer, request)
        result = await follow(console, trainer.evaluate(request), EvaluationResult)
    if options.json:
        print_json({"report": result.report, "figures": result.figures})
        return
    show(console, result.figures)
    console.print(f"Report to hand in: {result.report}", soft_wrap=True)


def show(console: Console, figures: dict[str, Any]) -> None:
    """The figures of evaluation.json that matter, on the screen."""
    for text in figures["notices"]:
        console.print(text, style="yellow")
    if figures["settings"]["model"] is None:
        table = Table("Fold", "Tested on", "Windows", "Accuracy, a value per seed")
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
            + ("" if switches is None else f"{switches:.2f} false switches per minute, ")
            + ("" if delay_s is None else f"a change noticed after {delay_s:.1f} s (median), ")
            + f"{replay['missed']} of {replay['changes']} missed"
        )
    if figures["lesson"] is not None:
        console.rule("Leaky against honest")
        for text in figures["lesson"]["text"]:
            console.print(text)
