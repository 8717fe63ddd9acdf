"""The window as the model gets it: a curve for each channel, in groups of one unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from motionloop.model.activations import INPUT
from motionloop.studio import colours
from motionloop.studio.inside import heat, words
from motionloop.studio.inside.column import Column
from motionloop.studio.inside.state import InsideState
from motionloop.studio.theme import GRID, theme

# Pixels at text size 1.
_WIDTH = 176
_TOP = 20
_NAME = 20  # of an axis, on the left
_GROUP = 18  # a line above the channels of a group


@dataclass(frozen=True)
class _Group:
    """Channels of one kind, which share the range of their curves."""

    name: str
    channels: range


class InputColumn(Column):
    """Rows with curves; the span that the selected value saw is shaded."""

    def __init__(self, state: InsideState) -> None:
        super().__init__(state, INPUT, _WIDTH)
        assert state.series is not None
        names = [words.group_name(state.series, i) for i in range(len(state.series.channels))]
        starts = [i for i, name in enumerate(names) if i == 0 or name != names[i - 1]]
        ends = [*starts[1:], len(names)]
        self._groups = [_Group(names[a], range(a, b)) for a, b in zip(starts, ends, strict=True)]
        self.setMaximumWidth(theme.scaled(_WIDTH) + 4 * GRID)

    @property
    def box(self) -> QRectF:
        name, top = theme.scaled(_NAME), theme.scaled(_TOP)
        return QRectF(
            GRID / 2 + name, top, self.width() - GRID - name, max(self.height() - top - 4, 1)
        )

    @property
    def _row_height(self) -> float:
        rows = sum(len(group.channels) for group in self._groups)
        return (self.box.height() - theme.scaled(_GROUP) * len(self._groups)) / max(rows, 1)

    def _rows(self) -> list[tuple[int, QRectF]]:
        """Channels and where their curves are."""
        rows, y, box = [], self.box.top(), self.box
        for group in self._groups:
            y += theme.scaled(_GROUP)
            for channel in group.channels:
                rows.append((channel, QRectF(box.left(), y, box.width(), self._row_height)))
                y += self._row_height
        return rows

    def locate(self, point: QPointF) -> tuple[int, float] | None:
        for channel, row in self._rows():
            if row.top() <= point.y() < row.bottom() and 0 <= point.x() < self.width():
                return channel, min(max((point.x() - row.left()) / row.width(), 0.0), 1.0)
        return None

    def draw(self, painter: QPainter) -> None:
        state, box = self.state, self.box
        assert state.series is not None
        codes = state.codes(INPUT)
        painter.setPen(QColor(theme.colours.muted))
        y, high = box.top(), theme.scaled(_GROUP)
        for group in self._groups:
            painter.drawText(
                QRectF(GRID / 2, y, self.width() - GRID, high),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom,
                f"{group.name}{self._range_words(group)}",
            )
            y += high + self._row_height * len(group.channels)
        rows = self._rows()
        for _, row in rows:
            painter.fillRect(row.adjusted(0, 1, 0, -1), QColor(theme.colours.raised))
        self._shade_seen(painter, rows)
        shades = colours.AXES_DARK if theme.dark else colours.AXES
        ranges = {c: self._largest(group) for group in self._groups for c in group.channels}
        axes = state.series.channels
        font = painter.font()
        font.setPixelSize(min(font.pixelSize(), max(int(self._row_height), 1)))
        painter.setFont(font)
        side = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        for channel, row in rows:
            axis = axes[channel].axis
            is_chosen = state.layer == INPUT and state.map == channel
            painter.setPen(QColor(theme.colours.text if is_chosen else theme.colours.muted))
            name = QRectF(GRID / 2, row.top(), box.left(), row.height())
            painter.drawText(name, int(side), axis)
            painter.setPen(QPen(QColor(shades["xyz".index(axis[1])]), 2 if is_chosen else 1))
            self._draw_curve(painter, row, codes[channel], ranges[channel])

    def _draw_curve(self, painter: QPainter, row: QRectF, codes: np.ndarray, largest: int) -> None:
        x = row.left() + (np.arange(len(codes)) + 0.5) / len(codes) * row.width()
        y = row.center().y() - codes / largest * (row.height() / 2 - 2)
        painter.drawPolyline(pg.functions.arrayToQPolygonF(x, y))

    def _shade_seen(self, painter: QPainter, rows: list[tuple[int, QRectF]]) -> None:
        state = self.state
        first, last = state.seen()
        if state.layer == INPUT or first > last or not rows:
            return
        points, box = state.positions(INPUT), self.box
        shade = QColor(theme.colours.accent)
        shade.setAlpha(56)
        left = box.left() + first / points * box.width()
        width = (last + 1 - first) / points * box.width()
        for _, row in rows:
            painter.fillRect(QRectF(left, row.top(), width, row.height()), shade)

    def _largest(self, group: _Group) -> int:
        """The largest code of the group in this window: the range of its curves."""
        codes = self.state.codes(INPUT)[list(group.channels)]
        return max(int(np.abs(codes.astype(int)).max()), 1)

    def _range_words(self, group: _Group) -> str:
        state = self.state
        assert state.series is not None
        scale = state.series.channels[group.channels[0]].scale
        if not scale:
            return ""
        value = self._largest(group) * state.series.layered.input.scale / scale
        return f"  ±{heat.short(value)}"
