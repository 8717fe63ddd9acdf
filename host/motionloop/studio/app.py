"""Starting the studio: the application, its theme, the session and the window."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from motionloop.studio import translation
from motionloop.studio.main_window import MainWindow
from motionloop.studio.session import Session
from motionloop.studio.theme import theme

ICON = Path(__file__).with_name("icon.svg")
_WARM_UP_AFTER_MS = 1500
_SIGNALS_LOOKED_AT_MS = 200


def run(
    recordings: Path, models: Path, settings: QSettings, virtual: bool = False, language: str = ""
) -> None:
    """Show the window until it is closed; with `virtual`, on a virtual board at once; in a
    `language` for this time, or else the user's."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    application.setApplicationName("MotionLoop")
    QApplication.setDesktopFileName("motionloop")  # by which a desktop finds the icon
    QApplication.setWindowIcon(QIcon(str(ICON)))
    translation.start(settings, language)  # before the first text
    theme.start(settings)
    session = Session(recordings, models, settings)
    window = MainWindow(session)
    window.show()
    # First the window; then all that takes seconds, in other processes and threads.
    QTimer.singleShot(_WARM_UP_AFTER_MS, session.training.warm_up)
    QTimer.singleShot(0, session.go_on)
    if virtual:
        QTimer.singleShot(0, session.start_virtual_board)
    received: list[int] = []

    def end(number: int, frame: object) -> None:
        received.append(number)
        window.close()

    names = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP
    for number in (getattr(signal, name) for name in names if hasattr(signal, name)):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup asks for
            signal.signal(number, end)
    awake = QTimer(interval=_SIGNALS_LOOKED_AT_MS)  # or Python would not hear of a signal
    awake.timeout.connect(lambda: None)
    awake.start()
    application.exec()
    if received:
        sys.exit(128 + received[0])


def default_settings() -> QSettings:
    """The settings that hold the studio's state on this computer."""
    return QSettings("MotionLoop", "Studio")
