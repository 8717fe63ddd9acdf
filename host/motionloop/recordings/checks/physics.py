"""What motion must obey: gravity is in every mean of acceleration, and turns as the gyroscope says.

All thresholds were found on real recordings and those that were converted wrongly:
`python -m benchmarks.checks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from motionloop.language import tr

Floats = NDArray[np.float64]

_LONG_S = 2.0  # motion of a body averages out over it, and gravity stays
_SHORT_S = 0.3  # the least time in which gravity's turn is more than the sensor's noise
_HOLE_S = 0.1  # shorter holes do not matter for a mean
_FEWEST_LONG = 2
_FEWEST_SHORT = 10
_MOST_SAMPLES = 120_000  # of a recording, evenly spread: more would say the same
_STILL = 0.05  # of gravity: the largest deviation in a stretch that counts as rest
_FEWEST_STILL = 3

_LEAST_STEADY = 0.3  # of a mean's length and the root mean square, by median; jogging has 0.47
_LEAST_G = 0.6  # runners have 0.94 at least, phones that removed gravity 0.45 at most
_MOST_G = 3.0  # an ankle that runs has 1.8
_REST_G = (0.7, 1.4)
_TURNS = (0.05, 3.0)  # rotation as measured and as gravity shows it: right data have 0.09 to 1.6
_TURNS_STEPS = 92.0  # 57.3 times the 1.6
_LEAST_TURN_RAD = 0.02
_LEAST_MEASURED_RAD = 0.01  # 2 degrees per second: a bias that drifts has less
_FASTEST_RAD_S = 40.0  # sensors end at 2,000 degrees per second, 35 rad/s
_HIGH = 99.9  # percentile


class AccelFault(StrEnum):
    """What acceleration is instead of g."""

    NO_GRAVITY = "gravity removed"
    METRES = "m/s2"
    MILLI_G = "mg"
    STEPS = "steps"
    SCALE = "scale"


class TurnFault(StrEnum):
    """What rotation is instead of rad/s."""

    DEGREES = "deg/s"
    STEPS = "steps"
    TOO_SMALL = "too small"


@dataclass(frozen=True)
class Facts:
    """What a recording's motion shows of gravity and rotation.

    Attributes:
        length: Lengths [k] of the mean acceleration over 2 s, in the data's unit.
        steady: Those lengths [k] per root mean square: 1 at rest.
        unrest: The largest standard deviation of an axis [k] in the same stretches.
        turn_measured: Sum of the squared turns of gravity that the gyroscope says.
        turn_seen: Sum of those that acceleration shows.
        turns: Number of turns.
        fastest: The 99.9th percentile of the gyroscope's length.
    """

    length: Floats = field(default_factory=lambda: np.empty(0))
    steady: Floats = field(default_factory=lambda: np.empty(0))
    unrest: Floats = field(default_factory=lambda: np.empty(0))
    turn_measured: float = 0.0
    turn_seen: float = 0.0
    turns: int = 0
    fastest: float = 0.0

    @property
    def rest_length(self) -> float | None:
        """The median length in the stretches at rest; None without rest."""
        if not len(self.length):
            return None
        still = self.unrest < _STILL * np.median(self.length)
        return float(np.median(self.length[still])) if still.sum() >= _FEWEST_STILL else None


def facts_of(accel: Floats, gyro: Floats, t_us: NDArray[np.int64], rate_hz: float) -> Facts:
    """Measure motion.

    Args:
        accel: Acceleration [n, 3] in what is thought to be g.
        gyro: Angular rate [n, 3] in what is thought to be rad/s.
        t_us: Times [n] in microseconds.
        rate_hz: Samples per second.

    Returns:
        The facts; of long motion, of parts that are spread over it.
    """
    long, _ = _stretches(t_us, max(round(_LONG_S * rate_hz), 2))
    short, joined = _stretches(t_us, max(round(_SHORT_S * rate_hz), 1))
    motion = accel[long]
    mean = motion.mean(axis=1)
    length = np.linalg.norm(mean, axis=1)
    strength = np.sqrt((motion**2).sum(axis=2).mean(axis=1))
    measured, seen, turns = _turns(accel[short], gyro[short], t_us[short[:, 0]], joined)
    speed = np.linalg.norm(gyro[short].reshape(-1, 3), axis=1)
    return Facts(
        length=length,
        steady=length / np.maximum(strength, 1e-12),
        unrest=motion.std(axis=1).max(axis=1),
        turn_measured=measured,
        turn_seen=seen,
        turns=turns,
        fastest=float(np.percentile(speed, _HIGH)) if len(speed) else 0.0,
    )


def pooled(facts: Sequence[Facts]) -> Facts:
    """The facts of several recordings of one source together."""
    if not facts:
        return Facts()
    return Facts(
        length=np.concatenate([f.length for f in facts]),
        steady=np.concatenate([f.steady for f in facts]),
        unrest=np.concatenate([f.unrest for f in facts]),
        turn_measured=sum(f.turn_measured for f in facts),
        turn_seen=sum(f.turn_seen for f in facts),
        turns=sum(f.turns for f in facts),
        fastest=max(f.fastest for f in facts),
    )


def is_judged(facts: Facts) -> bool:
    """Whether there is motion enough to judge acceleration."""
    return len(facts.length) >= _FEWEST_LONG


def judge_acceleration(facts: Facts) -> tuple[AccelFault, str] | None:
    """Judge by gravity which unit acceleration has.

    Args:
        facts: Of a recording, or of several together.

    Returns:
        The fault, and the evidence in words; None for g, or too little motion.
    """
    if not is_judged(facts):
        return None
    rest = facts.rest_length
    length = float(np.median(facts.length)) if rest is None else rest
    steady = float(np.median(facts.steady))
    said = (
        tr("the length of acceleration at rest is {length:.3g}", length=length)
        if rest is not None
        else tr(
            "the mean acceleration over {seconds:g} s, which is gravity, is {length:.3g} long",
            seconds=_LONG_S,
            length=length,
        )
    )
    low, high = (_LEAST_G, _MOST_G) if rest is None else _REST_G
    if steady < _LEAST_STEADY:
        evidence = tr(
            "{said}, {share:.0%} of the motion's own strength; a sensor that measures gravity has "
            "47 %",
            said=said,
            share=steady,
        )
        return AccelFault.NO_GRAVITY, evidence
    if length < low:
        if rest is not None and length > 0.2 and _is_constant(facts):
            return AccelFault.SCALE, tr("{said}, and not 1 g", said=said)
        return AccelFault.NO_GRAVITY, tr("{said}, and not 1 g", said=said)
    if length <= high:
        return None
    evidence = tr("{said}, and not 1", said=said)
    if length <= 6:
        return AccelFault.SCALE, evidence
    if length <= 30:
        return AccelFault.METRES, evidence
    if 500 <= length <= 3000 and not (rest is not None and rest > 1500):
        return AccelFault.MILLI_G, evidence
    return AccelFault.STEPS, evidence


def judge_rotation(facts: Facts, has_gravity: bool) -> tuple[TurnFault, str] | None:
    """Judge by the turns of gravity, and by the range, which unit rotation has.

    Args:
        facts: Of a recording, or of several together.
        has_gravity: Whether gravity is in the acceleration.

    Returns:
        The fault, and the evidence in words; None for rad/s, or too little motion.
    """
    if has_gravity and facts.turns >= _FEWEST_SHORT and facts.turn_seen > 0:
        ratio = float(np.sqrt(facts.turn_measured / facts.turn_seen))
        seen_rad = float(np.sqrt(facts.turn_seen / facts.turns))
        measured_rad = float(np.sqrt(facts.turn_measured / facts.turns))
        said = tr("rotation is {ratio:.3g} times as fast as gravity's direction turns", ratio=ratio)
        if ratio > _TURNS[1] and measured_rad > _LEAST_MEASURED_RAD:
            return (TurnFault.DEGREES if ratio < _TURNS_STEPS else TurnFault.STEPS), said
        if 0 < ratio < _TURNS[0] and seen_rad > _LEAST_TURN_RAD:
            return TurnFault.TOO_SMALL, said
        return None
    if facts.fastest > _FASTEST_RAD_S:
        degrees = facts.fastest < _FASTEST_RAD_S * _TURNS_STEPS
        return (
            TurnFault.DEGREES if degrees else TurnFault.STEPS,
            tr(
                "rotation reaches {fastest:.3g}; no such sensor measures more than 35 rad/s",
                fastest=facts.fastest,
            ),
        )
    return None


def _is_constant(facts: Facts) -> bool:
    """Whether the length is the same in all stretches, as gravity's is."""
    low, high = np.percentile(facts.length, [10, 90])
    return bool(high < 1.3 * low)


