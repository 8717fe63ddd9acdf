"""Units of acceleration and rotation: their names in files, and what the numbers themselves say."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motionloop.language import tr

G_M_S2 = 9.80665
ACCEL_UNITS = {"g": 1.0, "m/s2": 1 / G_M_S2, "mg": 1e-3, "ug": 1e-6, "cm/s2": 0.01 / G_M_S2}
GYRO_UNITS = {
    "rad/s": 1.0,
    "deg/s": math.pi / 180,
    "mdps": math.pi / 180e3,
    "mrad/s": 1e-3,
    "rpm": math.pi / 30,
}
_STEPS = re.compile(r"(\d+(?:\.\d+)?)\s*/\s*(g|dps|deg/s|rad/s)")  # steps of the sensor per unit

# How units are written, compared without spaces, brackets and letter case.
_ACCEL_NAMES = {
    "g": "g", "gs": "g", "g's": "g", "gn": "g", "gforce": "g", "g-force": "g",
    "m/s2": "m/s2", "m/s^2": "m/s2", "m/s²": "m/s2", "m/s**2": "m/s2", "m/s/s": "m/s2",
    "ms-2": "m/s2", "ms^-2": "m/s2", "ms⁻²": "m/s2", "m*s^-2": "m/s2", "m·s^-2": "m/s2",
    "m·s⁻²": "m/s2", "mps2": "m/s2", "ms2": "m/s2", "m_s2": "m/s2", "m/sec2": "m/s2",
    "m/sec^2": "m/s2",
    "meterspersecondsquared": "m/s2", "metrespersecondsquared": "m/s2", "meters/second^2": "m/s2",
    "mg": "mg", "milli-g": "mg", "millig": "mg", "milligs": "mg", "ug": "ug", "\u00b5g": "ug",
    "cm/s2": "cm/s2", "cm/s^2": "cm/s2", "cm/s²": "cm/s2", "gal": "cm/s2",
}  # fmt: skip
_GYRO_NAMES = {
    "rad/s": "rad/s", "rads": "rad/s", "rad_s": "rad/s", "rads-1": "rad/s", "rads^-1": "rad/s",
    "rads⁻¹": "rad/s", "rad/sec": "rad/s", "rps": "rad/s", "radpersec": "rad/s",
    "radianspersecond": "rad/s", "radians/second": "rad/s", "radians/s": "rad/s",
    "deg/s": "deg/s", "dps": "deg/s", "°/s": "deg/s", "degs": "deg/s", "deg_s": "deg/s",
    "º/s": "deg/s", "deg/sec": "deg/s", "degs-1": "deg/s", "°s-1": "deg/s", "°s^-1": "deg/s",
    "degps": "deg/s", "degpersec": "deg/s", "degreespersecond": "deg/s", "degrees/s": "deg/s",
    "degrees/second": "deg/s", "grad/s": "deg/s",
    "mdps": "mdps", "mdeg/s": "mdps", "m°/s": "mdps", "millidps": "mdps",
    "mrad/s": "mrad/s", "rpm": "rpm",
}  # fmt: skip

# The words in all those names: in the name of a file they are no label.
WORDS = frozenset(
    word for name in (*_ACCEL_NAMES, *_GYRO_NAMES) for word in re.findall(r"[^\W\d_]+", name)
)

_QUIET_SHARE = 0.1  # the quietest stretches, in which the body rests most nearly
_STRETCH_S = 0.5
_SAMPLE = 200_000  # samples are enough to judge a file by
_MOST_RAD_S = 35.0  # 2,000 deg/s, the end of what such sensors measure
_MOST_DEG_S = 4000.0
_MOVES_G = 0.15  # standard deviation: the body moves as in walking
_RESTS_G = 0.03
_LEAST_DEG_S_PER_G = 40.0
_LEAST_DEG_S = 12.0  # of a body that moves so


@dataclass(frozen=True)
class Judgement:
    """A unit that the numbers themselves show.

    Attributes:
        unit: None when they do not show one.
        evidence: What they show, in words.
    """

    unit: str | None
    evidence: str


def accel_unit_named(text: str) -> str | None:
    """The unit of acceleration that a text means, such as "m/s^2" or "[g]"; None for others."""
    return _ACCEL_NAMES.get(_plain(text))


def gyro_unit_named(text: str) -> str | None:
    """The unit of rotation that a text means, such as "°/s" or "dps"; None for others."""
    return _GYRO_NAMES.get(_plain(text))


def accel_factor(unit: str) -> float:
    """Find the factor from a unit to g.

    Args:
        unit: g, m/s2, mg, ug, cm/s2, another name of these, or "16384/g": steps per g.

    Returns:
        The factor.

    Raises:
        ValueError: There is no such unit.
    """
    known = accel_unit_named(unit)
    if known is not None:
        return ACCEL_UNITS[known]
    steps, of = _steps(unit)
    if of == "g":
        return 1 / steps
    raise ValueError(
        tr(
            "{unit!r} is no unit of acceleration: give {accel_units}, or the steps per g of a "
            "raw sensor, such as 16384/g",
            unit=unit,
            accel_units=", ".join(ACCEL_UNITS),
        )
    )


def gyro_factor(unit: str) -> float:
    """Find the factor from a unit to rad/s.

    Args:
        unit: rad/s, deg/s, mdps, mrad/s, rpm, another name of these, or "131/dps": steps per
            degree per second.

    Returns:
        The factor.

    Raises:
        ValueError: There is no such unit.
    """
    known = gyro_unit_named(unit)
    if known is not None:
        return GYRO_UNITS[known]
    steps, of = _steps(unit)
    if of in GYRO_UNITS:
        return GYRO_UNITS[of] / steps
    raise ValueError(
        tr(
            "{unit!r} is no unit of rotation: give {gyro_units}, or the steps per degree per "
            "second of a raw sensor, such as 131/dps",
            unit=unit,
            gyro_units=", ".join(GYRO_UNITS),
        )
    )


def _steps(unit: str) -> tuple[float, str]:
    """A sensor's steps per unit, and that unit, in "16384/g"; no unit for other texts."""
    found = _STEPS.fullmatch(unit.strip().lower())
    if found is None or not float(found[1]):
        return 0.0, ""
    return float(found[1]), "deg/s" if found[2] == "dps" else found[2]


