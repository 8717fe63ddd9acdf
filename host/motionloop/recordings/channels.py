"""Which channel of a stream is which axis, by the names that programs give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motionloop.recordings import units
from motionloop.recordings.take import Axes

_SHORT = re.compile(r"(?P<sensor>a|acc?|acl|g|w|gy|gyr?o?)[ _.]?(?P<axis>[xyz])")
_AXIS = re.compile(r"(?:^|[^a-z])([xyz])(?:$|[^a-z])|([xyz])$")
_ACCELERATION = ("acc", "acl")
_ROTATION = ("gyr", "angular", "rotationrate", "rotation_rate", "angvel")
_OTHERS = ("mag", "quat", "gravity", "orient", "euler", "pitch", "roll", "yaw", "step")


@dataclass(frozen=True)
class Channels:
    """The axes among the channels of a stream.

    Attributes:
        acceleration: Places of x, y and z.
        rotation: Places of x, y and z; None without a gyroscope.
        unused: Names of all other channels.
    """

    acceleration: tuple[int, int, int]
    rotation: tuple[int, int, int] | None
    unused: tuple[str, ...]

    def axes(
        self, values: NDArray[np.float64], unit_texts: Sequence[str]
    ) -> tuple[Axes, Axes | None]:
        """The two sensors of a stream.

        Args:
            values: Samples [n, channels].
            unit_texts: Of each channel, as the file writes them; "" for none.

        Returns:
            Acceleration and rotation, with a unit where the file names one.
        """
        accel_unit = units.accel_unit_named(unit_texts[self.acceleration[0]])
        acceleration = _axes(values, self.acceleration, accel_unit)
        if self.rotation is None:
            return acceleration, None
        gyro_unit = units.gyro_unit_named(unit_texts[self.rotation[0]])
        return acceleration, _axes(values, self.rotation, gyro_unit)


def find_channels(names: Sequence[str]) -> Channels | None:
    """Find the axes by the names of channels.

    Args:
        names: Such as accX, Accelerometer y, gyr_z, AngularVelocityX.

    Returns:
        The first accelerometer and the first gyroscope; None without three axes of acceleration.
    """
    found: dict[str, dict[str, int]] = {"a": {}, "g": {}}
    for place, name in enumerate(names):
        sensor, axis = _named(name)
        if sensor and axis not in found[sensor]:
            found[sensor][axis] = place
    acceleration, rotation = (_triad(found[sensor]) for sensor in ("a", "g"))
    if acceleration is None:
        return None
    used = {*acceleration, *(rotation or ())}
    unused = tuple(name for place, name in enumerate(names) if place not in used)
    return Channels(acceleration, rotation, unused)


def _named(name: str) -> tuple[str, str]:
    """The sensor, a or g, and the axis that a name means; empty texts for others."""
    plain = re.sub(r"(?<=[a-z])(?=[XYZ]$)", " ", name.strip()).lower()
    short = _SHORT.fullmatch(plain)
    if short:
        return ("a" if short["sensor"][0] == "a" else "g"), short["axis"]
    axis = _AXIS.search(plain)
    if axis is None or any(word in plain for word in _OTHERS):
        return "", ""
    which = axis[1] or axis[2]
    if any(word in plain for word in _ROTATION):
        return "g", which
    return ("a", which) if any(word in plain for word in _ACCELERATION) else ("", "")


def _triad(places: dict[str, int]) -> tuple[int, int, int] | None:
    return (places["x"], places["y"], places["z"]) if len(places) == 3 else None


def _axes(values: NDArray[np.float64], places: tuple[int, int, int], unit: str | None) -> Axes:
    return Axes(values[:, list(places)], unit, "as the file says" if unit else "")
