"""Folders and zips as people have them: each file by itself, each once, damage told."""

from __future__ import annotations

import errno
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from motionloop.errors import DataFileError
from motionloop.recordings.import_preview import preview
from motionloop.recordings.importing import (
    read_source,
    recordings_in,
    recordings_of_contents,
    write_imported,
)
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.recording import Recording
from motionloop.recordings.take import Take
from tests.recordings.data_sets import phyphox, sensor_logger
from tests.recordings.made_files import Dialect, Motion, motion, table


def test_each_file_of_a_folder_has_its_own_units(tmp_path: Path) -> None:
    made = motion()
    other = Dialect(accel_unit="m/s2", gyro_unit="rad/s")
    quiet = Motion(made.t_s, made.accel_g * 0 + [0, 0, 1], made.gyro_rad_s * 0.01)
    (tmp_path / "a.csv").write_bytes(table(made, Dialect()))
    (tmp_path / "b.csv").write_bytes(table(made, other))
    (tmp_path / "c.csv").write_bytes(table(quiet, replace(other, accel_unit="g")))
    with pytest.raises(DataFileError, match="unit of rotation"):  # who trains on it is told
        recordings_in(tmp_path)
    (contents,) = read_source(tmp_path)
    found = recordings_of_contents(contents)
    for recording in found:
        np.testing.assert_allclose(recording.accel_g, made.accel_g, atol=2e-3)
        np.testing.assert_allclose(recording.gyro_rad_s, made.gyro_rad_s, atol=2e-3)
    assert [recording.name for recording in found] == ["a", "b"]
    ((path, reason),) = contents.left_out
    assert path.name == "c.csv"
    assert "unit of rotation" in reason
    assert "--gyro-unit" in reason


def test_a_folder_that_cannot_be_read_does_not_hide_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "walk.csv").write_bytes(table(motion(), Dialect()))
    listed = Path.iterdir

    def refusing(path: Path) -> Iterator[Path]:
        if path.name == "closed":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refusing)  # nothing is closed to root
    (contents,) = read_source(tmp_path)
    assert [take.name for take in contents.takes] == ["walk"]
    ((path, reason),) = contents.left_out
    assert path == tmp_path / "closed"
    assert "closed cannot be read (Permission denied)" in reason
    with pytest.raises(DataFileError, match=r"closed cannot be read \(Permission denied\)"):
        read_source(tmp_path / "closed")


def test_a_take_that_no_recording_can_hold_does_not_hide_the_others(tmp_path: Path) -> None:
    lines = table(motion(), Dialect(time_unit=None)).decode().splitlines()
    wearers = [f"wearer,{lines[0]}", *(f"{'x' * 2000},{line}" for line in lines[1:])]
    (tmp_path / "long.csv").write_text("\n".join(wearers))
    (tmp_path / "walk.csv").write_bytes(table(motion(), Dialect(time_unit=None)))
    (contents,) = read_source(tmp_path, ReadOptions(rate_hz=50))
    assert [take.name for take in contents.takes] == ["walk"]
    ((path, reason),) = contents.left_out
    assert path.name == "long.csv"
    assert "longer than 1000 characters" in reason


def test_times_that_begin_below_zero_are_written(tmp_path: Path) -> None:
    made = motion()
    rows = [
        f"2024-05-01 10:00:{int(t):02d}," + ",".join(f"{v:.4f}" for v in accel)
        for t, accel in zip(made.t_s, made.accel_g, strict=True)
    ]
    (tmp_path / "walk.csv").write_text("Zeit,ax,ay,az\n" + "\n".join(rows))
    (folder,) = write_imported(recordings_in(tmp_path / "walk.csv"), tmp_path / "new").folders
    assert Recording.open(folder).start_us == 0


def test_a_name_that_is_not_utf_8_is_imported(tmp_path: Path) -> None:
    (tmp_path / "caf\udce9.csv").write_bytes(table(motion(), Dialect()))
    (folder,) = write_imported(recordings_in(tmp_path), tmp_path / "new").folders
    assert Recording.open(folder).name == "caf\ufffd"


