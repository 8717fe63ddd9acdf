"""What the timeline's cursor and a marked stretch measure."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from motionloop.recordings.recording import Recording
from motionloop.studio.labelling.overview import Overview, finest_level
from motionloop.studio.labelling.readings import readings
from motionloop.studio.labelling.timeline_state import TimelineState
from tests.studio.repeated_motion import write_repeated


@pytest.fixture
def state(tmp_path: Path) -> TimelineState:
    """Twelve seconds whose samples count up by thousandths of g and rad/s."""
    write_repeated(tmp_path / "one", 12.0)
    recording = Recording.open(tmp_path / "one")
    raw = np.arange(len(recording.t_us), dtype=np.int16)[:, None] + np.arange(6, dtype=np.int16)
    made = TimelineState()
    rate_hz = recording.board.format.rate_hz
    level = finest_level(recording.t_us, raw, rate_hz)
    made.show_recording(recording, Overview(level, recording.t_us, raw), True)
    made.scales = 1e-3, 1e-3
    return made


def test_the_cursor_shows_the_sample_at_its_place(state: TimelineState) -> None:
    state.place_cursor(int(state.overview.t_us[503]) + 3000)
    assert readings(state) == ("x 0.50, y 0.50, z 0.50 g", "x 0.51, y 0.51, z 0.51 rad/s")


def test_zero_has_no_sign(state: TimelineState) -> None:
    state.scales = -1e-3, -1e-3
    state.place_cursor(int(state.overview.t_us[0]))
    assert readings(state) == ("x 0.00, y 0.00, z 0.00 g", "x 0.00, y 0.00, z 0.00 rad/s")


def test_a_stretch_shows_its_length_and_range(state: TimelineState) -> None:
    begin_us = int(state.overview.t_us[100])
    state.place_cursor(begin_us)
    state.place_cursor(begin_us + 2_000_000, mark=True)
    accel, gyro = readings(state)
    assert accel == "2.000 s (0.50 Hz); 0.10 to 0.34 g"
    assert gyro == "0.10 to 0.34 rad/s"


def test_nothing_is_measured_where_there_is_no_sample(state: TimelineState) -> None:
    assert readings(TimelineState()) == ("", "")
    times = state.overview.t_us
    hole = np.r_[0:300, 900 : len(times)]
    overview = Overview(finest_level(times[hole], state.overview.raw[hole], 119.0), times[hole],
                        state.overview.raw[hole])  # fmt: skip
    state.overview = overview
    state.place_cursor(int(times[600]))
    assert readings(state) == ("", "")
