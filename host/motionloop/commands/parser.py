"""All commands and their options: one subcommand per file beside this one."""

from __future__ import annotations

import argparse
from importlib import import_module
from keyword import iskeyword

# In the order of the loop. The module of a command in `commands` has its name with _ for -, adds
# its options to a parser (`configure`) and does the work (`run`, an async function of the parsed
# arguments). Only the chosen command's module is imported: radio and tables take a second.
COMMANDS = {
    "demo": "run the whole loop once on a virtual board",
    "studio": "open the window: the whole loop with buttons and keys",
    "virtual-board": "run a board without hardware",
    "scan": "list the boards in range",
    "info": "show what a board says of itself and has counted",
    "record": "record motion, labelled if you say what is being done",
    "dataset": "show what the recordings are together, choose some, fix who is tested",
    "recordings": "list the recordings and what is wrong with them",
    "export": "write recordings for other programs: CSV, Parquet, Edge Impulse, XDF, ELAN, zip",
    "import": "bring motion from files of other programs into recordings",
    "edit": "say who wore a board and where, exclude recordings from trainings, or delete them",
    "label": "label a stretch of a recording",
    "labels": "list all labels, or rename and join them in all recordings at once",
    "train": "train a model from recordings",
    "variants": "compare a model pruned, clustered and quantized in several ways",
    "pretrain": "train a backbone on many people's recordings, to begin models with",
    "tune": "search for the best trade-offs of accuracy, arena and work",
    "evaluate": "test honestly, on people and sessions left out, and write a report",
    "push": "push a model to a board",
    "rollback": "go back to the model before",
    "owner": "show your key and whose a board is, say who may read it, take the key along",
    "package": "show what is in a model package, and where",
    "live": "watch what a board recognises",
    "share": "give a board's motion and activity to the Lab Streaming Layer and to homes (MQTT)",
    "start-assignment": "make the folder in which a pupil does an assignment",
    "check-assignment": "check pupils' folders, and write a report to grade",
    "merge-class": "copy a class's recordings into one folder, under pseudonyms",
    "flash": "build the firmware, upload it over USB, push the model again",
    "doctor": "check this computer, the radio and the boards, and say what to do",
    "completion": "print the script by which a shell completes commands, options and paths",
}


def module_of(command: str) -> str:
    """The module of a command in `commands`: a word of Python's own has an underscore behind it."""
    name = command.replace("-", "_")
    return f"{name}_" if iskeyword(name) else name


def build_parser(*chosen: str) -> argparse.ArgumentParser:
    """The parser of all commands, with the options of the chosen ones."""
    parser = argparse.ArgumentParser(
        prog="motionloop",
        description="Record motion, train a classifier, push it to the board, watch it live.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    _add_verbosity(parser, "verbosity")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        if name not in chosen:
            subparsers.add_parser(name, help=summary)
            continue
        module = import_module(f"motionloop.commands.{module_of(name)}")
        subparser = subparsers.add_parser(
            name,
            help=summary,
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.configure(subparser)
        _add_verbosity(subparser, "more_verbosity")  # options before COMMAND add to it
        subparser.set_defaults(run=module.run)
    return parser


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from motionloop.version import version  # looked up only on demand

        print(version())
        parser.exit()


def _add_verbosity(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument(
        "-v",
        action="count",
        default=0,
        dest=name,
        help="print events on stderr; -vv: print each step, there and in the log file",
    )
