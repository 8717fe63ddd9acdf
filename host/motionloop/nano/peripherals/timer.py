"""TIMER: 16 MHz counters with compare and capture registers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motionloop.nano.peripherals.peripheral import SHORTS, Peripheral
from motionloop.nano.processor import FOREVER

if TYPE_CHECKING:
    from motionloop.nano.peripherals.chip import Chip

START: Final = 0x000
STOP: Final = 0x004
COUNT: Final = 0x008
CLEAR: Final = 0x00C
SHUTDOWN: Final = 0x010
CAPTURE0: Final = 0x040
COMPARE0: Final = 0x140
MODE: Final = 0x504
BITMODE: Final = 0x508
PRESCALER: Final = 0x510
CC0: Final = 0x540
CHANNELS: Final = 6

_WIDTH: Final = {0: 16, 1: 8, 2: 24, 3: 32}
_CYCLES_PER_16MHZ: Final = 4


class Timer(Peripheral):
    """Counts by the processor's cycles; the count is computed when a register is read."""

    def __init__(self, soc: Chip, base: int, irq: int) -> None:
        super().__init__(soc, base, irq)
        self._alarm = soc.processor.add_alarm(self._catch_up)
        self._clear()

    def _clear(self) -> None:
        self._running = False
        self._counts = False  # COUNT tasks instead of time
        self._zero = 0  # the cycle at which the counter was 0, while it runs
        self._held = 0  # the counter's value, while it does not
        self._seen = 0  # compares up to here have happened
        self._wanted: list[int] = []  # channels whose compares lead anywhere
        self._cycles_per_tick = _CYCLES_PER_16MHZ << 4
        self._size = 1 << 16

    def reset(self) -> None:
        super().reset()
        self._clear()
        self.soc.processor.set_alarm(self._alarm, FOREVER)

    def ticks(self, at: int) -> int:
        """The counter, without its wrap."""
        if not self._running or self._counts:
            return self._held
        return (at - self._zero) // self._cycles_per_tick

    def task(self, offset: int, at: int) -> None:
        channel = (offset - CAPTURE0) // 4
        if 0 <= channel < CHANNELS:  # mbed reads its clock so, all the time
            self.registers[CC0 + 4 * channel] = self.ticks(at) & (self._size - 1)
            if channel in self._wanted:
                self._set_alarm()
            return
        self._catch_up(at)
        if offset == START:
            if not self._running:
                self._zero = at - self._held * self._cycles_per_tick
                self._running = True
        elif offset in (STOP, SHUTDOWN):
            self._held = self.ticks(at)
            self._running = False
        elif offset == CLEAR:
            self._held, self._zero, self._seen = 0, at, 0
        elif offset == COUNT and self._running and self._counts:
            self._held += 1
            self._catch_up(at)
        self._set_alarm()

    def read(self, offset: int) -> int:
        if COMPARE0 <= offset < COMPARE0 + 4 * CHANNELS:
            self._catch_up(self.soc.now)
        return super().read(offset)

    def write(self, offset: int, value: int) -> None:
        if offset >= 0x100:
            self._catch_up(self.soc.now)
        super().write(offset, value)

    def written(self, offset: int, value: int) -> None:
        if offset == PRESCALER:
            self._cycles_per_tick = _CYCLES_PER_16MHZ << (value & 0xF)
        elif offset == MODE:
            self._counts = value & 3 != 0
        elif offset == BITMODE:
            self._size = 1 << _WIDTH[value & 3]
        elif CC0 <= offset < CC0 + 4 * CHANNELS and self._running:
            # A compare with the present value still counts: the comparator looks at the level.
            now = self.soc.now
            if self.ticks(now) & (self._size - 1) == value & (self._size - 1):
                self._compare(COMPARE0 + offset - CC0, now)
        if offset == SHORTS:
            self.update_alarm()
        else:
            self._set_alarm()

    def enabled_changed(self) -> None:
        super().enabled_changed()
        self.update_alarm()

    def _next_match(self, channel: int) -> int:
        """The tick after those seen at which this channel compares equal."""
        low = self._seen & (self._size - 1)
        base = self._seen - low
        cc = self.registers.get(CC0 + 4 * channel, 0) & (self._size - 1)
        return base + cc if cc > low else base + cc + self._size

    def update_alarm(self) -> None:
        """Wake at the compares that somebody waits for: the processor, a short, the PPI."""
        wanted = self.inten >> 16 | self.registers.get(SHORTS, 0)
        wanted |= self.registers.get(SHORTS, 0) >> 8
        listens = self.soc.ppi.listens
        self._wanted = [
            channel
            for channel in range(CHANNELS)
            if wanted >> channel & 1 or listens(self.base + COMPARE0 + 4 * channel)
        ]
        self._set_alarm()

    def _set_alarm(self) -> None:
        due = FOREVER
        if self._running and not self._counts and self._wanted:
            match = min(self._next_match(channel) for channel in self._wanted)
            due = self._zero + match * self._cycles_per_tick
        self.soc.processor.set_alarm(self._alarm, due)

    def _catch_up(self, at: int) -> None:
        """Let the compares happen that lie between the last look and now, each at its time.

        The tasks of a compare may clear or stop this timer. Where nobody waits for a compare, one
        stands for all rounds of the counter.
        """
        while (ticks := self.ticks(at)) > self._seen:
            until = min([ticks, *(self._next_match(channel) for channel in self._wanted)])
            equal = [c for c in range(CHANNELS) if self._next_match(c) <= until]
            self._seen = until
            when = at if self._counts else self._zero + until * self._cycles_per_tick
            for channel in equal:
                self._compare(COMPARE0 + 4 * channel, when)
        self._set_alarm()

    def _compare(self, event: int, at: int) -> None:
        self.event(event, at)
        shorts = self.registers.get(SHORTS, 0) >> ((event - COMPARE0) // 4)
        if shorts & 0x001:
            self._held, self._zero, self._seen = 0, at, 0
        if shorts & 0x100:
            self._held = self.ticks(at)
            self._running = False
