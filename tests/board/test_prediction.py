"""A prediction is read as the board sent it."""

from __future__ import annotations

import pytest

from motionloop import wire
from motionloop.board.prediction import parse_prediction


def notified(confidence: int = 255, flags: int = 0, outputs: bytes = b"\x80\x00\x7f") -> bytes:
    header = wire.PredictionHeader(
        seq_end=1000,
        t_us=2000,
        model_id=b"12345678",
        latency_us=300,
        input_crc32=0xDEADBEEF,
        label=1,
        confidence=confidence,
        raw_label=2,
        flags=flags,
        class_count=3,
        reserved=bytes(3),
    )
    return header.pack() + outputs


def test_a_prediction_is_read_as_it_was_sent() -> None:
    read = parse_prediction(notified())
    assert (read.seq_end, read.t_us, read.model_id) == (1000, 2000, b"12345678")
    assert (read.latency_us, read.input_crc32) == (300, 0xDEADBEEF)
    assert (read.class_index, read.raw_class_index, read.outputs.tolist()) == (1, 2, [-128, 0, 127])


@pytest.mark.parametrize(("sent", "read"), [(0, 0.0), (51, 0.2), (255, 1.0)])
def test_confidence_is_a_share(sent: int, read: float) -> None:
    assert parse_prediction(notified(confidence=sent)).confidence == pytest.approx(read)


def test_a_window_can_be_unknown_while_the_activity_is_known_and_the_other_way_round() -> None:
    for flags in range(4):
        prediction = parse_prediction(notified(flags=flags))
        assert prediction.unknown == bool(flags & wire.PredictionFlag.UNKNOWN)
        assert prediction.raw_unknown == bool(flags & wire.PredictionFlag.RAW_UNKNOWN)


@pytest.mark.parametrize("length", [0, 10, wire.PredictionHeader.SIZE - 1])
def test_a_header_that_is_cut_short_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="cut short"):
        parse_prediction(notified()[:length])


@pytest.mark.parametrize("outputs", [b"", b"\0\0", b"\0\0\0\0"])
def test_outputs_of_another_number_are_refused(outputs: bytes) -> None:
    with pytest.raises(ValueError, match="does not hold its outputs"):
        parse_prediction(notified(outputs=outputs))
