"""What an exported file carries beside its samples, so that it can come back as it was.

A table of samples holds no scale, no person, no reason of a gap. A file of ours carries them in a
place that its format leaves to programs, as the document of recording.json. What the file itself
says counts: where somebody changed it, the carried text no longer fits, and gives way.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motionloop.language import tr
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import Description
from motionloop.recordings.segments import Segment
from motionloop.recordings.take import segments_of_rows
from motionloop.sample_format import SampleFormat

KEY = "motionloop"  # under which a format keeps the text
BEGIN = f'{{"{KEY}": 1,'.encode()  # of the text
_EXACT_LSB = 0.01  # how far a decimal may be from a whole step of the scale


def samples_changed() -> str:
    """What is said of a file whose samples are no longer those that were exported."""
    return tr("changed since it was exported: read like the file of another program")


def labels_changed() -> str:
    """What is said of a file whose labels are no longer those that were exported."""
    return tr("The labels were changed in the file after it was exported: its own count.")


def carried_text(description: Description) -> str:
    """The text to carry: all of recording.json but keys of other programs."""
    document = replace(description, document={}).to_document()
    return json.dumps({KEY: 1, **document}, ensure_ascii=False)


def read_carried(text: str | bytes | None) -> Description | None:
    """The description in a carried text; None where there is none that can be used."""
    if not text:
        return None
    try:
        document: Any = json.loads(text)
        if not isinstance(document, dict) or document.pop(KEY, None) != 1:
            return None
        return replace(Description.from_document(document), document={})
    except (ValueError, RecursionError):
        return None


def raw_of(values: NDArray[np.float64], samples: SampleFormat) -> NDArray[np.int16] | None:
    """The raw samples of values in g and rad/s.

    Args:
        values: [n, 6] in g and rad/s.
        samples: The scales that the values were made with.

    Returns:
        Raw samples [n, 6]; None when the values are not whole steps of these scales.
    """
    with np.errstate(invalid="ignore", over="ignore"):  # of numbers that are none
        steps = values * 1e9 / np.array(samples.nano_per_lsb, np.float64)
        whole = np.rint(steps)
        right = (np.abs(steps - whole) <= _EXACT_LSB) & (np.abs(whole + 0.5) <= 32768)
    return whole.astype(np.int16) if right.all() else None


def sample_labels(segments: Sequence[Segment], t_us: NDArray[np.int64]) -> list[str | None]:
    """The label of each sample, None outside segments.

    Args:
        segments: Labelled spans.
        t_us: Times [n].

    Returns:
        n labels.
    """
    labels: list[str | None] = [None] * len(t_us)
    for segment in segments:
        first, end = np.searchsorted(t_us, (segment.start_us, segment.end_us))
        labels[first:end] = [segment.label] * int(end - first)
    return labels


@dataclass(frozen=True)
class Labels:
    """The labels of a file.

    Attributes:
        segments: Labelled spans.
        notes: What differs from the exported recording, in words.
    """

    segments: tuple[Segment, ...]
    notes: tuple[str, ...] = ()


def agreed_labels(
    found: Sequence[str | None], t_us: NDArray[np.int64], carried: Sequence[Segment]
) -> Labels:
    """The exact segments that a file carries, if each sample's label is still theirs.

    Args:
        found: The label of each sample in the file, None or empty for none.
        t_us: Times [n].
        carried: The segments that were exported.

    Returns:
        The carried segments, or those of the file.
    """
    labels = np.array([label or None for label in found], object)
    if labels.tolist() == sample_labels(carried, t_us):
        return Labels(tuple(carried))
    return Labels(segments_of_rows(t_us, labels), (labels_changed(),))


def fitted(spans: Sequence[Segment], recording: Recording) -> Labels:
    """Labels from elsewhere, cut to the samples of a recording.

    Args:
        spans: Labelled spans on the recording's clock, in any order.
        recording: The recording.

    Returns:
        The spans in the order of time, less those without a label or outside the recording, which
        the notes count.
    """
    named = [span for span in spans if span.label.strip()]
    timed = [span for span in named if span.start_us < span.end_us]
    inside = [
        replace(
            span,
            start_us=max(span.start_us, recording.start_us),
            end_us=min(span.end_us, recording.end_us),
        )
        for span in timed
        if span.start_us < recording.end_us and span.end_us > recording.start_us
    ]
    cut = sum(segment not in named for segment in inside)
    notes: list[str] = []
    if count := len(spans) - len(named):
        notes.append(tr("{count} labels without a text left out.", count=count))
    if count := len(named) - len(timed):
        notes.append(tr("{count} labels without length left out.", count=count))
    if count := len(timed) - len(inside):
        notes.append(tr("{count} labels outside the recording left out.", count=count))
    if cut:
        notes.append(tr("{count} labels cut to the recording's samples.", count=cut))
    return Labels(tuple(sorted(inside)), tuple(notes))


@dataclass(frozen=True)
class Columns:
    """The samples of a file.

    Attributes:
        seq: Sequence numbers [n].
        t_us: Times [n] in microseconds.
        values: [n, 6] in g and rad/s.
        labels: The label of each sample, None or empty for none.
    """

    seq: NDArray[np.int64]
    t_us: NDArray[np.int64]
    values: NDArray[np.float64]
    labels: Sequence[str | None]


def brought_back(path: Path, description: Description, columns: Columns) -> Recording | None:
    """The recording that was exported into a file.

    Args:
        path: The file, for messages.
        description: What the file carries.
        columns: The samples of the file.

    Returns:
        The recording with its exact samples; None when the samples were changed so that they are
        no steps of the board's scale any more, or numbers or times do not increase.
    """
    seq, t_us = columns.seq, columns.t_us
    raw = raw_of(columns.values, description.board.format)
    if raw is None or (np.diff(seq) <= 0).any() or (np.diff(t_us) <= 0).any():
        return None
    if len(t_us) and min(int(seq[0]), int(t_us[0])) < 0:
        return None
    labels = agreed_labels(columns.labels, t_us, description.segments)
    description = replace(description, segments=labels.segments)
    recording = Recording.from_samples(path, description, seq, t_us, raw)
    recording.path = None
    recording.problems += labels.notes
    return recording
