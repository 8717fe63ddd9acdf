"""The result of a training: accuracy, beside the model on the board, confusion, people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from motionloop.model.chance import share_words
from motionloop.studio.jobs.stages import ModelComparison, Outcome
from motionloop.studio.results.confusion import ConfusionMatrix
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.elements import card, clear, column, row, text

if TYPE_CHECKING:
    from motionloop.studio.boards.board_link import BoardLink


class ResultPanel(QWidget):
    """The figures of a model's metrics.json that matter."""

    def __init__(self, session: Session, *actions: QWidget) -> None:
        """`actions` stand beside the model's name."""
        super().__init__()
        self._session = session
        self._shown: tuple[str, ModelComparison | None, Outcome | None] | None = None
        self.name = text(kind="heading")
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
        headline = row(self.accuracy, self.accuracy_words, gap=2 * GRID)
        headline.setStretch(1, 1)
        self.setLayout(
            column(
                card(
                    row(self.name, None, *actions),
                    headline,
                    self.compared,
                    self.on_board,
                    self.facts,
                    self.notice,
                ),
                card(
                    text("Confusion on the held-out windows", "heading", wrap=True), self.confusion
                ),
                card(text("People tested", "heading"), self._people),
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
                f"This model runs on {link.name}."
                if same
                else f"{link.name} runs {link.model_name or 'a model of elsewhere'}, not this one."
            )
        self.on_board.setText(words)
        self.on_board.setVisible(bool(words))

    def show_result(
        self, metrics: dict[str, Any], comparison: ModelComparison | None, outcome: Outcome | None
    ) -> None:
        """`comparison` and `outcome` are None for a model that was trained before."""
        if self._shown == (metrics["model_id"], comparison, outcome):
            return
        self._shown = (metrics["model_id"], comparison, outcome)
        int8, size, split = metrics["int8"], metrics["size"], metrics["split"]
        self.name.setText(f"Model {metrics['name']}")
        self.accuracy.setText(f"{int8['accuracy']:.1%}")
        self.accuracy_words.setText(
            f"{share_words(int8['accuracy'], int8['windows'])}; int8 under {int8['runtime']}; "
            f"{split['description']}"
        )
        self.compared.setText(_compared(comparison))
        self.compared.setVisible(comparison is not None)
        arena = "not measured" if size["arena_bytes"] is None else f"{size['arena_bytes']:,} bytes"
        words = (
            f"Package {size['package_bytes']:,} bytes: the network (.tflite, "
            f"{size['tflite_bytes']:,}), labels, scales and the windows that a board checks itself "
            f"with. Arena {arena}, {size['kmac']:g} kMAC."
        )
        if outcome is not None and outcome.first_latency is not None:
            words += f" The first window took {outcome.first_latency}."
        self.facts.setText(words)
        notices = []
        if left_out := metrics["data"].get("left_out"):
            notices.append(f"Trained without labels that are too short: {left_out}.")
        if metrics["data"]["synthetic"]:
            notices.append("Trained on synthetic motion: good for trying the loop only.")
        if split["optimistic"]:
            notices.append(
                "Tested on sessions it was trained on: expect less in use. Record a second session."
            )
        self.notice.setText(" ".join(notices))
        self.notice.setVisible(bool(notices))
        self.confusion.show_counts(metrics["labels"], int8["confusion"])
        clear(self._people)
        for place, (person, share) in enumerate(sorted(int8["person_accuracy"].items())):
            bar = QProgressBar(textVisible=False)
            bar.setRange(0, 1000)
            bar.setValue(round(1000 * share))
            parts = (text(person or "no name"), bar, text(f"{share:.1%}", muted=True))
            for at, part in enumerate(parts):
                self._people.addWidget(part, place, at)


def _compared(comparison: ModelComparison | None) -> str:
    if comparison is None:
        return ""
    if comparison.old is None:
        return comparison.why_not or "The board had no model before."
    if comparison.not_known:
        names = ", ".join(comparison.not_known)
        return (
            f"The model on the board does not know {names}: of these windows it gets "
            f"{comparison.old:.1%} right, the new one {comparison.new:.1%}."
        )
    change = 100 * (comparison.new - comparison.old)
    word = "better" if change > 0 else "worse" if change < 0 else "equal"
    by = f" by {abs(change):.1f} points" if change else ""
    return (
        f"Beside the model on the board, on the same windows: {comparison.new:.1%} against "
        f"{comparison.old:.1%}, {word}{by}. The old one may have been trained on some of them."
    )
