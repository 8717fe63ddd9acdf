"""A path may lead to one recording, a folder of them, or a data file."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from motionloop.errors import DataFileError, RecordingError
from motionloop.recordings import sources, writer
from motionloop.recordings.recording import Recording, recording_paths
from motionloop.recordings.recording_json import Description, RecordedBoard
from motionloop.sample_format import SampleFormat


@pytest.fixture
def places(tmp_path: Path) -> Path:
    """A folder with `recordings`, two of them, and `walks.npz` with the sessions 3 and 4."""
    for name in ("monday", "tuesday"):
        description = Description(
            RecordedBoard("desk", SampleFormat(50.0, 244_141, 1_065_264)), name, closed=True
        )
        t_us = np.arange(100, dtype=np.int64) * 20_000
        made = Recording(description, np.arange(100), t_us, np.zeros((100, 6), np.int16))
        writer.write_recording(made, tmp_path / "recordings" / name)
    np.savez(
        tmp_path / "walks.npz",
        X=np.ones((200, 6), np.float32),
        y=np.zeros(200, int),
        session=np.repeat([3, 4], 100),
        label_names=np.array(["walk"]),
        rate_hz=50.0,
    )
    return tmp_path


def test_each_recording_is_read_once_in_the_order_given(places: Path) -> None:
    folder = places / "recordings"
    found = sources.read_all_recordings(
        [places / "walks.npz", folder / "tuesday", folder, places / "walks.npz"]
    )
    names = [recording.name for recording in found]
    assert names == ["walks session 3", "walks session 4", "tuesday", "monday"]


@pytest.mark.parametrize("here", ["", ".", "../data"])
def test_data_files_are_found_from_inside_their_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, here: str
) -> None:
    (tmp_path / "data").mkdir()
    lines = [f"{n / 100},{n % 7 / 10},{n % 5 / 10},1.0" for n in range(300)]
    (tmp_path / "data/walk.csv").write_text("\n".join(["t,ax,ay,az", *lines]))
    monkeypatch.chdir(tmp_path / "data")
    assert [recording.name for recording in sources.read_recordings(here)] == ["walk"]


def test_what_is_not_there_is_named(places: Path) -> None:
    with pytest.raises(DataFileError, match=r"gone\.npz"):
        sources.read_recordings(places / "gone.npz")
    with pytest.raises(RecordingError, match="no recordings in"):
        sources.read_recordings(places / "gone")


def test_what_cannot_be_read_stands_beside_what_can(places: Path) -> None:
    (places / "recordings" / "monday" / "samples.csv").write_text("seq;t_us\n")
    (places / "torn.npz").write_bytes(b"PK")
    found = sources.find_recordings([places / "recordings", places / "torn.npz"])
    assert [recording.name for recording in found.recordings] == ["tuesday"]
    assert [bad.path.name for bad in found.unreadable] == ["monday", "torn.npz"]
    with pytest.raises(RecordingError, match=r"(?s)2 of 3 recordings cannot be read.*monday.*torn"):
        sources.read_all_recordings([places / "recordings", places / "torn.npz"])
    with pytest.raises(DataFileError, match=r"torn\.npz is not an \.npz file"):
        sources.read_all_recordings([places / "torn.npz"])


def test_a_folder_that_cannot_be_read_does_not_hide_the_others(
    places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (places / "closed").mkdir()
    listed = Path.iterdir

    def refusing(path: Path) -> Iterator[Path]:
        if path.name == "closed":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refusing)  # nothing is closed to root
    found = sources.find_recordings([places / "closed", places / "recordings"])
    assert [recording.name for recording in found.recordings] == ["monday", "tuesday"]
    facts, unreadable = sources.find_facts([places / "closed", places / "recordings"])
    assert len(facts) == 2
    for bad in (*found.unreadable, *unreadable):
        assert bad.path.name == "closed"
        assert "closed cannot be read (Permission denied)" in str(bad.error)
    with pytest.raises(RecordingError, match=r"closed cannot be read \(Permission denied\)"):
        recording_paths(places / "closed")
