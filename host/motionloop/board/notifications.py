"""What a board sends by itself, as it arrives."""

from __future__ import annotations

import asyncio

SILENCE_S = 5.0  # without a packet: then the board is asked
LAST_ANSWER_S = 1.0  # what ends does not wait longer for the board
MOST_QUEUED = 1 << 16  # notifications, 20 MB: half an hour of a stream that nobody reads


class Notifications(asyncio.Queue[tuple[bytes, float] | None]):
    """Notifications and when they arrived, or None for a new link.

    A full queue takes no more notifications: samples are then asked for again.
    """

    def add(self, notified: tuple[bytes, float] | None) -> None:
        """Put one at the end.

        Args:
            notified: The bytes, and when they arrived by the event loop's clock; None for a new
                link.
        """
        if notified is None or self.qsize() < MOST_QUEUED:
            self.put_nowait(notified)

    async def next(self) -> tuple[bytes, float] | None:
        """Take the first one.

        Returns:
            What `add` was given.

        Raises:
            TimeoutError: None came for SILENCE_S.
        """
        async with asyncio.timeout(SILENCE_S):
            return await self.get()
