"""Show what the recordings are together: people, placements, labels, minutes, and a hash.

`--where "wearer=ada|ben,placement=wrist"` shows a part, and every command that reads recordings
takes the same part. The hash is that of what a training sees: the same data have the same hash on
every computer, wherever and in whatever order they lie, and each model names the one that it was
trained on. The exit status is 1 if a recording cannot be read.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from motionloop.commands.console import print_json, terminal
from motionloop.commands.options import add_json, add_sources, add_where
from motionloop.recordings.content_hash import joined_hash
from motionloop.recordings.facts import Facts
from motionloop.recordings.recording import Unreadable, refuse_unreadable
from motionloop.recordings.sources import find_facts


def configure(parser: argparse.ArgumentParser) -> None:
    add_sources(parser)
    add_where(parser)
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    found, unreadable = find_facts(options.recordings)
    chosen = options.where.choose(found)
    document = summary(chosen, unreadable)
    if options.json:
        print_json(document)
    else:
        show(terminal(), document)
    refuse_unreadable(unreadable, len(found))


def summary(facts: Sequence[Facts], unreadable: Sequence[Unreadable]) -> dict[str, Any]:
    """What the recordings are together, for programs."""
    labels = sorted({label for one in facts for label in one.hashes})
    return {
        "sessions": len(facts),
        "minutes": _minutes(facts),
        "labels": {label: _minutes(facts, label) for label in labels},
        "people": _each(facts, lambda one: one.wearer),
        "placements": _each(facts, lambda one: one.placement),
        "days": sorted({one.created[:10] for one in facts}),
        "synthetic_sessions": sum(one.synthetic for one in facts),
        "excluded": [one.name for one in facts if one.excluded],
        "problems": [
            *(f"{one.name}: {problem}" for one in facts for problem in one.problems),
            *(str(bad.error) for bad in unreadable),
        ],
        "sha256": joined_hash(hashed for one in facts for hashed in one.hashes.values()),
    }


def _each(facts: Sequence[Facts], of: Callable[[Facts], str]) -> dict[str, dict[str, Any]]:
    """Sessions and minutes of each person or placement."""
    names = Counter(map(of, facts))
    return {
        name: {"sessions": count, "minutes": _minutes(one for one in facts if of(one) == name)}
        for name, count in sorted(names.items())
    }


def _minutes(facts: Iterable[Facts], label: str | None = None) -> float:
    """Labelled minutes inside the trims, of all labels or of one."""
    seconds = sum(
        length
        for one in facts
        for name, length in one.used_seconds.items()
        if label in (None, name)
    )
    return round(seconds / 60, 2)


def show(console: Console, document: dict[str, Any]) -> None:
    """The document of `summary`, for people."""
    table = Table("", "", "Sessions", "Labelled minutes")
    for heading, key in (("Person", "people"), ("Placement", "placements")):
        for name, of_one in document[key].items():
            minutes = f"{of_one['minutes']:.1f}"
            table.add_row(heading, name or "no name", str(of_one["sessions"]), minutes)
            heading = ""
    heading = "Label"
    for label, minutes in document["labels"].items():
        table.add_row(heading, label, "", f"{minutes:.1f}")
        heading = ""
    table.add_row("All", "", str(document["sessions"]), f"{document['minutes']:.1f}")
    console.print(table)
    for problem in document["problems"]:
        console.print(problem, style="yellow", soft_wrap=True)
    if document["synthetic_sessions"]:
        console.print(f"Synthetic sessions: {document['synthetic_sessions']}.", style="yellow")
    if document["excluded"]:
        console.print(f"Excluded from trainings: {', '.join(document['excluded'])}", style="yellow")
    console.print(f"SHA-256 {document['sha256']}", soft_wrap=True)
