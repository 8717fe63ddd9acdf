"""From the retrain click to the new model's first prediction: warm, cold, and a plain script.

Five activities, five minutes each at 99.84 Hz (the rate of Rev2), of the synthetic wearer: two
sessions, one of which is held out. The virtual board is a process at real speed with the radio's
pacing. `warm_s`: the worker is ready before the click; `cold_s`: it starts with the click;
`naive_s`: a training script as a tutorial has it (naive_keras.py) starts with the click and its
model is pushed in the same way.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmarks.output import finish, parser
from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board
from motionloop.model.package import load_package, model_id
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import Description, RecordedBoard
from motionloop.recordings.segments import Segment
from motionloop.recordings.writer import write_recording
from motionloop.trainer.client import Trainer
from motionloop.trainer.messages import Progress, TrainingRequest, TrainingResult
from motionloop.virtual.motion import BMI270, SyntheticMotion
from motionloop.virtual.process import VirtualBoardProcess
from motionloop.virtual.wearer import SyntheticWearer

ACTIVITIES = ("sitting", "standing", "walking", "running", "stairs up")
SECONDS_PER_LABEL = 300
SESSIONS = 2
SEED = 1


def record_synthetic(folder: Path) -> None:
    """SESSIONS recordings with SECONDS_PER_LABEL of each activity altogether."""
    samples = round(SECONDS_PER_LABEL / SESSIONS * BMI270.format.rate_hz)
    period_us = 1e6 / BMI270.format.rate_hz
    board = RecordedBoard(
        "bench",
        BMI270.format,
        synthetic=True,
    )
    for session in range(SESSIONS):
        wearer = SyntheticWearer(SEED)
        motion = SyntheticMotion(wearer, BMI270, seed=session)
        raw = []
        for activity in ACTIVITIES:
            wearer.activity = activity
            raw.append(motion.take_samples(samples)[0])
        seq = np.arange(samples * len(ACTIVITIES), dtype=np.int64)
        t_us = np.rint(seq * period_us).astype(np.int64)
        segments = tuple(
            Segment(int(t_us[i * samples]), int(t_us[(i + 1) * samples - 1]) + 1, activity)
            for i, activity in enumerate(ACTIVITIES)
        )
        name = f"session {session + 1}"
        described = Description(board, name, "synthetic", segments=segments, closed=True)
        recording = Recording(described, seq, t_us, np.concatenate(raw))
        write_recording(recording, folder / name.replace(" ", "-"))


class Stages:
    """Seconds since the click at which each stage ended, printed as a line."""

    def __init__(self) -> None:
        self._click_s = time.monotonic()
        self._last_s = self._click_s
        self._seconds: dict[str, float] = defaultdict(float)

    def ended(self, stage: str) -> None:
        now_s = time.monotonic()
        self._seconds[stage] += now_s - self._last_s
        self._last_s = now_s

    def finish(self, name: str) -> float:
        """Print them and return the seconds since the click."""
        parts = ", ".join(f"{stage} {s:.1f}" for stage, s in self._seconds.items())
        total_s = self._last_s - self._click_s
        print(f"{name}: {total_s:.1f} s ({parts})", flush=True)
        return total_s


async def retrain(client: BoardClient, trainer: Trainer, recordings: Path, folder: Path) -> float:
    """Click, train in the worker, push, wait for the first prediction; seconds of all."""
    stages = Stages()
    request = TrainingRequest((str(recordings),), str(folder), folder.name, seed=SEED)
    result: TrainingResult | None = None
    async for event in trainer.train(request):
        if isinstance(event, TrainingResult):
            result = event
        elif isinstance(event, Progress):
            stages.ended("start" if event.stage == "windows" and event.done == 0 else event.stage)
    assert result is not None
    stages.ended("save")
    await push_and_watch(client, load_package(Path(result.package)), stages)
    print(f"int8 accuracy on the held-out session: {result.metrics['int8']['accuracy']:.3f}")
    return stages.finish(folder.name)


async def naive(client: BoardClient, recordings: Path, folder: Path) -> float:
    """The same with the plain script."""
    stages = Stages()
    file = folder / "naive.mlpkg"
    command = (sys.executable, "-m", "benchmarks.naive_keras", str(recordings), str(file))
    process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    _, errors = await process.communicate()
    if process.returncode:
        raise SystemExit(errors.decode())
    stages.ended("script")
    await push_and_watch(client, load_package(file), stages)
    return stages.finish("naive")


async def push_and_watch(client: BoardClient, package: bytes, stages: Stages) -> None:
    # Listening from before, as the studio's dashboard does: the board classifies as soon as it
    # has switched.
    first = asyncio.create_task(first_prediction(client, model_id(package)))
    async for _ in client.push(package):
        pass
    stages.ended("push")
    await first
    stages.ended("first prediction")


async def first_prediction(client: BoardClient, of_model: bytes) -> None:
    """Return with the first prediction of this model."""
    predictions = client.predictions()
    async for prediction in predictions:
        if prediction.model_id == of_model:
            break
    await predictions.aclose()


async def measure(folder: Path) -> dict[str, float]:
    recordings = folder / "recordings"
    record_synthetic(recordings)
    board = ("--sensor", "bmi270", "--activity", "walking", "--wearer-seed", str(SEED))
    async with (
        VirtualBoardProcess(*board) as virtual,
        BoardClient(await find_board(virtual.address, 10.0, RadioChoice.VIRTUAL)) as client,
    ):
        async with Trainer() as trainer:
            await trainer.close()  # nothing is warm: the click starts it again
            cold_s = await retrain(client, trainer, recordings, folder / "cold")
        async with Trainer(warm_up=True) as trainer:
            await trainer.wait_ready()
            warm_s = await retrain(client, trainer, recordings, folder / "warm")
        naive_s = await naive(client, recordings, folder)
    return {"warm_s": warm_s, "cold_s": cold_s, "naive_s": naive_s}


def main() -> None:
    options = parser(__doc__).parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        os.environ["MOTIONLOOP_RUNTIME_DIR"] = str(folder / "run")
        seconds = asyncio.run(measure(folder))
    finish(options, {name: round(value, 1) for name, value in seconds.items()})


if __name__ == "__main__":
    main()
