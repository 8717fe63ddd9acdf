"""BoardClient: a connected board as Python objects.

`stream`, `predictions` and `push` are async iterators that outlive lost links: they reconnect, go
on from where they were, and report missing samples.
"""

from __future__ import annotations

import asyncio
import logging
import time
import zlib
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from motionloop import owner_key, wire
from motionloop.board import ownership
from motionloop.board.answers import MIN_MODEL_WRITE_BYTES, checked_header, unpacked
from motionloop.board.clock_bounds import RoundTrip
from motionloop.board.link import RadioChoice, find_board
from motionloop.board.ownership import Whose
from motionloop.board.pushes import note_push
from motionloop.board.requests import FLASH_TIMEOUT_S
from motionloop.board.streams import BoardStreams
from motionloop.board.transfer import Transfer
from motionloop.errors import BoardAnswerError, BoardRefusedError, LinkLostError
from motionloop.language import tr
from motionloop.model.package import package_labels
from motionloop.model.signing import sign_package
from motionloop.owner_key import OwnerKey

BUSY_RETRY_S = 0.2
MOST_READS = 3  # of a package: each may be that of a model which is switched meanwhile

_log = logging.getLogger(__name__)


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


class BoardClient(BoardStreams):
    """A board as an async context manager: connected inside the `async with`.

    `stream` and `predictions` are those of `BoardStreams`; the arguments, `info`, `status` and the
    errors of every request are those of `BoardRequests`.
    """

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

    # --- its model --------------------------------------------------------------------------
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

    # --- ownership --------------------------------------------------------------------------
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
            BoardAnswerError: The board asks for the same bytes again and again, says that its
                newest package is of the far future, or does not become the user's.
            NotOwnerError: The board belongs to somebody else.
            OwnerKeyError: The user's key cannot be read, or not be made.
            LinkLostError: The board did not come back, or its links break before it takes more.
        """
        key = self._key_to_push_with(claim)
        if key is not None:
            state = await self.resumed(self.owner_state)
            counter = ownership.next_counter(state, time.time(), str(self.board))
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
            await asyncio.to_thread(note_push, package_path, self.board, self.info)
        if key is not None and self.whose is not Whose.OURS:
            raise self._cannot_be(tr("the push should have made it yours, and did not"))
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
