"""A window whose settings, recordings and models are the test's own, and boards to connect to."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QObject,
    QPoint,
    QSettings,
    Qt,
    QTimer,
    QUrl,
    Slot,
)
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from motionloop.studio import translation
from motionloop.studio.boards.board_link import BoardLink, LinkState
from motionloop.studio.main_window import MainWindow
from motionloop.studio.session import Session
from motionloop.studio.theme import theme
from motionloop.virtual.process import READY

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the application is made


class Studio:
    """The window with what a person does to it."""

    def __init__(self, qtbot: QtBot, folder: Path, language: str = translation.SOURCE) -> None:
        self.folder = folder
        self._bot = qtbot
        self.settings = QSettings(str(folder / "studio.ini"), QSettings.Format.IniFormat)
        translation.start(self.settings, language)
        theme.start(self.settings)
        self.session = Session(folder / "recordings", folder / "models", self.settings)
        self.failures: list[str] = []
        self.session.failed.connect(self.failures.append)
        self.window = MainWindow(self.session)
        self.window.resize(1280, 720)  # whatever the screen off the screen has
        qtbot.addWidget(self.window)
        self.window.show()

    def click(self, button: QAbstractButton) -> None:
        assert button.isVisible()
        assert button.isEnabled()
        self._bot.mouseClick(button, Qt.MouseButton.LeftButton)

    def click_at(self, widget: QWidget) -> None:
        """Click the upper left corner of something that is no button."""
        assert widget.isVisible()
        self._bot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))

    def press(self, key: Qt.Key, control: bool = False, on: QWidget | None = None) -> None:
        modifier = (
            Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        )
        self._bot.keyClick(on or self.window, key, modifier)

    def until(self, condition: Callable[[], object], timeout_s: float = 60.0) -> None:
        """Wait for the condition, and for the window to show it; what was said in the banner is in
        the failure."""
        try:
            self._bot.waitUntil(lambda: bool(condition()), timeout=int(timeout_s * 1000))
        except Exception:
            print("the banner said:", self.failures)
            raise
        if self.window.isVisible():
            self._hear_the_loop()

    def _hear_the_loop(self) -> None:
        """Return when the window knows all that asyncio's thread knew: a board is, say, connected
        there before its row says so here."""
        heard: list[None] = []
        self.session.call_in_loop(lambda: self.session.post(lambda: heard.append(None)))
        self._bot.waitUntil(lambda: bool(heard), timeout=60_000)

    def live(self, seconds: float) -> None:
        """Let the window live on, and threads beside it, which `QTest.qWait` would starve."""
        loop = QEventLoop()
        QTimer.singleShot(round(1000 * seconds), loop.quit)
        loop.exec()

    @property
    def board(self) -> BoardLink:
        assert self.session.current is not None
        return self.session.current

    def connect(self, board: Board) -> None:
        """Find the board in the list and click Connect."""
        view = self.window.page("Connect")
        self.window.show_page("Connect")
        if self.session.links:  # then it does not look for others by itself
            self.until(view.scan_button.isEnabled)
            self.click(view.scan_button)
        self.until(lambda: board.address in view._rows)
        button = view.row_of(board.address).connect_button
        self.until(button.isVisible)  # Qt shows what is new a moment later
        self.click(button)
        self.until(lambda: board.address in self.session.links)
        link = self.session.links[board.address]
        self.until(lambda: link.state is LinkState.CONNECTED and link.ring is not None)

    def close(self) -> None:
        self.window.close()


class Board:
    """A virtual board in a process of its own, as the command starts one."""

    def __init__(self, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "motionloop",
                "virtual-board",
                "--until-stdin-closes",
                *arguments,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line.startswith(READY)
        self.name, self.address = line.removeprefix(READY).split()[:2]

    def send_line(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.communicate()

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.communicate(timeout=20)


@pytest.fixture(autouse=True)
def no_widget_outlives_its_test() -> Iterator[None]:
    """Qt deletes a closed widget in the next event loop only, which may be another test's; until
    then the widget's timers go on."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def language() -> str:
    """The window's; a test may ask for another one by a parameter of this name."""
    return translation.SOURCE


@pytest.fixture
def studio(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> Iterator[Studio]:
    monkeypatch.setattr("motionloop.studio.session.SCAN_S", 0.4)  # boards here answer at once
    made = Studio(qtbot, tmp_path, language)
    yield made
    made.close()
    translation.install(translation.SOURCE)


@pytest.fixture
def start_board(no_bluetooth: Path) -> Iterator[Callable[..., Board]]:
    """Starts boards; all of them end with the test."""
    running: list[Board] = []

    def start(*arguments: str) -> Board:
        running.append(Board(*arguments))
        return running[-1]

    yield start
    for board in running:
        board.stop()


class Opened(QObject):
    """Stands for the system's browser and its window of folders."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[Path] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.paths.append(Path(url.toLocalFile()))


@pytest.fixture
def opened() -> Iterator[list[Path]]:
    """What the window has the system open."""
    system = Opened()
    QDesktopServices.setUrlHandler("file", system, "take")
    yield system.paths
    QDesktopServices.unsetUrlHandler("file")
