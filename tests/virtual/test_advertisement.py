"""The virtual board advertises what a real one does, and the scanner takes every legal form."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from bleak import BleakClient, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from bumble import hci
from bumble.controller import Controller
from bumble.core import UUID, AdvertisingData
from bumble.device import Device, DeviceConfiguration
from bumble.host import Host

from motionloop import wire
from motionloop.virtual.advertisement import Heard, advertising_data, name_of
from motionloop.virtual.air import RadioLimits
from motionloop.virtual.bleak_backend import BleakClientVirtual, BleakScannerVirtual
from motionloop.virtual.clock import BoardClock
from motionloop.virtual.radio import VirtualRadio

ADDRESS = "0C:12:34:56:3F:7A"
SERVICE = bytes(UUID(wire.SERVICE_UUID))
BATTERY_16, BATTERY_32 = b"\x0f\x18", b"\x0f\x18\x00\x00"
BATTERY_UUID = "0000180f-0000-1000-8000-00805f9b34fb"
FLAGS = b"\x02\x01\x06"


def field(kind: int, value: bytes) -> bytes:
    return bytes([1 + len(value), kind]) + value


@asynccontextmanager
async def radio(address: str | None = ADDRESS) -> AsyncIterator[VirtualRadio]:
    made = VirtualRadio(
        None,
        BoardClock(),
        RadioLimits(),
        info=lambda: b"described",
        on_write=lambda uuid, value: None,
        on_link=lambda linked: None,
        address=address,
    )
    await made.start()

    async def poll() -> None:
        while True:
            made.poll()
            await asyncio.sleep(0.005)

    polling = asyncio.create_task(poll())
    try:
        yield made
    finally:
        polling.cancel()
        await made.stop()


@asynccontextmanager
async def another(
    on_the_air_of: VirtualRadio, address: hci.Address, advertisement: bytes
) -> AsyncIterator[None]:
    """A device that is no board of ours, on the same air."""
    link = on_the_air_of._controller.link
    controller = Controller("another", link=link, public_address=address)
    device = Device(
        config=DeviceConfiguration(name="", address=address), host=Host(controller, controller)
    )
    await device.power_on()
    kind = hci.OwnAddressType.PUBLIC if address.is_public else hci.OwnAddressType.RANDOM
    await device.start_advertising(
        advertising_data=advertisement,
        own_address_type=kind,
        advertising_interval_min=100,
        advertising_interval_max=100,
    )
    try:
        yield
    finally:
        await device.power_off()
        for advertising_set in controller.advertising_sets.values():
            advertising_set.stop()
        link.remove_controller(controller)


async def heard(service_uuids: list[str] | None) -> dict[str, tuple[BLEDevice, AdvertisementData]]:
    return await BleakScanner.discover(
        1.0, return_adv=True, backend=BleakScannerVirtual, service_uuids=service_uuids
    )


@pytest.mark.virtual_time
async def test_advertisement_is_byte_for_byte_what_arduinoble_sends() -> None:
    expected = FLAGS + field(0x06, SERVICE) + field(0x09, b"ML-3F7A")
    assert len(expected) == 30
    async with radio():
        found = await heard([wire.SERVICE_UUID])
        _, advertisement = found[ADDRESS]
        (report,) = advertisement.platform_data
        assert report.is_legacy
        assert report.is_connectable
        assert bytes(report.data) == expected  # the scan response included, which is empty
        assert report.address == hci.Address(ADDRESS, hci.Address.PUBLIC_DEVICE_ADDRESS)


@pytest.mark.virtual_time
async def test_name_is_ml_and_the_last_digits_of_the_address() -> None:
    assert name_of("aa:bb:cc:dd:ee:0f") == "ML-EE0F"
    async with radio(None) as first, radio(None) as second:
        assert first.address != second.address
        for each in (first, second):
            assert each.name == name_of(each.address)
            assert int(each.address[:2], 16) & 3 == 0  # neither multicast nor locally assigned


@pytest.mark.parametrize("name", ["", "MotionLoop"])
def test_name_must_fit_the_advertisement(name: str) -> None:
    with pytest.raises(ValueError, match="choose another name"):
        advertising_data(name)


@pytest.mark.parametrize("kind", [0x06, 0x07])
@pytest.mark.parametrize("name_kind", [0x08, 0x09])
@pytest.mark.parametrize("is_public", [True, False])
@pytest.mark.virtual_time
async def test_scanner_takes_lists_names_and_addresses_of_every_kind(
    kind: int, name_kind: int, is_public: bool
) -> None:
    types = hci.Address.RANDOM_DEVICE_ADDRESS, hci.Address.PUBLIC_DEVICE_ADDRESS
    address = hci.Address("C0:00:00:00:00:77", types[is_public])
    advertisement = FLAGS + field(name_kind, b"ML-0077") + field(kind, SERVICE)
    async with radio() as board, another(board, address, advertisement):
        device, advertised = (await heard([wire.SERVICE_UUID]))["C0:00:00:00:00:77"]
        assert (device.name, advertised.local_name) == ("ML-0077", "ML-0077")
        assert advertised.service_uuids == [wire.SERVICE_UUID]
        async with BleakClient(device, backend=BleakClientVirtual) as client:
            assert client.is_connected


@pytest.mark.parametrize(
    ("kind", "value"),
    [(0x02, BATTERY_16), (0x03, BATTERY_16), (0x04, BATTERY_32), (0x05, BATTERY_32)],
)
@pytest.mark.virtual_time
async def test_scanner_takes_short_uuids_too(kind: int, value: bytes) -> None:
    address = hci.Address("C0:00:00:00:00:77")
    async with radio() as board, another(board, address, FLAGS + field(kind, value)):
        assert list(await heard([BATTERY_UUID])) == ["C0:00:00:00:00:77"]
        assert list(await heard([wire.SERVICE_UUID])) == [ADDRESS]


def test_service_and_name_may_be_split_between_advertisement_and_scan_response() -> None:
    for packets in (
        [FLAGS + field(0x06, SERVICE), field(0x09, b"ML-3F7A")],
        [field(0x09, b"ML-3F7A"), FLAGS + field(0x07, SERVICE)],
        [
            field(0x09, b"ML-3F7A") + field(0x02, BATTERY_16),
            field(0x08, b"ML") + field(0x06, SERVICE),
        ],
    ):
        device = Heard()
        for packet in packets * 2:
            device.add(AdvertisingData.from_bytes(packet))
        assert device.name == "ML-3F7A"
        assert device.service_uuids[-1] == wire.SERVICE_UUID
        assert len(device.service_uuids) == len(set(device.service_uuids))


def test_malformed_advertisements_are_passed_over() -> None:
    device = Heard()
    for packet in (field(0x06, SERVICE[:-1]), field(0x03, b"\x0f"), b"\x1e\x09ML", b"\xff", b""):
        device.add(AdvertisingData.from_bytes(packet))
    assert device.service_uuids == []
    device.add(AdvertisingData.from_bytes(field(0x09, b"ML-\xff\xfe")))
    assert device.name is not None
    assert device.name.startswith("ML-")
