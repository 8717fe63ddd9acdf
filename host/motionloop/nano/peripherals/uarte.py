"""UARTE: only stops, since the Arduino core stops the one that the bootloader left on."""

from __future__ import annotations

from typing import Final

from motionloop.nano.peripherals.peripheral import Peripheral

STOPRX: Final = 0x004
RXTO: Final = 0x144


class Uarte(Peripheral):
    irq = 2

    def task(self, offset: int, at: int) -> None:
        if offset == STOPRX:
            self.event(RXTO, at)
