"""What a board sends by itself: motion and predictions, in order and without silent loss."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import suppress

from motionloop import wire
from motionloop.board.answers import Tries, unpacked
from motionloop.board.notifications import LAST_ANSWER_S, SILENCE_S, Notifications
from motionloop.board.packets import Packet, Reassembly, parse_packet, unwrapped
from motionloop.board.prediction import Prediction, parse_prediction
from motionloop.board.requests import BoardRequests
from motionloop.errors import BoardAnswerError, BoardRefusedError, LinkLostError
from motionloop.language import tr
from motionloop.recordings.recording import LOST_ON_LINK
from motionloop.recordings.writer import SEQ_NUMBERS

RESEND_TIMEOUT_S = 3.0
USELESS_PACKETS = 200  # in a row, with nothing new: then the board is given up
# Samples that wait for missing ones: the board holds no older ones to send again.
MOST_WAITING = 2 * wire.RING_SAMPLES
MAX_DELAY_MS = 33  # a sample waits no longer for its packet to fill: 30 packets per second
LOST_AWAY = "link lost for longer than the board's memory"

_log = logging.getLogger(__name__)


class BoardStreams(BoardRequests):
    """The streams of a board: async iterators that outlive lost links.

    Attributes:
        duplicated: Samples of the stream that came again.
    """

    duplicated: int = 0
    _streaming: Notifications | None = None  # of the newest stream

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
        queue = Notifications()
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
                    notified = await queue.next()
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
                ended = (LinkLostError, BoardRefusedError, BoardAnswerError, TimeoutError)
                with suppress(*ended):
                    async with asyncio.timeout(LAST_ANSWER_S):
                        await self._command(wire.Opcode.STREAM_STOP)

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
        queue = Notifications()
        self._queues.add(queue)
        links, bad = Tries(), Tries()
        now = asyncio.get_running_loop().time
        up_s = now()
        try:
            await self._subscribe(wire.PREDICTION_UUID, queue)
            while True:
                try:
                    notified = await queue.next()
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

    # --- both -------------------------------------------------------------------------------
    async def _subscribe(self, uuid: str, queue: Notifications) -> None:
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
