"""The firmware's core as a Python module: the same bits as natively, and ports that may raise."""

from __future__ import annotations

import gc
import runpy
import weakref
import zlib
from collections import deque
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from motionloop import _core, wire
from motionloop.model.inference import Interpreter
from motionloop.model.package import unpack_package
from motionloop.sample_format import SampleFormat
from motionloop.virtual.crypto import Crypto
from motionloop.windows import window_ends

GOLDEN = Path(__file__).parent / "golden"
PACKAGE = (GOLDEN / "model.mlpkg").read_bytes()
golden = runpy.run_path(str(GOLDEN / "make_golden.py"))

RATE_MHZ, ACCEL, GYRO = 119_000, 244_000, 1_221_730
PERIOD_US = 8403


# --- windower -----------------------------------------------------------------------------
def windower(**changes: Any) -> _core.Windower:
    wanted: dict[str, Any] = {
        "rate_mhz": RATE_MHZ,
        "accel_ng_per_lsb": ACCEL,
        "gyro_nrads_per_lsb": GYRO,
        "model_rate_mhz": 50_000,
        "window": 32,
        "channels": wire.Channel(0, 0, wire.NO_TABLE, 0, 4096).pack(),
        "tables": b"",
    }
    return _core.Windower(**{**wanted, **changes})


def test_golden_windows_are_not_stale() -> None:
    """When this fails and the change was meant: python tests/golden/make_golden.py"""
    made = golden["windower_lines"]()
    assert (GOLDEN / "windower.txt").read_text().splitlines() == list(made)


def test_golden_windows_come_out_bit_for_bit() -> None:
    lines = (GOLDEN / "windower.txt").read_text().splitlines()
    for line in lines:
        case = golden["parse_windower"](line)
        np.testing.assert_array_equal(case.compute(), case.expected)
    assert len(lines) == 9


@pytest.mark.parametrize("rate_mhz", [119_000, 99_840, 104_000, 476_000, 50_000, 25_000])
def test_resampling_is_a_mean_over_each_point(rate_mhz: int) -> None:
    """Against double precision: sample i covers the positions i to i + 1."""
    made = windower(rate_mhz=rate_mhz)
    rng = np.random.default_rng(1)
    steps = rng.integers(-300, 301, (made.span + 50, 6))
    samples = np.clip(np.cumsum(steps, axis=0), -32768, 32767).astype(np.int16)
    end = made.span + 49
    points = made.resample(samples, np.array([end]))[0]
    ratio = rate_mhz / 50_000
    width = max(ratio, 1.0)
    area = np.vstack([np.zeros(6), np.cumsum(samples, axis=0, dtype=float)])
    edges = np.arange(len(area))
    unit = np.array([ACCEL] * 3 + [GYRO] * 3) / 1e9 * 2**wire.FIXED_POINT_BITS
    high = end + 1 - ratio * np.arange(31, -1, -1)
    for axis in range(6):
        upper = np.interp(high, edges, area[:, axis])
        lower = np.interp(high - width, edges, area[:, axis])
        expected = (upper - lower) / width * unit[axis]
        # Positions are cut to 1/256 sample.
        np.testing.assert_allclose(points[:, axis], expected, atol=0.6 + 300 * unit[axis] / 100)


@given(offset=st.integers(-200, 200), scale=st.integers(1, 100))
def test_turning_a_device_around_negates_its_input(offset: int, scale: int) -> None:
    spec = unpack_package(PACKAGE).input
    made = spec.windower(SampleFormat(50.0, ACCEL, GYRO))
    wave = (np.sin(np.arange(32 * 6) * 0.7).reshape(1, 32, 6) * 1000 * scale).astype(np.int32)
    fixed = wave + offset * 64
    plus, minus = made.channels(fixed), made.channels(-fixed)
    assert np.abs(plus.astype(int) + minus).max() <= 1  # halves and means round up
    assert (plus != -minus).mean() < 0.1


