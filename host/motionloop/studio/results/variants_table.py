"""The variants of a model as a table, with the explanation of the chosen variant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from motionloop.studio.theme import theme

Variant = Mapping[str, Any]
_ROW_HEIGHT = 26
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


def _bytes(value: int) -> str:
    return f"{value:,}"


def _share(value: float) -> str:
    return f"{value:.1%}"


# Field of motionloop.trainer.messages.Variant, heading, what it means, how it is written.
COLUMNS: tuple[tuple[str, str, str, Callable[[Any], str]], ...] = (
    ("name", "Variant", "How it was made of the base; int8 unless it says float32", str),
    ("bytes", "Bytes", "The .tflite without what a board never reads", _bytes),
    ("gzip", "gzip", "The same compressed, which a board does not unpack", _bytes),
    ("accuracy", "Accuracy", "Of the held-out windows", _share),
    ("arena", "Arena", "Bytes of memory that TFLM needs", _bytes),
    ("macs", "kMAC", "Thousand multiply-accumulates per window", lambda macs: f"{macs / 1000:.0f}"),
    ("latency_ms_estimate", "ms, est.", "Estimated from the work, not measured", "{:.0f}".format),
    ("fits", "Fits", "Whether this kind of board takes it", lambda fits: "yes" if fits else "no"),
)
_NOT_THERE = "–"  # noqa: RUF001, a dash as in printed tables


class VariantsModel(QAbstractTableModel):
    """A list of variants, as JSON objects with the keys of COLUMNS; a dash stands for missing."""

    def __init__(self) -> None:
        super().__init__()
        self._variants: Sequence[Variant] = ()

    def set_variants(self, variants: Sequence[Variant]) -> None:
        self.beginResetModel()
        self._variants = list(variants)
        self.endResetModel()

    def are(self, variants: Sequence[Variant]) -> bool:
        return list(self._variants) == list(variants)

    def at(self, place: int) -> Variant:
        return self._variants[place]

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._variants)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        key, _, _, written = COLUMNS[index.column()]
        value = self._variants[index.row()].get(key)
        if role == Qt.ItemDataRole.DisplayRole:
            return _NOT_THERE if value is None else written(value)
        if role == Qt.ItemDataRole.ToolTipRole and key == "name":
            return value
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section][1]
        if role == Qt.ItemDataRole.ToolTipRole:
            return COLUMNS[section][2]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


class VariantsTable(QTableView):
    """The table; `chosen` when another row is chosen, or none."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.variants = VariantsModel()
        self.setModel(self.variants)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self._fit_rows()
        theme.changed.connect(self._fit_rows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self.selectionModel().selectionChanged.connect(self.chosen)

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.scaled(_ROW_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_names()

    def _fit_names(self) -> None:
        """The names can always be read, and take what the other columns leave."""
        header = self.horizontalHeader()
        others = sum(header.sectionSize(place) for place in range(1, header.count()))
        name = max(self.sizeHintForColumn(0), header.sectionSizeHint(0))
        header.resizeSection(0, max(name, self.viewport().width() - others))

    @property
    def variant(self) -> Variant | None:
        """The chosen variant."""
        rows = self.selectionModel().selectedRows()
        return self.variants.at(rows[0].row()) if rows else None

    def show_variants(self, variants: Sequence[Variant]) -> None:
        """Show these variants; the chosen row stays chosen, at first the first row."""
        if self.variants.are(variants):
            return
        rows = self.selectionModel().selectedRows()
        chosen = rows[0].row() if rows else 0
        self.variants.set_variants(variants)
        self._fit_names()
        if chosen < len(variants):
            self.selectRow(chosen)
