"""Pushing models through the real core, radio and TFLM: a board always has a whole model."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import flatbuffers
import numpy as np
import pytest

from motionloop import _core, wire
from motionloop.board.client import BoardClient, PushProgress, PushStage
from motionloop.board.prediction import Prediction
from motionloop.errors import BoardRefusedError, LinkLostError, PackageError
from motionloop.model.package import ModelPackage, load_package, model_id, unpack_package
from motionloop.virtual.classifier import TflmClassifier
from motionloop.virtual.nor_flash import NorFlash
from motionloop.wire import ModelCheck, Opcode, Status
from tests.packages import unsigned

pytestmark = [pytest.mark.virtual_time, pytest.mark.slow]

PAGE = wire.FLASH_PAGE_BYTES
COVERED = wire.PackageHeader.offset_of("signature")  # the CRC-32 covers everything from here
SLOT_BYTES = 20 * PAGE
ADDRESS = "C0:00:00:00:00:01"


def resealed(package: bytes, **header_fields: int | bytes) -> bytes:
    """The package with other header fields and the checksum that belongs to them."""
    header = replace(wire.PackageHeader.unpack(package), **header_fields, crc32=0)
    body = package[wire.PackageHeader.SIZE :]
    return replace(header, crc32=zlib.crc32((header.pack() + body)[COVERED:])).pack() + body


def another(package: bytes, number: int = 1, size: int = 0) -> bytes:
    """The same model as another package, made `size` bytes long."""
    grown = package + bytes(max(0, size - len(package)))
    return resealed(grown, model_id=bytes([number] * 8), total_bytes=len(grown))


async def push(
    client: BoardClient, package: bytes, during: Callable[[PushProgress], None] = lambda now: None
) -> list[PushProgress]:
    steps = []
    async for now in client.push(package):
        steps.append(now)
        during(now)
    return steps


async def exhaust(predictions: AsyncIterator[Prediction]) -> None:
    async for _ in predictions:
        pass


async def running_model(client: BoardClient) -> bytes:
    """The id of the model that the board's next prediction comes from."""
    predictions = client.predictions()
    try:
        return (await asyncio.wait_for(anext(predictions), 10)).model_id
    finally:
        await predictions.aclose()


# --- packages that a board must not take --------------------------------------------------------
def remodelled(package: bytes, change: Callable[..., None]) -> bytes:
    """The package with its .tflite changed through the flatbuffer's own schema."""
    schema = pytest.importorskip("tflite_micro").runtime.schema_fb
    made = unpack_package(package)
    model = schema.ModelT.InitFromPackedBuf(made.tflite)
    change(model)
    builder = flatbuffers.Builder(len(made.tflite) * 2)
    builder.Finish(model.Pack(builder), b"TFL3")
    return replace(made, tflite=bytes(builder.Output())).pack()


def with_operator(model, code: int) -> None:
    model.operatorCodes[0].builtinCode = code
    model.operatorCodes[0].deprecatedBuiltinCode = code


def with_schema(model, version: int) -> None:
    model.version = version


