"""The corrections that wait for the next training, each with a small picture and its undo."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from motionloop.language import tr
from motionloop.studio import colours
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID, theme
from motionloop.studio.widgets.elements import Button, clear, column, text
from motionloop.studio.widgets.label_keys import swatch

if TYPE_CHECKING:
    from motionloop.studio.boards.corrections import Correction

_WIDTH, _HEIGHT = 72, 28  # of a picture
_MOST = 50  # shown; the Label page has all
_SWATCH = 12


class CorrectionsList(QScrollArea):
    """Reads the folder again whenever it is shown, and whenever recordings change."""

    undone = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(widgetResizable=True)
        self._session = session
        self.corrections: Sequence[Correction] = ()
        self.undo_buttons: list[Button] = []
        self.heading = text(kind="heading")
        self._grid = QGridLayout()
        self._grid.setSpacing(GRID)
        self._grid.setColumnStretch(2, 1)
        inside = QWidget()
        inside.setLayout(column(self._grid, None))
        self.setWidget(inside)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        session.recordings_changed.connect(self.look)
        session.kept_correction.connect(lambda _link, _label: self.look())
        self._show()

    def look(self) -> None:
        """Read the corrections that are stored."""
        self._session.start("look at corrections", self._read(), self._show)

    async def _read(self) -> None:
        from motionloop.studio.boards.corrections import stored_corrections

        folder = self._session.recordings_folder
        self.corrections = await asyncio.to_thread(stored_corrections, folder)

    def _show(self) -> None:
        clear(self._grid)
        self.undo_buttons = []
        count = len(self.corrections)
        self.heading.setText(
            tr("Corrections ({count})", count=count) if count else tr("No corrections yet")
        )
        self.setVisible(count > 0)
        for place, correction in enumerate(self.corrections[:_MOST]):
            label = correction.segment.label
            picture, disc = text(), text()
            picture.setPixmap(_picture(correction.raw))
            disc.setPixmap(swatch(self._session.preferences.colour(label)).pixmap(_SWATCH, _SWATCH))
            whose = ", ".join([correction.board, correction.wearer or tr("no name")])
            words = column(text(label), text(whose, muted=True), gap=0)
            undo = Button(
                "", partial(self._undo, correction), "undo", "quiet", tip=tr("Undo this correction")
            )
            self.undo_buttons.append(undo)
            self._grid.addWidget(picture, place, 0)
            self._grid.addWidget(disc, place, 1)
            self._grid.addLayout(words, place, 2)
            self._grid.addWidget(undo, place, 3)

    def _undo(self, correction: Correction) -> None:
        self._session.undo_correction(correction, self._undone)

    def _undone(self) -> None:
        self.undone.emit()
        self._session.recordings_changed.emit()


def _picture(raw: NDArray[np.int16]) -> QPixmap:
    """The three axes of acceleration of a window int16 [n, 6]."""
    made = QPixmap(_WIDTH, _HEIGHT)
    made.fill(QColor(theme.colours.window))
    if len(raw) < 2:
        return made
    accel = raw[:, :3].astype(np.float64)
    low, high = accel.min(), max(accel.max(), accel.min() + 1)
    x = np.linspace(1, _WIDTH - 2, len(accel))
    y = _HEIGHT - 2 - (accel - low) / (high - low) * (_HEIGHT - 4)
    painter = QPainter(made)
    for axis, shade in enumerate(colours.AXES_DARK if theme.dark else colours.AXES):
        painter.setPen(QColor(shade))
        painter.drawPolyline([QPointF(a, b) for a, b in zip(x, y[:, axis], strict=True)])
    painter.end()
    return made
