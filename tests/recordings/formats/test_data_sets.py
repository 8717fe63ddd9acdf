"""Each program's files come in as they were made: motion, units, rate, labels, people."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from motionloop.errors import DataFileError
from motionloop.recordings.clock import utc_us_of
from motionloop.recordings.importing import read_source, recordings_in, recordings_of_contents
from motionloop.recordings.read_options import ReadOptions
from tests.recordings.data_sets import FIXTURES, Fixture, sensiml, wisdm_phone


@pytest.mark.parametrize("fixture", FIXTURES.values(), ids=FIXTURES)
def test_what_was_made_comes_in(tmp_path: Path, fixture: Fixture) -> None:
    source = fixture.write(tmp_path)
    (contents,) = read_source(source, fixture.options)
    assert contents.format_name.startswith(fixture.format_name)
    assert contents.left_out == ()
    recordings = recordings_of_contents(contents, fixture.options)
    assert len(recordings) == len(fixture.expected)
    for recording, expected in zip(recordings, fixture.expected, strict=True):
        made = expected.motion
        assert recording.rate_hz == pytest.approx(made.rate_hz, rel=1e-3)
        np.testing.assert_allclose(recording.accel_g, made.accel_g, atol=expected.tolerance)
        np.testing.assert_allclose(recording.gyro_rad_s, made.gyro_rad_s, atol=expected.tolerance)
        assert recording.gaps == ()
        assert tuple(recording.labels) == expected.labels
        assert recording.wearer == expected.wearer
        assert recording.description.placement == expected.placement


@pytest.mark.parametrize("name", ["phyphox", "UCI-HAR", "Sensor Logger"])
def test_a_zip_is_read_as_its_folder(tmp_path: Path, name: str) -> None:
    fixture = FIXTURES[name]
    folder = fixture.write(tmp_path)
    archive = Path(shutil.make_archive(str(tmp_path / "downloads" / "download"), "zip", folder))
    plain = recordings_in(folder, fixture.options)
    for path in (archive, archive.parent):  # itself, and inside of a plain folder
        zipped = recordings_in(path, fixture.options)
        assert [r.raw.tolist() for r in zipped] == [r.raw.tolist() for r in plain]
        files = zipped[0].description.document["imported"]["files"]
        assert files[0]["name"] == "download.zip"


def test_labels_of_samples_are_those_of_the_file(tmp_path: Path) -> None:
    hapt = recordings_in(FIXTURES["HAPT"].write(tmp_path))[0]
    spans = [(s.label, s.start_us // 20_000, s.end_us // 20_000) for s in hapt.segments]
    assert spans == [("STANDING", 0, 99), ("WALKING", 150, 399)]  # from 1 on in the file
    options = FIXTURES["SensiML"].options
    dcli = recordings_in(sensiml(tmp_path), options)[0]
    spans = [(s.label, s.start_us // 10_000, s.end_us // 10_000) for s in dcli.segments]
    assert spans == [("Up", 100, 299), ("Down", 400, 699)]


def test_the_rate_that_a_dcli_does_not_say_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="--rate-hz"):
        recordings_in(sensiml(tmp_path), ReadOptions(accel_unit="4096/g", gyro_unit="16.4/dps"))


def test_when_an_experiment_began_is_kept(tmp_path: Path) -> None:
    phyphox = recordings_in(FIXTURES["phyphox"].write(tmp_path))[0]
    assert phyphox.description.created == "2023-11-14T22:13:20.500+00:00"
    (span,) = phyphox.description.clock
    assert span.utc_us == utc_us_of(phyphox.description.created) + span.from_us


def test_torn_lines_of_wisdm_are_counted(tmp_path: Path) -> None:
    recording = recordings_in(wisdm_phone(tmp_path))[0]
    assert "2 lines left out (torn" in recording.description.document["imported"]["notes"][0]
