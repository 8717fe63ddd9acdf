"""Recordings open as they were written; what is missing is told."""

from __future__ import annotations

import errno
import os
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from motionloop.errors import ChangedElsewhereError, DiskFullError, RecordingError
from motionloop.recordings.recording import (
    LOST_AT_SENSOR,
    LOST_ON_LINK,
    SAMPLES_FILE,
    Recording,
    find_gaps,
    is_saturated,
    marked,
    measure_quality,
    open_all,
)
from motionloop.recordings.recording_json import (
    DESCRIPTION_BACKUP,
    DESCRIPTION_FILE,
    Description,
    Gap,
    Trim,
    Video,
)
from motionloop.recordings.segments import Segment
from motionloop.recordings.writer import RecordingWriter, recover
from tests.recordings.made import (
    BOARD,
    PERIOD_US,
    append,
    edit,
    gaps_in,
    no_space,
    raw_of,
    replace_line,
)


def test_a_recording_tells_who_what_and_when(recorded: Path) -> None:
    recording = Recording.open(recorded)
    assert (recording.name, recording.wearer, recording.board) == ("morning", "Ada", BOARD)
    assert recording.description.placement == "left wrist"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}[+-]\d\d:\d\d", recording.description.created)
    assert recording.segments == (Segment(90_001, 490_001, "walking"),)
    assert recording.labels == ["walking"]
    assert (recording.gaps, recording.problems) == ((), ())
    inside = (recording.t_us >= 90_001) & (recording.t_us < 490_001)
    assert recording.seq[inside].tolist() == list(range(10, 50))


def test_quality_counts_losses_and_saturation(folder: Path) -> None:
    with RecordingWriter.create(folder, BOARD) as writer:
        writer.append(0, np.arange(50) * 10_100, np.zeros((50, 6), np.int16))
        raw = np.zeros((50, 6), np.int16)
        raw[3, 2], raw[4, 0], raw[4, 1] = 32767, -32768, 32767
        writer.append(60, 60 * 10_100 + np.arange(50) * 10_100, raw)
        live = writer.quality
    assert live == Recording.open(folder).quality
    assert (live.samples, live.lost, live.gaps, live.saturated) == (100, 10, 1, 2)
    assert live.rate_hz == pytest.approx(1e6 / 10_100)
    assert live.duration_s == pytest.approx(109 * 0.0101)


def test_samples_lost_at_the_sensor_beside_a_lost_packet_are_counted() -> None:
    seq, t_us = np.array([0, 2]), np.array([0, 50 * PERIOD_US])
    assert [gap.missing for gap in find_gaps(seq, t_us, 100.0)] == [49]


def test_a_long_outage_of_a_sensor_off_its_nominal_rate_counts_by_number() -> None:
    seq, t_us = np.array([0, 2001]), np.array([0, round(2001 * PERIOD_US * 1.02)])
    assert [gap.missing for gap in find_gaps(seq, t_us, 100.0)] == [2000]


def test_each_place_without_samples_is_a_gap_and_a_late_sample_is_none() -> None:
    """A step of one and a half periods is a late sample; beyond it one is missing."""
    period_us = PERIOD_US
    steps_us = [period_us, round(1.5 * period_us), round(1.5 * period_us) + 1, 2 * period_us]
    t_us = 70 + np.r_[0, np.cumsum(steps_us)]
    gaps = find_gaps(np.arange(5, 10), t_us, 100.0)
    assert [(g.after_seq, g.missing, g.start_us, g.end_us, g.reason) for g in gaps] == [
        (7, 1, t_us[2], t_us[3], LOST_AT_SENSOR),
        (8, 1, t_us[3], t_us[4], LOST_AT_SENSOR),
    ]
    assert find_gaps(np.array([1, 2]), np.array([0, period_us]), 100.0) == []


@given(jump=st.integers(1, 500), at_sensor=st.integers(0, 500))
@example(jump=1, at_sensor=1)
@example(jump=1, at_sensor=3)
def test_what_is_missing_is_known_to_one_sample_and_a_twentieth(jump: int, at_sensor: int) -> None:
    """Of samples lost on the link beside samples lost at the sensor: as the times tell."""
    lost = jump + at_sensor
    (gap,) = find_gaps(np.array([3, 4 + jump]), np.array([0, (lost + 1) * PERIOD_US]), 100.0)
    assert gap.reason == LOST_ON_LINK
    assert lost >= gap.missing >= 0.95 * lost - 1
    if at_sensor <= 1:
        assert gap.missing == jump
    if at_sensor > 2 + 0.05 * jump:
        assert gap.missing == lost


