"""The log: what a fault leaves behind, in whose file, how much of it, and at what cost."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from motionloop import log, version
from motionloop.board import finding
from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board, scan
from motionloop.cli import main
from motionloop.errors import BoardRefusedError, MotionLoopError, NoAdapterError
from motionloop.virtual.motion import LSM9DS1

GOLDEN = Path(__file__).parent / "golden" / "model.mlpkg"
ours = logging.getLogger("motionloop.test")


def files(folder: Path, kind: str = "") -> list[Path]:
    """The log files in the registry's folder, the oldest first."""
    return sorted((folder / "log").glob(f"{kind}*.log*"))


def written(folder: Path, kind: str = "") -> str:
    return "".join(file.read_text() for file in files(folder, kind))


# --- what is in it ------------------------------------------------------------------------------
def test_the_log_begins_with_version_and_platform(no_bluetooth: Path) -> None:
    with log.writing("scan"):
        pass
    (file,) = files(no_bluetooth, "scan-")
    first = file.read_text().splitlines()[0]
    for part in (version.version(), "Python 3.", sys.platform, f"scan, process {os.getpid()}"):
        assert part.lower() in first.lower()


@pytest.mark.virtual_time
async def test_a_broken_link_is_in_the_log_with_its_reason(boards, no_bluetooth: Path) -> None:
    with log.writing("live"):
        board = await boards.start()
        client = await boards.client(board)
        packets = client.stream()
        await anext(packets)
        board.disconnect()
        while client.reconnects == 0:
            await anext(packets)
        await packets.aclose()
    lines = written(no_bluetooth)
    for part in (
        f"boards of radio virtual: {client.board}, within 0.10 s",
        f"connected to {client.board}",
        "MTU 247",
        "the link ended: CONNECTION_TIMEOUT_ERROR",
        f"WARNING motionloop.board.link: the link to {client.board} broke",
        f"{client.board} is back after",
        f"{client.board} streams again, from sample",
    ):
        assert part in lines


@pytest.mark.virtual_time
async def test_a_push_is_in_the_log_with_its_stages_bytes_and_seconds(
    boards, package: bytes, no_bluetooth: Path
) -> None:
    with log.writing("push"):
        client = await boards.client(await boards.start())
        async for _ in client.push(package):
            pass
        with pytest.raises(BoardRefusedError):
            await client.rollback()
    lines = written(no_bluetooth)
    for part in (
        "holds 0 bytes",
        f"sent {len(package)} bytes in",
        "checked in",
        f"pushed {len(package)} bytes in",
        "MTU 247, parts of 228 bytes",
        "refused ROLLBACK: NO_MODEL (0)",
    ):
        assert part in lines


@pytest.mark.virtual_time
async def test_samples_that_are_lost_are_in_the_log(boards, no_bluetooth: Path) -> None:
    fast = replace(LSM9DS1, format=replace(LSM9DS1.format, rate_hz=238.0))  # remembers 15 s
    board = await boards.start(sensor=fast)
    client = await boards.client(board)
    with log.writing("record"):
        packets = client.stream()
        await anext(packets)
        board.disconnect()
        async with BoardClient(client.board):  # in its place, for longer than the board's memory
            await asyncio.sleep(25)
        while not (packet := await anext(packets)).gap:
            pass
        await packets.aclose()
    assert re.search(rf"WARNING .*: \d+ samples from \d+: {packet.gap}", written(no_bluetooth))


@pytest.mark.virtual_time
async def test_a_scan_without_news_is_no_news(boards, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "motionloop.board.finding")
    first = await boards.start()
    for _ in range(3):
        await scan(0.5, RadioChoice.VIRTUAL)
    second = await boards.start()
    for _ in range(3):
        await scan(0.5, RadioChoice.VIRTUAL)
    assert [r.getMessage().count("virtual)") for r in caplog.records] == [1, 2]
    assert first.address in caplog.messages[0]
    assert second.address in caplog.messages[1]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux reaches Bluetooth by D-Bus")
@pytest.mark.virtual_time
async def test_why_there_is_no_bluetooth_is_told_once(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO, "motionloop.board.finding")
    monkeypatch.setattr(finding, "_known", {})
    for _ in range(3):
        with suppress(NoAdapterError):
            await scan(0.5, RadioChoice.REAL)
    (record,) = [r for r in caplog.records if "there is no D-Bus" in r.getMessage()]
    assert record.levelno == logging.WARNING


@pytest.mark.virtual_time
@pytest.mark.slow
async def test_a_board_without_predictions_is_no_news(
    boards, caplog: pytest.LogCaptureFixture
) -> None:
    client = await boards.client(await boards.start())
    caplog.set_level(logging.INFO, "motionloop")
    caplog.clear()
    predictions = asyncio.ensure_future(anext(client.predictions()))
    await asyncio.sleep(60)
    predictions.cancel()
    assert caplog.messages == []


