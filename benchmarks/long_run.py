"""Part of benchmarks.faults and benchmarks.endurance: a board and its host, and what befalls them.

Both in this process, in virtual time. Each sample says the board's start and its number, so that
what was recorded can be compared with what was measured.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.clocks import Numbered
from motionloop.board.client import BoardClient
from motionloop.board.clock_watch import ClockWatch
from motionloop.board.link import RadioChoice, find_board
from motionloop.board.recorder import go_on, record
from motionloop.model.package import unpack_package
from motionloop.recordings.clock import utc_us
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.writer import BOARD_RESTARTED, RecordingWriter
from motionloop.virtual.board import TURN_US, VirtualBoard
from motionloop.virtual.clock import run_in_virtual_time
from motionloop.virtual.motion import Samples

ADDRESS = "C0:00:00:00:00:01"
PACKAGE = Path(__file__).parents[1] / "models/builtin.mlpkg"
UTC_OFFSET_S = 1_790_000_000.0  # of virtual time
FULL_PACKETS_MS = 160
CAUGHT_UP_S = 12.0  # after a fault, until the next one: what waited on the board has come


class OfStart(Numbered):
    """Samples that say the board's start, too."""

    def __init__(self, start: int) -> None:
        super().__init__()
        self._start = start

    def take_samples(self, periods: int) -> Samples:
        raw, at = super().take_samples(periods)
        raw[:, 2] = self._start
        return raw, at


class Rig:
    """A board, and a host that records its stream and hears its predictions."""

    def __init__(self, folder: Path, drift_ppm: float = 60.0, turn_us: int = TURN_US) -> None:
        self.folder = folder
        self.path = folder / "0"
        self.began_s: list[float] = []  # of the board's starts, in virtual time
        self.disconnects = self.predictions = self.pushes = self.pushes_completed = 0
        self._drift_ppm, self._turn_us = drift_ppm, turn_us
        self._board: VirtualBoard | None = None
        self._running: asyncio.Task[None] | None = None
        self._host: asyncio.Task[None] | None = None
        self._pushing: asyncio.Task[None] | None = None
        self._client: asyncio.Future[BoardClient] = asyncio.get_running_loop().create_future()
        whole = unpack_package(PACKAGE.read_bytes())
        self._packages = [replace(whole, smoothing=weight).pack() for weight in (0.5, 0.75)]

    # --- the board --------------------------------------------------------------------------
    async def start_board(self) -> None:
        self._board = VirtualBoard(
            OfStart(len(self.began_s)),
            address=ADDRESS,
            flash=self.folder / "flash",
            drift_ppm=self._drift_ppm,
            turn_us=self._turn_us,
        )
        self.began_s.append(asyncio.get_running_loop().time())
        self._running = asyncio.create_task(self._board.run())
        await self._board.on_air.wait()

    async def stop_board(self) -> None:
        """As by a power cut."""
        await _cancelled(self._running)

    async def restart_board(self, off_s: float) -> None:
        await self.stop_board()
        await asyncio.sleep(off_s)
        await self.start_board()

    def walk_away(self, seconds: float) -> None:
        assert self._board is not None
        self.disconnects += 1
        self._board.walk_away(round(seconds * 1e6))

    # --- the host ---------------------------------------------------------------------------
    def start_host(self) -> None:
        self._host = asyncio.create_task(self._be_host())

    async def kill_host(self, off_s: float) -> None:
        """What it had written stays. Its link ends with it, without a word to the board."""
        killed, self.path = self.path, self.folder / str(int(self.path.name) + 1)
        shutil.copytree(killed, self.path)
        self.walk_away(0.05)
        self._client = asyncio.get_running_loop().create_future()
        await _cancelled(self._pushing)
        await _cancelled(self._host)
        shutil.rmtree(killed)
        await asyncio.sleep(off_s)
        self.start_host()

    async def stop_host(self) -> None:
        await _cancelled(self._host)

    def check(self) -> None:
        """Raise what ended the host or the board."""
        for task in (self._host, self._running):
            if task is not None and task.done():
                task.result()
                raise RuntimeError("the host or the board has ended")

    async def _be_host(self) -> None:
        board = await find_board(ADDRESS, 60.0, RadioChoice.VIRTUAL)
        async with BoardClient(board) as client:
            if self.path.exists():
                writer, from_seq = await go_on(client, self.path)
            else:
                described = RecordedBoard.from_info(client.info, board.name, board.address)
                writer, from_seq = RecordingWriter.create(self.path, described), None
            self._client.set_result(client)
            watch = ClockWatch(client, lambda: UTC_OFFSET_S)
            hearing = asyncio.create_task(self._hear(client))
            stream = record(client, writer, FULL_PACKETS_MS, from_seq, watch)
            try:
                with writer:
                    async for _ in stream:
                        pass
            finally:
                await stream.aclose()
                await _cancelled(hearing)

    async def _hear(self, client: BoardClient) -> None:
        async for _ in client.predictions():
            self.predictions += 1

    async def push(self, during: Callable[[], None] = lambda: None) -> None:
        """Push another model, again over the next host if this one is killed.

        `during` is called when half of the package is sent.
        """
        package = self._packages[self.pushes % len(self._packages)]
        self.pushes += 1
        half_sent = _Once(during)
        while True:
            client = await self._client
            self._pushing = asyncio.create_task(_pushed(client, package, half_sent))
            await asyncio.wait([self._pushing])
            if not self._pushing.cancelled():
                self._pushing.result()
                self.pushes_completed += 1
                return
            await asyncio.sleep(0.1)  # the host was killed


