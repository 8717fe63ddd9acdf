"""A model card: what a model was made of, how good it is, and what it must be fed with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from motionloop.model.contents import Channel, channels_of
from motionloop.model.folder import INT8_FILE, METRICS_FILE, metrics_of
from motionloop.model.inference import Interpreter, parse_model
from motionloop.model.package import (
    Compander,
    ModelPackage,
    input_spec,
    model_id,
    unpack_package,
)
from motionloop.safe_files import make_file, read_whole
from motionloop.typed_values import OTHER_SHAPE

_LARGEST_BYTES = 1 << 26  # of a network
CARD_FILE = "README.md"  # where model hubs look for it


def write_tflite(package_bytes: bytes, name: str, model: Path | None, folder: Path) -> None:
    """Write the plain int8 network, and beside it the model card.

    Args:
        package_bytes: The model's package.
        name: The model's name.
        model: The model's folder; None for a package alone, whose network has no names.
        folder: A new folder.

    Raises:
        PackageError: The package is damaged.
        OSError: The disk failed.
    """
    package = unpack_package(package_bytes, name)
    tflite = package.tflite if model is None else _whole_network(model / INT8_FILE, package.tflite)
    metrics = (
        None if model is None else next(metrics_of(model.parent, model_id(package_bytes)), None)
    )
    folder.mkdir()
    make_file(folder / f"{name}.tflite", tflite)
    hashes = {f"{name}.tflite": tflite, "the package": package_bytes}
    try:
        card = model_card(package, name, metrics, hashes)
    except OTHER_SHAPE:  # of another version, or of another program
        card = model_card(package, name, None, hashes)
    make_file(folder / CARD_FILE, card.encode())


def _whole_network(file: Path, stripped: bytes) -> bytes:
    """The network in the file, which has names, if it is the one of the package; or else that."""
    try:
        network = read_whole(file, _LARGEST_BYTES)
        is_same = _constants(network) == _constants(stripped)
    except Exception:  # the parser takes the file for a network, and so raises anything
        return stripped
    return network if is_same else stripped


def _constants(network: bytes) -> list[bytes]:
    parsed = parse_model(network)
    found = [parsed.buffers[t.buffer].data for graph in parsed.subgraphs for t in graph.tensors]
    return [bytes(data) for data in found if data is not None and len(data)]


def input_lines(package: ModelPackage) -> list[str]:
    """What the model must be fed with, in sentences."""
    spec = package.input
    return [
        f"Windows of {spec.window} points at {spec.rate_hz:g} Hz ({spec.window_s:.3g} s), "
        f"one every {spec.hop} points ({spec.hop_s:.3g} s)",
        "Acceleration in g with gravity, rotation in rad/s; x to the USB connector, y to the left, "
        "z out of the board",
    ]


def model_card(
    package: ModelPackage,
    name: str,
    metrics: dict[str, Any] | None,
    files: dict[str, bytes],
) -> str:
    """The card.

    Args:
        package: The model.
        name: Its name.
        metrics: Content of metrics.json; None where it is not known.
        files: Names and contents whose hashes the card states.

    Returns:
        Markdown.
    """
    parts = [
        f"# {name}",
        f"Recognises {', '.join(package.labels)} from the motion of a wearable. Made by MotionLoop"
        + (f", {metrics['created']}." if metrics else "."),
        *_input(package),
        *(
            _data(metrics)
            if metrics
            else [f"There is no {METRICS_FILE} of it: data and figures are not known."]
        ),
        "## Limits",
        *_limits(package, metrics),
        "## Files",
        _table(
            ("file", "bytes", "SHA-256"),
            (
                (file, f"{len(content):,}", hashlib.sha256(content).hexdigest())
                for file, content in files.items()
            ),
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _input(package: ModelPackage) -> list[str]:
    model = Interpreter(package.tflite)
    channels = channels_of(package.input)
    parts = [
        "## Input and output",
        "\n".join(f"- {line}." for line in input_lines(package)),
        f"The input is int8 {_shape(model.input_shape)}, channels last, one step "
        f"{model.input_scale:g}, zero point {model.input_zero_point}. A code is the value of its "
        "channel divided by the step, rounded, and cut off at -127 and 127.",
        _table(
            ("channel", "axis", "value"),
            ((str(i), c.axis, _value(c, package)) for i, c in enumerate(channels)),
        ),
        "Each point is the mean of the raw samples in its time. MotionLoop's core computes exactly "
        "these bytes in whole numbers: `motionloop export --format c` has it as a library.",
        f"The first output is int8, one probability per label in this order: "
        f"{', '.join(package.labels)}; one step {model.output_scale:g}, zero point "
        f"{model.output_zero_point}.",
    ]
    if model.embedding_size:
        parts.append(
            f"The second output is an embedding of {model.embedding_size}, by which the package "
            "finds unknown activities. The .tflite alone takes every motion for one of its labels."
        )
    return parts


def _shape(shape: Sequence[int]) -> str:
    return " x ".join(map(str, shape))


def _value(channel: Channel, package: ModelPackage) -> str:
    words = f"x in {channel.unit}" + (
        ", less its mean in the window" if channel.remove_mean else ""
    )
    if channel.scale is not None:
        return f"{channel.scale:g} x, {words}"
    compander = Compander()
    tables = package.input.tables
    default = input_spec().tables
    if tables == default:
        return f"{compander.scale:g} {compander.kind}({compander.gain:g} x), {words}"
    return f"companded by table {channel.table} of the package, {words}"


def _data(metrics: dict[str, Any]) -> list[str]:
    data, split, int8 = metrics["data"], metrics["split"], metrics["int8"]
    people = [person for person in data["people"] if person]
    counts = split["windows_train_test"]
    return [
        "## Data",
        f"{len(data['sessions'])} sessions of {len(people) or 'unnamed'} people"
        + (", synthetic motion" if data["synthetic"] else "")
        + (f"; {data['imbalance']}" if data.get("imbalance") else "")
        + "."
        # Models of older versions lack it.
        + (f" SHA-256 of the data: {data['sha256']}." if "sha256" in data else ""),
        "## Results",
        f"int8 accuracy {int8['accuracy']:.1%} under {int8['runtime']} on {int8['windows']} "
        f"windows, macro F1 {int8['macro_f1']:.3f}; the float network "
        f"{metrics['base']['accuracy']:.1%}. "
        f"Split: {split['description']}.",
        _table(
            ("label", "windows of training", "windows of test", "recall"),
            (
                (label, str(train), str(test), _percent(int8["recall"].get(label)))
                for label, (train, test) in counts.items()
            ),
        ),
    ]


def _limits(package: ModelPackage, metrics: dict[str, Any] | None) -> Iterable[str]:
    lines = [
        "It knows its labels only, worn as in the training, and acceleration with gravity.",
        "Another sensor's range, axes or place on the body are another input.",
    ]
    if package.rejection is None:
        lines.append("It takes every motion for one of its labels.")
    if metrics and metrics["split"]["optimistic"]:
        lines.append("The figures are optimistic: test and training are of the same sessions.")
    if metrics and metrics["data"]["synthetic"]:
        lines.append("Trained on synthetic motion: good for trying the loop only.")
    yield "\n".join(f"- {line}" for line in lines)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )
