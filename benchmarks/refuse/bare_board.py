"""The real core with flash, TFLM and a radio that takes everything, without air."""

from __future__ import annotations

import zlib

import numpy as np

from motionloop import _core, wire
from motionloop.virtual.classifier import TflmClassifier
from motionloop.virtual.crypto import Crypto

_PART_BYTES = 224


class _QuickFlash:
    """Flash that erases a page at once."""

    def __init__(self) -> None:
        self.memory = np.full(_core.FLASH_BYTES, 0xFF, np.uint8)

    def erase_page(self, page: int) -> int:
        first = page * wire.FLASH_PAGE_BYTES
        self.memory[first : first + wire.FLASH_PAGE_BYTES] = 0xFF
        return _core.ERASE_DONE

    def program(self, offset: int, data: bytes) -> bool:
        self.memory[offset : offset + len(data)] &= np.frombuffer(data, np.uint8)
        return True


class _LastModelKept(TflmClassifier):
    """TFLM that is not prepared again for the model that it has: after each refusal it is asked."""

    _sound: bytes | None = None

    def load(self, tflite: bytes) -> int:
        if tflite == self._sound:
            return wire.Status.OK
        status = super().load(tflite)
        self._sound = tflite if status == wire.Status.OK else None
        return status


class BareBoard:
    """A board that takes packages.

    Args:
        package: The model that runs at first.
    """

    def __init__(self, package: bytes) -> None:
        self._replies: list[bytes] = []
        self._now_us = 0
        self._core = _core.Board(
            radio=self,
            flash=_QuickFlash(),
            classifier=_LastModelKept(wire.ARENA_BYTES),
            clock=self,
            crypto=Crypto(),
            firmware=wire.FIRMWARE_VERSION,
            imu=wire.Imu.LSM9DS1,
            flags=wire.BoardFlag.VIRTUAL,
            boot_id=1,
            rate_mhz=119_000,
            accel_ng_per_lsb=244_000,
            gyro_nrads_per_lsb=1_221_730,
            accel_range_mg=8000,
            gyro_range_dps=2000,
            arena_bytes=wire.ARENA_BYTES,
        )
        self._core.start()
        self._core.on_link(True)
        if (status := self.push(package)) != wire.Status.OK:
            raise ValueError(f"the board refuses its first model: {status.name}")

    @property
    def model_id(self) -> bytes:
        """Of the model that runs."""
        return wire.Info.unpack(self._core.info()).model_id

    def notify(self, kind: int, value: bytes) -> bool:
        """The core's radio port."""
        if kind == _core.NOTIFY_REPLY:
            self._replies.append(value)
        return True

    def listened_to(self) -> bool:
        """The core's radio port."""
        return True

    def end_link(self) -> None:
        """The core's radio port; never called, since somebody listens."""

    def now_us(self) -> int:
        """The core's clock port."""
        return self._now_us

    def command(self, opcode: wire.Opcode, arguments: bytes = b"") -> wire.ReplyHeader:
        """The reply to a command."""
        self._replies.clear()
        self._core.on_command(wire.CommandHeader(opcode, 1).pack() + arguments)
        while self._core.step() or self._core.busy:
            pass
        return wire.ReplyHeader.unpack(self._replies[-1])

    def push(self, package: bytes) -> wire.Status:
        """Begin, send and commit. Returns the first status that is not OK, or OK."""
        self._now_us += wire.UNOWNED_CHANGE_S * 1_000_000  # the board must not refuse it unseen
        begin = wire.ModelBegin(len(package), zlib.crc32(package)).pack()
        begun = self.command(wire.Opcode.MODEL_BEGIN, begin)
        if begun.status != wire.Status.OK:
            return wire.Status(begun.status)
        for offset in range(0, len(package), _PART_BYTES):
            part = package[offset : offset + _PART_BYTES]
            self._core.on_model_write(wire.ModelChunkHeader(offset).pack() + part)
        return wire.Status(self.command(wire.Opcode.MODEL_COMMIT).status)
