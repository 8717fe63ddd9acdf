"""The place of errors and good news, shown once, in words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from motionloop.language import tr
from motionloop.studio.theme import GRID, theme
from motionloop.studio.widgets.elements import Button, restyle, row, text

_CALM_MS = 6000
_WIDTH = 600  # at text size 1
_LEFT = 3 * GRID  # where a page's title begins


class Banner(QFrame):
    """One message at a time, over the top of `below`, so that nothing moves.

    An error stays until it is closed, solved, or another page is shown; good news goes by itself.
    A message may have a way out beside it, `action`.
    """

    def __init__(self, below: QWidget) -> None:
        super().__init__(below)
        self.setObjectName("banner")
        self.words = text(wrap=True)
        self.action = Button("", self._act)
        self._taken: Callable[[], None] = self.hide
        close = Button("", self.hide, "close", "quiet", tip=tr("Close this message"))
        inside = row(self.words, self.action, close)
        inside.setStretch(0, 1)
        inside.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        self.setLayout(inside)
        self._timer = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._timer.timeout.connect(self.hide)
        below.installEventFilter(self)
        theme.changed.connect(self._place)
        self.hide()

    def fail(self, message: str) -> None:
        self._show(message, calm=False)

    def solve(self, message: str) -> None:
        """Hide this message, if it is the one that is shown."""
        if self.words.text() == message:
            self.hide()

    def show_notice(self, message: str) -> None:
        """Show good news, unless an error is still to be read."""
        if self.isHidden() or self.property("calm"):
            self._show(message, calm=True)
            self._timer.start()

    def propose(self, message: str, words: str, taken: Callable[[], None]) -> None:
        """Show good news with a way back, which stays until it is taken or the banner closed."""
        self._show(message, calm=True)
        self.offer(words, taken)

    def offer(self, words: str, taken: Callable[[], None]) -> None:
        """A button with `words` beside the message that is shown now."""
        self.action.set_words(words, "", "")
        self._taken = taken
        self.action.show()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _act(self) -> None:
        self.hide()
        self._taken()

    def _show(self, message: str, calm: bool) -> None:
        self._timer.stop()
        self.words.setText(message)
        self.action.hide()
        restyle(self, calm=calm)
        self.show()
        self._place()
        self.raise_()

    def _place(self) -> None:
        """As wide as its words, and as high as they are at that width."""
        below, inside = self.parentWidget(), self.layout()
        assert below is not None
        assert inside is not None
        inside.invalidate()
        most = min(theme.scaled(_WIDTH), below.width() - 2 * _LEFT)
        self.setGeometry(_LEFT, GRID, most, max(inside.totalHeightForWidth(most), 5 * GRID))
