"""RTC: 24-bit counters on the 32.768 kHz clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motionloop.nano.peripherals.peripheral import Peripheral
from motionloop.nano.processor import FOREVER, MHZ

if TYPE_CHECKING:
    from motionloop.nano.soc import Soc

START: Final = 0x000
STOP: Final = 0x004
CLEAR: Final = 0x008
TRIGOVRFLW: Final = 0x00C
TICK: Final = 0x100
OVRFLW: Final = 0x104
COMPARE0: Final = 0x140
EVTEN: Final = 0x340
EVTENSET: Final = 0x344
EVTENCLR: Final = 0x348
COUNTER: Final = 0x504
PRESCALER: Final = 0x508
CC0: Final = 0x540
CHANNELS: Final = 4

_SIZE: Final = 1 << 24
_CYCLES_PER_S: Final = MHZ * 1_000_000
_HZ: Final = 32768


class Rtc(Peripheral):
    """A counter whose value is computed from the processor's cycles when somebody looks.

    A compare happens when the counter comes to the value, not when it has it already.
    """

    def __init__(self, soc: Soc, base: int, irq: int) -> None:
        super().__init__(soc, base, irq)
        self._alarm = soc.processor.add_alarm(self._catch_up)
        self._clear()

    def _clear(self) -> None:
        self._running = False
        self._zero = 0
        self._held = 0
        self._seen = 0
        self._evten = 0

    def reset(self) -> None:
        super().reset()
        self._clear()
        self.soc.processor.set_alarm(self._alarm, FOREVER)

    def _ticks(self, at: int) -> int:
        if not self._running:
            return self._held
        return (at - self._zero) * _HZ // (_CYCLES_PER_S * (self.registers.get(PRESCALER, 0) + 1))

    def _cycle_of(self, tick: int) -> int:
        per_tick = _CYCLES_PER_S * (self.registers.get(PRESCALER, 0) + 1)
        return self._zero + -(-tick * per_tick // _HZ)

    def task(self, offset: int, at: int) -> None:
        self._catch_up(at)
        if offset == START and not self._running:
            self._running = True
            self._zero = at - (self._cycle_of(self._held) - self._zero)
        elif offset == STOP:
            self._held = self._ticks(at)
            self._running = False
        elif offset == CLEAR:
            self._held, self._zero, self._seen = 0, at, 0
        elif offset == TRIGOVRFLW:
            self._held = self._seen = 0xFFFFF0
            self._zero = at - (self._cycle_of(0xFFFFF0) - self._zero)
        self._update_alarm()

    def read(self, offset: int) -> int:
        if offset == COUNTER:
            return self._ticks(self.soc.now) & (_SIZE - 1)
        if offset in (EVTEN, EVTENSET, EVTENCLR):
            return self._evten
        if offset < 0x200:
            self._catch_up(self.soc.now)
        return super().read(offset)

    def write(self, offset: int, value: int) -> None:
        if offset >= 0x100:
            self._catch_up(self.soc.now)
        if offset == EVTEN:
            self._evten = value
        elif offset == EVTENSET:
            self._evten |= value
        elif offset == EVTENCLR:
            self._evten &= ~value
        else:
            super().write(offset, value)
        self._update_alarm()

    def enabled_changed(self) -> None:
        super().enabled_changed()
        self._update_alarm()

    def _due(self) -> list[tuple[int, int]]:
        """The next tick and event of each kind that leads anywhere."""
        wanted = self.inten | self._evten
        low = self._seen & (_SIZE - 1)
        base = self._seen - low
        due = []
        for channel in range(CHANNELS):
            if wanted >> (16 + channel) & 1:
                cc = self.registers.get(CC0 + 4 * channel, 0) & (_SIZE - 1)
                due.append((base + cc if cc > low else base + cc + _SIZE, COMPARE0 + 4 * channel))
        if wanted & 2:
            due.append((base + _SIZE, OVRFLW))
        if wanted & 1:
            due.append((self._seen + 1, TICK))
        return due

    def _update_alarm(self) -> None:
        due = self._due() if self._running else []
        first = min((tick for tick, _ in due), default=None)
        at = FOREVER if first is None else self._cycle_of(first)
        self.soc.processor.set_alarm(self._alarm, at)

    def _catch_up(self, at: int) -> None:
        if self._running:
            ticks = self._ticks(at)
            while True:
                due = [each for each in self._due() if each[0] <= ticks]
                if not due:
                    break
                first = min(due)[0]
                self._seen = first
                for tick, event in due:
                    if tick == first:
                        self.event(event, self._cycle_of(tick))
            self._seen = ticks
        self._update_alarm()
