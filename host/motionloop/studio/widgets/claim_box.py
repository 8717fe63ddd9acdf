"""Whether a push makes a board without an owner the user's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from motionloop.language import tr
from motionloop.studio.session import Session
from motionloop.studio.widgets.elements import CheckBox

if TYPE_CHECKING:
    from motionloop.studio.boards.board_link import BoardLink


class ClaimBox(CheckBox):
    """A box beside a button that pushes. There is one answer in the whole window."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Make the board mine"))
        self.setToolTip(
            tr(
                "With a tick, only you can push to the board from then on. Remove the tick for a "
                "board that others push to, too, such as one that is lent"
            )
        )
        self._preferences = session.preferences
        self._show_answer()
        self.toggled.connect(self._preferences.set_claims)
        self._preferences.claims_changed.connect(self._show_answer)
        self.hide()

    def show_for(self, links: Iterable[BoardLink]) -> None:
        """Show the box if one of the boards has no owner."""
        self.setVisible(any(link.has_no_owner for link in links))

    def _show_answer(self) -> None:
        self.setChecked(self._preferences.claims)
