"""GPIO: two ports of outputs, which share one page of the address space."""

from __future__ import annotations

from typing import Final

OUT: Final = 0x504
OUTSET: Final = 0x508
OUTCLR: Final = 0x50C
IN: Final = 0x510
DIR: Final = 0x514
DIRSET: Final = 0x518
DIRCLR: Final = 0x51C
_PORT1: Final = 0x300  # of the second port's registers


class Gpio:
    """`outputs[port]` holds the levels of the pins. Inputs read the output levels."""

    def __init__(self) -> None:
        self.outputs = [0, 0]
        self._directions = [0, 0]
        self._registers: dict[int, int] = {}

    def reset(self) -> None:
        self.outputs, self._directions = [0, 0], [0, 0]
        self._registers.clear()

    def pin(self, port: int, number: int) -> bool:
        """Whether a pin is high."""
        return bool(self.outputs[port] >> number & 1)

    @staticmethod
    def _place(offset: int) -> tuple[int, int]:
        return (1, offset - _PORT1) if offset >= 0x800 else (0, offset)

    def read(self, offset: int) -> int:
        port, register = self._place(offset)
        if register in (OUT, OUTSET, OUTCLR, IN):
            return self.outputs[port]
        if register in (DIR, DIRSET, DIRCLR):
            return self._directions[port]
        return self._registers.get(offset, 0)

    def write(self, offset: int, value: int) -> None:
        port, register = self._place(offset)
        if register == OUT:
            self.outputs[port] = value
        elif register == OUTSET:
            self.outputs[port] |= value
        elif register == OUTCLR:
            self.outputs[port] &= ~value
        elif register == DIR:
            self._directions[port] = value
        elif register == DIRSET:
            self._directions[port] |= value
        elif register == DIRCLR:
            self._directions[port] &= ~value
        else:
            self._registers[offset] = value