class _Once:
    """Calls once."""

    def __init__(self, call: Callable[[], None]) -> None:
        self._call: Callable[[], None] | None = call

    def __call__(self) -> None:
        call, self._call = self._call, None
        if call is not None:
            call()


async def _pushed(client: BoardClient, package: bytes, half_sent: Callable[[], None]) -> None:
    async for now in client.push(package):
        if now.sent_bytes > len(package) / 2:
            half_sent()


async def _cancelled(task: asyncio.Task[None] | None) -> None:
    if task is not None and not task.done():
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@dataclass(frozen=True)
class Found:
    """What a recording has of the samples that were measured while it went on.

    Attributes:
        samples: Recorded.
        lost: Missing between two samples of one start of the board.
        undeclared: Of these, those of which the recording says nothing, and samples that are not
            what was measured.
        clock_error_ms: How far the recording's UTC is from the truth at most.
        clock_unknown: Samples without UTC.
    """

    samples: int
    lost: int
    undeclared: int
    clock_error_ms: float
    clock_unknown: int


def compare(path: Path, began_s: list[float], rate_hz: float) -> Found:
    """Compare a recording of a `Rig` with the truth."""
    recording = Recording.open(path)
    raw = recording.raw.astype(np.int64)
    number, start = raw[:, 0] + 32768 * raw[:, 1], raw[:, 2]
    declared = {gap.after_seq: gap for gap in recording.gaps}
    steps, restarts = np.diff(number), np.diff(start)
    lost = undeclared = 0
    for place in np.flatnonzero((steps != 1) | (restarts != 0)):
        gap = declared.pop(int(recording.seq[place]), None)
        if restarts[place] != 0:
            undeclared += gap is None or gap.reason != BOARD_RESTARTED
        elif steps[place] < 1:
            undeclared += 1
        else:
            missing = int(steps[place]) - 1
            lost += missing
            undeclared += abs(missing - (gap.missing if gap is not None else 0))
    undeclared += sum(gap.missing for gap in declared.values())  # where nothing is missing
    truth_s = np.array(began_s)[start] + number / rate_hz + UTC_OFFSET_S
    off_ms = (utc_us(recording.description.clock, recording.t_us) / 1e6 - truth_s) * 1e3
    known = ~np.isnan(off_ms)
    error_ms = float(np.abs(off_ms[known]).max()) if known.any() else float("nan")
    return Found(len(number), lost, undeclared, round(error_ms, 3), int((~known).sum()))


def measure(
    accelerated: Callable[[Path], Coroutine[Any, Any, dict[str, Any]]],
    with_processes: Callable[[Path], Coroutine[Any, Any, dict[str, Any]]] | None,
) -> dict[str, Any]:
    """The figures of a run in virtual time, with what it `took_s`, and of one with processes."""
    logging.disable(logging.WARNING)  # each fault is one
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["MOTIONLOOP_RUNTIME_DIR"] = str(folder / "run")
        began_s = time.monotonic()
        figures = run_in_virtual_time(accelerated(folder))
        figures["took_s"] = round(time.monotonic() - began_s)
        if with_processes is not None:
            figures |= asyncio.run(with_processes(folder))
    return figures
