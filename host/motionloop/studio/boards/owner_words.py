"""What the user reads about a board's owner, and about a model that the board dropped. No Qt."""

from __future__ import annotations

from motionloop import wire
from motionloop.board.client import BoardClient
from motionloop.board.ownership import Whose
from motionloop.errors import OwnerKeyError
from motionloop.language import tr
from motionloop.owner_key import fingerprint


def whose_or_none(client: BoardClient) -> Whose | None:
    """Whose the board is; None if it has an owner and the user's key cannot be read."""
    try:
        return client.whose
    except OwnerKeyError:  # a push says why: without one the key is not needed
        return None


def owner_words(info: wire.Info, whose: Whose | None, claims: bool) -> str:
    """Whose the board is, in words; `whose` is from `whose_or_none`, and `claims` whether a push
    makes nobody's board the user's."""
    match whose:
        case Whose.NOBODYS if not claims:
            return tr("nobody's: a push leaves it so")
        case Whose.NOBODYS:
            return tr("nobody's: the first push makes it yours")
        case Whose.OURS:
            return tr("yours", "of a board")
        case Whose.ANOTHERS:
            return tr("another's (key id {owner})", owner=fingerprint(info.owner_id))
        case None:
            return tr(
                "the owner's key id is {owner}, and your key cannot be read",
                owner=fingerprint(info.owner_id),
            )


def dropped_words(info: wire.Info) -> str:
    """That a model ended the board twice and is in use no more; empty if none did."""
    if not info.flags & wire.BoardFlag.MODEL_DROPPED:
        return ""
    if info.active_slot == wire.NO_SLOT:
        return tr("The last model ended the board twice in a row: the board runs none now.")
    return tr("The last model ended the board twice in a row: the board runs the one before.")
