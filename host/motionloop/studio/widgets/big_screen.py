"""What is being done, readable from the other end of a room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QWidget

from motionloop.language import tr
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.elements import column, text
from motionloop.studio.widgets.help_panel import add_help

_STEP, _SECONDS, _NEXT = 0.28, 0.22, 0.09  # of the height of the screen
_SMALLEST_PX = 12


class BigScreen(QDialog):
    """The step, its seconds and what comes next, as large as the screen allows; Esc closes it.

    Letters of a quarter of a 60 cm wide screen's height are 8 cm high, enough for far more than
    four metres.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Recording"))
        self.setObjectName("page")
        add_help(self)
        self.step, self.seconds, self.next = text(), text(), text(muted=True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, 1000)
        for label in (self.step, self.seconds, self.next):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMinimumWidth(1)  # long words must not widen the screen
        inside = column(None, self.step, self.seconds, self.bar, self.next, None, gap=2 * GRID)
        inside.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        self.setLayout(inside)

    def say(self, step: str, seconds: str, following: str, share: float) -> None:
        """Show these words, and how much of the step is over."""
        self.bar.setValue(round(1000 * share))
        words = (step, seconds, following)
        if words != (self.step.text(), self.seconds.text(), self.next.text()):
            for label, shown in zip((self.step, self.seconds, self.next), words, strict=True):
                label.setText(shown)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def _fit(self) -> None:
        for label, share in ((self.step, _STEP), (self.seconds, _SECONDS), (self.next, _NEXT)):
            _fit(label, round(share * self.height()), self.width() - 8 * GRID)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        else:
            event.ignore()


def _fit(label: QLabel, height_px: int, width_px: int) -> None:
    """The largest letters with which the words fit."""
    font = QFont(label.font())
    font.setPixelSize(max(_SMALLEST_PX, height_px))
    wanted_px = QFontMetrics(font).horizontalAdvance(label.text())
    if wanted_px > width_px > 0:
        font.setPixelSize(max(_SMALLEST_PX, height_px * width_px // wanted_px))
    # A style sheet's size would win over the font's.
    label.setStyleSheet(f"font-size: {font.pixelSize()}px;")
