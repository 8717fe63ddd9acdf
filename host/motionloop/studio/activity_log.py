"""The activities of all boards; the settings keep the day's seconds."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSettings

from motionloop.board.activities import Activities, Moment


class ActivityLog:
    """Activities by the board's address."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings
        self._boards: dict[str, Activities] = {}

    def add(self, address: str, t_us: int, label: str | None) -> None:
        """A prediction at device time `t_us`; it holds since the one before."""
        moment = self._boards.setdefault(address, Activities()).add(t_us, label)
        if label is not None:
            key = f"{self._key(address)}/{label}"
            self._settings.setValue(key, self._seconds(key) + moment.seconds)

    def moments(self, address: str) -> list[Moment]:
        """The moments of the last minutes, the oldest first."""
        return self._boards[address].moments if address in self._boards else []

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
