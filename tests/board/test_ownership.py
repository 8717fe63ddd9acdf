"""Whose a board is: what its owner may, what strangers may not, real signatures throughout."""

from __future__ import annotations

import asyncio
import time
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.hostile.boards import answers
from benchmarks.hostile.scripted_board import Script, ScriptedBoard, connected, on_air
from motionloop import owner_key, wire
from motionloop.board import ownership
from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board
from motionloop.board.ownership import Whose
from motionloop.board.transfer import Transfer
from motionloop.errors import BoardAnswerError, BoardRefusedError, NotOwnerError
from motionloop.model.package import unpack_package
from motionloop.model.signing import sign_package
from motionloop.owner_key import OwnerKey
from motionloop.virtual.board import VirtualBoard
from tests.conftest import Boards

pytestmark = pytest.mark.virtual_time

FOREIGN = OwnerKey.make()


async def push(client: BoardClient, package: bytes, claim: bool = True) -> None:
    async for _ in client.push(package, claim=claim):
        pass


async def refused(client: BoardClient, opcode: wire.Opcode, arguments: bytes = b"") -> wire.Status:
    """The status with which the board refuses a command that is not signed."""
    with pytest.raises(BoardRefusedError) as caught:
        await client._command(opcode, arguments)
    return caught.value.status


async def client_of(boards: Boards, board: VirtualBoard, key: OwnerKey) -> BoardClient:
    """Another user's connected client."""
    client = BoardClient(await find_board(board.address, 10.0, RadioChoice.VIRTUAL), key)
    await client.__aenter__()
    boards.keep(client)
    return client


async def owned(boards: Boards, package: bytes, **options: object) -> VirtualBoard:
    """A board that belongs to this user, with nobody connected."""
    board = await boards.start(**options)
    client = await boards.client(board)
    await push(client, package)
    await client.link.disconnect()
    return board


async def test_the_first_push_makes_the_board_the_users(boards: Boards, package: bytes) -> None:
    board = await boards.start()
    client = await boards.client(board)
    assert client.whose is Whose.NOBODYS
    assert client.info.owner_id == bytes(8)
    assert owner_key.load() is None
    await push(client, package)
    key = owner_key.load()
    assert key is not None
    assert (client.whose, client.info.owner_id) == (Whose.OURS, key.key_id)
    assert board.core.just_claimed
    assert abs(client.info.model_version - time.time()) < 60
    state = await client.owner_state()
    assert (state.key_id, state.counter) == (key.key_id, client.info.model_version)
    assert state.flags == (
        wire.OwnerFlag.OWNED | wire.OwnerFlag.STRANGERS_READ | wire.OwnerFlag.AUTHENTICATED
    )
    await asyncio.sleep(6)
    assert not board.core.just_claimed


async def test_the_owner_pushes_again_and_goes_back(boards: Boards, package: bytes) -> None:
    board = await owned(boards, package)
    client = await boards.client(board)
    first = client.info.model_version
    second = replace(unpack_package(package), labels=("a", "b", "c")).pack()
    await push(client, second)
    await push(client, package)
    assert client.info.model_version >= first + 2
    assert await client.rollback() == id_of(second)
    # The counter stays that of the newest package, which is the previous one now.
    assert (await client.owner_state()).counter > client.info.model_version


def id_of(package: bytes) -> bytes:
    return wire.PackageHeader.unpack(package).model_id


async def test_a_shared_board_stays_nobodys(boards: Boards, package: bytes) -> None:
    board = await boards.start()
    client = await boards.client(board)
    await push(client, package, claim=False)
    assert client.whose is Whose.NOBODYS
    assert client.info.model_id == id_of(package)
    assert await client.read_package() == package  # unsigned
    assert owner_key.load() is None


