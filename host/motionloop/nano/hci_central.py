"""A controller and a central in one, for an image whose Bluetooth is cut at the HCI.

To the caller it is the same as `central.Central`, without a radio: packets cross at connection
events, nothing is lost, and no event goes unanswered. Source: Bluetooth Core 5.4, Vol 4, Part E.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from motionloop.nano.central import Counts
from motionloop.nano.hci_cut import HciCut
from motionloop.nano.processor import MHZ

if TYPE_CHECKING:
    from motionloop.nano.board import EmulatedNano

_COMMAND, _ACL, _EVENT = 1, 2, 4
_HANDLE: Final = 0
_BUFFERS: Final = 4  # as the image's own controller has
_MAX_BYTES, _MAX_US = 251, 2120
_BUFFER_BYTES = 256
_ADVERTISING_US: Final = 100_000
_OWN_ADDRESS: Final = bytes.fromhex("0102030405c6")

# Commands (7.1 to 7.8) and events (7.7) by their numbers.
_DISCONNECT, _RESET, _READ_BD_ADDR, _READ_VERSION = 0x0406, 0x0C03, 0x1009, 0x1001
_LE_READ_BUFFER_SIZE, _LE_READ_FEATURES = 0x2002, 0x2003
_LE_ADVERTISING_DATA, _LE_ADVERTISING_ENABLE, _LE_SUGGESTED_LENGTH = 0x2008, 0x200A, 0x2024
_DISCONNECTION_COMPLETE, _COMMAND_COMPLETE, _COMMAND_STATUS = 0x05, 0x0E, 0x0F
_COMPLETED_PACKETS, _LE_META = 0x13, 0x3E
_CONNECTION_COMPLETE, _DATA_LENGTH_CHANGE = 0x01, 0x07
_TIMEOUT, _REMOTE_USER, _LOCAL_HOST = 0x08, 0x13, 0x16


class HciCentral:
    """A central without a radio; methods and attributes as in `central.Central`."""

    def __init__(self, nano: EmulatedNano, interval_us: int = 15_000) -> None:
        self._soc = nano
        self._address = bytes.fromhex(nano.address.replace(":", ""))[::-1]
        self._interval_us = interval_us
        self._cut = HciCut(nano, interval_us)
        self._cut.on_packet = self._from_image
        nano.on_reset(self._board_was_reset)
        self.on_l2cap: Callable[[int, bytes], None] = lambda _channel, _payload: None
        self.on_disconnected: Callable[[str], None] = lambda _reason: None
        self.counts = Counts()
        self.longest_silence = 0
        self.advertisement = b""
        self.address_is_random = False
        self.connected = self._wanted = False
        self._suggested = 27
        self._heard = 0
        self._advertising_since: int | None = None
        self._begin()

    def _begin(self) -> None:
        self._max_bytes = self.board_max_bytes = 27
        self._partial = b""

    # --- for the caller ---

    @property
    def advertisements(self) -> int:
        heard = self._heard
        if self._advertising_since is not None:
            heard += (self._soc.now - self._advertising_since) // (_ADVERTISING_US * MHZ)
        return heard

    def connect(self) -> None:
        self._wanted = True
        if self._advertising_since is not None and not self.connected:
            self._accept()

    def disconnect(self) -> None:
        if self.connected:
            self._end(_REMOTE_USER, "disconnected")

    def vanish(self) -> None:
        if self.connected:
            self._end(_TIMEOUT, "vanished")

    def send_l2cap(self, channel: int, payload: bytes) -> None:
        data = struct.pack("<HH", len(payload), channel) + payload
        for at in range(0, len(data), self._max_bytes):
            self.send_link_layer(2 if at == 0 else 1, data[at : at + self._max_bytes])

    def send_link_layer(self, llid: int, data: bytes) -> None:
        handle = _HANDLE | (0x2000 if llid == 2 else 0x1000)
        self._cut.send(struct.pack("<BHH", _ACL, handle, len(data)) + data)

    def request_length(self) -> None:
        self._max_bytes = _MAX_BYTES
        self.board_max_bytes = self._suggested
        change = struct.pack("<BHHHHH", _DATA_LENGTH_CHANGE, _HANDLE, self._suggested,
                             8 * (self._suggested + 14), _MAX_BYTES, _MAX_US)  # fmt: skip
        self._event(_LE_META, change)

    # --- the controller ---

    def _event(self, code: int, parameters: bytes) -> None:
        self._cut.send(bytes([_EVENT, code, len(parameters)]) + parameters)

    def _from_image(self, packet: bytes) -> None:
        if packet[0] == _ACL:
            self._event(_COMPLETED_PACKETS, struct.pack("<BHH", 1, _HANDLE, 1))
            self._take(packet)
        elif packet[0] == _COMMAND:
            opcode = struct.unpack_from("<H", packet, 1)[0]
            self._obey(opcode, packet[4:])

    def _obey(self, opcode: int, parameters: bytes) -> None:
        answer = b"\0"
        if opcode == _DISCONNECT:
            self._event(_COMMAND_STATUS, struct.pack("<BBH", 0, 1, opcode))
            if self.connected:
                self._end(_LOCAL_HOST, f"terminated by the board ({parameters[2]:#x})")
            return
        if opcode == _RESET:
            self._advertise(False)
        elif opcode == _READ_BD_ADDR:
            answer += self._address
        elif opcode == _READ_VERSION:
            answer += struct.pack("<BHBHH", 0x0B, 0, 0x0B, 0xFFFF, 0)
        elif opcode == _LE_READ_BUFFER_SIZE:
            answer += struct.pack("<HB", _BUFFER_BYTES, _BUFFERS)
        elif opcode == _LE_READ_FEATURES:
            answer += struct.pack("<Q", 0x21)
        elif opcode == _LE_ADVERTISING_DATA:
            self.advertisement = parameters[1 : 1 + parameters[0]]
        elif opcode == _LE_SUGGESTED_LENGTH:
            self._suggested = struct.unpack_from("<H", parameters)[0]
        self._event(_COMMAND_COMPLETE, struct.pack("<BH", 1, opcode) + answer)
        if opcode == _LE_ADVERTISING_ENABLE:
            self._advertise(bool(parameters[0]))

    def _advertise(self, on: bool) -> None:
        self._heard = self.advertisements
        self._advertising_since = self._soc.now if on else None
        if on and self._wanted and not self.connected:
            self._accept()

    def _accept(self) -> None:
        self._advertise(False)
        self._wanted, self.connected = False, True
        self._begin()
        complete = struct.pack("<BBHBB6sHHHB", _CONNECTION_COMPLETE, 0, _HANDLE, 1, 1,
                               _OWN_ADDRESS, self._interval_us // 1250, 0, 600, 0)  # fmt: skip
        self._event(_LE_META, complete)
        self._cut.link_up()

    def _end(self, reason: int, words: str) -> None:
        self.connected = False
        self._cut.link_down()
        self._event(_DISCONNECTION_COMPLETE, struct.pack("<BHB", 0, _HANDLE, reason))
        self.on_disconnected(words)

    def _take(self, packet: bytes) -> None:
        flags = packet[2] >> 4 & 3
        self._partial = packet[5:] if flags != 1 else self._partial + packet[5:]
        if len(self._partial) < 4:
            return
        length, channel = struct.unpack_from("<HH", self._partial)
        if len(self._partial) >= 4 + length:
            payload, self._partial = self._partial[4 : 4 + length], b""
            self.on_l2cap(channel, payload)

    def _board_was_reset(self) -> None:
        self._cut.reset()
        self._heard, self._advertising_since = self.advertisements, None
        self._suggested = 27
        if self.connected:
            self.connected = False
            self.on_disconnected("the board was reset")
