"""An asyncio event loop in a thread of its own, since Qt's loop has the main one."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

_CLOSE_TIMEOUT_S = 15.0


class LoopThread:
    """Runs from its creation until `close`."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._spawned: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="asyncio", daemon=True)
        self._thread.start()

    def spawn(
        self, coroutine: Coroutine[Any, Any, None], started: Callable[[asyncio.Task[None]], None]
    ) -> None:
        """Run `coroutine` as a task; `started` gets the task, in the loop's thread.

        The task must deal with its own errors: nobody waits for it.
        """

        def in_loop() -> None:
            task = self.loop.create_task(coroutine)
            self._spawned.add(task)
            task.add_done_callback(self._spawned.discard)
            started(task)

        self.loop.call_soon_threadsafe(in_loop)

    def close(self) -> None:
        """Cancel every task, wait until all have cleaned up, and end the thread."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._end(), self.loop).result(_CLOSE_TIMEOUT_S)
            self.loop.call_soon_threadsafe(self.loop.stop)
            self._thread.join(_CLOSE_TIMEOUT_S)

    async def _end(self) -> None:
        # Spawned tasks clean up through tasks of the libraries below them.
        await _cancel(self._spawned)
        await _cancel(asyncio.all_tasks() - {asyncio.current_task()})

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()
        self.loop.run_until_complete(self.loop.shutdown_asyncgens())
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()


async def _cancel(tasks: Iterable[asyncio.Task[Any] | None]) -> None:
    ended = [task for task in tasks if task is not None]
    for task in ended:
        task.cancel()
    await asyncio.gather(*ended, return_exceptions=True)
