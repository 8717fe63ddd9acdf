"""`motionloop completion` in real shells: TAB on a terminal, and what fish would offer."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from motionloop.cli import main
from motionloop.commands.parser import COMMANDS

if sys.platform == "win32":
    pytest.skip("these shells are not Windows' own", allow_module_level=True)
import pty

LOADED = "the script is loaded"
TIMEOUT_S = 20.0
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source {script}"),
    "zsh": (
        ["zsh", "-f", "-i"],
        "fpath=({folder} $fpath); autoload -U compinit; compinit -u -d {folder}/dump",
    ),
}
# What is typed before TAB, and what stands there then.
TYPED = {
    "motionloop roll": "motionloop rollback ",
    "motionloop record --rad": "motionloop record --radio ",
    "motionloop record --radio v": "motionloop record --radio virtual ",
    "motionloop virtual-board --activity wal": "motionloop virtual-board --activity walking ",
    "motionloop push models/fi": "motionloop push models/first/",
    "motionloop train --models mod": "motionloop train --models models/",
    "motionloop edit mor": "motionloop edit morning ",
    "motionloop train --split by-": "motionloop train --split by-day ",
}
# To bash a name with a space would be two: `stairs up` is not offered.
TYPED_IN = {"bash": {"motionloop virtual-board --activity st": "--activity standing "}, "zsh": {}}


class Terminal:
    """A shell on a pseudo terminal."""

    def __init__(self, program: list[str], folder: Path) -> None:
        self._said = ""
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:  # the shell
            os.chdir(folder)
            environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "TERM": "dumb"}
            os.execvpe(program[0], program, environment)

    def type(self, text: str) -> None:
        os.write(self._terminal, text.encode())

    def wait_for(self, text: str) -> None:
        """Read until the shell has written `text`, and forget all up to there."""
        deadline_s = time.monotonic() + TIMEOUT_S
        while text not in self._said:
            left_s = deadline_s - time.monotonic()
            readable, _, _ = select.select([self._terminal], [], [], max(left_s, 0.0))
            assert readable, f"no {text!r} in {self._said!r}"
            self._said += os.read(self._terminal, 65536).decode(errors="replace")
        self._said = self._said.partition(text)[2]

    def close(self) -> None:
        os.close(self._terminal)  # a shell ends with its terminal
        os.waitpid(self._pid, 0)


@pytest.fixture
def reader(tmp_path: Path) -> Path:
    """A folder with a recording, a named split and a model, by their names."""
    for folder in ("recordings/morning", "recordings/splits", "models/first"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "recordings/splits/by-day.json").touch()
    return tmp_path


def script_of(shell: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    if shutil.which(shell) is None:
        assert os.environ.get("CI") != "true", f"apt install {shell}"
        pytest.skip(f"needs {shell}")
    main(["completion", shell])
    script = folder / "_motionloop"
    script.write_text(capsys.readouterr().out)
    return script


@pytest.mark.parametrize("shell", SHELLS)
def test_tab_completes(shell: str, reader: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = script_of(shell, reader, capsys)
    program, load = SHELLS[shell]
    terminal = Terminal(program, reader)
    try:
        terminal.type(load.format(script=script, folder=reader) + "\n")
        terminal.type("echo the script is lo''aded\n")
        terminal.wait_for(LOADED)
        for typed, completed in (TYPED | TYPED_IN[shell]).items():
            terminal.type(f"{typed}\t")
            terminal.wait_for(completed)
            terminal.type("\x15")  # the line is deleted
    finally:
        terminal.close()


def test_fish_completes(reader: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = script_of("fish", reader, capsys)
    for typed, completed in TYPED.items():
        done = subprocess.run(
            ["fish", "--no-config", "-c", f"source {script}; and complete -C '{typed}'"],
            **{"cwd": reader, "capture_output": True, "text": True, "check": True},
            env={"PATH": os.environ["PATH"], "HOME": str(reader)},
        )
        offered = [line.partition("\t")[0] for line in done.stdout.splitlines()]
        assert completed.split()[-1] in offered


def test_all_commands_are_in_the_script(capsys: pytest.CaptureFixture[str]) -> None:
    main(["completion", "bash"])
    script = capsys.readouterr().out
    assert f"_shtab_motionloop_subparsers=({' '.join(COMMANDS)})" in script
