"""The list of recordings with what can be done to them: find, edit, exclude, delete, restore."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from motionloop.errors import ChangedElsewhereError, MotionLoopError
from motionloop.language import joined, tr
from motionloop.recordings.managing import About, describe, in_bin, put_in_bin, take_from_bin
from motionloop.studio.labelling.edit_dialog import EditDialog
from motionloop.studio.labelling.recording_list import Entry, entry_of
from motionloop.studio.labelling.recording_table import RecordingTable
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID, theme
from motionloop.studio.widgets.elements import Button, column, row, show_in_folder, text
from motionloop.studio.widgets.question import Question

T = TypeVar("T")
_FIND_WIDTH = 240


class RecordingsPanel(QWidget):
    """`table` is the list. `save_edits` is called before anything is changed; it returns False
    while edits cannot be saved."""

    def __init__(self, session: Session, save_edits: Callable[[], bool]) -> None:
        super().__init__()
        self._session, self._save_edits = session, save_edits
        self._entries: Sequence[Entry] = ()
        self._turn = asyncio.Lock()
        self._way_back: Callable[[], None] | None = None  # from the last change
        self._said = ""  # of that change, in the banner
        self.dialog: EditDialog | None = None
        self.question: Question | None = None
        self.table = RecordingTable()
        self.search = QLineEdit(clearButtonEnabled=True)
        self.search.setPlaceholderText(tr("Find: words of any column"))
        self.search.setMaximumWidth(theme.scaled(_FIND_WIDTH))
        self.search.setAccessibleName(tr("Find recordings"))
        self.count = text(muted=True)
        self.edit_button = Button(
            tr("Edit"), self._edit, "pencil-outline", "quiet", "Ctrl+Shift+E",
            tip=tr("Wearer, placement, name and notes of the selected recordings"),
        )  # fmt: skip
        self.exclude_button = Button(
            tr("Exclude"), self._exclude, "school-outline", "quiet",
            tip=tr("Leave the selected recordings out of trainings, or take them in again"),
        )  # fmt: skip
        self.delete_button = Button(
            tr("Delete"), self.delete, "delete-outline", "quiet",
            tip=tr("Move the selected recordings into the bin (Del in the list)"),
        )  # fmt: skip
        self.folder_button = Button(
            "", self._show_folder, "folder-open-outline", "quiet", tip=tr("Show in folder")
        )
        self.bin_button = Button(tr("Bin"), self._open_bin, "delete-restore", "quiet")
        tools = row(
            self.search, self.count, None, self.edit_button, self.exclude_button,
            self.delete_button, self.folder_button, self.bin_button, gap=GRID // 2,
        )  # fmt: skip
        inside = column(tools, self.table, gap=GRID)
        inside.setStretch(1, 1)
        self.setLayout(inside)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_menu)
        self.table.selected.connect(self._selected)
        self.table.deleted.connect(self.delete)
        self.search.textChanged.connect(self._found)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Fill the list anew."""
        self._entries = entries
        self.table.show_entries(entries)
        self._found(self.search.text())
        binned = in_bin(self._session.recordings_folder)
        self.bin_button.setVisible(bool(binned))
        self.bin_button.set_words(tr("Bin ({count})", count=len(binned)), "delete-restore", "quiet")

    # --- finding ------------------------------------------------------------------------------
    def _found(self, words: str) -> None:
        left, total = self.table.show_only(words), len(self._entries)
        counted = tr("%n recording(s)", "", total) if total > 1 else ""
        self.count.setText(tr("{left} of {total}", left=left, total=total) if words else counted)
        self._selected()

    def _selected(self) -> None:
        selection = self.table.selection
        no_selection = tr("No recording is selected: click on one first.")
        for button in (self.edit_button, self.exclude_button, self.delete_button):
            button.enable("" if selection else no_selection)
        all_out = bool(selection) and all(entry.excluded for entry in selection)
        self.exclude_button.set_words(
            tr("Include") if all_out else tr("Exclude"), "school-outline", "quiet"
        )

    # --- actions ------------------------------------------------------------------------------
    def _edit(self) -> None:
        selection = self.table.selection
        if not selection or not self._save_edits():
            return
        wearers = [*self._session.wearers(), self._session.preferences.wearer]
        placements = [entry.placement for entry in self._entries]
        self.dialog = EditDialog(selection, wearers, placements, self)
        dialog = self.dialog
        dialog.accepted.connect(lambda: self._describe(selection, dialog.about))
        dialog.open()

    def _exclude(self) -> None:
        selection = self.table.selection
        if selection and self._save_edits():
            out = not all(entry.excluded for entry in selection)
            self._describe(selection, About(excluded=out))

    def _describe(self, entries: Sequence[Entry], about: About) -> None:
        """Change what is said of recordings; ask where another program has done so meanwhile."""
        before: list[tuple[Path, About, About]] = []
        changed: list[tuple[Path, ChangedElsewhereError]] = []

        def change(entry: Entry) -> None:
            said = _said_of(entry)
            try:
                describe(entry.path, about, said)
            except ChangedElsewhereError as error:
                changed.append((entry.path, error))
                return
            if new := about.changes():
                old = {field: getattr(said, field) for field in new}
                before.append((entry.path, About(**old), replace(said, **new)))

        def act() -> None:
            try:
                _each(entries, change)
            finally:
                if before:
                    self._session.post(lambda: self._offer(before))
                if changed:
                    self._session.post(lambda: self._ask(changed, about))

        self._start(act)

    def _offer(self, before: Sequence[tuple[Path, About, About]]) -> None:
        """Offer to say again what was said before, with what is said now."""

        def undo() -> None:
            self._start(lambda: _each(before, lambda one: describe(*one)))

        self._offer_undo(_edited(len(before)), undo)

    def _offer_undo(self, words: str, undo: Callable[[], None]) -> None:
        self._said, self._way_back = words, undo
        self._session.offered.emit(words, tr("Undo"), self.undo)

    def undo(self) -> None:
        """Take back the last change of the list, once; the banner need not offer it any more."""
        way_back, self._way_back = self._way_back, None
        if way_back is not None:
            self._session.solved.emit(self._said)
            way_back()

    def _ask(self, changed: Sequence[tuple[Path, ChangedElsewhereError]], about: About) -> None:
        def overwrite() -> None:
            self._describe([entry_of(path) for path, _ in changed], about)

        words = "\n".join(str(error) for _, error in changed)
        yes, no = tr("Change it all the same"), tr("Leave it")
        self.question = Question(self, words, yes, no, overwrite)

    def delete(self) -> None:
        """Move the selected recordings into the bin; the banner offers the way back."""
        paths = [entry.path for entry in self.table.selection]
        if not paths or not self._save_edits():
            return

        def act() -> None:
            binned: list[Path] = []
            try:
                _each(paths, lambda path: binned.append(put_in_bin(path)))
            finally:
                if binned:
                    undo = partial(self._restore, binned)
                    self._session.post(lambda: self._offer_undo(_moved(len(binned)), undo))

        self._start(act)

    def _restore(self, binned: Sequence[Path]) -> None:
        self._start(lambda: _each(binned, take_from_bin))

    def _start(self, act: Callable[[], None]) -> None:
        """Wait for the disk in a thread, and for what was asked before; the list follows."""

        async def act_in_turn() -> None:
            async with self._turn:
                await asyncio.to_thread(act)

        if self.isVisible():
            self.table.setFocus()  # where Ctrl+Z takes it back
        session = self._session
        session.start("manage recordings", act_in_turn(), session.recordings_changed.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):  # not the page's, which is of segments
            self.undo()
        else:
            super().keyPressEvent(event)

    # --- places -------------------------------------------------------------------------------
    def _show_folder(self) -> None:
        selection = self.table.selection
        folder = selection[0].path if selection else self._session.recordings_folder
        show_in_folder(folder)

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        for button in (self.edit_button, self.exclude_button, self.delete_button):
            action = menu.addAction(button.icon(), button.text(), button.click)
            action.setEnabled(button.isEnabled())
        menu.addAction(self.folder_button.icon(), tr("Show in folder"), self._show_folder)
        menu.popup(self.table.viewport().mapToGlobal(place))

    def bin_menu(self) -> QMenu:
        """What lies in the bin; a click brings it back."""
        menu = QMenu(self)
        binned = in_bin(self._session.recordings_folder)
        for path in binned:
            menu.addAction(tr("Restore {name}", name=path.name), partial(self._restore, [path]))
        if len(binned) > 1:
            menu.addSeparator()
            menu.addAction(tr("Restore all"), lambda: self._restore(binned))
        return menu

    def _open_bin(self) -> None:
        below = self.bin_button.rect().bottomLeft()
        self.bin_menu().popup(self.bin_button.mapToGlobal(below))


def _said_of(entry: Entry) -> About:
    """What the list shows, which is what a change was decided on."""
    return About(entry.name, entry.wearer, entry.placement, entry.notes, entry.excluded)


def _each(ones: Sequence[T], act: Callable[[T], object]) -> None:
    """Do it to every one; the errors of those that failed in one."""
    failed: list[str] = []
    for one in ones:
        try:
            act(one)
        except MotionLoopError as error:
            failed.append(str(error))
    if failed:
        raise MotionLoopError(joined(failed, "\n"))


def _moved(count: int) -> str:
    if count == 1:
        return tr("One recording was moved into the bin.")
    return tr("{count} recordings were moved into the bin.", count=count)


def _edited(count: int) -> str:
    if count == 1:
        return tr("One recording was changed.")
    return tr("{count} recordings were changed.", count=count)
