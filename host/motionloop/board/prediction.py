"""Predictions of a board, one per notification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motionloop import wire
from motionloop.board.packets import unwrapped
from motionloop.errors import BoardAnswerError, MotionLoopError
from motionloop.language import tr
from motionloop.recordings.samples_csv import EXACT


@dataclass(frozen=True)
class Prediction:
    """The board's answer to one window.

    Attributes:
        seq_end: Sequence number of the window's last sample, as in packets.
        t_us: Device time of that sample in microseconds.
        model_id: Name of the model that ran, 8 bytes.
        latency_us: Time for preparing the window and inference, on the board's clock.
        input_crc32: CRC-32 of the model's int8 input.
        class_index: Number of the label of the smoothed answer.
        confidence: Smoothed probability of `class_index`, 0 to 1.
        raw_class_index: Number of the label of this window's answer.
        unknown: Whether no activity of the model fits, smoothed as `class_index`.
        outputs: The model's outputs [classes] for this window.
        raw_unknown: Whether no activity of the model fits this window.
    """

    seq_end: int
    t_us: int
    model_id: bytes
    latency_us: int
    input_crc32: int
    class_index: int
    confidence: float
    raw_class_index: int
    unknown: bool
    outputs: NDArray[np.int8]
    raw_unknown: bool = False


def parse_prediction(value: bytes, near_seq: int | None = None) -> Prediction:
    """Read a prediction notification.

    Args:
        value: `wire.PredictionHeader` and outputs.
        near_seq: A sequence number near the window's; None if none is known.

    Returns:
        The prediction.

    Raises:
        ValueError: The bytes are cut short, or too many, or no board can have predicted it.
    """
    if len(value) < wire.PredictionHeader.SIZE:
        raise ValueError(f"a prediction of {len(value)} bytes is cut short")
    header = wire.PredictionHeader.unpack(value)
    if len(value) != wire.PredictionHeader.SIZE + header.class_count:
        raise ValueError(f"a prediction of {len(value)} bytes does not hold its outputs")
    if not max(header.label, header.raw_label) < header.class_count <= wire.MAX_CLASSES:
        raise ValueError(f"a prediction of class {header.label} of {header.class_count}")
    if header.t_us >= EXACT:
        raise ValueError(f"a prediction at {header.t_us} us")
    return Prediction(
        unwrapped(header.seq_end, near_seq),
        header.t_us,
        header.model_id,
        header.latency_us,
        header.input_crc32,
        header.label,
        header.confidence / 255,
        header.raw_label,
        bool(header.flags & wire.PredictionFlag.UNKNOWN),
        np.frombuffer(value, np.int8, header.class_count, wire.PredictionHeader.SIZE),
        bool(header.flags & wire.PredictionFlag.RAW_UNKNOWN),
    )


def label_of(
    prediction: Prediction, labels: Sequence[str], model_id: bytes, board: str
) -> str | None:
    """The activity that a prediction names.

    Args:
        prediction: Of the board.
        labels: Of the board's model.
        model_id: Of that model.
        board: The board, for messages.

    Returns:
        A label; None for an unknown activity.

    Raises:
        MotionLoopError: The board runs another model now, whose labels are not known.
        BoardAnswerError: The model has other classes than the prediction.
    """
    if prediction.model_id != model_id:
        raise MotionLoopError(
            tr(
                "{board} runs another model now ({model}): start again, to read its labels.",
                board=board,
                model=prediction.model_id.hex(),
            )
        )
    if len(prediction.outputs) != len(labels):
        raise BoardAnswerError(
            board,
            tr(
                "{outputs} outputs of a model with {classes} classes",
                outputs=len(prediction.outputs),
                classes=len(labels),
            ),
        )
    return None if prediction.unknown else labels[prediction.class_index]
