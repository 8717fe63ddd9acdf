"""The command line: runs a command, and says its errors in words, once, here."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from rich.text import Text

from motionloop.commands.console import terminal
from motionloop.commands.parser import build_parser
from motionloop.errors import MotionLoopError

_INTERRUPTED, _READER_GONE = 130, 141  # as of a program that SIGINT or SIGPIPE ends

Run = Callable[[argparse.Namespace], Awaitable[None]]
_log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command. docs/command-line.md lists the exit status."""
    try:
        status = _run(list(sys.argv[1:] if arguments is None else arguments))
    except MotionLoopError as error:  # an impossible setting of the log
        _say_error(str(error))
        status = error.exit_status
    except KeyboardInterrupt:  # before the command began
        status = _INTERRUPTED
    if status:
        sys.exit(status)


def _run(given: list[str]) -> int:
    """Run the command in these words; returns the exit status."""
    words = [word for word in given if not word.startswith("-")]
    options = build_parser(*words[:1]).parse_args(given)
    from motionloop import log  # a command has time for it, help has not

    with log.writing(options.command, options.verbosity + options.more_verbosity):
        try:
            asyncio.run(_until_ended(options.run, options))
            print(end="", flush=True)
        except _EndedBySignal as ended:
            _log.info("ended by signal %d", ended.number)
            return 128 + ended.number
        except KeyboardInterrupt:
            _log.info("interrupted")
            return _INTERRUPTED
        except BrokenPipeError:
            _forget_output()
            return _READER_GONE
        except MotionLoopError as error:
            _log.warning("%s: %s", type(error).__name__, error)
            _say_error(str(error))
            return error.exit_status
        except Exception as error:
            _log.error("the command failed unexpectedly", exc_info=True, extra=log.SAID_IN_WORDS)
            _say_error(_unexpected(error, log.words()))
            _forget_output()
            return 1
    return 0


def _unexpected(error: Exception, details: str) -> str:
    """An error that no other place knew, in words."""
    if isinstance(error, OSError):
        what = f"{error.filename}: {error.strerror}" if error.filename else error.strerror or error
        return f"The system refused something ({what}). Check the disk and permissions. {details}"
    return (
        f"MotionLoop has a fault ({type(error).__name__}: {error}), and the command was broken "
        f"off. {details} Report it, please."
    )


def _forget_output() -> None:
    """Drop what stdout still holds, if it takes no more: Python would try again at the end."""
    try:
        print(end="", flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say_error(text: str) -> None:
    said = Text.assemble(("Error:", "bold red"), f" {text}")
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
