"""The help of a page: what it is for, its keys, and the words it uses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QWidget

from motionloop.language import tr
from motionloop.studio.page_titles import title
from motionloop.studio.theme import GRID, theme
from motionloop.studio.widgets.elements import Button, clear, column, row, text
from motionloop.studio.widgets.help_words import WORDS_OF_ALL, about, glossary, keys_of_all

_WIDTH, _HEIGHT = 384, 520  # at text size 1; the height of a window of its own

Keys = Iterable[tuple[str, str]]  # of a key, and what it does


class HelpPanel(QFrame):
    """Lies over the right side of `below`, from top to bottom; Esc closes it, then `left`."""

    left = Signal()

    def __init__(self, below: QWidget) -> None:
        super().__init__(below)
        self.setObjectName("help")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = text(kind="heading")
        self.words = text(wrap=True)
        self._glossary, self._keys = column(), QGridLayout()
        self._keys.setHorizontalSpacing(2 * GRID)
        self._keys.setVerticalSpacing(GRID // 2)
        self._keys.setColumnStretch(1, 1)
        close = Button("", self.leave, "close", "quiet", tip=tr("Close the help (Esc)"))
        inside = QWidget()
        parts = column(
            self.words, GRID, text(tr("Words"), "heading"), self._glossary, GRID,
            text(tr("Keys"), "heading"), self._keys, None,
        )  # fmt: skip
        inside.setLayout(parts)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self._scroll = scroll
        whole = column(row(self.title, None, close), scroll, gap=GRID)
        whole.setContentsMargins(3 * GRID, 2 * GRID, GRID, 2 * GRID)
        self.setLayout(whole)
        below.installEventFilter(self)
        theme.changed.connect(self._place)
        self.hide()

    def show_page(self, name: str, keys: Keys) -> None:
        """Explain the page of that name."""
        sentences, words = about(name)
        self.title.setText(tr("Help: {page}", page=title(name)))
        self.words.setText(sentences)
        clear(self._keys)
        for line, (key, does) in enumerate([*keys, *keys_of_all()]):
            self._keys.addWidget(text(key), line, 0, Qt.AlignmentFlag.AlignTop)
            self._keys.addWidget(text(does, muted=True, wrap=True), line, 1)
        clear(self._glossary)
        meanings = glossary()
        used = [meanings[word] for word in {*words, *WORDS_OF_ALL}]
        for word, meaning in sorted(used, key=lambda one: one[0].casefold()):
            self._glossary.addWidget(text(word))
            self._glossary.addWidget(text(meaning, muted=True, wrap=True))
        self._scroll.verticalScrollBar().setValue(0)

    def open(self) -> None:
        self._place()
        self.show()
        self.raise_()
        self.setFocus()

    def leave(self) -> None:
        self.hide()
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and _is_esc(event):
            event.accept()  # or a button of the page would take it
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._scroll.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }
        if _is_esc(event):
            self.leave()
        elif (step := steps.get(Qt.Key(event.key()))) is not None:
            bar.setValue(bar.value() + step)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        below = self.parentWidget()
        assert below is not None
        width = min(theme.scaled(_WIDTH), below.width())
        self.setGeometry(below.width() - width, 0, width, below.height())


@runtime_checkable
class HasPage(Protocol):
    """The window, which shows a page."""

    @property
    def page_name(self) -> str: ...


@runtime_checkable
class HasKeys(Protocol):
    """A page or a dialog with keys beside those of its buttons."""

    @property
    def keys_in_words(self) -> Sequence[tuple[str, str]]: ...


def add_help(dialog: QDialog) -> None:
    """Have F1 in a dialog, which the window's own F1 does not reach, explain the page behind it."""
    QShortcut(QKeySequence("F1"), dialog).activated.connect(partial(_explain, dialog))


def _explain(dialog: QDialog) -> None:
    behind = dialog.parentWidget()
    while behind is not None and not isinstance(behind, HasPage):
        behind = behind.parentWidget()
    if isinstance(behind, HasPage):
        buttons = [button for button in dialog.findChildren(Button) if button.isVisible()]
        keys = [(b.shown_key, b.tip) for b in buttons if b.listens]
        more = dialog.keys_in_words if isinstance(dialog, HasKeys) else ()
        HelpDialog(behind.page_name, [*keys, *more], dialog)


class HelpDialog(QDialog):
    """The help of a page over a dialog of it; Esc closes it."""

    def __init__(self, page: str, keys: Keys, parent: QDialog) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Help: {page}", page=title(page)))
        self.resize(theme.scaled(_WIDTH), theme.scaled(_HEIGHT))
        self.panel = HelpPanel(self)
        self.panel.left.connect(self.accept)
        self.panel.show_page(page, keys)
        self.open()
        self.panel.open()


def _is_esc(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
