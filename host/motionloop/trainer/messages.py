"""The requests to the training worker, and its answers.

The protocol is one JSON object per line. A request has its `task` (see `Trainer`)
and the fields of a request below. Events have an `event`: "ready" once, then for each request any
number of "progress" and "part" and one "result" or "error", with the fields of the classes below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from motionloop import errors, language
from motionloop.errors import MotionLoopError, RecordingError
from motionloop.language import tr
from motionloop.model import input_defaults
from motionloop.typed_values import made_of

# Weight of the newest window in the board's answer, wherever nothing else is asked for. Source:
# `python -m benchmarks.smoothing`. Against no smoothing, a fifth of the false switches go, and the
# median delay of a change grows by less than 0.1 s. Less weight halves them, but delays changes by
# up to a hop. Activities as short as a window are missed more often with any smoothing.
SMOOTHING = 0.5

FIGURES_FILE = "evaluation.json"  # of an evaluation, beside its report


class TrainingFailedError(MotionLoopError):
    """The training worker ended or failed for a reason that is not the user's."""


def words_of_seen(seen: Sequence[str]) -> str:
    """Say that a backbone was trained on recordings that are tested on, by their names."""
    return tr(
        "The backbone was trained on {count} of the recordings tested ({names}): expect less of it "
        "on new ones.",
        count=len(seen),
        names=", ".join(seen[:3]),
    )


def _with_tuples(document: dict[str, Any]) -> dict[str, Any]:
    """JSON has lists only."""
    return {name: tuple(v) if isinstance(v, list) else v for name, v in document.items()}


@dataclass(frozen=True)
class TrainingRequest:
    """The data of a training, and the folder of the model.

    `recordings` are recording folders, folders of them, or data files. `labels` fixes the classes
    and their order (default: all found). `split` is a windows.SplitKind or None for the most
    honest one possible. `preset` is "quick", for
    retrain and flash, or "thorough". `folder` is made if it is missing.
    """

    recordings: tuple[str, ...]
    folder: str
    name: str
    preset: str = "quick"
    seed: int = 1
    rate_hz: float = input_defaults.RATE_HZ
    window: int = input_defaults.WINDOW
    hop: int = input_defaults.HOP
    axes: str = "all"  # a model.package.Axes
    bridge_ms: float = 0.0  # the longest hole that a window may span
    smoothing: float = SMOOTHING
    version_counter: int = 1
    where: str = ""  # a recordings.where.Where
    labels: tuple[str, ...] | None = None
    split: str | None = None
    named_split: str | None = None  # a recordings.named_split.NamedSplit, in place of `split`
    wearer: str | None = None  # a personal model of this person; the others are its background
    backbone: str | None = None  # folder of a pretrained one to begin with
    architecture: str = "mobilenet"  # this and the next two: training.network.ModelConfig
    width: float = 1.0
    stem_stride: int = 2
    skip_short: bool = False  # leave out labels that are too short for a model
    skip_bad: bool = False  # this and the next two: recordings.for_training.DataRequest
    despite: tuple[str, ...] = ()
    rename: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, document: Any) -> Self:
        """Read the request from JSON. Raises ValueError, which names the wrong value."""
        return made_of(cls, document)


@dataclass(frozen=True)
class EvaluationRequest:
    """The data or model to evaluate, and the folder of the report.

    Without a `package`, trainings on folds of the recordings (see motionloop.splits) are judged,
    `seeds` of each; with one, that model on all of them. `recordings` are recording folders,
    folders of them, or data files. `lesson` adds the same trainings on random folds.
    """

    recordings: tuple[str, ...]
    folder: str
    name: str
    package: str | None = None
    where: str = ""  # a recordings.where.Where
    labels: tuple[str, ...] | None = None
    split: str | None = None
    named_split: str | None = None  # a recordings.named_split.NamedSplit, in place of `split`
    seeds: int = 1
    preset: str = "quick"
    rate_hz: float = input_defaults.RATE_HZ
    window: int = input_defaults.WINDOW
    hop: int = input_defaults.HOP
    axes: str = "all"
    bridge_ms: float = 0.0
    smoothing: float = SMOOTHING
    lesson: bool = False
    skip_short: bool = False  # leave out labels that are too short for a model
    skip_bad: bool = False  # this and the next two: recordings.for_training.DataRequest
    despite: tuple[str, ...] = ()
    rename: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Self:
        """The request in a parsed JSON object; TypeError for unknown or missing names."""
        return cls(**_with_tuples(document))


@dataclass(frozen=True)
class EvaluationResult:
    """A finished evaluation: its report's file, and all of evaluation.json."""

    report: str
    figures: dict[str, Any]


@dataclass(frozen=True)
class Progress:
    """`done` of `total` steps of a stage; `remaining_s` is None until there is a basis for it.

    Stages of a training, in order: windows, train, convert, evaluate, save; from a backbone
    also head, before train, and compare, before save. The remaining time is that of all stages.
    `words` is the stage as `language.to_json` makes it.
    """

    stage: str
    done: int
    total: int
    remaining_s: float | None
    words: Any = None

    @property
    def stage_words(self) -> str:
        """The stage in the user's language."""
        return self.stage if self.words is None else language.from_json(self.words)


