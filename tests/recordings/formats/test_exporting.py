"""What is exported comes back as it was: each format out and in again."""

from __future__ import annotations

import json
import resource
from dataclasses import replace
from pathlib import Path

import cbor2
import numpy as np
import polars as pl
import pytest
import pyxdf

from motionloop.errors import DataFileError, RecordingError
from motionloop.recordings import clock
from motionloop.recordings.choice import choose
from motionloop.recordings.clock import ClockSpan, utc_us_of
from motionloop.recordings.exporting import Format, export
from motionloop.recordings.formats import edge_impulse_files, elan
from motionloop.recordings.formats.carried import samples_changed
from motionloop.recordings.importing import recordings_in, write_imported
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import LEFT_OUT, Description, Gap, Trim, Video
from motionloop.recordings.segments import Segment
from motionloop.recordings.writer import write_recording
from tests.recordings.made import BOARD, PERIOD_US, edit, raw_of, replace_line

EXACT = (Format.CSV, Format.PARQUET, Format.XDF, Format.ZIP)
KEY = "fed53116f20684c067774ebf9e7bcbdc"


@pytest.fixture
def worn() -> Recording:
    """300 samples from number 5 on, a gap, jittered times, labels that touch and that do not."""
    first_us = 50_000 + np.arange(200) * PERIOD_US + np.arange(200) % 3
    t_us = np.r_[first_us, np.arange(215, 315) * PERIOD_US]
    seq = np.r_[5:205, 215:315]
    description = Description(
        BOARD,
        name="Ada: Monday/1",
        wearer='Ada "L." Лав',
        placement="left wrist",
        created="2026-11-30T10:00:00+01:00",
        gaps=(Gap(204, 10, int(t_us[199]), int(t_us[200]), "the cat"),),
        segments=(
            Segment(60_001, 500_001, "walking, fast"),
            Segment(500_001, 900_007, "walking, fast"),
            Segment(1_900_003, 2_290_001, "Treppe über"),  # the gap is in it
        ),
        samples=300,
        closed=True,
    )
    return Recording(description, seq, t_us, raw_of(300))


def same(path: Path, wanted: Recording) -> bool:
    """Whether a path holds just this recording, with every bit, and all that is said of it."""
    (found,) = recordings_in(path)
    assert np.array_equal(found.raw, wanted.raw)
    assert np.array_equal(found.seq, wanted.seq)
    assert np.array_equal(found.t_us, wanted.t_us)
    assert found.description == wanted.description
    return not found.problems


@pytest.mark.parametrize("kind", EXACT)
def test_a_recording_comes_back_with_every_bit(
    worn: Recording, tmp_path: Path, kind: Format
) -> None:
    worn.set_trim(Trim(60_001, 2_500_000))
    exported = export([worn], kind, tmp_path / "out")
    assert same(tmp_path / "out", worn)
    assert not exported.notes
    (again,) = write_imported(recordings_in(tmp_path / "out"), tmp_path / "recordings").folders
    kept = Recording.open(again)
    assert (kept.trim, kept.gaps, kept.segments) == (worn.trim, worn.gaps, worn.segments)
    assert kept.description.document["imported"]["format"]


