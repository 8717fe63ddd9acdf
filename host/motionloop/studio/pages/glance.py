"""The recordings at a glance: amounts, problems, labels that look alike, and the next step."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motionloop.errors import MotionLoopError, TrainingDataError
from motionloop.language import tr
from motionloop.model.package import input_spec
from motionloop.recordings.checks.check import check_recordings
from motionloop.recordings.checks.finding import Finding, split_findings
from motionloop.recordings.content_hash import joined_hash
from motionloop.recordings.facts import facts_in
from motionloop.recordings.recording import SAMPLES_FILE, Recording
from motionloop.recordings.recording_json import DESCRIPTION_FILE, Description, recording_folders
from motionloop.recordings.segments import Segment
from motionloop.recordings.unfinished import goes_on
from motionloop.studio.boards.why import motion_features
from motionloop.windows import MIN_SECONDS_PER_LABEL, WindowSet, collect_windows

_LOST_SHARE = 0.01  # from here on losses and saturation are reported
_UNBALANCED = 4.0  # the most recorded label has so many times the least recorded one's seconds
_ALIKE_SHARE = 0.2
_LARGEST_BYTES = 40_000_000  # of samples.csv; a longer one is counted, but not on the map
_POINTS = 1500  # on the map


@dataclass(frozen=True)
class RecordingNote:
    """A recording in the list; `problems` in words, none if it is as it should be or goes on."""

    path: Path
    name: str
    wearer: str
    minutes: float
    problems: tuple[str, ...]
    goes_on: bool = False


@dataclass(frozen=True)
class Advice:
    """The next step in words, and its page of the window."""

    words: str
    page: str


@dataclass(frozen=True)
class Glance:
    """`seconds`: of each label, of each person, inside the trims. `sessions`: the number of
    sessions of each label. `points` float64 [k, 2] are windows on a map on which similar windows
    lie together, `point_labels` [k]. `findings`: what the checks say of the recordings that were
    read. `sha256`: of what a training sees, as `motionloop dataset` prints it."""

    seconds: dict[str, dict[str, float]]
    sessions: dict[str, int]
    notes: tuple[RecordingNote, ...]
    points: NDArray[np.float64]
    point_labels: tuple[str, ...]
    alike: tuple[tuple[str, str, float], ...]  # label, taken for label, share; the worst first
    advice: Advice
    findings: tuple[Finding, ...] = ()
    sha256: str = ""


@dataclass(frozen=True)
class _Looked:
    """The facts of a recording; `recording` only if it was read."""

    note: RecordingNote
    segments: tuple[Segment, ...] = ()
    recording: Recording | None = None


class Glancer:
    """Looks at a folder; recordings that did not change are not read again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[Path, tuple[tuple[int, ...], _Looked]] = {}

    def look(self) -> Glance:
        """Look into the folder. A recording that cannot be read is a note with the reason."""
        paths = recording_folders(self._folder)
        found = [self._look_at(path) for path in paths]
        seconds: dict[str, dict[str, float]] = {}
        sessions: dict[str, int] = {}
        for looked in found:
            for label in {segment.label for segment in looked.segments}:
                sessions[label] = sessions.get(label, 0) + 1
            for segment in looked.segments:
                people = seconds.setdefault(segment.label, {})
                length_s = (segment.end_us - segment.start_us) / 1e6
                people[looked.note.wearer] = people.get(looked.note.wearer, 0.0) + length_s
        notes = tuple(looked.note for looked in found)
        read = [looked.recording for looked in found if looked.recording]
        points, names, alike = _map(read)
        findings = check_recordings(read)
        advice = _advice(notes, seconds, sessions, alike)
        if stopping := split_findings(findings)[0]:
            advice = Advice(
                tr("This would stop a training. {finding}", finding=stopping[0]), "Record"
            )
        hashes = [one for facts in facts_in(paths)[0] for one in facts.hashes.values()]
        sha256 = joined_hash(hashes) if hashes else ""
        return Glance(seconds, sessions, notes, points, names, alike, advice, findings, sha256)

    def _look_at(self, path: Path) -> _Looked:
        files = [path / SAMPLES_FILE, path / DESCRIPTION_FILE]
        try:
            states = [file.stat() for file in files]
            state = tuple(value for s in states for value in (s.st_mtime_ns, s.st_size))
            if path in self._known and self._known[path][0] == state:
                return self._known[path][1]
            is_long = states[0].st_size > _LARGEST_BYTES
            looked = _look_from_afar(path) if is_long else _look_into(path)
        except (MotionLoopError, OSError) as error:
            return _Looked(RecordingNote(path, path.name, "", 0.0, (str(error),)))
        if goes_on(path):  # until its program ends, which may change no file
            return replace(looked, note=replace(looked.note, problems=(), goes_on=True))
        self._known[path] = state, looked
        return looked


def _look_into(path: Path) -> _Looked:
    recording = Recording.open(path)
    note = _note(path, recording)
    if recording.description.excluded:
        return _Looked(note)
    return _Looked(note, recording.used_segments, recording)


def _look_from_afar(path: Path) -> _Looked:
    """The facts of recording.json only."""
    description = Description.load(path)
    note = RecordingNote(
        path,
        path.name,
        description.wearer,
        description.samples / description.board.format.rate_hz / 60,
        () if description.segments else (_not_labelled(),),
    )
    return _Looked(note, () if description.excluded else description.segments)


