"""How many clicks and keys, and how many seconds, two journeys through the window take.

`first_prediction`: from the first window, without a board and without recordings, over a virtual
board and a recording of two labels, to the first prediction of one's own model. Its seconds have
no time for reading and thinking; `recording_s` of them are the recording itself.

`find_and_exclude`: with the recordings of 30 pupils, two each, find those in which pupil 17 is
standing and leave them out of trainings. Typed characters are not counted as keys.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.output import finish, parser
from benchmarks.studio import until, window
from motionloop.recordings.recording_json import DESCRIPTION_FILE
from motionloop.recordings.segments import Segment
from motionloop.studio.boards.board_link import LinkState
from motionloop.studio.main_window import MainWindow
from tests.studio.repeated_motion import START_US, write_repeated

PUPILS = 30
PLAN = ("sitting", "walking")
STEP_S = 36  # each; a label needs half a minute


class Hand:
    """A person's hand: it clicks what can be seen, and counts."""

    def __init__(self, studio: MainWindow) -> None:
        self._studio = studio
        self.clicks = self.keys = 0
        self._began_s = time.monotonic()

    @property
    def seconds(self) -> float:
        """Since the journey began."""
        return time.monotonic() - self._began_s

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Wait until the widget can be clicked, and click it."""
        until(lambda: widget.isVisible() and widget.isEnabled())
        place = widget.rect().center() if at is None else at
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        self.clicks += 1

    def go_to(self, page: str) -> None:
        """Click a page's button in the rail."""
        self.click(self._studio._rail_buttons[page])

    def press(self, key: Qt.Key) -> None:
        """Press a key of the page."""
        QTest.keyClick(self._studio, key)
        self.keys += 1

    def figures(self) -> dict[str, float]:
        """What the journey took."""
        return {"clicks": self.clicks, "keys": self.keys, "seconds": round(self.seconds, 1)}


def first_prediction(folder: Path) -> dict[str, float]:
    """From the first window to the first prediction of one's own model."""
    with window(folder) as studio:
        hand, session = Hand(studio), studio.session
        hand.click(studio.page("Connect").virtual_button)
        until(lambda: session.current is not None and session.current.state is LinkState.CONNECTED)
        hand.go_to("Record")
        record = studio.page("Record")
        hand.click(record.wearer)
        QTest.keyClicks(record.wearer, "Ada")
        hand.click(record.tabs.tabBar(), record.tabs.tabBar().tabRect(1).center())
        hand.click(record.plan)
        record.plan.selectAll()
        for label in PLAN:
            QTest.keyClicks(record.plan, f"{label} {STEP_S}")
            QTest.keyClick(record.plan, Qt.Key.Key_Return)
        hand.press(Qt.Key.Key_Escape)  # leaves the field
        record.setFocus()
        hand.press(Qt.Key.Key_R)
        link = session.current
        assert link is not None
        until(lambda: link.recording is not None)
        begin_s = hand.seconds
        until(lambda: link.recording is None, 2 * len(PLAN) * STEP_S)
        recording_s = hand.seconds - begin_s
        hand.go_to("Train")
        hand.click(studio.page("Train").retrain_button)
        until(lambda: session.training.outcome is not None)
        hand.go_to("Live")
        panel = studio.page("Live").panels[link.address]
        until(lambda: panel.activity.words in (*PLAN, "unknown"))
        return hand.figures() | {"recording_s": round(recording_s, 1)}


def find_and_exclude(folder: Path) -> dict[str, float]:
    """Find one pupil's recordings of one label among those of a class, and exclude them."""
    half_us = 2_000_000
    for pupil in range(1, PUPILS + 1):
        for part, label in enumerate(("walking", "standing")):
            write_repeated(
                folder / "recordings" / f"pupil {pupil} part {part + 1}",
                4.0,
                [Segment(START_US, START_US + half_us, label)],
                wearer=f"Pupil {pupil}",
            )
    with window(folder) as studio:
        hand = Hand(studio)
        hand.go_to("Label")
        panel = studio.page("Label").panel
        until(lambda: panel.table.rowCount() == 2 * PUPILS)
        hand.click(panel.search)
        QTest.keyClicks(panel.search, "pupil 17 standing")
        shown = [row for row in range(2 * PUPILS) if not panel.table.isRowHidden(row)]
        assert len(shown) == 1, shown
        box = panel.table.visualItemRect(panel.table.item(shown[0], 0))
        hand.click(panel.table.viewport(), box.center())
        hand.click(panel.exclude_button)
        written = folder / "recordings/pupil 17 part 2" / DESCRIPTION_FILE
        until(lambda: json.loads(written.read_bytes()).get("excluded") is True)
        return hand.figures()


def main() -> None:
    options = parser(__doc__).parse_args()
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as name:
        os.environ["MOTIONLOOP_RUNTIME_DIR"] = name
        figures = {
            "find_and_exclude": find_and_exclude(Path(name) / "class"),
            "first_prediction": first_prediction(Path(name) / "first"),
        }
    finish(options, figures)
    application.quit()


if __name__ == "__main__":
    main()
