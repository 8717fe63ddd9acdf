"""The whole loop on real people, through the virtual board's radio.

Each trial of the data file is replayed by a virtual board, recorded over the radio, trained on,
pushed over the radio and judged by the board's own predictions on other trials:

(a) personal: a person's trials up to 9 are recorded, the later ones are live; five people. The
    model is the product's personal one (`motionloop train --wearer`): the person's recordings
    and, as background, those of people that are none of the five. `personal_own_only` is the
    same without the background.
(b) new person: trained on twelve people, live on those it never saw.

A prediction counts when its window lies inside one trial. Board and host share one process and
virtual time; only `click_to_live_s` is measured in real time, with processes as a user has them.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.output import finish, parser
from motionloop import wire
from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board
from motionloop.board.prediction import Prediction
from motionloop.board.recorder import record
from motionloop.model.package import input_spec
from motionloop.recordings import importing
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.writer import RecordingWriter, write_recording
from motionloop.splits import Split, SplitKind
from motionloop.trainer.client import Trainer
from motionloop.trainer.messages import TrainingRequest, TrainingResult
from motionloop.training import pipeline
from motionloop.training.fit import fit, package_of
from motionloop.training.train import PRESETS
from motionloop.virtual.board import VirtualBoard
from motionloop.virtual.clock import run_in_virtual_time
from motionloop.virtual.motion import ReplayedMotion, Samples
from motionloop.virtual.process import VirtualBoardProcess
from motionloop.windows import collect_windows

PERSONAL_PEOPLE = 5
LAST_RECORDED_TRIAL = 9
TRAINED_PEOPLE = 12
FULL_PACKETS_MS = 400
SEED = 1


class Trials:
    """Recordings replayed one after the other, from when `begin` is called."""

    synthetic = False

    def __init__(self, recordings: Sequence[Recording]) -> None:
        self._replay = ReplayedMotion(recordings)
        self.sensor = self._replay.sensor
        self.begun = False
        lengths = [len(r.raw) for r in recordings]
        self.samples = sum(lengths)
        self.starts = np.cumsum([0, *lengths])
        self.labels = [r.labels[0] for r in recordings]

    def take_samples(self, periods: int) -> Samples:
        if not self.begun:
            return np.empty((0, wire.AXES), np.int16), np.empty(0, np.int64)
        return self._replay.take_samples(periods)

    def label_of(self, first_seq: int, last_seq: int) -> str | None:
        """What was done during these samples; None across the border of two trials."""
        trial = int(np.searchsorted(self.starts, first_seq, side="right")) - 1
        return self.labels[trial] if last_seq < self.starts[trial + 1] else None


def trial_of(recording: Recording) -> int:
    return int(recording.name.split()[-1])


async def _on_air(trials: Trials) -> tuple[VirtualBoard, asyncio.Task[None], BoardClient]:
    board = VirtualBoard(trials)
    running = asyncio.create_task(board.run())
    await board.on_air.wait()
    return board, running, BoardClient(await find_board(board.address, 10.0, RadioChoice.VIRTUAL))


async def _stop(running: asyncio.Task[None]) -> None:
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def record_trials(recordings: Sequence[Recording], folder: Path) -> list[Path]:
    """Record each trial over the radio into a folder of its own; returns the folders."""
    paths = []
    for recording in recordings:
        trials = Trials([recording])
        board, running, client = await _on_air(trials)
        path = folder / recording.name.replace(" ", "-")
        async with client:
            described = RecordedBoard.from_info(client.info, board.name, board.address)
            with RecordingWriter.create(
                path, described, wearer=recording.wearer, name=recording.name
            ) as writer:
                writer.begin_segment(trials.labels[0])
                stream = record(client, writer, FULL_PACKETS_MS, from_seq=0)
                trials.begun = True
                async for packet in stream:
                    if packet.next_seq >= trials.samples:
                        break
                await stream.aclose()
        await _stop(running)
        paths.append(path)
    return paths


@dataclass
class Judged:
    """Predictions that counted, and how many were right; samples that the host missed."""

    windows: int = 0
    right: int = 0
    lost: int = 0

    @property
    def accuracy(self) -> float:
        return self.right / self.windows


async def live(recordings: Sequence[Recording], package: bytes) -> Judged:
    """Push the package, replay the trials, and judge the board's predictions."""
    trials = Trials(recordings)
    judged = Judged()
    header = wire.PackageHeader.unpack(package)
    rate_hz = trials.sensor.format.rate_hz
    span = round(header.window * rate_hz * 1000 / header.model_rate_mhz)
    hop = round(header.hop * rate_hz * 1000 / header.model_rate_mhz)
    _board, running, client = await _on_air(trials)
    async with client:
        labels = await _push(client, package)
        predictions = client.predictions()
        first = asyncio.ensure_future(anext(predictions))
        counting = asyncio.create_task(_count(client, trials.samples))
        await asyncio.sleep(1)  # both are subscribed
        trials.begun = True
        prediction: Prediction = await first
        while True:
            truth = trials.label_of(prediction.seq_end - span + 1, prediction.seq_end)
            if truth is not None:
                judged.windows += 1
                judged.right += labels[prediction.class_index] == truth
            if prediction.seq_end + hop >= trials.samples:
                break
            prediction = await anext(predictions)
        judged.lost = trials.samples - await counting
        await predictions.aclose()
    await _stop(running)
    return judged


