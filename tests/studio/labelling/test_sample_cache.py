"""The cache of a long recording is right or made again, whatever happened to its files."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from motionloop.errors import RecordingError
from motionloop.recordings.recording import Recording
from motionloop.recordings.writer import RecordingWriter
from motionloop.studio.labelling import sample_cache
from tests.recordings.made import BOARD, append

ARRAYS = ("seq", "t_us", "raw", "low", "high", "start_us")


@pytest.fixture
def day(tmp_path: Path) -> Path:
    folder = tmp_path / "day"
    with RecordingWriter.create(folder, BOARD) as writer:
        append(writer, 0, 500)
    sample_cache.build(folder, lambda _share: None)
    return folder


def test_a_cache_holds_what_the_file_holds(day: Path) -> None:
    loaded = sample_cache.load(day)
    assert loaded is not None
    recording, whole = loaded[0], Recording.open(day)
    for name in ("seq", "t_us", "raw"):
        assert np.array_equal(getattr(recording, name), getattr(whole, name))
    assert recording.description == whole.description


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-50])


def zeroed(path: Path) -> None:
    """As a power cut leaves what was not synced: the length, and nothing in it."""
    path.write_bytes(bytes(path.stat().st_size))


def zero_samples(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:128] + bytes(len(whole) - 128))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("damage", [cut, zeroed, zero_samples, emptied, a_pipe, Path.unlink])
@pytest.mark.parametrize("name", [*(f"{name}.npy" for name in ARRAYS), "key.json"])
def test_a_damaged_cache_is_made_again(
    day: Path, damage: Callable[[Path], object], name: str
) -> None:
    damage(day / sample_cache.FOLDER / name)
    assert sample_cache.load(day) is None
    sample_cache.build(day, lambda _share: None)
    assert sample_cache.load(day) is not None


@pytest.mark.parametrize(
    "text", ["[]", "{}", "null", "[" * 100_000, '{"torn_bytes": 0}', '{"of": 1, "crc32": []}', "3"]
)
def test_a_key_that_is_none_is_no_cache(day: Path, text: str) -> None:
    (day / sample_cache.FOLDER / "key.json").write_text(text)
    assert sample_cache.load(day) is None


def test_arrays_that_do_not_fit_each_other_are_no_cache(day: Path) -> None:
    """Forged with the right sums: another length, another type."""
    cache = day / sample_cache.FOLDER
    key = json.loads((cache / "key.json").read_bytes())
    for name, array in (("raw", np.zeros((3, 6), np.int16)), ("t_us", np.zeros(500))):
        before = (cache / f"{name}.npy").read_bytes()
        np.save(cache / f"{name}.npy", array)
        sums = key["crc32"] | {name: zlib.crc32((cache / f"{name}.npy").read_bytes())}
        (cache / "key.json").write_text(json.dumps(key | {"crc32": sums}))
        assert sample_cache.load(day) is None
        (cache / f"{name}.npy").write_bytes(before)


@pytest.mark.parametrize("name", ["raw.npy", "key.json"])
def test_a_link_in_the_cache_leads_nowhere(day: Path, tmp_path: Path, name: str) -> None:
    victim = tmp_path / "thesis.txt"
    victim.write_text("years of work")
    (day / sample_cache.FOLDER / name).unlink()
    (day / sample_cache.FOLDER / name).symlink_to(victim)
    sample_cache.build(day, lambda _share: None)
    assert victim.read_text() == "years of work"


def test_a_link_in_place_of_the_cache_is_told_of(day: Path, tmp_path: Path) -> None:
    (day / sample_cache.FOLDER).rename(tmp_path / "elsewhere")
    (day / sample_cache.FOLDER).symlink_to(tmp_path / "elsewhere")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "elsewhere").iterdir()}
    with pytest.raises(RecordingError, match="nothing is written through links"):
        sample_cache.build(day, lambda _share: None)
    assert before == {path: path.stat().st_mtime_ns for path in (tmp_path / "elsewhere").iterdir()}
