"""List the labels of all recordings, or give them new names everywhere at once.

`motionloop labels --rename "Walking =walking" walkng=walking` makes one label of three. Each
recording keeps the version before as recording.json.bak. A recording is changed wholly or not at
all; the exit status is 1 if one was not.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from motionloop.commands.console import print_json, terminal
from motionloop.commands.options import add_json, add_recordings, add_where
from motionloop.errors import MotionLoopError
from motionloop.recordings.checks.names import groups_alike
from motionloop.recordings.recording import open_all
from motionloop.recordings.relabel import LabelUse, label_uses, parse_renames, rename_everywhere


def configure(parser: argparse.ArgumentParser) -> None:
    add_recordings(parser)
    add_where(parser)
    parser.add_argument(
        "--rename", nargs="+", metavar="OLD=NEW", help="NEW may be there already: they are joined"
    )
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    console = terminal(stderr=options.json)
    found = open_all(options.recordings)
    chosen = options.where.choose(found.recordings)
    if not options.rename:
        uses = label_uses(chosen)
        _show(console, options, uses)
        for group, difference in groups_alike(use.label for use in uses):
            listed = ", ".join(map(repr, group))
            console.print(f"{listed} differ in {difference}: one label?", style="yellow")
        found.all_readable()
        return
    renames = parse_renames(options.rename)
    done = rename_everywhere(chosen, renames)
    changed = [one for one in done if one.error is None]
    failed = [one for one in done if one.error is not None]
    console.print(
        f"Stretches with a new label: {sum(one.segments for one in changed)}, in {len(changed)} "
        f"of {len(chosen)} recordings. The version before is recording.json.bak in each.",
        soft_wrap=True,
    )
    _show(console, options, label_uses(open_all(options.recordings).recordings))
    if failed:
        causes = "\n".join(f"- {one.error}" for one in failed)
        raise MotionLoopError(f"Recordings that were not changed: {len(failed)}.\n{causes}")
    found.all_readable()


def _show(console: Console, options: argparse.Namespace, uses: list[LabelUse]) -> None:
    if options.json:
        print_json({"labels": [asdict(use) for use in uses]})
    else:
        console.print(_table(uses))


def _table(uses: list[LabelUse]) -> Table:
    table = Table("Label", "Seconds", "Stretches", "Recordings", "People")
    for use in uses:
        people = ", ".join(person or "no name" for person in use.people)
        # In quotes only where spaces could not be seen otherwise.
        shown = use.label if use.label == use.label.strip() else repr(use.label)
        table.add_row(shown, f"{use.seconds:.0f}", str(use.segments), str(use.recordings), people)
    return table
