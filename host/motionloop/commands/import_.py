"""Bring motion from files of other programs into recordings.

`motionloop import walk.csv` finds out what the file is by its content, shows what it found, and
writes ordinary recordings into recordings/. The same with folders and zips as they were downloaded.
Units, rate and columns are recognised by evidence, which is shown; what the file does not show is
asked for by an option. Nothing is overwritten, and what was imported already is not imported twice.
docs/import.md has the formats.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from motionloop.commands.bars import Bars
from motionloop.commands.console import print_json, terminal
from motionloop.commands.documents import finding_document
from motionloop.commands.options import RECORDINGS, about, add_json, rate_hz
from motionloop.errors import DataFileError
from motionloop.recordings import units
from motionloop.recordings.conversion import PROVENANCE
from motionloop.recordings.import_preview import (
    REFUSED,
    Preview,
    notes_of,
    preview,
)
from motionloop.recordings.importing import Contents, Imported, write_imported
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.recording import Recording

_SHOWN = 30  # recordings in the table; the others are counted
_TIME_UNITS = ("s", "ms", "us", "ns", "min", "h")


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("sources", type=Path, nargs="+", metavar="SOURCE", help="files, folders or zips")
    add(
        "--to",
        type=Path,
        default=RECORDINGS,
        metavar="FOLDER",
        help="where the recordings go (default: recordings)",
    )
    add("--accel-unit", type=_accel_unit, metavar="UNIT", help="g, m/s2, mg, or 16384/g: steps")
    add("--gyro-unit", type=_gyro_unit, metavar="UNIT", help="rad/s, deg/s, mdps, or 131/dps")
    add("--rate-hz", type=rate_hz, help="samples per second, in place of the file's times")
    add("--time-unit", choices=_TIME_UNITS, help="of the column of times")
    add(
        "--columns",
        type=lambda text: tuple(text.split(",")),
        metavar="LIST",
        help="what each column is: ax,ay,az,gx,gy,gz,t,label,wearer,session, - to leave it out",
    )
    add("--label", default="", help="of all samples, in place of the file's")
    add("--wearer", type=about("wearer"), default="", help="the person, in place of the file's")
    add("--placement", type=about("placement"), default="", help="where the sensor was worn")
    add(
        "--hmac-key", default="", metavar="KEY", help="check the signatures of Edge Impulse's files"
    )
    add(
        "--despite",
        nargs="+",
        choices=[kind.value for kind in REFUSED],
        default=[],
        metavar="KIND",
        help=f"import although this is wrong: {', '.join(REFUSED)}",
    )
    add("--dry-run", action="store_true", help="show what is there, and write nothing")
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    console = terminal(stderr=options.json, soft_wrap=True)
    corrections = ReadOptions(
        accel_unit=options.accel_unit,
        gyro_unit=options.gyro_unit,
        rate_hz=options.rate_hz,
        time_unit=options.time_unit,
        columns=options.columns,
        label=options.label,
        wearer=options.wearer,
        placement=options.placement,
        signing_key=options.hmac_key,
    )
    with Bars(console) as bars:
        show = partial(bars.row().show, "read")
        looked = preview(options.sources, corrections, options.despite, show)
    recordings, faults, stopping = looked.recordings, looked.faults, looked.stopping
    for contents, some in looked.found:
        _show(console, contents, some)
    for finding in looked.findings:
        console.print(Text(str(finding), "red" if finding in stopping else "yellow"))
    written = Imported((), ())
    if looked.accepted and not options.dry_run:
        with Bars(console) as bars:
            show = partial(bars.row().show, "write")
            written = write_imported(looked.accepted, options.to, show)
    if options.json:
        print_json(_as_json(looked, written))
    else:
        _show_written(console, options, written)
    for fault in faults[:-1]:
        console.print(Text(str(fault), "red"))
    if faults:
        raise faults[-1]
    if stopping:
        kinds = " ".join(sorted({finding.kind for finding in stopping}))
        raise DataFileError(
            f"{len(looked.refused)} of {len(recordings)} recordings were not imported: see above. "
            f"To import them all the same: --despite {kinds}."
        )


def _show(console: Console, contents: Contents, recordings: Sequence[Recording]) -> None:
    """What was found in one source: recordings, then how it is known and what was left out."""
    count = len(recordings)
    console.print(
        Text(
            f"{contents.source}: {contents.format_name}, {count} "
            f"{'recording' if count == 1 else 'recordings'}",
            "bold",
        )
    )
    table = Table("Recording", "Wearer", "Labels (s)", "Length", "Rate", "Lost", "Clipped")
    table.columns[0].overflow = "fold"
    for recording in recordings[:_SHOWN]:
        quality = recording.quality
        table.add_row(
            recording.name,
            recording.wearer or "-",
            ", ".join(f"{k} {v:.4g}" for k, v in recording.seconds_per_label.items()) or "none",
            f"{quality.duration_s:.4g} s",
            f"{recording.rate_hz:.5g} Hz",
            str(quality.lost),
            str(quality.saturated),
        )
    console.print(table)
    if count > _SHOWN:
        console.print(f"and {count - _SHOWN} more")
    for note in notes_of(recordings):
        console.print(Text(f"  {note}"))
    for path, reason in contents.left_out:
        console.print(Text(f"  Left out: {path.name}: {reason}", "yellow"))


def _show_written(console: Console, options: argparse.Namespace, written: Imported) -> None:
    if written.there:
        console.print(f"{len(written.there)} are there already, and were left as they are.")
    if written.folders:
        count = len(written.folders)
        console.print(
            Text(f"{count} {'recording' if count == 1 else 'recordings'} in {options.to}.")
        )
        console.print(Text(f"Next: motionloop recordings --recordings {options.to}"))
    if options.dry_run:
        console.print("Nothing was written (--dry-run).")


def _as_json(looked: Preview, written: Imported) -> dict[str, Any]:
    return {
        "sources": [
            {
                "source": str(contents.source),
                "format": contents.format_name,
                "recordings": [_recording_as_json(recording) for recording in recordings],
                "left_out": [
                    {"file": str(path), "reason": reason} for path, reason in contents.left_out
                ],
            }
            for contents, recordings in looked.found
        ],
        "findings": [finding_document(finding) for finding in looked.findings],
        "errors": [str(fault) for fault in looked.faults],
        "written": [str(path) for path in written.folders],
        "already_there": [str(path) for path in written.there],
    }


def _recording_as_json(recording: Recording) -> dict[str, Any]:
    quality = recording.quality
    return {
        "name": recording.name,
        "wearer": recording.wearer,
        "placement": recording.description.placement,
        "created": recording.description.created,
        "labels_s": {k: round(v, 6) for k, v in recording.seconds_per_label.items()},
        "samples": quality.samples,
        "duration_s": quality.duration_s,
        "rate_hz": recording.rate_hz,
        "gaps": quality.gaps,
        "lost": quality.lost,
        "saturated": quality.saturated,
        **recording.description.document.get(PROVENANCE, {}),
    }


def _accel_unit(text: str) -> str:
    return _checked(text, units.accel_factor)


def _gyro_unit(text: str) -> str:
    return _checked(text, units.gyro_factor)


def _checked(text: str, factor: Any) -> str:
    try:
        factor(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text
