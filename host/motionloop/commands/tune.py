"""Search for the best trade-offs of accuracy, arena and work: architecture, width, rate, window.

Accuracies here are of validation windows out of the training part of the recordings; what `train`
tests on is never looked at. A search can be stopped at any moment and goes on when it is started
again. With `--storage postgresql://...` and one --study many machines work on it together.
"""

from __future__ import annotations

import argparse
import shlex
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from motionloop.commands.console import print_json, terminal
from motionloop.commands.options import (
    above_zero,
    add_checks,
    add_json,
    add_sources,
    add_split,
    add_view,
    add_where,
    at_least,
    checks_of,
    new_name,
    split_of,
)
from motionloop.commands.progress import follow, wait_ready
from motionloop.trainer.client import Trainer
from motionloop.trainer.messages import TrainingRequest, Trial, TuneRequest, TuneResult

STUDIES = Path("studies")
DEFAULT_TRIALS = 40


def configure(parser: argparse.ArgumentParser) -> None:
    add_sources(parser)
    add = parser.add_argument
    add("--study", type=new_name, default="study", help="name of the search (default: study)")
    add("--folder", type=Path, help="of its database and plots (default: studies/ and its name)")
    add("--storage", metavar="URL", help="a database of SQLAlchemy's instead of a file")
    add(
        "--trials",
        type=at_least(1),
        help=f"so many more (default: {DEFAULT_TRIALS} without --minutes)",
    )
    add("--minutes", type=above_zero, help="stop the search then")
    add_where(parser)
    add_split(parser)
    add("--labels", nargs="+", help="these only (default: all found)")
    add_checks(parser)
    add("--seed", type=at_least(0), default=1)
    add_view(parser)
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    training = TrainingRequest(
        recordings=tuple(map(str, options.recordings)),
        folder="",
        name=options.study,
        seed=options.seed,
        where=str(options.where),
        labels=tuple(options.labels) if options.labels else None,
        axes=options.axes,
        bridge_ms=options.bridge_ms,
        **split_of(options),
        **checks_of(options),
    )
    trials = options.trials
    if trials is None and options.minutes is None:
        trials = DEFAULT_TRIALS
    request = TuneRequest(
        training=training,
        folder=str(options.folder or STUDIES / options.study),
        study=options.study,
        storage=options.storage,
        trials=trials,
        minutes=options.minutes,
    )
    console = terminal(stderr=options.json)
    async with Trainer() as trainer:
        await wait_ready(console, trainer, training)
        result = await follow(console, trainer.tune(request), TuneResult, trial_line)
    if options.json:
        print_json(asdict(result))
        return
    show_front(console, result, options)


def trial_line(trial: Trial) -> str:
    """One trial as a line of text."""
    line = f"{trial.number:>3}  {_network(trial)}, {_window(trial)}: "
    if trial.pruned is not None:
        return f"{line}not trained, {trial.pruned}"
    return f"{line}{trial.accuracy:.1%}, {_arena(trial)} B, {_kmac(trial)} kMAC"


def _network(trial: Trial) -> str:
    settings = trial.settings
    return f"{settings['architecture']} x{settings['width']:g}, stride {settings['stem_stride']}"


def _window(trial: Trial) -> str:
    return f"{trial.settings['window']} at {trial.settings['rate_hz']:g} Hz"


def _arena(trial: Trial) -> str:
    return "-" if trial.arena_bytes is None else str(trial.arena_bytes)


def _kmac(trial: Trial) -> str:
    return f"{(trial.macs or 0) / 1000:.0f}"


def show_front(console: Console, result: TuneResult, options: argparse.Namespace) -> None:
    """The Pareto front as a table, with the command that trains each candidate."""
    console.print(
        f"{result.trials} trials, {result.pruned} of them not trained as they do not fit, in "
        f"{result.storage}",
        soft_wrap=True,
    )
    if not result.front:
        console.print("No candidate was trained: give the search more trials.")
        return
    title = "Pareto front: none is better in everything"
    columns = ("", "Accuracy", "Arena, B", "kMAC", ".tflite, B", "Network", "Window")
    table = Table(*columns, title=title)
    for number, trial in enumerate(result.front, 1):
        table.add_row(
            str(number),
            f"{trial.accuracy:.1%}",
            _arena(trial),
            _kmac(trial),
            str(trial.tflite_bytes),
            _network(trial),
            _window(trial),
        )
    console.print(table)
    for number, trial in enumerate(result.front, 1):
        console.print(f"{number}: {train_command(trial.settings, options)}", soft_wrap=True)
    for path in result.plots:
        console.print(f"Plot: {path}", soft_wrap=True)


def train_command(settings: dict[str, Any], options: argparse.Namespace) -> str:
    """The command that trains this candidate and tests it on windows that the search never saw."""
    words = ["motionloop", "train", "--recordings", *map(str, options.recordings)]
    if options.where:
        words += ["--where", str(options.where)]
    for name in ("labels", "split", "seed", "axes", "bridge_ms"):
        value = getattr(options, name)
        if value is not None:
            words += [
                f"--{name.replace('_', '-')}",
                *(map(str, value) if isinstance(value, list) else [str(value)]),
            ]
    for name, value in {**settings, "hop": settings["window"] // 2}.items():
        words += ["--" + name.replace("_", "-"), f"{value:g}" if name != "architecture" else value]
    return shlex.join(words)
