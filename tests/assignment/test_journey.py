"""The whole assignment with the product's own commands on a virtual board, and once more.

It is the whole loop by hand: record, label, train, push, watch, evaluate. tests/system/test_demo.py
is the loop in one command.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from motionloop.cli import main
from motionloop.virtual.process import READY
from tests.assignment.pupil import ASKED, answer, own_answers

pytestmark = [pytest.mark.system, pytest.mark.training]

BOARD = (sys.executable, "-m", "motionloop", "virtual-board", "--until-stdin-closes")
RADIO = ("--radio", "virtual")
LABELS = ("sitting", "walking")


def start_board(*options: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        (*BOARD, *options), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith(READY)
    return process


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_pupil_does_it_all_and_it_comes_out_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)

    def said(*arguments: str) -> str:
        main(arguments)
        printed = capsys.readouterr()
        assert not set(printed.out + printed.err) & set("\x1b\r")  # no terminal is here
        return words(printed.out)

    def refused(*arguments: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 1
        return words(capsys.readouterr().err)

    asked = ASKED.read_text().replace('["sitting", "walking", "jogging"]', json.dumps(LABELS))
    asked = re.sub("seconds = 25 ", "seconds = 16 ", asked)
    Path("asked.toml").write_text(asked.replace(', "lesson"]', "]"))  # which doubles the time
    said("start-assignment", "ada", "--from", "asked.toml")
    monkeypatch.chdir(tmp_path / "ada")

    # One label at a time, each in two sessions.
    with start_board("--speed", "12") as board:
        assert board.stdin is not None
        for number in (1, 2):
            for label in LABELS:
                board.stdin.write(f"{label}\n")
                board.stdin.flush()
                plan = ("--plan", f"- 1, {label} 18", "--wearer", "Ada")
                shown = said("record", *RADIO, *plan, "--name", f"{label}-{number}")
                assert "lost 0 in 0 gaps" in shown
        board.stdin.close()
        assert board.wait(10) == 0
    assert said("recordings").count("synthetic") == 4

    # Too little of one label: said before anything is written.
    train = ("train", "--preset", "quick", "--seed", "1")
    said("label", "recordings/walking-2", "--clear")
    message = refused(*train, "--name", "short")
    assert re.search(r"Too little motion for: walking \d+ s\. Record at least 30 s", message)
    assert not Path("models/short").exists()
    said("label", "recordings/walking-2", "walking", "2")

    shown = said(*train, "--name", "first")
    assert "int8 accuracy" in shown
    assert "synthetic motion: good for trying the loop only" in shown
    metrics = json.loads(Path("models/first/metrics.json").read_text())
    assert metrics["int8"]["accuracy"] > 0.9
    assert tuple(metrics["labels"]) == LABELS
    assert Path("models/first/report.html").exists()

    with start_board("--activity", "walking") as board:
        assert board.stdin is not None
        assert re.search(r"runs model \w+", said("push", "models/first", *RADIO))
        watched = said("live", *RADIO, "--shadow", "--seconds", "6")
        assert watched.count("walking") >= 2
        assert re.search(r"shadow: [1-9]\d* windows computed again with \w+, 0 differ", watched)
        board.stdin.close()
        assert board.wait(10) == 0

    said("evaluate")
    answer(Path(), own_answers(Path()))
    main(["check-assignment", ".", "--assignment", "../asked.toml", "--retrain", "--json"])
    (verdict,) = json.loads(capsys.readouterr().out)
    assert verdict["passed"]
    assert (verdict["points"], verdict["left_to_teacher"]) == (28, 6)
    found = {check["name"]: check["found"] for check in verdict["checks"]}
    assert found["repeated"] == "the same model, byte for byte"
    assert found["reevaluated"].endswith(" again")
    assert "virtual board" in found["pushed"]
