"""A part of recordings: of chosen people, with the samples of chosen labels only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from motionloop.errors import RecordingError
from motionloop.language import tr
from motionloop.recordings.recording import Recording, find_gaps
from motionloop.recordings.recording_json import LEFT_OUT


def choose(
    recordings: Sequence[Recording],
    labels: Iterable[str] | None = None,
    wearers: Iterable[str] | None = None,
    *,
    cut: bool = True,
) -> list[Recording]:
    """Choose recordings of some people, and of them the samples of some labels.

    Args:
        recordings: To choose from.
        labels: Only samples with these labels, inside the trim; None for all samples, unlabelled
            ones too.
        wearers: Only recordings of these people; None for everybody.
        cut: Whether the samples of other labels are left out; else their labels only.

    Returns:
        The chosen recordings in their order. Those of which samples were left out are in memory
        only, with a declared gap in their place. Recordings without a sample of the labels are
        left out.

    Raises:
        RecordingError: No recording has a label or a person of the choice.
    """
    chosen = list(recordings)
    if wearers is not None:
        wanted = list(dict.fromkeys(wearers))
        _check_known(wanted, {recording.wearer for recording in chosen}, chosen, of_people=True)
        chosen = [recording for recording in chosen if recording.wearer in wanted]
    if labels is not None:
        wanted = list(dict.fromkeys(labels))
        known = {label for recording in chosen for label in recording.labels}
        _check_known(wanted, known, chosen)
        keep = _only if cut else Recording.with_labels
        chosen = [
            keep(recording, wanted) for recording in chosen if {*recording.labels} & {*wanted}
        ]
        chosen = [recording for recording in chosen if len(recording.seq)]
    return chosen


def _check_known(
    wanted: Sequence[str],
    known: set[str],
    recordings: Sequence[Recording],
    of_people: bool = False,
) -> None:
    unknown = [name for name in wanted if name not in known]
    if not unknown:
        return
    there = ", ".join(repr(name) for name in sorted(known)) or tr("none")
    names = ", ".join(map(repr, unknown))
    message = tr("There is no label {unknown}: there are {there}.", unknown=names, there=there)
    if of_people:
        message = tr(
            "There is no recording of {unknown}: there are {there}.", unknown=names, there=there
        )
    path = next((recording.path for recording in recordings if recording.path), None)
    raise RecordingError(message, path or Path())


def _only(recording: Recording, labels: Sequence[str]) -> Recording:
    """The samples in segments of these labels, inside the trim."""
    segments = tuple(s for s in recording.used_segments if s.label in labels)
    inside = np.zeros(len(recording.seq), bool)
    for segment in segments:
        first, end = np.searchsorted(recording.t_us, (segment.start_us, segment.end_us))
        inside[first:end] = True
    if inside.all() and segments == recording.segments:
        return recording
    seq, t_us = recording.seq[inside], recording.t_us[inside]
    # Between two samples: a segment that held only those between them is empty now.
    kept = [
        segment
        for segment in segments
        if np.searchsorted(t_us, segment.start_us) < np.searchsorted(t_us, segment.end_us)
    ]
    if kept:  # the ends may not reach outside the samples that are left
        first_us, end_us = int(t_us[0]), int(t_us[-1]) + 1
        kept = [
            replace(s, start_us=max(s.start_us, first_us), end_us=min(s.end_us, end_us))
            for s in kept
        ]
    declared = {gap.after_seq: gap for gap in recording.gaps}
    gaps = []
    for gap in find_gaps(seq, t_us, recording.rate_hz):
        known = declared.get(gap.after_seq)
        same = known is not None and known.end_us == gap.end_us
        gaps.append(known if known is not None and same else replace(gap, reason=LEFT_OUT))
    description = replace(
        recording.description,
        segments=tuple(kept),
        gaps=tuple(gaps),
        samples=len(seq),
        trim=None,
    )
    return Recording(description, seq, t_us, recording.raw[inside])
