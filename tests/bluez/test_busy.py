"""A Bluetooth that is busy with another program, or that does not answer for a while."""

from __future__ import annotations

import asyncio

import pytest

from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board, scan
from motionloop.errors import BluetoothBusyError
from tests.bluez.desk import Desk

# Linux has waited for two commands when it says so; then BlueZ refuses the scan as InProgress.
GIVEN_UP = "Opcode 0x200b failed"


def test_an_adapter_that_does_not_answer_is_named_then_waited_for(desk: Desk) -> None:
    async def search() -> None:
        with desk.guest.silent_adapter():
            with pytest.raises(BluetoothBusyError, match="adapter is busy or does not answer"):
                await scan(6, RadioChoice.REAL)
            begin = desk.guest.lines_printed
            searching = asyncio.create_task(find_board(desk.b, 30, RadioChoice.REAL))
            await asyncio.to_thread(desk.guest.wait_for_word, GIVEN_UP, begin)
            assert not searching.done()
        assert (await searching).address == desk.b

    asyncio.run(search())


def test_a_scan_that_ends_before_it_has_begun_does_not_refuse_the_next_ones(desk: Desk) -> None:
    async def scan_thrice() -> None:
        with desk.guest.silent_adapter():
            ending = asyncio.create_task(scan(0.3, RadioChoice.REAL))
            await asyncio.sleep(1)
        await ending
        for _ in range(2):
            assert len(await scan(1.5, RadioChoice.REAL)) == 2

    asyncio.run(scan_thrice())


def test_a_board_that_another_program_is_connecting_to_is_connected_to(desk: Desk) -> None:
    async def connect() -> None:
        board = await find_board(desk.b, 10, RadioChoice.REAL)
        with desk.guest.silent_adapter(), desk.guest.connecting(desk.b):
            client = BoardClient(board)
            connecting = asyncio.create_task(client.__aenter__())
            await asyncio.sleep(1)
            assert not connecting.done()
        await connecting
        await client.status()
        await client.__aexit__(None, None, None)

    asyncio.run(connect())
