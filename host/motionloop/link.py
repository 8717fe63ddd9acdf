"""Boards over Bluetooth: scan, connect, read, write, subscribe, reconnect.

Only this module and `virtual` know bleak. Real boards and virtual ones look the same from here
on; every bleak error becomes one of ours, with what to do about it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Self, TypeVar

from bleak import BleakClient, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakCharacteristicNotFoundError,
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
)

from motionloop import wire
from motionloop.errors import (
    AmbiguousBoardError,
    BoardNotFoundError,
    LinkLostError,
    MotionLoopError,
    NoAdapterError,
    WireVersionError,
)
from motionloop.virtual.backend import BleakClientVirtual, BleakScannerVirtual

SETTLE_S = 0.5  # after a match: time for a second board of that name to be heard too
FIRST_RETRY_S, LAST_RETRY_S = 0.1, 2.0  # reconnecting doubles its wait from one to the other
T = TypeVar("T")


class RadioChoice(Enum):
    """Where to look for boards."""

    ANY = "any"
    REAL = "real"
    VIRTUAL = "virtual"


@dataclass(frozen=True)
class FoundBoard:
    """A board that advertises. `address` names it for good; two boards can share a `name`."""

    name: str
    address: str
    rssi_dbm: int
    is_virtual: bool
    device: BLEDevice

    def __str__(self) -> str:
        kind = "virtual" if self.is_virtual else f"{self.rssi_dbm} dBm"
        return f"{self.name} ({self.address}, {kind})"


async def scan(timeout_s: float = 5.0, radio: RadioChoice = RadioChoice.ANY) -> list[FoundBoard]:
    """All boards that advertise within `timeout_s`, the nearest first.

    NoAdapterError when this computer has no Bluetooth: with ANY only if no virtual board
    answered either.
    """
    boards = await _scan(timeout_s, radio, lambda board: None)
    return sorted(boards, key=lambda board: (-board.rssi_dbm, board.name, board.address))


async def find(
    name: str | None = None, timeout_s: float = 5.0, radio: RadioChoice = RadioChoice.ANY
) -> FoundBoard:
    """The board of that name or address, or the only one there is when `name` is None.

    Returns shortly after the board was heard. BoardNotFoundError, AmbiguousBoardError or
    NoAdapterError when it is not exactly one.
    """

    def is_wanted(board: FoundBoard) -> bool:
        return name is None or name.lower() in (board.name.lower(), board.address.lower())

    def settle_s(board: FoundBoard) -> float | None:
        if not is_wanted(board):
            return None
        return 0.0 if board.address.lower() == (name or "").lower() else SETTLE_S

    boards = await _scan(timeout_s, radio, settle_s)
    wanted = [board for board in boards if is_wanted(board)]
    if len(wanted) == 1:
        return wanted[0]
    if wanted:
        raise AmbiguousBoardError(
            f"{len(wanted)} boards answer{f' to {name!r}' if name else ''}: {_listed(wanted)}. "
            "Say which one by its address."
        )
    sought = f"No board {name!r} was" if name else "No board was"
    seen = f"; in range: {_listed(boards)}" if boards else ""
    raise BoardNotFoundError(
        f"{sought} heard within {timeout_s:g} s{seen}. Check that it is powered, near and not "
        "connected to another computer, or start one with `motionloop virtual-board`."
    )


class Link:
    """One board's radio link.

    An async context manager: connects on entry, disconnects on exit. `lost` is set as soon as
    the link breaks and cleared when it is back.
    """

    def __init__(self, board: FoundBoard) -> None:
        self.board = board
        self.lost = asyncio.Event()
        self._client: BleakClient | None = None
        self._subscriptions: dict[str, Callable[[bytes], None]] = {}

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.disconnect()

    @property
    def connected(self) -> bool:
        return self._client is not None and self._client.is_connected

    async def connect(self, timeout_s: float = 15.0) -> None:
        """Connect and, after a loss, subscribe again to what was subscribed.

        BoardNotFoundError when the board is gone, NoAdapterError without Bluetooth,
        LinkLostError when the link does not come up in time.
        """
        client = BleakClient(
            self.board.device,
            disconnected_callback=self._on_disconnected,
            timeout=timeout_s,
            backend=BleakClientVirtual if self.board.is_virtual else None,
        )
        self._client = client
        try:
            async with asyncio.timeout(timeout_s):
                await self._translated(client.connect(), "connect")
                for uuid in self._subscriptions:
                    await self._translated(self._start_notify(client, uuid), "subscribe")
        except TimeoutError as error:
            await self.disconnect()
            raise LinkLostError(
                f"{self.board} did not connect within {timeout_s:g} s. Bring it nearer, restart "
                "it, and check that no other computer is connected to it."
            ) from error
        except BaseException:
            await self.disconnect()
            raise
        if client.is_connected:  # it may have broken again while its last answer was on its way
            self.lost.clear()

    async def disconnect(self) -> None:
        """Let go of the board; no error if the link is gone already."""
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(BleakError, OSError, TimeoutError):
                await client.disconnect()

    async def drop(self) -> None:
        """Take the link as lost, since nothing more can be asked over it."""
        await self._drop(self._client)

    async def reconnect(self, timeout_s: float = 30.0) -> None:
        """Try, with growing pauses, until the board is back, and subscribe again.

        LinkLostError when it is not back in time.
        """
        radio = RadioChoice.VIRTUAL if self.board.is_virtual else RadioChoice.REAL
        retry_s = FIRST_RETRY_S
        reason: MotionLoopError | None = None
        await self.disconnect()
        try:
            async with asyncio.timeout(timeout_s):
                while True:
                    try:
                        # A board that restarted is another device to the operating system.
                        self.board = await find(self.board.address, timeout_s, radio)
                        return await self.connect(timeout_s)
                    except (BoardNotFoundError, LinkLostError, NoAdapterError) as error:
                        reason = error
                    await asyncio.sleep(retry_s)
                    retry_s = min(2 * retry_s, LAST_RETRY_S)
        except TimeoutError:
            raise LinkLostError(
                f"{self.board} did not come back within {timeout_s:g} s. Check its power, bring "
                "it nearer, and start again: nothing recorded so far is lost."
            ) from reason

    async def read(self, uuid: str, timeout_s: float = 5.0) -> bytes:
        """The characteristic's value. LinkLostError when the link breaks or no answer comes."""
        return bytes(await self._ask(lambda client: client.read_gatt_char(uuid), "read", timeout_s))

    async def write(self, uuid: str, value: bytes, timeout_s: float = 5.0) -> None:
        """Write and wait for the board's acknowledgement.

        LinkLostError when the link breaks or no acknowledgement comes: the link is then closed,
        since nothing more can be asked over it.
        """
        await self._ask(
            lambda client: client.write_gatt_char(uuid, value, response=True), "write", timeout_s
        )

    async def subscribe(
        self, uuid: str, callback: Callable[[bytes], None], timeout_s: float = 5.0
    ) -> None:
        """Have `callback` called with each notification, instead of one given before.

        A reconnect subscribes again, also to what a LinkLostError prevented here.
        """
        self._require_client("subscribe")
        is_new = uuid not in self._subscriptions
        self._subscriptions[uuid] = callback
        if is_new:  # a characteristic that notifies already must not be told to again
            telling = asyncio.ensure_future(
                self._ask(lambda client: self._start_notify(client, uuid), "subscribe", timeout_s)
            )
            try:
                await asyncio.shield(telling)
            except asyncio.CancelledError:
                # Broken off half way, nobody would know whether it notifies.
                await asyncio.gather(telling, return_exceptions=True)
                raise

    def write_limit(self, uuid: str = wire.MODEL_UUID) -> int:
        """Bytes that one write can carry now. It may grow after connecting: ask before each
        transfer. LinkLostError without a link."""
        client = self._require_client("ask for the write limit")
        characteristic = client.services.get_characteristic(uuid)
        if characteristic is None:
            raise self._missing(uuid)
        return characteristic.max_write_without_response_size

    async def _ask(
        self, request: Callable[[BleakClient], Awaitable[T]], doing: str, timeout_s: float
    ) -> T:
        client = self._require_client(doing)
        try:
            async with asyncio.timeout(timeout_s):
                return await self._translated(request(client), doing)
        except TimeoutError as error:
            # ATT allows no further request after one that was never answered.
            await self._drop(client)
            raise LinkLostError(
                f"{self.board} did not answer a {doing} within {timeout_s:g} s. Reconnect, and "
                "restart the board if it happens again."
            ) from error
        except LinkLostError:
            await self._drop(client)
            raise

    async def _translated(self, request: Awaitable[T], doing: str) -> T:
        try:
            return await request
        except BleakDeviceNotFoundError as error:
            raise BoardNotFoundError(
                f"{self.board} is no longer there. Check its power and scan again."
            ) from error
        except BleakCharacteristicNotFoundError as error:
            raise self._missing(str(error.char_specifier)) from error
        except BleakGATTProtocolError as error:
            raise WireVersionError(
                f"{self.board} refused a {doing}: {error}. Its firmware may be of another "
                "version: update the board with `motionloop flash`."
            ) from error
        except (BleakBluetoothNotAvailableError, FileNotFoundError) as error:
            raise _no_adapter(error) from error
        except (BleakError, OSError) as error:
            if isinstance(error, TimeoutError):  # an OSError too
                raise
            raise LinkLostError(
                f"The link to {self.board} failed during {doing}: {error}. Bring the board "
                "nearer and reconnect."
            ) from error

    async def _drop(self, client: BleakClient | None) -> None:
        if client is self._client:  # not one that was connected meanwhile
            await self.disconnect()
            self.lost.set()

    def _require_client(self, doing: str) -> BleakClient:
        if self._client is None or not self._client.is_connected:
            raise LinkLostError(
                f"There is no link to {self.board} to {doing}. Reconnect, and bring the board "
                "nearer if that fails."
            )
        return self._client

    def _missing(self, uuid: str) -> WireVersionError:
        return WireVersionError(
            f"{self.board} has no characteristic {uuid}: its firmware is of another version. "
            "Update the board with `motionloop flash`."
        )

    async def _start_notify(self, client: BleakClient, uuid: str) -> None:
        await client.start_notify(
            uuid, lambda characteristic, value: self._subscriptions[uuid](bytes(value))
        )

    def _on_disconnected(self, client: BleakClient) -> None:
        if client is self._client:
            self.lost.set()


