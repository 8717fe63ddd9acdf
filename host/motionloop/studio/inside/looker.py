"""Opens the dialog of a page. What only the dialog needs is imported when it is first opened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from motionloop.studio.session import Session

if TYPE_CHECKING:
    from motionloop.studio.inside.look_inside import LookInside
    from motionloop.studio.inside.series import Series


class Looker:
    """Opens the dialog of a page, on what takes a moment to read."""

    def __init__(self, session: Session, page: QWidget) -> None:
        self._session, self._page = session, page
        self.dialog: LookInside | None = None

    def open(self, make: Callable[[], Series]) -> None:
        """Have `make` read windows in a thread, then show them; its error goes to the banner."""

        async def work() -> None:
            series = await asyncio.to_thread(make)
            self._session.post(lambda: self._show(series))

        self._session.start("look for windows", work())

    def _show(self, series: Series) -> None:
        from motionloop.studio.inside.look_inside import LookInside

        if self.dialog is None:
            self.dialog = LookInside(self._session, self._page)
        self.dialog.open_series(series)