def rest_length(acceleration: NDArray[np.float64], rate_hz: float) -> float:
    """Measure the length of acceleration where the body is quietest: gravity, if it is in.

    Args:
        acceleration: Samples [n, 3] in any unit.
        rate_hz: Samples per second.

    Returns:
        The median length in the quietest tenth of all half seconds, in the same unit; nan without
        samples.
    """
    size = max(int(rate_hz * _STRETCH_S), 1)
    acceleration = acceleration[:_SAMPLE]
    count = len(acceleration) // size
    if count < 1:
        return float(np.median(_length(acceleration))) if len(acceleration) else math.nan
    stretches = acceleration[: count * size].reshape(count, size, 3)
    unrest = stretches.std(axis=1).sum(axis=1)
    quiet = np.argsort(unrest)[: max(round(count * _QUIET_SHARE), 1)]
    return float(np.median(_length(stretches[quiet].reshape(-1, 3))))


def judge_acceleration(pieces: Sequence[tuple[NDArray[np.float64], float]]) -> Judgement:
    """Judge by the length of acceleration at rest which unit it has.

    Args:
        pieces: Samples [n, 3] and samples per second of each piece; one unit for all.

    Returns:
        g, m/s2 or mg where the length at rest is near 1, 9.8 or 1,000 of it.
    """
    lengths = np.array([rest_length(values, rate_hz) for values, rate_hz in pieces])
    weights = np.array([len(values) for values, _ in pieces])
    length = _weighted_median(lengths, weights)
    for unit, gravity in (("g", 1.0), ("m/s2", G_M_S2), ("mg", 1000.0)):
        if 0.75 * gravity < length < 1.3 * gravity:
            return Judgement(
                unit, tr("its length in the quietest motion is {length:.4g}", length=length)
            )
    return Judgement(
        None,
        tr(
            "its length in the quietest motion is {length:.4g}, not near 1, 9.8 or 1,000",
            length=length,
        ),
    )


