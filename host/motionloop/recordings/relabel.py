"""Labels of all recordings at once: how much there is of each, and new names for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from motionloop.errors import LabelError, MotionLoopError
from motionloop.language import joined, tr
from motionloop.recordings.checks.names import nearest
from motionloop.recordings.plan import new_label
from motionloop.recordings.recording import LABELS, Recording, change_description
from motionloop.recordings.recording_json import Description
from motionloop.recordings.segments import Segment
from motionloop.recordings.unfinished import goes_on


@dataclass(frozen=True)
class LabelUse:
    """How much there is of a label.

    Attributes:
        label: Its name.
        seconds: In all recordings together.
        segments: Number of labelled stretches.
        recordings: Number of recordings.
        people: Who did it; "" for nobody named.
    """

    label: str
    seconds: float
    segments: int
    recordings: int
    people: tuple[str, ...]


@dataclass(frozen=True)
class Relabelled:
    """What became of a recording.

    Attributes:
        name: Its name.
        segments: Stretches with a new label.
        error: Why nothing was changed; None if it was.
        path: Its folder.
        before: What it said before; None if nothing was changed.
        after: What it says now; None if nothing was changed.
    """

    name: str
    segments: int
    error: MotionLoopError | None = None
    path: Path | None = None
    before: Description | None = None
    after: Description | None = None


def label_uses(recordings: Iterable[Recording]) -> list[LabelUse]:
    """Count labels.

    Args:
        recordings: All of them.

    Returns:
        The labels in alphabetical order.
    """
    found: dict[str, list[tuple[Recording, Segment]]] = {}
    for recording in recordings:
        for segment in recording.segments:
            found.setdefault(segment.label, []).append((recording, segment))
    return [
        LabelUse(
            label,
            sum(segment.end_us - segment.start_us for _, segment in uses) / 1e6,
            len(uses),
            len({id(recording) for recording, _ in uses}),
            tuple(sorted({recording.wearer for recording, _ in uses})),
        )
        for label, uses in sorted(found.items())
    ]


def parse_renames(texts: Iterable[str]) -> dict[str, str]:
    """Read new names of labels.

    Args:
        texts: Each "OLD=NEW". OLD is taken exactly, with its spaces.

    Returns:
        The new name of each old one.

    Raises:
        LabelError: A text is no such pair, a board cannot carry the new name, or one old
            name has two new ones.
    """
    renames: dict[str, str] = {}
    for text in texts:
        old, sign, new = text.partition("=")
        if not sign or not old:
            raise LabelError(
                tr("{text!r} is no new name: write OLD=NEW, such as walkng=walking.", text=text)
            )
        try:
            name = new_label(new)
        except ValueError as error:
            raise LabelError(
                tr("{text!r} cannot be done: {error}. Choose another.", text=text, error=error)
            ) from error
        if renames.setdefault(old, name) != name:
            raise LabelError(
                tr(
                    "{old!r} would become {one!r} and {other!r}: choose one of them.",
                    old=old,
                    one=renames[old],
                    other=name,
                )
            )
    return renames


def renamed(recordings: Iterable[Recording], renames: Mapping[str, str]) -> list[Recording]:
    """Give labels new names in memory only.

    Args:
        recordings: All of them, which stay as they are.
        renames: The new name of each old one.

    Returns:
        Equal recordings with the new labels.

    Raises:
        LabelError: No recording has one of the old labels.
    """
    whole = list(recordings)
    check_labels_known(renames, {label for r in whole for label in r.labels})
    made = []
    for recording in whole:
        segments = tuple(
            replace(segment, label=renames.get(segment.label, segment.label))
            for segment in recording.segments
        )
        description = replace(recording.description, segments=segments)
        made.append(replace(recording, description=description))
    return made


def rename_everywhere(
    recordings: Sequence[Recording], renames: Mapping[str, str]
) -> list[Relabelled]:
    """Give labels new names on disk, in each recording wholly or not at all.

    Args:
        recordings: Of folders; each keeps the version before as its backup.
        renames: The new name of each old one.

    Returns:
        What became of each recording that has one of the old labels.

    Raises:
        LabelError: No recording has one of the old labels. Nothing was changed.
    """
    check_labels_known(renames, {label for r in recordings for label in r.labels})
    done = []
    for recording in recordings:
        count = sum(segment.label in renames for segment in recording.segments)
        if not count:
            continue
        before = recording.stored
        try:
            recording.rename_labels(renames)
        except MotionLoopError as error:
            done.append(Relabelled(recording.name, count, error))
            continue
        name, path, after = recording.name, recording.path, recording.stored
        done.append(Relabelled(name, count, None, path, before, after))
    return done


def refuse_going_on(recordings: Iterable[Recording], label: str) -> None:
    """Refuse a new name for a label of a recording that goes on, which would keep the old one.

    Args:
        recordings: Of folders.
        label: The old name.

    Raises:
        LabelError: There is such a recording; the message names it.
    """
    for recording in recordings:
        if recording.path is None or recording.stored is None:
            continue
        plan, opened = recording.stored.plan, recording.stored.open_segment
        labels = [*recording.labels, *(step.label for step in (plan.steps if plan else ()))]
        if opened is not None:  # perhaps without samples yet
            labels.append(opened.label)
        if label in labels and goes_on(recording.path):
            raise LabelError(
                tr(
                    "Nothing was renamed: {recording} is being recorded right now, with the label "
                    "{label!r}. Stop that recording first.",
                    recording=recording.name,
                    label=label,
                )
            )


def take_back(done: Iterable[Relabelled]) -> list[MotionLoopError]:
    """Give recordings the labels that they had before `rename_everywhere`.

    Args:
        done: What it returned.

    Returns:
        The errors of those that have not got them. A recording that was labelled since stays as
        it is.
    """
    failed = []
    for one in done:
        if one.path is None or one.before is None or one.after is None:
            continue
        labels = {name: getattr(one.before, name) for name in LABELS}
        try:
            change_description(one.path, partial(replace, **labels), one.after, LABELS)
        except MotionLoopError as error:
            failed.append(error)
    return failed


def check_labels_known(labels: Iterable[str], known: Iterable[str]) -> None:
    """Check that labels are there.

    Args:
        labels: Those that were asked for.
        known: Those of the recordings.

    Raises:
        LabelError: One is not there; the message proposes the one that was meant.
    """
    there = sorted(set(known))
    for label in labels:
        if label in there:
            continue
        meant = nearest(label, there)
        listed = ", ".join(there) if there else tr("none")
        said = [tr("There is no label {label!r}; there are: {labels}.", label=label, labels=listed)]
        if meant:
            said.append(tr("Did you mean {name!r}?", name=meant))
        raise LabelError(joined(said))
