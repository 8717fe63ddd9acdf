"""Whose a board is, in the whole linked image: real signatures, which the image itself verifies."""

from __future__ import annotations

from functools import cache

import pytest

from motionloop import wire
from motionloop.model.signing import sign_package
from motionloop.nano import memory
from motionloop.nano.board import EmulatedNano, Revision
from motionloop.nano.central import Counts
from motionloop.nano.session import Refused, Session
from motionloop.owner_key import OwnerKey
from motionloop.wire import Opcode, OwnerFlag, SignatureFault, Status
from tests.nano.firmware import ANOTHER, BUILTIN, MODEL_ID, assert_sound, connected, nano

OWNER, STRANGER = OwnerKey.make(), OwnerKey.make()
COUNTER = 1_800_000_000  # of the package that made OWNER the owner
WRONG_SIGNATURE_S = 1.1  # after one the board takes none for a second


def claim(session: Session) -> None:
    """OWNER's first push, of ANOTHER."""
    session.signed(OWNER, Opcode.CLAIM, wire.Claim(OWNER.public).pack())
    session.push(sign_package(ANOTHER.read_bytes(), OWNER, COUNTER))


@cache
def owned_flash() -> bytes:
    """The slots of a board that OWNER has claimed, whose spare is ready."""
    board = nano()
    claim(connected(board))
    board.run_for(6)
    return board.slots


def owned(revision: Revision = "rev1") -> tuple[EmulatedNano, Session]:
    """A board of OWNER, with somebody connected."""
    board = nano(revision, owned_flash())
    return board, connected(board)


def refused(
    session: Session, opcode: Opcode, arguments: bytes = b"", key: OwnerKey | None = None
) -> tuple[Status, int]:
    """The status and detail with which the board refuses a command, signed if there is a key."""
    with pytest.raises(Refused) as caught:
        session.signed(key, opcode, arguments)
    return caught.value.status, caught.value.detail


def test_the_first_push_makes_the_board_its_pushers():
    board = nano()
    session = connected(board)
    assert (session.info().owner_flags, session.info().owner_id) == (
        OwnerFlag.STRANGERS_READ,
        bytes(wire.KEY_ID_BYTES),
    )
    claim(session)
    seen = set()
    for _ in range(10):
        board.run_for(0.1)
        seen.add(board.led)
    assert seen == {"red blue", "green"}
    info = session.info()
    assert info.owner_flags == (
        OwnerFlag.OWNED | OwnerFlag.STRANGERS_READ | OwnerFlag.AUTHENTICATED
    )
    assert (info.owner_id, info.model_id) == (OWNER.key_id, MODEL_ID[ANOTHER])
    assert info.model_version == session.owner_state().counter == COUNTER
    # The built-in model, which every owner's board may run, can be gone back to.
    assert session.rollback(OWNER) == MODEL_ID[BUILTIN]
    assert session.rollback(OWNER) == MODEL_ID[ANOTHER]
    session.central.vanish()
    board.power_on()
    session.connect()
    info = session.info()
    assert info.owner_flags == OwnerFlag.OWNED | OwnerFlag.STRANGERS_READ
    assert (info.owner_id, info.model_id) == (OWNER.key_id, MODEL_ID[ANOTHER])
    assert_sound(board)


def test_the_radio_answers_and_no_sample_is_lost_while_an_owners_push_is_verified():
    # A verification takes as long as Rev1's FIFO lasts: whether a sample is lost there is chance.
    board, session = owned("rev2")
    session.start_stream()
    gaps = session.counters().sensor_gaps
    session.central.counts = Counts()
    for number, package in enumerate((BUILTIN, ANOTHER), start=1):
        signed = sign_package(package.read_bytes(), OWNER, COUNTER + number)
        assert session.push(signed, OWNER) == MODEL_ID[package]
        assert session.info().model_version == COUNTER + number
    session.signed(OWNER, Opcode.AUTHENTICATE)
    assert session.info().owner_flags & OwnerFlag.AUTHENTICATED
    board.run_for(1)
    assert session.counters().sensor_gaps == gaps
    assert session.central.counts.share >= 0.999
    assert session.stream.lost == 0
    used, size = memory.main_stack(board)
    assert size >= 2 * used
    assert_sound(board)


