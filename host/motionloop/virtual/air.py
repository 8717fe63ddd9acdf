"""The way between the board's Bluetooth controller and its software: time and ArduinoBLE.

bumble's simulated air delivers everything at once and loses nothing. This module sits at the HCI
between the board's controller and its host. Packets cross only at connection events, as many as
their time on the air allows. Received packets must fit the firmware's receive ring, which only
poll() empties. The controller reports interval, timeout and data length.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace

from bumble import hci
from bumble.controller import Controller
from bumble.host import Host

from motionloop import wire
from motionloop.virtual.clock import BoardClock
from motionloop.virtual.link_layer import (
    INTERVAL_UNIT_US,
    MAX_OCTETS,
    MIN_OCTETS,
    TIMEOUT_UNIT_US,
    UPDATE_EVENTS,
    exchange_us,
)

COMPLETED_FOR_NOBODY = 4  # the handle of mbed's second event per packet
# As in firmware/src/slot_flash.cpp: a piece of an erase may last 5 % longer, and what waited
# meanwhile has its time before the next event.
_LONGEST_STALL, _MARGIN_US = 1.05, 1_000
_ACL_HEADER_BYTES = 5


@dataclass(frozen=True)
class RadioLimits:
    """The limits of a Nano 33 BLE Sense with ArduinoBLE; all times are board time."""

    interval_us: int = 15_000  # connection interval that the central takes where it may choose
    central_octets: int = MAX_OCTETS  # what the central takes per packet; MIN_OCTETS: unextended
    ring_bytes: int = 3584  # for data, of the receive ring (firmware/src/controller.cpp)
    mtu: int = wire.ATT_MTU
    notify_per_s: float = 40.0
    buffers: int = 4  # of the controller, for packets to the central
    kept_for_answers: int = 2  # of these: answers to the central cannot wait


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
        self._stall_begin_us = self._stall_end_us = -1
        self._timer: asyncio.TimerHandle | None = None  # for the next event
        self.dropped = 0  # packets that did not fit the ring
        self._completions_to_lose = 0
        self._close()

    @property
    def stalled(self) -> bool:
        """Whether the CPU stands still, with interrupts off."""
        return self._clock.elapsed_us() < self._stall_end_us

    def stall(self, duration_us: int) -> None:
        """No connection event and no poll for so long, as while flash is erased.

        A stall during another one begins at its end.
        """
        now_us = self._clock.elapsed_us()
        if not self.stalled:
            self._stall_begin_us = self._stall_end_us = now_us
        self._stall_end_us += duration_us

    def may_stall(self, duration_us: int) -> bool:
        """Whether a stall of this length fits between now and the next connection event.

        Not while an event is on the air. Without a link always.
        """
        now_us = self._clock.elapsed_us()
        if not self.is_open:
            return True
        if self.stalled or (self._timer is not None and self._due_us <= now_us):
            return False  # an event that is late still has to take place
        begin_us = self._next_event_us(now_us) - self.interval_us
        busy_us = self._busy_us if begin_us == self._busy_from_us else exchange_us(0, 0)
        end_us = now_us + duration_us * _LONGEST_STALL + _MARGIN_US
        return begin_us + busy_us <= now_us and end_us <= begin_us + self.interval_us

    def receive(self) -> bytes | None:
        """Take the oldest packet or event from the ring; None when it is empty."""
        if not self._ring:
            return None
        packet = self._ring.popleft()
        if packet[0] == hci.HCI_ACL_DATA_PACKET:
            self._ring_free += len(packet)
        return packet

    def lose_completions(self, count: int) -> None:
        """Fault: the next events that report sent packets to the host are lost."""
        self._completions_to_lose += count

    def completed(self, packets: int) -> None:
        """Note that the host has heard of so many sent packets."""
        self.in_flight -= min(packets, self.in_flight)

    def _open(self, interval: int, supervision_timeout: int) -> None:
        """A link begins: connection events count from now."""
        self._close()
        self.is_open = True
        self.interval_us = interval * INTERVAL_UNIT_US
        self.supervision_us = supervision_timeout * TIMEOUT_UNIT_US
        self._anchor_us = self._clock.elapsed_us()

    def _close(self) -> None:
        """End the link; packets on their way are lost."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self.is_open = False
        self.interval_us = self._limits.interval_us
        self.supervision_us = 0
        self.in_flight: int = 0  # packets whose sending the host has not heard of
        self._arriving, self._leaving = _Lane(), _Lane()
        self._ring: deque[bytes] = deque()
        self._ring_free = self._limits.ring_bytes
        self._anchor_us = 0  # a connection event; the others lie whole intervals from it
        self._due_us = 0  # the event that is set
        self._busy_from_us, self._busy_us = -1, 0  # the last event that carried anything
        self._update: tuple[int, int] | None = None  # an interval, and from when it holds

    def _from_controller(self, packet: bytes) -> None:
        if packet[0] == hci.HCI_ACL_DATA_PACKET:
            self._arriving.packets.append(packet)
            self._set_event()
            return
        event = hci.HCI_Packet.from_bytes(packet)
        match event:
            case hci.HCI_Number_Of_Completed_Packets_Event() if self._completions_to_lose:
                self._completions_to_lose -= 1
                return
            case hci.HCI_Number_Of_Completed_Packets_Event():
                counts = event.num_completed_packets
                twin = hci.HCI_Number_Of_Completed_Packets_Event(
                    connection_handles=[COMPLETED_FOR_NOBODY] * len(counts),
                    num_completed_packets=counts,
                )
                self._store_event(bytes(twin))
                self._store_event(packet)
                return
            case hci.HCI_LE_Connection_Complete_Event():
                self._open(event.connection_interval, event.supervision_timeout)
            case hci.HCI_LE_Connection_Update_Complete_Event():
                self._set_update(event.connection_interval, event.supervision_timeout)
            case hci.HCI_LE_Data_Length_Change_Event():
                self._leaving.octets = event.max_tx_octets
                self._arriving.octets = event.max_rx_octets
            case hci.HCI_Disconnection_Complete_Event():
                self._close()
        self.host.on_packet(packet)

    def _from_host(self, packet: bytes) -> None:
        if packet[0] == hci.HCI_ACL_DATA_PACKET:
            self.in_flight += 1
            self._leaving.packets.append(packet)
            self._set_event()
        else:
            self._controller.on_packet(packet)

    def _set_update(self, interval: int, supervision_timeout: int) -> None:
        self.supervision_us = supervision_timeout * TIMEOUT_UNIT_US
        next_us = self._next_event_us(self._clock.elapsed_us())
        since_us = next_us + (UPDATE_EVENTS - 1) * self.interval_us
        self._update = interval * INTERVAL_UNIT_US, since_us

    def _next_event_us(self, after_us: int) -> int:
        """The first connection event later than `after_us`."""
        if self._update is not None and self._update[1] <= after_us:
            (self.interval_us, self._anchor_us), self._update = self._update, None
        events = (after_us - self._anchor_us) // self.interval_us + 1
        return self._anchor_us + events * self.interval_us

    def _set_event(self) -> None:
        """Wake at the next connection event, if there is anything to carry."""
        if self._timer is not None or not (self._arriving.packets or self._leaving.packets):
            return
        # The loop's clock may be a rounding short of the event that just was.
        self._due_us = self._next_event_us(max(self._clock.elapsed_us(), self._due_us))
        self._timer = self._clock.call_at_us(self._due_us, self._event)

    def _event(self) -> None:
        self._timer = None
        # By when it was due, not by when the loop came to it: a stall in between is no stall then.
        if not self._stall_begin_us <= self._due_us < self._stall_end_us:
            self._busy_from_us, self._busy_us = self._due_us, self._exchange()
        self._set_event()

    def _exchange(self) -> int:
        """One connection event: both sides send in turn while there is anything and time for it.

        Returns its length. The first exchange always takes place.
        """
        length_us = 0
        while True:
            down = self._arriving.next_bytes()
            up = self._leaving.next_bytes() if self._central_reads() else 0
            took_us = exchange_us(down, up)
            if length_us and (not (down or up) or length_us + took_us > self.interval_us):
                return length_us
            length_us += took_us
            if down and (arrived := self._arriving.carry(down)):
                self._store(arrived)
            if up and (left := self._leaving.carry(up)):
                self._controller.on_packet(left)

    def _store(self, packet: bytes) -> None:
        if len(packet) > self._ring_free:
            self.dropped += 1
            return
        self._ring.append(packet)
        self._ring_free -= len(packet)

    def _store_event(self, event: bytes) -> None:
        # Never dropped: the real ring keeps 512 bytes free of data, too.
        self._ring.append(event)


class _Lane:
    """ACL packets of one direction, cut for the link layer."""

    def __init__(self) -> None:
        self.packets: deque[bytes] = deque()
        self.octets = MIN_OCTETS
        self._sent = 0  # of the first packet

    def next_bytes(self) -> int:
        """The payload of the next link layer packet; 0 when there is none to send."""
        if not self.packets:
            return 0
        left = len(self.packets[0]) - _ACL_HEADER_BYTES - self._sent
        return max(1, min(left, self.octets))

    def carry(self, sent: int) -> bytes | None:
        """Note that `sent` bytes were sent. Returns the ACL packet that they complete."""
        self._sent += sent
        if self._sent < len(self.packets[0]) - _ACL_HEADER_BYTES:
            return None
        self._sent = 0
        return self.packets.popleft()
