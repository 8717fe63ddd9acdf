"""RNG: random bytes, from a seed, so that each run is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motionloop.nano.peripherals.peripheral import SHORTS, Peripheral
from motionloop.nano.processor import FOREVER, MHZ

if TYPE_CHECKING:
    from motionloop.nano.peripherals.chip import Chip

START: Final = 0x000
STOP: Final = 0x004
VALRDY: Final = 0x100
CONFIG: Final = 0x504
VALUE: Final = 0x508

_BYTE_US: Final = 30
_CORRECTED_BYTE_US: Final = 120  # with CONFIG.DERCEN


class Rng(Peripheral):
    irq = 13

    def __init__(self, soc: Chip, base: int) -> None:
        super().__init__(soc, base)
        self._alarm = soc.processor.add_alarm(self._ready)

    def reset(self) -> None:
        super().reset()
        self.soc.processor.set_alarm(self._alarm, FOREVER)

    def task(self, offset: int, at: int) -> None:
        if offset == START:
            self._next(at)
        elif offset == STOP:
            self.soc.processor.set_alarm(self._alarm, FOREVER)

    def _next(self, at: int) -> None:
        us = _CORRECTED_BYTE_US if self.registers.get(CONFIG, 0) & 1 else _BYTE_US
        self.soc.processor.set_alarm(self._alarm, at + us * MHZ)

    def _ready(self, at: int) -> None:
        self.registers[VALUE] = self.soc.random.randrange(256)
        if not self.registers.get(SHORTS, 0) & 1:  # VALRDY_STOP
            self._next(at)
        self.event(VALRDY, at)
