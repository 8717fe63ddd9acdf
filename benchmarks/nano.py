"""The whole linked image on the emulated Nano: does it stream, take pushes, and keep its radio?

Everything here is emulated; times are estimates of a cycle model (docs/virtual-board.md). The
image is an ELF file that `pio run` has made. With `--depth radio` the image's own link layer runs
on an emulated radio; with `--depth hci` Bluetooth is cut at the HCI, which is faster and knows no
events that could go unanswered.
"""

from __future__ import annotations

import contextlib
import struct
import time
from pathlib import Path
from typing import Any

from benchmarks.output import finish, parser
from motionloop import wire
from motionloop.errors import MotionLoopError
from motionloop.nano import attacks, memory
from motionloop.nano.board import SLOTS_BYTES, EmulatedNano, Revision
from motionloop.nano.central import Counts
from motionloop.nano.errors import ImageError
from motionloop.nano.image import Image
from motionloop.nano.peripherals.nvmc import PowerCut
from motionloop.nano.session import Session, session_with
from motionloop.virtual.motion import BMI270, LSM9DS1, SyntheticMotion
from motionloop.virtual.wearer import SyntheticWearer

ROOT = Path(__file__).parent.parent
PACKAGES = [ROOT / "models" / "builtin.mlpkg", ROOT / "tests" / "golden" / "model.mlpkg"]
REVISIONS: dict[Revision, wire.Imu] = {
    "rev1": wire.Imu.LSM9DS1,
    "rev2": wire.Imu.BMI270,
    "no sensor": wire.Imu.UNKNOWN,
}
PUSHES = 10


def board(image: Image, revision: Revision = "rev1", flash: bytes | None = None) -> EmulatedNano:
    if revision == "no sensor":
        return EmulatedNano(image, None, revision, flash=flash)
    sensor = LSM9DS1 if revision == "rev1" else BMI270
    return EmulatedNano(
        image, SyntheticMotion(SyntheticWearer(1, "walking"), sensor, 1), revision, flash=flash
    )


def used_slots() -> bytes:
    """Slots that earlier models have filled, without a journal."""
    return bytes(SLOTS_BYTES - 4 * wire.FLASH_PAGE_BYTES).ljust(SLOTS_BYTES, b"\xff")