@pytest.mark.parametrize(
    "changes",
    [
        {"rate_mhz": 0},
        {"model_rate_mhz": 0},
        {"window": 0},
        {"window": wire.MAX_WINDOW + 1},
        {"rate_mhz": 1_000_000},
        {"accel_ng_per_lsb": 0},
        {"gyro_nrads_per_lsb": 2_000_001},
        {"channels": b""},
        {"channels": b"\0" * 7},
        {"channels": wire.Channel(0, 0, 255, 0, 1).pack() * 17},
        {"channels": wire.Channel(6, 0, 255, 0, 1).pack()},
        {"channels": wire.Channel(0, 0, 0, 0, 0).pack()},  # a table that is not there
        {"tables": b"\0" * 500},
    ],
)
def test_windower_refuses(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"channels|channel|tables|window"):
        windower(**changes)


def test_windower_does_not_read_outside_its_arrays() -> None:
    made = windower()
    samples = np.zeros((200, 6), np.int16)
    assert made.resample(samples, np.array([made.span - 1, 199])).shape == (2, 32, 6)
    for end in (made.span - 2, 200, -1, 2**40):
        with pytest.raises(IndexError, match="outside"):
            made.resample(samples, np.array([end]))
    with pytest.raises(ValueError, match="another length"):
        made.channels(np.zeros((1, 31, 6), np.int32))
    assert made.channels(np.zeros((0, 32, 6), np.int32)).shape == (0, 32, 1)
    with pytest.raises(TypeError):
        made.resample(np.zeros((200, 5), np.int16), np.array([199]))


def test_results_outlive_their_windower() -> None:
    made = windower()
    points = made.resample(np.full((200, 6), 7, np.int16), np.array([199]))
    del made
    gc.collect()
    assert (points[:, :, 0] == points[0, 0, 0]).all()


# --- rejection ----------------------------------------------------------------------------
def test_golden_rejections_are_not_stale() -> None:
    """When this fails and the change was meant: python tests/golden/make_golden.py"""
    assert (GOLDEN / "rejection.txt").read_text().splitlines() == list(golden["rejection_lines"]())


def test_golden_rejections_come_out_bit_for_bit() -> None:
    lines = (GOLDEN / "rejection.txt").read_text().splitlines()
    for line in lines:
        case = golden["parse_rejection"](line)
        assert case.compute() == case.expected
    assert len(lines) == 12


@given(st.binary(max_size=80), st.integers(0, 20), st.integers(0, 20))
def test_rejection_reads_any_bytes_or_refuses_them(
    section: bytes, class_count: int, channel_count: int
) -> None:
    try:
        rejection = _core.Rejection(section, class_count, channel_count)
    except ValueError:
        return
    size = section[0] + 2 * channel_count
    assert len(rejection.distances(np.ones((3, size), np.int8))) == 3
    with pytest.raises(ValueError, match="another number"):
        rejection.distances(np.ones((3, size + 1), np.int8))


# --- board --------------------------------------------------------------------------------
class Ports:
    """Radio, flash, classifier, clock and crypto of a board on the desk, in one."""

    crypto = Crypto()

    def __init__(self) -> None:
        self.memory = np.full(_core.FLASH_BYTES, 0xFF, np.uint8)
        self.sent: deque[tuple[int, bytes]] = deque()
        self.inputs: list[bytes] = []
        self.us = 0
        self.ended = 0  # links
        self.interpreter: Interpreter | None = None
        self.failure: Exception | None = None

    def notify(self, kind: int, value: bytes) -> bool:
        if self.failure is not None:
            raise self.failure
        self.sent.append((kind, value))
        return True

    def listened_to(self) -> bool:
        return False

    def end_link(self) -> None:
        self.ended += 1

    def verify(self, public_key: bytes, digest: bytes, signature: bytes) -> bool:
        return self.crypto.verify(public_key, digest, signature)

    def draw(self, length: int) -> bytes:
        return self.crypto.draw(length)

    def erase_page(self, page: int) -> int:
        size = wire.FLASH_PAGE_BYTES
        self.memory[page * size : (page + 1) * size] = 0xFF
        return _core.ERASE_DONE

    def program(self, offset: int, data: bytes) -> bool:
        self.memory[offset : offset + len(data)] &= np.frombuffer(data, np.uint8)
        return True

    def load(self, tflite: bytes) -> int:
        self.interpreter = Interpreter(tflite, wire.ARENA_BYTES)
        return wire.Status.OK

    def invoke(self, window: bytes) -> bytes | None:
        if self.failure is not None:
            raise self.failure
        assert self.interpreter is not None
        self.inputs.append(window)
        return self.interpreter.invoke_all(np.frombuffer(window, np.int8)).tobytes()

    def now_us(self) -> int:
        return self.us


