"""What is said about one or several recordings: the dialog behind the button Edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPlainTextEdit, QWidget

from motionloop.language import tr
from motionloop.recordings.managing import About
from motionloop.studio.labelling.recording_list import Entry
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.elements import Button, CheckBox, Choice, column, row, text
from motionloop.studio.widgets.help_panel import add_help

_WIDTH = 480
_NOTES_HEIGHT = 96


class EditDialog(QDialog):
    """Asks what is new; `accepted` with `about`, in which the untouched is None."""

    def __init__(
        self,
        entries: Sequence[Entry],
        wearers: Iterable[str],
        placements: Iterable[str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._entries = entries
        one = len(entries) == 1
        what = entries[0].name if one else tr("%n recording(s)", "", len(entries))
        self.setWindowTitle(tr("Edit {name}", name=what))
        self.setObjectName("page")
        add_help(self)
        self.setMinimumWidth(_WIDTH)
        self.name = QLineEdit(entries[0].name)
        self.wearer = _choice(tr("Wearer"), wearers)
        self.placement = _choice(tr("Placement"), placements)
        self.notes = QPlainTextEdit(tabChangesFocus=True)
        self.notes.setFixedHeight(_NOTES_HEIGHT)
        self.notes.setAccessibleName(tr("Notes"))
        self.excluded = CheckBox(tr("Leave out of trainings and evaluations"))
        self._fill()
        save = Button(tr("Save"), self.accept, "check", "primary", "Ctrl+Return")
        cancel = Button(tr("Cancel"), self.reject)
        for button in (save, cancel):
            button.setAutoDefault(False)
        name = column(text(tr("Name"), muted=True), self.name)
        inside = column(
            *([name] if one else []),
            row(
                column(text(tr("Wearer"), muted=True), self.wearer),
                column(text(tr("Placement"), muted=True), self.placement),
                gap=2 * GRID,
            ),
            column(text(tr("Notes"), muted=True), self.notes),
            self.excluded,
            row(None, cancel, save),
            gap=2 * GRID,
        )
        inside.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        self.setLayout(inside)

    def _fill(self) -> None:
        """What all of them have; where they differ, a word for that."""
        several = tr("several; left as they are")
        for field, of in ((self.wearer, _wearer), (self.placement, _placement)):
            line = field.lineEdit()
            assert line is not None
            line.setText(self._common(of) or "")
            line.setPlaceholderText(several if self._common(of) is None else "")
        self.notes.setPlainText(self._common(_notes) or "")
        self.notes.setPlaceholderText(several if self._common(_notes) is None else "")
        states = {entry.excluded for entry in self._entries}
        if len(states) > 1:
            self.excluded.setTristate(True)
            self.excluded.setCheckState(Qt.CheckState.PartiallyChecked)
        else:
            self.excluded.setChecked(states.pop())

    def _common(self, of: Callable[[Entry], str]) -> str | None:
        values = {of(entry) for entry in self._entries}
        return values.pop() if len(values) == 1 else None

    @property
    def about(self) -> About:
        """What is new of all of them."""
        state = self.excluded.checkState()
        excluded = None if state is Qt.CheckState.PartiallyChecked else self.excluded.isChecked()
        same = {entry.excluded for entry in self._entries} == {excluded}
        name = self.name.text().strip()
        return About(
            None if len(self._entries) > 1 or name == self._entries[0].name else name,
            self._changed(_wearer, self.wearer.currentText()),
            self._changed(_placement, self.placement.currentText()),
            self._changed(_notes, self.notes.toPlainText()),
            None if same else excluded,
        )

    def _changed(self, of: Callable[[Entry], str], words: str) -> str | None:
        return None if words.strip() == (self._common(of) or "") else words


def _choice(name: str, values: Iterable[str]) -> QComboBox:
    """A field to type in, with what is known already below it."""
    made = Choice()
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    made.addItems(sorted(value for value in set(values) if value))
    made.setAccessibleName(name)
    return made


def _wearer(entry: Entry) -> str:
    return entry.wearer


def _placement(entry: Entry) -> str:
    return entry.placement


def _notes(entry: Entry) -> str:
    return entry.notes
