"""Export recordings for other programs.

`motionloop export --format csv --to FOLDER` writes all recordings; --labels and --wearers choose.
docs/export.md says what each format holds, and how it comes back.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.text import Text

from motionloop.commands.console import terminal
from motionloop.commands.options import add_sources
from motionloop.errors import MotionLoopError
from motionloop.recordings.choice import choose
from motionloop.recordings.exporting import Exported, Format, export
from motionloop.recordings.sources import read_all_recordings


def configure(parser: argparse.ArgumentParser) -> None:
    add_sources(parser)
    add = parser.add_argument
    add(
        "--format",
        required=True,
        type=Format,
        choices=[*Format],
        metavar="{" + ",".join(Format) + "}",
    )
    add("--to", type=Path, required=True, metavar="PATH", help="a folder; with zip the file")
    add("--labels", nargs="+", help="samples of these only (default: all, unlabelled ones too)")
    add("--wearers", nargs="+", help="recordings of these people only (default: all)")
    add("--overwrite", action="store_true", help="replace files that exist")
    add("--hmac-key", metavar="KEY", help="sign the files for Edge Impulse with its project's key")
    add(
        "--testing",
        nargs="+",
        default=[],
        metavar="WEARER",
        help="people whose recordings Edge Impulse shall keep for testing",
    )


async def run(options: argparse.Namespace) -> None:
    exported = _export(options)
    console = terminal(soft_wrap=True)
    for note in exported.notes:
        console.print(Text(note, "yellow"))
    count = len(exported.files)
    console.print(Text(f"{options.to}: {count} {'file' if count == 1 else 'files'}."))


def _export(options: argparse.Namespace) -> Exported:
    if options.format is not Format.EDGE_IMPULSE and (options.hmac_key or options.testing):
        raise MotionLoopError("--hmac-key and --testing are for --format edge-impulse only.")
    recordings = choose(read_all_recordings(options.recordings), options.labels, options.wearers)
    choose(recordings, wearers=options.testing)  # names that are not there are an error
    return export(
        recordings,
        options.format,
        options.to,
        overwrite=options.overwrite,
        hmac_key=options.hmac_key,
        testing_wearers=options.testing,
    )
