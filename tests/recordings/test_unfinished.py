"""Recordings that were cut off are found; those that go on are left alone."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from motionloop.recordings.plan import PlanState, Step
from motionloop.recordings.recording_json import Description
from motionloop.recordings.unfinished import unfinished
from motionloop.recordings.writer import RecordingWriter
from tests.recordings.made import BOARD, append


def cut_off(folder: Path, name: str, age_s: float = 0.0, samples: int = 50) -> Path:
    """A recording as a killed program leaves it."""
    with RecordingWriter.create(folder.parent / "whole" / name, BOARD) as writer:
        append(writer, 0, samples)
        shutil.copytree(writer.path, folder / name)
    os.utime(folder / name / "samples.csv", (time.time() - age_s,) * 2)
    return folder / name


def test_the_newest_comes_first_and_whole_ones_are_none(tmp_path: Path) -> None:
    folder = tmp_path / "recordings"
    cut_off(folder, "older", 100)
    cut_off(folder, "newer", 10)
    with RecordingWriter.create(folder / "closed", BOARD) as writer:
        append(writer, 0, 50)
    cut_off(folder, "empty", samples=0)
    (folder / "damaged").mkdir()
    (folder / "damaged" / "recording.json").write_text("{")
    assert [found.path.name for found in unfinished(folder)] == ["newer", "older"]
    (found,) = unfinished(folder, within_s=50)
    assert found.age_s == pytest.approx(10, abs=5)


def test_what_another_process_records_is_none(tmp_path: Path) -> None:
    path = cut_off(tmp_path / "recordings", "walk")
    with RecordingWriter.append_to(path):
        assert list(unfinished(path.parent)) == []
    assert list(unfinished(path.parent)) == []  # closed


def test_the_plan_is_there_until_the_recording_is_closed(tmp_path: Path) -> None:
    plan = PlanState((Step("walking", 60.0), Step(None, float("inf"))), 1.0, 1, 123)
    path = tmp_path / "walk"
    with RecordingWriter.create(path, BOARD) as writer:
        append(writer, 0, 50)
        writer.note_plan(plan)
        assert Description.load(path).plan == plan
    assert Description.load(path).plan is None


@pytest.mark.parametrize(
    ("key", "value"),
    [("at", 2), ("at", -1), ("reaction_s", -1.0), ("steps", []), ("steps", [{"seconds": 0}])],
)
def test_an_impossible_plan_is_named(tmp_path: Path, key: str, value: object) -> None:
    document = PlanState((Step("walking", 60.0),), 1.0, 0, 0).to_document() | {key: value}
    with RecordingWriter.create(tmp_path / "walk", BOARD) as writer:
        append(writer, 0, 50)
    whole = Description.load(tmp_path / "walk").to_document()
    with pytest.raises(ValueError, match="plan"):
        Description.from_document(whole | {"plan": document})


def test_a_segment_that_was_open_goes_on_as_one(tmp_path: Path) -> None:
    path = tmp_path / "walk"
    with RecordingWriter.create(tmp_path / "whole", BOARD) as writer:
        writer.begin_segment("walking")
        append(writer, 0, 50)
        shutil.copytree(writer.path, path)
    with RecordingWriter.append_to(path, BOARD, reopen=True) as writer:
        assert (writer.label, writer.next_seq) == ("walking", 50)
        append(writer, 50, 50)
    (segment,) = Description.load(path).segments
    assert segment.label == "walking"
    with RecordingWriter.append_to(path, BOARD, reopen=True) as writer:
        assert writer.label is None  # the recording was closed, and its segment with it
