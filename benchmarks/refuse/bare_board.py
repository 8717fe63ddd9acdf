"""The real core with flash, TFLM and a radio that takes everything, without air."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import numpy as np

from motionloop import _core, wire
from motionloop.virtual.classifier import TflmClassifier
from motionloop.virtual.crypto import Crypto

_PART_BYTES = 224
_REPLY_BYTES = wire.ReplyHeader.SIZE
# After a wrong signature a board checks the next one a second later.
_BETWEEN_US = 1_100_000


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
    """A board that takes packages, with a central that is connected.

    Args:
        package: The model that runs at first.
    """

    def __init__(self, package: bytes) -> None:
        self._replies: list[bytes] = []
        self._now_us = 0
        self._flash = _QuickFlash()
        self._classifier = _LastModelKept(wire.ARENA_BYTES)
        self._starts = 0
        self.restart()
        if (status := self.push(package)) != wire.Status.OK:
            raise ValueError(f"the board refuses its first model: {status.name}")

    def restart(self) -> None:
        """Take the power away and give it back. The central connects again."""
        self._starts += 1
        self._core = _core.Board(
            radio=self,
            flash=self._flash,
            classifier=self._classifier,
            clock=self,
            crypto=Crypto(),
            firmware=wire.FIRMWARE_VERSION,
            imu=wire.Imu.LSM9DS1,
            flags=wire.BoardFlag.VIRTUAL,
            boot_id=self._starts,
            rate_mhz=119_000,
            accel_ng_per_lsb=244_000,
            gyro_nrads_per_lsb=1_221_730,
            accel_range_mg=8000,
            gyro_range_dps=2000,
            arena_bytes=wire.ARENA_BYTES,
        )
        self._core.start()
        self.connect()
        while self._core.starting:
            self._core.step()
        self._work()  # it erases what a transfer left

    def connect(self) -> None:
        """End the link and make another one."""
        self._core.on_link(False)
        self._core.on_link(True)

    def forget_owner(self) -> None:
        """Do what only somebody with the board in his hands can do."""
        self._core.forget_owner()
        self._work()

    @property
    def info(self) -> wire.Info:
        """What the board says of itself."""
        return wire.Info.unpack(self._core.info())

    @property
    def model_id(self) -> bytes:
        """Of the model that runs."""
        return self.info.model_id

    @property
    def flash(self) -> bytes:
        """All that is in its flash."""
        return self._flash.memory.tobytes()

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

    def _work(self) -> None:
        while self._core.step() or self._core.busy:
            pass

    def send(self, command: bytes) -> tuple[wire.ReplyHeader, bytes]:
        """The reply to a command, and the result in it."""
        self._now_us += _BETWEEN_US
        self._replies.clear()
        self._core.on_command(command)
        self._work()
        return wire.ReplyHeader.unpack(self._replies[-1]), self._replies[-1][_REPLY_BYTES:]

    def command(self, opcode: wire.Opcode, arguments: bytes = b"") -> wire.ReplyHeader:
        """The reply to a command that is not signed."""
        return self.send(wire.CommandHeader(opcode, 1).pack() + arguments)[0]

    def write_model(self, value: bytes) -> None:
        """Write to the model characteristic."""
        self._core.on_model_write(value)
        self._work()  # refusals would fill the replies that wait

    def push(self, package: bytes) -> wire.Status:
        """Begin, send and commit. Returns the first status that is not OK, or OK."""
        self._now_us += wire.UNOWNED_CHANGE_S * 1_000_000  # the board must not refuse it unseen
        begun = self.command(wire.Opcode.MODEL_BEGIN, begin_of(package))
        if begun.status != wire.Status.OK:
            return wire.Status(begun.status)
        for part in parts_of(package):
            self.write_model(part)
        return wire.Status(self.command(wire.Opcode.MODEL_COMMIT).status)


def begin_of(package: bytes) -> bytes:
    """The arguments of MODEL_BEGIN for a package."""
    return wire.ModelBegin(len(package), zlib.crc32(package)).pack()


def parts_of(package: bytes) -> Iterator[bytes]:
    """What is written to the model characteristic, in this order."""
    for offset in range(0, len(package), _PART_BYTES):
        part = package[offset : offset + _PART_BYTES]
        yield wire.ModelChunkHeader(offset).pack() + part
