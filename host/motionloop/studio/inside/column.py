"""A column of the picture: selected by click, Tab or keys; numbers where the pointer is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from motionloop.language import tr
from motionloop.studio.inside import words
from motionloop.studio.inside.state import InsideState
from motionloop.studio.theme import GRID, theme
from motionloop.studio.widgets.elements import tip

# Pixels at text size 1.
_HEADER = 60  # four lines
_FOOT = 28  # the colour bar with its numbers
_FONT = 12
_LEAST_HEIGHT = 200


def small_font(widget: QWidget, smaller: int = 0) -> QFont:
    """The font of this view, which grows with the text of the window."""
    font = widget.font()
    font.setPixelSize(theme.scaled(_FONT - smaller))
    return font


def small_painter(widget: QWidget) -> QPainter:
    """Paints a widget, with the font of this view."""
    painter = QPainter(widget)
    painter.setFont(small_font(widget))
    return painter


def least_height() -> int:
    """Of the picture, so that its numbers can be read."""
    return theme.scaled(_LEAST_HEIGHT)


def foot() -> int:
    """The height of what is below the maps of a layer."""
    return theme.scaled(_FOOT)


class Column(QWidget):
    """One layer, or the input. A subclass draws `inside` its frame and says what lies where."""

    def __init__(self, state: InsideState, layer: int, least_width: int) -> None:
        super().__init__()
        self.state, self.layer = state, layer
        self._least_width = theme.scaled(least_width)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(self._least_width, least_height())
        assert state.series is not None
        self.setAccessibleName(words.column_name(state.series, layer))
        self.setAccessibleDescription(words.explanation(state.series, layer))

    # --- for subclasses -----------------------------------------------------------------------
    def refresh(self) -> None:
        """Show the window and the selection of now."""
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Draw the window into `box`."""
        raise NotImplementedError

    def locate(self, point: QPointF) -> tuple[int, float] | None:
        """The map and the share of the window at a point of the picture."""
        box = self.box
        if not box.contains(point):
            return None
        maps = self.state.map_count(self.layer)
        row = int((point.y() - box.top()) / box.height() * maps)
        return min(row, maps - 1), (point.x() - box.left()) / box.width()

    @property
    def box(self) -> QRectF:
        """Where the maps are."""
        top = theme.scaled(_HEADER)
        height = max(self.height() - top - foot() - GRID, 1)
        return QRectF(GRID / 2, top, self.width() - GRID, height)

    # --- events -------------------------------------------------------------------------------
    def sizeHint(self) -> QSize:
        return QSize(self._least_width, 320)

    def paintEvent(self, event: QPaintEvent) -> None:
        state = self.state
        if state.series is None or not state.activations:
            return
        painter = small_painter(self)
        is_selected = state.layer == self.layer
        if is_selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(theme.colours.accent_soft))
            painter.setPen(QPen(QColor(theme.colours.accent), 1 if self.hasFocus() else 0.01))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QColor(theme.colours.text if is_selected else theme.colours.muted))
        flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        name = words.column_name(state.series, self.layer).replace(", ", "\n")
        painter.setFont(small_font(self, smaller=1))
        header = QRectF(GRID / 2, 2, self.width() - GRID, theme.scaled(_HEADER) - 2)
        painter.drawText(header, int(flags), name)
        painter.setFont(small_font(self))
        self.draw(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            found = self.locate(event.position())
            self.state.select(self.layer, *(found or ()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if found := self.locate(event.position()):
            self.state.select(self.layer, *found)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.state.select(self.layer)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.state.press(event):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), tip(self.words_at(event.pos())), self)
            return True
        return super().event(event)

    def words_at(self, point: QPoint) -> str:
        """The numbers at a point; elsewhere what the column shows."""
        state = self.state
        if state.series is None or not state.activations:
            return ""
        found = self.locate(QPointF(point))
        if found is None:
            return words.explanation(state.series, self.layer)
        index, moment = found
        codes = state.codes(self.layer)
        position = min(int(moment * codes.shape[1]), codes.shape[1] - 1)
        name = words.map_name(state.series, self.layer, index)
        value = words.value_words(state.series, self.layer, index, int(codes[index, position]))
        if codes.shape[1] == 1:
            return f"{name}: {value}"
        at_s = moment * state.series.package.input.window_s
        return tr("{name} at {seconds:.2f} s: {value}", name=name, seconds=at_s, value=value)
