"""Asks a connected board for its time now and then, and keeps how its clock goes with UTC."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from motionloop.board.client import BoardClient
from motionloop.board.clock_bounds import ClockBounds, Relation
from motionloop.board.notifications import LAST_ANSWER_S
from motionloop.board.packets import Packet
from motionloop.errors import BoardRefusedError, LinkLostError
from motionloop.recordings.clock import ClockSpan

FIRST_ROUND_TRIPS = 12  # at once; then one at a time
EVERY_S = 10.0
_APART_S = 0.02
_GOLDEN = 0.618034  # steps of it meet the radio's interval in ever new places


class ClockWatch:
    """The clock of a connected board inside an `async with`.

    Args:
        client: The board. After a lost link or a restart the watch goes on with it.
        utc_offset_s: Returns UTC less the event loop's clock; None for this computer's UTC.
    """

    def __init__(
        self, client: BoardClient, utc_offset_s: Callable[[], float] | None = None
    ) -> None:
        self._client = client
        self._utc_offset_s = utc_offset_s or _utc_offset_s
        self._boot_id = client.info.boot_id  # of the packets
        self._bounds: dict[int, ClockBounds] = {}
        self._ends = False
        self._wake = asyncio.Event()  # what is waited for is due now
        self._known = asyncio.Event()
        self._asking: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._asking = asyncio.create_task(self._ask())
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._ends = True
        self._wake.set()
        if self._asking is not None:
            # A request that is cancelled half way leaves the link in an unknown state: an answer
            # has its time. It does not come while the link is lost.
            try:
                await asyncio.wait([self._asking], timeout=LAST_ANSWER_S)
            finally:
                self._asking.cancel()
            await asyncio.wait([self._asking])
            if not self._asking.cancelled():
                self._asking.result()
        self._of(self._boot_id).fit()

    def add_packet(self, packet: Packet) -> None:
        """Add a packet of the board's stream, in order."""
        if packet.restarted_boot_id is not None:
            self._boot_id = packet.restarted_boot_id
            self._wake.set()
        if packet.arrived_s is not None:
            self._of(self._boot_id).add_arrival(int(packet.t_us[-1]), packet.arrived_s)

    @property
    def relations(self) -> tuple[Relation, ...]:
        """Those of the board's clock since its last start, as the packets have it."""
        return self._of(self._boot_id).relations

    @property
    def relation_now(self) -> Relation | None:
        """The relation to the clock that the board has now; None if unknown yet."""
        relations = self._of(self._client.info.boot_id).relations
        return relations[-1] if relations else None

    @property
    def spans(self) -> tuple[ClockSpan, ...]:
        """`relations` for a recording, with device times."""
        return tuple(span_of(relation) for relation in self.relations)

    async def known(self) -> None:
        """Wait until the relation is known for the first time."""
        await self._known.wait()

    def _of(self, boot_id: int) -> ClockBounds:
        if boot_id not in self._bounds:
            self._bounds[boot_id] = ClockBounds(self._utc_offset_s)
        return self._bounds[boot_id]

    async def _ask(self) -> None:
        while not self._ends:
            relation = self.relation_now
            few = relation is None or relation.round_trips < FIRST_ROUND_TRIPS
            await self._ask_for(FIRST_ROUND_TRIPS if few else 1)
            await self._pause(EVERY_S)

    async def _ask_for(self, times: int) -> None:
        # Without an answer: a lost link, or a board at work on another command. Later again.
        with contextlib.suppress(LinkLostError, BoardRefusedError):
            for number in range(times):
                answer = await self._client.round_trip()
                self._of(answer.boot_id).add_round_trip(answer)
                if times > 1:
                    await self._pause(_APART_S * (1 + number * _GOLDEN % 1))
                if self._ends:
                    break
        # Of earlier starts of the board nobody asks any more.
        current = (self._boot_id, self._client.info.boot_id)
        self._bounds = {
            boot_id: self._bounds[boot_id] for boot_id in current if boot_id in self._bounds
        }
        for bounds in self._bounds.values():
            bounds.fit()
        if self.relation_now is not None:
            self._known.set()

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        if not self._ends:
            self._wake.clear()


def span_of(relation: Relation) -> ClockSpan:
    """The line of a relation to UTC, for a recording with device times."""
    return ClockSpan(
        relation.from_us,
        round((relation.at_s + relation.utc_offset_s) * 1e6),
        relation.drift_ppm,
        None if relation.drift_ppm is None else relation.drift_uncertainty_ppm,
        relation.uncertainty_s * 1000,
    )


def _utc_offset_s() -> float:
    loop_s = asyncio.get_running_loop().time
    before_s = loop_s()
    now_s = time.time()
    return now_s - (before_s + loop_s()) / 2
