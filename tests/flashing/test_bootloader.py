"""The board's bootloader erases the journal: against a stand-in on a pseudo terminal.

The stand-in is written from the machine code of Arduino's bootloader for the Nano 33 BLE.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from motionloop import _core, installation, wire
from motionloop.board.client import BoardClient
from motionloop.board.ownership import Whose
from motionloop.flashing import bootloader
from motionloop.flashing.bootloader import erase_journal
from motionloop.flashing.platformio import BootloaderError
from motionloop.flashing.serial_ports import NoSerialPortError
from tests.conftest import Boards

FLASH_BYTES = 1 << 20
SLOTS_START = 0xC0000


class Bootloader:
    """The chip's flash behind a port."""

    def __init__(self, chip: bytes = b"nRF52840-QIAA\n\r\0\0") -> None:
        self.chip = chip
        self.flash = np.random.default_rng(1).integers(0, 255, FLASH_BYTES, np.uint8)
        self.restarted = threading.Event()
        self._memory = bytearray(8192)
        self._source = 0
        self._master, slave = os.openpty()
        self.port = os.ttyname(slave)
        os.close(slave)  # or this process would count as another user of the port
        self._closed = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._closed.set()
        os.close(self._master)

    def _serve(self) -> None:
        while not self._closed.wait(0.01):
            with suppress(OSError):  # nobody has the port open
                while True:
                    self._obey(self._until(b"#").decode())

    def _until(self, end: bytes) -> bytes:
        read = b""
        while not read.endswith(end):
            read += os.read(self._master, 1)
        return read

    def _obey(self, command: str) -> None:
        numbers = [int(number, 16) for number in re.findall(r"[0-9A-F]{8}", command[1:])]
        match command[0]:
            case "I":
                os.write(self._master, self.chip)
            case "S":
                at, size = numbers
                for place in range(at, at + size):
                    self._memory[place : place + 1] = os.read(self._master, 1)
            case "Y" if numbers[1] == 0:
                self._source = numbers[0]
                os.write(self._master, b"Y\n\r")
            case "Y":
                at, size = numbers[0] + 0x10000, numbers[1]
                written = self._memory[self._source : self._source + size]
                self.flash[at : at + size] = np.frombuffer(bytes(written), np.uint8)
                os.write(self._master, b"Y\n\r")
            case "K":
                self.restarted.set()


@pytest.fixture
def board() -> Iterator[Bootloader]:
    made = Bootloader()
    yield made
    made.close()


def test_the_journal_alone_is_erased(board: Bootloader) -> None:
    before = board.flash.copy()
    erase_journal(board.port)
    assert board.restarted.wait(5)
    first = SLOTS_START + _core.JOURNAL_PAGE * wire.FLASH_PAGE_BYTES
    journal = slice(first, first + _core.JOURNAL_PAGES * wire.FLASH_PAGE_BYTES)
    assert (board.flash[journal] == 0xFF).all()
    board.flash[journal] = before[journal]
    assert (board.flash == before).all()


def test_the_journal_lies_where_the_firmware_has_it() -> None:
    header = (installation.root() / "firmware/src/slot_flash.h").read_text()
    found = re.search(r"kStart = (0x[0-9a-f]+)", header)
    assert found is not None
    assert int(found[1], 16) == SLOTS_START == bootloader._SLOTS_START


@pytest.mark.parametrize("answer", [b"ATSAMD21G18A....!", b""])
def test_another_device_is_left_alone(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootloader, "_TIMEOUT_S", 0.2)
    other = Bootloader(answer)
    before = other.flash.copy()
    with pytest.raises(BootloaderError, match="does not answer as the bootloader"):
        erase_journal(other.port)
    assert (other.flash == before).all()
    other.close()


def test_a_port_that_is_not_there_is_named() -> None:
    with pytest.raises(NoSerialPortError, match="/dev/nothing cannot be opened"):
        erase_journal("/dev/nothing")


@pytest.mark.virtual_time
async def test_a_board_without_its_journal_is_nobodys_and_takes_models(
    boards: Boards, package: bytes, tmp_path: Path
) -> None:
    flash = tmp_path / "flash"
    board = await boards.start(flash=flash)
    client = await boards.client(board)
    async for _ in client.push(package):
        pass
    await boards.stop(board)
    content = bytearray(flash.read_bytes())
    first = _core.JOURNAL_PAGE * wire.FLASH_PAGE_BYTES
    size = _core.JOURNAL_PAGES * wire.FLASH_PAGE_BYTES
    content[first : first + size] = b"\xff" * size
    flash.write_bytes(content)
    again = await boards.client(await boards.start(flash=flash, address=board.address))
    assert again.whose is Whose.NOBODYS
    assert again.info.active_slot == wire.NO_SLOT
    await _push(again, package)
    assert again.whose is Whose.OURS


async def _push(client: BoardClient, package: bytes) -> None:
    async for _ in client.push(package):
        pass
