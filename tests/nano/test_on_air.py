"""The product's own programs against the whole image, in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress

import pytest

from motionloop import wire
from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board
from motionloop.board.shadow import Shadow
from motionloop.model.package import unpack_package
from motionloop.nano.on_air import NanoOnAir
from tests.nano.firmware import ANOTHER, BUILTIN, MODEL_ID, nano

pytestmark = pytest.mark.virtual_time
BOTH_DEPTHS = pytest.mark.parametrize("depth", ["hci", "radio"])


@asynccontextmanager
async def on_air(depth, **more) -> AsyncIterator[NanoOnAir]:
    board = NanoOnAir(nano(), depth, **more)
    running = asyncio.create_task(board.run())
    try:
        async with asyncio.timeout(10):
            await board.on_air.wait()
        yield board
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


@asynccontextmanager
async def client_of(board: NanoOnAir) -> AsyncIterator[BoardClient]:
    async with BoardClient(await find_board(board.name, 10, RadioChoice.VIRTUAL)) as client:
        yield client


@BOTH_DEPTHS
async def test_a_board_is_found_named_emulated_and_streams_without_a_loss(depth):
    async with on_air(depth) as board:
        found = await find_board(board.name, 10, RadioChoice.VIRTUAL)
        assert found.address == board.address
        async with BoardClient(found) as client:
            assert client.info.flags & wire.BoardFlag.EMULATED
            seen, gaps = 0, 0
            async with aclosing(client.stream()) as stream:
                async for packet in stream:
                    seen += len(packet.raw)
                    gaps += packet.gap is not None
                    if seen > 5 * 119:
                        break
            assert gaps == 0


@BOTH_DEPTHS
async def test_what_the_image_recognises_equals_the_hosts_own_inference(depth):
    async with on_air(depth) as board, client_of(board) as client:
        shadow = Shadow(unpack_package(BUILTIN.read_bytes()), client.info)

        async def listen() -> None:
            async with aclosing(client.stream()) as stream:
                async for packet in stream:
                    shadow.add_packet(packet)
                    if shadow.compared >= 3:
                        break

        async def watch() -> None:
            async with aclosing(client.predictions()) as predictions:
                async for prediction in predictions:
                    shadow.add_prediction(prediction)
                    if shadow.compared >= 3:
                        break

        await asyncio.gather(listen(), watch())
    assert shadow.compared >= 3
    assert not shadow.differences


@BOTH_DEPTHS
async def test_a_push_and_a_rollback_through_the_products_client(depth):
    async with on_air(depth) as board, client_of(board) as client:
        async for _ in client.push(ANOTHER.read_bytes()):
            pass
        assert client.info.model_id == MODEL_ID[ANOTHER]
        assert await client.rollback() == MODEL_ID[BUILTIN]


async def test_a_link_that_breaks_is_taken_up_again_and_nothing_is_lost():
    async with on_air("radio") as board, client_of(board) as client:
        seen, gaps, broken = 0, 0, False
        async with aclosing(client.stream()) as stream:
            async for packet in stream:
                seen += len(packet.raw)
                gaps += packet.gap is not None
                if seen > 200 and not broken:
                    board.disconnect()
                    broken = True
                if seen > 1000:
                    break
        assert (gaps, client.reconnects) == (0, 1)


async def test_a_flash_file_keeps_the_models_across_restarts(tmp_path):
    file = tmp_path / "board.flash"
    async with on_air("hci", flash=file) as board, client_of(board) as client:
        async for _ in client.push(ANOTHER.read_bytes()):
            pass
    async with on_air("hci", flash=file) as board, client_of(board) as client:
        assert client.info.model_id == MODEL_ID[ANOTHER]
