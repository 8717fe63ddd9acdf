"""Folders and zips as people have them: each file by itself, each once, damage told."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from motionloop.errors import DataFileError
from motionloop.recordings.importing import read_source, recordings_in, recordings_of_contents
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
