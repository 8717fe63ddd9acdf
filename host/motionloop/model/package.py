"""The model package: training writes it, a push sends it, a board runs it.

A package is a `wire.PackageHeader`, its sections (labels, input channels, compander tables,
golden windows, the rejection of unknown activities) and the .tflite.
`firmware/lib/core/package_view` reads the same bytes in flash.
"""

from __future__ import annotations

import hashlib
import math
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motionloop import _core, wire
from motionloop.errors import PackageError
from motionloop.language import joined, tr
from motionloop.model import input_defaults
from motionloop.model.folder import PACKAGE_FILE
from motionloop.model.rejection import Rejection
from motionloop.plain_text import plain_line
from motionloop.safe_files import read_whole
from motionloop.sample_format import SampleFormat

LEAST_SMOOTHING = 1 / 256  # the header holds 256ths
INPUT_SCALE = 2.0**-wire.INPUT_SCALE_BITS
_UNIT = 2.0**-wire.FIXED_POINT_BITS  # g or rad/s per fixed-point step
_LARGEST_BYTES = 1 << 26  # that is read of a file; what is too large for a slot has its own words
_LINEAR_BITS = 24
_USUAL_NANO_PER_LSB = 244_000  # 8 g at full scale

# Inverse companders: value -> magnitude. A new one needs no change of the firmware: a package
# holds thresholds only.
_INVERSE: dict[str, Callable[[float], float]] = {"asinh": math.sinh}


@dataclass(frozen=True)
class Compander:
    """Compress large magnitudes: value = scale * f(gain * x), odd in x.

    Sitting and standing differ by sway far below one int8 step of the raw signal; companding
    gives small motion most of the codes.

    Attributes:
        kind: f, a key of `_INVERSE`.
        gain: Argument of f per g or rad/s.
        scale: Model input per value of f.
    """

    kind: str = "asinh"
    gain: float = 40.0
    scale: float = 0.5

    def thresholds(self) -> NDArray[np.int32]:
        """Magnitudes [THRESHOLDS] in units of 2^-16 g or rad/s at which the int8 code steps up."""
        inverse = _INVERSE[self.kind]
        steps = (code - 0.5 for code in range(1, wire.THRESHOLDS + 1))
        values = [inverse(step * INPUT_SCALE / self.scale) / self.gain / _UNIT for step in steps]
        return np.minimum(np.ceil(values), 2.0**31 - 1).astype(np.int64).astype(np.int32)


@dataclass(frozen=True)
class ChannelSpec:
    """One input channel of a model, made of one axis of the motion.

    Attributes:
        axis: 0 to 5: ax ay az gx gy gz.
        remove_mean: Whether the window's mean is subtracted first.
        compander: Compresses large magnitudes; None for a linear channel.
        scale: Model input per g or rad/s of a linear channel.
    """

    axis: int
    remove_mean: bool = False
    compander: Compander | None = None
    scale: float = 1.0


class Axes(StrEnum):
    """The sensors that a model looks at."""

    ALL = "all"
    ACCEL = "accel"

    @property
    def numbers(self) -> range:
        """Of `ChannelSpec.axis`."""
        return range(wire.AXES if self is Axes.ALL else 3)


def default_channels(axes: Axes = Axes.ALL) -> tuple[ChannelSpec, ...]:
    """Make two channels per axis: linear, and companded after removal of the mean.

    Args:
        axes: Twelve channels for all, six for acceleration alone.

    Returns:
        First the linear ones, a in g and w/2 in rad/s, then the companded ones.
    """
    linear = [ChannelSpec(axis, scale=1.0 if axis < 3 else 0.5) for axis in axes.numbers]
    companded = [ChannelSpec(axis, True, Compander()) for axis in axes.numbers]
    return (*linear, *companded)


