"""The activities that boards recognised: those of the last minutes, and seconds per day."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSettings

SHOWN_S = 180.0
_LONGEST_STEP_S = 10.0  # a longer silence counts for no activity


@dataclass(frozen=True)
class Moment:
    """`label` (None: unknown) was recognised at `at_s` of time.monotonic and held `seconds`."""

    at_s: float
    seconds: float
    label: str | None


class ActivityLog:
    """Activities by the board's address; the settings keep the day's seconds."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings
        self._moments: dict[str, deque[Moment]] = {}
        self._last_us: dict[str, int] = {}

    def add(self, address: str, t_us: int, label: str | None) -> None:
        """A prediction at device time `t_us`; it holds since the one before."""
        step_s = (t_us - self._last_us.get(address, t_us)) / 1e6
        step_s = step_s if 0 < step_s <= _LONGEST_STEP_S else 0.0
        self._last_us[address] = t_us
        moments = self._moments.setdefault(address, deque())
        now_s = time.monotonic()
        moments.append(Moment(now_s, step_s, label))
        while moments and moments[0].at_s < now_s - SHOWN_S:
            moments.popleft()
        if label is not None:
            key = f"{self._key(address)}/{label}"
            self._settings.setValue(key, self._seconds(key) + step_s)

    def moments(self, address: str) -> list[Moment]:
        """The moments of the last SHOWN_S, the oldest first."""
        return list(self._moments.get(address, ()))

    def today(self, address: str) -> dict[str, float]:
        """Seconds of each activity since midnight, the longest first."""
        self._settings.beginGroup(self._key(address))
        try:
            found = {
                label: float(self._settings.value(label)) for label in self._settings.childKeys()
            }
        finally:
            self._settings.endGroup()
        return dict(sorted(found.items(), key=lambda item: -item[1]))

    def _seconds(self, key: str) -> float:
        return float(str(self._settings.value(key, 0.0)))

    def _key(self, address: str) -> str:
        today = date.today().isoformat()
        if self._settings.value("today/date", "") != today:
            self._settings.remove("today")
            self._settings.setValue("today/date", today)
        return f"today/{address.replace('/', '-')}"