def judge_rotation(
    pieces: Sequence[tuple[NDArray[np.float64], NDArray[np.float64], float]],
) -> Judgement:
    """Judge which unit rotation has: by its range, else by how gravity turns with it.

    Args:
        pieces: Acceleration [n, 3] in g, rotation [n, 3] and samples per second of each piece;
            one unit for all.

    Returns:
        rad/s, deg/s or mdps, or no unit where the motion is too little to show it.
    """
    most = max((float(np.abs(rotation).max(initial=0)) for _, rotation, _ in pieces), default=0)
    strong = np.concatenate([np.empty(0), *(_length(rot[:_SAMPLE]) for _, rot, _ in pieces)])
    high = float(np.quantile(strong, 0.999)) if len(strong) else 0.0
    if high > _MOST_DEG_S:
        return Judgement(
            "mdps", tr("it reaches {most:.4g}, more than 4,000 degrees per second", most=most)
        )
    unrest = max((float(accel.std(axis=0).max(initial=0)) for accel, _, _ in pieces), default=0)
    if high > _MOST_RAD_S and unrest > _RESTS_G:
        return Judgement(
            "deg/s", tr("it reaches {most:.4g}, more than any sensor has in rad/s", most=most)
        )
    if unrest > _MOVES_G and high < max(_LEAST_DEG_S, _LEAST_DEG_S_PER_G * unrest):
        return Judgement(
            "rad/s",
            tr(
                "it reaches {most:.4g} in motion of {unrest:.2g} g: too little to be degrees",
                most=most,
                unrest=unrest,
            ),
        )
    ratio, certain = _turn_ratio(pieces)
    if certain:
        for unit, factor in (("rad/s", 1.0), ("deg/s", 57.3), ("mdps", 57.3e3)):
            if 0.3 < ratio * factor < 3:
                return Judgement(
                    unit,
                    tr(
                        "gravity turns {ratio:.2g} times as fast as its numbers say in rad/s",
                        ratio=ratio,
                    ),
                )
    return Judgement(
        None, tr("it reaches {most:.4g}, and too little turns to show its unit", most=most)
    )


def _turn_ratio(
    pieces: Sequence[tuple[NDArray[np.float64], NDArray[np.float64], float]],
) -> tuple[float, bool]:
    """How much faster gravity turns in the body's axes than the rotation's numbers say in rad/s.

    The second value says whether both agree well enough to trust the first.
    """
    xy = xx = yy = 0.0
    count = 0
    for acceleration, rotation, rate_hz in pieces:
        size = max(int(rate_hz * 0.5), 1)
        steps = min(len(acceleration), _SAMPLE) // size
        if steps < 3:
            continue
        accel = acceleration[: steps * size].reshape(steps, size, 3).mean(axis=1)
        turn = rotation[: steps * size].reshape(steps, size, 3).mean(axis=1) * (size / rate_hz)
        # A vector that rests outside turns the other way in the axes of the body.
        predicted = -np.cross((turn[1:] + turn[:-1]) / 2, (accel[1:] + accel[:-1]) / 2)
        seen = np.diff(accel, axis=0)
        quiet = np.abs(_length(accel) - 1) < 0.3
        both = quiet[1:] & quiet[:-1]
        predicted, seen = predicted[both], seen[both]
        xy += float((predicted * seen).sum())
        xx += float((predicted**2).sum())
        yy += float((seen**2).sum())
        count += int(both.sum())
    if count < 6 or not xx or not yy:
        return 0.0, False
    return abs(xy) / xx, abs(xy) / math.sqrt(xx * yy) > 0.4


def _length(values: NDArray[np.float64]) -> NDArray[np.float64]:
    length: NDArray[np.float64] = np.sqrt((values**2).sum(axis=1))
    return length


def _weighted_median(values: NDArray[np.float64], weights: NDArray[np.int64]) -> float:
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    if not len(total) or not total[-1]:
        return math.nan
    return float(values[order][np.searchsorted(total, total[-1] / 2)])


def _plain(text: str) -> str:
    return re.sub(r"[\s\[\](){}]", "", text).lower().replace("\u03bc", "\u00b5")
