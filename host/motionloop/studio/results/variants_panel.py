"""The variants of one model: measure them, compare them, understand them, push one."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QStackedLayout, QWidget

from motionloop.language import tr
from motionloop.model.folder import stored_variants
from motionloop.studio.results.variants_table import Variant, VariantsTable, words_of
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.elements import Button, EmptyState, card, column, row, text


class VariantsPanel(QWidget):
    """The variants of the model of `show_model`."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._model: Path | None = None
        self.measure_button = Button(
            tr("Measure variants"), self._measure, "scale-balance", "primary",
            tip=tr("Make and test every variant; takes a minute or more, the board goes on"),
        )  # fmt: skip
        self._empty = EmptyState(
            "scale-balance",
            tr("Which form of this model is the best?"),
            tr(
                "Quantized, pruned, clustered and their combinations, all from the same base "
                "with the same training, compared by size, accuracy, memory and work."
            ),
            self.measure_button,
        )
        self.table = VariantsTable()
        self.name = text(kind="heading", wrap=True)
        self.why = text(wrap=True)
        self.push_button = Button(
            tr("Push this one"), self._push, "upload", tip=tr("Put this variant on the board")
        )
        self.again_button = Button(tr("Measure again"), self._measure, "refresh")
        below = card(self.name, self.why, row(self.push_button, None, self.again_button))
        measured = QWidget()
        whole = column(self.table, below, gap=2 * GRID)
        whole.setStretch(0, 1)
        measured.setLayout(whole)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(measured)
        self.table.chosen.connect(self._show_chosen)

    def show_model(self, model: Path | None) -> None:
        """Show the variants of the model in that folder; during a measurement, those so far."""
        jobs = self._session.training
        self._model = model
        fresh = jobs.variants if model is not None and model == jobs.variants_of else []
        found = fresh or (stored_variants(model) if model is not None else [])
        self.table.show_variants(found)
        self._show_chosen()
        self._stack.setCurrentIndex(1 if found else 0)
        no_model = "" if model is not None else tr("There is no model yet: train one first.")
        for button in (self.measure_button, self.again_button):
            button.enable(jobs.why_not or no_model)

    def _show_chosen(self) -> None:
        variant = self.table.variant
        self.name.setText(words_of(variant, "name") if variant else "")
        self.why.setText(words_of(variant, "why") if variant else "")
        self.push_button.enable(self._why_no_push(variant))

    def _why_no_push(self, variant: Variant | None) -> str:
        """Why the variant cannot be put on the board; empty if it can."""
        if variant is None:
            return tr("No variant is selected: click on one first.")
        package = variant.get("package")
        if not package:
            return tr("The board computes in int8 only: choose a variant that is int8.")
        # Of a name that no file can have, Path.is_file would raise an error.
        if self._model is None or not os.path.isfile(self._model / str(package)):
            return tr("The file of this variant is gone: measure again.")
        return self._session.training.why_no_push

    def _measure(self) -> None:
        if self._model is not None:
            self._session.training.measure_variants(self._model)

    def _push(self) -> None:
        variant = self.table.variant
        if variant is not None and self._model is not None:
            self._session.training.push(self._model / str(variant["package"]))
