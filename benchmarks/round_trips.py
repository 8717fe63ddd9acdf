"""Part of benchmarks.imports: recordings out of MotionLoop and in again, in each format."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from motionloop.recordings.choice import choose
from motionloop.recordings.exporting import Format, export
from motionloop.recordings.formats import elan
from motionloop.recordings.formats.carried import sample_labels
from motionloop.recordings.importing import recordings_in
from motionloop.recordings.recording import Recording, find_gaps
from motionloop.recordings.recording_json import Trim
from motionloop.recordings.take import segments_of_rows


def harder(recording: Recording) -> Recording:
    """The recording with all that a format may lose: jitter, two kinds of gaps, odd labels."""
    keep = np.ones(len(recording.seq), bool)
    keep[100:130] = False
    seq = np.arange(len(keep)) + 1000
    t_us = recording.t_us + np.arange(len(keep)) % 7 + 5_000_000
    t_us[400:] += 300_000
    seq, t_us, raw = seq[keep], t_us[keep], recording.raw[keep]
    gaps = tuple(
        replace(gap, reason=f"reason {place}")
        for place, gap in enumerate(find_gaps(seq, t_us, recording.rate_hz))
    )
    segments = tuple(
        replace(
            s, start_us=s.start_us + 5_000_003, end_us=s.end_us + 5_000_001, label=f'"{s.label},ü'
        )
        for s in recording.segments
    )
    segments = tuple(replace(s, end_us=min(s.end_us, int(t_us[-1]) + 1)) for s in segments)
    description = replace(
        recording.description,
        wearer='Лев "L." O\'Hara; 2',
        placement="wrist, left",
        segments=segments,
        gaps=gaps,
        samples=len(seq),
        trim=Trim(int(t_us[0]), int(t_us[-1])),
    )
    return Recording(description, seq, t_us, raw)


def differences(found: Recording, wanted: Recording) -> list[str]:
    """What did not come back as it was, each in a word."""
    one, other = found.description, wanted.description
    same = {
        "samples": np.array_equal(found.raw, wanted.raw),
        "numbers": np.array_equal(found.seq, wanted.seq),
        "times": np.array_equal(found.t_us, wanted.t_us),
        "labels": found.segments == wanted.segments,
        "gaps": found.gaps == wanted.gaps,
        "scales": one.board.format == other.board.format,
        "board": one.board == other.board,
        "wearer": one.wearer == other.wearer,
        "placement": one.placement == other.placement,
        "created": one.created == other.created,
        "trim": one.trim == other.trim,
    }
    return [name for name, is_same in same.items() if not is_same]


def _by_samples(recording: Recording) -> Recording:
    """The recording with its labels and gaps by the samples that they touch, not by the time."""
    description = recording.description
    found = sample_labels(recording.segments, recording.t_us)
    segments = segments_of_rows(recording.seq, np.array(found, object))
    gaps = tuple(replace(gap, start_us=0, end_us=0) for gap in recording.gaps)
    return replace(recording, description=replace(description, segments=segments, gaps=gaps))


def round_trip(recording: Recording, kind: Format) -> list[str]:
    """What differs after an export and an import; "recordings" where there is another number."""
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder) / "out"
        files = export([recording], kind, to).files
        if kind is Format.ELAN:  # which holds labels only
            labels = elan.read_labels(files[0], recording)
            return [] if labels.segments == recording.segments else ["labels"]
        found = recordings_in(to)
        if len(found) != 1:
            return ["recordings"]
        if kind is not Format.EDGE_IMPULSE:
            return differences(found[0], recording)
        # It holds labelled samples only, and an interval in place of times.
        (wanted,) = choose([recording], labels=recording.labels)
        return differences(_by_samples(found[0]), _by_samples(wanted))


def round_trips(recordings: Sequence[Recording]) -> dict[str, list[str]]:
    """What each format loses of any of the recordings."""
    return {
        kind.value: sorted({what for one in recordings for what in round_trip(one, kind)})
        for kind in Format
    }
