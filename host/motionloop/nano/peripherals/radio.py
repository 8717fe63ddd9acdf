"""RADIO: the 2.4 GHz transceiver at 1 Mbit/s, as a Bluetooth link layer uses it.

Packets are exchanged as bytes with their times. Whitening and CRC are taken for right, unless the
air says that a packet was damaged.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from motionloop.nano.air import ADDRESS_US, Packet
from motionloop.nano.peripherals.peripheral import SHORTS, Peripheral
from motionloop.nano.processor import FOREVER, MHZ

if TYPE_CHECKING:
    from motionloop.nano.air import Air
    from motionloop.nano.soc import Soc

TXEN: Final = 0x000
RXEN: Final = 0x004
START: Final = 0x008
STOP: Final = 0x00C
DISABLE: Final = 0x010
READY: Final = 0x100
ADDRESS: Final = 0x104
PAYLOAD: Final = 0x108
END: Final = 0x10C
DISABLED: Final = 0x110
CRCOK: Final = 0x130
CRCERROR: Final = 0x134
CRCSTATUS: Final = 0x400
PACKETPTR: Final = 0x504
FREQUENCY: Final = 0x508
BASE0: Final = 0x51C
PREFIX0: Final = 0x524
RSSISAMPLE: Final = 0x548
STATE: Final = 0x550

_SHORT_READY_START: Final = 1 << 0
_SHORT_END_DISABLE: Final = 1 << 1

# STATE
_DISABLED, _RXRU, _RXIDLE, _RX = 0, 1, 2, 3
_TXRU, _TXIDLE, _TX = 9, 10, 11

_RAMP_UP_US: Final = 40  # MODECNF0.RU = Fast
_TX_DELAY_US: Final = 1  # from START to the first bit on the air
_RX_DELAY_US: Final = 9  # from a bit on the air to its event
_LATEST_US: Final = 8  # of a preamble that the receiver may miss
_RSSI: Final = 50  # -50 dBm


class Radio(Peripheral):
    """Its state machine; what happens later lies in a queue of its own.

    `air` is where packets go to and come from.
    """

    irq = 1

    def __init__(self, soc: Soc, base: int) -> None:
        super().__init__(soc, base)
        self.air: Air | None = None
        self._alarm = soc.processor.add_alarm(self._next)
        self._clear()

    def _clear(self) -> None:
        self._state = _DISABLED
        self._queue: list[tuple[int, int, Callable[[int], None]]] = []
        self._count = 0
        self._receiving: Packet | None = None
        self._listening_since = 0

    def reset(self) -> None:
        super().reset()
        self._clear()
        self.soc.processor.set_alarm(self._alarm, FOREVER)

    def _later(self, at: int, call: Callable[[int], None]) -> None:
        self._count += 1
        heapq.heappush(self._queue, (at, self._count, call))
        self.soc.processor.set_alarm(self._alarm, self._queue[0][0])

    def _next(self, at: int) -> None:
        if self._queue and self._queue[0][0] <= at:
            due, _, call = heapq.heappop(self._queue)
            call(due)
        self.soc.processor.set_alarm(self._alarm, self._queue[0][0] if self._queue else FOREVER)

    def read(self, offset: int) -> int:
        if offset == STATE:
            return self._state
        if offset == RSSISAMPLE:
            return _RSSI
        return super().read(offset)

    def task(self, offset: int, at: int) -> None:
        if offset == TXEN and self._state == _DISABLED:
            self._state = _TXRU
            self._later(at + _RAMP_UP_US * MHZ, self._ready)
        elif offset == RXEN and self._state == _DISABLED:
            self._state = _RXRU
            self._later(at + _RAMP_UP_US * MHZ, self._ready)
        elif offset == START:
            self._start(at)
        elif offset == STOP and self._state in (_RX, _TX):
            self._queue.clear()
            self._receiving = None
            self._state = _RXIDLE if self._state == _RX else _TXIDLE
        elif offset == DISABLE:
            self._disable(at)

    def _ready(self, at: int) -> None:
        self._state = _TXIDLE if self._state == _TXRU else _RXIDLE
        self.event(READY, at)
        if self.registers.get(SHORTS, 0) & _SHORT_READY_START:
            self._start(at)

    def _access_address(self) -> int:
        return self.registers.get(BASE0, 0) >> 8 | (self.registers.get(PREFIX0, 0) & 0xFF) << 24

    def _start(self, at: int) -> None:
        if self._state == _TXIDLE:
            self._state = _TX
            pointer = self.registers[PACKETPTR]
            header = self.soc.processor.read(pointer, 2)
            pdu = header + self.soc.processor.read(pointer + 2, header[1])
            packet = Packet(
                at + _TX_DELAY_US * MHZ,
                self.registers.get(FREQUENCY, 0),
                self._access_address(),
                pdu,
            )
            self._later(packet.start + ADDRESS_US * MHZ, lambda when: self.event(ADDRESS, when))
            self._later(packet.payload_end, lambda when: self.event(PAYLOAD, when))
            self._later(packet.end, self._end)
            if self.air is not None:
                self.air.sent_by_board(packet)
        elif self._state == _RXIDLE:
            self._state, self._listening_since = _RX, at
            if self.air is not None:
                for packet in self.air.under_way(at):
                    self.hear(packet)

    def hear(self, packet: Packet) -> None:
        """A packet begins on the air; or began, just before the receiver was on."""
        if (
            self._state != _RX
            or self._receiving is not None
            or packet.start < self._listening_since - _LATEST_US * MHZ
            or packet.frequency != self.registers.get(FREQUENCY, 0)
            or packet.access_address != self._access_address()
        ):
            return
        self._receiving = packet
        late = _RX_DELAY_US * MHZ
        self._later(packet.start + ADDRESS_US * MHZ + late, lambda at: self.event(ADDRESS, at))
        self._later(packet.payload_end + late, self._received)
        self._later(packet.end + late, self._end)

    def _received(self, at: int) -> None:
        assert self._receiving is not None
        self.soc.processor.write(self.registers[PACKETPTR], self._receiving.pdu)
        self.event(PAYLOAD, at)

    def _end(self, at: int) -> None:
        if self._state == _RX:
            ok = self._receiving is not None and not self._receiving.damaged
            self.registers[CRCSTATUS] = int(ok)
            self.event(CRCOK if ok else CRCERROR, at)
        self._receiving = None
        self._state = _TXIDLE if self._state == _TX else _RXIDLE
        self.event(END, at)
        if self.registers.get(SHORTS, 0) & _SHORT_END_DISABLE:
            self._disable(at)

    def _disable(self, at: int) -> None:
        self._queue.clear()
        self._receiving = None
        self._state = _DISABLED
        self.event(DISABLED, at)
