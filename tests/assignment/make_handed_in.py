"""Makes `handed_in` with the product's commands: `python -m tests.assignment.make_handed_in`."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from motionloop.cli import main
from motionloop.virtual.process import VirtualBoardProcess
from tests.assignment.pupil import HANDED_IN, write_sessions


async def push() -> None:
    async with VirtualBoardProcess() as board:
        await asyncio.to_thread(
            main, ["push", "models/first", "--board", board.address, "--radio", "virtual"]
        )


def make() -> None:
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        os.environ["MOTIONLOOP_RUNTIME_DIR"] = name
        write_sessions(Path("recordings"))
        main(["train", "--preset", "quick", "--seed", "1", "--name", "first"])
        asyncio.run(push())
        main(["evaluate", "--lesson", "leaky", "--folder", "evaluations/first"])
        shutil.rmtree(HANDED_IN, ignore_errors=True)
        for file in ("metrics.json", "model.mlpkg", "pushes.json"):
            (HANDED_IN / "models/first").mkdir(parents=True, exist_ok=True)
            shutil.copy(f"models/first/{file}", HANDED_IN / "models/first")
        (HANDED_IN / "evaluations/first").mkdir(parents=True)
        shutil.copy("evaluations/first/evaluation.json", HANDED_IN / "evaluations/first")


if __name__ == "__main__":
    make()
