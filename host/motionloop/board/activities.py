"""The activities that a board recognised: those of the last minutes, and seconds of each."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

SHOWN_S = 180.0
_LONGEST_STEP_S = 10.0  # a longer silence counts for no activity


@dataclass(frozen=True)
class Moment:
    """One prediction, as a stretch of time.

    Attributes:
        at_s: Arrival, of time.monotonic.
        seconds: How long the activity held, since the prediction before.
        label: The activity; None for unknown.
    """

    at_s: float
    seconds: float
    label: str | None


class Activities:
    """The activities of one board.

    Args:
        now_s: The host's clock.

    Attributes:
        seconds: Of each label since the beginning; None stands for unknown.
    """

    seconds: dict[str | None, float]

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self.seconds = {}
        self._now_s = now_s
        self._moments: deque[Moment] = deque()
        self._last_us: int | None = None

    def add(self, t_us: int, label: str | None) -> Moment:
        """Add a prediction.

        Args:
            t_us: Its device time.
            label: The activity; None for unknown.

        Returns:
            The moment, which lasts from the prediction before to this one.
        """
        step_s = 0.0 if self._last_us is None else (t_us - self._last_us) / 1e6
        self._last_us = t_us
        moment = Moment(self._now_s(), step_s if 0 < step_s <= _LONGEST_STEP_S else 0.0, label)
        self._moments.append(moment)
        while self._moments[0].at_s < moment.at_s - SHOWN_S:
            self._moments.popleft()
        self.seconds[label] = self.seconds.get(label, 0.0) + moment.seconds
        return moment

    @property
    def moments(self) -> list[Moment]:
        """The moments of the last SHOWN_S before the newest, the oldest first."""
        return list(self._moments)
