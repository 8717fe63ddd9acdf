"""The whole assignment with the product's own commands on a virtual board, and once more."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from motionloop.cli import main
from motionloop.virtual.process import READY
from tests.assignment.pupil import ASKED, answer, own_answers

pytestmark = [pytest.mark.system, pytest.mark.training]

BOARD = (sys.executable, "-m", "motionloop", "virtual-board", "--until-stdin-closes")
LABELS = ("sitting", "walking")


def start_board(*options: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        (*BOARD, *options), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith(READY)
    return process


def test_a_pupil_does_it_all_and_it_comes_out_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = ASKED.read_text().replace('["sitting", "walking", "jogging"]', json.dumps(LABELS))
    Path("asked.toml").write_text(asked.replace(', "lesson"]', "]"))  # which doubles the time
    main(["start-assignment", "ada", "--from", "asked.toml"])
    monkeypatch.chdir(tmp_path / "ada")

    with start_board("--speed", "8") as board:
        assert board.stdin is not None
        for number in (1, 2):
            for label in LABELS:
                board.stdin.write(f"{label}\n")
                board.stdin.flush()
                plan = ("--plan", f"- 1, {label} 27", "--wearer", "Ada")
                main(["record", "--radio", "virtual", *plan, "--name", f"{label}-{number}"])
        board.stdin.close()
    main(["train", "--preset", "quick", "--seed", "1", "--name", "first"])
    with start_board() as board:
        assert board.stdin is not None
        main(["push", "models/first", "--radio", "virtual"])
        board.stdin.close()
    main(["evaluate"])
    answer(Path(), own_answers(Path()))
    capsys.readouterr()

    main(["check-assignment", ".", "--assignment", "../asked.toml", "--retrain", "--json"])
    (verdict,) = json.loads(capsys.readouterr().out)
    assert verdict["passed"]
    assert (verdict["points"], verdict["left_to_teacher"]) == (28, 6)
    found = {check["name"]: check["found"] for check in verdict["checks"]}
    assert found["repeated"] == "the same model, byte for byte"
    assert found["reevaluated"].endswith(" again")
    assert "virtual board" in found["pushed"]
