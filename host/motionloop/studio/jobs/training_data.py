"""What a training or an evaluation is made of, as the page Train has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motionloop.recordings.checks.finding import REFUSED


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
