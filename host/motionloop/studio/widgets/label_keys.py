"""Buttons for labels, with the number keys; and a field that adds another one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QWidget

from motionloop.recordings.segments import check_label
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.elements import Button, clear, column, row, text

_COLUMNS = 2


def swatch(colour: QColor) -> QIcon:
    """A small disc of a label's colour."""
    picture = QPixmap(32, 32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(4, 4, 24, 24)
    painter.end()
    return QIcon(picture)


class LabelKeys(QWidget):
    """`chosen` gives the label of the pressed button or number key, 1 for the first label."""

    chosen = Signal(str)

    def __init__(self, session: Session, heading: str) -> None:
        super().__init__()
        self._session = session
        self._marked: str | None = None
        self.buttons: dict[str, Button] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(GRID)
        self.new_label = QLineEdit()
        self.new_label.setPlaceholderText("Another label")
        self.new_label.returnPressed.connect(self._add)
        self.add_button = Button("Add", self._add, "plus", "quiet")
        self.remove_button = Button(
            "Remove", self._remove, "minus", "quiet", tip="Take the typed label off this list"
        )
        self.setLayout(
            column(
                text(heading, muted=True),
                self._grid,
                row(self.new_label, self.add_button, self.remove_button),
            )
        )
        session.preferences.labels_changed.connect(self._fill)
        self._fill()

    def mark(self, label: str | None) -> None:
        """Show which label is on."""
        if label != self._marked:
            self._marked = label
            for name, button in self.buttons.items():
                button.setChecked(name == label)

    def _fill(self) -> None:
        clear(self._grid)
        self.buttons.clear()
        for place, name in enumerate(self._session.preferences.labels):
            key = str(place + 1) if place < 9 else ""
            words = f"{key}  {name}" if key else name
            button = Button(words, partial(self._choose, name), key=key, tip=name)
            button.setCheckable(True)
            button.setChecked(name == self._marked)
            button.setIcon(swatch(self._session.preferences.colour(name)))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setStyleSheet("text-align: left;")
            self.buttons[name] = button
            self._grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)

    def _choose(self, name: str) -> None:
        self.buttons[name].setChecked(name == self._marked)  # not before the label is on
        self.chosen.emit(name)

    def _add(self) -> None:
        name = self.new_label.text().strip()
        try:
            check_label(name)
        except ValueError as error:
            self._session.failed.emit(f"That label was not added: {error}. Type a shorter one.")
            return
        self.new_label.clear()
        self._session.preferences.set_labels([*self._session.preferences.labels, name])

    def _remove(self) -> None:
        name = self.new_label.text().strip()
        self.new_label.clear()
        self._session.preferences.set_labels(
            [label for label in self._session.preferences.labels if label != name]
        )
