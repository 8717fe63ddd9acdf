"""`motionloop studio BOARD`, off the screen: it connects to that board and says so.

What it keeps is in the folder STUDIO_FOLDER.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from motionloop.cli import main
from motionloop.studio import app
from motionloop.studio.boards.board_link import LinkState
from motionloop.studio.main_window import MainWindow

LOOK_AGAIN_MS = 100
NEVER_MS = 1 << 30


def connect(address: str) -> None:
    """What a user does: wait for the board in the list, connect to it, wait for the link."""
    windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
    for window in windows:
        link = window.session.links.get(address)
        if link is not None and link.state is LinkState.CONNECTED:
            print(f"connected to {address}", flush=True)
            return
        for board in window.session.found:
            if board.address == address:
                window.session.connect_board(board)
    QTimer.singleShot(LOOK_AGAIN_MS, lambda: connect(address))


if __name__ == "__main__":
    folder = Path(os.environ["STUDIO_FOLDER"])
    settings = str(folder / "studio.ini")
    app.default_settings = lambda: QSettings(settings, QSettings.Format.IniFormat)
    app._WARM_UP_AFTER_MS = NEVER_MS  # TensorFlow would take the processor from the guest
    application = QApplication(sys.argv[:1])
    QTimer.singleShot(LOOK_AGAIN_MS, lambda: connect(sys.argv[1]))
    folders = ("--recordings", str(folder / "recordings"), "--models", str(folder / "models"))
    main(["studio", *folders])
