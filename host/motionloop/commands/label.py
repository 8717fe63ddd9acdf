"""Label a stretch of a recording, or show and clear its labels.

`motionloop label recordings/NAME walking 12.5 60` labels from 12.5 s to 60 s after the first
sample; stretches that were labelled there before give way.

`motionloop label recordings/NAME --from FILE` takes the labels of an .eaf of ELAN or of a JSON
export of Label Studio in place of those that are there.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.table import Table
from rich.text import Text

from motionloop.commands.console import terminal
from motionloop.errors import MotionLoopError
from motionloop.recordings.formats.label_studio import UNITS_US
from motionloop.recordings.label_files import read_label_file
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import DESCRIPTION_BACKUP
from motionloop.recordings.segments import Segment, cut_out


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("recording", type=Path, help="the recording's folder")
    parser.add_argument("label", type=str.strip, nargs="?", help="what was done")
    parser.add_argument("start", nargs="?", type=float, default=0.0, help="seconds (default: 0)")
    parser.add_argument("end", nargs="?", type=float, help="seconds (default: the end)")
    parser.add_argument("--clear", action="store_true", help="remove the labels of the stretch")
    parser.add_argument("--from", type=Path, dest="file", metavar="FILE", help="take its labels")
    parser.add_argument("--tier", help="of the .eaf (default: the only one with annotations)")
    parser.add_argument(
        "--time-unit",
        choices=[*UNITS_US, "samples"],
        help="of Label Studio's times (default: that in which they fit)",
    )


async def run(options: argparse.Namespace) -> None:
    recording = Recording.open(options.recording)
    if options.clear and options.label:
        raise MotionLoopError("Give either a label or --clear, not both.")
    if options.file and (options.label or options.clear):
        raise MotionLoopError("Give either a label, --clear or --from, not several.")
    if options.file:
        _take_from(recording, options)
    if options.label or options.clear:
        start_us = recording.start_us + round(options.start * 1e6)
        end_us = recording.end_us
        if options.end is not None:
            end_us = min(end_us, recording.start_us + round(options.end * 1e6))
        segments = cut_out(recording.segments, start_us, end_us)
        if options.label:
            segments.append(Segment(start_us, end_us, options.label))
        recording.set_segments(segments)
    table = Table("Label", "From (s)", "To (s)")
    for segment in recording.segments:
        times = ((t - recording.start_us) / 1e6 for t in (segment.start_us, segment.end_us))
        table.add_row(segment.label, *(f"{t:.2f}" for t in times))
    terminal().print(table)


def _take_from(recording: Recording, options: argparse.Namespace) -> None:
    found = read_label_file(options.file, recording, options.tier, options.time_unit)
    if not found.segments:
        raise MotionLoopError(
            f"No label of {options.file} lies inside {recording.name}, whose labels stay as they "
            f"are. {' '.join(found.notes)}"
        )
    before = len(recording.segments)
    recording.set_segments(found.segments)
    console = terminal(soft_wrap=True)
    for note in found.notes:
        console.print(Text(note, "yellow"))
    if before:
        console.print(Text(f"The {before} labels before are kept in {DESCRIPTION_BACKUP}."))
