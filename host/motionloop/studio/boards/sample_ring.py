"""The newest samples of a board, for plots that poll and for windows to be labelled later."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motionloop import wire
from motionloop.board.packets import Packet
from motionloop.recordings.recording import count_saturated
from motionloop.sample_format import SampleFormat

SILENT_AFTER_S = 2.0
_RATE_OVER_S = 3.0
_MOST_ARRIVALS = 1000  # within it
_ON_ITS_WAY_S = 0.1  # a packet comes about 30 times per second


@dataclass(frozen=True)
class LinkQuality:
    """`rate_hz` is the rate of arrival now, by this computer's clock; the others count since the
    connection: samples lost for good, and samples with an axis at the end of its range."""

    rate_hz: float
    lost: int
    saturated: int


@dataclass(frozen=True)
class Stretch:
    """Consecutive samples: `seq` int64 [n], `t_us` int64 [n], `raw` int16 [n, 6]."""

    seq: NDArray[np.int64]
    t_us: NDArray[np.int64]
    raw: NDArray[np.int16]


class SampleRing:
    """Written by the radio's thread and read by the window's; holds the last `seconds`."""

    def __init__(self, info: wire.Info, seconds: float = 60.0) -> None:
        samples = SampleFormat.from_info(info)
        self.rate_hz, self.seconds = samples.rate_hz, seconds
        self._scale = np.array(samples.nano_per_lsb) * np.float32(1e-9)
        self._capacity = max(int(seconds * self.rate_hz), wire.MAX_PACKET_SAMPLES)
        # Twice as long, so that kept samples move to the front only once per round.
        self._seq = np.zeros(2 * self._capacity, np.int64)
        self._t_us = np.zeros(2 * self._capacity, np.int64)
        self._raw = np.zeros((2 * self._capacity, wire.AXES), np.int16)
        self._values = np.zeros((2 * self._capacity, wire.AXES), np.float32)
        self._end = 0
        self._lock = threading.Lock()
        # Of some seconds, also if nobody asks for the rate.
        self._arrivals: deque[tuple[float, int]] = deque(maxlen=_MOST_ARRIVALS)
        self._heard_s = time.monotonic()  # when the last samples came, or the ring was made
        self._lost = 0
        self._saturated = 0

    def add(self, packet: Packet) -> None:
        """Add a packet; a restart of the board drops the samples before."""
        count = len(packet.raw)
        with self._lock:
            if packet.restarted_boot_id is not None:
                self._end = 0
            elif packet.gap is not None and self._end:
                self._lost += packet.seq - int(self._seq[self._end - 1]) - 1
            if self._end + count > len(self._seq):
                kept = self._capacity
                for array in (self._seq, self._t_us, self._raw, self._values):
                    array[:kept] = array[self._end - kept : self._end]
                self._end = kept
            where = slice(self._end, self._end + count)
            self._seq[where] = np.arange(packet.seq, packet.seq + count)
            self._t_us[where] = packet.t_us
            self._raw[where] = packet.raw
            self._values[where] = packet.raw * self._scale
            self._end += count
            self._saturated += count_saturated(packet.raw)
            self._heard_s = time.monotonic()
            self._arrivals.append((self._heard_s, count))

    def newest(self, seconds: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Seconds before the newest sample [n], at most 0, and the values [n, 6] in g and rad/s."""
        with self._lock:
            if not self._end:
                return np.zeros(0, np.float32), np.zeros((0, wire.AXES), np.float32)
            last_us = self._t_us[self._end - 1]
            begin = max(0, self._end - int(seconds * self.rate_hz * 1.05))
            t_s = (self._t_us[begin : self._end] - last_us).astype(np.float32) / np.float32(1e6)
            return t_s, self._values[begin : self._end].copy()

    @property
    def silent_s(self) -> float:
        """For how long no sample came, if that is longer than a radio takes to hiccup; else 0."""
        silent_s = time.monotonic() - self._heard_s
        return silent_s if silent_s >= SILENT_AFTER_S else 0.0

    @property
    def last_us(self) -> int | None:
        """Device time of the newest sample."""
        with self._lock:
            return int(self._t_us[self._end - 1]) if self._end else None

    @property
    def last_seq(self) -> int | None:
        """Sequence number of the newest sample."""
        with self._lock:
            return int(self._seq[self._end - 1]) if self._end else None

    def stretch(self, first_seq: int, last_seq: int) -> Stretch | None:
        """The samples first_seq..last_seq, None unless every one of them is here."""
        with self._lock:
            begin, end = np.searchsorted(self._seq[: self._end], [first_seq, last_seq + 1])
            if end - begin != last_seq - first_seq + 1:
                return None
            where = slice(begin, end)
            return Stretch(
                self._seq[where].copy(), self._t_us[where].copy(), self._raw[where].copy()
            )

    def last_stretch(self, seconds: float) -> Stretch | None:
        """The newest samples up to the first missing one, at most of so many seconds."""
        with self._lock:
            begin = max(0, self._end - int(seconds * self.rate_hz))
            jumps = np.flatnonzero(np.diff(self._seq[begin : self._end]) != 1)
            begin += int(jumps[-1]) + 1 if len(jumps) else 0
            if begin == self._end:
                return None
            where = slice(begin, self._end)
            return Stretch(
                self._seq[where].copy(), self._t_us[where].copy(), self._raw[where].copy()
            )

    @property
    def quality(self) -> LinkQuality:
        now_s = time.monotonic()
        with self._lock:
            while self._arrivals and self._arrivals[0][0] < now_s - _RATE_OVER_S:
                self._arrivals.popleft()
            span_s, count = 0.0, 0
            if self._arrivals:
                # The first arrival only begins the span in which the others came. The last arrival
                # ends the span while the next packet can still be on its way.
                count = sum(n for _, n in self._arrivals) - self._arrivals[0][1]
                span_s = max(self._arrivals[-1][0], now_s - _ON_ITS_WAY_S) - self._arrivals[0][0]
            rate_hz = count / span_s if span_s > 0.5 else 0.0
            return LinkQuality(rate_hz, self._lost, self._saturated)
