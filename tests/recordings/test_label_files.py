"""Labels of other programs for a recording that is there: Label Studio, and files of no kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from motionloop.errors import DataFileError
from motionloop.recordings.label_files import read_label_file
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import Description
from motionloop.recordings.segments import Segment
from tests.recordings.made import BOARD, raw_of


@pytest.fixture
def ten_seconds() -> Recording:
    """10 s from 3 s on the board's clock."""
    t_us = 3_000_000 + np.arange(1000) * 10_000
    description = Description(BOARD, "Ada: Monday", samples=1000, closed=True)
    return Recording(description, np.arange(1000), t_us, raw_of(1000))


def exported(
    path: Path, *regions: tuple[float, float, str], data: str = "/upload/1/ab-x.csv"
) -> Path:
    """A task with these regions, added to the file."""
    result = [
        {
            "type": "timeserieslabels",
            "value": {"start": start, "end": end, "timeserieslabels": [label], "instant": False},
        }
        for start, end, label in regions
    ]
    tasks: list[Any] = json.loads(path.read_text()) if path.exists() else []
    tasks.append({"id": 1, "annotations": [{"result": result}], "data": {"csv": data}})
    path.write_text(json.dumps(tasks))
    return path


@pytest.mark.parametrize(
    ("factor", "offset", "words"),
    [
        (1.0, 3.0, "s on the recording's clock"),
        (1.0, 0.0, "s after the first sample"),
        (1e3, 0.0, "ms after the first sample"),
        (1e6, 3e6, "us on the recording's clock"),
        (100.0, 0.0, "numbers of samples"),
    ],
)
def test_the_unit_of_times_is_found_and_said(
    ten_seconds: Recording, tmp_path: Path, factor: float, offset: float, words: str
) -> None:
    regions = [
        (a * factor + offset, b * factor + offset, label)
        for a, b, label in ((1.0, 4.0, "walking"), (5.5, 9.0, "sitting"))
    ]
    found = read_label_file(exported(tmp_path / "l.json", *regions), ten_seconds)
    assert found.segments == (
        Segment(4_000_000, 7_000_000, "walking"),
        Segment(8_500_000, 12_000_000, "sitting"),
    )
    assert words in found.notes[0]


def test_json_min_is_read_too(ten_seconds: Recording, tmp_path: Path) -> None:
    path = tmp_path / "min.json"
    values = [{"start": 1000, "end": 9900, "timeserieslabels": ["a", "b"]}]
    path.write_text(json.dumps([{"csv": "/x.csv", "id": 3, "label": values}]))
    found = read_label_file(path, ten_seconds)
    assert found.segments == (Segment(4_000_000, 12_900_000, "a"),)
    assert "1 regions have several labels" in found.notes[1]


def test_the_task_of_this_recording_is_taken(ten_seconds: Recording, tmp_path: Path) -> None:
    path = exported(tmp_path / "l.json", (0, 9, "other"), data="/upload/1/ab12-Bo.csv")
    exported(path, (1, 9, "mine"), data="/upload/1/cd34-Ada Monday.csv")
    assert read_label_file(path, ten_seconds).segments[0].label == "mine"
    ten_seconds.description = Description(BOARD, "Cy")
    with pytest.raises(DataFileError, match=r"2 tasks, of which 0 .*'Cy'"):
        read_label_file(path, ten_seconds)


def test_labels_outside_and_without_length_are_counted(
    ten_seconds: Recording, tmp_path: Path
) -> None:
    path = exported(tmp_path / "l.json", (2, 2, "tap"), (4, 9, "walking"), (9.5, 10.05, "late"))
    found = read_label_file(path, ten_seconds, time_unit="s")
    assert [segment.label for segment in found.segments] == ["walking", "late"]
    assert found.segments[1].end_us == ten_seconds.end_us
    assert found.notes[1:] == (
        "1 labels without length left out.",
        "1 labels cut to the recording's samples.",
    )


def test_labels_of_another_recording_are_refused(ten_seconds: Recording, tmp_path: Path) -> None:
    path = exported(tmp_path / "l.json", (1e15, 2e15, "walking"))
    with pytest.raises(DataFileError, match="in no unit of time lie inside"):
        read_label_file(path, ten_seconds)
    other = tmp_path / "other.txt"
    other.write_text("walking 1 4")
    with pytest.raises(DataFileError, match="holds no labels that are read here"):
        read_label_file(other, ten_seconds)
