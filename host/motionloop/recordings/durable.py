"""Makes a recording durable in a thread: a stream of samples does not wait for the disk."""

from __future__ import annotations

import os
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from io import FileIO
from pathlib import Path
from threading import Lock

from motionloop.recordings.recording_json import Description


@dataclass(frozen=True)
class Extent:
    """How far samples.csv reaches: `size` in bytes, with so many `samples`."""

    size: int
    samples: int


@dataclass(frozen=True)
class Done:
    """What the thread has come to since one asked before.

    Attributes:
        durable: So much of samples.csv; None for no more than before.
        sync_error: Why samples.csv could not be made durable.
        save_error: Why recording.json could not be written. The version before is unchanged.
    """

    durable: Extent | None = None
    sync_error: OSError | None = None
    save_error: OSError | None = None


@dataclass(frozen=True)
class _Task:
    extent: Extent | None = None
    description: Description | None = None


class DiskWork:
    """What one recording asks of the disk, done one after the other in a thread of `executor`.

    At most one task runs and one waits: a newer task takes the place of the one that waits. An
    error ends nothing; `take_done` returns it once.

    Args:
        folder: The recording.
        file: Its samples.csv, which stays open until `wait` has returned.
        executor: Has a thread for the work.
    """

    def __init__(self, folder: Path, file: FileIO, executor: Executor) -> None:
        self._folder = folder
        self._file = file
        self._executor = executor
        self._lock = Lock()
        self._waiting = _Task()
        self._running: Future[None] | None = None
        self._done = Done()

    def sync(self, extent: Extent) -> None:
        """Have samples.csv made durable as far as `extent`; not while the disk works already."""
        with self._lock:
            if self._running is None:
                self._ask(_Task(extent=extent))

    def save(self, description: Description) -> None:
        """Have recording.json written."""
        with self._lock:
            self._ask(replace(self._waiting, description=description))

    def take_done(self) -> Done:
        """What was done since the last call, without waiting."""
        with self._lock:
            done, self._done = self._done, Done()
        return done

    def wait(self) -> None:
        """Wait until all that was asked for is done."""
        while (running := self._running) is not None:
            running.result()

    def _ask(self, task: _Task) -> None:
        self._waiting = task
        if self._running is None:
            self._running = self._executor.submit(self._work)

    def _work(self) -> None:
        while True:
            with self._lock:
                task, self._waiting = self._waiting, _Task()
                if task == _Task():
                    self._running = None
                    return
            done = self._fulfil(task)
            with self._lock:
                self._done = Done(
                    done.durable or self._done.durable,
                    self._done.sync_error or done.sync_error,
                    self._done.save_error or done.save_error,
                )

    def _fulfil(self, task: _Task) -> Done:
        done = Done()
        if task.extent is not None:
            try:
                os.fsync(self._file.fileno())
                done = Done(durable=task.extent)
            except OSError as error:
                done = Done(sync_error=error)
        if task.description is not None:
            try:
                task.description.save(self._folder)
            except OSError as error:
                done = replace(done, save_error=error)
        return done
