"""What is asked of the operating system beside bleak, and what its answers mean."""

from __future__ import annotations

import asyncio
import socket
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from bleak.exc import BleakDBusError, BleakError

from motionloop import wire
from motionloop.board import bluez, radios

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="BlueZ is Linux's")

ADAPTER = "/org/bluez/hci0"
BOARD, PHONE, AWAY = (f"{ADAPTER}/dev_{name}" for name in ("BOARD", "PHONE", "AWAY"))
DEVICE, CHARACTERISTIC = "org.bluez.Device1", "org.bluez.GattCharacteristic1"


def variants(**properties: Any) -> dict[str, Any]:
    return {key: SimpleNamespace(value=value) for key, value in properties.items()}


def device(address: str, connected: bool = True, **others: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {"Address": address, "UUIDs": [wire.SERVICE_UUID], "Name": "ML-1"}
    return {DEVICE: variants(Connected=connected, **facts | others)}


class BlueZ:
    """Answers calls over D-Bus as bluetoothd does; `error` is raised instead."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.error: BaseException | None = None
        self.answer: Any = None
        self.objects: dict[str, dict[str, Any]] = {ADAPTER: {"org.bluez.Adapter1": {}}}
        self.removed: list[tuple[str, str]] = []
        monkeypatch.setattr(bluez, "_call", self.call)

    async def call(
        self, path: str, interface: str, member: str, _: str = "", body: Any = (), *others: str
    ) -> list[Any]:
        if self.error is not None:
            raise self.error
        if member == "GetManagedObjects":
            return [self.objects]
        if member == "RemoveDevice":
            self.removed.append((path, *body))
            return []
        return [self.answer]

    def listens(self, uuid: str, notifying: bool, of: str = BOARD) -> None:
        self.objects[f"{of}/service1/char2"] = {
            CHARACTERISTIC: variants(UUID=uuid, Notifying=notifying)
        }


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> BlueZ:
    return BlueZ(monkeypatch)


async def test_connected_boards_are_held_and_nothing_else(system: BlueZ) -> None:
    system.objects[BOARD] = device("C0:01")
    system.objects[PHONE] = device("C0:02", UUIDs=["0000110a-0000-1000-8000-00805f9b34fb"])
    system.objects[AWAY] = device("C0:03", connected=False)
    (held,) = await radios.SYSTEM.held_boards()
    assert (held.name, held.in_use) == ("ML-1", False)
    assert (held.device.address, held.device.details["path"]) == ("C0:01", BOARD)


@pytest.mark.parametrize(
    ("uuid", "notifying", "of", "in_use"),
    [
        (wire.REPLY_UUID, True, BOARD, True),
        (wire.REPLY_UUID, False, BOARD, False),
        (wire.MOTION_UUID, True, BOARD, False),
        (wire.REPLY_UUID, True, f"{BOARD}2", False),
    ],
)
async def test_a_board_is_in_use_while_a_program_listens_to_its_replies(
    system: BlueZ, uuid: str, notifying: bool, of: str, in_use: bool
) -> None:
    system.objects[BOARD] = device("C0:01")
    system.listens(uuid, notifying, of)
    assert [held.in_use for held in await radios.SYSTEM.held_boards()] == [in_use]


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"Name": "ML-1", "Alias": "mine"}, "ML-1"),
        ({"Name": "", "Alias": "mine"}, "mine"),
        ({"Name": ""}, "C0:01"),
    ],
)
async def test_a_held_board_has_a_name(system: BlueZ, facts: dict[str, str], name: str) -> None:
    system.objects[BOARD] = device("C0:01", **facts)
    assert [held.name for held in await radios.SYSTEM.held_boards()] == [name]


@pytest.mark.parametrize("error", [BleakError("x"), OSError(), EOFError(), TimeoutError()])
async def test_what_bluez_does_not_tell_is_not_known(system: BlueZ, error: BaseException) -> None:
    system.error = error
    assert await radios.SYSTEM.held_boards() == []
    assert await radios.SYSTEM.daemon_runs()


@pytest.mark.virtual_time
async def test_held_boards_are_not_waited_for(
    system: BlueZ, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scan goes on beside it, and a system that hangs must not hold up its end."""

    async def hang(*_: Any) -> list[Any]:
        await asyncio.sleep(3600)
        return []

    monkeypatch.setattr(bluez, "_call", hang)
    begin_s = asyncio.get_running_loop().time()
    assert await radios.SYSTEM.held_boards() == []
    assert asyncio.get_running_loop().time() - begin_s == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize("runs", [True, False])
async def test_the_daemon_runs_or_not(system: BlueZ, runs: bool) -> None:
    system.answer = runs
    assert await radios.SYSTEM.daemon_runs() is runs
    assert await radios.VIRTUAL.daemon_runs()  # the virtual air needs no daemon


CHARACTERISTIC_OF_BOARD: Any = SimpleNamespace(
    obj=(f"{BOARD}/service1/char3", {}), max_write_without_response_size=20
)


async def test_a_write_carries_the_mtu_less_three_bytes(system: BlueZ) -> None:
    system.answer = SimpleNamespace(value=247)
    assert await radios.SYSTEM.max_write(CHARACTERISTIC_OF_BOARD) == 244


async def test_before_bluez_tells_the_mtu_bleaks_guess_counts(system: BlueZ) -> None:
    system.error = BleakDBusError("org.freedesktop.DBus.Error.InvalidArgs", ["No such property"])
    assert await radios.SYSTEM.max_write(CHARACTERISTIC_OF_BOARD) == 20
    system.error = BleakDBusError("org.freedesktop.DBus.Error.UnknownObject", ["gone"])
    with pytest.raises(BleakDBusError, match="gone"):
        await radios.SYSTEM.max_write(CHARACTERISTIC_OF_BOARD)


async def test_forgetting_services_removes_the_device_which_must_be_heard_again(
    system: BlueZ,
) -> None:
    board = BLEDevice("C0:01", "ML-1", {"path": BOARD})
    assert await radios.SYSTEM.forget_services(board)
    assert system.removed == [(ADAPTER, BOARD)]
    system.error = BleakDBusError("org.bluez.Error.DoesNotExist", [])
    assert await radios.SYSTEM.forget_services(board)  # forgotten already


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where D-Bus would listen."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'bus'}")
    return tmp_path / "bus"


