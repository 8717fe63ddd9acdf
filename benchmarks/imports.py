"""Every format in, and out again: does motion come back as it was, and is what is wrong refused?

Fixtures are small files of synthetic motion, made as each program's documentation has them
(tests/recordings/data_sets.py). Beside them: tables in random dialects (header, delimiter, decimal
mark, line ends, encoding, unit of time, jitter), files that are wrong in a way that would make a
useless model (tests/recordings/wrong_files.py), and round trips through each format of
`motionloop export`, one of them of a recording with jitter, holes and odd labels. A file of Edge
Impulse has an interval in place of times, so that jitter is lost there; `lossy` lists it.

`wrong_silently` counts whatever came in other than it was made without being refused; it lists
none. `refused_with_cause` counts the wrong files that were refused with the right cause.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.output import finish, parser
from benchmarks.round_trips import harder, round_trips
from motionloop.errors import DataFileError
from motionloop.recordings.import_preview import preview
from motionloop.recordings.importing import read_source, recordings_in, recordings_of_contents
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.recording import Recording
from tests.recordings.data_sets import FIXTURES, Expected, Fixture
from tests.recordings.made_files import Dialect, motion, table
from tests.recordings.wrong_files import WRONG, Wrong

_RATE_TOLERANCE = 2e-3  # with jitter; the tests hold 1e-3 without


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--tables", type=int, default=200, help="random dialects (default: 200)")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    finish(given, measure(given.tables, given.seed))


def measure(tables: int, seed: int) -> dict[str, Any]:
    """The figures."""
    wrong_silently: list[str] = []
    refused: list[str] = []
    right: list[str] = []
    recordings: list[Recording] = []
    for name, fixture in FIXTURES.items():
        with tempfile.TemporaryDirectory() as folder:
            found, faults = _read(fixture, Path(folder))
        recordings += found[:1]
        if faults:
            wrong_silently.append(f"{name}: {', '.join(faults)}")
        else:
            right.append(name)
    rng = np.random.default_rng(seed)
    tables_right = 0
    for _ in range(tables):
        dialect, fault = _one_table(rng)
        if fault is None:
            tables_right += 1
        elif fault.startswith("refused"):
            refused.append(f"{dialect}: {fault}")
        else:
            wrong_silently.append(f"{dialect}: {fault}")
    causes, uncaused = 0, []
    for name, wrong in WRONG.items():
        with tempfile.TemporaryDirectory() as folder:
            told = refusal(wrong, Path(folder))
        if told is None:
            wrong_silently.append(f"{name}: came in")
        elif re.search(wrong.told, told, re.DOTALL):
            causes += 1
        else:
            uncaused.append(f"{name}: {told}")
    trips = round_trips([recordings[0], harder(recordings[0])])
    return {
        "formats": len(right),
        "formats_right": right,
        "tables": tables,
        "tables_right": tables_right,
        "tables_refused": refused,
        "lossless": sum(not lost for lost in trips.values()),
        "lossless_formats": [name for name, lost in trips.items() if not lost],
        "lossy": {name: lost for name, lost in trips.items() if lost},
        "wrong_files": len(WRONG),
        "refused_with_cause": causes,
        "refused_without_cause": uncaused,
        "wrong_silently": len(wrong_silently),
        "wrong": wrong_silently,
    }


def _read(fixture: Fixture, folder: Path) -> tuple[list[Recording], list[str]]:
    """The recordings of a fixture, and in what they differ from what was made."""
    source = fixture.write(folder)
    (contents,) = read_source(source, fixture.options)
    found = recordings_of_contents(contents, fixture.options)
    if len(found) != len(fixture.expected):
        return found, [f"{len(found)} recordings"]
    return found, [
        fault
        for recording, expected in zip(found, fixture.expected, strict=True)
        for fault in faults_of(recording, expected)
    ]


def faults_of(recording: Recording, expected: Expected) -> list[str]:
    """In what a recording differs from what was made, each in a word."""
    made = expected.motion
    if len(recording.seq) != len(made.t_s):
        return [f"{len(recording.seq)} of {len(made.t_s)} samples"]
    motion_error = max(
        float(np.abs(recording.accel_g - made.accel_g).max()),
        float(np.abs(recording.gyro_rad_s - made.gyro_rad_s).max()),
    )
    checks = {
        "motion": motion_error <= expected.tolerance,
        "rate": abs(recording.rate_hz / made.rate_hz - 1) < _RATE_TOLERANCE,
        "gaps": not recording.gaps,
        "labels": tuple(recording.labels) == expected.labels,
        "wearer": recording.wearer == expected.wearer,
        "placement": recording.description.placement == expected.placement,
    }
    return [name for name, is_right in checks.items() if not is_right]


_NAMES = (
    ("aX", "aY", "aZ", "gX", "gY", "gZ"),
    ("accX", "accY", "accZ", "gyrX", "gyrY", "gyrZ"),
    ("acc_x", "acc_y", "acc_z", "gyro_x", "gyro_y", "gyro_z"),
    tuple(f"{s}.{a}" for s in ("acceleration", "rotationRate") for a in "xyz"),
    tuple(f"{s}{a}" for s in ("Beschleunigung_", "Drehrate_") for a in "XYZ"),
    ("x_accel", "y_accel", "z_accel", "x_gyro", "y_gyro", "z_gyro"),
    ("gFx", "gFy", "gFz", "wx", "wy", "wz"),
    None,
)
_TIMES = (("t", "ms"), ("timestamp", "us"), ("elapsed_s", "s"), ("time_ns", "ns"), ("date", "iso"))
_MARKS = ((",", "."), (";", "."), (";", ","), ("\t", "."), ("\t", ","), (" ", "."))
_UNITS = (("g", "deg/s"), ("m/s2", "rad/s"), ("mg", "mdps"), ("g", "rad/s"), ("m/s2", "deg/s"))


def _one_table(rng: np.random.Generator) -> tuple[str, str | None]:
    """One table of a random dialect, and what is wrong with what came in; None for nothing."""

    def one(choices: tuple[Any, ...]) -> Any:
        return choices[int(rng.integers(len(choices)))]

    names, (time_name, time_unit), marks, units = one(_NAMES), one(_TIMES), one(_MARKS), one(_UNITS)
    if names and names[0] == "gFx" and units[0] != "g":
        units = ("g", units[1])
    rate_hz = one((25.0, 50.0, 80.0, 100.0, 104.0, 119.0, 200.0, 238.0))
    made = motion(8.0, rate_hz, seed=int(rng.integers(1000)))
    dialect = Dialect(
        names,
        time_name,
        time_unit,
        bool(rng.integers(2)),
        *marks,
        one(("\n", "\r\n", "\r")),
        one(("utf-8", "utf-8-sig", "utf-16", "cp1252")),
        *units,
        label_name=one((None, "label", "Class")),
    )
    jitter_s = rng.uniform(-1, 1, len(made.t_s)) * one((0.0, 0.1, 0.2)) / rate_hz
    labels = ["walk"] * (len(made.t_s) // 2) + ["run"] * (len(made.t_s) - len(made.t_s) // 2)
    expected = Expected(made, ("run", "walk") if dialect.label_name else ("step",))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "step.csv"
        path.write_bytes(table(made, dialect, labels, jitter_s))
        try:
            found = recordings_in(path, ReadOptions())
        except DataFileError as error:
            return str(dialect), f"refused: {error}"
    if len(found) != 1:
        return str(dialect), f"{len(found)} recordings"
    return str(dialect), ", ".join(faults_of(found[0], expected)) or None


def refusal(wrong: Wrong, folder: Path) -> str | None:
    """What `motionloop import` says when it refuses a file; None when the file came in."""
    looked = preview([wrong.write(folder)], wrong.options)
    return " ".join(map(str, (*looked.faults, *looked.stopping))) or None


if __name__ == "__main__":
    main()
