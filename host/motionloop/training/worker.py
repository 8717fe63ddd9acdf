"""The training process: `python -m motionloop.training.worker`. See motionloop.trainer.messages.

stdout carries the protocol alone; TensorFlow's output goes to stderr. With `--warm-up` the worker
trains a model of noise before it is ready: TensorFlow loads many parts on first use.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from motionloop import language, log
from motionloop.errors import MotionLoopError
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
    error_event,
)

Result = TrainingResult | EvaluationResult | PretrainResult | TuneResult | VariantsResult


_log = logging.getLogger("motionloop.training.worker")  # __name__ is "__main__" here


def _do(
    task: str,
    document: dict[str, Any],
    on_progress: Callable[[Progress], None],
    part: Callable[[Trial | Variant], None],
) -> Result:
    """Do a task. Raises MotionLoopError for the user's faults, else any exception."""
    # A module that only one task needs is not loaded before.
    if task == "evaluate":
        from motionloop.training.evaluation.evaluate_recordings import evaluate_recordings

        return evaluate_recordings(EvaluationRequest.from_json(document), on_progress)
    if task == "tune":
        from motionloop.training.tuning.tune import tune

        return tune(TuneRequest.from_json(document), on_progress, part)
    if task == "variants":
        from motionloop.training.variants.compare_model import compare_model

        return compare_model(VariantsRequest.from_json(document), on_progress, part)
    if task == "pretrain":
        from motionloop.training.pretrain import pretrain_recordings

        return pretrain_recordings(TrainingRequest.from_json(document), on_progress)
    from motionloop.training.pipeline import train_recordings

    return train_recordings(TrainingRequest.from_json(document), on_progress)


def main() -> None:
    """Answer requests until stdin ends."""
    with log.writing("worker"):
        _answer()


def _answer() -> None:
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def send(event: dict[str, Any]) -> None:
        events.write(json.dumps(event) + "\n")
        events.flush()

    # Imported after stdout is safe, and at once: this is what the process is kept warm for.
    began_s = time.monotonic()
    from motionloop.training.warm_up import warm_up

    if "--warm-up" in sys.argv:
        warm_up()
    _log.info("ready after %.1f s", time.monotonic() - began_s)

    def on_progress(progress: Progress) -> None:
        words = language.to_json(progress.stage)
        send({"event": "progress", **asdict(replace(progress, words=words))})

    def part(made: Trial | Variant) -> None:
        send({"event": "part", **asdict(made)})

    try:
        send({"event": "ready"})
        for line in sys.stdin:
            document = json.loads(line)
            task, began_s = document.pop("task"), time.monotonic()
            _log.info("%s: begins", task)
            try:
                result = _do(task, document, on_progress, part)
                _log.info("%s: done in %.1f s", task, time.monotonic() - began_s)
                send({"event": "result", **asdict(result)})
            except MotionLoopError as error:
                _log.warning("%s: %s: %s", task, type(error).__name__, error)
                send(error_event(error))
            except BrokenPipeError:
                raise
            except Exception as error:  # the client gets any error and can go on
                _log.exception("%s: failed unexpectedly", task)
                send(error_event(_unexpected(error)))
    except BrokenPipeError:  # the client is gone, so there is nobody to train for
        _log.warning("the client is gone")
        os._exit(1)


def _unexpected(error: Exception) -> TrainingFailedError:
    return TrainingFailedError(
        tr(
            "The training failed unexpectedly ({name}: {error}). Please report this with the "
            "recordings' folder listing.",
            name=type(error).__name__,
            error=error,
        )
    )


if __name__ == "__main__":
    main()
