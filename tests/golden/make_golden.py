"""Golden vectors: bytes that Python and the firmware's core must agree on, in this folder.

    python tests/golden/make_golden.py           wire.txt, windower.txt and rejection.txt
    python tests/golden/make_golden.py models    model.mlpkg (trains a small network) and
                                                 operators.tflite too

The text files are computed again by tests and compared, so a change of the wire, the windower
or the rejection shows. Trainings and conversions depend on the versions of TensorFlow and NumPy, so
the models are made anew only when the package's format changes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motionloop import wire
from motionloop.model.package import ChannelSpec, Compander, InputSpec, default_channels, input_spec
from motionloop.model.rejection import STATISTICS_PER_CHANNEL, Rejection, features
from motionloop.sample_format import SampleFormat

FOLDER = Path(__file__).parent
_LIMITS = {
    "B": (0, 2**8 - 1),
    "H": (0, 2**16 - 1),
    "I": (0, 2**32 - 1),
    "i": (-(2**31), 2**31 - 1),
    "Q": (0, 2**64 - 1),
}


# --- wire.txt -----------------------------------------------------------------------------
def wire_lines() -> Iterator[str]:
    """`Layout field=value ... = hex`; numbers in decimal, byte fields in hex."""
    for cls in wire.LAYOUTS:
        for value in _examples(cls):
            shown = []
            for f in fields(value):
                content = getattr(value, f.name)
                text = content.hex() if isinstance(content, bytes) else str(content)
                shown.append(f"{f.name}={text}")
            yield f"{cls.__name__} {' '.join(shown)} = {value.pack().hex()}"


def _examples(cls: type[wire.Layout]) -> Iterator[wire.Layout]:
    """All fields least, all greatest, and all different."""
    for which in (0, 1, 2):
        values: dict[str, int | bytes] = {}
        count = 0
        for f in fields(cls):
            code = f.metadata["code"]
            size = int(code[:-1]) if code.endswith("s") else np.dtype(f"<{_numpy(code)}").itemsize
            if code.endswith("s"):
                pattern = bytes((count + i + 1) % 256 for i in range(size))
                values[f.name] = (bytes(size), b"\xff" * size, pattern)[which]
            else:
                pattern = bytes((count + i + 1) % 128 for i in range(size))
                values[f.name] = (*_LIMITS[code], int.from_bytes(pattern, "little"))[which]
            count += size
        yield cls(**values)


def _numpy(code: str) -> str:
    return {"B": "u1", "H": "u2", "I": "u4", "i": "i4", "Q": "u8"}[code]


# --- windower.txt -------------------------------------------------------------------------
@dataclass(frozen=True)
class WindowerCase:
    """One window: what goes into the windower, and what must come out."""

    rate_mhz: int
    accel_ng_per_lsb: int
    gyro_nrads_per_lsb: int
    spec: InputSpec
    samples: NDArray[np.int16]  # [span, 6]
    expected: NDArray[np.int8]  # [window, channels]

    def compute(self) -> NDArray[np.int8]:
        """The core's answer."""
        windower = self.spec.windower(
            SampleFormat(self.rate_mhz / 1000, self.accel_ng_per_lsb, self.gyro_nrads_per_lsb)
        )
        last = np.array([len(self.samples) - 1])
        computed: NDArray[np.int8] = windower.channels(windower.resample(self.samples, last))[0]
        return computed

    def line(self) -> str:
        numbers = (
            self.rate_mhz,
            self.accel_ng_per_lsb,
            self.gyro_nrads_per_lsb,
            self.spec.rate_mhz,
            self.spec.window,
        )
        blobs = (
            self.spec.packed_channels(),
            self.spec.tables,
            self.samples.astype("<i2").tobytes(),
            self.expected.tobytes(),
        )
        return " ".join([*map(str, numbers), *(blob.hex() or "-" for blob in blobs)])


def parse_windower(line: str) -> WindowerCase:
    """Read one line of windower.txt."""
    words = line.split()
    rate_mhz, accel, gyro, model_rate_mhz, window = map(int, words[:5])
    channels, tables, samples, expected = (
        bytes.fromhex(word) if word != "-" else b"" for word in words[5:]
    )
    size = wire.Channel.SIZE
    parsed = tuple(wire.Channel.unpack(channels, at) for at in range(0, len(channels), size))
    return WindowerCase(
        rate_mhz,
        accel,
        gyro,
        InputSpec(model_rate_mhz, window, window, parsed, tables),
        np.frombuffer(samples, "<i2").reshape(-1, wire.AXES),
        np.frombuffer(expected, np.int8).reshape(window, len(parsed)),
    )


