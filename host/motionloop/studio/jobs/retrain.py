"""Retrain and flash: from recordings to the new model running on the board. No Qt here."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import numpy as np

from motionloop.board.client import PushStage
from motionloop.board.latency import latency_text
from motionloop.errors import MotionLoopError, TrainingDataError
from motionloop.language import tr
from motionloop.model.inference import Interpreter
from motionloop.model.package import ModelPackage, load_package, package_file, unpack_package
from motionloop.splits import SplitKind, split, split_personal
from motionloop.studio.boards.board_link import BoardLink
from motionloop.studio.jobs.stages import ModelComparison, Outcome, RetrainStage, StageProgress
from motionloop.studio.jobs.training_data import gone_in_words, refusing_gone
from motionloop.trainer.client import Trainer
from motionloop.trainer.messages import Progress, TrainingRequest, TrainingResult
from motionloop.trainer.model_input import gather_for
from motionloop.windows import collect_windows

_FIRST_PREDICTION_S = 15.0
_OF_TRAINER = {
    "windows": RetrainStage.WINDOWS,
    "train": RetrainStage.TRAIN,
    "convert": RetrainStage.CONVERT,
    "evaluate": RetrainStage.EVALUATE,
    "save": RetrainStage.SAVE,
}


Report = Callable[[StageProgress], None]
Decide = Callable[[ModelComparison], Awaitable[bool]]
IsUndone = Callable[[], bool]  # whether a cancelled job must leave everything as it was


async def train(trainer: Trainer, request: TrainingRequest, report: Report) -> TrainingResult:
    """Train in the worker process, into a new folder that is there only when all of it is.

    Raises DataGoneError or the errors of Trainer.train.
    """
    report(StageProgress(RetrainStage.WARM_UP))
    try:
        with refusing_gone(request.recordings):
            async for event in trainer.train(request):
                if isinstance(event, TrainingResult):
                    return event
                assert isinstance(event, Progress)
                # Stages that are not known here are finer steps of the training.
                stage = _OF_TRAINER.get(event.stage, RetrainStage.TRAIN)
                report(StageProgress(stage, event.done, event.total, event.remaining_s))
        raise AssertionError("a training ends with a result or an error")
    except BaseException:
        _discard(request)
        raise


def _discard(request: TrainingRequest) -> None:
    shutil.rmtree(request.folder, ignore_errors=True)


async def compare(
    link: BoardLink | None, request: TrainingRequest, metrics: dict[str, Any], report: Report
) -> ModelComparison:
    """The new model beside the one on the board, on the windows that the new one never saw."""
    report(StageProgress(RetrainStage.COMPARE))
    new, windows = metrics["int8"]["accuracy"], metrics["int8"]["windows"]
    if link is None or not link.has_model:
        return ModelComparison(new, None, windows)
    if link.package is None:
        return ModelComparison(new, None, windows, tr("The board's model has not been read yet."))
    try:
        old = await asyncio.to_thread(held_out_accuracy, link.package, request, metrics)
    except MotionLoopError as error:
        why_not = gone_in_words(request.recordings) or str(error)
        return ModelComparison(new, None, windows, why_not)
    not_known = tuple(name for name in metrics["labels"] if name not in link.package.labels)
    return ModelComparison(new, old, windows, not_known=not_known)


def held_out_accuracy(
    package: ModelPackage, request: TrainingRequest, metrics: dict[str, Any]
) -> float:
    """The share of the request's held-out windows that `package` gets right.

    The windows are cut for the package's own input. A label that the model does not know counts as
    wrong. A model that was trained on some of these recordings has an advantage here.
    Raises RecordingError, TrainingDataError or PackageError.
    """
    gathered = gather_for(request)
    windows = collect_windows(
        gathered.recordings, package.input, metrics["labels"], request.bridge_ms
    )
    kind = gathered.split or SplitKind(metrics["split"]["kind"])
    if request.wearer is None:
        test = windows.take(split(windows, kind).test)
    else:
        test = windows.take(split_personal(windows, request.wearer, kind).test)
    if len(test) == 0:
        raise TrainingDataError(tr("No window is long enough to compare the two models on."))
    answers = Interpreter(package.tflite).invoke_many(test.channels(test.fixed)).argmax(axis=1)
    names = np.array(package.labels)[answers]
    return float(np.mean(names == np.array(test.labels)[test.label]))


async def push(link: BoardLink, package_path: Path, report: Report, is_undone: IsUndone) -> Outcome:
    """Push the package, wait for the board's checks and for its first prediction.

    Raises the errors of BoardClient.push and load_package; when the push is cancelled and undone,
    those of BoardLink.take_back.
    """
    data = load_package(package_path)
    made = unpack_package(data, str(package_path))
    before, may_switch = link.client().info.model_id, False
    try:
        async for now in link.push(data, package_file(package_path)):
            if now.stage is PushStage.CHECK:
                may_switch = True
                report(StageProgress(RetrainStage.CHECK))
            elif now.stage is not PushStage.DONE:
                report(StageProgress(RetrainStage.PUSH, now.sent_bytes, now.total_bytes))
        report(StageProgress(RetrainStage.FIRST))
        wait_s = made.input.window_s + made.input.hop_s + _FIRST_PREDICTION_S
        assert link.info is not None
        first = await link.first_prediction(link.info.model_id, wait_s)
    except asyncio.CancelledError:
        if may_switch and is_undone():
            await link.take_back(before)
        raise
    if first is None:
        return Outcome(True, link.name, link.address)
    latency = latency_text(first.latency_us, link.info.flags, link.macs)
    return Outcome(True, link.name, link.address, link.label_of(first), latency)


async def retrain_and_flash(
    trainer: Trainer,
    request: TrainingRequest,
    link: BoardLink | None,
    decide: Decide,
    trained: Callable[[TrainingResult, ModelComparison], None],
    report: Report,
    is_undone: IsUndone,
) -> Outcome:
    """Train, compare and push. `decide` is asked whether to push a model that is not better;
    without a board the model is only made.

    After a cancellation with undoing, the model's folder is gone and the board runs the model
    before. An error of BoardLink.take_back gives the reason when board and folder keep the new
    model.
    """
    result = await train(trainer, request, report)
    try:
        comparison = await compare(link, request, result.metrics, report)
        trained(result, comparison)
        if link is None or (not comparison.is_better and not await decide(comparison)):
            return Outcome(False)
        return await push(link, Path(result.package), report, is_undone)
    except asyncio.CancelledError:
        if is_undone():
            _discard(request)
        raise