@pytest.mark.virtual_time
async def test_a_bus_that_does_not_answer_is_given_up_after_5_s(bus: Path) -> None:
    begin_s = asyncio.get_running_loop().time()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(bus))
        listening.listen()
        with pytest.raises(TimeoutError):
            await bluez.runs()
    assert asyncio.get_running_loop().time() - begin_s == pytest.approx(5, abs=0.2)


async def test_without_a_bus_nothing_is_known_of_the_daemon(bus: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        await bluez.runs()
    assert await radios.SYSTEM.daemon_runs()


async def test_elsewhere_services_are_read_afresh_without_being_heard_again(
    monkeypatch: pytest.MonkeyPatch, system: BlueZ
) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert not await radios.SYSTEM.forget_services(BLEDevice("C0:01", "ML-1", None))
    assert system.removed == []
    assert await radios.SYSTEM.max_write(CHARACTERISTIC_OF_BOARD) == 20
    assert await radios.SYSTEM.held_boards() == []
    assert await radios.SYSTEM.daemon_runs()


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_only_boards_are_heard(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    """Elsewhere the system sees to it; BlueZ also gives devices that were boards before."""
    given: dict[str, Any] = {}

    def scanner(heard: radios.Heard, uuids: list[str] | None = None, **options: Any) -> None:
        given.update(heard=heard, uuids=uuids, options=options)

    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr(radios, "BleakScanner", scanner)
    heard: list[str] = []
    radios.SYSTEM.scanner(lambda found, _: heard.append(found.address))
    if platform != "linux":
        assert (given["uuids"], given["options"]) == ([wire.SERVICE_UUID], {})
        return
    assert given["options"] == {"bluez": {"filters": {"UUIDs": [wire.SERVICE_UUID]}}}
    for address, uuids in (("C0:01", [wire.SERVICE_UUID]), ("C0:02", [])):
        advertisement = AdvertisementData("ML-1", {}, {}, uuids, None, -60, ())
        given["heard"](BLEDevice(address, "ML-1", None), advertisement)
    assert heard == ["C0:01"]
