"""`motionloop flash` from end to end: a stand-in pio, a pseudo terminal, a virtual board."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo

from motionloop import wire
from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board
from motionloop.commands import flash
from motionloop.errors import MotionLoopError
from motionloop.flashing import flash as flash_steps
from motionloop.flashing import kept_model
from motionloop.flashing.flash import NotRestoredError
from motionloop.flashing.platformio import BootloaderError, UploadInterruptedError
from motionloop.flashing.serial_ports import NoSerialPortError
from motionloop.model.package import model_id
from motionloop.virtual.board import VirtualBoard
from tests.flashing.test_bootloader import Bootloader
from tests.packages import unsigned

pytestmark = pytest.mark.slow

STAND_IN = Path(__file__).parents[1] / "flashing" / "stand_in_pio.py"
ADDRESS = "C0:00:00:00:00:01"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout to stand in, with no model and nothing on USB."""
    (tmp_path / "firmware/lib/wire").mkdir(parents=True)
    (tmp_path / "firmware/lib/wire/wire_layout.h").touch()
    (tmp_path / "platformio.ini").write_text("[env:nano33ble]\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(list_ports, "comports", lambda: [])
    return tmp_path


@pytest.fixture
def port() -> Iterator[str]:
    """A pseudo terminal as the board's serial port."""
    master, slave = os.openpty()
    name = os.ttyname(slave)
    os.close(slave)
    yield name
    os.close(master)


def options(folder: Path, scenario: str, *arguments: str) -> argparse.Namespace:
    pio = folder / f"pio-{scenario.replace(' ', '-')}"
    pio.write_text(f'#!/bin/sh\nexec {sys.executable} -S {STAND_IN} "{scenario}" "$@"\n')
    pio.chmod(0o755)
    parser = argparse.ArgumentParser()
    flash.configure(parser)
    given = ["--pio", str(pio), "--radio", "virtual", "--timeout", "2", "--wait", "0", *arguments]
    return parser.parse_args(given)


class WornBoard:
    """A virtual board on a socket that the stand-in tells what the upload does to it."""

    def __init__(self, boards, folder: Path, restarts: bool = True) -> None:
        self.told: list[str] = []
        self._boards = boards
        self._flash = folder / "board.flash"
        self._restarts = restarts
        self._board: VirtualBoard | None = None

    async def switch_on(self) -> VirtualBoard:
        self._board = await self._boards.start(
            flash=self._flash, address=ADDRESS, name="ML-0001", speed=8.0
        )
        return self._board

    async def obey(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        order = (await reader.readline()).decode().strip()
        self.told.append(order)
        if order == "bootloader" and self._restarts and self._board is not None:
            await self._boards.stop(self._board)
        elif order == "erase" and self._restarts:
            self._flash.write_bytes(b"\xff" * self._flash.stat().st_size)
        elif order == "reset" and self._restarts:
            await self.switch_on()
        writer.write(b"ok\n")
        await writer.drain()
        writer.close()


@asynccontextmanager
async def worn_board(
    boards, folder: Path, monkeypatch: pytest.MonkeyPatch, restarts: bool = True
) -> AsyncIterator[WornBoard]:
    board = WornBoard(boards, folder, restarts)
    path = folder / "board.socket"
    server = await asyncio.start_unix_server(board.obey, path)
    monkeypatch.setenv("STAND_IN_BOARD", str(path))
    await board.switch_on()
    try:
        yield board
    finally:
        server.close()


async def push(package: bytes) -> None:
    async with BoardClient(await find_board(ADDRESS, 5.0, RadioChoice.VIRTUAL)) as client:
        async for _ in client.push(package):
            pass


async def active_model() -> bytes | None:
    async with BoardClient(await find_board(ADDRESS, 5.0, RadioChoice.VIRTUAL)) as client:
        has_model = client.info.active_slot != wire.NO_SLOT
        return unsigned(await client.read_package()) if has_model else None


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


def kept_files(folder: Path) -> list[Path]:
    """The packages that were put aside and not removed."""
    return list(folder.glob("motionloop-*"))


def named_package(error: MotionLoopError) -> bytes:
    """What lies in the file that the error names last."""
    return Path(str(error).rpartition(" ")[2]).read_bytes()


# --- the model comes back -------------------------------------------------------------------------
async def test_an_upload_wipes_the_slots_and_the_model_is_pushed_again(
    boards, folder: Path, port: str, package: bytes, monkeypatch, capsys
) -> None:
    """Read from the board itself, since no folder of models has it."""
    async with worn_board(boards, folder, monkeypatch) as board:
        await push(package)
        await flash.run(options(folder, "first time", "--port", port))
        assert board.told == ["bootloader", "erase", "reset"]
        assert await active_model() == unsigned(package)
    text = said(capsys)
    assert f"ML-0001 runs model {model_id(package).hex()}" in text
    assert "pushed again, model" in text
    assert kept_files(folder) == []


async def test_a_model_of_the_models_folder_is_used_as_it_is(
    boards, folder: Path, port: str, package: bytes, monkeypatch, capsys
) -> None:
    for name, content in (("a", b"torn"), ("b", package[:-1] + b"!"), ("c", package)):
        (folder / "models" / name).mkdir(parents=True)
        (folder / "models" / name / "model.mlpkg").write_bytes(content)
    async with worn_board(boards, folder, monkeypatch):
        await push(package)
        await flash.run(options(folder, "success", "--port", port, "--json"))
        assert await active_model() == unsigned(package)
    printed = capsys.readouterr()
    assert "kept in models/c/model.mlpkg" in " ".join(printed.err.split())
    document = json.loads(printed.out)
    assert document["port"] == port
    restored = document["restored"]
    assert restored["board"]["name"] == "ML-0001"
    assert restored["model_id"] == model_id(package).hex()
    assert restored["labels"] == ["still", "slow", "fast"]
    assert (folder / "models/c/model.mlpkg").read_bytes() == package


async def test_no_push_leaves_the_board_empty(
    boards, folder: Path, port: str, package: bytes, monkeypatch, capsys
) -> None:
    async with worn_board(boards, folder, monkeypatch):
        await push(package)
        await flash.run(options(folder, "success", "--port", port, "--no-push", "--json"))
        assert await active_model() is None
    printed = capsys.readouterr()
    assert "motionloop push models/NAME" in printed.err
    assert json.loads(printed.out) == {"port": port, "restored": None}


async def test_a_board_without_a_model_is_flashed_and_told(
    boards, folder: Path, port: str, monkeypatch, capsys
) -> None:
    async with worn_board(boards, folder, monkeypatch):
        await flash.run(options(folder, "success", "--port", port))
    assert "ML-0001 has no model of yours" in said(capsys)


async def test_without_bluetooth_it_flashes_and_says_how_to_push(
    folder: Path, port: str, capsys
) -> None:
    await flash.run(options(folder, "success", "--port", port, "--timeout", "0.1"))
    text = said(capsys)
    assert "cannot be pushed again automatically: No board was heard within 0.1 s" in text
    assert "motionloop push models/NAME" in text
    assert text.endswith("Uploaded.")


async def test_a_board_of_another_wire_version_is_flashed_all_the_same(
    boards, folder: Path, port: str, capsys
) -> None:
    await boards.start(address=ADDRESS, wire_hash=wire.WIRE_HASH ^ 1)
    await flash.run(options(folder, "success", "--port", port))
    text = said(capsys)
    assert "cannot be pushed again automatically" in text
    assert "another protocol" in text
    assert text.endswith("Uploaded.")


# --- the model does not come back -----------------------------------------------------------------
async def test_the_model_of_another_board_than_the_one_on_usb_is_not_pushed(
    boards, folder: Path, port: str, package: bytes, monkeypatch
) -> None:
    """The only board in range need not be the one on the cable."""
    async with worn_board(boards, folder, monkeypatch, restarts=False):
        await push(package)
        with pytest.raises(NotRestoredError, match=r"did not restart.*motionloop push /") as error:
            await flash.run(options(folder, "success", "--port", port))
    assert unsigned(named_package(error.value)) == unsigned(package)


async def test_a_board_that_stays_away_leaves_the_model_in_its_file(
    boards, folder: Path, port: str, package: bytes, monkeypatch
) -> None:
    monkeypatch.setattr(flash_steps, "connected_again", _soon_given_up)
    async with worn_board(boards, folder, monkeypatch) as board:
        await push(package)
        monkeypatch.setattr(board, "switch_on", _stays_off)
        with pytest.raises(NotRestoredError, match=r"did not come back on air.*Push it") as error:
            await flash.run(options(folder, "success", "--port", port))
    assert unsigned(named_package(error.value)) == unsigned(package)


def _soon_given_up(board):
    return kept_model.connected_again(board, timeout_s=0.3)


async def _stays_off() -> None:
    pass


@pytest.mark.parametrize("scenario", ["compiler error", "no device", "busy"])
async def test_a_failure_that_leaves_the_board_as_it_was_leaves_no_file(
    boards, folder: Path, port: str, package: bytes, monkeypatch, scenario: str
) -> None:
    async with worn_board(boards, folder, monkeypatch, restarts=False):
        await push(package)
        with pytest.raises(MotionLoopError):
            await flash.run(options(folder, scenario, "--port", port))
        assert await active_model() == unsigned(package)
    assert kept_files(folder) == []


async def test_an_upload_that_stops_half_way_keeps_the_model_and_says_where(
    boards, folder: Path, port: str, package: bytes, monkeypatch, capsys
) -> None:
    async with worn_board(boards, folder, monkeypatch):
        await push(package)
        with pytest.raises(UploadInterruptedError, match="page 29 of 67"):
            await flash.run(options(folder, "half way", "--port", port))
    (kept,) = kept_files(folder)
    text = said(capsys)
    assert f"The board's model is kept in {kept}" in text
    assert "SAM-BA operation failed" in text


# --- walking a person through it ------------------------------------------------------------------
@pytest.fixture
def usb(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[ListPortInfo]:
    """What is on USB, to be changed by the test."""
    ports: list[ListPortInfo] = []
    monkeypatch.setattr(list_ports, "comports", lambda: list(ports))
    return ports


def on_usb(device: str, pid: int) -> ListPortInfo:
    port = ListPortInfo(device)
    port.vid, port.pid, port.product = 0x2341, pid, "Nano 33 BLE"
    return port


async def test_a_board_that_is_plugged_in_late_is_waited_for(
    folder: Path, port: str, usb: list[ListPortInfo], capsys
) -> None:
    asyncio.get_running_loop().call_later(0.1, usb.append, on_usb(port, 0x805A))
    await flash.run(options(folder, "success", "--no-push", "--wait", "5"))
    text = said(capsys)
    assert "No board is on USB" in text
    assert "Uploaded." in text


async def test_a_double_tap_lets_the_upload_go_on(
    folder: Path, port: str, usb: list[ListPortInfo], monkeypatch, capsys
) -> None:
    """The bootloader has another port, and another board's bootloader is not taken for it."""
    usb[:] = [on_usb(port, 0x805A), on_usb("/dev/ttyACM8", 0x005A)]
    asked = options(folder, "no bootloader", "--no-push", "--wait", "5", "--port", port)
    master, slave = os.openpty()
    bootloader = os.ttyname(slave)
    os.close(slave)

    async def obey(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        order = await reader.readline()
        if order == b"bootloader\n" and usb[0].device == port:  # a finger is on the button
            usb[0] = on_usb(bootloader, 0x005A)
            options(folder, "success").pio.replace(asked.pio)
        elif order == b"reset\n":
            usb[0] = on_usb(port, 0x805A)
        writer.write(b"ok\n")
        writer.close()

    path = folder / "board.socket"
    monkeypatch.setenv("STAND_IN_BOARD", str(path))
    async with await asyncio.start_unix_server(obey, path):
        await flash.run(asked)
    os.close(master)
    text = said(capsys)
    assert "did not start its bootloader" in text
    assert f"The bootloader is at {bootloader}: once more." in text
    assert f"Uploaded. The board's port is {port} now." in text


async def test_without_waiting_the_advice_is_the_error(folder: Path, port: str) -> None:
    with pytest.raises(BootloaderError, match="button twice"):
        await flash.run(options(folder, "no device", "--no-push", "--port", port))
    with pytest.raises(NoSerialPortError, match="data lines"):
        await flash.run(options(folder, "success"))
    with pytest.raises(MotionLoopError, match="no port /dev/ttyACM99"):
        await flash.run(options(folder, "success", "--port", "/dev/ttyACM99", "--wait", "5"))


async def test_a_board_forgets_its_owner_without_an_upload(folder: Path, capsys) -> None:
    board = Bootloader()
    await flash.run(options(folder, "success", "--port", board.port, "--forget-owner", "--json"))
    assert board.restarted.wait(5)
    board.close()
    printed = capsys.readouterr()
    assert "belongs to nobody now: whoever pushes a model next becomes its owner." in " ".join(
        printed.err.split()
    )
    assert json.loads(printed.out) == {"port": board.port, "restored": None}
