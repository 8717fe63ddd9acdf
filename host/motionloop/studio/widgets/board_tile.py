"""One board of a room in little space: pupil, link, activity, model, recording."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QSizePolicy

from motionloop.language import tr
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.elements import Button, OneLine, column, restyle, row, text, tip
from motionloop.studio.widgets.label_keys import swatch
from motionloop.studio.widgets.state_words import state_words

if TYPE_CHECKING:
    from motionloop.board.link import FoundBoard
    from motionloop.board.prediction import Prediction
    from motionloop.studio.boards.board_link import BoardLink
    from motionloop.studio.jobs.push_to_all import BoardPush

SIZE = QSize(176, 94)
_SWATCH = 12


def why_no_names() -> str:
    """Why pupils keep their boards, while one is recorded."""
    return tr("Names stay as they are while a board is recorded: stop first.")


class BoardTile(QFrame):
    """`refresh` shows a board that is connected, or only found. A click has the window use it."""

    def __init__(self, session: Session, board: FoundBoard, next_pupil: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setMinimumSize(SIZE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._session, self._address = session, board.address
        self.latest: Prediction | None = None
        self.name = OneLine(board.name)
        self.state = text()
        self.pupil = QLineEdit(session.preferences.pupil(board.address))
        self.pupil.setPlaceholderText(tr("Pupil"))
        self.pupil.setAccessibleName(tr("Pupil of {board}", board=board.name))
        self.pupil.editingFinished.connect(
            lambda: session.preferences.set_pupil(self._address, self.pupil.text())
        )
        self.next_button = Button(
            "",
            next_pupil,
            "skip-next",
            "quiet",
            tip=tr("The next name for {board}", board=board.name),
        )
        self.swatch = QLabel()
        self.activity = OneLine()
        for words in (self.name, self.activity):
            words.setStyleSheet("font-weight: 600;")
        self.recording = text()
        self.model = OneLine()
        self._coloured: str | None = ""
        first, who = row(self.name, self.state), row(self.pupil, self.next_button, gap=0)
        what, last = row(self.swatch, self.activity), row(self.model, self.recording)
        for line, place in ((first, 0), (who, 0), (what, 1), (last, 0)):
            line.setStretch(place, 1)
        inside = column(first, who, what, last, gap=0)
        inside.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        self.setLayout(inside)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._session.choose(self._address)

    def set_pupil(self, name: str) -> None:
        self.pupil.setText(name)
        self._session.preferences.set_pupil(self._address, name)

    def refresh(self, link: BoardLink | None, push: BoardPush | None) -> None:
        """Show what is so now; what has not changed is not drawn again."""
        is_lost = link is not None and link.state.value == "reconnecting"
        silence = link.silence if link is not None else ""
        is_alarm = is_lost or bool(silence)
        if link is None:
            state: str = tr("not connected")
        else:
            state = tr("lost", "of a board") if is_lost else state_words(link.state)
        _say(self.state, tr("silent") if silence and not is_lost else state)
        restyle(self.state, danger=is_alarm, muted=link is None)
        chosen = link is not None and link is self._session.current
        restyle(self, alarm=is_alarm, chosen=chosen and not is_alarm)
        running = link.recording if link is not None else None
        self.pupil.setEnabled(running is None)
        self.next_button.enable(why_no_names() if running is not None else "")
        if running is None:
            _say(self.recording, "")
        else:
            seconds = int(running.quality.duration_s)
            _say(self.recording, f"● {seconds // 60}:{seconds % 60:02d}")
            restyle(self.recording, danger=True)
        if silence:
            self._show_activity(silence, None)
        else:
            self._show_answer(link, running.label if running is not None else None)
        _say(self.model, push.words if push is not None else _model_words(link))
        self.model.setToolTip(tip(push.error if push is not None else self.model.words))
        restyle(self.model, danger=push is not None and bool(push.error), muted=push is None)

    def _show_answer(self, link: BoardLink | None, label: str | None) -> None:
        if label is not None:
            self._show_activity(tr("records {label}", label=label), label)
        elif link is None or not link.has_model or self.latest is None:
            self._show_activity("", None)
        else:
            known = link.label_of(self.latest)
            self._show_activity(known or tr("unknown"), known)

    def _show_activity(self, words: str, label: str | None) -> None:
        _say(self.activity, words)
        self.swatch.setVisible(bool(label))
        if label != self._coloured:
            self._coloured = label
            colour = self._session.preferences.colour(label)
            self.swatch.setPixmap(swatch(colour).pixmap(_SWATCH, _SWATCH))


def _say(label: QLabel | OneLine, words: str) -> None:
    if isinstance(label, OneLine):
        if label.words != words:
            label.words = words
    elif label.text() != words:
        label.setText(words)


def _model_words(link: BoardLink | None) -> str:
    if link is None or link.info is None:
        return ""
    if not link.has_model:
        return tr("no model")
    return ", ".join(link.labels) or tr("model {name}", name=link.info.model_id.hex()[:8])
