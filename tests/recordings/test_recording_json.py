"""recording.json keeps what is known of a recording; each fault in it is told."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from motionloop import wire
from motionloop.errors import RecordingError
from motionloop.recordings import samples_csv
from motionloop.recordings.recording import SAMPLES_FILE, Recording
from motionloop.recordings.recording_json import (
    DESCRIPTION_BACKUP,
    DESCRIPTION_FILE,
    RecordedBoard,
    Trim,
    Video,
    recording_folders,
)
from motionloop.recordings.writer import RecordingWriter, recover
from motionloop.sample_format import SampleFormat
from tests.recordings.made import BOARD, append, edit, replace_line


def test_a_board_describes_itself_through_its_info() -> None:
    info = replace(
        wire.Info.unpack(bytes(wire.Info.SIZE)),
        imu=wire.Imu.BMI270,
        firmware_major=1,
        firmware_patch=3,
        flags=wire.BoardFlag.VIRTUAL | wire.BoardFlag.SYNTHETIC,
        boot_id=5,
        native_rate_mhz=99_840,
        accel_ng_per_lsb=244_141,
        gyro_nrads_per_lsb=1_065_264,
    )
    assert RecordedBoard.from_info(info, "one", "AA") == RecordedBoard(
        "one",
        SampleFormat(99.84, 244_141, 1_065_264),
        "AA",
        "BMI270",
        "1.0.3",
        5,
        virtual=True,
        synthetic=True,
    )


def test_an_emulated_boards_motion_counts_as_synthetic() -> None:
    info = replace(wire.Info.unpack(bytes(wire.Info.SIZE)), flags=wire.BoardFlag.EMULATED)
    board = RecordedBoard.from_info(info, "one", "AA")
    assert (board.emulated, board.synthetic, board.virtual) == (True, True, False)


def test_a_recording_from_before_emulated_boards_is_of_none(folder: Path) -> None:
    RecordingWriter.create(folder, BOARD).close()
    document = json.loads((folder / DESCRIPTION_FILE).read_text())
    assert document["board"].pop("emulated") is False
    (folder / DESCRIPTION_FILE).write_text(json.dumps(document))
    assert not Recording.open(folder).description.board.emulated


def test_synthetic_motion_is_always_told(folder: Path) -> None:
    RecordingWriter.create(folder, replace(BOARD, synthetic=True, virtual=True)).close()
    assert Recording.open(folder).synthetic
    assert json.loads((folder / DESCRIPTION_FILE).read_text())["board"]["synthetic"] is True


def test_keys_of_other_programs_survive_every_rewrite(recorded: Path) -> None:
    document = json.loads((recorded / DESCRIPTION_FILE).read_text())
    document["note"], document["board"]["colour"] = {"mood": "good"}, "red"
    (recorded / DESCRIPTION_FILE).write_text(json.dumps(document))
    Recording.open(recorded).set_segments([])
    RecordingWriter.append_to(recorded).close()
    after = json.loads((recorded / DESCRIPTION_FILE).read_text())
    assert (after["note"], after["board"]["colour"]) == ({"mood": "good"}, "red")


def test_half_a_character_in_a_key_of_another_program_stays(recorded: Path) -> None:
    document = json.loads((recorded / DESCRIPTION_FILE).read_text())
    document["\ud800"], document["note"] = {"deep": ["\udfff"]}, "ü"
    (recorded / DESCRIPTION_FILE).write_text(json.dumps(document))
    Recording.open(recorded).set_segments([])
    after = json.loads((recorded / DESCRIPTION_FILE).read_text())
    assert (after["\ud800"], after["note"]) == ({"deep": ["\udfff"]}, "ü")


def test_a_missing_description_comes_back_from_its_backup(recorded: Path) -> None:
    (recorded / DESCRIPTION_FILE).unlink()
    with pytest.raises(
        RecordingError, match=r"recording\.json is missing\. Copy recording\.json\.bak"
    ):
        Recording.open(recorded)
    shutil.copy(recorded / DESCRIPTION_BACKUP, recorded / DESCRIPTION_FILE)
    assert len(Recording.open(recorded).seq) == 100


def test_without_a_backup_another_recordings_description_serves(
    recorded: Path, tmp_path: Path
) -> None:
    with RecordingWriter.create(tmp_path / "other", BOARD) as writer:
        append(writer, 0, 3)
    edit(recorded / SAMPLES_FILE, replace_line(51, ""))
    before = Recording.open(recorded)
    (recorded / DESCRIPTION_FILE).unlink()
    (recorded / DESCRIPTION_BACKUP).unlink()
    with pytest.raises(RecordingError, match=r"Copy the recording\.json of another recording"):
        Recording.open(recorded)
    document = json.loads((tmp_path / "other" / DESCRIPTION_FILE).read_text())
    document |= {"segments": [], "gaps": [], "closed": False}
    (recorded / DESCRIPTION_FILE).write_text(json.dumps(document))
    after = recover(recorded)
    np.testing.assert_array_equal(after.raw, before.raw)
    assert after.gaps == before.gaps != ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"format": 1,', r"not valid JSON \(line 1, column"),
        ("", "not valid JSON"),
        ("\xff", "cannot be used"),
        ("[1]", "not a JSON object"),
        ('{"format": true}', "'format' is True"),
        ('{"format": 99}', "newer than this program's .*update it"),
        ('{"format": 1}', "'board' is missing"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_description_that_cannot_be_read_is_told(recorded: Path, text: str, fault: str) -> None:
    (recorded / DESCRIPTION_FILE).write_bytes(text.encode("latin-1"))
    with pytest.raises(RecordingError, match=rf"(?s)recording\.json .*{fault}.*Copy"):
        Recording.open(recorded)


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("rate_hz", 0, "rate_hz is 0, not from"),
        ("rate_hz", "fast", "'rate_hz' is 'fast'"),
        ("scale", {"accel_ng_per_lsb": 0, "gyro_nrads_per_lsb": 1}, "below 1"),
        ("segments", [{"start_us": 0, "label": "a"}], "'end_us' is missing"),
        ("segments", [3], "should be an object"),
        ("segments", [{"start_us": 0, "end_us": 9, "label": ""}], "a label needs a name"),
        ("notes", "\ud800", "halves of characters"),
        ("open_segment", [], "should be an object"),
        ("gaps", {}, "'gaps' is {}"),
    ],
)
def test_a_description_that_says_something_impossible_is_told(
    recorded: Path, key: str, value: object, fault: str
) -> None:
    document = json.loads((recorded / DESCRIPTION_FILE).read_text()) | {key: value}
    (recorded / DESCRIPTION_FILE).write_text(json.dumps(document))
    with pytest.raises(
        RecordingError, match=rf"recording\.json cannot be used: .*{fault}"
    ) as caught:
        Recording.open(recorded)
    assert caught.value.path == recorded / DESCRIPTION_FILE


def test_other_programs_find_what_is_described(recorded: Path) -> None:
    """recordings/README.md describes these keys: they are for other programs, too."""
    recording = Recording.open(recorded)
    recording.set_trim(Trim(0, 500_000))
    recording.set_video(Video("walk.mp4", 1.5))
    document = json.loads((recorded / DESCRIPTION_FILE).read_text())
    assert document == {
        "format": 1,
        "name": "morning",
        "wearer": "Ada",
        "placement": "left wrist",
        "created": recording.description.created,
        "rate_hz": 100.0,
        "units": {"accel": "g", "gyro": "rad/s", "time": "us"},
        "scale": {"accel_ng_per_lsb": 244_000, "gyro_nrads_per_lsb": 1_221_730},
        "board": {
            "name": "MotionLoop-1",
            "address": "AA:BB",
            "imu": "LSM9DS1",
            "firmware": "0.1.0",
            "boot_id": 7,
            "virtual": False,
            "synthetic": False,
            "emulated": False,
        },
        "segments": [{"start_us": 90_001, "end_us": 490_001, "label": "walking"}],
        "open_segment": None,
        "trim": {"start_us": 0, "end_us": 500_000},
        "video": {"file": "walk.mp4", "offset_s": 1.5},
        "gaps": [],
        "samples": 100,
        "offset": {"seq": 0, "t_us": 0},
        "closed": True,
    }


def test_recordings_are_the_folders_with_a_description(tmp_path: Path) -> None:
    for name in ("b", "a"):
        RecordingWriter.create(tmp_path / name, BOARD).close()
    (tmp_path / "other").mkdir()
    (tmp_path / "recording.json").touch()
    assert recording_folders(tmp_path) == [tmp_path / "a", tmp_path / "b"]


def test_a_description_is_of_this_format_or_an_older_one(recorded: Path) -> None:
    edit(recorded / DESCRIPTION_FILE, lambda text: text.replace('"format": 1', '"format": 0'))
    assert len(Recording.open(recorded).seq) == 100
    edit(recorded / DESCRIPTION_FILE, lambda text: text.replace('"format": 0', '"format": 2'))
    with pytest.raises(RecordingError, match="format 2 is newer"):
        Recording.open(recorded)


@pytest.mark.parametrize("key", ["accel_ng_per_lsb", "gyro_nrads_per_lsb"])
def test_a_scale_is_1_or_more(recorded: Path, key: str) -> None:
    path = recorded / DESCRIPTION_FILE
    document = json.loads(path.read_text())
    document["segments"] = []
    (recorded / SAMPLES_FILE).write_bytes(samples_csv.HEADER)
    for scale, is_read in ((1, True), (0, False)):
        document["scale"] |= {key: scale}
        path.write_text(json.dumps(document))
        if is_read:
            Recording.open(recorded)
        else:
            with pytest.raises(RecordingError, match="a scale is below 1"):
                Recording.open(recorded)
