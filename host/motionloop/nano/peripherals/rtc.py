"""RTC: 24-bit counters on the 32.768 kHz clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motionloop.nano.peripherals.peripheral import Peripheral
from motionloop.nano.processor import FOREVER, MHZ

if TYPE_CHECKING:
    from motionloop.nano.peripherals.chip import Chip

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
    """A counter whose value is computed from the processor's cycles when a register is read.

    It needs the LFCLK. A compare happens when the counter comes to the value, not when it has the
    value already, and not when it comes to the value with the next tick: a real one may miss that.
    """

    def __init__(self, soc: Chip, base: int, irq: int) -> None:
        super().__init__(soc, base, irq)
        self._alarm = soc.processor.add_alarm(self._catch_up)
        self._clear()

    def _clear(self) -> None:
        self._running = False
        self._zero = 0
        self._held = 0
        self._seen = 0
        self._evten = 0
        self._started = False  # it runs when the LFCLK runs, too
        self._from = [0] * CHANNELS  # the first tick at which each channel can compare

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
        if offset == START:
            self._started = True
            self._run(at)
        elif offset == STOP:
            self._started = False
            self._stand(at)
        elif offset == CLEAR:
            self._held, self._zero, self._seen = 0, at, 0
            self._from = [0] * CHANNELS
        elif offset == TRIGOVRFLW:
            self._held = self._seen = 0xFFFFF0
            self._from = [0] * CHANNELS
            self._zero = at - (self._cycle_of(0xFFFFF0) - self._zero)
        self._update_alarm()

    def clock_changed(self, at: int) -> None:
        """The LFCLK was started or stopped."""
        self._catch_up(at)
        if self.soc.clock_power.lfclk_runs:
            self._run(at)
        else:
            self._stand(at)
        self._update_alarm()

    def _run(self, at: int) -> None:
        if self._started and not self._running and self.soc.clock_power.lfclk_runs:
            self._running = True
            self._zero = at - (self._cycle_of(self._held) - self._zero)

    def _stand(self, at: int) -> None:
        self._held = self._ticks(at)
        self._running = False

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
        elif offset != PRESCALER or not self._started:  # writable while it stands
            super().write(offset, value)
        self._update_alarm()

    def written(self, offset: int, value: int) -> None:
        if CC0 <= offset < CC0 + 4 * CHANNELS:
            self._from[(offset - CC0) // 4] = self._seen + 2 if self._running else 0

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
                tick = base + cc if cc > low else base + cc + _SIZE
                if tick < self._from[channel]:
                    tick += _SIZE
                due.append((tick, COMPARE0 + 4 * channel))
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
        """Let the events happen that lie between the last look and now, each at its time.

        The tasks of an event through the PPI may clear or stop this counter.
        """
        while self._running:
            ticks = self._ticks(at)
            due = self._due()
            first = min((tick for tick, _ in due), default=ticks + 1)
            if first > ticks:
                self._seen = ticks
                break
            self._seen = first
            when = self._cycle_of(first)
            for tick, event in due:
                if tick == first:
                    self._happened(event, when)
        self._update_alarm()

    def _happened(self, event: int, at: int) -> None:
        bit = 1 << ((event - TICK) >> 2)
        self.event(event, at, to_ppi=bool(self._evten & bit))
