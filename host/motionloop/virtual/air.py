"""What lies between the board's Bluetooth controller and its software: time and ArduinoBLE.

bumble's simulated air delivers everything at once and loses nothing. This module sits at the HCI
between the board's controller and its host. Packets cross only at connection events, and what
comes in must fit ArduinoBLE's receive ring, which only poll() empties.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace

from bumble import hci
from bumble.controller import Controller
from bumble.host import Host

from motionloop.virtual.clock import BoardClock


@dataclass(frozen=True)
class RadioLimits:
    """What a Nano 33 BLE Sense with ArduinoBLE can do; all times are board time."""

    interval_us: int = 15_000  # connection interval, which the central decides
    packets_per_event: int = 6  # each way: a full packet takes 2.5 ms of air at 1 Mbit/s
    ring_bytes: int = 256  # HCICordioTransport's receive ring
    mtu: int = 247
    notify_per_s: float = 40.0
    send_queue: int = 4  # packets that wait for their event
    supervision_us: int = 4_000_000  # silence after which the link counts as lost


class Air:
    """Delays and drops the ACL packets of the board's one link.

    `central_reads()` is False while the central takes no packets; they then stay on the board.
    """

    def __init__(
        self,
        controller: Controller,
        clock: BoardClock,
        limits: RadioLimits,
        central_reads: Callable[[], bool],
    ) -> None:
        self.host = Host(controller_sink=SimpleNamespace(on_packet=self._from_host))
        self._controller = controller
        controller.host = SimpleNamespace(on_packet=self._from_controller)
        self._clock = clock
        self._limits = limits
        self._central_reads = central_reads
        self._arriving: deque[bytes] = deque()  # sent by the central, not yet in the ring
        self._ring: deque[bytes] = deque()
        self._ring_free = limits.ring_bytes
        self._leaving: deque[bytes] = deque()
        self._anchor_us = 0  # the first connection event
        self._stalled_until_us = 0
        self._event_is_set = False
        self.dropped = 0  # packets that did not fit the ring

    def open(self) -> None:
        """A link begins: connection events count from now."""
        self.close()
        self._anchor_us = self._clock.elapsed_us()

    def close(self) -> None:
        """The link is gone, and with it all that was under way."""
        self._arriving.clear()
        self._ring.clear()
        self._leaving.clear()
        self._ring_free = self._limits.ring_bytes

    @property
    def can_send(self) -> bool:
        """Whether the send queue has room."""
        return len(self._leaving) < self._limits.send_queue

    @property
    def stalled(self) -> bool:
        """Whether the CPU stands still, with interrupts off."""
        return self._clock.elapsed_us() < self._stalled_until_us

    def stall(self, duration_us: int) -> None:
        """No connection event and no poll for so long, as while flash is erased."""
        self._stalled_until_us = max(self._stalled_until_us, self._clock.elapsed_us() + duration_us)

    def receive(self) -> bytes | None:
        """Take the oldest packet from the ring; None when it is empty."""
        if not self._ring:
            return None
        packet = self._ring.popleft()
        self._ring_free += len(packet)
        return packet

    def _from_controller(self, packet: bytes) -> None:
        if packet[0] == hci.HCI_ACL_DATA_PACKET:
            self._arriving.append(packet)
            self._set_event()
        else:
            self.host.on_packet(packet)

    def _from_host(self, packet: bytes) -> None:
        if packet[0] == hci.HCI_ACL_DATA_PACKET:
            self._leaving.append(packet)
            self._set_event()
        else:
            self._controller.on_packet(packet)

    def _set_event(self) -> None:
        """Wake at the next connection event, if there is anything to carry."""
        if self._event_is_set or not (self._arriving or self._leaving):
            return
        self._event_is_set = True
        since_anchor_us = self._clock.elapsed_us() - self._anchor_us
        events = since_anchor_us // self._limits.interval_us + 1
        self._clock.call_at_us(self._anchor_us + events * self._limits.interval_us, self._event)

    def _event(self) -> None:
        self._event_is_set = False
        if not self.stalled:
            for _ in range(min(len(self._arriving), self._limits.packets_per_event)):
                self._store(self._arriving.popleft())
            for _ in range(min(len(self._leaving), self._limits.packets_per_event)):
                if not self._central_reads():
                    break
                self._controller.on_packet(self._leaving.popleft())
        self._set_event()

    def _store(self, packet: bytes) -> None:
        # Cordio hands ArduinoBLE the length as uint8_t, so that a packet of 256 bytes or more
        # (H4 1, ACL 4, L2CAP 4, ATT 3 and 244 bytes of value) is lost even with an empty ring.
        if len(packet) > min(self._ring_free, 0xFF):
            self.dropped += 1
            return
        self._ring.append(packet)
        self._ring_free -= len(packet)