def shorter_window(made: ModelPackage) -> ModelPackage:
    golden = made.golden_inputs[:, : made.input.window // 2]
    spec = replace(made.input, window=made.input.window // 2)
    return replace(made, input=spec, golden_inputs=golden)


def one_class_less(made: ModelPackage) -> ModelPackage:
    return replace(
        made,
        labels=made.labels[:-1],
        golden_outputs=made.golden_outputs[:, :-1],
        rejection=None,  # it would be of another number of classes than the labels
    )


def wrong_golden(made: ModelPackage) -> ModelPackage:
    outputs = made.golden_outputs.copy()
    outputs[1, 0] ^= 1
    return replace(made, golden_outputs=outputs)


def cut(made: ModelPackage) -> ModelPackage:
    return replace(made, tflite=made.tflite[: len(made.tflite) // 2])


# name: how to make it, the board's status, its detail if it is certain, the advice.
BAD: dict[str, tuple[Callable[[bytes], bytes], Status, int | None, str]] = {
    "one byte too large": (
        lambda p: another(p, size=SLOT_BYTES + 1),
        Status.TOO_LARGE,
        SLOT_BYTES,
        f"does not fit a slot of {SLOT_BYTES} bytes. Train a smaller model",
    ),
    "not a package": (
        lambda p: b"x" * 4000,
        Status.BAD_PACKAGE,
        0,
        "malformed at byte 0. The old model goes on; train the model again",
    ),
    "format of the future": (
        lambda p: resealed(p, format=wire.PACKAGE_FORMAT + 1),
        Status.BAD_VERSION,
        wire.PACKAGE_FORMAT + 1,
        "version 2 is unknown to its firmware. Update the board",
    ),
    "schema of the future": (
        lambda p: remodelled(p, lambda model: with_schema(model, 4)),
        Status.BAD_VERSION,
        4,
        "version 4 is unknown to its firmware. Update the board",
    ),
    "unsupported operator": (
        lambda p: remodelled(p, lambda model: with_operator(model, 28)),  # TANH
        Status.BAD_OPERATOR,
        28,
        "uses operator 28, which the firmware does not have. The old model goes on",
    ),
    "input of another size": (
        lambda p: shorter_window(unpack_package(p)).pack(),
        Status.BAD_SHAPE,
        16 * 12,
        "is not the 192 bytes that its package says",
    ),
    "output of another size": (
        lambda p: one_class_less(unpack_package(p)).pack(),
        Status.BAD_SHAPE,
        2,
        "is not the 2 bytes that its package says",
    ),
    "golden window with other outputs": (
        lambda p: wrong_golden(unpack_package(p)).pack(),
        Status.BAD_GOLDEN,
        1,
        "golden window 1 gives other outputs",
    ),
    "rate that 119 Hz cannot make": (
        lambda p: resealed(p, model_rate_mhz=7_000),
        Status.BAD_RATE,
        119_000,
        "cannot be made from samples at 119000 mHz",
    ),
    "half a flatbuffer": (
        lambda p: cut(unpack_package(p)).pack(),
        Status.BAD_MODEL,
        None,
        "the .tflite is malformed",
    ),
    "section outside": (
        lambda p: resealed(p, golden_offset=len(p) - 4),
        Status.BAD_PACKAGE,
        None,
        "the package is malformed at byte",
    ),
}


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_package_is_refused_and_the_old_model_goes_on(
    boards, package: bytes, name: str
) -> None:
    make, status, detail, advice = BAD[name]
    board = await boards.start()
    client = await boards.client(board)
    await push(client, package)
    with pytest.raises(BoardRefusedError, match=board.name) as refused:
        await push(client, make(package))
    assert refused.value.status == status
    assert detail is None or refused.value.detail == detail
    assert advice in str(refused.value)
    assert (await client.read_info()).model_id == model_id(package)
    assert await running_model(client) == model_id(package)
    # And the board takes a good one.
    await push(client, another(package))
    assert await running_model(client) == model_id(another(package))


@pytest.mark.parametrize("name", [name for name in BAD if "rate" not in name])
def test_a_bad_package_is_refused_by_the_host_already(
    tmp_path: Path, package: bytes, name: str
) -> None:
    make, status, _, _ = BAD[name]
    path = tmp_path / "model.mlpkg"
    path.write_bytes(make(package))
    if status in (Status.TOO_LARGE, Status.BAD_GOLDEN):
        assert load_package(path) == make(package)  # only a board can tell
        return
    with pytest.raises(PackageError, match=f"not a usable model package: {status.name}") as error:
        load_package(path)
    assert str(path) in str(error.value)
    assert "Train the model again" in str(error.value)


# --- what each check of the .tflite finds -------------------------------------------------------
def with_metadata(model) -> None:
    schema = pytest.importorskip("tflite_micro").runtime.schema_fb
    model.metadata = [schema.MetadataT()]


def last_operator_first(model) -> None:
    model.subgraphs[0].operators.insert(0, model.subgraphs[0].operators.pop())


def stride_of_three(model) -> None:
    next(op for op in model.subgraphs[0].operators if op.builtinOptions).builtinOptions.strideW = 3


def another_mark(package: bytes) -> bytes:
    made = unpack_package(package)
    return replace(made, tflite=made.tflite[:4] + b"TFL2" + made.tflite[8:]).pack()


BROKEN: dict[ModelCheck, Callable[[bytes], bytes]] = {
    ModelCheck.IDENTIFIER: another_mark,
    ModelCheck.BOUNDS: lambda p: cut(unpack_package(p)).pack(),
    **{
        check: partial(remodelled, change=change)
        for check, change in {
            ModelCheck.SUBGRAPHS: lambda m: m.subgraphs.append(m.subgraphs[0]),
            ModelCheck.METADATA: with_metadata,
            ModelCheck.BUFFERS: lambda m: setattr(m.subgraphs[0].tensors[0], "buffer", 999),
            ModelCheck.TENSOR: lambda m: setattr(m.subgraphs[0].tensors[0], "shape", [1] * 5),
            ModelCheck.OPERATORS: lambda m: setattr(m.subgraphs[0], "inputs", []),
            ModelCheck.ORDER: last_operator_first,
            ModelCheck.GEOMETRY: stride_of_three,
        }.items()
    },
}


def test_there_is_a_model_for_each_check() -> None:
    assert set(BROKEN) == set(ModelCheck) - {ModelCheck.PASSED}


@pytest.mark.parametrize("check", BROKEN, ids=lambda check: check.name)
async def test_board_and_host_say_what_is_wrong_with_a_model_and_what_to_do(
    boards, package: bytes, check: ModelCheck
) -> None:
    broken = BROKEN[check](package)
    words = f"{check.fault} (check {check.value}). {check.advice}"
    board = await boards.start()
    client = await boards.client(board)
    with pytest.raises(BoardRefusedError) as refused:
        await push(client, broken)
    assert (refused.value.status, refused.value.detail) == (Status.BAD_MODEL, check)
    assert str(refused.value).endswith(f"is malformed: {words} The old model goes on.")
    with pytest.raises(PackageError, match="not a usable model package: BAD_MODEL") as error:
        unpack_package(broken)
    assert str(error.value).endswith(words)


async def test_a_model_that_only_the_interpreter_refuses_is_explained_too(
    boards, package: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TflmClassifier, "load", lambda self, tflite: Status.BAD_MODEL)
    board = await boards.start()
    client = await boards.client(board)
    with pytest.raises(BoardRefusedError, match="cannot prepare it") as refused:
        await push(client, package)
    assert (refused.value.status, refused.value.detail) == (Status.BAD_MODEL, ModelCheck.PASSED)


SECTIONS = ("crc32", "signature", "labels", "channels", "tables", "golden", "tflite", "end")


def place_of(package: bytes, section: str) -> int:
    header = wire.PackageHeader.unpack(package)
    places = {
        "crc32": wire.PackageHeader.offset_of("crc32"),
        "signature": COVERED,
        "end": len(package) - 1,
    }
    return places.get(section) or getattr(header, f"{section}_offset") + 1


@pytest.mark.parametrize("section", SECTIONS)
async def test_a_flipped_bit_anywhere_is_noticed_by_host_and_board(
    boards, tmp_path: Path, package: bytes, section: str
) -> None:
    corrupt = bytearray(package)
    corrupt[place_of(package, section)] ^= 0x10
    path = tmp_path / "model.mlpkg"
    path.write_bytes(corrupt)
    with pytest.raises(PackageError, match="BAD_CRC"):
        load_package(path)
    board = await boards.start()
    client = await boards.client(board)
    await push(client, package)
    with pytest.raises(
        BoardRefusedError, match=r"arrived damaged\. The old model goes on"
    ) as error:
        await push(client, bytes(corrupt))
    assert error.value.status == Status.BAD_CRC
    assert await running_model(client) == model_id(package)


async def test_bytes_that_change_on_the_way_are_noticed(boards, package: bytes) -> None:
    """The transfer's own checksum, and the same package can then be pushed again."""
    board = await boards.start()
    client = await boards.client(board)
    begin = wire.ModelBegin(len(package), zlib.crc32(package) ^ 1).pack()
    await client._command(Opcode.MODEL_BEGIN, begin)
    for offset in range(0, len(package), 160):
        header = wire.ModelChunkHeader(offset).pack()
        await client.link.write(wire.MODEL_UUID, header + package[offset : offset + 160])
    with pytest.raises(BoardRefusedError, match="arrived damaged") as error:
        await client._command(Opcode.MODEL_COMMIT)
    assert error.value.status == Status.BAD_CRC
    await push(client, package)
    assert await running_model(client) == model_id(package)


async def test_a_model_that_fills_the_slot_to_the_last_byte_runs(boards, package: bytes) -> None:
    board = await boards.start()
    client = await boards.client(board)
    full = another(package, size=SLOT_BYTES)
    await push(client, full)
    assert await running_model(client) == model_id(full)
    assert unsigned(await client.read_package()) == unsigned(full)


async def test_a_model_too_large_for_the_arena_is_refused(boards, package: bytes) -> None:
    board = await boards.start(arena_bytes=4096)
    client = await boards.client(board)
    with pytest.raises(BoardRefusedError, match=r"arena of 4096 bytes.*train a smaller") as error:
        await push(client, package)
    assert error.value.status == Status.ARENA_TOO_SMALL
    assert client.info.active_slot == wire.NO_SLOT
    assert len((await client.status()).pack()) == wire.Counters.SIZE


# --- a link that breaks -------------------------------------------------------------------------
@pytest.mark.parametrize("sent", [0, 176, 1000, 3000, 7600, 7784])
async def test_a_push_goes_on_where_the_link_broke(boards, package: bytes, sent: int) -> None:
    board = await boards.start()
    client = await boards.client(board)
    await push(client, another(package, 9))
    broken = []

    def break_link(now: PushProgress) -> None:
        if now.stage is PushStage.SEND and now.sent_bytes >= sent and not broken:
            broken.append(now.sent_bytes)
            board.radio.disconnect()

    steps = await push(client, package, break_link)
    assert client.reconnects == 1
    offsets = [s.sent_bytes for s in steps if s.stage is PushStage.SEND]
    assert offsets == sorted(offsets)  # nothing was sent twice
    assert steps[-1].stage is PushStage.DONE
    assert await running_model(client) == model_id(package)


async def test_a_broken_push_of_the_same_model_with_another_smoothing_is_not_taken_for_done(
    boards, package: bytes
) -> None:
    """The id leaves the header out: the two packages have one id."""
    board = await boards.start()
    client = await boards.client(board)
    await push(client, package)
    other = resealed(package, smoothing=254)
    assert model_id(other) == model_id(package)
    broken = []

    def break_link(now: PushProgress) -> None:
        if now.stage is PushStage.SEND and not broken:
            broken.append(now.sent_bytes)
            board.radio.disconnect()

    await push(client, other, break_link)
    assert client.reconnects == 1
    assert unsigned(await client.read_package()) == unsigned(other)


async def test_a_push_survives_a_broken_link_at_any_moment(boards, package: bytes) -> None:
    """In the erase before, between a reply and the first bytes, in the last write or check."""
    board = await boards.start()
    client = await boards.client(board)
    loop = asyncio.get_running_loop()
    await push(client, another(package, 100))
    begin_s = loop.time()
    await push(client, another(package, 101))
    length_s = loop.time() - begin_s
    for number, part in enumerate(np.linspace(0.0, 1.02, 24)):
        made = another(package, number)
        breaking = loop.call_later(part * length_s, board.radio.disconnect)
        await push(client, made)
        breaking.cancel()
        assert client.info.model_id == model_id(made)
        assert await running_model(client) == model_id(made)
    assert client.reconnects >= 20


async def test_nothing_is_erased_in_a_push_once_the_spare_is_ready(
    boards, package: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An erase in a push once cost the board its radio."""
    pieces: list[int] = []
    erase_page = NorFlash.erase_page

    def counted(flash: NorFlash, page: int) -> int:
        pieces.append(page)
        return erase_page(flash, page)

    monkeypatch.setattr(NorFlash, "erase_page", counted)
    board = await boards.start()
    client = await boards.client(board)
    for number in range(5):
        async with asyncio.timeout(20):
            await asyncio.sleep(1)
            while pieces:
                pieces.clear()
                await asyncio.sleep(1)
        made = another(package, number, SLOT_BYTES if number == 1 else 0)
        async for now in client.push(made):
            if now.stage is PushStage.CHECK:
                assert not pieces
        assert client.info.model_id == model_id(made)
        await asyncio.sleep(0.5)
        assert pieces  # the next spare


async def test_a_second_push_waits_for_the_erase_while_samples_go_on(
    boards, package: bytes
) -> None:
    board = await boards.start()
    client = await boards.client(board)
    for number in range(3):
        await push(client, another(package, 100 + number, SLOT_BYTES))
    lost = 0
    times: list[float] = []
    loop = asyncio.get_running_loop()

    async def stream() -> None:
        nonlocal lost
        async for packet in client.stream():
            lost += packet.gap.count if packet.gap else 0
            times.append(loop.time())

    streaming = asyncio.create_task(stream())
    begin_s = loop.time()
    stages = {}
    async for now in client.push(another(package)):
        stages.setdefault(now.stage, loop.time() - begin_s)
    streaming.cancel()
    assert stages[PushStage.SEND] > 2  # 20 pages of 31 pieces
    assert lost == 0
    assert np.diff(times).max() < 0.1
    assert client.info.model_id == model_id(another(package))


async def test_a_link_lost_while_a_large_slot_is_erased(boards, package: bytes) -> None:
    board = await boards.start()
    client = await boards.client(board)
    loop = asyncio.get_running_loop()
    for number in range(3):
        await push(client, another(package, 100 + number, SLOT_BYTES))
    made = another(package, 1, SLOT_BYTES)
    loop.call_later(0.1, board.radio.disconnect)
    await push(client, made)
    assert client.reconnects == 1
    assert await running_model(client) == model_id(made)


async def test_a_board_that_still_erases_for_another_push_is_waited_for(
    boards, package: bytes
) -> None:
    board = await boards.start()
    client = await boards.client(board)
    for number in range(3):  # each slot has something to erase
        await push(client, another(package, 100 + number, SLOT_BYTES // 2))
    broken_off = another(package, 1, SLOT_BYTES // 2)
    pushing = asyncio.create_task(push(client, broken_off))
    await asyncio.sleep(0.1)
    pushing.cancel()
    await asyncio.gather(pushing, return_exceptions=True)
    await push(client, package)
    assert await running_model(client) == model_id(package)


async def test_predictions_go_on_after_a_lost_link(boards, package: bytes) -> None:
    board = await boards.start()
    client = await boards.client(board)
    await push(client, package)
    ends = []
    async for prediction in (predictions := client.predictions()):
        ends.append(prediction.seq_end)
        if len(ends) in (10, 20, 23):
            board.radio.disconnect()
        if len(ends) == 40:
            break
    await predictions.aclose()
    assert client.reconnects == 3
    assert ends == sorted(set(ends))


async def test_predictions_of_a_board_that_stays_away_end_with_advice(
    boards, package: bytes
) -> None:
    board = await boards.start()
    client = await boards.client(board)
    await push(client, package)
    predictions = client.predictions()
    await anext(predictions)
    await boards.stop(board)
    with pytest.raises(LinkLostError, match=r"did not come back within 30 s\. Check its power"):
        await exhaust(predictions)


async def test_a_rollback_that_loses_its_link_goes_back_once(boards, package: bytes) -> None:
    board = await boards.start()
    loop = asyncio.get_running_loop()
    for number in (1, 2):
        await push(client := await boards.client(board), another(package, number))
        await client.__aexit__(None, None, None)
    reconnects = 0
    for delay_s in np.arange(0.0, 0.09, 0.009):
        client = await boards.client(board)
        now, before = client.info.model_id, client.info.previous_model_id
        loop.call_later(delay_s, board.radio.disconnect)
        assert await client.rollback() == before
        reconnects += client.reconnects
        await client.__aexit__(None, None, None)
        client = await boards.client(board)
        assert (client.info.model_id, client.info.previous_model_id) == (before, now)
        assert await running_model(client) == before
        await client.__aexit__(None, None, None)
    assert reconnects > 3


# --- power --------------------------------------------------------------------------------------
async def test_models_survive_a_restart(boards, package: bytes, tmp_path: Path) -> None:
    flash = tmp_path / "board.flash"
    board = await boards.start(flash=flash, address=ADDRESS)
    client = await boards.client(board)
    first, second = another(package, 1), another(package, 2)
    await push(client, first)
    await push(client, second)
    await boards.stop(board)
    await boards.start(flash=flash, address=ADDRESS)
    predictions = client.predictions()  # reconnects by itself
    assert (await anext(predictions)).model_id == model_id(second)
    await predictions.aclose()
    assert await client.rollback() == model_id(first)
    assert await running_model(client) == model_id(first)


async def test_a_flash_file_with_two_larger_slots_starts_an_empty_board(
    boards, package: bytes, tmp_path: Path
) -> None:
    """Virtual boards keep their files when this program is updated."""
    flash = tmp_path / "board.flash"
    memory = bytearray(b"\xff" * _core.FLASH_BYTES)
    for page in (0, 31):
        memory[page * PAGE : page * PAGE + len(package)] = package
    record = b"MLJ1" + (1).to_bytes(4, "little") + bytes((1, 3, 0xFF, 0xFF))
    record += zlib.crc32(record).to_bytes(4, "little")
    memory[62 * PAGE : 62 * PAGE + len(record)] = record
    flash.write_bytes(memory)
    board = await boards.start(flash=flash)
    client = await boards.client(board)
    assert client.info.active_slot == wire.NO_SLOT
    for number in range(3):
        await push(client, another(package, number))
    assert await running_model(client) == model_id(another(package, 2))


async def test_a_push_goes_on_with_a_board_that_restarted_meanwhile(
    boards, package: bytes, tmp_path: Path
) -> None:
    flash = tmp_path / "board.flash"
    board = await boards.start(flash=flash, address=ADDRESS)
    client = await boards.client(board)
    old, new = another(package, 1), another(package, 2)
    await push(client, old)
    stopped = []
    async for now in client.push(new):
        if now.stage is PushStage.SEND and now.sent_bytes > 3000 and not stopped:
            await boards.stop(board)
            stopped.append(now)
            board = await boards.start(flash=flash, address=ADDRESS)
            assert wire.Info.unpack(board.core.info()).model_id == model_id(old)
    assert client.info.model_id == model_id(new)
    assert client.info.previous_model_id == model_id(old)
