"""What the host makes of a real computer's Bluetooth: each habit by name, in virtual time."""

from __future__ import annotations

import argparse
import asyncio
import gc
import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bleak.backends.device import BLEDevice
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakDBusError,
    BleakGATTProtocolError,
)
from bleak.exc import BleakBluetoothNotAvailableReason as Reason

from motionloop import wire
from motionloop.board import link, radios
from motionloop.board.bluetooth import bluetooth_advice, is_in_progress, said_by, unusable
from motionloop.board.client import BoardClient, PushStage
from motionloop.board.link import FoundBoard, RadioChoice, find_board, scan
from motionloop.board.packets import Packet
from motionloop.commands import info, rollback
from motionloop.errors import BluetoothBusyError, BoardNotFoundError, LinkLostError, NoAdapterError
from motionloop.model.package import model_id, unpack_package
from motionloop.virtual.board import VirtualBoard
from motionloop.virtual.habits import UNLIKELY_ERROR, Habits, bluez, sketch_before

pytestmark = pytest.mark.slow
virtual_time = pytest.mark.virtual_time
VIRTUAL = RadioChoice.VIRTUAL


async def stream(client: BoardClient, samples: int) -> list[Packet]:
    packets: list[Packet] = []
    iterator = client.stream()
    async for packet in iterator:
        packets.append(packet)
        if sum(len(each.raw) for each in packets) >= samples:
            break
    await iterator.aclose()
    return packets


def is_whole(packets: list[Packet]) -> bool:
    numbers = np.concatenate([np.arange(p.seq, p.next_seq) for p in packets])
    return bool((np.diff(numbers) == 1).all())


def now_s() -> float:
    return asyncio.get_running_loop().time()


# --- a link that is lost in a request -----------------------------------------------------------
@virtual_time
async def test_a_request_that_a_lost_link_fails_as_refused_is_a_lost_link(boards, habits) -> None:
    """BlueZ: ATT's Unlikely Error first, the disconnection a moment later."""
    board = await boards.start()
    for later_s in (0.0, 0.02, 1.5):
        habits(Habits(lost_request_code=UNLIKELY_ERROR, loss_told_after_s=later_s))
        client = await boards.client(board)
        for delay_s in (0.002, 0.008, 0.014):
            asyncio.get_running_loop().call_later(delay_s, board.radio.disconnect)
            with pytest.raises(LinkLostError, match="link"):
                await client.link.read(wire.INFO_UUID)
            await client.link.reconnect()
        await client.__aexit__(None, None, None)


@virtual_time
async def test_a_push_whose_links_break_in_requests_goes_on(boards, habits, package: bytes) -> None:
    habits(bluez())
    board = await boards.start()
    client = await boards.client(board)
    loop = asyncio.get_running_loop()
    for number in range(12):
        loop.call_later(0.5 + 1.31 * number, board.radio.disconnect)
    stages = [now.stage async for now in client.push(package)]
    assert stages[-1] is PushStage.DONE
    assert client.reconnects >= 2
    assert client.info.model_id == model_id(package)


@virtual_time
async def test_a_stream_whose_links_break_in_requests_loses_nothing(boards, habits) -> None:
    habits(bluez())
    board = await boards.start()
    client = await boards.client(board)
    loop = asyncio.get_running_loop()
    for number in range(6):
        loop.call_later(1 + 4.013 * number, board.radio.disconnect)
    packets = await stream(client, 119 * 30)
    assert client.reconnects == 6
    assert is_whole(packets)
    assert [packet.gap for packet in packets if packet.gap] == []


@virtual_time
async def test_a_link_that_breaks_while_it_begins_is_begun_again(boards, habits) -> None:
    habits(bluez())
    board = await boards.start()
    found = await find_board(board.address, 10, VIRTUAL)
    for delay_s in np.arange(0.05, 0.9, 0.09):
        breaking = asyncio.get_running_loop().call_later(delay_s, board.radio.disconnect)
        async with BoardClient(found) as client:
            breaking.cancel()
            await client.status()


