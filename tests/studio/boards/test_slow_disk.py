"""A disk that hangs while the studio records: the board's samples, labels and model go on."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from motionloop.recordings.recording import Recording
from tests.slow_disk import HUNG_S, SlowDisk
from tests.studio.boards.test_going_on import Heard, linked


@pytest.mark.virtual_time
@pytest.mark.slow
async def test_nothing_is_lost_and_the_event_loop_goes_on(
    boards, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = await boards.start()
    heard, disk = Heard(), SlowDisk(monkeypatch)
    async with linked(board, tmp_path, heard) as link:
        while link.ring is None or link.ring.last_us is None:  # noqa: ASYNC110, virtual time
            await asyncio.sleep(0.1)
        await link.start_recording(tmp_path / "r", "Ada", "wrist")
        hanging = asyncio.create_task(disk.hang())
        await asyncio.sleep(2.0)
        link.label("walking")
        before = link.ring.last_us
        await asyncio.sleep(2.0)
        assert not hanging.done()
        assert link.ring.last_us - before == pytest.approx(2e6, abs=0.3e6)
        link.label(None)
        await hanging
        await link.stop_recording()
        assert link.recording is None
    assert heard.failures == []
    recording = Recording.open(tmp_path / "r")
    assert (recording.gaps, recording.problems) == ((), ())
    assert recording.quality.duration_s == pytest.approx(1.5 + HUNG_S, abs=0.5)
    assert recording.seconds_per_label == {"walking": pytest.approx(2.0, abs=0.3)}


@pytest.mark.virtual_time
async def test_a_recording_that_is_being_opened_is_stopped_too(boards, tmp_path: Path) -> None:
    board = await boards.start()
    heard = Heard()
    async with linked(board, tmp_path, heard) as link:
        while link.ring is None:  # noqa: ASYNC110, virtual time
            await asyncio.sleep(0.1)
        beginning = asyncio.create_task(link.start_recording(tmp_path / "r", "Ada", "wrist"))
        await asyncio.sleep(0)
        assert not beginning.done()
        await link.stop_recording()
        await beginning
        assert link.recording is None
    assert heard.failures == []
    assert Recording.open(tmp_path / "r").description.closed
