"""Make the folder in which a pupil does an assignment: what is asked, and a page for the answers.

Teachers write their own copy with `--template FILE`, edit it, and give it out with `--from FILE`:
the right choices stay in the teacher's copy. docs/lesson/teacher.md has the rest.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.text import Text

from motionloop.assignment.answers import ANSWERS_FILE
from motionloop.assignment.start import start_assignment, write_template
from motionloop.assignment.task import TEMPLATE
from motionloop.commands.console import print_json, terminal
from motionloop.commands.options import add_json
from motionloop.errors import OptionsError


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("folder", type=Path, nargs="?", metavar="FOLDER", help="of the pupil; is made")
    add(
        "--from",
        dest="teachers",
        type=Path,
        default=TEMPLATE,
        metavar="FILE",
        help="the teacher's assignment.toml (default: the one that comes with MotionLoop)",
    )
    add("--template", type=Path, metavar="FILE", help="write a teacher's copy to edit, and no more")
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    if (options.folder is None) == (options.template is None):
        raise OptionsError("Name the pupil's FOLDER, or a FILE for --template: one of the two.")
    console = terminal(soft_wrap=True)
    if options.template is not None:
        write_template(options.template)
        if options.json:
            print_json({"template": options.template})
            return
        console.print(
            Text(
                f"{options.template} is the teacher's copy. Edit it, then: motionloop "
                f"start-assignment FOLDER --from {options.template}"
            )
        )
        return
    assignment = start_assignment(options.folder, options.teachers)
    answers = options.folder / ANSWERS_FILE
    if options.json:
        print_json({"folder": options.folder, "title": assignment.title, "answers": answers})
        return
    console.print(
        Text(
            f"{options.folder} holds the assignment “{assignment.title}”. Read "
            f"{answers} and do what it says, inside that folder. Check it "
            f"with: motionloop check-assignment {options.folder}"
        )
    )
