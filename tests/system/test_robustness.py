"""No central and no package can stop a board: it answers, streams and keeps its model."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motionloop import _core, wire
from motionloop.errors import BoardRefusedError
from motionloop.model.package import model_id
from motionloop.virtual.classifier import TflmClassifier
from motionloop.virtual.crypto import Crypto
from motionloop.virtual.nor_flash import NorFlash
from motionloop.wire import Opcode, Status

pytestmark = pytest.mark.slow


class BareBoard:
    """The core with flash, TFLM and a radio that takes everything, without time or air."""

    def __init__(self, package: bytes) -> None:
        self.replies: list[bytes] = []
        self.now = 0
        self._taken = 0
        self.core = _core.Board(
            radio=self, flash=NorFlash(None), classifier=TflmClassifier(wire.ARENA_BYTES),
            clock=self, crypto=Crypto(), firmware=wire.FIRMWARE_VERSION, imu=1, flags=0, boot_id=1,
            rate_mhz=119_000, accel_ng_per_lsb=244_000, gyro_nrads_per_lsb=1_221_730,
            accel_range_mg=8000, gyro_range_dps=2000, arena_bytes=wire.ARENA_BYTES,
        )  # fmt: skip
        self.core.start()
        self.core.on_link(True)
        assert self.push(package) == Status.OK

    def notify(self, kind: int, value: bytes) -> bool:
        if kind == _core.NOTIFY_REPLY:
            self.replies.append(value)
        return True

    def listened_to(self) -> bool:
        return True

    def end_link(self) -> None:
        raise AssertionError("somebody listens")

    def now_us(self) -> int:
        return self.now

    def work(self, samples: int = 0) -> None:
        if samples:
            self.now += samples * 8403
            times = np.arange(self._taken, self._taken + samples, dtype=np.int64) * 8403
            self.core.on_samples(np.ones((samples, 6), np.int16), times)
            self._taken += samples
        while self.core.step() or self.core.busy:
            pass

    def command(self, opcode: Opcode, arguments: bytes = b"") -> wire.ReplyHeader:
        self.core.on_command(bytes([opcode, 7]) + arguments)
        self.work()
        return wire.ReplyHeader.unpack(self.replies[-1])

    def push(self, package: bytes) -> int:
        begin = wire.ModelBegin(len(package), zlib.crc32(package))
        self.command(Opcode.MODEL_BEGIN, begin.pack())
        for offset in range(0, len(package), 160):
            header = wire.ModelChunkHeader(offset).pack()
            self.core.on_model_write(header + package[offset : offset + 160])
        return self.command(Opcode.MODEL_COMMIT).status


bad_writes = st.tuples(
    st.booleans(),
    st.one_of(
        st.binary(max_size=20),
        # An opcode that exists, with arguments of any length.
        st.builds(
            lambda opcode, rest: bytes([opcode]) + rest,
            st.sampled_from(list(Opcode)),
            st.binary(max_size=19),
        ),
    ),
)


@settings(max_examples=80, deadline=None)
@given(writes=st.lists(bad_writes, max_size=30), at_once=st.booleans())
def test_no_command_and_no_model_write_stops_the_board(
    package: bytes, writes: list[tuple[bool, bytes]], at_once: bool
) -> None:
    board = BareBoard(package)
    for is_command, value in writes:
        (board.core.on_command if is_command else board.core.on_model_write)(value)
        if not at_once:
            board.work(samples=5)
    board.work(samples=200)
    header = board.command(Opcode.STATUS)
    assert (header.opcode, header.tag, header.status) == (Opcode.STATUS, 7, Status.OK)
    info = wire.Info.unpack(board.core.info())
    assert info.model_id == model_id(package)
    assert board.push(package) in (Status.OK, Status.BAD_CRC)


@pytest.mark.parametrize("length", range(21))
def test_writes_of_every_short_length_are_answered(package: bytes, length: int) -> None:
    board = BareBoard(package)
    for fill in (0, *Opcode, 255):
        value = bytes([fill] * length)
        board.replies.clear()
        board.core.on_command(value)
        board.work()
        assert len(board.replies) == 1
        board.replies.clear()
        board.core.on_model_write(value)
        board.work()
        (reply,) = board.replies
        assert wire.ReplyHeader.unpack(reply).status != Status.OK
    assert board.command(Opcode.STATUS).status == Status.OK


@pytest.mark.virtual_time
async def test_a_central_that_floods_without_waiting_is_survived(boards, package: bytes) -> None:
    board = await boards.start()
    client = await boards.client(board)
    async for _ in client.push(package):
        pass
    stream = client.stream()
    before = await anext(stream)
    for number in range(200):
        value = bytes([number % 13, number % 256]) + bytes(number % 17)
        await client.link.write(wire.COMMAND_UUID, value)
        if number % 3 == 0:
            await client.link.write(wire.MODEL_UUID, value)
    await asyncio.sleep(2)
    counters = await client.status()
    assert counters.bad_commands > 50
    assert (await client.read_info()).active_slot != wire.NO_SLOT
    # It goes on sampling; once asked to stream again it misses nothing from there.
    await stream.aclose()
    stream = client.stream()
    before = await anext(stream)
    for _ in range(50):
        packet = await anext(stream)
        assert (packet.seq, packet.gap) == (before.next_seq, None)
        before = packet
    await stream.aclose()


@pytest.mark.virtual_time
async def test_a_transfer_that_is_abandoned_leaves_the_model_alone(boards, package: bytes) -> None:
    board = await boards.start()
    client = await boards.client(board)
    async for _ in client.push(package):
        pass
    with pytest.raises(BoardRefusedError) as refused:
        await client._order(Opcode.MODEL_COMMIT)
    assert refused.value.status == Status.NO_MODEL
    begin = wire.ModelBegin(len(package), 1).pack()
    await client._order(Opcode.MODEL_BEGIN, begin)
    with pytest.raises(BoardRefusedError) as refused:
        await client._order(Opcode.MODEL_COMMIT)
    assert (refused.value.status, refused.value.detail) == (Status.INCOMPLETE, 0)
    await client._order(Opcode.MODEL_ABORT)
    assert (await client.read_info()).model_id == model_id(package)


# TFLM is no validator: what the core lets through must not take the process down, so another
# process tries. Each of these is a whole package with right checksums and a damaged .tflite.
_DAMAGE = """
import sys
import numpy as np
from dataclasses import replace
from pathlib import Path
from motionloop import _core, wire
from motionloop.model.inference import Interpreter, ModelNotPreparedError
from motionloop.model.package import unpack_package

made = unpack_package(Path(sys.argv[1]).read_bytes())
size = made.input.input_bytes
rng = np.random.default_rng(1)
refused = prepared = ran = 0
for number in range(1500):
    damaged = bytearray(made.tflite)
    for _ in range(rng.integers(1, 4)):
        # Weights are most of the file, its structure is at both ends.
        at = rng.integers(0, len(damaged)) if number % 3 else rng.integers(-1600, 400)
        damaged[at] ^= 1 << rng.integers(0, 8)
    status, _ = _core.check_tflite(bytes(damaged), size, len(made.labels))
    if status != wire.Status.OK:
        refused += 1
        continue
    try:
        interpreter = Interpreter(bytes(damaged), wire.ARENA_BYTES)
    except ModelNotPreparedError:
        prepared += 1
        continue
    interpreter.invoke(made.golden_inputs[0])
    ran += 1
print(refused, prepared, ran)
"""


def test_a_damaged_model_with_right_checksums_never_takes_the_process_down(
    package: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "model.mlpkg"
    path.write_bytes(package)
    done = subprocess.run(
        [sys.executable, "-c", _DAMAGE, str(path)], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    refused, _, ran = map(int, done.stdout.split())
    assert refused > 200
    assert ran > 200
