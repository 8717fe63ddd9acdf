"""What a training or an evaluation is made of, as the page Train has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motionloop.errors import MotionLoopError
from motionloop.language import joined, tr
from motionloop.model.folder import METRICS_FILE
from motionloop.recordings.checks.finding import REFUSED
from motionloop.safe_files import read_json
from motionloop.typed_values import OTHER_SHAPE


class DataGoneError(MotionLoopError):
    """Recordings that were chosen for a job are gone."""


@dataclass(frozen=True)
class TrainingData:
    """Recordings, and which part of them counts.

    `labels` None means all; those that are too short are left out. With `skip_bad` recordings that
    cannot be read are left out, and with `despite_checks` no finding of the checks stops the job.
    With `named_split` exactly what that split holds out is tested.
    """

    recordings: Sequence[Path]
    preset: str = "quick"
    labels: tuple[str, ...] | None = None
    named_split: str | None = None
    skip_bad: bool = False
    despite_checks: bool = False

    def of_a_request(self) -> dict[str, Any]:
        """The same as fields of a TrainingRequest or an EvaluationRequest."""
        return {
            "recordings": tuple(map(str, self.recordings)),
            "preset": self.preset,
            "labels": self.labels,
            "named_split": self.named_split,
            "skip_short": True,
            "skip_bad": self.skip_bad,
            "despite": tuple(REFUSED) if self.despite_checks else (),
        }


def recordings_of(model: Path) -> list[str]:
    """The recordings that the model in a folder was trained on; none if that is not known."""
    try:
        return [str(path) for path in read_json(model / METRICS_FILE)["request"]["recordings"]]
    except (OSError, *OTHER_SHAPE):
        return []


def gone_in_words(recordings: Iterable[str | Path]) -> str:
    """Which of the chosen recordings are not there any more; empty if all are."""
    gone = [Path(path).name for path in recordings if not Path(path).exists()]
    if len(gone) > 1:
        return tr(
            "{count} recordings were deleted or moved meanwhile, such as {recording}.",
            count=len(gone),
            recording=gone[0],
        )
    return tr("{recording} was deleted or moved meanwhile.", recording=gone[0]) if gone else ""


@contextmanager
def refusing_gone(recordings: Iterable[str | Path]) -> Iterator[None]:
    """Say of an error that recordings are gone, if that is so: a job reads them once it has
    begun. Raises DataGoneError in place of any MotionLoopError."""
    try:
        yield
    except MotionLoopError as error:
        if not (gone := gone_in_words(recordings)):
            raise
        raise DataGoneError(joined([gone, tr("Start again.")])) from error
