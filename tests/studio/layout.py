"""Measures what is wrong with a layout: words cut off, widgets over each other, widgets outside."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

from motionloop.studio.widgets.elements import OneLine

_INSIDE_QT = (QAbstractScrollArea, QAbstractSpinBox, QComboBox, QHeaderView, QLineEdit, QTabBar)
_LEAST_VIEW = 48  # of a scroll area: less shows nothing
_HEADING_PADDING = 22  # as the style sheet has it
_WRAP = Qt.TextFlag.TextWordWrap


def faults(top: QWidget) -> list[str]:
    """Every fault of what can be seen of `top`, in words."""
    found = []
    for widget in visible(top):
        found += [f"{_name(widget)}: {fault}" for fault in _faults_of(widget)]
    return found


def visible(top: QWidget) -> Iterator[QWidget]:
    """`top` and what can be seen in it, without the insides of Qt's own widgets."""
    yield top
    for child in _children(top):
        yield from visible(child)


def _children(parent: QWidget) -> list[QWidget]:
    if isinstance(parent, QScrollArea):
        return [inside] if (inside := parent.widget()) is not None else []
    if isinstance(parent, _INSIDE_QT):
        return []
    return [
        child
        for child in parent.children()
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow()
    ]


def _faults_of(widget: QWidget) -> Iterator[str]:
    yield from _cut(widget)
    for child in _children(widget):
        if isinstance(widget, QScrollArea):
            yield from _hidden(widget, child)
        elif not widget.rect().contains(child.geometry()):
            yield f"{_name(child)} at {_box(child.geometry())} lies outside"
    if isinstance(widget, QScrollArea):
        return
    beside = [child for child in _children(widget) if child.objectName() not in ("banner", "help")]
    for one, other in combinations(beside, 2):
        if one.geometry().intersects(other.geometry()):
            yield f"{_name(one)} and {_name(other)} lie over each other"


def _hidden(area: QScrollArea, inside: QWidget) -> Iterator[str]:
    view = area.viewport()
    if inside.width() > view.width() and not area.horizontalScrollBar().isVisible():
        yield f"{inside.width()} wide, of which {view.width()} can be seen"
    if view.height() < min(_LEAST_VIEW, inside.height()):
        yield f"only {view.height()} high"


def _cut(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel) and not isinstance(widget, OneLine):
        yield from _cut_label(widget)
    elif isinstance(widget, QPushButton):
        yield from _too_small(widget, _words_of_button(widget), _contents(widget))
    elif isinstance(widget, (QCheckBox, QToolButton, QTabBar)):
        hint, size = widget.sizeHint(), widget.size()
        if hint.width() > size.width() or hint.height() > size.height():
            yield f"needs {hint.width()} x {hint.height()}, has {size.width()} x {size.height()}"
    elif isinstance(widget, QTableView):
        yield from _cut_columns(widget)


def _cut_label(label: QLabel) -> Iterator[str]:
    words = label.text()
    if not words:
        return
    fonts, room = label.fontMetrics(), label.contentsRect()
    if label.wordWrap():
        needed = fonts.boundingRect(0, 0, room.width(), 10_000, _WRAP, words)
    else:
        needed = fonts.boundingRect(QRect(), 0, words)
    yield from _too_small(label, needed, room)


def _too_small(widget: QWidget, needed: QRect, room: QRect) -> Iterator[str]:
    if needed.width() > room.width() or needed.height() > room.height():
        yield f"words need {_size(needed)}, have {_size(room)}"


def _words_of_button(button: QPushButton) -> QRect:
    needed = button.fontMetrics().boundingRect(QRect(), 0, button.text())
    if not button.icon().isNull():
        needed.setWidth(needed.width() + button.iconSize().width() + (4 if button.text() else 0))
    return needed


def _contents(button: QPushButton) -> QRect:
    option = QStyleOptionButton()
    button.initStyleOption(option)
    return button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)


def _cut_columns(table: QTableView) -> Iterator[str]:
    header = table.horizontalHeader()
    for place in range(header.count()):
        if header.isSectionHidden(place):
            continue
        words = str(table.model().headerData(place, Qt.Orientation.Horizontal))
        needed = header.fontMetrics().horizontalAdvance(words) + _HEADING_PADDING
        if (has := header.sectionSize(place)) < needed:
            yield f"column {place} needs {needed} for its heading, has {has}"


def _name(widget: QWidget) -> str:
    words = getattr(widget, "text", None)
    said = f" {words()[:40]!r}" if callable(words) and words() else ""
    return f"{type(widget).__name__}{said}"


def _size(rect: QRect) -> str:
    return f"{rect.width()} x {rect.height()}"


def _box(rect: QRect) -> str:
    return f"{rect.x()}, {rect.y()}, {_size(rect)}"
