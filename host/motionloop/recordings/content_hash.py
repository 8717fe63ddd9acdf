"""The hash of recordings together: the same for the same data, wherever and however they lie.

It covers what a training sees: the samples of the labelled parts inside the trim, their times,
scale, gaps and bridge, the label and who wore the board. Names of folders and sessions, and the
order of the recordings, change nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from motionloop.recordings.recording import Recording

_FORMAT = 1  # of what is hashed; part of it. `facts` keep hashes: their version changes with it


def content_hash(recordings: Iterable[Recording], labels: Sequence[str] | None = None) -> str:
    """Hash what a training sees of recordings.

    Args:
        recordings: In any order.
        labels: The classes; None for all labels.

    Returns:
        SHA-256, hexadecimal.
    """
    return joined_hash(
        hashed
        for recording in recordings
        for label, hashed in label_hashes(recording).items()
        if labels is None or label in labels
    )


def joined_hash(hashes: Iterable[str]) -> str:
    """Hash the hashes of `label_hashes` together, in any order."""
    return hashlib.sha256("\n".join(sorted(hashes)).encode()).hexdigest()


def label_hashes(recording: Recording) -> dict[str, str]:
    """Hash what a training sees of each label of a recording.

    Args:
        recording: Its used segments count.

    Returns:
        SHA-256 of each label of which there are samples, hexadecimal; none if it is excluded.
    """
    if recording.excluded:
        return {}
    samples, bridge_ms = recording.board.format, recording.description.bridge_ms
    seen: dict[str, list[tuple[int, int]]] = {}
    for segment in sorted(recording.used_segments):
        first, end = np.searchsorted(recording.t_us, (segment.start_us, segment.end_us)).tolist()
        if first < end:
            seen.setdefault(segment.label, []).append((first, end))
    after_gap = np.searchsorted(recording.seq, [g.after_seq for g in recording.gaps], "right")
    made = {}
    for label, parts in sorted(seen.items()):
        scale = samples.rate_mhz, *samples.nano_per_lsb
        digest = hashlib.sha256(_line((_FORMAT, label, recording.wearer, scale, bridge_ms)))
        for first, end in parts:
            _add_samples(digest, recording, first, end, after_gap)
        made[label] = digest.hexdigest()
    return made


def _add_samples(
    digest: hashlib._Hash, recording: Recording, first: int, end: int, after_gap: NDArray[np.int64]
) -> None:
    gaps = [
        (index - first, gap.missing, gap.end_us - gap.start_us)
        for index, gap in zip(after_gap.tolist(), recording.gaps, strict=True)
        if first < index < end
    ]
    digest.update(_line((end - first, gaps)))
    digest.update(recording.t_us[first:end].astype("<i8", copy=False).tobytes())
    digest.update(recording.raw[first:end].astype("<i2", copy=False).tobytes())


def _line(value: object) -> bytes:
    return json.dumps(value).encode() + b"\n"