def test_a_sample_at_either_end_of_the_range_is_saturated() -> None:
    """A sensor that is turned round gives -32767 for 32767: that is an end, too."""
    ends = np.zeros((6, 6), np.int16)
    for axis, value in enumerate((32767, 32766, -32766, -32767, -32768, 0)):
        ends[axis, axis] = value
    assert is_saturated(ends).tolist() == [True, False, False, True, True, False]


def test_values_are_raw_times_scale() -> None:
    raw = np.array([[1, -2, 3, 4, -5, 6]], np.int16)
    recording = Recording(Description(BOARD, "m"), np.arange(1), np.arange(1), raw)
    np.testing.assert_allclose(recording.accel_g, [[244e-6, -488e-6, 732e-6]])
    np.testing.assert_allclose(recording.gyro_rad_s, np.array([[4, -5, 6]]) * 1.22173e-3)
    assert recording.rate_hz == 100.0


def test_the_rate_is_measured_outside_gaps_and_is_0_where_none_can_be() -> None:
    assert measure_quality(0, 0, [], 0).rate_hz == 0
    assert measure_quality(1, 0, [], 0).rate_hz == 0
    assert measure_quality(2, 10_000, [], 0).rate_hz == pytest.approx(100)
    gap = Gap(after_seq=0, missing=4, start_us=0, end_us=50_000, reason="away")
    assert measure_quality(2, 50_000, [gap], 0).rate_hz == 0  # no step but the gap
    after = measure_quality(3, 60_000, [gap], 0)
    assert (after.rate_hz, after.lost, after.gaps) == (pytest.approx(100), 4, 1)
    assert measure_quality(2, 0, [], 0).rate_hz == 0  # both at one time


def test_a_recording_without_samples_opens(folder: Path) -> None:
    RecordingWriter.create(folder, BOARD).close()
    recording = Recording.open(folder)
    assert (recording.start_us, recording.end_us, recording.problems) == (0, 0, ())
    assert (recording.quality.samples, recording.quality.duration_s) == (0, 0)


def test_a_recording_that_goes_on_or_is_torn_says_so(folder: Path) -> None:
    writer = RecordingWriter.create(folder, BOARD)
    append(writer, 0, 3)
    (going_on,) = Recording.open(folder).problems
    assert "was not closed" in going_on
    writer.close()
    with open(folder / SAMPLES_FILE, "ab") as file:
        file.write(b"3,3")
    (torn,) = Recording.open(folder).problems
    assert "torn (3 bytes)" in torn


def test_samples_that_were_read_already_make_the_same_recording(recorded: Path) -> None:
    opened = Recording.open(recorded)
    made = Recording.from_samples(
        recorded, Description.load(recorded), opened.seq, opened.t_us, opened.raw
    )
    assert (made.description, made.problems, made.path) == (opened.description, (), recorded)


def test_a_samples_file_that_cannot_be_read_is_told(recorded: Path) -> None:
    (recorded / SAMPLES_FILE).unlink()
    (recorded / SAMPLES_FILE).mkdir()
    with pytest.raises(RecordingError, match=r"samples\.csv is no file.*backup"):
        Recording.open(recorded)


# --- the part that is used, and the film --------------------------------------------------
def test_a_trim_leaves_out_its_ends_and_changes_no_label(recorded: Path) -> None:
    recording = Recording.open(recorded)
    assert recording.used_segments == recording.segments
    recording.set_trim(Trim(200_000, 300_000))
    again = Recording.open(recorded)
    assert again.trim == recording.trim == Trim(200_000, 300_000)
    assert again.segments == (Segment(90_001, 490_001, "walking"),)
    assert again.used_segments == (Segment(200_000, 300_000, "walking"),)
    again.set_trim(Trim(490_001, 990_001))
    assert again.used_segments == ()
    again.set_trim(None)
    assert Recording.open(recorded).trim is None


@pytest.mark.parametrize("trim", [(0, 990_001), (0, 1), (990_000, 990_001)])
def test_a_trim_may_reach_from_end_to_end(recorded: Path, trim: tuple[int, int]) -> None:
    Recording.open(recorded).set_trim(Trim(*trim))
    assert Recording.open(recorded).trim == Trim(*trim)


@pytest.mark.parametrize("trim", [(-1, 5), (5, 5), (6, 5), (0, 990_002)])
def test_a_trim_that_is_empty_or_outside_is_refused(recorded: Path, trim: tuple[int, int]) -> None:
    recording = Recording.open(recorded)
    with pytest.raises(RecordingError, match=r"was not trimmed.*empty or not inside"):
        recording.set_trim(Trim(*trim))
    assert recording.trim is Recording.open(recorded).trim is None


