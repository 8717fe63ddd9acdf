"""The banner: over the page, and gone with its cause."""

from __future__ import annotations

import pytest

from motionloop.errors import MotionLoopError
from tests.studio.conftest import Studio


def test_nothing_moves_under_a_banner(studio: Studio) -> None:
    studio.window.show_page("Connect")
    view = studio.window.page("Connect")
    studio.until(lambda: view.scan_button.isVisible())
    place, size = view.scan_button.mapToGlobal(view.scan_button.pos()), view.size()
    studio.session.failed.emit("It went wrong. Try again.")
    assert studio.window.banner.isVisible()
    studio.until(lambda: studio.window.banner.height() > 0)
    assert (view.scan_button.mapToGlobal(view.scan_button.pos()), view.size()) == (place, size)


def test_a_banner_goes_when_another_page_is_shown(studio: Studio) -> None:
    studio.window.show_page("Connect")
    studio.session.failed.emit("It went wrong. Try again.")
    studio.window.show_page("Connect")
    assert studio.window.banner.isVisible()
    studio.window.show_page("Record")
    assert not studio.window.banner.isVisible()


def test_a_banner_goes_when_its_work_is_tried_again(studio: Studio) -> None:
    async def fail() -> None:
        raise MotionLoopError("It went wrong. Try again.")

    async def succeed() -> None:
        pass

    banner = studio.window.banner
    studio.session.start("try", fail())
    studio.until(banner.isVisible)
    studio.session.start("something else", succeed())
    assert banner.isVisible()
    studio.session.start("try", succeed())
    assert not banner.isVisible()


@pytest.mark.system
def test_no_board_is_no_concern_once_one_is_connected(studio: Studio) -> None:
    studio.session.start_recording()
    assert studio.window.banner.isVisible()
    studio.session.start_virtual_board()
    studio.until(lambda: studio.session.current)
    assert not studio.window.banner.isVisible()
