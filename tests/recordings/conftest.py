"""A folder for a recording, and one recorded there."""

from __future__ import annotations

from pathlib import Path

import pytest

from motionloop.recordings.writer import RecordingWriter
from tests.recordings.made import BOARD, append


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "morning"


@pytest.fixture
def recorded(folder: Path) -> Path:
    """100 samples, 0 to 1 s, of which 0.1 to 0.5 s are labelled walking."""
    with RecordingWriter.create(folder, BOARD, wearer="Ada", placement="left wrist") as writer:
        append(writer, 0, 10)
        writer.begin_segment("walking")
        append(writer, 10, 40)
        writer.end_segment()
        append(writer, 50, 50)
    return folder
