"""The product's commands against a real BlueZ: what a Linux user does in the first hour."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from signal import SIGHUP, SIGINT, SIGKILL, SIGTERM, Signals

import pytest

from motionloop.model.package import unpack_package
from motionloop.recordings.recording import Recording
from tests.bluez.desk import MODEL, Command, Desk, Ended

LONG_S = 90
AN_END = {SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGKILL: -SIGKILL}


@pytest.fixture(scope="module")
def long_recording(
    one_desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Command, Path]:
    """Board a is recorded for LONG_S while the tests of this module use board b."""
    folder = tmp_path_factory.mktemp("long")
    command = one_desk.start(*record_arguments(one_desk.a, folder, LONG_S))
    command.wait_for("Recording")
    return command, folder / "walk"


@pytest.fixture(scope="module")
def pushes(
    one_desk: Desk,
    long_recording: tuple[Command, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Ended]:
    """Two models are pushed to board b: the one before has other labels."""
    before = tmp_path_factory.mktemp("before") / "model.mlpkg"
    before.write_bytes(replace(unpack_package(MODEL.read_bytes()), labels=("a", "b", "c")).pack())
    return [one_desk.run("push", str(path), "--board", one_desk.b) for path in (before, MODEL)]


@pytest.fixture
def beside(
    one_desk: Desk,
    long_recording: tuple[Command, Path],
    no_bluetooth: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desk]:
    """The desk while board a is being recorded, which nothing may disturb."""
    yield one_desk
    one_desk.tidy(kept=[long_recording[0]])


def record_arguments(address: str, folder: Path, seconds: float | None) -> list[str]:
    limit = [] if seconds is None else ["--seconds", str(seconds)]
    named = ["--recordings", str(folder), "--name", "walk", "--label", "walking"]
    return ["record", "--board", address, *named, *limit]


def whole(path: Path) -> Recording:
    """The recording, if every sample between its first and its last is there."""
    recording = Recording.open(path)
    assert recording.problems == ()
    assert recording.quality.lost == 0
    assert recording.quality.gaps == 0
    return recording


def is_in_words(errors: str) -> bool:
    """Neither Python's own words nor the wrong advice."""
    return not re.search(r"Traceback|Error\(|\('|org\.bluez|motionloop flash", errors)


# --- beside a long recording ------------------------------------------------------------------
def test_scan_lists_a_board_while_another_one_is_recorded(beside: Desk) -> None:
    ended = beside.run("scan")
    assert ended.status == 0, ended
    assert beside.b in ended.output
    assert "dBm" in ended.output


def test_info_shows_the_second_board(beside: Desk) -> None:
    ended = beside.run("info", "--board", beside.b)
    assert ended.status == 0, ended
    assert "LSM9DS1, 119 Hz" in ended.output


def test_a_push_right_after_another_command_is_as_fast_as_any(
    beside: Desk, pushes: list[Ended]
) -> None:
    for ended in pushes:
        assert ended.status == 0, ended
        said = re.search(r"(\d+) bytes in ([\d.]+) s", ended.output)
        assert said is not None, ended
        # With an MTU of 23, which bleak believes in after another command, it takes half a minute.
        assert float(said[2]) < 15, ended


def test_live_with_shadow_finds_no_window_that_differs(beside: Desk, pushes: list[Ended]) -> None:
    ended = beside.run("live", "--shadow", "--seconds", "5", "--board", beside.b)
    assert ended.status == 0, ended
    assert windows_of(ended.output) >= 8, ended


def windows_of(output: str) -> int:
    """How many windows the host computed again; none of them may differ."""
    said = re.search(r"shadow: (\d+) windows .* (\d+) differ", output)
    assert said is not None, output
    assert said[2] == "0", output
    return int(said[1])


