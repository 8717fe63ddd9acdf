"""The line at the foot of the window: what it says first where it is narrow."""

from __future__ import annotations

import pytest

from motionloop.studio.boards import sample_ring
from motionloop.studio.boards.board_link import LinkState
from tests.studio.conftest import Studio
from tests.studio.pages.test_room import fake_link


@pytest.mark.parametrize("language", ["de"])
def test_lost_samples_are_read_on_a_small_screen(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample_ring, "SILENT_AFTER_S", 0.0)
    session, strip = studio.session, studio.window.strip
    link = fake_link(session, 1)
    link.model_name = "20261201-015648"
    link.state = LinkState.LOST
    session.links[link.address] = session.current = link
    session.virtual_activity = "standing"
    session.wearer_changed.emit()
    strip.refresh()
    studio.window.resize(1024, 640)
    studio.window.grab()  # has it laid out
    rate, lost, *_ = strip.quality.words.split("   ")
    assert strip.width() <= 1024
    assert strip.quality.text().startswith(f"{rate}   {lost}")
    assert link.silence in strip.board.text()
    session.links.clear()
