"""Another name for a label in all recordings: the dialog behind the pencils of the page Data."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from motionloop.errors import MotionLoopError
from motionloop.language import tr
from motionloop.recordings.recording import open_all
from motionloop.recordings.relabel import rename_everywhere
from motionloop.recordings.segments import check_label
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.elements import Button, Choice, column, row, text
from motionloop.studio.widgets.help_panel import add_help

_WIDTH = 400


class RenameDialog(QDialog):
    """Renames when it is accepted; the labels before stay as each recording's backup."""

    def __init__(
        self, session: Session, label: str, others: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._label = session, label
        self.setWindowTitle(tr("Rename {label}", label=label))
        self.setObjectName("page")
        add_help(self)
        self.setMinimumWidth(_WIDTH)
        self.name = Choice()
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.addItems(sorted(others))
        self.name.setCurrentText(label)
        self.name.setAccessibleName(tr("New name"))
        self.fault = text(wrap=True)
        self.fault.hide()
        save = Button(tr("Rename"), self._rename, "check", "primary", "Ctrl+Return")
        cancel = Button(tr("Cancel"), self.reject)
        for button in (save, cancel):
            button.setAutoDefault(False)
        inside = column(
            text(tr("{label} becomes, in all recordings:", label=label), muted=True, wrap=True),
            self.name,
            text(tr("A name that is there already joins the two labels."), muted=True, wrap=True),
            self.fault,
            row(None, cancel, save),
            gap=2 * GRID,
        )
        inside.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        self.setLayout(inside)

    def _rename(self) -> None:
        name = self.name.currentText().strip()
        try:
            check_label(name)
        except ValueError as error:
            self.fault.setText(tr("That name cannot be used: {reason}.", reason=error))
            self.fault.show()
            return
        self.accept()
        if name != self._label:
            session = self._session
            session.start("rename", self._write(name), session.recordings_changed.emit)

    async def _write(self, name: str) -> None:
        def write() -> str:
            recordings = open_all(self._session.recordings_folder).recordings
            done = rename_everywhere(recordings, {self._label: name})
            if failed := [str(one.error) for one in done if one.error is not None]:
                raise MotionLoopError("\n".join(failed))
            if len(done) == 1:
                return tr("{old} is {new} now, in one recording.", old=self._label, new=name)
            return tr("{old} is {new} now, in %n recording(s).", "", len(done),
                      old=self._label, new=name)  # fmt: skip

        words = await asyncio.to_thread(write)
        self._session.post(lambda: self._session.notice.emit(words))
