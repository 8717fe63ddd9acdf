"""What somebody without the owner's key can send to a board."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from benchmarks.refuse.attempt import Attempt
from benchmarks.refuse.bare_board import BareBoard, begin_of, parts_of
from benchmarks.refuse.owned_board import OwnedBoard, command_of, with_signature
from benchmarks.refuse.packages import sealed
from motionloop import wire
from motionloop.board import ownership
from motionloop.model.signing import sign_package
from motionloop.owner_key import OwnerKey
from motionloop.wire import Opcode, Status

_STRANGER = OwnerKey.make()
_HALF = wire.SIGNATURE_BYTES // 2
# The order of the curve P-256 (SEC 2): no part of a signature is as large.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_TAG = 1  # of SIGNED's own header: the one byte that a signature need not cover

Forge = Callable[[OwnedBoard, bytes], bytes]


def commands(package: bytes) -> Iterator[Attempt]:
    """Each command that changes a board, with every signature but the right one.

    The owner's transfer is complete and waits, and there is a model to go back to: each command
    would do something.
    """
    board = OwnedBoard(package)
    for command, name in _changing(board, package):
        for forgery, forge in {**_FORGERIES, **_damaged(command)}.items():
            attempt = partial(is_obeyed, board, partial(forge, board, command))
            yield Attempt(f"{name}: {forgery}", attempt)
    yield Attempt("a part of the owner's transfer", partial(_writes, board))


def claims(package: bytes) -> Iterator[Attempt]:
    """A claim of a board without an owner that its key has not signed for it."""
    board = OwnedBoard(package)
    board.forget_owner()
    board.key = _STRANGER  # whose right claim each of these is made of
    command = command_of(Opcode.CLAIM, wire.Claim(_STRANGER.public).pack())
    other = command_of(Opcode.CLAIM, wire.Claim(OwnerKey.make().public).pack())
    for forgery, forge in {**_CLAIM_FORGERIES, **_damaged(command)}.items():
        yield Attempt(
            f"CLAIM: {forgery}", partial(is_obeyed, board, partial(forge, board, command))
        )
    yield Attempt("CLAIM of another's key", partial(is_obeyed, board, lambda: board.signed(other)))
    for name, wrong in _packages(package, _STRANGER, 1):
        yield Attempt(f"after a claim: {name}", partial(_is_claimed_by, board, wrong))


def packages(package: bytes) -> Iterator[Attempt]:
    """Packages that the owner has not signed so, in a push that the owner began and commits."""
    board = OwnedBoard(package)
    for name, wrong in _packages(package, board.key, board.counter + 1):
        yield Attempt(name, partial(runs, board, wrong))
    right = board.next_package()
    for at in range(wire.PackageHeader.SIZE, len(right)):
        wrong = sealed(_changed(right, at))
        yield Attempt(f"byte {at} is another, and the checksum", partial(runs, board, wrong))
    for length in range(0, len(right), 16):
        yield Attempt(f"the first {length} bytes alone", partial(runs, board, right[:length]))


def _changing(board: OwnedBoard, package: bytes) -> Iterator[tuple[bytes, str]]:
    for opcode, arguments, name in (
        (Opcode.MODEL_BEGIN, begin_of(package), "BEGIN"),
        (Opcode.MODEL_COMMIT, b"", "COMMIT"),
        (Opcode.MODEL_ABORT, b"", "ABORT"),
        (Opcode.ROLLBACK, b"", "ROLLBACK"),
        (Opcode.CLAIM, wire.Claim(_STRANGER.public).pack(), "CLAIM of a stranger"),
        (Opcode.CLAIM, wire.Claim(board.key.public).pack(), "CLAIM of the owner"),
        (Opcode.AUTHENTICATE, b"", "AUTHENTICATE"),
        (Opcode.STRANGERS, wire.Strangers(0).pack(), "STRANGERS 0"),
        (Opcode.STRANGERS, wire.Strangers(1).pack(), "STRANGERS 1"),
    ):
        yield command_of(opcode, arguments), name


# --- signatures ---------------------------------------------------------------------------
def _by_a_stranger(board: OwnedBoard, command: bytes) -> bytes:
    arguments = ownership.signed_arguments(OwnerKey.make(), board.info, board.state(), command)
    return command_of(Opcode.SIGNED, arguments)


def _over(board: OwnedBoard, command: bytes, challenge: bytes, start: int = 0) -> bytes:
    """Signed by the owner over that challenge, for so many starts before."""
    info = replace(board.info, boot_id=board.info.boot_id - start)
    state = wire.OwnerState(challenge, board.key.key_id, board.counter, 0, bytes(3))
    return command_of(Opcode.SIGNED, ownership.signed_arguments(board.key, info, state, command))


def _over_zeros(board: OwnedBoard, command: bytes) -> bytes:
    board.state()
    return _over(board, command, bytes(wire.CHALLENGE_BYTES))


def _over_chance(board: OwnedBoard, command: bytes) -> bytes:
    board.state()
    return _over(board, command, os.urandom(wire.CHALLENGE_BYTES))


def _over_the_one_before(board: OwnedBoard, command: bytes) -> bytes:
    challenge = board.state().challenge
    board.state()
    return _over(board, command, challenge)


def _over_another_links(board: OwnedBoard, command: bytes) -> bytes:
    challenge = board.state().challenge
    board.connect()
    board.state()
    return _over(board, command, challenge)


def _over_another_starts(board: OwnedBoard, command: bytes) -> bytes:
    challenge = board.state().challenge
    board.restart()
    board.transfer(board.next_package())
    board.state()
    return _over(board, command, challenge)


def _for_another_start(board: OwnedBoard, command: bytes) -> bytes:
    return _over(board, command, board.state().challenge, start=1)


def _without_a_challenge(board: OwnedBoard, command: bytes) -> bytes:
    sent = board.signed(command)
    board.connect()
    return sent


def _of_another_command(board: OwnedBoard, command: bytes) -> bytes:
    other = board.signed(command_of(Opcode.STATUS))
    return other[: len(other) - wire.CommandHeader.SIZE] + command


def _of_other_arguments(board: OwnedBoard, command: bytes) -> bytes:
    other = board.signed(command + b"\x01")
    return other[:-1]


def _of_a_package(board: OwnedBoard, command: bytes) -> bytes:
    board.state()
    header = wire.PackageHeader.unpack(board.next_package())
    return with_signature(header.signature, command)


def _with(r: int | None, s: int | None) -> Forge:
    """The owner's signature with another r or s."""

    def forge(board: OwnedBoard, command: bytes) -> bytes:
        right = board.signed(command)[wire.CommandHeader.SIZE :][: wire.SIGNATURE_BYTES]
        parts = (right[:_HALF], right[_HALF:])
        made = [
            part if number is None else number.to_bytes(_HALF, "big")
            for part, number in zip(parts, (r, s), strict=True)
        ]
        return with_signature(b"".join(made), command)

    return forge


