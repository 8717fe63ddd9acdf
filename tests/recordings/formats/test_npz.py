"""Data files become recordings as they are, and each fault in one is told."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from motionloop.errors import DataFileError
from motionloop.recordings import importing
from motionloop.recordings.conversion import MISSING_IN_FILE
from motionloop.recordings.formats import npz
from motionloop.recordings.recording import Recording
from motionloop.recordings.segments import Segment
from motionloop.recordings.writer import write_recording

DATA = Path(os.environ.get("MOTIONLOOP_DATA") or Path(__file__).parents[4] / "shared" / "data")

Arrays = dict[str, Any]


def arrays() -> Arrays:
    """Two people; the second has two sessions, the last of which is labelled in part."""
    x = np.random.default_rng(0).uniform(-4, 4, (60, 6)).astype(np.float32)
    x[5], x[6] = [2, -4, 1, 1, 1, 8], [-1, 1, 1, -8, 1, 1]
    return {
        "X": x,
        "y": np.repeat([1, 0, 2, 1], [20, 20, 10, 10]).astype(np.uint8),
        "label_names": np.array(["downstairs", "unlabelled", "walking"]),
        "subject": np.repeat([1, 2], [20, 40]).astype(np.uint8),
        "session": np.repeat([1, 1, 4], 20).astype(np.uint8),
        "rate_hz": np.float64(50.0),
    }


def save(path: Path, content: Arrays) -> Path:
    with open(path, "wb") as file:
        np.savez_compressed(file, **content)
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return save(tmp_path / "motion.npz", arrays())


def with_times(content: Arrays) -> Arrays:
    """The same with device times at 100 Hz of which samples 30 to 32 were lost."""
    del content["rate_hz"]
    t_ms = np.arange(60, dtype=np.int32) * 10
    t_ms[30:] += 30
    return content | {"t_ms": t_ms}


def test_each_subject_and_session_is_a_recording(file: Path) -> None:
    recordings = importing.recordings_in(file)
    assert [(r.name, r.wearer, len(r.seq)) for r in recordings] == [
        ("motion subject 1 trial 1", "motion subject 1", 20),
        ("motion subject 2 trial 1", "motion subject 2", 20),
        ("motion subject 2 trial 4", "motion subject 2", 20),
    ]
    for recording in recordings:
        assert recording.path is None
        assert not recording.synthetic
        assert (recording.rate_hz, recording.gaps) == (50.0, ())
        np.testing.assert_array_equal(recording.t_us, np.arange(20) * 20_000)


def test_labels_go_by_name_so_that_the_first_is_not_taken_for_none(file: Path) -> None:
    first, second, third = importing.recordings_in(file)
    assert first.segments == ()
    assert second.segments == (Segment(0, 380_001, "downstairs"),)
    assert third.segments == (Segment(0, 180_001, "walking"),)
    only = importing.recordings_in(file, labels=["walking"])
    assert [recording.labels for recording in only] == [[], [], ["walking"]]
    with pytest.raises(DataFileError, match="no label flying: choose among downstairs"):
        importing.recordings_in(file, labels=["flying"])


def test_the_scale_is_the_finest_that_holds_every_value(file: Path) -> None:
    recordings = importing.recordings_in(file)
    board = recordings[0].board
    assert (board.format.accel_ng_per_lsb, board.format.gyro_nrads_per_lsb) == (122_078, 244_156)
    values = arrays()["X"].astype(np.float64)
    read = np.concatenate([np.c_[r.accel_g, r.gyro_rad_s] for r in recordings])
    error = np.abs(read - values)
    assert (error.max(axis=0) <= np.repeat([122_078, 244_156], 3) * 0.5e-9 + 1e-12).all()
    assert sum(recording.quality.saturated for recording in recordings) == 0
    largest = max(np.abs(r.raw).max() for r in recordings)
    assert largest in (32765, 32766)


def test_at_a_boards_scale_it_saturates_as_the_board_would(file: Path) -> None:
    first = importing.recordings_in(file, accel_ng_per_lsb=61_000, gyro_nrads_per_lsb=122_000)[0]
    assert first.board.format.accel_ng_per_lsb == 61_000
    assert first.raw[5].tolist() == [32767, -32768, 16393, 8197, 8197, 32767]
    assert first.raw[6, 3] == -32768
    assert first.quality.saturated > 0


def test_device_times_are_kept_and_their_gaps_declared(tmp_path: Path) -> None:
    content = with_times(arrays())
    del content["subject"]
    first, second = importing.recordings_in(save(tmp_path / "nano.npz", content))
    assert (first.name, first.wearer, first.rate_hz) == ("nano session 1", "", 100.0)
    assert [(g.after_seq, g.missing, g.reason) for g in first.gaps] == [(29, 3, MISSING_IN_FILE)]
    assert first.t_us[30] - first.t_us[29] == 40_000
    assert second.start_us == 430_000


def test_a_session_that_comes_twice_is_two_recordings(tmp_path: Path) -> None:
    content = arrays()
    content["subject"][:] = 1
    content["session"][:] = np.repeat([1, 2, 1], 20)
    names = [r.name for r in importing.recordings_in(save(tmp_path / "m.npz", content))]
    assert names == [f"m subject 1 trial {trial}" for trial in ("1", "2", "1 part 2")]


def test_people_numbered_alike_in_two_files_stay_two_people(tmp_path: Path, file: Path) -> None:
    other = importing.recordings_in(save(tmp_path / "other.npz", arrays()))
    both = [*importing.recordings_in(file), *other]
    assert len({r.wearer for r in both}) == 4
    assert len({r.name for r in both}) == 6
    assert other[0].wearer == npz.wearer_name(tmp_path / "other.npz", 1)


def test_what_was_read_is_written_and_opened_unchanged(tmp_path: Path) -> None:
    recording = importing.recordings_in(save(tmp_path / "m.npz", with_times(arrays())))[1]
    assert recording.gaps
    write_recording(recording, tmp_path / "r")
    back = Recording.open(tmp_path / "r")
    assert back.description == recording.description
    np.testing.assert_array_equal(back.raw, recording.raw)
    np.testing.assert_array_equal(back.t_us, recording.t_us)


@pytest.mark.parametrize("rate_hz", [1e-3, 1e5])
def test_slow_and_fast_sensors_are_read(tmp_path: Path, rate_hz: float) -> None:
    content = arrays() | {"rate_hz": rate_hz}
    recording = importing.recordings_in(save(tmp_path / "m.npz", content))[0]
    assert recording.rate_hz == rate_hz
    np.testing.assert_array_equal(recording.t_us, np.rint(np.arange(20) * 1e6 / rate_hz))


def test_two_people_in_one_session_are_two_recordings(tmp_path: Path) -> None:
    content = arrays() | {"session": np.ones(60, int)}
    found = [
        (r.wearer, len(r.seq)) for r in importing.recordings_in(save(tmp_path / "m.npz", content))
    ]
    assert found == [("m subject 1", 20), ("m subject 2", 40)]


def test_motion_that_is_zero_has_a_scale(tmp_path: Path) -> None:
    content = arrays() | {"X": np.zeros((60, 6))}
    board = importing.recordings_in(save(tmp_path / "m.npz", content))[0].board
    assert (board.format.accel_ng_per_lsb, board.format.gyro_nrads_per_lsb) == (1, 1)


def test_the_largest_scale_that_a_board_could_have_is_taken(tmp_path: Path) -> None:
    """wire.Info keeps scales as u32: 4.29 g a step."""
    most = 32766 * (2**32 - 1) / 1e9
    content = arrays() | {"X": np.full((60, 6), most)}
    recording = importing.recordings_in(save(tmp_path / "m.npz", content))[0]
    assert recording.board.format.accel_ng_per_lsb == 2**32 - 1
    assert recording.raw.max() == 32766
    content = arrays() | {"X": np.full((60, 6), most * 1.0001)}
    with pytest.raises(DataFileError, match="too large"):
        importing.recordings_in(save(tmp_path / "m.npz", content))


def test_rows_that_come_late_or_twice_are_put_in_order_and_told(tmp_path: Path) -> None:
    content = with_times(arrays()) | {"session": np.ones(60, int)}
    content["subject"][:] = 1
    t_ms = np.arange(60) * 10
    t_ms[[9, 10]] = t_ms[[10, 9]]
    t_ms[40] = t_ms[39]
    (take,) = importing.read_source(save(tmp_path / "m.npz", content | {"t_ms": t_ms}))[0].takes
    assert take.rate_hz == pytest.approx(100, rel=1e-3)
    np.testing.assert_allclose(take.t_us, np.arange(60) * 10_000, atol=10_000)
    assert (np.diff(take.t_us) > 0).all()
    np.testing.assert_array_equal(take.acceleration.values[9], content["X"][10, :3])
    assert "1 row out of order" in take.notes[1]
    assert "1 row with a repeated time" in take.notes[2]


@pytest.mark.parametrize("rate_hz", [80, 104, 110, 119, 238, 476])
@pytest.mark.parametrize("name", ["whole t_ms", "t_ms", "t_us"])
def test_the_rate_is_that_of_the_times_without_holes(
    tmp_path: Path, rate_hz: float, name: str
) -> None:
    there = np.delete(np.arange(2000), [*range(500, 700), 1000, 1001, 1500])
    t_us = there * (1e6 / rate_hz)
    times = {"whole t_ms": t_us // 1000, "t_ms": t_us / 1000, "t_us": t_us.astype(np.int64)}
    content = {
        "X": np.ones((len(there), 6)),
        "y": np.zeros(len(there), int),
        "session": np.zeros(len(there), int),
        "label_names": np.array(["walking"]),
        name.split()[-1]: times[name].astype(np.int64) if "whole" in name else times[name],
    }
    (recording,) = importing.recordings_in(save(tmp_path / "m.npz", content))
    assert recording.rate_hz == pytest.approx(rate_hz, rel=2e-4)
    assert [gap.missing for gap in recording.gaps] == [200, 2, 1]


def test_acceleration_alone_is_read_and_told(tmp_path: Path) -> None:
    content = arrays()
    content["X"] = content["X"][:, :3]
    recording = importing.recordings_in(save(tmp_path / "m.npz", content))[0]
    assert not recording.gyro_rad_s.any()
    np.testing.assert_allclose(recording.accel_g, content["X"][:20], atol=1e-4)
    said = recording.description.document["imported"]["gyro_unit"]
    assert said == "no rotation in the file: its three axes are zero"


# --- faults -------------------------------------------------------------------------------
def without(name: str) -> Callable[[Arrays], None]:
    def change(content: Arrays) -> None:
        del content[name]

    return change


def changed(name: str, value: Any) -> Callable[[Arrays], None]:
    def change(content: Arrays) -> None:
        content[name] = value(content[name]) if callable(value) else value

    return change


def not_a_number(x: Any) -> Any:
    x[[7, 9], 2] = np.nan
    return x


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (without("X"), "has no array X"),
        (without("label_names"), "has no array label_names"),
        (without("rate_hz"), "has neither t_us nor t_ms nor a number rate_hz"),
        (changed("X", lambda x: x[:, :2]), r"has X of float32 \(60, 2\)"),
        (changed("X", lambda x: x[:0]), r"has X of float32 \(0, 6\)"),
        (changed("X", lambda x: x.astype(str)), "not numbers"),
        (changed("X", not_a_number), "has 2 rows of X that are not numbers, the first at 7"),
        (changed("X", lambda x: x * 1e20), "too large"),
        (changed("y", lambda y: y[:-1]), r"has y of uint8 \(59,\)"),
        (changed("y", lambda y: y.astype(float)), "has y of float64"),
        (changed("y", lambda y: y + 1), "labels 1 to 3 in y, but label_names has 3"),
        (changed("subject", lambda s: s[:3]), "has subject of"),
        (changed("session", np.uint8(3)), "has session of"),
        (changed("rate_hz", np.array([50.0])), "has neither t_us nor t_ms nor a number rate_hz"),
        (changed("rate_hz", "fast"), "has neither t_us nor t_ms nor a number rate_hz"),
        (changed("rate_hz", 100_001), "rate_hz of 100001"),
        (changed("rate_hz", 0.0), "rate_hz of 0, not above 0"),
        (changed("rate_hz", float("nan")), "rate_hz of nan"),
        (changed("label_names", np.array(["a", "b" * 25, "c" * 25])), "longer than the 24 bytes"),
        (changed("label_names", np.array(["a", "b", 3], object)), "holds Python objects"),
    ],
)
def test_a_fault_in_a_file_is_told(
    tmp_path: Path, fault: Callable[[Arrays], None], told: str
) -> None:
    content = arrays()
    fault(content)
    path = save(tmp_path / "motion.npz", content)
    with pytest.raises(DataFileError, match=rf"motion\.npz .*{told}") as caught:
        importing.recordings_in(path)
    assert str(caught.value).endswith(
        ("convert it to that.", "with --label.", "--gyro-unit.", "or remove them.")
    )


@pytest.mark.parametrize(
    ("t_ms", "told"),
    [
        (np.r_[0:30, 20:50], "begins again at row 30, inside one session"),
        (np.arange(60) - 3, "negative, too large or no number at row 0"),
        (np.arange(60) * 1e300, "negative, too large or no number at row 1"),
        (np.arange(60) + 2.0**53, "negative, too large or no number at row 0"),
        (np.full(60, 2**63, np.uint64), "negative, too large or no number at row 0"),
        (np.arange(60).astype(str), "has t_ms of <U"),
    ],
)
def test_times_that_cannot_be_are_told(tmp_path: Path, t_ms: Any, told: str) -> None:
    content = with_times(arrays()) | {"t_ms": t_ms, "session": np.ones(60, int)}
    content["subject"][:] = 1
    with pytest.raises(DataFileError, match=told):
        importing.recordings_in(save(tmp_path / "m.npz", content))


def test_times_of_single_samples_give_no_rate(tmp_path: Path) -> None:
    content = with_times(arrays()) | {"session": np.arange(60)}
    with pytest.raises(DataFileError, match="no session with two samples"):
        importing.recordings_in(save(tmp_path / "m.npz", content))


def test_what_is_no_data_file_is_told(tmp_path: Path, file: Path) -> None:
    with pytest.raises(DataFileError, match=r"no data file .*nowhere\.npz: check the path"):
        importing.recordings_in(tmp_path / "nowhere.npz")
    other = tmp_path / "other.npz"
    np.save(tmp_path / "one.npy", np.arange(3))
    for content in (b"", b"PK\x03\x04 nothing", file.read_bytes()[:-100]):
        other.write_bytes(content)
        with pytest.raises(DataFileError, match=r"is not an \.npz file, or is cut off"):
            importing.recordings_in(other)
    with pytest.raises(DataFileError, match=r"is a single array, not an \.npz"):
        importing.recordings_in(tmp_path / "one.npy")


def test_a_damaged_array_is_told(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 0xFF
    file.write_bytes(content)
    with pytest.raises(DataFileError, match="has an array 'X' that is damaged"):
        importing.recordings_in(file)


@pytest.mark.parametrize("kind", ["'<U0'", "'|V0'", "'|S0'", "('<f8', (3000000000, 0))"])
@pytest.mark.parametrize("shape", ["(3000000000,)", "(60, 3000000000)", "(3000000000, 0)"])
def test_what_takes_no_byte_is_not_counted_to_the_end(file: Path, kind: str, shape: str) -> None:
    header = f"{{'descr': {kind}, 'fortran_order': False, 'shape': {shape}}}".encode().ljust(118)
    member = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("more.npy", member)
    with pytest.raises(DataFileError, match="has an array 'more' that is damaged"):
        importing.recordings_in(file)


# --- the real files -----------------------------------------------------------------------
def real(name: str) -> Path:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{path} is absent: set MOTIONLOOP_DATA to the folder that holds it")
    return path


def test_motionsense_trials_are_one_activity_each() -> None:
    recordings = importing.recordings_in(real("motionsense_pocket_50hz.npz"))
    assert len(recordings) == 270
    assert {len(recording.segments) for recording in recordings} == {1}
    assert len({(r.wearer, r.name) for r in recordings}) == 270
    names = {label for recording in recordings for label in recording.labels}
    assert names == {"downstairs", "upstairs", "walking", "jogging", "standing", "sitting"}
    assert sum(len(recording.seq) for recording in recordings) == 1_055_242
    assert not any(recording.gaps for recording in recordings)


def test_hapt_sessions_keep_their_unlabelled_stretches() -> None:
    recordings = importing.recordings_in(real("hapt_waist_50hz.npz"), labels=["WALKING", "SITTING"])
    assert len(recordings) == 42
    assert all(recording.labels == ["SITTING", "WALKING"] for recording in recordings)
    labelled = sum(s.end_us - s.start_us for r in recordings for s in r.segments) / 20_000
    assert labelled == pytest.approx(87_072 + 90_938, rel=0.01)


def test_nano_recordings_show_their_losses() -> None:
    recordings = importing.recordings_in(real("nano33ble_ankle.npz"))
    assert [recording.rate_hz for recording in recordings] == [100.0] * 6
    for recording in recordings:
        quality = recording.quality
        assert quality.rate_hz == pytest.approx(100, rel=0.01)
        assert (quality.samples + quality.lost) / quality.duration_s == pytest.approx(100, rel=0.02)
        assert quality.gaps > 300
