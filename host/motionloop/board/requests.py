"""Commands to a board and their answers, over a link that comes back after it was lost.

The base of `BoardClient`. Commands that change a board of an owner are signed here.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self, TypeVar

from motionloop import owner_key, wire
from motionloop.board import ownership
from motionloop.board.answers import Tries, checked_counters, checked_info, unpacked
from motionloop.board.link import CONNECT_TIMEOUT_S, FoundBoard, Link
from motionloop.board.notifications import Notifications
from motionloop.board.ownership import Whose
from motionloop.board.refusals import reason
from motionloop.errors import (
    BoardAnswerError,
    BoardRefusedError,
    LinkLostError,
    OtherSamplesError,
    WireVersionError,
)
from motionloop.language import tr
from motionloop.owner_key import OwnerKey
from motionloop.sample_format import SampleFormat

REPLY_TIMEOUT_S = 5.0
# A second push waits until a slot is erased between the radio's events: up to 10 s.
FLASH_TIMEOUT_S = 30.0
RECONNECT_TIMEOUT_S = 30.0
BEGIN_TRIES = 3
RESUME_TRIES = 3
MTU_TRIES, MTU_RETRY_S = 20, 0.1  # the limit of a write can grow after the connection

T = TypeVar("T")
_Reply = asyncio.Future[tuple[wire.ReplyHeader, bytes, float]]  # and when it arrived
_log = logging.getLogger(__name__)


def check_wire(value: bytes, board: FoundBoard) -> wire.Info:
    """Read a board's Info.

    Args:
        value: Value of the Info characteristic.
        board: The board, for messages.

    Returns:
        The Info.

    Raises:
        WireVersionError: Board and host have different wire definitions. The message names the
            side to update.
    """
    if len(value) == wire.Info.SIZE and int.from_bytes(value[:4], "little") == wire.WIRE_HASH:
        return wire.Info.unpack(value)
    version = tuple(value[4:7])
    theirs, ours = (".".join(map(str, v)) or "?" for v in (version, wire.FIRMWARE_VERSION))
    if version > wire.FIRMWARE_VERSION:
        advice = tr("Update this program to the version that goes with the board's firmware.")
    else:
        advice = tr("Update the board: `motionloop flash`.")
    raise WireVersionError(
        tr(
            "{board} speaks another protocol (firmware {theirs}, this program expects {ours}). "
            "{advice}",
            board=board,
            theirs=theirs,
            ours=ours,
            advice=advice,
        )
    )


def _measured_by(info: wire.Info) -> tuple[int, SampleFormat]:
    """All that says what a board's raw samples mean."""
    return info.imu, SampleFormat.from_info(info)


def disconnected(board: FoundBoard) -> LinkLostError:
    """Make the error for work that was going on when the user disconnected a board.

    Args:
        board: The board.

    Returns:
        The error.
    """
    return LinkLostError(
        tr("{board} was disconnected meanwhile. Connect it, and try again.", board=board)
    )


