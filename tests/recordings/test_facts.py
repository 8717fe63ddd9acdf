"""A list of recordings that did not change needs none of their samples."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import platformdirs
import pytest

from motionloop.recordings.facts import facts_of, list_facts
from motionloop.recordings.recording import SAMPLES_FILE, Recording
from motionloop.recordings.segments import Segment
from motionloop.recordings.writer import RecordingWriter
from tests.recordings.made import append


@pytest.fixture
def opened(recorded: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the recordings whose samples are read."""
    shutil.copytree(recorded, recorded.parent / "evening")
    names: list[str] = []
    real = Recording.open

    def noted(path: str | Path) -> Recording:
        names.append(Path(path).name)
        return real(path)

    monkeypatch.setattr(Recording, "open", noted)
    return names


def test_only_what_changed_is_read_again(recorded: Path, opened: list[str]) -> None:
    first = list_facts(recorded.parent)
    assert opened == ["evening", "morning"]
    assert list_facts(recorded.parent) == first
    assert opened == ["evening", "morning"]
    Recording.open(recorded).set_segments([Segment(0, 1000, "sitting")])
    opened.clear()
    facts, unreadable = list_facts(recorded.parent)
    assert opened == ["morning"]
    assert [(f.name, f.seconds) for f in facts][1] == (
        "morning",
        {"sitting": pytest.approx(0.011, abs=1e-5)},
    )
    assert facts[0] == first[0][0]
    assert not unreadable
    with RecordingWriter.append_to(recorded) as writer:
        append(writer, 100, 10)
    assert list_facts(recorded.parent)[0][1].quality.samples == 110


def test_a_recording_that_cannot_be_read_is_read_each_time(
    recorded: Path, opened: list[str]
) -> None:
    samples = recorded / SAMPLES_FILE
    samples.write_bytes(samples.read_bytes() + b"torn\n")
    for _ in range(2):
        facts, unreadable = list_facts(recorded.parent)
        assert [f.name for f in facts] == ["morning"]  # the copy: its name is its own
        assert "Line 102" in str(unreadable[0].error)
    assert opened == ["evening", "morning", "morning"]


@pytest.mark.parametrize("damaged", ["{}", "{", "[]", b"\x00\xff"])
def test_a_damaged_row_is_made_again(
    damaged: str | bytes, recorded: Path, opened: list[str]
) -> None:
    facts = list_facts(recorded.parent)
    database = platformdirs.user_cache_path("motionloop", appauthor=False) / "recordings.sqlite"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE recordings SET facts = ?", (damaged,))
    for _ in range(2):
        assert list_facts(recorded.parent) == facts
    assert len(opened) == 4


def test_without_a_usable_database_all_is_read(recorded: Path, opened: list[str]) -> None:
    database = platformdirs.user_cache_path("motionloop", appauthor=False) / "recordings.sqlite"
    database.mkdir(parents=True)
    for _ in range(2):
        assert list_facts(recorded.parent)[0][1] == facts_of(Recording.open(recorded))
    assert len(opened) == 6


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such names")
def test_a_folder_whose_name_is_no_text_is_listed(recorded: Path) -> None:
    strange = recorded.parent / os.fsdecode(b"walk \xff")
    shutil.copytree(recorded, strange)
    assert [facts.name for facts in list_facts(recorded.parent)[0]] == ["morning", "morning"]


def other_table(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE recordings (something INTEGER)")


def no_text(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE recordings SET facts = CAST(x'fffe' AS TEXT)")


def zeros_inside(path: Path) -> None:
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[:200] + bytes(size - 200))


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"this is no database " * 300),
        lambda path: path.write_bytes(bytes(4096)),
        other_table,
        no_text,
        zeros_inside,
    ],
)
def test_a_database_that_is_none_is_thrown_away_and_made_again(
    recorded: Path, opened: list[str], damage: Callable[[Path], object]
) -> None:
    first = list_facts(recorded.parent)
    damage(platformdirs.user_cache_path("motionloop", appauthor=False) / "recordings.sqlite")
    assert list_facts(recorded.parent) == first
    opened.clear()
    assert list_facts(recorded.parent) == first
    assert opened == []
