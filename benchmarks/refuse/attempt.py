"""One thing that a board must not do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Attempt:
    """Something to try on a board.

    Attributes:
        name: What is wrong with it.
        succeeds: Tries it; whether the board takes it or is changed by it.
    """

    name: str
    succeeds: Callable[[], bool]
