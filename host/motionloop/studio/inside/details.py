"""The selected map from near: its kernel, and its curve below the motion that it saw."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from motionloop.language import tr
from motionloop.model.activations import INPUT
from motionloop.studio import colours
from motionloop.studio.inside import heat, words
from motionloop.studio.inside.column import small_font, small_painter
from motionloop.studio.inside.state import InsideState
from motionloop.studio.theme import GRID, theme
from motionloop.studio.widgets.elements import tip

# Pixels at text size 1.
_KERNEL_WIDTH = 236
_NAME = 58  # of the map that a row of weights is for
_CELL = (24, 9)  # pixels that a number needs
_LEFT = 52  # numbers beside the curves
_LINE = 17
_HEADING = int(Qt.TextFlag.TextWordWrap)  # in the upper left corner


class Kernel(QWidget):
    """The int8 weights of the selected map: a row for each map that it reads."""

    def __init__(self, state: InsideState) -> None:
        super().__init__()
        self._state = state
        state.changed.connect(self.update)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(theme.scaled(_KERNEL_WIDTH))

    @property
    def weights(self) -> np.ndarray | None:
        """int8 [maps that are read, points]; None for a layer without weights."""
        layer = self._state.selected
        if layer is None or layer.weights is None:
            return None
        return layer.weights.of_map(self._state.map).T

    def _box(self, rows: int) -> QRectF:
        name, top = theme.scaled(_NAME), 2 * theme.scaled(_LINE)
        high = min(self.height() - top, rows * top)
        return QRectF(name, top, self.width() - name - GRID, max(high, 1))

    def _row_name(self, row: int) -> str:
        """The map that a row of weights reads."""
        state = self._state
        assert state.series is not None
        assert state.selected is not None
        assert state.selected.weights is not None
        source = state.selected.sources[0] if state.selected.sources else INPUT
        if state.selected.weights.depthwise:
            row = state.map * state.map_count(source) // state.selected.map_count
        return words.map_name(state.series, source, row)

    def paintEvent(self, event: QPaintEvent) -> None:
        state, weights = self._state, self.weights
        if state.series is None or not state.activations:
            return
        painter = small_painter(self)
        if weights is None or state.selected is None or state.selected.weights is None:
            painter.setPen(QColor(theme.colours.muted))
            words_box = QRectF(self.rect()).adjusted(0, 0, -GRID, 0)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(words_box, int(flags), tr("No weights here: nothing was learned."))
            return
        scale = float(state.selected.weights.scales[state.map])
        bias = state.selected.weights.bias_values[state.map]
        painter.setPen(QColor(theme.colours.text))
        line = QRectF(0, 0, self.width(), theme.scaled(_LINE))
        painter.drawText(line, 0, tr("Its weights, int8; orange is negative"))
        painter.setPen(QColor(theme.colours.muted))
        line.translate(0, line.height())
        painter.drawText(line, 0, tr("times {scale:.3g}, plus {bias:.3g}", scale=scale, bias=bias))
        box = self._box(len(weights))
        heat.paint(painter, box, weights, 0)
        high, wide = box.height() / weights.shape[0], box.width() / weights.shape[1]
        font = painter.font()
        font.setPixelSize(min(font.pixelSize(), max(int(high), 1)))
        painter.setFont(font)
        if high >= _CELL[1]:
            for row in range(len(weights)):
                name = self._row_name(row)
                place = QRectF(0, box.top() + row * high, box.left() - 4, high)
                side = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
                painter.drawText(place, int(side), name)
        if high >= _CELL[1] and wide >= _CELL[0]:
            self._write_codes(painter, box, weights)

    def _write_codes(self, painter: QPainter, box: QRectF, weights: np.ndarray) -> None:
        high, wide = box.height() / weights.shape[0], box.width() / weights.shape[1]
        for (row, column), code in np.ndenumerate(weights):
            is_dark = abs(int(code)) > 35
            painter.setPen(QColor(theme.colours.on_accent if is_dark else theme.colours.text))
            cell = QRectF(box.left() + column * wide, box.top() + row * high, wide, high)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(code))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = tip(self.words_at(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def words_at(self, point: QPointF) -> str:
        """The weight at a point in words."""
        weights, layer = self.weights, self._state.selected
        if weights is None or layer is None or layer.weights is None:
            return ""
        box = self._box(len(weights))
        if not box.contains(point):
            return tr("Each weight is its int8 code times the scale of its map")
        row = int((point.y() - box.top()) / box.height() * weights.shape[0])
        column = int((point.x() - box.left()) / box.width() * weights.shape[1])
        code = int(weights[row, column])
        value = code * float(layer.weights.scales[self._state.map])
        said = {"row": self._row_name(row), "code": code, "value": value}
        if weights.shape[1] == 1:
            return tr("weight for {row}: code {code} = {value:.3g}", **said)
        return tr(
            "weight for {row}, point {point} of {points}: code {code} = {value:.3g}",
            point=column + 1, points=weights.shape[1], **said,
        )  # fmt: skip


class Curves(QWidget):
    """Motion above, the selected map below, on one axis of time. The pointer moves the moment."""

    def __init__(self, state: InsideState) -> None:
        super().__init__()
        self._state = state
        self.setMouseTracking(True)
        self.setMinimumWidth(240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        state.changed.connect(self.update)

    def _boxes(self) -> tuple[QRectF, QRectF]:
        """Of the motion and of the map, each below its heading, with a line for the time."""
        left, line = theme.scaled(_LEFT), theme.scaled(_LINE)
        wide = max(self.width() - left - GRID, 1)
        above, below = (
            self._heading_height(words, wide) for words in (self._motion_words(), self._map_words())
        )
        high = max((self.height() - above - below - line) / 2, 1)
        return QRectF(left, above, wide, high), QRectF(left, above + high + below, wide, high)

    def _heading_height(self, words: str, wide: int) -> int:
        """A heading has as many lines as it needs."""
        fonts = QFontMetrics(small_font(self))
        needed = fonts.boundingRect(0, 0, wide, self.height(), _HEADING, words).height()
        return max(needed + 2, theme.scaled(_LINE))

    def _draw_heading(self, painter: QPainter, box: QRectF, words: str) -> None:
        high = self._heading_height(words, int(box.width()))
        painter.setPen(QColor(theme.colours.muted))
        painter.drawText(QRectF(box.left(), box.top() - high, box.width(), high), _HEADING, words)

    @property
    def _map(self) -> tuple[int, int]:
        """Layer and map of the curve: of a mean, what it is the mean of."""
        state, layer = self._state, self._state.selected
        if layer is not None and layer.positions == 1 and layer.sources:
            source = layer.sources[0]
            if state.positions(source) > 1 and state.map_count(source) == layer.map_count:
                return source, state.map
        return state.layer, state.map

    def paintEvent(self, event: QPaintEvent) -> None:
        state = self._state
        if state.series is None or not state.activations:
            return
        painter = small_painter(self)
        above, below = self._boxes()
        self._draw_motion(painter, above)
        self._draw_map(painter, below)
        self._draw_time(painter, below)

    def _triad(self, channel: int) -> list[int]:
        """The channels of the same sensor and kind."""
        series = self._state.series
        assert series is not None

        def kind(i: int) -> tuple[str, str]:
            return words.group_name(series, i), series.channels[i].axis[0]

        return [i for i in range(len(series.channels)) if kind(i) == kind(channel)]

    @property
    def _group(self) -> list[int]:
        """The channels whose motion is shown."""
        return self._triad(self._state.map if self._state.layer == INPUT else 0)

    def _motion_words(self) -> str:
        """The heading of the motion: its channels, and what the selected value saw."""
        state = self._state
        assert state.series is not None
        first, last = state.seen()
        step_s = state.series.package.input.window_s / state.positions(INPUT)
        axes = " ".join(state.series.channels[i].axis for i in self._group)
        curves = f"{axes}, {words.group_name(state.series, self._group[0])}"
        if state.layer == INPUT or first > last:
            return curves
        return tr(
            "{curves}; shaded: what it saw, {begin:.2f} to {end:.2f} s",
            curves=curves, begin=first * step_s, end=(last + 1) * step_s,
        )  # fmt: skip

    def _map_words(self) -> str:
        """The heading of the map: its name, and its value at the moment."""
        state = self._state
        assert state.series is not None
        layer, index = self._map
        code = int(state.codes(layer)[index][state.position(layer)])
        return tr(
            "{name} of {column}: {value}",
            name=words.map_name(state.series, layer, index),
            column=words.column_name(state.series, layer).split(",")[0],
            value=words.value_words(state.series, layer, index, code),
        )

    def _draw_motion(self, painter: QPainter, box: QRectF) -> None:
        state = self._state
        assert state.series is not None
        group = self._group
        codes = state.codes(INPUT)[group]
        largest = max(int(np.abs(codes.astype(int)).max()), 1)
        shades = colours.AXES_DARK if theme.dark else colours.AXES
        first, last = state.seen()
        points = state.positions(INPUT)
        self._draw_heading(painter, box, self._motion_words())
        painter.fillRect(box, QColor(theme.colours.raised))
        if state.layer != INPUT and first <= last:
            shade = QColor(theme.colours.accent)
            shade.setAlpha(56)
            left = box.left() + first / points * box.width()
            width = (last + 1 - first) / points * box.width()
            painter.fillRect(QRectF(left, box.top(), width, box.height()), shade)
        for channel, values in zip(group, codes, strict=True):
            shade = QColor(shades["xyz".index(state.series.channels[channel].axis[1])])
            self._curve(painter, box, values / largest, shade, (-1.0, 1.0))
        value = largest * self._step(INPUT, group[0])
        self._numbers(painter, box, heat.short(value), heat.short(-value))

    def _step(self, layer: int, index: int) -> float:
        """What an int8 step of a map stands for; of a raw channel in its unit."""
        series = self._state.series
        assert series is not None
        unit = (series.channels[index].scale or 1.0) if layer == INPUT else 1.0
        return self._state.tensor(layer).scale / unit

    def _draw_map(self, painter: QPainter, box: QRectF) -> None:
        state = self._state
        assert state.series is not None
        layer, index = self._map
        tensor, codes = state.tensor(layer), state.codes(layer)[index]
        position = state.position(layer)
        self._draw_heading(painter, box, self._map_words())
        painter.fillRect(box, QColor(theme.colours.raised))
        if len(codes) == 1:
            self._draw_values(painter, box)
            return
        low, high = (
            min(int(codes.min()), tensor.zero_point),
            max(int(codes.max()), tensor.zero_point),
        )
        high = max(high, low + 1)
        zero_y = box.bottom() - (tensor.zero_point - low) / (high - low) * box.height()
        painter.setPen(QColor(theme.colours.border))
        painter.drawLine(QPointF(box.left(), zero_y), QPointF(box.right(), zero_y))
        self._curve(painter, box, codes.astype(float), heat.ink(True), (low, high))
        step = self._step(layer, index)
        top, bottom = (step * (code - tensor.zero_point) for code in (high, low))
        self._numbers(painter, box, heat.short(top), heat.short(bottom))
        x = box.left() + (position + 0.5) / len(codes) * box.width()
        y = box.bottom() - (int(codes[position]) - low) / (high - low) * box.height()
        painter.setPen(QPen(QColor(theme.colours.text), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        painter.setBrush(QColor(theme.colours.text))
        painter.drawEllipse(QPointF(x, y), 3, 3)
        if state.layer != layer:  # a mean
            mean = int(state.codes(state.layer)[index, 0])
            said = words.value_words(state.series, state.layer, index, mean)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
            painter.setPen(QColor(theme.colours.text))
            painter.drawText(box.adjusted(0, 2, -4, 0), side, tr("its mean: {value}", value=said))

    def _draw_values(self, painter: QPainter, box: QRectF) -> None:
        """All values of a layer without time, the selected one marked."""
        state = self._state
        tensor, codes = state.tensor(state.layer), state.codes(state.layer)[:, 0].astype(int)
        wide = box.width() / len(codes)
        zero_y = box.bottom() - (tensor.zero_point + 128) / 255 * box.height()
        for place, value in enumerate((codes - tensor.zero_point).tolist()):
            y = zero_y - value / 255 * box.height()
            bar = QRectF(
                box.left() + place * wide + 1, min(y, zero_y), max(wide - 2, 1), abs(y - zero_y)
            )
            painter.fillRect(bar, heat.ink(value >= 0))
            if place == state.map:
                painter.setPen(QPen(QColor(theme.colours.text), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(box.left() + place * wide, box.top(), wide, box.height()))
        top, bottom = (tensor.scale * (code - tensor.zero_point) for code in (127, -128))
        self._numbers(painter, box, heat.short(top), heat.short(bottom))

    def _draw_time(self, painter: QPainter, box: QRectF) -> None:
        state = self._state
        assert state.series is not None
        if state.positions(self._map[0]) == 1:
            return
        window_s = state.series.package.input.window_s
        painter.setPen(QColor(theme.colours.muted))
        line = QRectF(box.left(), box.bottom() + 1, box.width(), theme.scaled(_LINE))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, "0 s")
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, tr("{seconds:.2f} s", seconds=window_s))

    def _numbers(self, painter: QPainter, box: QRectF, top: str, bottom: str) -> None:
        painter.setPen(QColor(theme.colours.muted))
        beside = QRectF(0, box.top(), box.left() - 6, box.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, top)
        painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, bottom)

    def _curve(
        self,
        painter: QPainter,
        box: QRectF,
        values: np.ndarray,
        shade: QColor,
        ends: tuple[float, float],
    ) -> None:
        low, high = ends
        x = box.left() + (np.arange(len(values)) + 0.5) / len(values) * box.width()
        y = box.bottom() - 2 - (values - low) / (high - low) * (box.height() - 4)
        painter.setPen(QPen(shade, 1.5))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPolyline(pg.functions.arrayToQPolygonF(x, y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._state.series is None or not self._state.activations:
            return
        above, _ = self._boxes()
        moment = (event.position().x() - above.left()) / above.width()
        if 0 <= moment <= 1:
            self._state.select(self._state.layer, moment=moment)
