"""Files that would make a useless model or none, and the cause that must be told."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from motionloop.recordings.read_options import AS_THE_FILE_SAYS, ReadOptions
from tests.recordings import data_sets
from tests.recordings.made_files import Dialect, Motion, motion, table

_G_AND_RAD_S = (*(f"a{axis} [g]" for axis in "xyz"), *(f"g{axis} [rad/s]" for axis in "xyz"))


@dataclass(frozen=True)
class Wrong:
    """A file that `write` makes, and a pattern of what must be said of it."""

    write: Callable[[Path], Path]
    told: str
    options: ReadOptions = AS_THE_FILE_SAYS


def _csv(content: bytes | str, name: str = "walk.csv") -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def _changed(accel: float = 1.0, gyro: float = 1.0, *, gravity: bool = True) -> Motion:
    made = motion(12.0)
    values = made.accel_g if gravity else made.accel_g - made.accel_g.mean(axis=0)
    return Motion(made.t_s, values * accel, made.gyro_rad_s * gyro)


def _table(made: Motion, dialect: Dialect | None = None) -> Callable[[Path], Path]:
    return _csv(table(made, dialect or Dialect()))


_SAID = Dialect(_G_AND_RAD_S, gyro_unit="rad/s")


def _npz(**changes: object) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        made = motion(12.0)
        arrays: dict[str, object] = {
            "X": np.hstack((made.accel_g, made.gyro_rad_s)),
            "y": np.zeros(600, int),
            "session": np.zeros(600, int),
            "label_names": np.array(["walking"]),
            "rate_hz": 50.0,
        }
        np.savez(folder / "walk.npz", **{**arrays, **changes})  # type: ignore[arg-type]
        return folder / "walk.npz"

    return write


def _apart(folder: Path) -> Path:
    made = motion(12.0)
    for name, shift_s, values in (("acc", 0, made.accel_g), ("gyro", 5000, made.gyro_rad_s)):
        body = data_sets.rows((made.t_s + shift_s) * 1000, values)
        (folder / f"walk_{name}.csv").write_text("time_ms,x,y,z\n" + body)
    return folder / "walk_acc.csv"


def _without_an_axis(folder: Path) -> Path:
    out = data_sets.uci_har(folder)
    (out / "train" / "Inertial Signals" / "body_gyro_z_train.txt").unlink()
    return out


def _dcli_of_nothing(folder: Path) -> Path:
    (folder / "p.dcli").write_text(json.dumps([{"file_name": "gone.csv", "sessions": []}]))
    return folder / "p.dcli"


def _damaged_zip(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("walk.csv", table(motion(), Dialect()))
    content = bytearray((folder / "a.zip").read_bytes())
    content[60] ^= 0xFF
    (folder / "a.zip").write_bytes(content)
    return folder / "a.zip"


def _two_sensors() -> str:
    made = motion(12.0)
    names = [f"{place}_acc_{axis}" for place in ("wrist", "ankle") for axis in "xyz"]
    return (
        "time_ms,"
        + ",".join(names)
        + "\n"
        + data_sets.rows(made.t_s * 1000, made.accel_g, made.accel_g)
    )


WRONG: dict[str, Wrong] = {
    "m/s2 under a header in g": Wrong(_table(_changed(9.80665), _SAID), "looks like m/s2"),
    "mg under a header in g": Wrong(_table(_changed(1000), _SAID), "looks like mg"),
    "degrees under a header in rad/s": Wrong(_table(_changed(1, 57.3), _SAID), "degrees|deg/s"),
    "no gravity": Wrong(_table(_changed(gravity=False), _SAID), "Gravity was removed"),
    "no gravity and no unit": Wrong(_table(_changed(gravity=False)), "--accel-unit.*gravity"),
    "raw steps": Wrong(_table(_changed(16384, 131 * 57.3)), "--accel-unit"),
    "no times, no rate": Wrong(_table(motion(12), Dialect(time_unit=None)), "--rate-hz"),
    "milliseconds under a header in s": Wrong(
        _table(motion(12), replace(Dialect(), time_name="time (s)")), "no rate of a motion sensor"
    ),
    "a counter for times": Wrong(
        _csv("n,ax,ay,az\n" + data_sets.rows(np.arange(600), motion(12).accel_g)), "--rate-hz"
    ),
    "columns without names that are no motion": Wrong(
        _csv(data_sets.rows(np.random.default_rng(0).uniform(20, 30, (500, 6)))), "--columns"
    ),
    "two accelerometers": Wrong(_csv(_two_sensors()), "several columns of acceleration.*wrist"),
    "a compass only": Wrong(
        _csv("t_ms,magx,magy,magz\n" + data_sets.rows(np.arange(500) * 20, motion(10).accel_g)),
        "no three columns of acceleration",
    ),
    "acceleration and rotation of two days": Wrong(_apart, "do not overlap"),
    "a label that no board carries": Wrong(
        _table(motion(12)), "longer than the 24 bytes", ReadOptions(label="x" * 30)
    ),
    "columns that do not fit": Wrong(
        _table(motion(12)), "has 7 columns and --columns names 2", ReadOptions(columns=("t", "ax"))
    ),
    "an empty file": Wrong(_csv(""), "not of a kind"),
    "a picture": Wrong(_csv(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8), "not of a kind"),
    "prose": Wrong(_csv("Dear reader,\nthis is no table.\n" * 40), "not of a kind"),
    "m/s2 in an archive": Wrong(
        _npz(X=np.hstack((motion(12).accel_g * 9.80665, motion(12).gyro_rad_s))), "looks like m/s2"
    ),
    "an archive of another layout": Wrong(_npz(X=np.ones((600, 9))), r"has X of .* \(600, 9\)"),
    "an archive with a bad number": Wrong(
        _npz(X=np.where(np.arange(3600).reshape(600, 6) == 77, np.nan, 1.0)), "not numbers"
    ),
    "a damaged zip": Wrong(_damaged_zip, "cannot be unpacked|no motion that can be read"),
    "UCI-HAR without an axis": Wrong(_without_an_axis, "body_gyro_z_train.txt cannot be read"),
    "a .dcli of a file that is gone": Wrong(_dcli_of_nothing, "gone.csv"),
    "SensiML without a rate": Wrong(data_sets.sensiml, "--rate-hz"),
}  # fmt: skip