def break_at(board: VirtualBoard, *numbers: int, taken: bool = False) -> None:
    """The link breaks at these writes from now, which the board has `taken` or not."""
    on_write, count = board.radio._on_write, itertools.count(1)

    def write(uuid: str, value: bytes) -> None:
        is_broken = next(count) in numbers
        if taken or not is_broken:
            on_write(uuid, value)
        if is_broken:
            board.radio.disconnect()

    board.radio._on_write = write


def options(board: VirtualBoard, **others: object) -> argparse.Namespace:
    return argparse.Namespace(board=board.address, radio=VIRTUAL, timeout=5.0, json=False, **others)


async def push_two(board: VirtualBoard, package: bytes) -> list[str]:
    """Two models are pushed; returns their ids as they are shown, the active one last."""
    before = replace(unpack_package(package), labels=("a", "b", "c")).pack()
    async with BoardClient(await find_board(board.address, 5, VIRTUAL)) as client:
        for each in (before, package):
            async for _ in client.push(each):
                pass
    return [model_id(each).hex() for each in (before, package)]


@virtual_time
async def test_info_whose_links_break_in_requests_reads_again(
    boards, habits, package: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    habits(bluez())
    board = await boards.start()
    before, active = await push_two(board, package)
    break_at(board, 1, 3, 6)  # the blinking, the counters, the labels
    await info.run(options(board, blink=1))
    said = capsys.readouterr().out
    assert "LSM9DS1, 119 Hz" in said
    assert f"{active} (still, slow, fast)" in said
    assert before in said


@virtual_time
async def test_info_whose_links_all_break_ends_with_the_reason(boards, habits) -> None:
    habits(bluez())
    board = await boards.start()
    break_at(board, *range(100))
    begin_s = now_s()
    with pytest.raises(LinkLostError, match="link"):
        await info.run(options(board, blink=None))
    assert now_s() - begin_s < 60


@virtual_time
@pytest.mark.parametrize("taken", [False, True])
async def test_a_rollback_whose_link_breaks_goes_back_once(
    boards, habits, package: bytes, capsys: pytest.CaptureFixture[str], taken: bool
) -> None:
    """Whether the board has taken the command or not."""
    habits(bluez())
    board = await boards.start()
    before, active = await push_two(board, package)
    break_at(board, 1, 4, taken=taken)
    await rollback.run(options(board))
    assert f"runs model {before} again (a, b, c)" in " ".join(capsys.readouterr().out.split())
    client = await boards.client(board)
    assert client.info.model_id.hex() == before
    assert client.info.previous_model_id.hex() == active


@virtual_time
async def test_a_rollback_goes_back_once_whenever_its_link_breaks(
    boards, habits, package: bytes
) -> None:
    habits(bluez())
    board = await boards.start()
    await push_two(board, package)
    breaks = 0
    for delay_s in np.arange(0.0, 0.15, 0.025):
        client = await boards.client(board)
        before = client.info.previous_model_id
        asyncio.get_running_loop().call_later(delay_s, board.radio.disconnect)
        assert await client.rollback() == before
        breaks += client.reconnects
        await client.__aexit__(None, None, None)
    assert breaks > 2


# --- the MTU ------------------------------------------------------------------------------------
@virtual_time
async def test_the_write_limit_is_asked_of_the_system(boards, habits, package: bytes) -> None:
    """What bleak remembers is the least there is; a push with that takes ten times as long."""
    board = await boards.start()
    client = await boards.client(board)
    begin_s = now_s()
    async for _ in client.push(package):
        pass
    fast_s = now_s() - begin_s
    habits(Habits(mtu_only_when_asked=True))
    services = client.link._client.services
    assert services.get_characteristic(wire.MODEL_UUID).max_write_without_response_size == 20
    assert await client.link.write_limit() == 244
    begin_s = now_s()
    async for _ in client.push(package):
        pass
    assert now_s() - begin_s < 1.5 * fast_s


# --- held boards --------------------------------------------------------------------------------
@virtual_time
async def test_a_board_that_a_dead_program_left_connected_is_found_and_taken_over(
    boards, habits
) -> None:
    habits(bluez())
    board = await boards.start()
    client = await boards.client(board)
    iterator = client.stream()
    await anext(iterator)
    client.link._client._backend.die()
    await asyncio.sleep(10)
    assert board.radio.connected  # so it does not advertise
    (seen,) = await scan(3.0, VIRTUAL)
    assert (seen.address, seen.held, seen.signal) == (board.address, True, "still connected")
    begin_s = now_s()
    async with BoardClient(await find_board(None, 5.0, VIRTUAL)) as second:
        assert now_s() - begin_s < 2
        assert is_whole(await stream(second, 300))
    assert [b.held for b in await scan(3.0, VIRTUAL)] == [False]
    await iterator.aclose()


async def test_a_board_in_use_by_a_living_program_is_named_and_left_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from bleak.backends.device import BLEDevice

    from motionloop.board import finding, radios

    async def held() -> list[radios.HeldBoard]:
        return [radios.HeldBoard("ML-BUSY", BLEDevice("C0:01", "ML-BUSY", None), True)]

    monkeypatch.setattr(finding.radios.VIRTUAL, "held_boards", held, raising=False)
    (seen,) = await scan(0.2, VIRTUAL)
    assert seen.signal == "in use on this computer"
    with pytest.raises(BoardNotFoundError, match=r"ML-BUSY.*another program.*Close that"):
        await find_board("ml-busy", 0.2, VIRTUAL)
    with pytest.raises(BoardNotFoundError, match=r"another program"):
        await BoardClient(seen).__aenter__()


# --- silence ------------------------------------------------------------------------------------
@virtual_time
async def test_a_system_that_forgets_its_links_without_a_word_is_noticed(
    boards, habits, package: bytes
) -> None:
    """bluetoothd killed and started again: nothing comes, and nobody says why."""
    system = habits(bluez())
    board = await boards.start()
    client = await boards.client(board)
    async for _ in client.push(package):
        pass
    predictions = client.predictions()
    await anext(predictions)

    def killed(is_killed: bool) -> None:
        system.daemon_killed = is_killed

    asyncio.get_running_loop().call_later(2, killed, True)
    asyncio.get_running_loop().call_later(4, killed, False)
    begin_s = now_s()
    packets = await stream(client, 119 * 20)
    assert client.reconnects == 1
    assert is_whole(packets)
    assert now_s() - begin_s < 30
    while (await anext(predictions)).seq_end < packets[-1].seq:
        pass
    await predictions.aclose()


@virtual_time
async def test_a_system_that_stays_away_is_named(boards, habits) -> None:
    system = habits(bluez())
    board = await boards.start()
    client = await boards.client(board)
    asyncio.get_running_loop().call_later(2, setattr, system, "daemon_killed", True)
    with pytest.raises(LinkLostError, match=r"within 30 s\. BlueZ \(bluetoothd\) does not run"):
        await stream(client, 119 * 60)


@virtual_time
async def test_a_board_that_waits_for_lost_completion_events_is_freed(boards, habits) -> None:
    """Its controller never says that packets have left: it may send no more until a link ends."""
    habits(bluez())
    board = await boards.start()
    client = await boards.client(board)
    asyncio.get_running_loop().call_later(2, board.radio.air.lose_completions, 2)
    packets = await stream(client, 119 * 20)
    assert client.reconnects == 1
    assert is_whole(packets)


@virtual_time
async def test_a_stream_that_another_command_ended_begins_again(boards) -> None:
    board = await boards.start()
    client = await boards.client(board)
    iterator = client.stream()
    packets = [await anext(iterator)]
    await client._command(wire.Opcode.STREAM_STOP)
    stopped_s = now_s()
    packets.append(await anext(iterator))
    packets.append(await anext(iterator))
    assert now_s() - stopped_s == pytest.approx(5, abs=0.5)  # of silence
    for _ in range(300):
        packets.append(await anext(iterator))
    assert client.reconnects == 0
    assert is_whole(packets)
    await iterator.aclose()


@virtual_time
async def test_a_stream_left_by_break_is_stopped_and_never_the_next_one(boards) -> None:
    board = await boards.start()
    client = await boards.client(board)
    for _ in range(3):
        async for _packet in client.stream():
            break
        gc.collect()
        begin_s = now_s()
        count = 0
        async for packet in client.stream():
            count += len(packet.raw)
            if count >= 300:
                break
        assert now_s() - begin_s < 4
    gc.collect()
    await asyncio.sleep(1)
    late: list[bytes] = []
    await client.link.subscribe(wire.MOTION_UUID, late.append)
    await asyncio.sleep(1)
    assert late == []


# --- connecting and scanning --------------------------------------------------------------------
@virtual_time
async def test_a_first_connection_is_tried_three_times(boards, habits) -> None:
    board = await boards.start()
    habits(Habits(aborted_connections=2))
    async with BoardClient(await find_board(board.address, 5, VIRTUAL)) as client:
        await client.status()
    habits(Habits(aborted_connections=3))
    with pytest.raises(LinkLostError, match=r"Software caused connection abort\)\. Bring"):
        await BoardClient(client.board).__aenter__()


@virtual_time
async def test_an_adapter_that_is_busy_is_waited_for(boards, habits) -> None:
    board = await boards.start()
    habits(Habits(refused_scans=4))
    assert (await find_board(None, 5, VIRTUAL)).address == board.address


@virtual_time
async def test_an_adapter_that_stays_busy_is_named(boards, habits) -> None:
    await boards.start()
    habits(Habits(refused_scans=None))
    with pytest.raises(BluetoothBusyError, match=r"adapter is busy or does not answer\. Wait"):
        await find_board(None, 5, VIRTUAL)


@virtual_time
async def test_a_scan_that_ends_before_it_has_begun_leaves_the_next_one_alone(
    boards, habits
) -> None:
    board = await boards.start()
    habits(Habits(scan_begins_after_s=2.0))
    assert await scan(1.0, VIRTUAL) == []
    assert [found.address for found in await scan(4.0, VIRTUAL)] == [board.address]


@virtual_time
async def test_a_scan_that_never_begins_ends_all_the_same(boards, habits) -> None:
    await boards.start()
    habits(Habits(scan_begins_after_s=1000.0))
    begin_s = now_s()
    assert await scan(1.0, VIRTUAL) == []
    assert now_s() - begin_s < 10


@virtual_time
async def test_services_of_the_sketch_before_are_read_again(boards, habits) -> None:
    board = await boards.start()
    system = habits(sketch_before())
    async with BoardClient(await find_board(board.address, 5, VIRTUAL)) as client:
        await client.status()
    assert system.remembered is None


@virtual_time
@pytest.mark.parametrize("must_be_heard", [True, False])
async def test_a_board_that_the_system_forgot_is_looked_for_if_it_must_be(
    boards, habits, monkeypatch: pytest.MonkeyPatch, must_be_heard: bool
) -> None:
    """BlueZ forgets the whole board; other systems only its services."""
    board = await boards.start()
    habits(sketch_before())
    found = await find_board(board.address, 5, VIRTUAL)
    forget, looked_for = radios.VIRTUAL.forget_services, []

    async def forgets(device: BLEDevice) -> bool:
        await forget(device)
        return must_be_heard

    async def look_for(address: str, *others: Any) -> FoundBoard:
        looked_for.append(address)
        return await find_board(address, *others)

    monkeypatch.setattr(radios.VIRTUAL, "forget_services", forgets, raising=False)
    monkeypatch.setattr(link, "find_address", look_for)
    async with BoardClient(found) as client:
        await client.status()
    assert looked_for == ([board.address] if must_be_heard else [])


@virtual_time
async def test_disconnecting_takes_its_time(boards, habits) -> None:
    habits(bluez())
    board = await boards.start()
    client = await boards.client(board)
    begin_s = now_s()
    await client.__aexit__(None, None, None)
    assert 2 < now_s() - begin_s < 3
    assert not board.radio.connected


# --- words --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("error", "what", "advice"),
    [
        (BleakBluetoothNotAvailableError("x", Reason.NO_BLUETOOTH), "no adapter", "Plug in"),
        (BleakBluetoothNotAvailableError("x", Reason.DENIED_BY_SYSTEM), "may not", "usermod"),
        (BleakBluetoothNotAvailableError("x", Reason.DENIED_BY_USER), "may not", "log in"),
        (BleakBluetoothNotAvailableError("x", Reason.NO_BLE_CENTRAL_ROLE), "too old", "4.0"),
        (BleakDBusError("org.bluez.Error.InProgress", []), "adapter is busy", "restart bluetooth"),
        (BleakDBusError("org.bluez.Error.NotReady", []), "switched off", ""),
        (
            BleakDBusError("org.freedesktop.DBus.Error.ServiceUnknown", ["x"]),
            "does not run",
            "systemctl start bluetooth",
        ),
        (
            BleakDBusError("org.freedesktop.DBus.Error.AccessDenied", ["x"]),
            "does not let",
            "usermod -a -G bluetooth",
        ),
        (FileNotFoundError(2, "No such file"), "no D-Bus", "apt install bluez"),
    ],
)
@pytest.mark.skipif("sys.platform != 'linux'", reason="other systems have other words")
def test_each_cause_has_its_own_words(
    tmp_path: Path, error: Exception, what: str, advice: str
) -> None:
    said = unusable(error, sys_folder=tmp_path)
    assert what in said.what
    assert advice in said.advice
    assert isinstance(said, NoAdapterError)
    assert "(" not in str(said).split(".")[0].replace("(bluetoothd)", "")


