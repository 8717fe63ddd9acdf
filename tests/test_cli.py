"""The command line: help without weight, exit codes, errors in words."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from motionloop import wire
from motionloop.cli import main
from motionloop.commands.console import terminal, words_column
from motionloop.commands.parser import COMMANDS
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.writer import RecordingWriter
from motionloop.sample_format import SampleFormat

BOARD = RecordedBoard("desk", SampleFormat(100.0, 244_000, 1_221_730))


def failing(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 1) -> str:
    """What a command that must fail says, as one line."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == status
    return " ".join(capsys.readouterr().err.split())


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    main(arguments)
    return capsys.readouterr().out


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """A folder with one recording of 40 s, of which 10 s to 20 s are labelled."""
    folder = tmp_path / "recordings"
    with RecordingWriter.create(folder / "morning", BOARD, wearer="Ada") as writer:
        for second in range(40):
            if second == 10:
                writer.begin_segment("walking")
            if second == 20:
                writer.end_segment()
            t_us = second * 1_000_000 + np.arange(100) * 10_000
            writer.append(second * 100, t_us, np.full((100, 6), second, np.int16))
    return folder


# --- help ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    assert text.startswith(f"usage: motionloop {command}")
    assert len(text.splitlines()) > 5


def test_help_lists_every_command_and_imports_nothing_heavy() -> None:
    code = (
        "import sys, json\n"
        "from motionloop.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=True,
    )
    help_text, _, modules = done.stdout.rstrip().rpartition("\n")
    for command, summary in COMMANDS.items():
        assert re.search(rf"^ +{command}\s+{re.escape(summary)}$", help_text, re.MULTILINE)
    heavy = ("bleak", "bumble", "numpy", "tensorflow", "tflite_micro")
    for later in (*heavy, "motionloop.log", "platformdirs", "importlib.metadata"):
        assert later not in json.loads(modules)


def test_the_version_is_told_with_those_that_it_goes_with(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    firmware = ".".join(map(str, wire.FIRMWARE_VERSION))
    expected = f"MotionLoop of the checkout {Path(__file__).parents[1]} (firmware {firmware}, wire "
    assert capsys.readouterr().out == f"{expected}{wire.WIRE_HASH:08x})\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "required: COMMAND"),
        (["fly"], "invalid choice: 'fly'"),
        (["push"], "required: model"),
        (["record", "--seconds", "soon"], "'soon' is no number above 0"),
        (["scan", "--radio", "wifi"], "--radio: invalid"),
        (["train", "--preset", "magic"], "invalid choice: 'magic'"),
    ],
)
def test_wrong_usage_exits_with_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert message in failing(capsys, *arguments, status=2)


# --- exit status ------------------------------------------------------------------------------
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither of them")
@pytest.mark.parametrize(
    ("output", "status", "message"),
    [
        (">/dev/full", 1, "Error: The system refused something (No space left on device)."),
        (">&-", 0, ""),  # nobody wants to read it
        ("| true", 141, ""),  # as of a program that SIGPIPE ends
    ],
)
def test_output_that_nobody_takes(recordings: Path, output: str, status: int, message: str) -> None:
    command = f"{sys.executable} -m motionloop recordings --recordings {recordings} {output}"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], stderr=subprocess.PIPE, text=True, check=False
    )
    assert done.returncode == status
    assert done.stderr.startswith(message)
    assert len(done.stderr.splitlines()) == bool(message)


def test_what_the_system_refuses_is_an_error_in_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    said = failing(capsys, "virtual-board", "--flash", str(tmp_path / "file" / "board.flash"))
    assert said.startswith(f"Error: The system refused something ({tmp_path / 'file'}")
    assert "Traceback" not in said


