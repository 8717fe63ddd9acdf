"""TWI: the I2C master with a register for each byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from motionloop.nano.peripherals.peripheral import SHORTS, Peripheral
from motionloop.nano.processor import FOREVER, MHZ

if TYPE_CHECKING:
    from motionloop.nano.peripherals.chip import Chip

STARTRX: Final = 0x000
STARTTX: Final = 0x008
STOP: Final = 0x014
SUSPEND: Final = 0x01C
RESUME: Final = 0x020
STOPPED: Final = 0x104
RXDREADY: Final = 0x108
TXDSENT: Final = 0x11C
ERROR: Final = 0x124
BB: Final = 0x138
SUSPENDED: Final = 0x148
ERRORSRC: Final = 0x4C4
ENABLE: Final = 0x500
RXD: Final = 0x518
TXD: Final = 0x51C
FREQUENCY: Final = 0x524
ADDRESS: Final = 0x588

_ENABLED: Final = 5
_ANACK: Final = 1 << 1
_DNACK: Final = 1 << 2
_SHORT_BB_SUSPEND: Final = 1
_SHORT_BB_STOP: Final = 2
_BYTE_NS: Final = {0x01980000: 90_000, 0x04000000: 36_000, 0x06680000: 22_500}  # 9 bits


class I2cDevice(Protocol):
    """A device on the bus."""

    def start(self, reading: bool) -> None:
        """The device was addressed."""

    def read_byte(self) -> int: ...

    def write_byte(self, value: int) -> bool:
        """False: not acknowledged."""
        ...

    def stop(self) -> None: ...


class Twi(Peripheral):
    """Bytes take their time on the bus while the processor goes on.

    `devices` by their 7-bit addresses.
    """

    def __init__(self, soc: Chip, base: int, irq: int) -> None:
        super().__init__(soc, base, irq)
        self.devices: dict[int, I2cDevice] = {}
        self._alarm = soc.processor.add_alarm(self._byte_done)
        self._idle()

    def _idle(self) -> None:
        self._device: I2cDevice | None = None
        self._active = self._reading = self._suspended = False
        self._sending: int | None = None  # the byte on its way; None: an address
        self._addressing = False

    def reset(self) -> None:
        super().reset()
        self._idle()
        self.soc.processor.set_alarm(self._alarm, FOREVER)

    def _later(self, at: int, bytes_: int = 1) -> None:
        ns = _BYTE_NS.get(self.registers.get(FREQUENCY, 0x04000000), 90_000)
        self.soc.processor.set_alarm(self._alarm, at + bytes_ * ns * MHZ // 1000)

    def task(self, offset: int, at: int) -> None:
        if self.registers.get(ENABLE, 0) & 0xF != _ENABLED:
            return
        if offset in (STARTRX, STARTTX):
            self._device = self.devices.get(self.registers.get(ADDRESS, 0) & 0x7F)
            self._reading, self._active, self._suspended = offset == STARTRX, True, False
            self._addressing = True
            if self._device is not None:
                self._device.start(self._reading)
            self._sending = None
            # A transmission puts the address out with its first byte.
            if self._reading or self._device is None:
                self._later(at, 2 if self._device is not None else 1)
        elif offset == STOP:
            self._stop(at)
        elif offset == SUSPEND:
            self._suspended = True
        elif offset == RESUME and self._suspended:
            self._suspended = False
            if self._active and self._reading:
                self._later(at)

    def written(self, offset: int, value: int) -> None:
        if offset == TXD and self._active and not self._reading:
            self._sending = value & 0xFF
            if self._device is not None:
                self._later(self.soc.now, 2 if self._addressing else 1)
            self._addressing = False
        elif offset == ERRORSRC:
            self.registers[ERRORSRC] = 0  # ones clear

    def _stop(self, at: int) -> None:
        if self._active and self._device is not None:
            self._device.stop()
        self._active = False
        self.soc.processor.set_alarm(self._alarm, FOREVER)
        self.event(STOPPED, at)

    def _byte_done(self, at: int) -> None:
        if self._device is None:
            self.registers[ERRORSRC] = self.registers.get(ERRORSRC, 0) | _ANACK
            self.event(ERROR, at)
        elif self._reading:
            self._received(at)
        elif self._sending is not None:
            byte, self._sending = self._sending, None
            if self._device.write_byte(byte):
                self.event(BB, at)
                self.event(TXDSENT, at)
            else:
                self.registers[ERRORSRC] = self.registers.get(ERRORSRC, 0) | _DNACK
                self.event(ERROR, at)

    def _received(self, at: int) -> None:
        assert self._device is not None
        shorts = self.registers.get(SHORTS, 0)
        self.registers[RXD] = self._device.read_byte()
        self.event(BB, at)
        self.event(RXDREADY, at)
        if shorts & _SHORT_BB_STOP:
            self._stop(at)
        elif shorts & _SHORT_BB_SUSPEND:
            self._suspended = True
            self.event(SUSPENDED, at)
        else:
            self._later(at)
