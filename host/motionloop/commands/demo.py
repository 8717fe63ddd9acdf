"""Run the whole loop on a virtual board: in a window where there is a display, else by itself.

By itself it records, trains, pushes and watches live once.

The wearer is synthetic, so the figures show that the loop works and how fast, not how well it
would know a person.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from rich.console import Console

from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board
from motionloop.board.recorder import Step, follow_plan, open_writer, recording_to
from motionloop.commands.bars import Bars
from motionloop.commands.console import print_json, terminal
from motionloop.commands.live import Dashboard, shadow_summary, shadowing
from motionloop.commands.options import add_json, at_least
from motionloop.commands.progress import follow
from motionloop.commands.push import push_with_progress
from motionloop.commands.studio import open_window
from motionloop.commands.train import show_result
from motionloop.errors import MotionLoopError, OptionsError
from motionloop.model import input_defaults
from motionloop.model.package import load_package
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.sources import read_recordings
from motionloop.recordings.writer import DISK, RecordingWriter
from motionloop.trainer.client import Trainer
from motionloop.trainer.messages import TrainingRequest, TrainingResult
from motionloop.virtual.process import VirtualBoardProcess
from motionloop.virtual.wearer import ACTIVITIES

RECORDING_SPEED = 15.0  # times real time
SESSIONS = 2  # so that one session can be held out
SECONDS_PER_LABEL = 21.0  # in each session
REACTION_S = 2.0
CHANGE_US = 600_000  # the wearer goes over from one activity to the next
LIVE_SECONDS_PER_LABEL = 3.2
FULL_PACKETS_MS = 200  # recording needs no low delay, and fuller packets are fewer


@dataclass
class Figures:
    """The demo's measurements."""

    samples: int = 0
    lost: int = 0
    board_s: float = 0.0
    record_s: float = 0.0
    train_s: float = 0.0
    accuracy: float = 0.0
    push_s: float = 0.0
    first_prediction_s: float = 0.0
    windows: int = 0
    right: int = 0
    total_s: float = 0.0


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--folder",
        type=Path,
        help="keep recordings and models there (default: demo/ for the window, else none)",
    )
    parser.add_argument(
        "--window",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="open the studio on a virtual board (default: where there is a display)",
    )
    parser.add_argument("--wearer-seed", type=at_least(0), default=7, help="which synthetic person")
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    if options.window and options.json:
        raise OptionsError("Give either --window or --json: the window prints nothing.")
    in_terminal = options.json or options.folder is not None or not has_display()
    if options.window or (options.window is None and not in_terminal):
        _open_window(options.folder)
    else:
        await _run_in_terminal(options)


def has_display() -> bool:
    """Whether a window can be shown here."""
    named = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return sys.platform in ("win32", "darwin") or bool(named)


def _open_window(folder: Path | None) -> None:
    """The studio on a virtual board. Recordings that are made there are kept, as always."""
    where = folder or Path("demo")
    open_window(where / "recordings", where / "models", virtual=True)


async def _run_in_terminal(options: argparse.Namespace) -> None:
    console = terminal(stderr=options.json)
    begin_s = time.monotonic()
    async with AsyncExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if (folder / "model").exists():
            raise MotionLoopError(f"{folder} holds a demo already: choose another --folder.")
        # The worker imports TensorFlow while the recordings are made.
        trainer = await stack.enter_async_context(Trainer(warm_up=True))
        figures = Figures()
        board = ("--wearer-seed", str(options.wearer_seed), "--flash", str(folder / "board.flash"))

        console.rule("1  Record")
        async with VirtualBoardProcess(*board, "--speed", str(RECORDING_SPEED)) as virtual:
            console.print(
                f"Virtual board {virtual.name} is on air. Its wearer is synthetic and lives at "
                f"{RECORDING_SPEED:g} times real time."
            )
            await _record(console, virtual, folder / "recordings", figures)
        console.print(
            f"{figures.samples} samples in {figures.board_s:.0f} s of board time "
            f"({figures.record_s:.0f} s here), lost {figures.lost}."
        )

        console.rule("2  Train")
        click_s = time.monotonic()
        recordings = tuple(str(r.path) for r in read_recordings(folder / "recordings"))
        request = TrainingRequest(recordings, str(folder / "model"), "demo")
        result = await follow(console, trainer.train(request), TrainingResult)
        figures.train_s = time.monotonic() - click_s
        figures.accuracy = result.metrics["int8"]["accuracy"]
        show_result(console, result.metrics)

        console.rule("3  Push and watch")
        same = (*board, "--address", virtual.address)
        async with VirtualBoardProcess(*same, "--speed", "1") as virtual:
            console.print("The same board, now in real time.")
            await _push_and_watch(console, virtual, Path(result.package), click_s, figures)

        console.rule("What happened")
        figures.total_s = time.monotonic() - begin_s
        _summarize(console, figures)
        if options.json:
            print_json(asdict(figures))
        if options.folder:
            console.print(f"Recordings, model and its report.html are in {folder}.")


