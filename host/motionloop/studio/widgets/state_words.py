"""The state of a link in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motionloop.language import tr

if TYPE_CHECKING:
    from motionloop.studio.boards.board_link import LinkState


def state_words(state: LinkState) -> str:
    """What the user reads for the state."""
    words = {
        "connecting": tr("connecting"),
        "connected": tr("connected"),
        "reconnecting": tr("reconnecting"),
    }
    return words[state.value]
