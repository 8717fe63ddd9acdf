"""List the recordings: who, what, how long, and what is wrong with them."""

from __future__ import annotations

import argparse

from rich.table import Table

from motionloop.commands.console import terminal
from motionloop.commands.options import add_recordings
from motionloop.recordings.recording import open_all


def configure(parser: argparse.ArgumentParser) -> None:
    add_recordings(parser)


async def run(options: argparse.Namespace) -> None:
    table = Table("Recording", "Wearer", "Labels (s)", "Length", "Rate", "Lost", "Notes")
    table.columns[0].overflow = "fold"  # a name that is cut cannot be typed
    problems = []
    for recording in open_all(options.recordings):
        seconds = dict.fromkeys(recording.labels, 0.0)
        for segment in recording.segments:
            seconds[segment.label] += (segment.end_us - segment.start_us) / 1e6
        quality = recording.quality
        table.add_row(
            recording.name,
            recording.wearer or "-",
            ", ".join(f"{label} {length:.0f}" for label, length in seconds.items()) or "none",
            f"{quality.duration_s:.0f} s",
            f"{quality.rate_hz:.1f} Hz",
            str(quality.lost),
            "synthetic" if recording.synthetic else "",
        )
        problems += [f"{recording.name}: {problem}" for problem in recording.problems]
    console = terminal()
    console.print(table)
    for problem in problems:
        console.print(problem, style="yellow")
