"""Training, pushing and flashing as the window sees them: one at a time, with its stages."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from motionloop.errors import MotionLoopError
from motionloop.language import tr
from motionloop.studio.jobs.training_data import DataGoneError, recordings_of, refusing_gone

if TYPE_CHECKING:
    from motionloop.studio.boards.board_link import BoardLink
    from motionloop.studio.bridge import Bridge
    from motionloop.studio.jobs.flash_firmware import Boards
    from motionloop.studio.jobs.push_to_all import BoardPush
    from motionloop.studio.jobs.stages import (
        ModelComparison,
        Outcome,
        RetrainStage,
        StageProgress,
    )
    from motionloop.studio.jobs.training_data import TrainingData
    from motionloop.trainer.client import Trainer
    from motionloop.trainer.messages import (
        EvaluationRequest,
        EvaluationResult,
        TrainingRequest,
        TrainingResult,
    )

_JOB = "model"  # the name under which the session runs it
_log = logging.getLogger(__name__)


class ModelJobs(QObject):
    """The jobs with models. `changed` after each step, stage, question and end.

    `stages` holds the stages that have begun, with their seconds; `result` and `comparison` are of
    the last training, `outcome` of the last job; `question` waits for `decide`. `step` and
    `step_share` are the progress of jobs without stages. `variants` are those measured last, of
    the model in the folder `variants_of`. `evaluation` is the last one. `boards` are the names of
    those that the present job is for, whichever board the window shows; `failed` is the stage in
    which the last job failed.
    `pushes` is the progress of a push to all boards, to be polled.
    """

    changed = Signal()
    data_gone = Signal()  # recordings that were chosen are not there any more

    def __init__(self, bridge: Bridge, boards: Boards, recordings_folder: Path) -> None:
        super().__init__()
        self._bridge, self._boards, self._recordings = bridge, boards, recordings_folder
        self.running = ""  # the present job, in words
        self.boards: tuple[str, ...] = ()
        self.cancelling = False  # the running job; undoing may take a moment
        self.cancelled = ""  # that the last job was cancelled, in words
        self.progress: StageProgress | None = None
        self.stages: dict[str, float] = {}
        self.failed: RetrainStage | None = None
        self.result: TrainingResult | None = None
        self.comparison: ModelComparison | None = None
        self.outcome: Outcome | None = None
        self.question: ModelComparison | None = None
        self.step = ""
        self.pushes: dict[str, BoardPush] = {}  # by address, of the push to all boards
        self.step_share = (0, 0)  # done and total of `step`; total 0 where it is not known
        self.variants: list[dict[str, Any]] = []
        self.variants_of: Path | None = None
        self.evaluation: EvaluationResult | None = None  # the last one of this start
        self._trainer: Trainer | None = None
        self._answer: asyncio.Future[bool] | None = None
        self._stage_began_s = 0.0
        self._measure_next: Path | None = None  # the model being trained, if its variants come next

    # --- whether a job can begin --------------------------------------------------------------
    @property
    def why_not(self) -> str:
        """Why no job can begin now, in words; empty if one can."""
        if not self.running:
            return ""
        return tr("Wait until the present job is over, or cancel it on the page Train.")

    @property
    def why_no_push(self) -> str:
        """Why nothing can be pushed to the current board, in words; empty if it can."""
        if self._boards.current is None:
            return tr("No board is connected: connect one and try again.")
        return self.why_not

    # --- jobs ---------------------------------------------------------------------------------
    def warm_up(self) -> None:
        """Start the training process, so that it has loaded TensorFlow before the first job."""
        self._bridge.start("warm up", self._warm_up())

    def retrain(
        self, data: TrainingData, push: bool, *, wearer: str | None = None, variants: bool = False
    ) -> None:
        """Train on the data and, with `push`, put the model on the current board.

        With a `wearer` it is a personal model. With `variants` they are measured afterwards, while
        the board runs the model already.
        """
        from motionloop.trainer.messages import TrainingRequest

        if not data.recordings:
            self._bridge.failed.emit(self._nothing_to_train_on())
            return
        name = _name_of_now()
        folder = self._boards.models_folder / name
        request = TrainingRequest(
            folder=str(folder), name=name, wearer=wearer, **data.of_a_request()
        )
        self.result = self.comparison = None
        link = self._boards.current if push else None
        work = self._watch_data(partial(self._retrain, request, link))
        self._begin(tr("Retraining"), work, [link])
        self._measure_next = folder if variants else None

    def push(self, package_path: Path) -> None:
        """Put a package, or the one in a model's folder, on the current board."""
        link = self._boards.current
        self._begin(tr("Pushing"), self._push(link, package_path), [link])

    def push_to_all(self, links: Sequence[BoardLink], package_path: Path) -> None:
        """Put a package, or the one in a model's folder, on all these boards."""
        self._begin(tr("Pushing to all boards"), self._push_to_all(links, package_path), links)

    def measure_variants(self, folder: Path) -> None:
        """Make and measure the variants of the trained model in `folder`."""
        self.variants, self.variants_of = [], folder
        work = self._watch_data(partial(self._measure_variants, folder))
        self._begin(tr("Measuring variants"), work)

    @property
    def evaluations_folder(self) -> Path:
        """Where `evaluate` writes, as the command does: beside the models."""
        return self._boards.models_folder.parent / "evaluations"

    def evaluate(self, data: TrainingData, trainings: int, lesson: bool = False) -> None:
        """Train on all but some people in turn, test on them, and write the report.

        `trainings` is their number per fold, `lesson` adds a split at random.
        """
        from motionloop.trainer.messages import EvaluationRequest

        if not data.recordings:
            self._bridge.failed.emit(self._nothing_to_train_on())
            return
        name = _name_of_now()
        request = EvaluationRequest(
            folder=str(self.evaluations_folder / name),
            name=f"Evaluation {name}",
            seeds=trainings,
            lesson=lesson,
            **data.of_a_request(),
        )
        self._begin(tr("Testing honestly"), self._watch_data(partial(self._evaluate, request)))

    def rollback(self) -> None:
        """Have the current board go back to the model before."""
        link = self._boards.current
        self._begin(tr("Going back"), self._rollback(link), [link])

    def flash(self) -> None:
        """Build the firmware and upload it over USB; the board's model is kept."""
        self._begin(tr("Flashing the firmware"), self._flash())

    def cancel(self) -> None:
        """Stop the job and leave all models as they were, also the board's."""
        if self.running and not self.cancelling:
            self.cancelling = True
            self._bridge.cancel(_JOB)
            self.changed.emit()

    def decide(self, push: bool) -> None:
        """The answer to `question`: whether to push a model that is not better."""
        self.question = None
        self.changed.emit()
        answer = self._answer
        if answer is not None:
            self._bridge.call_in_loop(lambda: answer.set_result(push))

    # --- in asyncio's thread ------------------------------------------------------------------
    async def _warm_up(self) -> None:
        await self._started_trainer()

    async def _started_trainer(self) -> Trainer:
        from motionloop.trainer.client import Trainer

        if self._trainer is None:
            self._trainer = Trainer(warm_up=True)
            self._bridge.start("trainer", self._hold(self._trainer))
        await self._trainer.start()
        return self._trainer

    async def _hold(self, trainer: Trainer) -> None:
        """Wait until the session closes; then the worker ends."""
        try:
            await asyncio.Event().wait()
        finally:
            await trainer.close()

    async def _watch_data(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do the work; the pages choose anew when what was chosen is gone."""
        try:
            await work()
        except DataGoneError:
            self._bridge.post(self.data_gone.emit)
            raise

    async def _retrain(self, request: TrainingRequest, link: BoardLink | None) -> None:
        from motionloop.studio.jobs.retrain import retrain_and_flash

        outcome = await retrain_and_flash(
            await self._started_trainer(),
            request,
            link,
            self._ask,
            self._trained,
            self._report,
            self._is_undone,
        )
        self._bridge.post(lambda: self._set(outcome=outcome))

    async def _push(self, link: BoardLink | None, package_path: Path) -> None:
        from motionloop.studio.jobs.retrain import push

        outcome = await push(_connected(link), package_path, self._report, self._is_undone)
        self._bridge.post(lambda: self._set(outcome=outcome))

    async def _push_to_all(self, links: Sequence[BoardLink], package_path: Path) -> None:
        from motionloop.studio.jobs.push_to_all import push_to_all

        try:
            words = await push_to_all(links, package_path, self.pushes.__setitem__, self._is_undone)
            self._bridge.post(lambda: self._bridge.notice.emit(words))
        finally:
            self.pushes = {address: one for address, one in self.pushes.items() if one.error}

    async def _measure_variants(self, folder: Path) -> None:
        from motionloop.trainer.messages import Progress, Variant, VariantsRequest

        trainer = await self._started_trainer()
        self._say(tr("start the trainer"), 0, 0)
        try:
            with refusing_gone(recordings_of(folder)):
                async for event in trainer.variants(VariantsRequest(str(folder))):
                    if isinstance(event, Progress):
                        self._say(event.stage_words, event.done, event.total)
                    elif isinstance(event, Variant):
                        self._bridge.post(partial(self._measured, asdict(event)))
        except BaseException:  # those of the measurement before are in the folder still
            self._bridge.post(lambda: self._set(variants=[], variants_of=None))
            raise

    async def _evaluate(self, request: EvaluationRequest) -> None:
        from motionloop.trainer.messages import EvaluationResult, Progress

        trainer = await self._started_trainer()
        self._say(tr("start the trainer"), 0, 0)
        with refusing_gone(request.recordings):
            async for event in trainer.evaluate(request):
                if isinstance(event, Progress):
                    self._say(event.stage_words, event.done, event.total)
                elif isinstance(event, EvaluationResult):
                    self._bridge.post(partial(self._set, evaluation=event))

    async def _rollback(self, link: BoardLink | None) -> None:
        link = _connected(link)
        await link.rollback()
        words = tr("{board} runs the model before.", board=link.name)
        self._bridge.post(lambda: self._bridge.notice.emit(words))

    async def _flash(self) -> None:
        from motionloop.studio.jobs.flash_firmware import flash_firmware

        words = await flash_firmware(self._boards, self._say)
        self._bridge.post(lambda: self._bridge.notice.emit(words))

    def _nothing_to_train_on(self) -> str:
        return tr(
            "There are no recordings in {folder} to train on: record a few activities first, half "
            "a minute of each at least, or tick more people.",
            folder=self._recordings,
        )

    def _is_undone(self) -> bool:
        return self.cancelling  # and not closing the window, which loses nothing

    async def _ask(self, comparison: ModelComparison) -> bool:
        self._answer = asyncio.get_running_loop().create_future()
        self._bridge.post(lambda: self._set(question=comparison))
        try:
            return await self._answer
        finally:
            self._answer = None

    def _trained(self, result: TrainingResult, comparison: ModelComparison) -> None:
        self._bridge.post(lambda: self._set(result=result, comparison=comparison))

    def _report(self, progress: StageProgress) -> None:
        self._bridge.post(lambda: self._reached(progress))

    def _say(self, words: str, done: int, total: int) -> None:
        self._bridge.post(lambda: self._set(step=words, step_share=(done, total)))

    # --- in the window's thread ---------------------------------------------------------------
    def _begin(
        self,
        words: str,
        work: Coroutine[Any, Any, None],
        links: Sequence[BoardLink | None] = (),
    ) -> None:
        if self.running:
            work.close()
            return
        _log.info("%s: begins", words)
        self.running, self.progress, self.outcome, self.question = words, None, None, None
        self.stages, self.pushes, self.step, self.step_share = {}, {}, "", (0, 0)
        self.cancelling, self.cancelled, self.failed = False, "", None
        self.boards = tuple(link.name for link in links if link is not None)
        self._bridge.start(_JOB, work, self._ended)
        self.changed.emit()

    def _ended(self) -> None:
        _log.info("%s: ended%s", self.running, ", cancelled" if self.cancelling else "")
        if self.progress is not None and self.outcome is not None:
            self.stages[self.progress.stage.value] = time.monotonic() - self._stage_began_s
        if (
            self.result is not None and not Path(self.result.folder).is_dir()
        ):  # the training was undone
            self.result = self.comparison = None
        if self.cancelling and self.outcome is None:  # else it came too late
            self.cancelled, self.stages = tr("{job}: cancelled", job=self.running), {}
        elif self.progress is not None and self.outcome is None:
            self.failed = self.progress.stage
        self.running, self.question, self.progress, self.cancelling = "", None, None, False
        trained, self._measure_next = self._measure_next, None
        if trained is not None and self.outcome is not None:
            outcome = self.outcome
            self.measure_variants(trained)
            self.outcome = outcome  # the board's answer stays in sight
        self.changed.emit()
        if self._trainer is not None:  # cancelling a training ends its process
            self.warm_up()

    def _reached(self, progress: StageProgress) -> None:
        now_s = time.monotonic()
        if self.progress is not None:
            self.stages[self.progress.stage.value] = now_s - self._stage_began_s
        if self.progress is None or progress.stage != self.progress.stage:
            _log.info("%s: stage %s", self.running, progress.stage.value)
            self._stage_began_s = now_s
        self.progress = progress
        self.changed.emit()

    def _measured(self, variant: dict[str, Any]) -> None:
        self.variants = [*self.variants, variant]
        self.changed.emit()

    def _set(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)
        self.changed.emit()


def _connected(link: BoardLink | None) -> BoardLink:
    if link is None:
        raise MotionLoopError(tr("No board is connected: connect one and try again."))
    return link


def _name_of_now() -> str:
    return datetime.now().strftime("%Y%m%d-%H%M%S")
