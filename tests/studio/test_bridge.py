"""The bridge to asyncio's thread: what its work fails with."""

from __future__ import annotations

import logging

import pytest
from pytestqt.qtbot import QtBot

from motionloop.errors import MotionLoopError
from motionloop.studio.bridge import Bridge


async def fail(error: Exception) -> None:
    raise error


@pytest.mark.parametrize(
    ("error", "level", "in_words"),
    [
        (ZeroDivisionError("of nothing"), logging.ERROR, "went wrong (ZeroDivisionError: of nothi"),
        (MotionLoopError("No board."), logging.WARNING, "No board."),
    ],
)
def test_a_failure_is_in_the_banner_and_in_the_log(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture, error: Exception, level: int, in_words: str
) -> None:
    bridge = Bridge()
    try:
        with qtbot.waitSignal(bridge.failed) as failed:
            bridge.start("scan", fail(error))
    finally:
        bridge.close()
    assert failed.args is not None
    assert in_words in failed.args[0]
    (record,) = [r for r in caplog.records if r.name == "motionloop.studio.bridge"]
    assert (record.levelno, record.getMessage().partition(":")[0]) == (level, "scan")
    assert (record.exc_info is not None) is (level == logging.ERROR)
