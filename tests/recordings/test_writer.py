"""Recordings are lossless, survive being cut off anywhere, and declare every loss."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import motionloop
from motionloop.errors import DiskFullError, RecordingError
from motionloop.recordings import writer as writer_module
from motionloop.recordings.plan import PlanState, Step
from motionloop.recordings.recording import (
    LOST_AT_SENSOR,
    LOST_ON_LINK,
    SAMPLES_FILE,
    Recording,
    find_gaps,
)
from motionloop.recordings.recording_json import Description
from motionloop.recordings.segments import Segment
from motionloop.recordings.writer import (
    BOARD_RESTARTED,
    LINK_LOST,
    PAUSED,
    TORN_FILE,
    RecordingWriter,
    recover,
    write_recording,
)
from tests.recordings.made import BOARD, PERIOD_US, append, gaps_in, no_space, raw_of


def test_a_recording_is_never_overwritten(recorded: Path) -> None:
    before = (recorded / SAMPLES_FILE).read_bytes()
    with pytest.raises(RecordingError, match="exists already"):
        RecordingWriter.create(recorded, BOARD)
    assert (recorded / SAMPLES_FILE).read_bytes() == before


def test_losses_are_declared_with_their_reason(folder: Path) -> None:
    with RecordingWriter.create(folder, BOARD) as writer:
        append(writer, 0, 10)
        append(writer, 12, 10)
        append(writer, 22, 10, start_us=22 * PERIOD_US + 3 * PERIOD_US)
        times = np.array([35, 36, 41, 42]) * PERIOD_US
        writer.append(32, times, raw_of(4))
        writer.declare_gap(LINK_LOST)
        append(writer, 236, 1, start_us=245 * PERIOD_US)
    assert gaps_in(folder) == [
        (9, 2, LOST_ON_LINK),
        (21, 3, LOST_AT_SENSOR),
        (33, 4, LOST_AT_SENSOR),
        (35, 200, LINK_LOST),
    ]
    gap = Recording.open(folder).gaps[-1]
    assert (gap.start_us, gap.end_us) == (42 * PERIOD_US, 245 * PERIOD_US)


def test_a_lost_link_that_cost_no_sample_is_no_gap(folder: Path) -> None:
    with RecordingWriter.create(folder, BOARD) as writer:
        append(writer, 0, 10)
        writer.declare_gap(LINK_LOST)
        append(writer, 10, 10)
        append(writer, 25, 10)  # the reason belonged to the append before
    assert gaps_in(folder) == [(19, 5, LOST_ON_LINK)]


def test_numbers_and_time_go_on_when_the_board_restarts(folder: Path) -> None:
    with RecordingWriter.create(folder, BOARD) as writer:
        append(writer, 1000, 10)
        writer.board_restarted(boot_id=8, host_elapsed_us=500_000)
        append(writer, 0, 10, start_us=77)
        append(writer, 10, 10, start_us=77 + 10 * PERIOD_US)
    recording = Recording.open(folder)
    assert gaps_in(folder) == [(1009, 49, BOARD_RESTARTED)]
    assert recording.seq[10:].tolist() == list(range(1059, 1079))
    assert recording.t_us[10] - recording.t_us[9] == 500_000
    assert recording.board.boot_id == 8


def test_a_restart_before_the_first_sample_leaves_its_numbers_alone(folder: Path) -> None:
    with RecordingWriter.create(folder, BOARD) as writer:
        writer.board_restarted(boot_id=8, host_elapsed_us=10)
        append(writer, 3, 2)
    assert Recording.open(folder).seq.tolist() == [3, 4]
    assert gaps_in(folder) == []


def test_a_restarted_board_is_at_least_one_sample_away(folder: Path) -> None:
    """However short the host found it: one sample is missing, and numbers and times go on."""
    with RecordingWriter.create(folder, BOARD) as writer:
        append(writer, 1000, 10)
        writer.board_restarted(boot_id=8, host_elapsed_us=0)
        append(writer, 5, 10, start_us=77)
    recording = Recording.open(folder)
    assert gaps_in(folder) == [(1009, 1, BOARD_RESTARTED)]
    assert recording.seq[10] == 1011
    assert recording.t_us[10] - recording.t_us[9] == 2 * PERIOD_US


def test_only_the_gap_after_it_has_the_reason_of_a_loss(folder: Path) -> None:
    """A sample that is missing inside the same packet was lost elsewhere."""
    with RecordingWriter.create(folder, BOARD) as writer:
        append(writer, 0, 10)
        writer.declare_gap(LINK_LOST)
        writer.append(20, np.array([20, 21, 23, 24]) * PERIOD_US, raw_of(4))
        writer.declare_gap(LINK_LOST)
        writer.append(24, np.array([25, 27]) * PERIOD_US, raw_of(2))
    assert gaps_in(folder) == [(9, 10, LINK_LOST), (21, 1, LOST_AT_SENSOR), (24, 1, LOST_AT_SENSOR)]


def test_what_is_no_sample_is_an_error_and_no_samples_are_none(folder: Path) -> None:
    with RecordingWriter.create(folder, BOARD) as writer:
        for raw in (raw_of(3), raw_of(2)[:, :5], raw_of(2).astype(np.int32)):
            with pytest.raises(ValueError, match=r"not int16 \(2, 6\)"):
                writer.append(0, np.arange(2) * PERIOD_US, raw)
        writer.append(0, np.arange(0), raw_of(0))
        assert (writer.last_us, writer.quality.samples) == (None, 0)
        with pytest.raises(RecordingError, match="do not follow"):
            append(writer, 0, 2, start_us=-1)
        append(writer, 0, 1)
        assert writer.last_us == 0
        with pytest.raises(RecordingError, match="do not follow"):
            append(writer, 0, 1, start_us=5)  # the same number again
        with pytest.raises(RecordingError, match="do not follow"):
            append(writer, 1, 1, start_us=0)  # the same time again


def test_quality_while_recording_is_that_of_the_recording(recorded: Path) -> None:
    """Also after going on: what was there before counts."""
    with RecordingWriter.append_to(recorded, BOARD) as writer:
        assert writer.quality == Recording.open(recorded).quality
        append(writer, 150, 10)
        quality = writer.quality
        assert writer.path == recorded
    assert quality == Recording.open(recorded).quality
    assert (quality.samples, quality.lost, quality.gaps, quality.duration_s) == (110, 50, 1, 1.59)


def test_samples_out_of_order_are_refused_and_nothing_of_them_is_written(folder: Path) -> None:
    with RecordingWriter.create(folder, BOARD) as writer:
        append(writer, 10, 10)
        with pytest.raises(
            RecordingError, match=r"Samples 15 to 24 from .* do not follow sample 19"
        ):
            append(writer, 15, 10)
        with pytest.raises(RecordingError, match="do not follow"):
            append(writer, 20, 10, start_us=0)
        append(writer, 20, 5)
    assert Recording.open(folder).seq.tolist() == list(range(10, 25))


# --- cut off anywhere ---------------------------------------------------------------------
packets = st.lists(
    st.tuples(
        st.integers(1, 5),  # samples
        st.one_of(st.just(0), st.integers(1, 300)),  # lost on the link before it
        st.one_of(st.just(0), st.integers(1, 5)),  # lost at the sensor before it
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(packets=packets, where=st.floats(0, 1), close=st.booleans())
@pytest.mark.slow
def test_cut_at_any_byte_it_opens_with_all_whole_lines_and_gaps(
    packets: list[tuple[int, int, int]], where: float, close: bool
) -> None:
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root) / "r"
        writer = RecordingWriter.create(folder, BOARD)
        seq = t_us = 0
        numbers: list[int] = []
        losses: dict[int, int] = {}
        writer.begin_segment("walking")
        for count, on_link, at_sensor in packets:
            if numbers and on_link + at_sensor:
                losses[numbers[-1]] = on_link + at_sensor
            seq += on_link
            t_us += (on_link + at_sensor) * PERIOD_US
            append(writer, seq, count, start_us=t_us)
            numbers += range(seq, seq + count)
            seq, t_us = seq + count, t_us + count * PERIOD_US
        if close:
            writer.close()
        else:
            writer._file.close()  # as the end of the process does
        path = folder / SAMPLES_FILE
        whole = path.read_bytes()
        cut = whole[: round(where * len(whole))]
        path.write_bytes(cut)
        kept = numbers[: max(cut.count(b"\n") - 1, 0)]

        recording = Recording.open(folder)
        assert recording.seq.tolist() == kept
        assert path.read_bytes() == cut  # reading changes nothing
        for gap in recording.gaps:
            # Lost on the link and at the sensor in one place: known to one sample and 5 %.
            assert losses[gap.after_seq] >= gap.missing >= 0.95 * losses[gap.after_seq] - 1
        assert {gap.after_seq for gap in recording.gaps} == set(losses) & set(kept[:-1])
        assert recording.problems or (close and cut == whole)

        mended = recover(folder)
        assert mended.seq.tolist() == kept
        assert mended.gaps == recording.gaps
        assert mended.segments == recording.segments
        if kept:
            assert mended.segments == (Segment(mended.start_us, mended.end_us, "walking"),)
        torn = cut[cut.rfind(b"\n") + 1 :]
        if torn:
            assert (folder / TORN_FILE).read_bytes() == torn + b"\n"
        with RecordingWriter.append_to(folder) as again:
            append(again, 10_000, 3)
        assert Recording.open(folder).seq.tolist() == [*kept, 10_000, 10_001, 10_002]


def run_child(code: str, *arguments: str, before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """A Python process that can import motionloop and this file's first lines."""
    environment = os.environ | {"PYTHONPATH": str(Path(motionloop.__file__).parents[1])}
    return subprocess.Popen(
        [*before, sys.executable, "-c", CHILD + code, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


CHILD = """
import json, os, sys
from pathlib import Path
import numpy as np
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.sample_format import SampleFormat
from motionloop.errors import DiskFullError
from motionloop.recordings.recording import Recording
from motionloop.recordings.writer import RecordingWriter

board = RecordedBoard("b", SampleFormat(100.0, 244_000, 1_221_730))
writer = RecordingWriter.create(sys.argv[1], board)
writer.begin_segment("walking")

def append(i):
    raw = np.random.default_rng(i).integers(-32768, 32768, (19, 6)).astype(np.int16)
    writer.append(i * 19, (i * 19 + np.arange(19)) * 10_000, raw)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
def test_kill_9_loses_no_sample_that_was_appended(folder: Path) -> None:
    code = "i = 0\nwhile True:\n    append(i)\n    print(i, flush=True)\n    i += 1\n"
    child = run_child(code, str(folder))
    assert child.stdout is not None
    for _ in range(200):
        child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    rest, _ = child.communicate()
    acknowledged = 200 + rest.count("\n")
    recording = Recording.open(folder)
    assert len(recording.seq) >= 19 * acknowledged
    assert recording.gaps == ()
    assert recording.segments == (Segment(recording.start_us, recording.end_us, "walking"),)
    for i in (0, acknowledged - 1):
        raw = np.random.default_rng(i).integers(-32768, 32768, (19, 6))
        np.testing.assert_array_equal(recording.raw[i * 19 : i * 19 + 19], raw)


# --- full disk ----------------------------------------------------------------------------
FILL = """
i = 0
try:
    while True:
        append(i)
        i += 1
except DiskFullError as error:
    message = str(error)
whole = Path(sys.argv[1], "samples.csv").read_bytes().endswith(b"\\n")
at_full = len(Recording.open(sys.argv[1]).seq)
make_room()
append(i)
writer.end_segment()
append(i + 2)
writer.close()
after = Recording.open(sys.argv[1])
print(json.dumps({
    "message": message, "whole": whole, "appended": i * 19, "at_full": at_full,
    "after": len(after.seq), "missing": [gap.missing for gap in after.gaps],
    "segments": len(after.segments), "problems": after.problems,
}))
"""


def check_filled(child: subprocess.Popen[str]) -> None:
    out, err = child.communicate(timeout=60)
    assert child.returncode == 0, err
    result = json.loads(out)
    assert f"{result['appended']} samples before stay readable" in result["message"]
    assert "Make room" in result["message"]
    assert result["whole"]
    assert result["at_full"] == result["appended"] > 0
    assert result["after"] == result["appended"] + 38
    assert (result["missing"], result["segments"], result["problems"]) == ([19], 1, [])


@pytest.mark.skipif(sys.platform == "win32", reason="no RLIMIT_FSIZE on Windows")
def test_a_file_that_may_not_grow_keeps_whole_lines_and_goes_on_with_room(folder: Path) -> None:
    code = """
import resource
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
def make_room():
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
"""
    check_filled(run_child(code + FILL, str(folder)))


def test_a_full_disk_keeps_whole_lines_and_goes_on_with_room(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f"mount -t tmpfs -o size=400k none {disk}"
    inside = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c")
    if (
        not shutil.which("unshare")
        or subprocess.run([*inside, mount], capture_output=True).returncode
    ):
        pytest.skip("this machine lets no user mount a small tmpfs of their own")
    code = """
ballast = Path(sys.argv[1]).parent / "ballast"
ballast.write_bytes(bytes(100_000))
make_room = ballast.unlink
"""
    before = (*inside, mount + ' && exec "$0" "$@"')
    check_filled(run_child(code + FILL, str(disk / "r"), before=before))


def test_a_full_disk_noticed_at_fsync_takes_no_sample_and_is_made_good(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    writer = RecordingWriter.create(folder, BOARD, clock=lambda: now[0])
    append(writer, 0, 10)
    now[0] = 1.0
    append(writer, 10, 10)  # made durable: the 10 before
    now[0] = 2.0
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", no_space)
        with pytest.raises(DiskFullError, match=r"10 samples are safe there; the last 10 are"):
            append(writer, 20, 10)
    size = (folder / SAMPLES_FILE).stat().st_size
    with open(folder / SAMPLES_FILE, "r+b") as file:  # the system drops what it could not keep
        file.seek(size - 100)
        file.write(bytes(100))
    append(writer, 20, 10)
    writer.close()
    assert Recording.open(folder).seq.tolist() == list(range(30))


def test_before_the_first_second_is_over_no_sample_is_called_safe(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    writer = RecordingWriter.create(folder, BOARD, clock=lambda: now[0])
    append(writer, 0, 10)
    now[0] = 1.0
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", no_space)
        with pytest.raises(DiskFullError, match=r" 0 samples are safe there; the last 10 are"):
            append(writer, 10, 10)
    writer.close()


def test_a_full_disk_at_the_start_leaves_nothing_behind(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "replace", no_space)
    with pytest.raises(DiskFullError, match="Nothing was recorded yet"):
        RecordingWriter.create(folder, BOARD)
    assert not folder.exists()


def test_the_disk_is_asked_to_be_durable_once_a_second(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, calls, fsync = [0.0], [], os.fsync

    def counted(descriptor: int) -> None:
        calls.append(now[0])
        fsync(descriptor)

    writer = RecordingWriter.create(folder, BOARD, clock=lambda: now[0])
    monkeypatch.setattr(os, "fsync", counted)
    for i in range(40):
        now[0] = i / 10
        append(writer, i if i < 5 else i + 1, 1)  # with a loss, which is saved once
    assert set(calls) == {1.0, 2.0, 3.0}
    assert (calls.count(2.0), calls.count(3.0)) == (1, 1)
    monkeypatch.undo()
    writer.close()


def test_with_an_executor_appending_does_not_wait_for_the_disk(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, works, fsync = [0.0], threading.Event(), os.fsync

    def slow(descriptor: int) -> None:
        assert works.wait(10)
        fsync(descriptor)

    with ThreadPoolExecutor(1) as disk:
        writer = RecordingWriter.create(folder, BOARD, clock=lambda: now[0], disk=disk)
        monkeypatch.setattr(os, "fsync", slow)
        for i in range(50):  # five seconds
            now[0] = i / 10
            append(writer, i if i < 15 else i + 1, 1)  # with a loss
            if i == 20:
                writer.begin_segment("walking")
                writer.note_plan(PlanState((Step("walking", 3.0),), 0.0, 0, 0))
            if i == 40:
                writer.end_segment()
        assert Recording.open(folder).segments == ()
        works.set()
        writer.close()  # waits
    recording = Recording.open(folder)
    assert recording.quality.samples == 50
    assert recording.segments == (Segment(21 * PERIOD_US + 1, 41 * PERIOD_US + 1, "walking"),)
    assert gaps_in(folder) == [(14, 1, LOST_ON_LINK)]
    assert recording.description.closed


def test_labels_that_the_executor_could_not_save_are_said_and_saved_at_the_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ThreadPoolExecutor(1) as disk:
        writer = RecordingWriter.create(folder, BOARD, disk=disk)
        append(writer, 0, 10)
        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", no_space)
            writer.begin_segment("walking")
            disk.submit(int).result()
        with pytest.raises(DiskFullError, match=r"10 samples are there; the newest labels"):
            append(writer, 10, 10)
        append(writer, 10, 10)
        writer.close()
    recording = Recording.open(folder)
    assert recording.seq.tolist() == list(range(20))
    assert [segment.label for segment in recording.segments] == ["walking"]


def test_a_disk_that_never_answers_ends_the_recording_in_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it may lose is kept in memory, which has an end."""
    now, works, fsync = [0.0], threading.Event(), os.fsync

    def slow(descriptor: int) -> None:
        assert works.wait(10)
        fsync(descriptor)

    monkeypatch.setattr(writer_module, "_MOST_NOT_DURABLE", 10_000)
    with ThreadPoolExecutor(1) as disk:
        writer = RecordingWriter.create(folder, BOARD, clock=lambda: now[0], disk=disk)
        monkeypatch.setattr(os, "fsync", slow)
        while (folder / SAMPLES_FILE).stat().st_size < 11_000:
            append(writer, writer.next_seq or 0, 10)
        now[0] = 1.0
        with pytest.raises(RecordingError, match=r"does not answer\. 0 samples are safe there"):
            append(writer, writer.next_seq or 0, 10)
        works.set()
        writer.close()
    assert Recording.open(folder).quality.samples > 100
    assert Recording.open(folder).problems == ()


def test_a_full_disk_noticed_by_the_executor_is_said_and_made_good(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    with ThreadPoolExecutor(1) as disk:
        writer = RecordingWriter.create(folder, BOARD, clock=lambda: now[0], disk=disk)
        append(writer, 0, 10)
        now[0] = 1.0
        append(writer, 10, 10)  # begins: the 10 before
        disk.submit(int).result()
        now[0] = 2.0
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", no_space)
            append(writer, 20, 10)  # begins: the 20 before
            disk.submit(int).result()
        now[0] = 3.0
        with pytest.raises(DiskFullError, match=r"10 samples are safe there; the last 20 are"):
            append(writer, 30, 10)
        size = (folder / SAMPLES_FILE).stat().st_size
        with open(folder / SAMPLES_FILE, "r+b") as file:  # the system drops what it could not keep
            file.seek(size - 100)
            file.write(bytes(100))
        append(writer, 30, 10)
        writer.close()
    assert Recording.open(folder).seq.tolist() == list(range(40))


# --- going on -----------------------------------------------------------------------------
def test_going_on_with_the_same_boot_keeps_its_numbers(recorded: Path) -> None:
    with RecordingWriter.append_to(recorded, BOARD) as writer:
        assert writer.last_us == 99 * PERIOD_US
        append(writer, 200, 10)
    recording = Recording.open(recorded)
    assert recording.seq[-10:].tolist() == list(range(200, 210))
    assert gaps_in(recorded) == [(99, 100, PAUSED)]
    assert recording.segments == (Segment(90_001, 490_001, "walking"),)


def test_going_on_after_a_restart_rebases_by_the_hosts_clock(recorded: Path) -> None:
    written = (recorded / SAMPLES_FILE).stat().st_mtime - 60
    os.utime(recorded / SAMPLES_FILE, (written, written))
    with RecordingWriter.append_to(recorded, replace(BOARD, boot_id=8)) as writer:
        append(writer, 0, 10, start_us=5)
    with RecordingWriter.append_to(recorded, replace(BOARD, boot_id=8)) as writer:
        append(writer, 10, 10, start_us=5 + 10 * PERIOD_US)
    recording = Recording.open(recorded)
    assert [reason for *_, reason in gaps_in(recorded)] == [BOARD_RESTARTED]
    assert recording.t_us[100] - recording.t_us[99] == pytest.approx(60e6, rel=0.1)
    assert np.diff(recording.seq[100:]).tolist() == [1] * 19


def test_a_label_saved_between_restart_and_first_sample_does_not_spoil_the_numbers(
    recorded: Path,
) -> None:
    writer = RecordingWriter.append_to(recorded, BOARD)
    writer.board_restarted(boot_id=8, host_elapsed_us=10**6)
    writer.begin_segment("running")
    writer._file.close()  # the process ends here
    with RecordingWriter.append_to(recorded, replace(BOARD, boot_id=8)) as writer:
        append(writer, 0, 10)
    assert len(Recording.open(recorded).seq) == 110


def test_another_kind_of_board_cannot_go_on(recorded: Path) -> None:
    with pytest.raises(RecordingError, match="another rate or scale"):
        RecordingWriter.append_to(
            recorded, replace(BOARD, format=replace(BOARD.format, accel_ng_per_lsb=122_000))
        )
    RecordingWriter.append_to(recorded).close()  # and it is free again


@pytest.mark.skipif(sys.platform == "win32", reason="not guarded on Windows")
def test_a_recording_that_is_going_on_is_left_alone_by_others(folder: Path) -> None:
    with RecordingWriter.create(folder, BOARD) as writer:
        append(writer, 0, 10)
        for change in (
            lambda: RecordingWriter.append_to(folder),
            lambda: recover(folder),
            lambda: Recording.open(folder).set_segments([]),
        ):
            with pytest.raises(RecordingError, match="being recorded right now"):
                change()
        assert len(Recording.open(folder).seq) == 10


def test_a_segment_of_one_sample_is_one(folder: Path) -> None:
    with RecordingWriter.create(folder, BOARD) as writer:
        append(writer, 0, 1)
        writer.begin_segment("step")
        append(writer, 1, 1)
        writer.end_segment()
    assert Recording.open(folder).segments == (Segment(1, PERIOD_US + 1, "step"),)


def test_closing_twice_is_no_error_and_a_session_may_have_its_own_name(folder: Path) -> None:
    writer = RecordingWriter.create(folder, BOARD, name="walk 1", created="2020-01-02T03:04:05")
    writer.close()
    writer.close()
    recording = Recording.open(folder)
    assert (recording.name, recording.description.created) == ("walk 1", "2020-01-02T03:04:05")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RecordingError, match="Nothing was recorded yet"):
        RecordingWriter.create(tmp_path / "file" / "r", BOARD)


def test_segments_follow_each_other_while_recording(folder: Path) -> None:
    with RecordingWriter.create(folder, BOARD) as writer:
        writer.begin_segment("sitting")
        append(writer, 5, 5)
        writer.begin_segment("walking")  # ends sitting
        append(writer, 10, 5)
        assert writer.label == "walking"
        assert Recording.open(folder).segments == (
            Segment(50_000, 90_001, "sitting"),
            Segment(90_001, 140_001, "walking"),
        )
        writer.begin_segment("running")
        writer.end_segment()  # without a sample: no trace
        with pytest.raises(RecordingError, match="No segment is open"):
            writer.end_segment()
        with pytest.raises(RecordingError, match="longer than the 24 bytes"):
            writer.begin_segment("x" * 25)
        assert writer.label is None
    assert Recording.open(folder).labels == ["sitting", "walking"]


def test_a_long_imported_recording_is_one_without_a_gap(folder: Path) -> None:
    """It is written in parts."""
    count = 65536 + 10
    seq = np.arange(count)
    description = Description(BOARD, "long", closed=True, samples=count)
    raw = np.zeros((count, 6), np.int16)
    write_recording(Recording(description, seq, seq * PERIOD_US, raw), folder)
    back = Recording.open(folder)
    assert (back.gaps, back.problems) == ((), ())
    np.testing.assert_array_equal(back.seq, seq)


def test_a_jump_that_nobody_declared_is_declared_when_it_is_written(folder: Path) -> None:
    seq = np.r_[0:5, 8:10]
    write_recording(Recording(Description(BOARD, "m"), seq, seq * PERIOD_US, raw_of(7)), folder)
    assert Recording.open(folder).seq.tolist() == seq.tolist()
    assert gaps_in(folder) == [(4, 3, LOST_ON_LINK)]


def test_a_full_disk_leaves_nothing_of_an_imported_recording(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seq = np.arange(7)
    recording = Recording(Description(BOARD, "m"), seq, seq * PERIOD_US, raw_of(7))
    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(DiskFullError, match=rf"{folder.name}.*Nothing was written"):
        write_recording(recording, folder)
    assert list(folder.parent.iterdir()) == []
    monkeypatch.undo()
    write_recording(recording, folder)
    with pytest.raises(RecordingError, match="exists already"):
        write_recording(recording, folder)
    assert len(Recording.open(folder).seq) == 7


def test_a_recording_without_samples_is_written(folder: Path) -> None:
    empty = np.empty(0, np.int64)
    write_recording(Recording(Description(BOARD, "none"), empty, empty, raw_of(0)), folder)
    assert len(Recording.open(folder).seq) == 0


def test_an_imported_recording_is_written_as_it_is(folder: Path) -> None:
    seq = np.r_[0:50, 60:120]
    t_us = seq * PERIOD_US
    t_us[80:] += 7 * PERIOD_US
    gaps = [replace(gap, reason="missing in the file") for gap in find_gaps(seq, t_us, 100.0)]
    description = Description(
        BOARD, "session 3", "subject 4", created="2020-01-02T03:04:05+00:00",
        segments=(Segment(0, 300_000, "walking"), Segment(300_000, 600_001, "sitting")),
        gaps=tuple(gaps), samples=110, closed=True,
    )  # fmt: skip
    recording = Recording(description, seq, t_us, raw_of(110))
    write_recording(recording, folder)
    back = Recording.open(folder)
    assert back.description == description
    assert (back.path, back.problems) == (folder, ())
    for array, expected in ((back.seq, seq), (back.t_us, t_us), (back.raw, recording.raw)):
        np.testing.assert_array_equal(array, expected)
