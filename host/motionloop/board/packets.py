"""Puts packets in order that arrived twice, late or not at all. No input or output."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from motionloop import wire
from motionloop.recordings.samples_csv import EXACT
from motionloop.recordings.writer import SEQ_NUMBERS


@dataclass(frozen=True)
class Packet:
    """The samples of one notification, in order.

    Attributes:
        seq: Sequence number of the first sample. It goes on where those on the wire begin again.
        t_us: Device times [n] in microseconds.
        raw: Samples [n, 6]: ax ay az gx gy gz.
        gap: Why samples before `seq` are missing; None without a gap.
        restarted_boot_id: Random number of the board's new start, on the first packet after it:
            sequence numbers and times began again. None on other packets.
        arrived_s: When the notification arrived, on the event loop's clock; None if unknown.
    """

    seq: int
    t_us: NDArray[np.int64]
    raw: NDArray[np.int16]
    gap: str | None = None
    restarted_boot_id: int | None = None
    arrived_s: float | None = None

    @property
    def next_seq(self) -> int:
        """Sequence number of the sample after the last."""
        return self.seq + len(self.raw)


def unwrapped(wire_seq: int, near: int | None) -> int:
    """The sequence number that is `wire_seq` on the wire.

    Args:
        wire_seq: 0 to 2^32 - 1.
        near: A number in whose neighbourhood it lies, less than 2^31 samples away; None if none is
            known.

    Returns:
        A number from 0 on, which goes on where the wire's begins again.
    """
    if near is None:
        return wire_seq
    half = SEQ_NUMBERS // 2
    found = near + (wire_seq - near + half) % SEQ_NUMBERS - half
    return found if found >= 0 else wire_seq


def parse_packet(
    value: bytes, arrived_s: float | None = None, near_seq: int | None = None
) -> Packet:
    """Read a motion notification.

    Args:
        value: `wire.MotionHeader` and samples.
        arrived_s: When it arrived.
        near_seq: A sequence number near the packet's; None if none is known.

    Returns:
        The packet, without a gap.

    Raises:
        ValueError: The bytes are not a complete packet, or no board can have measured it.
    """
    if len(value) < wire.MotionHeader.SIZE:
        raise ValueError(f"a motion packet of {len(value)} bytes is cut short")
    header = wire.MotionHeader.unpack(value)
    expected = wire.MotionHeader.SIZE + header.count * wire.SAMPLE_BYTES
    if header.count == 0 or len(value) != expected:
        raise ValueError(f"a motion packet has {len(value)} bytes instead of {expected}")
    if header.count > wire.MAX_PACKET_SAMPLES:
        raise ValueError(f"a motion packet has {header.count} samples")
    if header.period_us == 0 or header.t_us + header.count * header.period_us >= EXACT:
        raise ValueError(f"samples at {header.t_us} us, {header.period_us} us apart")
    raw = np.frombuffer(value, "<i2", header.count * wire.AXES, wire.MotionHeader.SIZE)
    t_us = header.t_us + np.arange(header.count, dtype=np.int64) * header.period_us
    samples = raw.reshape(-1, wire.AXES).astype(np.int16)
    return Packet(unwrapped(header.seq, near_seq), t_us, samples, arrived_s=arrived_s)


class Reassembly:
    """Puts packets in the order of `seq`, each sample once.

    `expected` is the sequence number of the next sample in order. A packet beyond it waits until
    the `missing` samples come or are given up. `duplicated` counts samples that came again.

    Args:
        expected: Sequence number of the first sample.
        restarted_boot_id: For the first packet in order, after a restart of the board.
    """

    def __init__(self, expected: int, restarted_boot_id: int | None = None) -> None:
        self.expected = expected
        self.duplicated = 0
        self._waiting: list[Packet] = []
        self._gap: str | None = None  # of the next packet in order
        self._restarted_boot_id = restarted_boot_id

    @property
    def waiting_samples(self) -> int:
        """Number of samples in the packets that wait."""
        return sum(len(packet.raw) for packet in self._waiting)

    @property
    def missing(self) -> tuple[int, int] | None:
        """Sequence number and count of the samples that waiting packets need; None without any."""
        if not self._waiting:
            return None
        return self.expected, self._waiting[0].seq - self.expected

    def add_packet(self, packet: Packet) -> list[Packet]:
        """Add a packet.

        Args:
            packet: As it arrived.

        Returns:
            The packets that are now in order.
        """
        insort(self._waiting, packet, key=lambda waiting: waiting.seq)
        return list(self._ready())

    def give_up_before(self, seq: int, reason: str) -> list[Packet]:
        """Stop waiting for the samples before a sequence number.

        Args:
            seq: Sequence number of the first sample that is still expected.
            reason: The gap's reason, unless an earlier loss of the same gap has one.

        Returns:
            The packets that are now in order.
        """
        if seq > self.expected:
            self.expected = seq
            self._gap = self._gap or reason  # the first loss began the gap
        return list(self._ready())

    def give_up_all(self, reason: str) -> list[Packet]:
        """Stop waiting for all missing samples.

        Args:
            reason: The reason of each gap.

        Returns:
            All packets that were waiting, in order.
        """
        ready = []
        while self._waiting:
            ready += self.give_up_before(self._waiting[0].seq, reason)
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