def _stretches(t_us: NDArray[np.int64], size: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Indices [k, size] of stretches without a long hole; which follow the one before [k - 1]."""
    cuts = np.flatnonzero(np.diff(t_us) > _HOLE_S * 1e6) + 1
    starts = []
    for begin, end in zip(np.r_[0, cuts], np.r_[cuts, len(t_us)], strict=True):
        starts.append(np.arange(begin, end - size + 1, size))
    first = np.concatenate(starts).astype(np.int64)
    most = max(_MOST_SAMPLES // size, 1)
    if len(first) > most:  # runs of 64 stretches, so that neighbours stay neighbours
        runs = np.linspace(0, len(first) - 64, max(most // 64, 1)).astype(int)
        first = np.unique(first[(runs[:, np.newaxis] + np.arange(64)).clip(0, len(first) - 1)])
    return first[:, np.newaxis] + np.arange(size), np.diff(first) == size


def _turns(
    accel: Floats, gyro: Floats, t_us: NDArray[np.int64], joined: NDArray[np.bool_]
) -> tuple[float, float, int]:
    """The squared turns of gravity between neighbouring stretches: as measured, and as seen."""
    if len(accel) < 2 or not joined.any():
        return 0.0, 0.0, 0
    mean = accel.mean(axis=1)
    direction = mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-12)
    # The median is the sensor's bias: nobody turns one way for ever.
    rate = gyro.mean(axis=1) - np.median(gyro.reshape(-1, 3), axis=0)
    seen = np.diff(direction, axis=0)
    middle = (direction[1:] + direction[:-1]) / 2
    # What rests outside turns the other way in the axes of the body.
    turn = (rate[1:] + rate[:-1]) / 2 * (np.diff(t_us) / 1e6)[:, np.newaxis]
    measured = -np.cross(turn, middle)
    return (
        float((measured[joined] ** 2).sum()),
        float((seen[joined] ** 2).sum()),
        int(joined.sum()),
    )
