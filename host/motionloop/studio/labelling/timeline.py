"""The timeline: the lane of labels above the plots of both sensors, and a scroll bar.

Curves come from the pyramid, so that a view costs the same from samples to hours. Labels, gaps,
the parts outside the trim and the cursor are painted straight onto the plots, only where in view.
"""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollBar, QWidget

from motionloop.language import number, tr
from motionloop.recordings.runs import runs
from motionloop.studio import colours
from motionloop.studio.labelling.readings import readings
from motionloop.studio.labelling.segment_lane import LEFT, SegmentLane, label_pixels, wheel
from motionloop.studio.labelling.timeline_state import TimelineState
from motionloop.studio.theme import GRID, theme
from motionloop.studio.widgets.elements import column, row
from motionloop.studio.widgets.number_axis import Axis, NumberAxis

_STEPS_S = (
    0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30,
    60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 86400,
)  # fmt: skip
_TICK_PIXELS = 96
_TINT, _MARKED, _VEIL, _PLATE = 34, 60, 190, 215  # of 255: how strongly plots are covered
_ROOM = 0.08  # above and below the curves
_DOT = 4  # pixels
_DOT_PIXELS = 6  # from sample to sample, for them to be drawn as dots
_MARK_HEIGHT = 4  # of the mark of a saturated sample
_UNITS = ("g", "rad/s")


def clock(seconds: float, step_s: float = 1.0) -> str:
    """h:mm:ss or m:ss, with as many decimals as a step needs."""
    decimals = 0 if step_s >= 1 else 1 if step_s >= 0.1 else 2
    units = round(seconds * 10**decimals)
    whole, part = divmod(units, 10**decimals)
    minutes, secs = divmod(whole, 60)
    hours, mins = divmod(minutes, 60)
    text = f"{hours}:{mins:02}:{secs:02}" if hours else f"{mins}:{secs:02}"
    return text + number(part / 10**decimals, f".{decimals}f")[1:] if decimals else text