def test_an_adapter_that_is_off_says_how_to_switch_it_on(tmp_path: Path) -> None:
    off = unusable(BleakBluetoothNotAvailableError("x", Reason.POWERED_OFF), sys_folder=tmp_path)
    assert "switched off" in off.what
    assert "bluetoothctl power on" in off.advice or "system's settings" in off.advice


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (BleakGATTProtocolError(UNLIKELY_ERROR), "GATT Protocol Error: Unlikely Error"),
        (BleakBluetoothNotAvailableError("It is off.", Reason.POWERED_OFF), "It is off."),
        (BleakDBusError("org.bluez.Error.Failed", ["abort"]), "[org.bluez.Error.Failed] abort"),
        (KeyError("/org/bluez/hci0"), "the system forgot the board meanwhile"),
        (EOFError(), "EOFError"),
    ],
)
def test_no_python_on_the_screen(error: Exception, words: str) -> None:
    assert said_by(error) == words


def put(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"{text}\n")


@pytest.mark.skipif("sys.platform != 'linux'", reason="other systems have other words")
@pytest.mark.parametrize(
    ("kind", "soft", "hard", "advice"),
    [
        ("bluetooth", "1", "0", "`rfkill unblock bluetooth`"),
        ("bluetooth", "0", "1", "A switch or key"),
        ("bluetooth", "1", "1", "A switch or key"),  # first the one that software cannot turn
        ("bluetooth", "0", "0", "bluetoothctl power on"),
        ("wlan", "1", "1", "bluetoothctl power on"),
    ],
)
def test_a_switch_that_keeps_bluetooth_off_is_named(
    tmp_path: Path, kind: str, soft: str, hard: str, advice: str
) -> None:
    switches = tmp_path / "class/rfkill"
    put(switches, "rfkill0/type", "wlan")
    for name, text in (("type", kind), ("soft", soft), ("hard", hard)):
        put(switches, f"rfkill1/{name}", text)
    off = BleakBluetoothNotAvailableError("x", Reason.POWERED_OFF)
    assert advice in unusable(off, sys_folder=tmp_path).advice
    not_ready = BleakDBusError("org.bluez.Error.NotReady", [])
    assert advice in unusable(not_ready, sys_folder=tmp_path).advice
    # A blocked adapter can vanish from BlueZ altogether.
    gone = unusable(
        BleakDBusError("org.freedesktop.DBus.Error.UnknownObject", []), sys_folder=tmp_path
    )
    assert gone.what == "there is no adapter"
    assert (advice in gone.advice) or ("power on" in advice and "Plug in" in gone.advice)


