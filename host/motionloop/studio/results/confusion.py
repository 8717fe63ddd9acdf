"""A confusion matrix: rows are the labels, columns the answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from motionloop.language import tr
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
        listed = "; ".join(
            tr("{label}: {right} of {total} right", label=label, right=row[i], total=sum(row))
            for i, (label, row) in enumerate(zip(labels, counts, strict=True))
        )
        self._labels, self._counts = labels, counts
        self.setAccessibleName(tr("Confusion matrix. {listed}", listed=listed))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        rows = _CELL_HEIGHT * len(self._labels) + self._heading_height + 3 * GRID
        return QSize(480, rows if self._labels else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.updateGeometry()  # narrow columns have higher headings

    @property
    def _cell(self) -> int:
        """The width of a column."""
        return min(_LARGEST_CELL, (self.width() - _WORDS_WIDTH) // max(1, len(self._labels)))

    @property
    def _are_upright(self) -> bool:
        """Whether headings are too long to lie above their columns."""
        fonts = self.fontMetrics()
        return any(fonts.horizontalAdvance(label) > self._cell - 4 for label in self._labels)

    @property
    def _heading_height(self) -> int:
        return _WORDS_WIDTH if self._are_upright else _CELL_HEIGHT

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._labels:
            return
        painter = QPainter(self)
        colours, fonts = theme.colours, painter.fontMetrics()
        count = len(self._labels)
        cell, upright, height = self._cell, self._are_upright, self._heading_height
        centre = Qt.AlignmentFlag.AlignCenter
        elided = Qt.TextElideMode.ElideRight
        painter.setPen(QColor(colours.muted))
        painter.drawText(
            QRect(_WORDS_WIDTH, 0, cell * count, 2 * GRID), centre, tr("recognised as")
        )
        top = 3 * GRID
        for i, label in enumerate(self._labels):
            left = _WORDS_WIDTH + i * cell
            if upright:
                painter.save()
                painter.translate(left, top + height - 4)
                painter.rotate(-90)
                words = fonts.elidedText(label, elided, height - 4)
                side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
                painter.drawText(QRect(0, 0, height - 4, cell), side, words)
                painter.restore()
            else:
                painter.drawText(QRect(left, top, cell, height), centre, label)
        for i, label in enumerate(self._labels):
            y = top + height + i * _CELL_HEIGHT
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
                words = str(number) if number else "·"
                if fonts.horizontalAdvance(words) <= box.width():  # else the shade says it
                    painter.drawText(box, centre, words)
