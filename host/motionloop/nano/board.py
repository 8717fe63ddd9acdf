"""The emulated Nano 33 BLE Sense: chip, sensor and LED."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from motionloop import _core
from motionloop.nano.image import Image
from motionloop.nano.processor import FLASH_BYTES
from motionloop.nano.sensors import bmi270, lsm9ds1
from motionloop.nano.sensors.bmi270 import Bmi270
from motionloop.nano.sensors.feed import MotionFeed
from motionloop.nano.sensors.lsm9ds1 import Lsm9ds1
from motionloop.nano.soc import Soc
from motionloop.virtual.motion import BMI270, LSM9DS1, Motion

Revision = Literal["rev1", "rev2", "no sensor"]

DEFAULT_ADDRESS: Final = "C0:DE:1A:2B:3C:4D"
SLOTS_BYTES: Final = _core.FLASH_BYTES  # of the model slots and their journal
SLOTS_START: Final = FLASH_BYTES - SLOTS_BYTES
_LED: Final = {"red": (0, 24), "green": (0, 16), "blue": (0, 6)}  # port and pin; lit when low


class EmulatedNano(Soc):
    """One board with an image, and with motion if it has a sensor.

    `sensor` is the model of its IMU, None without one. `flash` is the first content of the model
    slots (SLOTS_BYTES).
    """

    def __init__(
        self,
        image: Image | Path,
        motion: Motion | None = None,
        revision: Revision = "rev1",
        *,
        flash: bytes | None = None,
        seed: int = 1,
        address: int = int(DEFAULT_ADDRESS.replace(":", ""), 16),
        drift_ppm: float = 0.0,
    ) -> None:
        super().__init__(
            image if isinstance(image, Image) else Image(image), seed=seed, address=address
        )
        self._address = address
        self.sensor: Lsm9ds1 | Bmi270 | None = None
        if revision != "no sensor":
            if motion is None:
                raise ValueError("a board with a sensor needs motion")
            self._add_sensor(revision, motion, drift_ppm)
        if flash is not None:
            self.slots = flash

    def _add_sensor(self, revision: Revision, motion: Motion, drift_ppm: float) -> None:
        kind = LSM9DS1 if revision == "rev1" else BMI270
        feed = MotionFeed(motion, kind.format)
        now: Callable[[], int] = lambda: self.now  # noqa: E731
        if revision == "rev1":
            self.sensor = Lsm9ds1(now, feed, drift_ppm)
            place = lsm9ds1.ADDRESS
        else:
            program = None
            if "bmi270_config_file" in self.image:
                program = self.processor.read(self.image["bmi270_config_file"].address, 8192)
            self.sensor = Bmi270(now, feed, program, drift_ppm)
            place = bmi270.ADDRESS
        for bus in self.twi:
            bus.devices[place] = self.sensor

    @property
    def led(self) -> str:
        """The RGB LED: "off", or its colours, as "red green blue"."""
        lit = [name for name, (port, pin) in _LED.items() if not self.gpio.pin(port, pin)]
        return " ".join(lit) or "off"

    @property
    def slots(self) -> bytes:
        """The flash behind the image: model slots and journal."""
        return self.processor.read(SLOTS_START, SLOTS_BYTES)

    @slots.setter
    def slots(self, contents: bytes) -> None:
        if len(contents) != SLOTS_BYTES:
            raise ValueError(f"the slots are {SLOTS_BYTES} bytes, not {len(contents)}")
        self.processor.write(SLOTS_START, contents)

    @property
    def address(self) -> str:
        """Its Bluetooth address, a public one: "C0:DE:1A:2B:3C:4D"."""
        return ":".join(f"{byte:02X}" for byte in self._address.to_bytes(6, "big"))

    @property
    def name(self) -> str:
        """The board's name on the air, with the last digits of its address."""
        return f"ML-{self._address & 0xFFFF:04X}"
