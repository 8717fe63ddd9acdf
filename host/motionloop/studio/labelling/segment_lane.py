"""The lane of labels: draws the segments in view and takes the mouse.

One widget paints them all: of 10,000 segments only those in view are looked at, and of those that
share a pixel one is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from motionloop.language import tr
from motionloop.recordings.segments import Segment
from motionloop.studio import colours
from motionloop.studio.labelling.timeline_state import TimelineState
from motionloop.studio.theme import GRID, theme

LEFT = 56  # pixels before the time axis begins, as in the plots below
_HEIGHT = 5 * GRID
_INSET = 4
_EDGE_PIXELS = 5
_APART_PIXELS = 4  # from this width on a line separates segments
_FEWEST_LETTERS = 3  # of a name that is worth showing
_DRAG_PIXELS = 4
_DARK_TEXT, _LIGHT_TEXT = QColor("#101316"), QColor("#FFFFFF")


@dataclass(frozen=True)
class _Drag:
    """The begin of the drag, its segment (None: a new segment), and the ends that move."""

    from_us: int
    index: int | None
    start_moves: bool = False
    end_moves: bool = False
    began: bool = False


class SegmentLane(QWidget):
    """Drag where nothing is to draw, an edge to change it, a body to move it; click selects."""

    def __init__(self, state: TimelineState) -> None:
        super().__init__()
        self._state = state
        self._drag: _Drag | None = None
        self._to_us = 0
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Labels"))
        state.changed.connect(self.update)
        theme.changed.connect(self.update)

    # --- pixels and times ---------------------------------------------------------------------
    def x_of(self, t_us: float) -> float:
        """Pixels from the left of a time."""
        start_us, end_us = self._state.range_us
        return LEFT + (t_us - start_us) / (end_us - start_us) * (self.width() - LEFT)

    def t_of(self, x: float) -> int:
        """Device time at a pixel."""
        start_us, end_us = self._state.range_us
        return round(start_us + (x - LEFT) / max(self.width() - LEFT, 1) * (end_us - start_us))

    # --- painting -----------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        state, shades = self._state, theme.colours
        painter = QPainter(self)
        painter.setPen(QColor(shades.muted))
        if painter.fontMetrics().horizontalAdvance(tr("Labels")) <= LEFT - GRID:
            painter.drawText(
                QRectF(0, 0, LEFT - GRID, self.height()),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                tr("Labels"),
            )
        painter.fillRect(QRectF(LEFT, 0, self.width() - LEFT, self.height()), QColor(shades.raised))
        if (timeline := self.parentWidget()) is not None and timeline.hasFocus():
            focus_line = QRectF(LEFT, self.height() - 2, self.width() - LEFT, 2)
            painter.fillRect(focus_line, QColor(shades.accent))
        if state.overview is None:
            return
        painter.setClipRect(LEFT, 0, self.width() - LEFT, self.height())
        pixels = self.width() - LEFT
        painter.drawImage(
            QRectF(LEFT, _INSET, pixels, self.height() - 2 * _INSET), label_pixels(state, pixels)
        )
        dragged = self._preview()
        moved = self._drag.index if self._drag and dragged else None
        pixel_us = (state.range_us[1] - state.range_us[0]) / pixels
        for index in state.segment_spans.longer_than(_APART_PIXELS * pixel_us, *state.range_us):
            if index not in (state.selected, moved):
                self._paint_segment(painter, state.editor.segments[index], False)
        if moved is not None:
            bare = self._box(state.editor.segments[moved])
            painter.fillRect(bare, QColor(shades.raised))
        elif state.selected is not None:
            self._paint_segment(painter, state.editor.segments[state.selected], True)
        if dragged is not None:
            self._paint_segment(painter, dragged, True)
        painter.setPen(QPen(QColor(shades.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stretch in state.to_label:
            left, right_x = (self.x_of(t) for t in stretch)
            painter.drawRect(QRectF(left, 1, right_x - left, self.height() - 2))
        painter.setPen(QColor(shades.text))
        x = self.x_of(state.cursor_us)
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))

    def _box(self, segment: Segment) -> QRectF:
        """The box of a segment; ends out of view are moved near to the view."""
        left = max(self.x_of(segment.start_us), LEFT - GRID)
        right = min(self.x_of(segment.end_us), self.width() + GRID)
        return QRectF(left, _INSET, max(right - left, 1.0), self.height() - 2 * _INSET)

    def _paint_segment(self, painter: QPainter, segment: Segment, selected: bool) -> None:
        box = self._box(segment)
        fill = colours.colour(segment.label)
        painter.fillRect(box, fill)
        if selected:
            painter.setPen(QPen(QColor(theme.colours.text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, -2, 0, 2))
        else:
            painter.setPen(QColor(theme.colours.raised))
            painter.drawLine(box.topRight(), box.bottomRight())
        inside = box.adjusted(GRID, 0, -GRID // 2, 0)
        inside.setLeft(max(inside.left(), LEFT + GRID))
        words = painter.fontMetrics().elidedText(
            segment.label, Qt.TextElideMode.ElideRight, max(int(inside.width()), 0)
        )
        if words == segment.label or len(words) > _FEWEST_LETTERS:
            painter.setPen(_DARK_TEXT if fill.lightnessF() > 0.42 else _LIGHT_TEXT)
            painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, words)

    def _preview(self) -> Segment | None:
        """The segment as it will be when the mouse is let go."""
        drag, state = self._drag, self._state
        if drag is None or not drag.began:
            return None
        if drag.index is None:
            low, high = state.editor.room(drag.from_us)
            start_us, end_us = sorted((drag.from_us, min(max(self._to_us, low), high)))
            return Segment(start_us, end_us, state.label) if state.label else None
        old = state.editor.segments[drag.index]
        by_us = self._to_us - drag.from_us
        if not drag.start_moves and not drag.end_moves:
            return state.editor.moved(drag.index, by_us)
        return state.editor.reshaped(
            drag.index,
            min(old.start_us + by_us * drag.start_moves, old.end_us - 1),
            max(old.end_us + by_us * drag.end_moves, old.start_us + 1),
        )

    # --- mouse --------------------------------------------------------------------------------
    def _under(self, x: float) -> _Drag:
        """The drag that would begin at pixel `x`."""
        t_us, editor = self.t_of(x), self._state.editor
        reach_us = self.t_of(x + _EDGE_PIXELS) - t_us
        for index in editor.within(t_us - reach_us, t_us + reach_us + 1):
            segment = editor.segments[index]
            if segment.end_us - segment.start_us > 3 * reach_us:
                if abs(t_us - segment.end_us) <= reach_us:
                    return _Drag(t_us, index, end_moves=True)
                if abs(t_us - segment.start_us) <= reach_us:
                    return _Drag(t_us, index, start_moves=True)
        return _Drag(t_us, editor.at(t_us))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._state.overview is not None:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._state.place_cursor(self.t_of(event.position().x()), mark=True)
                return
            self._drag = self._under(event.position().x())
            self._to_us = self._drag.from_us

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x, drag = event.position().x(), self._drag
        if drag is None:
            under = self._under(x)
            on_edge = under.start_moves or under.end_moves
            self.setCursor(Qt.CursorShape.SizeHorCursor if on_edge else Qt.CursorShape.ArrowCursor)
            return
        self._to_us = self.t_of(x)
        if abs(x - self.x_of(drag.from_us)) >= _DRAG_PIXELS and self._state.editable:
            self._drag = replace(drag, began=True)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, dragged, state = self._drag, self._preview(), self._state
        self._drag = None
        if drag is None:
            return
        if not drag.began:
            state.place_cursor(drag.from_us)
            if drag.index is not None:
                state.selected = drag.index
                state.changed.emit()
        elif drag.index is None:
            state.draw(*((dragged.start_us, dragged.end_us) if dragged else (0, 0)))
        elif dragged is not None:
            state.reshape(drag.index, dragged.start_us, dragged.end_us)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        wheel(self._state, event, self.t_of(event.position().x()))


def wheel(state: TimelineState, event: QWheelEvent, at_us: float) -> None:
    """Turning zooms around the pointer; sideways or with Shift it pans."""
    turned = event.angleDelta()
    if turned.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        span_us = state.range_us[1] - state.range_us[0]
        state.pan(-(turned.x() or turned.y()) / 120 * span_us / 10)
    elif turned.y():
        state.zoom(0.8 ** (turned.y() / 120), at_us)
    event.accept()


def label_pixels(state: TimelineState, pixels: int, alpha: int = 255) -> QImage:
    """The labels' colours along a line of `pixels`, as an image one pixel high."""
    index = state.segment_spans.on_pixels(*state.range_us, pixels)
    covered = index >= 0
    labels = [state.editor.segments[place].label for place in index[covered].tolist()]
    shades = {}
    for label in set(labels):
        shade = QColor(colours.colour(label))
        shade.setAlpha(alpha)
        shades[label] = shade.rgba()
    row = np.zeros(pixels, np.uint32)
    row[covered] = [shades[label] for label in labels]
    return QImage(row.tobytes(), pixels, 1, 4 * pixels, QImage.Format.Format_ARGB32).copy()
