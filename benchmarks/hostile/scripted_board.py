"""A virtual board that lies: the real core behind the real radio port, with other words."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import io
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.hostile.cases import EndlessError
from motionloop import _core
from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board
from motionloop.board.prediction import Prediction
from motionloop.commands import console
from motionloop.commands.parser import build_parser
from motionloop.errors import MotionLoopError
from motionloop.recordings.unfinished import Unfinished
from motionloop.studio.boards.board_link import BoardLink
from motionloop.virtual.board import VirtualBoard
from motionloop.virtual.clock import VirtualTimeLoop
from motionloop.virtual.motion import LSM9DS1, Samples, SyntheticMotion
from motionloop.virtual.wearer import SyntheticWearer

PACKAGE = Path(__file__).parents[2] / "tests/golden/model.mlpkg"
FLASH = "flash.bin"  # of a case's board
PATIENCE_S = 1800.0  # of board time: what takes longer has no end
Mangle = Callable[[bytes], Iterable[bytes]]


def _as_it_is(value: bytes) -> Iterable[bytes]:
    return [value]


@dataclass(frozen=True)
class Script:
    """What a board says in place of the truth.

    Attributes:
        info: Takes the Info's bytes; returns those that the board gives.
        replies: Takes a reply; returns those that go out instead.
        motion: The same for packets of samples.
        predictions: The same for predictions.
        writes: Takes the characteristic and what was written to it; whether the core gets it.
        acts: Called once per turn of the board.
        advertisement: The advertisement's bytes; None for the true one.
        has_model: Whether a model is on the board already.
        stands_still: Whether the sensor gives no samples.
        options: Of VirtualBoard.
    """

    info: Callable[[bytes], bytes] = bytes
    replies: Mangle = _as_it_is
    motion: Mangle = _as_it_is
    predictions: Mangle = _as_it_is
    writes: Callable[[ScriptedBoard, str, bytes], bool] = lambda board, uuid, value: True
    acts: Callable[[ScriptedBoard], object] = lambda board: None
    advertisement: bytes | None = None
    has_model: bool = False
    stands_still: bool = False
    options: dict[str, Any] = field(default_factory=dict)


class _Still(SyntheticMotion):
    """A sensor that never measures anything."""

    def take_samples(self, periods: int) -> Samples:
        raw, when = super().take_samples(periods)
        return raw[:0], when[:0]


class ScriptedBoard(VirtualBoard):
    """A virtual board that follows a script; make it inside a running event loop."""

    def __init__(self, script: Script, flash: Path | None) -> None:
        self._script = script
        self._by_kind: dict[int, Mangle] = {
            _core.NOTIFY_REPLY: script.replies,
            _core.NOTIFY_MOTION: script.motion,
            _core.NOTIFY_PREDICTION: script.predictions,
        }
        kind = _Still if script.stands_still else SyntheticMotion
        motion = kind(SyntheticWearer(1, "walking"), LSM9DS1, 1)
        super().__init__(motion, flash=flash, **script.options)
        if script.advertisement is not None:
            self.radio._advertising_data = script.advertisement

    def notify(self, kind: int, value: bytes) -> bool:
        is_taken = True
        for said in self._by_kind[kind](value):
            is_taken = super().notify(kind, said) and is_taken
        return is_taken

    def _turn(self) -> None:
        super()._turn()
        self._script.acts(self)

    def _info(self) -> bytes:
        return self._script.info(super()._info())

    def _on_write(self, uuid: str, value: bytes) -> None:
        if self._script.writes(self, uuid, value):
            super()._on_write(uuid, value)


@contextlib.asynccontextmanager
async def on_air(script: Script, place: Path) -> AsyncIterator[ScriptedBoard]:
    """The board of a script, as long as the context lasts; it keeps its models in FLASH."""
    board = ScriptedBoard(script, place / FLASH)
    running = asyncio.create_task(board.run())
    await board.on_air.wait()
    try:
        yield board
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def connected(board: VirtualBoard) -> BoardClient:
    """A client of the board, to be used as a context."""
    return BoardClient(await find_board(board.address, 10.0, RadioChoice.VIRTUAL))


async def run_command(board: VirtualBoard, *words: str) -> str:
    """Run a subcommand of `motionloop` against the board; returns what it prints.

    Raises what the command raises, after what it printed.
    """
    chosen = [] if words[0] == "scan" else ["--board", board.address]
    options = build_parser(words[0]).parse_args([*words, *chosen, "--radio", "virtual"])
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            await options.run(options)
        except MotionLoopError as error:  # as the command line says it
            console.terminal(file=said).print(f"Error: {error}", soft_wrap=True)
    return said.getvalue()


async def in_window(board: VirtualBoard, place: Path) -> str:
    """What the studio does with a connected board, for half a minute, a recording in it.

    Returns what the window is told.
    """
    said: list[str] = []
    found = await find_board(board.address, 10.0, RadioChoice.VIRTUAL)
    link = BoardLink(found, _Listener(said), place / "work/models", asyncio.Semaphore(1))
    running = asyncio.create_task(link.run())
    try:
        async with asyncio.timeout(10):
            await asyncio.shield(running)
    except TimeoutError:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(15):
                await link.start_recording(place / "work/recordings/window", "", "")
                await asyncio.sleep(4)
                await link.stop_recording()
                said.append(f"{link.name}: {link.recording} {link.warning} {link.labels}")
                await asyncio.shield(running)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    return "\n".join(said)


class _Listener:
    """The window's ears."""

    def __init__(self, said: list[str]) -> None:
        self._said = said

    def board_changed(self, link: BoardLink) -> None:
        pass

    def board_claimed(self, link: BoardLink) -> None:
        self._said.append(f"{link.name} is claimed")

    def recording_state_changed(self, link: BoardLink) -> None:
        pass

    def recording_went_on(self, link: BoardLink, cut_off: Unfinished) -> None:
        self._said.append(f"{link.name} goes on with {cut_off.path}")

    def label_began(self, link: BoardLink, label: str) -> None:
        self._said.append(label)

    def prediction_made(self, link: BoardLink, prediction: Prediction) -> None:
        self._said.append(link.label_of(prediction) or "unknown")

    def failed_in_loop(self, message: str) -> None:
        self._said.append(message)


