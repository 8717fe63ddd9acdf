"""The feature maps of a layer: a row for each map, time from left to right."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from motionloop.studio.inside import heat
from motionloop.studio.inside.column import Column, foot
from motionloop.studio.inside.state import InsideState
from motionloop.studio.theme import GRID, theme

_WIDTH, _NARROW = 86, 78


class LayerColumn(Column):
    """A heat map above its colours; of a layer without time, a bar for each value."""

    def __init__(self, state: InsideState, layer: int) -> None:
        self._has_time = state.positions(layer) > 1
        super().__init__(state, layer, _WIDTH if self._has_time else _NARROW)
        if not self._has_time:
            self.setMaximumWidth(theme.scaled(_NARROW) + 2 * GRID)

    def draw(self, painter: QPainter) -> None:
        box, tensor = self.box, self.state.tensor(self.layer)
        codes = self.state.codes(self.layer)
        if self._has_time:
            heat.paint(painter, box, codes, tensor.zero_point)
        else:
            self._draw_bars(painter, codes[:, 0].astype(int) - tensor.zero_point)
        if self.state.layer == self.layer:
            self._mark(painter, len(codes))
        bar = QRectF(box.left(), self.height() - foot(), box.width(), foot() - 2)
        heat.paint_bar(painter, bar, tensor.scale, tensor.zero_point)

    def _draw_bars(self, painter: QPainter, values: np.ndarray) -> None:
        """Bars from zero, of the values in int8 steps, within the range of the layer."""
        box, zero_point = self.box, self.state.tensor(self.layer).zero_point
        height = box.height() / len(values)
        zero_x = box.left() + (zero_point + 128) / 255 * box.width()
        gap = 1 if height > 4 else 0
        painter.fillRect(box, QColor(theme.colours.raised))
        for place, value in enumerate(values.tolist()):
            x = zero_x + value / 255 * box.width()
            span = QRectF(min(x, zero_x), box.top() + place * height, abs(x - zero_x), height - gap)
            painter.fillRect(span, heat.ink(value >= 0))

    def _mark(self, painter: QPainter, count: int) -> None:
        """The selected map, and the moment in it."""
        box, state = self.box, self.state
        height = box.height() / count
        row = QRectF(box.left() - 2, box.top() + state.map * height, box.width() + 3, height)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.colours.text), 1.5))
        painter.drawRect(row.adjusted(0, -1, 0, 0.5))
        if self._has_time:
            x = box.left() + state.moment * box.width()
            painter.setPen(QPen(QColor(theme.colours.text), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
