"""A prediction of the board: one notification."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motionloop import wire


@dataclass(frozen=True)
class Prediction:
    """One window classified by the board. `outputs` int8 [classes] are the model's own."""

    seq_end: int
    t_us: int
    model_id: bytes
    latency_us: int
    input_crc32: int
    label: int
    confidence: float
    raw_label: int
    unknown: bool
    outputs: NDArray[np.int8]
    raw_unknown: bool = False  # this window alone


def parse_prediction(value: bytes) -> Prediction:
    """Read a prediction notification. ValueError when it is cut short."""
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
