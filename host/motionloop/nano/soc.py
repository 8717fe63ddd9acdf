"""The nRF52840: processor, memory and peripherals, put together."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable
from typing import Final, TypeVar

from motionloop.nano import image as images
from motionloop.nano.image import Image
from motionloop.nano.peripherals import clock_power, information
from motionloop.nano.peripherals.clock_power import ClockPower
from motionloop.nano.peripherals.gpio import Gpio
from motionloop.nano.peripherals.nvmc import Nvmc
from motionloop.nano.peripherals.peripheral import Peripheral
from motionloop.nano.peripherals.ppi import Ppi
from motionloop.nano.peripherals.radio import Radio
from motionloop.nano.peripherals.rng import Rng
from motionloop.nano.peripherals.rtc import Rtc
from motionloop.nano.peripherals.temp import Temp
from motionloop.nano.peripherals.timer import Timer
from motionloop.nano.peripherals.twi import Twi
from motionloop.nano.peripherals.uarte import Uarte
from motionloop.nano.peripherals.wdt import Wdt
from motionloop.nano.processor import FICR_START, FLASH_WAIT_STATES, MHZ, RAM_BYTES, Processor

P = TypeVar("P", bound=Peripheral)

_RESET_US: Final = 1000  # about; a chip that resets itself at once takes its time, too
_MOST_FAULTS: Final = 100  # that are kept
_GPIO: Final = 0x50000000
# Peripherals that the image sets up and that do nothing here: SAADC, ECB, CCM and AAR,
# EGU, PWM, USBD, QSPI and the rest. Their registers remember.
_REMEMBERING: Final = range(0x40000000, 0x40080000, 0x1000)


class Soc:
    """One chip with an image in its flash.

    `now` is its time in cycles of 64 MHz; it goes on through resets. Everything random comes from
    `seed`: RAM at power-on, the noise generator, half-erased flash.
    """

    def __init__(
        self,
        image: Image,
        *,
        seed: int = 1,
        address: int = 0xC0DE1A2B3C4D,
        start: int = images.START,
        flash_wait: int = FLASH_WAIT_STATES,
    ) -> None:
        self.image = image
        self.random = random.Random(seed)
        self._start = start
        self.processor = Processor(self.random.randbytes(RAM_BYTES), flash_wait)
        self.processor.write(FICR_START, information.contents(address, self.random.getrandbits(64)))
        for where, data in image.segments:
            self.processor.write(where, data)
        self.resets: list[tuple[int, int]] = []  # (cycle, RESETREAS) of each after power-on
        self.faults: list[str] = []  # of the processor
        self._reset_for = 0
        self._after_reset: list[Callable[[], None]] = []
        self._peripherals: dict[int, Peripheral] = {}
        self.ppi = self._add(Ppi(self, 0x4001F000))
        self.clock_power = self._add(ClockPower(self, 0x40000000))
        self.radio = self._add(Radio(self, 0x40001000))
        self.twi = [self._add(Twi(self, 0x40003000, 3)), self._add(Twi(self, 0x40004000, 4))]
        self._timers = [
            self._add(Timer(self, base, irq))
            for base, irq in ((0x40008000, 8), (0x40009000, 9), (0x4000A000, 10),
                              (0x4001A000, 26), (0x4001B000, 27))
        ]  # fmt: skip
        self._rtcs = [
            self._add(Rtc(self, base, irq))
            for base, irq in ((0x4000B000, 11), (0x40011000, 17), (0x40024000, 36))
        ]
        self._add(Uarte(self, 0x40002000))
        self._add(Temp(self, 0x4000C000))
        self._add(Rng(self, 0x4000D000))
        self.wdt = self._add(Wdt(self, 0x40010000))
        self.nvmc = self._add(Nvmc(self, 0x4001E000))
        for base in _REMEMBERING:
            if base not in self._peripherals:
                self._add(Peripheral(self, base))
        self.gpio = Gpio()
        self.processor.add_peripheral(_GPIO, self.gpio.read, self.gpio.write)
        self.processor.map_peripherals(0x40000000, 0x80000)
        self.processor.map_peripherals(_GPIO, 0x1000)
        self.processor.map_peripherals(0x5002A000, 0x2000)  # CRYPTOCELL
        self.processor.on_fault(self._faulted)
        self.processor.on_reset_request(lambda: self.request_reset(clock_power.RESET_SOFTWARE))
        # Product Specification 5.3.7: without a debugger, lockup resets the chip.
        self.processor.on_lockup(lambda: self.request_reset(clock_power.RESET_LOCKUP))
        self.power_on()

    def _add(self, peripheral: P) -> P:
        self._peripherals[peripheral.base] = peripheral
        self.processor.add_peripheral(peripheral.base, peripheral.read, peripheral.write)
        return peripheral

    @property
    def now(self) -> int:
        return self.processor.cycles

    @property
    def now_s(self) -> float:
        return self.now / (MHZ * 1e6)

    def peripheral_at(self, address: int) -> Peripheral:
        """The peripheral with a register at this address."""
        return self._peripherals[address & ~0xFFF]

    def timers_changed(self) -> None:
        """The PPI listens to other events now."""
        for timer in self._timers:
            timer.update_alarm()

    def lfclk_changed(self, at: int) -> None:
        """The clock of 32.768 kHz was started or stopped."""
        for rtc in self._rtcs:
            rtc.clock_changed(at)

    def on_reset(self, call: Callable[[], None]) -> None:
        """Call after each reset and each power-on."""
        self._after_reset.append(call)

    def power_on(self) -> None:
        """Switch the supply on: RAM holds noise, the flash keeps its content."""
        self._reset_peripherals(0)
        self.processor.write(0x20000000, self.random.randbytes(RAM_BYTES))
        self.processor.reset(self._start)

    def request_reset(self, reason: int) -> None:
        """Reset the chip before the next instruction; RAM stays as it is."""
        self._reset_for |= reason
        self.processor.stop()

    def _reset(self) -> None:
        reason, self._reset_for = self._reset_for, 0
        self.resets.append((self.now, reason))
        self.processor.spend(_RESET_US * MHZ)
        self._reset_peripherals(reason)
        self.processor.reset(self._start)

    def _reset_peripherals(self, reason: int) -> None:
        for peripheral in self._peripherals.values():
            if peripheral is self.clock_power:
                self.clock_power.reset(reason)
            elif peripheral is self.wdt and reason and not reason & clock_power.RESET_WATCHDOG:
                continue  # the watchdog runs on
            else:
                peripheral.reset()
        self.gpio.reset()
        for call in self._after_reset:
            call()

    def _faulted(self, kind: str, pc: int, address: int) -> None:
        if len(self.faults) >= _MOST_FAULTS:
            return  # a program that does nothing else
        caller = self.processor.register("LR")
        self.faults.append(
            f"{kind} (address {address:#x}) at {self.image.where(pc)}, "
            f"called from {self.image.where(caller)}, {self.now_s:.6f} s"
        )

    def run_until(self, cycle: int) -> None:
        """Let time pass. Raises the error of a peripheral or a hook, such as PowerCut."""
        while self.now < cycle:
            self.processor.run(cycle)
            if self._reset_for:
                self._reset()

    def run_for(self, seconds: float) -> None:
        self.run_until(self.now + round(seconds * MHZ * 1e6))

    # --- as a debugger sees it ---

    def words(self, name: str, count: int = 1) -> tuple[int, ...]:
        """The words of a variable of the image."""
        data = self.processor.read(self.image[name].address, 4 * count)
        return struct.unpack(f"<{count}I", data)