class BoardRequests:
    """A board as an async context manager: connected inside the `async with`.

    Each request can also raise the errors of `Link.write`, and BoardAnswerError when the board
    answers what no board can answer.

    Args:
        board: As found by a scan.
        key: With which the client speaks to boards of an owner; None for the user's own key.

    Attributes:
        info: The board's Info, as last read.
        near_seq: A sequence number of the board, the newest that is known; None before. Numbers
            of packets and predictions go on from it where those on the wire begin again. A caller
            who knows the board from before can set it.
    """

    info: wire.Info
    near_seq: int | None

    def __init__(self, board: FoundBoard, key: OwnerKey | None = None) -> None:
        self.link = Link(board)
        self.near_seq = None
        self._key = key
        self.reconnects = 0
        self.bad_packets = 0  # notifications that could not be read
        self._command_lock = asyncio.Lock()
        self._sign_lock = asyncio.Lock()
        self._link_lock = asyncio.Lock()
        self._tag = 0
        self._reply: _Reply | None = None
        self._awaited: tuple[int, int] | None = None
        self._refused_chunk: wire.ReplyHeader | None = None
        self._queues: set[Notifications] = set()  # each is told of a lost link
        self._watch: asyncio.Task[None] | None = None
        self._is_left = False  # by who was inside: nobody connects it any more

    @property
    def board(self) -> FoundBoard:
        """The board, as last found; its system's identifier changes when it restarts."""
        return self.link.board

    async def __aenter__(self) -> Self:
        await self.link.connect()
        try:
            await self._begin_link()
        except BaseException:
            await self.link.disconnect()
            raise
        self._watch_link()
        return self

    async def _begin_link(self) -> None:
        """Read the board's Info, over a new link if the first link breaks at once."""
        for tries_left in reversed(range(BEGIN_TRIES)):
            try:
                await self.read_info()
                await self.link.subscribe(wire.REPLY_UUID, self._on_reply)
                await self._authenticate()
                _log.info("%s says %r", self.board, self.info)
                return
            except LinkLostError as error:
                _log.warning("the first requests failed, %d tries left: %s", tries_left, error)
                if not tries_left:
                    raise
            await self.link.reconnect(CONNECT_TIMEOUT_S)

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._is_left = True
        if self._watch is not None:
            self._watch.cancel()
        await self.link.disconnect()

    # --- link -------------------------------------------------------------------------------
    async def resumed(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do work over the link; if the link breaks, do the work again over a new link.

        Args:
            work: Requests to the board that may be repeated.

        Returns:
            The result of `work`.

        Raises:
            LinkLostError: The board did not come back, or RESUME_TRIES links broke.
        """  # noqa: DOC501, the AssertionError is for mypy
        for tries_left in reversed(range(RESUME_TRIES)):
            await self._ensure_link()
            try:
                return await work()
            except LinkLostError:
                if not tries_left:
                    raise
        raise AssertionError("the last try returns or raises")

    async def _ensure_link(self) -> None:
        """Reconnect if the link is down.

        Raises:
            LinkLostError: The board does not come back, or the context has ended.
        """  # noqa: DOC501, `disconnected` makes one
        tries = Tries()
        async with self._link_lock:
            while not self.link.connected or self.link.lost.is_set():
                if not self._is_left:
                    await self.link.reconnect(RECONNECT_TIMEOUT_S)
                if self._is_left:
                    await self.link.disconnect()
                    raise disconnected(self.board)
                try:
                    await self.read_info()
                    await self._authenticate()
                except LinkLostError as error:  # broken again at once: connect once more
                    tries.failed(error)
                    continue
                self.reconnects += 1
                self._watch_link()

    def _watch_link(self) -> None:
        async def wake_readers() -> None:
            await self.link.lost.wait()
            for queue in self._queues:
                queue.add(None)

        self._watch = asyncio.create_task(wake_readers())

    # --- what every part asks ---------------------------------------------------------------
    async def read_info(self) -> wire.Info:
        """Read the board's Info again, also into `info`.

        Returns:
            The Info.

        Raises:
            WireVersionError: Board and host have different wire definitions.
            BoardAnswerError: No board can have this Info.
            OtherSamplesError: The board measures in another way than when it was connected.
            LinkLostError: The link broke, or no answer came.
        """
        info = check_wire(await self.link.read(wire.INFO_UUID), self.board)
        before = getattr(self, "info", None)
        checked_info(info, str(self.board))
        if before is not None and _measured_by(info) != _measured_by(before):
            await self.link.drop()  # whoever tries again gets this error again
            raise OtherSamplesError(
                tr(
                    "{board} measures with another sensor, rate or scale now. The recording so far "
                    "is safe. Connect the board again, and begin a new recording.",
                    board=self.board,
                )
            )
        self.info = info
        if before is not None and before.boot_id != info.boot_id:
            self.near_seq = None  # sequence numbers began again
        return self.info

    async def status(self) -> wire.Counters:
        """Ask for the board's counters.

        Returns:
            Counters of losses and faults, and the board's time.

        Raises:
            LinkLostError: The link broke, or no reply came.
            BoardRefusedError: The board answered with another status than OK.
        """
        return self._counters(await self._command(wire.Opcode.STATUS))

    def _counters(self, result: bytes) -> wire.Counters:
        counters = unpacked(wire.Counters, result, wire.Opcode.STATUS, str(self.board))
        return checked_counters(counters, str(self.board))

    # --- ownership --------------------------------------------------------------------------
    @property
    def key(self) -> OwnerKey | None:
        """The key of this client, or the user's; None if the user has none yet.

        Raises:
            OwnerKeyError: The user's key cannot be read.
        """
        if self._key is None:
            self._key = owner_key.load()
        return self._key

    @property
    def whose(self) -> Whose:
        """Whose the board is, as its Info said last.

        Raises:
            OwnerKeyError: The user's key cannot be read.
        """
        return ownership.whose(self.info, self.key if ownership.is_owned(self.info) else None)

    async def owner_state(self) -> wire.OwnerState:
        """Ask the board about its owner.

        Returns:
            The state, with a challenge for one signed command.

        Raises:
            LinkLostError: The link broke, or no reply came.
            BoardRefusedError: The board answered with another status than OK.
        """
        result = await self._command(wire.Opcode.OWNER)
        return unpacked(wire.OwnerState, result, wire.Opcode.OWNER, str(self.board))

    def _owners_key(self) -> OwnerKey:
        if self.whose is Whose.OURS and self.key is not None:
            return self.key
        raise ownership.refusal(self.board, self.info, self.key)

    async def _authenticate(self) -> None:
        """Show to be the owner, where others may not even read."""
        if self.info.owner_flags & wire.OwnerFlag.STRANGERS_READ or self.whose is not Whose.OURS:
            return
        await self._signed(self._owners_key(), wire.Opcode.AUTHENTICATE)

    async def _order(
        self, opcode: wire.Opcode, arguments: bytes = b"", timeout_s: float = REPLY_TIMEOUT_S
    ) -> bytes:
        """`_command` for what changes the board: signed, if the board has an owner."""
        if not ownership.is_owned(self.info):
            return await self._command(opcode, arguments, timeout_s)
        return await self._signed(self._owners_key(), opcode, arguments, timeout_s)

    async def _signed(
        self,
        key: OwnerKey,
        opcode: wire.Opcode,
        arguments: bytes = b"",
        timeout_s: float = REPLY_TIMEOUT_S,
    ) -> bytes:
        async with self._sign_lock:  # only the newest challenge counts
            state = await self.owner_state()

            def envelope(command: bytes) -> bytes:
                return ownership.signed_arguments(key, self.info, state, command)

            await self._wait_for_room(ownership.signed_bytes(arguments))
            reply, _, _ = await self._timed_command(opcode, arguments, timeout_s, envelope)
        return reply

    async def _wait_for_room(self, length: int) -> None:
        """Wait until one write carries so many bytes; the board takes no command in pieces."""
        for tries_left in reversed(range(MTU_TRIES)):
            limit = await self.link.write_limit(wire.COMMAND_UUID)
            if limit >= length:
                return
            if tries_left:
                await asyncio.sleep(MTU_RETRY_S)
        raise LinkLostError(
            tr(
                "The link to {board} carries {limit} bytes at once, and a signed command has "
                "{length}. Connect again; an old Bluetooth adapter may be unable to carry more.",
                board=self.board,
                limit=limit,
                length=length,
            )
        )

    # --- commands ---------------------------------------------------------------------------
    async def _command(
        self, opcode: wire.Opcode, arguments: bytes = b"", timeout_s: float = REPLY_TIMEOUT_S
    ) -> bytes:
        """`_timed_command` without the times."""
        reply, _, _ = await self._timed_command(opcode, arguments, timeout_s)
        return reply

    async def _timed_command(
        self,
        opcode: wire.Opcode,
        arguments: bytes = b"",
        timeout_s: float = REPLY_TIMEOUT_S,
        envelope: Callable[[bytes], bytes] | None = None,
    ) -> tuple[bytes, float, float]:
        """Send a command and wait for the reply.

        Args:
            opcode: The command.
            arguments: Bytes behind the command's header.
            timeout_s: Time for the reply.
            envelope: Makes the arguments of SIGNED of a command; None: the command goes unsigned.

        Returns:
            Bytes behind the reply's header, and when command and reply were at this computer.

        Raises:
            BoardRefusedError: The board answered with another status than OK.
            LinkLostError: The link broke, or no reply came.
        """
        now = asyncio.get_running_loop().time
        async with self._command_lock:
            began_s = now()
            self._tag = (self._tag + 1) & 0xFF
            self._awaited = (opcode, self._tag)
            reply: _Reply = asyncio.get_running_loop().create_future()
            self._reply = reply
            lost = asyncio.ensure_future(self.link.lost.wait())
            try:
                command = wire.CommandHeader(opcode, self._tag).pack() + arguments
                if envelope is not None:
                    signed = wire.CommandHeader(wire.Opcode.SIGNED, self._tag)
                    command = signed.pack() + envelope(command)
                await self.link.write(wire.COMMAND_UUID, command)
                waiting: set[asyncio.Future[Any]] = {reply, lost}
                await asyncio.wait(waiting, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
                if not reply.done():
                    if lost.done():
                        fault = tr(
                            "The link to {board} broke before {name} was answered. Bring the board "
                            "nearer and try again.",
                            board=self.board, name=opcode.name,
                        )  # fmt: skip
                    else:
                        fault = tr(
                            "The link to {board} stayed silent for {seconds:g} s before {name} was "
                            "answered. Bring the board nearer and try again.",
                            board=self.board, seconds=timeout_s, name=opcode.name,
                        )  # fmt: skip
                        _log.warning("%s left %s without a reply", self.board, opcode.name)
                        await self.link.drop()
                    raise LinkLostError(fault)
                header, result, arrived_s = reply.result()
            finally:
                lost.cancel()
                self._reply = self._awaited = None
        if header.status != wire.Status.OK:
            raise self._refusal(header)
        _log.debug("%s answered %s in %.3f s", self.board, opcode.name, now() - began_s)
        return result, began_s, arrived_s

    def _on_reply(self, value: bytes) -> None:
        if len(value) < wire.ReplyHeader.SIZE:
            self._count_bad_packet(f"a reply of {len(value)} bytes is cut short")
            return
        header = wire.ReplyHeader.unpack(value)
        if header.opcode == wire.Opcode.MODEL_DATA:
            self._refused_chunk = header
        elif (
            self._reply is not None
            and not self._reply.done()
            and self._awaited == (header.opcode, header.tag)
        ):
            arrived_s = asyncio.get_running_loop().time()
            self._reply.set_result((header, value[wire.ReplyHeader.SIZE :], arrived_s))

    def _refusal(self, header: wire.ReplyHeader) -> BoardRefusedError | BoardAnswerError:
        opcode = wire.Opcode(header.opcode)
        if header.status == wire.Status.OK or header.status not in list(wire.Status):
            return self._cannot_be(
                tr("status {status} to {command}", status=header.status, command=opcode.name)
            )
        status = wire.Status(header.status)
        # The command is repeated until the board is free: nothing to warn of.
        level = logging.DEBUG if status == wire.Status.BUSY else logging.WARNING
        _log.log(
            level, "%s refused %s: %s (%d)", self.board, opcode.name, status.name, header.detail
        )
        message = tr(
            "{board} refused {command}: {reason}",
            board=self.board, command=opcode.name,
            reason=reason(status, header.detail, self.info.arena_bytes),
        )  # fmt: skip
        return BoardRefusedError(message, opcode, status, header.detail)

    def _cannot_be(self, what: str) -> BoardAnswerError:
        """The error for an answer that no board can give, in words without a full stop."""
        return BoardAnswerError(str(self.board), what)

    def _count_bad_packet(self, why: str) -> None:
        level = logging.DEBUG if self.bad_packets else logging.WARNING  # there can be many
        _log.log(level, "%s sent what cannot be read: %s", self.board, why)
        self.bad_packets += 1
