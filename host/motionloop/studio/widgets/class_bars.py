"""A bar for each activity: how much the newest window is like it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from motionloop.studio.session import Session
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.elements import clear, text

_HEIGHT = GRID


class ClassBars(QWidget):
    """Hidden at first; only what is shown is drawn."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._labels: tuple[str, ...] = ()
        self.bars: dict[str, QProgressBar] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GRID // 2)
        self._grid.setColumnStretch(1, 1)
        self.setLayout(self._grid)
        self.hide()

    def show_outputs(self, labels: Sequence[str], outputs: NDArray[np.int8]) -> None:
        """Show a window's int8 outputs [classes] of a softmax, whose scale is 1/256."""
        if self.isHidden() or len(labels) != len(outputs):
            return
        if tuple(labels) != self._labels:
            self._labels = tuple(labels)
            self._fill()
        for label, output in zip(labels, outputs.tolist(), strict=True):
            self.bars[label].setValue(output + 128)

    def _fill(self) -> None:
        clear(self._grid)
        self.bars = {}
        for place, label in enumerate(self._labels):
            bar = QProgressBar(textVisible=False)
            bar.setRange(0, 255)
            bar.setFixedHeight(_HEIGHT)
            colour = self._session.preferences.colour(label).name()
            bar.setStyleSheet(f"QProgressBar::chunk {{ background: {colour}; }}")
            self.bars[label] = bar
            self._grid.addWidget(text(label, muted=True), place, 0)
            self._grid.addWidget(bar, place, 1)
