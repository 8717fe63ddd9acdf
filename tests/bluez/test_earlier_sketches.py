"""BlueZ remembers the services of what a board ran before it was flashed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from motionloop import wire
from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board
from tests.bluez.boards import OURS
from tests.bluez.desk import Desk


@pytest.fixture
def flashed(desk: Desk) -> Iterator[Desk]:
    yield desk
    desk.boards.flash(desk.b, OURS)
    desk.guest.forget(desk.b)


@pytest.mark.parametrize("sketch", ["led", "older"])
def test_the_services_of_an_earlier_sketch_are_read_again(flashed: Desk, sketch: str) -> None:
    guest, b = flashed.guest, flashed.b
    guest.hear(b)
    flashed.boards.flash(b, sketch)
    guest.connect(b)
    guest.disconnect(b)
    flashed.boards.flash(b, OURS)

    async def ask() -> None:
        async with BoardClient(await find_board(b, 10, RadioChoice.REAL)) as client:
            assert client.info.imu == wire.Imu.LSM9DS1
            await client.status()

    asyncio.run(ask())
