"""What the strip at the foot of the window says of the current board."""

from __future__ import annotations

import pytest

from motionloop.studio.boards import sample_ring
from motionloop.studio.boards.board_link import LinkState
from motionloop.studio.widgets.status_strip import StatusStrip
from tests.studio.conftest import Studio
from tests.studio.pages.test_room import fake_link


@pytest.mark.parametrize("state", [LinkState.CONNECTED, LinkState.LOST])
def test_no_board_has_no_colour_of_the_board_before(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, state: LinkState
) -> None:
    monkeypatch.setattr(sample_ring, "SILENT_AFTER_S", 1e9)
    session = studio.session
    strip = StatusStrip(session)
    session.current = fake_link(session, 1)
    session.current.state = state
    strip.refresh()
    assert strip.board.property("danger") or strip.board.property("good")
    session.current = None
    strip.refresh()
    assert strip.board.text() == "No board connected"
    assert not strip.board.property("danger")
    assert not strip.board.property("good")
