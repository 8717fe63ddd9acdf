"""Label a stretch of a recording, or show and clear its labels.

`motionloop label recordings/NAME walking 12.5 60` labels from 12.5 s to 60 s after the first
sample; stretches that were labelled there before give way.

`motionloop label recordings/NAME --clear 12.5 60` removes the labels there, and without times all.

`motionloop label recordings/NAME --from FILE` takes the labels of an .eaf of ELAN or of a JSON
export of Label Studio in place of those that are there.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
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
    parser.usage = (  # argparse would put --clear first, where it takes the recording for a time
        "%(prog)s recording [label] [start] [end] [-h] [-v]\n"
        "       %(prog)s recording --clear [START [END]]\n"
        "       %(prog)s recording --from FILE [--tier TIER] [--time-unit UNIT]"
    )
    parser.add_argument("recording", type=Path, help="the recording's folder")
    parser.add_argument("label", type=str.strip, nargs="?", help="what was done")
    parser.add_argument("start", nargs="?", type=float, default=0.0, help="seconds (default: 0)")
    parser.add_argument("end", nargs="?", type=float, help="seconds (default: the end)")
    parser.add_argument(
        "--clear",
        nargs="*",
        type=_seconds,
        metavar=("START", "END"),
        help="remove the labels of this stretch (default: all)",
    )
    parser.add_argument("--from", type=Path, dest="file", metavar="FILE", help="take its labels")
    parser.add_argument("--tier", help="of the .eaf (default: the only one with annotations)")
    parser.add_argument(
        "--time-unit",
        choices=[*UNITS_US, "samples"],
        help="of Label Studio's times (default: that in which they fit)",
    )


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no time in seconds; the recording goes before --clear"
        ) from error


async def run(options: argparse.Namespace) -> None:
    recording = Recording.open(options.recording)
    labelled, cleared = options.label is not None, options.clear is not None
    if labelled + cleared + bool(options.file) > 1:
        raise MotionLoopError("Give either a label, --clear or --from, not several.")
    if options.file:
        _take_from(recording, options)
    if labelled or cleared:
        times = [options.start, options.end] if labelled else options.clear
        start_us, end_us = _stretch(recording, times)
        segments = cut_out(recording.segments, start_us, end_us)
        if labelled:
            segments.append(Segment(start_us, end_us, options.label))
        recording.set_segments(segments)
    table = Table("Label", "From (s)", "To (s)")
    for segment in recording.segments:
        times = ((t - recording.start_us) / 1e6 for t in (segment.start_us, segment.end_us))
        table.add_row(segment.label, *(f"{t:.2f}" for t in times))
    terminal().print(table)


def _stretch(recording: Recording, times: Sequence[float | None]) -> tuple[int, int]:
    """Device times of START and END in seconds; each may be left out."""
    if len(times) > 2:
        raise MotionLoopError("Give two times behind --clear, START and END, or none.")
    length_s = (recording.end_us - recording.start_us) / 1e6
    start_s, end_s = (*times, None, None)[:2]
    start_s = 0.0 if start_s is None else start_s
    end_s = length_s if end_s is None else end_s
    asked = f"From {start_s:g} s to {end_s:g} s is no stretch of {recording.name}"
    if not (math.isfinite(start_s) and 0 <= start_s < end_s):  # not of NaN, either
        raise MotionLoopError(
            f"{asked}: give seconds after its first sample, START before END. Its labels were not "
            "changed."
        )
    if start_s >= length_s:
        raise MotionLoopError(
            f"{asked}, which ends at {length_s:.2f} s. Its labels were not changed."
        )
    start_us = recording.start_us + round(start_s * 1e6)
    return start_us, recording.start_us + round(min(end_s, length_s) * 1e6)


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