def test_what_nobody_catches_is_in_the_log_and_on_stderr(
    capsys: pytest.CaptureFixture[str], no_bluetooth: Path
) -> None:
    def fail() -> None:
        raise ZeroDivisionError("in a slot")

    with log.writing("studio"):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        try:
            fail()
        except ZeroDivisionError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    for said in (written(no_bluetooth), capsys.readouterr().err):
        assert said.count("ERROR motionloop.log: an unexpected error") == 2
        assert said.count("ZeroDivisionError: in a slot") == 2
        assert "in fail" in said


def test_a_command_that_fails_unexpectedly_leaves_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, no_bluetooth: Path
) -> None:
    monkeypatch.setattr("motionloop.commands.recordings.run", "no function")
    with pytest.raises(SystemExit) as ended:
        main(["recordings"])
    assert ended.value.code == 1
    said = " ".join(capsys.readouterr().err.split())
    assert said.startswith(
        "Error: MotionLoop has a fault (TypeError: 'str' object is not callable), and the command "
        f"was broken off. The details are in {no_bluetooth}"
    )
    assert "Traceback" not in said
    assert "Traceback" in written(no_bluetooth)


def test_with_v_the_traceback_is_on_stderr_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motionloop.commands.recordings.run", "no function")
    with pytest.raises(SystemExit):
        main(["recordings", "-v"])
    assert "Traceback" in capsys.readouterr().err


def test_an_error_in_words_is_in_the_log_once(
    capsys: pytest.CaptureFixture[str], no_bluetooth: Path, tmp_path: Path
) -> None:
    with pytest.raises(SystemExit):
        main(["recordings", "--recordings", str(tmp_path)])
    assert "WARNING motionloop.cli: RecordingError: There are no rec" in written(no_bluetooth)
    assert capsys.readouterr().err.count("There are no recordings") == 1


def test_the_users_name_stays_out(monkeypatch: pytest.MonkeyPatch, no_bluetooth: Path) -> None:
    home = os.path.join(os.sep, "home", "ada")
    monkeypatch.setenv("HOME", home)
    monkeypatch.setenv("USERPROFILE", home)  # Windows
    with log.writing("train"):
        ours.warning("no file %s", os.path.join(home, "walk"))
    assert f"no file {os.path.join('~', 'walk')}" in written(no_bluetooth)
    assert "ada" not in written(no_bluetooth)


