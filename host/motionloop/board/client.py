"""BoardClient: a connected board as Python objects.

`stream`, `predictions` and `push` are async iterators that outlive lost links: they reconnect, go
on from where they were, and report missing samples.
"""

from __future__ import annotations

import asyncio
import logging
import time
import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from motionloop import owner_key, wire
from motionloop.board import ownership
from motionloop.board.answers import (
    MIN_MODEL_WRITE_BYTES,
    Tries,
    checked_counters,
    checked_header,
    checked_info,
    unpacked,
)
from motionloop.board.clock_bounds import RoundTrip
from motionloop.board.link import CONNECT_TIMEOUT_S, FoundBoard, Link, RadioChoice, find_board
from motionloop.board.ownership import Whose
from motionloop.board.packets import Packet, Reassembly, parse_packet, unwrapped
from motionloop.board.prediction import Prediction, parse_prediction
from motionloop.board.pushes import note_push
from motionloop.board.refusals import reason
from motionloop.board.transfer import Transfer
from motionloop.errors import (
    BoardAnswerError,
    BoardRefusedError,
    LinkLostError,
    WireVersionError,
)
from motionloop.language import tr
from motionloop.model.package import package_labels
from motionloop.model.signing import sign_package
from motionloop.owner_key import OwnerKey
from motionloop.recordings.recording import LOST_ON_LINK
from motionloop.recordings.writer import SEQ_NUMBERS

REPLY_TIMEOUT_S = 5.0
# A second push waits until a slot is erased between the radio's events: up to 10 s.
FLASH_TIMEOUT_S = 30.0
BUSY_RETRY_S = 0.2
RECONNECT_TIMEOUT_S = 30.0
RESEND_TIMEOUT_S = 3.0
SILENCE_S = 5.0  # without a packet: then the board is asked
BEGIN_TRIES = 3
RESUME_TRIES = 3
MOST_READS = 3  # of a package: each may be that of a model which is switched meanwhile
USELESS_PACKETS = 200  # in a row, with nothing new: then the board is given up
MOST_QUEUED = 1 << 16  # notifications, 20 MB: half an hour of a stream that nobody reads
# Samples that wait for missing ones: the board holds no older ones to send again.
MOST_WAITING = 2 * wire.RING_SAMPLES
MTU_TRIES, MTU_RETRY_S = 20, 0.1  # the limit of a write can grow after the connection
MAX_DELAY_MS = 33  # a sample waits no longer for its packet to fill: 30 packets per second

T = TypeVar("T")
_Reply = asyncio.Future[tuple[wire.ReplyHeader, bytes, float]]  # and when it arrived
_log = logging.getLogger(__name__)


class _Queue(asyncio.Queue[tuple[bytes, float] | None]):
    """Notifications and when they arrived, or None for a new link.

    A full queue takes no more notifications: samples are then asked for again.
    """

    def add(self, notified: tuple[bytes, float] | None) -> None:
        if notified is None or self.qsize() < MOST_QUEUED:
            self.put_nowait(notified)


LOST_AWAY = "link lost for longer than the board's memory"


class PushStage(StrEnum):
    """What a push is doing."""

    PREPARE = "prepare"  # the board erases its spare slot, unless the slot is erased already
    SEND = "send"
    CHECK = "check"  # the board checks the package and computes its golden windows
    DONE = "done"


@dataclass(frozen=True)
class PushProgress:
    """How far a push has come.

    Attributes:
        stage: What the push is doing.
        sent_bytes: Bytes that the board holds or that are on their way.
        total_bytes: Size of the package.
    """

    stage: PushStage
    sent_bytes: int
    total_bytes: int


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


