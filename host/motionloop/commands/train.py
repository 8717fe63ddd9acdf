"""Train a model from recordings and write its package, figures and report."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from motionloop.commands import variants
from motionloop.commands.console import print_json, terminal
from motionloop.commands.options import (
    RECORDINGS,
    SOURCES,
    add_json,
    add_models,
    add_smoothing,
    add_training,
    new_name,
    training_request,
)
from motionloop.commands.progress import follow, wait_ready
from motionloop.errors import MotionLoopError
from motionloop.model.package import misfit
from motionloop.safe_files import check_folder
from motionloop.trainer.client import Trainer
from motionloop.trainer.messages import TrainingResult, VariantsRequest, words_of_seen

TRANSFER_NOISE = 0.01  # two trainings with other seeds differ by as much


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--recordings",
        type=Path,
        nargs="+",
        default=[RECORDINGS],
        metavar="PATH",
        help=SOURCES,
    )
    add_models(parser)
    parser.add_argument("--name", type=new_name, help="of the model (default: the time)")
    parser.add_argument(
        "--wearer", help="a personal model: this person counts most, the others are the background"
    )
    parser.add_argument(
        "--backbone", type=Path, metavar="FOLDER", help="begin with what `pretrain` made"
    )
    parser.add_argument(
        "--variants", action="store_true", help="then compare its variants, as `variants` does"
    )
    add_smoothing(parser)
    add_training(parser)
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    name = options.name or datetime.now().strftime("%Y%m%d-%H%M%S")
    folder = options.models / name
    if folder.exists():
        raise MotionLoopError(f"There is a model {folder} already: choose another --name.")
    check_folder(folder)
    request = replace(
        training_request(options, folder),
        wearer=options.wearer,
        smoothing=options.smoothing,
        backbone=str(options.backbone) if options.backbone else None,
    )
    console = terminal(stderr=options.json)
    compared = None
    async with Trainer() as trainer:
        await wait_ready(console, trainer, request)
        result = await follow(console, trainer.train(request), TrainingResult)
        if not options.json:
            show_result(console, result.metrics)
            console.print(f"Report: {folder}/report.html. {next_step(result.metrics, folder)}")
        if options.variants:
            wanted = VariantsRequest(str(folder))
            compared = await variants.make_variants(console, trainer, wanted)
    if options.json:
        print_json(
            {
                **asdict(result),
                "misfit": _misfit(result.metrics),
                "variants": None if compared is None else asdict(compared),
            }
        )
    elif compared is not None:
        variants.show_result(console, compared)


def _misfit(metrics: dict[str, Any]) -> str | None:
    """Why the model does not fit into a board; None if it does."""
    size = metrics["size"]
    return misfit(size["arena_bytes"], size["package_bytes"])


def next_step(metrics: dict[str, Any], folder: Path) -> str:
    """What to do with a new model: push it, if a board is large enough."""
    fault = _misfit(metrics)
    if fault is None:
        return f"Next: motionloop push {folder}"
    return (
        f"It does not fit into a board: {fault}. Train a smaller one: less `--width`, "
        "`--stem-stride 4` or a shorter `--window`."
    )


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
        f"{size['kmac']:g} kMAC per window; {sum(metrics['seconds'].values()):.1f} s"
    )
    if "transfer" in metrics:
        console.print(transfer_verdict(metrics["transfer"]))
    if metrics.get("bridging"):
        console.print(metrics["bridging"]["text"], style="yellow")
    if left_out := metrics["data"].get("left_out"):
        console.print(f"Trained without labels that are too short: {left_out}.", style="yellow")
    if metrics["data"]["synthetic"]:
        console.print("Trained on synthetic motion: good for trying the loop only.", style="yellow")


def transfer_verdict(transfer: dict[str, Any]) -> str:
    """The backbone's benefit in words, from metrics.json's "transfer"."""
    backbone, scratch = transfer["from_backbone"], transfer["from_scratch"]
    more = round((backbone - scratch) * transfer["windows"])
    if abs(backbone - scratch) < TRANSFER_NOISE:
        verdict = "the backbone makes no difference that these windows could show"
    elif more > 0:
        verdict = f"the backbone gets {more} windows more right"
    else:
        verdict = f"the backbone gets {-more} windows fewer right: train without it"
    return (
        f"int8 accuracy on the same {transfer['windows']} held-out windows: from the backbone "
        f"{backbone:.1%}, from scratch {scratch:.1%}; {verdict}."
        + (f" {words_of_seen(transfer['seen'])}" if transfer.get("seen") else "")
    )


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"
