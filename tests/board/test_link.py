"""The link over virtual radios: finding boards, losing them, and every error's message."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

from motionloop import wire
from motionloop.board import radios
from motionloop.board.finding import answers_to
from motionloop.board.link import (
    FoundBoard,
    Link,
    RadioChoice,
    find_address,
    find_board,
    scan,
)
from motionloop.board.radios import HeldBoard
from motionloop.errors import (
    AmbiguousBoardError,
    BoardNotFoundError,
    LinkLostError,
    NoAdapterError,
    WireVersionError,
)
from motionloop.virtual import registry
from motionloop.virtual.air import RadioLimits
from motionloop.virtual.clock import BoardClock
from motionloop.virtual.radio import SERVICE, VirtualRadio

FIRST, SECOND = "C0:00:00:00:00:01", "C0:00:00:00:00:02"


@asynccontextmanager
async def board(
    name: str = "ML-3F7A",
    address: str = FIRST,
    limits: RadioLimits = RadioLimits(),
    **options: Any,
) -> AsyncIterator[VirtualRadio]:
    """A board that answers each command by notifying it back as a reply."""
    clock = BoardClock()

    def on_write(uuid: str, value: bytes) -> None:
        radio.notify(wire.REPLY_UUID, value)

    radio = VirtualRadio(
        name,
        clock,
        limits,
        info=lambda: name.encode(),
        on_write=on_write,
        on_link=lambda linked: None,
        address=address,
        **options,
    )
    await radio.start()

    async def run() -> None:
        while True:
            radio.poll()
            await clock.sleep_us(1000)

    loop = asyncio.create_task(run())
    try:
        yield radio
    finally:
        loop.cancel()
        await radio.stop()


async def reply_to(link: Link, replies: list[bytes], command: bytes) -> bytes:
    await link.write(wire.COMMAND_UUID, command)
    await asyncio.sleep(0.1)
    return replies[-1]


@pytest.mark.virtual_time
async def test_scan_lists_all_boards() -> None:
    async with board("ML-0001", FIRST), board("ML-0002", SECOND):
        found = await scan(1.0)
        assert [(b.name, b.address, b.is_virtual) for b in found] == [
            ("ML-0001", FIRST, True),
            ("ML-0002", SECOND, True),
        ]


@pytest.mark.virtual_time
async def test_find_by_name_by_address_and_the_only_one() -> None:
    async with board():
        loop = asyncio.get_running_loop()
        start_s = loop.time()
        for name in ("ML-3F7A", "ml-3f7a", FIRST, FIRST.lower(), None):
            assert (await find_board(name, 10.0)).address == FIRST
        assert loop.time() - start_s < 5


@pytest.mark.virtual_time
async def test_an_address_is_found_as_soon_as_it_is_heard_and_a_name_once_another_could_be() -> (
    None
):
    async with board():
        loop = asyncio.get_running_loop()
        for name, least_s, most_s in ((FIRST, 0.0, 0.4), ("ML-3F7A", 0.5, 1.0), (None, 0.5, 1.0)):
            begin_s = loop.time()
            await find_board(name, 10.0, RadioChoice.VIRTUAL)
            assert least_s <= loop.time() - begin_s < most_s


def seen(name: str, rssi_dbm: int, **how: bool) -> FoundBoard:
    device = BLEDevice(name, name, None)
    return FoundBoard(name, f"{name}:00", rssi_dbm, how.pop("is_virtual", False), device, **how)


def test_a_board_says_how_it_was_found() -> None:
    assert str(seen("A", -61)) == "A (A:00, -61 dBm)"
    assert seen("A", -61, is_virtual=True).signal == "virtual"
    assert seen("A", 0, held=True, is_virtual=True).signal == "still connected"
    assert seen("A", 0, in_use=True).signal == "in use on this computer"


class Heard:
    """A radio that hears these boards at once, as a system's radio does."""

    is_virtual = True

    def __init__(self, *boards: FoundBoard) -> None:
        self._boards = boards

    def scanner(self, heard: Callable[..., None]) -> Heard:
        self._heard = heard
        return self

    async def start(self) -> None:
        for each in self._boards:
            advertisement = AdvertisementData(each.name, {}, {}, [], None, each.rssi_dbm, ())
            self._heard(BLEDevice(each.address, each.name, None), advertisement)

    async def stop(self) -> None:
        pass

    async def held(self) -> list[HeldBoard]:
        return []


