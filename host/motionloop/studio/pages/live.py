"""The boards' predictions side by side, and the key that says "that was wrong"."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QProgressBar,
    QStackedLayout,
    QWidget,
)

from motionloop.board.latency import latency_text
from motionloop.language import tr
from motionloop.studio.boards.why import LOOKED_AT_S
from motionloop.studio.inside import MOST
from motionloop.studio.inside.looker import Looker
from motionloop.studio.page_titles import title
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID, theme
from motionloop.studio.widgets.activity_strip import ActivityStrip
from motionloop.studio.widgets.builtin_button import BuiltinButton
from motionloop.studio.widgets.class_bars import ClassBars
from motionloop.studio.widgets.corrections_list import CorrectionsList
from motionloop.studio.widgets.elements import (
    Button,
    EmptyState,
    OneLine,
    Page,
    Shelf,
    SideColumn,
    Upright,
    card,
    clear,
    column,
    restyle,
    row,
    text,
)
from motionloop.studio.widgets.label_keys import LabelKeys, swatch
from motionloop.studio.widgets.plot import MotionPlot

if TYPE_CHECKING:
    from motionloop.board.prediction import Prediction
    from motionloop.studio.boards.board_link import BoardLink
    from motionloop.studio.inside.series import Series
    from motionloop.studio.pages.why_dialog import WhyDialog

_REFRESH_MS = 500
_SIDE_WIDTH = 344
_SWATCH = 16
_PLOT_HEIGHT = 208  # at least, so that figures at the axes stay apart; at text size 1
_PANEL_WIDTH = 340
_TOTALS, _WIDE = 4, 600  # of today beside each other, in a panel of that width


class LiveView(Page):
    """A panel per board; plot, corrections and Look inside are of the board in use, which a click
    on a panel chooses."""

    go_to = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(title("Live"))
        self._session = session
        self.panels: dict[str, BoardPanel] = {}
        self._latest: dict[BoardLink, Prediction] = {}
        self._held: tuple[BoardLink, Prediction] | None = None  # marked as wrong with W
        self._no_board = EmptyState(
            "pulse",
            tr("No board is connected"),
            tr("Connect a board; then what it recognises shows here as it happens."),
            Button(tr("Connect a board"), lambda: self.go_to.emit("Connect"), "link", "primary"),
        )
        self._no_model = EmptyState(
            "school-outline",
            tr("No model yet"),
            tr(
                "Record a few activities, then retrain and flash: half a minute of each is enough "
                "to begin with. Or try the model that comes with this program."
            ),
            Button(tr("Record"), lambda: self.go_to.emit("Record"), "record-circle-outline"),
            BuiltinButton(session),
            Button(tr("Train"), lambda: self.go_to.emit("Train"), "school-outline", "primary"),
        )
        self._panels_row = row(gap=2 * GRID)
        self._shelf = Shelf(self._panels_row)
        self.plot = MotionPlot()
        self.keys = LabelKeys(session, tr("The right one was (its number is enough):"))
        self.keys.chosen.connect(self.correct)
        self.wrong_button = Button(
            tr("That was wrong"), self._hold, "alert-circle-outline", key="W",
            tip=tr("Hold this window while you choose the right label"),
        )  # fmt: skip
        self.look_button = Button(
            tr("Look inside"), self._look_inside, "layers-search-outline", key="L",
            tip=tr("See what each layer of the model makes of the present window"),
        )  # fmt: skip
        self.why_button = Button(
            tr("Why is it wrong on me?"), self._explain, "help-circle-outline",
            tip=tr("Compare the last ten seconds with what the model learned from"),
        )  # fmt: skip
        self.explaining: WhyDialog | None = None
        self.looker = Looker(session, self)
        self.wrong_words = text(muted=True, wrap=True)
        self.corrections = CorrectionsList(session)
        self.retrain_button = Button(
            tr("Retrain"), lambda: self.go_to.emit("Train"), "school-outline",
            tip=tr("Go on to Train; corrected windows are trained with"),
        )  # fmt: skip
        side = SideColumn(
            _SIDE_WIDTH,
            card(row(self.wrong_button, None, self.retrain_button), self.wrong_words, self.keys),
            card(self.corrections.heading, self.corrections),
            card(
                row(self.look_button, None),
                text(
                    tr(
                        "The present window on its way through the layers. For an earlier moment, "
                        "click the strip of activities."
                    ),
                    muted=True,
                    wrap=True,
                ),
                row(self.why_button, None),
            ),
            None,
        )
        left = column(self._shelf, card(self.plot), gap=2 * GRID)
        left.setStretch(1, 1)
        working = QWidget()
        whole = row(Upright(left), side, gap=2 * GRID)
        whole.setStretch(0, 1)
        working.setLayout(whole)
        stack = QWidget()
        self._stack = QStackedLayout(stack)
        for state in (self._no_board, self._no_model, working):
            self._stack.addWidget(state)
        self.body.addWidget(stack, 1)
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self._refresh_panels)
        session.boards_changed.connect(self.refresh)
        session.current_changed.connect(self.refresh)
        session.predicted.connect(self._predicted)
        session.kept_correction.connect(self._kept)
        self.corrections.undone.connect(self._say_how)
        self._say_how()
        theme.changed.connect(self._fit_plot)
        self._fit_plot()
        self.refresh()

    def _fit_plot(self) -> None:
        self.plot.setMinimumHeight(theme.scaled(_PLOT_HEIGHT))

    @property
    def keys_in_words(self) -> Sequence[tuple[str, str]]:
        return ((tr("1 to 9"), tr("the right label: keeps the held or the present window")),)

    def refresh(self) -> None:
        """Show the boards that are connected now."""
        session, current = self._session, self._session.current
        for address in set(self.panels) - set(session.links):
            panel = self.panels.pop(address)
            panel.hide()
            panel.deleteLater()
        for address, link in session.links.items():
            if address not in self.panels:
                self.panels[address] = BoardPanel(session, link, self.looker)
                self._panels_row.addWidget(self.panels[address], 1)
            restyle(self.panels[address].frame, chosen=link is current and len(session.links) > 1)
        self._latest = {a: b for a, b in self._latest.items() if a in session.links.values()}
        has_model = any(link.has_model for link in session.links.values())
        self._stack.setCurrentIndex(0 if current is None else 2 if has_model else 1)
        names = _named([link.name for link in session.links.values()] or [""])
        self._no_model.heading.setText(tr("No model is on {boards} yet", boards=names))
        self.plot.show_board(current)
        self._refresh_panels()

    def correct(self, label: str) -> None:
        """Keep the held window, or else the latest one of the board in use, as a `label`."""
        if (wrong := self._held or self._present()) is not None:
            self._held = None
            self._session.correct(*wrong, label)

    def _present(self) -> tuple[BoardLink, Prediction] | None:
        """The latest window of the board in use; words where there is none."""
        link = self._session.current
        if link is not None and link in self._latest:
            return link, self._latest[link]
        name = link.name if link is not None else tr("this board")
        self.wrong_words.setText(tr("Nothing of {board} was recognised yet.", board=name))
        return None

    def _explain(self) -> None:
        """Say why the board in use may be wrong on its wearer."""
        from motionloop.studio.pages.why_dialog import WhyDialog

        link = self._session.current
        if link is not None and link.address in self.panels:
            said = self.panels[link.address].said(LOOKED_AT_S)
            self.explaining = WhyDialog(self._session, link, said, self)
            self.explaining.open()

    def _look_inside(self) -> None:
        link = self._session.current
        if link is not None and link.address in self.panels:
            self.panels[link.address].look_inside(time.monotonic())

    def _hold(self) -> None:
        self._held = self._present()
        if self._held is not None:
            link, wrong = self._held
            name = link.label_of(wrong) or tr("unknown")
            held = tr(
                "Held: a window of {board} taken for {label}. What was it?",
                board=link.name,
                label=name,
            )
            self.wrong_words.setText(held)

    def _kept(self, link: BoardLink, label: str) -> None:
        kept = tr(
            "{board}: kept as {label}. The window waits for the next training.",
            board=link.name,
            label=label,
        )
        self.wrong_words.setText(kept)

    def _say_how(self) -> None:
        if self._held is not None:  # then the words are about that window
            return
        self.wrong_words.setText(
            tr("The window is stored with the right label and waits for the next training.")
        )

    def _predicted(self, link: BoardLink, prediction: Prediction) -> None:
        self._latest[link] = prediction
        if link.address in self.panels:
            self.panels[link.address].show_prediction(prediction)

    def _refresh_panels(self) -> None:
        for panel in self.panels.values():
            panel.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        self._timer.start()
        self.corrections.look()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()


class BoardPanel(QWidget):
    """A board's activity, its last minutes, its day, and the host's agreement.

    A click has the window use this board.
    """

    def __init__(self, session: Session, link: BoardLink, looker: Looker) -> None:
        super().__init__()
        self._session, self._link, self._looker = session, link, looker
        self._heard: deque[tuple[float, Prediction]] = deque(maxlen=MOST)  # with time.monotonic
        self.name = text(link.name, "heading")
        self.swatch = text()
        self.activity = OneLine(tr("Waiting"), "display", smaller="figure")
        self._is_known, self._says_no_model = True, False
        self.confidence = text(tr("for the first window"), muted=True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, 100)
        self.confidence.setToolTip(
            tr(
                "How much the last windows are like what the model learned of this activity. It is "
                "no probability: how often such an answer is right, `motionloop evaluate` measures."
            )
        )
        self.classes = ClassBars(session)
        self.all_button = Button(
            tr("All"), lambda: self.classes.setVisible(self.classes.isHidden()), "chart-bar",
            "quiet", tip=tr("The likeness of the newest window to each activity"),
        )  # fmt: skip
        self.strip = ActivityStrip()
        self.strip.clicked.connect(self.look_inside)
        self._totals = QGridLayout()
        self._totals.setHorizontalSpacing(GRID)
        self._shown_totals: dict[str, int] = {}
        self.facts = text(muted=True, wrap=True)
        self.agreement = text(muted=True, wrap=True)
        self.warning = text(wrap=True)
        self._notice = QFrame()
        self._notice.setObjectName("notice")
        inside = row(self.warning)
        inside.setContentsMargins(GRID, GRID, GRID, GRID)
        self._notice.setLayout(inside)
        big = row(self.swatch, self.activity, gap=2 * GRID)
        big.setStretch(1, 1)
        self.frame = card(
            self.name,
            big,
            row(self.bar, self.confidence, self.all_button, gap=2 * GRID),
            self.classes,
            GRID,
            self.strip,
            self._totals,
            self.facts,
            self.agreement,
            self._notice,
            None,
        )
        self.setLayout(column(self.frame))
        self.setMinimumWidth(theme.scaled(_PANEL_WIDTH))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._session.choose(self._link.address)

    def look_inside(self, at_s: float) -> None:
        """Look inside at the window that was recognised at `at_s` of time.monotonic."""
        if not self._heard:
            self._session.failed.emit(tr("Nothing was recognised yet. Wait for the first window."))
            return
        times = [heard_s for heard_s, _ in self._heard]
        # A prediction holds until the next one; the strip draws it before its arrival.
        at = min(bisect_left(times, at_s), len(times) - 1)
        heard, link = [prediction for _, prediction in self._heard], self._link

        def make() -> Series:
            from motionloop.studio.inside.series import of_live

            return of_live(link, heard, at)

        self._looker.open(make)

    def said(self, seconds: float) -> list[str | None]:
        """The answers of the last `seconds`; None for unknown."""
        begin_s = time.monotonic() - seconds
        heard = [prediction for heard_s, prediction in self._heard if heard_s >= begin_s]
        return [self._link.label_of(prediction) for prediction in heard]

    def show_prediction(self, prediction: Prediction) -> None:
        self._heard.append((time.monotonic(), prediction))
        label = self._link.label_of(prediction)
        known = label is not None
        words = label or tr("unknown")
        if self.activity.words != words or known != self._is_known:
            self.activity.words, self._is_known = words, known
            self._show_swatch(label)
        self.confidence.setText(
            tr("likeness {share:.0%}", share=prediction.confidence)
            if known
            else tr("no activity of the model fits")
        )
        self.bar.setValue(round(100 * prediction.confidence) if known else 0)
        flags = self._link.info.flags if self._link.info is not None else 0
        latency = latency_text(prediction.latency_us, flags, self._link.macs)
        self.facts.setText(tr("latency {latency}", latency=latency))
        self.classes.show_outputs(self._link.labels, prediction.outputs)
        if self.isVisible():
            self.refresh()

    def _show_swatch(self, label: str | None) -> None:
        colour = self._session.preferences.colour(label)
        self.swatch.setPixmap(swatch(colour).pixmap(2 * _SWATCH, 2 * _SWATCH))

    def refresh(self) -> None:
        """The timeline, the day and the agreement as they are now; or that no data come."""
        warning = self._link.warning
        self.warning.setText(warning or "")
        self._notice.setVisible(warning is not None)
        for part in (self.bar, self.all_button):
            part.setVisible(self._link.has_model)
        if silence := self._link.silence:
            self.activity.words, self._is_known = tr("No data"), False
            restyle(self.activity, danger=True, muted=False)
            self._show_swatch(None)
            self.facts.setText(silence)
            self.confidence.setText("")
            self.bar.setValue(0)
            return
        if self.activity.property("danger"):
            restyle(self.activity, danger=False)
            self.activity.words = tr("Waiting")
            self.facts.setText("")
        if not self._link.has_model:
            self._say_no_model()
            return
        if self._says_no_model:
            self.activity.words, self._says_no_model = tr("Waiting"), False
            self.confidence.setText(tr("for the first window"))
        log, address = self._session.log, self._link.address
        self.strip.show_moments(log.moments(address))
        self._show_totals({name: round(s) for name, s in log.today(address).items()})
        is_sure = self._link.state.value == "connected" and self._is_known
        restyle(self.activity, muted=not is_sure)
        shadow = self._link.shadow
        if shadow is None:
            self.agreement.setText(tr("This computer is still reading the board's model."))
        elif shadow.compared:
            agreed = shadow.compared - shadow.differing
            self.agreement.setText(
                tr(
                    "This computer ran the same windows: {agreed} of {compared} agree to the last "
                    "bit.",
                    agreed=agreed,
                    compared=shadow.compared,
                )
            )
            restyle(self.agreement, danger=shadow.differing > 0)
        else:
            self.agreement.setText(tr("This computer runs the same windows from now on."))

    def _say_no_model(self) -> None:
        self._says_no_model = True
        self.activity.words = tr("No model")
        restyle(self.activity, muted=True)
        self.swatch.clear()
        self.facts.setText("")
        self.agreement.setText("")
        where = tr("on {board} yet: push one on the page Train", board=self._link.name)
        self.confidence.setText(where)

    def _show_totals(self, totals: dict[str, int]) -> None:
        if totals == self._shown_totals:
            return
        self._shown_totals = totals
        clear(self._totals)
        columns = _TOTALS if self.width() >= theme.scaled(_WIDE) else _TOTALS // 2
        for place, (name, seconds) in enumerate(totals.items()):
            disc = text()
            disc.setPixmap(swatch(self._session.preferences.colour(name)).pixmap(_SWATCH, _SWATCH))
            self._totals.addWidget(disc, place // columns, 3 * (place % columns))
            today = tr("{label}  {time} today", label=name, time=_minutes(seconds))
            words = text(today, muted=True)
            self._totals.addWidget(words, place // columns, 3 * (place % columns) + 1)
            self._totals.setAlignment(words, Qt.AlignmentFlag.AlignLeft)
        self._totals.setColumnStretch(3 * _TOTALS, 1)


def _minutes(seconds: int) -> str:
    if seconds < 60:
        return tr("{seconds} s", seconds=seconds)
    return tr("{minutes} min {seconds} s", minutes=seconds // 60, seconds=seconds % 60)


def _named(names: Iterable[str]) -> str:
    """All of them in a sentence."""
    return reduce(lambda some, last: tr("{some} and {last}", some=some, last=last), names)
