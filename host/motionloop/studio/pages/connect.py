"""Boards in range, and which of them are connected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from motionloop.language import tr
from motionloop.studio.page_titles import title
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID, icon, theme
from motionloop.studio.widgets.elements import (
    Button,
    EmptyState,
    Page,
    card,
    column,
    restyle,
    row,
    text,
)
from motionloop.studio.widgets.state_words import state_words

if TYPE_CHECKING:
    from motionloop.board.link import FoundBoard
    from motionloop.studio.boards.board_link import LinkState

_SCAN_AGAIN_MS = 1500
_NEAR_DBM, _MIDDLE_DBM = -65, -80


class ConnectView(Page):
    """A list that looks for boards by itself until one is connected."""

    go_to = Signal(str)

    def __init__(self, session: Session) -> None:
        self.scan_button = Button(tr("Scan again"), session.scan, "refresh", key="F5")
        super().__init__(title("Connect"), self.scan_button)
        self._session = session
        self._rows: dict[str, BoardRow] = {}
        self.virtual_button = Button(
            tr("Start a virtual board"),
            session.start_virtual_board,
            "chip",
            "primary",
            key="Ctrl+B",
            tip=tr("Start a board without hardware and connect to it"),
        )
        self.note = text(muted=True, wrap=True)
        self.more_button = Button(
            tr("Start a virtual board"), session.start_virtual_board, "chip", key="Ctrl+B",
            tip=tr("Start a board without hardware and connect to it"),
        )  # fmt: skip
        self._empty = EmptyState(
            "access-point",
            tr("Looking for boards"),
            tr(
                "Switch your board on and keep it near. No board at hand? A virtual one runs the "
                "same firmware with a synthetic wearer."
            ),
            self.virtual_button,
        )
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(GRID)
        self._list.addStretch(1)
        inside = QWidget()
        inside.setLayout(self._list)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(inside)
        stack = QWidget()
        self._stack = QStackedLayout(stack)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(scroll)
        self.next_button = Button(
            tr("Record"), lambda: self.go_to.emit("Record"), "arrow-right", "primary", "Ctrl+Return"
        )
        self.body.addWidget(stack, 1)
        self.body.addWidget(self.note)
        self.body.addLayout(row(self.more_button, None, self.next_button))
        self._timer = QTimer(self, singleShot=True, interval=_SCAN_AGAIN_MS)
        self._timer.timeout.connect(self._scan_if_alone)
        session.boards_changed.connect(self.refresh)
        session.current_changed.connect(self.refresh)
        session.wearer_changed.connect(self.refresh)
        session.preferences.claims_changed.connect(self.refresh)
        session.scanning_changed.connect(self._scanning_changed)
        self.refresh()

    def refresh(self) -> None:
        """Show the session's boards."""
        session = self._session
        boards = {board.address: board for board in session.found}
        boards |= {link.address: link.found for link in session.links.values()}
        for address in set(self._rows) - set(boards):
            self._rows.pop(address).deleteLater()
        for address, board in boards.items():
            if address not in self._rows:
                self._rows[address] = BoardRow(session, board)
                self._list.insertWidget(self._list.count() - 1, self._rows[address])
            self._rows[address].refresh(board)
        self._stack.setCurrentIndex(1 if boards else 0)
        self.note.setText(session.no_adapter)
        self.note.setVisible(bool(session.no_adapter))
        for button in (self.virtual_button, self.more_button):
            button.enable(
                tr("This window's virtual board is on already: one is enough here.")
                if session.has_virtual_board
                else ""
            )
        self.more_button.setVisible(bool(boards))
        self.next_button.setVisible(session.current is not None)

    def row_of(self, address: str) -> BoardRow:
        return self._rows[address]

    def showEvent(self, event: QShowEvent) -> None:
        self._session.scan()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()

    def _scanning_changed(self) -> None:
        self.scan_button.enable(tr("Scanning") if self._session.scanning else "")
        self.scan_button.setText(tr("Scanning") if self._session.scanning else tr("Scan again"))
        if not self._session.scanning and self.isVisible():
            self._timer.start()

    def _scan_if_alone(self) -> None:
        # Scanning takes the radio's time, so a connected board is left in peace.
        if not self._session.links and self.isVisible():
            self._session.scan()


