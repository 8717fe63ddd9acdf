"""A question before something that cannot be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from motionloop.studio.widgets.help_panel import add_help


class Question(QMessageBox):
    """Asks in `words`; `act` is called after the button `yes` only. Return and Esc mean no."""

    def __init__(
        self, parent: QWidget, words: str, yes: str, no: str, act: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(yes)
        add_help(self)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(words)
        self.yes_button = self.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
        self.no_button = self.addButton(no, QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(self.no_button)
        self.setEscapeButton(self.no_button)
        self.yes_button.clicked.connect(lambda _checked=False: act())
        self.open()
