"""Virtual boards in one air, in a process of its own: one adapter hears them all.

`python -m tests.bluez.boards 2` prints a line per board with its name, address and adapter port.
Then it does what it is told, a line each: `ADDRESS disconnect`; `ADDRESS at NAME N disconnect` (or
`say`): at the N-th write from now to the characteristic NAME; `ADDRESS runs SKETCH`.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from bumble.core import UUID
from bumble.gatt import Characteristic, Service

from motionloop import wire
from motionloop.virtual import radio
from motionloop.virtual.board import VirtualBoard
from motionloop.virtual.controller import AirLink
from motionloop.virtual.motion import LSM9DS1, SyntheticMotion
from motionloop.virtual.wearer import SyntheticWearer

ROOT = Path(__file__).parents[2]
WAIT_S = 30.0
# Some programs make pictures of :AB: and :CD:.
ADDRESSES = ("18:AB:00:CD:00:01", "18:CD:00:AB:00:02")
NAMES = {"COMMAND": wire.COMMAND_UUID, "MODEL": wire.MODEL_UUID}
OURS = "ours"
_LED = "19b10000-e8f2-537e-4f6c-d104768a1214"  # the service of ArduinoBLE's LED example
_LED_SWITCH = "19b10001-e8f2-537e-4f6c-d104768a1214"
_UNKNOWN = "d7a9ffff-0001-4c3e-9d1b-000000000000"
# What a board can have run before: a service and its characteristics. The older firmware has our
# service and as many handles, but another characteristic in the place of the last one.
SKETCHES = {
    "led": (_LED, {_LED_SWITCH: radio.Property.READ | radio.Property.WRITE}),
    "older": (
        wire.SERVICE_UUID,
        {
            _UNKNOWN if uuid == wire.PREDICTION_UUID else uuid: properties
            for uuid, properties in radio.SERVICE.items()
        },
    ),
}


class WatchedBoard(VirtualBoard):
    """A board that can do something at a certain write, and run another sketch."""

    def __init__(self, address: str) -> None:
        self._due: dict[str, tuple[int, str]] = {}
        motion = SyntheticMotion(SyntheticWearer(1, "walking"), LSM9DS1, 1)
        super().__init__(motion, address=address)
        self._gatt = self.radio._device.gatt_server
        self._services = list(self._gatt.services)

    def runs(self, sketch: str) -> None:
        """As if it had been flashed: other services from the next link on."""
        self._gatt.services, self._gatt.attributes, self._gatt.attributes_by_handle = [], [], {}
        for service in self._services:
            if sketch != OURS and service.uuid == UUID(wire.SERVICE_UUID):
                uuid, characteristics = SKETCHES[sketch]
                readable = Characteristic.READABLE
                found = [
                    Characteristic(UUID(each), int(properties), readable, b"old")
                    for each, properties in characteristics.items()
                ]
                service = Service(UUID(uuid), found)
            self._gatt.add_service(service)
        self.disconnect()

    def at(self, uuid: str, writes: int, action: str) -> None:
        self._due[uuid] = (writes, action)

    def _on_write(self, uuid: str, value: bytes) -> None:
        left, action = self._due.pop(uuid, (0, ""))
        if left == 1 and action == "disconnect":  # before it is answered
            self.disconnect()
            return
        if left == 1:
            print(f"{self.address} reached", flush=True)
        if left > 1:
            self._due[uuid] = (left - 1, action)
        super()._on_write(uuid, value)


async def run(count: int) -> None:
    air = AirLink()
    radio.AirLink = lambda: air  # type: ignore[misc,assignment]  # each board has its own otherwise
    boards = {address: WatchedBoard(address) for address in ADDRESSES[:count]}
    async with asyncio.TaskGroup() as group:
        running = [group.create_task(board.run()) for board in boards.values()]
        for board in boards.values():
            await board.on_air.wait()
            print(
                f"On air: {board.name} {board.address} {board.radio.port} {board.radio.secret}",
                flush=True,
            )
        loop = asyncio.get_running_loop()
        ended = asyncio.Event()

        def read() -> None:
            for line in sys.stdin:
                loop.call_soon_threadsafe(obey, boards, line.split())
            loop.call_soon_threadsafe(ended.set)

        threading.Thread(target=read, daemon=True).start()
        await ended.wait()
        for task in running:
            task.cancel()


def obey(boards: dict[str, WatchedBoard], words: list[str]) -> None:
    address, order, *rest = words
    if order == "disconnect":
        boards[address].disconnect()
    elif order == "runs":
        boards[address].runs(rest[0])
    elif order == "at":
        boards[address].at(NAMES[rest[0]], int(rest[1]), rest[2])


@dataclass(frozen=True)
class OnAir:
    name: str
    address: str
    port: int
    secret: str


class Boards:
    """The process, from a test's side; ends with the context, or with the test's process."""

    def __init__(self, count: int, folder: Path) -> None:
        """`folder` is for the registry of virtual boards, which the product must not see."""
        self._count, self._folder = count, folder
        self._lines: list[str] = []
        self._heard = threading.Condition()

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bluez.boards", str(self._count)],
            cwd=ROOT,
            env={**os.environ, "MOTIONLOOP_RUNTIME_DIR": str(self._folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        on_air = [line.split()[2:] for line in self._wait_for("On air:", self._count)]
        self.on_air = [
            OnAir(name, address, int(port), secret) for name, address, port, secret in on_air
        ]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()

    def disconnect(self, address: str) -> None:
        """The link breaks, as when the wearer walks out of range."""
        self._tell(f"{address} disconnect")

    def flash(self, address: str, sketch: str) -> None:
        """From now on the board runs one of SKETCHES, or OURS again."""
        self._tell(f"{address} runs {sketch}")

    def break_at(self, address: str, name: str, writes: int) -> None:
        """The link breaks at the so-manieth write from now, which is never answered."""
        self._tell(f"{address} at {name} {writes} disconnect")

    def say_at(self, address: str, name: str, writes: int) -> None:
        """`wait_until_said` returns at the so-manieth write from now."""
        self._said = self._count_of(f"{address} reached")
        self._tell(f"{address} at {name} {writes} say")

    def wait_until_said(self, address: str) -> None:
        self._wait_for(f"{address} reached", self._said + 1)

    def _tell(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout:
            for line in self._process.stdout:
                with self._heard:
                    self._lines.append(line)
                    self._heard.notify_all()

    def _count_of(self, beginning: str) -> int:
        return sum(line.startswith(beginning) for line in self._lines)

    def _wait_for(self, beginning: str, count: int) -> list[str]:
        with self._heard:
            if not self._heard.wait_for(lambda: self._count_of(beginning) >= count, WAIT_S):
                raise TimeoutError(f"no line {beginning!r}; the boards said {self._lines}")
            return [line for line in self._lines if line.startswith(beginning)]


if __name__ == "__main__":
    asyncio.run(run(int(sys.argv[1])))