def in_virtual_time(work: Callable[[], Coroutine[Any, Any, str | None]]) -> str | None:
    """Do the work in a loop of virtual time, at most PATIENCE_S of it.

    Raises what the work raises, or what a task or callback raises that nobody waits for.
    """
    unseen: list[BaseException] = []

    def note(loop: asyncio.AbstractEventLoop, problem: dict[str, Any]) -> None:
        unseen.append(problem.get("exception") or RuntimeError(problem["message"]))

    async def bounded() -> str | None:
        asyncio.get_running_loop().set_exception_handler(note)
        try:
            async with asyncio.timeout(PATIENCE_S) as limit:
                return await work()
        except TimeoutError:
            if limit.expired():
                raise EndlessError(f"no end within {PATIENCE_S:g} s of board time") from None
            raise

    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        said = runner.run(bounded())
    if unseen:
        raise unseen[0]
    return said


@functools.cache
def flash_with_model() -> bytes:
    """The flash of a board that runs PACKAGE."""
    from tempfile import TemporaryDirectory

    async def pushed(flash: Path) -> None:
        board = VirtualBoard(
            SyntheticMotion(SyntheticWearer(1, "walking"), LSM9DS1, 1), flash=flash
        )
        running = asyncio.create_task(board.run())
        await board.on_air.wait()
        async with await connected(board) as client:
            async for _ in client.push(PACKAGE.read_bytes()):
                pass
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    with TemporaryDirectory() as place:
        flash = Path(place) / "flash.bin"
        with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
            runner.run(pushed(flash))
        return flash.read_bytes()