@pytest.mark.virtual_time
async def test_the_nearest_board_is_listed_first(monkeypatch: pytest.MonkeyPatch) -> None:
    boards = [seen("B", -70), seen("C", -50), seen("A", -70)]
    monkeypatch.setattr(radios, "VIRTUAL", Heard(*boards))
    found = await scan(0.1, RadioChoice.VIRTUAL)
    assert [(each.name, each.rssi_dbm) for each in found] == [("C", -50), ("A", -70), ("B", -70)]


@pytest.mark.virtual_time
async def test_an_error_of_the_program_itself_is_not_hidden(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Faulty(Heard):
        async def start(self) -> None:
            raise RuntimeError("a fault")

    monkeypatch.setattr(radios, "VIRTUAL", Faulty())
    with pytest.raises(RuntimeError, match="a fault"):
        await scan(0.1, RadioChoice.VIRTUAL)


@pytest.mark.virtual_time
async def test_find_hears_a_board_that_starts_meanwhile() -> None:
    async with AsyncExitStack() as stack:
        finding = asyncio.create_task(find_board("ML-3F7A", 10.0))
        await asyncio.sleep(3)
        await stack.enter_async_context(board())
        assert (await finding).name == "ML-3F7A"


@pytest.mark.virtual_time
async def test_two_boards_of_one_name_must_be_told_apart_by_address() -> None:
    async with board("ML-TWIN", FIRST), board("ML-TWIN", SECOND):
        for name in ("ML-TWIN", None):
            with pytest.raises(AmbiguousBoardError, match="by its address") as error:
                await find_board(name)
            assert FIRST in str(error.value)
            assert SECOND in str(error.value)
        async with Link(await find_board(SECOND)) as link:
            assert link.board.address == SECOND
            assert await link.read(wire.INFO_UUID) == b"ML-TWIN"


def called(name: str, address: str) -> FoundBoard:
    return FoundBoard(name, address, -40, True, BLEDevice(address, name, None))


@pytest.mark.virtual_time
@pytest.mark.parametrize("find", [find_board, find_address])
async def test_a_board_whose_name_is_the_address_of_another_is_not_taken_for_it(
    monkeypatch: pytest.MonkeyPatch, find: Callable[..., Coroutine[Any, Any, FoundBoard]]
) -> None:
    true, squatter = called("ML-1", FIRST), called(FIRST.lower(), SECOND)
    for heard in ([squatter, true], [true, squatter]):
        monkeypatch.setattr(radios, "VIRTUAL", Heard(*heard))
        for address in (FIRST, FIRST.lower()):
            assert (await find(address, 1.0, RadioChoice.VIRTUAL)).address == FIRST
    monkeypatch.setattr(radios, "VIRTUAL", Heard(squatter))
    with pytest.raises(BoardNotFoundError, match="in range"):
        await find(FIRST, 1.0, RadioChoice.VIRTUAL)


@pytest.mark.virtual_time
async def test_an_address_of_any_form_counts_before_names(monkeypatch: pytest.MonkeyPatch) -> None:
    boards = [called("ML-2", "ml-1"), called("ML-1", SECOND)]
    monkeypatch.setattr(radios, "VIRTUAL", Heard(*boards[::-1]))
    assert (await find_board("ML-1", 1.0, RadioChoice.VIRTUAL)).address == "ml-1"
    monkeypatch.setattr(radios, "VIRTUAL", Heard(boards[1]))
    assert (await find_board("ml-1", 1.0, RadioChoice.VIRTUAL)).address == SECOND
    with pytest.raises(BoardNotFoundError):
        await find_address("ml-1", 1.0, RadioChoice.VIRTUAL)


def test_a_text_with_the_form_of_an_address_is_no_name() -> None:
    uuid = "6E400001-B5A3-F393-E0A9-E50E24DCCA9E"
    for address in (FIRST, uuid):
        assert answers_to(address.lower(), "ML-1", address)
        assert not answers_to(address, address, "another")
    assert answers_to("ml-1", "ML-1", FIRST)
    assert not answers_to("ML", "ML-1", FIRST)


@pytest.mark.virtual_time
async def test_unknown_name_lists_what_is_in_range() -> None:
    async with board():
        with pytest.raises(BoardNotFoundError, match=f"ML-NONE.*{FIRST}.*virtual-board"):
            await find_board("ML-NONE", 1.0)
    with pytest.raises(BoardNotFoundError, match="No board was heard"):
        await find_board(None, 1.0, RadioChoice.VIRTUAL)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux reaches Bluetooth by D-Bus")
@pytest.mark.virtual_time
async def test_missing_adapter_matters_only_without_a_virtual_board() -> None:
    for radio in (RadioChoice.ANY, RadioChoice.REAL):
        with pytest.raises(NoAdapterError, match="virtual-board"):
            await scan(1.0, radio)
    assert await scan(1.0, RadioChoice.VIRTUAL) == []
    async with board():
        assert len(await scan(1.0, RadioChoice.ANY)) == 1
        with pytest.raises(NoAdapterError):
            await scan(1.0, RadioChoice.REAL)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux reaches Bluetooth by D-Bus")
@pytest.mark.virtual_time
async def test_where_no_radio_can_be_used_nothing_is_waited_for() -> None:
    begin_s = asyncio.get_running_loop().time()
    with pytest.raises(NoAdapterError):
        await scan(60.0, RadioChoice.REAL)
    assert asyncio.get_running_loop().time() - begin_s < 10


@pytest.mark.virtual_time
async def test_entry_whose_port_refuses_is_ignored_and_removed() -> None:
    # Alive process, but the port is one that nothing listens on.
    stale = registry.RegisteredBoard("ML-GONE", SECOND, "127.0.0.1", 1, os.getpid(), "")
    registry.add(stale)
    async with board():
        assert [b.address for b in await scan(1.0)] == [FIRST]
        assert stale not in registry.running()


@pytest.mark.virtual_time
async def test_commands_and_replies_cross_the_link() -> None:
    async with board(), Link(await find_board()) as link:
        replies: list[bytes] = []
        await link.subscribe(wire.REPLY_UUID, replies.append)
        assert await reply_to(link, replies, b"one") == b"one"
        assert link.connected
        assert await link.write_limit() == 244


@pytest.mark.virtual_time
async def test_a_second_subscription_takes_the_place_of_the_first() -> None:
    async with board() as radio, Link(await find_board()) as link:
        first: list[bytes] = []
        second: list[bytes] = []
        await link.subscribe(wire.REPLY_UUID, first.append)
        assert await reply_to(link, first, b"one") == b"one"
        await link.subscribe(wire.REPLY_UUID, second.append)
        assert await reply_to(link, second, b"two") == b"two"
        radio.disconnect()
        await link.reconnect()
        assert await reply_to(link, second, b"three") == b"three"
        assert (first, second) == ([b"one"], [b"two", b"three"])


@pytest.mark.virtual_time
async def test_reconnect_subscribes_again() -> None:
    async with board() as radio, Link(await find_board()) as link:
        replies: list[bytes] = []
        await link.subscribe(wire.REPLY_UUID, replies.append)
        for command in (b"one", b"two", b"three"):
            radio.disconnect()
            await asyncio.wait_for(link.lost.wait(), 1)
            assert not link.connected
            await link.reconnect()
            assert link.connected
            assert not link.lost.is_set()
            assert await reply_to(link, replies, command) == command
        assert replies == [b"one", b"two", b"three"]


@pytest.mark.virtual_time
async def test_reconnect_finds_a_board_that_restarted() -> None:
    async with AsyncExitStack() as stack:
        async with board():
            link = await stack.enter_async_context(Link(await find_board()))
        await asyncio.wait_for(link.lost.wait(), 1)
        returning = asyncio.create_task(link.reconnect(60))
        await asyncio.sleep(10)
        await stack.enter_async_context(board())
        await returning
        assert await link.read(wire.INFO_UUID) == b"ML-3F7A"
        await link.disconnect()


@pytest.mark.virtual_time
async def test_reconnect_gives_up_and_says_what_to_do() -> None:
    async with board():
        link = Link(await find_board())
        await link.connect()
    with pytest.raises(LinkLostError, match=r"did not come back within 20 s\. Check its power"):
        await link.reconnect(20)


@pytest.mark.virtual_time
async def test_a_board_that_is_away_is_looked_for_ever_less_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loop = asyncio.get_running_loop()
    begin_s, tried_s = loop.time(), []

    async def not_there(*_: object) -> FoundBoard:
        tried_s.append(round(loop.time() - begin_s, 2))
        raise BoardNotFoundError("away")

    monkeypatch.setattr("motionloop.board.link.find_address", not_there)
    with pytest.raises(LinkLostError, match="did not come back within 8 s"):
        await Link(seen("A", -60)).reconnect(8)
    assert tried_s == pytest.approx([0, 0.1, 0.3, 0.7, 1.5, 3.1, 5.1, 7.1], abs=0.02)


@pytest.mark.virtual_time
async def test_link_lost_during_each_request_is_a_link_lost_error() -> None:
    requests: list[Callable[[Link], Coroutine[Any, Any, Any]]] = [
        lambda link: link.read(wire.INFO_UUID),
        lambda link: link.write(wire.COMMAND_UUID, b"x"),
        lambda link: link.subscribe(wire.MOTION_UUID, lambda value: None),
    ]
    async with board() as radio, Link(await find_board()) as link:
        for request in requests:
            asyncio.get_running_loop().call_later(0.005, radio.disconnect)
            with pytest.raises(LinkLostError, match="reconnect"):
                await request(link)
            assert link.lost.is_set()
            with pytest.raises(LinkLostError, match="no link"):
                await request(link)
            await link.reconnect()


@pytest.mark.virtual_time
async def test_link_lost_in_each_attempt_to_connect_is_a_link_lost_error() -> None:
    async with board() as radio:
        link = Link(await find_board())

        async def break_whenever_it_is_up() -> None:
            while True:
                radio.disconnect()
                await asyncio.sleep(0.01)

        breaking = asyncio.create_task(break_whenever_it_is_up())
        with pytest.raises(LinkLostError, match="connect"):
            await link.connect()
        assert not link.connected
        breaking.cancel()
        await link.connect()
        await link.disconnect()


@pytest.mark.virtual_time
async def test_unanswered_write_closes_the_link() -> None:
    async with board(limits=RadioLimits(ring_bytes=200)), Link(await find_board()) as link:
        with pytest.raises(LinkLostError, match="did not answer a write within 2 s"):
            await link.write(wire.MODEL_UUID, bytes(244), timeout_s=2)
        assert not link.connected
        assert link.lost.is_set()
        await link.reconnect()
        await link.write(wire.MODEL_UUID, bytes(180))


@pytest.mark.virtual_time
async def test_board_that_is_taken_does_not_connect_in_time() -> None:
    async with board():
        found = await find_board()
        async with Link(found):
            with pytest.raises(LinkLostError, match=r"within 3 s.*no other computer"):
                await Link(found).connect(3)


@pytest.mark.virtual_time
async def test_connecting_takes_15_s_at_most_and_an_answer_5_s() -> None:
    async with board(limits=RadioLimits(ring_bytes=200)):
        found = await find_board()
        async with Link(found) as link:
            with pytest.raises(LinkLostError, match="did not connect within 15 s"):
                await Link(found).connect()
            with pytest.raises(LinkLostError, match="did not answer a write within 5 s"):
                await link.write(wire.MODEL_UUID, bytes(244))


@pytest.mark.virtual_time
async def test_firmware_of_another_version_is_recognised() -> None:
    older = {uuid: p for uuid, p in SERVICE.items() if uuid != wire.MODEL_UUID}
    async with board(characteristics=older), Link(await find_board()) as link:
        for request in (link.read(wire.MODEL_UUID), link.write(wire.INFO_UUID, b"x")):
            with pytest.raises(WireVersionError, match="flash"):
                await request
        with pytest.raises(WireVersionError, match="flash"):
            await link.write_limit()
        assert link.connected


_BOARD = """
import asyncio
from motionloop.virtual.air import RadioLimits
from motionloop.virtual.clock import BoardClock
from motionloop.virtual.radio import VirtualRadio

async def main():
    clock = BoardClock(speed=20)
    radio = VirtualRadio(
        "ML-KILL", clock, RadioLimits(), bytes, lambda uuid, value: None, lambda linked: None
    )
    await radio.start()
    while True:
        radio.poll()
        await clock.sleep_us(5000)

asyncio.run(main())
"""


@pytest.mark.slow
async def test_link_is_lost_when_the_board_process_is_killed() -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", _BOARD)
    try:
        async with Link(await find_board("ML-KILL", 20, RadioChoice.VIRTUAL)) as link:
            process.kill()
            await asyncio.wait_for(link.lost.wait(), 5)
            await process.wait()
            assert registry.running() == []
            with pytest.raises(LinkLostError, match="ML-KILL"):
                await link.reconnect(0.5)
            with pytest.raises(BoardNotFoundError, match="scan again"):
                await link.connect()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
