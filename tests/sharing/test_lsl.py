"""What the Lab Streaming Layer gets from a board is what was measured, when it was measured."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pylsl
import pytest
import pyxdf

from benchmarks.clocks import Numbered, truth_s
from motionloop.errors import MotionLoopError
from motionloop.recordings.importing import recordings_in
from motionloop.sharing import share as share_module
from motionloop.sharing.lsl import LslOutlets
from motionloop.sharing.share import Share, SharedBoard
from motionloop.virtual.motion import LSM9DS1
from tests.recordings import lab_recorder

pytestmark = pytest.mark.slow


class Inlet:
    """A reader that was there before the first sample."""

    def __init__(self, name: str) -> None:
        (found,) = pylsl.resolve_byprop("name", name, minimum=1, timeout=10.0)
        self._inlet = pylsl.StreamInlet(found)
        self._inlet.open_stream(timeout=10.0)
        self.info = self._inlet.info(timeout=10.0)

    def pulled(self, count: int) -> tuple[list, np.ndarray]:
        samples, times_s = [], []
        while len(times_s) < count:
            sample, time_s = self._inlet.pull_sample(timeout=10.0)
            assert time_s is not None, f"{len(times_s)} of {count} came"
            samples.append(sample)
            times_s.append(time_s)
        return samples, np.array(times_s)

    def close(self) -> None:
        self._inlet.close_stream()


def off_s(samples: list, times_s: np.ndarray, began_s: float) -> np.ndarray:
    """How much later than the truth the times are, of a board that started at `began_s`."""
    return times_s - truth_s(np.array(samples)[:, :3], began_s)


async def run_for(share: Share, seconds: float) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(seconds):
            await share.run()


@pytest.mark.virtual_time
async def test_what_lab_recorder_would_record_has_the_times_of_measurement(
    boards, package: bytes, tmp_path: Path
) -> None:
    board = await boards.start(motion=Numbered(), drift_ppm=60.0)
    client = await boards.client(board)
    async for _ in client.push(package):
        pass
    shared = await SharedBoard.of(client)
    outlets = LslOutlets(shared)
    motion, predictions = (Inlet(name) for name in outlets.names)
    began_s = asyncio.get_running_loop().time() - board.clock.elapsed_us() * 1e-6
    share = Share(client, shared, [outlets])
    await run_for(share, 60.0)
    samples, times_s = motion.pulled(share.samples)
    answers, answered_s = predictions.pulled(share.predictions)
    for inlet in (motion, predictions):
        inlet.close()
    outlets.close()
    assert share.unplaced == 0
    assert share.samples > 59 * 119

    streams = [
        lab_recorder.Stream(
            motion.info.name(),
            motion.info.type(),
            motion.info.nominal_srate(),
            times_s,
            np.array(samples),
            tuple(
                zip(motion.info.get_channel_labels(), motion.info.get_channel_units(), strict=True)
            ),
        ),
        lab_recorder.Stream(
            predictions.info.name(), predictions.info.type(), 0, answered_s, [a[0] for a in answers]
        ),
    ]
    file = lab_recorder.record(tmp_path / "live.xdf", *streams)
    (recorded, _), _ = pyxdf.load_xdf(file, dejitter_timestamps=False)
    error_s = off_s(recorded["time_series"], recorded["time_stamps"], began_s + outlets._offset_s)
    assert np.abs(error_s).max() < 0.005
    assert abs(error_s[-1] - error_s[0]) < 0.002  # of 3.6 ms by which the board is fast in a minute
    (found,) = recordings_in(file)
    assert found.rate_hz == pytest.approx(LSM9DS1.format.rate_hz, rel=1e-3)
    assert set(found.labels) <= {*shared.labels}
    for label, likeness in answers:
        assert (likeness == "") == (label == "")
        assert not label or 0 <= float(likeness) <= 1


@pytest.mark.virtual_time
async def test_a_board_without_a_model_shares_its_motion(boards) -> None:
    board = await boards.start(name="bare")
    client = await boards.client(board)
    shared = await SharedBoard.of(client)
    outlets = LslOutlets(shared)
    assert outlets.names == ["bare motion"]
    share = Share(client, shared, [outlets])
    await run_for(share, 2.0)
    outlets.close()
    assert share.samples > 100
    assert share.predictions == 0


@pytest.mark.virtual_time
async def test_a_board_whose_time_cannot_be_told_is_an_error(
    boards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(share_module, "_CLOCK_TIMEOUT_S", 3.0)
    board = await boards.start(speed=10.0)
    client = await boards.client(board)
    shared = await SharedBoard.of(client)
    outlets = LslOutlets(shared)
    with pytest.raises(MotionLoopError, match="must run at --speed 1"):
        await Share(client, shared, [outlets]).run()
    outlets.close()


@pytest.mark.virtual_time
async def test_a_restarted_board_is_shared_again_with_right_times(boards) -> None:
    board = await boards.start(motion=Numbered())
    client = await boards.client(board)
    shared = await SharedBoard.of(client)
    outlets = LslOutlets(shared)
    inlet = Inlet(outlets.names[0])
    share = Share(client, shared, [outlets])
    running = asyncio.create_task(run_for(share, 20.0))
    await asyncio.sleep(8.0)
    await boards.stop(board)
    again = await boards.start(motion=Numbered(), address=board.address, drift_ppm=40.0)
    began_s = asyncio.get_running_loop().time() - again.clock.elapsed_us() * 1e-6
    await running
    samples, times_s = inlet.pulled(share.samples)
    inlet.close()
    outlets.close()
    assert (np.diff(times_s) > 0).all()
    error_s = off_s(samples, times_s, began_s + outlets._offset_s)
    assert np.abs(error_s[-500:]).max() < 0.005
    assert 0 < share.unplaced < 3 * LSM9DS1.format.rate_hz
