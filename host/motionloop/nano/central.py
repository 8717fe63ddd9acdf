"""A small Bluetooth central on the other side of the air: link layer and LCAP of one connection.

Source: Bluetooth Core 5.4, Vol 6, Part B (link layer) and Vol 3, Part A (L2CAP). The central keeps
the connection events, repeats packets without acknowledgement, answers the link layer's control
packets, and counts the events that the board answered: the measure of a working radio.
"""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

from motionloop.nano.air import Air, Packet
from motionloop.nano.processor import FOREVER, MHZ

if TYPE_CHECKING:
    from motionloop.nano.soc import Soc

SHORTEST_INTERVAL_US: Final = 7_500  # Vol 6, Part B, 4.5.1
LONGEST_INTERVAL_US: Final = 4_000_000
ADVERTISING_ADDRESS: Final = 0x8E89BED6
_ACCESS_ADDRESS: Final = 0x5A3B9C71
_CRC_INIT: Final = 0x332211
_IFS_US: Final = 150
_IFS_TOLERANCE_US: Final = 2  # 4.2.2
_ADVERTISING_CRC_INIT: Final = 0x555555
_OWN_ADDRESS: Final = bytes.fromhex("0102030405c6")
_HOP: Final = 7
_CHANNELS: Final = 37
_EMPTY: Final = 1  # LLID of a continuation, and of a packet without data
_START: Final = 2
_CONTROL: Final = 3
_MAX_AIR_US: Final = 2120  # of a packet with 251 bytes

# Opcodes of the link layer's control packets (Vol 6, Part B, 2.4.2).
_TERMINATE_IND, _UNKNOWN_RSP = 0x02, 0x07
_FEATURE_RSP, _VERSION_IND, _REJECT_IND = 0x09, 0x0C, 0x0D
_PERIPHERAL_FEATURE_REQ, _LENGTH_REQ, _LENGTH_RSP = 0x0E, 0x14, 0x15
_ANSWERS: Final = {_UNKNOWN_RSP, _FEATURE_RSP, _REJECT_IND, 0x11, 0x13, _LENGTH_RSP}


@dataclass
class Counts:
    """Of one connection, or of all since they were last taken."""

    events: int = 0
    answered: int = 0

    @property
    def share(self) -> float:
        """Of the events that the board answered; 1 without events."""
        return self.answered / self.events if self.events else 1.0


class AnyCentral(Protocol):
    """The common interface of both depths: this file's Central, and `hci_central.HciCentral`."""

    on_l2cap: Callable[[int, bytes], None]
    on_disconnected: Callable[[str], None]
    counts: Counts
    longest_silence: int
    connected: bool
    address_is_random: bool
    advertisement: bytes
    board_max_bytes: int

    @property
    def advertisements(self) -> int: ...
    def connect(self) -> None: ...
    def disconnect(self) -> None: ...
    def vanish(self) -> None: ...
    def send_l2cap(self, channel: int, payload: bytes) -> None: ...
    def send_link_layer(self, llid: int, data: bytes) -> None: ...
    def request_length(self) -> None: ...


def _frequency(channel: int) -> int:
    return 4 + 2 * channel if channel <= 10 else 28 + 2 * (channel - 11)


