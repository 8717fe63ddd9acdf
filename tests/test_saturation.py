"""What a saturated sample is: the same samples give the same count everywhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from motionloop import wire
from motionloop.board.packets import Packet
from motionloop.recordings import importing
from motionloop.recordings.recording import Recording
from motionloop.recordings.writer import RecordingWriter
from motionloop.studio.boards.sample_ring import SampleRing
from motionloop.studio.labelling.overview import Overview, finest_level
from tests.recordings.made import BOARD, PERIOD_US
from tests.test_core_module import Ports, board, command

DISTANCE = 100  # samples from one strong one to the next


def samples() -> tuple[NDArray[np.int64], NDArray[np.int16], int]:
    """`t_us` [n], `raw` [n, 6], and how many of them are saturated.

    Each end of the range, and what is just inside it, once alone on each axis; then all six at
    once.
    """
    ends = [32767, -32767, -32768]
    alone = [(axis, value) for axis in range(wire.AXES) for value in [*ends, 32766, -32766]]
    raw = np.zeros(((len(alone) + 1) * DISTANCE, wire.AXES), np.int16)
    for place, (axis, value) in enumerate(alone):
        raw[place * DISTANCE, axis] = value
    raw[-DISTANCE] = [32767, -32767, -32768, 32767, -32767, -32768]
    return np.arange(len(raw), dtype=np.int64) * PERIOD_US, raw, len(ends) * wire.AXES + 1


def by_core(folder: Path, t_us: NDArray[np.int64], raw: NDArray[np.int16]) -> int:
    ports = Ports()
    made = board(ports)
    made.on_samples(raw, t_us)
    return wire.Counters.unpack(command(made, ports, wire.Opcode.STATUS)).saturated


def by_writer(folder: Path, t_us: NDArray[np.int64], raw: NDArray[np.int16]) -> int:
    with RecordingWriter.create(folder / "recording", BOARD) as writer:
        writer.append(0, t_us, raw)
        return writer.quality.saturated


def by_recording(folder: Path, t_us: NDArray[np.int64], raw: NDArray[np.int16]) -> int:
    by_writer(folder, t_us, raw)
    return Recording.open(folder / "recording").quality.saturated


def by_npz(folder: Path, t_us: NDArray[np.int64], raw: NDArray[np.int16]) -> int:
    np.savez(
        folder / "strong.npz",
        X=raw * (np.array(BOARD.format.nano_per_lsb) / 1e9),
        y=np.zeros(len(raw), np.uint8),
        session=np.zeros(len(raw), np.uint8),
        label_names=np.array(["shake"]),
        rate_hz=np.float64(BOARD.format.rate_hz),
    )
    (read,) = importing.recordings_in(
        folder / "strong.npz",
        accel_ng_per_lsb=BOARD.format.accel_ng_per_lsb,
        gyro_nrads_per_lsb=BOARD.format.gyro_nrads_per_lsb,
    )
    np.testing.assert_array_equal(read.raw, raw)
    return read.quality.saturated


def by_ring(folder: Path, t_us: NDArray[np.int64], raw: NDArray[np.int16]) -> int:
    info = wire.Info.unpack(board(Ports()).info())
    ring = SampleRing(info)
    ring.add(Packet(0, t_us, raw))
    return ring.quality.saturated


def marks(t_us: NDArray[np.int64], raw: NDArray[np.int16], pixels: int) -> int:
    """How many marks the timeline shows on a line of so many pixels."""
    overview = Overview(finest_level(t_us, raw, BOARD.format.rate_hz), t_us, raw)
    marked = overview.saturated(0, len(raw) * PERIOD_US, pixels)
    return int((np.diff(marked.astype(int), prepend=0) == 1).sum())


def by_overview(folder: Path, t_us: NDArray[np.int64], raw: NDArray[np.int16]) -> int:
    return marks(t_us, raw, len(raw))


def by_overview_from_afar(folder: Path, t_us: NDArray[np.int64], raw: NDArray[np.int16]) -> int:
    return marks(t_us, raw, len(raw) // 20)


COUNTS = [by_core, by_writer, by_recording, by_npz, by_ring, by_overview, by_overview_from_afar]


@pytest.mark.parametrize("count", COUNTS, ids=lambda count: count.__name__)
def test_a_saturated_sample_is_the_same_everywhere(count, tmp_path: Path) -> None:
    t_us, raw, expected = samples()
    assert count(tmp_path, t_us, raw) == expected
