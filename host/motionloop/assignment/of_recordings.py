"""The checks of a pupil's recordings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from motionloop.assignment.check import Check, Finding, NotThereError, checked
from motionloop.assignment.steps import record_command
from motionloop.assignment.submission import RECORDINGS, Submission
from motionloop.assignment.task import Assignment, RecordingsAsked
from motionloop.recordings.recording import Recording

_RUN = 16  # samples in a row that two sessions do not share by chance
_COPIED_SHARE = 0.01


def check_recordings(work: Submission, assignment: Assignment) -> list[Check]:
    asked, points = assignment.recordings, assignment.points

    def made() -> Sequence[Recording]:
        if not work.recordings:
            advice = f"Record: {record_command(assignment)}"
            faults = work.faults_in(RECORDINGS) or ["no recording yet"]
            raise NotThereError(" ".join(faults), advice)
        return work.recordings

    labels = f"{asked.labels} labels" if isinstance(asked.labels, int) else ", ".join(asked.labels)
    sessions = f"{labels}: {asked.sessions} sessions of {asked.seconds} s each"
    origin = "a board, real or virtual" if asked.virtual else "a real board"
    wearer = "each recording names its wearer" if asked.wearer else "not asked"
    return [
        checked(
            "recordings", "Recordings", "readable, without faults", points.recordings,
            lambda: _readable(made(), work),
        ),
        checked("labels", "Labels", sessions, points.labels, lambda: _labels(made(), asked)),
        checked(
            "lost", "Lost samples", f"at most {asked.lost_percent:g} %", points.lost,
            lambda: _lost(made(), asked),
        ),
        checked(
            "clipped", "Clipped samples", f"at most {asked.clipped_percent:g} %", points.clipped,
            lambda: _clipped(made(), asked),
        ),
        checked("wearer", "Wearer", wearer, points.wearer, lambda: _wearer(made(), asked)),
        checked("origin", "Motion from", origin, points.origin, lambda: _origin(made(), asked)),
        checked(
            "copies", "Sessions", "no session is a copy of another", points.copies,
            lambda: _copies(made()),
        ),
    ]  # fmt: skip


def _readable(recordings: Sequence[Recording], work: Submission) -> Finding:
    faults = list(work.faults_in(RECORDINGS))
    faults += [f"{r.name}: {problem}" for r in recordings for problem in r.problems]
    if faults:
        advice = "Repair the recordings that are named, or remove them and record again."
        return Finding(False, " ".join(faults), advice)
    return Finding(True, f"{len(recordings)} recordings")


def label_seconds(recordings: Iterable[Recording]) -> dict[str, dict[str, float]]:
    """Of each label, the seconds per recording: inside the trim, without the gaps."""
    found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for recording in recordings:
        for segment in recording.used_segments:
            missing_us = sum(
                max(0, min(gap.end_us, segment.end_us) - max(gap.start_us, segment.start_us))
                for gap in recording.gaps
            )
            length_us = segment.end_us - segment.start_us - missing_us
            found[segment.label][recording.name] += length_us / 1e6
    return found


def _labels(recordings: Sequence[Recording], asked: RecordingsAsked) -> Finding:
    seconds = label_seconds(recordings)
    wanted = sorted(seconds) if isinstance(asked.labels, int) else asked.labels
    enough = {
        label: sum(round(length) >= asked.seconds for length in seconds.get(label, {}).values())
        for label in wanted
    }
    short = [label for label in wanted if enough[label] < asked.sessions]
    found = "; ".join(
        f"{label} " + (", ".join(f"{s:.0f} s" for s in seconds.get(label, {}).values()) or "0 s")
        for label in wanted
    )
    if isinstance(asked.labels, int):
        passed = len(wanted) - len(short) >= asked.labels
    else:
        passed = not short
    return Finding(
        passed,
        found or "nothing is labelled",
        f"Record more of: {', '.join(short) or 'further labels'}. Each label needs "
        f"{asked.sessions} sessions, each of {asked.seconds} s.",
    )


def _lost(recordings: Sequence[Recording], asked: RecordingsAsked) -> Finding:
    lost = sum(recording.quality.lost for recording in recordings)
    kept = sum(recording.quality.samples for recording in recordings)
    return _share(lost, lost + kept, asked.lost_percent, "Record again nearer to the board.")


def _clipped(recordings: Sequence[Recording], asked: RecordingsAsked) -> Finding:
    clipped = sum(recording.quality.saturated for recording in recordings)
    kept = sum(recording.quality.samples for recording in recordings)
    advice = "Strap the board on tighter, or move less wildly, and record again."
    return _share(clipped, kept, asked.clipped_percent, advice)


def _share(part: int, whole: int, most_percent: float, advice: str) -> Finding:
    percent = 100 * part / max(whole, 1)
    return Finding(percent <= most_percent, f"{percent:.2f} % ({part:,} of {whole:,})", advice)


def _wearer(recordings: Sequence[Recording], asked: RecordingsAsked) -> Finding:
    names = sorted({recording.wearer for recording in recordings if recording.wearer})
    nameless = [recording.name for recording in recordings if not recording.wearer]
    if asked.wearer and nameless:
        advice = "Record with --wearer NAME, or type the wearer in the studio before you record."
        return Finding(False, f"nobody is named in {', '.join(nameless)}", advice)
    return Finding(True, ", ".join(names) or "nobody is named")


def _origin(recordings: Sequence[Recording], asked: RecordingsAsked) -> Finding:
    computed = [recording.name for recording in recordings if is_computed(recording)]
    real = len(recordings) - len(computed)
    found = f"{real} recordings from a real board, {len(computed)} from a virtual one"
    return Finding(
        asked.virtual or not computed, found, f"Record with a real board: {', '.join(computed)}."
    )


def is_computed(recording: Recording) -> bool:
    """Whether no real board made the samples."""
    board = recording.board
    return board.virtual or board.emulated or board.synthetic


def _copies(recordings: Sequence[Recording]) -> Finding:
    known = np.empty(0, np.uint64)
    copies = []
    for recording in recordings:
        runs = _runs(recording)
        if len(runs) and np.mean(np.isin(runs, known)) > _COPIED_SHARE:
            copies.append(recording.name)
        known = np.concatenate([known, runs])
    found = (
        f"samples of {', '.join(copies)} are in another recording as well" if copies else "no copy"
    )
    return Finding(not copies, found, "Each session is recorded anew: record these again.")


def shared_share(some: Iterable[Recording], others: Iterable[Recording]) -> float:
    """The share of runs of samples in `some` that are in `others` as well."""
    nothing = [np.empty(0, np.uint64)]
    ours, theirs = (np.concatenate(nothing + [_runs(r) for r in side]) for side in (some, others))
    return float(np.mean(np.isin(ours, theirs))) if len(ours) else 0.0


def _runs(recording: Recording) -> NDArray[np.uint64]:
    """A hash of each _RUN samples in a row that are not all the same."""
    raw = recording.raw.astype(np.int64).astype(np.uint64)
    if len(raw) < _RUN:
        return np.empty(0, np.uint64)
    factors = np.random.default_rng(0).integers(1, 2**63, (_RUN, raw.shape[1]), np.uint64)
    count = len(raw) - _RUN + 1
    hashes = np.zeros(count, np.uint64)
    for i, factor in enumerate(factors):
        hashes += (raw[i : i + count] * factor).sum(axis=1, dtype=np.uint64)
    changes = np.concatenate([[0], np.cumsum(np.any(np.diff(recording.raw, axis=0) != 0, axis=1))])
    moving = changes[_RUN - 1 :] > changes[:count]
    found: NDArray[np.uint64] = hashes[moving]
    return found
