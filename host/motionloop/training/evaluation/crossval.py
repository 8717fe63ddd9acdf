"""Cross-validation: a training on each fold with each seed, judged on unseen windows."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from motionloop.language import tr
from motionloop.model.inference import Int8Array, Interpreter
from motionloop.model.package import unpack_package
from motionloop.recordings.recording import Recording
from motionloop.splits import Split, SplitKind
from motionloop.trainer.messages import SMOOTHING, Progress
from motionloop.training.evaluation.calibration import (
    Calibration,
    best_temperature,
    calibration,
    probabilities,
    with_temperature,
)
from motionloop.training.fit import fit, package_of
from motionloop.training.measure import Evaluation, bootstrap_interval, evaluate
from motionloop.training.progress import OnProgress, StageSteps, silent
from motionloop.training.train import TrainConfig
from motionloop.virtual.replay import Replay, replay
from motionloop.windows import WindowSet


@dataclass(frozen=True)
class FoldResult:
    """One training: its answers to the windows of `split.test`, and its package."""

    split: Split
    seed: int
    outputs: Int8Array  # [k, classes]
    base_accuracy: float | None  # None where there is no float model
    loss: list[float]  # mean of each epoch, on the windows trained on
    package_bytes: bytes
    tflite_bytes: int

    @property
    def answers(self) -> NDArray[np.int64]:
        chosen: NDArray[np.int64] = self.outputs.argmax(axis=1)
        return chosen


@dataclass(frozen=True)
class Recalibration:
    """The effect of a temperature. Other folds chose it, so `after` is honest too; `temperature` is
    the mean over the folds."""

    temperature: float
    after: Calibration


@dataclass(frozen=True)
class CrossValidation:
    """The trainings of all folds and seeds, and their figures pooled.

    `int8` counts each window once per seed. `interval` is `evaluate.bootstrap_interval` over the
    people or sessions in `groups`, or None. `recalibration` is None with a single fold.
    """

    windows: WindowSet
    folds: list[Split]
    seeds: list[int]
    results: list[FoldResult]
    int8: Evaluation
    base_accuracy: float | None
    interval: tuple[float, float] | None
    group_accuracy: dict[str, list[float]]  # of each group, a value per seed
    calibration: Calibration
    recalibration: Recalibration | None

    @property
    def kind(self) -> SplitKind:
        return self.folds[0].kind

    def tested(self) -> tuple[WindowSet, NDArray[np.int64]]:
        """The windows tested, of all folds and seeds, and the answers [k] to them."""
        which = np.concatenate([r.split.test for r in self.results])
        return self.windows.take(which), np.concatenate([r.answers for r in self.results])


def cross_validate(
    windows: WindowSet,
    folds: Sequence[Split],
    config: TrainConfig,
    seeds: Sequence[int],
    on_progress: OnProgress = silent,
    smoothing: float = SMOOTHING,
) -> CrossValidation:
    """Train on each fold with each seed and judge the int8 model on the fold's test windows."""
    results = []
    whole = _FoldsProgress(len(folds) * len(seeds), on_progress)
    for seed in seeds:
        for number, split in enumerate(folds, 1):
            stage = tr(
                "fold {number} of {count}, seed {seed}",
                number=number,
                count=len(folds),
                seed=seed,
            )
            fitted = fit(windows, split, replace(config, seed=seed), whole.part(stage))
            results.append(
                FoldResult(
                    split,
                    seed,
                    fitted.outputs,
                    fitted.base.accuracy,
                    fitted.trained.loss,
                    package_of(fitted, smoothing).pack(),
                    len(fitted.converted.board),
                )
            )
            whole.part_done()
    return _pooled(windows, list(folds), list(seeds), results)


def judge(windows: WindowSet, package_bytes: bytes) -> CrossValidation:
    """A finished model on all `windows`, as if it were the one fold of one training.

    Raises PackageError when the model cannot run.
    """
    kind = SplitKind.PERSON if len(np.unique(windows.person)) >= 3 else SplitKind.SESSION
    groups = windows.person if kind is SplitKind.PERSON else windows.session
    everything = np.arange(len(windows))
    split = Split(kind, everything[:0], everything, tuple(np.unique(groups).tolist()))
    tflite = unpack_package(package_bytes).tflite
    outputs = Interpreter(tflite).invoke_many(windows.channels(windows.fixed))
    result = FoldResult(split, 0, outputs, None, [], package_bytes, len(tflite))
    return _pooled(windows, [split], [0], [result])


