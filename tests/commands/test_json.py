"""`--json`: one line on stdout for programs, from every command that prints; words go to stderr."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from motionloop.cli import main
from motionloop.commands.console import print_json
from motionloop.commands.parser import COMMANDS
from motionloop.recordings.writer import RecordingWriter
from tests.recordings.made import BOARD, append
from tests.walks import write_walks

NO_DOCUMENT = {"studio", "completion"}  # a window; a script
PAGE = Path(__file__).parents[2] / "docs/command-line.md"
ELSEWHERE = {
    "demo": "tests/system/test_demo.py",
    "share": "tests/commands/test_share.py",
    "flash": "tests/commands/test_flash.py",
}
BOARD_COMMAND = (
    sys.executable,
    "-m",
    "motionloop",
    "virtual-board",
    "--json",
    "--until-stdin-closes",
)
HERE = "--radio virtual"
QUICK = "--preset quick --window 64 --hop 32"

# Of each command: its arguments, in the order of the loop, and the keys of its document.
RUNS = {
    "virtual-board": ("", "event name address kind synthetic"),  # runs throughout
    "scan": (f"{HERE} --timeout 1", "boards"),
    "info": (HERE, "board firmware sensor kind synthetic model_id labels counters"),
    "record": (f"{HERE} --label rest --seconds 1 --name short", "recordings"),
    "recordings": ("", "recordings unreadable"),
    "dataset": ("", "sessions minutes labels people placements days excluded problems sha256"),
    "edit": ("short --notes again", "changed failed"),
    "label": ("recordings/short walking 0.2 0.5", "recording segments"),
    "labels": ("", "labels"),
    "export": ("--format csv --to out", "files notes"),
    "import": ("walks.npz --to imported", "sources findings errors written already_there"),
    "train": (
        f"--recordings walks.npz --name first {QUICK}",
        "folder package metrics misfit variants",
    ),
    "variants": ("models/first --only base", "file variants"),
    "pretrain": (f"walks.npz --out backbone {QUICK}", "folder figures"),
    "tune": ("walks.npz --trials 1", "front trials pruned storage plots"),
    "evaluate": ("walks.npz --model models/first", "report figures"),
    "push": (f"models/first {HERE}", "board model_id package_bytes push_s"),
    "rollback": (HERE, "board model_id labels"),
    "owner": ("", "key_id file board whose owner_id strangers_read"),
    "package": ("models/first", "file model_id sha256 labels parts"),
    "live": (f"{HERE} --seconds 4 --shadow", "event"),
    "start-assignment": ("ada", "folder title answers"),
    "check-assignment": ("ada", "pupil passed points checks"),
    "merge-class": (". --out ../class", "folder key recordings_of left_out notes"),
    "doctor": ("--virtual", "checks"),
}


def lines(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> list[Any]:
    """What a command prints with --json on stdout: JSON, and nothing else."""
    if status:
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--json"])
        assert ended.value.code == status
    else:
        main([*arguments, "--json"])
    said = capsys.readouterr()
    assert not set(said.err) & set("\x1b\r"), "no pipe is steered or coloured"
    return [json.loads(line, parse_constant=pytest.fail) for line in said.out.splitlines()]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_prints_has_the_option(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert ("--json" in capsys.readouterr().out) == (command not in NO_DOCUMENT)


def test_the_document_of_every_command_is_tested() -> None:
    assert {*RUNS, *ELSEWHERE} == {*COMMANDS} - NO_DOCUMENT


def test_the_page_names_every_document_and_its_keys() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", PAGE.read_text(), flags=re.M)
    assert {command for command, _ in rows} == {*COMMANDS} - NO_DOCUMENT
    for command, text in rows:
        for key in RUNS.get(command, ("", ""))[1].split():
            assert f"`{key}`" in text or f"`{key}s`" in text or key == "event", (command, key)


def test_a_document_is_one_line_of_strict_json(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"loss": [1.5, math.nan, math.inf], "file": Path("a/b"), "name": "line\nänd \x9b"})
    said = capsys.readouterr().out
    assert said.isascii()
    assert said.count("\n") == 1
    assert json.loads(said, parse_constant=pytest.fail) == {
        "loss": [1.5, None, None],
        "file": "a/b",
        "name": "line\nänd \x9b",
    }


@pytest.fixture
def one_walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one recording: Ada, 0.5 s of walking, then 0.5 s of sitting."""
    monkeypatch.chdir(tmp_path)
    with RecordingWriter.create(Path("recordings/walk"), BOARD, wearer="Ada") as writer:
        for label, first in (("walking", 0), ("sitting", 50)):
            writer.begin_segment(label)
            append(writer, first, 50)
    return tmp_path


