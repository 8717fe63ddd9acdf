"""The contents of a model package, part by part, for people and for programs.

The package's bytes are enough: no file of the training is read.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from motionloop import wire
from motionloop.model.inference import Interpreter, arena_bytes, operator_of, parse_model
from motionloop.model.package import (
    INPUT_SCALE,
    InputSpec,
    ModelPackage,
    id_of_contents,
    load_package,
    model_id,
    package_file,
    unpack_package,
)

AXES = ("ax", "ay", "az", "gx", "gy", "gz")
UNITS = ("g", "g", "g", "rad/s", "rad/s", "rad/s")
_LARGEST_CODE = 127  # of an int8 input


@dataclass(frozen=True)
class Part:
    """A span of the file. Padding to the next part's alignment is a part, too.

    Attributes:
        name: In words.
        offset: Begin in the file.
        bytes: Length.
    """

    name: str
    offset: int
    bytes: int


@dataclass(frozen=True)
class Channel:
    """An input channel.

    Attributes:
        axis: One of `AXES`.
        unit: One of `UNITS`.
        remove_mean: Whether the window's mean is subtracted first.
        table: Index of the compander's table; None for a linear channel.
        scale: Model input per unit of a linear channel; None for a companded channel.
        largest: Magnitude in `unit` at which the int8 code reaches its end; None: at no magnitude.
    """

    axis: str
    unit: str
    remove_mean: bool
    table: int | None
    scale: float | None
    largest: float | None


@dataclass(frozen=True)
class Operator:
    """One step of the network.

    Attributes:
        name: Of `wire.Operator`.
        shape: Of the output.
        output_bytes: Size of the output.
        constant_bytes: Size of weights and biases.
    """

    name: str
    shape: tuple[int, ...]
    output_bytes: int
    constant_bytes: int


@dataclass(frozen=True)
class RejectionSizes:
    """Sizes of the rejection; see `motionloop.model.rejection.Rejection`."""

    embedding_size: int
    rank: int
    threshold: int


@dataclass(frozen=True)
class Contents:
    """The contents of a package file.

    Attributes:
        file: Path of the file.
        file_bytes: Size of the file.
        package_bytes: Size of the package; more bytes can follow it in the file.
        format: Version of the package format.
        model_id: The package's name, hexadecimal.
        model_id_right: Whether the name is the hash of the contents, as it must be.
        crc32: CRC-32 of the header, hexadecimal.
        sha256: Hash of the whole file, hexadecimal.
        signed: Whether the package has a signature.
        version_counter: Grows with each package of an owner.
        labels: Names of the classes.
        rate_hz: Points per second.
        window: Points per window.
        hop: Points from one prediction to the next.
        window_s: Length of a window.
        hop_s: Time from one prediction to the next.
        channels: Input channels.
        input_bytes: Size of the int8 input.
        input_scale: Input value per int8 step.
        output_scale: Probability per int8 step.
        smoothing: Weight of the newest window in the running mean of probabilities.
        rejection: Sizes of the rejection; None for a package without one.
        golden_windows: Number of golden windows.
        tflite_bytes: Size of the .tflite.
        arena_bytes: The smallest arena; None where TFLM is not published.
        tensors: Number of tensors.
        operators: Steps of the network in the order in which they run.
        parts: Spans of the file in their order.
    """

    file: str
    file_bytes: int
    package_bytes: int
    format: int
    model_id: str
    model_id_right: bool
    crc32: str
    sha256: str
    signed: bool
    version_counter: int
    labels: tuple[str, ...]
    rate_hz: float
    window: int
    hop: int
    window_s: float
    hop_s: float
    channels: tuple[Channel, ...]
    input_bytes: int
    input_scale: float
    output_scale: float
    smoothing: float
    rejection: RejectionSizes | None
    golden_windows: int
    tflite_bytes: int
    arena_bytes: int | None
    tensors: int
    operators: tuple[Operator, ...]
    parts: tuple[Part, ...]


def read_contents(path: Path) -> Contents:
    """Read the contents of a package file.

    Args:
        path: The file, or a model's folder with a package in it.

    Returns:
        The contents.

    Raises:
        PackageError: There is no package, it is damaged, or its model cannot be prepared.
    """
    data = load_package(path)
    file = package_file(path)
    package = unpack_package(data, str(file))
    header = wire.PackageHeader.unpack(data)
    model = Interpreter(package.tflite)
    graph, operators = _operators(package.tflite)
    spec, rejection = package.input, package.rejection
    return Contents(
        file=str(file),
        file_bytes=len(data),
        package_bytes=header.total_bytes,
        format=header.format,
        model_id=model_id(data).hex(),
        model_id_right=id_of_contents(data) == header.model_id,
        crc32=f"{header.crc32:08x}",
        sha256=hashlib.sha256(data).hexdigest(),
        signed=any(header.signature),
        version_counter=header.version_counter,
        labels=package.labels,
        rate_hz=spec.rate_hz,
        window=spec.window,
        hop=spec.hop,
        window_s=spec.window_s,
        hop_s=spec.hop_s,
        channels=channels_of(package.input),
        input_bytes=spec.input_bytes,
        input_scale=model.input_scale,
        output_scale=model.output_scale,
        smoothing=package.smoothing,
        rejection=(
            RejectionSizes(rejection.embedding_size, len(rejection.weights), rejection.threshold)
            if rejection is not None
            else None
        ),
        golden_windows=header.golden_count,
        tflite_bytes=header.tflite_bytes,
        arena_bytes=arena_bytes(package.tflite),
        tensors=len(graph.tensors),
        operators=operators,
        parts=_parts(header, package, len(data)),
    )


def channels_of(spec: InputSpec) -> tuple[Channel, ...]:
    """The input channels of a model, in words and units."""
    unit_step = 2.0**-wire.FIXED_POINT_BITS
    tables = np.frombuffer(spec.tables, "<i4").reshape(-1, wire.THRESHOLDS)
    channels = []
    for channel in spec.channels:
        table = None if channel.table == wire.NO_TABLE else channel.table
        if table is None:
            codes_per_unit = channel.multiplier / 2**24 / unit_step
            scale = codes_per_unit * INPUT_SCALE
            largest = abs(_LARGEST_CODE / codes_per_unit) if codes_per_unit else None
        else:
            scale, largest = None, float(tables[table, -1]) * unit_step
        remove_mean = bool(channel.flags & wire.ChannelFlag.REMOVE_MEAN)
        axis, unit = AXES[channel.axis], UNITS[channel.axis]
        channels.append(Channel(axis, unit, remove_mean, table, scale, largest))
    return tuple(channels)


def _operators(tflite: bytes) -> tuple[Any, tuple[Operator, ...]]:
    """The network's graph, and its operators in the order in which they run."""
    model = parse_model(tflite)
    graph = model.subgraphs[0]
    found = []
    for operator in graph.operators:
        constants = (model.buffers[graph.tensors[i].buffer].data for i in operator.inputs if i >= 0)
        output = graph.tensors[operator.outputs[0]]
        shape = tuple(int(n) for n in output.shape)
        found.append(
            Operator(
                operator_of(model, operator).name,
                shape,
                math.prod(shape),
                sum(len(data) for data in constants if data is not None),
            )
        )
    return graph, tuple(found)