def board(ports: Ports, **changes: Any) -> _core.Board:
    wanted: dict[str, Any] = {
        "radio": ports,
        "flash": ports,
        "classifier": ports,
        "clock": ports,
        "crypto": ports,
        "firmware": wire.FIRMWARE_VERSION,
        "imu": wire.Imu.SYNTHETIC,
        "flags": wire.BoardFlag.VIRTUAL,
        "boot_id": 1,
        "rate_mhz": RATE_MHZ,
        "accel_ng_per_lsb": ACCEL,
        "gyro_nrads_per_lsb": GYRO,
        "accel_range_mg": 8000,
        "gyro_range_dps": 2000,
        "arena_bytes": wire.ARENA_BYTES,
    }
    made = _core.Board(**{**wanted, **changes})
    made.start()
    while made.starting:
        made.step()
    made.on_link(True)
    return made


def run(made: _core.Board) -> None:
    while made.step() or made.busy:
        pass


def command(made: _core.Board, ports: Ports, opcode: wire.Opcode, arguments: bytes = b"") -> bytes:
    """The result of a command that must succeed."""
    made.on_command(wire.CommandHeader(opcode, 1).pack() + arguments)
    run(made)
    kind, value = ports.sent.pop()
    reply = wire.ReplyHeader.unpack(value)
    assert (kind, reply.opcode, reply.status) == (_core.NOTIFY_REPLY, opcode, wire.Status.OK)
    return value[wire.ReplyHeader.SIZE :]


def push(made: _core.Board, ports: Ports, package: bytes = PACKAGE) -> None:
    begin = wire.ModelBegin(len(package), zlib.crc32(package))
    command(made, ports, wire.Opcode.MODEL_BEGIN, begin.pack())
    for at in range(0, len(package), 176):
        made.on_model_write(wire.ModelChunkHeader(at).pack() + package[at : at + 176])
    command(made, ports, wire.Opcode.MODEL_COMMIT)


def motion(count: int, seed: int = 0) -> NDArray[np.int16]:
    rng = np.random.default_rng(seed)
    t_s = np.arange(count)[:, np.newaxis] / (RATE_MHZ / 1000)
    swing = 4000 * np.sin(2 * np.pi * t_s * rng.uniform(0.5, 3, 6))
    return np.asarray(swing + rng.normal(0, 50, (count, 6)) + 1000).astype(np.int16)


def live(made: _core.Board, ports: Ports, samples: NDArray[np.int16], first: int = 0) -> None:
    for i in range(0, len(samples), 8):
        t_us = (np.arange(i, min(i + 8, len(samples))) + first + 1) * PERIOD_US
        ports.us = int(t_us[-1])
        made.on_samples(samples[i : i + 8], t_us.astype(np.int64))
        run(made)


def test_board_predicts_what_the_host_computes_for_the_same_window() -> None:
    """Windower, positions and TFLM: the board's live answers and the host's are one."""
    ports = Ports()
    made = board(ports)
    push(made, ports)
    ports.inputs.clear()
    samples = motion(1200)
    live(made, ports, samples)
    package = unpack_package(PACKAGE)
    windower = package.input.windower(SampleFormat(RATE_MHZ / 1000, ACCEL, GYRO))
    ends = window_ends(windower, package.input.hop, 0, len(samples) - 1)
    inputs = windower.channels(windower.resample(samples, ends))
    interpreter = Interpreter(package.tflite)
    outputs = interpreter.invoke_many(inputs)
    assert package.rejection is not None
    unknown = package.rejection.rejects(interpreter.embed_many(inputs), inputs)
    answers = [value for kind, value in ports.sent if kind == _core.NOTIFY_PREDICTION]
    assert len(answers) == len(ends) > 25
    for i, value in enumerate(answers):
        header = wire.PredictionHeader.unpack(value)
        assert header.seq_end == ends[i]
        assert header.t_us == (ends[i] + 1) * PERIOD_US
        assert header.input_crc32 == zlib.crc32(inputs[i].tobytes())
        assert bool(header.flags & wire.PredictionFlag.RAW_UNKNOWN) == unknown[i]
        assert value[wire.PredictionHeader.SIZE :] == outputs[i].tobytes()
        assert ports.inputs[i] == inputs[i].tobytes()