def _turned_round(board: OwnedBoard, command: bytes) -> bytes:
    right = board.signed(command)[wire.CommandHeader.SIZE :][: wire.SIGNATURE_BYTES]
    return with_signature(right[_HALF:] + right[:_HALF], command)


_CLAIM_FORGERIES: dict[str, Forge] = {
    "not signed": lambda board, command: command,
    "signed by a stranger": _by_a_stranger,
    "over a challenge of zeros": _over_zeros,
    "over a challenge by chance": _over_chance,
    "over the challenge before": _over_the_one_before,
    "over another link's challenge": _over_another_links,
    "for another start": _for_another_start,
    "without a challenge": _without_a_challenge,
    "with the signature of another command": _of_another_command,
    "with the signature of more arguments": _of_other_arguments,
    "with r and s turned round": _turned_round,
    **{
        f"with {name}": _with(r, s)
        for name, r, s in (
            ("r and s zero", 0, 0), ("r zero", 0, None), ("s zero", None, 0),
            ("r and s one", 1, 1), ("r the order", ORDER, None), ("s the order", None, ORDER),
            ("r and s the order", ORDER, ORDER), ("all bits", 2**256 - 1, 2**256 - 1),
        )
    },
}  # fmt: skip
_FORGERIES = {
    **_CLAIM_FORGERIES,
    "over another start's challenge": _over_another_starts,
    "with the signature of a package": _of_a_package,
}