def test_recordings_with_what_cannot_be_read(
    one_walk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (one_walk / "recordings/torn").mkdir()
    (one_walk / "recordings/torn/recording.json").write_text("{")
    (said,) = lines(capsys, "recordings", status=1)
    (walk,) = said["recordings"]
    assert (walk["name"], walk["wearer"], walk["lost"]) == ("walk", "Ada", 0)
    assert walk["path"] == "recordings/walk"
    assert walk["labels_s"] == pytest.approx({"walking": 0.5, "sitting": 0.5}, abs=0.02)
    (torn,) = said["unreadable"]
    assert torn["path"] == "recordings/torn"
    assert "samples.csv is missing" in torn["error"]
    monkeypatch.chdir(one_walk / "recordings")  # another path than the one that is remembered
    (said,) = lines(capsys, "recordings", "--recordings", ".", status=1)
    assert said["recordings"][0]["path"] == "walk"


def test_labels_and_their_stretches(one_walk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (said,) = lines(capsys, "label", "recordings/walk", "hop", "0.1", "0.2")
    assert said["recording"] == "recordings/walk"
    assert said["segments"][1] == {"label": "hop", "start_s": 0.1, "end_s": 0.2}
    (said,) = lines(capsys, "labels", "--rename", "hop=jump")
    uses = {use.pop("label"): use for use in said["labels"]}
    assert [*uses] == ["jump", "sitting", "walking"]
    assert uses["jump"] == {"seconds": 0.1, "segments": 1, "recordings": 1, "people": ["Ada"]}


def test_an_error_is_words_on_stderr_and_the_exit_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["recordings", "--recordings", str(tmp_path), "--json"])
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (1, "")
    assert said.err.startswith("Error: There are no recordings in")


# --- all of them, in the order of the loop ------------------------------------------------------
@pytest.mark.system
@pytest.mark.training
def test_the_whole_loop_for_a_program(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    package: bytes,
) -> None:
    (tmp_path / "bo").mkdir()
    monkeypatch.chdir(tmp_path / "bo")
    write_walks(Path("walks.npz"))
    Path("before.mlpkg").write_bytes(package)
    with subprocess.Popen(BOARD_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as board:
        assert board.stdin is not None
        assert board.stdout is not None
        said = {"virtual-board": [json.loads(board.stdout.readline())]}
        main(["push", "before.mlpkg", *HERE.split()])
        capsys.readouterr()
        for command, (arguments, _) in RUNS.items():
            if command not in said:
                status = int(command == "check-assignment")  # nothing was handed in
                said[command] = lines(capsys, command, *arguments.split(), status=status)
        board.stdin.close()
        assert board.stdout.read() == b""
        assert board.wait(20) == 0
    for command, (_, keys) in RUNS.items():
        for document in said[command]:
            for part in document if isinstance(document, list) else [document]:
                assert {*keys.split()} <= {*part}, command
        assert len(said[command]) == 1 or command == "live"
    figures = {command: documents[0] for command, documents in said.items()}
    name = figures["virtual-board"]["name"]
    for command in ("info", "push", "rollback"):
        assert figures[command]["board"]["name"] == name
    assert [found["name"] for found in figures["scan"]["boards"]] == [name]
    trained, taken_back = figures["push"]["model_id"], figures["rollback"]["model_id"]
    assert trained == figures["train"]["metrics"]["model_id"] == figures["package"]["model_id"]
    assert figures["info"]["model_id"] == taken_back != trained
    fits = {made["name"]: made["fits"] for made in figures["variants"]["variants"]}
    assert fits == {"base, float32": False, "base, int8": True}
    assert figures["evaluate"]["figures"]["int8"]["accuracy"] > 0.9
    (recorded,) = figures["record"]["recordings"]
    assert recorded["path"] == "recordings/short"
    assert 100 <= recorded["samples"] <= 150
    first, *predictions, shadow = said["live"]
    assert (first["event"], first["labels"]) == ("connected", figures["rollback"]["labels"])
    assert {prediction["event"] for prediction in predictions} == {"prediction"}
    assert {prediction["label"] for prediction in predictions} <= {*first["labels"], None}
    assert (shadow["event"], shadow["differing"]) == ("shadow", 0)
    assert shadow["compared"] > 0
    assert figures["merge-class"]["recordings_of"] == {"pupil 01": 1}
