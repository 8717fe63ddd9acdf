"""Labelled spans of a recording."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from motionloop import wire
from motionloop.language import tr

_UNKNOWN = "unknown"  # where a program reads the answer, it is not translated


@dataclass(frozen=True, order=True)
class Segment:
    """A labelled span: the samples with start_us <= t_us < end_us (device time)."""

    start_us: int
    end_us: int
    label: str


@dataclass(frozen=True)
class OpenSegment:
    """A segment that goes on.

    Attributes:
        label: The activity.
        start_us: Device time of its begin; None: with the first sample.
    """

    label: str
    start_us: int | None


def check_label(label: str) -> None:
    """Check that a board can carry a label.

    Args:
        label: The text to check.

    Raises:
        ValueError: The label is empty, not printable, or longer than `wire.LABEL_BYTES` in UTF-8.
    """
    if not label.strip():
        raise ValueError(tr("a label needs a name"))
    if not label.isprintable():
        raise ValueError(tr("the label {label!r} has characters that cannot be shown", label=label))
    if len(label.encode()) > wire.LABEL_BYTES:
        raise ValueError(
            tr(
                "the label {label!r} is longer than the {label_bytes} bytes that a board keeps",
                label=label,
                label_bytes=wire.LABEL_BYTES,
            )
        )


def typed_label(text: str) -> str:
    """Take a label as a person types it; what is in recordings already stays as it is.

    Args:
        text: What was typed.

    Returns:
        The label without spaces around it, its letters in the one form (NFC) that is compared.

    Raises:
        ValueError: A board cannot carry the label, or the label would look like the answer where
            no label fits.
    """
    label = unicodedata.normalize("NFC", text).strip()
    check_label(label)
    if label.casefold() in (_UNKNOWN, tr("unknown").casefold()):
        raise ValueError(tr("{label!r} is the answer where no label fits", label=label))
    return label


def same_label(label: str, known: Iterable[str]) -> str | None:
    """Find a label that differs from another one by letter case or by the form of its letters.

    Args:
        label: The one.
        known: Others, among which it is looked for.

    Returns:
        The known one, which may be equal; None without any.
    """
    folded = _folded(label)
    return next((other for other in known if _folded(other) == folded), None)


def _folded(label: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", label).casefold())


def checked_segments(
    segments: Iterable[Segment], start_us: int, end_us: int
) -> tuple[Segment, ...]:
    """Check segments and put them in the order of time.

    Args:
        segments: In any order.
        start_us: The earliest possible begin, device time.
        end_us: The latest possible end, device time.

    Returns:
        The same segments in the order of time.

    Raises:
        ValueError: A segment is empty, reaches outside `start_us` to `end_us`, overlaps another,
            or has a label that a board cannot carry.
    """
    ordered = tuple(sorted(segments))
    for label in dict.fromkeys(segment.label for segment in ordered):
        check_label(label)
    for segment in ordered:
        if start_us <= segment.start_us < segment.end_us <= end_us:
            continue
        span = tr(
            "the segment {label!r} from {start_us} to {end_us} us",
            label=segment.label,
            start_us=segment.start_us,
            end_us=segment.end_us,
        )
        if segment.start_us >= segment.end_us:
            raise ValueError(tr("{span} does not end after it starts", span=span))
        raise ValueError(
            tr(
                "{span} reaches outside the recording ({start_us} to {end_us} us)",
                span=span,
                start_us=start_us,
                end_us=end_us,
            )
        )
    for earlier, later in itertools.pairwise(ordered):
        if later.start_us < earlier.end_us:
            raise ValueError(
                tr(
                    "the segments {label!r} and {other!r} overlap at {start_us} us",
                    label=earlier.label,
                    other=later.label,
                    start_us=later.start_us,
                )
            )
    return ordered


def cut_out(segments: Iterable[Segment], start_us: int, end_us: int) -> list[Segment]:
    """Cut the span `start_us` <= t < `end_us` out of segments; a segment can become two."""
    left = []
    for s in segments:
        if s.start_us < min(s.end_us, start_us):
            left.append(Segment(s.start_us, min(s.end_us, start_us), s.label))
        if s.end_us > max(s.start_us, end_us):
            left.append(Segment(max(s.start_us, end_us), s.end_us, s.label))
    return left
