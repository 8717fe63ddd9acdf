"""The window's speed: what it takes while it plots, and how soon it shows what.

Drawn by Qt's offscreen platform, which paints every pixel but sends none to a screen. The shares
are this whole process's processor time (window, radio and all) over wall time, so of one core. At
119 Hz a virtual board in a process of its own streams over its radio; 1,000 Hz is above what the
radio carries, so there the samples go straight into the ring that the plot polls. For
`sample_to_screen` the board runs in this process, so that one clock times both ends: from the
sensor's sample to the end of the paint that first shows it.

`room_30` is the same window with 30 virtual boards, each with a radio of its own and ten to a
process, and the built-in model on each. The boards' loops come around every 15 ms in place of 5,
which adds to the delays. Its share of a core, which is the window's alone, is measured while
the page Room shows them, its sample to screen on the page Record of one board while all 30 stream
and predict. Then another model is pushed to all of them at once: `pushed` of 30, in `push_all_s`.
`rate_hz_min` is the slowest board's rate of arrival: where it is below 117, this
computer could not run 30 boards beside the window, and the figures are not the window's alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt looks for a display

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.output import finish, parser
from motionloop import wire
from motionloop.board.link import RadioChoice, find_board
from motionloop.board.packets import Packet
from motionloop.board.prediction import Prediction
from motionloop.model.package import model_id
from motionloop.studio.boards.board_link import BoardLink, LinkState
from motionloop.studio.boards.sample_ring import SampleRing
from motionloop.studio.main_window import MainWindow
from motionloop.studio.pages.label import LabelView
from motionloop.studio.pages.record import RecordView
from motionloop.studio.session import Session
from motionloop.studio.theme import theme
from motionloop.studio.widgets.plot import MotionPlot
from motionloop.virtual.board import TURN_US
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
ROOM_TURN_US = 15_000  # once per interval of the radio, or two cores would not run so many boards
BOARDS_PER_PROCESS = 10  # thirty processes wake two cores more often than two cores can answer
BUILTIN = Path(__file__).parents[1] / "models" / "builtin.mlpkg"
OTHER_MODEL = Path(__file__).parents[1] / "tests" / "golden" / "model.mlpkg"

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
import asyncio, sys, time
from pathlib import Path
from motionloop.virtual.board import VirtualBoard
from motionloop.virtual.motion import LSM9DS1, SyntheticMotion
from motionloop.virtual.wearer import SyntheticWearer

async def run(seed, flash):
    wearer = SyntheticWearer(seed, "walking")
    board = VirtualBoard(
        SyntheticMotion(wearer, LSM9DS1), flash=Path(flash) if flash else None, turn_us=turn_us
    )
    running = asyncio.create_task(board.run())
    await board.on_air.wait()
    print(board.address, 1e6 * time.monotonic() - board.clock.now_us(), flush=True)
    await running

async def run_all():
    await asyncio.gather(*(run(first + number, flash) for number, flash in enumerate(flashes)))

first, turn_us, flashes = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]

asyncio.run(run_all())
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


def live(seconds: float) -> None:
    """Let the window live, as the application does. QTest.qWait would keep Python's lock, and the
    radio's thread would wait for the window's next call."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def until(condition: Callable[[], object], timeout_s: float = 120.0) -> None:
    """Let the window live until the condition holds."""
    end_s = time.monotonic() + timeout_s
    while not condition():
        live(0.005)
        if time.monotonic() > end_s:
            raise SystemExit("The window did not come to what was to be measured.")


def is_streaming(session: Session) -> bool:
    return session.current is not None and streams(session.current)


def streams(link: BoardLink) -> bool:
    return link.state is LinkState.CONNECTED and link.ring is not None


def share_of_core(seconds: float) -> float:
    """This process's share of one core from now on."""
    begin_s, begin_cpu_s = time.monotonic(), time.process_time()
    live(seconds)
    return (time.process_time() - begin_cpu_s) / (time.monotonic() - begin_s)


def core_share(folder: Path, seconds: float) -> float:
    """While a virtual board streams at 119 Hz and the Record page plots it."""
    with window(folder) as studio:
        studio.session.virtual_arguments = ("--activity", "walking")
        studio.session.start_virtual_board()
        until(lambda: is_streaming(studio.session))
        studio.show_page("Record")
        live(WARM_UP_S)
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
    live(WARM_UP_S)
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
        for part in plot.findChildren(QWidget):
            part.installEventFilter(self)

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
    with boards_with_known_clock(1) as clocks, window(folder) as studio:
        session = studio.session
        ((address, begin_us),) = clocks.items()

        async def connect() -> None:
            found = await find_board(address, 10.0, RadioChoice.VIRTUAL)
            session.post(lambda: session.connect_board(found))

        session.start("find", connect())
        until(lambda: is_streaming(session))
        return plotted(studio, begin_us, seconds)


def plotted(studio: MainWindow, begin_us: float, seconds: float) -> np.ndarray:
    """Milliseconds from sensor to screen of each sample of the board in use on the page Record."""
    studio.show_page("Record")
    live(2.0)
    plot = cast(RecordView, studio.page("Record")).plot
    link = studio.session.current
    assert link is not None
    stopwatch = Stopwatch(link, plot, begin_us)
    live(seconds)
    return np.concatenate(stopwatch.latency_ms)


