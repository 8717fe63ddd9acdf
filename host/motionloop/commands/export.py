"""Export recordings for other programs, or a model for a sketch of one's own.

`motionloop export --format csv --to FOLDER` writes all recordings; --where, --labels and --wearers
choose. `motionloop export models/NAME --format c --to FOLDER` makes an Arduino library of a model,
windows included; --format tflite the plain int8 network with a model card. docs/export.md says what
each format holds, and how it comes back.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.text import Text

from motionloop.commands.bars import Bars
from motionloop.commands.console import print_json, terminal
from motionloop.commands.options import RECORDINGS, SOURCES, add_json, add_where
from motionloop.errors import OptionsError
from motionloop.model.exporting import ModelFormat, export_model
from motionloop.recordings.exporting import Exported, Format, export
from motionloop.recordings.sources import read_all_recordings


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "recordings",
        type=Path,
        nargs="*",
        default=[RECORDINGS],
        metavar="PATH",
        help=f"{SOURCES}; or a model",
    )
    add = parser.add_argument
    add(
        "--format",
        required=True,
        choices=[*Format, *ModelFormat],
        help=f"of recordings: {', '.join(Format)}; of a model: {', '.join(ModelFormat)}",
    )
    add("--to", type=Path, required=True, metavar="PATH", help="a folder; with zip the file")
    add_where(parser)
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
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    console = terminal(stderr=options.json, soft_wrap=True)
    notes: tuple[str, ...] = ()
    if options.format in [*ModelFormat]:
        files: tuple[Path, ...] = _export_model(options)
    else:
        exported = _export_recordings(console, options)
        files = exported.files
        notes = exported.notes
    if options.json:
        print_json({"files": [*map(str, files)], "notes": notes})
        return
    for note in notes:
        console.print(Text(note, "yellow"))
    console.print(Text(f"{options.to}: {len(files)} {'file' if len(files) == 1 else 'files'}."))


def _export_recordings(console: Console, options: argparse.Namespace) -> Exported:
    kind = Format(options.format)
    if kind is not Format.EDGE_IMPULSE and (options.hmac_key or options.testing):
        raise OptionsError("--hmac-key and --testing are for --format edge-impulse only.")
    with Bars(console) as bars:
        row = bars.row()
        row.show("read", 0, None)
        return export(
            options.where.choose(read_all_recordings(options.recordings)),
            kind,
            options.to,
            labels=options.labels,
            wearers=options.wearers,
            overwrite=options.overwrite,
            hmac_key=options.hmac_key,
            testing_wearers=options.testing,
            on_written=partial(row.show, "write"),
        )


def _export_model(options: argparse.Namespace) -> tuple[Path, ...]:
    if len(options.recordings) != 1 or options.labels or options.wearers or options.where:
        raise OptionsError(
            f"--format {options.format} is of one model: name its folder, such as models/first, "
            "and none of --where, --labels and --wearers."
        )
    return export_model(
        options.recordings[0], ModelFormat(options.format), options.to, overwrite=options.overwrite
    )
