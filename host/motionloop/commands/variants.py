"""Compare the variants of a trained model: quantized, pruned, clustered, and their combinations.

Each variant is trained on from the model's own weights, for the same number of steps, and tested on
the model's test windows. The table goes into the model's folder as variants.json, and each int8
variant's package beside it, to push.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from motionloop.commands.console import print_json, terminal
from motionloop.commands.options import add_json
from motionloop.commands.progress import follow, wait_ready
from motionloop.trainer.client import Trainer
from motionloop.trainer.messages import Variant, VariantsRequest, VariantsResult


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, help="a trained model's folder")
    parser.add_argument(
        "--recordings",
        type=Path,
        nargs="+",
        metavar="PATH",
        help="where its recordings are now (default: where they were)",
    )
    parser.add_argument(
        "--only", nargs="+", metavar="METHOD", help="these and the base (default: all)"
    )
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    request = VariantsRequest(
        str(options.model),
        tuple(map(str, options.recordings)) if options.recordings else None,
        tuple(options.only) if options.only else None,
    )
    console = terminal(stderr=options.json)
    async with Trainer() as trainer:
        await wait_ready(console, trainer)
        result = await make_variants(console, trainer, request)
    if options.json:
        print_json(asdict(result))
    else:
        show_result(console, result)


async def make_variants(
    console: Console, trainer: Trainer, request: VariantsRequest
) -> VariantsResult:
    """Have the variants made; show each after its measurement."""
    return await follow(console, trainer.variants(request), VariantsResult, variant_line)


def variant_line(variant: Variant) -> str:
    """One variant as a line of text."""
    return f"{variant.name}: {variant.accuracy:.1%}, {variant.bytes:,} B"


def show_result(console: Console, result: VariantsResult) -> None:
    """All variants, where they are, and the smallest to push."""
    show_variants(console, result.variants)
    console.print(f"Table: {result.file}", soft_wrap=True)
    smallest = min((v for v in result.variants if v.fits), key=lambda v: v.bytes, default=None)
    if smallest is not None:
        package = Path(result.file).parent / (smallest.package or "")
        console.print(f"The smallest: motionloop push '{package}'", soft_wrap=True)


def show_variants(console: Console, variants: list[Variant]) -> None:
    """All variants as a table, with their explanations."""
    numbers = ("B", ".tflite, B", "gzip, B", "Accuracy", "Macro F1", "Arena, B", "kMAC", "ms, est.")
    table = Table("", "Variant", title="Variants of one base, each with the same training")
    for heading in numbers:
        table.add_column(heading, justify="right")
    table.add_column("Fits")
    for number, variant in enumerate(variants, 1):
        latency = variant.latency_ms_estimate
        table.add_row(
            str(number),
            variant.name,
            f"{variant.bytes:,}",
            f"{variant.full_bytes:,}",
            f"{variant.gzip:,}",
            f"{variant.accuracy:.1%}",
            f"{variant.macro_f1:.1%}",
            "-" if variant.arena is None else f"{variant.arena:,}",
            f"{variant.macs / 1000:.0f}",
            "-" if latency is None else f"{latency:.0f}",
            {True: "yes", False: "no", None: "-"}[variant.fits],
        )
    console.print(table)
    for number, variant in enumerate(variants, 1):
        console.print(f"{number}: {variant.why}")