async def _record(
    console: Console, virtual: VirtualBoardProcess, folder: Path, figures: Figures
) -> None:
    steps = [Step(label, SECONDS_PER_LABEL) for label in ACTIVITIES]
    begin_s = time.monotonic()
    with Bars(console) as bars:
        row = bars.row()
        async with await _client(virtual) as client:
            board = RecordedBoard.from_info(client.info, virtual.name, virtual.address)
            for session in range(SESSIONS):
                path = folder / f"session-{session + 1}"
                create = partial(RecordingWriter.create, path, board, disk=DISK)
                writer = await open_writer(partial(create, wearer="synthetic wearer"))
                async with recording_to(writer):
                    plan = follow_plan(client, writer, steps, REACTION_S, FULL_PACKETS_MS)
                    done = session * len(steps) - 1
                    async for now in plan:
                        if now.began:
                            await virtual.send_line(now.step.label or "")
                            done += 1
                        reached = done + now.elapsed_s / SECONDS_PER_LABEL
                        words = now.step.label or ""
                        row.show("record", reached, len(steps) * SESSIONS, words)
                figures.samples += writer.quality.samples
                figures.lost += writer.quality.lost
                figures.board_s += writer.quality.duration_s
    figures.record_s = time.monotonic() - begin_s


async def _push_and_watch(
    console: Console,
    virtual: VirtualBoardProcess,
    package_path: Path,
    click_s: float,
    figures: Figures,
) -> None:
    async with await _client(virtual) as client:
        predictions = client.predictions()
        first = asyncio.ensure_future(anext(predictions))
        package = load_package(package_path)
        figures.push_s = await push_with_progress(console, client, package, package_path)
        await first
        figures.first_prediction_s = time.monotonic() - click_s
        labels = await client.labels()
        dashboard = Dashboard(str(client.board), labels, client.info)
        window_s = input_defaults.WINDOW_S
        async with shadowing(client) as shadow:
            for activity in ACTIVITIES:
                await virtual.send_line(activity)
                told_us = (await client.status()).now_us
                end_us = told_us + (window_s + LIVE_SECONDS_PER_LABEL) * 1e6
                async for prediction in predictions:
                    shadow.add_prediction(prediction)
                    dashboard.add(prediction)
                    # A window that began before the change of activity is of neither activity.
                    if prediction.t_us > told_us + window_s * 1e6 + CHANGE_US:
                        figures.windows += 1
                        figures.right += labels[prediction.class_index] == activity
                        console.print(f"{activity:>12}: {dashboard.line(prediction)}")
                    if prediction.t_us >= end_us:
                        break
        await predictions.aclose()
        console.print(shadow_summary(shadow))
        if shadow.differing:
            raise MotionLoopError("Board and host computed different outputs: this is a defect.")


async def _client(virtual: VirtualBoardProcess) -> BoardClient:
    return BoardClient(await find_board(virtual.address, 10.0, RadioChoice.VIRTUAL))


def _summarize(console: Console, figures: Figures) -> None:
    seconds = f"{figures.total_s:.0f} s"
    lines = [
        f"recorded    {figures.samples} samples, lost {figures.lost}",
        f"trained     in {figures.train_s:.1f} s, int8 accuracy {figures.accuracy:.1%} on "
        "the held-out session",
        f"pushed      in {figures.push_s:.1f} s under ArduinoBLE's limits",
        f"live        first prediction {figures.first_prediction_s:.1f} s after the click, "
        f"{figures.right} of {figures.windows} windows right",
        f"altogether  {seconds}. The wearer was synthetic: now strap on a real board.",
    ]
    for line in lines:
        console.print(line)
