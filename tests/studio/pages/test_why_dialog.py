"""The answer to "Why is it wrong on me?": whom it is about."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from motionloop.errors import MotionLoopError
from motionloop.model.package import unpack_package
from motionloop.studio.boards.why import Why
from motionloop.studio.pages import why_dialog
from tests.studio.conftest import Studio
from tests.studio.pages.test_room import fake_link


def test_it_is_about_the_boards_own_pupil(
    studio: Studio, qtbot: QtBot, package: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, asked = studio.session, []

    def explain(*_: object, wearer: str, **__: Any) -> Why:
        asked.append(wearer)
        raise MotionLoopError("That is all.")

    monkeypatch.setattr(why_dialog, "explain", explain)
    link = fake_link(session, 1)
    link.package = unpack_package(package)
    session.preferences.set_wearer("Ada", "")
    dialog = why_dialog.WhyDialog(session, link, [], studio.window)
    qtbot.addWidget(dialog)
    studio.until(lambda: asked)
    session.preferences.set_pupil(link.address, "Bo")
    dialog = why_dialog.WhyDialog(session, link, [], studio.window)
    qtbot.addWidget(dialog)
    studio.until(lambda: len(asked) == 2)
    assert asked == ["Ada", "Bo"]
