"""Pictures of every view, light and dark: `python -m motionloop.studio.screenshots docs/images`.

`--language de`, `--size 1024x640`, `--views record live` and `--looks light` ask for others, or
for fewer.

Nothing is staged: in a folder of its own the window records a virtual board, trains, pushes and
watches live, as a user would, and is photographed on the way. The run takes three minutes on two
quiet cores and needs no display.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt looks for a display

from PySide6.QtCore import QEventLoop, QSettings, QSize, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from motionloop import installation
from motionloop.board.link import FoundBoard
from motionloop.board.recorder import Step
from motionloop.recordings.recording_json import recording_folders
from motionloop.studio import translation
from motionloop.studio.boards.board_link import LinkState, RunningRecording
from motionloop.studio.jobs.training_data import TrainingData
from motionloop.studio.main_window import MainWindow
from motionloop.studio.pages.data import DataView
from motionloop.studio.pages.label import LabelView
from motionloop.studio.pages.live import LiveView
from motionloop.studio.pages.record import RecordView
from motionloop.studio.pages.train import TrainView
from motionloop.studio.session import Session
from motionloop.studio.theme import theme

SIZE = "1280x720"
LOOKS = ("light", "dark")
RECORDING_SPEED = 4.0  # times real time
PEOPLE = (("Ada", "4"), ("Ben", "9"))  # and which synthetic wearer each is
SESSIONS = (2, 1)
LABELS = ("sitting", "standing", "walking", "running")
LABEL_S, PAUSE_S = 18.0, 6.0  # a pause is long enough for the wearer to change what it does
LIVE_PLAN = "walking 8\nrunning 40\nsitting 40\n- 5\nstairs up 30"
DAY = (("sitting", 12.0), ("walking", 14.0), ("running", 10.0), ("standing", 8.0), ("walking", 6.0))
_SETTLE_MS = 500  # for timers to draw what is there


@dataclass(frozen=True)
class Wanted:
    """The pictures to take: into which folder, how large, in which language, of which `views`
    (all without any) and in which `looks`."""

    folder: Path
    size: QSize
    language: str
    views: Sequence[str]
    looks: Sequence[str]

    def path(self, view: str, look: str) -> Path:
        language = "" if self.language == translation.SOURCE else f"-{self.language}"
        return self.folder / f"{view}{language}-{look}.png"


class Photographer:
    """A window with its state in `folder`, in the wanted language and size."""

    def __init__(self, folder: Path, wanted: Wanted) -> None:
        self._wanted = wanted
        settings = QSettings(str(folder / "studio.ini"), QSettings.Format.IniFormat)
        translation.start(settings, wanted.language)
        theme.start(settings)
        self.session = Session(folder / "recordings", folder / "models", settings)
        self._failures: list[str] = []
        self.session.failed.connect(self._failures.append)
        self.window = MainWindow(self.session)
        self.window.resize(wanted.size)
        self.window.show()

    def take(self, page: str, name: str = "") -> None:
        """A light and a dark picture of the page."""
        self.window.show_page(page)
        self._take(self.window, name or page.lower())

    def take_dialog(self, dialog: QDialog, name: str) -> None:
        """A light and a dark picture of a dialog."""
        dialog.resize(self._wanted.size)
        self._take(dialog, name)

    def _take(self, shown: QWidget, name: str) -> None:
        if self._wanted.views and name not in self._wanted.views:
            return
        for choice in self._wanted.looks:
            theme.choose(choice)
            live(_SETTLE_MS)
            path = self._wanted.path(name, choice)
            shown.grab().save(str(path), quality=0)  # of a PNG: as small as it gets
            print(f"{path}: {path.stat().st_size / 1000:.0f} kB", flush=True)

    def until(self, condition: Callable[[], object], timeout_s: float = 90.0) -> None:
        """Let the window live until the condition holds."""
        end_s = time.monotonic() + timeout_s
        while not condition():
            live(20)
            if self._failures or time.monotonic() > end_s:
                said = " ".join(self._failures) or "The window did not come to it in time."
                raise SystemExit(f"There is no picture of it: {said}")

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window, key)

    @contextmanager
    def virtual_board(self, *arguments: str) -> Iterator[None]:
        """The window's own virtual board, connected."""
        session = self.session
        session.virtual_arguments = arguments
        session.start_virtual_board()
        self.until(lambda: session.current and session.current.state is LinkState.CONNECTED)
        yield
        session.cancel("virtual")
        self.until(lambda: session.current is None and session.virtual_address is None)

    @property
    def recording(self) -> RunningRecording | None:
        return self.session.current.recording if self.session.current else None

    def _is_at(self, step: int) -> bool:
        return self.recording is not None and self.recording.at >= step

    def record(self) -> None:
        """A session of LABELS; the synthetic wearer changes over in the pauses."""
        steps = [step for label in LABELS for step in (Step(None, PAUSE_S), Step(label, LABEL_S))]
        self.session.start_recording(steps)
        for place, label in enumerate(LABELS):
            self.until(partial(self._is_at, 2 * place))
            self.session.set_virtual_activity(label)
        self.until(lambda: not self.recording)