def test_ctrl_c_before_the_command_begins_has_its_status(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("motionloop.cli.build_parser", interrupted)
    assert failing(capsys, "scan", status=130) == ""


# --- boards -------------------------------------------------------------------------------------
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux reaches Bluetooth by D-Bus")
@pytest.mark.parametrize("command", [["scan"], ["live"], ["info"], ["rollback"], ["record"]])
def test_without_an_adapter_it_says_what_to_do(
    capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    said = failing(capsys, *command, "--radio", "real", "--timeout", "10")
    assert said.startswith("Error: Bluetooth cannot be used: there is no D-Bus")
    assert "sudo systemctl start bluetooth" in said
    assert "motionloop virtual-board" in said


@pytest.mark.parametrize("command", [["scan"], ["live"], ["info"], ["rollback"], ["record"]])
def test_without_a_board_in_range_it_says_what_to_do(
    capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    said = failing(capsys, *command, "--radio", "virtual", "--timeout", "0.3")
    assert said.startswith("Error: No board was heard within 0.3 s. Check that it is powered")
    assert "motionloop virtual-board" in said


def test_a_name_that_no_board_has(capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--board", "ML-[x]", "--radio", "virtual", "--timeout", "0.3")
    assert "No board 'ML-[x]' was heard" in failing(capsys, "live", *options)


# --- models -------------------------------------------------------------------------------------
def test_a_push_without_a_model_says_so_before_looking_for_a_board(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    said = failing(capsys, "push", str(tmp_path / "none"))
    assert "No model package at" in said
    assert "motionloop train" in said


def test_a_corrupt_package_is_refused_before_looking_for_a_board(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, package: bytes
) -> None:
    file = tmp_path / "model.mlpkg"
    file.write_bytes(package[:-1] + b"?")
    said = failing(capsys, "push", str(tmp_path))
    assert f"{file} is not a usable model package: BAD_CRC" in said
    assert "Train the model again, or copy the file again" in said


def test_training_never_overwrites_a_model(
    capsys: pytest.CaptureFixture[str], recordings: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    options = ("--recordings", str(recordings), "--models", str(tmp_path), "--name", "mine")
    assert "already: choose another --name" in failing(capsys, "train", *options)


def test_a_demo_never_overwrites_another(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "model").mkdir()
    assert "choose another --folder" in failing(capsys, "demo", "--folder", str(tmp_path))


# --- recordings ---------------------------------------------------------------------------------
def test_recordings_are_listed(capsys: pytest.CaptureFixture[str], recordings: Path) -> None:
    listed = printed(capsys, "recordings", "--recordings", str(recordings))
    for part in ("morning", "Ada", "walking 10", "40 s"):
        assert part in listed


def test_without_recordings_it_says_how_to_make_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for command in ("recordings", "train"):
        said = failing(capsys, command, "--recordings", str(tmp_path))
        assert "There are no recordings in" in said
        assert "motionloop record" in said


@pytest.mark.parametrize("command", ["recordings", "train"])
def test_a_missing_file_is_named(
    capsys: pytest.CaptureFixture[str], recordings: Path, command: str
) -> None:
    for file in ("samples.csv", "recording.json"):
        path = recordings / "morning" / file
        content = path.read_bytes()
        path.unlink()
        said = failing(capsys, command, "--recordings", str(recordings))
        assert f"{path} is missing" in said
        path.write_bytes(content)


def test_a_torn_end_is_told_and_the_rest_is_listed(
    capsys: pytest.CaptureFixture[str], recordings: Path
) -> None:
    with open(recordings / "morning" / "samples.csv", "ab") as file:
        file.write(b"4000,40000")
    listed = " ".join(printed(capsys, "recordings", "--recordings", str(recordings)).split())
    assert "morning: The last line of samples.csv is torn (10 bytes) and not counted." in listed


def test_a_changed_line_is_named(capsys: pytest.CaptureFixture[str], recordings: Path) -> None:
    path = recordings / "morning" / "samples.csv"
    lines = path.read_text().splitlines(keepends=True)
    lines[7] = "what,is,this\n"
    path.write_text("".join(lines))
    said = failing(capsys, "recordings", "--recordings", str(recordings))
    assert f"Line 8 of {path} is not a sample: 'what,is,this'" in said


def test_labels_are_set_cut_and_cleared(
    capsys: pytest.CaptureFixture[str], recordings: Path
) -> None:
    folder = str(recordings / "morning")

    def labels() -> list[tuple[str, float, float]]:
        recording = Recording.open(folder)
        times = ((s.label, s.start_us / 1e6, s.end_us / 1e6) for s in recording.segments)
        return [(label, round(start, 1), round(end, 1)) for label, start, end in times]

    main(["label", folder, "stairs up", "15", "30"])
    assert labels() == [("walking", 10.0, 15.0), ("stairs up", 15.0, 30.0)]
    main(["label", folder, "--clear", "12", "20"])
    assert labels() == [("walking", 10.0, 12.0), ("stairs up", 20.0, 30.0)]
    main(["label", folder, "--clear"])
    assert labels() == []
    main(["label", folder, "rest"])
    assert [label for label, _, _ in labels()] == ["rest"]
    shown = printed(capsys, "label", folder)
    assert "rest" in shown
    assert "0.00" in shown


def test_a_label_that_cannot_be_changes_nothing(
    capsys: pytest.CaptureFixture[str], recordings: Path
) -> None:
    folder = recordings / "morning"
    said = failing(capsys, "label", str(folder), "x" * 25, status=2)
    assert "longer than the 24 bytes" in said
    for start, end, why in (
        ("50", "60", "which ends at 39.99 s"),
        ("nan", "2", "give seconds after its first sample, START before END"),
        ("3", "3", "START before END"),
    ):
        for what in ("late",), ("--clear",):
            said = failing(capsys, "label", str(folder), *what, start, end)
            assert why in said
            assert "were not changed" in said
    assert "needs a name" in failing(capsys, "label", str(folder), " ", "3", "4", status=2)
    assert [s.label for s in Recording.open(folder).segments] == ["walking"]
    assert "no recording folder" in failing(capsys, "label", str(recordings / "none"), "x")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--plan", "walking 5", "--label", "walking"], "either --plan, or --label"),
        (["--seconds", "0"], "--seconds: '0' is no number above 0"),
        (["--plan", "walking"], "'walking' is not a label and seconds"),
    ],
)
def test_a_recording_that_cannot_be_is_refused_before_looking_for_a_board(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert message in failing(capsys, "record", *arguments, status=2)


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--speed", "0"], 2, "--speed: '0' is no number from 0.001 to 1,000"),
        (["--speed", "1e308"], 2, "--speed: '1e308' is no number from 0.001 to"),
        (["--drift-ppm", "nan"], 2, "--drift-ppm: 'nan' is no number from -100,000 to 100,000"),
        (["--drift-ppm", "1e308"], 2, "--drift-ppm: '1e308' is no number from"),
        (["--wearer-seed", "-1"], 2, "'-1' is no whole number from 0 on"),
        (["--name", "much too long"], 2, "This virtual board cannot be"),
        (["--address", "here"], 2, "This virtual board cannot be"),
        (["--replay", "/no/such/folder"], 1, "There are no recordings in"),
        (["--replay", "/no/such/file.npz"], 1, "file.npz"),
    ],
)
def test_a_virtual_board_that_cannot_be_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, message: str
) -> None:
    assert message in failing(capsys, "virtual-board", *arguments, status=status)


@pytest.mark.parametrize("name", ["a/../../x", "..", "", "a\\b", "a\nb", "x" * 300])
@pytest.mark.parametrize(
    "command", [("train", "--name"), ("tune", "--study"), ("record", "--name")]
)
def test_a_name_that_leads_out_of_its_folder_is_refused(
    capsys: pytest.CaptureFixture[str], command: tuple[str, str], name: str
) -> None:
    assert "is no name" in failing(capsys, *command, name, status=2)


@pytest.mark.parametrize("command", [["record"], ["import", "walk.csv"]])
@pytest.mark.parametrize("option", ["--wearer", "--placement"])
def test_what_edit_does_not_take_is_not_recorded(
    capsys: pytest.CaptureFixture[str], command: list[str], option: str
) -> None:
    for text, fault in (("two\nlines", "cannot be shown"), ("a" * 201, "200 at most")):
        with pytest.raises(SystemExit, match="2"):
            main([*command, option, text])
        assert fault in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("name", ["[/b]", "[red]x[/red]", ":CD:"])
def test_names_are_shown_as_they_are(
    capsys: pytest.CaptureFixture[str], recordings: Path, name: str
) -> None:
    folder = recordings / "morning"
    assert name in printed(capsys, "label", str(folder), name, "1", "2")
    assert name in printed(capsys, "labels", "--recordings", str(recordings))
    assert name in printed(capsys, "recordings", "--recordings", str(recordings))
    assert name in failing(capsys, "label", name)


def test_no_name_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table("\x1b[2Jx")
    table.add_row(Text("a\x9bb\u202ec"))
    console = terminal()
    console.print("\x1b]0;title\x07 half \ud800", table, Text("two\nlines"))
    with Progress(words_column("{task.description}"), console=console) as bar:
        bar.add_task("[/b]\x1b[2J")
    shown = capsys.readouterr().out
    assert not set(shown) & set("\x1b\x07\x9b\u202e")
    for text in ("half \ufffd", "\ufffd[2Jx", "a\ufffdb\ufffdc", "two\nlines", "[/b]\ufffd["):
        assert text in shown


def test_an_address_with_cd_in_it_is_no_picture_of_a_disc(
    capsys: pytest.CaptureFixture[str],
) -> None:
    address = "18:CD:AD:00:AB:01"
    what = ("--board", address, "--radio", "virtual", "--timeout", "0.1")
    assert address in failing(capsys, "info", *what)
