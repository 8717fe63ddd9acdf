"""`motionloop tune`: a search for the best trade-offs of accuracy, arena and work, with Optuna.

Every candidate is judged on validation windows out of the training part of the recordings. The test
windows of `motionloop train` are never looked at, so its figure stays honest for the winners.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from motionloop.errors import MotionLoopError, PackageError, TrainingDataError
from motionloop.language import tr
from motionloop.model.package import InputSpec
from motionloop.splits import Split, SplitKind, split, split_by
from motionloop.trainer.messages import Progress, TrainingRequest, Trial, TuneRequest, TuneResult
from motionloop.trainer.model_input import gather_for, input_of
from motionloop.training.fit import fit
from motionloop.training.fits import why_not
from motionloop.training.network import ARCHITECTURES
from motionloop.training.pipeline import config_of
from motionloop.training.progress import OnProgress
from motionloop.training.tuning.plots import save_plots
from motionloop.training.tuning.study import Study
from motionloop.windows import WindowSet, collect_enough, collect_windows

SPACE: dict[str, tuple[Any, ...]] = {
    "architecture": tuple(sorted(ARCHITECTURES)),
    "width": (0.25, 0.5, 0.75, 1.0, 1.5),
    "stem_stride": (2, 4),
    "rate_hz": (25.0, 50.0, 100.0),
    "window": (64, 96, 128, 192, 256),  # points
}
# A model of more than the recordings' rate would only see the inventions of resampling.
_RATE_TOLERANCE = 1.02
# What else a study sees of its recordings; left out of its fingerprint as it is by default.
_VIEW = {"axes": "all", "bridge_ms": 0.0}


class _DoesNotFitError(Exception):
    """The reason why a candidate is not trained."""


def tune(
    request: TuneRequest, on_progress: OnProgress, part: Callable[[Trial], None]
) -> TuneResult:
    """Search until the request's budget is spent; `part` hears of each trial.

    What a stopped search has found stays in its study, and the next one goes on from there.
    Raises RecordingError, DataFileError, TrainingDataError, or MotionLoopError when the study
    cannot be opened or was made with other recordings.
    """
    data = _Data(request.training)
    folder = Path(request.folder)
    study = Study.open(folder, request.study, request.storage, data.fingerprint())
    budget = _Budget(request, on_progress)
    while not budget.spent:
        number, settings = study.ask(data.space, request.training.seed)
        trial = _tried(number, settings, data, study)
        study.tell(trial)
        part(trial)
        budget.count_trial()
    trials, front = study.trials(), study.front()
    return TuneResult(
        front=front,
        trials=len(trials),
        pruned=sum(trial.pruned is not None for trial in trials),
        storage=study.storage,
        plots=[str(path) for path in save_plots(folder, trials, front)],
    )


def _tried(number: int, settings: dict[str, Any], data: _Data, study: Study) -> Trial:
    known = study.known(settings)
    if known is not None:  # equal settings and seed would give the same model again
        return replace(known, number=number)
    request = replace(data.training, hop=settings["window"] // 2, **settings)
    config = config_of(request)
    try:
        windows, parts = data.cut(request)
        if (fault := why_not(config.model, windows)) is not None:
            raise _DoesNotFitError(fault)
    except _DoesNotFitError as error:
        return Trial(number, settings, pruned=str(error))
    fitted = fit(windows, parts, config)
    return Trial(
        number,
        settings,
        accuracy=fitted.int8.accuracy,
        arena_bytes=fitted.arena_bytes,
        macs=fitted.macs,
        tflite_bytes=len(fitted.converted.board),
    )


class _Data:
    """The recordings, and their people or sessions for test and validation."""

    def __init__(self, training: TrainingRequest) -> None:
        """Raises RecordingError, DataFileError or TrainingDataError."""
        self.training = training
        gathered = gather_for(training)
        self._recordings = gathered.recordings
        recorded_hz = min(recording.rate_hz for recording in self._recordings)
        rates_hz = SPACE["rate_hz"]
        possible = tuple(rate for rate in rates_hz if rate <= recorded_hz * _RATE_TOLERANCE)
        self.space = SPACE | {"rate_hz": possible or (min(rates_hz),)}
        spec = input_of(training)
        windows = collect_enough(
            self._recordings, spec, training.labels, training.bridge_ms, training.skip_short
        )
        self._labels = windows.labels
        kind = SplitKind(training.split) if training.split else None
        self._test = split(windows, gathered.split or kind)
        known = windows.take(self._test.train)
        self._validation = split(known)
        self._windows = len(known)

    def fingerprint(self) -> dict[str, Any]:
        """The data that must be equal for two trials to be in one study."""
        view = {name: getattr(self.training, name) for name in _VIEW}
        return {
            "labels": list(self._labels),
            "windows": self._windows,
            "test": self._test.describe(),
            "validation": self._validation.describe(),
            **{name: value for name, value in view.items() if value != _VIEW[name]},
            "space": {name: list(choices) for name, choices in self.space.items()},
        }

    def cut(self, request: TrainingRequest) -> tuple[WindowSet, Split]:
        """The training part's windows as the candidate sees them, and their validation split.

        Raises _DoesNotFitError when there are none.
        """
        spec = self._possible(request)
        try:
            windows = collect_windows(self._recordings, spec, self._labels, self.training.bridge_ms)
        except TrainingDataError as error:
            raise _DoesNotFitError(str(error)) from None
        known = windows.take(_as_before(windows, self._test).train)
        parts = _as_before(known, self._validation)
        for which in (parts.train, parts.test):
            if (np.bincount(known.label[which], minlength=len(self._labels)) == 0).any():
                raise _DoesNotFitError(f"no stretch of every label lasts {spec.window_s:g} s")
        return known, parts

    def _possible(self, request: TrainingRequest) -> InputSpec:
        try:
            spec = input_of(request)
            for samples in {recording.board.format for recording in self._recordings}:
                spec.windower(samples)
        except PackageError as error:
            raise _DoesNotFitError(str(error)) from None
        return spec


def _as_before(windows: WindowSet, made: Split) -> Split:
    """The same split of windows that were cut otherwise."""
    if made.kind is SplitKind.BLOCK:
        return split(windows, SplitKind.BLOCK)
    groups = windows.person if made.kind is SplitKind.PERSON else windows.session
    return split_by(made.kind, groups, list(made.held_out))


class _Budget:
    """Counts trials and minutes, and reports whichever is nearer to its end."""

    def __init__(self, request: TuneRequest, on_progress: OnProgress) -> None:
        """MotionLoopError without any limit."""
        if request.trials is None and request.minutes is None:
            raise MotionLoopError(tr("A search needs a limit: give --trials or --minutes."))
        self._trials, self._minutes, self._report = request.trials, request.minutes, on_progress
        self._started_s = time.monotonic()
        self._done = 0
        on_progress(Progress("tune", 0, 100, None))

    @property
    def _share(self) -> float:
        elapsed_min = (time.monotonic() - self._started_s) / 60
        by_trials = 0.0 if self._trials is None else self._done / max(self._trials, 1)
        by_time = 0.0 if self._minutes is None else elapsed_min / max(self._minutes, 1e-9)
        return max(by_trials, by_time)

    @property
    def spent(self) -> bool:
        return self._trials == 0 or self._share >= 1

    def count_trial(self) -> None:
        self._done += 1
        share = min(self._share, 1.0)
        elapsed_s = time.monotonic() - self._started_s
        self._report(Progress("tune", round(100 * share), 100, elapsed_s * (1 - share) / share))