class Bench:
    """One image at one depth."""

    def __init__(self, elf: Path, depth: str) -> None:
        self.image = Image(elf)
        self.depth: Any = depth
        self.figures: dict[str, Any] = {}
        self.restarts = 0
        self.faults: list[str] = []
        self.counts = Counts()

    def boots(self) -> None:
        """Whether each board comes up, connects and names its sensor."""
        came: dict[str, bool] = {}
        for revision, imu in REVISIONS.items():
            nano = board(self.image, revision)
            session = session_with(nano, self.depth)
            try:
                session.connect()
                came[revision] = session.info().imu == imu
            except MotionLoopError as error:
                print(f"{revision}: {error}")
                came[revision] = False
            self.keep_faults(nano)
        self.figures["boots"] = came

    def stream_and_push(self) -> None:
        """A minute of streaming, then pushes into used slots while streaming, and rollbacks."""
        nano = board(self.image, flash=used_slots())
        session = session_with(nano, self.depth)
        begin_cpu_s, begin_s = time.process_time(), nano.now_s
        figures = self.figures
        session.connect()
        session.start_stream()
        gaps = self._sensor_gaps(session)
        session.central.counts = Counts()
        nano.run_for(60)
        figures["stream_60s_lost"] = session.stream.lost
        if session.stream.samples < 59 * 119:
            figures["stream_60s_lost"] += 60 * 119 - session.stream.samples
        accepted, seconds = self._pushes(nano, session)
        figures["pushes_accepted"] = f"{accepted} of {PUSHES}"
        figures["push_s"] = round(sum(seconds) / len(seconds), 2) if seconds else None
        figures["stream_lost_in_pushes"] = session.stream.lost - figures["stream_60s_lost"]
        self.counts = session.central.counts
        figures["rollbacks"] = f"{self._rollbacks(session)} of {PUSHES}"
        if gaps is not None:
            figures["sensor_gaps"] = (self._sensor_gaps(session) or 0) - gaps
        figures["longest_silence_events"] = session.central.longest_silence
        latencies = [wire.PredictionHeader.unpack(p).latency_us for p in session.predictions]
        figures["inference_ms"] = (
            round(sum(latencies) / len(latencies) / 1000, 1) if latencies else None
        )
        try:
            used, size = memory.main_stack(nano)
            figures["stack_high_water"], figures["stack_bytes"] = used, size
            figures["ram_free"] = memory.heap_left(nano)
        except ImageError as error:
            print(error)
        figures["cpu_s_per_board_s"] = round(
            (time.process_time() - begin_cpu_s) / (nano.now_s - begin_s), 2
        )
        self.keep_faults(nano, session)

    @staticmethod
    def _sensor_gaps(session: Session) -> int | None:
        """Times that the sensor's FIFO overflowed; None from an image of another wire."""
        try:
            return session.counters().sensor_gaps
        except struct.error:
            return None

    def _pushes(self, nano: EmulatedNano, session: Session) -> tuple[int, list[float]]:
        accepted, seconds = 0, []
        for number in range(PUSHES):
            package = PACKAGES[number % 2].read_bytes()
            begin_s = nano.now_s
            try:
                if session.push(package) == wire.PackageHeader.unpack(package).model_id:
                    accepted += 1
            except MotionLoopError as error:
                print(f"push {number + 1}: {error}")
                break
            seconds.append(nano.now_s - begin_s)
        return accepted, seconds

    def _rollbacks(self, session: Session) -> int:
        done = 0
        try:
            for _ in range(PUSHES):
                before = session.info().previous_model_id
                done += session.rollback() == before
        except MotionLoopError as error:
            print(f"rollback: {error}")
        return done

    def power_cuts(self, moments: int) -> None:
        """Cut the power at moments of a push; then the board has a model and a living radio."""
        nano = board(self.image)
        session = session_with(nano, self.depth)
        session.connect()
        session.push(PACKAGES[1].read_bytes())
        nano.run_for(6)
        operations = nano.nvmc.words + nano.nvmc.partial_erases
        session.push(PACKAGES[0].read_bytes())
        nano.run_for(6)
        operations = nano.nvmc.words + nano.nvmc.partial_erases - operations
        print(f"a push and what follows are {operations} flash operations")
        good = 0
        for moment in range(moments):
            known = {wire.PackageHeader.unpack(p.read_bytes()).model_id for p in PACKAGES}
            nano.nvmc.cut_after = moment * operations // moments
            try:
                session.push(PACKAGES[(moment + 1) % 2].read_bytes())
                nano.run_for(6)
            except PowerCut:
                pass
            except MotionLoopError as error:
                print(f"moment {moment}: {error}")
            nano.nvmc.cut_after = None
            session.central.vanish()
            nano.power_on()
            try:
                session.connect()
                session.start_stream()
                nano.run_for(0.5)
                info = session.info()
                good += info.model_id in known and session.stream.samples > 0
                session.counters()
            except (MotionLoopError, struct.error) as error:
                print(f"after the cut at moment {moment}: {error}")
        self.keep_faults(nano, session)
        self.figures["power_cuts"] = f"{good} of {moments}"

    def hostile_centrals(self) -> None:
        """Every handle asked for in every way, then fragments that fit no buffer."""
        for name, attack in (("handle_scan_resets", attacks.scan_handles),
                             ("fragment_overflows", attacks.send_long_fragments)):  # fmt: skip
            nano = board(self.image)
            session = session_with(nano, self.depth)
            session.connect()
            harm = attack(nano, session)
            self.figures[name] = len(harm)
            for each in harm:
                print(f"{name}: {each}")

    def keep_faults(self, nano: EmulatedNano, session: Session | None = None) -> None:
        self.faults += [*nano.faults, *nano.nvmc.faults]
        if session is not None and session.central.connected:
            with contextlib.suppress(struct.error):  # an older image does not count them
                self.restarts += session.counters().radio_restarts


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--elf", type=Path, required=True, help="firmware.elf")
    arguments.add_argument("--depth", choices=["hci", "radio"], default="radio")
    arguments.add_argument("--power-cuts", type=int, default=100, help="moments (default: 100)")
    options = arguments.parse_args()
    begin_s = time.monotonic()
    bench = Bench(options.elf, options.depth)
    figures = bench.figures
    figures["depth"] = options.depth
    figures["flash_bytes"] = bench.image.flash_bytes
    figures["static_ram_bytes"] = bench.image.static_ram
    for part in (
        bench.boots,
        bench.stream_and_push,
        bench.hostile_centrals,
        lambda: bench.power_cuts(options.power_cuts),
    ):
        try:
            part()
        except (MotionLoopError, struct.error) as error:
            print(f"broken off: {error}")
    figures["events_answered_share"] = (
        round(bench.counts.share, 5) if options.depth == "radio" else None
    )
    figures["events"] = bench.counts.events if options.depth == "radio" else None
    figures["heartbeat_restarts"] = bench.restarts
    figures["faults"] = len(bench.faults)
    for fault in bench.faults[:10]:
        print(fault)
    figures["seconds"] = round(time.monotonic() - begin_s, 1)
    finish(options, figures)


if __name__ == "__main__":
    main()
