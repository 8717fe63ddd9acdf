"""RADIO: the 2.4 GHz transceiver at 1 Mbit/s, as a Bluetooth link layer uses it.

Packets are exchanged as bytes with their times. Whitening and CRC are not computed: a packet is
damaged when the air says so, and when the registers that a Bluetooth packet depends on are wrong.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from motionloop.nano.air import ADDRESS_US, Packet
from motionloop.nano.errors import EmulationError
from motionloop.nano.peripherals.peripheral import SHORTS, Peripheral
from motionloop.nano.processor import FOREVER, MHZ, RAM_BYTES, RAM_START

if TYPE_CHECKING:
    from motionloop.nano.air import Air
    from motionloop.nano.peripherals.chip import Chip

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
MODE: Final = 0x510
PCNF0: Final = 0x514
PCNF1: Final = 0x518
BASE0: Final = 0x51C
PREFIX0: Final = 0x524
TXADDRESS: Final = 0x52C
RXADDRESSES: Final = 0x530
CRCCNF: Final = 0x534
CRCPOLY: Final = 0x538
CRCINIT: Final = 0x53C
RSSISAMPLE: Final = 0x548
STATE: Final = 0x550
DATAWHITEIV: Final = 0x554
MODECNF0: Final = 0x650
POWER: Final = 0xFFC

_SHORT_READY_START: Final = 1 << 0
_SHORT_END_DISABLE: Final = 1 << 1
_SHORT_DISABLED_TXEN: Final = 1 << 2
_SHORT_DISABLED_RXEN: Final = 1 << 3
_SHORT_END_START: Final = 1 << 5

# STATE
_DISABLED, _RXRU, _RXIDLE, _RX = 0, 1, 2, 3
_TXRU, _TXIDLE, _TX, _TXDISABLE = 9, 10, 11, 12

_RAMP_UP_US: Final = {0: 140, 1: 40}  # by MODECNF0.RU
_TX_DISABLE_US: Final = 6
_TX_DELAY_US: Final = 1  # from START to the first bit on the air
_RX_DELAY_US: Final = 9  # from a bit on the air to its event
_LATEST_US: Final = 8  # of a preamble that the receiver may miss
_RSSI: Final = 50  # -50 dBm


# The settings for a Bluetooth packet of 1 Mbit/s: register, the bits that matter, their value.
# (Product Specification, 6.20; Bluetooth Core, Vol 6, Part B, 2.1 and 3.)
_BLUETOOTH: Final = (
    (MODE, 0xF, 3),  # Ble_1Mbit
    (PCNF0, 0x000F_010F, 0x0000_0108),  # a header byte, then 8 bits of length
    (PCNF1, 0x0307_FF00, 0x0203_0000),  # whitening, little end first, 4 bytes of address
    (CRCCNF, 0x103, 0x103),  # 3 bytes, not over the address
    (CRCPOLY, 0xFF_FFFF, 0x00_065B),
)


def _channel(frequency: int) -> int | None:
    """The index of the Bluetooth channel at this frequency."""
    if frequency in (2, 26, 80):
        return {2: 37, 26: 38, 80: 39}[frequency]
    if frequency % 2 or not 4 <= frequency <= 78:
        return None
    return frequency // 2 - (2 if frequency < 26 else 3)


class Radio(Peripheral):
    """The radio's state machine, with a queue of later steps.

    `air` carries its packets.
    """

    irq = 1

    def __init__(self, soc: Chip, base: int) -> None:
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
        self._pointer = 0  # PACKETPTR as it was at START

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
            self._later(at + self._ramp_up(), self._ready)
        elif offset == RXEN and self._state == _DISABLED:
            self._state = _RXRU
            self._later(at + self._ramp_up(), self._ready)
        elif offset == START:
            self._start(at)
        elif offset == STOP and self._state in (_RX, _TX):
            self._queue.clear()
            self._receiving = None
            self._state = _RXIDLE if self._state == _RX else _TXIDLE
        elif offset == DISABLE:
            self._disable(at)

    def written(self, offset: int, value: int) -> None:
        if offset == POWER and not value & 1:
            self.reset()

    def _ramp_up(self) -> int:
        return _RAMP_UP_US[self.registers.get(MODECNF0, 0) & 1] * MHZ

    def misconfigured(self) -> str | None:
        """The wrong setting that keeps this radio and others from understanding each other."""
        r = self.registers
        for offset, mask, value in _BLUETOOTH:
            if r.get(offset, 0) & mask != value:
                return f"register {offset:#x} is {r.get(offset, 0):#x}"
        channel = _channel(r.get(FREQUENCY, 0))
        if channel is None or r.get(DATAWHITEIV, 0x40) & 0x3F != channel:
            return f"DATAWHITEIV is not that of {2400 + r.get(FREQUENCY, 0)} MHz"
        if r.get(TXADDRESS, 0) & 7 != 0 or not r.get(RXADDRESSES, 0) & 1:
            return "not the logical address 0"
        if not self.soc.clock_power.hfxo_runs:
            return "the 32 MHz crystal does not run"
        return None

    def _check_pointer(self, size: int) -> None:
        if not RAM_START <= self._pointer <= RAM_START + RAM_BYTES - size:
            raise EmulationError(f"RADIO.PACKETPTR is {self._pointer:#x}: not in RAM")

    def _ready(self, at: int) -> None:
        self._state = _TXIDLE if self._state == _TXRU else _RXIDLE
        self.event(READY, at)
        if self.registers.get(SHORTS, 0) & _SHORT_READY_START:
            self._start(at)

    def _access_address(self) -> int:
        return self.registers.get(BASE0, 0) >> 8 | (self.registers.get(PREFIX0, 0) & 0xFF) << 24

    def _start(self, at: int) -> None:
        self._pointer = self.registers.get(PACKETPTR, 0)
        if self._state == _TXIDLE:
            self._state = _TX
            self._check_pointer(2)
            header = self.soc.processor.read(self._pointer, 2)
            # MAXLEN is for reception: mbed's link layer sends with 0 there, also on real boards.
            self._check_pointer(2 + header[1])
            pdu = header + self.soc.processor.read(self._pointer + 2, header[1])
            packet = Packet(
                at + _TX_DELAY_US * MHZ,
                self.registers.get(FREQUENCY, 0),
                self._access_address(),
                pdu,
                damaged=self.misconfigured() is not None,
                crc_init=self.registers.get(CRCINIT, 0),
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

    def _max_bytes(self) -> int:
        return self.registers.get(PCNF1, 0) & 0xFF

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
        # A packet longer than MAXLEN is cut there, and the bytes behind are taken for its CRC.
        most = 2 + self._max_bytes()
        damaged = packet.damaged or len(packet.pdu) > most or self.misconfigured() is not None
        if packet.crc_init is not None and packet.crc_init != self.registers.get(CRCINIT, 0):
            damaged = True
        self._receiving = packet = replace(packet, pdu=packet.pdu[:most], damaged=damaged)
        late = _RX_DELAY_US * MHZ
        self._later(packet.start + ADDRESS_US * MHZ + late, lambda at: self.event(ADDRESS, at))
        self._later(packet.payload_end + late, self._received)
        self._later(packet.end + late, self._end)

    def _received(self, at: int) -> None:
        assert self._receiving is not None
        self._check_pointer(len(self._receiving.pdu))
        self.soc.processor.write(self._pointer, self._receiving.pdu)
        self.event(PAYLOAD, at)

    def _end(self, at: int) -> None:
        if self._state == _RX:
            ok = self._receiving is not None and not self._receiving.damaged
            self.registers[CRCSTATUS] = int(ok)
            self.event(CRCOK if ok else CRCERROR, at)
        self._receiving = None
        self._state = _TXIDLE if self._state == _TX else _RXIDLE
        self.event(END, at)
        shorts = self.registers.get(SHORTS, 0)
        if shorts & _SHORT_END_DISABLE:
            self._disable(at)
        elif shorts & _SHORT_END_START:
            self._start(at)

    def _disable(self, at: int) -> None:
        self._queue.clear()
        self._receiving = None
        if self._state in (_TXRU, _TXIDLE, _TX, _TXDISABLE):
            self._state = _TXDISABLE
            self._later(at + _TX_DISABLE_US * MHZ, self._disabled)
        else:
            self._disabled(at)

    def _disabled(self, at: int) -> None:
        self._state = _DISABLED
        self.event(DISABLED, at)
        shorts = self.registers.get(SHORTS, 0)
        if shorts & _SHORT_DISABLED_TXEN:
            self.task(TXEN, at)
        elif shorts & _SHORT_DISABLED_RXEN:
            self.task(RXEN, at)