@pytest.mark.parametrize(
    "numbers",
    [[SIGINT, SIGTERM, SIGHUP], [SIGKILL]],
    ids=lambda numbers: " and ".join(number.name for number in numbers),
)
def test_after_a_signal_in_the_middle_of_a_command_the_next_one_works_at_once(
    beside: Desk,
    pushes: list[Ended],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    numbers: list[Signals],
) -> None:
    """Each command here is the next one of the one before. The signals that end a command in the
    same way take turns."""
    guest, b = beside.guest, beside.b
    in_turn = cycle(numbers)
    monkeypatch.setenv("STUDIO_FOLDER", str(tmp_path))

    def end(*commands: Command) -> None:
        ending = list(zip(commands, in_turn, strict=False))
        for command, number in ending:
            command.send(number)
        for command, number in ending:
            ended = command.end(15)
            assert ended.status == AN_END[number], ended
            assert is_in_words(ended.errors), ended
        if SIGKILL not in numbers:
            guest.wait_until(lambda seen: not seen.connected(b), 5)

    # Three at once, since their start takes the time. The studio's takes longest.
    listening = [beside.start(name, "--timeout", "30") for name in ("scan", "doctor")]
    studio = beside.start(b, runner="tests.bluez.studio_of_guest")
    studio.wait_for("connected")
    guest.wait_until(lambda seen: seen.adapter("Discovering"))
    end(*listening, studio)

    beside.boards.say_at(b, "COMMAND", 1)
    asking = beside.start("info", "--board", b, "--blink", "1")
    beside.boards.wait_until_said(b)
    end(asking)

    beside.boards.say_at(b, "COMMAND", 1)
    going_back = beside.start("rollback", "--board", b)
    beside.boards.wait_until_said(b)
    end(going_back)

    recording = beside.start(*record_arguments(b, tmp_path, None))
    recording.wait_for("Recording")
    end(recording)

    beside.boards.say_at(b, "MODEL", 5)  # what was sent before need not be sent again
    pushing = beside.start("push", str(MODEL), "--board", b)
    beside.boards.wait_until_said(b)
    end(pushing)

    watching = beside.start("live", "--board", b)
    watching.wait_for(" ms ")
    end(watching)

    ended = beside.run("info", "--board", b)
    assert ended.status == 0, ended


def test_info_and_rollback_whose_links_break_in_a_request_ask_again(
    beside: Desk, pushes: list[Ended]
) -> None:
    beside.boards.break_at(beside.b, "COMMAND", 2)
    ended = beside.run("info", "--board", beside.b)
    assert ended.status == 0, ended
    before = re.search(r"model before\W+([0-9a-f]{16})", ended.output)
    assert before is not None, ended
    beside.boards.break_at(beside.b, "COMMAND", 1)
    ended = beside.run("rollback", "--board", beside.b)
    assert ended.status == 0, ended
    assert f"runs model {before[1]} again" in ended.output


def test_a_push_whose_link_breaks_at_its_beginning_and_in_its_middle_is_resumed(
    beside: Desk,
) -> None:
    beside.boards.break_at(beside.b, "COMMAND", 1)
    beside.boards.break_at(beside.b, "MODEL", 20)
    ended = beside.run("push", str(MODEL), "--board", beside.b)
    assert ended.status == 0, ended
    assert "runs model" in ended.output


def test_a_break_in_the_middle_of_live_costs_no_window_that_differs(beside: Desk) -> None:
    watching = beside.start("live", "--shadow", "--seconds", "8", "--board", beside.b)
    watching.wait_for(" ms ")
    beside.boards.disconnect(beside.b)
    ended = watching.end()
    assert ended.status == 0, ended
    assert windows_of(ended.output) >= 5, ended


def test_a_long_recording_loses_nothing_while_other_commands_come_and_go(
    desk: Desk, long_recording: tuple[Command, Path]
) -> None:
    command, path = long_recording
    ended = command.end(LONG_S)
    assert ended.status == 0, ended
    assert "lost 0 in 0 gaps" in ended.output
    recording = whole(path)
    assert recording.quality.samples >= LONG_S * 119 - 40
    assert [segment.label for segment in recording.segments] == ["walking"]


# --- behind the product's back ------------------------------------------------------------------
def off_and_on(desk: Desk) -> None:
    desk.guest.power(False)
    desk.guest.power(True)


def unplugged_and_plugged_in(desk: Desk) -> None:
    desk.guest.unplug()
    desk.plug()


def stopped_and_started(desk: Desk) -> None:
    desk.guest.stop_bluetoothd()
    desk.guest.start_bluetoothd()


