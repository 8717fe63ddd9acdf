"""Recordings that follow each other in one table: their rates, moments, labels and empty rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from motionloop.errors import DataFileError
from motionloop.recordings.importing import read_source, recordings_in
from tests.recordings.made_files import Dialect, Motion, motion, table

_PEOPLE = Dialect(time_unit="ns", time_name="timestamp", label_name="subject")


def lines_of(made: Motion, begin_s: float, person: str) -> list[str]:
    """A header and the rows of a person, whose clock began at 0."""
    later = replace(made, t_s=made.t_s + begin_s)
    return table(later, _PEOPLE, [person] * len(made.t_s)).decode().splitlines()


def test_recordings_of_one_table_have_rates_of_their_own(tmp_path: Path) -> None:
    head, *slow = lines_of(motion(20.0, 20.0), 300.0, "1")
    _, *fast = lines_of(motion(20.0, 50.0), 700.0, "2")
    path = tmp_path / "walk.csv"
    path.write_text("\n".join([head, *slow, *fast]))
    first, second = recordings_in(path)
    assert (first.rate_hz, second.rate_hz) == (pytest.approx(20), pytest.approx(50))
    assert first.gaps == second.gaps == ()
    notes = first.description.document["imported"]["notes"]
    assert "20 to 50 Hz by the times, each recording's own" in notes


def test_a_time_of_0_between_others_is_none(tmp_path: Path) -> None:
    head, *rows = lines_of(motion(20.0), 300.0, "1")
    for row in (200, 400, 401, 402):
        rows[row] = "0,0,0,0,0,0,0,1"
    path = tmp_path / "walk.csv"
    path.write_text("\n".join([head, *rows]))
    (recording,) = recordings_in(path)
    assert len(recording.t_us) == 996
    assert recording.quality.lost == 4
    notes = " ".join(recording.description.document["imported"]["notes"])
    assert "0 is no time" in notes
    assert "4 lines left out (lines 202, 402, 403, 404)" in notes


def test_a_clock_that_begins_at_0_keeps_its_first_row(tmp_path: Path) -> None:
    path = tmp_path / "walk.csv"
    path.write_bytes(table(motion(20.0), _PEOPLE))
    (recording,) = recordings_in(path)
    assert len(recording.t_us) == 1000


def test_each_recording_says_when_it_was_made(tmp_path: Path) -> None:
    made = motion(10.0)
    later = replace(made, t_s=made.t_s + 3600)
    dialect = Dialect(time_unit="ms", epoch=True)
    path = tmp_path / "walk.csv"
    rest = table(later, dialect).split(b"\n", 1)[1]
    path.write_bytes(table(made, dialect) + rest)
    first, second = recordings_in(path)
    moments = [datetime.fromisoformat(one.description.created) for one in (first, second)]
    assert moments[1] - moments[0] == timedelta(hours=1)


def test_a_column_of_labels_that_is_empty_says_none(tmp_path: Path) -> None:
    made = motion()
    path = tmp_path / "walking.csv"
    path.write_bytes(table(made, Dialect(label_name="Label"), [""] * len(made.t_s)))
    ((take,),) = (contents.takes for contents in read_source(path))
    assert "label 'walking' by the file's name" in take.notes
    assert {segment.label for segment in take.segments} == {"walking"}


def test_the_table_of_androsensor_is_read(tmp_path: Path) -> None:
    made = motion(60.0, 2.0)
    names = [f"{sensor} {axis} ({unit})" for sensor, unit in
             (("ACCELEROMETER", "m/s\u00b2"), ("GRAVITY", "m/s\u00b2"), ("GYROSCOPE", "rad/s"))
             for axis in "XYZ"]  # fmt: skip
    lines = [
        ";".join([*names, "LIGHT (lux)", "Time since start in ms ", "YYYY-MO-DD HH-MI-SS_SSS"])
    ]
    began = datetime(2026, 5, 5, 10)
    for t_s, accel, gyro in zip(made.t_s, made.accel_g * 9.80665, made.gyro_rad_s, strict=True):
        cells = [f"{value:.4f}" for value in (*accel, 0, 0, 9.8, *gyro, 120)]
        moment = (began + timedelta(seconds=float(t_s))).strftime("%Y-%m-%d %H:%M:%S:%f")[:-3]
        lines.append(";".join([*cells, f"{t_s * 1000:.0f}", moment]))
    path = tmp_path / "walking.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    (recording,) = recordings_in(path)
    assert recording.rate_hz == pytest.approx(2)
    assert recording.description.created.startswith("2026-05-05T10:00:00")
    np.testing.assert_allclose(recording.accel_g, made.accel_g, atol=1e-3)
    np.testing.assert_allclose(recording.gyro_rad_s, made.gyro_rad_s, atol=1e-3)


@pytest.mark.parametrize("name", ["device_timestamp_ms", "Sensor Time [ms]", "server_time_ms"])
def test_the_clock_of_a_device_by_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "walk.csv"
    path.write_bytes(table(motion(), Dialect(time_name=name)))
    ((take,),) = (contents.takes for contents in read_source(path))
    assert "times in ms, by the header" in take.notes


def test_what_was_changed_in_a_recording_is_said_beside_rows_of_no_use(tmp_path: Path) -> None:
    head, *first = lines_of(motion(20.0), 0.0, "1")
    _, *second = lines_of(motion(20.0), 100.0, "1")
    second[200] = second[199].split(",", 1)[0] + "," + second[200].split(",", 1)[1]
    _, *alone = lines_of(motion(1.0), 900.0, "1")
    path = tmp_path / "walk.csv"
    path.write_text("\n".join([head, *first, *second, alone[0]]))
    ((one, two),) = (contents.takes for contents in read_source(path))
    assert "1 row at line 2002: too few to be used" in one.notes
    (changed,) = two.notes
    assert changed.startswith("1 row with a repeated time: times evened out")


def test_a_single_sample_is_no_rate(tmp_path: Path) -> None:
    path = tmp_path / "walk.csv"
    path.write_bytes(b"\n".join(table(motion(), Dialect(time_unit="iso")).splitlines()[:2]))
    with pytest.raises(DataFileError, match="it has 1 sample"):
        read_source(path)
