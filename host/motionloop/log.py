"""The log: a file per process and, with -v, stderr.

Modules log through `logging.getLogger(__name__)`, in these levels:

    debug    each command and step, for the search of a fault
    info     events: connected, scanned, pushed, trained
    warning  faults that the program dealt with or reported to the user
    error    a fault of the program, with a traceback

Nothing is logged per sample, packet or notification. docs/trouble.md is about the files.
"""

from __future__ import annotations

import logging
import os
import platform
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import platformdirs

from motionloop.errors import MotionLoopError
from motionloop.language import in_english, tr
from motionloop.plain_text import plain
from motionloop.version import version

VARIABLE = "MOTIONLOOP_LOG"
MAX_FILE_BYTES = 500_000  # a run has at most two such files: the newest and the one before
KEPT_RUNS = 5  # of each kind of process

_OFF = "off"
_LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
    _OFF: logging.CRITICAL,
}
_CONSOLE_LEVELS = (logging.ERROR, logging.INFO, logging.DEBUG)  # without -v, with -v, with -vv
_RADIO_LIBRARIES = ("bleak", "bumble")  # a broken link is an error to them; ours say it in words

SAID_IN_WORDS = {"said_in_words": True}  # `extra` of a fault that the user is told in words

_LINE = "%(asctime)s.%(msecs)03d %(levelname)s %(name)s: %(message)s"

_log = logging.getLogger(__name__)


@contextmanager
def writing(kind: str, verbosity: int = 0) -> Iterator[None]:
    """Log until the context ends.

    A file that cannot be written is no error: `current_file` is None then.

    Args:
        kind: The kind of process, such as the subcommand's name; the file's name begins with it.
        verbosity: 1 (-v) shows events on stderr; 2 (-vv) shows all, on stderr and in the files of
            this process and of the processes that it starts.

    Raises:
        MotionLoopError: MOTIONLOOP_LOG is no level.
    """
    file_level = _asked_level()
    if verbosity > 1 and file_level != _LEVELS[_OFF]:
        os.environ[VARIABLE], file_level = "debug", logging.DEBUG
    console_level = _CONSOLE_LEVELS[min(verbosity, 2)]
    about = (
        f"{in_english(version())}, Python {platform.python_version()}, {platform.platform()}: "
        f"{kind}, process {os.getpid()}"
    )
    handlers: list[logging.Handler] = [_Console(console_level)]
    if file_level != _LEVELS[_OFF]:
        with suppress(OSError):
            handlers.append(_File(_new_file(kind), file_level, about))
    levels = {"motionloop": min(file_level, console_level)}
    levels |= dict.fromkeys(_RADIO_LIBRARIES, logging.WARNING)
    before = {name: logging.getLogger(name).level for name in levels}
    hooks = sys.excepthook, threading.excepthook
    root = logging.getLogger()
    try:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
        for handler in handlers:
            root.addHandler(handler)
        sys.excepthook, threading.excepthook = _unexpected, _unexpected_in_thread
        _log.info("%s", about)
        yield
    finally:
        sys.excepthook, threading.excepthook = hooks
        for handler in handlers:
            root.removeHandler(handler)
            with suppress(OSError):  # a full disk
                handler.close()
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


def folder() -> Path:
    """The folder of the log files; it need not exist."""
    # The variable keeps all that a process leaves behind in one place: see virtual.registry.
    if set_by_user := os.environ.get("MOTIONLOOP_RUNTIME_DIR"):
        return Path(set_by_user) / "log"
    return Path(platformdirs.user_log_dir("motionloop", appauthor=False))


def current_file() -> Path | None:
    """The log file of this process; None without a file."""
    files = (h for h in logging.getLogger().handlers if isinstance(h, _File))
    return next((Path(handler.baseFilename) for handler in files), None)


def words() -> str:
    """Where the details of a fault are, in words."""
    file = current_file()
    return "-v shows the details." if file is None else f"The details are in {file}."


def is_off() -> bool:
    """Whether the user wants no file."""
    return _asked_level() == _LEVELS[_OFF]


def _asked_level() -> int:
    name = os.environ.get(VARIABLE) or "info"
    try:
        return _LEVELS[name.lower()]
    except KeyError:
        raise MotionLoopError(
            tr(
                "The environment variable {variable} must be one of {levels}, not {name!r}.",
                variable=VARIABLE,
                levels=", ".join(_LEVELS),
                name=name,
            )
        ) from None


def _new_file(kind: str) -> Path:
    """A name that no other process has; the oldest files of this kind are removed.

    Raises:
        OSError: The folder cannot be made.
    """
    there = folder()
    there.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A digit: files of "train" are none of "train-...". The names sort by time.
    runs = sorted({file.name.partition(".")[0] for file in there.glob(f"{kind}-[0-9]*.log*")})
    for run in runs[: max(0, len(runs) - KEPT_RUNS + 1)]:
        for file in there.glob(f"{run}.log*"):
            with suppress(OSError):  # another process removed it, or on Windows still writes it
                file.unlink()
    return there / f"{kind}-{datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}.log"


class _File(RotatingFileHandler):
    """The log file of this process. Each file begins with the program and its version."""

    def __init__(self, path: Path, level: int, about: str) -> None:
        super().__init__(path, maxBytes=MAX_FILE_BYTES, backupCount=1, encoding="utf-8")
        self.setLevel(level)
        self.setFormatter(_Formatter(_LINE, "%Y-%m-%d %H:%M:%S"))
        self._about = about

    def doRollover(self) -> None:
        super().doRollover()
        assert self.stream is not None
        self.stream.write(f"{self._about}, continued\n")

    def handleError(self, record: logging.LogRecord) -> None:
        # A full disk must not disturb the program; a mistake in a log text must be seen.
        if not isinstance(sys.exception(), OSError):
            super().handleError(record)


class _Formatter(logging.Formatter):
    """Keeps the user's name, which the home directory has, out of the file.

    A text from elsewhere steers nothing and begins no line that looks like another event.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:
        return plain(super().formatMessage(record)).replace("\n", "\n    ")

    def format(self, record: logging.LogRecord) -> str:
        text, home = super().format(record), os.path.expanduser("~")
        return text.replace(home, "~") if len(home) > 1 else text


class _Console(logging.StreamHandler):  # type: ignore[type-arg]
    """Our records of `level`; other libraries' warnings as they come without any handler."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level
        self.setFormatter(_Formatter(_LINE, "%H:%M:%S"))

    def filter(self, record: logging.LogRecord) -> bool:
        library = record.name.partition(".")[0]
        if library in _RADIO_LIBRARIES:
            return self._level < logging.WARNING
        if getattr(record, "said_in_words", False) and self._level >= logging.ERROR:
            return False
        return record.levelno >= (self._level if library == "motionloop" else logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr  # now: a progress bar replaces stderr by its own
        super().emit(record)


def _unexpected(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    """Log an error that nobody catches, such as an error in a slot of Qt."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, traceback)
    else:
        _log.error("an unexpected error", exc_info=(kind, error, traceback))


def _unexpected_in_thread(problem: threading.ExceptHookArgs) -> None:
    if problem.exc_value is not None and not issubclass(problem.exc_type, SystemExit):
        _unexpected(problem.exc_type, problem.exc_value, problem.exc_traceback)
