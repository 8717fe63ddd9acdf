"""Faults while a board is recorded: links lost for up to 20 s, kills, restarts, in pushes too.

An hour of device time in virtual time, the real core and the real host, each sample compared with
what was measured. The host is killed and started again within 20 s: it goes on with its recording.
Behind it the same with processes and `kill -9`, in real time.
"""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.long_run import ADDRESS, CAUGHT_UP_S, Rig, compare, measure
from benchmarks.output import finish, parser
from motionloop.recordings.recording import Recording
from motionloop.virtual.motion import LSM9DS1
from motionloop.virtual.process import VirtualBoardProcess

LONGEST_AWAY_S = 20.0
LONGEST_KILLED_S = 16.0  # then the host is started: within 20 s it is back
KINDS = ("drop", "kill", "restart", "push and drop", "push and kill", "push and restart")
MOTIONLOOP = (sys.executable, "-m", "motionloop")


async def in_virtual_time(folder: Path, hours: float, seed: int) -> dict[str, Any]:
    rig, chance = Rig(folder), random.Random(seed)
    now_s = asyncio.get_running_loop().time
    end_s = now_s() + hours * 3600
    count = dict.fromkeys(KINDS, 0)
    await rig.start_board()
    rig.start_host()
    await asyncio.sleep(CAUGHT_UP_S)
    while now_s() < end_s:
        kind = KINDS[sum(count.values()) % len(KINDS)]
        count[kind] += 1
        await befall(rig, kind, chance)
        await asyncio.sleep(CAUGHT_UP_S + chance.uniform(0, 20))
        rig.check()
    await rig.stop_host()
    await rig.stop_board()
    found = await asyncio.to_thread(compare, rig.path, rig.began_s, LSM9DS1.format.rate_hz)
    return {
        "hours": hours,
        "samples": found.samples,
        "drops": count["drop"] + count["push and drop"],
        "host_kills": count["kill"] + count["push and kill"],
        "board_restarts": count["restart"] + count["push and restart"],
        "lost_within_20s": found.lost,
        "undeclared": found.undeclared,
        "pushes": rig.pushes,
        "pushes_completed": rig.pushes_completed,
        "clock_error_ms": found.clock_error_ms,
        "samples_without_utc": found.clock_unknown,
    }


async def befall(rig: Rig, kind: str, chance: random.Random) -> None:
    """One fault, by itself or in the middle of a push; returns when the push is completed."""
    ended: list[asyncio.Task[None]] = []

    def begin() -> None:
        if kind.endswith("drop"):
            rig.walk_away(chance.uniform(0.1, LONGEST_AWAY_S))
        elif kind.endswith("kill"):
            ended.append(asyncio.create_task(rig.kill_host(chance.uniform(0, LONGEST_KILLED_S))))
        else:
            ended.append(asyncio.create_task(rig.restart_board(chance.uniform(0.1, 5))))

    if kind.startswith("push"):
        await rig.push(during=begin)
    else:
        begin()
    await asyncio.gather(*ended)
    if kind.endswith("drop"):
        await asyncio.sleep(LONGEST_AWAY_S)


async def with_processes(folder: Path, kills: int) -> dict[str, Any]:
    """`motionloop record` killed with SIGKILL and resumed, with links lost in between."""
    path = folder / "recordings" / "walk"
    record = (*MOTIONLOOP, "record", "--radio", "virtual", "--recordings", str(path.parent))
    async with VirtualBoardProcess("--address", ADDRESS, "--activity", "walking") as board:
        how = ("--name", "walk", "--label", "walking")
        killed_s, longest_away_s = time.monotonic(), 0.0
        for kill in range(kills + 1):
            recorder = await asyncio.create_subprocess_exec(
                *record, *how, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            if kill:  # a busy computer may need longer to start it than the board remembers
                await _grows(path / "samples.csv", 1)
                longest_away_s = max(longest_away_s, time.monotonic() - killed_s)
            how = ("--resume",)
            await _grows(path / "samples.csv", 30_000)
            await board.send_line("away 3")
            await _grows(path / "samples.csv", 60_000)
            if kill < kills:
                recorder.kill()
                killed_s = time.monotonic()
            else:
                recorder.terminate()
            await recorder.wait()
            await asyncio.sleep(5)
    recording = Recording.open(path)
    return {
        "process_kills": kills,
        "process_drops": kills + 1,
        "process_samples": len(recording.seq),
        "process_longest_away_s": round(longest_away_s, 1),
        "process_lost": recording.quality.lost,
        "process_problems": len(recording.problems),
    }


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


async def _grows(path: Path, by: int) -> None:
    """Wait until another process has written so many bytes more."""
    begin = _size(path)
    end_s = time.monotonic() + 60
    while _size(path) < begin + by:
        if time.monotonic() > end_s:
            raise RuntimeError(f"{path} did not grow within a minute")
        await asyncio.sleep(0.05)


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--hours", type=float, default=1.0, help="device time (default: 1)")
    arguments.add_argument("--seed", type=int, default=1, help="of the faults (default: 1)")
    arguments.add_argument("--kills", type=int, default=3, help="of processes (default: 3)")
    options = arguments.parse_args()
    figures = measure(
        lambda folder: in_virtual_time(folder, options.hours, options.seed),
        (lambda folder: with_processes(folder, options.kills)) if options.kills else None,
    )
    finish(options, figures)


if __name__ == "__main__":
    main()
