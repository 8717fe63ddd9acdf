"""Label a stretch of a recording, or show and clear its labels.

`motionloop label recordings/NAME walking 12.5 60` labels from 12.5 s to 60 s after the first
sample; stretches that were labelled there before give way.

`motionloop label recordings/NAME --clear 12.5 60` removes the labels there, and without times all.

`motionloop label recordings/NAME --events wave` labels repeated gestures: short events with rest
before and after each. `--dry-run` only shows them.

`motionloop label recordings/NAME --from FILE` takes the labels of an .eaf of ELAN or of a JSON
export of Label Studio in place of those that are there.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from motionloop.commands.console import print_json, terminal
from motionloop.commands.options import above_zero, add_json, label
from motionloop.errors import MotionLoopError, OptionsError
from motionloop.recordings.events import LONGEST_S, SHORTEST_S, find_events
from motionloop.recordings.formats.label_studio import UNITS_US
from motionloop.recordings.label_files import read_label_file
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import DESCRIPTION_BACKUP
from motionloop.recordings.segments import Segment, cut_out


def configure(parser: argparse.ArgumentParser) -> None:
    parser.usage = (  # argparse would put --clear first, where it takes the recording for a time
        "%(prog)s recording [label] [start] [end] [-h] [-v]\n"
        "       %(prog)s recording --clear [START [END]]\n"
        "       %(prog)s recording --events LABEL [--dry-run] [--length S] [--shortest S] "
        "[--longest S]\n"
        "       %(prog)s recording --from FILE [--tier TIER] [--time-unit UNIT]"
    )
    parser.add_argument("recording", type=Path, help="the recording's folder")
    parser.add_argument("label", type=label, nargs="?", help="what was done")
    parser.add_argument("start", nargs="?", type=float, default=0.0, help="seconds (default: 0)")
    parser.add_argument("end", nargs="?", type=float, help="seconds (default: the end)")
    parser.add_argument(
        "--clear",
        nargs="*",
        type=_seconds,
        metavar=("START", "END"),
        help="remove the labels of this stretch (default: all)",
    )
    add = parser.add_argument
    add("--events", type=label, metavar="LABEL", help="label the repeated short events")
    add("--dry-run", action="store_true", help="with --events: show them, and write nothing")
    add(
        "--length",
        type=above_zero,
        metavar="S",
        help="of each segment (default: as the events need)",
    )
    add(
        "--shortest",
        type=above_zero,
        default=SHORTEST_S,
        metavar="S",
        help="leave out events that are shorter (default: %(default)g)",
    )
    add(
        "--longest",
        type=above_zero,
        default=LONGEST_S,
        metavar="S",
        help="leave out events that are longer (default: %(default)g)",
    )
    parser.add_argument("--from", type=Path, dest="file", metavar="FILE", help="take its labels")
    parser.add_argument("--tier", help="of the .eaf (default: the only one with annotations)")
    parser.add_argument(
        "--time-unit",
        choices=[*UNITS_US, "samples"],
        help="of Label Studio's times (default: that in which they fit)",
    )
    add_json(parser)


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
    cut = options.events is not None
    if labelled + cleared + cut + bool(options.file) > 1:
        raise OptionsError("Give either a label, --clear, --events or --from, not several.")
    if not cut and (options.dry_run or _asked_of_events(options) != (None, SHORTEST_S, LONGEST_S)):
        raise OptionsError(
            "--dry-run, --length, --shortest and --longest are for --events LABEL: give it, too."
        )
    console = terminal(stderr=options.json, soft_wrap=True)
    document: dict[str, Any] = {"recording": options.recording}
    if options.file:
        _take_from(recording, options, console)
    if cut:
        document["events"] = _cut_events(recording, options, console)
    if labelled or cleared:
        times = [options.start, options.end] if labelled else options.clear
        start_us, end_us = _stretch(recording, times)
        segments = cut_out(recording.segments, start_us, end_us)
        if labelled:
            segments.append(Segment(start_us, end_us, options.label))
        recording.set_segments(segments)
    if options.json:
        document["segments"] = [
            {
                "label": s.label,
                "start_s": _since(recording, s.start_us),
                "end_s": _since(recording, s.end_us),
            }
            for s in recording.segments
        ]
        print_json(document)
    elif not cut:  # whose table has them
        table = Table("Label", "From (s)", "To (s)")
        for s in recording.segments:
            times = (_since(recording, t_us) for t_us in (s.start_us, s.end_us))
            table.add_row(s.label, *(f"{t:.2f}" for t in times))
        console.print(table)


def _asked_of_events(options: argparse.Namespace) -> tuple[float | None, float, float]:
    return options.length, options.shortest, options.longest


def _since(recording: Recording, t_us: int) -> float:
    """Seconds after the first sample."""
    return (t_us - recording.start_us) / 1e6


def _stretch(recording: Recording, times: Sequence[float | None]) -> tuple[int, int]:
    """Device times of START and END in seconds; each may be left out."""
    if len(times) > 2:
        raise OptionsError("Give two times behind --clear, START and END, or none.")
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


def _cut_events(
    recording: Recording, options: argparse.Namespace, console: Console
) -> dict[str, Any]:
    """Show the events and, unless that is all, label them."""
    found = find_events(recording, *_asked_of_events(options))
    length_s = found.length_us / 1e6
    table = Table("Event", "Start (s)", "Length (s)", "Segment (s)")
    for number, (event, span) in enumerate(zip(found.events, found.spans, strict=True), 1):
        begin, end = (f"{_since(recording, t_us):.2f}" for t_us in span)
        table.add_row(
            str(number),
            f"{_since(recording, event.start_us):.2f}",
            f"{event.length_us / 1e6:.2f}",
            f"{begin} to {end}",
        )
    console.print(table)
    console.print(
        f"{len(found.events)} events {options.events!r}, in segments of {length_s:.2f} s"
        + (f"; left out: {found.reasons}." if found.left_out else ".")
    )
    if options.dry_run:
        console.print("Nothing was written (--dry-run).")
    else:
        new = found.segments(options.events)
        # What an event was part of before, such as the whole take, would be rest with its label.
        segments = [one for one in recording.segments if not _is_renewed(one, new)]
        for span in found.spans:
            segments = cut_out(segments, *span)
        _replace_labels(recording, [*segments, *new], console)
    return {
        "label": options.events,
        "length_s": length_s,
        "found": [
            {"start_s": _since(recording, event.start_us), "length_s": event.length_us / 1e6}
            for event in found.events
        ],
        "left_out": [
            {"start_s": _since(recording, one.event.start_us), "reason": one.reason}
            for one in found.left_out
        ],
        "written": not options.dry_run,
    }


def _is_renewed(old: Segment, new: Iterable[Segment]) -> bool:
    return any(
        old.label == one.label and old.start_us < one.end_us and one.start_us < old.end_us
        for one in new
    )


def _take_from(recording: Recording, options: argparse.Namespace, console: Console) -> None:
    found = read_label_file(options.file, recording, options.tier, options.time_unit)
    if not found.segments:
        raise MotionLoopError(
            f"No label of {options.file} lies inside {recording.name}, whose labels stay as they "
            f"are. {' '.join(found.notes)}"
        )
    for note in found.notes:
        console.print(Text(note, "yellow"))
    _replace_labels(recording, found.segments, console)


def _replace_labels(recording: Recording, segments: Iterable[Segment], console: Console) -> None:
    before = len(recording.segments)
    recording.set_segments(segments)
    if before:
        console.print(Text(f"The labels before ({before}) are kept in {DESCRIPTION_BACKUP}."))
