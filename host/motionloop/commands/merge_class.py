"""Copy a class's recordings into one folder under pseudonyms; the pupils' folders stay untouched.

Then `motionloop evaluate CLASS/recordings` tests on one pupil after the other. The key, which says
who is who, stays with the teacher. A pseudonym is no anonymity: docs/lesson/teacher.md. The exit
status is 1 if something could not be used; the rest is merged.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.table import Table
from rich.text import Text

from motionloop.assignment.judge import pupils_folders
from motionloop.assignment.merge import Merged, default_key, merge_class
from motionloop.commands.console import print_json, terminal
from motionloop.commands.options import add_json
from motionloop.errors import AssignmentError


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("folders", type=Path, nargs="+", metavar="FOLDER", help="of a pupil, or of a class")
    add("--out", type=Path, required=True, metavar="CLASS", help="where the copies go")
    add(
        "--key",
        type=Path,
        metavar="FILE",
        help="who is who, read and written (default: beside CLASS, CLASS-key.json)",
    )
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    key = options.key or default_key(options.out)
    merged = merge_class(pupils_folders(options.folders), options.out, key)
    recordings = options.out / "recordings"
    if options.json:
        print_json(
            {
                "folder": recordings,
                "key": key,
                "recordings_of": merged.recordings,
                "left_out": merged.left_out,
                "notes": merged.notes,
            }
        )
    else:
        _show(merged, key, recordings)
    if merged.left_out:
        causes = "\n".join(f"- {what}" for what in merged.left_out)
        raise AssignmentError(f"Merged without what cannot be used:\n{causes}")


def _show(merged: Merged, key: Path, recordings: Path) -> None:
    console = terminal(soft_wrap=True)
    table = Table("Pseudonym", "Recordings")
    for pseudonym, count in sorted(merged.recordings.items()):
        table.add_row(pseudonym, str(count))
    console.print(table)
    for note in merged.notes:
        console.print(Text(note, "yellow"))
    console.print(Text(f"The key is {key}: keep it, and do not give it away with the recordings."))
    console.print(Text(f"Next: motionloop evaluate {recordings}"))