def room(folder: Path, boards: int, seconds: float) -> dict[str, float]:
    """The figures of many boards in one window."""
    flashes = [folder / f"{number}.flash" for number in range(boards)]
    write_model(folder, flashes)
    with (
        boards_with_known_clock(boards, ROOM_TURN_US, flashes) as clocks,
        window(folder) as studio,
    ):
        session = studio.session
        until(lambda: finds(session, clocks))
        begin_s = time.monotonic()
        session.connect_all()
        until(lambda: len(session.links) == boards and all(map(streams, session.links.values())))
        connect_s = time.monotonic() - begin_s
        studio.show_page("Room")
        until(lambda: all(link.shadow is not None for link in session.links.values()))
        latency_ms: list[float] = []

        def predicted(link: BoardLink, prediction: Prediction) -> None:
            measured_us = clocks[link.address] + prediction.t_us
            latency_ms.append(time.monotonic() * 1000 - measured_us / 1000)

        session.predicted.connect(predicted)
        live(WARM_UP_S)
        latency_ms.clear()
        share = share_of_core(seconds)
        links = list(session.links.values())
        quality = [link.ring.quality for link in links if link.ring is not None]
        figures = {
            "core_share": round(share, 3),
            "rate_hz_min": round(min(one.rate_hz for one in quality), 1),
            "predictions_per_s": round(len(latency_ms) / seconds, 1),
            "prediction_to_window_p99_ms": round(float(np.percentile(latency_ms, 99)), 1),
            "reconnects": sum(link.reconnects for link in links),
            "connect_s": round(connect_s, 1),
        }
        assert session.current is not None
        plotted_ms = plotted(studio, clocks[session.current.address], seconds)
        figures |= push_to_all(session, links)
        lost = sum(link.ring.quality.lost for link in links if link.ring is not None)
        return figures | {
            "lost": lost,
            "sample_to_screen_p50_ms": round(float(np.median(plotted_ms)), 1),
            "sample_to_screen_p99_ms": round(float(np.percentile(plotted_ms, 99)), 1),
        }


def push_to_all(session: Session, links: Sequence[BoardLink]) -> dict[str, float]:
    """Put another model on all boards while they stream: how many took it, and the seconds."""
    begin_s = time.monotonic()
    session.training.push_to_all(links, OTHER_MODEL)
    until(lambda: session.training.running)
    until(lambda: not session.training.running, 600)
    push_s = time.monotonic() - begin_s
    wanted = model_id(OTHER_MODEL.read_bytes())
    pushed = [link for link in links if link.info is not None and link.info.model_id == wanted]
    return {"pushed": len(pushed), "push_all_s": round(push_s, 1)}


def finds(session: Session, addresses: Iterable[str]) -> bool:
    """Whether the boards are found; looks again while they are not, whatever page is shown."""
    found = set(addresses) <= {board.address for board in session.found}
    if not found:
        session.scan()
    return found


def write_model(folder: Path, flashes: Sequence[Path]) -> None:
    """Push the built-in model to one board, and give its flash to all."""
    with (
        boards_with_known_clock(1, flashes=flashes[:1]) as clocks,
        window(folder) as studio,
    ):
        session = studio.session
        until(lambda: finds(session, clocks))
        session.connect_all()
        until(lambda: is_streaming(session))
        session.training.push(BUILTIN)
        until(lambda: session.training.outcome)
    for flash in flashes[1:]:
        shutil.copy(flashes[0], flash)


@contextmanager
def boards_with_known_clock(
    count: int, turn_us: int = TURN_US, flashes: Sequence[Path] = ()
) -> Iterator[dict[str, float]]:
    """Virtual boards in processes of their own: by address the microsecond of time.monotonic,
    which all processes share, at which the board's clock was zero."""
    clocks: dict[str, float] = {}
    with ExitStack() as stack:
        files = [str(flash) for flash in flashes] or [""] * count
        for first in range(0, count, BOARDS_PER_PROCESS):
            mine = files[first : first + BOARDS_PER_PROCESS]
            command = [sys.executable, "-c", BOARD, str(1 + first), str(turn_us), *mine]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            stack.enter_context(process)
            stack.callback(process.terminate)
            assert process.stdout is not None
            for _ in mine:
                address, begin_us = process.stdout.readline().split()
                clocks[address] = float(begin_us)
        yield clocks


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
            names = [table.item(line, 1).text() for line in range(table.rowCount())]
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
    arguments.add_argument("--boards", type=int, default=30, help="in the page Room")
    options = arguments.parse_args()
    key = f"room_{options.boards}"
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["MOTIONLOOP_RUNTIME_DIR"] = name
        starts_s = [first_window_s(folder) for _ in range(STARTS)]
        usual = core_share(folder, options.seconds)
        fast = core_share_fast(options.seconds)
        latency_ms = sample_to_screen_ms(folder, options.seconds)
        open_s, again_s = open_long(folder)
        in_room: dict[str, float] | None = None
        try:
            in_room = room(folder, options.boards, options.seconds)
        except (SystemExit, TimeoutError) as error:  # the others are still worth their time
            words = str(error) or "The window did not close: the computer is too slow for them."
            print(f"{key}: {words}", file=sys.stderr)
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
            key: in_room,
        },
    )
    application.quit()


if __name__ == "__main__":
    main()