HAPPENINGS: dict[str, Callable[[Desk], None]] = {
    "the link breaks": lambda desk: desk.boards.disconnect(desk.a),
    "the adapter is switched off and on": off_and_on,
    "the adapter is unplugged and plugged in": unplugged_and_plugged_in,
    "another program disconnects the board": lambda desk: desk.guest.disconnect(desk.a),
    "another program removes the board": lambda desk: desk.guest.forget(desk.a),
    "bluetoothd is stopped and started": stopped_and_started,
    "bluetoothd is restarted": lambda desk: desk.guest.restart_bluetoothd(),
    "bluetoothd is killed": lambda desk: desk.guest.kill_bluetoothd(),
}


@pytest.fixture(scope="module")
def _endless(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Command, Path]]:
    """The recording in which everything happens; another one if it ended too early."""
    return []


@pytest.fixture
def recording(
    one_desk: Desk,
    _endless: list[tuple[Command, Path]],
    tmp_path: Path,
    no_bluetooth: Path,
) -> Iterator[tuple[Command, Path]]:
    """Board a being recorded without an end."""
    if not _endless or _endless[-1][0].has_ended:
        started = one_desk.start(*record_arguments(one_desk.a, tmp_path, None)), tmp_path / "walk"
        one_desk.boards.say_at(one_desk.a, "COMMAND", 1)
        started[0].wait_for("Recording")
        one_desk.boards.wait_until_said(one_desk.a)
        _endless.append(started)
    yield _endless[-1]
    one_desk.tidy(kept=[_endless[-1][0]])


@pytest.mark.parametrize("happening", HAPPENINGS.values(), ids=HAPPENINGS.keys())
def test_a_recording_goes_on_within_seconds_when(
    one_desk: Desk, recording: tuple[Command, Path], happening: Callable[[Desk], None]
) -> None:
    one_desk.boards.say_at(one_desk.a, "COMMAND", 1)
    happening(one_desk)
    one_desk.boards.wait_until_said(one_desk.a)  # it streams again
    assert not recording[0].has_ended


def test_nothing_that_happened_cost_the_recording_a_sample(
    one_desk: Desk, recording: tuple[Command, Path]
) -> None:
    command, path = recording
    command.send(SIGINT)
    ended = command.end()
    assert ended.status == 130, ended
    assert is_in_words(ended.errors), ended
    assert "lost 0 in 0 gaps" in ended.output
    assert whole(path).quality.samples > 0


# --- doctor -------------------------------------------------------------------------------------
Doctor = Callable[[], tuple[int, str]]


@pytest.fixture
def doctor(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Doctor:
    """Runs it; gives its status and what it says, in one line."""
    monkeypatch.setenv("GUEST_SYS", str(tmp_path))

    def run() -> tuple[int, str]:
        for file, text in desk.guest.sys_files().items():
            path = tmp_path / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        ended = desk.start("--timeout", "3", runner="tests.bluez.doctor_of_guest").end()
        assert "Traceback" not in ended.errors, ended
        return ended.status, " ".join(ended.output.replace("│", " ").split())

    return run


def test_doctor_finds_all_well(desk: Desk, doctor: Doctor) -> None:
    status, said = doctor()
    assert "ok Bluetooth an adapter listens" in said
    for name in desk.names:
        assert f"ok board {name}" in said
    assert status == 0, said


def test_doctor_says_how_to_switch_the_adapter_on(desk: Desk, doctor: Doctor) -> None:
    desk.guest.power(False)
    status, said = doctor()
    assert "bluetoothctl power on" in said
    assert status == 1


def test_doctor_says_how_to_lift_a_soft_block(desk: Desk, doctor: Doctor) -> None:
    desk.guest.soft_block(True)
    status, said = doctor()
    assert "rfkill unblock bluetooth" in said
    assert status == 1


def test_doctor_says_how_to_start_a_bluez_that_is_stopped(desk: Desk, doctor: Doctor) -> None:
    desk.guest.stop_bluetoothd()
    status, said = doctor()
    assert "systemctl start bluetooth" in said
    assert status == 1


def test_doctor_says_that_there_is_no_adapter(desk: Desk, doctor: Doctor) -> None:
    desk.guest.unplug()
    status, said = doctor()
    assert "there is no adapter" in said
    assert "Plug in" in said
    assert status == 1
