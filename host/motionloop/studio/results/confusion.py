"""A confusion matrix: rows are the labels, columns the answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from motionloop.studio.theme import GRID, theme

_CELL_HEIGHT = 4 * GRID
_LARGEST_CELL = 12 * GRID
_WORDS_WIDTH = 12 * GRID


class ConfusionMatrix(QWidget):
    """`show_counts` draws it; a cell is the darker the larger its share of the row."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: Sequence[str] = ()
        self._counts: Sequence[Sequence[int]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, labels: Sequence[str], counts: Sequence[Sequence[int]]) -> None:
        self._labels, self._counts = labels, counts
        listed = "; ".join(
            f"{label}: {row[i]} of {sum(row)} right"
            for i, (label, row) in enumerate(zip(labels, counts, strict=True))
        )
        self.setAccessibleName(f"Confusion matrix. {listed}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, _CELL_HEIGHT * (len(self._labels) + 1) + 3 * GRID if self._labels else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._labels:
            return
        painter = QPainter(self)
        colours, fonts = theme.colours, painter.fontMetrics()
        count = len(self._labels)
        cell = min(_LARGEST_CELL, (self.width() - _WORDS_WIDTH) // count)
        centre = Qt.AlignmentFlag.AlignCenter
        elided = Qt.TextElideMode.ElideRight
        painter.setPen(QColor(colours.muted))
        painter.drawText(QRect(_WORDS_WIDTH, 0, cell * count, 2 * GRID), centre, "recognised as")
        top = 3 * GRID
        for i, label in enumerate(self._labels):
            words = fonts.elidedText(label, elided, cell - 4)
            painter.drawText(QRect(_WORDS_WIDTH + i * cell, top, cell, _CELL_HEIGHT), centre, words)
        for i, label in enumerate(self._labels):
            y = top + (i + 1) * _CELL_HEIGHT
            painter.setPen(QColor(colours.text))
            words = fonts.elidedText(label, elided, _WORDS_WIDTH - GRID)
            side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(QRect(0, y, _WORDS_WIDTH - GRID, _CELL_HEIGHT), side, words)
            total = max(1, sum(self._counts[i]))
            for j, number in enumerate(self._counts[i]):
                share = number / total
                box = QRect(_WORDS_WIDTH + j * cell, y, cell, _CELL_HEIGHT).adjusted(1, 1, -1, -1)
                painter.fillRect(box, QColor(colours.raised))
                shade = QColor(colours.accent if i == j else colours.danger)
                shade.setAlphaF(share)
                painter.fillRect(box, shade)
                dark = share > 0.5
                painter.setPen(QColor(colours.on_accent if dark else colours.text))
                painter.drawText(box, centre, str(number) if number else "·")