def photograph(folder: Path, wanted: Wanted) -> None:
    """The whole loop, with a picture of each view on the way."""
    studio = Photographer(folder, wanted)
    session, jobs = studio.session, studio.session.training
    studio.take("Connect", "first-launch")
    jobs.warm_up()
    for (wearer, seed), count in zip(PEOPLE, SESSIONS, strict=True):
        session.preferences.set_wearer(wearer, "left wrist")
        with studio.virtual_board("--speed", str(RECORDING_SPEED), "--wearer-seed", seed):
            for _ in range(count):
                studio.record()
    session.preferences.set_wearer(PEOPLE[0][0], "left wrist")
    with studio.virtual_board("--wearer-seed", PEOPLE[0][1]), _another_board():
        jobs.retrain(TrainingData(recording_folders(session.recordings_folder)), push=True)
        studio.until(lambda: jobs.outcome)
        train = cast(TrainView, studio.window.page("Train"))
        studio.take("Train")
        _live(studio)
        studio.window.show_page("Connect")
        studio.until(lambda: _others(session) and not session.scanning)
        studio.take("Connect")
        _recording(studio)
        _why(studio)
        label = cast(LabelView, studio.window.page("Label"))
        studio.window.show_page("Label")
        label.table.selectRow(1)
        studio.take("Label")
        _look_inside(studio, label)
        seen = cast(DataView, studio.window.page("Data"))
        studio.window.show_page("Data")
        studio.until(lambda: seen.glance is not None)
        studio.take("Data")
        _import(studio, seen)
        jobs.measure_variants(sorted(session.models_folder.iterdir())[-1])
        studio.until(lambda: not jobs.running, 300)
        train.tabs.setCurrentWidget(train.variants)
        train.variants.table.selectRow(6)
        studio.take("Train", "variants")
        _room(studio)
    studio.window.close()


def _import(studio: Photographer, data: DataView) -> None:
    """The dialog that shows what a data set's file holds."""
    data.import_files([installation.root() / "docs/lesson/data/pocket.npz"])
    dialog = data.importing
    assert dialog is not None
    studio.until(dialog.import_button.isEnabled)
    studio.take_dialog(dialog, "import")
    dialog.reject()


def _room(studio: Photographer) -> None:
    """Both boards at once; the other one is let go again."""
    session = studio.session
    (own,) = session.links
    session.connect_all()
    studio.until(lambda: len(session.links) == 2)
    studio.until(lambda: all(link.ring is not None for link in session.links.values()))
    studio.take("Room")
    (other,) = (board.address for board in session.found if board.address != own)
    session.disconnect_board(other)
    studio.until(lambda: list(session.links) == [own])


def _others(session: Session) -> list[FoundBoard]:
    return [board for board in session.found if board.address not in session.links]


def _live(studio: Photographer) -> None:
    studio.window.show_page("Live")
    for activity, seconds in DAY:
        studio.session.set_virtual_activity(activity)
        live(round(1000 * seconds))
    studio.press(Qt.Key.Key_W)
    live(_SETTLE_MS)
    studio.take("Live")


def _why(studio: Photographer) -> None:
    """After all keys: without a window manager a window is not active again after a dialog."""
    studio.window.show_page("Live")
    live = cast(LiveView, studio.window.page("Live"))
    live.why_button.click()
    studio.until(lambda: live.explaining and live.explaining.why)
    assert live.explaining is not None
    studio.take_dialog(live.explaining, "why")
    live.explaining.accept()


def _recording(studio: Photographer) -> None:
    record = cast(RecordView, studio.window.page("Record"))
    studio.window.show_page("Record")
    record.tabs.setCurrentIndex(1)
    record.plan.setPlainText(LIVE_PLAN)
    studio.press(Qt.Key.Key_R)
    studio.until(lambda: studio.recording and studio.recording.label == "running")
    live(7000)
    studio.take("Record")
    studio.press(Qt.Key.Key_R)
    studio.until(lambda: not studio.recording)


def _look_inside(studio: Photographer, label: LabelView) -> None:
    """At a window of walking, as the first convolution sees it."""
    segments = label.state.editor.segments
    walking = next(segment for segment in segments if segment.label == "walking")
    label.state.place_cursor((walking.start_us + walking.end_us) / 2)
    label.look_button.click()
    studio.until(lambda: label.looker.dialog and label.looker.dialog.state.activations)
    dialog = label.looker.dialog
    assert dialog is not None
    studio.take_dialog(dialog, "look-inside")
    dialog.close()


@contextmanager
def _another_board() -> Iterator[None]:
    """Another person's board in the same room."""
    command = [sys.executable, "-m", "motionloop", "virtual-board", "--until-stdin-closes"]
    with subprocess.Popen([*command, "--name", "ML-7F3A"], stdin=subprocess.PIPE) as process:
        yield
        process.communicate()


def live(time_ms: int) -> None:
    """Let the window live for so long, and the threads beside it."""
    loop = QEventLoop()
    QTimer.singleShot(time_ms, loop.quit)
    loop.exec()


def _options() -> Wanted:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("docs/images"))
    parser.add_argument("--language", default=translation.SOURCE, choices=translation.languages())
    parser.add_argument("--size", default=SIZE, metavar="WIDTHxHEIGHT")
    parser.add_argument("--views", nargs="+", default=(), metavar="NAME", help="default: all")
    parser.add_argument("--looks", nargs="+", default=LOOKS, choices=LOOKS)
    asked = parser.parse_args()
    size = QSize(*map(int, asked.size.split("x")))
    return Wanted(asked.folder, size, asked.language, asked.views, asked.looks)


def main() -> None:
    wanted = _options()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    begin_s = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MOTIONLOOP_RUNTIME_DIR"] = folder
        photograph(Path(folder), wanted)
    print(f"{time.monotonic() - begin_s:.0f} s", flush=True)
    application.quit()


if __name__ == "__main__":
    main()
