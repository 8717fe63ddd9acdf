"""Train a backbone on many people's recordings, to start other people's models from.

`motionloop train --backbone FOLDER` puts an own head on it and says whether that beat training
from scratch.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from motionloop.commands.console import print_json, terminal
from motionloop.commands.options import add_json, add_sources, add_training, training_request
from motionloop.commands.progress import follow, wait_ready
from motionloop.errors import MotionLoopError
from motionloop.safe_files import check_folder
from motionloop.trainer.client import Trainer
from motionloop.trainer.messages import PretrainResult


def configure(parser: argparse.ArgumentParser) -> None:
    add_sources(parser)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="of the backbone; must be new"
    )
    add_training(parser)
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    if options.out.exists():
        raise MotionLoopError(f"{options.out} exists already: choose another --out.")
    check_folder(options.out)
    request = training_request(options, options.out)
    console = terminal(stderr=options.json)
    async with Trainer() as trainer:
        await wait_ready(console, trainer, request)
        result = await follow(console, trainer.pretrain(request), PretrainResult)
    if options.json:
        print_json(asdict(result))
        return
    figures = result.figures
    console.print(
        f"Backbone of {figures['windows']} windows, {figures['people']} people and "
        f"{len(figures['labels'])} labels; accuracy {figures['accuracy']:.1%} before its head was "
        f"removed ({figures['split']})."
    )
    console.print(f"Next: motionloop train --backbone {options.out}")
