"""What the tests of this folder share: the guest, two boards in its air, the product's commands."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bluez.boards import ROOT, Boards
from tests.bluez.guest import Guest
from tests.bluez.image import image

COMMAND_S = 60.0
ON_SCREEN = {"COLUMNS": "200", "NO_COLOR": "1", "QT_QPA_PLATFORM": "offscreen"}
MODEL = ROOT / "tests" / "golden" / "model.mlpkg"


@dataclass(frozen=True)
class Ended:
    """A command that ended: its exit status, and all that it said."""

    status: int
    output: str
    errors: str

    def __str__(self) -> str:
        return f"status {self.status}\n{self.output}\n{self.errors}"


class Command:
    """A command of the product that runs, as a user would have started it."""

    def __init__(self, desk: Desk, arguments: Sequence[str], runner: str = "motionloop") -> None:
        self.arguments = arguments
        self._process = subprocess.Popen(
            [sys.executable, "-m", runner, *arguments],
            cwd=ROOT,
            env={**os.environ, **desk.guest.environment, **ON_SCREEN},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._lines: list[str] = []
        self._errors: list[str] = []
        self._said = threading.Condition()
        self._readers = [
            threading.Thread(target=self._read, args=(self._process.stdout, self._lines)),
            threading.Thread(target=self._read, args=(self._process.stderr, self._errors)),
        ]
        for reader in self._readers:
            reader.start()

    def wait_for(self, word: str, timeout_s: float = COMMAND_S) -> None:
        """Until a line of its output has this word."""
        with self._said:

            def has_said() -> bool:
                return any(word in line for line in self._lines) or self._process.poll() is not None

            done = self._said.wait_for(has_said, timeout_s)
        if not done or not any(word in line for line in self._lines):
            raise AssertionError(f"{self.arguments} did not say {word!r}: {self._result()}")

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def send(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def end(self, timeout_s: float = COMMAND_S) -> Ended:
        """Wait for its end."""
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"{self.arguments} did not end: {self._result()}") from None
        for reader in self._readers:
            reader.join()
        return self._result()

    def kill(self) -> None:
        """However far it is: for the end of a test that failed."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for reader in self._readers:
            reader.join()

    def _result(self) -> Ended:
        status = self._process.returncode
        return Ended(
            -999 if status is None else status, "".join(self._lines), "".join(self._errors)
        )

    def _read(self, stream: Iterator[str], lines: list[str]) -> None:
        with contextlib.closing(stream):  # type: ignore[type-var]
            for line in stream:
                with self._said:
                    lines.append(line)
                    self._said.notify_all()
        with self._said:
            self._said.notify_all()


class Desk:
    """A computer with BlueZ, and the two boards `a` and `b` that it hears."""

    def __init__(self, guest: Guest, boards: Boards) -> None:
        self.guest, self.boards = guest, boards
        self.a, self.b = (board.address for board in boards.on_air)
        self.names = [board.name for board in boards.on_air]
        self._running: list[Command] = []

    def start(self, *arguments: str, runner: str = "motionloop") -> Command:
        self._running.append(Command(self, arguments, runner))
        return self._running[-1]

    def run(self, *arguments: str, timeout_s: float = COMMAND_S) -> Ended:
        return self.start(*arguments).end(timeout_s)

    def plug(self) -> None:
        board = self.boards.on_air[0]
        self.guest.plug(board.port, board.secret)

    def tidy(self, kept: Sequence[Command] = ()) -> None:
        """End what a test left running, and have Bluetooth as at the beginning."""
        for command in self._running:
            if command not in kept:
                command.kill()
        self._running = list(kept)
        board = self.boards.on_air[0]
        self.guest.mend(board.port, board.secret)
        if not kept:
            self.guest.disconnect_all()


@contextlib.contextmanager
def a_desk() -> Iterator[Desk]:
    """UnavailableError where there can be none."""
    built = image()
    with (
        tempfile.TemporaryDirectory(prefix="boards-") as folder,
        Boards(2, Path(folder)) as boards,
        Guest(built) as guest,
    ):
        desk = Desk(guest, boards)
        desk.plug()
        try:
            yield desk
        finally:
            for command in desk._running:
                command.kill()
