"""TEMP: the die's temperature, always 25 degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motionloop.nano.peripherals.peripheral import Peripheral
from motionloop.nano.processor import MHZ

if TYPE_CHECKING:
    from motionloop.nano.peripherals.chip import Chip

START: Final = 0x000
DATARDY: Final = 0x100
TEMP: Final = 0x508

_MEASURING_US: Final = 36
_QUARTER_DEGREES: Final = 100


class Temp(Peripheral):
    irq = 12

    def __init__(self, soc: Chip, base: int) -> None:
        super().__init__(soc, base)
        self._alarm = soc.processor.add_alarm(lambda at: self.event(DATARDY, at))

    def task(self, offset: int, at: int) -> None:
        if offset == START:
            self.registers[TEMP] = _QUARTER_DEGREES
            self.soc.processor.set_alarm(self._alarm, at + _MEASURING_US * MHZ)