def _damaged(command: bytes) -> dict[str, Forge]:
    """The owner's own signed command, cut anywhere, longer, and each of its bytes changed."""

    def cut(length: int, board: OwnedBoard, command: bytes) -> bytes:
        return board.signed(command)[:length]

    def longer(count: int, board: OwnedBoard, command: bytes) -> bytes:
        return board.signed(command) + bytes(count)

    def changed(at: int, board: OwnedBoard, command: bytes) -> bytes:
        return _changed(board.signed(command), at)

    size = ownership.signed_bytes(command[wire.CommandHeader.SIZE :])
    return {
        **{f"the first {length} bytes": partial(cut, length) for length in range(size)},
        **{f"{count} bytes longer": partial(longer, count) for count in (1, 2, 64)},
        **{f"byte {at} is another": partial(changed, at) for at in range(size) if at != _TAG},
    }


def _changed(sent: bytes, at: int) -> bytes:
    wrong = bytearray(sent)
    wrong[at] ^= 1 + at % 255
    return bytes(wrong)


# --- packages -----------------------------------------------------------------------------
def _packages(package: bytes, key: OwnerKey, counter: int) -> Iterator[tuple[str, bytes]]:
    """Packages with another header than the owner's next one has."""
    right = sign_package(package, key, counter)
    header = wire.PackageHeader.unpack(right)
    rest = right[wire.PackageHeader.SIZE :]
    stranger = OwnerKey.make()
    theirs = wire.PackageHeader.unpack(sign_package(package, stranger, counter))
    later = wire.PackageHeader.unpack(sign_package(package, key, counter + 1))
    r, s = header.signature[:_HALF], header.signature[_HALF:]
    for name, wrong in (
        ("not signed", wire.PackageHeader.unpack(package)),
        ("signed by a stranger", theirs),
        ("signed by a stranger in the owner's name", replace(theirs, key_id=key.key_id)),
        ("the owner's signature in a stranger's name", replace(header, key_id=stranger.key_id)),
        ("in nobody's name", replace(header, key_id=bytes(wire.KEY_ID_BYTES))),
        ("the signature of another counter", replace(header, signature=later.signature)),
        ("a later counter", replace(header, version_counter=counter + 1)),
        ("the last counter", replace(header, version_counter=2**32 - 1)),
        ("no signature", replace(header, signature=bytes(wire.SIGNATURE_BYTES))),
        ("r and s turned round", replace(header, signature=s + r)),
        ("all bits", replace(header, signature=b"\xff" * wire.SIGNATURE_BYTES)),
        ("r the order", replace(header, signature=ORDER.to_bytes(_HALF, "big") + s)),
        ("s the order", replace(header, signature=r + ORDER.to_bytes(_HALF, "big"))),
        ("s zero", replace(header, signature=r + bytes(_HALF))),
    ):
        yield name, sealed(wrong.pack() + rest)
    checksum = wire.PackageHeader.offset_of("crc32")
    for at in range(wire.PackageHeader.SIZE):
        if not 0 <= at - checksum < 4:
            yield f"byte {at} is another, and the checksum", sealed(_changed(right, at))


# --- what came of it ----------------------------------------------------------------------
def is_obeyed(board: OwnedBoard, forge: Callable[[], bytes]) -> bool:
    """Whether the board does what a forged command asks for, or is changed by it."""
    if board.info.owner_flags & wire.OwnerFlag.OWNED:
        board.transfer(board.next_package())
    sent = forge()
    before = (board.info, board.flash)
    header, _ = board.send(sent)
    return header.status == Status.OK or (board.info, board.flash) != before


def _writes(board: OwnedBoard) -> bool:
    package = board.next_package()
    board.order(Opcode.MODEL_ABORT)
    board.order(Opcode.MODEL_BEGIN, begin_of(package))
    board.connect()
    before = board.flash
    board.write_model(next(parts_of(package)))
    return board.flash != before


def runs(board: OwnedBoard, package: bytes) -> bool:
    """Whether the board takes a package that its owner pushes."""
    before = board.info
    return board.push_as_owner(package) == Status.OK or board.info != before


def _is_claimed_by(board: OwnedBoard, package: bytes) -> bool:
    board.connect()
    board.order(Opcode.CLAIM, wire.Claim(_STRANGER.public).pack())
    before = board.info
    return BareBoard.push(board, package) == Status.OK or board.info != before
