"""Columns that are understood but not used are named, not only those that mean nothing here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from motionloop.errors import DataFileError
from motionloop.recordings.importing import read_source
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.take import Take

AXES = ("ax", "ay", "az", "gx", "gy", "gz")


def notes_of(tmp_path: Path, columns: dict[str, object], options: ReadOptions) -> tuple[str, ...]:
    """What is said of three seconds at 50 Hz with these columns behind the axes."""
    rng = np.random.default_rng(0)
    motion = rng.normal([0, 0, 1, 0, 0, 0], 0.1, (150, 6))
    lines = [",".join([*AXES, *columns])]
    for row, values in enumerate(motion):
        said = [value(row) if callable(value) else value for value in columns.values()]
        lines.append(",".join([*(f"{v:.5f}" for v in values), *map(str, said)]))
    path = tmp_path / "motion.csv"
    path.write_text("\n".join(lines))
    ((take,),) = (contents.takes for contents in read_source(path, options))
    assert isinstance(take, Take)
    return take.notes


@pytest.mark.parametrize(
    ("columns", "left_out"),
    [
        ({"label": "walk", "activity": "walking"}, "activity"),
        ({"activity_id": 3, "activity": "walk", "gesture": "none"}, "activity_id, gesture"),
        ({"label": "walk", "subject": 1, "user": 7}, "user"),
        ({"label": "walk", "mx": 1, "comment": "a"}, "mx, comment"),
        ({"x": 1, "y": 2, "z": 3}, "x, y, z"),
        ({"x1": 1, "y1": 2, "z1": 3, "x2": 1, "y2": 2, "z2": 3}, "x1, y1, z1, x2, y2, z2"),
        ({"elapsed_ms": lambda row: 20 * row, "seconds": lambda row: row // 50}, "seconds"),
    ],
)
def test_what_is_not_used_is_named(
    tmp_path: Path, columns: dict[str, object], left_out: str
) -> None:
    rate_hz = None if "seconds" in columns else 50.0
    notes = notes_of(tmp_path, columns, ReadOptions(rate_hz=rate_hz))
    assert [note for note in notes if "columns left out" in note] == [
        f"columns left out: {left_out}"
    ]


def test_nothing_is_named_where_all_is_used(tmp_path: Path) -> None:
    columns = {
        "date": lambda row: f"2026-11-30 10:00:{row // 50:02d}",
        "elapsed_ms": lambda row: 20 * row,
        "label": "walk",
        "subject": 1,
        "session": 1,
        "index": lambda row: row,
    }
    notes = notes_of(tmp_path, columns, ReadOptions())
    assert not [note for note in notes if "columns left out" in note]


@pytest.mark.parametrize("places", [("1", "2"), tuple(map(str, range(50)))])
def test_of_several_sensors_none_is_chosen_in_silence(
    tmp_path: Path, places: tuple[str, ...]
) -> None:
    names = ["time", *(f"acc_{axis}_{place}" for place in places for axis in "xyz")]
    rows = [",".join([str(10 * row), *["0.1", "0.2", "0.97"] * len(places)]) for row in range(200)]
    path = tmp_path / "walk.csv"
    path.write_text("\n".join([",".join(names), *rows]))
    more = " and 46 more" if len(places) == 50 else ""
    with pytest.raises(DataFileError, match=rf"several columns of acceleration: .*_z_\d{more}\. "):
        read_source(path)
