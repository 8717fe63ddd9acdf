"""The wheel, installed, from a folder with nothing in it and no checkout above it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from motionloop import wire
from motionloop.virtual.process import READY

pytestmark = pytest.mark.system


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return tmp_path


def motionloop(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [installed / "bin/motionloop", *arguments], cwd=folder, capture_output=True, text=True
    )


def shipped(installed: Path) -> Path:
    (folder,) = installed.glob("lib/python*/site-packages/motionloop/_shipped")
    return folder


def test_it_says_the_wheels_version(installed: Path, wheel: Path, empty: Path) -> None:
    done = motionloop(installed, empty, "--version")
    said = f"MotionLoop {wheel.name.split('-')[1]} (firmware 0.2.0, wire {wire.WIRE_HASH:08x})\n"
    assert (done.stdout, done.stderr) == (said, "")


def test_the_built_in_model_is_shown_without_a_file(installed: Path, empty: Path) -> None:
    done = motionloop(installed, empty, "package", "--json")
    contents = json.loads(done.stdout)
    assert contents["file"] == str(shipped(installed) / "models/builtin.mlpkg")
    assert contents["model_id_right"]


def test_the_doctor_finds_all_that_the_virtual_board_needs(installed: Path, empty: Path) -> None:
    done = motionloop(installed, empty, "doctor", "--virtual")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_virtual_board_is_started_and_found(installed: Path, empty: Path) -> None:
    command = [installed / "bin/motionloop", "virtual-board", "--name", "ML-EMPTY"]
    with subprocess.Popen(
        command, cwd=empty, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as board:
        assert board.stdout is not None
        assert any(line.startswith(READY) for line in board.stdout)
        found = motionloop(installed, empty, "scan", "--radio", "virtual", "--timeout", "2")
        board.terminate()
    assert "ML-EMPTY" in found.stdout


def test_flash_builds_the_shipped_firmware_in_the_users_cache(
    installed: Path, empty: Path, no_bluetooth: Path
) -> None:
    """Up to PlatformIO, whose own reading of the project is asked in its place."""
    project = shipped(installed)
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*")}
    pio = empty.with_name("pio")
    reads = (
        "from platformio.project.config import ProjectConfig as C; c = C.get_instance(); "
        "print('Error: ', [c.get('platformio', n) for n in ('workspace_dir', 'src_dir')], c.envs())"
    )
    pio.write_text(f'#!/bin/sh\n{sys.executable} -c "{reads}"\nexit 1\n')
    pio.chmod(0o755)
    master, slave = pty.openpty()
    port = ("--port", os.ttyname(slave), "--no-push")
    os.close(slave)
    done = motionloop(installed, empty, "flash", *port, "--pio", str(pio))
    os.close(master)
    assert f"with the firmware in {project}" in done.stdout
    expected = [str(no_bluetooth / "firmware"), str(project / "firmware/src")]
    assert f"Error:  {expected} ['nano33ble']" in done.stdout
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*")} == before
    assert list(empty.iterdir()) == []
