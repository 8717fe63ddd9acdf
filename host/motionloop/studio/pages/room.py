"""All boards of a room at once: a tile per board, and what is done with all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QStackedLayout, QWidget

from motionloop.language import tr
from motionloop.model.folder import stored_models
from motionloop.studio.page_titles import title
from motionloop.studio.pages.class_list import ClassListDialog
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID
from motionloop.studio.widgets.board_tile import SIZE, BoardTile, why_no_names
from motionloop.studio.widgets.claim_box import ClaimBox
from motionloop.studio.widgets.elements import (
    Button,
    Choice,
    EmptyState,
    OneLine,
    Page,
    restyle,
    row,
    tip,
)

if TYPE_CHECKING:
    from motionloop.board.prediction import Prediction
    from motionloop.studio.boards.board_link import BoardLink

_REFRESH_MS = 500
_MODEL_WIDTH = 180


class RoomView(Page):
    """Tiles in columns, polled while the page can be seen."""

    go_to = Signal(str)

    def __init__(self, session: Session) -> None:
        self._session, self._jobs = session, session.training
        self.connect_button = Button(
            tr("Connect all"), session.connect_all, "link-variant",
            tip=tr("Connect all boards that were found"),
        )  # fmt: skip
        self.record_button = Button(
            tr("Record all"), self._record_or_stop, "record", "primary", "R"
        )
        self.label = Choice()
        self.label.setToolTip(tr("Label all recordings from now on (1 ... 9, 0 for none)"))
        self.label.activated.connect(self._choose_label)
        self.next_button = Button(
            tr("Next pupils"),
            self._next_pupils,
            "skip-next",
            tip=tr("The next name for each board"),
        )
        self.class_button = Button(
            tr("Class list"),
            self._open_class,
            "clipboard-list-outline",
            tip=tr("The names for Next pupils"),
        )
        super().__init__(title("Room"), self.connect_button, self.label, self.record_button)
        self.tiles: dict[str, BoardTile] = {}
        self._columns = 1
        self.dialog: ClassListDialog | None = None
        self.summary = OneLine()
        self.models = Choice()
        self.models.setToolTip(tr("The model for all boards"))
        self.models.setFixedWidth(_MODEL_WIDTH)
        self.push_button = Button(
            tr("Push to all"),
            self._push_or_cancel,
            "upload",
            tip=tr("Put this model on all boards"),
        )
        second = row(
            self.summary, self.next_button, self.class_button, self.models, self.push_button
        )
        second.setStretch(0, 1)
        self.body.addLayout(second)
        self.claim = ClaimBox(session)
        self.body.addLayout(row(None, self.claim))
        self._empty = EmptyState(
            "access-point",
            tr("No board was found yet"),
            tr("Switch the boards on, then look for them on the page Connect."),
            Button(tr("Connect"), lambda: self.go_to.emit("Connect"), "access-point", "primary"),
        )
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GRID)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        inside.setLayout(self._grid)
        self._scroll = _Scroll(self._fit_columns)
        self._scroll.setWidget(inside)
        stack = QWidget()
        self._stack = QStackedLayout(stack)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._scroll)
        self.body.addWidget(stack, 1)
        for number in range(10):
            key = QShortcut(QKeySequence(str(number)), self)
            key.activated.connect(partial(self._number_pressed, number))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._cancel_push)
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        session.boards_changed.connect(self._place_tiles)
        session.predicted.connect(self._predicted)
        session.preferences.labels_changed.connect(self._fill_labels)
        self._fill_labels()
        self._place_tiles()

    # --- tiles --------------------------------------------------------------------------------
    def _place_tiles(self) -> None:
        """A tile per board that is connected or was found, in the order of their names."""
        session = self._session
        boards = {board.address: board for board in session.found if not board.in_use}
        boards |= {link.address: link.found for link in session.links.values()}
        order = sorted(boards, key=lambda address: (boards[address].name, address))
        if list(self.tiles) != order:
            for address in set(self.tiles) - set(order):
                self.tiles.pop(address).deleteLater()
            self.tiles = {
                address: self.tiles.get(address)
                or BoardTile(session, boards[address], partial(self._next_pupil, address))
                for address in order
            }
            self._arrange()
        self._stack.setCurrentIndex(1 if order else 0)
        self.refresh()

    def _arrange(self) -> None:
        for column in range(max(self._columns, self._grid.columnCount())):
            self._grid.setColumnStretch(column, int(column < self._columns))
        for place, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, place // self._columns, place % self._columns)

    def _fit_columns(self, width: int) -> None:
        columns = max(1, (width + GRID) // (SIZE.width() + GRID))
        if columns != self._columns:
            self._columns = columns
            self._arrange()

    def _predicted(self, link: BoardLink, prediction: Prediction) -> None:
        if link.address in self.tiles:
            self.tiles[link.address].latest = prediction

    def refresh(self) -> None:
        """Show all boards as they are now."""
        links = self._session.links
        for address, tile in self.tiles.items():
            tile.refresh(links.get(address), self._jobs.pushes.get(address))
        recording = [link.recording for link in links.values() if link.recording is not None]
        self._summarise(len(recording))
        if recording and all(running.is_ending for running in recording):
            self.record_button.set_words(tr("Ending"), "stop", "danger")
        elif recording:
            self.record_button.set_words(tr("Stop all"), "stop", "danger")
        else:
            self.record_button.set_words(tr("Record all"), "record", "primary")
        nobody = tr("No board is connected: connect one and try again.")
        self.record_button.enable("" if links else nobody)
        self.label.setEnabled(bool(recording))
        self.next_button.enable(why_no_names() if recording else "")
        everyone = tr("Every board that was found is connected: the page Connect looks for others.")
        self.connect_button.enable("" if len(links) < len(self.tiles) else everyone)
        busy, pushing = bool(self._jobs.running), self._is_pushing
        if pushing:
            self.push_button.set_words(tr("Cancel"), "close", "danger")
        else:
            self.push_button.set_words(tr("Push to all"), "upload", "")
        self.claim.show_for(links.values())
        self.claim.setEnabled(not busy)
        self.push_button.enable(self._why_no_push())

    def _summarise(self, recording: int) -> None:
        links = self._session.links.values()
        quiet = [link.name for link in links if link.silence or link.state.value == "reconnecting"]
        boards = len(self.tiles)
        words = [tr("{connected} of {boards} connected", connected=len(links), boards=boards)]
        words += [tr("{boards} recording", boards=recording)] if recording else []
        words += [tr("no data from {boards}", boards=", ".join(quiet))] if quiet else []
        if (said := ", ".join(words)) != self.summary.words:
            self.summary.words = said
            self.summary.setToolTip(tip(said))
        restyle(self.summary, danger=bool(quiet))

    # --- recordings ---------------------------------------------------------------------------
    def _record_or_stop(self) -> None:
        if any(link.recording is not None for link in self._session.links.values()):
            self._session.stop_all()
        else:
            self.label.setCurrentIndex(0)
            self._session.record_all()

    def _fill_labels(self) -> None:
        self.label.clear()
        self.label.addItems([tr("no label"), *self._session.preferences.labels])

    def _choose_label(self, place: int) -> None:
        self._session.label_all(self.label.itemText(place) if place > 0 else None)

    def _number_pressed(self, number: int) -> None:
        if self.label.isEnabled() and number < self.label.count():
            self.label.setCurrentIndex(number)
            self._choose_label(number)

    # --- pupils -------------------------------------------------------------------------------
    def _next_pupil(self, address: str) -> None:
        taken = [tile.pupil.text() for tile in self.tiles.values()]
        if names := self._session.preferences.next_pupils(1, taken):
            self.tiles[address].set_pupil(names[0])
        else:
            self._say_too_few()

    def _next_pupils(self) -> None:
        names = self._session.preferences.next_pupils(len(self.tiles))
        for place, tile in enumerate(self.tiles.values()):
            tile.set_pupil(names[place] if place < len(names) else "")
        if len(names) < len(self.tiles):
            self._say_too_few()

    def _say_too_few(self) -> None:
        names = len(self._session.preferences.class_list)
        self._session.failed.emit(
            tr(
                "The class list has {names} names, too few for {boards} boards. Press Class list "
                "and paste more.",
                names=names,
                boards=len(self.tiles),
            )
        )

    def _open_class(self) -> None:
        self.dialog = ClassListDialog(self._session.preferences, self)
        self.dialog.open()

    # --- models -------------------------------------------------------------------------------
    def _fill_models(self) -> None:
        stored = stored_models(self._session.models_folder)
        if [str(model.path) for model in stored] != [
            self.models.itemData(i) for i in range(self.models.count())
        ]:
            self.models.clear()
            for model in stored:
                self.models.addItem(model.words, str(model.path))

    def _why_no_push(self) -> str:
        """Why the button for it, or for its end, cannot be pressed; empty if it can."""
        if self._is_pushing:
            return tr("Cancelling") if self._jobs.cancelling else ""
        if not self._session.links:
            return tr("No board is connected: connect one and try again.")
        no_model = "" if self.models.count() else tr("There is no model yet: train one first.")
        return self._jobs.why_not or no_model

    @property
    def _is_pushing(self) -> bool:
        return bool(self._jobs.running and self._jobs.pushes)

    def _cancel_push(self) -> None:
        if self._is_pushing:
            self._jobs.cancel()

    def _push_or_cancel(self) -> None:
        if self._is_pushing:
            self._jobs.cancel()
        else:
            links = list(self._session.links.values())
            self._jobs.push_to_all(links, Path(self.models.currentData()))

    def showEvent(self, event: QShowEvent) -> None:
        self._fill_models()
        self._place_tiles()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()


class _Scroll(QScrollArea):
    """Scrolls up and down only, and reports how wide it is."""

    def __init__(self, report: Callable[[int], None]) -> None:
        super().__init__(widgetResizable=True)
        self._report = report
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._report(self.viewport().width())
