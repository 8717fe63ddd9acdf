"""Gestures from a board to a model: one take of many, cut into events, trained on."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from motionloop.board.recorder import record
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.writer import RecordingWriter
from motionloop.virtual.motion import ReplayedMotion
from tests.recordings.takes_of_gestures import Gesture, take

pytestmark = [pytest.mark.system, pytest.mark.training]

RATE_HZ = 119.0
KINDS: dict[str, dict[str, Any]] = {
    "wave": {"swings_hz": 2.5, "axis": 2},
    "twist": {"swings_hz": 1.6, "axis": 0},
}
REPEATED = 18


def gestures(kind: str, seed: int) -> list[Gesture]:
    rng = np.random.default_rng([seed, REPEATED])
    centres_s = 3.0 + np.cumsum(rng.uniform(1.8, 2.6, REPEATED))
    return [
        Gesture(at_s, rng.uniform(0.7, 0.9), rng.uniform(0.7, 1.4), **KINDS[kind])
        for at_s in centres_s.tolist()
    ]


async def record_take(boards, kind: str, seed: int, folder: Path) -> None:
    made = gestures(kind, seed)
    worn = take(made, made[-1].centre_s + 4.0, RATE_HZ, noise=0.005, seed=seed)
    board = await boards.start(motion=ReplayedMotion([worn]))
    client = await boards.client(board)
    described = RecordedBoard.from_info(client.info, board.name, board.address)
    with RecordingWriter.create(folder, described, wearer="Ada") as writer:
        stream = record(client, writer)
        async for packet in stream:
            if packet.next_seq > len(worn.raw) - RATE_HZ:
                break
        await stream.aclose()


def said(folder: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "motionloop", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.virtual_time
async def test_gestures_are_recorded_cut_and_trained_on(boards, tmp_path: Path) -> None:
    for number in range(2):
        for seed, kind in enumerate(KINDS, 2 * number):
            name = f"{kind}-{number}"
            await record_take(boards, kind, seed, tmp_path / "recordings" / name)
            cut = said(tmp_path, "label", f"recordings/{name}", "--events", kind, "--json")
            assert len(json.loads(cut)["events"]["found"]) == REPEATED
    trained = " ".join(
        said(tmp_path, "train", "--preset", "quick", "--window", "48", "--hop", "12").split()
    )
    accuracy = re.search(r"int8 accuracy ([\d.]+)% under TFLM on (\d+) windows", trained)
    assert accuracy is not None
    print(accuracy[0])
    assert float(accuracy[1]) > 90
    assert int(accuracy[2]) > REPEATED
    assert "held out by session" in trained
