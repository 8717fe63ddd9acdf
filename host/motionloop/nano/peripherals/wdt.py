"""WDT: resets the chip unless it is fed. Only power-on and its own reset stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motionloop.nano.peripherals import clock_power
from motionloop.nano.peripherals.peripheral import Peripheral
from motionloop.nano.processor import FOREVER, MHZ

if TYPE_CHECKING:
    from motionloop.nano.soc import Soc

START: Final = 0x000
TIMEOUT: Final = 0x100
RUNSTATUS: Final = 0x400
REQSTATUS: Final = 0x404
CRV: Final = 0x504
RREN: Final = 0x508
RR0: Final = 0x600
_RELOAD: Final = 0x6E524635
_INTERRUPT_LEADS: Final = 2  # cycles of 32.768 kHz from TIMEOUT to the reset


class Wdt(Peripheral):
    irq = 16

    def __init__(self, soc: Soc, base: int) -> None:
        super().__init__(soc, base)
        self._alarm = soc.processor.add_alarm(self._expired)
        self._reloaded = 0  # bits of the reload registers written since the last reload
        self.feeds = 0

    def reset(self) -> None:
        super().reset()
        self._reloaded = 0
        self.soc.processor.set_alarm(self._alarm, FOREVER)

    @property
    def running(self) -> bool:
        return self.registers.get(RUNSTATUS, 0) == 1

    def task(self, offset: int, at: int) -> None:
        if offset == START and not self.running:
            self.registers[RUNSTATUS] = 1
            self._reload(at)

    def _reload(self, at: int) -> None:
        ticks = self.registers.get(CRV, 0xFFFFFFFF) + 1 + _INTERRUPT_LEADS
        self.soc.processor.set_alarm(self._alarm, at + ticks * MHZ * 1_000_000 // 32768)
        self._reloaded = 0

    def written(self, offset: int, value: int) -> None:
        if not RR0 <= offset < RR0 + 0x20 or value != _RELOAD or not self.running:
            return
        self._reloaded |= 1 << (offset - RR0) // 4
        enabled = self.registers.get(RREN, 1)
        if self._reloaded & enabled == enabled:
            self.feeds += 1
            self._reload(self.soc.now)

    def _expired(self, at: int) -> None:
        self.event(TIMEOUT, at)
        self.soc.request_reset(clock_power.RESET_WATCHDOG)
