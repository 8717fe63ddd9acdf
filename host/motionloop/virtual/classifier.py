"""The virtual board's classifier port: TFLM in an arena as large as the board's."""

from __future__ import annotations

import numpy as np

from motionloop import wire
from motionloop.model.inference import ArenaTooSmallError, Interpreter, ModelNotPreparedError


class TflmClassifier:
    """A `_core.ClassifierPort`: TFLM in an arena as large as the board's."""

    def __init__(self, arena_bytes: int) -> None:
        self._arena_bytes = arena_bytes
        self._interpreter: Interpreter | None = None

    def load(self, tflite: bytes) -> int:
        try:
            self._interpreter = Interpreter(tflite, self._arena_bytes)
        except ArenaTooSmallError:
            return wire.Status.ARENA_TOO_SMALL
        except ModelNotPreparedError:
            return wire.Status.BAD_MODEL
        return wire.Status.OK

    def invoke(self, window: bytes) -> bytes | None:
        if self._interpreter is None:
            return None
        return self._interpreter.invoke_all(np.frombuffer(window, np.int8)).tobytes()
