"""The honest evaluation: everybody left out in turn, its figures, and the report to hand in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QScrollArea, QStackedLayout, QWidget

from motionloop.language import from_json, tr
from motionloop.safe_files import read_json
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.elements import (
    Button,
    CheckBox,
    Choice,
    EmptyState,
    card,
    clear,
    column,
    row,
    show_in_folder,
    text,
)
from motionloop.trainer.messages import FIGURES_FILE, EvaluationResult
from motionloop.typed_values import OTHER_SHAPE

_TRAININGS = ("1", "3", "5")  # per fold


class EvaluationPanel(QWidget):
    """Asks for an evaluation through `start`, which gets the trainings per fold and whether to
    compare with a split at random; shows the last evaluation."""

    def __init__(self, session: Session, start: Callable[[int, bool], None]) -> None:
        super().__init__()
        self._session, self._start = session, start
        self._shown: Path | None = None
        self.start_button = Button(
            tr("Test honestly"), self._ask, "clipboard-check-outline", "primary",
            tip=tr("Leave each person out in turn, train on the others, and test on that person"),
        )  # fmt: skip
        self.trainings = Choice()
        self.trainings.addItems(_TRAININGS)
        self.trainings.setAccessibleName(tr("Trainings per fold"))
        self.trainings.setToolTip(tr("More trainings show how much a figure depends on chance"))
        self.lesson = CheckBox(tr("Beside a split at random"))
        self.lesson.setToolTip(
            tr("Shows how much too good a figure is when windows of one person are on both sides")
        )
        settings = column(
            row(
                text(tr("Trainings per fold"), muted=True), self.trainings, None,
                self.start_button,
            ),
            self.lesson,
        )  # fmt: skip
        self._empty = EmptyState(
            "clipboard-check-outline",
            tr("How well will it know a new person?"),
            tr(
                "Each person, or else each session, is left out in turn: a model is trained on the "
                "others and tested on who was left out. The result is a report to hand in. It "
                "takes one quick training per person."
            ),
        )
        self.accuracy = text(kind="heading", wrap=True)
        self.notices = text(muted=True, wrap=True)
        self.replay = text(wrap=True)
        self.lesson_words = text(wrap=True)
        self._folds = QGridLayout()
        self._folds.setSpacing(GRID)
        self._folds.setColumnStretch(0, 1)
        self.report_button = Button(
            tr("Open the report"), self._open, "file-document-outline", "primary",
            tip=tr("Open the report in the browser; it is one file"),
        )  # fmt: skip
        folder = Button(
            "", self._show_folder, "folder-open-outline", "quiet", tip=tr("Show in folder")
        )
        shown = QWidget()
        shown.setLayout(
            column(
                card(
                    self.accuracy,
                    self.replay,
                    self.notices,
                    row(self.report_button, folder, None),
                ),
                card(text(tr("Left out, and its accuracy"), "heading"), self._folds),
                self.lesson_words,
                None,
                gap=2 * GRID,
            )
        )
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(shown)
        below = QWidget()
        self._stack = QStackedLayout(below)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(scroll)
        whole = column(card(settings), below, gap=2 * GRID)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def refresh(self) -> None:
        """Show the last evaluation, of this start or an earlier one."""
        jobs = self._session.training
        self.start_button.enable(jobs.why_not)
        made = jobs.evaluation or last_evaluation(jobs.evaluations_folder)
        self._stack.setCurrentIndex(0 if made is None else 1)
        if made is not None and Path(made.report) != self._shown:
            self._shown = Path(made.report)
            try:
                self._show(made.figures)
            except OTHER_SHAPE:  # the folder may have come from anywhere
                clear(self._folds)
                for part in (self.accuracy, self.replay, self.lesson_words):
                    part.clear()
                self.notices.setText(
                    tr(
                        "{file} is damaged, so its figures cannot be shown. Test again.",
                        file=self._shown.parent / FIGURES_FILE,
                    )
                )
                self.notices.show()

    def _show(self, figures: dict[str, Any]) -> None:
        lesson = figures["lesson"]
        # Evaluations of older versions are in English alone.
        words = figures.get("words") or {**figures, "lesson": lesson["text"] if lesson else []}
        figure = from_json(words["accuracy_text"])
        self.accuracy.setText(tr("Accuracy {figure}", figure=figure))
        self.notices.setText(" ".join(map(from_json, words["notices"])))
        self.notices.setVisible(bool(figures["notices"]))
        replay = figures["replay"]
        self.replay.setVisible(replay is not None)
        if replay is not None:
            self.replay.setText(
                tr(
                    "Whole recordings replayed: {missed} of {changes} changes of activity missed.",
                    missed=replay["missed"],
                    changes=replay["changes"],
                )
            )
        self.lesson_words.setText("\n\n".join(map(from_json, words["lesson"])))
        self.lesson_words.setVisible(lesson is not None)
        clear(self._folds)
        for place, fold in enumerate(figures["split"]["folds"]):
            held = ", ".join(fold["held_out"]) or tr("the end of each session")
            shares = ", ".join(tr("{share:.1%}", share=share) for share in fold["accuracy"])
            count = tr("{windows:,} windows", windows=fold["test"])
            parts = (text(held, wrap=True), text(count, muted=True), text(shares))
            for at, part in enumerate(parts):
                self._folds.addWidget(part, place, at)

    def _ask(self) -> None:
        self._start(int(self.trainings.currentText()), self.lesson.isChecked())

    def _open(self) -> None:
        if self._shown is not None and not self._shown.is_file():
            self._session.failed.emit(
                tr("{file} was deleted or moved. Test again.", file=self._shown)
            )
        elif self._shown is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._shown.absolute())))

    def _show_folder(self) -> None:
        if self._shown is not None:
            show_in_folder(self._shown)


def last_evaluation(folder: Path) -> EvaluationResult | None:
    """The newest evaluation in a folder of evaluations that can be shown."""
    for path in sorted(folder.glob(f"*/{FIGURES_FILE}"), reverse=True):
        try:
            figures = read_json(path)
            figures["accuracy_text"], figures["split"]["folds"], figures["notices"]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if reports := sorted(path.parent.glob("*.html")):
            return EvaluationResult(str(reports[0]), figures)
    return None
