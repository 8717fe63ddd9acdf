"""Fixing who is tested, once: the dialog behind the pin of the page Train."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QWidget

from motionloop.language import tr
from motionloop.model.package import input_spec
from motionloop.recordings.named_split import PERSON, SESSION, splits_folder
from motionloop.recordings.recording import open_all
from motionloop.safe_files import is_file_name
from motionloop.splits import SplitKind, fix_split
from motionloop.studio.labelling.recording_list import Entry
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.elements import (
    Button,
    CheckBox,
    Choice,
    Line,
    clear,
    column,
    row,
    text,
)
from motionloop.windows import collect_windows

_WIDTH, _LIST_HEIGHT = 440, 200


class SplitDialog(QDialog):
    """Writes the split when it is accepted; a split of that name is never changed."""

    def __init__(self, session: Session, entries: Sequence[Entry], parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._entries = [entry for entry in entries if not entry.excluded]
        self.setWindowTitle(tr("Fix the test"))
        self.setObjectName("page")
        self.setMinimumWidth(_WIDTH)
        self.name = Line()
        self.name.setPlaceholderText(tr("Name of the split, such as exam"))
        self.name.setAccessibleName(tr("Name of the split"))
        self.by = Choice()
        self.by.addItem(tr("Whole people"), PERSON)
        self.by.addItem(tr("Whole sessions"), SESSION)
        self.by.setAccessibleName(tr("What is held out"))
        self.by.currentIndexChanged.connect(self._fill)
        self._grid = QGridLayout()
        self._grid.setSpacing(GRID)
        self.boxes: dict[str, CheckBox] = {}
        inner = QWidget()
        inner.setLayout(column(self._grid, None))
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(inner)
        scroll.setMinimumHeight(_LIST_HEIGHT)
        self.fault = text(wrap=True)
        self.fault.hide()
        save = Button(tr("Fix it"), self._fix, "pin-outline", "primary", "Ctrl+Return")
        cancel = Button(tr("Cancel"), self.reject)
        for button in (save, cancel):
            button.setAutoDefault(False)
        inside = column(
            text(
                tr(
                    "Models can be compared only on the same test. Who is ticked is tested from "
                    "now on, and never trained on; the split never changes."
                ),
                muted=True,
                wrap=True,
            ),
            self.name,
            self.by,
            scroll,
            text(
                tr("Tick none, and the program chooses so that each label is on both sides."),
                muted=True,
                wrap=True,
            ),
            self.fault,
            row(None, cancel, save),
            gap=2 * GRID,
        )
        inside.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        self.setLayout(inside)
        self._fill()

    def _fill(self) -> None:
        """The people or the sessions, to tick."""
        clear(self._grid)
        by_person = self.by.currentData() == PERSON
        names = {entry.wearer if by_person else entry.name for entry in self._entries}
        self.boxes = {name: CheckBox(name) for name in sorted(names - {""})}
        for place, box in enumerate(self.boxes.values()):
            self._grid.addWidget(box, place, 0)

    def _fix(self) -> None:
        name = self.name.text().strip()
        if not is_file_name(name):
            self.fault.setText(
                tr("Give the split a name first: words without / and \\, since it becomes a file.")
            )
            self.fault.show()
            return
        held = [one for one, box in self.boxes.items() if box.isChecked()]
        self.accept()
        session = self._session
        work = self._write(name, SplitKind(self.by.currentData()), held or None)
        session.start("fix the test", work, session.recordings_changed.emit)

    async def _write(self, name: str, by: SplitKind, held: list[str] | None) -> None:
        def write() -> str:
            recordings = [
                one
                for one in open_all(self._session.recordings_folder).recordings
                if not one.excluded
            ]
            windows = collect_windows(recordings, input_spec())
            fixed = fix_split(name, recordings, windows, held, by)
            fixed.save(splits_folder(self._session.recordings_folder))
            return tr(
                "{words} Choose it beside Test.",
                words=fixed.words(),
            )

        words = await asyncio.to_thread(write)
        self._session.post(lambda: self._session.notice.emit(words))
