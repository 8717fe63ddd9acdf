"""Files of other programs, made of synthetic motion as their documentation has them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

G = 9.80665
ACCEL = {"g": 1.0, "m/s2": G, "mg": 1000.0}  # per g
GYRO = {"rad/s": 1.0, "deg/s": 180 / np.pi, "mdps": 180e3 / np.pi}  # per rad/s


@dataclass(frozen=True)
class Motion:
    """Motion of a body that walks: times [n] in s, acceleration [n, 3] in g, rotation in rad/s."""

    t_s: NDArray[np.float64]
    accel_g: NDArray[np.float64]
    gyro_rad_s: NDArray[np.float64]

    @property
    def rate_hz(self) -> float:
        return float((len(self.t_s) - 1) / (self.t_s[-1] - self.t_s[0]))


def motion(seconds: float = 8.0, rate_hz: float = 50.0, seed: int = 0) -> Motion:
    """Steps of 2 Hz around gravity; the limb swings by 2 rad/s."""
    rng = np.random.default_rng(seed)
    t_s = np.arange(round(seconds * rate_hz)) / rate_hz
    phase = 2 * np.pi * 2 * t_s[:, None] + np.array([0.0, 0.7, 1.9])
    gravity = np.array([0.1, 0.2, 0.97])
    accel = gravity + np.sin(phase) * [0.2, 0.15, 0.3] + rng.normal(0, 0.01, (len(t_s), 3))
    gyro = np.sin(phase / 2 + 1) * [2.0, 1.0, 0.5] + rng.normal(0, 0.01, (len(t_s), 3))
    return Motion(t_s, accel, gyro)


@dataclass(frozen=True)
class Dialect:
    """How a table is written. Times are in `time_unit`, or ISO texts; None: no times."""

    header: tuple[str, ...] | None = ("ax", "ay", "az", "gx", "gy", "gz")
    time_name: str = "time"
    time_unit: str | None = "ms"
    epoch: bool = False
    delimiter: str = ","
    decimal: str = "."
    end: str = "\n"
    encoding: str = "utf-8"
    accel_unit: str = "g"
    gyro_unit: str = "deg/s"
    label_name: str | None = None
    extra: dict[str, str] = field(default_factory=dict)


_PER_S = {"s": 1.0, "ms": 1e3, "us": 1e6, "ns": 1e9}
EPOCH_S = 1_700_000_000


def table(
    made: Motion,
    dialect: Dialect,
    labels: list[str] | None = None,
    jitter_s: NDArray[np.float64] | None = None,
) -> bytes:
    """The bytes of a table; `labels` has one for each sample."""
    lines = []
    names = []
    if dialect.time_unit:
        names.append(dialect.time_name)
    names += dialect.header or ()
    names += dialect.extra
    if dialect.label_name and labels:
        names.append(dialect.label_name)
    if dialect.header is not None:
        lines.append(dialect.delimiter.join(names))
    t_s = made.t_s if jitter_s is None else made.t_s + jitter_s
    accel = made.accel_g * ACCEL[dialect.accel_unit]
    gyro = made.gyro_rad_s * GYRO[dialect.gyro_unit]
    for row in range(len(t_s)):
        cells = []
        if dialect.time_unit:
            cells.append(_time(float(t_s[row]), dialect))
        cells += [_number(value, dialect) for value in (*accel[row], *gyro[row])]
        cells += dialect.extra.values()
        if dialect.label_name and labels:
            cells.append(labels[row])
        lines.append(dialect.delimiter.join(cells))
    return (dialect.end.join(lines) + dialect.end).encode(dialect.encoding)


def _time(t_s: float, dialect: Dialect) -> str:
    if dialect.time_unit == "iso":
        moment = np.datetime64(EPOCH_S, "s") + np.timedelta64(round(t_s * 1e6), "us")
        return f"{moment}Z"
    assert dialect.time_unit is not None
    per_s = _PER_S[dialect.time_unit]
    if dialect.time_unit == "s":
        return _number(t_s + dialect.epoch * EPOCH_S, dialect, places=6)
    return str(round(t_s * per_s) + dialect.epoch * EPOCH_S * int(per_s))


def _number(value: float, dialect: Dialect, places: int = 5) -> str:
    return f"{value:.{places}f}".replace(".", dialect.decimal)