@pytest.mark.skipif("sys.platform != 'linux'", reason="other systems have other words")
def test_a_bluetooth_that_fails_without_a_word_is_looked_into(tmp_path: Path) -> None:
    system, proc = tmp_path / "sys", tmp_path / "proc"
    assert bluetooth_advice(system, proc).startswith("There is no adapter. Plug in")
    put(system, "class/bluetooth/hci0/uevent", "")
    put(proc, "1/comm", "init")
    assert bluetooth_advice(system, proc).startswith("BlueZ does not run. Start it")
    put(proc, "23/comm", "bluetoothd")
    assert "bluetoothctl power on" in bluetooth_advice(system, proc)
    put(system, "class/rfkill/rfkill0/type", "bluetooth")
    put(system, "class/rfkill/rfkill0/soft", "1")
    assert "rfkill unblock" in bluetooth_advice(system, proc)


@pytest.mark.parametrize(
    ("platform", "denied", "off"),
    [
        ("darwin", "System Settings", "system's settings"),
        ("win32", "privacy settings", "system's settings"),
    ],
)
def test_other_systems_have_their_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, denied: str, off: str
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    unavailable = BleakBluetoothNotAvailableError("x", Reason.DENIED_BY_UNKNOWN)
    assert denied in unusable(unavailable, sys_folder=tmp_path).advice
    unavailable = BleakBluetoothNotAvailableError("x", Reason.POWERED_OFF)
    assert off in unusable(unavailable, sys_folder=tmp_path).advice
    assert off in bluetooth_advice(tmp_path, tmp_path)
    missing = unusable(FileNotFoundError(2, "No such file"), sys_folder=tmp_path)
    assert "D-Bus" not in missing.what  # which is Linux's


@pytest.mark.parametrize(
    "name", ["ServiceUnknown", "NameHasNoOwner", "NoReply", "Spawn.ExecFailed"]
)
def test_each_way_in_which_bluez_is_absent_has_one_advice(tmp_path: Path, name: str) -> None:
    said = unusable(BleakDBusError(f"org.freedesktop.DBus.Error.{name}", []), sys_folder=tmp_path)
    assert said.what == "BlueZ (bluetoothd) does not run"


def test_an_error_without_a_meaning_of_its_own_is_said_as_it_is(tmp_path: Path) -> None:
    said = unusable(BleakDBusError("org.bluez.Error.Failed", ["odd"]), sys_folder=tmp_path)
    assert "odd" in said.what
    assert not is_in_progress(BleakDBusError("org.bluez.Error.Failed", ["odd"]))
    assert not is_in_progress(OSError())
    assert is_in_progress(BleakDBusError("org.bluez.Error.InProgress", []))


def test_without_bluez_there_is_no_adapter_either() -> None:
    gone = unusable(BleakBluetoothNotAvailableError("x", Reason.NO_BLUETOOTH), daemon_runs=False)
    assert gone.what == "BlueZ (bluetoothd) does not run"
