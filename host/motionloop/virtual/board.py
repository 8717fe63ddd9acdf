"""A board without hardware: the real core behind a virtual radio, flash, clock and sensor.

The virtual board behaves as the real board on the desk, limits included, and never hides its kind:
its Info carries BoardFlag.VIRTUAL, and SYNTHETIC when its motion is computed.
"""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path

import numpy as np

from motionloop import _core, wire
from motionloop.virtual.air import RadioLimits
from motionloop.virtual.classifier import ComputingMark, TflmClassifier
from motionloop.virtual.clock import BoardClock
from motionloop.virtual.crypto import Crypto
from motionloop.virtual.motion import Motion
from motionloop.virtual.nor_flash import PIECE_US, NorFlash
from motionloop.virtual.radio import DeviceInformation, VirtualRadio

TURN_US = 5_000  # the board's loop comes around this often
MIN_TURN_S = 0.0005  # of real time: at high speeds turns grow longer instead of costing more
MAX_LATE_US = 200_000  # above real time: a later turn holds the clock
PERIODS_PER_STEP = 16  # as a sensor's FIFO hands samples over

_UUID_OF = {
    _core.NOTIFY_REPLY: wire.REPLY_UUID,
    _core.NOTIFY_MOTION: wire.MOTION_UUID,
    _core.NOTIFY_PREDICTION: wire.PREDICTION_UUID,
}


class VirtualBoard:
    """One virtual board; make it inside a running event loop.

    `speed` is board seconds per second, above 1 at most so many; the board's loop comes around each
    `turn_us`; `drift_ppm` makes the device's clock run fast. `arena_bytes` and `wire_hash` stand in
    for a smaller or differently built board. The samples are numbered from `first_seq` on; a real
    board's begin with 0, and again after 2^32. Without a `flash` file the board forgets its models
    when it stops; a file beside it, which ends in `.mark`, remembers whether a model ended the
    process.
    """

    def __init__(
        self,
        motion: Motion,
        *,
        name: str | None = None,
        address: str | None = None,
        flash: Path | None = None,
        speed: float = 1.0,
        drift_ppm: float = 0.0,
        limits: RadioLimits = RadioLimits(),
        arena_bytes: int = wire.ARENA_BYTES,
        wire_hash: int = wire.WIRE_HASH,
        first_seq: int = 0,
        turn_us: int = TURN_US,
    ) -> None:
        self.motion = motion
        self.clock = BoardClock(speed, drift_ppm)
        self._wire_hash = wire_hash
        self._turn_us = turn_us
        self._periods = 0  # of the sensor's rate, so far
        self._taken = 0  # samples so far
        self.on_air = asyncio.Event()
        sensor = motion.sensor
        version = ".".join(map(str, wire.FIRMWARE_VERSION))
        self.radio = VirtualRadio(
            name,
            self.clock,
            limits,
            self._info,
            self._on_write,
            self._on_link,
            address=address,
            device_information=DeviceInformation(firmware_revision=version),
        )
        flags = wire.BoardFlag.VIRTUAL
        if motion.synthetic:
            flags |= wire.BoardFlag.SYNTHETIC
        self.flash = NorFlash(flash, self.radio.stall, lambda: self.radio.may_stall(PIECE_US))
        mark = ComputingMark(flash.with_name(f"{flash.name}.mark") if flash is not None else None)
        self.core = _core.Board(
            radio=self,
            flash=self.flash,
            classifier=TflmClassifier(arena_bytes, self.clock, mark),
            clock=self.clock,
            crypto=Crypto(),
            firmware=wire.FIRMWARE_VERSION,
            imu=sensor.imu,
            flags=flags,
            boot_id=secrets.randbits(32),
            rate_mhz=sensor.format.rate_mhz,
            accel_ng_per_lsb=sensor.format.accel_ng_per_lsb,
            gyro_nrads_per_lsb=sensor.format.gyro_nrads_per_lsb,
            accel_range_mg=min(round(sensor.accel_range_g * 1000), 0xFFFF),
            gyro_range_dps=min(round(sensor.gyro_range_dps), 0xFFFF),
            arena_bytes=arena_bytes,
            ended_by_fault=mark.ended_the_board,
            first_seq=first_seq,
        )

    @property
    def name(self) -> str:
        return self.radio.name

    @property
    def address(self) -> str:
        return self.radio.address

    @property
    def samples_taken(self) -> int:
        """Number of samples that the sensor has made: the next sample's sequence number."""
        return self._taken

    def notify(self, kind: int, value: bytes) -> bool:
        """The core's radio port."""
        return self.radio.notify(_UUID_OF[kind], value)

    def listened_to(self) -> bool:
        """The core's radio port."""
        return self.radio.listened_to((wire.MOTION_UUID, wire.PREDICTION_UUID))

    def end_link(self) -> None:
        """The core's radio port."""
        self.radio.end_link()

    def forget_owner(self) -> None:
        """Have the board belong to nobody, as a real one does when asked over USB."""
        self.core.forget_owner()

    def disconnect(self) -> None:
        """Fault: the link breaks."""
        self.radio.disconnect()

    def walk_away(self, duration_us: int) -> None:
        """Fault: the wearer is out of range for so long."""
        self.radio.walk_away(duration_us)

    def stall(self, duration_us: int) -> None:
        """Fault: the processor stands still, and the radio with it."""
        self.radio.stall(duration_us)

    async def run(self) -> None:
        """Be a board until cancelled. OSError when no radio port can be opened."""
        self.core.start()
        while self.core.starting:
            self._work()
            await self.clock.sleep_us(TURN_US)
        await self.radio.start()
        self.on_air.set()
        turn_us = max(self._turn_us, MIN_TURN_S * 1e6 * self.clock.speed)
        next_us = float(self.clock.elapsed_us())
        try:
            while True:
                self._turn()
                next_us = max(next_us + turn_us, self.clock.elapsed_us() - turn_us)
                await self.clock.sleep_until_us(next_us)
                late_us = self.clock.elapsed_us() - next_us - MAX_LATE_US
                if self.clock.speed > 1 and late_us > 0:
                    # This computer does not keep up: a slower board, not one that loses samples.
                    self.clock.hold(late_us)
        finally:
            await self.radio.stop()

    def _turn(self) -> None:
        """The sketch's loop(): radio, sensor, then all work that waits."""
        self.radio.poll()
        rate_hz = self.motion.sensor.format.rate_hz
        due = int(self.clock.elapsed_us() * 1e-6 * rate_hz) - self._periods
        while due > 0:
            step = min(due, PERIODS_PER_STEP)
            samples, when = self.motion.take_samples(step)
            seconds = (self._periods + when) / rate_hz * (1 + self.clock.drift_ppm * 1e-6)
            self.core.on_samples(samples, np.rint(seconds * 1e6).astype(np.int64))
            self._taken += len(samples)
            self._periods += step
            due -= step
            self._work()
        self._work()

    def _work(self) -> None:
        # An erase stops the processor: what is left to do waits for a later turn.
        while not self.radio.air.stalled and self.core.step():
            pass

    def _info(self) -> bytes:
        info = self.core.info()
        return self._wire_hash.to_bytes(4, "little") + info[4:]

    def _on_write(self, uuid: str, value: bytes) -> None:
        if uuid == wire.COMMAND_UUID:
            self.core.on_command(value)
        elif uuid == wire.MODEL_UUID:
            self.core.on_model_write(value)

    def _on_link(self, connected: bool) -> None:
        self.core.on_link(connected)