@pytest.mark.parametrize("kind", [Format.CSV, Format.ZIP, Format.EDGE_IMPULSE])
def test_an_export_counts_what_is_written(worn: Recording, tmp_path: Path, kind: Format) -> None:
    written: list[tuple[int, int]] = []
    others = [replace(worn, description=replace(worn.description, name=f"{n}")) for n in "abc"]
    export(others, kind, tmp_path / "out", on_written=lambda done, of: written.append((done, of)))
    assert written == [(0, 3), (1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("kind", EXACT)
def test_what_a_person_said_comes_back_too(worn: Recording, tmp_path: Path, kind: Format) -> None:
    said = replace(worn.description, notes="a strap was loose\nfrom 3 s on", excluded=True)
    exported = export([replace(worn, description=said)], kind, tmp_path / "out")
    assert exported.notes == (f"Excluded from trainings here, and exported: {worn.name}.",)
    (again,) = write_imported(recordings_in(tmp_path / "out"), tmp_path / "recordings").folders
    kept = Recording.open(again).description
    assert (kept.notes, kept.excluded) == (said.notes, True)


def with_clock(recording: Recording) -> Recording:
    """10 s of a board that is 50 ppm fast, from a known moment of 2026 on."""
    clock = (ClockSpan(recording.start_us, utc_us_of("2026-11-30T09:00:00.250Z"), 50.0, 2.0, 3.5),)
    return replace(recording, description=replace(recording.description, clock=clock))


@pytest.mark.parametrize("kind", EXACT)
def test_utc_comes_back_too(worn: Recording, tmp_path: Path, kind: Format) -> None:
    export([with_clock(worn)], kind, tmp_path / "out")
    assert same(tmp_path / "out", with_clock(worn))
    (again,) = write_imported(recordings_in(tmp_path / "out"), tmp_path / "recordings").folders
    assert Recording.open(again).description.clock == with_clock(worn).description.clock


def test_others_read_utc_in_tables_and_xdf(
    worn: Recording, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clocked = with_clock(worn)
    wanted_us = clock.utc_us(clocked.description.clock, worn.t_us)
    (table,) = export([clocked], Format.PARQUET, tmp_path).files
    found = pl.read_parquet(table)["utc"]
    assert np.abs(found.dt.epoch("us").to_numpy() - wanted_us).max() <= 1
    file = export([clocked], Format.CSV, tmp_path).files[0]
    assert file.read_text().splitlines()[1].endswith(",,2026-11-30T09:00:00.250000Z")
    (xdf,) = export([clocked], Format.XDF, tmp_path).files
    streams, _ = pyxdf.load_xdf(xdf, dejitter_timestamps=False)
    motion = next(s for s in streams if s["info"]["type"] == ["IMU"])
    assert np.abs(motion["time_stamps"] * 1e6 - wanted_us).max() < 100
    assert not caplog.records


def test_utc_of_a_table_that_was_changed_is_still_known(worn: Recording, tmp_path: Path) -> None:
    file = export([with_clock(worn)], Format.CSV, tmp_path).files[0]
    edit(file, replace_line(9, "12,120000,0.1,0.2,0.3,0.4,0.5,0.6,,2026-11-30T09:00:00.320000Z\n"))
    (found,) = recordings_in(file)
    assert samples_changed() in found.description.document["imported"]["notes"]
    (span,) = found.description.clock
    assert span.utc_us == utc_us_of("2026-11-30T09:00:00.250Z")


def test_xdf_of_a_board_that_restarted_stays_on_its_own_clock(
    worn: Recording, tmp_path: Path
) -> None:
    description = with_clock(worn).description
    two = (*description.clock, ClockSpan(1_000_000))
    restarted = replace(worn, description=replace(description, clock=two))
    (xdf,) = export([restarted], Format.XDF, tmp_path).files
    streams, _ = pyxdf.load_xdf(xdf, dejitter_timestamps=False)
    motion = next(s for s in streams if s["info"]["type"] == ["IMU"])
    assert motion["time_stamps"][0] == pytest.approx(worn.start_us / 1e6)


def test_units_stand_in_each_file(
    worn: Recording, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    export([worn], Format.CSV, tmp_path)
    first = (tmp_path / "Ada Monday 1.csv").read_text().splitlines()[:2]
    assert first[0] == "seq,t_us,ax_g,ay_g,az_g,gx_rad_s,gy_rad_s,gz_rad_s,label"
    assert float(first[1].split(",")[2]) == int(worn.raw[0, 0]) * 244_000 / 1e9
    export([worn], Format.XDF, tmp_path)
    streams, _ = pyxdf.load_xdf(tmp_path / "Ada Monday 1.xdf")
    motion = next(s for s in streams if s["info"]["type"] == ["IMU"])
    channels = motion["info"]["desc"][0]["channels"][0]["channel"]
    assert [channel["unit"] for channel in channels] == [["g"]] * 3 + [["rad/s"]] * 3
    assert np.allclose(motion["time_series"][:, :3], worn.accel_g, atol=1e-6)
    assert motion["info"]["nominal_srate"] == ["100.0"]
    assert not caplog.records  # pyxdf warns of what LabRecorder would not write


def test_labels_that_were_changed_in_the_table_count(worn: Recording, tmp_path: Path) -> None:
    file = export([worn], Format.CSV, tmp_path).files[0]
    edit(file, lambda text: text.replace('"walking, fast"', "running"))
    (found,) = recordings_in(file)
    assert [segment.label for segment in found.segments] == ["running", "Treppe über"]
    assert "changed" in found.problems[0]
    assert np.array_equal(found.raw, worn.raw)


def test_parquet_of_others_and_changed_ones_are_tables(worn: Recording, tmp_path: Path) -> None:
    file = export([worn], Format.PARQUET, tmp_path).files[0]
    metadata = pl.read_parquet_metadata(file)
    changed = pl.read_parquet(file).head(100).with_columns(pl.col("ax_g") * 1.0001)
    changed.write_parquet(file, metadata={"motionloop": metadata["motionloop"]})
    (found,) = recordings_in(file)
    assert found.wearer == ""
    assert samples_changed() in found.description.document["imported"]["notes"]
    assert found.labels == ["walking, fast"]
    assert np.allclose(found.accel_g, changed.select("ax_g", "ay_g", "az_g").to_numpy(), atol=3e-4)
    file.write_bytes(file.read_bytes()[:500])
    with pytest.raises(DataFileError, match="cannot be read as Parquet"):
        recordings_in(file)


def test_changed_samples_are_those_of_anybody(worn: Recording, tmp_path: Path) -> None:
    file = export([worn], Format.CSV, tmp_path).files[0]
    edit(file, replace_line(9, "12,120000,0.1,0.2,0.3,0.4,0.5,0.6,\n"))
    (found,) = recordings_in(file)
    assert found.accel_g[7] == pytest.approx([0.1, 0.2, 0.3], abs=1e-3)
    assert found.wearer == ""
    assert samples_changed() in found.description.document["imported"]["notes"]


# --- Edge Impulse ---------------------------------------------------------------------------
def test_edge_impulse_gets_labelled_stretches_that_come_back_as_one(
    worn: Recording, tmp_path: Path
) -> None:
    export([worn], Format.EDGE_IMPULSE, tmp_path / "out")
    (found,) = recordings_in(tmp_path / "out")
    (wanted,) = choose([worn], labels=worn.labels)
    assert np.array_equal(found.raw, wanted.raw)
    assert np.array_equal(found.seq, wanted.seq)
    assert np.abs(found.t_us - wanted.t_us).max() <= 2  # an interval, no times
    assert found.segments == wanted.segments == worn.segments
    assert [gap.reason for gap in found.gaps] == [LEFT_OUT, "the cat"]
    assert (found.wearer, found.description.placement) == (worn.wearer, "left wrist")
    assert found.board == worn.board


def test_an_edge_impulse_file_is_as_documented(worn: Recording, tmp_path: Path) -> None:
    exported = export([worn], Format.EDGE_IMPULSE, tmp_path / "out", testing_wearers=[worn.wearer])
    assert exported.notes == ("Ada: Monday/1: 186 of 300 samples have no label and were left out.",)
    file = tmp_path / "out/testing/walking, fast.Ada Monday 1.0.json"
    document = json.loads(file.read_bytes())
    assert document["protected"] == {"ver": "v1", "alg": "none"}
    assert document["payload"]["interval_ms"] == 10
    assert document["payload"]["sensors"][0] == {"name": "accX", "units": "m/s2"}
    assert document["payload"]["values"][0][0] == pytest.approx(
        worn.accel_g[1, 0] * 9.80665, rel=1e-8
    )
    assert document["payload"]["values"][0][5] == pytest.approx(
        np.degrees(worn.gyro_rad_s[1, 2]), rel=1e-8
    )


def test_without_labels_there_is_nothing_for_edge_impulse(worn: Recording, tmp_path: Path) -> None:
    worn.set_segments([])
    with pytest.raises(RecordingError, match="Nothing in these recordings is labelled"):
        export([worn], Format.EDGE_IMPULSE, tmp_path / "out")
    assert not [*tmp_path.iterdir()]


def test_a_signature_is_checked_in_json_and_cbor(worn: Recording, tmp_path: Path) -> None:
    export([worn], Format.EDGE_IMPULSE, tmp_path / "out", hmac_key=KEY)
    assert recordings_in(tmp_path / "out", ReadOptions(signing_key=KEY))
    file = next((tmp_path / "out/training").iterdir())
    content = file.read_bytes()
    with pytest.raises(DataFileError, match="not signed with this key"):
        edge_impulse_files.read_acquisition(file, content, "another")
    changed = content.replace(b'"interval_ms": 10', b'"interval_ms": 20')
    with pytest.raises(DataFileError, match="changed since"):
        edge_impulse_files.read_acquisition(file, changed, KEY)

    document = json.loads(content) | {"signature": edge_impulse_files.NO_SIGNATURE}
    unsigned = cbor2.dumps(document)
    document["signature"] = edge_impulse_files.signature_of(unsigned, "key")
    as_cbor = cbor2.dumps(document)
    assert edge_impulse_files.is_acquisition(as_cbor)
    again = edge_impulse_files.read_acquisition(file, as_cbor, "key")
    assert np.array_equal(again.values, edge_impulse_files.read_acquisition(file, content).values)
    with pytest.raises(DataFileError, match="damaged"):
        edge_impulse_files.read_acquisition(file, as_cbor[:-100])


# --- ELAN -----------------------------------------------------------------------------------
def test_labels_come_back_from_elan_to_the_microsecond(worn: Recording, tmp_path: Path) -> None:
    file = export([worn], Format.ELAN, tmp_path / "out").files[0]
    assert elan.is_eaf(file.read_bytes()[:500])
    assert elan.read_labels(file, worn) == elan.Labels(worn.segments)


def test_a_choice_for_elan_keeps_the_times_of_the_whole(worn: Recording, tmp_path: Path) -> None:
    file = export([worn], Format.ELAN, tmp_path / "out", labels=["Treppe über"]).files[0]
    assert elan.read_labels(file, worn).segments == worn.segments[2:]


def test_what_was_moved_in_elan_counts(worn: Recording, tmp_path: Path) -> None:
    file = export([worn], Format.ELAN, tmp_path / "out").files[0]
    text = file.read_text().replace('TIME_VALUE="10"', 'TIME_VALUE="20"')
    file.write_text(text)
    labels = elan.read_labels(file, worn)
    assert labels.segments[0].start_us == worn.start_us + 20_000
    assert "changed" in labels.notes[0]


def test_a_film_in_elan_keeps_its_place(worn: Recording, tmp_path: Path) -> None:
    worn.set_video(Video("film.mp4", -2.5))
    file = export([worn], Format.ELAN, tmp_path / "out").files[0]
    assert 'TIME_ORIGIN="2500"' in file.read_text()
    # An annotation of somebody's own at 3 to 4 s of the film is at 0.5 to 1.5 s of the recording.
    own = tmp_path / "own.eaf"
    import pympi

    made = pympi.Eaf()
    made.add_linked_file("file:///film.mp4", mimetype="video/mp4")
    made.add_annotation("default", 3000, 4000, "walking")
    made.add_annotation("default", 60_000, 61_000, "later")
    made.to_file(str(own))
    labels = elan.read_labels(own, worn)
    start_us = worn.start_us
    assert labels.segments == (Segment(start_us + 500_000, start_us + 1_500_000, "walking"),)
    assert labels.notes == ("1 labels outside the recording left out.",)


# --- Choice and places ------------------------------------------------------------------------
def test_a_choice_of_labels_keeps_their_samples_and_declares_the_others(worn: Recording) -> None:
    (chosen,) = choose([worn], labels=["walking, fast"])
    assert chosen.seq.tolist() == [*range(6, 91)]
    assert [segment.start_us for segment in chosen.segments] == [60_001, 500_001]
    (both,) = choose([worn], labels=worn.labels)
    assert [gap.reason for gap in both.gaps] == [LEFT_OUT, "the cat"]
    assert both.path is None


def test_a_choice_leaves_out_what_is_outside_the_trim(worn: Recording) -> None:
    worn.set_trim(Trim(500_001, 1_000_000))
    (chosen,) = choose([worn], labels=["walking, fast"])
    assert chosen.seq.tolist() == [*range(51, 91)]


def test_names_that_are_not_there_are_said_with_those_that_are(worn: Recording) -> None:
    with pytest.raises(RecordingError, match=r"no label 'Walking'.*'Treppe über', 'walking, fast'"):
        choose([worn], labels=["Walking"])
    with pytest.raises(RecordingError, match="no recording of 'ada'"):
        choose([worn], wearers=["ada"])


def test_a_file_that_is_there_is_not_overwritten(worn: Recording, tmp_path: Path) -> None:
    there = tmp_path / "out" / "Ada Monday 1.csv"
    there.parent.mkdir()
    there.write_text("mine")
    (there.parent / "other.txt").write_text("mine too")
    with pytest.raises(RecordingError, match=r"Ada Monday 1\.csv.*--overwrite"):
        export([worn], Format.CSV, there.parent)
    assert sorted(path.name for path in there.parent.iterdir()) == [there.name, "other.txt"]
    assert there.read_text() == "mine"
    export([worn], Format.CSV, there.parent, overwrite=True)
    assert same(there, worn)
    assert (there.parent / "other.txt").read_text() == "mine too"
    archive = tmp_path / "all.zip"
    export([worn], Format.ZIP, archive)
    with pytest.raises(RecordingError, match="exists already"):
        export([worn], Format.ZIP, archive)


@pytest.mark.parametrize("kind", Format)
def test_a_full_disk_leaves_nothing_behind(worn: Recording, tmp_path: Path, kind: Format) -> None:
    many = [Segment(start, start + 1000, "step") for start in range(60_000, 1_900_000, 10_000)]
    worn.set_segments(many)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, limits[1]))
    try:
        with pytest.raises(RecordingError, match=r"Nothing was written|not saved|not taken"):
            export([worn], kind, tmp_path / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not [*tmp_path.iterdir()]


def test_an_export_goes_into_the_folder_that_one_is_in(
    worn: Recording, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    export([worn], Format.CSV, Path())
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".csv", ".json"]


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("board", '{"name": 7}', ""),
        ("board", '{"name": "ML", "colour": "red"}', ""),
        ("board", "[" * 100_000, ""),
        ("board", "[]", ""),
        ("first_seq", str(2**63), ""),
        ("rate_hz", "0", ""),
        ("recording", "\ud800", ""),
        ("created", "x" * 5000, ""),
        ("segment_us", "500001 500001", "does not end after it starts"),
        ("wearer", "x" * 5000, "'wearer' is longer than 1000 characters"),
        ("wearer", "\ud800", ""),
    ],
)
def test_what_an_archive_of_edge_impulse_says_opens_again_or_is_told(
    worn: Recording, tmp_path: Path, key: str, value: str, told: str
) -> None:
    archive = tmp_path / "archive"
    export([worn], Format.EDGE_IMPULSE, archive)
    info = json.loads((archive / "info.labels").read_text())
    for entry in info["files"]:
        entry["metadata"][key] = value
    (archive / "info.labels").write_text(json.dumps(info))
    if told:
        with pytest.raises(DataFileError, match=f"archive.* cannot be used: .*{told}"):
            recordings_in(archive)
        return
    imported = write_imported(recordings_in(archive), tmp_path / "new")
    assert sum(len(Recording.open(folder).seq) for folder in imported.folders) > 80


def test_labels_of_samples_that_are_not_there_are_told(worn: Recording, tmp_path: Path) -> None:
    export([worn], Format.EDGE_IMPULSE, tmp_path)
    info = json.loads((tmp_path / "info.labels").read_text())
    span = {"startIndex": 10**9, "endIndex": 10**9, "label": "far"}
    info["files"][0]["label"] = {"type": "multi-label", "labels": [span]}
    info["files"][0]["metadata"] = None
    (tmp_path / "info.labels").write_text(json.dumps(info))
    with pytest.raises(DataFileError, match=r"\.json cannot be used: .* it does not have"):
        recordings_in(tmp_path)


@pytest.mark.parametrize("kind", Format)
def test_a_recording_whose_folder_has_no_name_in_utf_8_is_exported(
    worn: Recording, tmp_path: Path, kind: Format
) -> None:
    write_recording(worn, tmp_path / "caf\udce9")
    exported = export([Recording.open(tmp_path / "caf\udce9")], kind, tmp_path / "out.zip")
    assert exported.files
    for file in exported.files:
        str(file).encode()
