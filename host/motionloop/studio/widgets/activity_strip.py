"""The last minutes as a coloured timeline."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from motionloop.board.activities import SHOWN_S, Moment
from motionloop.language import tr
from motionloop.studio.colours import colour
from motionloop.studio.theme import GRID, theme

_HEIGHT = 5 * GRID
_WORDS_HEIGHT = 18


def stretches(moments: Sequence[Moment], hole_s: float) -> list[tuple[float, float, str | None]]:
    """Begin, end and label of each stretch: moments of one label without a hole between them."""
    made: list[tuple[float, float, str | None]] = []
    for moment in moments:
        begin_s = moment.at_s - moment.seconds
        if made and made[-1][2] == moment.label and begin_s - made[-1][1] < hole_s:
            made[-1] = (min(made[-1][0], begin_s), moment.at_s, moment.label)
        else:
            made.append((begin_s, moment.at_s, moment.label))
    return made


class ActivityStrip(QWidget):
    """`show_moments` draws them; the right edge is now."""

    clicked = Signal(float)  # the moment, of time.monotonic

    def __init__(self) -> None:
        super().__init__()
        self._moments: Sequence[Moment] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tr("What was recognised in the last three minutes; a click looks inside"))

    def show_moments(self, moments: Sequence[Moment]) -> None:
        self._moments = moments
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT + _WORDS_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        width, now_s = self.width(), time.monotonic()
        painter.fillRect(QRectF(0, 0, width, _HEIGHT), QColor(theme.colours.raised))
        scale = max(width, 1) / SHOWN_S
        for begin_s, end_s, label in stretches(self._moments, hole_s=1 / scale):
            left = width - (now_s - begin_s) * scale
            span = QRectF(left, 0, (end_s - begin_s) * scale + 0.5, _HEIGHT)
            painter.fillRect(span, colour(label))
        painter.setPen(QColor(theme.colours.muted))
        minutes = round(SHOWN_S / 60)
        for minute in range(minutes + 1):
            ago = tr("{minutes} min ago", minutes=minutes - minute)
            words = ago if minute < minutes else tr("now")
            box = painter.fontMetrics().horizontalAdvance(words)
            at = min(max(0.0, minute * width / minutes - box / 2), width - box)
            if minute in (0, minutes) or width > 480:
                painter.drawText(int(at), _HEIGHT + 14, words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            ago = (self.width() - event.position().x()) / max(self.width(), 1)
            self.clicked.emit(time.monotonic() - ago * SHOWN_S)