def test_of_two_imports_at_once_the_slower_takes_the_next_name(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "walk.csv").write_bytes(table(motion(seed=ord(name)), Dialect()))
    new = tmp_path / "new"

    def faster(done: int, _: int) -> None:
        if not done:  # the slower one has looked already which names are taken
            write_imported(recordings_in(tmp_path / "a"), new)

    made = write_imported(recordings_in(tmp_path / "b"), new, faster).folders
    assert [folder.name for folder in made] == ["walk 2"]
    assert sorted(folder.name for folder in new.iterdir()) == ["walk", "walk 2"]


def test_links_in_a_folder_read_nothing_twice(tmp_path: Path) -> None:
    (tmp_path / "walk.csv").write_bytes(table(motion(), Dialect()))
    try:
        (tmp_path / "loop").symlink_to(tmp_path)
        (tmp_path / "again.csv").symlink_to(tmp_path / "walk.csv")
    except OSError:
        pytest.skip("this system makes no links")
    (contents,) = read_source(tmp_path)
    assert [take.name for take in contents.takes] == ["walk"]
    assert [path.name for path, _ in contents.left_out] == ["again.csv", "loop"]


def test_a_damaged_zip_is_told_as_one(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("walk.csv", table(motion(), Dialect()))
    whole = archive.read_bytes()
    rng = np.random.default_rng(0)
    told = 0
    for _ in range(40):
        place = int(rng.integers(4, len(whole)))
        archive.write_bytes(whole[:place] + rng.bytes(8) + whole[place + 8 :])
        try:
            recordings_in(archive)  # a changed date does no harm
        except DataFileError as error:
            told += "damaged" in str(error)
    assert told > 30
    archive.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataFileError, match="damaged: it is cut off"):
        recordings_in(archive)


