"""The seconds of the day, which the settings keep."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from motionloop.studio import activity_log
from motionloop.studio.activity_log import ActivityLog

WHERE = "C0:00:00:00:00:01"


def test_a_day_goes_on_after_a_restart_and_ends_at_midnight(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened() -> ActivityLog:
        file = str(tmp_path / "studio.ini")
        return ActivityLog(QSettings(file, QSettings.Format.IniFormat))

    class Day(date):
        number = 1

        @classmethod
        def today(cls) -> Day:
            return cls(2026, 5, cls.number)

    monkeypatch.setattr(activity_log, "date", Day)
    log = opened()
    for second, label in enumerate(["walking", "walking", "sitting", None, "walking", "walking"]):
        log.add(WHERE, second * 1_000_000, label)
    assert list(log.today(WHERE).items()) == [("walking", 3.0), ("sitting", 1.0)]
    assert log.today("another board") == {}

    again = opened()
    again.add(WHERE, 0, "sitting")
    again.add(WHERE, 2_000_000, "sitting")
    assert again.today(WHERE) == {"walking": 3.0, "sitting": 3.0}
    Day.number = 2
    assert again.today(WHERE) == {}
    again.add(WHERE, 3_000_000, "sitting")
    assert again.today(WHERE) == opened().today(WHERE) == {"sitting": 1.0}
