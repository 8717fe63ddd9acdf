"""Lab Streaming Layer: a stream of motion and one of predictions, for LabRecorder and its like.

The time of each sample is that of its measurement, on LSL's own clock.
"""

from __future__ import annotations

import asyncio

import pylsl

from motionloop.recordings.formats.xdf import AXES, END_OF_LABEL
from motionloop.sharing.share import Moved, Recognised, SharedBoard


class LslOutlets:
    """The streams of one board on the network, from now until `close`.

    Motion has six channels in g and rad/s at the sensor's rate. Predictions have two texts, the
    label and its likeness; both are empty for an unknown activity.
    """

    needs_motion = True

    def __init__(self, shared: SharedBoard) -> None:
        # Both count from the same zero on Linux; elsewhere only their seconds are the same.
        self._offset_s = pylsl.local_clock() - asyncio.get_running_loop().time()
        self.names = [f"{shared.board.name} motion"]
        self._motion: pylsl.StreamOutlet | None = pylsl.StreamOutlet(_motion_info(shared))
        self._predictions: pylsl.StreamOutlet | None = None
        if shared.labels:
            self.names.append(f"{shared.board.name} predictions")
            self._predictions = pylsl.StreamOutlet(_predictions_info(shared))

    def add_motion(self, moved: Moved) -> None:
        if self._motion is not None:
            moments_s = (moved.moments_s + self._offset_s).tolist()
            self._motion.push_chunk(moved.motion.astype("float32"), moments_s)

    def add_prediction(self, recognised: Recognised) -> None:
        if self._predictions is not None and recognised.moment_s is not None:
            likeness = "" if recognised.likeness is None else f"{recognised.likeness:.3f}"
            texts = [recognised.label or END_OF_LABEL, likeness]
            self._predictions.push_sample(texts, recognised.moment_s + self._offset_s)

    async def serve(self) -> None:
        """Nothing to wait for: liblsl has threads of its own."""

    def close(self) -> None:
        """Take the streams from the network."""
        self._motion = self._predictions = None  # liblsl ends an outlet with its last reference


def _motion_info(shared: SharedBoard) -> pylsl.StreamInfo:
    info = _info(shared, "motion", "IMU", len(AXES), shared.board.format.rate_hz, pylsl.cf_float32)
    channels = info.desc().append_child("channels")
    for axis, unit in AXES:
        channel = channels.append_child("channel")
        channel.append_child_value("label", axis)
        channel.append_child_value("unit", unit)
        channel.append_child_value("type", axis[:-1])
    return info


def _predictions_info(shared: SharedBoard) -> pylsl.StreamInfo:
    rate_hz = pylsl.IRREGULAR_RATE
    info = _info(shared, "predictions", "Markers", 2, rate_hz, pylsl.cf_string)
    channels = info.desc().append_child("channels")
    for label in ("label", "likeness"):
        channels.append_child("channel").append_child_value("label", label)
    info.desc().append_child_value("model", shared.model_id)
    return info


def _info(
    shared: SharedBoard, what: str, kind: str, channels: int, rate_hz: float, values: int
) -> pylsl.StreamInfo:
    board = shared.board
    source = f"motionloop {board.address} {what}"  # by which a reader finds it again
    name = f"{board.name} {what}"
    info = pylsl.StreamInfo(name, kind, channels, rate_hz, values, source)
    desc = info.desc()
    desc.append_child_value("manufacturer", "MotionLoop")
    desc.append_child_value("sensor", board.imu)
    desc.append_child_value("synthetic", str(board.synthetic).lower())
    return info
