"""What the live plot draws of a ring."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtGui import QColor, QPainter, QPixmap
from pytestqt.qtbot import QtBot

from motionloop.board.packets import Packet
from motionloop.studio import colours
from motionloop.studio.boards.sample_ring import SampleRing
from motionloop.studio.theme import theme
from motionloop.studio.widgets.plot import MotionPlot
from tests.studio.boards.test_sample_ring import INFO, RATE_HZ

ONE_G = 2000  # of INFO's samples


@pytest.fixture
def plot(qtbot: QtBot) -> MotionPlot:
    made = MotionPlot()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def add(ring: SampleRing, begin: int, end: int) -> None:
    """Samples of a board at rest whose y points up."""
    for seq in range(begin, end, 10):
        raw = np.zeros((10, 6), np.int16)
        raw[:, 1] = ONE_G
        ring.add(Packet(seq, np.arange(seq, seq + 10) * 10_000, raw))


def stretches(plot: MotionPlot) -> list[int]:
    """Widths of the stretches, in pixels, where the plot of the accelerometer shows its y."""
    plot.tick()
    picture = plot.findChildren(pg.PlotWidget)[0].grab().toImage()
    shade = QColor(colours.AXES_DARK[1] if theme.dark else colours.AXES[1]).rgb()
    shown = [
        any(picture.pixel(x, y) == shade for y in range(picture.height()))
        for x in range(picture.width())
    ]
    edges = np.flatnonzero(np.diff([False, *shown, False]))
    return [int(width) for width in edges[1::2] - edges[::2]]


def test_a_gap_is_not_drawn_over(plot: MotionPlot) -> None:
    plot.ring = SampleRing(INFO)
    add(plot.ring, 0, 12 * RATE_HZ)
    (whole,) = stretches(plot)
    assert whole > 600
    add(plot.ring, 14 * RATE_HZ, 17 * RATE_HZ)  # two seconds are missing
    before, after = stretches(plot)
    assert after == pytest.approx(0.3 * whole, rel=0.1)
    assert before + after == pytest.approx(0.8 * whole, rel=0.1)
    add(plot.ring, 17 * RATE_HZ, 30 * RATE_HZ)
    assert stretches(plot) == [whole]


def test_a_ring_without_samples_draws_nothing(plot: MotionPlot) -> None:
    plot.ring = SampleRing(INFO)
    add(plot.ring, 0, 100)
    assert len(stretches(plot)) == 1
    plot.ring = SampleRing(INFO)  # of another board
    assert stretches(plot) == []


def test_the_earliest_second_has_its_figure_on_a_small_screen(plot: MotionPlot) -> None:
    plot.resize(430, 240)
    plot.grab()  # has it laid out
    axis = plot.findChildren(pg.PlotWidget)[0].getPlotItem().getAxis("bottom")
    picture = QPixmap(1, 1)
    painter = QPainter(picture)
    *_, figures = axis.generateDrawSpecs(painter)
    painter.end()
    assert [words for _, _, words in figures] == ["-10", "-8", "-6", "-4", "-2", "0"]


def test_figures_at_axes_grow_with_the_text(
    plot: MotionPlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "text_size", 1.5)
    theme.changed.emit()
    view = plot.findChildren(pg.PlotWidget)[0].getPlotItem()
    sizes = [view.getAxis(side).style["tickFont"].pixelSize() for side in ("left", "bottom")]
    assert sizes == [20, 20]
