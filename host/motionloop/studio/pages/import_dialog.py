"""What files hold, and corrections to it, before it becomes recordings: the dialog for import."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from motionloop.language import tr
from motionloop.recordings.import_preview import (
    Preview,
    notes_of,
    preview,
)
from motionloop.recordings.importing import Imported, write_imported
from motionloop.recordings.read_options import ReadOptions
from motionloop.recordings.recording import Recording
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.elements import Button, CheckBox, Choice, column, row, text
from motionloop.studio.widgets.help_panel import add_help

_WIDTH = 640
_LEAST_HEIGHT = 72
_SHOWN = 12  # recordings; the others are counted
_ACCEL_UNITS = ("g", "m/s2", "mg")
_GYRO_UNITS = ("rad/s", "deg/s", "mdps")


class ImportDialog(QDialog):
    """Imports sources into the session's recordings. `imported` after it has ended well."""

    def __init__(self, session: Session, sources: Sequence[Path], parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._sources = list(sources)
        self._looked: Preview | None = None
        self._busy = False
        self.imported: Imported | None = None
        self.setWindowTitle(tr("Import"))
        self.setObjectName("page")
        add_help(self)
        self.setMinimumWidth(_WIDTH)
        self.found = QPlainTextEdit(readOnly=True)
        self.found.setAccessibleName(tr("What was found"))
        self.found.setMinimumHeight(_LEAST_HEIGHT)
        self.accel_unit = _units(_ACCEL_UNITS)
        self.gyro_unit = _units(_GYRO_UNITS)
        self.rate = QLineEdit(placeholderText=tr("as found"))
        self.label = QLineEdit(placeholderText=tr("as found"))
        self.wearer = QLineEdit(placeholderText=tr("as found"))
        form = QFormLayout()
        for words, field in (
            (tr("Acceleration in"), self.accel_unit),
            (tr("Rotation in"), self.gyro_unit),
            (tr("Samples per second"), self.rate),
            (tr("Label", "of recordings"), self.label),
            (tr("Wearer"), self.wearer),
        ):
            field.setAccessibleName(words)
            form.addRow(words, field)
        self.despite = CheckBox(tr("Import what is refused, too"))
        self.fault = text(wrap=True)
        self.import_button = Button(tr("Import"), self._import, "import", "primary", "Ctrl+Return")
        self.look_button = Button(tr("Look again"), self.look, "refresh", key="F5")
        cancel = Button(tr("Cancel"), self.reject)
        for button in (cancel, self.look_button, self.import_button):
            button.setAutoDefault(False)
        inside = column(
            text(tr("Found"), "heading"),
            self.found,
            text(tr("Corrections"), "heading"),
            form,
            self.fault,
            self.despite,
            row(None, cancel, self.look_button, self.import_button),
            gap=2 * GRID,
        )
        inside.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        self.setLayout(inside)
        self.fault.hide()
        self.despite.hide()
        for choice in (self.accel_unit, self.gyro_unit):
            choice.currentIndexChanged.connect(self.look)
        for field in (self.rate, self.label, self.wearer):
            field.editingFinished.connect(self.look)
        self.despite.toggled.connect(self._allow)
        self.look()

    def event(self, event: QEvent) -> bool:
        """Grow where words were added: a layout does not ask a window for the room of words that
        wrap."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and (layout := self.layout()) is not None:
            least = layout.totalMinimumHeightForWidth(self.width())
            if least > self.height():
                self.resize(self.width(), least)
        return done

    @property
    def options(self) -> ReadOptions:
        """The corrections as they stand; a rate that is no number does not count."""
        try:
            rate_hz = float(self.rate.text().replace(",", ".")) or None
        except ValueError:
            rate_hz = None
        return ReadOptions(
            accel_unit=self.accel_unit.currentData(),
            gyro_unit=self.gyro_unit.currentData(),
            rate_hz=rate_hz if rate_hz is None or 0 < rate_hz <= 1e5 else None,
            label=self.label.text().strip(),
            wearer=self.wearer.text().strip(),
        )

    def look(self) -> None:
        """Read the sources in the background."""
        if self._busy:
            return
        self._busy = True
        self.import_button.enable(tr("Looking at the files"))
        self.found.setPlainText(tr("Looking at the files"))
        self._session.start("look at files", self._look(self.options), self._seen)

    async def _look(self, options: ReadOptions) -> None:
        self._looked = None
        self._looked = await asyncio.to_thread(preview, self._sources, options)
        self._looked_with = options

    def _seen(self) -> None:
        self._busy = False
        if self._looked is None:
            self.fault.setText(tr("The files could not be looked at."))
            self.fault.show()
            self._allow()
            return
        if self._looked_with != self.options:  # corrected meanwhile
            self.look()
            return
        self.found.setPlainText("\n".join(_words(self._looked)))
        said = [*map(str, self._looked.faults), *map(str, self._looked.findings)]
        self.fault.setText("\n".join(said))
        self.fault.setVisible(bool(said))
        self.despite.setVisible(bool(self._looked.stopping))
        self._allow()

    def _allow(self) -> None:
        looked = self._looked
        is_some = bool(looked and self._chosen(looked))
        self.import_button.enable("" if is_some else tr("Nothing was found that can be imported."))

    def _chosen(self, looked: Preview) -> list[Recording]:
        return looked.recordings if self.despite.isChecked() else looked.accepted

    def _import(self) -> None:
        if self._looked is None:
            return
        self.import_button.enable(tr("Importing"))
        self._session.failed.connect(self.fault.setText)
        self._session.start("import", self._write(self._chosen(self._looked)), self._ended)

    async def _write(self, recordings: Sequence[Recording]) -> None:
        folder = self._session.recordings_folder
        self.imported = await asyncio.to_thread(write_imported, recordings, folder)

    def _ended(self) -> None:
        self._session.failed.disconnect(self.fault.setText)
        self._allow()
        if self.imported is None:
            self.fault.show()
            return
        new, there = len(self.imported.folders), len(self.imported.there)
        said = [tr("Imported %n recording(s).", "", new)]
        if there:
            said.append(tr("{count} were there already.", count=there))
        self._session.notice.emit(" ".join(said))
        self._session.recordings_changed.emit()
        self.accept()


def _units(names: Sequence[str]) -> Choice:
    made = Choice()
    made.addItem(tr("as found"), None)
    for name in names:
        made.addItem(name, name)
    return made


def _words(looked: Preview) -> list[str]:
    lines = []
    for contents, recordings in looked.found:
        lines.append(f"{contents.source.name}: {contents.format_name}")
        for recording in recordings[:_SHOWN]:
            lines.append(f"  {_facts(recording)}")
        if len(recordings) > _SHOWN:
            more = tr("and {count} more", count=len(recordings) - _SHOWN)
            lines.append(f"  {more}")
        lines += [f"  {note}" for note in notes_of(recordings)]
        for path, why in contents.left_out:
            left_out = tr("left out: {file}: {reason}", file=path.name, reason=why)
            lines.append(f"  {left_out}")
    return lines or [tr("Nothing that can be read.")]


def _facts(recording: Recording) -> str:
    labels = [
        tr("{label} {seconds:.1f} s", label=label, seconds=seconds)
        for label, seconds in recording.seconds_per_label.items()
    ]
    return tr(
        "{name}: {seconds:.1f} s, {rate:.5g} Hz, {labels}, {wearer}, {lost} lost, {clipped} "
        "clipped",
        name=recording.name,
        seconds=recording.quality.duration_s,
        rate=recording.rate_hz,
        labels=", ".join(labels) or tr("no label"),
        wearer=recording.wearer or tr("no wearer"),
        lost=recording.quality.lost,
        clipped=recording.quality.saturated,
    )
