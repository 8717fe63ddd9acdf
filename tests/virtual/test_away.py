"""A board out of range is neither heard nor connected to, and comes back by itself."""

from __future__ import annotations

import asyncio

import pytest

from motionloop.board.link import RadioChoice, find_board, scan
from motionloop.errors import BoardNotFoundError

pytestmark = pytest.mark.virtual_time


async def test_a_board_that_walks_away_is_back_in_time(boards) -> None:
    board = await boards.start()
    client = await boards.client(board)
    now_s = asyncio.get_running_loop().time
    left_s = now_s()
    board.walk_away(10_000_000)
    assert await scan(1.0, RadioChoice.VIRTUAL) == []
    with pytest.raises(BoardNotFoundError):
        await find_board(board.address, 5.0, RadioChoice.VIRTUAL)
    board.walk_away(1_000_000)  # a shorter absence within a longer one changes nothing
    await client.resumed(client.status)
    assert 10.0 <= now_s() - left_s < 13.0
