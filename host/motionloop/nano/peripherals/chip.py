"""The parts of the chip that a peripheral needs; `motionloop.nano.soc.Soc` is the chip."""

from __future__ import annotations

from random import Random
from typing import Protocol

from motionloop.nano.processor import Processor


class TakesTasks(Protocol):
    """A peripheral, to the one that triggers its task."""

    def task(self, offset: int, at: int) -> None: ...


class Routes(Protocol):
    """The PPI, to those whose events it routes."""

    def listens(self, event: int) -> bool: ...
    def route(self, event: int, at: int) -> None: ...


class Clocks(Protocol):
    """The clock control, to those that need a clock."""

    @property
    def hfxo_runs(self) -> bool: ...
    @property
    def lfclk_runs(self) -> bool: ...


class Runs(Protocol):
    """The watchdog, to the clock that it keeps running."""

    @property
    def running(self) -> bool: ...


class Chip(Protocol):
    """`now` is the chip's time in cycles of 64 MHz."""

    processor: Processor
    random: Random

    @property
    def now(self) -> int: ...
    @property
    def ppi(self) -> Routes: ...
    @property
    def clock_power(self) -> Clocks: ...
    @property
    def wdt(self) -> Runs: ...
    def peripheral_at(self, address: int) -> TakesTasks: ...
    def request_reset(self, reason: int) -> None: ...
    def lfclk_changed(self, at: int) -> None: ...
    def timers_changed(self) -> None: ...
