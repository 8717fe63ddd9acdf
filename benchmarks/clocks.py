"""Moments of measurement: how far they are from the truth, in a recording and over LSL.

A virtual board at real speed whose crystal is wrong, in this process, so that the truth is known:
each sample says its number. It is recorded, and read from its Lab Streaming Layer outlet by an
inlet in the same process, over loopback, as LabRecorder would. The host's clock is UTC's here.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.output import finish, parser
from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board
from motionloop.board.recorder import record
from motionloop.recordings.clock import utc_us
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.writer import RecordingWriter
from motionloop.virtual.air import RadioLimits
from motionloop.virtual.board import VirtualBoard
from motionloop.virtual.motion import LSM9DS1, Samples

ON_LOOPBACK = Path(__file__).parents[1] / "tests/sharing/lsl_api.cfg"


class Numbered:
    """A motion whose samples say their number: it was measured `number` periods after the start."""

    sensor, synthetic = LSM9DS1, True

    def __init__(self) -> None:
        self._next = 0

    def take_samples(self, periods: int) -> Samples:
        raw = np.zeros((periods, 6), np.int16)
        number = self._next + np.arange(periods)
        raw[:, 0], raw[:, 1] = number % 32768, number // 32768
        self._next += periods
        return raw, np.arange(periods)


def truth_s(accel_g: np.ndarray, began_s: float) -> np.ndarray:
    """When the samples of a `Numbered` board were measured that started at `began_s`."""
    raw = np.rint(np.asarray(accel_g, np.float64) * 1e9 / LSM9DS1.format.accel_ng_per_lsb)
    return began_s + (raw[:, 0] + 32768 * raw[:, 1]) / LSM9DS1.format.rate_hz


async def measure(seconds: float, drift_ppm: float, interval_ms: float) -> dict[str, Any]:
    board = VirtualBoard(
        Numbered(), drift_ppm=drift_ppm, limits=RadioLimits(interval_us=round(interval_ms * 1000))
    )
    running = asyncio.create_task(board.run())
    await board.on_air.wait()
    loop_s = asyncio.get_running_loop().time
    began_s = loop_s() - board.clock.elapsed_us() * 1e-6
    figures: dict[str, Any] = {}
    try:
        async with BoardClient(
            await find_board(board.address, 10.0, RadioChoice.VIRTUAL)
        ) as client:
            figures |= await _recorded(client, seconds, drift_ppm, began_s)
            figures |= await _over_lsl(client, seconds, began_s)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    return figures


async def _recorded(
    client: BoardClient, seconds: float, drift_ppm: float, began_s: float
) -> dict[str, Any]:
    loop_s = asyncio.get_running_loop().time
    utc_began_s = began_s + time.time() - loop_s()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "recording"
        described = RecordedBoard.from_info(client.info, client.board.name, client.board.address)
        end_s = loop_s() + seconds
        with RecordingWriter.create(path, described) as writer:
            stream = record(client, writer)
            async for _ in stream:
                if loop_s() >= end_s:
                    break
            await stream.aclose()
        recording = Recording.open(path)
    (span,) = recording.description.clock
    moments_s = utc_us(recording.description.clock, recording.t_us) / 1e6
    off_ms = (moments_s - truth_s(recording.accel_g, utc_began_s)) * 1e3
    return {
        "recorded_off_ms": _least_and_most(off_ms),
        "recorded_uncertainty_ms": span.uncertainty_ms,
        "true_drift_ppm": drift_ppm,
        "drift_ppm": span.drift_ppm,
        "drift_uncertainty_ppm": span.drift_uncertainty_ppm,
    }


async def _over_lsl(client: BoardClient, seconds: float, began_s: float) -> dict[str, Any]:
    import pylsl

    from motionloop.sharing.lsl import LslOutlets
    from motionloop.sharing.share import Share, SharedBoard

    shared = await SharedBoard.of(client)
    outlets = LslOutlets(shared)
    (found,) = await asyncio.to_thread(pylsl.resolve_byprop, "name", outlets.names[0], 1, 10.0)
    inlet = pylsl.StreamInlet(found, max_buflen=int(seconds) + 60)
    await asyncio.to_thread(inlet.open_stream, 10.0)
    share = Share(client, shared, [outlets])
    try:
        async with asyncio.timeout(seconds):
            await share.run()
    except TimeoutError:
        pass
    samples: list[list[float]] = []
    times_s: list[float] = []
    while len(times_s) < share.samples:
        some, their_s = await asyncio.to_thread(inlet.pull_chunk, 5.0)
        if not their_s:
            break
        samples += some
        times_s += their_s
    inlet.close_stream()
    outlets.close()
    lsl_began_s = began_s + pylsl.local_clock() - asyncio.get_running_loop().time()
    off_ms = (np.array(times_s) - truth_s(np.array(samples)[:, :3], lsl_began_s)) * 1e3
    tenth = max(len(off_ms) // 10, 1)
    return {
        "lsl_off_ms": _least_and_most(off_ms),
        "lsl_moved_ms": round(float(off_ms[-tenth:].mean() - off_ms[:tenth].mean()), 3),
        "lsl_lost": share.samples - len(times_s),
        "lsl_samples": len(times_s),
    }


def _least_and_most(off_ms: np.ndarray) -> list[float]:
    return [round(float(off_ms.min()), 3), round(float(off_ms.max()), 3)]


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--seconds", type=float, default=120.0, help="of each part (default: 120)")
    options.add_argument("--drift-ppm", type=float, default=60.0, help="of the board (default: 60)")
    options.add_argument(
        "--interval-ms", type=float, default=15.0, help="of the connection (default: 15)"
    )
    given = options.parse_args()
    os.environ["LSLAPICFG"] = str(ON_LOOPBACK)  # liblsl reads it when it is first used
    finish(given, asyncio.run(measure(given.seconds, given.drift_ppm, given.interval_ms)))


if __name__ == "__main__":
    main()