class Central:
    """Connects to the board's advertisement on order, with one connection at a time.

    `on_l2cap(channel, payload)` gets the board's packets, `on_disconnected(reason)` the end of a
    link. `advertisements` counts those that were heard; `advertisement` is the data of the newest.
    `board_max_bytes` is the longest link layer packet that the board announces.
    `lose` decides for each packet of the central whether the air damages it.
    """

    def __init__(
        self,
        soc: Soc,
        interval_us: int = 15_000,
        supervision_timeout_s: float = 6.0,
        latency: int = 0,
    ) -> None:
        """`latency` is the number of events in a row that the board may sleep through."""
        if not SHORTEST_INTERVAL_US <= interval_us <= LONGEST_INTERVAL_US:
            raise ValueError(f"a connection interval is 7.5 to 4,000 ms, not {interval_us} us")
        self._soc = soc
        self._air = Air(soc.radio)
        self._air.on_packet = self._heard
        self._interval = interval_us * MHZ
        self._latency = latency
        self._timeout = round(supervision_timeout_s * 1e6) * MHZ
        self._alarm = soc.processor.add_alarm(self._due)
        self._calls: list[tuple[int, Callable[[int], None]]] = []
        self.on_l2cap: Callable[[int, bytes], None] = lambda _channel, _payload: None
        self.on_disconnected: Callable[[str], None] = lambda _reason: None
        self.lose: Callable[[Packet], bool] = lambda _packet: False
        self.advertisements = 0
        self.advertisement = b""
        self.counts = Counts()
        self.longest_silence = 0  # unanswered events in a row
        self.control: list[bytes] = []  # control packets of the board
        self._wanted = self.connected = self.address_is_random = False
        self.board_max_bytes = 27
        self._board_address = b""

    # --- for the caller ---

    def connect(self) -> None:
        """Answer the next advertisement; `connected` says when."""
        self._wanted = True

    def disconnect(self) -> None:
        """End the link as a host does."""
        if self.connected:
            self._outbox.append((_CONTROL, bytes([_TERMINATE_IND, 0x13])))
            self._leaving = True

    def vanish(self) -> None:
        """End the link as a central that loses its power does: the board sees only silence."""
        if self.connected:
            self._end("vanished")

    def send_l2cap(self, channel: int, payload: bytes) -> None:
        """A whole L2CAP packet, in as many link layer packets as it takes."""
        data = struct.pack("<HH", len(payload), channel) + payload
        for at in range(0, len(data), self._max_bytes):
            part = data[at : at + self._max_bytes]
            self.send_link_layer(_START if at == 0 else _EMPTY, part)

    def send_link_layer(self, llid: int, data: bytes) -> None:
        """One link layer packet as it is, however malformed."""
        self._outbox.append((llid, data))

    def request_length(self) -> None:
        """Agree on packets of 251 bytes (LL_LENGTH_REQ)."""
        request = struct.pack("<B4H", _LENGTH_REQ, 251, _MAX_AIR_US, 251, _MAX_AIR_US)
        self._outbox.append((_CONTROL, request))

    @property
    def idle(self) -> bool:
        """Whether the board has acknowledged all packets."""
        return not self._outbox and (self._unacknowledged is None or not self._unacknowledged[1])

    # --- time ---

    def _later(self, at: int, call: Callable[[int], None]) -> None:
        self._calls.append((at, call))
        self._calls.sort(key=lambda each: each[0])
        self._soc.processor.set_alarm(self._alarm, self._calls[0][0])

    def _due(self, at: int) -> None:
        if self._calls and self._calls[0][0] <= at:
            when, call = self._calls.pop(0)
            call(when)
        self._soc.processor.set_alarm(self._alarm, self._calls[0][0] if self._calls else FOREVER)

    # --- advertising ---

    def _heard(self, packet: Packet) -> None:
        if packet.access_address == ADVERTISING_ADDRESS:
            self._heard_advertisement(packet)
        elif self.connected and packet.access_address == _ACCESS_ADDRESS:
            self._heard_data(packet)

    def _heard_advertisement(self, packet: Packet) -> None:
        if packet.pdu[0] & 0xF != 0:  # ADV_IND
            return
        self.advertisements += 1
        self._board_address, self.advertisement = packet.pdu[2:8], packet.pdu[8:]
        self.address_is_random = bool(packet.pdu[0] & 0x40)
        if self._wanted and not self.connected:
            self._wanted = False
            self._later(packet.end + _IFS_US * MHZ, lambda at: self._ask(at, packet.frequency))

    def _ask(self, at: int, frequency: int) -> None:
        """CONNECT_IND (Vol 6, Part B, 2.3.3.1)."""
        data = struct.pack(
            "<I3sBHHHH5sB",
            _ACCESS_ADDRESS,
            _CRC_INIT.to_bytes(3, "little"),
            2,  # WinSize, in units of 1.25 ms
            0,  # WinOffset
            self._interval // (1250 * MHZ),
            self._latency,
            self._timeout // (10_000 * MHZ),
            b"\xff\xff\xff\xff\x1f",  # all channels
            _HOP | 5 << 5,
        )
        header = bytes([0x05 | 0x40 | (0x80 if self.address_is_random else 0), 34])
        pdu = header + _OWN_ADDRESS + self._board_address + data
        packet = Packet(at, frequency, ADVERTISING_ADDRESS, pdu, crc_init=_ADVERTISING_CRC_INIT)
        self._air.send(packet)
        self._begin(packet.end)

    # --- connection ---

    def _begin(self, at: int) -> None:
        self.connected = True
        self._leaving = False
        self._outbox: deque[tuple[int, bytes]] = deque()
        self._unacknowledged: tuple[int, bytes] | None = None
        self._sn = self._nesn = 0
        self._channel = 0
        self._heard_at = at
        self._answered_this = True
        self._silent = 0
        self._max_bytes = self.board_max_bytes = 27
        self._partial = b""
        self._anchor = at + (1250 + 400) * MHZ
        self._later(self._anchor, self._event)

    def _end(self, reason: str) -> None:
        self.connected = False
        self._calls.clear()
        self._soc.processor.set_alarm(self._alarm, FOREVER)
        self.on_disconnected(reason)

    def _event(self, at: int) -> None:
        """A connection event begins."""
        if at - self._heard_at > self._timeout:
            return self._end("supervision timeout")
        if not self._answered_this:
            self._silent += 1
            self.longest_silence = max(self.longest_silence, self._silent)
        self.counts.events += 1
        self._answered_this = False
        self._channel = (self._channel + _HOP) % _CHANNELS
        self._anchor = at + self._interval
        self._later(self._anchor, self._event)
        self._transmit(at)

    def _transmit(self, at: int) -> None:
        if self._unacknowledged is None:
            self._unacknowledged = self._outbox.popleft() if self._outbox else (_EMPTY, b"")
        llid, data = self._unacknowledged
        self._more = bool(self._outbox)
        header = llid | self._nesn << 2 | self._sn << 3 | (0x10 if self._more else 0)
        pdu = bytes([header, len(data)]) + data
        frequency = _frequency(self._channel)
        packet = Packet(at, frequency, _ACCESS_ADDRESS, pdu, crc_init=_CRC_INIT)
        if self.lose(packet):
            packet = replace(packet, damaged=True)
        self._sent_until = packet.end
        self._air.send(packet)

    def _heard_data(self, packet: Packet) -> None:
        late_us = (packet.start - self._sent_until) / MHZ - _IFS_US
        if abs(late_us) > _IFS_TOLERANCE_US or packet.crc_init not in (None, _CRC_INIT):
            return  # a real central listens no longer, or sees a wrong CRC
        if not self._answered_this:
            self._answered_this = True
            self._silent = 0
            self.counts.answered += 1
        self._heard_at = packet.end
        header, length = packet.pdu[0], packet.pdu[1]
        llid, nesn, sn, more = header & 3, header >> 2 & 1, header >> 3 & 1, header >> 4 & 1
        if nesn != self._sn:  # acknowledged
            self._sn ^= 1
            self._unacknowledged = None
            if self._leaving and not self._outbox:
                return self._end("disconnected")
        if sn == self._nesn:  # new
            self._nesn ^= 1
            if length:
                self._take(llid, packet.pdu[2 : 2 + length])
                if not self.connected:
                    return
        waiting = self._unacknowledged is not None and self._unacknowledged[1]
        again = more or self._more or waiting
        next_at = packet.end + _IFS_US * MHZ
        if again and next_at + (2 * _MAX_AIR_US + 2 * _IFS_US) * MHZ < self._anchor:
            self._later(next_at, self._transmit)

    def _take(self, llid: int, data: bytes) -> None:
        if llid == _CONTROL:
            return self._take_control(data)
        self._partial = data if llid == _START else self._partial + data
        if len(self._partial) < 4:
            return
        length, channel = struct.unpack_from("<HH", self._partial)
        if len(self._partial) >= 4 + length:
            payload, self._partial = self._partial[4 : 4 + length], b""
            self.on_l2cap(channel, payload)

    def _take_control(self, data: bytes) -> None:
        self.control.append(data)
        opcode = data[0]
        if opcode == _TERMINATE_IND:
            self._end(f"terminated by the board ({data[1]:#x})")
        elif opcode in (_LENGTH_REQ, _LENGTH_RSP):
            receives, sends = struct.unpack_from("<H2xH", data, 1)
            self.board_max_bytes = min(251, sends)
            self._max_bytes = min(251, receives)
            if opcode == _LENGTH_REQ:
                answer = struct.pack("<B4H", _LENGTH_RSP, 251, _MAX_AIR_US, 251, _MAX_AIR_US)
                self._outbox.appendleft((_CONTROL, answer))
        elif opcode == _PERIPHERAL_FEATURE_REQ:
            self._outbox.appendleft((_CONTROL, bytes([_FEATURE_RSP, 0x21]) + bytes(7)))
        elif opcode == _VERSION_IND:
            self._outbox.appendleft((_CONTROL, bytes([_VERSION_IND, 0x0B, 0x59, 0, 0, 0])))
        elif opcode not in _ANSWERS:
            self._outbox.appendleft((_CONTROL, bytes([_UNKNOWN_RSP, opcode])))
