"""The answer: a bar for each label, and what the board would say."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from motionloop.language import tr
from motionloop.studio import colours
from motionloop.studio.inside.column import Column, small_font
from motionloop.studio.inside.state import InsideState
from motionloop.studio.theme import GRID, theme

# Pixels at text size 1.
_WIDTH = 176
_TOP = 36
_ROW, _LEAST_ROW, _BAR = 38, 23, 6
_ANSWER = 96  # the words below, at least
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


class OutputColumn(Column):
    """Probabilities of the labels; below, the answer in words."""

    def __init__(self, state: InsideState) -> None:
        assert state.series is not None
        super().__init__(state, state.series.layered.output, _WIDTH)
        self.setMaximumWidth(theme.scaled(_WIDTH) + 4 * GRID)

    def refresh(self) -> None:
        """As high as any number of labels and the words below need."""
        if self.state.activations:
            rows = _TOP + _LEAST_ROW * self.state.map_count(self.layer)
            self.setMinimumHeight(theme.scaled(rows) + self._answer_height)
        super().refresh()

    @property
    def _answer_words(self) -> str:
        best = int(self.state.activations[self.layer].maps[:, 0].argmax())
        return "\n".join(answer(self.state, best))

    @property
    def _answer_height(self) -> int:
        """Steady for most windows."""
        needed = 0
        if self.state.activations:
            fonts, width = QFontMetrics(small_font(self)), self.width() - GRID
            needed = fonts.boundingRect(0, 0, width, 0, _WRAPPED, self._answer_words).height()
        return max(needed + 2 * GRID, theme.scaled(_ANSWER))

    @property
    def box(self) -> QRectF:
        rows, top = max(self.state.map_count(self.layer), 1), theme.scaled(_TOP)
        height = min(theme.scaled(_ROW) * rows, self.height() - top - self._answer_height)
        return QRectF(GRID / 2, top, self.width() - GRID, max(height, 1))

    def locate(self, point: QPointF) -> tuple[int, float] | None:
        found = super().locate(point)
        return None if found is None else (found[0], self.state.moment)

    def draw(self, painter: QPainter) -> None:
        state, box = self.state, self.box
        assert state.series is not None
        probabilities = state.activations[self.layer].maps[:, 0]
        labels, height = state.series.package.labels, box.height() / len(probabilities)
        best = int(probabilities.argmax())
        for place, probability in enumerate(probabilities.tolist()):
            row = QRectF(box.left(), box.top() + place * height, box.width(), height)
            label = labels[place] if place < len(labels) else str(place + 1)
            is_chosen = state.layer == self.layer and state.map == place
            strong = place == best or is_chosen
            painter.setPen(QColor(theme.colours.text if strong else theme.colours.muted))
            words = QRectF(row.left(), row.top(), row.width(), max(height - _BAR - 2, 1))
            share = tr("{share:.1%}", share=probability)
            room = row.width() - painter.fontMetrics().horizontalAdvance(share) - GRID
            elided = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, int(room))
            bottom = Qt.AlignmentFlag.AlignBottom
            painter.drawText(words, bottom | Qt.AlignmentFlag.AlignLeft, elided)
            painter.drawText(words, bottom | Qt.AlignmentFlag.AlignRight, share)
            bar = QRectF(row.left(), row.bottom() - _BAR - 1, row.width(), _BAR)
            painter.fillRect(bar, QColor(theme.colours.raised))
            bar.setWidth(row.width() * probability)
            painter.fillRect(bar, colours.colour(label))
        top = box.bottom() + GRID
        painter.setPen(QColor(theme.colours.text))
        below = QRectF(GRID / 2, top, self.width() - GRID, self.height() - top)
        painter.drawText(below, _WRAPPED, self._answer_words)


def answer(state: InsideState, best: int) -> list[str]:
    """What comes out, with the distance that finds unknown activities, in sentences."""
    series = state.series
    assert series is not None
    probability = float(state.activations[series.layered.output].maps[best, 0])
    label = series.package.labels[best]
    embedding = series.layered.embedding
    distance = None
    if embedding is not None:
        distance = series.distance(state.at, state.activations[embedding].codes)
    known = distance is None or distance <= 1
    said: list[str] = [
        tr("{label}, likeness {share:.0%}", label=label, share=probability)
        if known
        else tr("unknown: no activity of the model fits")
    ]
    if distance is not None:
        if known:
            said.append(tr("Distance {distance:.2f}, within the limit of 1.", distance=distance))
        else:
            said.append(tr("Distance {distance:.2f}, beyond the limit of 1.", distance=distance))
    place = series.places[state.at]
    if place.label is not None:
        if known and place.label == label:
            said.append(tr("Labelled {label}: right.", label=place.label))
        else:
            said.append(tr("Labelled {label}: wrong.", label=place.label))
    if place.answered is not None:
        codes = state.activations[series.layered.output].codes.reshape(-1).tolist()
        if tuple(codes) == place.answered:
            said.append(tr("The board's outputs for this window: the same, to the last bit."))
        else:
            said.append(tr("The board's outputs for this window: not the same, to the last bit."))
    return said
