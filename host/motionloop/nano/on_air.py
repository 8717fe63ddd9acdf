"""An emulated Nano in real time, on the same simulated air as the virtual boards.

Programs find it, connect to it and push to it as they do with a virtual board: through the
registry and an adapter port (`motionloop.virtual`).
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Final, Literal

from bumble import hci

from motionloop.nano.board import SLOTS_BYTES, EmulatedNano
from motionloop.nano.central import Central
from motionloop.nano.errors import EmulationError
from motionloop.nano.hci_central import HciCentral
from motionloop.nano.outside import Outside
from motionloop.nano.processor import MHZ
from motionloop.safe_files import read_whole, write_whole
from motionloop.virtual import registry
from motionloop.virtual.adapter import AdapterPort
from motionloop.virtual.air import RadioLimits
from motionloop.virtual.controller import AirLink, BoardController, terminate
from motionloop.virtual.registry import RegisteredBoard

_MOST_BYTES = 1 << 24  # that are read of a file of any size
_TURN_S: Final = 0.005  # of board time
_BEHIND_S: Final = 0.2  # board time that is caught up; more is left out
_SAVE_EVERY_S: Final = 0.5
_BOOT_S: Final = 5.0  # of board time, until the board must advertise


class NanoOnAir:
    """Runs a board until it is cancelled.

    `flash` is a file that keeps the model slots. `speed` is board seconds per second, if this
    computer keeps up; otherwise the board is slower, and loses nothing.
    """

    def __init__(
        self,
        nano: EmulatedNano,
        depth: Literal["hci", "radio"],
        *,
        interval_us: int = 15_000,
        speed: float = 1.0,
        flash: Path | None = None,
    ) -> None:
        self.nano = nano
        self.on_air = asyncio.Event()
        self._speed = speed
        self._flash = flash
        self._written = (0, 0)  # flash operations that the file has
        self._written_s = 0.0
        if flash is not None:
            self._open_flash(flash)
        link = AirLink()
        limits = RadioLimits(interval_us=interval_us)
        address = hci.Address(nano.address, hci.Address.PUBLIC_DEVICE_ADDRESS)
        self._controller = BoardController(nano.name, link, address, limits.buffers)
        self._port = AdapterPort(link, limits)
        central = (HciCentral if depth == "hci" else Central)(nano, interval_us)
        self._outside = Outside(nano, central, self._controller)
        self._controller.host = self._outside

    def _open_flash(self, file: Path) -> None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            contents = read_whole(file, _MOST_BYTES) if file.exists() else self.nano.slots
        except OSError as error:
            raise EmulationError(f"{file} cannot keep the board's flash: {error}.") from error
        if len(contents) != SLOTS_BYTES:
            raise EmulationError(
                f"{file} is not the flash of a board ({len(contents)} bytes instead of "
                f"{SLOTS_BYTES}). Give another file with --flash, or delete this one to start "
                "with empty slots."
            )
        self.nano.slots = contents

    async def run(self) -> None:
        """Raises EmulationError when the image does not come on the air, OSError without a port."""
        await self._port.start()
        nano = self.nano
        entry = RegisteredBoard(
            nano.name,
            nano.address,
            registry.LOOPBACK,
            self._port.port,
            os.getpid(),
            self._port.secret,
        )
        loop = asyncio.get_running_loop()
        begun, board_begun = loop.time(), nano.now
        try:
            while True:
                nano.run_for(_TURN_S)
                self._outside.turn()
                self._keep_flash()
                if not self.on_air.is_set():
                    self._look_whether_on_air(entry)
                ahead_s = (nano.now - board_begun) / (MHZ * 1e6) / self._speed
                ahead_s -= loop.time() - begun
                if ahead_s < -_BEHIND_S:
                    begun -= ahead_s
                await asyncio.sleep(max(0.0, ahead_s))
        finally:
            registry.remove(entry)
            self._keep_flash(at_once=True)
            await self._port.stop()

    def _look_whether_on_air(self, entry: RegisteredBoard) -> None:
        if self._outside.advertising:
            registry.add(entry)
            self.on_air.set()
        elif self.nano.now_s > _BOOT_S:
            raise EmulationError(
                f"{self.nano.image.path} does not advertise {_BOOT_S:g} s after its start"
                + (f": {self.nano.faults[0]}" if self.nano.faults else ".")
            )

    @property
    def name(self) -> str:
        return self.nano.name

    @property
    def address(self) -> str:
        return self.nano.address

    def stall(self, duration_us: int) -> None:
        """Fault: the processor stands still."""
        self.nano.processor.spend(duration_us * MHZ)

    def disconnect(self) -> None:
        """Fault: the link breaks, as when the wearer walks out of range."""
        terminate(self._controller, hci.HCI_ErrorCode.CONNECTION_TIMEOUT_ERROR)

    def _keep_flash(self, at_once: bool = False) -> None:
        nvmc = self.nano.nvmc
        now_s = asyncio.get_running_loop().time()
        if self._flash is None or (nvmc.words, nvmc.partial_erases) == self._written:
            return
        if not at_once and now_s - self._written_s < _SAVE_EVERY_S:
            return
        self._written_s = now_s
        self._written = (nvmc.words, nvmc.partial_erases)
        try:
            write_whole(self._flash, self.nano.slots)
        except OSError as error:
            raise EmulationError(
                f"{self._flash} could not be written, so the board has stopped: {error}."
            ) from error