async def _scan(
    timeout_s: float, radio: RadioChoice, settle_s: Callable[[FoundBoard], float | None]
) -> list[FoundBoard]:
    """Boards heard within `timeout_s`, or until `settle_s` after one for which that is a number."""
    boards: dict[str, FoundBoard] = {}
    loop = asyncio.get_running_loop()
    enough = asyncio.Event()

    def listener(is_virtual: bool) -> Callable[[BLEDevice, AdvertisementData], None]:
        def on_advertisement(device: BLEDevice, advertisement: AdvertisementData) -> None:
            name = advertisement.local_name or device.name or device.address
            board = FoundBoard(name, device.address, advertisement.rssi, is_virtual, device)
            boards[device.address] = board
            if (after_s := settle_s(board)) is not None:
                loop.call_later(after_s, enough.set)

        return on_advertisement

    missing: NoAdapterError | None = None
    async with contextlib.AsyncExitStack() as stack:
        if radio is not RadioChoice.REAL:
            virtual = BleakScanner(listener(True), [wire.SERVICE_UUID], backend=BleakScannerVirtual)
            await stack.enter_async_context(virtual)
        if radio is not RadioChoice.VIRTUAL:
            try:
                real = BleakScanner(listener(False), [wire.SERVICE_UUID])
                await stack.enter_async_context(real)
            except (BleakBluetoothNotAvailableError, BleakDBusError, OSError) as error:
                missing = _no_adapter(error)
                if radio is RadioChoice.REAL:
                    raise missing from error
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await enough.wait()
    if missing is not None and not boards:
        raise missing
    return list(boards.values())


def _no_adapter(error: Exception) -> NoAdapterError:
    return NoAdapterError(
        f"This computer has no usable Bluetooth ({error}). Plug in or switch on an adapter (on "
        "Linux `bluetoothd` must run), or start a board without hardware with "
        "`motionloop virtual-board`."
    )


def _listed(boards: list[FoundBoard]) -> str:
    return ", ".join(str(board) for board in sorted(boards, key=lambda board: board.address))