def test_a_film_is_noted_and_forgotten(recorded: Path) -> None:
    recording = Recording.open(recorded)
    recording.set_video(Video("walk.mp4", -1.5))
    assert Recording.open(recorded).description.video == Video("walk.mp4", -1.5)
    recording.set_video(None)
    assert Recording.open(recorded).description.video is None


def test_what_another_program_changed_meanwhile_is_kept(recorded: Path) -> None:
    mine, other = Recording.open(recorded), Recording.open(recorded)
    other.set_trim(Trim(0, 500_000))
    mine.set_segments([])
    again = Recording.open(recorded)
    assert (again.trim, again.segments) == (Trim(0, 500_000), ())


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_labels_that_a_full_disk_refuses_change_nothing(
    recorded: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    before = (recorded / DESCRIPTION_FILE).read_bytes()
    recording = Recording.open(recorded)
    with monkeypatch.context() as patch:
        patch.setattr(os, call, no_space)
        with pytest.raises(DiskFullError, match="labels are as they were"):
            recording.set_segments([])
    assert (recorded / DESCRIPTION_FILE).read_bytes() == before
    assert len(recording.segments) == 1
    assert not list(recorded.glob("*.tmp"))
    with RecordingWriter.append_to(recorded) as writer:
        with monkeypatch.context() as patch:
            patch.setattr(os, call, no_space)
            with pytest.raises(DiskFullError, match="newest labels and gaps are not saved"):
                writer.begin_segment("running")
        assert writer.label is None
        writer.begin_segment("running")  # with room it can be said again


def test_new_labels_are_saved_and_the_ones_before_kept_as_a_backup(recorded: Path) -> None:
    recording = Recording.open(recorded)
    before = recording.segments
    new = [Segment(500_000, 990_001, "running"), Segment(0, 500_000, "günlük yürüyüş")]
    recording.set_segments(new)
    assert recording.segments == Recording.open(recorded).segments == (new[1], new[0])
    shutil.copy(recorded / DESCRIPTION_BACKUP, recorded / DESCRIPTION_FILE)
    assert Recording.open(recorded).segments == before


def test_labels_that_cannot_be_name_the_recording_and_change_nothing(recorded: Path) -> None:
    recording = Recording.open(recorded)
    before = recording.segments
    with pytest.raises(RecordingError, match="outside the recording") as error:
        recording.set_segments([Segment(0, recording.end_us + 1, "running")])
    assert error.value.path == recorded
    assert str(recorded) in str(error.value)
    assert recording.segments == Recording.open(recorded).segments == before


def test_a_line_that_was_removed_is_a_declared_loss(recorded: Path) -> None:
    edit(recorded / SAMPLES_FILE, replace_line(51, ""))
    assert gaps_in(recorded) == [(48, 1, LOST_ON_LINK)]
    recording = Recording.open(recorded)
    assert recording.quality.lost == 1
    assert recording.segments == (Segment(90_001, 490_001, "walking"),)
    (problem,) = recording.problems
    assert "holds 99 of 100 samples: 1 are missing inside it, and declared as lost" in problem


@pytest.mark.parametrize(("line", "place"), [(2, "first"), (101, "last")])
def test_a_line_that_was_removed_at_a_labels_edge_shortens_the_label(
    recorded: Path, line: int, place: str
) -> None:
    recording = Recording.open(recorded)
    recording.set_segments([Segment(0, 500_001, "walking"), Segment(500_001, 990_001, "rest")])
    before = recording.segments
    edit(recorded / SAMPLES_FILE, replace_line(line, "nonsense\n"))
    with pytest.raises(RecordingError, match=f"Line {line} of .* or remove it"):
        Recording.open(recorded)
    edit(recorded / SAMPLES_FILE, replace_line(line, ""))
    after = Recording.open(recorded)
    assert [s.label for s in after.segments] == ["walking", "rest"]
    other = 1 if place == "first" else 0
    assert after.segments[other] == before[other]
    cut = after.segments[1 - other]
    assert (cut.start_us, cut.end_us) == (
        (10_000, 500_001) if place == "first" else (500_001, 980_001)
    )
    assert after.quality.lost == 1
    count, lost = after.problems
    assert "holds 99 of 100 samples: 1 at its beginning or end, and declared as lost" in count
    assert f"The {place} 0.010 s of the label {cut.label!r} are missing" in lost


def test_a_byte_order_mark_is_read_and_said(recorded: Path) -> None:
    before = Recording.open(recorded)
    path = recorded / SAMPLES_FILE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    after = Recording.open(recorded)
    assert np.array_equal(after.raw, before.raw)
    assert after.segments == before.segments
    assert after.problems == (marked(),)


def test_missing_samples_are_told(recorded: Path) -> None:
    path = recorded / SAMPLES_FILE
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:31]))
    recording = Recording.open(recorded)
    assert len(recording.seq) == 30
    assert any("holds 30 of 100 samples" in problem for problem in recording.problems)
    assert recording.segments == (Segment(90_001, 290_001, "walking"),)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:6]))
    recording = Recording.open(recorded)
    assert recording.segments == ()
    assert any("'walking' at 90001 us lies outside" in problem for problem in recording.problems)
    path.unlink()
    for open_it in (Recording.open, RecordingWriter.append_to, recover):
        with pytest.raises(RecordingError, match=r"samples\.csv is missing: put it back"):
            open_it(recorded)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"no recording folder .*nowhere: check the path"):
        Recording.open(tmp_path / "nowhere")


