"""Notices a board that is worn turned, compared with how it was worn in training.

A model learns the direction of gravity as much as it learns movement: on a board that is turned by
90 degrees nearly all its answers are wrong, and the answers alone do not show this. The mean
acceleration of a window is gravity, so its direction in the sensor's axes is compared with the
directions in training.

Where an activity moves the body, only moving windows count: a board that is turned by 90 degrees on
a standing person looks like a board on a lying person, but nobody walks while lying. A turn about
the vertical does not change gravity and is not noticed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from motionloop import wire
from motionloop.language import tr
from motionloop.model import input_defaults
from motionloop.model.folder import metrics_of
from motionloop.sample_format import SampleFormat
from motionloop.typed_values import OTHER_SHAPE, typed_value

FloatArray = NDArray[np.float64]

MOVING_G = 0.08  # standard deviation of acceleration, all axes: more is moving
_PARTS = 4  # of a window, each must move: a person who lies down or turns over soon rests again
LEAST_LIMIT_DEG = 45.0  # people differ by up to about 25 degrees, a turned board by 90
WIDEST_SPREAD_DEG = 75.0  # a label with more was worn in too many ways to be of use
SPREAD_QUANTILE = 0.95
_FEWEST_PEOPLE, _FEWEST_OF_A_PERSON = 3, 5  # people, and windows per person
WINDOWS = 12  # the newest windows, which are judged
FEWEST_WINDOWS = 6  # so many of them must count; their median is judged


@dataclass(frozen=True)
class Wearing:
    """How the board was worn in the recordings of a model's training.

    Attributes:
        moving: Whether the directions come from moving windows; from still windows where no
            activity moves.
        directions: Unit vector of gravity in the sensor's axes per label that counts.
        limit_deg: A board whose gravity is further from all directions is worn turned.
    """

    moving: bool
    directions: dict[str, tuple[float, float, float]]
    limit_deg: float

    @classmethod
    def from_json(cls, document: Any) -> Self:
        """Read the document that `to_json` makes.

        Args:
            document: Part of metrics.json.

        Returns:
            How the board was worn.

        Raises:
            ValueError: A value is missing or of another type, or there is no direction.
            TypeError: A direction is not of numbers.
            OverflowError: A number is far too large.
        """
        found = typed_value(document, "directions", dict)
        units = np.array([typed_value(found, label, list) for label in found], np.float64)
        if units.shape[1:] != (3,) or not (np.abs(units) <= 1).all():  # NaN is not, either
            raise ValueError("a direction is no unit vector")
        return cls(
            typed_value(document, "moving", bool),
            {label: (x, y, z) for label, (x, y, z) in zip(found, units.tolist(), strict=True)},
            typed_value(document, "limit_deg", float),
        )

    def to_json(self) -> dict[str, Any]:
        """The fields as a document for metrics.json."""
        return asdict(self)

    def angles_deg(self, directions: FloatArray) -> FloatArray:
        """Angles [k] of unit vectors [k, 3] to the nearest direction of training, in degrees."""
        known = np.array(list(self.directions.values()))
        nearest: FloatArray = _angles_deg(directions @ known.T).min(axis=1)
        return nearest


def learn_wearing(
    acceleration_g: FloatArray, label: NDArray[np.int64], labels: Sequence[str]
) -> Wearing | None:
    """Find how the board was worn in labelled windows.

    Args:
        acceleration_g: Windows [k, n, 3] in g.
        label: Class indices [k] into `labels`.
        labels: Names of the classes.

    Returns:
        How the board was worn; None when it was worn in too many ways for any label to count.
    """
    directions, moving = gravity(acceleration_g)
    moves = [bool(np.median(moving[label == i]) > 0.5) for i in np.unique(label)]
    used = moving if any(moves) else ~moving
    found: dict[str, tuple[float, float, float]] = {}
    spreads_deg = []
    for i, moves_mostly in zip(np.unique(label), moves, strict=True):
        of_label = directions[used & (label == i)]
        if moves_mostly != any(moves) or len(of_label) == 0:
            continue
        mean = of_label.mean(axis=0)
        mean /= max(float(np.linalg.norm(mean)), 1e-9)
        spread_deg = float(np.quantile(_angles_deg(of_label @ mean), SPREAD_QUANTILE))
        if spread_deg <= WIDEST_SPREAD_DEG:
            x, y, z = (round(float(value), 4) for value in mean)
            found[labels[i]] = (x, y, z)
            spreads_deg.append(spread_deg)
    if not found:
        return None
    return Wearing(any(moves), found, round(max(LEAST_LIMIT_DEG, *spreads_deg), 1))


def tilt_between_people_rad(
    acceleration_g: FloatArray, label: NDArray[np.int64], person: NDArray[np.str_]
) -> float | None:
    """Measure how differently people wear the board.

    Per label, the angles between each person's mean gravity and the mean of all people are taken
    in moving windows. A turn about gravity does not show.

    Args:
        acceleration_g: Windows [k, n, 3] in g.
        label: Class indices [k].
        person: Names [k].

    Returns:
        The root mean square angle in rad, as the mean over labels; None where no label has three
        people who move.
    """
    directions, moving = gravity(acceleration_g)
    tilts_rad = []
    for i in np.unique(label):
        of_people = []
        for name in np.unique(person):
            own = directions[moving & (label == i) & (person == name)]
            if len(own) >= _FEWEST_OF_A_PERSON:
                of_people.append(own.mean(axis=0))
        if len(of_people) < _FEWEST_PEOPLE:
            continue
        units = np.array(of_people)
        units /= np.maximum(np.linalg.norm(units, axis=1, keepdims=True), 1e-9)
        mean = units.mean(axis=0)
        mean /= max(float(np.linalg.norm(mean)), 1e-9)
        tilts_rad.append(np.sqrt(np.mean(np.radians(_angles_deg(units @ mean)) ** 2)))
    return float(np.mean(tilts_rad)) if tilts_rad else None


def gravity(acceleration_g: FloatArray) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Find the direction of gravity in windows, and the windows that move.

    Args:
        acceleration_g: Windows [k, n, 3] in g.

    Returns:
        Unit vectors [k, 3], and whether each window moves [k].
    """
    mean = acceleration_g.mean(axis=1)
    norm = np.linalg.norm(mean, axis=1, keepdims=True)
    parts = np.array_split(acceleration_g, _PARTS, axis=1)
    deviations_g = [np.sqrt(part.var(axis=1).sum(axis=1)) for part in parts]
    return mean / np.maximum(norm, 1e-9), np.min(deviations_g, axis=0) > MOVING_G


