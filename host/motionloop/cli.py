"""The command line: one subcommand per file in `commands`, errors in words, once, here."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Any

from rich.text import Text

from motionloop.commands.console import terminal
from motionloop.errors import MotionLoopError

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
    "package": "show what is in a model package, and where",
    "live": "watch what a board recognises",
    "share": "give a board's motion and activity to the Lab Streaming Layer",
    "start-assignment": "make the folder in which a pupil does an assignment",
    "check-assignment": "check pupils' folders, and write a report to grade",
    "merge-class": "copy a class's recordings into one folder, under pseudonyms",
    "flash": "build the firmware, upload it over USB, push the model again",
    "doctor": "check this computer, the radio and the boards, and say what to do",
}

Run = Callable[[argparse.Namespace], Awaitable[None]]
_log = logging.getLogger(__name__)


def module_of(command: str) -> str:
    """The module of a command in `commands`: a word of Python's own has an underscore behind it."""
    name = command.replace("-", "_")
    return f"{name}_" if iskeyword(name) else name


def build_parser(chosen: str | None) -> argparse.ArgumentParser:
    """The parser of all commands, with the options of the chosen one."""
    parser = argparse.ArgumentParser(
        prog="motionloop",
        description="Record motion, train a classifier, push it to the board, watch it live.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    _add_verbosity(parser, "verbosity")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        if name != chosen:
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


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command.

    Exit status 0: done; 1: an error, in words on stderr; 130, 143, 129: interrupted, terminated,
    its terminal closed, with recordings and links closed.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    chosen = next((word for word in given if not word.startswith("-")), None)
    options = build_parser(chosen).parse_args(given)
    from motionloop import log  # a command has time for it, help has not

    try:
        with log.writing(options.command, options.verbosity + options.more_verbosity):
            status = _status(options)
    except MotionLoopError as error:  # an impossible setting of the log
        _say_error(error)
        status = 1
    if status:
        sys.exit(status)


def _status(options: argparse.Namespace) -> int:
    """Run the command; returns the exit status."""
    run: Run = options.run
    try:
        asyncio.run(_until_ended(run, options))
    except _EndedBySignal as ended:
        _log.info("ended by signal %d", ended.number)
        return 128 + ended.number
    except MotionLoopError as error:
        _log.warning("%s: %s", type(error).__name__, error)
        _say_error(error)
        return 1
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output is gone
        return 1
    except KeyboardInterrupt:
        _log.info("interrupted")
        return 130
    except Exception:
        _log.exception("the command failed unexpectedly")
        return 1
    return 0


def _say_error(error: MotionLoopError) -> None:
    said = Text.assemble(("Error:", "bold red"), f" {error}")
    terminal(stderr=True).print(said, soft_wrap=True)


class _EndedBySignal(Exception):
    def __init__(self, number: int) -> None:
        self.number = number


async def _until_ended(run: Run, options: argparse.Namespace) -> None:
    """Run until the end. SIGTERM and SIGHUP cancel as Ctrl-C does, so that `run` closes all.

    A link that is not closed stays up on Linux, and nobody finds its board.
    """
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None
    received: list[int] = []

    def end(number: int) -> None:
        if not received:  # a second one must not break off the closing
            received.append(number)
            task.cancel()

    loop.set_exception_handler(_without_lost_buses)
    for number in _ending_signals():
        loop.add_signal_handler(number, end, number)
    try:
        await run(options)
    except BaseException as error:
        if received:  # with its terminal closed, even a last word can fail
            raise _EndedBySignal(received[0]) from error
        raise
    if received:
        raise _EndedBySignal(received[0])


def _ending_signals() -> list[int]:
    """The signals that end the program, less those that the caller ignores; on Windows none."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        return []
    numbers = (signal.SIGTERM, signal.SIGHUP)
    return [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]


def _without_lost_buses(loop: asyncio.AbstractEventLoop, problem: dict[str, Any]) -> None:
    """Ignore errors of a lost D-Bus that nobody waits for: the link's error reports the loss."""
    never_retrieved = "exception was never retrieved" in str(problem.get("message"))
    if never_retrieved and isinstance(problem.get("exception"), EOFError | OSError):
        return
    loop.default_exception_handler(problem)
