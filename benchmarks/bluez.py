"""What benchmarks.push and benchmarks.stream measure with --bluez: through a real BlueZ.

The guest of tests/bluez runs Debian's bluetoothd under emulation; board and host run here.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from motionloop import wire
from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board
from motionloop.errors import LinkLostError
from tests.bluez.boards import ADDRESSES, WatchedBoard
from tests.bluez.desk import MODEL, Desk, a_desk
from tests.bluez.guest import Guest
from tests.bluez.image import image

PREPARE_S = 8.0  # the board erases a slot meanwhile
RESUME_S = 30.0
AFTER_BREAK = 60  # samples that a stream must bring after a break
KINDS = ("request", "push", "stream")


# --- push -----------------------------------------------------------------------------------------
def push_seconds(packages: list[bytes]) -> list[float]:
    """Of a first push in a session of the computer, and of one right after another command."""
    with a_desk() as desk, tempfile.TemporaryDirectory() as folder:
        seconds = [_push(desk, Path(folder), packages[0])]
        time.sleep(PREPARE_S)
        said = desk.run("info", "--board", desk.b)
        if said.status != 0:
            raise RuntimeError(f"info failed: {said}")
        return [*seconds, _push(desk, Path(folder), packages[1])]


def _push(desk: Desk, folder: Path, package: bytes) -> float:
    path = folder / "model.mlpkg"
    path.write_bytes(package)
    ended = desk.run("push", str(path), "--board", desk.b, timeout_s=180)
    said = re.search(r"bytes in ([\d.]+) s", ended.output)
    if said is None:
        raise RuntimeError(f"push failed: {ended}")
    print(f"pushed in {said[1]} s", flush=True)
    return float(said[1])


# --- stream ---------------------------------------------------------------------------------------
def in_guest(stack: ExitStack) -> Callable[[int], None]:
    """Have this process use a guest's Bluetooth. Returns what plugs in an adapter that is in
    range of the board with this port, in place of one before."""
    guest = stack.enter_context(Guest(image()))
    os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = guest.environment["DBUS_SYSTEM_BUS_ADDRESS"]
    plugged = []

    def plug(port: int, secret: str) -> None:
        if plugged:
            guest.unplug()
        plugged.append(port)
        guest.plug(port, secret)

    return plug


async def break_links(plug: Callable[[int, str], None], breaks: int) -> dict[str, Any]:
    """Break so many links, in requests, pushes and streams in turn.

    `misnamed`: what the client said was not that the link is lost. `not_resumed`: what was being
    done did not go on within half a minute. `undeclared_losses` are of the streams.
    """
    board = WatchedBoard(ADDRESSES[0])
    running = asyncio.create_task(board.run())
    await board.on_air.wait()
    await asyncio.to_thread(plug, board.radio.port, board.radio.secret)
    figures = {"breaks": breaks, "misnamed": 0, "not_resumed": 0, "undeclared_losses": 0}
    async with BoardClient(await find_board(board.address, 20.0, RadioChoice.REAL)) as client:
        for number in range(breaks):
            kind = KINDS[number % len(KINDS)]
            begin_s = time.monotonic()
            try:
                async with asyncio.timeout(RESUME_S):
                    if kind == "request":
                        await _broken_request(board, client)
                    elif kind == "push":
                        await _broken_push(board, client, MODEL.read_bytes(), 3 + number)
                    else:
                        figures["undeclared_losses"] += await _broken_stream(board, client)
            except (LinkLostError, TimeoutError) as error:
                figures["not_resumed"] += 1
                print(f"break {number + 1} in a {kind}, not resumed: {error!r}", flush=True)
            except Exception as error:
                figures["misnamed"] += 1
                print(f"break {number + 1} in a {kind}, misnamed: {error!r}", flush=True)
            seconds = time.monotonic() - begin_s
            print(f"break {number + 1} in a {kind}: {seconds:.1f} s", flush=True)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return figures


async def _broken_request(board: WatchedBoard, client: BoardClient) -> None:
    board.at(wire.COMMAND_UUID, 1, "disconnect")
    try:
        await client.status()
    except LinkLostError:
        pass  # what it should say: the link is what was lost
    else:
        raise RuntimeError("a request whose link broke was answered")
    packets = client.stream()  # this reconnects
    await anext(packets)
    await packets.aclose()
    await client.status()


async def _broken_push(
    board: WatchedBoard, client: BoardClient, package: bytes, writes: int
) -> None:
    board.at(wire.MODEL_UUID, writes, "disconnect")
    async for _ in client.push(package):
        pass


async def _broken_stream(board: WatchedBoard, client: BoardClient) -> int:
    """How many samples were neither there nor declared lost."""
    undeclared, count, expected = 0, 0, None
    packets = client.stream()
    async for packet in packets:
        if expected is not None and packet.gap is None:
            undeclared += packet.seq - expected
        expected = packet.next_seq
        if count < AFTER_BREAK <= count + len(packet.raw):
            board.disconnect()
        count += len(packet.raw)
        if count >= 3 * AFTER_BREAK:
            break
    await packets.aclose()
    return undeclared
