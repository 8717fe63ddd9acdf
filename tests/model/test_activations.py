"""What is shown of a model's layers, against the model itself and against arithmetic by hand."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from motionloop.errors import PackageError
from motionloop.model import activations, inference
from motionloop.model.activations import INPUT, Layer, LayeredModel, real_values
from motionloop.model.inference import Interpreter
from motionloop.model.package import unpack_package
from motionloop.wire import Operator

GOLDEN = Path(__file__).parents[1] / "golden"
FILES = {name: (GOLDEN / f"{name}.tflite").read_bytes() for name in ("board", "int8", "operators")}
FILES["package"] = unpack_package((GOLDEN / "model.mlpkg").read_bytes()).tflite
models = pytest.mark.parametrize("name", FILES)


def some_windows(model: LayeredModel, count: int) -> NDArray[np.int8]:
    """Of every size, from still to the ends of the range."""
    rng = np.random.default_rng(2)
    sizes = np.geomspace(1, 100, count).reshape(-1, *[1] * len(model.input.shape[1:]))
    noise = rng.normal(0, sizes, (count, *model.input.shape[1:]))
    return np.clip(np.rint(noise), -128, 127).astype(np.int8)


def check_outputs(tflite: bytes) -> LayeredModel:
    """The outputs beside all other layers are the bytes of the plain model."""
    model, plain = LayeredModel(tflite), Interpreter(tflite)
    answers = set()
    for window in some_windows(model, 60):
        everything = plain.invoke_all(window)
        layers = model.compute(window)
        np.testing.assert_array_equal(
            layers[model.output].codes.reshape(-1), everything[: plain.class_count]
        )
        answers.add(everything.tobytes())
        if plain.embedding_size:
            assert model.embedding is not None
            embedding = layers[model.embedding].codes
            np.testing.assert_array_equal(embedding.reshape(-1), everything[plain.class_count :])
    assert len(answers) > 30
    return model


@models
def test_the_outputs_are_those_of_the_plain_model(name: str) -> None:
    check_outputs(FILES[name])


# --- by hand ------------------------------------------------------------------------------------
def by_hand(layer: Layer, given: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Real values of a layer, computed in floating point of the real values of its sources."""
    x = given[0]
    match layer.operator:
        case Operator.CONV_2D | Operator.DEPTHWISE_CONV_2D:
            y = convolved(layer, x)
        case Operator.AVERAGE_POOL_2D:
            y = pooled(layer, x, np.mean)
        case Operator.MAX_POOL_2D:
            y = pooled(layer, x, np.max)
        case Operator.FULLY_CONNECTED:
            assert layer.weights is not None
            real = layer.weights.codes * layer.weights.scales[:, np.newaxis].astype(np.float64)
            y = real @ x.reshape(-1) + layer.weights.bias_values
        case Operator.PAD:
            y, (top, left) = np.zeros(layer.shape), layer.padding
            y[:, top : top + x.shape[1], left : left + x.shape[2]] = x
        case Operator.CONCATENATION:
            y = np.concatenate(given, axis=-1)
        case Operator.MEAN:
            y = x.mean(axis=(1, 2))
        case Operator.SOFTMAX:
            y = np.exp(x) / np.exp(x).sum()
        case Operator.ADD:
            y = given[0] + given[1]
        case Operator.MUL:
            y = given[0] * given[1]
        case Operator.RELU:
            y = np.maximum(x, 0)
        case _:
            y = x
    return (np.maximum(y, 0) if layer.fused == "ReLU" else y).reshape(layer.shape)


