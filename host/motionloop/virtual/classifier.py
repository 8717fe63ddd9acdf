"""The virtual board's classifier port: TFLM in an arena as large as the board's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from motionloop import wire
from motionloop.model.inference import ArenaTooSmallError, Interpreter, ModelNotPreparedError
from motionloop.safe_files import open_own, write_whole
from motionloop.virtual.clock import BoardClock

_IDLE, _COMPUTING = 0, 1


class ComputingMark:
    """Whether a model computes, in a file that outlives the process: a board's reset reason.

    Args:
        path: The file; None: nothing is kept.

    Attributes:
        ended_the_board: Whether the process before this one ended in a model.
    """

    def __init__(self, path: Path | None) -> None:
        self.ended_the_board = False
        self._byte = np.zeros(1, np.uint8)
        if path is None:
            return
        if not path.exists() or path.stat().st_size != 1:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, bytes([_IDLE]))
        with open_own(path) as file:
            self._byte = np.memmap(file, np.uint8, "r+")
        self.ended_the_board = bool(self._byte[0] == _COMPUTING)
        self._byte[0] = _IDLE

    @contextmanager
    def computing(self) -> Iterator[None]:
        self._byte[0] = _COMPUTING
        try:
            yield
        finally:
            self._byte[0] = _IDLE


class TflmClassifier:
    """A `_core.ClassifierPort`: TFLM in an arena as large as the board's.

    On a fast `clock` an inference takes as long as it takes on this computer, not `speed` times as
    long. `mark` is set meanwhile.
    """

    def __init__(
        self, arena_bytes: int, clock: BoardClock | None = None, mark: ComputingMark | None = None
    ) -> None:
        self._arena_bytes = arena_bytes
        self._clock = clock
        self._mark = ComputingMark(None) if mark is None else mark
        self._interpreter: Interpreter | None = None

    def load(self, tflite: bytes) -> int:
        try:
            with self._computing():
                self._interpreter = Interpreter(tflite, self._arena_bytes)
        except ArenaTooSmallError:
            return wire.Status.ARENA_TOO_SMALL
        except ModelNotPreparedError:
            return wire.Status.BAD_MODEL
        return wire.Status.OK

    def invoke(self, window: bytes) -> bytes | None:
        if self._interpreter is None:
            return None
        with self._computing():
            return self._interpreter.invoke_all(np.frombuffer(window, np.int8)).tobytes()

    @contextmanager
    def _computing(self) -> Iterator[None]:
        clock = self._clock
        begin_us = clock.elapsed_us() if clock is not None else 0
        with self._mark.computing():
            yield
        if clock is not None and clock.speed > 1:
            clock.hold((clock.elapsed_us() - begin_us) * (1 - 1 / clock.speed))