@dataclass(frozen=True)
class InputSpec:
    """The input of a model, as `input_spec` compiles it.

    Attributes:
        rate_mhz: Points per second, in mHz.
        window: Points per window.
        hop: Points from one prediction to the next.
        channels: Compiled channels.
        tables: int32 thresholds, THRESHOLDS per compander.
    """

    rate_mhz: int
    window: int
    hop: int
    channels: tuple[wire.Channel, ...]
    tables: bytes

    @property
    def rate_hz(self) -> float:
        return self.rate_mhz / 1000

    @property
    def window_s(self) -> float:
        return self.window / self.rate_hz

    @property
    def hop_s(self) -> float:
        return self.hop / self.rate_hz

    @property
    def input_bytes(self) -> int:
        return self.window * len(self.channels)

    @property
    def table_count(self) -> int:
        return len(self.tables) // (4 * wire.THRESHOLDS)

    def packed_channels(self) -> bytes:
        """The package's section of channels."""
        return b"".join(channel.pack() for channel in self.channels)

    def windower(self, samples: SampleFormat) -> _core.Windower:
        """Make the core's windower for this input.

        Args:
            samples: Rate and scales of the raw samples.

        Returns:
            A windower from such samples to this input.

        Raises:
            PackageError: The core cannot make such windows of such samples.
        """
        try:
            return self._windower(samples)
        except ValueError as error:
            raise PackageError(self._why_not(samples, str(error))) from None

    def _windower(self, samples: SampleFormat) -> _core.Windower:
        return _core.Windower(
            rate_mhz=samples.rate_mhz,
            accel_ng_per_lsb=samples.accel_ng_per_lsb,
            gyro_nrads_per_lsb=samples.gyro_nrads_per_lsb,
            model_rate_mhz=self.rate_mhz,
            window=self.window,
            channels=self.packed_channels(),
            tables=self.tables,
        )

    def _why_not(self, samples: SampleFormat, error: str) -> str:
        """Why no windower can be made for such samples, and what to do."""
        what = tr(
            "Windows of {points} points at {rate_hz:g} Hz cannot be made from samples",
            points=self.window,
            rate_hz=self.rate_hz,
        )
        if samples.rate_hz / self.rate_hz > wire.MAX_RATE_RATIO:
            least_hz = math.ceil(100 * samples.rate_hz / wire.MAX_RATE_RATIO) / 100
            return tr(
                "{what} at {rate_hz:g} Hz: that is more than {ratio} times the model's rate. "
                "Choose `--rate-hz {least_hz}` or more.",
                what=what,
                rate_hz=samples.rate_hz,
                ratio=wire.MAX_RATE_RATIO,
                least_hz=f"{least_hz:g}",
            )
        span = math.ceil(self.window * samples.rate_hz / self.rate_hz)
        if span > wire.RING_SAMPLES:
            points = int(wire.RING_SAMPLES * self.rate_hz / samples.rate_hz)
            return tr(
                "{what} at {rate_hz:g} Hz: one spans {span} samples, and a board keeps {kept}. "
                "Choose `--window {points}` or less.",
                what=what,
                rate_hz=samples.rate_hz,
                span=span,
                kept=wire.RING_SAMPLES,
                points=points,
            )
        for name, scale, other, unit in (
            (tr("acceleration"), samples.accel_ng_per_lsb, "gyro_nrads_per_lsb", "g"),
            (tr("rotation"), samples.gyro_nrads_per_lsb, "accel_ng_per_lsb", "rad/s"),
        ):
            if not self._core_takes(replace(samples, **{other: _USUAL_NANO_PER_LSB})):
                return tr(
                    "{what} whose {name} reaches {reached:.4g} {unit}: no sensor has such a range. "
                    "Probably its unit is not {unit}: convert it with `motionloop import`.",
                    what=what,
                    name=name,
                    reached=scale * wire.MAX_RAW / 1e9,
                    unit=unit,
                )
        return tr(
            "{what} at {rate_hz:g} Hz: {error}.", what=what, rate_hz=samples.rate_hz, error=error
        )

    def _core_takes(self, samples: SampleFormat) -> bool:
        try:
            self._windower(samples)
        except ValueError:
            return False
        return True


def input_spec(
    rate_hz: float = input_defaults.RATE_HZ,
    window: int = input_defaults.WINDOW,
    hop: int = input_defaults.HOP,
    channels: Sequence[ChannelSpec] | None = None,
) -> InputSpec:
    """Compile a model's input into the form that the core runs.

    Args:
        rate_hz: Points per second.
        window: Points per window.
        hop: Points from one prediction to the next.
        channels: Input channels; by default `default_channels`.

    Returns:
        The compiled input.
    """
    described = default_channels() if channels is None else tuple(channels)
    companders = list(dict.fromkeys(c.compander for c in described if c.compander is not None))
    compiled = []
    for channel in described:
        flags = int(wire.ChannelFlag.REMOVE_MEAN) if channel.remove_mean else 0
        if channel.compander is None:
            table = wire.NO_TABLE
            multiplier = round(channel.scale / INPUT_SCALE * _UNIT * 2**_LINEAR_BITS)
        else:
            table, multiplier = companders.index(channel.compander), 0
        compiled.append(wire.Channel(channel.axis, flags, table, 0, multiplier))
    tables = b"".join(c.thresholds().astype("<i4").tobytes() for c in companders)
    return InputSpec(round(rate_hz * 1000), window, hop, tuple(compiled), tables)


