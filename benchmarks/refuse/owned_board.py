"""A board with an owner, and what the owner's host sends to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from benchmarks.refuse.bare_board import BareBoard, begin_of, parts_of
from motionloop import wire
from motionloop.board import ownership
from motionloop.model.package import unpack_package
from motionloop.model.signing import sign_package
from motionloop.owner_key import OwnerKey
from motionloop.wire import Opcode, Status

_FIRST_COUNTER = 1_000_000


@dataclass(frozen=True)
class Sent:
    """One write to the board: a command, or a part of a package."""

    value: bytes
    is_command: bool = True


def command_of(opcode: Opcode, arguments: bytes = b"") -> bytes:
    """A command with its header."""
    return wire.CommandHeader(opcode, 1).pack() + arguments


def with_signature(signature: bytes, command: bytes) -> bytes:
    """What is sent of a signed command."""
    return command_of(Opcode.SIGNED, wire.SignedHeader(signature).pack() + command)


class OwnedBoard(BareBoard):
    """A board that its owner has pushed two models to.

    Args:
        package: The model that runs; another one can be gone back to.

    Attributes:
        key: The owner's.
        counter: Of the newest package.
        claimed: What the owner sent to make the board his.
    """

    def __init__(self, package: bytes) -> None:
        self._sent: list[Sent] = []
        super().__init__(package)
        self._package = package
        self.claimed = self.claim(OwnerKey.make())
        if self.push_as_owner(self.next_package()) != Status.OK:
            raise ValueError("the board refuses its owner's model")

    def claim(self, key: OwnerKey) -> list[Sent]:
        """Make the board without an owner that of a key, and return what was sent for that."""
        self.key = key
        self.counter = _FIRST_COUNTER

        def push() -> Status:
            labels = unpack_package(self._package).labels
            other = replace(unpack_package(self._package), labels=labels[::-1]).pack()
            self.order(Opcode.CLAIM, wire.Claim(key.public).pack())
            return self.push(sign_package(other, key, self.counter))

        sent, status = self.recorded(push)
        if status != Status.OK:
            raise ValueError(f"the board refuses its first owner: {status.name}")
        return sent

    def recorded(self, work: Callable[[], Status]) -> tuple[list[Sent], Status]:
        """What a piece of work sends to the board, and how it ended."""
        self._sent.clear()
        status = work()
        return self._sent.copy(), status

    def next_package(self) -> bytes:
        """The model that ran at first, signed for the next push."""
        return sign_package(self._package, self.key, self.counter + 1)

    def state(self) -> wire.OwnerState:
        """What OWNER answers; its challenge is the one that counts from now on."""
        return wire.OwnerState.unpack(self.send(command_of(Opcode.OWNER))[1])

    def signed(self, command: bytes) -> bytes:
        """What the owner sends to give a command."""
        arguments = ownership.signed_arguments(self.key, self.info, self.state(), command)
        return command_of(Opcode.SIGNED, arguments)

    def order(self, opcode: Opcode, arguments: bytes = b"") -> Status:
        """Give a command as the owner."""
        return Status(self.send(self.signed(command_of(opcode, arguments)))[0].status)

    def transfer(self, package: bytes) -> Status:
        """Send a package as the owner, and do not commit it."""
        if (status := self.order(Opcode.MODEL_BEGIN, begin_of(package))) != Status.OK:
            return status
        for part in parts_of(package):
            self.write_model(part)
        return status

    def push_as_owner(self, package: bytes) -> Status:
        """Push on the owner's commands, whoever has signed the package."""
        status = self.transfer(package)
        if status == Status.OK:
            status = self.order(Opcode.MODEL_COMMIT)
        if status == Status.OK:
            self.counter = self.info.model_version
        return status

    def send(self, command: bytes) -> tuple[wire.ReplyHeader, bytes]:
        self._sent.append(Sent(command))
        return super().send(command)

    def write_model(self, value: bytes) -> None:
        self._sent.append(Sent(value, is_command=False))
        super().write_model(value)