def _parts(header: wire.PackageHeader, package: ModelPackage, file_bytes: int) -> tuple[Part, ...]:
    table_bytes = header.table_count * wire.THRESHOLDS * 4
    golden_bytes = header.golden_count * (package.input.input_bytes + header.class_count)
    parts = [
        Part("header", 0, header.header_bytes),
        Part("labels", header.labels_offset, header.class_count * wire.LABEL_BYTES),
        Part("channels", header.channels_offset, header.channel_count * wire.Channel.SIZE),
        Part("compander tables", header.tables_offset, table_bytes),
        Part("golden windows", header.golden_offset, golden_bytes),
        Part(".tflite", header.tflite_offset, header.tflite_bytes),
    ]
    if package.rejection is not None:
        offset = header.rejection_words * wire.FLASH_WORD_BYTES
        parts.append(Part("rejection", offset, len(package.rejection.pack())))
    whole: list[Part] = []
    at = 0
    for part in sorted(parts, key=lambda part: part.offset):
        if part.offset > at:
            whole.append(Part("padding", at, part.offset - at))
        whole.append(part)
        at = max(at, part.offset + part.bytes)
    for name, end in (("padding", header.total_bytes), ("behind the package", file_bytes)):
        if end > at:
            whole.append(Part(name, at, end - at))
            at = end
    return tuple(whole)
