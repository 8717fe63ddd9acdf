"""WDT: resets the chip unless it is fed. Only power-on and its own reset stop it.

With the interrupt of TIMEOUT enabled, the reset comes two cycles of 32.768 kHz later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motionloop.nano.peripherals import clock_power
from motionloop.nano.peripherals.peripheral import Peripheral
from motionloop.nano.processor import FOREVER, MHZ

if TYPE_CHECKING:
    from motionloop.nano.peripherals.chip import Chip

START: Final = 0x000
TIMEOUT: Final = 0x100
RUNSTATUS: Final = 0x400
REQSTATUS: Final = 0x404
CRV: Final = 0x504
RREN: Final = 0x508
CONFIG: Final = 0x50C
RR0: Final = 0x600
_RELOAD: Final = 0x6E524635
_RESET_LATER: Final = 2  # cycles of 32.768 kHz
_LOCKED: Final = {CRV, RREN, CONFIG}  # while it runs


class Wdt(Peripheral):
    irq = 16

    def __init__(self, soc: Chip, base: int) -> None:
        super().__init__(soc, base)
        self._alarm = soc.processor.add_alarm(self._alarmed)
        self._expired = False
        self._reloaded = 0  # bits of the reload registers written since the last reload
        self.feeds = 0

    def reset(self) -> None:
        super().reset()
        self._reloaded = 0
        self._expired = False
        self.soc.processor.set_alarm(self._alarm, FOREVER)

    @property
    def running(self) -> bool:
        return self.registers.get(RUNSTATUS, 0) == 1

    def task(self, offset: int, at: int) -> None:
        if offset == START and not self.running:
            self.registers[RUNSTATUS] = 1
            self.soc.lfclk_changed(at)  # which it starts
            self._reload(at)

    def _reload(self, at: int) -> None:
        self._later(at, self.registers.get(CRV, 0xFFFFFFFF) + 1)
        self._reloaded = 0

    def _later(self, at: int, ticks: int) -> None:
        self.soc.processor.set_alarm(self._alarm, at + ticks * MHZ * 1_000_000 // 32768)

    def read(self, offset: int) -> int:
        if offset == REQSTATUS:  # the channels without a reload since the last one
            return self.registers.get(RREN, 1) & ~self._reloaded if self.running else 0
        return super().read(offset)

    def write(self, offset: int, value: int) -> None:
        if not (self.running and offset in _LOCKED):
            super().write(offset, value)

    def written(self, offset: int, value: int) -> None:
        if not RR0 <= offset < RR0 + 0x20 or value != _RELOAD or not self.running or self._expired:
            return
        self._reloaded |= 1 << (offset - RR0) // 4
        enabled = self.registers.get(RREN, 1)
        if self._reloaded & enabled == enabled:
            self.feeds += 1
            self._reload(self.soc.now)

    def _alarmed(self, at: int) -> None:
        if not self._expired:
            self._expired = True
            self.event(TIMEOUT, at)
            if self.inten & 1:
                return self._later(at, _RESET_LATER)
        self.soc.request_reset(clock_power.RESET_WATCHDOG)
