"""Board time: how fast it runs, how wrong the device's own clock is, and time that jumps.

Everything timed in the virtual board goes through the event loop's clock. On an ordinary loop
that is real time, times the speed. On a `VirtualTimeLoop` it stands still while there is work
and jumps to the next timer when there is none, so that a minute of board time takes as long as
its work does and every run comes out the same.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from typing import Any, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class BoardClock:
    """The time of one virtual board; make it inside a running loop.

    `elapsed_us` is the time that passed in the board's world since this object was made: radio
    events and motion follow it. `now_us` is what the device's crystal says, wrong by
    `drift_ppm`: only timestamps that the board reports come from it.
    """

    def __init__(self, speed: float = 1.0, drift_ppm: float = 0.0) -> None:
        """`speed`: board seconds per second of the event loop. ValueError unless above zero."""
        if speed <= 0:
            raise ValueError(f"speed must be above zero, not {speed}")
        self.speed = speed
        self.drift_ppm = drift_ppm
        self._loop = asyncio.get_running_loop()
        self._start_s = self._loop.time()

    def elapsed_us(self) -> int:
        """True microseconds since the start."""
        return round((self._loop.time() - self._start_s) * self.speed * 1e6)

    def now_us(self) -> int:
        """Device time in microseconds since the start, with the drift."""
        return round(self.elapsed_us() * (1 + self.drift_ppm * 1e-6))

    def hold(self, duration_us: float) -> None:
        """Take back the last microseconds: board time stood still in them."""
        self._start_s += duration_us / (self.speed * 1e6)

    async def sleep_us(self, duration_us: float) -> None:
        """Sleep for true microseconds."""
        await self.sleep_until_us(self.elapsed_us() + duration_us)

    async def sleep_until_us(self, elapsed_us: float) -> None:
        """Sleep until `elapsed_us()` reaches the time given.

        A periodic task adds its period to the last time it asked for, not to the time it woke,
        and so never falls behind by the loop's granularity of about a millisecond.
        """
        await asyncio.sleep(max(0.0, self._loop_time_s(elapsed_us) - self._loop.time()))

    def call_at_us(self, elapsed_us: float, callback: Callable[[], None]) -> asyncio.TimerHandle:
        """Call back once `elapsed_us()` reaches the time given."""
        return self._loop.call_at(self._loop_time_s(elapsed_us), callback)

    def _loop_time_s(self, elapsed_us: float) -> float:
        return self._start_s + elapsed_us / (self.speed * 1e6)


class _JumpingSelector(selectors.DefaultSelector):
    """Never waits for a timer: when no file is ready, time moves on by the wait instead."""

    now_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:  # no timer is set: only a file can go on
            return super().select(None)
        ready = super().select(0)
        if not ready and timeout > 0:
            self.now_s += timeout
        return ready


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """An event loop that jumps over idle time.

    Right for everything inside this process and its own sockets on the loopback interface. What
    waits for another process would see time fly: use an ordinary loop there. What the loop would
    have done by a thread it does itself, in no time.
    """

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now_s

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts
    ) -> asyncio.Future[T]:
        done: asyncio.Future[T] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:
            done.set_exception(error)
        return done


def run_in_virtual_time(main: Coroutine[Any, Any, T]) -> T:
    """Like asyncio.run, on a VirtualTimeLoop."""
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(main)