def test_board_keeps_its_model_in_flash() -> None:
    ports = Ports()
    push(board(ports), ports)
    info = wire.Info.unpack(board(ports).info())
    assert info.model_id == wire.PackageHeader.unpack(PACKAGE).model_id
    assert info.wire_hash == wire.WIRE_HASH
    assert bytes(ports.memory[: len(PACKAGE)]) == PACKAGE


def test_board_reports_restarts_that_its_shell_knows_of() -> None:
    for made, restarts in ((board(ports := Ports()), 0), (board(ports, radio_restarts=7), 7)):
        counters = wire.Counters.unpack(command(made, ports, wire.Opcode.STATUS))
        assert counters.radio_restarts == restarts


def test_board_is_busy_while_an_erase_that_a_push_needs_goes_on() -> None:
    class Slow(Ports):
        answer = _core.ERASE_WORKING

        def erase_page(self, page: int) -> int:
            return self.answer if self.answer != _core.ERASE_DONE else super().erase_page(page)

    ports = Slow()
    made = board(ports)
    begin = wire.ModelBegin(len(PACKAGE), zlib.crc32(PACKAGE)).pack()
    made.on_command(wire.CommandHeader(wire.Opcode.MODEL_BEGIN, 1).pack() + begin)
    assert not any(made.step() for _ in range(10))
    assert made.busy
    assert not ports.sent
    ports.answer = _core.ERASE_FAILED
    run(made)
    assert wire.ReplyHeader.unpack(ports.sent.pop()[1]).status == wire.Status.FLASH_FAILED
    ports.answer = _core.ERASE_DONE
    push(made, ports)
    assert not made.busy


def test_board_raises_what_a_port_raised() -> None:
    ports = Ports()
    made = board(ports)
    push(made, ports)
    ports.failure = RuntimeError("the port fell over")
    made.on_command(wire.CommandHeader(wire.Opcode.STATUS, 1).pack())
    with pytest.raises(RuntimeError, match="fell over"):
        made.step()
    ports.failure = None
    counters = wire.Counters.unpack(command(made, ports, wire.Opcode.STATUS))
    assert counters.notify_refused == 1
    # It goes on afterwards, and so after a failed inference.
    ports.failure = ValueError("no inference today")
    with pytest.raises(ValueError, match="no inference"):
        live(made, ports, motion(200))
    ports.failure = None
    counters = wire.Counters.unpack(command(made, ports, wire.Opcode.STATUS))
    assert counters.inference_failures == 1


@pytest.mark.parametrize("answer", [None, b"", b"\0\0", b"\0\0\0\0"])
def test_board_counts_inference_with_an_answer_of_another_size(answer: bytes | None) -> None:
    class Odd(Ports):
        odd = False

        def invoke(self, window: bytes) -> bytes | None:
            return answer if self.odd else super().invoke(window)

    ports = Odd()
    made = board(ports)
    push(made, ports)
    ports.odd = True
    live(made, ports, motion(100))
    counters = wire.Counters.unpack(command(made, ports, wire.Opcode.STATUS))
    assert counters.inference_failures == 1
    assert counters.predictions == 0


def test_board_wants_flash_of_its_size_and_a_time_for_each_sample() -> None:
    ports = Ports()
    ports.memory = np.zeros(4096, np.uint8)
    with pytest.raises(ValueError, match="FLASH_BYTES"):
        board(ports)
    made = board(Ports())
    with pytest.raises(ValueError, match="one time per sample"):
        made.on_samples(np.zeros((2, 6), np.int16), np.zeros(1, np.int64))
    made.on_samples(np.zeros((0, 6), np.int16), np.zeros(0, np.int64))


def test_board_and_its_ports_are_collected_together() -> None:
    """A port usually refers to the board that it belongs to."""
    ports = Ports()
    ports.board = board(ports)  # type: ignore[attr-defined]
    gone = weakref.ref(ports)
    del ports
    gc.collect()
    assert gone() is None


@given(value=st.binary(max_size=200))
def test_board_survives_any_bytes(value: bytes) -> None:
    ports = Ports()
    made = board(ports)
    made.on_command(value)
    made.on_model_write(value)
    run(made)
    assert all(kind == _core.NOTIFY_REPLY for kind, _ in ports.sent)
    assert made.label == wire.NO_LABEL