class _TimeAxis(Axis):
    """Ticks at round times since the first sample."""

    def tickValues(
        self, minVal: float, maxVal: float, size: float
    ) -> list[tuple[float, list[float]]]:
        wanted = (maxVal - minVal) * _TICK_PIXELS / max(size, 1.0)
        step = next((s for s in _STEPS_S if s >= wanted), _STEPS_S[-1])
        first = int(np.ceil(minVal / step))
        return [(step, [k * step for k in range(first, int(maxVal // step) + 1)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [clock(value, spacing) for value in values]


class SignalPlots(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """Acceleration above rotation. Click puts the cursor, drag pans, Shift-drag marks a stretch."""

    painted = Signal()

    def __init__(self, state: TimelineState) -> None:
        super().__init__()
        self._state = state
        self._grab: tuple[float, tuple[float, float], bool] | None = None
        self._panned = False
        self._in_view: object = None  # the part that the curves show
        self._measured: tuple[object, tuple[str, str]] = None, ("", "")
        self.setCacheMode(self.CacheModeFlag.CacheNone)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(128)
        self.ci.layout.setContentsMargins(0, GRID, 0, 0)
        self.ci.layout.setSpacing(GRID)
        self._plots = [
            self.addPlot(line, 0, axisItems=axes)
            for line in range(2)
            for axes in [{"bottom": _TimeAxis("bottom"), "left": NumberAxis("left")}]
        ]
        self._curves: list[pg.PlotCurveItem] = []
        self._dots: list[pg.ScatterPlotItem] = []  # samples, once they are well apart
        for plot in self._plots:
            plot.setMenuEnabled(False)
            plot.hideButtons()
            plot.setMouseEnabled(False, False)
            plot.disableAutoRange()
            plot.getAxis("left").setWidth(LEFT)
            plot.getAxis("left").enableAutoSIPrefix(False)
            for _ in range(3):
                curve = pg.PlotCurveItem(skipFiniteCheck=True)
                dots = pg.ScatterPlotItem(size=_DOT, pen=None, pxMode=True)
                plot.addItem(curve)
                plot.addItem(dots)
                self._curves.append(curve)
                self._dots.append(dots)
        self._plots[0].hideAxis("bottom")
        self._plots[0].vb.sigResized.connect(self.refresh)
        state.shown.connect(self._show_values)
        state.changed.connect(self.refresh)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        shades = colours.AXES_DARK if theme.dark else colours.AXES
        self.setBackground(theme.colours.surface)
        keys = " ".join(
            f"<b style='color: {shade}'>{axis}</b>"
            for axis, shade in zip("xyz", shades, strict=True)
        )
        for plot, unit in zip(self._plots, _UNITS, strict=True):
            for name in ("left", "bottom"):
                plot.getAxis(name).setPen(theme.colours.border)
                plot.getAxis(name).setTextPen(theme.colours.muted)
            plot.getAxis("left").setLabel(f"{unit} &nbsp; {keys}", color=theme.colours.muted)
        for axis, curve in enumerate(self._curves):
            curve.setPen(pg.mkPen(shades[axis % 3], width=1))
            self._dots[axis].setBrush(pg.mkBrush(shades[axis % 3]))

    def refresh(self) -> None:
        """Draw the view; the curves only when the view has moved."""
        state = self._state
        in_view = (state.overview, state.range_us, state.fits_height, self._pixels)
        if in_view != self._in_view:
            self._in_view = in_view
            self._draw_curves()
        self.viewport().update()

    @property
    def _pixels(self) -> int:
        return max(round(self._boxes()[0].width()), 1)

    def _show_values(self) -> None:
        """No figures at the axes where there is no recording."""
        for plot in self._plots:
            for side in ("left", "bottom"):
                plot.getAxis(side).setStyle(showValues=self._state.overview is not None)

    def _draw_curves(self) -> None:
        state, (start_us, end_us) = self._state, self._state.range_us
        zero_us = state.editor.start_us
        for plot in self._plots:
            plot.setXRange((start_us - zero_us) / 1e6, (end_us - zero_us) / 1e6, padding=0)
        if state.overview is None:
            for item in (*self._curves, *self._dots):
                item.clear()
            return
        shown = state.overview.curves(start_us, end_us, self._pixels)
        t_s = (shown.t_us - zero_us) / 1e6
        connect = "all" if shown.joined is None else shown.joined
        dotted = slice(None) if len(t_s) * _DOT_PIXELS < self._pixels else slice(0)
        for sensor, (plot, scale) in enumerate(zip(self._plots, state.scales, strict=True)):
            axes = slice(3 * sensor, 3 * sensor + 3)
            values = shown.raw[:, axes] * scale
            for axis in range(3):
                self._curves[axes][axis].setData(t_s, values[:, axis], connect=connect)
                self._dots[axes][axis].setData(t_s[dotted], values[dotted, axis])
            peak = state.overview.largest[sensor] * scale
            low, high = -peak, peak
            if state.fits_height and len(values):
                low, high = float(values.min()), float(values.max()) + scale
            plot.setYRange(low, high, padding=_ROOM)

    # --- painted onto the plots ---------------------------------------------------------------
    def x_of(self, t_us: float) -> float:
        """Pixels from the left of a device time."""
        start_us, end_us = self._state.range_us
        box = self._boxes()[0]
        return box.left() + (t_us - start_us) / (end_us - start_us) * box.width()

    def t_of(self, x: float) -> float:
        """Device time at a pixel."""
        start_us, end_us = self._state.range_us
        box = self._boxes()[0]
        return start_us + (x - box.left()) / max(box.width(), 1.0) * (end_us - start_us)

    def _boxes(self) -> list[QRectF]:
        return [plot.vb.sceneBoundingRect() for plot in self._plots]

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        super().drawBackground(painter, rect)
        state = self._state
        if state.overview is None:
            return
        boxes = self._boxes()
        tints = label_pixels(state, self._pixels, _TINT)
        for box in boxes:
            painter.drawImage(box, tints)
        if state.selected is not None:
            segment = state.editor.segments[state.selected]
            tint = QColor(colours.colour(segment.label))
            tint.setAlpha(_TINT)
            self._band(painter, segment.start_us, segment.end_us, QBrush(tint))

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        state, shades, boxes = self._state, theme.colours, self._boxes()
        if state.overview is None:
            return
        pixels = self._pixels
        danger = QColor(shades.danger)
        hatch = QBrush(danger, Qt.BrushStyle.BDiagPattern)
        gaps = runs(state.gaps.on_pixels(*state.range_us, pixels) >= 0)
        saturated = runs(state.overview.saturated(*state.range_us, pixels))
        for box in boxes:
            for first, end in gaps:
                painter.fillRect(
                    QRectF(box.left() + first, box.top(), end - first, box.height()), hatch
                )
            for first, end in saturated:
                mark = QRectF(box.left() + first, box.top(), max(end - first, 2), _MARK_HEIGHT)
                painter.fillRect(mark, danger)
        if (trim := state.editor.labels.trim) is not None:
            veil = QColor(shades.window)
            veil.setAlpha(_VEIL)
            self._band(painter, state.editor.start_us, trim.start_us, QBrush(veil))
            self._band(painter, trim.end_us, state.editor.end_us, QBrush(veil))
        accent = QColor(shades.accent)
        accent.setAlpha(_MARKED)
        for start_us, end_us in state.to_label:
            self._band(painter, start_us, end_us, QBrush(accent))
        x = self.x_of(state.cursor_us)
        painter.setPen(QPen(QColor(shades.text), 1))
        for box in boxes:
            if box.left() <= x <= box.right():
                painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        for box, words in zip(boxes, self._readings(), strict=True):
            self._write(painter, box, words)

    def _readings(self) -> tuple[str, str]:
        """Measured again only when the cursor or the stretch has moved."""
        state = self._state
        measured = (state.overview, state.cursor_us, state.marked_us)
        if measured != self._measured[0]:
            self._measured = measured, readings(state)
        return self._measured[1]

    def _write(self, painter: QPainter, box: QRectF, words: str) -> None:
        """Words in the upper right corner of a plot, on a plate that covers the curves."""
        if not words:
            return
        fonts = painter.fontMetrics()
        width, height = fonts.horizontalAdvance(words) + GRID, fonts.height()
        plate = QRectF(box.right() - width, box.top() + 2 * _MARK_HEIGHT, width, height)
        shade = QColor(theme.colours.surface)
        shade.setAlpha(_PLATE)
        painter.fillRect(plate, shade)
        painter.setPen(QColor(theme.colours.text))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)

    def _band(self, painter: QPainter, start_us: float, end_us: float, brush: QBrush) -> None:
        """Fill a stretch in both plots, one pixel wide at least."""
        for box in self._boxes():
            left = max(self.x_of(start_us), box.left())
            right = min(max(self.x_of(end_us), left + 1), box.right())
            if right > left:
                painter.fillRect(QRectF(left, box.top(), right - left, box.height()), brush)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.emit()

    # --- mouse --------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._state.overview is not None:
            x = event.position().x()
            marks = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if marks:
                self._state.place_cursor(self.t_of(x), mark=self._state.marked_us is not None)
            self._grab, self._panned = (x, self._state.range_us, marks), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grab is None:
            return
        x, (from_x, (start_us, end_us), marks) = event.position().x(), self._grab
        if marks:
            self._state.place_cursor(self.t_of(x), mark=True)
        elif self._panned or abs(x - from_x) >= GRID / 2:
            self._panned = True
            span_us = end_us - start_us
            to_us = start_us + (from_x - x) / max(self.width() - LEFT, 1) * span_us
            to_us = min(to_us, self._state.editor.end_us - span_us)
            self._state.look_at(to_us, to_us + span_us)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grab is not None and not self._grab[2] and not self._panned:
            self._state.place_cursor(self.t_of(event.position().x()))
        self._grab = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._state.overview is not None:
            wheel(self._state, event, self.t_of(event.position().x()))


class Timeline(QWidget):
    """Lane, plots and scroll bar of one recording."""

    def __init__(self, state: TimelineState) -> None:
        super().__init__()
        self._state = state
        self.lane = SegmentLane(state)
        self.plots = SignalPlots(state)
        self._bar = QScrollBar(Qt.Orientation.Horizontal)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._bar.setAccessibleName(tr("Time"))
        self.setLayout(column(self.lane, self.plots, row(LEFT, self._bar, gap=0), gap=0))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Timeline"))
        state.changed.connect(self._move_bar)
        self._bar.valueChanged.connect(self._bar_moved)

    def _move_bar(self) -> None:
        start_us, end_us = self._state.range_us
        low, high = self._state.editor.start_us, self._state.editor.end_us
        span_ms = max(int((end_us - start_us) / 1000), 1)
        self._bar.blockSignals(True)
        self._bar.setRange(0, max(int((high - low) / 1000) - span_ms, 0))
        self._bar.setPageStep(span_ms)
        self._bar.setSingleStep(max(span_ms // 10, 1))
        self._bar.setValue(int((start_us - low) / 1000))
        self._bar.blockSignals(False)

    def _bar_moved(self, value_ms: int) -> None:
        start_us, end_us = self._state.range_us
        to_us = self._state.editor.start_us + value_ms * 1000
        self._state.look_at(to_us, to_us + end_us - start_us)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.lane.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.lane.update()
