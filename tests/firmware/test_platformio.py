"""The board's shell as far as it can be checked without its libraries: settings and agreement."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from motionloop import _core, wire
from motionloop.flashing.platformio import ENVIRONMENT
from motionloop.model import package
from motionloop.virtual.motion import BMI270, LSM9DS1, Sensor

ROOT = Path(__file__).parents[2]
SHELL = ROOT / "firmware/src"
CORE = ROOT / "firmware/lib/core"
WIRE = ROOT / "firmware/lib/wire"
SOURCES = sorted([*SHELL.glob("*.h"), *SHELL.glob("*.cpp")])

APPLICATION_START = 0x10000  # behind the bootloader: Arduino's linker script
FLASH_BYTES = 0x100000

# Where the shell's headers come from; a name that ends in "/" is a folder.
LIBRARY_OF = {
    "ArduinoBLE.h": "ArduinoBLE",
    "utility/": "ArduinoBLE",
    "utilities/BMI270-Sensor-API/": "Arduino_BMI270_BMM150",
    "tensorflow/lite/": "Chirale_TensorFLowLite",
}
FRAMEWORK = {
    *("Arduino.h", "FlashIAP.h", "Watchdog.h", "Wire.h", "nrf.h", "hal/us_ticker_api.h"),
    *("mbed_config.h", "mbed_critical.h"),
    *("rtos/EventFlags.h", "rtos/ThisThread.h", "rtos/Thread.h"),
    # Cordio, mbed's Bluetooth controller.
    *("CordioHCIDriver.h", "bb_api.h", "chci_api.h", "custom_chci_tr.h", "hci_defs.h"),
    *("uECC.h", "wsf_buf.h", "wsf_msg.h", "wsf_os.h", "wsf_timer.h"),
}
# They read mbed's settings and do not include them, as Arduino.h does.
READ_SETTINGS = {
    *("CordioHCIDriver.h", "FlashIAP.h", "Watchdog.h", "bb_api.h", "hal/us_ticker_api.h"),
    *("rtos/EventFlags.h", "rtos/ThisThread.h", "rtos/Thread.h"),
}
STANDARD = {"atomic", "chrono", "new", "setjmp.h", "stdint.h", "stdio.h", "string.h"}


@pytest.fixture(scope="module")
def config() -> dict[str, dict[str, Any]]:
    """platformio.ini as PlatformIO reads it."""
    pio = Path(sys.executable).parent / "pio"
    if not pio.exists():
        pytest.skip("PlatformIO is not installed: pip install platformio")
    command = [str(pio), "project", "config", "--project-dir", str(ROOT), "--json-output"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return {name: dict(options) for name, options in json.loads(answer.stdout)}


@pytest.fixture(scope="module")
def environment(config: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return config[f"env:{ENVIRONMENT}"]


def text(name: str) -> str:
    return (SHELL / name).read_text()


def number(pattern: str, source: str) -> int:
    found = re.search(pattern, source)
    assert found is not None, pattern
    return int(found[1], 0)


def test_platformio_finds_our_folders(config: dict[str, dict[str, Any]]) -> None:
    project = config["platformio"]
    assert project["default_envs"] == [ENVIRONMENT]
    assert Path(project["src_dir"]) == SHELL
    assert Path(project["lib_dir"]) == ROOT / "firmware/lib"
    assert Path(project["test_dir"]) == ROOT / "tests/firmware"


def test_platform_and_libraries_are_pinned(environment: dict[str, Any]) -> None:
    assert environment["board"] == "nano33ble"
    assert environment["framework"] == ["arduino"]
    assert re.fullmatch(r"nordicnrf52@\d+\.\d+\.\d+", environment["platform"])
    for library in environment["lib_deps"]:
        assert re.fullmatch(r"[\w-]+/\w+@\d+\.\d+\.\d+", library), library


# PlatformIO adds the flag itself, behind the core's softfp.
def test_the_fpu_is_used(environment: dict[str, Any]) -> None:
    assert "-mfloat-abi=soft" in environment["build_unflags"]


def test_an_image_cannot_reach_the_model_slots(environment: dict[str, Any]) -> None:
    slots = number(r"kStart = (0x\w+);", text("slot_flash.h"))
    assert APPLICATION_START + int(environment["board_upload.maximum_size"]) == slots
    assert slots + _core.FLASH_BYTES == FLASH_BYTES


def test_every_include_has_a_source(environment: dict[str, Any]) -> None:
    libraries = {re.sub(r".*/|@.*", "", library) for library in environment["lib_deps"]}
    own = {path.name for folder in (SHELL, CORE, WIRE) for path in folder.glob("*.h")}
    used = set()
    for path in SOURCES:
        source = path.read_text()
        assert set(re.findall(r'#include "(.+)"', source)) <= own, path
        for header in re.findall(r"#include <(.+)>", source):
            owner = [library for name, library in LIBRARY_OF.items() if header.startswith(name)]
            assert owner or header in FRAMEWORK | STANDARD, (path, header)
            used.update(owner)
    assert used == libraries


def test_mbeds_settings_come_before_the_headers_that_read_them() -> None:
    for path in SOURCES:
        headers = re.findall(r"#include <(.+)>", path.read_text())
        for header in READ_SETTINGS.intersection(headers):
            before = headers[: headers.index(header)]
            assert {"Arduino.h", "mbed_config.h"}.intersection(before), (path, header)


# Whether the linker follows is seen after the link: check_link.py.
def test_wraps_and_their_stand_ins_agree(environment: dict[str, Any]) -> None:
    wrapped = re.findall(r"--wrap=(\w+)", " ".join(environment["build_flags"]))
    shell = "".join(path.read_text() for path in SOURCES)
    assert set(wrapped) == set(re.findall(r"\b__wrap_(\w+)", shell))
    assert environment["extra_scripts"] == ["post:firmware/check_link.py"]


def test_the_librarys_objects_and_ours_agree(environment: dict[str, Any]) -> None:
    replaced = re.findall(r"\bFAKE_(\w+)", " ".join(environment["build_flags"]))
    shell = "".join(path.read_text() for path in SOURCES)
    assert sorted(replaced) == sorted(re.findall(r"^\w+Class& ([A-Z]+) = ", shell, re.MULTILINE))


def test_tflm_has_exactly_the_operators_of_the_wire() -> None:
    added = re.findall(r"^  Add(\w+)\(", text("classifier.cpp"), re.MULTILINE)
    assert [name.lower() for name in added] == [
        operator.name.replace("_", "").lower() for operator in wire.Operator
    ]
    assert len(added) == number(r"MutableOpResolver<(\d+)>", text("classifier.h"))


@pytest.mark.parametrize(
    ("source", "sensor"), [("imu_lsm9ds1.cpp", LSM9DS1), ("imu_bmi270.cpp", BMI270)]
)
def test_virtual_board_has_the_real_sensors_properties(source: str, sensor: Sensor) -> None:
    found = re.search(
        rf"wire::Imu::{sensor.imu.name}, \"Rev\d\", "
        r"\{(\d+), (\d+), (\d+)\}, (\d+), (\d+)\}",
        text(source),
    )
    assert found is not None
    assert [int(group) for group in found.groups()] == [
        round(sensor.format.rate_hz * 1000),
        sensor.format.accel_ng_per_lsb,
        sensor.format.gyro_nrads_per_lsb,
        sensor.accel_range_g * 1000,
        sensor.gyro_range_dps,
    ]


def test_the_shell_neither_stops_nor_allocates() -> None:
    forever = re.compile(r"while \((1|true)\)|for \(;;\)")
    allocates = re.compile(r"\bnew [\w:]|\bmalloc\(|std::(vector|string|function|unique_ptr)")
    for path in SOURCES:
        assert not forever.search(path.read_text()), path
        assert not allocates.search(re.sub(r"//.*", "", path.read_text())), path


@pytest.fixture(scope="module")
def built_in() -> bytes:
    found = re.search(r'\.incbin \\"(.+)\\"', text("builtin_model.cpp"))
    assert found is not None
    return package.load_package(ROOT / found[1])


def test_the_built_in_models_figures_are_its_own(built_in: bytes) -> None:
    figures = json.loads((ROOT / "models/builtin.json").read_text())
    assert figures["model_id"] == package.model_id(built_in).hex()


@pytest.mark.virtual_time
@pytest.mark.parametrize("sensor", [LSM9DS1, BMI270])
async def test_both_revisions_take_the_built_in_model(
    boards: Any, built_in: bytes, sensor: Sensor
) -> None:
    client = await boards.client(await boards.start(sensor=sensor))
    async for _ in client.push(built_in):
        pass
    assert client.info.model_id == package.model_id(built_in)
