"""The names of a class, one per line, for "next pupil"."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from motionloop.language import tr
from motionloop.studio.preferences import Preferences
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.elements import Button, column, row, text
from motionloop.studio.widgets.help_panel import add_help

_SIZE = (360, 480)


class ClassListDialog(QDialog):
    """Names to type or paste; the first one is the next pupil."""

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.setWindowTitle(tr("Class list"))
        self.setObjectName("page")
        add_help(self)
        self.resize(*_SIZE)
        self.names = QPlainTextEdit("\n".join(preferences.class_list))
        self.names.setTabChangesFocus(True)
        self.names.setPlaceholderText(tr("One name per line"))
        self.keep_button = Button(tr("Keep"), self._keep, "check", "primary", "Ctrl+Return")
        cancel = Button(tr("Cancel"), self.reject)
        for button in (self.keep_button, cancel):
            button.setAutoDefault(False)
        inside = column(
            text(
                tr(
                    "One name per line. Next pupil goes through them from the first one on; "
                    "pseudonyms do as well."
                ),
                muted=True,
                wrap=True,
            ),
            self.names,
            row(None, cancel, self.keep_button),
            gap=2 * GRID,
        )
        inside.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        self.setLayout(inside)

    def _keep(self) -> None:
        lines = (line.strip() for line in self.names.toPlainText().splitlines())
        self._preferences.set_class_list([line for line in lines if line])
        self.accept()
