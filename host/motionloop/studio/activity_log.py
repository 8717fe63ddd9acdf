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
        self._date = ""  # of what is below
        self._today: dict[str, dict[str, float]] = {}  # by address, as the settings have it

    def add(self, address: str, t_us: int, label: str | None) -> None:
        """A prediction at device time `t_us`; it holds since the one before."""
        moment = self._boards.setdefault(address, Activities()).add(t_us, label)
        if label is not None:
            seconds = self._seconds(address)
            seconds[label] = seconds.get(label, 0.0) + moment.seconds
            self._settings.setValue(f"{_key(address)}/{label}", seconds[label])

    def moments(self, address: str) -> list[Moment]:
        """The moments of the last minutes, the oldest first."""
        return self._boards[address].moments if address in self._boards else []

    def today(self, address: str) -> dict[str, float]:
        """Seconds of each activity since midnight, the longest first."""
        return dict(sorted(self._seconds(address).items(), key=lambda item: -item[1]))

    def _seconds(self, address: str) -> dict[str, float]:
        today = date.today().isoformat()
        if self._date != today:
            self._date = today
            self._today.clear()
            if self._settings.value("today/date", "") != today:
                self._settings.remove("today")
                self._settings.setValue("today/date", today)
        if address not in self._today:
            self._today[address] = self._stored(address)
        return self._today[address]

    def _stored(self, address: str) -> dict[str, float]:
        self._settings.beginGroup(_key(address))
        try:
            return {
                label: float(str(self._settings.value(label)))
                for label in self._settings.childKeys()
            }
        finally:
            self._settings.endGroup()


def _key(address: str) -> str:
    return f"today/{address.replace('/', '-')}"