@dataclass(frozen=True)
class TrainingResult:
    """A finished model: its folder, its package's file, and all of metrics.json."""

    folder: str
    package: str
    metrics: dict[str, Any]


@dataclass(frozen=True)
class VariantsRequest:
    """The trained model to make the variants of; the place of its recordings, if they were moved;
    and the methods (of training.variants.METHODS) beside the base, if not all."""

    folder: str
    recordings: tuple[str, ...] | None = None
    methods: tuple[str, ...] | None = None

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Self:
        """The request in a parsed JSON object; TypeError for unknown or missing names."""
        return cls(**_with_tuples(document))


@dataclass(frozen=True)
class Variant:
    """One form of a model, beside others of the same base: an entry of variants.json.

    Bytes are those of the .tflite without what a board never reads; `full_bytes` with it, and
    `gzip` compressed. `arena` is TFLM's, None for a float model, which the board does not take, or
    where TFLM is not published; then `fits` is not known either. `latency_ms_estimate` is computed
    from the multiply-accumulates (`macs`), not measured on a board. `why` explains surprises.
    `words` is `name` and `why` as `language.to_json` makes them.
    `file` is the full .tflite and `package` what can be pushed, beside variants.json.
    """

    name: str
    bytes: int
    full_bytes: int
    gzip: int
    accuracy: float
    macro_f1: float
    arena: int | None
    macs: int
    latency_ms_estimate: float | None
    fits: bool | None
    why: str
    file: str | None = None
    package: str | None = None
    words: dict[str, Any] | None = None


@dataclass(frozen=True)
class VariantsResult:
    """All variants of a model, and the file that they are in."""

    file: str
    variants: list[Variant]

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Self:
        """The result in a parsed JSON object; TypeError for unknown or missing names."""
        return cls(document["file"], [Variant(**variant) for variant in document["variants"]])


@dataclass(frozen=True)
class PretrainResult:
    """A finished backbone: its folder, and how it came about and how good it was."""

    folder: str
    figures: dict[str, Any]


@dataclass(frozen=True)
class TuneRequest:
    """A search for the best trade-offs of accuracy, arena and work.

    `training` has the recordings, labels, split, preset and seed; the settings of a candidate
    take the place of its own, with a hop of half the window.
    It goes on until there are `trials` new ones or `minutes` are over, whichever is first.
    `storage` is a database's URL, or None for a file in `folder`; with the same `study` in the
    same storage several machines work together.
    """

    training: TrainingRequest
    folder: str
    study: str
    storage: str | None = None
    trials: int | None = None
    minutes: float | None = None

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Self:
        """The request in a parsed JSON object; TypeError for unknown or missing names."""
        training = TrainingRequest.from_json(document.pop("training"))
        return cls(training, **document)


@dataclass(frozen=True)
class Trial:
    """One candidate of a search: `settings` are fields of a TrainingRequest.

    `accuracy` is the int8 model's on validation windows. `pruned` says why a candidate was not
    trained; then there are no figures.
    """

    number: int
    settings: dict[str, Any]
    accuracy: float | None = None
    arena_bytes: int | None = None
    macs: int | None = None
    tflite_bytes: int | None = None
    pruned: str | None = None


@dataclass(frozen=True)
class TuneResult:
    """The Pareto front, most accurate first, how many trials there are, and the plots' files."""

    front: list[Trial]
    trials: int
    pruned: int
    storage: str
    plots: list[str]

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Self:
        """The result in a parsed JSON object; TypeError for unknown or missing names."""
        front = [Trial(**trial) for trial in document.pop("front")]
        return cls(front, **document)


# The errors that a worker may send, by their names there.
_ERRORS: dict[str, type[MotionLoopError]] = {
    kind.__name__: kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, MotionLoopError)
}


def error_event(error: MotionLoopError) -> dict[str, Any]:
    """`error` as the worker sends it, under its nearest type in motionloop.errors.

    `message` is in English; `text` is there to be said in the language of the window.
    """
    known = next(kind for kind in type(error).__mro__ if kind in _ERRORS.values())
    message = str(error)
    event = {"event": "error", "type": known.__name__, "message": message}
    if isinstance(message, language.Text):
        event["text"] = language.to_json(message)
    if isinstance(error, RecordingError):
        event["path"] = str(error.path)
    return event


def error_from(event: dict[str, Any]) -> MotionLoopError:
    """The error in an event of `error_event`."""
    kind = _ERRORS[event["type"]]
    message = language.from_json(event.get("text", event["message"]))
    if issubclass(kind, RecordingError):
        return kind(message, Path(event["path"]))
    if kind is MotionLoopError:
        kind = TrainingFailedError
    return kind(message)
