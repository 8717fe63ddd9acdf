"""The real worker process, asked over its real protocol."""

import asyncio
import json
import os

import numpy as np
import pytest

from motionloop.errors import RecordingError, TrainingDataError
from motionloop.model import package
from motionloop.recordings import writer
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import Description, RecordedBoard
from motionloop.recordings.segments import Segment
from motionloop.sample_format import SampleFormat
from motionloop.trainer.client import Trainer
from motionloop.trainer.messages import (
    Progress,
    TrainingFailedError,
    TrainingRequest,
    TrainingResult,
)

pytestmark = pytest.mark.training

RATE_HZ = 50.0
PERIOD_US = 20_000
BOARD = RecordedBoard("desk", SampleFormat(RATE_HZ, 244_141, 1_065_264), synthetic=True)
STAGES = ["windows", "train", "convert", "evaluate", "save"]


@pytest.fixture(scope="module")
def recordings(tmp_path_factory):
    """Two sessions, each 32 s of rest and 32 s of a gait of 2 Hz."""
    rng = np.random.default_rng(1)
    paths = []
    for session in ("monday", "tuesday"):
        n = 2 * 32 * int(RATE_HZ)
        t_us = np.arange(n, dtype=np.int64) * PERIOD_US
        motion = rng.normal(0, 20, (n, 6))
        swing = np.sin(2 * np.pi * 2.0 * t_us[n // 2 :, np.newaxis] * 1e-6 + np.arange(6))
        motion[n // 2 :] += 1500 * swing
        motion[:, 2] += 4096  # gravity: 1 g
        half_us = n // 2 * PERIOD_US
        segments = (Segment(0, half_us, "rest"), Segment(half_us, 2 * half_us, "walk"))
        description = Description(BOARD, session, "ada", segments=segments, closed=True)
        path = tmp_path_factory.mktemp("recordings") / session
        recording = Recording(description, np.arange(n), t_us, np.rint(motion).astype(np.int16))
        writer.write_recording(recording, path)
        paths.append(str(path))
    return tuple(paths)


async def test_trains_recordings_and_goes_on_after_bad_ones(recordings, no_bluetooth, tmp_path):
    """One worker does it all, and ends with its client."""
    request = TrainingRequest(recordings, str(tmp_path / "model"), "gait", labels=("walk", "rest"))
    async with Trainer() as trainer:
        pid = trainer.pid
        with pytest.raises(RecordingError, match="no recordings in") as missing:
            async for _ in trainer.train(
                TrainingRequest((str(tmp_path / "gone"),), str(tmp_path), "x")
            ):
                pass
        assert missing.value.path == tmp_path / "gone"
        with pytest.raises(TrainingDataError, match="one label only"):
            async for _ in trainer.train(
                TrainingRequest(recordings, str(tmp_path), "x", labels=("walk",))
            ):
                pass
        with pytest.raises(TrainingFailedError, match="failed unexpectedly") as failure:
            async for _ in trainer.train(TrainingRequest(recordings, "", "x", rate_hz="fast")):
                pass
        *progress, result = [event async for event in trainer.train(request)]
        assert trainer.pid == pid
        process = trainer._worker.process
        process.stdin.close()
        assert await asyncio.wait_for(process.wait(), 30) == 0

    # What the worker did not expect is in its log.
    (file,) = (no_bluetooth / "log").glob(f"worker-*-{pid}.log")
    lines = file.read_text()
    assert "INFO motionloop.training.worker: ready after" in lines
    assert "ERROR motionloop.training.worker: train: failed unexpectedly" in lines
    assert "Traceback" in lines
    assert str(failure.value).partition("(")[2].partition(":")[0] in lines  # the error's type

    assert isinstance(result, TrainingResult)
    assert all(isinstance(p, Progress) for p in progress)
    assert list(dict.fromkeys(p.stage for p in progress)) == STAGES
    assert result.metrics["int8"]["accuracy"] > 0.9
    assert result.metrics["split"]["kind"] == "session"
    assert result.metrics["data"]["synthetic"] is True
    assert set(result.metrics["seconds"]) == set(STAGES) - {"save"}
    made = package.unpack_package(package.load_package(tmp_path / "model"))
    assert made.labels == ("walk", "rest")
    assert json.loads((tmp_path / "model" / "metrics.json").read_text()) == result.metrics


async def test_cancelling_ends_the_worker_and_writes_no_model(recordings, tmp_path):
    trainer = Trainer(warm_up=True)
    await trainer.start()
    training = trainer.train(TrainingRequest(recordings, str(tmp_path / "model"), "gait"))
    async for event in training:
        if event.stage == "train" and event.done:
            break
    pid = trainer.pid
    await training.aclose()
    assert trainer.pid is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not (tmp_path / "model").exists()


async def test_a_worker_that_dies_is_a_typed_error(recordings, tmp_path, caplog):
    async with Trainer() as trainer:
        await trainer.wait_ready()
        training = trainer.train(TrainingRequest(recordings, str(tmp_path), "gait"))
        await anext(training)
        pid = trainer.pid
        os.kill(pid, 9)
        with pytest.raises(TrainingFailedError, match="ended before it was done"):
            async for _ in training:
                pass
        assert trainer.pid is None
    assert f"the training process {pid} ended" in caplog.text
