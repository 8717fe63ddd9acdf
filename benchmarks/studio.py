"""The window's speed: what it takes while it plots, and how soon it shows what.

Drawn by Qt's offscreen platform, which paints every pixel but sends none to a screen. The shares
are this whole process's processor time (window, radio and all) over wall time, so of one core. At
119 Hz a virtual board in a process of its own streams over its radio; 1,000 Hz is above what the
radio carries, so there the samples go straight into the ring that the plot polls. For
`sample_to_screen` the board runs in this process, so that one clock times both ends: from the
sensor's sample to the end of the paint that first shows it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt looks for a display

import numpy as np
from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsView

from benchmarks.output import finish, parser
from motionloop import wire
from motionloop.board.link import RadioChoice, find_board
from motionloop.board.packets import Packet
from motionloop.studio.boards.board_link import BoardLink, LinkState
from motionloop.studio.boards.sample_ring import SampleRing
from motionloop.studio.main_window import MainWindow
from motionloop.studio.pages.label import LabelView
from motionloop.studio.pages.record import RecordView
from motionloop.studio.session import Session
from motionloop.studio.theme import theme
from motionloop.studio.widgets.plot import MotionPlot
from motionloop.virtual.motion import LSM9DS1, SyntheticMotion
from motionloop.virtual.wearer import SyntheticWearer
from tests.studio.repeated_motion import even_segments, write_repeated

FAST_HZ = 1000.0
PACKET = 25  # samples, as in 40 notifications per second
PLOT_SIZE = (766, 590)  # pixels; the Record page's
INFO = replace(
    wire.Info.unpack(bytes(wire.Info.SIZE)),
    native_rate_mhz=round(1000 * FAST_HZ),
    accel_ng_per_lsb=LSM9DS1.format.accel_ng_per_lsb,
    gyro_nrads_per_lsb=LSM9DS1.format.gyro_nrads_per_lsb,
)
HOURS = 8
WARM_UP_S = 12.0  # until the plot's ten seconds are full
STARTS = 3

FIRST_WINDOW = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication
from motionloop.studio import app
from motionloop.studio.main_window import MainWindow

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, MainWindow):
            QTimer.singleShot(0, lambda: self.painted(watched))
        return False

    def painted(self, window):
        print(time.time(), "tensorflow" in sys.modules, flush=True)
        window.close()

application = QApplication(sys.argv[:1])
first_paint = FirstPaint()
application.installEventFilter(first_paint)
folder = Path(sys.argv[1])
settings = QSettings(str(folder / "studio.ini"), QSettings.Format.IniFormat)
app.run(folder / "recordings", folder / "models", settings)
"""


BOARD = """
import asyncio, time
from motionloop.virtual.board import VirtualBoard
from motionloop.virtual.motion import LSM9DS1, SyntheticMotion
from motionloop.virtual.wearer import SyntheticWearer

async def run():
    board = VirtualBoard(SyntheticMotion(SyntheticWearer(1, "walking"), LSM9DS1))
    running = asyncio.create_task(board.run())
    await board.on_air.wait()
    print(board.address, 1e6 * time.monotonic() - board.clock.now_us(), flush=True)
    await running

asyncio.run(run())
"""


@contextmanager
def window(folder: Path) -> Iterator[MainWindow]:
    """The studio with its state in `folder`."""
    settings = QSettings(str(folder / "studio.ini"), QSettings.Format.IniFormat)
    theme.start(settings)
    made = MainWindow(Session(folder / "recordings", folder / "models", settings))
    made.show()
    try:
        yield made
    finally:
        made.close()


def until(condition: Callable[[], object], timeout_s: float = 120.0) -> None:
    """Let the window live until the condition holds."""
    end_s = time.monotonic() + timeout_s
    while not condition():
        QTest.qWait(5)
        if time.monotonic() > end_s:
            raise SystemExit("The window did not come to what was to be measured.")


def is_streaming(session: Session) -> bool:
    link = session.current
    return link is not None and link.state is LinkState.CONNECTED and link.ring is not None


def share_of_core(seconds: float) -> float:
    """This process's share of one core from now on."""
    begin_s, begin_cpu_s = time.monotonic(), time.process_time()
    QTest.qWait(round(1000 * seconds))
    return (time.process_time() - begin_cpu_s) / (time.monotonic() - begin_s)


def core_share(folder: Path, seconds: float) -> float:
    """While a virtual board streams at 119 Hz and the Record page plots it."""
    with window(folder) as studio:
        studio.session.virtual_arguments = ("--activity", "walking")
        studio.session.start_virtual_board()
        until(lambda: is_streaming(studio.session))
        studio.show_page("Record")
        QTest.qWait(round(1000 * WARM_UP_S))
        return share_of_core(seconds)


def core_share_fast(seconds: float) -> float:
    """While FAST_HZ go into the ring of a plot as large as the Record page's."""
    ring = SampleRing(INFO)
    plot = MotionPlot()
    plot.ring = ring
    plot.resize(*PLOT_SIZE)
    plot.show()
    stop = threading.Event()
    feeding = threading.Thread(target=feed, args=(ring, stop))
    feeding.start()
    QTest.qWait(round(1000 * WARM_UP_S))
    share = share_of_core(seconds)
    stop.set()
    feeding.join()
    plot.close()
    return share


def feed(ring: SampleRing, stop: threading.Event) -> None:
    """A synthetic walk at FAST_HZ, as often as a board notifies."""
    sensor = replace(LSM9DS1, format=replace(LSM9DS1.format, rate_hz=FAST_HZ))
    raw, _ = SyntheticMotion(SyntheticWearer(1, "walking"), sensor).take_samples(60_000)
    begin_s, seq = time.monotonic(), 0
    while not stop.wait(max(0.0, begin_s + (seq + PACKET) / FAST_HZ - time.monotonic())):
        t_us = np.arange(seq, seq + PACKET) * round(1e6 / FAST_HZ)
        ring.add(Packet(seq, t_us, raw[seq % len(raw) :][:PACKET]))
        seq += PACKET


