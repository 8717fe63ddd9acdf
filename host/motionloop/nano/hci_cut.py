"""Bluetooth cut at the HCI: the image's host talks to a controller outside, not to its own.

The fast depth. The image's link layer and its radio rest; everything above them is the image's.
The cut is made at two functions that the image calls by name: `CustomChciTrRead`, through which
each packet goes down to the controller, and `wsfOsDispatcher`, in whose place, when there is a
packet for the image, the function is called that takes it. So packets arrive in the thread in
which the real controller hands them over.
"""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from motionloop.nano.processor import FOREVER, MHZ

if TYPE_CHECKING:
    from motionloop.nano.soc import Soc

_ACL, _EVENT = 2, 4
_COMPLETED_PACKETS: Final = 0x13
_BOGUS_HANDLE: Final = 4  # Cordio reports each packet for this one, too
_ADVERTISING_US: Final = 100_000
_TAKES: Final = "__wrap_ControllerToHostWrite"  # (protocol, type, length, bytes)

# Below the image, where a real board has its bootloader: a function that calls the one above.
#   push {r4, lr}; ldr r3, [r0, #12]; ldr r4, [r0, #16]; ldr r1, [r0, #4]; ldr r2, [r0, #8];
#   movs r0, #0; blx r4; pop {r4, pc}
_STUB: Final = bytes.fromhex("10b5 c368 0469 4168 8268 0020 a047 10bd")
_STUB_AT: Final = 0x8000
_CALL_AT: Final = 0x8100
_PACKET_AT: Final = 0x8200


class HciCut:
    """The image's end of the HCI. Packets begin with their type, as in Vol 4, Part A.

    `on_packet` gets commands at once and data at the connection events, `per_event` at most.
    """

    def __init__(self, soc: Soc, interval_us: int = 15_000, per_event: int = 6) -> None:
        self._soc = soc
        self.on_packet: Callable[[bytes], None] = lambda _packet: None
        self._interval, self._per_event = interval_us * MHZ, per_event
        self._events: deque[bytes] = deque()  # for the image, at once
        self._data: deque[bytes] = deque()  # for the image, at the next connection event
        self._due: deque[bytes] = deque()
        self._leaving: deque[bytes] = deque()
        self._connected = False
        self._begun = soc.now
        self._alarm = soc.processor.add_alarm(self._connection_event)
        image = soc.image
        soc.processor.write(_STUB_AT, _STUB)
        self._takes = image[_TAKES].address | 1
        hook = soc.processor.add_hook
        hook(image["CustomChciTrRead"].address, self._from_image)
        hook(image["wsfOsDispatcher"].address, self._to_image)
        # The firmware's questions to its link layer, which rests, are for the link outside.
        hook(image["_Z17link_layer_eventsv"].address, self._radio_events)
        hook(image["_Z18link_layer_idle_usv"].address, self._idle_us)

    def send(self, packet: bytes) -> None:
        """From the controller to the image; data waits for the next connection event."""
        if packet[0] == _ACL:
            self._data.append(packet)
            return
        if packet[0] == _EVENT and packet[1] == _COMPLETED_PACKETS:
            count = struct.unpack_from("<H", packet, 6)[0]
            bogus = struct.pack("<BHH", 1, _BOGUS_HANDLE, count)
            self._events.append(bytes([_EVENT, _COMPLETED_PACKETS, len(bogus)]) + bogus)
        self._events.append(packet)

    def link_up(self) -> None:
        """Connection events begin."""
        self._connected = True
        self._soc.processor.set_alarm(self._alarm, self._soc.now + self._interval)

    def link_down(self) -> None:
        """Connection events end; packets that wait for one are lost."""
        self._connected = False
        self._soc.processor.set_alarm(self._alarm, FOREVER)
        for queue in (self._data, self._due, self._leaving):
            queue.clear()

    def reset(self) -> None:
        """The board was reset: nothing that was on its way arrives."""
        self.link_down()
        self._events.clear()

    def _connection_event(self, at: int) -> None:
        for _ in range(min(len(self._data), self._per_event)):
            self._due.append(self._data.popleft())
        for _ in range(min(len(self._leaving), self._per_event)):
            self.on_packet(self._leaving.popleft())
        self._soc.processor.set_alarm(self._alarm, at + self._interval)

    def _from_image(self) -> tuple[int, int]:
        register = self._soc.processor.register
        kind, length, data = register("R1"), register("R2"), register("R3")
        packet = bytes([kind]) + self._soc.processor.read(data, length)
        if kind == _ACL:
            self._leaving.append(packet)
        else:
            self.on_packet(packet)
        # The packet's memory is the controller's to free.
        return self._soc.image["WsfMsgFree"].address, data

    def _to_image(self) -> tuple[int, int] | None:
        queue = self._events or self._due
        if not queue:
            return None
        packet = queue.popleft()
        call = struct.pack("<5I", 0, packet[0], len(packet) - 1, _PACKET_AT, self._takes)
        self._soc.processor.write(_PACKET_AT, packet[1:])
        self._soc.processor.write(_CALL_AT, call)
        return _STUB_AT, _CALL_AT

    def _radio_events(self) -> int:
        period = self._interval if self._connected else _ADVERTISING_US * MHZ
        return (self._soc.now - self._begun) // period & 0xFFFFFFFF

    def _idle_us(self) -> int:
        return self._interval // MHZ // 2 if self._connected else _ADVERTISING_US // 2
