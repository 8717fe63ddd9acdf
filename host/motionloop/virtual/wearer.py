"""A computed person who wears the board: gait as harmonics of the step, rest as gravity and sway.

Good for trying the loop and for tests. No model may be judged by such motion, and all that is made
of it is marked as synthetic.
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

_BLEND_S = 0.6  # from one activity into the next


@dataclass(frozen=True)
class Gait:
    """Motion of the board in one activity. Accelerations in g, rates in rad/s, angles in rad."""

    pitch: float  # posture: rotation of gravity
    roll: float
    step_hz: float  # 0: at rest
    bounce: float  # vertical acceleration at the step's rate
    impact: float  # and of the sharp part at heel strike
    surge: float  # forward acceleration
    swing: float  # rotation at half the step's rate
    twist: float  # rotation at the step's rate
    sway: float  # slow rotation at rest


ACTIVITIES: dict[str, Gait] = {
    "sitting": Gait(1.25, 0.25, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.006),
    "standing": Gait(0.12, 0.05, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.028),
    "walking": Gait(0.15, 0.05, 1.85, 0.22, 0.18, 0.12, 1.1, 0.35, 0.02),
    "running": Gait(0.30, 0.05, 2.75, 1.15, 0.90, 0.45, 2.9, 1.20, 0.03),
    "stairs up": Gait(0.42, 0.08, 1.50, 0.26, 0.08, 0.22, 1.9, 0.55, 0.03),
    "stairs down": Gait(0.05, 0.08, 1.95, 0.34, 0.48, 0.10, 1.3, 0.75, 0.03),
}


class SyntheticWearer:
    """One person: `seed` fixes build, habits and how the board was strapped on.

    Set `activity` at any time; the motion goes over into it within a second.
    """

    def __init__(self, seed: int = 0, activity: str = "standing") -> None:
        """Raises KeyError for an unknown activity; see `ACTIVITIES`."""
        self._rng = np.random.default_rng(seed)
        self._cadence = self._rng.normal(1, 0.04)
        self._vigour = self._rng.normal(1, 0.10)
        self._strap = self._rng.normal(0, 0.06, 2).tolist()
        self._phase = 0.0  # steps walked
        self._drift = [0.0] * 3  # slow, of cadence, vigour and posture
        self._sway = [0.0] * 3
        self._activity = activity
        self._gait = self._target = list(astuple(ACTIVITIES[activity]))

    @property
    def activity(self) -> str:
        return self._activity

    @activity.setter
    def activity(self, name: str) -> None:
        self._target = list(astuple(ACTIVITIES[name]))
        self._activity = name

    def take_samples(self, count: int, rate_hz: float) -> NDArray[np.float64]:
        """The next `count` samples, [count, 6] in g and rad/s."""
        dt = 1 / rate_hz
        noise = self._rng.normal(0, 1, (count, 6)).tolist()
        return np.array([self._sample(dt, each) for each in noise]).reshape(count, 6)

    # Numbers of Python: a board asks for a sample or two at a time, for which NumPy is slow.
    def _sample(self, dt: float, noise: list[float]) -> list[float]:
        blend = min(1.0, dt / _BLEND_S * 3)
        self._gait = [
            now + (to - now) * blend for now, to in zip(self._gait, self._target, strict=True)
        ]
        drift_step, sway_step = math.sqrt(dt) * 0.02, math.sqrt(2 * dt / 0.7)
        self._drift = [
            v - v * dt / 8 + n * drift_step for v, n in zip(self._drift, noise[:3], strict=True)
        ]
        self._sway = [
            v - v * dt / 0.7 + n * sway_step for v, n in zip(self._sway, noise[3:], strict=True)
        ]
        pitch, roll, step_hz, bounce, impact, surge, swing, twist, sway = self._gait
        self._phase += step_hz * self._cadence * (1 + self._drift[0]) * dt
        vigour = self._vigour * (1 + 2 * self._drift[1])
        step = 2 * math.pi * self._phase
        # Heel strike: a narrow bump once a step, a little stronger on one side.
        side = 1 + 0.12 * math.cos(step / 2)
        strike = math.exp(-((((self._phase % 1.0) - 0.15) / 0.07) ** 2)) * side
        up = 1 + vigour * (bounce * math.sin(step) + 0.25 * bounce * math.sin(2 * step + 0.6))
        up += vigour * impact * strike
        forward = vigour * surge * math.sin(step + 1.1)
        across = vigour * 0.4 * surge * math.sin(step / 2 + 0.3)
        swinging = 0.15 * swing * math.sin(step / 2) / max(step_hz, 1.0)
        p = pitch + self._strap[0] + 1.5 * self._drift[2] + swinging
        r = roll + self._strap[1] + 0.5 * self._drift[2]
        cos_p, sin_p, cos_r, sin_r = math.cos(p), math.sin(p), math.cos(r), math.sin(r)
        sways = [sway * v for v in self._sway]
        return [
            forward * cos_p + up * sin_p * cos_r + 0.04 * sways[0],
            across + up * cos_p * sin_r + 0.04 * sways[1],
            up * cos_p * cos_r - forward * sin_p + 0.04 * sways[2],
            vigour * twist * math.sin(step + 0.4) + sways[0],
            vigour * swing * math.cos(step / 2) + sways[1],
            vigour * 0.5 * twist * math.sin(step / 2 + 0.9) + sways[2],
        ]
