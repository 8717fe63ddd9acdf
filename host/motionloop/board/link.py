"""Boards over Bluetooth: connect, read, write, subscribe, reconnect.

Real and virtual boards look the same to a caller. Every bleak error becomes an error of
`motionloop.errors`, with advice.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self, TypeVar

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakCharacteristicNotFoundError,
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
)

from motionloop import wire
from motionloop.board import radios
from motionloop.board.bluetooth import said_by, unusable
from motionloop.board.finding import FoundBoard, RadioChoice, find_address, find_board, scan
from motionloop.board.radios import Radio
from motionloop.errors import (
    BoardNotFoundError,
    LinkLostError,
    MotionLoopError,
    NoAdapterError,
    WireVersionError,
)
from motionloop.language import tr

__all__ = ["FoundBoard", "Link", "RadioChoice", "find_address", "find_board", "scan"]

CONNECT_TIMEOUT_S = 15.0
CONNECT_TRIES = 3
# The system reports a lost link after it has failed the request that was under way.
LOSS_REPORTED_S = 2.0
FIRST_RETRY_S, LAST_RETRY_S = 0.1, 2.0  # reconnecting doubles its wait from one to the other
_SERVICE = (
    wire.INFO_UUID,
    wire.COMMAND_UUID,
    wire.REPLY_UUID,
    wire.MOTION_UUID,
    wire.MODEL_UUID,
    wire.PREDICTION_UUID,
)
# The errors of a lost link; bleak itself raises the last two when a board goes half way.
_LINK_ERRORS = (BleakError, OSError, EOFError, KeyError, AssertionError)
T = TypeVar("T")
_log = logging.getLogger(__name__)


class Link:
    """A board's radio link as an async context manager: connected inside the `async with`.

    The event `lost` is set as soon as the link breaks, and cleared when the link is back.

    Args:
        board: As found by a scan.
    """

    def __init__(self, board: FoundBoard) -> None:
        self.board = board
        self.lost = asyncio.Event()
        self._client: BleakClient | None = None
        self._gone = asyncio.Event()  # set when the link of `_client` is lost
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
        """Whether the link is up, as far as the system has noticed."""
        return self._client is not None and self._client.is_connected

    async def connect(self, timeout_s: float = CONNECT_TIMEOUT_S) -> None:
        """Connect, and after a loss renew the subscriptions.

        An attempt that breaks off is repeated.

        Args:
            timeout_s: Time for all attempts.

        Raises:
            BoardNotFoundError: The board is gone, or another program uses it.
            NoAdapterError: This computer's Bluetooth cannot be used.
            WireVersionError: The board lacks a characteristic, or refused a subscription.
            LinkLostError: The link did not come up in time.
        """
        if self.board.in_use:
            raise BoardNotFoundError(
                tr(
                    "{board}: another program on this computer is connected to it. Close that "
                    "first (the studio, or a command in another window).",
                    board=self.board,
                )
            )
        now = asyncio.get_running_loop().time
        began_s = now()
        try:
            async with asyncio.timeout(timeout_s):
                for tries_left in reversed(range(CONNECT_TRIES)):
                    try:
                        await self._connect_once(timeout_s)
                        _log.info("connected to %s in %.2f s", self.board, now() - began_s)
                        return
                    except LinkLostError as error:
                        _log.warning("no connection, %d tries left: %s", tries_left, error)
                        if not tries_left:
                            raise
                    await asyncio.sleep(FIRST_RETRY_S)
        except TimeoutError as error:
            _log.warning("%s did not connect within %g s", self.board, timeout_s)
            raise LinkLostError(
                tr(
                    "{board} did not connect within {seconds:g} s. Bring it nearer, restart "
                    "it, and check that no other computer is connected to it.",
                    board=self.board,
                    seconds=timeout_s,
                )
            ) from error

    async def _connect_once(self, timeout_s: float, fresh_services: bool = False) -> None:
        self._gone = gone = asyncio.Event()

        def on_lost(client: BleakClient) -> None:
            gone.set()
            if client is self._client:
                _log.warning("the link to %s broke: the system says so", self.board)
                self.lost.set()

        client = self._radio.client(self.board.device, on_lost, timeout_s, fresh_services)
        self._client = client
        try:
            await self._translated(
                client.connect(), tr("connection attempt", "a request to a board")
            )
            if not fresh_services and self._lacks_services(client):
                _log.info("%s: services of another program are remembered", self.board)
                await self.disconnect()
                await self._forget_services(timeout_s)
                return await self._connect_once(timeout_s, fresh_services=True)
            for uuid in self._subscriptions:
                await self._translated(
                    self._start_notify(client, uuid), tr("subscription", "a request to a board")
                )
        except BaseException:
            await self.disconnect()
            raise
        if client.is_connected:  # the link may have broken while its last answer was on its way
            self.lost.clear()

    def _lacks_services(self, client: BleakClient) -> bool:
        """Whether the system's list of the board's services lacks one of this program's.

        The list can be of the program that the board ran before.
        """
        try:
            return any(client.services.get_characteristic(uuid) is None for uuid in _SERVICE)
        except BleakError:  # the link is lost already
            return False

    async def _forget_services(self, timeout_s: float) -> None:
        if await self._radio.forget_services(self.board.device):
            self.board = await find_address(self.board.address, timeout_s, self._choice)

    @property
    def _radio(self) -> Radio:
        return radios.VIRTUAL if self.board.is_virtual else radios.SYSTEM

    @property
    def _choice(self) -> RadioChoice:
        return RadioChoice.VIRTUAL if self.board.is_virtual else RadioChoice.REAL

    async def disconnect(self) -> None:
        """Disconnect; no error if the link is lost already."""
        client, self._client = self._client, None
        if client is not None:
            _log.info("disconnecting from %s", self.board)
            with contextlib.suppress(*_LINK_ERRORS):
                await client.disconnect()

    async def drop(self) -> None:
        """Treat the link as lost: no request over it can be answered any more."""
        await self._drop(self._client)

    async def reconnect(self, timeout_s: float = 30.0) -> None:
        """Try to connect, with growing pauses, until the board is back; renew the subscriptions.

        Args:
            timeout_s: Time for all attempts.

        Raises:
            LinkLostError: The board was not back in time.
            WireVersionError: The board runs another firmware now.
        """
        now = asyncio.get_running_loop().time
        retry_s, began_s, tries = FIRST_RETRY_S, now(), 0
        reason: MotionLoopError | None = None
        await self.disconnect()
        try:
            async with asyncio.timeout(timeout_s):
                while True:
                    try:
                        # A board that restarted is another device to the operating system.
                        tries += 1
                        self.board = await find_address(self.board.address, timeout_s, self._choice)
                        await self.connect(timeout_s)
                        took_s = now() - began_s
                        _log.info("%s is back after %.2f s, try %d", self.board, took_s, tries)
                        return
                    except (BoardNotFoundError, LinkLostError, NoAdapterError) as error:
                        _log.info("try %d of reconnecting: %s", tries, error)
                        reason = error
                    await asyncio.sleep(retry_s)
                    retry_s = min(2 * retry_s, LAST_RETRY_S)
        except TimeoutError:
            _log.warning("%s did not come back within %g s", self.board, timeout_s)
            advice = tr("Check its power, bring it nearer, and start again")
            if isinstance(reason, NoAdapterError):  # the fault is not the board's
                cause = f"{reason.what[0].upper()}{reason.what[1:]}"
                advice = tr("{cause}. {advice} Then start again", cause=cause, advice=reason.advice)
            raise LinkLostError(
                tr(
                    "{board} did not come back within {seconds:g} s. {advice}: nothing "
                    "recorded so far is lost.",
                    board=self.board,
                    seconds=timeout_s,
                    advice=advice,
                )
            ) from reason

    async def read(self, uuid: str, timeout_s: float = 5.0) -> bytes:
        """Read a characteristic.

        Args:
            uuid: The characteristic.
            timeout_s: Time for the answer; without an answer the link counts as lost.

        Returns:
            The value.

        Raises:
            LinkLostError: The link broke, or no answer came.
            WireVersionError: The board lacks the characteristic, or refused the request.
            BoardNotFoundError: The system no longer knows the board.
            NoAdapterError: This computer's Bluetooth cannot be used.
        """
        return bytes(
            await self._ask(
                lambda client: client.read_gatt_char(uuid),
                tr("read", "a request to a board"),
                timeout_s,
            )
        )

    async def write(self, uuid: str, value: bytes, timeout_s: float = 5.0) -> None:
        """Write a characteristic and wait for the board's acknowledgement.

        Args:
            uuid: The characteristic.
            value: At most `write_limit` bytes.
            timeout_s: Time for the acknowledgement; without it the link counts as lost.

        Raises:
            LinkLostError: The link broke, or no acknowledgement came.
            WireVersionError: The board lacks the characteristic, or refused the request.
            BoardNotFoundError: The system no longer knows the board.
            NoAdapterError: This computer's Bluetooth cannot be used.
        """
        await self._ask(
            lambda client: client.write_gatt_char(uuid, value, response=True),
            tr("write", "a request to a board"),
            timeout_s,
        )

    async def subscribe(
        self, uuid: str, callback: Callable[[bytes], None], timeout_s: float = 5.0
    ) -> None:
        """Have a callback called with each notification of a characteristic.

        A reconnect renews the subscription, also after a LinkLostError of this call.

        Args:
            uuid: The characteristic.
            callback: Takes the notification's value; it replaces an earlier callback.
            timeout_s: Time for the answer; without an answer the link counts as lost.

        Raises:
            LinkLostError: The link broke, or no answer came.
            WireVersionError: The board lacks the characteristic, or refused the request.
            BoardNotFoundError: The system no longer knows the board.
            NoAdapterError: This computer's Bluetooth cannot be used.
            asyncio.CancelledError: The task was cancelled; the request was completed first.
        """
        self._require_client(tr("subscribe", "a request to a board"))
        is_new = uuid not in self._subscriptions
        self._subscriptions[uuid] = callback
        if is_new:  # to subscribe twice to one characteristic is an error
            subscribing = asyncio.ensure_future(
                self._ask(
                    lambda client: self._start_notify(client, uuid),
                    tr("subscription", "a request to a board"),
                    timeout_s,
                )
            )
            try:
                await asyncio.shield(subscribing)
            except asyncio.CancelledError:
                # Broken off half way, the state of the characteristic would be unknown.
                await asyncio.gather(subscribing, return_exceptions=True)
                raise

    async def write_limit(self, uuid: str = wire.MODEL_UUID, timeout_s: float = 5.0) -> int:
        """Ask the system how many bytes one write can carry now.

        The limit can grow after the connection: ask before each transfer.

        Args:
            uuid: The characteristic.
            timeout_s: Time for the answer; without an answer the link counts as lost.

        Returns:
            Bytes.

        Raises:
            LinkLostError: There is no link, or no answer came.
            WireVersionError: The board lacks the characteristic.
            BoardNotFoundError: The system no longer knows the board.
            NoAdapterError: This computer's Bluetooth cannot be used.
        """

        async def max_write(client: BleakClient) -> int:
            return await self._radio.max_write(self._characteristic(client, uuid))

        return await self._ask(
            max_write, tr("question for its write limit", "a request to a board"), timeout_s
        )

    def _characteristic(self, client: BleakClient, uuid: str) -> BleakGATTCharacteristic:
        found = client.services.get_characteristic(uuid)
        if found is None:
            raise BleakCharacteristicNotFoundError(uuid)
        return found

    async def _ask(
        self, request: Callable[[BleakClient], Awaitable[T]], doing: str, timeout_s: float
    ) -> T:
        client = self._require_client(doing)
        try:
            async with asyncio.timeout(timeout_s):
                return await self._translated(request(client), doing)
        except TimeoutError as error:
            # ATT allows no further request after one that was never answered.
            _log.warning("%s did not answer a %s within %g s", self.board, doing, timeout_s)
            await self._drop(client)
            raise LinkLostError(
                tr(
                    "{board} did not answer a {doing} within {seconds:g} s. Reconnect, and "
                    "restart the board if it happens again.",
                    board=self.board,
                    doing=doing,
                    seconds=timeout_s,
                )
            ) from error
        except LinkLostError:
            await self._drop(client)
            raise

    async def _translated(self, request: Awaitable[T], doing: str) -> T:
        gone = self._gone
        try:
            return await request
        except BleakDeviceNotFoundError as error:
            raise BoardNotFoundError(
                tr("{board} is no longer there. Check its power and scan again.", board=self.board)
            ) from error
        except BleakCharacteristicNotFoundError as error:
            raise self._missing(str(error.char_specifier)) from error
        except BleakGATTProtocolError as error:
            # BlueZ ends the request of a link that broke as if the board had refused it.
            if await _happens(gone, LOSS_REPORTED_S):
                raise self._broke(doing, error) from error
            raise WireVersionError(
                tr(
                    "{board} refused a {doing} ({cause}). Its firmware may be of another "
                    "version: update the board with `motionloop flash`.",
                    board=self.board,
                    doing=doing,
                    cause=said_by(error),
                )
            ) from error
        except (BleakBluetoothNotAvailableError, FileNotFoundError) as error:
            raise unusable(error) from error
        except _LINK_ERRORS as error:
            if isinstance(error, TimeoutError):  # an OSError too
                raise
            raise self._broke(doing, error) from error

    def _broke(self, doing: str, error: BaseException) -> LinkLostError:
        _log.warning("the link to %s broke in a %s: %r", self.board, doing, error)
        # An error of ATT from BlueZ says nothing about the board.
        if isinstance(error, BleakGATTProtocolError):
            return LinkLostError(
                tr(
                    "The link to {board} broke in a {doing}. Bring the board nearer and reconnect.",
                    board=self.board, doing=doing,
                )
            )  # fmt: skip
        return LinkLostError(
            tr(
                "The link to {board} broke in a {doing} ({cause}). Bring the board nearer and "
                "reconnect.",
                board=self.board, doing=doing, cause=said_by(error),
            )
        )  # fmt: skip

    async def _drop(self, client: BleakClient | None) -> None:
        if client is self._client:  # else another client was connected meanwhile
            await self.disconnect()
            self.lost.set()

    def _require_client(self, doing: str) -> BleakClient:
        if self._client is None or not self._client.is_connected:
            raise LinkLostError(
                tr(
                    "There is no link to {board} to {doing}. Reconnect, and bring the board "
                    "nearer if that fails.",
                    board=self.board,
                    doing=doing,
                )
            )
        return self._client

    def _missing(self, uuid: str) -> WireVersionError:
        return WireVersionError(
            tr(
                "{board} has no characteristic {uuid}. Either its firmware is of another "
                "version: `motionloop flash` updates it. Or this computer remembers what the "
                "board ran before: `bluetoothctl remove {address}` on Linux, elsewhere remove "
                "the board in the system's Bluetooth settings or switch Bluetooth off and on.",
                board=self.board,
                uuid=uuid,
                address=self.board.address,
            )
        )

    async def _start_notify(self, client: BleakClient, uuid: str) -> None:
        await client.start_notify(
            uuid, lambda characteristic, value: self._subscriptions[uuid](bytes(value))
        )


async def _happens(event: asyncio.Event, within_s: float) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(within_s):
            await event.wait()
    return event.is_set()
