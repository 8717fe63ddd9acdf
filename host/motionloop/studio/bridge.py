"""The one bridge between the window's thread and asyncio's.

Methods are called, and signals are emitted, in the window's thread. Work runs in asyncio's, and
reports through `post`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from motionloop.errors import MotionLoopError
from motionloop.language import in_english, tr
from motionloop.studio.loop_thread import LoopThread

_log = logging.getLogger(__name__)


class Bridge(QObject):
    """Starts and cancels work in asyncio's thread, by name."""

    failed = Signal(str)  # event and remedy, for the banner
    solved = Signal(str)  # the event of `failed` that is of no concern any more
    notice = Signal(str)  # good news
    offered = Signal(str, str, object)  # good news, the words of a way back, and its call
    _called = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.loop = LoopThread()
        self._tasks: dict[str, asyncio.Task[None]] = {}  # by their work, in asyncio's thread
        self._closed = False
        self._failures: dict[str, str] = {}  # the last one of each work
        self._called.connect(self._run_posted, Qt.ConnectionType.QueuedConnection)

    def _run_posted(self, call: Callable[[], None]) -> None:
        if not self._closed:  # the call may have been on its way when the window was closed
            call()

    def post(self, call: Callable[[], Any]) -> None:
        """From asyncio's thread: have the window's thread make this call."""
        if not self._closed:
            self._called.emit(call)

    def start(
        self,
        name: str,
        work: Coroutine[Any, Any, None],
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        """Run `work` in asyncio's thread; its error goes to the banner, then `ended` is called
        in the window's. `cancel(name)` cancels it. An error of the same work before is solved: it
        is tried again."""
        if failure := self._failures.pop(name, ""):
            self.solved.emit(failure)

        def fail(message: str) -> None:
            def in_window() -> None:
                self._failures[name] = message
                self.failed.emit(message)

            self.post(in_window)

        async def guarded() -> None:
            try:
                await work
            except MotionLoopError as error:
                _log.warning("%s: %s: %s", name, type(error).__name__, in_english(str(error)))
                fail(str(error))
            except Exception as error:
                _log.exception("%s: failed unexpectedly", name)
                fail(
                    tr(
                        "Something unexpected went wrong ({kind}: {error}). What was recorded "
                        "is safe; try again, and please report it if it happens again.",
                        kind=type(error).__name__,
                        error=error,
                    )
                )

        def is_over(task: asyncio.Task[None]) -> None:
            work.close()  # a task that is cancelled at once never begins
            if self._tasks.get(name) is task:
                del self._tasks[name]
            self.post(ended)

        def began(task: asyncio.Task[None]) -> None:
            self._tasks[name] = task
            task.add_done_callback(is_over)

        self.loop.spawn(guarded(), began)

    def cancel(self, name: str) -> None:
        """Cancel the work under `name`, if it still runs."""

        def in_loop() -> None:
            if task := self._tasks.get(name):
                task.cancel()

        self.call_in_loop(in_loop)

    def call_in_loop(self, call: Callable[[], object]) -> None:
        """From the window's thread: make this call in asyncio's."""
        self.loop.loop.call_soon_threadsafe(call)

    async def end(self, name: str) -> None:
        """In asyncio's thread: cancel the work under `name`, and return when it has ended."""
        if task := self._tasks.get(name):
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def failed_in_loop(self, message: str) -> None:
        self.post(lambda: self.failed.emit(message))

    def close(self) -> None:
        """End all work; returns when all has ended."""
        self._closed = True
        self.loop.close()