def check_input(spec: InputSpec) -> None:
    """Check that a board takes a model's input.

    Args:
        spec: The input.

    Raises:
        PackageError: The window, the hop, the rate or the whole input is outside a board's limits.
    """
    channels = len(spec.channels)
    most = min(wire.MAX_WINDOW, wire.MAX_INPUT_BYTES // max(channels, 1))
    if spec.rate_mhz < 1:
        raise PackageError(
            tr("A model's rate is above 0: `--rate-hz` is {rate_hz:g}.", rate_hz=spec.rate_hz)
        )
    if not 1 <= spec.window <= most:
        raise PackageError(
            tr(
                "A window of {points} points and {channels} channels is an input of {bytes} "
                "bytes; a board takes {most_bytes}, and {most_points} points. Choose `--window "
                "{most}` or less.",
                points=spec.window,
                channels=channels,
                bytes=spec.input_bytes,
                most_bytes=wire.MAX_INPUT_BYTES,
                most_points=wire.MAX_WINDOW,
                most=most,
            )
            if spec.window > 0
            else tr(
                "A window has points: `--window` is {points}. Choose 1 to {most}.",
                points=spec.window,
                most=most,
            )
        )
    if not 1 <= spec.hop <= wire.MAX_WINDOW:
        raise PackageError(
            tr(
                "`--hop` is {hop}, and must be from 1 to {max_window} points.",
                hop=spec.hop,
                max_window=wire.MAX_WINDOW,
            )
        )


def misfit(arena_bytes: int | None, package_bytes: int) -> str | None:
    """Say why a board is too small for a model.

    Args:
        arena_bytes: What the model needs; None where TFLM is not published.
        package_bytes: Size of its package, or of the part that is known.

    Returns:
        Such as "it needs an arena of 28016 bytes, and a board has 24576"; None if it fits.
    """
    faults = []
    if arena_bytes is not None and arena_bytes > wire.ARENA_BYTES:
        faults.append(
            tr(
                "an arena of {bytes} bytes, and a board has {most}",
                bytes=arena_bytes,
                most=wire.ARENA_BYTES,
            )
        )
    if package_bytes > _core.SLOT_BYTES:
        faults.append(
            tr(
                "{bytes} bytes of a slot, and a slot has {most}",
                bytes=package_bytes,
                most=_core.SLOT_BYTES,
            )
        )
    return tr("it needs {faults}", faults=joined(faults, "; ")) if faults else None


@dataclass(frozen=True)
class ModelPackage:
    """A model with all that a board needs to run it.

    Attributes:
        labels: Names of the classes, 2 to MAX_CLASSES.
        input: The model's input.
        tflite: The int8 network.
        golden_inputs: Inputs [n, window, channels]. The board computes the outputs again before
            it switches to the model.
        golden_outputs: TFLM's outputs [n, classes] for the golden inputs.
        smoothing: Weight of the newest window in the board's running mean of probabilities,
            LEAST_SMOOTHING to 1.
        rejection: Finds unknown activities; None: no activity is unknown.
        version_counter: Grows with each package of an owner.
        signature: ECDSA P-256 r, s; zero: unsigned.
        key_id: Of the signature's key; zero: unsigned.
    """

    labels: tuple[str, ...]
    input: InputSpec
    tflite: bytes
    golden_inputs: NDArray[np.int8]
    golden_outputs: NDArray[np.int8]
    smoothing: float
    rejection: Rejection | None = None
    version_counter: int = 1
    signature: bytes = bytes(64)
    key_id: bytes = bytes(8)

    def pack(self) -> bytes:
        """Write the package.

        Returns:
            The package's bytes.

        Raises:
            PackageError: A label, count or size is outside the format's limits.
        """
        self._check_limits()
        sections: list[bytes] = []
        offsets: list[int] = []
        at = wire.PackageHeader.SIZE
        labels = b"".join(label.encode().ljust(wire.LABEL_BYTES, b"\0") for label in self.labels)
        golden = b"".join(
            i.astype(np.int8).tobytes() + o.astype(np.int8).tobytes()
            for i, o in zip(self.golden_inputs, self.golden_outputs, strict=True)
        )
        for content, alignment in (
            (labels, 4),
            (self.input.packed_channels(), 4),
            (self.input.tables, 4),
            (golden, 4),
            (self.rejection.pack() if self.rejection is not None else b"", wire.FLASH_WORD_BYTES),
            (self.tflite, 16),  # run in place: the interpreter needs aligned tensors
        ):
            padding = -at % alignment
            sections.append(bytes(padding) + content)
            offsets.append(at + padding)
            at += padding + len(content)
        body = b"".join(sections)
        header = wire.PackageHeader(
            magic=wire.PACKAGE_MAGIC,
            format=wire.PACKAGE_FORMAT,
            header_bytes=wire.PackageHeader.SIZE,
            total_bytes=at,
            crc32=0,
            signature=self.signature,
            key_id=self.key_id,
            version_counter=self.version_counter,
            model_id=hashlib.sha256(body).digest()[:8],
            model_rate_mhz=self.input.rate_mhz,
            window=self.input.window,
            hop=self.input.hop,
            channel_count=len(self.input.channels),
            class_count=len(self.labels),
            table_count=self.input.table_count,
            golden_count=len(self.golden_inputs),
            smoothing=round(self.smoothing * 256) - 1,
            reserved=0,
            rejection_words=(
                offsets[4] // wire.FLASH_WORD_BYTES if self.rejection is not None else 0
            ),
            labels_offset=offsets[0],
            channels_offset=offsets[1],
            tables_offset=offsets[2],
            golden_offset=offsets[3],
            tflite_offset=offsets[5],
            tflite_bytes=len(self.tflite),
        )
        crc = zlib.crc32((header.pack() + body)[_CRC_FROM:])
        return replace(header, crc32=crc).pack() + body

    def _check_limits(self) -> None:
        encoded = [label.encode() for label in self.labels]
        too_long = [label for label in self.labels if len(label.encode()) > wire.LABEL_BYTES]
        seen = self.input
        checks = [
            (
                2 <= len(encoded) <= wire.MAX_CLASSES,
                tr("{count} labels, not 2 to {most}", count=len(encoded), most=wire.MAX_CLASSES),
            ),
            (
                not too_long,
                tr(
                    "label {labels} is longer than {bytes} bytes",
                    labels=too_long[:1],
                    bytes=wire.LABEL_BYTES,
                ),
            ),
            (len(set(encoded)) == len(encoded), tr("a label appears twice")),
            (
                1 <= seen.window <= wire.MAX_WINDOW,
                tr("window of {points} points", points=seen.window),
            ),
            (1 <= seen.hop <= wire.MAX_WINDOW, tr("hop of {points} points", points=seen.hop)),
            (
                1 <= len(seen.channels) <= wire.MAX_CHANNELS,
                tr("1 to {most} channels are possible", most=wire.MAX_CHANNELS),
            ),
            (
                seen.input_bytes <= wire.MAX_INPUT_BYTES,
                tr(
                    "{bytes} input bytes, more than {most}",
                    bytes=seen.input_bytes,
                    most=wire.MAX_INPUT_BYTES,
                ),
            ),
            (
                seen.table_count <= wire.MAX_TABLES,
                tr("more than {most} companders", most=wire.MAX_TABLES),
            ),
            (1 <= len(self.golden_inputs) <= 255, tr("no golden window")),
            (
                self.rejection is None
                or (self.rejection.class_count, self.rejection.channel_count)
                == (len(self.labels), len(seen.channels)),
                tr("its rejection is of other classes or channels"),
            ),
            (
                LEAST_SMOOTHING <= self.smoothing <= 1,
                tr("smoothing {smoothing}, not 1/256 to 1", smoothing=self.smoothing),
            ),
        ]
        for holds, what in checks:
            if not holds:
                raise PackageError(tr("This model cannot become a package: {what}.", what=what))


_CRC_FROM = wire.PackageHeader.offset_of("signature")  # docstring of PackageHeader


def unpack_package(data: bytes, name: str = "") -> ModelPackage:
    """Read a package.

    Args:
        data: The package's bytes.
        name: The package's name in messages; by default it has none.

    Returns:
        The model with all that a board needs to run it.

    Raises:
        PackageError: The bytes are not a complete, intact package with a sound .tflite.
    """
    name = name or tr("The package")
    status, detail, package = _opened(data)
    if status == wire.Status.BAD_MODEL:
        raise PackageError(
            tr(
                "{name} is not a usable model package: {status}: {fault}",
                name=name,
                status=wire.Status.BAD_MODEL.name,
                fault=wire.model_fault(detail),
            )
        )
    if status == wire.Status.TOO_MUCH_WORK:
        raise PackageError(
            tr(
                "{name} is too much work for a board: {fault}. Train a smaller network: "
                "fewer filters, a shorter window.",
                name=name,
                fault=wire.work_fault(detail),
            )
        )
    if package is None:
        raise PackageError(
            tr(
                "{name} is not a usable model package: {status} ({detail}). Train the model "
                "again, or copy the file again if it was copied.",
                name=name,
                status=wire.Status(status).name,
                detail=detail,
            )
        )
    return package


@lru_cache(maxsize=4)  # a push opens one package in several places: it is checked once
def _opened(data: bytes) -> tuple[int, int, ModelPackage | None]:
    """The status and detail of the core's checks, and the package if it passed them."""
    status, detail = _core.check_package(data)
    return status, detail, _unpacked(data) if status == wire.Status.OK else None


def _unpacked(data: bytes) -> ModelPackage:
    header = wire.PackageHeader.unpack(data)
    channels = tuple(
        wire.Channel.unpack(data, at)
        for at in _places(header.channels_offset, header.channel_count, wire.Channel.SIZE)
    )
    table_bytes = header.table_count * wire.THRESHOLDS * 4
    tables = data[header.tables_offset : header.tables_offset + table_bytes]
    spec = InputSpec(header.model_rate_mhz, header.window, header.hop, channels, tables)
    size = spec.input_bytes + header.class_count
    golden = np.frombuffer(data, np.int8, header.golden_count * size, header.golden_offset)
    golden = golden.reshape(header.golden_count, size)
    return ModelPackage(
        labels=package_labels(data, header),
        input=spec,
        tflite=data[header.tflite_offset : header.tflite_offset + header.tflite_bytes],
        golden_inputs=golden[:, : spec.input_bytes].reshape(-1, spec.window, len(channels)),
        golden_outputs=golden[:, spec.input_bytes :],
        smoothing=(header.smoothing + 1) / 256,
        rejection=_rejection(data, header),
        version_counter=header.version_counter,
        signature=header.signature,
        key_id=header.key_id,
    )


def _rejection(data: bytes, header: wire.PackageHeader) -> Rejection | None:
    if header.rejection_words == 0:
        return None
    offset = header.rejection_words * wire.FLASH_WORD_BYTES
    return Rejection.unpack(data, offset, header.class_count, header.channel_count)


def package_labels(data: bytes, header: wire.PackageHeader) -> tuple[str, ...]:
    """Read the labels of a package, of which the first bytes are enough.

    Args:
        data: The package's first bytes, up to the end of the labels' section.
        header: The package's header.

    Returns:
        The names of the classes, each as one line of characters that can be shown.

    Raises:
        PackageError: A label is not UTF-8.
    """
    places = _places(header.labels_offset, header.class_count, wire.LABEL_BYTES)
    try:
        labels = [data[at : at + wire.LABEL_BYTES].rstrip(b"\0").decode() for at in places]
    except UnicodeDecodeError as error:
        raise PackageError(
            tr(
                "The package's labels are not UTF-8 text: it was not made by MotionLoop. Train "
                "the model again."
            )
        ) from error
    return tuple(plain_line(label) for label in labels)


def _places(first: int, count: int, size: int) -> range:
    return range(first, first + count * size, size)


def model_id(data: bytes) -> bytes:
    """The 8 bytes that name a package in its header, on the board and in predictions."""
    return wire.PackageHeader.unpack(data).model_id


def id_of_contents(data: bytes) -> bytes:
    """The model id that a package must have: of its contents, whatever its header says."""
    header = wire.PackageHeader.unpack(data)
    return hashlib.sha256(data[header.header_bytes : header.total_bytes]).digest()[:8]


def package_file(path: Path) -> Path:
    """The package file that `path` names: the file itself, or the one in a model's folder."""
    return path / PACKAGE_FILE if path.is_dir() else path


def load_package(path: Path) -> bytes:
    """Read and check a package file.

    Args:
        path: The file, or a model's folder with a package in it.

    Returns:
        The package's bytes.

    Raises:
        PackageError: There is no package, or it is damaged.
    """
    file = package_file(path)
    try:
        data = read_whole(file, _LARGEST_BYTES)
    except OSError as error:
        raise PackageError(
            tr(
                "No model package at {file} ({cause}). Train one with `motionloop train`, "
                "or give the folder of a trained model.",
                file=file,
                cause=error.strerror,
            )
        ) from error
    if data[4:8] == b"TFL3":  # the mark of a TensorFlow Lite file
        whole = file.parent / PACKAGE_FILE
        where = str(file.parent) if whole.is_file() else tr("a folder that `motionloop train` made")
        raise PackageError(
            tr(
                "{file} is the network alone. A board also needs the labels, the input and the "
                "checks of the package: give the model's folder, {where}.",
                file=file,
                where=where,
            )
        )
    unpack_package(data, str(file))
    return data
