"""The recordings of a training: read, with new names for labels, and checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from motionloop import wire
from motionloop.errors import DatasetError, LabelError, TrainingDataError
from motionloop.language import joined, tr
from motionloop.recordings.checks.check import check_recordings
from motionloop.recordings.checks.finding import Finding, split_findings
from motionloop.recordings.named_split import NamedSplit, find_split
from motionloop.recordings.recording import Found, Recording, Unreadable
from motionloop.recordings.relabel import check_labels_known, parse_renames, renamed
from motionloop.recordings.sources import find_recordings
from motionloop.recordings.where import Where


class DataRequest(Protocol):
    """What a training or evaluation asks for."""

    @property
    def recordings(self) -> tuple[str, ...]:
        """Recordings, folders of them, or data files."""

    @property
    def where(self) -> str:
        """Which of the recordings are meant, as `Where.parse` takes it; empty for all."""

    @property
    def labels(self) -> tuple[str, ...] | None:
        """The classes; None for all that there are."""

    @property
    def named_split(self) -> str | None:
        """Name of the split that says who is tested; None for another way."""

    @property
    def skip_bad(self) -> bool:
        """Whether recordings that cannot be read are left out."""

    @property
    def despite(self) -> tuple[str, ...]:
        """Kinds of findings that do not stop it."""

    @property
    def rename(self) -> tuple[str, ...]:
        """New names of labels, each "OLD=NEW", in memory only."""


@dataclass(frozen=True)
class Gathered:
    """The recordings of a training.

    Attributes:
        recordings: At least one.
        skipped: Those that cannot be read, and were left out.
        excluded: Names of those that a person has excluded.
        findings: What the checks say, and does not stop the training.
        split: Who is tested, if a named split was asked for.
        changes: What came and went since the split was fixed, in words.
    """

    recordings: list[Recording]
    skipped: tuple[Unreadable, ...]
    excluded: tuple[str, ...]
    findings: tuple[Finding, ...]
    split: NamedSplit | None = None
    changes: tuple[str, ...] = ()

    def words(self) -> list[str]:
        """All that is to be said before the training."""
        left_out = [
            tr("Left out, as it cannot be read: {cause}", cause=bad.error) for bad in self.skipped
        ]
        if self.excluded:
            left_out.append(
                tr("Left out, as they are excluded: {names}", names=", ".join(self.excluded))
            )
        return [*left_out, *self.changes, *map(str, self.findings)]


def gather(request: DataRequest, takes_labels: bool = True, gyroscope: bool = True) -> Gathered:
    """Read and check the recordings of a training or evaluation.

    Args:
        request: What it asks for.
        takes_labels: Whether the labels become the classes of a new model.
        gyroscope: Whether the model looks at the gyroscope.

    Returns:
        The recordings, and what is to be said of them.

    Raises:
        RecordingError: There are none, or some cannot be read and are not to be skipped.
        DataFileError: A data file cannot be read.
        DatasetError: No recording is what the request chooses, or there is no such split.
        LabelError: A label is not there, or there are more than a board takes.
        TrainingDataError: A model of them would be useless.
    """
    found = find_recordings(request.recordings)
    named, changes = None, list[str]()
    if request.named_split is not None:
        named = find_split(request.named_split, request.recordings)
        changes = named.changes(found.recordings)
    readable = Where.parse(request.where).choose(_readable(found, request.skip_bad))
    recordings = [r for r in readable if not r.excluded]
    excluded = tuple(r.name for r in readable if r.excluded)
    if named is not None:
        changes += named.left_out(found.recordings, recordings)
    if not recordings:
        raise DatasetError(
            tr(
                "All recordings are excluded from trainings: {excluded}. Take some of them in "
                "again with `motionloop edit NAME --include`.",
                excluded=", ".join(excluded),
            )
        )
    if request.rename:
        recordings = renamed(recordings, parse_renames(request.rename))
    used = _used(recordings, request.labels)
    if takes_labels:
        _check_labels(recordings, used, request.labels)
    stopping, said = split_findings(check_recordings(used, gyroscope), request.despite)
    if stopping:
        causes = joined([tr("- {fault}", fault=str(finding)) for finding in stopping], "\n")
        raise TrainingDataError(
            tr("A model of these recordings would be useless:\n{causes}", causes=causes)
        )
    return Gathered(recordings, found.unreadable, excluded, tuple(said), named, tuple(changes))


def _readable(found: Found, skip_bad: bool) -> Sequence[Recording]:
    if skip_bad and found.recordings:
        return found.recordings
    try:
        return found.all_readable()
    except Exception as error:
        if found.recordings:
            advice = tr("`--skip-bad` goes on without them.")
            error.args = (joined((str(error), advice), "\n"),)
        raise


def _used(recordings: Iterable[Recording], labels: Sequence[str] | None) -> list[Recording]:
    """The recordings with a label of the training, each with these labels only."""
    made = []
    for recording in recordings:
        segments = tuple(
            segment
            for segment in recording.used_segments
            if labels is None or segment.label in labels
        )
        if segments:
            description = replace(recording.description, segments=segments, trim=None)
            made.append(replace(recording, description=description))
    return made


def _check_labels(
    recordings: Sequence[Recording], used: Sequence[Recording], labels: Sequence[str] | None
) -> None:
    if labels is not None:
        check_labels_known(labels, {label for r in recordings for label in r.labels})
        if twice := {label for label in labels if list(labels).count(label) > 1}:
            raise LabelError(
                tr("--labels has {twice} twice: give each once.", twice=", ".join(sorted(twice)))
            )
    classes = sorted({label for recording in used for label in recording.labels})
    if len(classes) > wire.MAX_CLASSES:
        raise LabelError(
            tr(
                "{count} labels; a board takes {most}: {classes}. Choose with "
                "`--labels`, or join some with `--rename OLD=NEW`.",
                count=len(classes),
                most=wire.MAX_CLASSES,
                classes=", ".join(classes),
            )
        )
