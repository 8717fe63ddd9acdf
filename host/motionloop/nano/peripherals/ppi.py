"""PPI: events of one peripheral trigger tasks of another, without the processor."""

from __future__ import annotations

from typing import Final

from motionloop.nano.peripherals.peripheral import Peripheral

CHEN: Final = 0x500
CHENSET: Final = 0x504
CHENCLR: Final = 0x508
CH0_EEP: Final = 0x510  # 8 bytes per channel: event, task
FORK0_TEP: Final = 0x910
CHANNELS: Final = 20

# Channels 20 to 31 are wired (table "Pre-programmed channels").
_TIMER0, _RADIO, _RTC0 = 0x40008000, 0x40001000, 0x4000B000
_COMPARE0, _COMPARE1 = 0x140, 0x144
_WIRED: Final = {
    20: (_TIMER0 + _COMPARE0, _RADIO + 0x000),  # TXEN
    21: (_TIMER0 + _COMPARE0, _RADIO + 0x004),  # RXEN
    22: (_TIMER0 + _COMPARE1, _RADIO + 0x010),  # DISABLE
    23: (_RADIO + 0x128, 0x4000F000 + 0x000),  # BCMATCH -> AAR START
    24: (_RADIO + 0x100, 0x4000F000 + 0x000),  # READY -> CCM KSGEN
    25: (_RADIO + 0x104, 0x4000F000 + 0x004),  # ADDRESS -> CCM CRYPT
    26: (_RADIO + 0x104, _TIMER0 + 0x044),  # ADDRESS -> CAPTURE[1]
    27: (_RADIO + 0x10C, _TIMER0 + 0x048),  # END -> CAPTURE[2]
    28: (_RTC0 + _COMPARE0, _RADIO + 0x000),
    29: (_RTC0 + _COMPARE0, _RADIO + 0x004),
    30: (_RTC0 + _COMPARE0, _TIMER0 + 0x00C),  # CLEAR
    31: (_RTC0 + _COMPARE0, _TIMER0 + 0x000),  # START
}


class Ppi(Peripheral):
    """The routes from events to tasks, by their addresses."""

    _enabled = 0
    _routes: dict[int, list[int]] = {}  # noqa: RUF012 (replaced, never changed)

    def reset(self) -> None:
        super().reset()
        self._enabled = 0
        self._update()

    def listens(self, event: int) -> bool:
        """Whether a task hangs on the event at this address."""
        return event in self._routes

    def route(self, event: int, at: int) -> None:
        for task in self._routes.get(event, ()):
            self.soc.peripheral_at(task).task(task & 0xFFF, at)

    def read(self, offset: int) -> int:
        if offset in (CHEN, CHENSET, CHENCLR):
            return self._enabled
        return super().read(offset)

    def write(self, offset: int, value: int) -> None:
        if offset == CHEN:
            self._enabled = value
        elif offset == CHENSET:
            self._enabled |= value
        elif offset == CHENCLR:
            self._enabled &= ~value
        else:
            super().write(offset, value)
        self._update()

    def task(self, offset: int, at: int) -> None:
        # CHG[n].EN and .DIS
        group = self.registers.get(0x800 + (offset >> 3) * 4, 0)
        self._enabled = self._enabled & ~group if offset & 4 else self._enabled | group
        self._update()

    def _update(self) -> None:
        routes: dict[int, list[int]] = {}
        for channel in range(32):
            if not self._enabled >> channel & 1:
                continue
            if channel in _WIRED:
                event, task = _WIRED[channel]
            else:
                event = self.registers.get(CH0_EEP + 8 * channel, 0)
                task = self.registers.get(CH0_EEP + 8 * channel + 4, 0)
            if event and task:
                routes.setdefault(event, []).append(task)
            fork = self.registers.get(FORK0_TEP + 4 * channel, 0)
            if event and fork:
                routes.setdefault(event, []).append(fork)
        if routes != self._routes:
            self._routes = routes
            self.soc.timers_changed()
