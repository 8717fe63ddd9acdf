"""The window: the rail in the order of the loop, the pages, the banner and the status strip."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from motionloop.studio.session import Session
from motionloop.studio.theme import GRID, icon, theme
from motionloop.studio.widgets.banner import Banner
from motionloop.studio.widgets.elements import column, row
from motionloop.studio.widgets.status_strip import StatusStrip

# Name, icon, and the class, whose module is imported when the page is first shown.
PAGES = (
    ("Connect", "access-point", "pages.connect:ConnectView"),
    ("Record", "record-circle-outline", "pages.record:RecordView"),
    ("Label", "tag-outline", "pages.label:LabelView"),
    ("Data", "chart-box-outline", "pages.data:DataView"),
    ("Train", "school-outline", "pages.train:TrainView"),
    ("Live", "pulse", "pages.live:LiveView"),
    ("Room", "view-grid-outline", "pages.room:RoomView"),
)
_RAIL_WIDTH = 88


@runtime_checkable
class SavesEdits(Protocol):
    """A page that may have something to save."""

    def flush(self) -> bool: ...  # now; False after a failure, which was reported
    def drop_edits(self) -> None: ...


@runtime_checkable
class OpensRecordings(Protocol):
    """A page that shows a recording."""

    def open(self, path: Path) -> None: ...


@runtime_checkable
class TakesFiles(Protocol):
    """A page that imports files."""

    def import_files(self, sources: Sequence[Path]) -> None: ...


class MainWindow(QMainWindow):
    """The studio's only window. Closing it closes the session first.

    The window stays open while edits cannot be saved, unless the user gives them up.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setWindowTitle("MotionLoop")
        self.setMinimumSize(960, 600)
        self.setAcceptDrops(True)
        self._pages: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self.banner = Banner()
        self.strip = StatusStrip(session)
        self._rail_buttons: dict[str, QToolButton] = {}
        middle = column(self.banner, self._stack, self.strip, gap=0)
        middle.setStretch(1, 1)
        whole = row(self._rail(), middle, gap=0)
        whole.setStretch(1, 1)
        centre = QWidget()
        centre.setLayout(whole)
        self.setCentralWidget(centre)
        session.failed.connect(self.banner.fail)
        session.notice.connect(self.banner.show_notice)
        session.offered.connect(self.banner.propose)
        session.wanted_recording.connect(self._show_recording)
        theme.changed.connect(self._draw_icons)
        self._draw_icons()
        self._restore()

    # --- pages --------------------------------------------------------------------------------
    @property
    def page_name(self) -> str:
        return next(name for name, button in self._rail_buttons.items() if button.isChecked())

    def page(self, name: str) -> QWidget:
        """The page of that name, made now if it was never shown."""
        if name not in self._pages:
            place = next(place for known, _, place in PAGES if known == name)
            module, _, kind = place.partition(":")
            made: QWidget = getattr(import_module(f"motionloop.studio.{module}"), kind)(
                self.session
            )
            if hasattr(made, "go_to"):  # a page that leads to another one
                made.go_to.connect(self.show_page)
            self._pages[name] = made
            self._stack.addWidget(made)
        return self._pages[name]

    def show_page(self, name: str) -> None:
        page = self.page(name)
        self._rail_buttons[name].setChecked(True)
        self._stack.setCurrentWidget(page)
        page.setFocus()
        self.session.settings.setValue("window/page", name)

    def _show_recording(self, path: Path) -> None:
        self.show_page("Label")
        label = self.page("Label")
        if isinstance(label, OpensRecordings):
            label.open(path)

    # --- rail ---------------------------------------------------------------------------------
    def _rail(self) -> QWidget:
        rail = QFrame()
        rail.setObjectName("rail")
        rail.setFixedWidth(_RAIL_WIDTH)
        group = QButtonGroup(self)
        for number, (name, _, _) in enumerate(PAGES, 1):
            button = QToolButton()
            button.setText(name)
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(24, 24))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setToolTip(f"{name} (Ctrl+{number})")
            button.setAccessibleName(name)
            button.clicked.connect(lambda _checked=False, name=name: self.show_page(name))
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(lambda name=name: self.show_page(name))
            group.addButton(button)
            self._rail_buttons[name] = button
        self._theme_button = QToolButton()
        self._theme_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme_button.setIconSize(QSize(20, 20))
        self._theme_button.setToolTip("Light or dark (Ctrl+T)")
        self._theme_button.setAccessibleName("Light or dark")
        self._theme_button.clicked.connect(theme.toggle)
        QShortcut(QKeySequence("Ctrl+T"), self).activated.connect(theme.toggle)
        inside = column(*self._rail_buttons.values(), None, self._theme_button, gap=GRID // 2)
        inside.setContentsMargins(GRID, 2 * GRID, GRID, GRID)
        rail.setLayout(inside)
        return rail

    def _draw_icons(self) -> None:
        colours = theme.colours
        for name, picture, _ in PAGES:
            drawn = icon(picture, colours.muted)
            self._rail_buttons[name].setIcon(drawn)
        self._theme_button.setIcon(
            icon("weather-sunny" if theme.dark else "weather-night", colours.muted)
        )

    # --- what is remembered -------------------------------------------------------------------
    def _restore(self) -> None:
        settings = self.session.settings
        self.resize(1280, 720)
        if (geometry := settings.value("window/geometry")) is not None:
            self.restoreGeometry(geometry)
        remembered = str(settings.value("window/page", ""))
        self.show_page(remembered if remembered in self._rail_buttons else "Connect")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Files that are dropped anywhere are imported on the page Data."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.show_page("Data")
        data = self.page("Data")
        if files and isinstance(data, TakesFiles):
            data.import_files(files)
            event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        for name, page in self._pages.items():
            if isinstance(page, SavesEdits) and not page.flush():
                event.ignore()
                self.show_page(name)
                self.banner.offer("Close and lose these edits", partial(self._lose_edits, page))
                return
        self.session.settings.setValue("window/geometry", self.saveGeometry())
        self.hide()  # closing recordings and links takes a moment
        self.session.close()
        event.accept()

    def _lose_edits(self, view: SavesEdits) -> None:
        view.drop_edits()
        self.close()