class WearingCheck:
    """Compares a stream of samples with how the board was worn in training.

    Args:
        wearing: How the board was worn in training.
        samples: Rate and scales of the stream.
        window_s: Length of a window.
    """

    def __init__(
        self, wearing: Wearing, samples: SampleFormat, window_s: float = input_defaults.WINDOW_S
    ) -> None:
        self._wearing = wearing
        self._g_per_lsb = samples.accel_ng_per_lsb * 1e-9
        self._length = max(2 * _PARTS, round(samples.rate_hz * window_s))
        self._waiting = np.empty((0, 3), np.float64)
        self._angles_deg: deque[float] = deque(maxlen=WINDOWS)  # NaN: a window that does not count
        self._median_deg: float | None = None

    def add_samples(self, raw: NDArray[np.int16]) -> None:
        """Add the next samples [k, 6] of the stream."""
        self._waiting = np.concatenate([self._waiting, raw[:, :3] * self._g_per_lsb])
        count = len(self._waiting) // self._length
        if count == 0:
            return
        whole, self._waiting = np.split(self._waiting, [count * self._length])
        directions, moving = gravity(whole.reshape(count, self._length, 3))
        angles_deg = self._wearing.angles_deg(directions)
        angles_deg[moving != self._wearing.moving] = np.nan
        for angle_deg in angles_deg.tolist():
            self._angles_deg.append(angle_deg)
            # With fewer, the last judgement stays: nobody turns a board by sitting down.
            if np.count_nonzero(~np.isnan(self._angles_deg)) >= FEWEST_WINDOWS:
                self._median_deg = float(np.nanmedian(self._angles_deg))

    @property
    def judged(self) -> bool:
        """Whether enough windows counted for a judgement."""
        return self._median_deg is not None

    @property
    def turned_deg(self) -> float | None:
        """Angle by which the board is turned; None when it is not turned, or without judgement."""
        found = self._median_deg
        return found if found is not None and found > self._wearing.limit_deg else None

    @property
    def warning(self) -> str | None:
        """`turned_deg` in words, with advice; None when the board is not turned."""
        if self.turned_deg is None:
            return None
        return tr(
            "The board is worn turned by about {degrees:.0f} degrees from how it was worn in "
            "training: put it on as then, or record and train this way too.",
            degrees=round(self.turned_deg, -1),
        )


def find_wearing(models: Path, model_id: bytes) -> Wearing | None:
    """Find how the board was worn in the training of a model.

    Args:
        models: Folder of models.
        model_id: The 8 bytes of `package.model_id`.

    Returns:
        How the board was worn; None when no folder of `models` has the figures of this model.
    """
    for metrics in metrics_of(models, model_id):
        with suppress(*OTHER_SHAPE):  # older metrics lack it
            return Wearing.from_json(metrics["wearing"])
    return None


def wearing_check(models: Path, info: wire.Info) -> WearingCheck | None:
    """Make the check for a board's active model.

    Args:
        models: Folder of models.
        info: The board's Info.

    Returns:
        A check for the board's stream; None as for `find_wearing`.
    """
    known = find_wearing(models, info.model_id)
    if known is None:
        return None
    return WearingCheck(known, SampleFormat.from_info(info))


def _angles_deg(cosine: FloatArray) -> FloatArray:
    angles: FloatArray = np.degrees(np.arccos(cosine.clip(-1, 1)))
    return angles
