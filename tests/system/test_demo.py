"""The demo: the whole loop in one command."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = [pytest.mark.system, pytest.mark.training]

MOTIONLOOP = (sys.executable, "-m", "motionloop")


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_demo_closes_the_loop_on_this_computer_alone(network_watch, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    begin_s = time.monotonic()
    done = subprocess.run(
        [*MOTIONLOOP, "demo", "--json", "--folder", str(folder)],
        env=network_watch.environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    print(f"the demo took {time.monotonic() - begin_s:.0f} s")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert (figures["lost"], figures["accuracy"] > 0.9) == (0, True)
    assert 0.8 * figures["windows"] < figures["right"] <= figures["windows"]
    said = words(done.stderr)
    assert not set(done.stderr) & set("\x1b\r")  # it is a pipe
    for section in ("1 Record", "2 Train", "3 Push and watch", "What happened"):
        assert section in said
    recorded, pushed = (re.search(rf"{at} (ML-\w+)", said) for at in ("board", "real time\\."))
    assert recorded is not None
    assert pushed is not None
    assert recorded[1] == pushed[1]  # the same board
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
    assert network_watch.beyond == []
    assert any("motionloop.training.worker" in line for line in network_watch.begun.values())