async def test_another_user_changes_nothing(boards: Boards, package: bytes) -> None:
    board = await owned(boards, package)
    stranger = await client_of(boards, board, FOREIGN)
    assert stranger.whose is Whose.ANOTHERS
    before = bytes(board.flash.memory)
    for work in (
        lambda: push(stranger, package),
        lambda: push(stranger, package, claim=False),
        stranger.rollback,
        stranger.abort_push,
        lambda: stranger.let_strangers_read(False),
    ):
        with pytest.raises(NotOwnerError, match=r"the owner [0-9a-f]{4} [0-9a-f]{4} ") as caught:
            await work()
        assert caught.value.owner_id == stranger.info.owner_id
    begin = wire.ModelBegin(len(package), 1).pack()
    for opcode, arguments in (
        (wire.Opcode.MODEL_BEGIN, begin),
        (wire.Opcode.MODEL_COMMIT, b""),
        (wire.Opcode.MODEL_ABORT, b""),
        (wire.Opcode.ROLLBACK, b""),
        (wire.Opcode.CLAIM, wire.Claim(FOREIGN.public).pack()),
        (wire.Opcode.AUTHENTICATE, b""),
        (wire.Opcode.STRANGERS, wire.Strangers(1).pack()),
    ):
        assert await refused(stranger, opcode, arguments) == wire.Status.OWNER_ONLY
        with pytest.raises(BoardRefusedError) as refusal:
            await stranger._signed(FOREIGN, opcode, arguments)
        assert refusal.value.status == wire.Status.BAD_SIGNATURE
        assert refusal.value.detail == wire.SignatureFault.WRONG
        await asyncio.sleep(1.1)
    await stranger.link.write(wire.MODEL_UUID, wire.ModelChunkHeader(0).pack() + bytes(64))
    await stranger.status()
    assert stranger._refused_chunk is not None
    assert stranger._refused_chunk.status == wire.Status.OWNER_ONLY
    assert bytes(board.flash.memory) == before
    assert len(await stranger.read_package()) == len(package)  # which strangers may by default


async def test_a_signed_command_counts_once_and_on_its_link_only(
    boards: Boards, package: bytes
) -> None:
    board = await owned(boards, package)
    client = await boards.client(board)
    key = owner_key.load_or_make()
    sent: list[bytes] = []
    write = client.link.write

    async def overheard(uuid: str, value: bytes, timeout_s: float = 5.0) -> None:
        sent.append(value)
        await write(uuid, value, timeout_s)

    client.link.write = overheard  # type: ignore[method-assign]
    await client._signed(key, wire.Opcode.AUTHENTICATE)
    replayed = sent[-1]
    assert replayed[0] == wire.Opcode.SIGNED

    async def replay(on: BoardClient) -> tuple[int, int]:
        command = replayed[wire.CommandHeader.SIZE + wire.SignedHeader.SIZE :]
        reply = asyncio.get_running_loop().create_future()
        on._reply, on._awaited = reply, (command[0], command[1])
        await on.link.write(wire.COMMAND_UUID, replayed)
        header, _, _ = await reply
        await asyncio.sleep(1.1)
        return header.status, header.detail

    no_challenge = (wire.Status.BAD_SIGNATURE, wire.SignatureFault.NO_CHALLENGE)
    wrong = (wire.Status.BAD_SIGNATURE, wire.SignatureFault.WRONG)
    assert await replay(client) == no_challenge
    await client.owner_state()
    assert await replay(client) == wrong
    await client.link.disconnect()
    later = await client_of(boards, board, FOREIGN)
    assert await replay(later) == no_challenge
    await later.owner_state()
    assert await replay(later) == wrong
    assert not (await later.owner_state()).flags & wire.OwnerFlag.AUTHENTICATED


