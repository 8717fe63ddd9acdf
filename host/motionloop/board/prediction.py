"""Predictions of a board, one per notification."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motionloop import wire


@dataclass(frozen=True)
class Prediction:
    """The board's answer to one window.

    Attributes:
        seq_end: Sequence number of the window's last sample.
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


def parse_prediction(value: bytes) -> Prediction:
    """Read a prediction notification.

    Args:
        value: `wire.PredictionHeader` and outputs.

    Returns:
        The prediction.

    Raises:
        ValueError: The bytes are cut short, or too many.
    """
    if len(value) < wire.PredictionHeader.SIZE:
        raise ValueError(f"a prediction of {len(value)} bytes is cut short")
    header = wire.PredictionHeader.unpack(value)
    if len(value) != wire.PredictionHeader.SIZE + header.class_count:
        raise ValueError(f"a prediction of {len(value)} bytes does not hold its outputs")
    return Prediction(
        header.seq_end,
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
