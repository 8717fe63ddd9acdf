"""Why is it wrong on me? The last seconds of a board beside what its model learned from.

No Qt here. Every reason names its evidence and what to do; the likeliest comes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motionloop.errors import MotionLoopError, RecordingError, TrainingDataError
from motionloop.language import tr
from motionloop.model.package import ModelPackage
from motionloop.model.wearing import gravity
from motionloop.recordings.recording import Recording, count_saturated
from motionloop.recordings.recording_json import Description, recording_folders
from motionloop.sample_format import SampleFormat
from motionloop.studio.boards.sample_ring import Stretch
from motionloop.windows import collect_windows, evenly, window_ends

LOOKED_AT_S = 10.0
_MOST_WINDOWS, _MOST_RECORDINGS = 3000, 60  # of the training that are compared
_NEAREST = 5  # windows of the training for each window of the stretch
_TURNED_DEG = 45.0  # people differ by up to about 25 degrees, see `motionloop.model.wearing`
_MISSING, _CLIPPED, _RATE = 0.05, 0.01, 0.03  # shares that are said
_BEYOND = 1.25  # times the strength of all but a hundredth of the training's windows

Motion = NDArray[np.float32]  # [k, window, 6] in g and rad/s


@dataclass(frozen=True)
class Reason:
    """What is unusual, with numbers, and what to do about it."""

    words: str
    cure: str


@dataclass(frozen=True, eq=False)
class Learned:
    """Windows that a model was trained on, motion [k, window, 6], with labels and people [k]."""

    motion: Motion
    labels: NDArray[np.str_]
    people: NDArray[np.str_]


@dataclass(frozen=True, eq=False)
class Why:
    """`reasons` are never none, the likeliest first. `mine` [window, 6] is the newest window, and
    `nearest` the training's window most like it, of `nearest_words`; None where the training's
    recordings are not here. Both have `rate_hz` points per second."""

    reasons: tuple[Reason, ...]
    rate_hz: float
    mine: Motion
    nearest: Motion | None
    nearest_words: str


def learned_of(package: ModelPackage, metrics: dict[str, Any], recordings: Path) -> Learned | None:
    """The windows of the training that `metrics` tells of; None if its recordings are not here."""
    sessions = set(metrics.get("data", {}).get("sessions", ()))
    found: list[Recording] = []
    folders = [path for path in recording_folders(recordings) if _name(path) in sessions]
    for index in evenly(np.arange(len(folders)), _MOST_RECORDINGS).tolist():
        try:
            found.append(Recording.open(folders[index]))
        except RecordingError:
            continue
    try:
        windows = collect_windows(found, package.input, package.labels)
    except TrainingDataError:
        return None
    windows = windows.take(evenly(np.arange(len(windows)), _MOST_WINDOWS))
    return Learned(windows.motion, np.array(windows.labels)[windows.label], windows.person)


def _name(path: Path) -> str | None:
    try:
        return Description.load(path).name
    except RecordingError:
        return None


def explain(
    stretch: Stretch,
    samples: SampleFormat,
    package: ModelPackage,
    learned: Learned | None,
    *,
    said: Sequence[str | None] = (),
    warnings: Sequence[str] = (),
    wearer: str = "",
) -> Why:
    """Find out what is unusual about the last seconds of a board.

    Args:
        stretch: Consecutive samples, about LOOKED_AT_S.
        samples: Their rate and scales.
        package: The board's model.
        learned: What it was trained on, if that is here.
        said: The board's answers meanwhile; None for unknown.
        warnings: What the checks of the stream say already.
        wearer: Who wears the board; "" for nobody named.

    Returns:
        The reasons and the picture.

    Raises:
        MotionLoopError: There is no whole window yet.
    """
    spec = package.input
    windower = spec.windower(samples)
    ends = window_ends(windower, spec.hop, 0, len(stretch.raw) - 1)
    if len(ends) == 0:
        raise MotionLoopError(
            tr(
                "There is no whole window of {seconds:.2f} s without a missing sample yet. "
                "Move for ten seconds as you did when it was wrong, and press the button again.",
                seconds=spec.window_s,
            )
        )
    fixed = windower.resample(np.ascontiguousarray(stretch.raw), ends)
    mine = (fixed / np.float32(65536)).astype(np.float32)
    reasons = [Reason(words, tr("See to this first.")) for words in warnings]
    reasons += _of_samples(stretch, samples)
    nearest, nearest_words = None, ""
    if learned is not None:
        reasons += _turned(mine, learned)
        reasons += _strength(mine, learned)
        order = _nearest(mine, learned)
        reasons += _unknown(said, learned)
        reasons += _people(wearer, learned)
        reasons += _neighbours(order, learned, said)
        index = int(order[-1, 0])
        nearest = learned.motion[index]
        whose = learned.people[index] or tr("nobody named")
        nearest_words = tr("{label}, by {person}", label=learned.labels[index], person=whose)
    else:
        reasons.append(
            Reason(
                tr(
                    "The recordings that this model was trained on are not here, so there is "
                    "nothing to compare with."
                ),
                tr("Record your own activities, and press Retrain: then the model knows you."),
            )
        )
    return Why(tuple(reasons), spec.rate_hz, mine[-1], nearest, nearest_words)


# --- reasons, the gravest first -----------------------------------------------------------------
def _of_samples(stretch: Stretch, samples: SampleFormat) -> list[Reason]:
    reasons = []
    clipped = count_saturated(stretch.raw) / len(stretch.raw)
    if clipped > _CLIPPED:
        reasons.append(
            Reason(
                tr(
                    "{share:.0%} of the samples are at the end of the sensor's range.",
                    share=clipped,
                ),
                tr(
                    "The sensor cannot measure so strong a motion: wear the board where it is "
                    "gentler."
                ),
            )
        )
    span_s = float(stretch.t_us[-1] - stretch.t_us[0]) / 1e6
    rate_hz = (len(stretch.t_us) - 1) / span_s if span_s > 0 else samples.rate_hz
    if abs(rate_hz / samples.rate_hz - 1) > _RATE:
        reasons.append(
            Reason(
                tr(
                    "The board measures at {measured_hz:.1f} Hz, and says {said_hz:.1f} Hz.",
                    measured_hz=rate_hz,
                    said_hz=samples.rate_hz,
                ),
                tr("All motion looks faster or slower than it is: check the board's firmware."),
            )
        )
    if span_s < (1 - _MISSING) * LOOKED_AT_S:
        reasons.append(
            Reason(
                tr(
                    "Only the last {seconds:.1f} s are here without a missing sample.",
                    seconds=span_s,
                ),
                tr(
                    "If the board has just connected, wait. Else bring it nearer: where "
                    "samples are missing there is no answer."
                ),
            )
        )
    return reasons


def _turned(mine: Motion, learned: Learned) -> list[Reason]:
    my_directions, my_moving = gravity(mine[:, :, :3].astype(np.float64))
    directions, moving = gravity(learned.motion[:, :, :3].astype(np.float64))
    like = moving if np.median(my_moving) > 0.5 else ~moving
    if not like.any():
        like = np.ones(len(moving), bool)
    cosines = np.clip(my_directions @ directions[like].T, -1, 1)
    angle = float(np.median(np.degrees(np.arccos(cosines)).min(axis=1)))
    if angle <= _TURNED_DEG:
        return []
    return [
        Reason(
            tr(
                "Gravity points {angle:.0f} degrees away from every window of the training "
                "that moves as much.",
                angle=angle,
            ),
            tr(
                "The board is worn turned, or at another place of the body: wear it as in the "
                "training, or record as you wear it now and retrain."
            ),
        )
    ]


def _strength(mine: Motion, learned: Learned) -> list[Reason]:
    strong = float(np.median(_strengths(mine)))
    low, high = np.quantile(_strengths(learned.motion), (0.01, 0.99))
    if strong > _BEYOND * high:
        return [
            Reason(
                tr(
                    "You move more strongly than anybody in the training ({strong:.2f} g, in the "
                    "training at most {high:.2f} g).",
                    strong=strong,
                    high=high,
                ),
                tr("Record the activity as you do it, and retrain; or move more gently."),
            )
        ]
    if strong < low / _BEYOND:
        return [
            Reason(
                tr(
                    "The board hardly moves ({strong:.3f} g, in the training at least {low:.3f} "
                    "g).",
                    strong=strong,
                    low=low,
                ),
                tr("Is the board where it was worn in the training, and not on the table?"),
            )
        ]
    return []


def _strengths(motion: Motion) -> NDArray[np.float64]:
    """Standard deviation of the acceleration of windows [k], all axes together, in g."""
    deviations: NDArray[np.float64] = np.sqrt(motion[:, :, :3].var(axis=1).sum(axis=1))
    return deviations


def _unknown(said: Sequence[str | None], learned: Learned) -> list[Reason]:
    share = sum(label is None for label in said) / len(said) if said else 0.0
    if share < 0.5:
        return []
    known = ", ".join(sorted(set(learned.labels.tolist())))
    return [
        Reason(
            tr(
                "{share:.0%} of the answers were unknown: your motion is unlike all that the "
                "model learned ({labels}).",
                share=share,
                labels=known,
            ),
            tr(
                "Is it one of these? If so, record it as you do it, and retrain. If not, add a "
                "label."
            ),
        )
    ]


def _people(wearer: str, learned: Learned) -> list[Reason]:
    people = sorted(set(learned.people.tolist()) - {""})
    if not wearer or wearer in people or not people:
        return []
    return [
        Reason(
            tr(
                "There is no motion of {wearer} in the training, only of {people}.",
                wearer=wearer,
                people=", ".join(people[:6]),
            ),
            tr(
                "Record {wearer}, half a minute of each label, and train for {wearer} on the "
                "page Train.",
                wearer=wearer,
            ),
        )
    ]


def _neighbours(
    order: NDArray[np.int64], learned: Learned, said: Sequence[str | None]
) -> list[Reason]:
    """Whose windows are most like these; the answer's other half is the model's own."""
    labels = Counter(learned.labels[order].ravel().tolist()).most_common(2)
    people = Counter(learned.people[order].ravel().tolist()).most_common(1)
    label, count = labels[0]
    share = count / order.size
    whose = people[0][0] or tr("nobody named")
    answers = Counter(answer or tr("unknown") for answer in said).most_common(1)
    if share < 0.8 and len(labels) > 1:
        found = tr(
            "The motion lies between {first} and {second} ({first_share:.0%} and "
            "{second_share:.0%} of the nearest windows of the training)",
            first=label, second=labels[1][0],
            first_share=share, second_share=labels[1][1] / order.size,
        )  # fmt: skip
        cure = tr(
            "Record more of both, in several ways, {first} and {second}, or press That was "
            "wrong and the right label.",
            first=label,
            second=labels[1][0],
        )
    else:
        found = tr(
            "The nearest windows of the training are {label} ({share:.0%} of them), mostly of "
            "{person}",
            label=label,
            share=share,
            person=whose,
        )
        cure = tr(
            "If that is what you did, the motion is usual and the model weak: record more "
            "of it. If you did something else, look whether these recordings have the "
            "right label."
        )
    if answers:
        words = tr("{found}, and the board said {label}.", found=found, label=answers[0][0])
    else:
        words = tr("{found}.", found=found)
    return [Reason(words, cure)]


# --- likeness -----------------------------------------------------------------------------------
def _nearest(mine: Motion, learned: Learned) -> NDArray[np.int64]:
    """Of each window of mine the indices [k, _NEAREST] of the training's nearest."""
    known = motion_features(learned.motion)
    middle, deviation = known.mean(axis=0), known.std(axis=0) + 1e-9
    a, b = (motion_features(mine) - middle) / deviation, (known - middle) / deviation
    distance = np.linalg.norm(a[:, np.newaxis] - b, axis=2)
    order: NDArray[np.int64] = np.argsort(distance, axis=1)[:, :_NEAREST]
    return order


def motion_features(motion: NDArray[Any]) -> NDArray[np.float64]:
    """Posture, strength and pace of every axis of windows [k, window, 6]: float64 [k, 18]."""
    values = motion.astype(np.float64)
    strength = np.log(values.std(axis=1) + 1e-3)
    pace = np.log(np.abs(np.diff(values, axis=1)).mean(axis=1) + 1e-4) - strength
    return np.concatenate([values.mean(axis=1), strength, pace], axis=1)