def windower_lines() -> Iterator[str]:
    """The rates of both boards and others, whole and broken ratios, up and down; motion, noise
    and the ends of the range."""
    accel, gyro = 244_000, 1_221_730  # +-8 g, +-2000 dps
    narrow = (ChannelSpec(2), ChannelSpec(5, True, Compander(gain=10.0)), ChannelSpec(0, True))
    cases = [
        (119_000, accel, gyro, 50.0, 40, None),
        (99_840, accel, gyro, 50.0, 40, None),
        (50_000, 122_000, 1_065_000, 50.0, 40, None),
        (476_000, accel, gyro, 50.0, 16, narrow),
        (50_000, accel, gyro, 100.0, 40, narrow),
        (119_000, accel, gyro, 119.0, 40, narrow),
        (104_000, 1, 2_000_000, 7.0, 16, None),
    ]
    for number, (rate_mhz, accel_ng, gyro_nrads, model_hz, window, channels) in enumerate(cases):
        spec = input_spec(model_hz, window, window, channels or default_channels())
        span = spec.windower(SampleFormat(rate_mhz / 1000, accel_ng, gyro_nrads)).span
        rng = np.random.default_rng(number)
        for kind in ("motion", "ends") if number < 2 else ("motion",):
            if kind == "motion":
                t_s = np.arange(span)[:, np.newaxis] * 1000 / rate_mhz
                swing = np.sin(2 * np.pi * t_s * rng.uniform(0.3, 4.0, wire.AXES))
                offset = rng.uniform(-4000, 4000, wire.AXES)
                noise = rng.normal(0, 5, (span, wire.AXES))
                samples = np.rint(offset + swing * rng.uniform(10, 8000, wire.AXES) + noise)
            else:
                samples = rng.choice([-32768, 32767], (span, wire.AXES))
            case = WindowerCase(
                rate_mhz,
                accel_ng,
                gyro_nrads,
                spec,
                samples.astype(np.int16),
                np.empty((window, len(spec.channels)), np.int8),
            )
            yield replace(case, expected=case.compute()).line()


# --- rejection.txt ------------------------------------------------------------------------
@dataclass(frozen=True)
class RejectionCase:
    """One window and the squared distance that it must have."""

    rejection: Rejection
    embedding: NDArray[np.int8]  # [embedding]
    input: NDArray[np.int8]  # [window, channels]
    expected: int

    def compute(self) -> int:
        """The core's answer."""
        values = features(self.embedding[np.newaxis], self.input[np.newaxis])
        return int(self.rejection.distances(values)[0])

    def line(self) -> str:
        window, channel_count = self.input.shape
        blobs = (self.rejection.pack(), self.embedding.tobytes(), self.input.tobytes())
        numbers = (self.rejection.class_count, channel_count, window)
        words = [*map(str, numbers), *(blob.hex() for blob in blobs), str(self.expected)]
        return " ".join(words)


def parse_rejection(line: str) -> RejectionCase:
    """Read one line of rejection.txt."""
    words = line.split()
    class_count, channel_count, window = map(int, words[:3])
    section, embedding, values = (bytes.fromhex(word) for word in words[3:6])
    return RejectionCase(
        Rejection.unpack(section, 0, class_count, channel_count),
        np.frombuffer(embedding, np.int8),
        np.frombuffer(values, np.int8).reshape(window, channel_count),
        int(words[6]),
    )


def rejection_lines() -> Iterator[str]:
    """Sizes least, usual and greatest; arbitrary values and the ends of their ranges."""
    cases = [(1, 1, 2, 1, 1), (48, 32, 6, 12, 32), (24, 16, 3, 12, 96), (128, 4, 16, 16, 20)]
    for number, (embedding_size, rank, class_count, channel_count, window) in enumerate(cases):
        rng = np.random.default_rng(number)
        shape = rank, embedding_size + STATISTICS_PER_CHANNEL * channel_count
        for kind in ("arbitrary", "least", "greatest"):
            end = {"arbitrary": None, "least": -128, "greatest": 127}[kind]
            if end is None:
                weights = rng.integers(-127, 128, shape)
                embedding = rng.integers(-128, 128, embedding_size)
                values = rng.normal(0, 40, (window, channel_count)).clip(-128, 127)
            else:
                weights = np.full(shape, -127)
                embedding = np.full(embedding_size, end)
                values = np.full((window, channel_count), end)
            case = RejectionCase(
                Rejection(
                    embedding_size,
                    weights.astype(np.int8),
                    rng.integers(0, 16, rank).astype(np.uint8),
                    rng.integers(-(2**15), 2**15, (rank, class_count)).astype(np.int16),
                    threshold=number,
                ),
                embedding.astype(np.int8),
                values.astype(np.int8),
                expected=0,
            )
            yield replace(case, expected=_distance(case)).line()


