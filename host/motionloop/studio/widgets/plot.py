"""The live plot of six axes, cheap enough to run all day.

Fixed ranges, one-pixel pens, no antialiasing. The axes are pyqtgraph's; the curves are a widget
over them, since the ranges are known here and the axes need no paint with each tick.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from motionloop.language import tr
from motionloop.studio import colours
from motionloop.studio.boards.sample_ring import SampleRing
from motionloop.studio.theme import GRID, theme
from motionloop.studio.widgets.elements import column, restyle, row, text
from motionloop.studio.widgets.number_axis import NumberAxis

if TYPE_CHECKING:
    from motionloop.studio.boards.board_link import BoardLink

POLL_MS = 15  # new samples arrive about 30 times per second, and only then it is drawn
SHOWN_S = 10.0
_ACCEL_RANGES_G = (2.0, 4.0, 8.0, 16.0)
_GYRO_RANGES_RAD_S = (2.0, 6.0, 12.0, 36.0)
_ROOM = 0.06  # above and below the range, so that its figures fit
_SIDE_ROOM = 0.025  # beside the first and the last second, for the same
_AXIS_WIDTH = 40  # at text size 1
_SHRINK_AFTER_TICKS = 150  # a range that was too large for 5 s becomes smaller


class _Curves(QWidget):
    """Three curves and the line of zero, over the inside of the plot.

    The widget is opaque, so that a tick paints the curves alone and not the axes around them.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._within = QRectF()
        self._sizes: list[int] = []
        self._lines: list[list[QPolygonF]] = [[], [], []]
        self._points: list[list[NDArray[np.float64]]] = [[], [], []]  # [n, 2], the lines' memory
        self._pens = [QPen() for _ in range(3)]
        self._zero_pen = QPen()
        self._behind = QColor()

    def set_colours(self, shades: Sequence[str], zero: str, behind: str) -> None:
        self._zero_pen = pg.mkPen(zero, width=1)
        self._pens = [pg.mkPen(shade, width=1) for shade in shades]
        self._behind = QColor(behind)
        self.update()

    def set_within(self, within: QRectF) -> None:
        """Set which seconds and which values the widget shows from edge to edge."""
        self._within = within
        self.update()

    def set_values(
        self, t_s: NDArray[np.float32], values: NDArray[np.float32], whole: list[slice]
    ) -> None:
        sizes = [part.stop - part.start for part in whole]
        if sizes != self._sizes:  # else the lines of the last tick are written over
            self._sizes = sizes
            self._lines = [list(map(pg.functions.create_qpolygonf, sizes)) for _ in range(3)]
            self._points = [list(map(pg.functions.ndarray_from_qpolygonf, line))
                            for line in self._lines]  # fmt: skip
        for axis, lines in enumerate(self._points):
            for part, points in zip(whole, lines, strict=True):
                points[:, 0], points[:, 1] = t_s[part], values[part, axis]
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._behind)
        if self._within.isEmpty():
            return
        painter.scale(self.width() / self._within.width(), -self.height() / self._within.height())
        painter.translate(-self._within.left(), -self._within.bottom())
        painter.setPen(self._zero_pen)
        painter.drawLine(QLineF(-SHOWN_S, 0, 0, 0))
        for pen, lines in zip(self._pens, self._lines, strict=True):
            painter.setPen(pen)
            for line in lines:
                painter.drawPolyline(line)


