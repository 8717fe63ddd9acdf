"""Train a model from recordings and write its package, figures and report."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as ProgressBar
from rich.table import Table

from motionloop.commands.options import add_models, add_recordings
from motionloop.errors import MotionLoopError
from motionloop.recording import open_all
from motionloop.trainer import Progress, Trainer, TrainingRequest, TrainingResult


def configure(parser: argparse.ArgumentParser) -> None:
    add_recordings(parser)
    add_models(parser)
    parser.add_argument("--name", help="of the model (default: the time)")
    parser.add_argument("--labels", nargs="+", help="train on these only (default: all found)")
    parser.add_argument("--preset", choices=["quick", "thorough"], default="thorough")
    parser.add_argument("--split", choices=["person", "session", "block"], help="how to hold out")
    parser.add_argument(
        "--wearer", help="a personal model: this person counts most, the others are the background"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate-hz", type=float, default=50.0, help="of the model (default: 50)")
    parser.add_argument("--window", type=int, default=128, help="points (default: 128)")
    parser.add_argument("--hop", type=int, default=64, help="points (default: 64)")


async def run(options: argparse.Namespace) -> None:
    recordings = [str(r.path) for r in open_all(options.recordings)]
    name = options.name or datetime.now().strftime("%Y%m%d-%H%M%S")
    folder = options.models / name
    if folder.exists():
        raise MotionLoopError(f"There is a model {folder} already: choose another --name.")
    request = TrainingRequest(
        recordings=tuple(recordings),
        folder=str(folder),
        name=name,
        preset=options.preset,
        seed=options.seed,
        rate_hz=options.rate_hz,
        window=options.window,
        hop=options.hop,
        labels=tuple(options.labels) if options.labels else None,
        split=options.split,
        wearer=options.wearer,
    )
    console = Console()
    async with Trainer() as trainer:
        with console.status("Starting TensorFlow"):
            await trainer.wait_ready()
        result = await train_with_progress(trainer, request)
    show_result(console, result.metrics)
    console.print(f"Report: {folder}/report.html. Next: motionloop push {folder}")


async def train_with_progress(trainer: Trainer, request: TrainingRequest) -> TrainingResult:
    """Train and show a progress bar meanwhile."""
    columns = (TextColumn("{task.description:>10}"), BarColumn(), TextColumn("{task.fields[left]}"))
    with ProgressBar(*columns) as bar:
        task = bar.add_task("", left="")
        stage = ""
        async for event in trainer.train(request):
            if isinstance(event, TrainingResult):
                return event
            assert isinstance(event, Progress)
            if event.stage != stage:
                stage = event.stage
                bar.reset(task, description=stage)
            left = "" if event.remaining_s is None else f"{event.remaining_s:.0f} s left"
            bar.update(task, total=event.total, completed=event.done, left=left)
    raise AssertionError("a training ends with a result or an error")


def show_result(console: Console, metrics: dict[str, Any]) -> None:
    """The figures of metrics.json that matter, on the screen."""
    int8, size, split = metrics["int8"], metrics["size"], metrics["split"]
    labels: list[str] = metrics["labels"]
    table = Table("", *labels, "Recall", title="Confusion: rows are true, columns recognised")
    for label, row in zip(labels, int8["confusion"], strict=True):
        table.add_row(label, *map(str, row), _percent(int8["recall"][label]))
    console.print(table)
    console.print(
        f"int8 accuracy {int8['accuracy']:.1%} under {int8['runtime']} on {int8['windows']} "
        f"windows (float base {metrics['base']['accuracy']:.1%}); {split['description']}"
    )
    arena = "not measured" if size["arena_bytes"] is None else f"{size['arena_bytes']} B"
    console.print(
        f"Package {size['package_bytes']} B, .tflite {size['tflite_bytes']} B, arena {arena}, "
        f"{size['kmac']:g} kMAC a window; {sum(metrics['seconds'].values()):.1f} s"
    )
    if metrics["data"]["synthetic"]:
        console.print("Trained on synthetic motion: good for trying the loop only.", style="yellow")


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"
