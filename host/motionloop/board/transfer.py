"""How far a push has come. No input or output."""

from __future__ import annotations

from motionloop.board.answers import MOST_TRIES, Tries, checked_offset
from motionloop.errors import BoardAnswerError, LinkLostError
from motionloop.language import tr


class Transfer:
    """How far a push has come, as the board says it; ends a push that gets nowhere.

    Args:
        total_bytes: Size of the package.
        board: The board, for messages.
    """

    def __init__(self, total_bytes: int, board: str) -> None:
        self._total, self._board = total_bytes, board
        self._most_held = -1
        self._tries = Tries()

    def held(self, offset: int, sent_bytes: int) -> int:
        """Check how many bytes the board holds.

        Args:
            offset: As the board answered.
            sent_bytes: Bytes that were sent at most.

        Returns:
            The offset.

        Raises:
            BoardAnswerError: The board cannot hold so many.
        """
        checked_offset(offset, sent_bytes, self._total, self._board)
        if offset > self._most_held:
            self._most_held = offset
            self._tries.progressed()
        return offset

    def refused(self, offset: int, sent_bytes: int) -> int:
        """Check how many bytes the board holds after it refused a part.

        Args:
            offset: As the board answered.
            sent_bytes: Bytes that were sent at most.

        Returns:
            The offset.

        Raises:
            BoardAnswerError: The board cannot hold so many, or refused too often.
        """
        what = tr("it asks for its model from byte {offset} on, again and again", offset=offset)
        self._tries.failed(BoardAnswerError(self._board, what))
        return self.held(offset, sent_bytes)

    def failed(self, error: LinkLostError) -> None:
        """Note that the link broke.

        Args:
            error: Of the link.

        Raises:
            LinkLostError: The link broke too often.
        """
        again = tr(
            "{error} The link broke {tries} times before the board had taken more.",
            error=error,
            tries=MOST_TRIES,
        )
        self._tries.failed(LinkLostError(again))
