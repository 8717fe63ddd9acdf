"""Axes of plots: figures as large as other text, numbers as the users' language writes them."""

from __future__ import annotations

from math import ceil, log10

import pyqtgraph as pg
from PySide6.QtWidgets import QApplication

from motionloop.language import number
from motionloop.studio.theme import theme

_FIGURE_PX = 13  # at text size 1, as running text


class Axis(pg.AxisItem):  # type: ignore[misc]
    """Its figures grow with the text, which the style sheet cannot have them do."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self._fit()
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        font = QApplication.font()
        font.setPixelSize(theme.scaled(_FIGURE_PX))
        self.setTickFont(font)
        self.label.setFont(font)


class NumberAxis(Axis):
    """Ticks with as many decimals as their distance asks for."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        places = max(0, ceil(-log10(spacing * scale)))
        return [number(value * scale, f".{places}f") for value in values]
