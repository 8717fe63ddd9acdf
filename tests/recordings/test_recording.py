"""Recordings open as they were written; what is missing is told."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from motionloop.errors import DiskFullError, RecordingError
from motionloop.recordings.recording import (
    LOST_ON_LINK,
    SAMPLES_FILE,
    Recording,
    find_gaps,
    open_all,
)
from motionloop.recordings.recording_json import DESCRIPTION_BACKUP, DESCRIPTION_FILE, Description
from motionloop.recordings.segments import Segment
from motionloop.recordings.writer import RecordingWriter, recover
from tests.recordings.made import BOARD, PERIOD_US, edit, gaps_in, no_space, raw_of, replace_line


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


def test_a_line_that_was_removed_is_a_declared_loss(recorded: Path) -> None:
    edit(recorded / SAMPLES_FILE, replace_line(51, ""))
    assert gaps_in(recorded) == [(48, 1, LOST_ON_LINK)]


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


def test_open_all_reads_every_recording_in_order_and_hides_no_broken_one(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"no recordings in .*`motionloop record`"):
        open_all(tmp_path)
    with pytest.raises(RecordingError, match="no recordings in"):
        open_all(tmp_path / "nowhere")
    for name in ("b", "a"):
        RecordingWriter.create(tmp_path / name, BOARD).close()
    (tmp_path / "README.md").write_text("x")
    (tmp_path / "empty").mkdir()
    assert [recording.name for recording in open_all(tmp_path)] == ["a", "b"]
    (tmp_path / "a" / DESCRIPTION_FILE).unlink()
    with pytest.raises(RecordingError, match="is missing"):
        open_all(tmp_path)


def test_labels_in_memory_change_without_a_folder() -> None:
    recording = Recording(Description(BOARD, "m"), np.arange(9), np.arange(9) * 10, raw_of(9))
    recording.set_segments([Segment(0, 81, "walking")])
    assert recording.labels == ["walking"]
    with pytest.raises(RecordingError, match="outside the recording"):
        recording.set_segments([Segment(0, 82, "walking")])
