"""The product's protocol with an emulated Nano over its own link layer, in virtual time.

It does the work of `motionloop.board.client`, as far as tests and benchmarks of the image need.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from motionloop import wire
from motionloop.board import ownership
from motionloop.errors import MotionLoopError
from motionloop.nano.board import EmulatedNano
from motionloop.nano.central import AnyCentral, Central
from motionloop.nano.gatt import GattClient, LinkLost, Notification
from motionloop.nano.hci_central import HciCentral
from motionloop.owner_key import OwnerKey
from motionloop.wire import Opcode, Status

_HEADER = wire.ModelChunkHeader.SIZE
_PART = (wire.MAX_MODEL_WRITE_BYTES - _HEADER) // wire.FLASH_WORD_BYTES * wire.FLASH_WORD_BYTES


class Refused(MotionLoopError):
    """The board refused a command."""

    def __init__(self, opcode: int, status: int, detail: int) -> None:
        super().__init__(f"{Opcode(opcode).name}: {Status(status).name} ({detail})")
        self.status, self.detail = Status(status), detail


@dataclass
class Stream:
    """Motion packets that arrived, and the samples missing between them."""

    packets: list[tuple[int, bytes]] = field(default_factory=list)  # first sequence number, samples
    next_seq: int | None = None
    samples: int = 0
    lost: int = 0

    def add(self, value: bytes) -> None:
        header = wire.MotionHeader.unpack(value)
        if self.next_seq is not None:
            self.lost += header.seq - self.next_seq
        self.next_seq = header.seq + header.count
        self.samples += header.count
        self.packets.append((header.seq, value[wire.MotionHeader.SIZE :]))


class Session:
    """One connected central. Raises LinkLost, AttError and Refused from every method."""

    def __init__(self, nano: EmulatedNano, central: AnyCentral) -> None:
        self._nano = nano
        self.central = central
        self.gatt = GattClient(nano, central)
        self.gatt.on_notification = self._on_notification
        self.stream = Stream()
        self.predictions: list[bytes] = []
        self._replies: list[bytes] = []
        self._tag = 0

    def connect(self, timeout_s: float = 5.0) -> None:
        """Connect and subscribe to everything."""
        self._replies.clear()
        self.gatt.connect(timeout_s)
        for uuid in (wire.REPLY_UUID, wire.MOTION_UUID, wire.PREDICTION_UUID):
            self.gatt.subscribe(uuid)

    def _on_notification(self, notification: Notification) -> None:
        handles = self.gatt.handles
        if notification.handle == handles.get(wire.MOTION_UUID):
            self.stream.add(notification.value)
        elif notification.handle == handles.get(wire.PREDICTION_UUID):
            self.predictions.append(notification.value)
        elif notification.handle == handles.get(wire.REPLY_UUID):
            self._replies.append(notification.value)

    def command(
        self,
        opcode: Opcode,
        arguments: bytes = b"",
        timeout_s: float = 60.0,
        sign: Callable[[bytes], bytes] | None = None,
    ) -> bytes:
        """Send a command and wait for its reply. Returns the result.

        `sign` makes the arguments of SIGNED of the command; None sends the command as it is.
        """
        self._tag = (self._tag + 1) & 0xFF
        handle = self.gatt.handles[wire.COMMAND_UUID]
        value = wire.CommandHeader(opcode, self._tag).pack() + arguments
        if sign is not None:
            value = wire.CommandHeader(Opcode.SIGNED, self._tag).pack() + sign(value)
        self.gatt.write(handle, value)
        found: list[bytes] = []

        def replied() -> bool:
            for reply in self._replies:
                if reply[0] == opcode and reply[1] == self._tag:
                    found.append(reply)
            return bool(found) or not self.central.connected

        self.gatt.wait(replied, timeout_s)
        if not found:
            raise LinkLost(f"No reply to {opcode.name} after {self._nano.now_s:.3f} s.")
        self._replies.remove(found[0])
        header = wire.ReplyHeader.unpack(found[0])
        if header.status != Status.OK:
            raise Refused(header.opcode, header.status, header.detail)
        return found[0][wire.ReplyHeader.SIZE :]

    def signed(self, key: OwnerKey | None, opcode: Opcode, arguments: bytes = b"") -> bytes:
        """Send a command that the owner signs; without a key, as it is. Returns the result."""
        if key is None:
            return self.command(opcode, arguments)
        info, state = self.info(), self.owner_state()
        return self.command(
            opcode,
            arguments,
            sign=lambda command: ownership.signed_arguments(key, info, state, command),
        )

    def owner_state(self) -> wire.OwnerState:
        return wire.OwnerState.unpack(self.command(Opcode.OWNER))

    def info(self) -> wire.Info:
        return wire.Info.unpack(self.gatt.read(self.gatt.handles[wire.INFO_UUID]))

    def counters(self) -> wire.Counters:
        return wire.Counters.unpack(self.command(Opcode.STATUS))

    def start_stream(self, from_seq: int = wire.FROM_NOW, max_delay_ms: int = 33) -> None:
        self.stream = Stream()
        self.command(Opcode.STREAM_START, wire.StreamStart(from_seq, max_delay_ms).pack())

    def begin_push(self, package: bytes, key: OwnerKey | None = None) -> int:
        """Offset at which the board wants the package to go on."""
        begin = wire.ModelBegin(len(package), zlib.crc32(package))
        result = self.signed(key, Opcode.MODEL_BEGIN, begin.pack())
        return wire.ModelOffset.unpack(result).offset

    def push(self, package: bytes, key: OwnerKey | None = None) -> bytes:
        """The model's identity, now active on the board. `key` signs the commands only."""
        self.send_parts(package, key)
        return self.commit(key)

    def send_parts(self, package: bytes, key: OwnerKey | None = None) -> None:
        """All of a package that the board does not have yet."""
        model = self.gatt.handles[wire.MODEL_UUID]
        for at in range(self.begin_push(package, key), len(package), _PART):
            self.gatt.write(model, wire.ModelChunkHeader(at).pack() + package[at : at + _PART])

    def commit(self, key: OwnerKey | None = None) -> bytes:
        """The identity of the model that was sent, now active."""
        return wire.ModelIdentity.unpack(self.signed(key, Opcode.MODEL_COMMIT)).model_id

    def rollback(self, key: OwnerKey | None = None) -> bytes:
        """The identity of the model before, now active again."""
        return wire.ModelIdentity.unpack(self.signed(key, Opcode.ROLLBACK)).model_id


def session_with(
    nano: EmulatedNano, depth: Literal["hci", "radio"], interval_us: int = 15_000
) -> Session:
    """A session that is not connected yet, at one of the two depths."""
    return Session(nano, (HciCentral if depth == "hci" else Central)(nano, interval_us))
