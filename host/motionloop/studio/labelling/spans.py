"""Stretches of time on a line of pixels, for thousands of them at the cost of a few.

A pixel shows the first stretch that touches it, so that none is too short to be seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Span(Protocol):
    """start_us <= t_us < end_us."""

    @property
    def start_us(self) -> int: ...
    @property
    def end_us(self) -> int: ...


class Spans:
    """Stretches in order of time that do not overlap: `start_us` and `end_us`, int64 [n]."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ends = [(span.start_us, span.end_us) for span in spans]
        self.start_us, self.end_us = np.array(ends, np.int64).reshape(-1, 2).T

    def on_pixels(self, start_us: float, end_us: float, pixels: int) -> NDArray[np.intp]:
        """The index of the stretch on each of `pixels` from `start_us` to `end_us`; -1 for none."""
        edges_us = np.linspace(start_us, end_us, pixels + 1)
        index = np.searchsorted(self.end_us, edges_us[:-1], side="right")
        begins_us = np.append(self.start_us, np.iinfo(np.int64).max)[index]
        return np.where(begins_us < edges_us[1:], index, -1)

    def longer_than(self, us: float, start_us: float, end_us: float) -> list[int]:
        """The stretches of at least `us` with some part between `start_us` and `end_us`."""
        in_view = (self.end_us > start_us) & (self.start_us < end_us)
        found: list[int] = np.flatnonzero(in_view & (self.end_us - self.start_us >= us)).tolist()
        return found
