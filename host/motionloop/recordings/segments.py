"""Labelled spans of a recording."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from motionloop import wire
from motionloop.language import tr


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
    if not label.strip() or not label.isprintable():
        raise ValueError(
            tr("the label {label!r} is empty or has characters that cannot be shown", label=label)
        )
    if len(label.encode()) > wire.LABEL_BYTES:
        raise ValueError(
            tr(
                "the label {label!r} is longer than the {label_bytes} bytes that a board keeps",
                label=label,
                label_bytes=wire.LABEL_BYTES,
            )
        )


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