async def test_packages_of_others_old_and_changed_ones_do_not_run(
    boards: Boards, package: bytes
) -> None:
    board = await owned(boards, package)
    client = await boards.client(board)
    key = owner_key.load_or_make()
    newest = client.info.model_version
    signed = sign_package(package, key, newest + 10)
    at = wire.PackageHeader.offset_of("smoothing")
    cases = {
        wire.SignatureFault.OTHER_KEY: [package, sign_package(package, FOREIGN, newest + 10)],
        wire.SignatureFault.REPLAYED: [
            sign_package(package, key, newest),
            sign_package(package, key, newest - 1),
            await client.read_package(),
        ],
        wire.SignatureFault.WRONG: [
            resealed(signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]),
            resealed(signed[:-1] + bytes([signed[-1] ^ 1])),
            resealed(signed[:16] + bytes([signed[16] ^ 1]) + signed[17:]),
        ],
    }
    for fault, packages in cases.items():
        for wrong in packages:
            with pytest.raises(BoardRefusedError) as caught:
                async for _ in client._push_once(wrong, Transfer(len(wrong), ""), key):
                    pass
            assert (caught.value.status, caught.value.detail) == (
                wire.Status.BAD_SIGNATURE,
                fault,
            )
            assert (await client.read_info()).model_version == newest
    async for _ in client._push_once(signed, Transfer(len(signed), ""), key):
        pass
    assert client.info.model_version == newest + 10


def resealed(package: bytes) -> bytes:
    """The package with its checksum made right again."""
    header = wire.PackageHeader.unpack(package)
    crc = zlib.crc32(package[wire.PackageHeader.offset_of("signature") :])
    return replace(header, crc32=crc).pack() + package[wire.PackageHeader.SIZE :]


async def test_only_the_owners_models_run_at_a_start(
    boards: Boards, package: bytes, tmp_path: Path
) -> None:
    flash = tmp_path / "flash"
    board = await owned(boards, package, flash=flash)
    await boards.stop(board)
    # Somebody with the flash in his hands puts in another model, with a right checksum.
    content = bytearray(flash.read_bytes())
    whole = resealed(bytes(content[: len(package) - 1]) + b"\x01")
    content[: len(whole)] = whole
    flash.write_bytes(content)
    again = await boards.start(flash=flash, address=board.address)
    client = await boards.client(again)
    assert client.info.active_slot == wire.NO_SLOT
    assert client.whose is Whose.OURS
    await push(client, package)
    assert client.info.active_slot != wire.NO_SLOT
    await boards.stop(again)
    client = await boards.client(await boards.start(flash=flash, address=board.address))
    assert (client.whose, client.info.model_id) == (Whose.OURS, id_of(package))


async def test_what_was_there_before_the_owner_cannot_be_gone_back_to(
    boards: Boards, package: bytes
) -> None:
    board = await boards.start()
    client = await boards.client(board)
    other = replace(unpack_package(package), labels=("x", "y", "z")).pack()
    await push(client, other, claim=False)
    await push(client, package)
    assert client.info.previous_model_id == bytes(8)
    with pytest.raises(BoardRefusedError) as caught:
        await client.rollback()
    assert caught.value.status == wire.Status.NO_MODEL


async def test_a_claim_ends_with_its_link(boards: Boards, package: bytes) -> None:
    board = await boards.start()
    thief = await client_of(boards, board, FOREIGN)
    await thief._signed(FOREIGN, wire.Opcode.CLAIM, wire.Claim(FOREIGN.public).pack())
    with pytest.raises(BoardRefusedError) as caught:  # without the key itself
        await thief._signed(OwnerKey.make(), wire.Opcode.CLAIM, wire.Claim(FOREIGN.public).pack())
    assert caught.value.status == wire.Status.BAD_SIGNATURE
    await thief.link.disconnect()
    client = await boards.client(board)
    await push(client, package, claim=False)
    assert client.whose is Whose.NOBODYS