class BoardClient:
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
        self.duplicated = 0  # samples of the stream that came again
        self._command_lock = asyncio.Lock()
        self._sign_lock = asyncio.Lock()
        self._link_lock = asyncio.Lock()
        self._tag = 0
        self._reply: _Reply | None = None
        self._awaited: tuple[int, int] | None = None
        self._refused_chunk: wire.ReplyHeader | None = None
        self._queues: set[_Queue] = set()
        self._streaming: _Queue | None = None  # of the newest stream
        self._watch: asyncio.Task[None] | None = None

    @classmethod
    @asynccontextmanager
    async def find(
        cls,
        name: str | None = None,
        timeout_s: float = 5.0,
        radio: RadioChoice = RadioChoice.ANY,
    ) -> AsyncIterator[Self]:
        """Find a board and connect to it, as one async context manager.

        Args:
            name: The board's name or address, in any case; None for the only board in reach.
            timeout_s: How long to listen at most.
            radio: Where to listen.

        Yields:
            The connected board.

        Raises:
            MotionLoopError: Those of `finding.find_board` and of connecting.
        """
        async with cls(await find_board(name, timeout_s, radio)) as client:
            yield client

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
        if self._watch is not None:
            self._watch.cancel()
        await self.link.disconnect()

    # --- commands ---------------------------------------------------------------------------
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

    async def round_trip(self) -> RoundTrip:
        """Ask for the board's time, and note this computer's.

        Returns:
            The board's time between two moments of the event loop.

        Raises:
            LinkLostError: The link broke, or no reply came.
            BoardRefusedError: The board answered with another status than OK.
        """
        async with self._link_lock:  # else the board may have restarted, and nobody knows yet
            reply, asked_s, answered_s = await self._timed_command(wire.Opcode.STATUS)
        now_us = self._counters(reply).now_us
        return RoundTrip(self.info.boot_id, asked_s, now_us, answered_s)

    async def identify(self, seconds: int = 5) -> None:
        """Have the board blink.

        Args:
            seconds: How long, 0 to 255.

        Raises:
            LinkLostError: The link broke, or no reply came.
            BoardRefusedError: The board answered with another status than OK.
        """
        await self._command(wire.Opcode.IDENTIFY, wire.Identify(seconds).pack())

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

    async def rollback(self) -> bytes:
        """Go back, once, to the model before the active one.

        After a lost link the board's Info shows whether it has gone back already.

        Returns:
            Id of the model that is now active, 8 bytes.

        Raises:
            BoardRefusedError: There is no model before (Status.NO_MODEL), or the board cannot
                switch to it.
            NotOwnerError: The board belongs to somebody else.
            LinkLostError: The board did not come back, or RESUME_TRIES links broke.
        """
        slot = (await self.resumed(self.read_info)).active_slot
        is_sent = False

        async def go_back() -> None:
            nonlocal is_sent
            if is_sent:
                await self.abort_push()  # refused while the board is still going back
                if (await self.read_info()).active_slot != slot:
                    return
            is_sent = True
            await self._order(wire.Opcode.ROLLBACK, timeout_s=FLASH_TIMEOUT_S)

        await self.resumed(go_back)
        return (await self.resumed(self.read_info)).model_id

    async def read_package(self, length: int | None = None) -> bytes:
        """Read the active package from the board.

        Args:
            length: Only so many bytes, PackageHeader.SIZE or more; None for the whole package.

        Returns:
            The package's bytes.

        Raises:
            BoardRefusedError: The board has no model (Status.NO_MODEL).
            BoardAnswerError: The bytes cannot be those of a model.
            LinkLostError: The link broke, or no reply came.
        """
        for _ in range(MOST_READS):
            header = await self._read_part(0, wire.PackageHeader.SIZE)
            total = checked_header(header, self.info.slot_bytes, str(self.board)).total_bytes
            data, wanted = header, total if length is None else min(total, length)
            try:
                while len(data) < wanted:
                    data += await self._read_part(len(data), wanted - len(data))
            except BoardAnswerError:
                # The rest of another model is shorter: a push or rollback ended meanwhile.
                if await self._read_part(0, wire.PackageHeader.SIZE) == header:
                    raise
            else:
                return data
        raise self._cannot_be(tr("it has another model at each look"))

    async def _read_part(self, offset: int, length: int) -> bytes:
        """Read `length` bytes of the active package, but not more than a reply can hold."""
        size = min(length, wire.MAX_MODEL_READ_BYTES)
        arguments = wire.ModelRead(offset, size).pack()
        part = await self._command(wire.Opcode.MODEL_READ, arguments)
        if len(part) != size:
            raise self._cannot_be(
                tr(
                    "{bytes} bytes of its model, of which {size} were asked for",
                    bytes=len(part),
                    size=size,
                )
            )
        return part

    async def labels(self) -> tuple[str, ...]:
        """Read the names of the active model's classes.

        Returns:
            One label per output.

        Raises:
            BoardRefusedError: The board has no model (Status.NO_MODEL).
            PackageError: A label is not UTF-8.
            LinkLostError: The link broke, or no reply came.
        """
        start = await self.read_package(wire.PackageHeader.SIZE)
        header = checked_header(start, self.info.slot_bytes, str(self.board))
        end = header.labels_offset + header.class_count * wire.LABEL_BYTES
        return package_labels(await self.read_package(end), header)

    async def read_info(self) -> wire.Info:
        """Read the board's Info again, also into `info`.

        Returns:
            The Info.

        Raises:
            WireVersionError: Board and host have different wire definitions.
            BoardAnswerError: No board can have this Info.
            LinkLostError: The link broke, or no answer came.
        """
        info = check_wire(await self.link.read(wire.INFO_UUID), self.board)
        before = getattr(self, "info", None)
        self.info = checked_info(info, str(self.board))
        if before is not None and before.boot_id != info.boot_id:
            self.near_seq = None  # sequence numbers began again
        return self.info

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

    async def let_strangers_read(self, may_read: bool) -> None:
        """Say whether others than the owner may stream and read the model.

        Args:
            may_read: False: the board ends the link of who does not show to be its owner.

        Raises:
            NotOwnerError: The board belongs to somebody else, or to nobody.
            BoardRefusedError: The board was busy, or its flash failed.
            LinkLostError: The board did not come back, or RESUME_TRIES links broke.
        """
        arguments = wire.Strangers(int(may_read)).pack()
        await self.resumed(
            lambda: self._signed(
                self._owners_key(), wire.Opcode.STRANGERS, arguments, FLASH_TIMEOUT_S
            )
        )
        await self.resumed(self.read_info)

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

    def _count_bad_packet(self, why: str) -> None:
        level = logging.DEBUG if self.bad_packets else logging.WARNING  # there can be many
        _log.log(level, "%s sent what cannot be read: %s", self.board, why)
        self.bad_packets += 1

    # --- link -------------------------------------------------------------------------------
    def _watch_link(self) -> None:
        async def wake_readers() -> None:
            await self.link.lost.wait()
            for queue in self._queues:
                queue.add(None)

        self._watch = asyncio.create_task(wake_readers())

    async def _ensure_link(self) -> None:
        """Reconnect if the link is down; LinkLostError if the board does not come back."""
        tries = Tries()
        async with self._link_lock:
            while not self.link.connected or self.link.lost.is_set():
                await self.link.reconnect(RECONNECT_TIMEOUT_S)
                try:
                    await self.read_info()
                    await self._authenticate()
                except LinkLostError as error:  # broken again at once: connect once more
                    tries.failed(error)
                    continue
                self.reconnects += 1
                self._watch_link()

    async def _subscribe(self, uuid: str, queue: _Queue) -> None:
        await self._ensure_link()
        with suppress(LinkLostError):  # then the reconnect subscribes
            now = asyncio.get_running_loop().time
            await self.link.subscribe(uuid, lambda value: queue.add((value, now())))

    async def _answer_after_silence(self) -> wire.Counters | None:
        """Ask a silent board for its counters; without an answer the link counts as lost.

        The system may not notice a lost link, and a board whose controller lost count of its
        packets is silent until the link ends.
        """
        _log.debug("%s was silent for %g s: asking it", self.board, SILENCE_S)
        try:
            return await self.status()
        except (LinkLostError, BoardRefusedError) as error:
            _log.warning("%s was silent, asked and gave no answer: %s", self.board, error)
            if not (self.link.connected or self.link.lost.is_set()):
                await self.link.drop()  # the system has not noticed yet
            return None

    # --- motion -----------------------------------------------------------------------------
    async def stream(
        self, max_delay_ms: int = MAX_DELAY_MS, from_seq: int | None = None
    ) -> AsyncGenerator[Packet, None]:
        """Stream samples in order, each once.

        Missing samples are asked for again. Samples that the board no longer has are declared by
        the next packet's `gap`. After a lost link the stream goes on with all samples that the
        board's memory kept.

        Args:
            max_delay_ms: How long a sample may wait on the board for its packet to fill.
            from_seq: Sequence number of the first sample; None for the next one.

        Yields:
            Packets in order.

        Raises:
            LinkLostError: The board did not come back, or its links break before any sample.
            BoardRefusedError: The board refused to stream.
            BoardAnswerError: Its samples cannot be, or do not go on.
        """
        queue = _Queue()
        self._queues.add(queue)
        self._streaming = queue
        if from_seq is not None:
            self.near_seq = from_seq
        try:
            await self._subscribe(wire.MOTION_UUID, queue)
            queue.add(None)  # begin as after a lost link
            boot_id = self.info.boot_id
            order: Reassembly | None = None
            request = _ResendRequest()
            begins, useless = Tries(), Tries(USELESS_PACKETS)
            while True:
                try:
                    notified = await _next(queue)
                except TimeoutError:
                    counters = await self._answer_after_silence()
                    if counters is None or order is None or self._streaming is not queue:
                        continue
                    if counters.next_seq == order.expected % SEQ_NUMBERS:
                        continue  # the sensor is silent, too
                    _log.warning("%s has samples but does not stream", self.board)
                    notified = None  # the board does not stream: begin again
                if notified is None:
                    nothing = tr(
                        "The links to {board} end before any sample comes. Bring the board nearer "
                        "and try again.",
                        board=self.board,
                    )
                    begins.failed(LinkLostError(nothing))
                    await self._ensure_link()
                    now_id = self.info.boot_id
                    if order is not None:
                        from_seq = order.expected if now_id == boot_id else None
                    try:
                        first = await self._start_stream(from_seq, max_delay_ms)
                    except LinkLostError:  # the link broke again: another None follows
                        continue
                    ready = []
                    if order is None:
                        _log.info("%s streams from sample %d", self.board, first)
                        order = Reassembly(first)
                        if from_seq is not None and from_seq < first:
                            order = Reassembly(from_seq)
                            ready = self._give_up(order, first, LOST_AWAY)
                    elif now_id == boot_id:
                        _log.info("%s streams again, from sample %d", self.board, first)
                        ready = self._give_up(order, first, LOST_AWAY)
                    else:
                        _log.warning("%s restarted: it streams from sample %d", self.board, first)
                        ready = order.give_up_all(LOST_AWAY)
                        order = Reassembly(first, restarted_boot_id=now_id)
                    boot_id = now_id
                    for packet in ready:
                        self.near_seq = packet.next_seq
                        yield packet
                    continue
                if order is None:
                    continue  # of a stream before this one
                known = order.duplicated
                try:
                    ready = order.add_packet(parse_packet(*notified, order.expected))
                except ValueError as error:
                    self._count_bad_packet(str(error))
                    useless.failed(self._cannot_be(str(error)))
                    continue
                self.duplicated += order.duplicated - known
                if order.duplicated > known and not ready:
                    useless.failed(
                        self._cannot_be(tr("it sends no samples but those that are known"))
                    )
                if order.missing is not None:
                    ready += await self._ask_again(order, request)
                for packet in ready:
                    if packet.gap is None:
                        useless.progressed()
                    else:
                        useless.failed(
                            self._cannot_be(tr("its sequence numbers jump in each packet"))
                        )
                    begins.progressed()
                    self.near_seq = packet.next_seq
                    yield packet
        finally:
            self._queues.discard(queue)
            # Left by `break`, this runs only when the next stream has begun, and must not end it.
            if self._streaming is queue and self.link.connected:
                self._streaming = None
                with suppress(LinkLostError, BoardRefusedError, BoardAnswerError):
                    await self._command(wire.Opcode.STREAM_STOP)

    def _cannot_be(self, what: str) -> BoardAnswerError:
        """The error for an answer that no board can give, in words without a full stop."""
        return BoardAnswerError(str(self.board), what)

    async def _start_stream(self, from_seq: int | None, max_delay_ms: int) -> int:
        """Begin to stream. Returns the sequence number of the first sample."""
        on_wire = wire.FROM_NOW
        if from_seq is not None:
            on_wire = from_seq % SEQ_NUMBERS
            if on_wire == wire.FROM_NOW:  # this very number cannot be said: one sample comes twice
                on_wire -= 1
        arguments = wire.StreamStart(on_wire, max_delay_ms).pack()
        result = await self._command(wire.Opcode.STREAM_START, arguments)
        begun = unpacked(wire.SequenceRange, result, wire.Opcode.STREAM_START, str(self.board))
        first = unwrapped(begun.first_seq, self.near_seq)
        self.near_seq = first if self.near_seq is None else max(first, self.near_seq)
        return first if from_seq is None else max(first, from_seq)

    async def _ask_again(self, order: Reassembly, request: _ResendRequest) -> list[Packet]:
        """Ask for missing samples, once per RESEND_TIMEOUT_S; give up those the board lacks."""
        missing = order.missing
        if missing is None:
            return []
        first, count = missing
        if order.waiting_samples > MOST_WAITING:
            return self._give_up(order, first + count, LOST_ON_LINK)
        if not request.is_due(first):
            return []
        if request.exhausted:
            return self._give_up(order, first + count, LOST_ON_LINK)
        _log.info("%s: asking again for %d samples from %d", self.board, count, first)
        try:
            arguments = wire.SequenceRange(first % SEQ_NUMBERS, count).pack()
            result = await self._command(wire.Opcode.RESEND, arguments)
        except LinkLostError:
            return []  # the stream reconnects and goes on at order.expected
        held = unpacked(wire.SequenceRange, result, wire.Opcode.RESEND, str(self.board))
        if held.count == 0:
            return self._give_up(order, first + count, LOST_ON_LINK)
        held_first = unwrapped(held.first_seq, first)
        if not first <= held_first <= held_first + held.count <= first + count:
            raise self._cannot_be(
                tr(
                    "it holds {held} samples from {held_first}, asked for {count} from {first}",
                    held=held.count,
                    held_first=held_first,
                    count=count,
                    first=first,
                )
            )
        return self._give_up(order, held_first, LOST_ON_LINK)

    def _give_up(self, order: Reassembly, before_seq: int, reason: str) -> list[Packet]:
        if before_seq > order.expected:
            lost = before_seq - order.expected
            _log.warning("%s: %d samples from %d: %s", self.board, lost, order.expected, reason)
        return order.give_up_before(before_seq, reason)

    # --- predictions ------------------------------------------------------------------------
    async def predictions(self) -> AsyncGenerator[Prediction, None]:
        """Stream the board's predictions.

        Yields:
            Each prediction as it arrives.

        Raises:
            LinkLostError: The board did not come back, or its links break at once.
            BoardAnswerError: Its predictions cannot be.
        """
        queue = _Queue()
        self._queues.add(queue)
        links, bad = Tries(), Tries()
        now = asyncio.get_running_loop().time
        up_s = now()
        try:
            await self._subscribe(wire.PREDICTION_UUID, queue)
            while True:
                try:
                    notified = await _next(queue)
                except TimeoutError:
                    await self._answer_after_silence()
                    continue
                if notified is None:
                    if now() - up_s > SILENCE_S:
                        links.progressed()
                    links.failed(
                        LinkLostError(
                            tr(
                                "The links to {board} break at once. Bring the board nearer and "
                                "try again.",
                                board=self.board,
                            )
                        )
                    )
                    await self._ensure_link()
                    up_s = now()
                    continue
                try:
                    prediction = parse_prediction(notified[0], self.near_seq)
                except ValueError as error:
                    self._count_bad_packet(str(error))
                    bad.failed(self._cannot_be(str(error)))
                    continue
                bad.progressed()
                if self._streaming is None:  # else the samples say where the board is
                    self.near_seq = prediction.seq_end
                yield prediction
        finally:
            self._queues.discard(queue)

    # --- push -------------------------------------------------------------------------------
    async def abort_push(self) -> None:
        """Have the board forget a push that was broken off.

        A board that is checking the package already ends the check first: it may have switched to
        the new model when this call returns.

        Raises:
            BoardRefusedError: The board was busy for FLASH_TIMEOUT_S.
            NotOwnerError: The board belongs to somebody else.
            LinkLostError: The link broke, or no reply came.
        """
        await self._order_when_free(wire.Opcode.MODEL_ABORT)

    async def push(
        self, package_bytes: bytes, package_path: Path | None = None, claim: bool = True
    ) -> AsyncGenerator[PushProgress, None]:
        """Send a model package into the board's spare slot and switch to it.

        After a lost link the transfer goes on from where it was. The old model runs until the
        board has checked the whole package. The package is signed with the owner's key, and a
        board without an owner becomes the user's with the push.

        Args:
            package_bytes: The package's bytes.
            package_path: The package's file. In a model's folder, the push is noted there.
            claim: Whether a board without an owner becomes the user's.

        Yields:
            The progress, with PushStage.DONE at the end.

        Raises:
            BoardRefusedError: The board refused the package; the message gives the reason, and the
                old model goes on.
            BoardAnswerError: The board asks for the same bytes again and again.
            NotOwnerError: The board belongs to somebody else.
            OwnerKeyError: The user's key cannot be read, or not be made.
            LinkLostError: The board did not come back, or its links break before it takes more.
        """
        key = self._key_to_push_with(claim)
        if key is not None:
            counter = ownership.next_counter(await self.resumed(self.owner_state), time.time())
            package_bytes = sign_package(package_bytes, key, counter)
        total = len(package_bytes)
        if total > self.info.slot_bytes:
            raise self._refusal(
                wire.ReplyHeader(
                    wire.Opcode.MODEL_BEGIN, 0, wire.Status.TOO_LARGE, 0, self.info.slot_bytes
                )
            )
        _log.info("%s: pushing %d bytes", self.board, total)
        now = asyncio.get_running_loop().time
        began_s = now()
        transfer = Transfer(total, str(self.board))
        while True:
            try:
                async for progress in self._push_once(package_bytes, transfer, key):
                    yield progress
                break
            except LinkLostError as error:
                _log.warning("the push was broken off: %s", error)
                transfer.failed(error)
                await self._ensure_link()
                with suppress(LinkLostError):  # broken again: the next part of the push resumes
                    # The link may have broken after the switch.
                    is_done = key is None or ownership.is_owned(self.info)
                    if is_done and await self._runs(package_bytes):
                        break
        if self.info.model_id != wire.PackageHeader.unpack(package_bytes).model_id:
            raise self._cannot_be(
                tr("it took the model, and runs model {model}", model=self.info.model_id.hex())
            )
        _log.info("%s: pushed %d bytes in %.2f s", self.board, total, now() - began_s)
        if package_path is not None:
            note_push(package_path, self.board, self.info)
        yield PushProgress(PushStage.DONE, total, total)

    def _key_to_push_with(self, claim: bool) -> OwnerKey | None:
        """The owner's key, also of the owner that the push makes; None for a shared board."""
        if ownership.is_owned(self.info):
            return self._owners_key()
        if not claim:
            return None
        self._key = self.key or owner_key.load_or_make()
        return self._key

    async def _push_once(
        self, package_bytes: bytes, transfer: Transfer, key: OwnerKey | None
    ) -> AsyncGenerator[PushProgress, None]:
        total = len(package_bytes)
        yield PushProgress(PushStage.PREPARE, 0, total)
        if key is not None and not ownership.is_owned(self.info):
            # The commit makes it true; a link that breaks before takes it back.
            await self._signed(key, wire.Opcode.CLAIM, wire.Claim(key.public).pack())
        self._refused_chunk = None
        now = asyncio.get_running_loop().time
        began_s = now()
        # It may hold bytes of an earlier push of the same package.
        offset = transfer.held(await self._begin(package_bytes), total)
        _log.info("%s: prepared in %.2f s, holds %d bytes", self.board, now() - began_s, offset)
        limit = 0
        while True:
            began_s, first = now(), offset
            while offset < total:
                # ArduinoBLE stalls on long writes; the operating system may allow less still.
                if limit < self.info.max_model_write:
                    before, most = limit, await self.link.write_limit()
                    limit = min(self.info.max_model_write, most)
                    if limit < MIN_MODEL_WRITE_BYTES:
                        raise self._cannot_be(tr("writes of {bytes} bytes", bytes=limit))
                    if limit != before:
                        _log.info("%s: MTU %d, parts of %d bytes", self.board, most + 3, limit)
                room = (limit - wire.ModelChunkHeader.SIZE) // wire.FLASH_WORD_BYTES
                part = package_bytes[offset : offset + room * wire.FLASH_WORD_BYTES]
                await self.link.write(wire.MODEL_UUID, wire.ModelChunkHeader(offset).pack() + part)
                offset += len(part)
                if self._refused_chunk is not None:
                    refused, self._refused_chunk = self._refused_chunk, None
                    if refused.status != wire.Status.BAD_OFFSET:
                        raise self._refusal(refused)
                    offset = transfer.refused(refused.detail, offset)
                    _log.info("%s: sending again from byte %d", self.board, offset)
                yield PushProgress(PushStage.SEND, offset, total)
            sent, took_s = total - first, now() - began_s
            _log.info("%s: sent %d bytes in %.2f s", self.board, sent, took_s)
            yield PushProgress(PushStage.CHECK, total, total)
            began_s = now()
            try:
                await self._order(wire.Opcode.MODEL_COMMIT, timeout_s=FLASH_TIMEOUT_S)
            except BoardRefusedError as error:
                if error.status != wire.Status.INCOMPLETE:
                    raise
                # The reply to a refused part was late: send from there.
                offset = transfer.refused(error.detail, total)
                continue
            _log.info("%s: checked in %.2f s, runs the new model", self.board, now() - began_s)
            await self.read_info()
            return

    async def _begin(self, package_bytes: bytes) -> int:
        """Begin or go on with the transfer. Returns the number of bytes that the board holds."""
        arguments = wire.ModelBegin(len(package_bytes), zlib.crc32(package_bytes)).pack()
        result = await self._order_when_free(wire.Opcode.MODEL_BEGIN, arguments)
        answer = unpacked(wire.ModelOffset, result, wire.Opcode.MODEL_BEGIN, str(self.board))
        return answer.offset

    async def _order_when_free(self, opcode: wire.Opcode, arguments: bytes = b"") -> bytes:
        """`_order`, repeated while a broken off push keeps the board busy."""
        now = asyncio.get_running_loop().time
        end_s = now() + FLASH_TIMEOUT_S
        while True:
            try:
                return await self._order(opcode, arguments, FLASH_TIMEOUT_S)
            except BoardRefusedError as error:
                if error.status != wire.Status.BUSY or now() > end_s:
                    raise
            await asyncio.sleep(BUSY_RETRY_S)

    async def _runs(self, package_bytes: bytes) -> bool:
        """Whether the board runs this very package.

        The model id leaves the header out, and with it the smoothing; the header's CRC-32 does not.
        """
        if self.info.model_id != wire.PackageHeader.unpack(package_bytes).model_id:
            return False
        size = wire.PackageHeader.SIZE
        return await self.read_package(size) == package_bytes[:size]


async def _next(queue: _Queue) -> tuple[bytes, float] | None:
    """The next entry; TimeoutError when none comes for SILENCE_S."""
    async with asyncio.timeout(SILENCE_S):
        return await queue.get()


class _ResendRequest:
    """When the host last asked for a missing sample, and how often."""

    _ATTEMPTS = 3

    def __init__(self) -> None:
        self._seq = -1
        self._asked = 0
        self._next_s = 0.0

    def is_due(self, seq: int) -> bool:
        now_s = asyncio.get_running_loop().time()
        if seq != self._seq:
            self._seq, self._asked, self._next_s = seq, 0, now_s
        if now_s < self._next_s:
            return False
        self._asked += 1
        self._next_s = now_s + RESEND_TIMEOUT_S
        return True

    @property
    def exhausted(self) -> bool:
        return self._asked > self._ATTEMPTS
