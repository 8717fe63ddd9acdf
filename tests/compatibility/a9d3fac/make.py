"""Made the files of this folder, with the program of commit a9d3fac. See README.md beside it.

It runs in a checkout of that commit, so it imports that commit's modules, not today's.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from motionloop.description import Board, Trim, Video
from motionloop.formats import npz
from motionloop.jobs import (
    EvaluationRequest,
    TrainingFailedError,
    TrainingRequest,
    TuneRequest,
    VariantsRequest,
    error_event,
)
from motionloop.link import RadioChoice
from motionloop.link import find as find_board
from motionloop.package import load, unpack
from motionloop.recording import Recording
from motionloop.recording_writer import RecordingWriter
from motionloop.wearing import find

from motionloop import wire
from motionloop.board import BoardClient
from motionloop.errors import DataFileError, DiskFullError, PackageError
from motionloop.training import backbone
from motionloop.virtual.board import VirtualBoard
from motionloop.virtual.clock import VirtualTimeLoop
from motionloop.virtual.motion import LSM9DS1, SyntheticMotion
from motionloop.virtual.wearer import SyntheticWearer

GOLDEN = Path("tests/golden/model.mlpkg").resolve()
DATA = "walks.npz"
RNG = np.random.default_rng(9)
BOARD = Board(
    "ML-4F2A", 119.0, 244_000, 1_221_730, "d4:3a:2c:10:4f:2a", "LSM9DS1", "0.1.0", boot_id=11
)


def make_recording(folder: Path) -> None:
    """Labels, a correction by hand, losses on the link and of the link, a restart, a film."""
    period_us = 1e6 / BOARD.rate_hz

    def append(writer: RecordingWriter, seq: int, count: int, late_us: int = 0) -> None:
        raw = RNG.integers(-2000, 2000, (count, 6)).astype(np.int16)
        times = late_us + np.rint(np.arange(seq, seq + count) * period_us).astype(np.int64)
        if seq == 60:
            raw[3, 2], raw[5, 0] = 32767, -32768
        writer.append(seq, times, raw)

    with RecordingWriter.create(
        folder, BOARD, wearer="Ada", placement="left wrist", created="2025-11-03T10:15:00+01:00"
    ) as writer:
        append(writer, 0, 20)
        writer.begin_segment("sitting")
        append(writer, 20, 20)
        writer.declare_gap("lost on the link")
        append(writer, 43, 17)
        writer.begin_segment("stairs, up")
        append(writer, 60, 30)
        writer.end_segment()
        writer.board_restarted(12, 2_000_000)
        append(writer, 5, 20)
    path = folder / "recording.json"
    document = json.loads(path.read_text())
    document["notes"] = "a key of another program"
    path.write_text(json.dumps(document))
    recording = Recording.open(folder)
    recording.set_trim(Trim(int(recording.t_us[2]), int(recording.t_us[-3]) + 1))
    recording.set_video(Video("film.mp4", -1.25))


def cut_off(folder: Path, from_folder: Path) -> None:
    """A recording that a power cut ended in the middle of a line."""
    shutil.copytree(from_folder, folder)
    samples = folder / "samples.csv"
    samples.write_bytes(samples.read_bytes()[:-40])
    path = folder / "recording.json"
    document = json.loads(path.read_text())
    document |= {"closed": False, "trim": None, "video": None, "segments": []}
    document["open_segment"] = {"label": "sitting", "start_us": 160_000}
    path.write_text(json.dumps(document))


def make_data_file(path: Path) -> None:
    """Three people, each 11 s of rest and 11 s of a gait of their own pace."""
    n, rate_hz = 550, 50.0
    t_s = np.arange(n)[:, np.newaxis] / rate_hz
    motion, label, subject = [], [], []
    for person, pace_hz in enumerate((1.6, 1.8, 2.1)):
        for index, strength in enumerate((0.0, 0.6)):
            swing = strength * np.sin(2 * np.pi * pace_hz * t_s + RNG.uniform(0, 6, 6))
            motion.append(swing + RNG.normal(0, 0.004, swing.shape) + [1, 0, 0, 0, 0, 0])
            label += [index] * n
            subject += [person] * n
    np.savez_compressed(
        path,
        X=np.concatenate(motion).astype(np.float16),
        y=np.array(label, np.uint8),
        subject=np.array(subject, np.uint8),
        session=np.array(subject, np.uint8),
        label_names=np.array(["rest", "walk"]),
        rate_hz=np.float64(rate_hz),
    )


def ask_worker() -> None:
    """Everything that the training process can be asked, and every kind of answer."""
    train = TrainingRequest(
        (DATA,), "models/walks", "walks", window=64, hop=32, smoothing=0.5, width=0.25
    )
    model = "models/walks/model.mlpkg"
    evaluate = EvaluationRequest((DATA,), "evaluation", "e", model, ("walk", "rest"))
    requests = [
        ("train", train),
        ("train", replace(train, labels=("walk",))),
        ("train", replace(train, recordings=("gone",))),
        ("train", replace(train, split="weekday")),
        ("variants", VariantsRequest("models/walks", methods=("pruned",))),
        ("pretrain", replace(train, folder="backbone", name="backbone")),
        ("evaluate", evaluate),
        ("tune", TuneRequest(replace(train, split="person"), "study", "walks", trials=2)),
    ]
    # As motionloop.trainer sends them.
    lines = [json.dumps({"task": task, **asdict(request)}) for task, request in requests]
    Path("requests.jsonl").write_text("\n".join(lines) + "\n")
    worker = [sys.executable, "-m", "motionloop.training.worker"]
    asked = "\n".join(lines)
    done = subprocess.run(worker, input=asked, stdout=subprocess.PIPE, text=True, check=True)
    kept, seen = [], set()
    for event in map(json.loads, done.stdout.splitlines()):
        # The first step of each stage shows what progress looks like.
        step = (event["event"], event.get("stage"))
        if event["event"] != "progress" or step not in seen:
            kept.append(event)
        seen.add(step)
    path = Path("recordings/full")
    for error in (
        DiskFullError("no room", path),
        DataFileError("no data"),
        PackageError("no package"),
        TrainingFailedError("of the worker's own"),
    ):
        kept.append(error_event(error))
    Path("events.jsonl").write_text("".join(json.dumps(event) + "\n" for event in kept))
    study = Path("study/study.db")
    Path("study.db.gz").write_bytes(gzip.compress(study.read_bytes(), mtime=0))


def expected() -> dict[str, Any]:
    """What this commit's code reads in the files."""
    recording, cut = Recording.open("recordings/stairs"), Recording.open("recordings/cut-off")
    packed = load(Path("models/walks"))
    package = unpack(packed)
    assert package.rejection is not None
    loaded = backbone.load(Path("backbone"))
    worn = find(Path("models"), wire.PackageHeader.unpack(packed).model_id)
    assert worn is not None
    made = npz.read(DATA)
    np.savez_compressed(
        "expected.npz",
        seq=recording.seq,
        t_us=recording.t_us,
        raw=recording.raw,
        accel_g=recording.accel_g,
        gyro_rad_s=recording.gyro_rad_s,
        cut_seq=cut.seq,
        golden_inputs=package.golden_inputs,
        golden_outputs=package.golden_outputs,
        rejection_means=package.rejection.means,
        rejection_shifts=package.rejection.shifts,
        rejection_weights=package.rejection.weights,
        data_raw=np.concatenate([r.raw[::10] for r in made]),
        **{f"backbone_{i}": array for i, array in enumerate(loaded.weights)},
    )
    return {
        "recording": {
            "name": recording.name,
            "board": vars(recording.board),
            "wearer": recording.wearer,
            "placement": recording.description.placement,
            "created": recording.description.created,
            "segments": [vars(segment) for segment in recording.segments],
            "used_segments": [vars(segment) for segment in recording.used_segments],
            "gaps": [vars(gap) for gap in recording.gaps],
            "trim": vars(recording.trim),
            "video": vars(recording.description.video),
            "quality": vars(recording.quality),
            "problems": list(recording.problems),
        },
        "cut_off": {
            "problems": list(cut.problems),
            "segments": [vars(segment) for segment in cut.segments],
        },
        "package": {
            "labels": list(package.labels),
            "rate_mhz": package.input.rate_mhz,
            "window": package.input.window,
            "hop": package.input.hop,
            "channels": [vars(channel) for channel in package.input.channels],
            "smoothing": package.smoothing,
            "version_counter": package.version_counter,
            "threshold": package.rejection.threshold,
            "tflite_bytes": len(package.tflite),
            "model_id": wire.PackageHeader.unpack(packed).model_id.hex(),
        },
        "wearing": {k: list(v) for k, v in worn.directions.items()},
        "backbone": {
            "model": vars(loaded.config),
            "window": loaded.spec.window,
            "channels": len(loaded.spec.channels),
        },
        "data_file": [[r.name, r.wearer, [vars(s) for s in r.segments]] for r in made],
    }


