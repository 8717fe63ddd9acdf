"""Show what the recordings are together: people, placements, labels, minutes, and a hash.

`--where "wearer=ada|ben,placement=wrist"` shows a part, and every command that reads recordings
takes the same part. The hash is that of what a training sees: the same data have the same hash on
every computer, wherever and in whatever order they lie, and each model names the one that it was
trained on. `--fix-split NAME` fixes who is tested from now on: `train --split NAME` holds out
exactly these. The exit status is 1 if a recording cannot be read.
"""

from __future__ import annotations

import argparse
import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from motionloop.commands.console import print_json, terminal
from motionloop.commands.options import (
    add_json,
    add_sources,
    add_where,
    add_window,
    at_least,
    new_name,
)
from motionloop.errors import DatasetError, OptionsError
from motionloop.model.package import input_spec
from motionloop.recordings.content_hash import joined_hash
from motionloop.recordings.facts import Facts
from motionloop.recordings.named_split import (
    PERSON,
    SESSION,
    NamedSplit,
    load_split,
    splits_folder,
    stored_splits,
)
from motionloop.recordings.recording import Recording, Unreadable, refuse_unreadable
from motionloop.recordings.sources import find_facts, read_all_recordings
from motionloop.splits import SplitKind, fix_split
from motionloop.windows import collect_windows


def configure(parser: argparse.ArgumentParser) -> None:
    add_sources(parser)
    add_where(parser)
    add = parser.add_argument
    add("--fix-split", type=new_name, metavar="NAME", help="write down who is tested, once")
    add(
        "--held-out",
        metavar="NAMES",
        help="people or sessions in the test, with commas (default: chosen so that each label is "
        "on both sides)",
    )
    add(
        "--by", choices=[PERSON, SESSION], help="of the split (default: person if that is possible)"
    )
    add(
        "--seed",
        type=at_least(0),
        help="draw one of several good choices (default: the one of `train`)",
    )
    add_window(parser.add_argument_group("windows, of which --fix-split gives each side some"))
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    found, unreadable = find_facts(options.recordings)
    chosen = options.where.choose(found)
    only_of_a_split = (options.held_out, options.by, options.seed)
    if options.fix_split is None and only_of_a_split != (None, None, None):
        raise OptionsError("--held-out, --by and --seed are for --fix-split NAME.")
    if options.fix_split is not None:
        _fix_split(options)
    document = summary(chosen, unreadable) | {"splits": {}}
    for name, path in stored_splits(options.recordings).items():
        try:
            document["splits"][name] = _of_split(load_split(path), found)
        except DatasetError as error:
            document["problems"].append(str(error))
    if options.json:
        print_json(document)
    else:
        show(terminal(), document)
    refuse_unreadable(unreadable, len(found))


def _fix_split(options: argparse.Namespace) -> None:
    chosen = options.where.choose(read_all_recordings(options.recordings))
    recordings = [recording for recording in chosen if not recording.excluded]
    spec = input_spec(options.rate_hz, options.window, options.hop)
    fixed = fix_split(
        options.fix_split,
        recordings,
        collect_windows(recordings, spec),
        _names(options.held_out, recordings),
        SplitKind(options.by) if options.by else None,
        options.seed,
    )
    path = fixed.save(splits_folder(options.recordings[0]))
    terminal(stderr=options.json).print(
        f"{path}: use it with `--split {shlex.quote(fixed.name)}`.", soft_wrap=True
    )


def _names(text: str | None, recordings: Sequence[Recording]) -> list[str] | None:
    """The names in --held-out; a name with a comma can be given alone."""
    if text is None:
        return None
    known = {name for one in recordings for name in (one.wearer, one.name)}
    return [text] if text in known else [name.strip() for name in text.split(",")]


def _of_split(one: NamedSplit, facts: Sequence[Facts]) -> dict[str, Any]:
    return {
        "words": one.words(),
        "by": one.by,
        "held_out": list(one.held_out),
        "changes": one.changes(facts),
    }


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
    """What `--json` prints, for people."""
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
    for of_one in document["splits"].values():
        console.print(of_one["words"], soft_wrap=True)
        for change in of_one["changes"]:
            console.print(change, style="yellow", soft_wrap=True)
    if document["synthetic_sessions"]:
        console.print(f"Synthetic sessions: {document['synthetic_sessions']}.", style="yellow")
    if document["excluded"]:
        console.print(f"Excluded from trainings: {', '.join(document['excluded'])}", style="yellow")
    console.print(f"SHA-256 {document['sha256']}", soft_wrap=True)
