"""The variants of a model as a table: one row each, with the reason for every surprise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

Variant = Mapping[str, Any]
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


def _bytes(value: Any) -> str:
    return "not measured" if value is None else f"{value:,}"


def _share(value: Any) -> str:
    return "not measured" if value is None else f"{value:.1%}"


def _fits(value: Any) -> str:
    return "not checked" if value is None else "yes" if value else "no"


# Key in a variant's JSON object, heading, how it is written.
COLUMNS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("name", "Variant", str),
    ("bytes", "Bytes", _bytes),
    ("gzip", "gzip", _bytes),
    ("accuracy", "Accuracy", _share),
    ("arena", "Arena", _bytes),
    ("macs", "MACs", _bytes),
    ("fits", "Fits", _fits),
    ("why", "Why", lambda value: value or ""),
)


class VariantsModel(QAbstractTableModel):
    """A list of variants, as JSON objects with the keys of COLUMNS; missing ones are said so."""

    def __init__(self) -> None:
        super().__init__()
        self._variants: Sequence[Variant] = ()

    def set_variants(self, variants: Sequence[Variant]) -> None:
        self.beginResetModel()
        self._variants = list(variants)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._variants)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        key, _, written = COLUMNS[index.column()]
        value = self._variants[index.row()].get(key)
        if role == Qt.ItemDataRole.DisplayRole:
            return written(value)
        if role == Qt.ItemDataRole.ToolTipRole and key == "why":
            return value
        if role == Qt.ItemDataRole.TextAlignmentRole and key not in ("name", "fits", "why"):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section][1]
        return None


class VariantsTable(QTableView):
    """The table, with the sentences wrapped."""

    def __init__(self) -> None:
        super().__init__()
        self.variants = VariantsModel()
        self.setModel(self.variants)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.setWordWrap(True)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(len(COLUMNS) - 1, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)

    def show_variants(self, variants: Sequence[Variant]) -> None:
        self.variants.set_variants(variants)
        self.resizeRowsToContents()
