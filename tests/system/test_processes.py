"""Where a process matters: the command line as a user types it, and kill -9 of either side."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from motionloop.board.client import BoardClient, PushStage
from motionloop.board.link import RadioChoice, find_board
from motionloop.cli import main
from motionloop.model.package import model_id, unpack_package
from motionloop.recordings.recording import Recording
from motionloop.virtual.process import READY, VirtualBoardProcess
from tests.packages import unsigned

pytestmark = pytest.mark.system

ADDRESS = "C0:00:00:00:00:01"
MOTIONLOOP = (sys.executable, "-m", "motionloop")


async def client_of(virtual: VirtualBoardProcess) -> BoardClient:
    return BoardClient(await find_board(virtual.address, 10.0, RadioChoice.VIRTUAL))


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
async def test_kill_9_while_recording_loses_a_second_at_most(tmp_path: Path) -> None:
    folder = tmp_path / "recordings" / "walk"
    record = ("record", "--radio", "virtual", "--recordings", str(folder.parent))
    async with VirtualBoardProcess("--activity", "walking") as virtual:
        recorder = await asyncio.create_subprocess_exec(
            *MOTIONLOOP, *record, "--name", "walk", "--label", "walking",
            stdout=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        samples = folder / "samples.csv"
        async with asyncio.timeout(30):
            # Another process writes it; some 3 s of samples.
            while not samples.exists() or samples.stat().st_size < 20_000:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        recorder.kill()
        killed_s = time.monotonic()
        await recorder.wait()
        async with await client_of(virtual) as client:  # the board is free again
            now_us = (await client.status()).now_us - (time.monotonic() - killed_s) * 1e6
    recording = Recording.open(folder)
    assert recording.end_us >= now_us - 1e6
    assert recording.quality.lost == 0
    assert [s.label for s in recording.segments] == ["walking"]
    assert recording.segments[0].end_us == recording.end_us
    assert any("not closed" in problem for problem in recording.problems)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
def test_record_that_was_killed_is_offered_and_resumed_without_a_loss(
    board_on_air: subprocess.Popen[str], motionloop, tmp_path: Path
) -> None:
    folder = tmp_path / "recordings"
    record = ("record", "--radio", "virtual", "--recordings", str(folder))
    said = motionloop(*record, "--resume", fails=True)
    assert f"No recording in {folder} was cut off: there is nothing to go on with." in said
    with started(
        *MOTIONLOOP, *record, "--name", "walk", "--label", "walking", "--seconds", "12",
        "--wearer", "Ada", stdout=subprocess.DEVNULL,
    ) as recorder:  # fmt: skip
        samples = folder / "walk" / "samples.csv"
        deadline_s = time.monotonic() + 30
        while not samples.exists() or samples.stat().st_size < 20_000:
            assert time.monotonic() < deadline_s
            time.sleep(0.02)
        recorder.kill()
    said = motionloop(*record, "--name", "other", "--seconds", "1")
    assert "walk was cut off" in said
    assert "Ctrl-C and `motionloop record --resume` goes on with it without a loss." in said
    said = motionloop(*record, "--resume")
    assert "Going on with" in said
    assert "The board remembers 30 s: nothing is lost." in said
    recording = Recording.open(folder / "walk")
    assert (recording.quality.lost, recording.gaps, recording.problems) == (0, (), ())
    assert [s.label for s in recording.segments] == ["walking"]
    assert recording.quality.duration_s == pytest.approx(12, abs=0.3)
    assert recording.wearer == "Ada"
    with pytest.raises(SystemExit) as ended:  # the recording has a label
        main([*record, "--resume", "--label", "running"])
    assert ended.value.code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
@pytest.mark.parametrize("killed_in", [PushStage.PREPARE, PushStage.SEND, PushStage.CHECK])
async def test_kill_9_of_the_board_during_a_push_leaves_the_old_model(
    tmp_path: Path, package: bytes, killed_in: PushStage
) -> None:
    old = replace(unpack_package(package), version_counter=7).pack()
    options = ("--flash", str(tmp_path / "board.flash"), "--address", ADDRESS, "--speed", "4")
    async with VirtualBoardProcess(*options) as virtual, await client_of(virtual) as client:
        async for _ in client.push(old):
            pass
        async for now in (pushing := client.push(package)):
            if now.stage is killed_in and (
                killed_in is not PushStage.SEND or now.sent_bytes > len(package) / 2
            ):
                virtual.kill()
                break
        await pushing.aclose()
    async with VirtualBoardProcess(*options) as virtual, await client_of(virtual) as client:
        assert client.info.model_id == model_id(old)
        assert unsigned(await client.read_package()) == unsigned(old)
        predictions = client.predictions()
        assert (await anext(predictions)).model_id == model_id(old)
        async for _ in client.push(package):
            pass
        assert client.info.model_id == model_id(package)
        assert client.info.previous_model_id == model_id(old)
        await predictions.aclose()


# --- the command line ---------------------------------------------------------------------------
@contextmanager
def started(*arguments: str, **more: Any) -> Iterator[subprocess.Popen[Any]]:
    """A process that ends with the block, however that ends."""
    with subprocess.Popen(arguments, **more) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def board_on_air() -> Iterator[subprocess.Popen[str]]:
    arguments = (*MOTIONLOOP, "virtual-board", "--name", "ML-CLI", "--until-stdin-closes")
    process = subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith(f"{READY} ML-CLI")
    yield process
    process.communicate(timeout=10)
    assert process.returncode == 0


@pytest.fixture
def motionloop(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Runs a command and returns what it says; `fails` expects exit status 1 and its error."""
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str, fails: bool = False) -> str:
        if fails:
            with pytest.raises(SystemExit) as ended:
                main(arguments)
            assert ended.value.code == 1
        else:
            main(arguments)
        captured = capsys.readouterr()
        assert not set(captured.out + captured.err) & set("\x1b\r")  # no terminal is here
        return " ".join((captured.err if fails else captured.out).split())

    return run


