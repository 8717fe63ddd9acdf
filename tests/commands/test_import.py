"""`motionloop import`: shows what it found, writes it once, refuses what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from motionloop.cli import main
from motionloop.recordings.recording import Recording, open_all
from tests.recordings.made_files import Dialect, Motion, motion, table

CASES = Path(__file__).parents[1] / "cases" / "data"


def imported(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, object]:
    main(["import", *map(str, arguments), "--json"])
    return json.loads(capsys.readouterr().out)


def test_gestures_of_the_tutorial(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", str(CASES / "wave.csv"), "--to", str(tmp_path)])
    said = capsys.readouterr().out
    assert "4 recordings" in said
    assert "1 line left out (line 39)" in said
    assert "acceleration in g" in said
    assert "rotation in deg/s" in said
    recordings = open_all(tmp_path).recordings
    assert [(r.name, r.labels, r.rate_hz) for r in recordings] == [
        (f"wave {number}", ["wave"], 119.0) for number in (1, 2, 3, 4)
    ]
    assert [r.quality.lost for r in recordings] == [1, 0, 0, 0]
    document = recordings[0].description.document["imported"]
    assert document["files"][0]["name"] == "wave.csv"
    assert len(document["files"][0]["sha256"]) == 64


def test_epoch_milliseconds_and_a_column_of_labels(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = imported(capsys, CASES / "time_in_ms_label_column.csv", "--to", tmp_path)
    (recording,) = found["sources"][0]["recordings"]  # type: ignore[index]
    assert recording["rate_hz"] == pytest.approx(50.0)
    assert recording["labels_s"] == {"walking": pytest.approx(12.0, abs=0.01)}
    assert recording["created"].startswith("2023-11-14T22:13:20")
    (opened,) = open_all(tmp_path).recordings
    assert np.median(np.linalg.norm(opened.accel_g, axis=1)) == pytest.approx(1, abs=0.15)
    assert np.abs(opened.gyro_rad_s).max() == pytest.approx(5.508, abs=1e-3)


def test_the_same_file_is_imported_once_and_nothing_is_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "walk.csv"
    file.write_bytes(table(motion(), Dialect()))
    to = tmp_path / "recordings"
    assert len(imported(capsys, file, "--to", to)["written"]) == 1  # type: ignore[arg-type]
    again = imported(capsys, file, "--to", to)
    assert (again["written"], again["already_there"]) == ([], [str(to / "walk")])
    file.write_bytes(table(motion(seed=1), Dialect()))
    assert imported(capsys, file, "--to", to)["written"] == [str(to / "walk 2")]
    np.testing.assert_allclose(Recording.open(to / "walk").accel_g, motion().accel_g, atol=1e-3)


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", str(CASES / "wave.csv"), "--to", str(tmp_path / "to"), "--dry-run"])
    assert "Nothing was written" in capsys.readouterr().out
    assert not (tmp_path / "to").exists()


def test_a_wrong_unit_is_refused_with_its_cure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "walk.csv"
    names = ("ax [g]", "ay [g]", "az [g]", "gx [rad/s]", "gy [rad/s]", "gz [rad/s]")
    file.write_bytes(table(motion(12), Dialect(names, accel_unit="m/s2", gyro_unit="rad/s")))
    with pytest.raises(SystemExit):
        main(["import", str(file), "--to", str(tmp_path / "to")])
    said = " ".join(capsys.readouterr().out.split())
    assert "looks like m/s2" in said
    assert not (tmp_path / "to").exists()
    found = imported(capsys, file, "--to", tmp_path / "to", "--accel-unit", "m/s2")
    assert found["findings"] == []
    assert len(found["written"]) == 1  # type: ignore[arg-type]


def test_119_hz_in_whole_milliseconds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = CASES / "119_hz_in_whole_milliseconds.npz"
    (source,) = imported(capsys, case, "--dry-run")["sources"]  # type: ignore[misc]
    assert {recording["lost"] for recording in source["recordings"]} == {0}
    for recording in source["recordings"]:
        assert recording["rate_hz"] == pytest.approx(119.0, abs=0.1)


def test_what_is_refused_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = (*(f"a{axis} [g]" for axis in "xyz"), *(f"g{axis} [dps]" for axis in "xyz"))
    for name, unit in (("walk", "g"), ("run", "m/s2")):
        content = table(motion(12), Dialect(names, accel_unit=unit))
        (tmp_path / f"{name}.csv").write_bytes(content)
    files = [str(tmp_path / f"{name}.csv") for name in ("walk", "run")]
    with pytest.raises(SystemExit):
        main(["import", *files, "--to", str(tmp_path / "to")])
    assert "1 of 2 recordings were not imported" in " ".join(capsys.readouterr().err.split())
    assert [path.name for path in (tmp_path / "to").iterdir()] == ["walk"]


def test_one_bad_file_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "day").mkdir()
    (tmp_path / "day" / "walk.csv").write_bytes(table(motion(), Dialect()))
    (tmp_path / "day" / "torn.csv").write_bytes(b"\x00\x01\x02")
    (tmp_path / "day" / "README.md").write_text("what this is")
    found = imported(capsys, tmp_path / "day", "--to", tmp_path / "to")
    (source,) = found["sources"]  # type: ignore[misc]
    assert [Path(one["file"]).name for one in source["left_out"]] == ["torn.csv"]
    assert len(found["written"]) == 1  # type: ignore[arg-type]


def test_acceleration_without_gravity_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = motion(12)
    still = Motion(made.t_s, made.accel_g - made.accel_g.mean(axis=0), made.gyro_rad_s)
    file = tmp_path / "walk.csv"
    names = tuple(f"ACC_{a} [g]" for a in "XYZ") + tuple(f"GYR_{a} [dps]" for a in "XYZ")
    file.write_bytes(table(still, Dialect(names)))
    with pytest.raises(SystemExit):
        main(["import", str(file), "--to", str(tmp_path / "to")])
    assert "Gravity was removed" in " ".join(capsys.readouterr().out.split())
    main(["import", str(file), "--to", str(tmp_path / "to"), "--despite", "gravity"])
    assert (tmp_path / "to" / "walk").is_dir()


def test_rotation_alone_is_an_error_for_programs_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = b"time,x,y,z\n"
    rows = b"".join(b"%d,0.1,0.2,0.3\n" % (10 * row) for row in range(50))
    (tmp_path / "Gyroscope.csv").write_bytes(head + rows)
    (tmp_path / "Accelerometer.csv").write_bytes(head + rows)
    with pytest.raises(SystemExit):
        main(["import", str(tmp_path / "Gyroscope.csv"), "--dry-run", "--json"])
    (error,) = json.loads(capsys.readouterr().out)["errors"]
    assert "There is no acceleration" in error


def test_a_folder_whose_files_were_all_left_out_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = table(motion(), Dialect(time_unit=None))
    (tmp_path / "Accelerometer.csv").write_bytes(made)
    (tmp_path / "Gyroscope.csv").write_bytes(b"time,x,y,z\n0,1,2,3\n10,1,2,3\n20,1,2,3\n")
    with pytest.raises(SystemExit):
        main(["import", str(tmp_path), "--dry-run", "--json"])
    (error,) = json.loads(capsys.readouterr().out)["errors"]
    assert "Accelerometer.csv has no times" in error


def test_the_choices_of_despite_are_words(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["import", "walk.csv", "--despite", "axes"])
    assert "(choose from 'unit', 'rotation', 'gravity')" in capsys.readouterr().err
