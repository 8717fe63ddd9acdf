"""The host's second opinion: what it compares, what it cannot, and what it finds."""

from __future__ import annotations

import zlib
from dataclasses import replace

import numpy as np
import pytest

from motionloop import wire
from motionloop.board.packets import Packet
from motionloop.board.prediction import Prediction
from motionloop.board.shadow import Shadow
from motionloop.model.inference import Interpreter
from motionloop.model.package import model_id, unpack_package
from motionloop.virtual.motion import LSM9DS1, SyntheticMotion
from motionloop.virtual.wearer import SyntheticWearer
from motionloop.windows import window_ends

SAMPLES = 1500
SPAN = 77  # samples of 119 Hz for 32 points at 50 Hz


class Session:
    """Samples of a walk, and the predictions that a right board makes of them."""

    def __init__(self, package: bytes) -> None:
        made = unpack_package(package)
        windower = made.input.windower(LSM9DS1.format)
        self.raw, _ = SyntheticMotion(SyntheticWearer(1, "walking"), LSM9DS1).take_samples(SAMPLES)
        ends = window_ends(windower, made.input.hop, 0, SAMPLES - 1)
        windows = windower.channels(windower.resample(self.raw, ends))
        interpreter = Interpreter(made.tflite)
        assert made.rejection is not None
        rejected = made.rejection.rejects(interpreter.embed_many(windows), windows)
        self.predictions = [
            Prediction(
                int(end), 0, model_id(package), 0, zlib.crc32(w.tobytes()), 0, 1.0, 0, False,
                interpreter.invoke(w), bool(unknown),
            )
            for end, w, unknown in zip(ends, windows, rejected, strict=True)
        ]  # fmt: skip
        info = wire.Info.unpack(bytes(wire.Info.SIZE))
        info = replace(
            info,
            native_rate_mhz=119_000,
            accel_ng_per_lsb=LSM9DS1.format.accel_ng_per_lsb,
            gyro_nrads_per_lsb=LSM9DS1.format.gyro_nrads_per_lsb,
            model_id=model_id(package),
        )
        self.shadow = Shadow(made, info)

    def packet(self, first: int, end: int, **facts: object) -> Packet:
        t_us = np.arange(first, end) * 8403
        return Packet(first, t_us, self.raw[first:end], **facts)  # type: ignore[arg-type]

    def stream(self, first: int = 0, end: int = SAMPLES, size: int = 19) -> None:
        for at in range(first, end, size):
            self.shadow.add_packet(self.packet(at, min(at + size, end)))


@pytest.fixture
def session(package: bytes) -> Session:
    return Session(package)


def test_a_right_board_never_differs_whichever_comes_first(session: Session) -> None:
    waiting = list(session.predictions)
    for at in range(0, SAMPLES, 19):
        while waiting and waiting[0].seq_end < at + (60 if len(waiting) % 2 else -60):
            session.shadow.add_prediction(waiting.pop(0))
        session.shadow.add_packet(session.packet(at, min(at + 19, SAMPLES)))
    for prediction in waiting:
        session.shadow.add_prediction(prediction)
    assert session.shadow.compared == len(session.predictions) > 30
    assert (session.shadow.differing, session.shadow.skipped) == (0, 0)


@pytest.mark.parametrize("prediction_first", [True, False])
def test_a_wrong_output_is_found_whichever_comes_first(
    session: Session, prediction_first: bool
) -> None:
    wrong = session.predictions[3]
    session.predictions[3] = replace(wrong, outputs=wrong.outputs ^ np.array([0, 1, 1], np.int8))
    for step in (0, 1):
        if (step == 0) is prediction_first:
            for prediction in session.predictions[:5]:
                session.shadow.add_prediction(prediction)
        else:
            session.stream(0, 300)
    (found,) = session.shadow.differences
    assert (found.prediction.seq_end, found.differing_outputs) == (wrong.seq_end, 2)
    assert not found.input_differs
    assert session.shadow.differing == 1


def test_a_wrong_input_is_told_apart_from_wrong_sums(session: Session) -> None:
    session.stream(0, 300)
    right = session.predictions[2]
    session.shadow.add_prediction(replace(right, input_crc32=right.input_crc32 ^ 1))
    (found,) = session.shadow.differences
    assert (found.input_differs, found.differing_outputs) == (True, 0)


