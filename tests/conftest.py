"""Shared by all tests: time that jumps, a radio of our own, virtual boards in the test's loop."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board
from motionloop.virtual import bleak_backend
from motionloop.virtual import habits as habits_module
from motionloop.virtual.board import VirtualBoard
from motionloop.virtual.clock import VirtualTimeLoop
from motionloop.virtual.habits import Habits
from motionloop.virtual.motion import LSM9DS1, Sensor, SyntheticMotion
from motionloop.virtual.wearer import SyntheticWearer

GOLDEN = Path(__file__).parent / "golden"
LONG = ("training", "slow")  # marks
_problems: list[dict[str, Any]] = []


# Imports and a busy machine make single examples slow: that is no failure.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def do_not_pass_on_ignored_signals() -> None:
    """Children would inherit what nohup or a shell in the background has us ignore."""
    for name in ("SIGINT", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


def pytest_configure(config: pytest.Config) -> None:
    do_not_pass_on_ignored_signals()
    os.environ["LSLAPICFG"] = str(Path(__file__).parent / "sharing/lsl_api.cfg")  # read once
    config.addinivalue_line(
        "markers",
        "virtual_time: an async test whose loop jumps over idle time: all in this process",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, so that no process waits for another's last file.

    Those with whole journeys come before all others: they wait for boards, the others compute.
    """
    journeys: Counter[Path] = Counter()
    long: Counter[Path] = Counter()
    for item in items:
        journeys[item.path] += item.get_closest_marker("system") is not None
        long[item.path] += any(item.get_closest_marker(name) for name in LONG)
    items.sort(key=lambda item: (journeys[item.path] == 0, -journeys[item.path] - long[item.path]))


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    is_virtual = item.get_closest_marker("virtual_time") is not None
    new_loop = VirtualTimeLoop if is_virtual else asyncio.new_event_loop

    def watched_loop() -> asyncio.AbstractEventLoop:
        loop = new_loop()
        loop.set_exception_handler(lambda loop, problem: _problems.append(problem))
        return loop

    return {"virtual" if is_virtual else "real": watched_loop}


@pytest.fixture(autouse=True)
def no_unhandled_error() -> Iterator[None]:
    """What a callback or a forgotten task raises fails the test too."""
    _problems.clear()
    yield
    assert _problems == []


@pytest.fixture(autouse=True)
def no_bluetooth(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A registry of virtual boards of our own, no D-Bus to reach a real adapter by, and nothing
    remembered from before."""
    folder = tmp_path_factory.mktemp("run")
    monkeypatch.setenv("MOTIONLOOP_RUNTIME_DIR", str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={folder}/none")
    return folder


@pytest.fixture
async def habits(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callable[[Habits], Habits]]:
    """Switches on what a real computer's Bluetooth does; ends with the test."""

    def switch_on(wanted: Habits) -> Habits:
        monkeypatch.setattr(habits_module, "current", wanted)
        return wanted

    yield switch_on
    switch_on(Habits())
    await bleak_backend.let_go_of_held()


@pytest.fixture(scope="session")
def package() -> bytes:
    """A real model's package: three classes, 32 points at 50 Hz, a window each 16 points."""
    return (GOLDEN / "model.mlpkg").read_bytes()


class Boards:
    """Virtual boards in the test's own loop, and clients of them; all end with the test."""

    def __init__(self) -> None:
        self._running: dict[VirtualBoard, asyncio.Task[None]] = {}
        self._clients: list[BoardClient] = []

    async def start(
        self, activity: str = "walking", sensor: Sensor = LSM9DS1, **options: Any
    ) -> VirtualBoard:
        """Switch on a board worn by a synthetic wearer, or with a `motion` of its own."""
        motion = options.pop("motion", None)
        board = VirtualBoard(
            motion or SyntheticMotion(SyntheticWearer(1, activity), sensor, 1), **options
        )
        self._running[board] = asyncio.create_task(board.run())
        await board.on_air.wait()
        return board

    async def stop(self, board: VirtualBoard) -> None:
        """Switch it off; raises what stopped it, if it was not running any more."""
        running = self._running.pop(board)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

    async def client(self, board: VirtualBoard) -> BoardClient:
        """A connected client."""
        client = BoardClient(await find_board(board.address, 10.0, RadioChoice.VIRTUAL))
        await client.__aenter__()
        self.keep(client)
        return client

    def keep(self, client: BoardClient) -> None:
        """Close a connected client with the test."""
        self._clients.append(client)

    async def stop_all(self) -> None:
        for client in self._clients:
            await client.__aexit__(None, None, None)
        for board in list(self._running):
            await self.stop(board)


@pytest.fixture
async def boards() -> AsyncIterator[Boards]:
    made = Boards()
    yield made
    await made.stop_all()