def _pooled(
    windows: WindowSet, folds: list[Split], seeds: list[int], results: list[FoldResult]
) -> CrossValidation:
    tested = windows.take(np.concatenate([r.split.test for r in results]))
    answers = np.concatenate([r.answers for r in results])
    outputs = np.concatenate([r.outputs for r in results])
    shares = [len(r.split.test) for r in results]
    base = [r.base_accuracy for r in results if r.base_accuracy is not None]
    kind = folds[0].kind
    group = tested.session if kind is SplitKind.SESSION else tested.person
    names, index = np.unique(group, return_inverse=True)
    seed_index = np.repeat([seeds.index(r.seed) for r in results], shares)
    right = np.zeros((len(seeds), len(names)), np.int64)
    np.add.at(right, (seed_index, index), answers == tested.label)
    count = np.bincount(index, minlength=len(names)) // len(seeds)
    honest = kind in (SplitKind.PERSON, SplitKind.SESSION)
    probability = probabilities(outputs)
    return CrossValidation(
        windows=windows,
        folds=folds,
        seeds=seeds,
        results=results,
        int8=evaluate(answers, tested),
        base_accuracy=float(np.average(base, weights=shares))
        if len(base) == len(results)
        else None,
        interval=bootstrap_interval(right, count) if honest else None,
        group_accuracy={
            str(name): (right[:, i] / count[i]).tolist() for i, name in enumerate(names)
        },
        calibration=calibration(probability, tested.label),
        recalibration=_recalibrated(probability, tested.label, results) if folds[1:] else None,
    )


def _recalibrated(
    probability: NDArray[np.float64], label: NDArray[np.int64], results: list[FoldResult]
) -> Recalibration:
    """Each training's answers with the temperature that suits the other folds of its seed."""
    place = np.repeat(np.arange(len(results)), [len(r.split.test) for r in results])
    seed = np.array([r.seed for r in results])[place]
    after = np.empty_like(probability)
    temperatures = []
    for i, result in enumerate(results):
        others = (place != i) & (seed == result.seed)
        temperatures.append(best_temperature(probability[others], label[others]))
        after[place == i] = with_temperature(probability[place == i], temperatures[-1])
    return Recalibration(float(np.mean(temperatures)), calibration(after, label))


def replay_unseen(
    made: CrossValidation, recordings: Sequence[Recording], on_progress: OnProgress = silent
) -> list[Replay]:
    """Replay each recording through the model of the first seed that never saw any of it.

    Empty unless the folds are by person or session: else there is no such model.
    """
    found = []
    by_session = made.kind is SplitKind.SESSION
    if not by_session and made.kind is not SplitKind.PERSON:
        return []
    first = [r for r in made.results if r.seed == made.seeds[0]]
    stage = StageSteps(tr("replay"), len(recordings), on_progress)
    for recording in recordings:
        group = recording.name if by_session else recording.wearer
        model = next((r.package_bytes for r in first if group in r.split.held_out), None)
        if model is not None:
            found.append(replay(model, recording))
        stage.advance()
    return found


class _FoldsProgress:
    """Progress of several trainings as one: `remaining_s` is of them all."""

    def __init__(self, parts: int, on_progress: OnProgress) -> None:
        self._parts, self._report = parts, on_progress
        self._done = 0
        self._started_s = time.monotonic()

    def part(self, stage: str) -> OnProgress:
        """The report of one training, whose epochs get the name `stage`."""

        def on_progress(progress: Progress) -> None:
            if progress.stage != "train":
                return
            done = self._done + progress.done / progress.total
            elapsed_s = time.monotonic() - self._started_s
            remaining_s = elapsed_s / done * (self._parts - done) if done else None
            self._report(Progress(stage, progress.done, progress.total, remaining_s))

        return on_progress

    def part_done(self) -> None:
        self._done += 1