def convolved(layer: Layer, x: NDArray[np.float64]) -> NDArray[np.float64]:
    assert layer.weights is not None
    y = np.empty(layer.shape)
    maps_per_input = layer.map_count // x.shape[-1]
    for index, bias in enumerate(layer.weights.bias_values):
        kernel = layer.weights.of_map(index) * np.float64(layer.weights.scales[index])
        kernel = kernel.reshape(*layer.kernel, -1)
        seen = x[..., [index // maps_per_input]] if layer.weights.depthwise else x
        for row, column in product(*map(range, layer.shape[1:3])):
            y[0, row, column, index] = bias
            for i, j in product(*map(range, layer.kernel)):
                r = row * layer.stride[0] - layer.padding[0] + i * layer.dilation[0]
                c = column * layer.stride[1] - layer.padding[1] + j * layer.dilation[1]
                if 0 <= r < x.shape[1] and 0 <= c < x.shape[2]:
                    y[0, row, column, index] += seen[0, r, c] @ kernel[i, j]
    return y


def pooled(
    layer: Layer, x: NDArray[np.float64], reduce: Callable[..., NDArray[np.float64]]
) -> NDArray[np.float64]:
    y = np.empty(layer.shape)
    for row, column in product(*map(range, layer.shape[1:3])):
        top, left = row * layer.stride[0], column * layer.stride[1]
        part = x[0, top : top + layer.kernel[0], left : left + layer.kernel[1]]
        y[0, row, column] = reduce(part, axis=(0, 1))
    return y


@models
def test_each_layer_follows_from_its_sources_by_hand(name: str) -> None:
    """In floating point, from the sources' int8: at most a step of the layer's scale beside it."""
    model = LayeredModel(FILES[name])
    window = some_windows(model, 5)[3]
    layers = model.compute(window)
    source_values = {i: a.values.astype(np.float64) for i, a in enumerate(layers)}
    source_values[INPUT] = real_values(model.input, window[np.newaxis]).astype(np.float64)
    for activation in layers:
        layer = activation.layer
        made = by_hand(layer, [source_values[source] for source in layer.sources])
        codes = np.clip(np.rint(made / layer.output.scale) + layer.output.zero_point, -128, 127)
        off = np.abs(codes - activation.codes)
        assert off.max() <= 1, layer.name
        assert (off == 0).mean() > 0.75, layer.name
        assert activation.maps.shape == (layer.map_count, layer.positions)
        np.testing.assert_array_equal(
            activation.maps[-1],
            activation.values.reshape(-1)[layer.map_count - 1 :: layer.map_count],
        )


@pytest.mark.skipif(find_spec("ai_edge_litert") is None, reason="no ai-edge-litert here")
def test_litert_computes_the_same_layers_where_tflm_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    reference = LayeredModel(FILES["board"])
    window = some_windows(reference, 5)[3]
    expected = reference.compute(window)
    monkeypatch.setattr(inference, "_tflm", None)
    for one, other in zip(LayeredModel(FILES["board"]).compute(window), expected, strict=True):
        assert one.layer.name == other.layer.name
        np.testing.assert_allclose(one.codes.astype(int), other.codes, atol=2)


# --- what is said of the layers -------------------------------------------------------------------
def test_names_and_sizes_of_the_default_network() -> None:
    model = LayeredModel(FILES["board"])
    assert [layer.name for layer in model.layers] == [
        "convolution, 16 maps",
        "depthwise convolution 1, 16 maps",
        "pointwise convolution 1, 32 maps",
        "depthwise convolution 2, 32 maps",
        "pointwise convolution 2, 48 maps",
        "depthwise convolution 3, 48 maps",
        "pointwise convolution 3, 48 maps",
        "global average pooling, 48 values",
        "dense, 6 values",
        "softmax, 6 probabilities",
    ]
    first = model.layers[0]
    assert (first.shape, first.kernel, first.stride) == ((1, 1, 64, 16), (1, 7), (1, 2))
    assert (first.weight_count, first.macs) == (7 * 12 * 16 + 16, 64 * 7 * 12 * 16)
    assert (first.fused, model.layers[-1].fused) == ("ReLU", "")
    assert model.output == len(model.layers) - 1


def test_a_number_stands_where_there_are_several_of_a_kind() -> None:
    names = [layer.name.split(",")[0] for layer in LayeredModel(FILES["operators"]).layers]
    assert {"padding", "max pooling", "average pooling", "ReLU", "sum", "product"} <= set(names)
    assert {"concatenation 1", "concatenation 2"} <= set(names)
    assert len(set(names)) == len(names)


@models
def test_a_value_depends_on_the_points_that_it_is_said_to_see(name: str) -> None:
    """Other points change nothing. The first and the last point of the span do, for some map."""
    model = LayeredModel(FILES[name])
    rng = np.random.default_rng(3)
    window = rng.integers(-60, 60, model.input.shape).astype(np.int8)
    plain = [activation.codes for activation in model.compute(window)]
    points = model.input.shape[2]
    for index, layer in enumerate(model.layers):
        if len(layer.shape) != 4:
            assert model.seen_by(index, 0) == (0, points - 1)
            continue
        for position in (0, layer.shape[2] // 2, layer.shape[2] - 1):
            first, last = model.seen_by(index, position)
            outside = rng.integers(-60, 60, window.shape).astype(np.int8)
            outside[:, :, first : last + 1] = window[:, :, first : last + 1]
            got = model.compute(outside)[index].codes
            np.testing.assert_array_equal(got[:, :, position], plain[index][:, :, position])
    first, last = model.seen_by(0, 5)
    for end in {first, last}:
        changed = window.copy()
        changed[:, :, end] = ~changed[:, :, end]
        assert (model.compute(changed)[0].codes[:, :, 5] != plain[0][:, :, 5]).any()


def test_padding_sees_nothing() -> None:
    model = LayeredModel(FILES["operators"])
    assert model.layers[0].operator == Operator.PAD
    first, last = model.seen_by(0, 0)
    assert first > last


# --- what is refused ------------------------------------------------------------------------------
def test_layers_that_are_too_large_to_keep_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activations, "MAX_ACTIVATION_BYTES", 4000)
    with pytest.raises(PackageError, match="Train a smaller model"):
        LayeredModel(FILES["board"])


@pytest.mark.parametrize("tflite", [b"", b"TFL3", FILES["board"][:4000], bytes(5000)])
def test_a_damaged_model_is_refused(tflite: bytes) -> None:
    with pytest.raises(PackageError, match="motionloop train"):
        LayeredModel(tflite)


def test_a_window_of_another_type_is_refused() -> None:
    with pytest.raises(TypeError, match="float32"):
        LayeredModel(FILES["board"]).compute(np.zeros((128, 12), np.float32))


# TFLM is no validator, so another process looks into what the core lets through.
_DAMAGE = """
import sys
import numpy as np
from pathlib import Path
from motionloop import _core, wire
from motionloop.errors import PackageError
from motionloop.model.activations import LayeredModel
from motionloop.model.package import unpack_package

made = unpack_package(Path(sys.argv[1]).read_bytes())
rng = np.random.default_rng(4)
refused = looked = 0
for number in range(400):
    damaged = bytearray(made.tflite)
    for _ in range(rng.integers(1, 4)):
        # Weights are most of the file, its structure is at both ends.
        at = rng.integers(0, len(damaged)) if number % 3 else rng.integers(-1600, 400)
        damaged[at] ^= 1 << rng.integers(0, 8)
    status, _ = _core.check_tflite(bytes(damaged), made.input.input_bytes, len(made.labels))
    if status != wire.Status.OK:
        continue
    try:
        model = LayeredModel(bytes(damaged))
    except PackageError:
        refused += 1
        continue
    for index, activation in enumerate(model.compute(made.golden_inputs[0])):
        activation.maps, model.seen_by(index, 0), activation.layer.weight_count
    looked += 1
print(refused, looked)
"""


@pytest.mark.slow
def test_damage_that_the_core_lets_through_never_takes_the_process_down() -> None:
    command = [sys.executable, "-c", _DAMAGE, str(GOLDEN / "model.mlpkg")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.split()[1]) > 66


# --- every architecture ---------------------------------------------------------------------------
@pytest.mark.training
@pytest.mark.parametrize("architecture", ["cnn", "mobilenet", "squeezenet"])
def test_each_architecture_can_be_looked_into(architecture: str) -> None:
    from motionloop.training.convert import convert
    from motionloop.training.network import ARCHITECTURES, ModelConfig, build, macs

    assert architecture in ARCHITECTURES
    network = build(128, 12, 5, ModelConfig(architecture), seed=3)
    windows = np.random.default_rng(5).integers(-90, 90, (200, 128, 12)).astype(np.int8)
    converted = convert(network, windows)
    for tflite in (converted.int8, converted.board):
        model = check_outputs(tflite)
        assert sum(layer.macs for layer in model.layers) == macs(network)
