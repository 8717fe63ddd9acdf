"""The variants of a model as a table, with the explanation of the chosen variant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from motionloop.language import from_json, tr
from motionloop.studio.theme import theme
from motionloop.typed_values import OTHER_SHAPE

Variant = Mapping[str, Any]
_ROW_HEIGHT = 26
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


def _bytes(value: int) -> str:
    return tr("{bytes:,}", bytes=value)


def _share(value: float) -> str:
    return tr("{share:.1%}", share=value)


def columns() -> tuple[tuple[str, str, str, Callable[[Any], str]], ...]:
    """Field of motionloop.trainer.messages.Variant, heading, what it means, how it is written."""
    return (
        (
            "name", tr("Variant"),
            tr("How it was made of the base; int8 unless it says float32"), str,
        ),
        ("bytes", tr("Bytes"), tr("The .tflite without what a board never reads"), _bytes),
        ("gzip", "gzip", tr("The same compressed, which a board does not unpack"), _bytes),
        ("accuracy", tr("Accuracy"), tr("Of the held-out windows"), _share),
        ("arena", tr("Arena"), tr("Bytes of memory that TFLM needs"), _bytes),
        (
            "macs", "kMAC", tr("Thousand multiply-accumulates per window"),
            lambda macs: f"{macs / 1000:.0f}",
        ),
        (
            "latency_ms_estimate", tr("ms, est."), tr("Estimated from the work, not measured"),
            "{:.0f}".format,
        ),
        (
            "fits", tr("Fits"), tr("Whether this kind of board takes it"),
            lambda fits: tr("yes") if fits else tr("no"),
        ),
    )  # fmt: skip


_NOT_THERE = "–"  # noqa: RUF001, a dash as in printed tables


def words_of(variant: Variant, key: str) -> str:
    """Name or explanation of a variant in the user's language, as far as the file has it so."""
    try:
        return from_json(variant["words"][key])
    except OTHER_SHAPE:  # the file of an older version, or of another program
        return str(variant.get(key, ""))


class VariantsModel(QAbstractTableModel):
    """A list of variants, as JSON objects with the keys of `columns`; a dash stands for missing."""

    def __init__(self) -> None:
        super().__init__()
        self._variants: Sequence[Variant] = ()
        self._columns = columns()

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
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        key, _, _, written = self._columns[index.column()]
        variant = self._variants[index.row()]
        value = (words_of(variant, key) or None) if key == "name" else variant.get(key)
        if role == Qt.ItemDataRole.DisplayRole:
            try:
                return _NOT_THERE if value is None else written(value)
            except OTHER_SHAPE:  # the file of another program
                return _NOT_THERE
        if role == Qt.ItemDataRole.ToolTipRole and key == "name":
            return str(value)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section][1]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._columns[section][2]
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
        self.setAccessibleName(tr("Variants"))
        self.setTabKeyNavigation(False)  # Tab leads on, not from cell to cell for ever
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