def test_a_stranger_changes_nothing():
    board, session = owned()
    before, operations = board.slots, (board.nvmc.words, board.nvmc.partial_erases)
    package = sign_package(BUILTIN.read_bytes(), STRANGER, COUNTER + 1)
    for opcode, arguments in (
        (Opcode.MODEL_BEGIN, wire.ModelBegin(len(package), 1).pack()),
        (Opcode.MODEL_COMMIT, b""),
        (Opcode.MODEL_ABORT, b""),
        (Opcode.ROLLBACK, b""),
        (Opcode.CLAIM, wire.Claim(STRANGER.public).pack()),
        (Opcode.AUTHENTICATE, b""),
        (Opcode.STRANGERS, wire.Strangers(0).pack()),
    ):
        assert refused(session, opcode, arguments) == (Status.OWNER_ONLY, 0)
        assert refused(session, opcode, arguments, STRANGER) == (
            Status.BAD_SIGNATURE,
            SignatureFault.WRONG,
        )
        assert refused(session, opcode, arguments, STRANGER) == (Status.BUSY, 0)
        board.run_for(WRONG_SIGNATURE_S)
    session.gatt.write(
        session.gatt.handles[wire.MODEL_UUID], wire.ModelChunkHeader(0).pack() + package[:64]
    )
    board.run_for(1)
    reply = wire.ReplyHeader.unpack(session._replies[-1])
    assert (reply.opcode, reply.status) == (Opcode.MODEL_DATA, Status.OWNER_ONLY)
    assert board.slots == before
    assert (board.nvmc.words, board.nvmc.partial_erases) == operations
    session.start_stream()
    board.run_for(1)
    assert session.stream.samples > 100  # which strangers may read by default
    assert_sound(board)


def test_an_owners_board_runs_no_package_of_others_no_old_and_no_changed_one():
    board, session = owned()
    package = BUILTIN.read_bytes()
    signed = sign_package(package, OWNER, COUNTER + 1)
    for wrong, fault in (
        (sign_package(package, STRANGER, COUNTER + 1), SignatureFault.OTHER_KEY),
        (sign_package(package, OWNER, COUNTER), SignatureFault.REPLAYED),
        (signed[:-1] + bytes([signed[-1] ^ 1]), SignatureFault.WRONG),
    ):
        with pytest.raises(Refused) as caught:
            session.push(wrong, OWNER)
        assert (caught.value.status, caught.value.detail) == (Status.BAD_SIGNATURE, fault)
        assert session.info().model_id == MODEL_ID[ANOTHER]
    assert_sound(board)


def test_a_stranger_whom_the_owner_shuts_out_reads_nothing_and_is_sent_away():
    board, session = owned()
    session.signed(OWNER, Opcode.STRANGERS, wire.Strangers(0).pack())
    session.central.disconnect()
    session.connect(15)
    for opcode, arguments in (
        (Opcode.STATUS, b""),
        (Opcode.STREAM_START, wire.StreamStart(wire.FROM_NOW, 33).pack()),
        (Opcode.MODEL_READ, wire.ModelRead(0, 100).pack()),
    ):
        assert refused(session, opcode, arguments) == (Status.OWNER_ONLY, 0)
    session.predictions.clear()
    assert session.gatt.wait(lambda: not session.central.connected, 11)
    assert session.predictions == []
    session.connect(15)
    session.signed(OWNER, Opcode.AUTHENTICATE)
    session.start_stream()
    board.run_for(12)
    assert session.central.connected
    assert session.stream.samples > 1300
    assert_sound(board)
