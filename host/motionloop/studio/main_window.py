"""The window: the rail in the order of the loop, the pages, the menu and the status strip.

The banner and the help lie over the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QMainWindow,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from motionloop.language import tr
from motionloop.studio import translation
from motionloop.studio.page_titles import title
from motionloop.studio.session import Session
from motionloop.studio.theme import GRID, icon, theme
from motionloop.studio.widgets.about import AboutDialog
from motionloop.studio.widgets.banner import Banner
from motionloop.studio.widgets.elements import Button, column, key_name, row
from motionloop.studio.widgets.help_panel import HasKeys, HelpPanel
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
_RAIL_WIDTH = 88  # at text size 1
_SIZE = QSize(1280, 720)  # of the first window, where the screen has room for it
_LEAST_SIZE = QSize(900, 520)
_FRAME_HEIGHT = 40  # of a window's title, which no system tells before the window is shown


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
        self.setWindowTitle(tr("MotionLoop"))
        self.setMinimumSize(_LEAST_SIZE.boundedTo(self._room()))
        self.setAcceptDrops(True)
        self._pages: dict[str, QWidget] = {}
        self._around: dict[str, QScrollArea] = {}
        self._stack = QStackedWidget()
        self.banner = Banner(self._stack)
        self.help = HelpPanel(self._stack)
        self.help.left.connect(lambda: self.page(self.page_name).setFocus())
        self.menu = QMenu(self)
        self.about: AboutDialog | None = None
        self.strip = StatusStrip(session)
        self._rail_buttons: dict[str, QToolButton] = {}
        middle = column(self._stack, self.strip, gap=0)
        middle.setStretch(0, 1)
        whole = row(self._rail(), middle, gap=0)
        whole.setStretch(1, 1)
        centre = QWidget()
        centre.setLayout(whole)
        self.setCentralWidget(centre)
        session.failed.connect(self.banner.fail)
        session.solved.connect(self.banner.solve)
        session.notice.connect(self.banner.show_notice)
        session.offered.connect(self.banner.propose)
        session.wanted_recording.connect(self._show_recording)
        theme.changed.connect(self._draw)
        self._draw()
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
            around = QScrollArea(widgetResizable=True)  # for windows that are too small
            around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            around.setWidget(made)
            self._stack.addWidget(around)
            self._around[name] = around
        return self._pages[name]

    def show_page(self, name: str) -> None:
        """Show the page; a message about another page goes."""
        if not self.page(name).isVisible():
            self.banner.hide()
        self._bring(name)

    def _bring(self, name: str) -> None:
        page = self.page(name)
        self._rail_buttons[name].setChecked(True)
        self._stack.setCurrentWidget(self._around[name])
        self.help.hide()
        page.setFocus()
        self.session.settings.setValue("window/page", name)

    def _show_recording(self, path: Path) -> None:
        self.show_page("Label")
        label = self.page("Label")
        if isinstance(label, OpensRecordings):
            label.open(path)

    # --- rail ---------------------------------------------------------------------------------
    def _rail(self) -> QWidget:
        self._rail_frame = rail = QFrame()
        rail.setObjectName("rail")
        group = QButtonGroup(self)
        for number, (name, _, _) in enumerate(PAGES, 1):
            button = QToolButton()
            button.setText(title(name))
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(24, 24))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setToolTip(f"{title(name)} ({key_name(f'Ctrl+{number}')})")
            button.setAccessibleName(title(name))
            button.clicked.connect(lambda _checked=False, name=name: self.show_page(name))
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(lambda name=name: self.show_page(name))
            group.addButton(button)
            self._rail_buttons[name] = button
        self._menu_button = self._tool(tr("Menu"), "F10", self._open_menu)
        self._help_button = self._tool(tr("Help"), "F1", self.toggle_help)
        self._theme_button = self._tool(tr("Light or dark"), "Ctrl+T", theme.toggle)
        self._icons = {
            self._menu_button: "menu",
            self._help_button: "help-circle-outline",
            **{self._rail_buttons[name]: picture for name, picture, _ in PAGES},
        }
        for key, step in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1), ("Ctrl+0", 0)):
            QShortcut(QKeySequence(key), self).activated.connect(partial(theme.resize_text, step))
        QShortcut(QKeySequence("Ctrl+Q"), self).activated.connect(self.close)
        self.menu.aboutToShow.connect(self._fill_menu)
        inside = column(
            *self._rail_buttons.values(), None,
            self._menu_button, self._help_button, self._theme_button, gap=GRID // 2,
        )  # fmt: skip
        inside.setContentsMargins(GRID, 2 * GRID, GRID, GRID)
        rail.setLayout(inside)
        return rail

    def _tool(self, name: str, key: str, act: Callable[[], None]) -> QToolButton:
        """A button with an icon alone, at the foot of the rail."""
        made = QToolButton()
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setIconSize(QSize(20, 20))
        made.setProperty("small", True)
        made.setToolTip(f"{name} ({key_name(key)})")
        made.setAccessibleName(name)
        made.clicked.connect(lambda _checked=False: act())
        QShortcut(QKeySequence(key), self).activated.connect(act)
        return made

    def _draw(self) -> None:
        muted = theme.colours.muted
        for button, picture in self._icons.items():
            button.setIcon(icon(picture, muted))
        self._theme_button.setIcon(icon("weather-sunny" if theme.dark else "weather-night", muted))
        names = self._rail_buttons.values()
        for button in names:
            button.ensurePolished()
        longest = max(button.sizeHint().width() for button in names) + 3 * GRID  # bold
        self._rail_frame.setFixedWidth(max(theme.scaled(_RAIL_WIDTH), longest))

    # --- menu and help ------------------------------------------------------------------------
    def _open_menu(self) -> None:
        self.menu.popup(self._menu_button.mapToGlobal(self._menu_button.rect().topRight()))

    def _fill_menu(self) -> None:
        """All that can be done now, with the keys, which the buttons and shortcuts act on."""
        self.menu.clear()
        go_to = self.menu.addMenu(tr("Go to"))
        for number, name in enumerate(self._rail_buttons, 1):
            _add(go_to, title(name), f"Ctrl+{number}", partial(self.show_page, name))
        here = self.menu.addMenu(title(self.page_name))
        for button in self._page_buttons():
            action = _add(here, button.words, button.shown_key, button.click)
            action.setEnabled(button.isEnabled())
        view = self.menu.addMenu(tr("Looks"))
        _add(view, tr("Light or dark"), "Ctrl+T", theme.toggle)
        view.addSeparator()
        _add(view, tr("Larger text"), "Ctrl++", partial(theme.resize_text, 1))
        _add(view, tr("Smaller text"), "Ctrl+-", partial(theme.resize_text, -1))
        _add(view, tr("Text as the system has it"), "Ctrl+0", partial(theme.resize_text, 0))
        self._fill_languages(self.menu.addMenu(tr("Language")))
        self.menu.addSeparator()
        _add(self.menu, tr("Help for {page}", page=title(self.page_name)), "F1", self.toggle_help)
        _add(self.menu, tr("About MotionLoop"), "", self.show_about)
        self.menu.addSeparator()
        _add(self.menu, tr("Close the studio"), "Ctrl+Q", self.close)

    def _fill_languages(self, menu: QMenu) -> None:
        now = translation.chosen(self.session.settings)
        for code, name in {"": tr("As the system has it"), **translation.languages()}.items():
            action = _add(menu, name, "", partial(self._choose_language, code))
            action.setCheckable(True)
            action.setChecked(code == now)

    def _choose_language(self, code: str) -> None:
        translation.choose(self.session.settings, code)
        self.session.notice.emit(tr("The studio speaks this language from its next start on."))

    def _page_buttons(self) -> list[Button]:
        """What can be pressed on the page as it is now."""
        page = self.page(self.page_name)
        return [button for button in page.findChildren(Button) if button.isVisible()]

    def toggle_help(self) -> None:
        """Open the help of the page, or close it."""
        if self.help.isVisible():
            self.help.leave()
            return
        page = self.page(self.page_name)
        buttons = self._page_buttons()
        keys = [(b.shown_key, b.tip) for b in buttons if b.listens and not b.isCheckable()]
        more = page.keys_in_words if isinstance(page, HasKeys) else ()
        self.help.show_page(self.page_name, [*keys, *more])
        self.help.open()

    def show_about(self) -> None:
        """Show versions and licences."""
        self.about = AboutDialog(self)
        self.about.open()

    # --- what is remembered -------------------------------------------------------------------
    def _restore(self) -> None:
        settings = self.session.settings
        self.resize(_SIZE.boundedTo(self._room()))
        if (geometry := settings.value("window/geometry")) is not None:
            self.restoreGeometry(geometry)
        remembered = str(settings.value("window/page", ""))
        self.show_page(remembered if remembered in self._rail_buttons else "Connect")

    def _room(self) -> QSize:
        """What the screen has for the inside of a window."""
        return self.screen().availableSize() - QSize(0, _FRAME_HEIGHT)

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
                self._bring(name)  # the message stays
                self.banner.offer(tr("Close and lose these edits"), partial(self._lose_edits, page))
                return
        self.session.settings.setValue("window/geometry", self.saveGeometry())
        self.hide()  # closing recordings and links takes a moment
        self.session.close()
        event.accept()

    def _lose_edits(self, view: SavesEdits) -> None:
        view.drop_edits()
        self.close()


def _add(menu: QMenu, words: str, key: str, act: Callable[[], object]) -> QAction:
    """An action that names the key, but does not listen to it."""
    made = menu.addAction(f"{words}\t{key_name(key)}" if key else words)
    made.triggered.connect(lambda _checked=False: act())
    return made
