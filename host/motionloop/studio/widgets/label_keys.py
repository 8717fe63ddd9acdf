"""Buttons for labels, with the number keys; and a field that adds another one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from motionloop.language import tr
from motionloop.recordings.plan import new_label
from motionloop.recordings.segments import same_label
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.elements import Button, Line, clear, column, row, text

_COLUMNS = 2  # where the names are short enough
_MOST_ROWS = 6  # more are scrolled
_BESIDE_ICON = 4  # pixels that Qt leaves between an icon and its words


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
        self.buttons: dict[str, LabelButton] = {}
        self.remove_buttons: dict[str, Button] = {}
        self.list = _List()
        self.new_label = Line()
        self.new_label.setPlaceholderText(tr("Another label"))
        self.new_label.returnPressed.connect(self._add)
        self.add_button = Button(tr("Add"), self._add, "plus", "quiet")
        inside = column(
            text(heading, muted=True, wrap=True), self.list, row(self.new_label, self.add_button)
        )
        self.setLayout(inside)
        session.preferences.labels_changed.connect(self._fill)
        self._fill()

    def mark(self, label: str | None) -> None:
        """Show which label is on."""
        if label != self._marked:
            self._marked = label
            for name, button in self.buttons.items():
                button.setChecked(name == label)
            if label in self.buttons:
                self.list.ensureWidgetVisible(self.buttons[label], 0, 0)

    def _fill(self) -> None:
        self.buttons.clear()
        self.remove_buttons.clear()
        for place, name in enumerate(self._session.preferences.labels):
            button = LabelButton(name, partial(self._choose, name), place + 1)
            button.setChecked(name == self._marked)
            button.setIcon(swatch(self._session.preferences.colour(name)))
            remove = Button("", partial(self._remove, name), "close", "quiet",
                            tip=tr("Take {label} off this list", label=name))  # fmt: skip
            remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            remove.setStyleSheet("padding: 6px 2px;")
            self.buttons[name], self.remove_buttons[name] = button, remove
        self.list.show_rows(list(self.buttons.values()), list(self.remove_buttons.values()))

    def _choose(self, name: str) -> None:
        self.buttons[name].setChecked(name == self._marked)  # not before the label is on
        self.chosen.emit(name)

    def _add(self) -> None:
        typed, labels = self.new_label.text(), self._session.preferences.labels
        if not typed.strip():
            self._session.failed.emit(tr("Type a name for the label."))
            return
        if known := same_label(typed.strip(), labels):
            self.list.ensureWidgetVisible(self.buttons[known], 0, 0)
            self._session.notice.emit(tr("{label} is there already.", label=known))
        else:
            try:
                labels = [*labels, new_label(typed)]
            except ValueError as error:
                self._session.failed.emit(
                    tr("That label was not added: {reason}. Type another one.", reason=error)
                )
                return
            self._session.preferences.set_labels(labels)
        self.new_label.clear()

    def _remove(self, name: str) -> None:
        self._session.preferences.set_labels(
            [label for label in self._session.preferences.labels if label != name]
        )


class LabelButton(Button):
    """A label with its number; one that is too long ends in an ellipsis."""

    def __init__(self, name: str, clicked: Callable[[], None], number: int) -> None:
        key = str(number) if number < 10 else ""
        self._full = f"{key}  {name}" if key else name
        super().__init__("", clicked, key=key, tip=name)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setStyleSheet("text-align: left; padding: 6px 8px;")

    def minimumSizeHint(self) -> QSize:
        return QSize(8 * GRID, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """As wide as all of the name."""
        beside = self.width() - self._room()
        width = self.fontMetrics().horizontalAdvance(self._full) + beside
        return QSize(width, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        fonts = self.fontMetrics()
        elided = fonts.elidedText(self._full, Qt.TextElideMode.ElideRight, self._room())
        self.setText(elided.replace("&", "&&"))  # a name is no shortcut

    def _room(self) -> int:
        """Pixels for the words."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        return inside.width() - self.iconSize().width() - 2 * _BESIDE_ICON


class _List(QScrollArea):
    """As high as its rows, up to so many; in one column where names need it."""

    def __init__(self) -> None:
        super().__init__(widgetResizable=True)
        self._cells: list[QHBoxLayout] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GRID // 2)
        self._columns = 1
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setLayout(column(self._grid, None))
        self.setWidget(inside)

    def show_rows(self, buttons: Sequence[QWidget], beside: Sequence[QWidget]) -> None:
        """Show these buttons, each with the one beside it."""
        clear(self._grid)
        for widget in (*buttons, *beside):  # a layout takes no room for what has no parent
            widget.setParent(self.widget())
            widget.show()
        pairs = zip(buttons, beside, strict=True)
        self._cells = [row(button, other, gap=0) for button, other in pairs]
        for cell in self._cells:
            cell.setStretch(0, 1)
        self._arrange()

    def _arrange(self) -> None:
        room = (self.width() - self.verticalScrollBar().sizeHint().width()) // _COLUMNS - GRID
        fits = all(cell.sizeHint().width() <= room for cell in self._cells)
        self._columns = _COLUMNS if fits else 1
        for cell in self._cells:
            self._grid.removeItem(cell)
        for place, cell in enumerate(self._cells):
            self._grid.addLayout(cell, place // self._columns, place % self._columns)
        for place in range(_COLUMNS):
            self._grid.setColumnStretch(place, int(place < self._columns))
        one = self._cells[0].sizeHint().height() + self._grid.spacing() if self._cells else 0
        rows = min(-(-len(self._cells) // self._columns), _MOST_ROWS)
        self.setFixedHeight(max(rows * one - self._grid.spacing(), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()
