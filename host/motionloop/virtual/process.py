"""A virtual board as a process of its own, started and ordered from Python."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from motionloop.errors import MotionLoopError
from motionloop.language import tr

READY = "On air:"  # begins the line that says name and address
_START_TIMEOUT_S = 20.0


class VirtualBoardProcess:
    """`motionloop virtual-board` with these arguments; ends with the context, or with us.

    The lines of `send_line` are those that a person would type: an activity's name, `disconnect`,
    `away 20`, `stall 500`, `quit`.
    """

    name: str
    address: str

    def __init__(self, *arguments: str) -> None:
        self._arguments: Sequence[str] = arguments
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "motionloop",
            "virtual-board",
            "--until-stdin-closes",
            *self._arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            async with asyncio.timeout(_START_TIMEOUT_S):
                await self._wait_until_on_air(self._process)
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.stop()

    async def _wait_until_on_air(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        assert process.stderr is not None
        while line := (await process.stdout.readline()).decode():
            if line.startswith(READY):
                self.name, self.address = line.removeprefix(READY).split()[:2]
                return
        why = (await process.stderr.read()).decode().strip()
        raise MotionLoopError(
            tr("The virtual board did not start: {why}", why=why or tr("it said nothing"))
        )

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def send_line(self, line: str) -> None:
        """Give the board one line of instructions."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(line.encode() + b"\n")
        await self._process.stdin.drain()

    async def ended(self) -> None:
        """Wait until the process has ended by itself."""
        assert self._process is not None
        await self._process.wait()

    def kill(self) -> None:
        """End the process as a power cut would."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    async def stop(self) -> None:
        """Close the process's stdin, its order to stop, and wait."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        process.stdin.close()
        try:
            # Read on, so that the process's last line cannot block it.
            async with asyncio.timeout(5):
                await process.communicate()
        except (TimeoutError, ValueError):
            if process.returncode is None:
                process.kill()
            await process.wait()
