"""Every block of commands in a page runs as it stands, or says what it needs that is not here.

The word after `sh` says which (CONTRIBUTING.md). `sh board` goes into the terminal of a virtual
board; Python runs too. A page begins where docs/start-without-board.md ends: with its recordings,
its model and the file of its board.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from motionloop.virtual.process import READY

ROOT = Path(__file__).parents[2]
START = ROOT / "docs/start-without-board.md"
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *(ROOT / name / "README.md" for name in ("models", "recordings", "tests/bluez")),
]
EXECUTED = ("sh", "sh board", "python")
NOT_EXECUTED = [f"sh {need}" for need in ("hardware", "display", "internet", "data", "long")]
NO_COMMANDS = ("text", "json")


class Block(NamedTuple):
    """A block of code, and the word or words behind its fence."""

    kind: str
    text: str


def blocks_of(page: Path) -> list[Block]:
    """All blocks of code but MyST's directives: the cells of notebooks have tests of their own."""
    found = re.findall(r"^```(.*)\n((?:.*\n)*?)```$", page.read_text(), flags=re.M)
    return [Block(kind, text) for kind, text in found if not kind.startswith("{")]


def executed_blocks(page: Path) -> list[Block]:
    return [block for block in blocks_of(page) if block.kind in EXECUTED]


def of(pages: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", pages, ids=lambda page: str(page.relative_to(ROOT)))


class BoardTerminal:
    """A terminal in which a virtual board runs: one at a time, as a reader would have it."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._where = {"cwd": folder, "env": environment}
        self._board: subprocess.Popen[str] | None = None

    def type(self, line: str) -> None:
        """A command that switches on the next board, or a word to the board that runs."""
        if line.startswith("motionloop virtual-board"):
            self.close()
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
            self._board = subprocess.Popen(["bash", "-c", f"exec {line}"], **self._where, **pipes)
            assert self._board.stdout is not None
            assert self._board.stdout.readline().startswith(READY)
        else:
            assert self._board is not None, f"no board runs to which {line!r} can be typed"
            assert self._board.stdin is not None
            self._board.stdin.write(f"{line}\n")
            self._board.stdin.flush()

    def close(self) -> None:
        """Switch the board off. It has understood whatever was typed."""
        if self._board is not None:
            said, _ = self._board.communicate("quit\n", timeout=60)
            assert (self._board.returncode, said) == (0, "")
            self._board = None

    def kill(self) -> None:
        if self._board is not None:
            self._board.kill()
            self._board.communicate()


@contextmanager
def board_terminal(folder: Path, environment: dict[str, str]) -> Iterator[BoardTerminal]:
    terminal = BoardTerminal(folder, environment)
    try:
        yield terminal
        terminal.close()
    finally:
        terminal.kill()


def run_page(page: Path, folder: Path) -> str:
    """Run the blocks of a page in their order; returns what the commands said."""
    radio = folder.with_name(f"{folder.name}-radio")
    radio.mkdir()
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "MOTIONLOOP_RUNTIME_DIR": str(radio),
        "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={radio}/none",  # no real adapter
        "COLUMNS": "200",
    }
    said = ""
    with board_terminal(folder, environment) as board:
        for kind, text in executed_blocks(page):
            if kind == "sh board":
                for line in text.splitlines():
                    board.type(line)
                continue
            shell = ["bash", "-euo", "pipefail"] if kind == "sh" else [sys.executable]
            done = subprocess.run(
                [*shell, "-c", text],
                **{"cwd": folder, "env": environment, "timeout": 300},
                **{"capture_output": True, "text": True},
            )
            assert done.returncode == 0, f"{text}{done.stdout}{done.stderr}"
            said += done.stdout
    return said


@pytest.fixture(scope="session")
def after_start(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """What a reader of the first page has at its end, and has seen."""
    folder = tmp_path_factory.mktemp("reader") / "motionloop"
    folder.mkdir()
    (folder / "docs").symlink_to(ROOT / "docs")
    return folder, run_page(START, folder)


def test_the_start_without_a_board_ends_with_a_prediction_of_the_own_model(
    after_start: tuple[Path, str],
) -> None:
    folder, said = after_start
    assert len(list((folder / "recordings").iterdir())) == 6
    assert (folder / "models/first/report.html").exists()
    words = " ".join(said.split())
    assert re.search(r"shadow: [1-9]\d* windows computed again with \w+, 0 differ", words)
    watched = words.rsplit("shadow:", 1)
    assert watched[0].count("sitting") > watched[0].count("jogging")
    assert watched[1].count("running") > 2


@of([page for page in PAGES if page != START and executed_blocks(page)])
def test_commands_of_a_page_run(page: Path, after_start: tuple[Path, str], tmp_path: Path) -> None:
    folder = tmp_path / "motionloop"
    shutil.copytree(after_start[0], folder, symlinks=True)
    run_page(page, folder)


@of(PAGES)
def test_each_block_is_executed_or_says_what_it_needs(page: Path) -> None:
    for kind, text in blocks_of(page):
        assert kind in (*EXECUTED, *NOT_EXECUTED, *NO_COMMANDS), f"```{kind}\n{text}"
        if kind in NO_COMMANDS:
            commands = re.findall(r"^(?:motionloop|make|python|pip) .*", text, flags=re.M)
            assert commands == []
