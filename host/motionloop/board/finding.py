"""Finds boards: those that advertise, and those that this computer is still connected to."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from enum import StrEnum

from bleak import BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from bleak.exc import BleakError

from motionloop.board import radios
from motionloop.board.bluetooth import adapters, is_in_progress, unusable
from motionloop.board.radios import Radio
from motionloop.errors import AmbiguousBoardError, BoardNotFoundError, NoAdapterError
from motionloop.language import tr
from motionloop.plain_text import plain_line

SETTLE_S = 0.5  # after a match: time in which a second board of that name can be heard
BUSY_RETRY_S = 0.5  # while the adapter is busy
SCAN_BEGIN_S = 5.0  # an adapter that does not answer is given up by Linux after 4 s
HELD_RSSI_DBM = 0  # of a board whose link is up: not heard, but first in the list
# MAC addresses, and the identifiers that macOS gives instead.
_ADDRESS = re.compile(r"([0-9a-f]{2}:){5}[0-9a-f]{2}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_log = logging.getLogger(__name__)


class RadioChoice(StrEnum):
    """Where to look for boards."""

    ANY = "any"
    REAL = "real"
    VIRTUAL = "virtual"


@dataclass(frozen=True)
class FoundBoard:
    """A board in reach.

    Attributes:
        name: The advertised name, as one line of characters that can be shown; two boards can
            share a name.
        address: Bluetooth address, or the system's identifier for it: unique and lasting.
        rssi_dbm: Strength of the signal; HELD_RSSI_DBM for a connected board.
        is_virtual: Whether the board is a virtual board of this computer.
        device: The board as bleak knows it.
        held: Whether a program that ended left this computer connected to the board, which then
            does not advertise. A new connection takes the link over.
        in_use: Whether a running program on this computer is connected to the board.
    """

    name: str
    address: str
    rssi_dbm: int
    is_virtual: bool
    device: BLEDevice
    held: bool = False
    in_use: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", plain_line(self.name))

    def __str__(self) -> str:
        return f"{self.name} ({self.address}, {self.signal})"

    @property
    def signal(self) -> str:
        """Strength of the signal, or the kind of the board's link, in a few words."""
        if self.in_use:
            return tr("in use on this computer")
        if self.held:
            return tr("still connected")
        return tr("virtual") if self.is_virtual else f"{self.rssi_dbm} dBm"


async def scan(timeout_s: float = 5.0, radio: RadioChoice = RadioChoice.ANY) -> list[FoundBoard]:
    """Listen for boards.

    Args:
        timeout_s: How long to listen.
        radio: Where to listen.

    Returns:
        All boards that were heard or are connected, the strongest signal first.

    Raises:
        NoAdapterError: This computer's Bluetooth cannot be used. With ANY only when no virtual
            board answers.
    """
    boards = await _scan(timeout_s, radio, lambda board: None)
    return sorted(boards, key=lambda board: (-board.rssi_dbm, board.name, board.address))


def answers_to(text: str, name: str, address: str) -> bool:
    """Whether a board is meant by what a user typed.

    Anybody can give a board the address of another one as its name: a text with the form of an
    address is never a name.

    Args:
        text: A name or an address, in any case.
        name: The board's name.
        address: The board's address.

    Returns:
        True if the text is the address, or the name and no address.
    """
    text = text.lower()
    is_name = text == name.lower() and not _ADDRESS.fullmatch(text)
    return is_name or text == address.lower()


async def find_address(
    address: str, timeout_s: float = 5.0, radio: RadioChoice = RadioChoice.ANY
) -> FoundBoard:
    """Listen for the board with this address and no other, whatever boards call themselves.

    For every reconnect: a board that is known is known by its address.

    Args:
        address: The board's address, in any case.
        timeout_s: How long to listen at most.
        radio: Where to listen.

    Returns:
        The board, as soon as it was heard.

    Raises:
        BoardNotFoundError: No such board was heard, or another program uses it.
        NoAdapterError: This computer's Bluetooth cannot be used.
    """
    return await _find(
        address, lambda board: board.address.lower() == address.lower(), timeout_s, radio
    )


