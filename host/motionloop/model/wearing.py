"""Notices a board that is worn turned, compared with how it was worn in training.

A model learns where gravity points as much as it learns movement: turned by 90 degrees it is wrong
about nearly everything, and its own answers cannot tell. The mean acceleration of a window is
gravity, so its direction in the sensor's axes is compared with the directions seen in training.

Where an activity moves the body, only moving windows count: a board turned by 90 degrees on someone
who stands looks like one on someone who lies, but nobody walks lying down. A turn about the
vertical itself leaves gravity where it was and cannot be noticed this way.
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
from motionloop.model import input_defaults
from motionloop.model.folder import metrics_of
from motionloop.sample_format import SampleFormat

FloatArray = NDArray[np.float64]

MOVING_G = 0.08  # standard deviation of acceleration, all axes: more is moving
_PARTS = 4  # of a window, each of which must move: who lies down or turns over soon rests again
LEAST_LIMIT_DEG = 45.0  # people differ by up to about 25 degrees, a turned board by 90
WIDEST_SPREAD_DEG = 75.0  # beyond it a label was worn in so many ways that it says nothing
SPREAD_QUANTILE = 0.95
_FEWEST_PEOPLE, _FEWEST_OF_A_PERSON = 3, 5  # of people, and of a person's windows
WINDOWS = 12  # the newest so many are looked at
FEWEST_WINDOWS = 6  # of them must be of the kind that tells; their median is judged


@dataclass(frozen=True)
class Wearing:
    """How a model's training wore the board.

    `directions` holds a unit vector of gravity for each label of use; `moving` tells whether they
    are of moving windows or, where no activity moves, of still ones. A board whose gravity is
    further than `limit_deg` from all of them is worn turned.
    """

    moving: bool
    directions: dict[str, tuple[float, float, float]]
    limit_deg: float

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Self:
        """Read what `to_json` made. Raises KeyError or TypeError for anything else."""
        directions = {name: tuple(v) for name, v in document["directions"].items()}
        return cls(document["moving"], directions, float(document["limit_deg"]))

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def angles_deg(self, directions: FloatArray) -> FloatArray:
        """The angle [k] of each unit vector [k, 3] to the nearest of the training's."""
        known = np.array(list(self.directions.values()))
        nearest: FloatArray = _angles_deg(directions @ known.T).min(axis=1)
        return nearest


def learn(
    acceleration_g: FloatArray, label: NDArray[np.int64], labels: Sequence[str]
) -> Wearing | None:
    """How the board was worn in windows [k, n, 3] with label numbers [k].

    None when it was worn in too many ways for any label to say something.
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
    """How differently people wear the board: the root mean square of the angles between gravity as
    one person has it and the mean of all, in moving windows [k, n, 3] of a label; mean of labels.

    None with fewer than three people who move. A turn about gravity itself does not show.
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
    """Unit vectors [k, 3] of gravity in windows [k, n, 3], and which of them are moving [k]."""
    mean = acceleration_g.mean(axis=1)
    norm = np.linalg.norm(mean, axis=1, keepdims=True)
    parts = np.array_split(acceleration_g, _PARTS, axis=1)
    deviations_g = [np.sqrt(part.var(axis=1).sum(axis=1)) for part in parts]
    return mean / np.maximum(norm, 1e-9), np.min(deviations_g, axis=0) > MOVING_G


class WearingCheck:
    """Compares a stream of samples with how the training wore the board."""

    def __init__(
        self, wearing: Wearing, samples: SampleFormat, window_s: float = input_defaults.WINDOW_S
    ) -> None:
        self._wearing = wearing
        self._g_per_lsb = samples.accel_ng_per_lsb * 1e-9
        self._length = max(2 * _PARTS, round(samples.rate_hz * window_s))
        self._waiting = np.empty((0, 3), np.float64)
        self._angles_deg: deque[float] = deque(maxlen=WINDOWS)  # NaN: a window that does not tell
        self._median_deg: float | None = None

    def add_samples(self, raw: NDArray[np.int16]) -> None:
        """Take samples [k, 6] in, as they come."""
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
            # Else what was found before stands: nobody turns a board by sitting down.
            if np.count_nonzero(~np.isnan(self._angles_deg)) >= FEWEST_WINDOWS:
                self._median_deg = float(np.nanmedian(self._angles_deg))

    @property
    def judged(self) -> bool:
        """Whether there was enough motion of the kind that tells."""
        return self._median_deg is not None

    @property
    def turned_deg(self) -> float | None:
        """By about how much the board is turned; None when it is not, or not known."""
        found = self._median_deg
        return found if found is not None and found > self._wearing.limit_deg else None

    @property
    def warning(self) -> str | None:
        """`turned_deg` in words, with what to do."""
        if self.turned_deg is None:
            return None
        return (
            f"The board is worn turned by about {round(self.turned_deg, -1):.0f} degrees from how "
            "it was worn in training: put it on as then, or record and train this way too."
        )


def find(models: Path, model_id: bytes) -> Wearing | None:
    """How the model with this id was worn in its training; None when none of `models` says it."""
    for metrics in metrics_of(models, model_id):
        with suppress(ValueError, KeyError, TypeError, AttributeError):  # from before there was it
            return Wearing.from_json(metrics["wearing"])
    return None


def wearing_check(models: Path, info: wire.Info) -> WearingCheck | None:
    """A check for the board's active model; None when none of `models` says how it was worn."""
    known = find(models, info.model_id)
    if known is None:
        return None
    return WearingCheck(known, SampleFormat.from_info(info))


def _angles_deg(cosine: FloatArray) -> FloatArray:
    angles: FloatArray = np.degrees(np.arccos(cosine.clip(-1, 1)))
    return angles
