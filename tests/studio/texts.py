"""Collects the texts that a user may read, and finds those that no translator can reach.

Translations are marked, so that what is read without marks went round `tr`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyqtgraph as pg
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QTabWidget,
    QWidget,
)

from motionloop import language
from motionloop.studio.widgets.elements import OneLine
from motionloop.studio.widgets.label_keys import LabelButton

OPEN, CLOSE = "⟦", "⟧"
_TRANSLATED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"[0-9a-f]{32,}|\b[0-9A-F]{2}(?::[0-9A-F]{2}){5}\b")  # an id, an address
_KEYS = frozenset(
    ("Ctrl", "Shift", "Return", "Space", "Del", "Esc", "Home", "End", "PgUp", "PgDown", "Left",
     "Right", "Up", "Down")
)  # fmt: skip
_MOST_ROWS = 3  # of a table: the others are like them


def mark(source: str, comment: str, count: int) -> str:
    """A translation into a language that can be told from English."""
    return OPEN + language.english(source, comment, count) + CLOSE


def not_translated(words: str, data: frozenset[str]) -> str:
    """What is left of a text without translations, keys and the user's own data."""
    while (less := _TRANSLATED.sub("", words)) != words:
        words = less
    for own in sorted(data - {""}, key=len, reverse=True):
        words = words.replace(own, "")
    words = _NUMBER.sub("", words)
    return " ".join(word for word in _WORD.findall(words) if word not in _KEYS)


def faults(top: QWidget, data: frozenset[str]) -> list[str]:
    """Every text of a window and of what is in it, shown or not, that went round `tr`."""
    found = []
    for widget in (top, *top.findChildren(QWidget)):
        if not _is_inside_qt(widget):
            for kind, words in _texts(widget):
                if left := not_translated(words, data):
                    found.append(f"{type(widget).__name__}, {kind}: {words!r} has {left!r}")
    return sorted(set(found))


def _is_inside_qt(widget: QWidget) -> bool:
    """A part that Qt makes by itself has Qt's own translations."""
    return widget.objectName().startswith("qt_") or isinstance(widget.parent(), QTabBar)


def _texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield "tip", widget.toolTip()
    yield "accessible name", widget.accessibleName()
    if widget.isWindow():
        yield "title", widget.windowTitle()
    if isinstance(widget, OneLine):
        yield "text", widget.words
    elif isinstance(widget, QLabel):
        yield "text", widget.text()
    elif isinstance(widget, QAbstractButton):
        if not isinstance(widget, LabelButton):
            yield "text", widget.text()
    elif isinstance(widget, QGroupBox):
        yield "title", widget.title()
    elif isinstance(widget, (QLineEdit, QPlainTextEdit)):
        yield "placeholder", widget.placeholderText()
    elif isinstance(widget, QTabWidget):
        for place in range(widget.count()):
            yield "tab", widget.tabText(place)
    elif isinstance(widget, QComboBox):
        for place in range(widget.count()):
            yield "choice", widget.itemText(place)
    elif isinstance(widget, QTableView):
        yield from _of_table(widget.model())
    elif isinstance(widget, QMenu):
        yield from ((kind, words) for action in widget.actions() for kind, words in _of(action))
    elif isinstance(widget, QMessageBox):
        yield "text", widget.text()
    elif isinstance(widget, pg.PlotWidget):
        yield from _of_plot(widget)


def _of(action: QAction) -> Iterator[tuple[str, str]]:
    yield "action", action.text()


def _of_table(model: QAbstractItemModel | None) -> Iterator[tuple[str, str]]:
    if model is None:
        return
    for place in range(model.columnCount()):
        yield "heading", str(model.headerData(place, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(), _MOST_ROWS)):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                yield "cell", str(model.index(row, place).data(role) or "")


def _of_plot(plot: pg.PlotWidget) -> Iterator[tuple[str, str]]:
    item = plot.getPlotItem()
    yield "title", item.titleLabel.text
    for side in ("left", "right", "top", "bottom"):
        yield "axis", item.getAxis(side).labelText
    for part in item.items:
        if isinstance(part, pg.TextItem):
            yield "text in a plot", part.toPlainText()
