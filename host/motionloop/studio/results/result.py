"""The result of a training: accuracy, beside the model on the board, confusion, people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from motionloop.language import from_json, tr
from motionloop.model.chance import share_words
from motionloop.model.folder import METRICS_FILE, StoredModel
from motionloop.studio.jobs.stages import ModelComparison, Outcome
from motionloop.studio.results.confusion import ConfusionMatrix
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.elements import OneLine, card, clear, column, row, text, tip
from motionloop.typed_values import OTHER_SHAPE

if TYPE_CHECKING:
    from motionloop.studio.boards.board_link import BoardLink


class ResultPanel(QWidget):
    """The figures of a model's metrics.json that matter."""

    def __init__(self, session: Session, *actions: QWidget) -> None:
        """`actions` stand beside the model's name."""
        super().__init__()
        self._session = session
        self._shown: tuple[str, ModelComparison | None, Outcome | None] | None = None
        self.name = OneLine("", "heading")
        self.accuracy = text(kind="figure")
        self.accuracy_words = text(muted=True, wrap=True)
        self.compared = text(wrap=True)
        self.on_board = text(wrap=True)
        self.facts = text(muted=True, wrap=True)
        self.notice = text(muted=True, wrap=True)
        self.confusion = ConfusionMatrix()
        self._people = QGridLayout()
        self._people.setSpacing(GRID)
        self._people.setColumnStretch(1, 1)
        title = row(self.name, *actions)
        title.setStretch(0, 1)
        headline = row(self.accuracy, self.accuracy_words, gap=2 * GRID)
        headline.setStretch(1, 1)
        self.setLayout(
            column(
                card(
                    title,
                    headline,
                    self.compared,
                    self.on_board,
                    self.facts,
                    self.notice,
                ),
                card(
                    text(tr("Confusion on the held-out windows"), "heading", wrap=True),
                    self.confusion,
                ),
                card(text(tr("People tested"), "heading"), self._people),
                None,
                gap=2 * GRID,
            )
        )

    def show_board(self, link: BoardLink | None) -> None:
        """Say whether the board in use runs the model that is shown, or which one it runs."""
        words = ""
        if link is not None and link.has_model and link.info is not None and self._shown:
            same = link.info.model_id.hex() == self._shown[0]
            words = (
                tr("This model runs on {board}.", board=link.name)
                if same
                else tr(
                    "{board} runs {model}, not this one.",
                    board=link.name, model=link.model_name or tr("a model of elsewhere"),
                )
            )  # fmt: skip
        self.on_board.setText(words)
        self.on_board.setVisible(bool(words))

    def show_stored(self, model: StoredModel) -> None:
        """A model that was trained before; its metrics.json may have come from anywhere."""
        try:
            self.show_result(model.metrics, None, None)
        except OTHER_SHAPE:
            self._shown = None
            for part in (self.accuracy, self.accuracy_words, self.compared, self.facts):
                part.clear()
            self._show_name(model.path.name)
            self.confusion.show_counts([], [])
            clear(self._people)
            self.notice.setText(
                tr(
                    "{file} is damaged, so the result of this model cannot be shown. Its package "
                    "can still be pushed.",
                    file=model.path / METRICS_FILE,
                )
            )
            self.notice.show()

    def _show_name(self, name: str) -> None:
        self.name.words = tr("Model {name}", name=name)
        self.name.setToolTip(tip(self.name.words))  # there may be no room for all

    def show_result(
        self, metrics: dict[str, Any], comparison: ModelComparison | None, outcome: Outcome | None
    ) -> None:
        """`comparison` and `outcome` are None for a model that was trained before."""
        if self._shown == (metrics["model_id"], comparison, outcome):
            return
        self._shown = (metrics["model_id"], comparison, outcome)
        int8, size, split = metrics["int8"], metrics["size"], metrics["split"]
        self._show_name(metrics["name"])
        self.accuracy.setText(tr("{share:.1%}", share=int8["accuracy"]))
        self.accuracy_words.setText(
            tr(
                "{share}; int8 under {runtime}; {split}",
                share=share_words(int8["accuracy"], int8["windows"]),
                runtime=int8["runtime"],
                split=from_json(split.get("words", split["description"])),
            )
        )
        self.compared.setText(_compared(comparison))
        self.compared.setVisible(comparison is not None)
        arena = tr("not measured")
        if size["arena_bytes"] is not None:
            arena = tr("{bytes:,} bytes", bytes=size["arena_bytes"])
        words = [
            tr(
                "Package {package:,} bytes: the network (.tflite, {tflite:,}), labels, scales and "
                "the windows that a board checks itself with. Arena {arena}, {kmac:g} kMAC.",
                package=size["package_bytes"], tflite=size["tflite_bytes"],
                arena=arena, kmac=size["kmac"],
            )
        ]  # fmt: skip
        if outcome is not None and outcome.first_latency is not None:
            words.append(tr("The first window took {latency}.", latency=outcome.first_latency))
        self.facts.setText(" ".join(words))
        notices = []
        if left_out := metrics["data"].get("left_out"):
            notices.append(
                tr("Trained without labels that are too short: {left_out}.", left_out=left_out)
            )
        if metrics["data"]["synthetic"]:
            notices.append(tr("Trained on synthetic motion: good for trying the loop only."))
        if split["optimistic"]:
            notices.append(
                tr(
                    "Tested on sessions it was trained on: expect less in use. Record a second "
                    "session."
                )
            )
        self.notice.setText(" ".join(notices))
        self.notice.setVisible(bool(notices))
        self.confusion.show_counts(metrics["labels"], int8["confusion"])
        clear(self._people)
        for place, (person, share) in enumerate(sorted(int8["person_accuracy"].items())):
            bar = QProgressBar(textVisible=False)
            bar.setRange(0, 1000)
            bar.setValue(round(1000 * share))
            accuracy = text(tr("{share:.1%}", share=share), muted=True)
            parts = (text(person or tr("no name")), bar, accuracy)
            for at, part in enumerate(parts):
                self._people.addWidget(part, place, at)


def _compared(comparison: ModelComparison | None) -> str:
    if comparison is None:
        return ""
    if comparison.old is None:
        return comparison.why_not or tr("The board had no model before.")
    if comparison.not_known:
        return tr(
            "The model on the board does not know {labels}: of these windows it gets {old:.1%} "
            "right, the new one {new:.1%}.",
            labels=", ".join(comparison.not_known), old=comparison.old, new=comparison.new,
        )  # fmt: skip
    points = 100 * (comparison.new - comparison.old)
    if points > 0:
        change = tr("better by {points:.1f} points", points=points)
    elif points < 0:
        change = tr("worse by {points:.1f} points", points=-points)
    else:
        change = tr("equal")
    return tr(
        "Beside the model on the board, on the same windows: {new:.1%} against {old:.1%}, "
        "{change}. The old one may have been trained on some of them.",
        new=comparison.new, old=comparison.old, change=change,
    )  # fmt: skip