def _note(path: Path, recording: Recording) -> RecordingNote:
    quality, problems = recording.quality, list(recording.problems)
    total = max(1, quality.samples + quality.lost)
    if quality.lost > _LOST_SHARE * total:
        share = quality.lost / total
        problems.append(tr("{share:.0%} of its samples are missing.", share=share))
    if quality.saturated > _LOST_SHARE * total:
        share = quality.saturated / total
        problems.append(tr("{share:.0%} of its samples are at the sensor's end.", share=share))
    if not recording.segments and quality.samples:
        problems.append(_not_labelled())
    minutes = quality.duration_s / 60
    return RecordingNote(path, recording.name, recording.wearer, minutes, tuple(problems))


def _map(
    recordings: Sequence[Recording],
) -> tuple[NDArray[np.float64], tuple[str, ...], tuple[tuple[str, str, float], ...]]:
    """Points [k, 2], their labels, and the pairs of labels that look alike."""
    try:
        windows = collect_windows(recordings, input_spec())
    except TrainingDataError:
        return np.zeros((0, 2)), (), ()
    features = _features(windows)
    alike = _alike(features, windows)
    # The two directions in which the windows differ most; the row of zeros makes two of a single
    # window, too.
    rows = np.vstack([features, np.zeros_like(features[:1])])
    _, _, directions = np.linalg.svd(rows, full_matrices=False)
    which = np.unique(np.linspace(0, len(features) - 1, _POINTS).astype(int))
    points = features[which] @ directions[:2].T
    return points, tuple(windows.labels[i] for i in windows.label[which]), alike


def _features(windows: WindowSet) -> NDArray[np.float64]:
    """[k, 18], each with mean 0 and deviation 1: posture, strength and pace of every axis."""
    features = motion_features(windows.motion)
    centred: NDArray[np.float64] = features - features.mean(axis=0)
    scaled: NDArray[np.float64] = centred / (centred.std(axis=0) + 1e-9)
    return scaled


def _alike(features: NDArray[np.float64], windows: WindowSet) -> tuple[tuple[str, str, float], ...]:
    """The labels whose windows lie nearer to another label's middle than to their own."""
    present = np.unique(windows.label)
    middles = np.array([features[windows.label == i].mean(axis=0) for i in present])
    distance = np.linalg.norm(features[:, np.newaxis] - middles, axis=2)
    nearest = present[distance.argmin(axis=1)]
    pairs = []
    for i in present:
        own = nearest[windows.label == i]
        for j in present:
            share = float(np.mean(own == j))
            if i != j and share > 0:
                pairs.append((windows.labels[i], windows.labels[j], share))
    return tuple(sorted(pairs, key=lambda pair: -pair[2]))


def _advice(
    notes: Sequence[RecordingNote],
    seconds: dict[str, dict[str, float]],
    sessions: dict[str, int],
    alike: tuple[tuple[str, str, float], ...],
) -> Advice:
    """The next recording: the first thing that is missing."""
    total = {label: sum(people.values()) for label, people in seconds.items()}
    unlabelled = [note.name for note in notes if _not_labelled() in note.problems]
    if not total and unlabelled:
        name = unlabelled[-1]
        words = tr("Label {recording}: what is not labelled cannot be learnt.", recording=name)
        return Advice(words, "Label")
    if not total:
        words = tr("Record two activities, half a minute of each, to begin with.")
        return Advice(words, "Record")
    if (missing := _missing(total, seconds, sessions, alike)) is not None:
        return Advice(missing, "Record")
    return Advice(tr("Nothing is missing: train."), "Train")


def _missing(
    total: dict[str, float],
    seconds: dict[str, dict[str, float]],
    sessions: dict[str, int],
    alike: tuple[tuple[str, str, float], ...],
) -> str | None:
    least, most = min(total, key=total.__getitem__), max(total, key=total.__getitem__)
    if len(total) == 1:
        return tr(
            "Record a second activity: a model that knows only {label} has nothing to distinguish.",
            label=least,
        )
    if total[least] < MIN_SECONDS_PER_LABEL:
        return tr(
            "Record {more} s more of {label}: a label needs {least:.0f} s before a model can be "
            "trained.",
            more=math.ceil(MIN_SECONDS_PER_LABEL - total[least]),
            label=least,
            least=MIN_SECONDS_PER_LABEL,
        )
    single = sorted(label for label, count in sessions.items() if count < 2)
    if single:
        return tr(
            "Record {labels} in a second session: take the board off and put it on again first. "
            "Then one session can be held out and the accuracy is honest.",
            labels=", ".join(single),
        )
    if total[most] > _UNBALANCED * total[least]:
        return tr(
            "Record more of {label}: there is {times:.0f} times as much {other}.",
            label=least,
            times=total[most] / total[least],
            other=most,
        )
    if alike and alike[0][2] > _ALIKE_SHARE:
        one, other, share = alike[0]
        return tr(
            "Record {label} and {other} again, each in several ways: {share:.0%} of {label} looks "
            "more like {other}.",
            label=one,
            other=other,
            share=share,
        )
    people = sorted({person for known in seconds.values() for person in known})
    if len(people) < 2:
        return tr("Have a second person record the same, if the model is to work for others too.")
    for person in people:
        lacking = sorted(label for label in total if person not in seconds[label])
        if lacking:
            return tr(
                "Have {person} record {labels} too: otherwise the model may distinguish people "
                "instead of activities.",
                person=person or tr("the person without a name"),
                labels=", ".join(lacking),
            )
    return None


def _not_labelled() -> str:
    return tr("Nothing in it is labelled.")
