"""A day of streaming with live predictions, 200 pushes and 500 lost links: losses and memory.

The real core and the real host in virtual time, in this process: each sample is compared with what
was measured. Behind it the board and the host in processes of their own, in real time. The memory
of each process is sampled once it is warm, and again at equal intervals.
"""

from __future__ import annotations

import asyncio
import gc
import os
import random
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.long_run import Rig, compare, measure
from benchmarks.output import finish, parser
from motionloop.virtual.motion import LSM9DS1
from motionloop.virtual.process import VirtualBoardProcess

WARM_SHARE = 0.2  # of the events, before the memory counts
LONGEST_AWAY_S = 3.0
TURN_US = 15_000  # the board's loop comes around this often: less work for this computer
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def resident_mb(pid: int | str = "self") -> float:
    """Memory of a process that is in use, in MB. Linux only."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 1e6


def growth_mb(sampled_mb: list[float]) -> float:
    """From the first third to the last: single samples go up and down."""
    third = max(len(sampled_mb) // 3, 1)
    return round(float(np.median(sampled_mb[-third:]) - np.median(sampled_mb[:third])), 2)


async def a_day(
    folder: Path, hours: float, pushes: int, disconnects: int, seed: int
) -> dict[str, Any]:
    """Events at equal distances, pushes among lost links; each push has its links lost, too."""
    rig, chance = Rig(folder, turn_us=TURN_US), random.Random(seed)
    now_s = asyncio.get_running_loop().time
    await rig.start_board()
    rig.start_host()
    kinds = ["push"] * pushes + ["lost link"] * disconnects
    chance.shuffle(kinds)
    begin_s, sampled_mb = now_s(), list[float]()
    for number, kind in enumerate(kinds, 1):
        if kind == "push":
            await rig.push()
        else:
            rig.walk_away(chance.uniform(0.1, LONGEST_AWAY_S))
        due_s = begin_s + number * hours * 3600 / len(kinds)
        await asyncio.sleep(max(due_s - now_s(), 0.0))
        rig.check()
        if number >= WARM_SHARE * len(kinds) and number % max(len(kinds) // 50, 1) == 0:
            gc.collect()
            sampled_mb.append(resident_mb())
    took_s = now_s() - begin_s
    await rig.stop_host()
    await rig.stop_board()
    found = compare(rig.path, rig.began_s, LSM9DS1.format.rate_hz)
    return {
        "hours": round(took_s / 3600, 2),
        "samples": found.samples,
        "predictions": rig.predictions,
        "lost": found.lost,
        "undeclared": found.undeclared,
        "disconnects": rig.disconnects,
        "pushes": rig.pushes,
        "pushes_completed": rig.pushes_completed,
        "clock_error_ms": found.clock_error_ms,
        "resident_mb": round(sampled_mb[-1], 1),
        "growth_mb": growth_mb(sampled_mb),
    }


async def with_processes(folder: Path, seconds: float) -> dict[str, Any]:
    """`motionloop virtual-board` and `record`, with a link lost each other second."""
    recordings = folder / "recordings"
    async with VirtualBoardProcess("--speed", "1") as board:
        recorder = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "motionloop", "record", "--board", board.address),
            *("--recordings", str(recordings), "--name", "day"),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            board_mb, host_mb = list[float](), list[float]()
            begin_s = time.monotonic()
            while time.monotonic() < begin_s + seconds:
                await asyncio.sleep(2.0)
                await board.send_line("disconnect")
                if time.monotonic() > begin_s + WARM_SHARE * seconds:
                    board_mb.append(resident_mb(board.pid))
                    host_mb.append(resident_mb(recorder.pid))
        finally:
            recorder.terminate()
            await recorder.wait()
    return {
        "process_s": seconds,
        "board_process_growth_mb": growth_mb(board_mb),
        "host_process_growth_mb": growth_mb(host_mb),
    }


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--hours", type=float, default=24.0, help="device time (default: 24)")
    arguments.add_argument("--pushes", type=int, default=200)
    arguments.add_argument("--disconnects", type=int, default=500)
    arguments.add_argument("--seed", type=int, default=1, help="of the order (default: 1)")
    arguments.add_argument(
        "--process-seconds", type=float, default=120.0, help="of the processes (default: 120)"
    )
    options = arguments.parse_args()
    figures = measure(
        lambda folder: a_day(
            folder, options.hours, options.pushes, options.disconnects, options.seed
        ),
        (lambda folder: with_processes(folder, options.process_seconds))
        if options.process_seconds
        else None,
    )
    finish(options, figures)


if __name__ == "__main__":
    main()