def zipped(path: Path, files: dict[str, bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def test_zips_in_a_folder_are_read_as_the_folders_that_they_were(tmp_path: Path) -> None:
    walk, run = (table(motion(seed=seed), Dialect()) for seed in (1, 2))
    (tmp_path / "gym" / "still").mkdir(parents=True)
    (tmp_path / "gym" / "still" / "1.csv").write_bytes(table(motion(seed=3), Dialect()))
    zipped(tmp_path / "gym" / "walk.zip", {"1.csv": walk, "list.json": b"{}"})
    zipped(tmp_path / "gym" / "run" / "day.zip", {"2.csv": run})
    zipped(tmp_path / "gym" / "sheet.xlsx", {"xl/sheet.xml": b"<a/>"})
    (tmp_path / "gym" / "torn.zip").write_bytes((tmp_path / "gym" / "walk.zip").read_bytes()[:900])
    zipped(tmp_path / "gym" / "still.zip", {"1.csv": b"it is unpacked beside"})
    (contents,) = read_source(tmp_path / "gym")
    found = [(r.labels, r.raw.tolist()) for r in recordings_of_contents(contents)]
    (tmp_path / "gym" / "run" / "day.zip").unlink()
    (tmp_path / "gym" / "walk").mkdir()
    (tmp_path / "gym" / "walk" / "1.csv").write_bytes(walk)
    (tmp_path / "gym" / "run" / "2.csv").write_bytes(run)
    plain = [(r.labels, r.raw.tolist()) for r in recordings_in(tmp_path / "gym")]
    assert sorted(found) == sorted(plain)
    said = {str(path.relative_to(tmp_path / "gym")): why for path, why in contents.left_out}
    assert set(said) == {"sheet.xlsx", "still.zip", "torn.zip", "walk.zip/list.json"}
    assert "damaged" in said["torn.zip"]
    assert "unpacked beside" in said["still.zip"]
    assert "Excel workbook" in said["sheet.xlsx"]
    assert "motionloop-" not in "".join(said.values())  # the folder that goes away
    files = {take.files[0].name for take in contents.takes if isinstance(take, Take)}
    assert files == {"1.csv", "walk.zip", "day.zip"}


def test_of_a_zip_whose_units_are_not_known_the_zip_is_told(tmp_path: Path) -> None:
    made = motion()
    quiet = Motion(made.t_s, made.accel_g * 0 + [0, 0, 1], made.gyro_rad_s * 0.01)
    zipped(tmp_path / "in" / "quiet.zip", {"c.csv": table(quiet, Dialect(gyro_unit="rad/s"))})
    (tmp_path / "in" / "walk.csv").write_bytes(table(made, Dialect()))
    with pytest.raises(DataFileError, match=r"quiet.zip.c\.csv") as error:
        recordings_in(tmp_path / "in")
    assert "motionloop-" not in str(error.value)
    assert len(recordings_in(tmp_path / "in", ReadOptions(gyro_unit="rad/s"))) == 2


def test_the_reading_of_a_folder_counts_its_files_and_those_in_its_zips(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("readme.md", "a.csv", "sub/b.csv"):
        (tmp_path / name).write_bytes(table(motion(), Dialect()))
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as opened:
        for name in ("d.csv", "e.csv"):
            opened.writestr(name, table(motion(), Dialect()))
    seen: list[tuple[int, int]] = []
    found = preview([tmp_path], on_files=lambda read, of: seen.append((read, of)))
    assert len(found.recordings) == 4
    assert (seen[0], seen[-1]) == ((0, 4), (6, 6))  # with the zip itself and what lies beside
    assert [read for read, _ in seen] == sorted(read for read, _ in seen)
    written: list[tuple[int, int]] = []
    write_imported(found.recordings, tmp_path / "out", lambda done, of: written.append((done, of)))
    assert written == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_what_lies_in_the_folder_of_a_recording_is_read_or_told(tmp_path: Path) -> None:
    folder = sensor_logger(tmp_path)
    (folder / "Barometer.csv").write_text("time,seconds_elapsed,pressure\n1,0,1013\n")
    (folder / "earlier").mkdir()
    (folder / "earlier" / "sit.csv").write_bytes(table(motion(), Dialect()))
    zipped(folder / "later.zip", {"stand.csv": table(motion(), Dialect())})
    found = {contents.format_name: contents.takes for contents in read_source(folder)}
    assert [take.name for take in found["table (CSV, TSV or text)"]] == [
        "earlier sit",
        "later stand",
    ]
    (take,) = found["Sensor Logger"]
    assert isinstance(take, Take)
    assert "files left out: Accelerometer.csv, Barometer.csv, Gravity.csv" in take.notes


def test_an_experiment_without_acceleration_does_not_hide_what_lies_beside(tmp_path: Path) -> None:
    folder = phyphox(tmp_path)
    for path in folder.glob("*.csv"):
        path.write_text('"Time (s)","Illuminance (lx)","Distance (cm)"\n0,120,5\n1,121,5\n')
    (folder / "GPS.csv").write_text('"Time (s)","Latitude","Longitude"\n')
    with pytest.raises(DataFileError, match=r"There is no motion .* has no acceleration"):
        read_source(folder)
    (folder / "more").mkdir()
    (folder / "more" / "sit.csv").write_bytes(table(motion(), Dialect()))
    (contents,) = read_source(folder)
    assert [take.name for take in contents.takes] == ["more sit"]
    assert [path for path, _ in contents.left_out] == [folder]


def test_a_sensor_that_was_off_leaves_the_experiment_whole(tmp_path: Path) -> None:
    folder = phyphox(tmp_path)
    (folder / "GPS.csv").write_text('"Time (s)","Latitude","Longitude"\n')
    (contents,) = read_source(folder)
    (take,) = contents.takes
    assert isinstance(take, Take)
    assert "files left out: GPS.csv, Linear Accelerometer.csv" in take.notes


def test_what_people_take_for_data_is_named(tmp_path: Path) -> None:
    zipped(tmp_path / "new.xlsx", {"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<x/>"})
    (tmp_path / "old.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504))
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1586670\n"
    (tmp_path / "walk.csv").write_bytes(pointer)
    for name, reason in {
        "new.xlsx": "It is an Excel workbook: save it as CSV",
        "old.xls": "It is an Excel workbook: save it as CSV",
        "walk.csv": "It is a pointer of Git LFS",
    }.items():
        with pytest.raises(DataFileError, match=f"{name}: {reason}"):
            read_source(tmp_path / name)
        with pytest.raises(DataFileError, match=f"{name}: {reason}"):
            read_source(tmp_path)
