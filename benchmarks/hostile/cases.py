"""A case: what somebody does who means harm, and what became of the program.

Each case has an empty folder of its own:

    work    where the program runs; the case may do there what it likes, and so may the program
    kept    files of a user, made by `prepare`: not a byte of them may change
"""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from motionloop.errors import MotionLoopError

LIMIT_S = 60.0  # of this computer's time per case
# What steers a terminal, and what is not seen.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


class Fault(StrEnum):
    """What must not become of the program."""

    TRACEBACK = "traceback"  # an error that no user can do anything with
    ENDLESS = "endless"  # it had to be broken off
    HARMED = "harmed"  # a file of the user changed, or a new one cannot be read
    UNCLEAR = "unclear"  # it did not say what the case expects, or steers the terminal


@dataclass(frozen=True)
class Case:
    """One thing that somebody does who means harm.

    Attributes:
        name: Unique; begins with what is attacked.
        run: Does it, with the real program, in the case's folder. Returns the text that a user
            saw, if any; raises what the program raises.
        says: Must be found in that text, or in the MotionLoopError that ended the program (a
            regular expression, in any case); empty for nothing in particular.
        prepare: Fills the case's folder; `work` and `kept` are there already.
        unharmed: Raises MotionLoopError or AssertionError when a file that is left cannot be used.
    """

    name: str
    run: Callable[[Path], str | None]
    says: str = ""
    prepare: Callable[[Path], object] = lambda place: None
    unharmed: Callable[[Path], object] = lambda place: None


@dataclass(frozen=True)
class Outcome:
    """What became of the program in a case; `fault` is None if it held."""

    name: str
    fault: Fault | None
    said: str
    seconds: float


def attempt(case: Case, place: Path) -> Outcome:
    """Run a case.

    Args:
        case: The case.
        place: An empty folder.

    Returns:
        What became of the program.
    """
    begin_s = time.monotonic()
    fault, said = _attempt(case, place)
    return Outcome(case.name, fault, said, time.monotonic() - begin_s)


def _attempt(case: Case, place: Path) -> tuple[Fault | None, str]:
    for folder in ("work", "kept"):
        (place / folder).mkdir()
    case.prepare(place)
    before = _content(place / "kept")
    try:
        with _time_limit(), chdir(place / "work"):
            said = case.run(place) or ""
    except MotionLoopError as error:
        said = str(error)
    except EndlessError as endless:
        return Fault.ENDLESS, str(endless)
    except Exception as error:
        return Fault.TRACEBACK, f"{type(error).__name__}: {error}"
    if (after := _content(place / "kept")) != before:
        changed = sorted(set(before.items()) ^ set(after.items()))
        return Fault.HARMED, f"changed: {', '.join(sorted({name for name, _ in changed}))}"
    try:
        case.unharmed(place)
    except (MotionLoopError, AssertionError) as error:
        return Fault.HARMED, str(error)
    if _CONTROLS.search(said) or not re.search(case.says, said, re.IGNORECASE | re.DOTALL):
        return Fault.UNCLEAR, said
    return None, said


class EndlessError(KeyboardInterrupt):
    """It had to be broken off. As an interrupt, since an event loop ends with it at once."""

    def __init__(self, words: str = f"broken off after {LIMIT_S:g} s") -> None:
        super().__init__(words)


@contextmanager
def _time_limit() -> Iterator[None]:
    """Raise EndlessError after LIMIT_S, and also if what runs inside has swallowed it."""
    passed = False

    def end(number: int, frame: object) -> None:
        nonlocal passed
        passed = True
        raise EndlessError

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, LIMIT_S, 1.0)  # again: the first may be swallowed
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if passed:
            raise EndlessError


def _content(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Mode and bytes of each file below a folder, links not followed."""
    files = {}
    for path in sorted(folder.rglob("*")):
        what = str(path.readlink()).encode() if path.is_symlink() else b""
        if path.is_file() and not path.is_symlink():
            what = path.read_bytes()
        files[str(path.relative_to(folder))] = (path.lstat().st_mode, what)
    return files
