"""One line of the check: what was asked, what was found, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from motionloop.assignment.submission import in_words

Part = TypeVar("Part")


@dataclass(frozen=True)
class Finding:
    """What was found; `passed` None is left to the teacher. `advice` says what to do if not."""

    passed: bool | None
    found: str
    advice: str = ""


@dataclass(frozen=True)
class Check:
    """A finding with what was asked. `points` of `of` were earned; None: the teacher gives them."""

    name: str
    title: str
    asked: str
    found: str
    passed: bool | None
    points: int | None
    of: int
    advice: str


class NotThereError(Exception):
    """What a check needs is not there yet. `advice` says how to make it."""

    def __init__(self, found: str, advice: str) -> None:
        super().__init__(found)
        self.advice = advice


def needed(part: Part | None, faults: list[str], advice: str) -> Part:
    """The part of a folder that a check needs. Raises NotThereError with the folder's faults."""
    if part is None:
        raise NotThereError(" ".join(faults), advice)
    return part


def checked(name: str, title: str, asked: str, of: int, find: Callable[[], Finding]) -> Check:
    """Look, and say what was found: an error is a finding, too, and hides no other check."""
    try:
        finding = find()
    except NotThereError as error:
        finding = Finding(False, str(error), error.advice)
    except Exception as error:  # whatever a broken file does, the other checks are made
        finding = Finding(False, in_words(error))
    points = {True: of, False: 0, None: None}[finding.passed]
    advice = finding.advice if finding.passed is False else ""
    return Check(name, title, asked, finding.found, finding.passed, points, of, advice)
