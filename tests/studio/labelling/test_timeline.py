"""What a timeline draws, from hours to samples, and how long that takes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSettings
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from motionloop.recordings.recording import Recording
from motionloop.recordings.runs import runs
from motionloop.recordings.segments import Segment
from motionloop.studio import colours
from motionloop.studio.labelling import sample_cache
from motionloop.studio.labelling.overview import Overview, finest_level
from motionloop.studio.labelling.segment_lane import LEFT
from motionloop.studio.labelling.spans import Spans
from motionloop.studio.labelling.timeline import Timeline, clock
from motionloop.studio.labelling.timeline_state import TimelineState
from motionloop.studio.pages.label import LabelView
from motionloop.studio.session import Session
from motionloop.studio.theme import theme
from tests.studio.repeated_motion import START_US, even_segments, write_repeated

RATE_HZ = 100.0
_TOP = 12  # pixels; the plots are below


def overview_of(raw: np.ndarray, t_us: np.ndarray | None = None) -> Overview:
    times = np.arange(len(raw), dtype=np.int64) * 10_000 if t_us is None else t_us
    return Overview(finest_level(times, raw, RATE_HZ), times, raw)


def noise(count: int) -> np.ndarray:
    return np.random.default_rng(1).integers(-1000, 1000, (count, 6)).astype(np.int16)


# --- curves -----------------------------------------------------------------------------------
@pytest.mark.parametrize("pixels", [1, 7, 100, 700])
def test_no_peak_is_left_out_at_any_zoom(pixels: int) -> None:
    raw = noise(100_003)
    raw[77_777, 2], raw[12_345, 4] = 30_000, -30_000
    curves = overview_of(raw).curves(0, 100_003 * 10_000, pixels)
    assert len(curves.t_us) <= 8 * pixels + 8
    assert curves.raw[:, 2].max() == 30_000
    assert curves.raw[:, 4].min() == -30_000
    assert curves.raw[:, 0].max() == raw[:, 0].max()


def test_the_samples_themselves_are_drawn_once_they_fit() -> None:
    raw = noise(10_000)
    curves = overview_of(raw).curves(1_000_000, 2_000_000, 100)
    # And one more at both sides: lines go on to the edges.
    np.testing.assert_array_equal(curves.raw, raw[99:202])


@pytest.mark.parametrize("zoomed_in", [True, False])
def test_no_line_is_drawn_over_a_gap(zoomed_in: bool) -> None:
    raw = noise(4000)
    t_us = np.arange(4000, dtype=np.int64) * 10_000
    t_us[2000:] += 60_000_000
    span_us = 1_000_000 if zoomed_in else 200_000_000
    curves = overview_of(raw, t_us).curves(20_000_000 - span_us, 80_000_000 + span_us, 200)
    assert curves.joined is not None
    (last,) = np.flatnonzero(~curves.joined[:-1])
    assert curves.t_us[last] < 20_000_000
    assert curves.t_us[last + 1] >= 80_000_000


def test_saturation_is_marked_on_its_pixel() -> None:
    raw = noise(10_000)
    raw[5000, 1] = 32767
    marked = overview_of(raw).saturated(0, 100_000_000, 100)
    assert marked[50]
    assert marked.sum() <= 2
    raw[6000:7000, 1] = -32768
    assert overview_of(raw).saturated(0, 100_000_000, 100)[60:70].all()
    assert overview_of(raw).saturated(60_000_000, 62_000_000, 100).all()
    assert not overview_of(noise(10_000)).saturated(0, 100_000_000, 100).any()


# --- stretches --------------------------------------------------------------------------------
SPANS = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 40)), max_size=30)


@given(SPANS, st.integers(-50, 500), st.integers(1, 600), st.integers(1, 80))
def test_a_pixel_shows_the_first_stretch_that_touches_it(
    steps: list[tuple[int, int]], start_us: int, length_us: int, pixels: int
) -> None:
    segments, at = [], 0
    for length, gap in steps:
        segments.append(Segment(at, at + length, "walk"))
        at += length + gap
    shown = Spans(segments).on_pixels(start_us, start_us + length_us, pixels)
    edges = np.linspace(start_us, start_us + length_us, pixels + 1)
    for index, left, right in zip(shown.tolist(), edges[:-1], edges[1:], strict=True):
        touching = [i for i, s in enumerate(segments) if s.end_us > left and s.start_us < right]
        assert index == next(iter(touching), -1)


@given(st.lists(st.booleans(), max_size=40))
def test_runs_cover_what_is_marked(marked: list[bool]) -> None:
    covered = np.zeros(len(marked), bool)
    for first, end in runs(np.array(marked, bool)):
        assert not covered[first:end].any()
        covered[first:end] = True
    assert covered.tolist() == marked


@pytest.mark.parametrize(
    ("seconds", "step_s", "text"),
    [
        (0, 1, "0:00"),
        (59.996, 0.1, "1:00.0"),
        (3723.5, 0.01, "1:02:03.50"),
        (86399, 60, "23:59:59"),
    ],
)
def test_times_are_written_as_finely_as_needed(seconds: float, step_s: float, text: str) -> None:
    assert clock(seconds, step_s) == text


# --- painting ---------------------------------------------------------------------------------
def test_labels_gaps_saturation_and_what_is_trimmed_can_be_seen(
    qtbot: QtBot, tmp_path: Path
) -> None:
    theme.start(QSettings(str(tmp_path / "studio.ini"), QSettings.Format.IniFormat))
    write_repeated(tmp_path / "one", 20, [Segment(START_US, START_US + 5_000_000, "walking")])
    made = Recording.open(tmp_path / "one")
    raw, keep = made.raw.copy(), np.ones(len(made.seq), bool)
    raw[made.t_us > START_US + 18_000_000] = 32767
    keep[(made.t_us > START_US + 8_000_000) & (made.t_us < START_US + 10_000_000)] = False
    cut = Recording.from_samples(
        tmp_path / "one", made.description, made.seq[keep], made.t_us[keep], raw[keep]
    )
    state = TimelineState()
    timeline = Timeline(state)
    qtbot.addWidget(timeline)
    timeline.resize(LEFT + 1000, 400)
    timeline.show()
    state.show_recording(cut, overview_of(raw[keep], made.t_us[keep]), editable=True)

    def colours_at(second: float) -> set[str]:
        """Of the column of pixels in the plots."""
        plots = timeline.plots
        picture = plots.grab().toImage()
        x = round(plots.x_of(START_US + second * 1e6))
        return {QColor(picture.pixel(x, y)).name() for y in range(_TOP, picture.height())}

    bare = colours_at(6)
    danger = QColor(theme.colours.danger).name()
    assert danger not in bare
    assert theme.colours.surface.lower() in bare
    assert theme.colours.surface.lower() not in colours_at(2) - bare
    assert any(danger in colours_at(9 + i / 50) for i in range(4))  # hatched
    assert danger in colours_at(19)
    lane = timeline.lane.grab().toImage()
    walking = colours.colour("walking").name()
    assert QColor(lane.pixel(LEFT + 240, 10)).name() == walking
    assert QColor(lane.pixel(LEFT + 300, 10)).name() != walking
    state.place_cursor(START_US + 7_000_000)
    state.trim_before()
    assert colours_at(6) != bare


# --- eight hours ------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def eight_hours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("long") / "recordings"
    write_repeated(folder / "day", 8 * 3600, even_segments(1000, 8 * 3600))
    return folder


@pytest.fixture
def session(eight_hours: Path, tmp_path: Path) -> Iterator[Session]:
    """None of the recordings was read before."""
    shutil.rmtree(eight_hours / "day" / sample_cache.FOLDER, ignore_errors=True)
    settings = QSettings(str(tmp_path / "studio.ini"), QSettings.Format.IniFormat)
    theme.start(settings)
    made = Session(eight_hours, tmp_path / "models", settings)
    yield made
    made.close()


def processor_s(action: Callable[[], object]) -> float:
    """Seconds of processor time, which a busy machine does not lengthen."""
    began = time.process_time()
    action()
    return time.process_time() - began


@pytest.mark.system
def test_eight_hours_are_previewed_read_beside_the_window_and_open_at_once_afterwards(
    qtbot: QtBot, session: Session
) -> None:
    day, view = session.recordings_folder / "day", LabelView(session)
    qtbot.addWidget(view)
    view.resize(1192, 640)
    with qtbot.waitSignal(view.painted):
        view.show()
    state = view.state
    assert not state.editable
    assert (state.editor.end_us - state.editor.start_us) / 3.6e9 == pytest.approx(8, abs=0.01)
    assert "labelled in a moment" in view.problems.text()
    qtbot.waitUntil(lambda: state.editable, timeout=60_000)
    assert state.overview is not None
    assert len(state.overview.t_us) == 8 * 3600 * 119

    def painted(action: Callable[[], object]) -> Callable[[], None]:
        def act() -> None:
            action()
            view.timeline.lane.repaint()
            view.timeline.plots.viewport().repaint()

        return act

    def open_again() -> None:
        with qtbot.waitSignal(view.painted):
            view.open(day)

    assert processor_s(open_again) < 0.5
    while state.range_us[1] - state.range_us[0] > 1e6:
        assert processor_s(painted(lambda: state.zoom(0.2))) < 0.2
    assert processor_s(painted(lambda: state.pan(5e5))) < 0.2
    state.place_cursor(START_US + 4 * 3_600_000_000 + 5_000_000)
    assert processor_s(painted(state.show_all)) < 0.2
    assert processor_s(painted(state.split)) < 0.2
    assert view.flush()
    assert len(sample_cache.load(day)[0].segments) == 1001


@pytest.mark.system
def test_closing_while_a_long_recording_is_read_leaves_it_whole(
    qtbot: QtBot, session: Session
) -> None:
    day, view = session.recordings_folder / "day", LabelView(session)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitUntil(lambda: view.bar.value() > 50, timeout=30_000)
    view.close()
    assert sample_cache.load(day) is None
