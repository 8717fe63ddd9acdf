"""List the recordings: who, what, how long, and what is wrong with them.

The exit status is 1 if one of them cannot be read.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from rich.table import Table

from motionloop.commands.console import print_json, terminal
from motionloop.commands.documents import recording_document
from motionloop.commands.options import add_json, add_recordings, add_where
from motionloop.recordings.facts import Facts, list_facts
from motionloop.recordings.recording import Unreadable, refuse_unreadable


def configure(parser: argparse.ArgumentParser) -> None:
    add_recordings(parser)
    add_where(parser)
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    found, unreadable = list_facts(options.recordings)
    chosen = options.where.choose(found)
    if options.json:
        print_json(
            {
                "recordings": [recording_document(facts) for facts in chosen],
                "unreadable": [{"path": bad.path, "error": str(bad.error)} for bad in unreadable],
            }
        )
    else:
        _show(chosen, unreadable)
    refuse_unreadable(unreadable, len(found))


def _show(found: list[Facts], unreadable: list[Unreadable]) -> None:
    table = Table("Recording", "Wearer", "Labels (s)", "Length", "Rate", "Lost", "Notes")
    table.columns[0].overflow = "fold"  # a name that is cut cannot be typed
    problems = []
    for recording in found:
        quality = recording.quality
        table.add_row(
            recording.name,
            recording.wearer or "-",
            ", ".join(f"{label} {length:.0f}" for label, length in recording.seconds.items())
            or "none",
            f"{quality.duration_s:.0f} s",
            f"{quality.rate_hz:.1f} Hz",
            str(quality.lost),
            ", ".join(_notes(recording)),
        )
        problems += [f"{recording.name}: {problem}" for problem in recording.problems]
    for bad in unreadable:
        table.add_row(bad.path.name, *["-"] * 5, "cannot be read")
    console = terminal()
    console.print(table)
    for problem in problems:
        console.print(problem, style="yellow", soft_wrap=True)


def _notes(recording: Facts) -> Iterator[str]:
    if recording.excluded:
        yield "excluded"
    if recording.synthetic:
        yield "synthetic"
