"""Training from outside TensorFlow: a worker process, what is asked of it, what it answers.

The protocol is one JSON object a line: a request on the worker's stdin; on its stdout
`{"event": "ready" | "progress" | "result" | "error", ...}`, the fields of the classes below.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from motionloop import errors
from motionloop.errors import MotionLoopError, RecordingError

_LINE_LIMIT = 1 << 20  # bytes of one event


class TrainingFailedError(MotionLoopError):
    """The training worker ended or failed for a reason that is not the user's."""


@dataclass(frozen=True)
class TrainingRequest:
    """What to train on and where to put the model.

    `labels` fixes the classes and their order (default: all found). `split` is a
    windows.SplitKind or None for the most honest one possible. `preset` is "quick", for
    retrain and flash, or "thorough". `folder` is made if it is missing.
    """

    recordings: tuple[str, ...]
    folder: str
    name: str
    preset: str = "quick"
    seed: int = 1
    rate_hz: float = 50.0
    window: int = 128
    hop: int = 64
    smoothing: float = 1.0  # weight of the newest window in the board's answer
    version_counter: int = 1
    labels: tuple[str, ...] | None = None
    split: str | None = None
    wearer: str | None = None  # a personal model of this person; the others are its background

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Self:
        """The request in a parsed JSON object; TypeError for unknown or missing names."""
        labels = document.pop("labels", None)
        recordings = tuple(document.pop("recordings"))
        return cls(recordings, labels=None if labels is None else tuple(labels), **document)


@dataclass(frozen=True)
class Progress:
    """`done` of `total` steps of a stage; `remaining_s` is None until there is a basis for it.

    Stages, in order: windows, train, convert, evaluate, save.
    """

    stage: str
    done: int
    total: int
    remaining_s: float | None


@dataclass(frozen=True)
class TrainingResult:
    """A finished model: its folder, its package's file, and all of metrics.json."""

    folder: str
    package: str
    metrics: dict[str, Any]


def error_event(error: MotionLoopError) -> dict[str, Any]:
    """`error` as the worker sends it, under its nearest type in motionloop.errors."""
    known = next(c for c in type(error).__mro__ if c.__module__ == errors.__name__)
    event = {"event": "error", "type": known.__name__, "message": str(error)}
    if isinstance(error, RecordingError):
        event["path"] = str(error.path)
    return event


def _from_event(event: dict[str, Any]) -> MotionLoopError:
    kind: type[MotionLoopError] = getattr(errors, event["type"])
    if issubclass(kind, RecordingError):
        return kind(event["message"], Path(event["path"]))
    if kind is MotionLoopError:
        kind = TrainingFailedError
    return kind(event["message"])


@dataclass(frozen=True)
class _Worker:
    process: asyncio.subprocess.Process
    requests: asyncio.StreamWriter
    events: asyncio.StreamReader
    log: IO[bytes]  # what it prints beside the protocol

    async def next_event(self) -> dict[str, Any]:
        line = await self.events.readline()
        if not line.endswith(b"\n"):
            raise self.ended()
        event: dict[str, Any] = json.loads(line)
        return event

    def ended(self) -> TrainingFailedError:
        self.log.seek(0)
        last = self.log.read().decode(errors="replace").strip().splitlines()[-3:]
        return TrainingFailedError(
            f"The training process ended before it was done ({' | '.join(last) or 'no message'}). "
            "Try again; if it was out of memory, close other programs or use fewer recordings."
        )


class Trainer:
    """A warm worker process. Start it before it is needed: importing TensorFlow takes seconds.

    An asynchronous context manager; leaving it ends the worker. One request at a time.
    """

    def __init__(self) -> None:
        self._worker: _Worker | None = None
        self._ready = False

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    @property
    def pid(self) -> int | None:
        """Process id of the worker, None while there is none."""
        return self._worker.process.pid if self._worker else None

    async def start(self) -> None:
        """Start the worker, if none runs, without waiting until it is warm."""
        await self._running()

    async def wait_ready(self) -> None:
        """Return once the worker has imported TensorFlow; TrainingFailedError if it cannot."""
        worker = await self._running()
        if not self._ready:
            await worker.next_event()
            self._ready = True

    async def train(self, request: TrainingRequest) -> AsyncIterator[Progress | TrainingResult]:
        """Progress as it happens, and the result last.

        Starts a worker if none runs. Leaving the iteration early, as a cancelled task does,
        ends the worker and with it the training; the model's folder is written in the last
        stage only. Raises what the worker met (TrainingDataError, RecordingError,
        PackageError) or TrainingFailedError when it ended.
        """
        answered = False
        worker = await self._running()
        try:
            await self.wait_ready()
            worker.requests.write(json.dumps(asdict(request)).encode() + b"\n")
            await worker.requests.drain()
            while not answered:
                event = await worker.next_event()
                kind = event.pop("event")
                answered = kind != "progress"
                if kind == "error":
                    raise _from_event(event)
                yield TrainingResult(**event) if kind == "result" else Progress(**event)
        except (BrokenPipeError, ConnectionResetError):
            raise worker.ended() from None
        finally:
            if not answered:
                await self.close()

    async def close(self) -> None:
        """End the worker, whatever it is doing."""
        worker, self._worker = self._worker, None
        if worker is None:
            return
        if worker.process.returncode is None:
            worker.process.terminate()
        await worker.process.wait()
        worker.requests.close()
        worker.log.close()

    async def _running(self) -> _Worker:
        if self._worker is None:
            log = tempfile.TemporaryFile()  # noqa: SIM115, closed with the worker
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "motionloop.training.worker",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                limit=_LINE_LIMIT,
            )
            assert process.stdin is not None
            assert process.stdout is not None
            self._worker = _Worker(process, process.stdin, process.stdout, log)
            self._ready = False
        return self._worker