def test_another_rejection_of_the_same_outputs_is_found(session: Session) -> None:
    session.stream(0, 300)
    right = session.predictions[2]
    session.shadow.add_prediction(replace(right, raw_unknown=not right.raw_unknown))
    (found,) = session.shadow.differences
    assert (found.rejection_differs, found.input_differs, found.differing_outputs) == (
        True,
        False,
        0,
    )
    assert not found.agrees


def test_a_window_with_samples_missing_on_the_host_is_skipped(session: Session) -> None:
    for prediction in session.predictions:
        session.shadow.add_prediction(prediction)
    session.stream(0, 400)
    session.shadow.add_packet(session.packet(450, 469, gap="lost"))
    session.stream(469)
    spoiled = [p for p in session.predictions if 400 <= p.seq_end < 450 + SPAN - 1]
    assert session.shadow.skipped == len(spoiled) > 0
    assert session.shadow.compared == len(session.predictions) - len(spoiled)
    assert session.shadow.differing == 0


def test_windows_from_before_the_stream_began_are_not_its_business(session: Session) -> None:
    session.stream(700)
    for prediction in session.predictions[:12]:
        session.shadow.add_prediction(prediction)
    assert (session.shadow.compared, session.shadow.skipped) == (0, 0)


def test_after_a_restart_it_goes_on_with_the_new_numbers(session: Session) -> None:
    """Predictions of high numbers that waited must not hold up the new ones."""
    session.stream(0, 900)
    late = [p for p in session.predictions if p.seq_end >= 900]
    for prediction in late:
        session.shadow.add_prediction(prediction)
    session.shadow.add_packet(session.packet(0, 19, restarted_boot_id=2))
    for prediction in session.predictions[:10]:
        session.shadow.add_prediction(prediction)
    session.stream(19, 600)
    assert session.shadow.compared == 10
    assert session.shadow.skipped == len(late)
    assert session.shadow.differing == 0


def test_another_model_is_not_compared(session: Session) -> None:
    session.stream(0, 300)
    session.shadow.add_prediction(replace(session.predictions[2], model_id=bytes(8)))
    session.shadow.add_prediction(session.predictions[3])
    assert (session.shadow.compared, session.shadow.skipped) == (1, 1)
    assert session.shadow.differing == 0


def test_it_says_whether_tflm_itself_computes(session: Session) -> None:
    assert session.shadow.is_reference == Interpreter.is_reference


def test_the_first_and_the_last_window_of_what_it_keeps_are_compared(session: Session) -> None:
    """It keeps four windows of samples; a prediction may be as late as that."""
    session.stream(0, 1400)
    kept = range(1400 - 4 * SPAN, 1400)
    for prediction in session.predictions:
        session.shadow.add_prediction(prediction)
    whole = [p for p in session.predictions if p.seq_end in kept[SPAN - 1 :]]
    late = [p for p in session.predictions if p.seq_end < kept[SPAN - 1]]
    assert session.shadow.compared == len(whole) > 0
    assert session.shadow.skipped == len(late) > 0
    session.stream(1400)
    assert session.shadow.compared == len(session.predictions) - len(late)


def test_the_very_first_window_is_its_business(session: Session) -> None:
    first = session.predictions[0]
    assert first.seq_end == SPAN - 1
    session.stream(0, SPAN - 1)
    session.shadow.add_prediction(first)
    assert session.shadow.compared == 0  # its last sample has not come
    found = session.shadow.add_packet(session.packet(SPAN - 1, SPAN))
    assert [each.agrees for each in found] == [True]
    assert (session.shadow.compared, session.shadow.skipped) == (1, 0)


def test_a_window_that_began_one_sample_before_the_stream_is_not_its_business(
    session: Session,
) -> None:
    prediction = session.predictions[5]
    begin = prediction.seq_end - SPAN + 1
    session.stream(begin + 1)
    session.shadow.add_prediction(prediction)
    assert (session.shadow.compared, session.shadow.skipped) == (0, 0)
