"""The answer to "Why is it wrong on me?": reasons in words, and the picture that shows them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from motionloop.errors import MotionLoopError
from motionloop.language import tr
from motionloop.model.folder import metrics_of
from motionloop.sample_format import SampleFormat
from motionloop.studio import colours
from motionloop.studio.boards.why import LOOKED_AT_S, Motion, Reason, Why, explain, learned_of
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID, theme
from motionloop.studio.widgets.elements import Button, card, clear, column, row, text
from motionloop.studio.widgets.help_panel import add_help
from motionloop.studio.widgets.number_axis import NumberAxis

if TYPE_CHECKING:
    from motionloop.studio.boards.board_link import BoardLink

_SIZE = (860, 560)
_PLOT_HEIGHT = 200


class WhyDialog(QDialog):
    """Looks at the last seconds of a board when it is made; `why` is the answer."""

    def __init__(
        self, session: Session, link: BoardLink, said: Sequence[str | None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._link, self._said = session, link, said
        self.why: Why | None = None
        self.setWindowTitle(tr("Why is it wrong on me? {board}", board=link.name))
        self.setObjectName("page")
        add_help(self)
        self.resize(*_SIZE)
        self.heading = text(
            tr("Comparing the last seconds with the training"), "heading", wrap=True
        )
        self._reasons = column(gap=2 * GRID)
        self._pictures = row(gap=2 * GRID)
        inside = QWidget()
        inside.setLayout(column(self._reasons, None))
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(inside)
        close = Button(tr("Close"), self.accept, key="Esc")
        close.setAutoDefault(False)
        whole = column(self.heading, scroll, self._pictures, row(None, close), gap=2 * GRID)
        whole.setStretch(1, 1)
        whole.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        self.setLayout(whole)
        theme.changed.connect(self._paint)
        session.start("why", self._look())

    async def _look(self) -> None:
        try:
            why = await asyncio.to_thread(self._explain)
        except MotionLoopError as error:
            words = str(error)
            self._session.post(lambda: self.heading.setText(words))
            return
        self._session.post(lambda: self.show_why(why))

    def _explain(self) -> Why:
        link, session = self._link, self._session
        stretch = link.ring.last_stretch(LOOKED_AT_S) if link.ring is not None else None
        if link.package is None or link.info is None or stretch is None:
            raise MotionLoopError(
                tr(
                    "The model of {board} is still being read, or no motion has come yet. Wait a "
                    "few seconds and press the button again.",
                    board=link.name,
                )
            )
        metrics = next(metrics_of(session.models_folder, link.info.model_id), {})
        warning = link.warning
        return explain(
            stretch,
            SampleFormat.from_info(link.info),
            link.package,
            learned_of(link.package, metrics, session.recordings_folder),
            said=self._said,
            warnings=[warning] if warning else [],
            wearer=session.preferences.wearer_of(link.address),
        )

    def _paint(self) -> None:
        if self.why is not None:
            self.show_why(self.why)

    def show_why(self, why: Why) -> None:
        """Show reasons and picture."""
        self.why = why
        self.heading.setText(tr("The likeliest reason first"))
        clear(self._reasons)
        for place, reason in enumerate(why.reasons):
            self._reasons.addWidget(_card(reason, is_first=place == 0))
        clear(self._pictures)
        self._add_picture(tr("You, in the newest window"), why.mine)
        if why.nearest is not None:
            words = tr("Most like it in the training: {whose}", whose=why.nearest_words)
            self._add_picture(words, why.nearest)

    def _add_picture(self, words: str, motion: Motion) -> None:
        axes = {side: NumberAxis(side) for side in ("left", "bottom")}
        plot = pg.PlotWidget(background=theme.colours.surface, axisItems=axes)
        plot.setFixedHeight(theme.scaled(_PLOT_HEIGHT))
        plot.setMouseEnabled(x=False, y=False)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        for side, unit in (("left", "g"), ("bottom", "s")):
            axes[side].setLabel(unit, color=theme.colours.muted)
            axes[side].enableAutoSIPrefix(False)
            axes[side].setPen(theme.colours.border)
            axes[side].setTextPen(theme.colours.muted)
        assert self.why is not None
        t_s = np.arange(1 - len(motion), 1) / self.why.rate_hz
        for axis, shade in enumerate(colours.AXES_DARK if theme.dark else colours.AXES):
            plot.plot(t_s, motion[:, axis], pen=pg.mkPen(shade, width=1))
        low, high = self._range()
        plot.setYRange(low, high)
        picture = column(text(words, muted=True, wrap=True), plot)
        self._pictures.addWidget(card(picture))

    def _range(self) -> tuple[float, float]:
        """One range for both pictures, or they could not be compared."""
        assert self.why is not None
        shown = [self.why.mine, *([] if self.why.nearest is None else [self.why.nearest])]
        values = [motion[:, :3] for motion in shown]
        return min(float(v.min()) for v in values), max(float(v.max()) for v in values)


def _card(reason: Reason, is_first: bool) -> QWidget:
    return card(
        text(reason.words, "heading" if is_first else "", wrap=True),
        text(reason.cure, muted=True, wrap=True),
    )