@pytest.mark.slow
async def test_the_owner_shuts_strangers_out(boards: Boards, package: bytes) -> None:
    board = await owned(boards, package)
    client = await boards.client(board)
    await client.let_strangers_read(False)
    assert not client.info.owner_flags & wire.OwnerFlag.STRANGERS_READ
    await client.link.disconnect()

    stranger = await client_of(boards, board, FOREIGN)
    for opcode, arguments in (
        (wire.Opcode.STATUS, b""),
        (wire.Opcode.STREAM_START, wire.StreamStart(wire.FROM_NOW, 33).pack()),
        (wire.Opcode.MODEL_READ, wire.ModelRead(0, 100).pack()),
        (wire.Opcode.IDENTIFY, wire.Identify(1).pack()),
    ):
        assert await refused(stranger, opcode, arguments) == wire.Status.OWNER_ONLY
    await asyncio.wait_for(stranger.link.lost.wait(), 15)  # the board ends the link

    back = await boards.client(board)
    assert back.info.owner_flags & wire.OwnerFlag.AUTHENTICATED == 0  # as read before
    seen = 0
    async for packet in back.stream():
        seen += len(packet.raw)
        if seen > 3000:  # longer than a stranger may stay
            break
    async for prediction in back.predictions():
        assert prediction.model_id == id_of(package)
        break
    board.disconnect()  # a link that breaks is authenticated again
    await back.resumed(back.status)
    await back.let_strangers_read(True)
    await back.link.disconnect()
    again = await client_of(boards, board, FOREIGN)
    await again.status()


@pytest.mark.slow
async def test_a_central_that_only_sits_there_makes_room(boards: Boards) -> None:
    board = await boards.start()
    client = await boards.client(board)
    began_s = asyncio.get_running_loop().time()
    await asyncio.wait_for(client.link.lost.wait(), 90)
    assert 59 < asyncio.get_running_loop().time() - began_s < 65


@pytest.mark.slow
async def test_a_central_that_listens_may_stay(boards: Boards, package: bytes) -> None:
    board = await boards.start()
    client = await boards.client(board)
    await push(client, package)
    end_s = asyncio.get_running_loop().time() + 150
    async for _ in client.predictions():
        if asyncio.get_running_loop().time() > end_s:
            break
    assert client.reconnects == 0


async def test_a_board_forgets_its_owner_where_it_is(
    boards: Boards, package: bytes, tmp_path: Path
) -> None:
    board = await owned(boards, package, flash=tmp_path / "flash")
    board.forget_owner()
    await asyncio.sleep(1)
    assert not board.core.forgetting
    stranger = await client_of(boards, board, FOREIGN)
    assert stranger.whose is Whose.NOBODYS
    assert stranger.info.model_id == id_of(package)  # its model stays
    await push(stranger, package)
    assert stranger.whose is Whose.OURS
    await boards.stop(board)
    again = await boards.start(flash=tmp_path / "flash", address=board.address)
    assert (await client_of(boards, again, FOREIGN)).whose is Whose.OURS


@pytest.mark.slow
async def test_nobodys_board_says_how_long_to_wait_for_its_flash(
    boards: Boards, package: bytes
) -> None:
    board = await boards.start()
    client = await boards.client(board)
    await push(client, package, claim=False)
    await push(client, package, claim=False)
    for _ in range(wire.UNOWNED_CHANGES - 2):
        await client.rollback()
    for work in (
        client.rollback,
        lambda: push(client, package, claim=False),
        lambda: push(client, package),  # or a stranger would wear it out as if to claim it
    ):
        with pytest.raises(BoardRefusedError, match=r"Wait [1-5] min and try again\.") as caught:
            await work()
        assert caught.value.status == wire.Status.TOO_MANY_CHANGES
    await asyncio.sleep(caught.value.detail)
    await push(client, package)
    assert client.whose is Whose.OURS
    for _ in range(3):  # an owner's are not counted
        await push(client, package)


async def test_a_push_goes_on_over_broken_links_and_claims_all_the_same(
    boards: Boards, package: bytes
) -> None:
    board = await boards.start()
    client = await boards.client(board)
    breaks = 0
    async for progress in client.push(package):
        if progress.sent_bytes > (breaks + 1) * 2000 and breaks < 3:
            breaks += 1
            board.disconnect()
    assert breaks == 3
    assert (client.whose, client.reconnects) == (Whose.OURS, 3)


