"""What to export, as what, and where to: the dialog behind the Data page's Export button."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QGridLayout, QWidget

from motionloop.language import tr
from motionloop.recordings.exporting import Exported, Format, export
from motionloop.recordings.recording import open_all
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID, theme
from motionloop.studio.widgets.elements import Button, CheckBox, Choice, OneLine, column, row, text
from motionloop.studio.widgets.help_panel import add_help

_WIDTH = 560
_COLUMNS = 3  # of check boxes


class ExportDialog(QDialog):
    """Exports the recordings of the session. `exported` after it has ended well."""

    def __init__(
        self, session: Session, labels: Sequence[str], people: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.exported: Exported | None = None
        self.setWindowTitle(tr("Export"))
        self.setObjectName("page")
        add_help(self)
        self.setMinimumWidth(theme.scaled(_WIDTH))
        self.format = Choice()
        for kind in Format:
            self.format.addItem(_format_words(kind), kind)
        self.format.setAccessibleName(tr("Format"))
        self.format.currentIndexChanged.connect(self._kind_chosen)
        self.labels = {label: _box(label) for label in sorted(labels)}
        self.people = {person: _box(person or tr("no name")) for person in sorted(people)}
        self.place = OneLine()
        place_button = Button(tr("Choose"), self._choose_place, "folder-outline")
        self.overwrite = CheckBox(tr("Replace files that are there"))
        self.export_button = Button(tr("Export"), self._export, "export", "primary", "Ctrl+Return")
        cancel = Button(tr("Cancel"), self.reject)
        for button in (place_button, cancel, self.export_button):
            button.setAutoDefault(False)
        self._to: Path | None = None  # as chosen by the user
        where = row(self.place, place_button)
        where.setStretch(0, 1)
        self._unlabelled = text(
            tr("All labels: unlabelled motion goes along."), muted=True, wrap=True
        )
        self.fault = text(wrap=True)
        inside = column(
            column(text(tr("Format"), "heading"), self.format),
            column(
                text(tr("Labels"), "heading"), _grid(list(self.labels.values())), self._unlabelled
            ),
            column(text(tr("People"), "heading"), _grid(list(self.people.values()))),
            column(text(tr("Place"), "heading"), where, self.overwrite),
            self.fault,
            row(None, cancel, self.export_button),
            gap=2 * GRID,
        )
        self.fault.hide()
        inside.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        self.setLayout(inside)
        for box in (*self.labels.values(), *self.people.values()):
            box.toggled.connect(self._chosen)
        self._kind_chosen()
        self._chosen()

    @property
    def kind(self) -> Format:
        return Format(self.format.currentData())

    @property
    def to(self) -> Path:
        """Where the export goes: the chosen place, or one beside the recordings."""
        if self._to is not None:
            return self._to
        beside = self._session.recordings_folder.absolute().parent
        return beside / ("exported.zip" if self.kind is Format.ZIP else f"exported-{self.kind}")

    def choose_place(self, to: Path) -> None:
        self._to = to
        self.place.words = str(to)

    def _kind_chosen(self) -> None:
        self._to = None  # a folder is no zip
        self.place.words = str(self.to)

    def _choose_place(self) -> None:
        if self.kind is Format.ZIP:
            chosen, _ = QFileDialog.getSaveFileName(
                self, tr("Export"), str(self.to), tr("Zip (*.zip)"),
                options=QFileDialog.Option.DontConfirmOverwrite,
            )  # fmt: skip
        else:
            chosen = QFileDialog.getExistingDirectory(self, tr("Export"), str(self.to.parent))
        if chosen:
            self.choose_place(Path(chosen))

    def _chosen(self) -> None:
        some = _checked(self.labels) or not self.labels
        is_some = bool(some and _checked(self.people))
        self.export_button.enable("" if is_some else tr("Tick a label and a person first."))
        self._unlabelled.setVisible(len(_checked(self.labels)) == len(self.labels))

    def _export(self) -> None:
        self.export_button.enable(tr("Exporting"))
        self.export_button.setText(tr("Exporting"))
        self.fault.hide()
        self._session.failed.connect(self._failed)
        self._session.start("export", self._write(), self._ended)

    async def _write(self) -> None:
        labels, people = _checked(self.labels), _checked(self.people)
        folder, kind, to = self._session.recordings_folder, self.kind, self.to
        overwrite = self.overwrite.isChecked()

        def writing() -> Exported:
            return export(
                open_all(folder).all_readable(),
                kind,
                to,
                labels=None if len(labels) == len(self.labels) else labels,
                wearers=None if len(people) == len(self.people) else people,
                overwrite=overwrite,
            )

        self.exported = None
        self.exported = await asyncio.to_thread(writing)

    def _failed(self, words: str) -> None:
        """The banner is behind this dialog."""
        self.fault.setText(words)
        self.fault.show()

    def _ended(self) -> None:
        self._session.failed.disconnect(self._failed)
        self.export_button.setText(tr("Export"))
        self._chosen()
        if self.exported is None:
            return
        files = len(self.exported.files)
        said = tr("Exported %n file(s) to {place}.", "", files, place=self.to)
        self._session.notice.emit(" ".join([said, *self.exported.notes]))
        self.accept()


def _format_words(kind: Format) -> str:
    """What a format is for."""
    words = {
        Format.CSV: tr("CSV: tables for any program"),
        Format.PARQUET: tr("Parquet: tables for data science"),
        Format.EDGE_IMPULSE: tr("Edge Impulse: an archive for its uploader"),
        Format.XDF: tr("XDF: for the Lab Streaming Layer"),
        Format.ELAN: tr("ELAN: the labels alone"),
        Format.ZIP: tr("One zip of the recordings as they are"),
    }
    return words[kind]


def _box(words: str) -> QCheckBox:
    made = CheckBox(words)
    made.setChecked(True)
    return made


def _grid(boxes: Sequence[QCheckBox]) -> QGridLayout:
    made = QGridLayout()
    made.setSpacing(GRID)
    for place, box in enumerate(boxes):
        made.addWidget(box, place // _COLUMNS, place % _COLUMNS)
    if not boxes:
        made.addWidget(text(tr("none"), muted=True), 0, 0)
    return made


def _checked(boxes: dict[str, QCheckBox]) -> list[str]:
    return [name for name, box in boxes.items() if box.isChecked()]
