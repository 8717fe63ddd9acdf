"""ELAN, a program that annotates films: the labels of a recording as an .eaf file.

An .eaf holds no samples. Its times are whole milliseconds after the recording's first sample; the
exact times lie in a property of the file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from motionloop.errors import DataFileError
from motionloop.language import tr
from motionloop.recordings.formats.carried import KEY, Labels, fitted, labels_changed
from motionloop.recordings.recording import Recording
from motionloop.recordings.segments import Segment

SUFFIX = ".eaf"
TIER = "activity"
_ROOT = "ANNOTATION_DOCUMENT"


def write(recording: Recording, path: Path) -> list[str]:
    """Write the labels of a recording.

    Args:
        recording: The recording.
        path: The .eaf file.

    Returns:
        What could not be written, in words.

    Raises:
        OSError: The disk failed.
    """
    import pympi  # here, as all that only one format needs

    file = pympi.Eaf(author="MotionLoop")
    file.remove_tier("default")
    file.add_tier(TIER, part=recording.wearer or None)
    notes: list[str] = []
    exact = []
    for segment in recording.segments:
        start_ms, end_ms = _ms(recording, segment)
        if start_ms == end_ms:
            notes.append(
                tr(
                    "{recording}: the label {label!r} at {start_s:.3f} s is shorter than ELAN's "
                    "millisecond.",
                    recording=recording.name,
                    label=segment.label,
                    start_s=start_ms / 1000,
                )
            )
            continue
        file.add_annotation(TIER, start_ms, end_ms, segment.label)
        exact.append([segment.start_us, segment.end_us, segment.label])
    file.properties.append((KEY, json.dumps(exact, ensure_ascii=False)))
    video = recording.description.video
    if video is not None and video.offset_s <= 0:
        film = (recording.path or Path()) / video.file
        file.add_linked_file(
            film.absolute().as_uri(), video.file, _kind(film), round(-video.offset_s * 1000)
        )
    elif video is not None:
        notes.append(
            tr(
                "{recording}: its film begins {offset_s:g} s after the first sample; ELAN's time "
                "begins with the film, so that the film is not linked.",
                recording=recording.name,
                offset_s=video.offset_s,
            )
        )
    file.to_file(str(path))
    return notes


def _ms(recording: Recording, segment: Segment) -> tuple[int, int]:
    start_us, end_us = segment.start_us - recording.start_us, segment.end_us - recording.start_us
    return round(start_us / 1000), round(end_us / 1000)


def _kind(film: Path) -> str:
    return {".wav": "audio/x-wav", ".mpg": "video/mpeg"}.get(film.suffix, "video/mp4")


def is_eaf(head: bytes) -> bool:
    """Whether a file begins as an .eaf does."""
    return f"<{_ROOT}".encode() in head


def read_labels(path: Path, recording: Recording, tier: str | None = None) -> Labels:
    """Read labels for a recording that is there.

    Where the recording knows a film of its session, times count from the begin of that film, as
    ELAN shows them; else from the first sample.

    Args:
        path: The .eaf file.
        recording: The recording.
        tier: The tier that has the labels; by default the only one that is not empty.

    Returns:
        Segments on the recording's clock.

    Raises:
        DataFileError: The file cannot be read, or has no such tier.
    """
    import pympi

    try:
        file = pympi.Eaf(str(path), suppress_version_warning=True)
        tiers = {name: file.get_annotation_data_for_tier(name) for name in file.get_tier_names()}
    except Exception as error:  # pympi raises any kind, plain Exception for what is no XML
        raise DataFileError(
            tr(
                "{path} cannot be read as an .eaf of ELAN ({error}): save it in ELAN again.",
                path=path,
                error=error,
            )
        ) from error
    filled = [name for name, found in tiers.items() if found]
    if tier is None and len(filled) == 1:
        tier = filled[0]
    if tier is None or tier not in tiers:
        raise DataFileError(
            tr(
                "{path} has {count} tiers with annotations ({names}): name the one with the "
                "labels by --tier.",
                path=path,
                count=len(filled),
                names=", ".join(filled) or tr("none"),
            )
        )
    found = [(a[0], a[1], str(a[2] or "").strip()) for a in tiers[tier]]
    exact = _exact(dict(file.properties).get(KEY))
    if exact and sorted((*_ms(recording, s), s.label) for s in exact) == sorted(found):
        return fitted(exact, recording)
    begin_us = recording.start_us + _begin_ms(file, recording) * 1000
    labels = fitted(
        [
            Segment(begin_us + start * 1000, begin_us + end * 1000, text)
            for start, end, text in found
        ],
        recording,
    )
    return Labels(labels.segments, (labels_changed(), *labels.notes)) if exact else labels


def _begin_ms(file: Any, recording: Recording) -> int:
    """When ELAN's time begins, in milliseconds after the first sample."""
    video = recording.description.video
    if video is None or not file.media_descriptors:
        return 0
    # TIME_ORIGIN: how far into the film ELAN's time begins.
    origin_ms = int(file.media_descriptors[0].get("TIME_ORIGIN") or 0)
    return round(video.offset_s * 1000) + origin_ms


def _exact(text: Any) -> list[Segment]:
    try:
        return [Segment(int(start), int(end), str(label)) for start, end, label in json.loads(text)]
    except (TypeError, ValueError):
        return []
