"""Training from outside TensorFlow: the worker process and its answers.

The protocol is in motionloop.trainer.messages.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import IO, Any, Self

from motionloop.language import tr
from motionloop.trainer.messages import (
    EvaluationRequest,
    EvaluationResult,
    PretrainResult,
    Progress,
    TrainingFailedError,
    TrainingRequest,
    TrainingResult,
    Trial,
    TuneRequest,
    TuneResult,
    Variant,
    VariantsRequest,
    VariantsResult,
    error_from,
)

WORKER = "motionloop.training.worker"  # the module that is started
_LINE_LIMIT = 1 << 20  # bytes of one event
_LOGGED_LINES = 40  # the last lines that a worker printed
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Worker:
    process: asyncio.subprocess.Process
    requests: asyncio.StreamWriter
    events: asyncio.StreamReader
    log: IO[bytes]  # the worker's output beside the protocol

    async def next_event(self) -> dict[str, Any]:
        line = await self.events.readline()
        if not line.endswith(b"\n"):
            raise self.ended()
        event: dict[str, Any] = json.loads(line)
        return event

    def ended(self) -> TrainingFailedError:
        self.log.seek(0)
        printed = self.log.read().decode(errors="replace").strip().splitlines()
        last = printed[-3:]
        _log.warning(
            "the training process %d ended, exit status %s; it printed:\n%s",
            self.process.pid,
            self.process.returncode,
            "\n".join(printed[-_LOGGED_LINES:]),
        )
        return TrainingFailedError(
            tr(
                "The training process ended before it was done ({words}). Try again; if it was "
                "out of memory, close other programs or use fewer recordings.",
                words=" | ".join(last) or tr("no message"),
            )
        )


def _of(kind: type[Any]) -> Callable[[dict[str, Any]], Any]:
    """A function that makes a `kind` of an event's fields."""
    return lambda event: kind(**event)


class Trainer:
    """A warm worker process. Start it before it is needed: importing TensorFlow takes seconds.

    An asynchronous context manager; leaving it ends the worker. One request at a time. With
    `warm_up` the worker also trains a model of noise as soon as it is started, which takes it some
    seconds more and the first training two less: for a program that waits for its user.
    """

    def __init__(self, warm_up: bool = False) -> None:
        self._warm_up = warm_up
        self._worker: _Worker | None = None
        self._ready = False
        self._starting = asyncio.Lock()

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
        await self._running(self._warm_up)

    async def wait_ready(self) -> None:
        """Return once the worker has imported TensorFlow; TrainingFailedError if it cannot."""
        worker = await self._running()
        if not self._ready:
            began_s = time.monotonic()
            await worker.next_event()
            waited_s = time.monotonic() - began_s
            _log.info("the training process is ready, waited for %.1f s", waited_s)
            self._ready = True

    async def train(
        self, request: TrainingRequest
    ) -> AsyncGenerator[Progress | TrainingResult, None]:
        """Progress as it happens, and the result last.

        Starts a worker if none runs. Leaving the iteration early, as a cancelled task does,
        ends the worker and with it the training; the model's folder is written in the last
        stage only. Raises the worker's error (TrainingDataError, RecordingError,
        PackageError), or TrainingFailedError when the worker ended.
        """
        async with aclosing(self._ask("train", request, _of(TrainingResult))) as events:
            async for event in events:
                yield event

    async def evaluate(
        self, request: EvaluationRequest
    ) -> AsyncGenerator[Progress | EvaluationResult, None]:
        """Progress as it happens, and the result last; otherwise like `train`."""
        async with aclosing(self._ask("evaluate", request, _of(EvaluationResult))) as events:
            async for event in events:
                yield event

    async def pretrain(
        self, request: TrainingRequest
    ) -> AsyncGenerator[Progress | PretrainResult, None]:
        """Make a backbone in the request's folder; otherwise like `train`."""
        async with aclosing(self._ask("pretrain", request, _of(PretrainResult))) as events:
            async for event in events:
                yield event

    async def variants(
        self, request: VariantsRequest
    ) -> AsyncGenerator[Progress | Variant | VariantsResult, None]:
        """Each variant of a trained model as it is measured, and all of them last; otherwise like
        `train`."""
        async with aclosing(
            self._ask("variants", request, VariantsResult.from_json, _of(Variant))
        ) as events:
            async for event in events:
                yield event

    async def tune(
        self, request: TuneRequest
    ) -> AsyncGenerator[Progress | Trial | TuneResult, None]:
        """Each trial as it ends, and the Pareto front last; otherwise like `train`.

        Trials that ended stay in the study when the iteration is left early.
        """
        async with aclosing(self._ask("tune", request, TuneResult.from_json, _of(Trial))) as events:
            async for event in events:
                yield event

    async def _ask(
        self,
        task: str,
        request: TrainingRequest | EvaluationRequest | TuneRequest | VariantsRequest,
        result: Callable[[dict[str, Any]], Any],
        part: Callable[[dict[str, Any]], Any] | None = None,
    ) -> AsyncGenerator[Any, None]:
        answers = {"progress": _of(Progress), "part": part, "result": result}
        answered = False
        worker = await self._running()
        try:
            await self.wait_ready()
            _log.info("asking for: %s", task)
            began_s = time.monotonic()
            worker.requests.write(json.dumps({"task": task, **asdict(request)}).encode() + b"\n")
            await worker.requests.drain()
            while not answered:
                event = await worker.next_event()
                kind = event.pop("event")
                answered = kind in ("result", "error")
                if answered:
                    took_s = time.monotonic() - began_s
                    _log.info("%s: %s after %.1f s", task, kind, took_s)
                if kind == "error":
                    raise error_from(event)
                made = answers[kind]
                assert made is not None
                yield made(event)
        except (BrokenPipeError, ConnectionResetError):
            raise worker.ended() from None
        finally:
            if not answered:
                await self.close()

    async def close(self) -> None:
        """End the worker at once."""
        worker, self._worker = self._worker, None
        if worker is None:
            return
        _log.info("ending the training process %d", worker.process.pid)
        if worker.process.returncode is None:
            worker.process.terminate()
        await worker.process.wait()
        worker.requests.close()
        worker.log.close()

    async def _running(self, warm_up: bool = False) -> _Worker:
        async with self._starting:
            if self._worker is None:
                self._worker = await self._started(warm_up)
                self._ready = False
            return self._worker

    async def _started(self, warm_up: bool) -> _Worker:
        log = tempfile.TemporaryFile()  # noqa: SIM115, closed with the worker
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                WORKER,
                *(["--warm-up"] if warm_up else []),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                limit=_LINE_LIMIT,
            )
        except BaseException:
            log.close()
            raise
        assert process.stdin is not None
        assert process.stdout is not None
        _log.info("started the training process %d", process.pid)
        return _Worker(process, process.stdin, process.stdout, log)