# --- whose file, and how large ------------------------------------------------------------------
def test_a_run_has_two_files_of_bounded_size(no_bluetooth: Path) -> None:
    with log.writing("live"):
        for _ in range(3 * log.MAX_FILE_BYTES // 1000):
            ours.info("x" * 1000)
    before, newest = sorted(files(no_bluetooth), reverse=True)
    for file in (before, newest):
        assert file.stat().st_size <= log.MAX_FILE_BYTES + 2000
        assert version.version() in file.read_text().splitlines()[0]
    assert before.stat().st_size > log.MAX_FILE_BYTES - 2000


def test_the_oldest_runs_of_a_kind_make_room(no_bluetooth: Path) -> None:
    folder = no_bluetooth / "log"
    folder.mkdir()
    for day in range(1, 9):
        (folder / f"live-2026010{day}-120000-{day}.log").touch()
        (folder / f"live-2026010{day}-120000-{day}.log.1").touch()
    (folder / "record-20250101-120000-1.log").touch()
    with log.writing("live"):
        pass
    runs = {file.name.partition(".")[0] for file in files(no_bluetooth, "live-")}
    assert len(runs) == log.KEPT_RUNS
    assert "live-20260105-120000-5" in runs
    assert "live-20260104-120000-4" not in runs
    assert len(files(no_bluetooth, "record-")) == 1


@pytest.mark.slow
def test_two_processes_at_once_write_a_whole_file_each(no_bluetooth: Path) -> None:
    code = (
        "import logging, sys\n"
        "from motionloop import log\n"
        "with log.writing('live'):\n"
        "    for number in range(3000):\n"
        "        logging.getLogger('motionloop.test').info('%s %d', sys.argv[1] * 20, number)\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, name]) for name in "ab"]
    assert [process.wait(60) for process in both] == [0, 0]
    for process, name in zip(both, "ab", strict=True):
        lines = written(no_bluetooth, f"live-*-{process.pid}").splitlines()
        assert [line.rpartition(": ")[2] for line in lines[1:]] == [
            f"{name * 20} {number}" for number in range(3000)
        ]


def test_a_folder_that_cannot_be_made_stops_nothing(
    capsys: pytest.CaptureFixture[str], no_bluetooth: Path
) -> None:
    (no_bluetooth / "log").write_text("a file where the folder should be")
    with log.writing("live"):
        ours.warning("not kept")
        assert log.current_file() is None
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
def test_a_full_disk_disturbs_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "_new_file", lambda kind: Path("/dev/full"))
    with log.writing("live"):
        ours.warning("not kept")
        assert log.current_file() == Path("/dev/full")
    assert capsys.readouterr().err == ""


# --- how much of it -----------------------------------------------------------------------------
def test_without_v_nothing_but_errors_of_the_program_is_on_stderr(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with log.writing("live"):
        ours.warning("a lost link")
        logging.getLogger("bleak").error("of its own view")
        logging.getLogger("asyncio").warning("a slow callback")
        ours.error("a fault")
    said = capsys.readouterr().err.splitlines()
    assert [line.split(" ", 1)[1] for line in said] == [
        "WARNING asyncio: a slow callback",
        "ERROR motionloop.test: a fault",
    ]


@pytest.mark.parametrize(
    ("given", "levels"),
    [
        (["recordings", "-v"], {"INFO", "WARNING"}),
        (["-v", "recordings"], {"INFO", "WARNING"}),
        (["-v", "recordings", "-v"], {"INFO", "WARNING", "DEBUG"}),
        (["recordings", "-vv"], {"INFO", "WARNING", "DEBUG"}),
    ],
)
def test_v_may_stand_before_and_after_the_command(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    no_bluetooth: Path,
    given: list[str],
    levels: set[str],
) -> None:
    async def run(options: object) -> None:
        for level in (logging.DEBUG, logging.INFO, logging.WARNING):
            ours.log(level, "said")

    monkeypatch.setenv(log.VARIABLE, "info")  # -vv changes it, for child processes
    monkeypatch.setattr("motionloop.commands.recordings.run", run)
    main(given)
    said = capsys.readouterr()
    assert said.out == ""
    assert {line.split()[1] for line in said.err.splitlines()} == levels
    assert ("DEBUG" in written(no_bluetooth)) is ("DEBUG" in levels)
    assert os.environ[log.VARIABLE] == ("debug" if "DEBUG" in levels else "info")


def test_with_v_the_output_for_machines_stays_clean(capsys: pytest.CaptureFixture[str]) -> None:
    main(["package", str(GOLDEN), "--json", "-v"])
    said = capsys.readouterr()
    assert json.loads(said.out)["labels"] == ["still", "slow", "fast"]
    assert "INFO motionloop.log: MotionLoop" in said.err


def test_the_environment_says_how_much(monkeypatch: pytest.MonkeyPatch, no_bluetooth: Path) -> None:
    for level, said in (("debug", 3), ("INFO", 2), ("warning", 1), ("error", 0)):
        monkeypatch.setenv(log.VARIABLE, level)
        with log.writing(f"with-{level}"):
            ours.debug("said")
            ours.info("said")
            ours.warning("said")
        assert written(no_bluetooth, f"with-{level}").count(": said") == said
    monkeypatch.setenv(log.VARIABLE, "off")
    with log.writing("without"):
        ours.warning("said")
        assert not ours.isEnabledFor(logging.WARNING)
    assert files(no_bluetooth, "without") == []


def test_a_level_that_is_none_is_an_error_in_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(log.VARIABLE, "loud")
    with pytest.raises(SystemExit) as ended:
        main(["recordings"])
    assert ended.value.code == 1
    assert "MOTIONLOOP_LOG must be one of debug, info" in capsys.readouterr().err


def test_a_program_that_asks_for_no_log_hears_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    ours.warning("nobody asked")
    assert capsys.readouterr().err == ""


@pytest.mark.virtual_time
@pytest.mark.slow
async def test_nothing_is_logged_per_packet(boards, caplog: pytest.LogCaptureFixture) -> None:
    """The cost of the log: as many records for 20 s as for 1 s, at the finest level."""
    caplog.set_level(logging.DEBUG, "motionloop")

    async def records_of(seconds: float) -> int:
        board = await boards.start()
        caplog.clear()
        async with BoardClient(
            await find_board(board.address, 10.0, RadioChoice.VIRTUAL)
        ) as client:
            packets = client.stream()
            async for packet in packets:
                if packet.seq > 119 * seconds:
                    break
            await packets.aclose()
        await boards.stop(board)
        return len([r for r in caplog.records if r.name.startswith("motionloop")])

    assert await records_of(20.0) == await records_of(1.0) > 5


def test_the_settings_of_the_process_are_as_before() -> None:
    before = sys.excepthook, logging.getLogger("motionloop").level, logging.getLogger().handlers[:]
    with pytest.raises(MotionLoopError), log.writing("live", 2):
        raise MotionLoopError("anything")
    after = sys.excepthook, logging.getLogger("motionloop").level, logging.getLogger().handlers[:]
    assert before == after
