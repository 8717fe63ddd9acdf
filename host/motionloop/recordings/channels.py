"""Which channel of a stream is which axis, by the names that programs give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motionloop.language import tr
from motionloop.recordings.tables.headers import Column, Role, columns_of
from motionloop.recordings.take import Axes


@dataclass(frozen=True)
class Channels:
    """The axes among the channels of a stream.

    Attributes:
        acceleration: Its x, y and z; None without an accelerometer.
        rotation: Its x, y and z; None without a gyroscope.
        unused: Names of all other channels.
        notes: What is to be known of them.
    """

    acceleration: tuple[Column, ...] | None
    rotation: tuple[Column, ...] | None
    unused: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def not_read(self) -> str:
        """What is said of the channels that are not used."""
        return tr("not read: {names}", names=", ".join(self.unused))

    def axes(self, values: NDArray[np.float64]) -> tuple[Axes | None, Axes | None]:
        """The two sensors of a stream.

        Args:
            values: Samples [n, channels].

        Returns:
            Acceleration and rotation, with a unit where the file names one.
        """
        return _axes(values, self.acceleration), _axes(values, self.rotation)


def find_channels(names: Sequence[str], unit_texts: Sequence[str]) -> Channels | None:
    """Find the axes by the names of channels.

    Args:
        names: Such as accX, Accelerometer y, gyr_z, AngularVelocityX.
        unit_texts: Of each channel, as the file writes them; "" for none.

    Returns:
        The first accelerometer and the first gyroscope that have three axes; None without any.
    """
    columns = columns_of(names, unit_texts)
    notes: tuple[str, ...] = ()
    acceleration = _triad(columns, Role.ACCELERATION)
    if acceleration is None and (linear := _triad(columns, Role.LINEAR)):
        acceleration, notes = linear, (tr("the acceleration is without gravity, by its name"),)
    rotation = _triad(columns, Role.ROTATION)
    if acceleration is None and rotation is None:
        return None
    used = {*(acceleration or ()), *(rotation or ())}
    unused = tuple(column.name for column in columns if column not in used)
    return Channels(acceleration, rotation, unused, notes)


def _triad(columns: Sequence[Column], role: Role) -> tuple[Column, ...] | None:
    """The x, y and z of the first sensor that has all three."""
    groups: dict[str, dict[int, Column]] = {}
    for column in columns:
        if column.role is role:
            groups.setdefault(column.group, {}).setdefault(column.axis, column)
    whole = [axes for axes in groups.values() if len(axes) == 3]
    return (whole[0][0], whole[0][1], whole[0][2]) if whole else None


def _axes(values: NDArray[np.float64], columns: Sequence[Column] | None) -> Axes | None:
    if columns is None:
        return None
    unit = columns[0].unit
    return Axes(values[:, [c.index for c in columns]], unit, tr("as the file says") if unit else "")
