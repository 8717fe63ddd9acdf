"""The list of recordings, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from motionloop.studio.labelling.recording_list import Entry
from motionloop.studio.labelling.timeline import clock

_COLUMNS = ("Recorded", "Wearer", "Placement", "Length", "Labels", "Problems")
_WIDTHS = (152, 104, 112, 80, 296)
_PATH = Qt.ItemDataRole.UserRole


class RecordingTable(QTableWidget):
    """`chosen` names the recording that was gone to; `entered` follows Return."""

    chosen = Signal(Path)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__(0, len(_COLUMNS))
        self._chosen: Path | None = None
        self.setHorizontalHeaderLabels(_COLUMNS)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Recordings")
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for place, width in enumerate(_WIDTHS):
            self.setColumnWidth(place, width)
        self.itemSelectionChanged.connect(self._selected)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Fill the list anew; the chosen recording stays chosen."""
        self.blockSignals(True)
        self.clearSelection()
        self.setRowCount(len(entries))
        for line, entry in enumerate(entries):
            self._fill(line, entry)
        self.blockSignals(False)
        self.choose(self._chosen)

    def show_entry(self, entry: Entry) -> None:
        """Fill the line of one recording anew."""
        for line in range(self.rowCount()):
            if self._path_at(line) == entry.path:
                self._fill(line, entry)

    def choose(self, path: Path | None) -> None:
        """Mark the line of `path` without the signal `chosen`."""
        self._chosen = path
        lines = [line for line in range(self.rowCount()) if self._path_at(line) == path]
        self.blockSignals(True)
        if lines:
            self.selectRow(lines[0])
        else:
            self.clearSelection()
        self.blockSignals(False)

    def _fill(self, line: int, entry: Entry) -> None:
        words = (
            entry.recorded or entry.path.name,
            entry.wearer,
            entry.placement,
            clock(entry.duration_s),
            ", ".join(entry.labels),
            "; ".join(entry.problems),
        )
        for place, shown in enumerate(words):
            item = QTableWidgetItem(shown)
            item.setToolTip(entry.path.name if place == 0 else shown)
            item.setData(_PATH, str(entry.path))
            self.setItem(line, place, item)

    def _path_at(self, line: int) -> Path | None:
        item = self.item(line, 0)
        return None if item is None else Path(item.data(_PATH))

    def _selected(self) -> None:
        lines = [item.row() for item in self.selectedItems()]
        path = self._path_at(lines[0]) if lines else None
        if path is not None and path != self._chosen:
            self._chosen = path
            self.chosen.emit(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
                             Qt.Key.Key_Home, Qt.Key.Key_End):  # fmt: skip
            super().keyPressEvent(event)
        else:
            event.ignore()  # the page's keys work here too
