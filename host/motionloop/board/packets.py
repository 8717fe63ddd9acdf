"""Putting motion packets in order: what arrived twice, late, or not at all. No input or output."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from motionloop import wire


@dataclass(frozen=True)
class Packet:
    """Samples in order: `t_us` int64 [n] on the device's clock, `raw` int16 [n, 6].

    `gap` says why samples before `seq` are missing, None if none are. `restarted_boot_id` is set
    on the first packet after the board restarted: sequence numbers and times began again.
    """

    seq: int
    t_us: NDArray[np.int64]
    raw: NDArray[np.int16]
    gap: str | None = None
    restarted_boot_id: int | None = None

    @property
    def next_seq(self) -> int:
        return self.seq + len(self.raw)


def parse_packet(value: bytes) -> Packet:
    """Read a motion notification. ValueError when it is not a whole packet."""
    if len(value) < wire.MotionHeader.SIZE:
        raise ValueError(f"a motion packet of {len(value)} bytes is cut short")
    header = wire.MotionHeader.unpack(value)
    expected = wire.MotionHeader.SIZE + header.count * wire.SAMPLE_BYTES
    if header.count == 0 or len(value) != expected:
        raise ValueError(f"a motion packet has {len(value)} bytes instead of {expected}")
    raw = np.frombuffer(value, "<i2", header.count * wire.AXES, wire.MotionHeader.SIZE)
    t_us = header.t_us + np.arange(header.count, dtype=np.int64) * header.period_us
    return Packet(header.seq, t_us, raw.reshape(-1, wire.AXES).astype(np.int16))


class Reassembly:
    """Gives packets out in order of `seq`, each sample once.

    `expected` is the next sequence number to give out. A packet beyond it waits until what is
    `missing` has come, or has been given up. `duplicated` samples came more than once.
    """

    def __init__(self, expected: int, restarted_boot_id: int | None = None) -> None:
        self.expected = expected
        self.duplicated = 0
        self._waiting: list[Packet] = []
        self._gap: str | None = None  # for the next packet that is given out
        self._restarted_boot_id = restarted_boot_id

    @property
    def missing(self) -> tuple[int, int] | None:
        """First sequence number and count of the samples that hold up the rest."""
        if not self._waiting:
            return None
        return self.expected, self._waiting[0].seq - self.expected

    def add(self, packet: Packet) -> list[Packet]:
        """Take a packet in; returns what can be given out now."""
        insort(self._waiting, packet, key=lambda waiting: waiting.seq)
        return list(self._ready())

    def give_up(self, before_seq: int, reason: str) -> list[Packet]:
        """Stop waiting for the samples before `before_seq`; returns what can be given out now."""
        if before_seq > self.expected:
            self.expected = before_seq
            self._gap = self._gap or reason  # the first one began the loss
        return list(self._ready())

    def give_up_all(self, reason: str) -> list[Packet]:
        """Stop waiting for anything; returns all that is left."""
        ready = []
        while self._waiting:
            ready += self.give_up(self._waiting[0].seq, reason)
        return ready

    def _ready(self) -> Iterator[Packet]:
        while self._waiting and self._waiting[0].seq <= self.expected:
            packet = self._waiting.pop(0)
            known = self.expected - packet.seq
            self.duplicated += min(known, len(packet.raw))
            if known >= len(packet.raw):
                continue
            self.expected = packet.next_seq
            yield replace(
                packet,
                seq=packet.seq + known,
                t_us=packet.t_us[known:],
                raw=packet.raw[known:],
                gap=self._gap,
                restarted_boot_id=self._restarted_boot_id,
            )
            self._gap = self._restarted_boot_id = None
