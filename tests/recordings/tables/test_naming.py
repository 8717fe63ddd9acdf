"""Labels and people in the names of files and folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from motionloop.errors import DataFileError
from motionloop.recordings.importing import read_source, recordings_in
from motionloop.recordings.tables.layout import no_gravity
from motionloop.recordings.tables.naming import named_by
from tests.recordings.made_files import Dialect, motion, table


@pytest.mark.parametrize(
    ("path", "root", "label", "wearer"),
    [
        ("wave.csv", None, "wave", ""),
        ("walking_01.csv", None, "walking", ""),
        ("walk_run2.csv", None, "walk", ""),
        ("run.csv", None, "run", ""),
        ("left.csv", None, "left", ""),
        ("walk_left_wrist_acc.csv", None, "walk", ""),
        ("2026-05-05_10-00.csv", None, "", ""),
        ("data.csv", None, "", ""),
        ("wrap32us.csv", None, "", ""),
        ("clock_drift_20ppm.csv", None, "", ""),
        ("acc_mps2_gyro_degrees_per_sec.csv", None, "", ""),
        ("mg_mdps_100Hz.csv", None, "", ""),
        ("epoch_seconds_jittered.csv", None, "", ""),
        ("walk_119hz_millis.csv", None, "walk", ""),
        ("d/walk/timestamp_ns.csv", "d", "walk", ""),
        ("d/walk/anna.csv", "d", "walk", ""),
        ("d/anna/walking.csv", "d", "walking", ""),
        ("d/run/3.csv", "d", "run", ""),
        ("d/s01/walking_2.csv", "d", "walking", "subject 1"),
        ("d/subject_3/data.csv", "d", "", "subject 3"),
        ("punch/rec1.csv", "punch", "punch", ""),
        ("d/Z/output_gesture_17.csv", "d", "Z", ""),
        ("d/Z/anna_17.csv", "d", "Z", ""),
        ("d/Z/circle_17.csv", "d", "circle", ""),
        ("d/gestures/17.csv", "d", "gestures", ""),
        ("gesture_3.csv", None, "gesture", ""),
        ("Z/rec1.csv", "Z", "", ""),
    ],
)
def test_what_a_name_says(path: str, root: str | None, label: str, wearer: str) -> None:
    named = named_by(Path(path), Path(root) if root else None)
    assert (named.label, named.wearer) == (label, wearer)


def test_a_folder_per_label(tmp_path: Path) -> None:
    for label in ("run", "walk"):
        (tmp_path / "gym" / label).mkdir(parents=True)
        for number in range(2):
            path = tmp_path / "gym" / label / f"{number}.csv"
            path.write_bytes(table(motion(seed=number), Dialect()))
    found = [(recording.name, recording.labels) for recording in recordings_in(tmp_path / "gym")]
    assert found == [(f"{label} {n}", [label]) for label in ("run", "walk") for n in (0, 1)]


@pytest.mark.parametrize("name", ["Gravity.csv", "mag_data.csv", "phone_magnetometer_1.csv"])
@pytest.mark.parametrize("unit", ["", " (g)"])
def test_gravity_and_a_magnet_are_no_acceleration(tmp_path: Path, name: str, unit: str) -> None:
    lines = [f"{10 * row},0.1,0.2,0.97" for row in range(500)]
    if "mag" in name and unit:
        unit = " (uT)"
    (tmp_path / name).write_text("\n".join([f"time_ms,x{unit},y{unit},z{unit}", *lines]))
    with pytest.raises(DataFileError, match=r"no three columns of acceleration"):
        recordings_in(tmp_path / name)


def test_a_file_of_linear_acceleration_says_that_gravity_is_missing(tmp_path: Path) -> None:
    lines = [f"{row / 100},0.1,{row % 7 / 10},0.3" for row in range(500)]
    path = tmp_path / "Linear Accelerometer.csv"
    path.write_text("\n".join(["Time (s),X (m/s^2),Y (m/s^2),Z (m/s^2)", *lines]))
    ((take,),) = (contents.takes for contents in read_source(path))
    assert no_gravity() in take.notes