async def find_board(
    name: str | None = None, timeout_s: float = 5.0, radio: RadioChoice = RadioChoice.ANY
) -> FoundBoard:
    """Listen for one board, and return soon after it was heard.

    Args:
        name: The board's name or address, in any case; None for the only board in reach.
        timeout_s: How long to listen at most.
        radio: Where to listen.

    Returns:
        The board. The address of a board counts before the names of others.

    Raises:
        BoardNotFoundError: No such board was heard, or another program uses it.
        AmbiguousBoardError: More than one board has this name, or is in reach without `name`.
        NoAdapterError: This computer's Bluetooth cannot be used.
    """

    def is_wanted(board: FoundBoard) -> bool:
        return name is None or answers_to(name, board.name, board.address)

    return await _find(name, is_wanted, timeout_s, radio)


async def _find(
    name: str | None,
    is_wanted: Callable[[FoundBoard], bool],
    timeout_s: float,
    radio: RadioChoice,
) -> FoundBoard:
    """The only board that is wanted; `name` is what the user, or the program, calls it."""

    def has_address(board: FoundBoard) -> bool:
        return board.address.lower() == (name or "").lower()

    def settle_s(board: FoundBoard) -> float | None:
        if board.in_use or not is_wanted(board):
            return None
        return 0.0 if has_address(board) else SETTLE_S

    boards = await _scan(timeout_s, radio, settle_s)
    wanted = [board for board in boards if has_address(board)]
    wanted = wanted or [board for board in boards if is_wanted(board)]
    free = [board for board in wanted if not board.in_use]
    if len(free) == 1:
        return free[0]
    if free:
        raise AmbiguousBoardError(
            tr(
                "{count} boards answer to {name!r}: {listed}. Say which one by its address.",
                count=len(free), name=name, listed=_listed(free),
            )
            if name
            else tr(
                "{count} boards answer: {listed}. Say which one by its address.",
                count=len(free), listed=_listed(free),
            )
        )  # fmt: skip
    if wanted:
        raise BoardNotFoundError(
            tr(
                "{listed}: another program on this computer is connected to it. Close that "
                "first (the studio, or a command in another window).",
                listed=_listed(wanted),
            )
        )
    if name:
        found = tr("No board {name!r} was heard within {seconds:g} s", name=name, seconds=timeout_s)
    else:
        found = tr("No board was heard within {seconds:g} s", seconds=timeout_s)
    if boards:
        found = tr("{found}; in range: {boards}", found=found, boards=_listed(boards))
    raise BoardNotFoundError(
        tr(
            "{found}. Check that it is powered, near and not connected to another computer, or "
            "start one with `motionloop virtual-board`.",
            found=found,
        )
    )


class _Listening:
    """Listens on one radio for as long as `listen` runs."""

    def __init__(self, radio: Radio, note: Callable[[FoundBoard], None]) -> None:
        self._radio, self._note = radio, note
        self.failure: NoAdapterError | None = None  # why nothing can be heard, so far

    async def listen(self) -> None:
        """Listen until cancelled. Ends early, with `failure` set, when the radio cannot be used."""
        try:
            # Beside the scan: a system with slow answers must not delay it.
            asking = asyncio.ensure_future(self._note_held())
            try:
                await self._scan()
            finally:
                asking.cancel()
                await asyncio.gather(asking, return_exceptions=True)
        except (BleakError, OSError, EOFError) as error:
            self.failure = unusable(error, await self._radio.daemon_runs())
            self.failure.__cause__ = error

    async def _scan(self) -> None:
        while True:
            try:
                async with _whole_scan(self._radio.scanner(self._heard)):
                    self.failure = None
                    await asyncio.Event().wait()
            except BleakError as error:
                if not is_in_progress(error):
                    raise
                if self.failure is None:
                    _log.info("the adapter is busy or does not answer: trying again")
                self.failure = unusable(error)
                self.failure.__cause__ = error
            await asyncio.sleep(BUSY_RETRY_S)

    async def _note_held(self) -> None:
        for board in await self._radio.held_boards():
            address, virtual = board.device.address, self._radio.is_virtual
            self._note(
                FoundBoard(
                    board.name,
                    address,
                    HELD_RSSI_DBM,
                    virtual,
                    board.device,
                    held=not board.in_use,
                    in_use=board.in_use,
                )
            )

    def _heard(self, device: BLEDevice, advertisement: AdvertisementData) -> None:
        name = advertisement.local_name or device.name or device.address
        virtual = self._radio.is_virtual
        self._note(FoundBoard(name, device.address, advertisement.rssi, virtual, device))