def test_a_folder_is_read_in_order_and_one_bad_recording_hides_no_good_one(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"no recordings in .*`motionloop record`"):
        open_all(tmp_path)
    with pytest.raises(RecordingError, match="no recordings in"):
        open_all(tmp_path / "nowhere")
    for name in ("b", "a", "c"):
        RecordingWriter.create(tmp_path / name, BOARD).close()
    (tmp_path / "README.md").write_text("x")
    (tmp_path / "empty").mkdir()
    assert [recording.name for recording in open_all(tmp_path).all_readable()] == ["a", "b", "c"]
    (tmp_path / "a" / DESCRIPTION_FILE).unlink()
    (tmp_path / "c" / SAMPLES_FILE).write_text("seq;t_us\n")
    found = open_all(tmp_path)
    assert [recording.name for recording in found.recordings] == ["b"]
    assert [bad.path.name for bad in found.unreadable] == ["a", "c"]
    with pytest.raises(
        RecordingError, match=r"(?s)2 of 3 recordings.*a/rec.*missing.*Line 1 of .*c"
    ):
        found.all_readable()


def test_a_folder_that_may_not_be_read_is_a_bad_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may read everything, so the system's answer is put in its place."""
    for name in ("open", "shut"):
        RecordingWriter.create(tmp_path / name, BOARD).close()
    stat = Path.stat

    def refused(path: Path, **options: bool) -> os.stat_result:
        if path.parent.name == "shut":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", refused)
    found = open_all(tmp_path)
    assert [recording.name for recording in found.recordings] == ["open"]
    assert "shut cannot be opened (Permission denied)" in str(found.unreadable[0].error)


def test_labels_in_memory_change_without_a_folder() -> None:
    recording = Recording(Description(BOARD, "m"), np.arange(9), np.arange(9) * 10, raw_of(9))
    recording.set_segments([Segment(0, 81, "walking")])
    assert recording.labels == ["walking"]
    with pytest.raises(RecordingError, match=r"of m were not changed.*outside the recording"):
        recording.set_segments([Segment(0, 82, "walking")])


def test_of_two_programs_that_label_at_once_the_later_is_told(recorded: Path) -> None:
    """It overwrites nothing, learns what changed, and can read again and repeat."""
    one, other = Recording.open(recorded), Recording.open(recorded)
    walk = Segment(one.start_us, one.start_us + 100_000, "walking")
    other.set_segments([walk])
    before = (recorded / DESCRIPTION_FILE).read_bytes()
    for change in (
        lambda: one.set_segments([]),
        lambda: one.rename_labels({"walking": "running"}),
    ):
        with pytest.raises(ChangedElsewhereError, match=r"1 labels instead of .* 'walking'.*again"):
            change()
    assert (recorded / DESCRIPTION_FILE).read_bytes() == before
    again = Recording.open(recorded)
    again.set_segments([])
    assert Recording.open(recorded).segments == ()


def test_programs_that_change_different_things_do_not_disturb_each_other(recorded: Path) -> None:
    one, other = Recording.open(recorded), Recording.open(recorded)
    walk = Segment(one.start_us, one.start_us + 100_000, "walking")
    other.set_trim(Trim(one.start_us, one.start_us + 50_000))
    one.set_segments([walk])
    other.set_bridge(50.0)
    now = Recording.open(recorded)
    assert (now.segments, now.trim, now.description.bridge_ms) == ((walk,), other.trim, 50.0)


def test_ones_own_changes_follow_each_other(recorded: Path) -> None:
    one = Recording.open(recorded)
    for label in ("walking", "running"):
        one.set_segments([Segment(one.start_us, one.start_us + 100_000, label)])
    one.rename_labels({"running": "jumping"})
    one.set_segments([])
    assert Recording.open(recorded).segments == ()