class BoardRow(QFrame):
    """A board with its facts and its actions."""

    def __init__(self, session: Session, board: FoundBoard) -> None:
        super().__init__()
        self._session, self._board = session, board
        self._picture = QLabel()
        self.name = text(kind="heading")
        self.kind = text(muted=True)
        self.facts = text(muted=True, wrap=True)
        self.owner = text(muted=True, wrap=True)
        self.dropped = text(wrap=True)
        restyle(self.dropped, danger=True)
        self.state = text()
        self.identify_button = Button(
            tr("Identify"), lambda: session.identify(self._board), "lightbulb-on-outline", "quiet",
            tip=tr("Have this board blink for 5 seconds"),
        )  # fmt: skip
        self.use_button = Button(tr("Use this one"), lambda: session.choose(board.address), "check")
        self.connect_button = Button(tr("Connect"), self._connect_or_not, "link-variant", "primary")
        line = row(
            self._picture,
            column(
                row(self.name, self.kind, None),
                self.facts,
                self.owner,
                self.dropped,
                gap=GRID // 2,
            ),
            self.state,
            self.identify_button,
            self.use_button,
            self.connect_button,
            gap=2 * GRID,
        )
        line.setStretch(1, 1)
        self.setLayout(column(card(line)))
        theme.changed.connect(self._draw)

    def refresh(self, board: FoundBoard) -> None:
        self._board = board
        link = self._session.links.get(board.address)
        self._picture.setPixmap(icon(_signal_icon(board), theme.colours.muted).pixmap(24, 24))
        self.name.setText(board.name)
        ours = board.address == self._session.virtual_address
        if ours:
            kind: str = tr("virtual board of this window")
        elif board.is_virtual:
            kind = tr("virtual board")
        elif board.held or board.in_use:
            kind = board.signal
        else:
            kind = tr("signal {strength} dBm", strength=board.rssi_dbm)
        self.kind.setText(kind)
        facts = [board.address]
        if link is not None and link.info is not None:
            info = link.info
            firmware = f"{info.firmware_major}.{info.firmware_minor}.{info.firmware_patch}"
            facts.append(tr("firmware {version}", version=firmware))
            facts.append(tr("{rate:g} Hz", rate=info.native_rate_mhz / 1000))
            known = ", ".join(link.labels)
            facts.append(tr("model: {labels}", labels=known) if link.has_model else tr("no model"))
        else:
            facts.append(tr("firmware and model are read when it is connected"))
        self.facts.setText("   ".join(facts))
        for label, words in (
            (self.owner, link.owner if link is not None else ""),
            (self.dropped, link.dropped if link is not None else ""),
        ):
            label.setText(words)
            label.setVisible(bool(words))
        chosen = link is not None and link is self._session.current
        several = len(self._session.links) > 1
        self.state.setText("" if link is None else _state_words(link.state, chosen and several))
        self.use_button.setVisible(link is not None and not chosen)
        if link is None:
            look = "" if self._session.links else "primary"
            self.connect_button.set_words(tr("Connect"), "link-variant", look)
        else:
            self.connect_button.set_words(tr("Disconnect"), "link-variant-off", "")

    def _draw(self) -> None:
        self.refresh(self._board)

    def _connect_or_not(self) -> None:
        if self._board.address in self._session.links:
            self._session.disconnect_board(self._board.address)
        else:
            self._session.connect_board(self._board)


def _signal_icon(board: FoundBoard) -> str:
    if board.is_virtual:
        return "chip"
    bars = 3 if board.rssi_dbm > _NEAR_DBM else 2 if board.rssi_dbm > _MIDDLE_DBM else 1
    return f"signal-cellular-{bars}"


def _state_words(state: LinkState, among_several: bool) -> str:
    words = state_words(state)
    return tr("{state}, in use", state=words) if among_several else words
