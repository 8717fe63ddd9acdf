"""What the model of a request sees of the recordings."""

from __future__ import annotations

from pathlib import Path

from motionloop import wire
from motionloop.model.package import (
    Axes,
    InputSpec,
    check_input,
    default_channels,
    input_spec,
    load_package,
    unpack_package,
)
from motionloop.recordings.for_training import Gathered, gather
from motionloop.trainer.messages import EvaluationRequest, TrainingRequest

_ACCEL_AXES = wire.AXES // 2


def input_of(request: TrainingRequest | EvaluationRequest) -> InputSpec:
    """The model's input that a request asks for. Raises PackageError if no board takes it."""
    channels = default_channels(Axes(request.axes))
    spec = input_spec(request.rate_hz, request.window, request.hop, channels)
    check_input(spec)
    return spec


def gather_for(request: TrainingRequest | EvaluationRequest) -> Gathered:
    """The recordings of a request, checked for its model. Raises the errors of `gather`, and
    PackageError if no board takes the model's input, or there is no such model."""
    package = request.package if isinstance(request, EvaluationRequest) else None
    if package is None:
        spec = input_of(request)
    else:
        spec = unpack_package(load_package(Path(package))).input
    gyroscope = any(channel.axis >= _ACCEL_AXES for channel in spec.channels)
    return gather(request, takes_labels=package is None, gyroscope=gyroscope)