def test_a_model_is_pushed_watched_checked_and_taken_back(
    board_on_air: subprocess.Popen[str], motionloop, tmp_path: Path, package: bytes
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, made in (
        (first, package),
        (second, replace(unpack_package(package), smoothing=1.0).pack()),
    ):
        folder.mkdir()
        (folder / "model.mlpkg").write_bytes(made)
    board = ("--board", "ml-cli", "--radio", "virtual")

    assert "ML-CLI" in motionloop("scan", "--radio", "virtual", "--timeout", "1")
    said = motionloop("info", *board, "--blink", "1")
    assert "virtual, its motion is synthetic" in said
    assert "none: push one" in said
    assert "never since power was applied" in said
    assert "has no model yet. Train one with `motionloop train`" in motionloop(
        "live", *board, fails=True
    )
    assert "too few were pushed" in motionloop("rollback", *board, fails=True)

    said = motionloop("push", str(first), *board)
    assert f"runs model {model_id(package).hex()}: {len(package)} bytes" in said
    said = motionloop("live", *board, "--shadow", "--seconds", "4")
    assert "still" in said
    assert ", 0 differ, " in said
    assert "shadow: 0 windows" not in said
    motionloop("push", str(second), *board)
    said = motionloop("rollback", *board)
    assert f"runs model {model_id(package).hex()} again (still, slow, fast)" in said
    assert model_id(package).hex() in motionloop("info", *board)


def test_two_boards_of_one_name_are_told_apart_by_address(
    board_on_air: subprocess.Popen[str], motionloop
) -> None:
    arguments = (*MOTIONLOOP, "virtual-board", "--name", "ML-CLI", "--address", ADDRESS)
    with started(*arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as twin:
        assert twin.stdout is not None
        assert twin.stdin is not None
        twin.stdout.readline()
        said = motionloop("info", "--board", "ML-CLI", "--radio", "virtual", fails=True)
        assert "2 boards answer to 'ML-CLI'" in said
        assert ADDRESS in said
        assert "Say which one by its address" in said
        assert ADDRESS in motionloop("info", "--board", ADDRESS, "--radio", "virtual")
        twin.stdin.write(b"quit\n")
        twin.stdin.close()
        assert twin.wait(10) == 0


def test_a_recording_by_plan_survives_faults_on_request(
    board_on_air: subprocess.Popen[str], motionloop, tmp_path: Path
) -> None:
    """The link breaks and the processor stalls meanwhile: nothing is lost."""
    assert board_on_air.stdin is not None
    folder = tmp_path / "recordings"
    record = (*MOTIONLOOP, "record", "--radio", "virtual", "--recordings", str(folder))
    plan = ("--plan", "walking 2, - 1, stairs up 1", "--name", "session", "--wearer", "Ada")
    with started(*record, *plan, stdout=subprocess.PIPE, text=True) as recorder:
        deadline_s = time.monotonic() + 30
        while not (folder / "session" / "samples.csv").exists():
            assert time.monotonic() < deadline_s
            time.sleep(0.02)
        board_on_air.stdin.write("walking\nstall 500\ndisconnect\n")
        said, _ = recorder.communicate(timeout=60)
    assert recorder.returncode == 0
    assert "Its motion is synthetic." in said
    assert "lost 0 in 0 gaps" in said
    recording = Recording.open(folder / "session")
    assert recording.labels == ["stairs up", "walking"]
    assert (recording.quality.lost, recording.problems) == (0, ())
    listed = motionloop("recordings", "--recordings", str(folder))
    assert "synthetic" in listed
    assert "Ada" in listed


# --- signals ------------------------------------------------------------------------------------
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these signals")
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_recording_that_is_ended_by_a_signal_is_closed_and_lets_go_of_the_board(
    board_on_air: subprocess.Popen[str], tmp_path: Path, number: int, status: int
) -> None:
    record = (*MOTIONLOOP, "record", "--radio", "virtual", "--recordings", str(tmp_path))
    with started(
        *(*record, "--name", "walk", "--label", "walking", "--json"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as recorder:
        samples = tmp_path / "walk" / "samples.csv"
        deadline_s = time.monotonic() + 30
        while not samples.exists() or samples.stat().st_size < 10_000:
            assert time.monotonic() < deadline_s
            time.sleep(0.05)
        recorder.send_signal(number)
        said, complaints = recorder.communicate(timeout=20)
    assert recorder.returncode == status
    (recorded,) = json.loads(said)["recordings"]
    assert (recorded["lost"], recorded["error"]) == (0, None)
    assert "Ctrl-C ends it" in " ".join(complaints.split())
    assert "Error" not in complaints
    recording = Recording.open(tmp_path / "walk")
    assert recording.problems == ()  # closed, not cut off
    assert recording.segments[0].end_us == recording.end_us


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGHUP")
def test_under_nohup_a_closed_terminal_ends_nothing(
    board_on_air: subprocess.Popen[str], tmp_path: Path
) -> None:
    record = (*MOTIONLOOP, "record", "--radio", "virtual", "--recordings", str(tmp_path))
    with started(
        *("nohup", *record, "--name", "walk", "--seconds", "3"), stdout=subprocess.DEVNULL
    ) as recorder:
        deadline_s = time.monotonic() + 30
        while not (tmp_path / "walk").exists():
            assert time.monotonic() < deadline_s
            time.sleep(0.05)
        recorder.send_signal(signal.SIGHUP)
        assert recorder.wait(timeout=30) == 0
    assert Recording.open(tmp_path / "walk").quality.duration_s >= 2.9
