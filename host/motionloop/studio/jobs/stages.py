"""The steps of retrain and flash, and their results, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from motionloop.language import tr


class RetrainStage(StrEnum):
    """The steps, in this order."""

    WARM_UP = "start the trainer"
    WINDOWS = "cut windows"
    TRAIN = "train"
    CONVERT = "quantize"
    EVALUATE = "evaluate"
    SAVE = "save"
    COMPARE = "compare"
    PUSH = "push"
    CHECK = "board's self-check"
    FIRST = "first prediction"

    @property
    def words(self) -> str:
        """The stage in the user's language, to begin a line with."""
        return {
            RetrainStage.WARM_UP: tr("Start the trainer"),
            RetrainStage.WINDOWS: tr("Cut windows"),
            RetrainStage.TRAIN: tr("Train", "a stage of the job"),
            RetrainStage.CONVERT: tr("Quantize"),
            RetrainStage.EVALUATE: tr("Evaluate"),
            RetrainStage.SAVE: tr("Save", "a stage of the job"),
            RetrainStage.COMPARE: tr("Compare"),
            RetrainStage.PUSH: tr("Push"),
            RetrainStage.CHECK: tr("Board's self-check"),
            RetrainStage.FIRST: tr("First prediction"),
        }[self]


@dataclass(frozen=True)
class StageProgress:
    """`done` of `total` steps of a stage; `total` 0 where it is not known."""

    stage: RetrainStage
    done: int = 0
    total: int = 0
    remaining_s: float | None = None


@dataclass(frozen=True)
class ModelComparison:
    """Shares of the same held-out windows that come out right, 0 to 1.

    `old` is None when the board has no model, or `why_not` says why it cannot be compared.
    `not_known` are labels that the old model does not know, so that it cannot get them right.
    """

    new: float
    old: float | None
    windows: int
    why_not: str = ""
    not_known: tuple[str, ...] = ()

    @property
    def is_better(self) -> bool:
        return self.old is None or self.new >= self.old


@dataclass(frozen=True)
class Outcome:
    """The end of the job: `pushed` if `board` runs the new model; `first_label` is its first
    answer (None: unknown, or none came in time), `first_latency` the answer's time and place;
    `address` is the board's."""

    pushed: bool
    board: str = ""
    address: str = ""
    first_label: str | None = None
    first_latency: str | None = None
