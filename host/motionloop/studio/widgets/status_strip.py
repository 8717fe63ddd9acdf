"""The board's state, always in sight: link, quality, model, recording."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy

from motionloop.language import tr
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID, theme
from motionloop.studio.widgets.elements import Choice, OneLine, restyle, row, text, tip
from motionloop.studio.widgets.state_words import state_words

_REFRESH_MS = 250
_HEIGHT = 40  # at text size 1
_BEEP_EVERY_S = 5.0


class StatusStrip(QFrame):
    """A line at the foot of the window about the current board."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._session = session
        self.board = text()
        self.quality = OneLine()
        self.quality.setProperty("muted", True)
        self.recording = OneLine()
        self.model = OneLine()
        self.model.setProperty("muted", True)
        self._wearer_words = text(tr("Virtual wearer"), muted=True)
        self.activity = Choice()
        self.activity.setToolTip(tr("What the synthetic wearer of the virtual board does"))
        inside = row(
            self.board,
            self.quality,
            self.recording,
            self.model,
            self._wearer_words,
            self.activity,
            gap=2 * GRID,
        )
        inside.setStretch(1, 1)
        self.quality.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        inside.setContentsMargins(3 * GRID, GRID // 2, 3 * GRID, GRID // 2)
        self.setLayout(inside)
        self._fit()
        theme.changed.connect(self._fit)
        self._beep_at_s = 0.0
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self.activity.textActivated.connect(session.set_virtual_activity)
        for signal in (
            session.boards_changed,
            session.current_changed,
            session.recording_changed,
        ):
            signal.connect(self.refresh)
        session.wearer_changed.connect(self._show_wearer)
        self._show_wearer()
        self.refresh()

    def _fit(self) -> None:
        self.setFixedHeight(theme.scaled(_HEIGHT))

    def _alarm(self) -> None:
        """A sound as long as a board that is recorded sends nothing: nobody may be looking."""
        links = self._session.links.values()
        if not any(link.recording is not None and link.silence for link in links):
            self._beep_at_s = 0.0
        elif time.monotonic() >= self._beep_at_s and self._session.preferences.beeps:
            self._beep_at_s = time.monotonic() + _BEEP_EVERY_S
            QApplication.beep()

    def refresh(self) -> None:
        self._alarm()
        link = self._session.current
        if link is None:
            self.board.setText(tr("No board connected"))
            restyle(self.board, danger=False, good=False)
            self.model.setToolTip("")
            self.quality.setMinimumWidth(0)
            for part in (self.quality, self.recording, self.model):
                part.words = ""
            return
        self.board.setText(link.silence or f"{link.name}  {state_words(link.state)}")
        lost = link.state.value == "reconnecting" or bool(link.silence)
        restyle(self.board, danger=lost, good=link.state.value == "connected" and not lost)
        if link.ring is not None:
            quality = link.ring.quality
            # Lost samples have to be read, before the model's name.
            gravest = tr(
                "{rate:.0f} of {wanted:.0f} Hz   lost {lost}",
                rate=quality.rate_hz,
                wanted=link.ring.rate_hz,
                lost=quality.lost,
            )
            more = tr(
                "duplicated {duplicated}   saturated {saturated}",
                duplicated=link.duplicated,
                saturated=quality.saturated,
            )
            fonts = self.quality.fontMetrics()
            self.quality.setMinimumWidth(fonts.horizontalAdvance(f"{gravest}   …") + GRID)
            self.quality.words = f"{gravest}   {more}"
        running = link.recording
        links = self._session.links.values()
        others = [one.name for one in links if one is not link and one.recording is not None]
        words = []
        if running is not None:
            seconds = int(running.quality.duration_s)
            clock = f"{seconds // 60}:{seconds % 60:02d}"
            words.append(tr("● recording {time}", time=clock))
        if others:
            names = others[0] if len(others) == 1 else tr("%n other board(s)", "", len(others))
            words.append(tr("● {boards} recording", boards=names))
        self.recording.words = "   ".join(words)
        restyle(self.recording, danger=bool(words))
        # Before the rest, a recording that goes on has to be read.
        needed = self.recording.sizeHint().width() if running is not None and not others else 0
        self.recording.setMinimumWidth(needed)
        model = _model_words(link.has_model, link.labels, link.model_name)
        self.model.words = tr("{model} (one dropped)", model=model) if link.dropped else model
        self.model.setToolTip(tip(link.dropped or model))
        restyle(self.model, danger=bool(link.dropped), muted=not link.dropped)

    def _show_wearer(self) -> None:
        activity = self._session.virtual_activity
        for part in (self._wearer_words, self.activity):
            part.setVisible(bool(activity))
        if activity:
            if not self.activity.count():
                from motionloop.virtual.wearer import ACTIVITIES

                self.activity.addItems(list(ACTIVITIES))
            self._wearer_words.setText(
                tr("Virtual wearer of {board}", board=self._session.virtual_name)
            )
            self.activity.setCurrentText(activity)


def _model_words(has_model: bool, labels: tuple[str, ...], name: str) -> str:
    if not has_model:
        return tr("no model on it")
    if not labels:
        return tr("model: being read")
    name = name or tr("of elsewhere")
    return tr("model: {name}, {count} activities", name=name, count=len(labels))
