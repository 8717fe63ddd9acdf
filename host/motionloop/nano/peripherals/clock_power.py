"""CLOCK and POWER, which share one base address and one interrupt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motionloop.nano.peripherals.peripheral import Peripheral
from motionloop.nano.processor import FOREVER, MHZ

if TYPE_CHECKING:
    from motionloop.nano.peripherals.chip import Chip

HFCLKSTART: Final = 0x000
HFCLKSTOP: Final = 0x004
LFCLKSTART: Final = 0x008
LFCLKSTOP: Final = 0x00C
CAL: Final = 0x010
HFCLKSTARTED: Final = 0x100
LFCLKSTARTED: Final = 0x104
DONE: Final = 0x10C
RESETREAS: Final = 0x400
HFCLKRUN: Final = 0x408
HFCLKSTAT: Final = 0x40C
LFCLKRUN: Final = 0x414
LFCLKSTAT: Final = 0x418
LFCLKSRCCOPY: Final = 0x41C
GPREGRET: Final = 0x51C
GPREGRET2: Final = 0x520
LFCLKSRC: Final = 0x518

# RESETREAS
RESET_PIN: Final = 1 << 0
RESET_WATCHDOG: Final = 1 << 1
RESET_SOFTWARE: Final = 1 << 2
RESET_LOCKUP: Final = 1 << 3

# Times to start, typical: the crystal of 32 MHz, the crystal and the RC oscillator of 32.768 kHz.
_HFXO_US: Final = 360
_LFXO_US: Final = 250_000
_LFRC_US: Final = 600
_CALIBRATION_US: Final = 16_000

_RUNS: Final = 1 << 16


class ClockPower(Peripheral):
    """Clocks that take their time to start, and the registers that survive a reset."""

    irq = 0

    def __init__(self, soc: Chip, base: int) -> None:
        super().__init__(soc, base)
        self._alarms = {
            event: soc.processor.add_alarm(done)
            for event, done in (
                (HFCLKSTARTED, self._hfclk_started),
                (LFCLKSTARTED, self._lfclk_started),
                (DONE, lambda at: self.event(DONE, at)),
            )
        }

    def reset(self, reasons: int = 0) -> None:
        """`reasons`: bits of RESETREAS that are added; 0 for power-on, which clears all."""
        kept = {}
        if reasons:
            kept = {o: self.registers.get(o, 0) for o in (RESETREAS, GPREGRET, GPREGRET2)}
        super().reset()
        self.registers.update(kept)
        self.registers[RESETREAS] = kept.get(RESETREAS, 0) | reasons
        for alarm in self._alarms.values():
            self.soc.processor.set_alarm(alarm, FOREVER)

    def _later(self, event: int, us: int, at: int) -> None:
        self.soc.processor.set_alarm(self._alarms[event], at + us * MHZ)

    def task(self, offset: int, at: int) -> None:
        r = self.registers
        if offset == HFCLKSTART:
            r[HFCLKRUN] = 1
            self._later(HFCLKSTARTED, 0 if r.get(HFCLKSTAT, 0) & _RUNS else _HFXO_US, at)
        elif offset == HFCLKSTOP:
            r[HFCLKRUN] = r[HFCLKSTAT] = 0
            self.soc.processor.set_alarm(self._alarms[HFCLKSTARTED], FOREVER)
        elif offset == LFCLKSTART:
            r[LFCLKRUN] = 1
            r[LFCLKSRCCOPY] = r.get(LFCLKSRC, 0)
            crystal = r.get(LFCLKSRC, 0) & 3 == 1
            self._later(LFCLKSTARTED, _LFXO_US if crystal else _LFRC_US, at)
            self.soc.lfclk_changed(at)
        elif offset == LFCLKSTOP:
            r[LFCLKRUN] = r[LFCLKSTAT] = 0
            self.soc.processor.set_alarm(self._alarms[LFCLKSTARTED], FOREVER)
            self.soc.lfclk_changed(at)
        elif offset == CAL:
            self._later(DONE, _CALIBRATION_US, at)

    @property
    def lfclk_runs(self) -> bool:
        """Whether the clock runs: at first from its RC oscillator, until a crystal has started."""
        return self.registers.get(LFCLKRUN, 0) == 1 or self.soc.wdt.running

    @property
    def hfxo_runs(self) -> bool:
        """Whether the radio's crystal runs."""
        return self.registers.get(HFCLKSTAT, 0) & 1 == 1

    def _hfclk_started(self, at: int) -> None:
        self.registers[HFCLKSTAT] = _RUNS | 1
        self.event(HFCLKSTARTED, at)

    def _lfclk_started(self, at: int) -> None:
        self.registers[LFCLKSTAT] = _RUNS | self.registers.get(LFCLKSRC, 0) & 3
        self.event(LFCLKSTARTED, at)

    def written(self, offset: int, value: int) -> None:
        if offset == RESETREAS:  # ones clear, and super().write() has stored them
            self.registers[RESETREAS] = self._reasons & ~value

    def write(self, offset: int, value: int) -> None:
        self._reasons = self.registers.get(RESETREAS, 0)
        super().write(offset, value)
