"""Streaming without loss: 60 s at 119 Hz and at the highest rate the notification ceiling allows.

A virtual board at real speed, host and board in one process so that one clock times both ends.
Every sample that arrives is compared with what the sensor made. With --bluez: at 119 Hz through a
real BlueZ, and then 30 links that break in requests, pushes and streams.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from benchmarks.output import finish, parser
from motionloop import wire
from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board
from motionloop.virtual.board import VirtualBoard
from motionloop.virtual.clock import run_in_virtual_time
from motionloop.virtual.motion import LSM9DS1, Motion, Samples, SyntheticMotion
from motionloop.virtual.wearer import SyntheticWearer

TRIAL_S = 20.0  # of board time, to find the highest rate
CEILING_HZ = 40 * wire.MAX_PACKET_SAMPLES


class Remembered:
    """A motion that keeps what it gave."""

    def __init__(self, motion: Motion) -> None:
        self.sensor, self.synthetic, self._motion = motion.sensor, motion.synthetic, motion
        self.given: list[np.ndarray] = []

    def take_samples(self, periods: int) -> Samples:
        samples = self._motion.take_samples(periods)
        self.given.append(samples[0])
        return samples


@dataclass(frozen=True)
class Run:
    samples: int
    lost: int
    undeclared: int
    latency_ms: np.ndarray


async def stream(
    rate_hz: float, seconds: float, plug: Callable[[int, str], None] | None = None
) -> Run:
    """Stream for `seconds` of board time, through a real BlueZ if `plug` plugs in an adapter."""
    sensor = replace(LSM9DS1, format=replace(LSM9DS1.format, rate_hz=rate_hz))
    motion = Remembered(SyntheticMotion(SyntheticWearer(1, "walking"), sensor))
    board = VirtualBoard(motion)
    running = asyncio.create_task(board.run())
    await board.on_air.wait()
    radio = RadioChoice.VIRTUAL
    if plug is not None:
        radio = RadioChoice.REAL
        await asyncio.to_thread(plug, board.radio.port, board.radio.secret)
    received, declared, latency_ms = [], 0, []
    async with BoardClient(await find_board(board.address, 10.0, radio)) as client:
        packets = client.stream()
        first_seq = next_seq = None
        async for packet in packets:
            now_us = board.clock.now_us()
            if first_seq is None:
                first_seq = next_seq = packet.seq
            if packet.gap is not None:
                declared += packet.seq - next_seq
                next_seq = packet.seq
            received.append((packet.seq, packet.raw))
            latency_ms.append((now_us - packet.t_us) / 1000)
            next_seq += len(packet.raw)
            if next_seq - first_seq >= seconds * rate_hz:
                break
        await packets.aclose()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    made = np.concatenate(motion.given)
    right = sum(int((raw == made[seq : seq + len(raw)]).all(1).sum()) for seq, raw in received)
    wanted = next_seq - first_seq
    return Run(right, declared, wanted - right - declared, np.concatenate(latency_ms))


def highest_rate_hz() -> int:
    """The highest rate, in steps of 5 Hz, that streams without loss or growing delay."""
    for rate_hz in range(CEILING_HZ, 0, -5):
        run = run_in_virtual_time(stream(rate_hz, TRIAL_S))
        last_s = run.latency_ms[-rate_hz:]
        if run.lost == run.undeclared == 0 and np.median(last_s) < 200:
            return rate_hz
    raise RuntimeError("no rate streams without loss")


def through_bluez(seconds: float, breaks: int) -> dict[str, Any]:
    """The figures of --bluez."""
    from benchmarks import bluez  # for Linux only

    with ExitStack() as stack:
        plug = bluez.in_guest(stack)
        usual = asyncio.run(stream(119.0, seconds, plug))
        figures = asyncio.run(bluez.break_links(plug, breaks))
    return {
        "samples": usual.samples,
        "samples_lost": usual.lost,
        **figures,
        "undeclared_losses": usual.undeclared + figures["undeclared_losses"],
        "sample_to_host_p50_ms": round(float(np.median(usual.latency_ms)), 1),
        "sample_to_host_p99_ms": round(float(np.percentile(usual.latency_ms, 99)), 1),
    }


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument(
        "--bluez", action="store_true", help="through a real BlueZ (see tests/bluez)"
    )
    arguments.add_argument("--breaks", type=int, default=30, help="with --bluez (default: 30)")
    arguments.add_argument("--seconds", type=float, default=60.0, help="of board time, each")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MOTIONLOOP_RUNTIME_DIR"] = folder
        if options.bluez:
            finish(options, through_bluez(options.seconds, options.breaks))
            return
        max_rate_hz = highest_rate_hz()
        usual = asyncio.run(stream(119.0, options.seconds))
        fastest = asyncio.run(stream(float(max_rate_hz), options.seconds))
    finish(
        options,
        {
            "samples": usual.samples + fastest.samples,
            "samples_lost": usual.lost + fastest.lost,
            "undeclared_losses": usual.undeclared + fastest.undeclared,
            "max_rate_hz": max_rate_hz,
            "sample_to_host_p50_ms": round(float(np.median(usual.latency_ms)), 1),
            "sample_to_host_p99_ms": round(float(np.percentile(usual.latency_ms, 99)), 1),
            "max_rate_p99_ms": round(float(np.percentile(fastest.latency_ms, 99)), 1),
        },
    )


if __name__ == "__main__":
    main()
