"""The common part of Nordic's peripherals: tasks, events, shortcuts and an interrupt."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from motionloop.nano.peripherals.chip import Chip

# Offsets of the common registers (Product Specification, 6.1 Peripheral interface).
_EVENTS = 0x100
SHORTS = 0x200
INTEN = 0x300
INTENSET = 0x304
INTENCLR = 0x308


class Peripheral:
    """Registers that only remember their values, until a subclass does more.

    `at` is always a time in cycles. A task that is triggered through the PPI has its event's
    time, which may be earlier than `soc.now`.
    """

    irq: ClassVar[int | None] = None

    def __init__(self, soc: Chip, base: int, irq: int | None = None) -> None:
        self.soc, self.base = soc, base
        self._irq = self.irq if irq is None else irq
        self.registers: dict[int, int] = {}
        self.events: dict[int, int] = {}
        self.inten = 0

    def reset(self) -> None:
        """Set the state of power-on."""
        self.registers.clear()
        self.events.clear()
        self.inten = 0
        self.update_line()

    # --- the bus ---

    def read(self, offset: int) -> int:
        if offset < SHORTS:
            return self.events.get(offset, 0)
        if INTEN <= offset <= INTENCLR:
            return self.inten
        return self.registers.get(offset, 0)

    def write(self, offset: int, value: int) -> None:
        if offset < _EVENTS:
            if value & 1:
                self.task(offset, self.soc.now)
        elif offset < SHORTS:
            self.events[offset] = value & 1
            self.update_line()
        elif offset == INTEN:
            self.inten = value
            self.enabled_changed()
        elif offset == INTENSET:
            self.inten |= value
            self.enabled_changed()
        elif offset == INTENCLR:
            self.inten &= ~value
            self.enabled_changed()
        else:
            self.registers[offset] = value
            self.written(offset, value)

    # --- for subclasses ---

    def task(self, offset: int, at: int) -> None:
        """A task was triggered, by the processor or through the PPI."""

    def written(self, offset: int, value: int) -> None:
        """A register of the peripheral's own was written; it holds the value already."""

    def enabled_changed(self) -> None:
        """Other events lead to an interrupt now."""
        self.update_line()

    def event(self, offset: int, at: int, *, to_ppi: bool = True) -> None:
        """Generate an event: the interrupt if it is enabled, and the PPI's tasks."""
        self.events[offset] = 1
        if self.inten >> ((offset - _EVENTS) >> 2) & 1:
            self.update_line()
        if to_ppi:
            self.soc.ppi.route(self.base + offset, at)

    def update_line(self) -> None:
        if self._irq is None:
            return
        high = False
        if self.inten:
            for offset, happened in self.events.items():
                if happened and self.inten >> ((offset - _EVENTS) >> 2) & 1:
                    high = True
                    break
        self.soc.processor.set_line(self._irq, high)