@contextlib.asynccontextmanager
async def _whole_scan(scanner: BleakScanner) -> AsyncIterator[None]:
    """A scan whose start is completed although the task is cancelled."""
    # Else BlueZ would start the scan all the same, and refuse the next scan as InProgress.
    beginning = asyncio.ensure_future(scanner.start())
    try:
        await asyncio.shield(beginning)
    except asyncio.CancelledError:
        with contextlib.suppress(BleakError, OSError, EOFError):
            await asyncio.wait_for(beginning, SCAN_BEGIN_S)
            await scanner.stop()
        raise
    try:
        yield
    finally:
        await scanner.stop()


def _radios(choice: RadioChoice) -> list[Radio]:
    chosen: list[Radio] = []
    if choice is not RadioChoice.REAL:
        chosen.append(radios.VIRTUAL)
    if choice is not RadioChoice.VIRTUAL:
        chosen.append(radios.SYSTEM)
    return chosen


async def _scan(
    timeout_s: float, choice: RadioChoice, settle_s: Callable[[FoundBoard], float | None]
) -> list[FoundBoard]:
    """Boards noted within `timeout_s`, or until `settle_s` after a board, unless it is None."""
    boards: dict[str, FoundBoard] = {}
    loop = asyncio.get_running_loop()
    enough = asyncio.Event()

    def note(board: FoundBoard) -> None:
        boards[board.address] = board
        if (after_s := settle_s(board)) is not None:
            loop.call_later(after_s, enough.set)

    if choice is not RadioChoice.VIRTUAL:
        _log_news(logging.INFO, "adapters", ", ".join(adapters()) or "not known by name")
    began_s = loop.time()
    listenings = [_Listening(radio, note) for radio in _radios(choice)]
    tasks = [asyncio.create_task(listening.listen()) for listening in listenings]

    def ended(_: asyncio.Task[None]) -> None:
        if all(task.done() for task in tasks):  # no radio can be used: nothing to wait for
            enough.set()

    for task in tasks:
        task.add_done_callback(ended)
    try:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await enough.wait()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    for task in tasks:
        if not task.cancelled() and (error := task.exception()):
            raise error
    missing = [listening.failure for listening in listenings if listening.failure is not None]
    words = f"{_listed(list(boards.values())) or 'none'}, within {loop.time() - began_s:.2f} s"
    causes = [f"{failure.what} ({failure.__cause__!r})" for failure in missing]
    _log_news(
        logging.WARNING if causes else logging.INFO,
        f"boards of radio {choice.value}",
        "; ".join([words, *causes]),
        [*sorted(boards), *causes],
    )
    if missing and not boards:
        raise missing[0]
    return list(boards.values())


_known: dict[str, object] = {}  # what was logged last, by what it is about


def _log_news(level: int, about: str, words: str, state: object = None) -> None:
    """Log `words`; at debug level if the same, or the same `state`, was logged last.

    The window scans again and again for as long as no board is there.
    """
    state = words if state is None else state
    _log.log(logging.DEBUG if _known.get(about) == state else level, "%s: %s", about, words)
    _known[about] = state


def _listed(boards: list[FoundBoard]) -> str:
    return ", ".join(str(board) for board in sorted(boards, key=lambda board: board.address))