async def test_wrong_signatures_are_taken_once_a_second(boards: Boards, package: bytes) -> None:
    board = await owned(boards, package)
    stranger = await client_of(boards, board, FOREIGN)
    statuses = []
    for _ in range(20):
        with pytest.raises(BoardRefusedError) as caught:
            await stranger._signed(FOREIGN, wire.Opcode.ROLLBACK)
        statuses.append(caught.value.status)
    assert set(statuses) == {wire.Status.BAD_SIGNATURE, wire.Status.BUSY}
    assert statuses.count(wire.Status.BAD_SIGNATURE) <= 4


NOW_S = 1_800_000_000.7
LIMIT = int(NOW_S + ownership.MOST_AHEAD_S)


def state_with(counter: int) -> wire.OwnerState:
    return wire.OwnerState(bytes(32), bytes(8), counter, 0, bytes(3))


@pytest.mark.parametrize(
    ("counter", "now_s", "next_one"),
    [
        (0, NOW_S, 1_800_000_000),
        (1_900_000_000, NOW_S, 1_900_000_001),
        (1_790_000_000, 0.0, 1_790_000_001),  # a slow clock
        (LIMIT - 1, NOW_S, LIMIT),
    ],
)
def test_the_counter_is_the_time_unless_the_board_is_ahead(
    counter: int, now_s: float, next_one: int
) -> None:
    assert ownership.next_counter(state_with(counter), now_s, "board") == next_one


@pytest.mark.parametrize(
    ("counter", "now_s"),
    [
        (LIMIT, NOW_S),
        (2**32 - 2, NOW_S),
        (2**32 - 1, NOW_S),
        (2**32 - 1, 2.0**33),  # nothing comes after it, whatever the clock shows
    ],
)
def test_a_counter_of_the_far_future_is_not_counted_on_from(counter: int, now_s: float) -> None:
    with pytest.raises(BoardAnswerError, match=r"of the year 2(037|106), and .* set the clock"):
        ownership.next_counter(state_with(counter), now_s, "board")


def test_a_clock_that_was_far_ahead_once_does_not_end_the_pushes() -> None:
    made = ownership.next_counter(state_with(0), 4e9, "board")
    assert ownership.next_counter(state_with(made), NOW_S, "board") == made + 1


async def test_a_forged_counter_does_not_lock_the_owner_out(tmp_path: Path, package: bytes) -> None:
    forged = True

    def owner(true: bytes) -> bytes:
        state = wire.OwnerState.unpack(true)
        return replace(state, counter=2**32 - 2).pack() if forged else true

    script = Script(replies=answers(wire.Opcode.OWNER, owner))
    async with on_air(script, tmp_path) as board, await connected(board) as client:
        with pytest.raises(BoardAnswerError, match="of the year 2106"):
            await push(client, package)
        forged = False
        await push(client, package)
        await push(client, package)
        assert client.whose is Whose.OURS


async def test_a_claim_that_did_not_take_is_reported(tmp_path: Path, package: bytes) -> None:
    def writes(board: ScriptedBoard, uuid: str, value: bytes) -> bool:
        """Somebody between keeps the claim, and answers in the board's place."""
        if uuid != wire.COMMAND_UUID or value[0] != wire.Opcode.SIGNED:
            return True
        inner = value[wire.CommandHeader.SIZE + wire.SignedHeader.SIZE :]
        answer = wire.ReplyHeader(inner[0], inner[1], wire.Status.OK, 0, 0)
        board.radio.notify(wire.REPLY_UUID, answer.pack())
        return False

    script = Script(writes=writes)
    async with on_air(script, tmp_path) as board, await connected(board) as client:
        with pytest.raises(BoardAnswerError, match="made it yours, and did not"):
            await push(client, package)
        assert client.info.model_id == id_of(package)
