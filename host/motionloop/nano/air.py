"""The air between the emulated radio and a central: packets with their times, at 1 Mbit/s."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from motionloop.nano.processor import MHZ

ADDRESS_US: Final = 40  # preamble and access address
_CRC_US: Final = 24


@dataclass(frozen=True)
class Packet:
    """A link layer packet: `pdu` begins with its two header bytes. Times in cycles.

    `crc_init` is what its CRC began with; None: the one that the receiver expects.
    (Bluetooth Core, Vol 6, Part B, 2.1: 1 byte of preamble, 4 of access address, PDU, 3 of CRC.)
    """

    start: int
    frequency: int  # MHz above 2400
    access_address: int
    pdu: bytes
    damaged: bool = False  # the packet arrives with a wrong CRC
    crc_init: int | None = None

    @property
    def payload_end(self) -> int:
        return self.start + (ADDRESS_US + 8 * len(self.pdu)) * MHZ

    @property
    def end(self) -> int:
        return self.payload_end + _CRC_US * MHZ


class Receives(Protocol):
    """The board's radio, to the air around it."""

    air: Air | None

    def hear(self, packet: Packet) -> None: ...


class Air:
    """Carries packets between one board's radio and one listener."""

    def __init__(self, radio: Receives) -> None:
        self._radio = radio
        self._last: Packet | None = None  # sent to the board
        self.on_packet: Callable[[Packet], None] = lambda _packet: None
        radio.air = self

    def sent_by_board(self, packet: Packet) -> None:
        if not packet.damaged:  # a listener sees a wrong CRC
            self.on_packet(packet)

    def send(self, packet: Packet) -> None:
        """Send to the board. Call at `packet.start`, or earlier."""
        self._last = packet
        self._radio.hear(packet)

    def under_way(self, at: int) -> list[Packet]:
        """Packets whose end lies after `at`."""
        return [self._last] if self._last is not None and self._last.end > at else []
