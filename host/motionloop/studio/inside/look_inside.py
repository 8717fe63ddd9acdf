"""Look inside: a window on its way through the layers of the int8 model, in a window of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QWidget,
)

from motionloop.language import tr
from motionloop.model.activations import INPUT, Activation
from motionloop.safe_files import write_whole
from motionloop.studio.inside import words
from motionloop.studio.inside.column import Column, least_height
from motionloop.studio.inside.details import Curves, Kernel
from motionloop.studio.inside.input_column import InputColumn
from motionloop.studio.inside.layer_column import LayerColumn
from motionloop.studio.inside.output_column import OutputColumn
from motionloop.studio.inside.series import Series
from motionloop.studio.inside.state import InsideState
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID, theme
from motionloop.studio.widgets.banner import Banner
from motionloop.studio.widgets.elements import (
    Button,
    OneLine,
    Upright,
    card,
    clear,
    column,
    row,
    text,
)
from motionloop.studio.widgets.help_panel import add_help

_SIZE = (1240, 720)
_WORDS_WIDTH = 276
_DETAILS_HEIGHT = 236
_LINES_OF_DETAILS = 68  # of these, which grow with the text
_FASTEST_STEP_S = 0.2  # of playing


class _Scrolled(QScrollArea):
    """What may need more room than there is; the arrow keys belong to the columns."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet(
            "QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }"
        )
        self.setWidget(widget)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class LookInside(QDialog):
    """One per page that opens it. Closed, it keeps no window and computes nothing."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.state = InsideState()
        self.setWindowTitle(tr("Look inside"))
        self.setObjectName("page")
        add_help(self)
        self.setMinimumSize(880, 560)
        self.resize(QSize(*_SIZE).boundedTo(parent.window().size()))
        self._wanted: int | None = None  # to be computed
        self._computing = False
        self.columns: dict[int, Column] = {}
        self._lay_out()
        self._fit()
        self.banner = Banner(self)  # the window's own is behind this one
        self._playing = QTimer(self)
        self._playing.timeout.connect(self._play_on)
        self.state.opened.connect(self._build)
        self.state.changed.connect(self._show)
        self.state.wanted.connect(self._want)
        self.state.play_pressed.connect(self.play_button.click)
        theme.changed.connect(self._fit)

    @property
    def keys_in_words(self) -> Sequence[tuple[str, str]]:
        return (
            (tr("Left, Right"), tr("the layer before or after")),
            (tr("Up, Down"), tr("the map above or below")),
            (tr("Shift+Left, Right"), tr("a point earlier or later")),
            (tr("Page Up, Page Down"), tr("the window before or after")),
            (tr("Home, End"), tr("the first or the last window")),
            (tr("Space"), tr("play window after window")),
        )

    # --- parts --------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        self.heading = OneLine("", "heading")
        self.where = OneLine()
        self.where.setProperty("muted", True)
        self.before_button = Button(
            "", lambda: self.state.ask_for(self.state.at - 1), "chevron-left", "quiet",
            tip=tr("The window before (Page Up)"),
        )  # fmt: skip
        self.next_button = Button(
            "", lambda: self.state.ask_for(self.state.at + 1), "chevron-right", "quiet",
            tip=tr("The next window (Page Down)"),
        )  # fmt: skip
        self.play_button = Button(
            tr("Play"), self._play, "play", tip=tr("Window after window (Space)")
        )
        self.save_button = Button(
            tr("Save picture"), self._choose_file, "content-save-outline", key="Ctrl+S",
            tip=tr("Save what is shown, with all layers, as a PNG"),
        )  # fmt: skip
        for button in (self.before_button, self.next_button, self.play_button, self.save_button):
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Space plays after a click, too
        titles = column(self.heading, self.where, gap=GRID // 2)
        top = row(titles, self.before_button, self.next_button, self.play_button, self.save_button)
        top.setStretch(0, 1)
        self._input_place, self._output_place = QHBoxLayout(), QHBoxLayout()
        self._layers = QHBoxLayout()
        self._layers.setContentsMargins(0, 0, 0, 0)
        self._layers.setSpacing(GRID // 2)
        inside = QWidget()
        inside.setLayout(self._layers)
        self._strip = _Scrolled(inside)
        self._strip.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        picture = QFrame()
        picture.setObjectName("card")
        whole = row(self._input_place, self._strip, self._output_place, gap=GRID // 2)
        whole.setStretch(1, 1)
        whole.setContentsMargins(GRID, GRID, GRID, GRID)
        picture.setLayout(whole)
        self.name = text(kind="heading", wrap=True)
        self.explanation = text(wrap=True)
        self.facts = text(muted=True, wrap=True)
        said = Upright(column(self.name, self.explanation, self.facts, None))
        said.setFixedWidth(_WORDS_WIDTH)
        self.kernel, self.curves = Kernel(self.state), Curves(self.state)
        near = row(said, self.kernel, self.curves, gap=2 * GRID)
        near.setStretch(2, 1)
        self._details = card(near)
        self.computed_by = text(muted=True)
        foot = row(text(_keys(), muted=True, wrap=True), self.computed_by, gap=2 * GRID)
        foot.setStretch(0, 1)
        both = column(picture, self._details)
        both.setStretch(0, 1)
        inside = QWidget()
        inside.setLayout(both)
        self._body = _Scrolled(inside)
        everything = column(top, self._body, foot)
        everything.setStretch(1, 1)
        everything.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        self.setLayout(everything)

    def _fit(self) -> None:
        """The height of the words and curves below, and columns for the size of the text."""
        more = theme.scaled(_LINES_OF_DETAILS) - _LINES_OF_DETAILS
        self._details.setFixedHeight(_DETAILS_HEIGHT + more)
        bar = self._strip.horizontalScrollBar()
        self._strip.setMinimumHeight(least_height() + bar.sizeHint().height())
        self._build()
        self._show()

    def _build(self) -> None:
        """Columns for the model of another series."""
        state, series = self.state, self.state.series
        if series is None:
            return
        self.setFocus()  # not a column that goes: Qt would select one after the other
        for place in (self._input_place, self._layers, self._output_place):
            clear(place)
        self.columns = {}
        for layer in state.columns:
            if layer == INPUT:
                made: Column = InputColumn(state)
                self._input_place.addWidget(made)
            elif layer == series.layered.output:
                made = OutputColumn(state)
                self._output_place.addWidget(_labels(made))
            else:
                made = LayerColumn(state, layer)
                self._layers.addWidget(made, 1)
            self.columns[layer] = made
        self.heading.words = series.title
        self.columns[INPUT].setFocus()  # or Space would press the first button

    # --- windows ------------------------------------------------------------------------------
    def open_series(self, series: Series) -> None:
        """Show the windows of a series."""
        self._playing.stop()
        self._wanted = None
        self.state.open(series)
        self.show()
        self.raise_()
        self.activateWindow()

    def _want(self, window: int) -> None:
        self._wanted = window
        self._compute()

    def _compute(self) -> None:
        """Run the newest wanted window through the model, in a thread of its own."""
        series, window = self.state.series, self._wanted
        if self._computing or series is None or window is None:
            return
        self._wanted, self._computing = None, True

        async def work() -> None:
            done = await asyncio.to_thread(series.layered.compute, series.windows[window])
            self._session.post(lambda: self._computed(series, window, done))

        self._session.start("look inside", work(), self._ended)

    def _computed(self, series: Series, window: int, done: tuple[Activation, ...]) -> None:
        if series is self.state.series:
            self.state.show_window(window, done)

    def _ended(self) -> None:
        self._computing = False
        self._compute()

    def _show(self) -> None:
        state, series = self.state, self.state.series
        if series is None or not state.activations:
            return
        place = series.places[state.at]
        parts = [
            tr(
                "Window {number} of {count}: {place}",
                number=state.at + 1, count=len(series.windows), place=place.words,
            )
        ]  # fmt: skip
        if place.label is not None:
            parts.append(tr("labelled {label}", label=place.label))
        self.where.words = "  ·  ".join([*parts, series.model_name])
        self.computed_by.setText(
            tr("int8 by TFLite Micro, as on the board")
            if series.layered.is_reference
            else tr("int8 by LiteRT: the last bit can differ from the board's")
        )
        is_last = state.at == len(series.windows) - 1
        self.before_button.enable("" if state.at > 0 else tr("This is the first window."))
        self.next_button.enable(tr("This is the last window.") if is_last else "")
        name = words.column_name(series, state.layer)
        self.name.setText(name[:1].upper() + name[1:])
        self.explanation.setText(words.explanation(series, state.layer))
        self.facts.setText(words.facts(series, state.layer))
        for column_widget in self.columns.values():
            column_widget.refresh()
        chosen = self.columns[state.layer]
        if state.layer not in (INPUT, series.layered.output):
            self._strip.ensureWidgetVisible(chosen, GRID, 0)

    # --- playing ------------------------------------------------------------------------------
    def _play(self) -> None:
        series = self.state.series
        if self._playing.isActive() or series is None:
            self._stop_playing()
            return
        if self.state.at == len(series.windows) - 1:
            self.state.ask_for(0)
        self._playing.start(round(1000 * max(series.step_s, _FASTEST_STEP_S)))
        self.play_button.set_words(tr("Pause"), "pause", "")

    def _play_on(self) -> None:
        series = self.state.series
        if series is None or self.state.at >= len(series.windows) - 1:
            self._stop_playing()
        else:
            self.state.ask_for(self.state.at + 1)

    def _stop_playing(self) -> None:
        self._playing.stop()
        self.play_button.set_words(tr("Play"), "play", "")

    # --- the picture --------------------------------------------------------------------------
    def _choose_file(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, tr("Save the picture"), "look-inside.png", tr("Pictures") + " (*.png)"
        )
        if path:
            self.save_picture(Path(path))

    def save_picture(self, path: Path) -> None:
        """Write what is shown into a PNG, large enough for all layers."""
        size, hidden = self.size(), self._strip.horizontalScrollBar().maximum()
        below = self._body.verticalScrollBar().maximum()
        self.resize(size.width() + hidden, size.height() + below)
        picture = self.grab()
        self.resize(size)
        content = QBuffer()
        content.open(QBuffer.OpenModeFlag.WriteOnly)
        picture.save(content, "PNG")
        try:
            write_whole(path, bytes(content.data().data()))
        except OSError as error:
            self.banner.fail(
                tr(
                    "The picture cannot be written to {path} ({cause}). Choose another folder.",
                    path=path,
                    cause=error.strerror,
                )
            )
            return
        self.banner.show_notice(tr("Saved as {path}.", path=path))

    # --- events -------------------------------------------------------------------------------
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        save = QAction(tr("Save picture"), menu)
        save.triggered.connect(self._choose_file)
        menu.addAction(save)
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.state.press(event):
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Close, and keep nothing."""
        super().done(result)
        self._stop_playing()
        self._wanted = None
        self.state.clear()


def _keys() -> str:
    return tr(
        "Left, Right: layer. Up, Down: map. Shift+Left, Right: moment. Page Up, Down: window. "
        "Space: play."
    )


def _labels(output: OutputColumn) -> QScrollArea:
    """The answer, scrolled where there are more labels than room."""
    scrolled = _Scrolled(output)
    scrolled.setFixedWidth(output.minimumWidth() + scrolled.verticalScrollBar().sizeHint().width())
    scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return scrolled
