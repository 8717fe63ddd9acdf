"""Another name for a label in all recordings: the dialog behind the pencils of the page Data."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from motionloop.errors import MotionLoopError
from motionloop.language import joined, tr
from motionloop.recordings.plan import new_label
from motionloop.recordings.recording import open_all
from motionloop.recordings.relabel import (
    Relabelled,
    refuse_going_on,
    rename_everywhere,
    renamed,
    take_back,
)
from motionloop.recordings.segments import Segment
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.elements import Button, Choice, column, row, text
from motionloop.studio.widgets.help_panel import add_help

_WIDTH = 400


class RenameDialog(QDialog):
    """Renames when it is accepted; the banner offers the way back."""

    def __init__(
        self, session: Session, label: str, others: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._label, self._others = session, label, others
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
        name = self.name.currentText()
        try:
            if name not in self._others:  # a name that is there may be an older program's
                name = new_label(name)
        except ValueError as error:
            self.fault.setText(tr("That name cannot be used: {reason}.", reason=error))
            self.fault.show()
            return
        self.accept()
        if name != self._label:
            _Renaming(self._session, self._label, name).start()


class _Renaming:
    """One new name for a label, and the way back from it."""

    def __init__(self, session: Session, old: str, new: str) -> None:
        self._session, self._old, self._new = session, old, new
        self._done: list[Relabelled] = []
        self._segments: dict[Path, tuple[Segment, ...]] = {}  # before
        self._offered: list[str] = []  # the labels offered for recording, before

    def start(self) -> None:
        """Rename, in a thread; then offer the way back."""
        self._run(self._rename, self._renamed)

    def _run(self, act: Callable[[], None], then: Callable[[], None]) -> None:
        session = self._session

        async def work() -> None:
            await asyncio.to_thread(act)
            session.post(then)

        session.start("rename", work(), session.recordings_changed.emit)

    def _rename(self) -> None:
        recordings = open_all(self._session.recordings_folder).recordings
        refuse_going_on(recordings, self._old)
        names = {self._old: self._new}
        self._segments = {r.path: r.segments for r in recordings if r.path is not None}
        # Told before anything is written: the page Label may see a file at once.
        for made in renamed(recordings, names):
            if made.path is not None:
                self._session.relabelled[made.path] = made.segments
        self._done = rename_everywhere(recordings, names)
        if failed := [str(one.error) for one in self._done if one.error is not None]:
            raise MotionLoopError(joined(failed, "\n"))

    def _renamed(self) -> None:
        preferences, done = self._session.preferences, len(self._done)
        self._offered = preferences.labels
        preferences.rename_label(self._old, self._new)
        if done == 1:
            words = tr("{old} is {new} now, in one recording.", old=self._old, new=self._new)
        else:
            words = tr("{old} is {new} now, in %n recording(s).", "", done,
                       old=self._old, new=self._new)  # fmt: skip
        self._session.offered.emit(
            words, tr("Undo"), lambda: self._run(self._take_back, self._taken_back)
        )

    def _take_back(self) -> None:
        self._session.relabelled.update(self._segments)
        if failed := [str(error) for error in take_back(self._done)]:
            raise MotionLoopError(joined(failed, "\n"))

    def _taken_back(self) -> None:
        """Offer the labels of before, unless the user has changed the list since."""
        renamed_list = [self._new if label == self._old else label for label in self._offered]
        if self._session.preferences.labels == list(dict.fromkeys(renamed_list)):
            self._session.preferences.set_labels(self._offered)
