"""What was right once, sent again by somebody who has recorded all of it.

Also what nobody signs, changed on the way: the board's answer to OWNER.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial

from benchmarks.refuse.attempt import Attempt
from benchmarks.refuse.bare_board import begin_of
from benchmarks.refuse.owned_board import OwnedBoard, Sent, command_of, with_signature
from benchmarks.refuse.strangers import ORDER
from motionloop import wire
from motionloop.board.ownership import MOST_AHEAD_S, next_counter
from motionloop.errors import BoardAnswerError
from motionloop.model.signing import sign_package
from motionloop.owner_key import OwnerKey
from motionloop.wire import Opcode, Status

_HALF = wire.SIGNATURE_BYTES // 2
_SIGNED = command_of(Opcode.SIGNED)[:1]


def replays(package: bytes) -> Iterator[Attempt]:
    """Each exchange of an owner with his board again, and packages that are not the newest."""
    for name in _EXCHANGES:
        for what, change in _CHANGES.items():
            for when, go_on in _LATER.items():
                for ask in (False, True):
                    yield Attempt(
                        f"{name} {what}, {when}{', after a challenge' if ask else ''}",
                        partial(_works_again, package, name, change, go_on, ask),
                    )
    for name, older in _OLDER.items():
        yield Attempt(name, partial(_takes_older, package, older))
    yield from forged_counters(package)


def forged_counters(package: bytes) -> Iterator[Attempt]:
    """An answer to OWNER with another counter, for one push; then nobody stands between."""
    for counter in _FORGED:
        yield Attempt(
            f"a forged counter of {counter} ends the owner's pushes",
            partial(_locks_out, package, counter),
        )


def _works_again(
    package: bytes,
    name: str,
    change: Callable[[list[Sent]], list[Sent]],
    go_on: Callable[[OwnedBoard], None],
    ask: bool,
) -> bool:
    board = OwnedBoard(package)
    sent, status = board.recorded(partial(_EXCHANGES[name], board))
    if status != Status.OK:
        raise ValueError(f"the board refuses its owner's {name}: {status.name}")
    go_on(board)
    before = (board.info, board.flash)
    for each in change(sent):
        if not each.is_command:
            board.write_model(each.value)
            continue
        if ask:
            board.state()
        header, _ = board.send(each.value)
        if header.opcode != Opcode.OWNER and header.status == Status.OK:
            return True
    return (board.info, board.flash) != before


# --- exchanges ----------------------------------------------------------------------------
def _change_strangers(board: OwnedBoard, *values: int) -> Status:
    for value in values:
        status = board.order(Opcode.STRANGERS, wire.Strangers(value).pack())
    return status


def _abort(board: OwnedBoard) -> Status:
    board.order(Opcode.MODEL_BEGIN, begin_of(board.next_package()))
    return board.order(Opcode.MODEL_ABORT)


_EXCHANGES: dict[str, Callable[[OwnedBoard], Status]] = {
    "a push": lambda board: board.push_as_owner(board.next_package()),
    "a push that was broken off": lambda board: board.transfer(board.next_package()),
    "ROLLBACK": lambda board: board.order(Opcode.ROLLBACK),
    "ABORT": _abort,
    "AUTHENTICATE": lambda board: board.order(Opcode.AUTHENTICATE),
    "STRANGERS 0": lambda board: _change_strangers(board, 0),
    "STRANGERS 0, then 1": lambda board: _change_strangers(board, 0, 1),
    "CLAIM by its owner": lambda board: board.order(
        Opcode.CLAIM, wire.Claim(board.key.public).pack()
    ),
}


# --- what of it is sent -------------------------------------------------------------------
def _signed_only(sent: list[Sent]) -> list[Sent]:
    return [each for each in sent if each.is_command and each.value[:1] == _SIGNED]


def _command_of(value: bytes) -> bytes:
    return value[wire.CommandHeader.SIZE + wire.SignedHeader.SIZE :]


def _opened(sent: list[Sent]) -> list[Sent]:
    return [Sent(_command_of(each.value)) for each in _signed_only(sent)]


def _mirrored(sent: list[Sent]) -> list[Sent]:
    """With r and the order less s, which ECDSA takes for the same signature."""
    made = []
    for each in _signed_only(sent):
        signature = each.value[wire.CommandHeader.SIZE :][: wire.SIGNATURE_BYTES]
        s = ORDER - int.from_bytes(signature[_HALF:], "big")
        mirrored = signature[:_HALF] + s.to_bytes(_HALF, "big")
        made.append(Sent(with_signature(mirrored, _command_of(each.value))))
    return made


_CHANGES: dict[str, Callable[[list[Sent]], list[Sent]]] = {
    "as a whole": lambda sent: sent,
    "without its questions": lambda sent: [
        each for each in sent if each.value != command_of(Opcode.OWNER)
    ],
    "its signed commands alone": _signed_only,
    "its commands without signatures": _opened,
    "with mirrored signatures": _mirrored,
}


# --- when ---------------------------------------------------------------------------------
def _after_another_owner(board: OwnedBoard) -> None:
    board.forget_owner()
    board.claim(OwnerKey.make())


def _after_others(board: OwnedBoard) -> None:
    for _ in range(10):
        board.order(Opcode.STATUS)


_LATER: dict[str, Callable[[OwnedBoard], None]] = {
    "at once": lambda board: None,
    "after other commands": _after_others,
    "in a new link": OwnedBoard.connect,
    "after a restart": OwnedBoard.restart,
    "on a board of another owner": _after_another_owner,
}


# --- packages that are not the newest -----------------------------------------------------
def _again(board: OwnedBoard, counter: int) -> bytes:
    return sign_package(board.next_package(), board.key, counter)


def _read_back(board: OwnedBoard) -> bytes:
    total = len(board.next_package())
    read = b""
    while len(read) < total:
        wanted = wire.ModelRead(len(read), wire.MAX_MODEL_READ_BYTES).pack()
        read += board.send(command_of(Opcode.MODEL_READ, wanted))[1]
    return read


def _one_before(board: OwnedBoard) -> bytes:
    """The package that ran before the newest one."""
    board.order(Opcode.ROLLBACK)
    read = _read_back(board)
    board.order(Opcode.ROLLBACK)
    return read


def _newest_after_rollback(board: OwnedBoard) -> bytes:
    read = _read_back(board)
    board.order(Opcode.ROLLBACK)
    return read


def _of_the_owner_before(board: OwnedBoard) -> bytes:
    later = _again(board, board.counter + 1000)
    _after_another_owner(board)
    return later


def _built_of_the_owner_before(board: OwnedBoard) -> bytes:
    read = _read_back(board)
    _after_another_owner(board)
    return read


_OLDER: dict[str, Callable[[OwnedBoard], bytes]] = {
    "the package that runs, read back": _read_back,
    "the package before, read back": _one_before,
    "the newest package, after a rollback": _newest_after_rollback,
    "the newest counter again": lambda board: _again(board, board.counter),
    "the counter before": lambda board: _again(board, board.counter - 1),
    "counter 1": lambda board: _again(board, 1),
    "counter 0": lambda board: _again(board, 0),
    "a later package of the owner before": _of_the_owner_before,
    "the package that ran for the owner before": _built_of_the_owner_before,
}


def _takes_older(package: bytes, older: Callable[[OwnedBoard], bytes]) -> bool:
    board = OwnedBoard(package)
    wrong = older(board)
    before = board.info
    return board.push_as_owner(wrong) == Status.OK or board.info != before


# --- answers that nobody signs ------------------------------------------------------------
_NOW_S = 1_800_000_000
_LIMIT = _NOW_S + int(MOST_AHEAD_S)
_FORGED = (0, 1, _NOW_S, _LIMIT - 1, _LIMIT, 2**31, 2**32 - 2, 2**32 - 1)


def _locks_out(package: bytes, counter: int) -> bool:
    board = OwnedBoard(package)

    def push(state: wire.OwnerState, now_s: float) -> Status:
        counts = next_counter(state, now_s, "the board")
        return board.push_as_owner(sign_package(package, board.key, counts))

    with suppress(BoardAnswerError):
        push(replace(board.state(), counter=counter), _NOW_S)
    try:
        return push(board.state(), _NOW_S + 10) != Status.OK
    except BoardAnswerError:
        return True