def _distance(case: RejectionCase) -> int:
    """wire.Rejection's definition in Python's integers, beside the core's."""
    values = case.embedding.tolist()
    window = len(case.input)
    for channel in case.input.T.tolist():
        total, magnitude = sum(channel), sum(map(abs, channel))
        twice = abs(2 * total) // window * (1 if total >= 0 else -1)
        ratio = (magnitude + window) * 256 // window
        exponent = ratio.bit_length() - 1
        values.append(max(-128, min(twice, 127)))
        values.append((exponent - 8) * 16 + (ratio >> (exponent - 4)) % 16)
    of_class = [0] * case.rejection.class_count
    rows = zip(
        case.rejection.weights.tolist(),
        case.rejection.shifts.tolist(),
        case.rejection.means.tolist(),
        strict=True,
    )
    for weights, shift, means in rows:
        coordinate = sum(w * v for w, v in zip(weights, values, strict=True)) >> shift
        of_class = [d + (coordinate - m) ** 2 for d, m in zip(of_class, means, strict=True)]
    return min(of_class)


# --- models -------------------------------------------------------------------------------
def model() -> bytes:
    """A small network, trained on computed motion by the product's own pipeline."""
    from motionloop.splits import Split, SplitKind
    from motionloop.training.fit import fit, package_of
    from motionloop.training.network import ModelConfig
    from motionloop.training.train import TrainConfig
    from motionloop.windows import WindowSet

    spec = input_spec(50.0, 32, 16)
    labels = ("still", "slow", "fast")
    rng = np.random.default_rng(1)
    label = np.arange(600) % len(labels)
    t_s = np.arange(spec.window) / spec.rate_hz + rng.uniform(0, 10, (600, 1))
    frequency_hz, swing = np.array([0.0, 1.5, 4.0])[label], np.array([0.0, 0.3, 0.8])[label]
    wave = swing[:, np.newaxis] * np.sin(2 * np.pi * frequency_hz[:, np.newaxis] * t_s)
    motion = wave[..., np.newaxis] * rng.uniform(0.5, 1.5, (600, 1, wire.AXES))
    motion += rng.normal(0, 0.01, motion.shape)
    motion[..., 2] += 1.0
    windows = WindowSet(
        spec,
        labels,
        np.rint(motion * 2**wire.FIXED_POINT_BITS).astype(np.int32),
        label,
        np.full(600, "computed"),
        np.full(600, "computed"),
        np.arange(600) * 1_000_000,
        synthetic=True,
        bridged=np.zeros(600),
    )
    split = Split(SplitKind.BLOCK, np.arange(480), np.arange(480, 600), ())
    network = ModelConfig(width=0.25)
    fitted = fit(windows, split, TrainConfig(epochs=8, min_steps=60, model=network))
    return package_of(fitted, smoothing=0.5).pack()


def operators() -> bytes:
    """An untrained network of every operator the board has: int8 [1, 16, 4] to 3 classes."""
    import motionloop.training  # noqa: F401  settings that TensorFlow reads while imported

    import tensorflow as tf  # isort: skip
    from motionloop.training.convert import convert

    layers = tf.keras.layers
    tf.keras.utils.set_random_seed(1)
    x = inputs = tf.keras.Input((1, 16, 4))
    x = layers.ZeroPadding2D(((0, 0), (3, 4)))(x)
    x = layers.Conv2D(8, (1, 3))(x)
    x = layers.Concatenate()([layers.MaxPooling2D((1, 2))(x), layers.AveragePooling2D((1, 2))(x)])
    x = layers.ReLU()(x)
    y = layers.DepthwiseConv2D((1, 3), padding="same")(x)
    x = layers.Multiply()([layers.Add()([x, y]), y])
    x = layers.Concatenate()([layers.Flatten()(x), layers.GlobalAveragePooling2D()(x)])
    network = tf.keras.Model(inputs, layers.Dense(3)(x))
    windows = np.random.default_rng(0).integers(-127, 128, (200, 16, 4)).astype(np.int8)
    return convert(network, windows).board


def main() -> None:
    (FOLDER / "wire.txt").write_text("\n".join(wire_lines()) + "\n")
    (FOLDER / "windower.txt").write_text("\n".join(windower_lines()) + "\n")
    (FOLDER / "rejection.txt").write_text("\n".join(rejection_lines()) + "\n")
    if sys.argv[1:] == ["models"]:
        (FOLDER / "model.mlpkg").write_bytes(model())
        (FOLDER / "operators.tflite").write_bytes(operators())


if __name__ == "__main__":
    main()
