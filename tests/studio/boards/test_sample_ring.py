"""The newest samples of a board, as plots and corrections find them."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from motionloop import wire
from motionloop.board.packets import Packet
from motionloop.studio.boards import sample_ring
from motionloop.studio.boards.sample_ring import SampleRing

RATE_HZ = 100
INFO = replace(
    wire.Info.unpack(bytes(wire.Info.SIZE)),
    native_rate_mhz=1000 * RATE_HZ,
    accel_ng_per_lsb=500_000,
    gyro_nrads_per_lsb=2_000_000,
)


@pytest.fixture
def ring() -> SampleRing:
    return SampleRing(INFO, seconds=2.0)


def packet(seq: int, count: int = 10, **what: object) -> Packet:
    """Samples whose first axis counts up with the sequence number."""
    numbers = np.arange(seq, seq + count)
    raw = np.zeros((count, wire.AXES), np.int16)
    raw[:, 0] = raw[:, 3] = numbers
    return Packet(seq, numbers * 10_000, raw, **what)  # type: ignore[arg-type]


def test_values_are_in_g_and_rad_per_s(ring: SampleRing) -> None:
    ring.add(packet(0))
    t_s, values = ring.newest(1.0)
    assert t_s == pytest.approx(np.arange(-9, 1) / RATE_HZ)
    assert values[-1] == pytest.approx([9 * 0.0005, 0, 0, 9 * 0.002, 0, 0])
    assert ring.last_us == 90_000


def test_it_holds_the_last_seconds_however_long_it_runs(ring: SampleRing) -> None:
    for seq in range(0, 5000, 10):
        ring.add(packet(seq))
        held = ring.stretch(max(0, seq + 10 - 2 * RATE_HZ), seq + 9)
        assert held is not None
        assert (held.raw[:, 0] == held.seq).all()
    assert len(ring.newest(1.0)[0]) == pytest.approx(RATE_HZ, abs=6)
    assert ring.stretch(0, 9) is None


def test_a_gap_is_counted_and_no_stretch_reaches_over_it(ring: SampleRing) -> None:
    ring.add(packet(0))
    ring.add(packet(25, gap="lost on the link"))
    assert ring.quality.lost == 15
    assert ring.stretch(5, 30) is None
    assert ring.stretch(25, 34) is not None


def test_a_restarted_board_begins_anew(ring: SampleRing) -> None:
    ring.add(packet(500))
    ring.add(packet(0, restarted_boot_id=7))
    assert ring.stretch(500, 509) is None
    assert len(ring.newest(10.0)[0]) == 10
    assert ring.quality.lost == 0


def test_the_rate_is_the_boards_between_two_packets_and_falls_in_silence(
    ring: SampleRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_s = 1000.0
    monkeypatch.setattr(sample_ring, "time", SimpleNamespace(monotonic=lambda: now_s))
    for number in range(50):
        ring.add(packet(4 * number, 4))
        now_s += 4 / RATE_HZ
    assert ring.quality.rate_hz == pytest.approx(RATE_HZ)
    now_s += 1.0
    assert ring.quality.rate_hz < 0.7 * RATE_HZ
    now_s += 10.0
    assert ring.quality.rate_hz == 0.0