async def _push(client: BoardClient, package: bytes) -> tuple[str, ...]:
    async for _ in client.push(package):
        pass
    return await client.labels()


async def _count(client: BoardClient, samples: int) -> int:
    received = 0
    stream = client.stream(FULL_PACKETS_MS, from_seq=0)
    async for packet in stream:
        received += len(packet.raw)
        if packet.next_seq >= samples:
            break
    await stream.aclose()
    return received


async def click_to_live(recordings: Sequence[Path]) -> float:
    """Seconds from the retrain click, with nothing warm, to the new model's first prediction."""
    async with VirtualBoardProcess("--replay", str(recordings[0]), "--repeat") as virtual:
        found = await find_board(virtual.address, 10.0, RadioChoice.VIRTUAL)
        async with BoardClient(found) as client:
            click_s = time.monotonic()
            folder = recordings[0].parent.parent / "click"
            request = TrainingRequest(tuple(map(str, recordings)), str(folder), "click", seed=SEED)
            package = b""
            async with Trainer() as trainer:
                async for event in trainer.train(request):
                    if isinstance(event, TrainingResult):
                        package = Path(event.package).read_bytes()  # noqa: ASYNC240
            predictions = client.predictions()
            first = asyncio.ensure_future(anext(predictions))
            await _push(client, package)
            await first
            seconds = time.monotonic() - click_s
            await predictions.aclose()
            return seconds


@dataclass(frozen=True)
class Personal:
    """Two models of one person: with other people's recordings as background, and without."""

    with_background: Judged
    own_only: Judged
    recorded: list[Path]
    lost: int


def personal(
    person: str, recordings: list[Recording], background: list[Path], folder: Path
) -> Personal:
    """Record, train, push and judge one person's own models."""
    own = [r for r in recordings if r.wearer == person]
    recorded = [r for r in own if trial_of(r) <= LAST_RECORDED_TRIAL]
    later = [r for r in own if trial_of(r) > LAST_RECORDED_TRIAL]
    paths = run_in_virtual_time(record_trials(recorded, folder / person / "recordings"))
    opened = [Recording.open(path) for path in paths]
    lost = sum(len(r.raw) for r in recorded) - sum(len(r.raw) for r in opened)

    def judge(name: str, more: list[Path], preset: str) -> Judged:
        request = TrainingRequest(
            tuple(map(str, paths + more)),
            str(folder / person / name),
            name,
            preset=preset,
            seed=SEED,
            wearer=person,
        )
        result = pipeline.train_recordings(request)
        return run_in_virtual_time(live(later, Path(result.package).read_bytes()))

    with_background = judge("model", background, "quick")
    own_only = judge("own-only", [], "thorough")
    lost += with_background.lost + own_only.lost
    return Personal(with_background, own_only, paths, lost)


def new_people(recordings: list[Recording], people: list[str]) -> Judged:
    """Train on TRAINED_PEOPLE, judge live on the others."""
    known = set(people[:TRAINED_PEOPLE])
    trained_on = [r for r in recordings if r.wearer in known]
    windows = collect_windows(trained_on, input_spec())
    index = np.arange(len(windows))
    # No window is spared for a test: the unseen people are the test.
    split = Split(SplitKind.PERSON, index, index[:1], ())
    fitted = fit(windows, split, replace(PRESETS["thorough"], seed=SEED))
    package = package_of(fitted).pack()
    total = Judged()
    for person in people[TRAINED_PEOPLE:]:
        judged = run_in_virtual_time(live([r for r in recordings if r.wearer == person], package))
        print(f"new {person}: {judged.accuracy:.3f} of {judged.windows} windows", flush=True)
        total.windows += judged.windows
        total.right += judged.right
        total.lost += judged.lost
    return total


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="motionsense_pocket_50hz.npz")
    arguments.add_argument("--people", type=int, default=PERSONAL_PEOPLE, help="personal models")
    options = arguments.parse_args()
    begin_s = time.monotonic()
    recordings = importing.recordings_in(options.data)
    people = sorted({r.wearer for r in recordings}, key=lambda name: int(name.split()[-1]))
    accuracies, own_only, lost = [], [], 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        os.environ["MOTIONLOOP_RUNTIME_DIR"] = str(folder / "run")
        background = []
        for recording in recordings:
            if recording.wearer in people[PERSONAL_PEOPLE:]:
                background.append(folder / "background" / recording.name.replace(" ", "-"))
                write_recording(recording, background[-1])
        paths: list[Path] = []
        for person in people[: options.people]:
            done = personal(person, recordings, background, folder)
            paths = paths or done.recorded
            lost += done.lost
            accuracies.append(done.with_background.accuracy)
            own_only.append(done.own_only.accuracy)
            print(
                f"personal {person}: {accuracies[-1]:.3f} of {done.own_only.windows} windows "
                f"(own recordings only {own_only[-1]:.3f}), lost {done.lost}",
                flush=True,
            )
        unseen = new_people(recordings, people)
        click_to_live_s = asyncio.run(click_to_live(paths))
    finish(
        options,
        {
            "personal_accuracy": round(float(np.mean(accuracies)), 4),
            "personal_own_only": round(float(np.mean(own_only)), 4),
            "new_person_accuracy": round(unseen.accuracy, 4),
            "samples_lost": lost + unseen.lost,
            "click_to_live_s": round(click_to_live_s, 1),
            "seconds": round(time.monotonic() - begin_s, 1),
        },
    )


if __name__ == "__main__":
    main()