async def push_all(packages: list[bytes], flash: Path) -> None:
    """Push these to a virtual board with that file."""
    motion = SyntheticMotion(SyntheticWearer(1, "walking"), LSM9DS1, 1)
    board = VirtualBoard(motion, flash=flash)
    running = asyncio.create_task(board.run())
    await board.on_air.wait()
    async with BoardClient(await find_board(board.address, 10.0, RadioChoice.VIRTUAL)) as client:
        for package in packages:
            async for _ in client.push(package):
                pass
        await asyncio.sleep(30)  # for the spare slot's erase
    running.cancel()
    await asyncio.wait([running])


def make_flash(packages: list[bytes]) -> None:
    flash = Path("board.flash").resolve()
    loop = VirtualTimeLoop()
    loop.run_until_complete(push_all(packages, flash))
    loop.close()
    Path("board.flash.gz").write_bytes(gzip.compress(flash.read_bytes(), mtime=0))
    flash.unlink()


def main() -> None:
    os.chdir(sys.argv[1])
    make_recording(Path("recordings/stairs"))
    cut_off(Path("recordings/cut-off"), Path("recordings/stairs"))
    make_data_file(Path(DATA))
    ask_worker()
    make_flash([GOLDEN.read_bytes(), load(Path("models/walks"))])
    Path("expected.json").write_text(json.dumps(expected(), indent=1) + "\n")
    # What no program reads again, and what another file here shows already.
    for left in ("evaluation", "study"):
        shutil.rmtree(left)
    for model in Path("models/walks"), Path("models/walks/variants"):
        for file in model.iterdir():
            if file.suffix in (".html", ".tflite") or file.name == "base-int8.mlpkg":
                file.unlink()


main()
