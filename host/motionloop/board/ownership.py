"""Whose a board is, and what its owner signs. `docs/security.md` has the rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from motionloop import wire
from motionloop.board.finding import FoundBoard
from motionloop.errors import BoardAnswerError, NotOwnerError
from motionloop.language import tr
from motionloop.owner_key import OwnerKey, fingerprint

# No clock that is right shows an earlier time: this program is from about then.
RELEASED_S = datetime(2026, 12, 1, tzinfo=UTC).timestamp()
MOST_AHEAD_S = timedelta(days=3653).total_seconds()  # of a counter that is believed
_MAX_COUNTER = 2**32 - 1


class Whose(StrEnum):
    """Whose a board is, seen by one user."""

    NOBODYS = "nobody's"
    OURS = "yours"
    ANOTHERS = "another's"


def is_owned(info: wire.Info) -> bool:
    """Whether a board has an owner.

    Args:
        info: The board's Info.

    Returns:
        False if everybody may change the board.
    """
    return bool(info.owner_flags & wire.OwnerFlag.OWNED)


def whose(info: wire.Info, key: OwnerKey | None) -> Whose:
    """Say whose a board is.

    Args:
        info: The board's Info.
        key: The user's key, if there is one.

    Returns:
        Seen by that user.
    """
    if not is_owned(info):
        return Whose.NOBODYS
    return Whose.OURS if key is not None and key.key_id == info.owner_id else Whose.ANOTHERS


def refusal(board: FoundBoard, info: wire.Info, key: OwnerKey | None) -> NotOwnerError:
    """Say why a user cannot change a board.

    Args:
        board: The board.
        info: The board's Info.
        key: The user's key, if there is one.

    Returns:
        The error, for the caller to raise.
    """
    if not is_owned(info):
        return NotOwnerError(
            tr(
                "{board} belongs to nobody, and only an owner can ask for that. The first push "
                "makes the board yours.",
                board=board,
            ),
            info.owner_id,
        )
    return NotOwnerError(
        tr(
            "{board} belongs to the owner {owner}, and your key is {key}. Ask them; or, if the "
            "board is yours, copy your key from your other computer. Without the key, `motionloop "
            "flash --forget-owner` has the board forget its owner over USB.",
            board=board,
            owner=fingerprint(info.owner_id),
            key=fingerprint(key.key_id) if key is not None else "-",
        ),
        info.owner_id,
    )


def next_counter(state: wire.OwnerState, now_s: float, board: str) -> int:
    """Choose the counter of a push.

    The seconds since 1970, so that a package that was pushed to one board cannot be played later
    to another one that has had a newer push. A computer whose clock is slow counts on from what
    the board has. Nobody signs the board's answer: a counter of the far future, made up by somebody
    between, would end the owner's pushes for good. A computer whose clock is far ahead does not
    make such a counter either.

    Args:
        state: The board's answer to OWNER.
        now_s: This computer's time, in seconds since 1970.
        board: The board, for messages.

    Returns:
        The value for `PackageHeader.version_counter`.

    Raises:
        BoardAnswerError: The board's counter is too far ahead.
    """
    counter = max(min(int(now_s), int(RELEASED_S + MOST_AHEAD_S)), state.counter + 1)
    if counter > min(max(now_s, RELEASED_S) + MOST_AHEAD_S, _MAX_COUNTER):
        raise BoardAnswerError(
            board,
            tr(
                "its newest package is of the year {year}, and this computer's clock shows the "
                "year {now} (if that is wrong, set the clock)",
                year=_year(state.counter),
                now=_year(now_s),
            ),
        )
    return counter


def _year(seconds: float) -> int:
    """The year of a time in seconds since 1970, any year of this or the next centuries."""
    return 1970 + int(seconds // timedelta(days=365.2425).total_seconds())


def signed_bytes(arguments: bytes) -> int:
    """The bytes of a signed command with these arguments, all its headers included."""
    return 2 * wire.CommandHeader.SIZE + wire.SignedHeader.SIZE + len(arguments)


def signed_arguments(
    key: OwnerKey, info: wire.Info, state: wire.OwnerState, command: bytes
) -> bytes:
    """Sign a command.

    Args:
        key: The owner's key.
        info: The board's Info.
        state: The board's answer to OWNER, with the challenge.
        command: The command with its header.

    Returns:
        The arguments of SIGNED.
    """
    text = wire.SignedText(wire.SIGNED_MAGIC, info.boot_id, state.challenge)
    return wire.SignedHeader(key.sign(text.pack() + command)).pack() + command


def owner_only() -> str:
    """Say what OWNER_ONLY means."""
    return tr(
        "it belongs to another owner, and others may not do that. Ask them, or have the board "
        "forget its owner over USB (`motionloop flash --forget-owner`)."
    )


def too_many_changes(wait_s: int) -> str:
    """Say what TOO_MANY_CHANGES means.

    Args:
        wait_s: Seconds until the next change may be: its detail.

    Returns:
        A sentence, and what to do.
    """
    return tr(
        "it has no owner, and its flash has to last: after {count} pushes and rollbacks in a row "
        "it takes one every {minutes} min. Wait {wait} min and try again.",
        count=wire.UNOWNED_CHANGES,
        minutes=wire.UNOWNED_CHANGE_S // 60,
        wait=max(1, -(-wait_s // 60)),
    )


def signature_fault(detail: int) -> str:
    """Say what is wrong with a signature.

    Args:
        detail: Of BAD_SIGNATURE.

    Returns:
        A sentence; what newer boards know is only numbered.
    """
    match detail:
        case wire.SignatureFault.OTHER_KEY:
            return tr("it is not signed by the board's owner. The old model goes on.")
        case wire.SignatureFault.WRONG:
            return tr("its signature is wrong: something changed on the way. Try again.")
        case wire.SignatureFault.REPLAYED:
            return tr(
                "the board has had a newer package of its owner. Push again. If the board refuses "
                "that, too, somebody between you and the board changes its answers."
            )
        case wire.SignatureFault.NO_CHALLENGE:
            return tr("the board has given no challenge for that. Try again.")
        case _:
            return tr(
                "fault {detail} of a signature, which only newer programs know. Update the "
                "program.",
                detail=detail,
            )
