"""The design's promise: training, board and shadow run one program on one input, bit for bit."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest

from motionloop import wire
from motionloop.board.prediction import Prediction, parse_prediction
from motionloop.board.recorder import record
from motionloop.board.shadow import Shadow, ShadowResult
from motionloop.model.package import unpack_package
from motionloop.recordings.recording import Recording
from motionloop.recordings.recording_json import RecordedBoard
from motionloop.recordings.segments import Segment
from motionloop.recordings.writer import RecordingWriter
from motionloop.virtual.classifier import TflmClassifier
from motionloop.virtual.motion import BMI270, LSM9DS1, Sensor
from motionloop.virtual.wearer import ACTIVITIES
from motionloop.windows import collect_windows, window_ends

pytestmark = [pytest.mark.virtual_time, pytest.mark.slow]


async def push(client, package: bytes) -> None:
    async for _ in client.push(package):
        pass


@pytest.mark.parametrize("sensor", [LSM9DS1, BMI270], ids=lambda sensor: sensor.imu.name)
async def test_the_boards_input_is_the_trainings_input_bit_for_bit(
    boards, package: bytes, tmp_path: Path, sensor: Sensor
) -> None:
    """One session, recorded over the radio and classified by the board meanwhile."""
    board = await boards.start(sensor=sensor)
    client = await boards.client(board)
    path = tmp_path / "session"
    predicted: dict[int, Prediction] = {}

    with RecordingWriter.create(
        path, RecordedBoard.from_info(client.info, board.name, board.address)
    ) as writer:
        # Predictions arrive beside the samples; both from before the first window on.
        await client.link.subscribe(wire.PREDICTION_UUID, lambda value: keep(predicted, value))
        recording_stream = record(client, writer)
        await anext(recording_stream)
        await push(client, package)
        for activity in ("walking", "sitting", "running"):
            board.motion.wearer.activity = activity
            end_us = (writer.last_us or 0) + 12_000_000
            async for _ in recording_stream:
                if (writer.last_us or 0) >= end_us:
                    break
        await recording_stream.aclose()

    recording = Recording.open(path)
    assert recording.quality.lost == 0
    spec = unpack_package(package).input
    windower = spec.windower(sensor.format)
    ends = sorted(end for end in predicted if end <= recording.seq[-1])
    assert len(ends) > 100
    # The predictor's places are the ones that the training cuts, from the first window on.
    first = int(np.searchsorted(recording.seq, ends[0])) - windower.span + 1
    assert first >= 0
    places = window_ends(windower, spec.hop, first, len(recording.seq) - 1)
    assert recording.seq[places].tolist() == ends

    recording.set_segments(
        [Segment(int(recording.t_us[first]), recording.end_us, "whatever was done")]
    )
    windows = collect_windows([Recording.open(path)], spec)
    inputs = windows.channels(windows.fixed)
    assert len(inputs) == len(ends)
    for end, window in zip(ends, inputs, strict=True):
        assert zlib.crc32(window.tobytes()) == predicted[end].input_crc32
    assert len({prediction.input_crc32 for prediction in predicted.values()}) > 100


def keep(predicted: dict[int, Prediction], value: bytes) -> None:
    prediction = parse_prediction(value)
    predicted[prediction.seq_end] = prediction


async def shadowed(boards, package: bytes, seconds: float, activities=("walking",)):
    """A Shadow that watched a board for so long in each activity, and all it compared."""
    board = await boards.start()
    client = await boards.client(board)
    await push(client, package)
    shadow = Shadow(unpack_package(await client.read_package()), client.info)
    compared: list[ShadowResult] = []

    def on_prediction(value: bytes) -> None:
        compared.extend(shadow.add_prediction(parse_prediction(value)))

    await client.link.subscribe(wire.PREDICTION_UUID, on_prediction)
    stream = client.stream()
    begin_us: int | None = None
    async for packet in stream:
        compared += shadow.add_packet(packet)
        if begin_us is None:
            begin_us = int(packet.t_us[0])
        elapsed_s = (packet.t_us[-1] - begin_us) * 1e-6
        step = int(elapsed_s / seconds)
        if step >= len(activities):
            break
        board.motion.wearer.activity = activities[step]
    await stream.aclose()
    return shadow, compared


async def test_board_and_host_agree_on_every_byte_in_every_activity(boards, package: bytes) -> None:
    seconds = 20.0
    shadow, compared = await shadowed(boards, package, seconds, tuple(ACTIVITIES))
    windows = seconds * len(ACTIVITIES) / 0.32
    assert shadow.compared == len(compared) == pytest.approx(windows, abs=3)
    assert (shadow.differing, shadow.skipped) == (0, 0)
    # The activities were told apart by something: it was not one window again and again.
    assert len({c.prediction.input_crc32 for c in compared}) > 0.9 * len(compared)


async def test_one_falsified_output_byte_is_reported_and_only_that(
    boards, package: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a board whose kernels compute one sum wrongly would answer."""
    honest = TflmClassifier.invoke
    calls = []

    def falsified(self: TflmClassifier, window: bytes) -> bytes | None:
        outputs = honest(self, window)
        calls.append(window)
        if outputs is not None and len(calls) == 30:
            outputs = bytes([outputs[0] ^ 1, *outputs[1:]])
        return outputs

    monkeypatch.setattr(TflmClassifier, "invoke", falsified)
    shadow, compared = await shadowed(boards, package, 20.0)
    different = [c for c in compared if c.differing_outputs or c.input_differs]
    assert [(c.differing_outputs, c.input_differs) for c in different] == [(1, False)]
    assert different[0].prediction.input_crc32 == zlib.crc32(calls[29])
    assert shadow.differing == 1
