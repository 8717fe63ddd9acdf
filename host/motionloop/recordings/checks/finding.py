"""One finding of a check: where, how grave, on what evidence, why, and what cures it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum

from motionloop.language import tr

_NAMES = 3  # of recordings in a finding; the others are counted


class Severity(Enum):
    """How grave a finding is: a model of it would be useless, or perhaps worse than it could be."""

    REFUSE = "refuse"
    WARN = "warn"


class Kind(StrEnum):
    """What was looked for. The refused ones can be insisted on by these names."""

    UNIT = "unit"
    ROTATION = "rotation"
    GRAVITY = "gravity"
    AXES = "axes"
    RATE = "rate"
    HELD = "held"
    COPIED = "copied"
    CLIPPED = "clipped"
    LABELS = "labels"
    PEOPLE = "people"


# What `--despite` takes.
REFUSED = (Kind.UNIT, Kind.ROTATION, Kind.GRAVITY, Kind.AXES, Kind.RATE)


@dataclass(frozen=True)
class Finding:
    """What a check found.

    Attributes:
        kind: What was looked for.
        severity: Whether it stops a training.
        where: The file or recordings, in words.
        evidence: What the data show, with numbers, without a full stop.
        cause: The likely cause, without a full stop.
        cure: What to do, as sentences.
        recordings: Names of the recordings.
    """

    kind: Kind
    severity: Severity
    where: str
    evidence: str
    cause: str
    cure: str
    recordings: tuple[str, ...] = ()

    def __str__(self) -> str:
        return tr(
            "{where}: {evidence}. {cause}. {cure}",
            where=self.where,
            evidence=self.evidence,
            cause=self.cause,
            cure=self.cure,
        )


def split_findings(
    findings: Iterable[Finding], despite: Sequence[str] = ()
) -> tuple[list[Finding], list[Finding]]:
    """Divide findings into those that stop a training and those that are only said.

    Args:
        findings: In any order.
        despite: Kinds that do not stop it.

    Returns:
        Those that stop it, and the others.
    """
    stopping: list[Finding] = []
    said: list[Finding] = []
    for finding in findings:
        stops = finding.severity is Severity.REFUSE and finding.kind not in despite
        (stopping if stops else said).append(finding)
    return stopping, said


def words_for(source: str, names: Sequence[str], of: int) -> str:
    """Name recordings of a source.

    Args:
        source: Name of the file or board.
        names: Names of the recordings.
        of: How many recordings of the source were looked at.

    Returns:
        For example "walks (9 of 9 recordings)", or the recordings' own names.
    """
    if len(names) > _NAMES:
        return tr(
            "{source} ({count} of {total} recordings)", source=source, count=len(names), total=of
        )
    return ", ".join(names)
