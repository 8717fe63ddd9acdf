"""The list of recordings, the newest first or sorted by a column; several can be selected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from motionloop.language import tr
from motionloop.studio.labelling.recording_list import Entry
from motionloop.studio.labelling.timeline import clock
from motionloop.studio.theme import theme
from motionloop.studio.widgets.elements import tip

_LEAST_WIDTH = 80
_WIDTHS = (140, 132, 88, 96, 80, 208)
_PATH, _ORDER = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_MOVES = {
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home,
    Qt.Key.Key_End,
}  # fmt: skip


class _Cell(QTableWidgetItem):
    """Sorted by its value, not by its words: 10:00 comes after 9:00."""

    def __lt__(self, other: QTableWidgetItem) -> bool:
        return bool(self.data(_ORDER) < other.data(_ORDER))


class RecordingTable(QTableWidget):
    """`chosen` names the recording that was gone to, `selected` follows any selection, `entered`
    Return, and `deleted` the key Del."""

    chosen = Signal(Path)
    selected = Signal()
    entered = Signal()
    deleted = Signal()

    def __init__(self) -> None:
        names = (
            tr("Recorded"), tr("Name"), tr("Wearer"), tr("Placement"), tr("Length"), tr("Labels"),
            tr("Remarks"),
        )  # fmt: skip
        super().__init__(0, len(names))
        self._entries: dict[Path, Entry] = {}
        self._chosen: Path | None = None
        self._filter = ""
        self.setHorizontalHeaderLabels(names)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(tr("Recordings"))
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setSortIndicator(0, Qt.SortOrder.DescendingOrder)
        self._text_size = 0.0
        self._fit()
        theme.changed.connect(self._fit)
        self.setSortingEnabled(True)
        self.itemSelectionChanged.connect(self._selected)

    def _fit(self) -> None:
        """Columns for this size of the text; else they stay as the user has drawn them."""
        if self._text_size != theme.text_size:
            self._text_size = theme.text_size
            self.horizontalHeader().setMinimumSectionSize(theme.scaled(_LEAST_WIDTH))
            for place, width in enumerate(_WIDTHS):
                self.setColumnWidth(place, theme.scaled(width))

    @property
    def selection(self) -> list[Entry]:
        """The selected recordings that can be seen, from top to bottom."""
        lines = sorted({item.row() for item in self.selectedItems()})
        return [self._entry_at(line) for line in lines if not self.isRowHidden(line)]

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Fill the list anew; the chosen recording stays chosen, and so does the selection."""
        kept = {entry.path for entry in self.selection}
        self._entries = {entry.path: entry for entry in entries}
        self.blockSignals(True)
        self.setSortingEnabled(False)
        self.clearSelection()
        self.setRowCount(len(entries))
        for line, entry in enumerate(entries):
            self._fill(line, entry)
        self.setSortingEnabled(True)
        self.blockSignals(False)
        self.show_only(self._filter)
        self.choose(self._chosen, kept)
        self.selected.emit()

    def show_entry(self, entry: Entry) -> None:
        """Fill the line of one recording anew."""
        if entry.path in self._entries:
            self._entries[entry.path] = entry
            self.setSortingEnabled(False)
            self._fill(self._line_of(entry.path), entry)
            self.setSortingEnabled(True)
            self.show_only(self._filter)

    def show_only(self, words: str) -> int:
        """Hide recordings in which a word of `words` does not occur; returns how many are left."""
        self._filter = words
        wanted = words.casefold().split()
        left = 0
        for line in range(self.rowCount()):
            cells = [self.item(line, place) for place in range(self.columnCount())]
            shown = " ".join(cell.text() for cell in cells if cell).casefold()
            hidden = not all(word in shown for word in wanted)
            self.setRowHidden(line, hidden)
            left += not hidden
        return left

    def choose(self, path: Path | None, others: set[Path] | None = None) -> None:
        """Mark the line of `path`, and of `others`, without the signal `chosen`."""
        self._chosen = path
        self.blockSignals(True)
        self.clearSelection()
        if path in self._entries:
            line = self._line_of(path)
            self.selectRow(line)
            self.scrollTo(self.model().index(line, 0))
        if others and len(others) > 1:
            mode = self.selectionMode()
            self.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
            for other in others - {path}:
                if other in self._entries:
                    self.selectRow(self._line_of(other))
            self.setSelectionMode(mode)
        self.blockSignals(False)
        self.selected.emit()

    def _fill(self, line: int, entry: Entry) -> None:
        cells: tuple[tuple[str, str | float], ...] = (
            (entry.recorded, entry.recorded),
            (entry.name, entry.name.casefold()),
            (entry.wearer, entry.wearer.casefold()),
            (entry.placement, entry.placement.casefold()),
            (clock(entry.duration_s), entry.duration_s),
            (", ".join(entry.seconds), ", ".join(entry.seconds).casefold()),
            (entry.remarks, entry.remarks.casefold()),
        )
        tips = {
            1: str(entry.path),
            5: ", ".join(
                tr("{label} {seconds:.0f} s", label=k, seconds=s) for k, s in entry.seconds.items()
            ),
        }
        for place, (words, order) in enumerate(cells):
            item = _Cell(words)
            item.setToolTip(tip(tips.get(place, words)))
            item.setData(_PATH, str(entry.path))
            item.setData(_ORDER, order)
            if entry.excluded:
                item.setForeground(QColor(theme.colours.muted))
            self.setItem(line, place, item)

    def _path_at(self, line: int) -> Path | None:
        item = self.item(line, 0)
        return None if item is None else Path(item.data(_PATH))

    def _entry_at(self, line: int) -> Entry:
        path = self._path_at(line)
        assert path is not None
        return self._entries[path]

    def _line_of(self, path: Path) -> int:
        return next(line for line in range(self.rowCount()) if self._path_at(line) == path)

    def _selected(self) -> None:
        self.selected.emit()
        if len(lines := {item.row() for item in self.selectedItems()}) != 1:
            return
        path = self._path_at(*lines)
        if path is not None and path != self._chosen:
            self._chosen = path
            self.chosen.emit(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        elif event.key() in _MOVES or (
            event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            super().keyPressEvent(event)
        else:
            event.ignore()  # the page's keys work here too
