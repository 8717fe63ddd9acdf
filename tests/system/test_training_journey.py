"""The whole loop by commands, with TensorFlow, and the demo that does it in one."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from motionloop.cli import main
from motionloop.virtual.process import READY

pytestmark = [pytest.mark.system, pytest.mark.training]

MOTIONLOOP = (sys.executable, "-m", "motionloop")
PLAN = ("sitting", "walking", "running")


def words(text: str) -> str:
    return " ".join(text.split())


def test_record_train_push_live_and_back(
    tmp_path: Path,
    package: bytes,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    recordings, models = tmp_path / "recordings", tmp_path / "models"
    stores = ("--recordings", str(recordings))

    def said(*arguments: str) -> str:
        main(arguments)
        return words(capsys.readouterr().out)

    def refused(*arguments: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 1
        return words(capsys.readouterr().err)

    def board(*options: str) -> subprocess.Popen[str]:
        arguments = (*MOTIONLOOP, "virtual-board", "--until-stdin-closes", *options)
        flash = ("--flash", str(tmp_path / "board.flash"))
        process = subprocess.Popen(
            (*arguments, *flash), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline().startswith(READY)
        return process

    # One label at a time, each in two sessions.
    with board("--speed", "6") as wearer:
        assert wearer.stdin is not None
        for number in (1, 2):
            for label in PLAN:
                wearer.stdin.write(f"{label}\n")
                wearer.stdin.flush()
                record = ("record", "--radio", "virtual", *stores, "--plan", f"- 1, {label} 18")
                assert "lost 0 in 0 gaps" in said(*record, "--name", f"{label}-{number}")
        wearer.stdin.close()
        assert wearer.wait(10) == 0
    assert said("recordings", *stores).count("synthetic") == 6

    # Too little of one label: said before anything is written.
    train = ("train", *stores, "--models", str(models), "--preset", "quick")
    said("label", str(recordings / "running-2"), "--clear")
    message = refused(*train, "--name", "short")
    assert re.search(r"Too little motion for: running \d+ s\. Record at least 30 s", message)
    assert not (models / "short").exists()
    said("label", str(recordings / "running-2"), "running", "3")

    shown = said(*train, "--name", "mine")
    assert "int8 accuracy" in shown
    assert "synthetic motion: good for trying the loop only" in shown
    metrics = json.loads((models / "mine" / "metrics.json").read_text())
    assert metrics["int8"]["accuracy"] > 0.9
    assert set(metrics["labels"]) == set(PLAN)
    assert (models / "mine" / "report.html").exists()
    other = models / "other.mlpkg"
    other.write_bytes(package)

    with board("--activity", "running") as wearer:
        assert wearer.stdin is not None
        radio = ("--radio", "virtual")
        first = re.search(r"runs model (\w+)", said("push", str(models / "mine"), *radio))
        assert first is not None
        watched = said("live", *radio, "--shadow", "--seconds", "7")
        assert watched.count("running") >= 2
        assert re.search(r"shadow: [1-9]\d* windows computed again with \w+, 0 differ", watched)
        said("push", str(other), *radio)
        assert f"runs model {first[1]} again" in said("rollback", *radio)
        wearer.stdin.close()
        assert wearer.wait(10) == 0


def test_the_demo_closes_the_loop(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    begin_s = time.monotonic()
    done = subprocess.run(
        [*MOTIONLOOP, "demo", "--folder", str(folder)], capture_output=True, text=True, timeout=300
    )
    print(f"the demo took {time.monotonic() - begin_s:.0f} s")
    assert done.returncode == 0, done.stderr
    said = words(done.stdout)
    for section in ("1 Record", "2 Train", "3 Push and watch", "What happened"):
        assert section in said
    assert re.search(r"recorded \d{5} samples, lost 0 ", said)
    assert re.search(r"shadow: [1-9]\d* windows computed again with \w+, 0 differ", said)
    accuracy = re.search(r"int8 accuracy ([\d.]+)% on", said)
    assert accuracy is not None
    assert float(accuracy[1]) > 90
    live = re.search(r"first prediction ([\d.]+) s after the click, (\d+) of (\d+) windows", said)
    assert live is not None
    assert int(live[2]) > 0.8 * int(live[3]) > 5
    assert "The wearer was synthetic" in said
    assert len(list((folder / "recordings").iterdir())) == 2
    assert (folder / "model" / "model.mlpkg").exists()
