"""XDF of others: clocks, markers, channels."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from motionloop.errors import DataFileError
from motionloop.recordings.importing import recordings_in
from motionloop.recordings.read_options import ReadOptions
from tests.recordings.lab_recorder import Stream, record

AXES = [f"{sensor}_{axis}" for sensor in ("ACC", "GYRO") for axis in "XYZ"]


def session(path: Path, names: list[str], footer: bool = True) -> Path:
    """2 s at 100 Hz of a stream 7 s behind its recorder's clock, a hole of 50 ms in it, and
    markers at 0.5 and 1.5 s."""
    times_s = 1000 + np.arange(200) / 100
    times_s[100:] += 0.05
    values = np.tile([0, 0, 9.80665, 0, 0, 90], (200, 1))
    channels = tuple((name, "m/s^2" if name[0] == "A" else "deg/s") for name in names)
    wrist = Stream("wrist", "Accelerometer", 100, times_s, values, channels, offset_s=7.0)
    marks = ["walking", "end walking"]
    return record(
        path, wrist, Stream("marks", "Markers", 0, np.array([1007.5, 1008.5]), marks), footer=footer
    )


def test_markers_label_motion_on_one_clock(tmp_path: Path) -> None:
    (found,) = recordings_in(session(tmp_path / "session.xdf", AXES))
    assert found.rate_hz == pytest.approx(100, abs=0.1)
    assert found.accel_g[0] == pytest.approx([0, 0, 1], abs=1e-4)
    assert np.degrees(found.gyro_rad_s[0]) == pytest.approx([0, 0, 90], abs=0.02)
    (segment,) = found.segments
    assert segment.label == "walking"
    begin_s = (segment.start_us - found.start_us) / 1e6
    assert begin_s == pytest.approx(0.5, abs=0.011)  # 7 s of clock apart
    assert (segment.end_us - segment.start_us) / 1e6 == pytest.approx(1, abs=0.011)
    assert [gap.missing for gap in found.gaps] == [5]
    notes = found.description.document["imported"]["notes"]
    assert not any("cut off" in note for note in notes)


def phone(path: Path, *streams: tuple[str, float, list[float]]) -> Path:
    """Streams of three channels x, y, z each, 2 s at their rates: type, rate, values."""
    channels = tuple((axis, "") for axis in "xyz")
    return record(
        path,
        *(
            Stream(
                f"Pixel {number}",
                kind,
                rate_hz,
                50 + np.arange(int(2 * rate_hz)) / rate_hz,
                np.tile(np.array(row, float), (int(2 * rate_hz), 1)),
                channels,
            )
            for number, (kind, rate_hz, row) in enumerate(streams, 1)
        ),
    )


def test_a_gyroscope_in_a_stream_of_its_own_joins_the_acceleration(tmp_path: Path) -> None:
    sensors = (("Accelerometer", 100.0, [0, 0, 9.8]), ("Gyroscope", 50.0, [0, 0, 90]))
    path = phone(tmp_path / "p.xdf", *sensors, ("Magnetometer", 10.0, [1, 2, 3]))
    (found,) = recordings_in(path, ReadOptions(gyro_unit="deg/s"))
    assert found.rate_hz == pytest.approx(100, abs=0.1)
    assert np.degrees(found.gyro_rad_s).mean(axis=0) == pytest.approx([0, 0, 90], abs=0.02)
    notes = " ".join(found.description.document["imported"]["notes"])
    assert "rotation of stream 'Pixel 2', interpolated" in notes
    assert "stream 'Pixel 3' is no motion" in notes


def test_gyroscopes_that_belong_to_none_are_said(tmp_path: Path) -> None:
    gyroscope = ("Gyroscope", 50.0, [0, 0, 90])
    path = phone(tmp_path / "p.xdf", ("Accelerometer", 100.0, [0, 0, 1]), gyroscope, gyroscope)
    (found,) = recordings_in(path)
    assert not found.gyro_rad_s.any()
    notes = found.description.document["imported"]["notes"]
    assert sum("not known to which it belongs" in note for note in notes) == 2


def test_a_packed_file_is_read_too(tmp_path: Path) -> None:
    plain = session(tmp_path / "session.xdf", AXES)
    packed = tmp_path / "packed.xdfz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert np.array_equal(recordings_in(packed)[0].raw, recordings_in(plain)[0].raw)


def test_a_file_that_was_cut_off_is_said(tmp_path: Path) -> None:
    (found,) = recordings_in(session(tmp_path / "session.xdf", AXES, footer=False))
    assert any("cut off" in note for note in found.description.document["imported"]["notes"])


def test_a_file_cut_off_anywhere_is_told_in_words_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = session(tmp_path / "session.xdf", AXES)
    whole = path.read_bytes()
    untold = []
    for size in range(20, len(whole) - 400, 97):
        path.write_bytes(whole[:size])
        try:
            (found,) = recordings_in(path)
            told = str(found.description.document["imported"]["notes"])
        except DataFileError as error:
            told = str(error)
        if "cut off" not in told:
            untold.append((size, told))
    assert untold == []
    assert caplog.records == []


def test_streams_without_motion_are_named(tmp_path: Path) -> None:
    path = session(tmp_path / "eeg.xdf", ["Fp1", "Fp2", "C3", "C4", "O1", "O2"])
    with pytest.raises(DataFileError, match=r"wrist \(Fp1, Fp2.*AccelerationX"):
        recordings_in(path)
    path.write_bytes(b"XDF:" + b"\x01" * 50)
    with pytest.raises(DataFileError):
        recordings_in(path)
