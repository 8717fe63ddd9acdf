"""Each kind of fault once, and a short day: nothing is lost, and nothing is silent."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from benchmarks.endurance import a_day, growth_mb
from benchmarks.faults import KINDS, befall
from benchmarks.long_run import CAUGHT_UP_S, Rig, compare
from motionloop.virtual.motion import LSM9DS1

pytestmark = [pytest.mark.virtual_time, pytest.mark.slow]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_fault_within_20_s_loses_nothing(tmp_path: Path, kind: str) -> None:
    rig = Rig(tmp_path)
    await rig.start_board()
    rig.start_host()
    await asyncio.sleep(CAUGHT_UP_S)
    await befall(rig, kind, random.Random(3))
    await asyncio.sleep(CAUGHT_UP_S)
    rig.check()
    await rig.stop_host()
    await rig.stop_board()
    found = compare(rig.path, rig.began_s, LSM9DS1.format.rate_hz)
    assert (found.lost, found.undeclared, found.clock_unknown) == (0, 0, 0)
    assert rig.pushes_completed == rig.pushes == kind.startswith("push")
    assert found.samples > 1.5 * CAUGHT_UP_S * 119
    assert found.clock_error_ms < 25


async def test_a_short_day_is_whole(tmp_path: Path) -> None:
    figures = await a_day(tmp_path, hours=0.05, pushes=3, disconnects=12, seed=1)
    assert (figures["lost"], figures["undeclared"]) == (0, 0)
    assert (figures["pushes_completed"], figures["disconnects"]) == (3, 12)
    assert figures["predictions"] > 50


def test_growth_is_from_the_first_third_to_the_last() -> None:
    assert growth_mb([1.0, 9.0, 1.0, 1.0, 2.0, 1.0, 3.0, 3.0, 0.0]) == 2.0