class _Triad(pg.PlotWidget):  # type: ignore[misc]
    """Three curves of one sensor; the range goes up at once and comes down slowly."""

    def __init__(self, ranges: tuple[float, ...]) -> None:
        super().__init__(axisItems={side: NumberAxis(side) for side in ("left", "bottom")})
        self._ranges = ranges
        self._range = ranges[0]
        self._quiet_ticks = 0
        self.setMouseEnabled(x=False, y=False)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view = self.getPlotItem()
        view.disableAutoRange()
        view.setXRange(-SHOWN_S, 0, padding=_SIDE_ROOM)
        view.getAxis("bottom").setTickSpacing(2, 2)
        # The figure below the earliest second may reach under the left axis: there is room.
        view.getAxis("bottom").setStyle(hideOverlappingLabels=False)
        self._curves = _Curves(self.viewport())
        for changed in (view.getViewBox().sigResized, view.getViewBox().sigTransformChanged):
            changed.connect(self._place)
        self._set_range(ranges[0])

    def paint(self, is_grey: bool) -> None:
        """Take the theme's colours on; with `is_grey` the curves are of the past."""
        view = self.getPlotItem()
        self.setBackground(theme.colours.surface)
        view.getAxis("left").setWidth(theme.scaled(_AXIS_WIDTH))
        for name in ("left", "bottom"):
            view.getAxis(name).setPen(theme.colours.border)
            view.getAxis(name).setTextPen(theme.colours.muted)
        shades = colours.AXES_DARK if theme.dark else colours.AXES
        grey = [theme.colours.muted] * len(shades)
        shown = grey if is_grey else shades
        self._curves.set_colours(shown, theme.colours.border, theme.colours.surface)

    def show_values(
        self, t_s: NDArray[np.float32], values: NDArray[np.float32], whole: list[slice]
    ) -> None:
        """Draw values [n, 3]; `whole` are the stretches without a gap, a line each."""
        self._fit(float(np.abs(values).max(initial=0.0)))
        self._curves.set_values(t_s, values, whole)

    def _fit(self, largest: float) -> None:
        wanted = next((r for r in self._ranges if largest <= r), self._ranges[-1])
        self._quiet_ticks = self._quiet_ticks + 1 if wanted < self._range else 0
        if wanted > self._range or self._quiet_ticks > _SHRINK_AFTER_TICKS:
            self._quiet_ticks = 0
            self._set_range(wanted)

    def _set_range(self, largest: float) -> None:
        self._range = largest
        self.setYRange(-largest, largest, padding=_ROOM)
        self.getPlotItem().getAxis("left").setTickSpacing(largest / 2, largest / 2)
        self._place()

    def _place(self) -> None:
        """Lay the curves over the plot's inside, in its units."""
        inside = self.getPlotItem().getViewBox()
        self._curves.setGeometry(self.mapFromScene(inside.sceneBoundingRect()).boundingRect())
        self._curves.set_within(inside.viewRect())


class MotionPlot(QWidget):
    """The last 10 s of a board's ring, which is polled while the plot can be seen.

    While no samples come, it says so, and what it still shows is grey.
    """

    painted = Signal()  # a tick's samples were handed to the curves

    def __init__(self) -> None:
        super().__init__()
        self.ring: SampleRing | None = None
        self._link: BoardLink | None = None
        self._silence = ""
        self.name = text(kind="heading")
        self.notice = text(kind="heading", wrap=True)
        self.notice.hide()
        self._accel, self._gyro = _Triad(_ACCEL_RANGES_G), _Triad(_GYRO_RANGES_RAD_S)
        self._keys: list[QLabel] = []
        self.setLayout(
            column(
                self.name,
                self.notice,
                self._heading(tr("Accelerometer, g, over seconds")),
                self._accel,
                self._heading(tr("Gyroscope, rad/s, over seconds")),
                self._gyro,
                gap=GRID // 2,
            )
        )
        self._drawn_us: int | None = None
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self.tick)
        self._paint()
        theme.changed.connect(self._paint)

    def show_board(self, link: BoardLink | None) -> None:
        """Draw the samples of this board from now on."""
        if link is not self._link:
            self.name.setText(tr("Motion of {board}", board=link.name) if link is not None else "")
        self._link, self.ring = link, link.ring if link else None

    def tick(self) -> None:
        """Draw what the ring holds now, if that is not drawn already."""
        silence = self._link.silence if self._link is not None else ""
        if silence != self._silence:
            was_grey, self._silence = bool(self._silence), silence
            self.notice.setText(silence)
            self.notice.setVisible(bool(silence))
            restyle(self.notice, danger=True)
            if was_grey != bool(silence):
                self._paint()
        if self.ring is None or self.ring.last_us == self._drawn_us:
            return
        self._drawn_us = self.ring.last_us
        t_s, values = self.ring.newest(SHOWN_S)
        after_gaps = np.flatnonzero(np.diff(t_s) > 1.5 / self.ring.rate_hz) + 1
        ends = [0, *after_gaps.tolist(), len(t_s)] if len(t_s) else []
        whole = [slice(*two) for two in pairwise(ends)]
        self._accel.show_values(t_s, values[:, :3], whole)
        self._gyro.show_values(t_s, values[:, 3:], whole)
        self.painted.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addAction(tr("Copy picture"), lambda: QApplication.clipboard().setPixmap(self.grab()))
        menu.popup(event.globalPos())

    def showEvent(self, event: QShowEvent) -> None:
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()

    def _heading(self, words: str) -> QWidget:
        keys = [text(axis) for axis in "xyz"]
        self._keys += keys
        made = QWidget()
        made.setLayout(row(text(words, muted=True), GRID, *keys, None))
        return made

    def _paint(self) -> None:
        self._accel.paint(bool(self._silence))
        self._gyro.paint(bool(self._silence))
        shades = colours.AXES_DARK if theme.dark else colours.AXES
        for i, key in enumerate(self._keys):
            key.setStyleSheet(f"color: {shades[i % 3]}; font-weight: 600;")