class WatchedRing:
    """A ring that remembers up to which time it was plotted."""

    def __init__(self, ring: SampleRing) -> None:
        self._ring = ring
        self.plotted_us: int | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ring, name)

    def newest(self, seconds: float) -> tuple[np.ndarray, np.ndarray]:
        self.plotted_us = self._ring.last_us  # at least; more may come until the next line
        return self._ring.newest(seconds)


class Stopwatch(QObject):
    """Times each sample from the sensor to the end of the paint that first shows it."""

    def __init__(self, link: BoardLink, plot: MotionPlot, begin_us: float) -> None:
        super().__init__()
        assert link.ring is not None
        self._begin_us, self._ring = begin_us, WatchedRing(link.ring)
        self._shown_us: int | None = None
        self._pending = False
        self.latency_ms: list[np.ndarray] = []
        link.ring = cast(SampleRing, self._ring)
        plot.painted.connect(self._handed_over)
        for view in plot.findChildren(QGraphicsView):
            view.viewport().installEventFilter(self)

    def _handed_over(self) -> None:
        self._pending = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._pending and event.type() == QEvent.Type.Paint:
            self._pending = False
            QTimer.singleShot(0, self._painted)  # after this paint
        return False

    def _painted(self) -> None:
        plotted_us = self._ring.plotted_us
        if plotted_us is not None and self._shown_us is not None:
            fresh_us = np.arange(plotted_us, self._shown_us, -1e6 / self._ring.rate_hz)
            now_us = 1e6 * time.monotonic() - self._begin_us
            self.latency_ms.append((now_us - fresh_us) / 1000)
        self._shown_us = plotted_us


def sample_to_screen_ms(folder: Path, seconds: float) -> np.ndarray:
    """Of every sample plotted in `seconds`."""
    with board_with_known_clock() as (address, begin_us), window(folder) as studio:
        session = studio.session

        async def connect() -> None:
            found = await find_board(address, 10.0, RadioChoice.VIRTUAL)
            session.post(lambda: session.connect_board(found))

        session.start("find", connect())
        until(lambda: is_streaming(session))
        studio.show_page("Record")
        QTest.qWait(2000)
        plot = cast(RecordView, studio.page("Record")).plot
        assert session.current is not None
        stopwatch = Stopwatch(session.current, plot, begin_us)
        QTest.qWait(round(1000 * seconds))
        return np.concatenate(stopwatch.latency_ms)


@contextmanager
def board_with_known_clock() -> Iterator[tuple[str, float]]:
    """A virtual board in a process of its own: its address, and the microsecond of
    time.monotonic, which all processes share, at which its clock was zero."""
    command = [sys.executable, "-c", BOARD]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address, begin_us = process.stdout.readline().split()
        try:
            yield address, float(begin_us)
        finally:
            process.terminate()


def first_window_s(folder: Path) -> float:
    """From starting Python to the end of the window's first paint."""
    begin_s = time.time()
    command = [sys.executable, "-c", FIRST_WINDOW, str(folder)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    painted_s, has_tensorflow = said.stdout.split()
    if has_tensorflow != "False":
        raise SystemExit("The window's process has imported TensorFlow.")
    return float(painted_s) - begin_s


def open_long(folder: Path) -> tuple[float, float]:
    """Seconds from the click on a recording of HOURS to its first paint: the first time ever, when
    a preview shows while it is read, and once it has been."""
    seconds = HOURS * 3600.0
    recordings = folder / "recordings"
    write_repeated(recordings / "long", seconds, even_segments(1000, seconds))
    write_repeated(recordings / "short", 60.0)
    with window(folder) as studio:
        view = cast(LabelView, studio.page("Label"))
        painted: list[float] = []
        view.painted.connect(lambda: painted.append(time.perf_counter()))

        def click(name: str) -> float:
            table = view.table
            names = [table.item(line, 0).toolTip() for line in range(table.rowCount())]
            place = table.visualItemRect(table.item(names.index(name), 0)).center()
            painted.clear()
            begin_s = time.perf_counter()
            QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
            until(lambda: painted)
            return painted[0] - begin_s

        view.open(recordings / "short")
        studio.show_page("Label")
        until(lambda: view.table.rowCount() == 2 and view.recording is not None)
        first_s = click("long")
        until(lambda: view.recording is not None)  # all of it has been read
        click("short")
        return first_s, click("long")


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--seconds", type=float, default=20.0, help="of each measurement")
    options = arguments.parse_args()
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["MOTIONLOOP_RUNTIME_DIR"] = name
        starts_s = [first_window_s(folder) for _ in range(STARTS)]
        usual = core_share(folder, options.seconds)
        fast = core_share_fast(options.seconds)
        latency_ms = sample_to_screen_ms(folder, options.seconds)
        open_s, again_s = open_long(folder)
    finish(
        options,
        {
            "core_share_119hz": round(usual, 3),
            "core_share_1000hz": round(fast, 3),
            "sample_to_screen_p50_ms": round(float(np.median(latency_ms)), 1),
            "sample_to_screen_p99_ms": round(float(np.percentile(latency_ms, 99)), 1),
            "first_window_s": round(sorted(starts_s)[STARTS // 2], 2),
            "open_8h_s": round(open_s, 3),
            "open_8h_again_s": round(again_s, 3),
        },
    )
    application.quit()


if __name__ == "__main__":
    main()
