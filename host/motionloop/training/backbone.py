"""A pretrained network without its head, kept in a folder: the start of transfer learning.

`backbone.npz` holds the weights in the network's own order, `backbone.json` the network's settings,
its windows and its history. Both are plain data: nothing in them is executed.
"""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from motionloop import safe_files
from motionloop.archives import read_arrays
from motionloop.errors import DataFileError, PackageError
from motionloop.language import tr
from motionloop.model.package import InputSpec, check_input
from motionloop.recordings.content_hash import label_hashes
from motionloop.recordings.recording import Recording
from motionloop.training.network import ModelConfig, build
from motionloop.typed_values import OTHER_SHAPE, made_of, texts, typed_value
from motionloop.windows import WindowSet
from motionloop.wire import Channel

WEIGHTS_FILE = "backbone.npz"
DESCRIPTION_FILE = "backbone.json"
_FORMAT = 1


@dataclass(frozen=True)
class Backbone:
    """All of a network up to its layer "embedding".

    `figures` describe the data of the pretraining and the accuracy there. "trained_on" are the
    hashes of its recordings, by which `seen` knows them. The hop of `spec` does not matter: a hop
    changes the places of windows, not their content.
    """

    config: ModelConfig
    spec: InputSpec
    weights: tuple[NDArray[np.float32], ...]
    figures: dict[str, Any]

    def with_head(self, classes: int, seed: int) -> tf.keras.Model:
        """The network of model.build with these weights below an own, untrained head.

        Raises ValueError when the weights are not of that network.
        """
        spec = self.spec
        model = build(spec.window, len(spec.channels), classes, self.config, seed)
        _body(model).set_weights(self.weights)
        return model

    def seen(
        self, recordings: Sequence[Recording], windows: WindowSet, tested: NDArray[np.int64]
    ) -> list[str]:
        """Names of the recordings among `windows[tested]` that the pretraining was trained on."""
        known = set(self.figures.get("trained_on", ()))
        names = hashes_of_sessions(recordings, windows, tested)
        return sorted({name for hashed, name in names.items() if hashed in known})

    def sees_windows_of(self, spec: InputSpec) -> bool:
        """Whether windows cut for `spec` are those that the backbone was pretrained on."""
        return replace(self.spec, hop=spec.hop) == spec


def hashes_of_sessions(
    recordings: Sequence[Recording], windows: WindowSet, which: NDArray[np.int64]
) -> dict[str, str]:
    """Of the sessions of `windows[which]`: the name by the hash of what is seen of each label."""
    sessions = set(np.unique(windows.session[which]).tolist())
    return {
        hashed: recording.name
        for recording in recordings
        if recording.name in sessions
        for label, hashed in label_hashes(recording).items()
        if label in windows.labels
    }


def _body(model: tf.keras.Model) -> tf.keras.Model:
    return tf.keras.Model(model.inputs, model.get_layer("embedding").output)


def body_layers(model: tf.keras.Model) -> list[tf.keras.layers.Layer]:
    """The layers up to and with "embedding", whose weights a backbone holds."""
    layers: list[tf.keras.layers.Layer] = _body(model).layers
    return layers


def of_model(
    model: tf.keras.Model, config: ModelConfig, spec: InputSpec, figures: dict[str, Any]
) -> Backbone:
    """The backbone of a trained network."""
    return Backbone(config, spec, tuple(_body(model).get_weights()), figures)


def save(backbone: Backbone, folder: Path) -> None:
    """Write the two files, the description last. Raises DiskFullError or RecordingError."""
    spec = backbone.spec
    description = {
        "format": _FORMAT,
        "model": asdict(backbone.config),
        "input": {
            "rate_mhz": spec.rate_mhz,
            "window": spec.window,
            "hop": spec.hop,
            "channels": spec.packed_channels().hex(),
            "tables": spec.tables.hex(),
        },
        "figures": backbone.figures,
    }
    weights = io.BytesIO()
    np.savez(weights, *backbone.weights)
    contents = {
        WEIGHTS_FILE: weights.getvalue(),
        DESCRIPTION_FILE: json.dumps(description, indent=1).encode(),
    }
    path = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            path = folder / name
            safe_files.write_whole(path, content)
    except OSError as error:
        raise safe_files.disk_error(error, path, tr("The backbone was not saved.")) from error


def load(folder: Path) -> Backbone:
    """Read the files of `save`. Raises DataFileError when they are missing or damaged."""
    try:
        description = safe_files.read_json(folder / DESCRIPTION_FILE)
        found = typed_value(description, "format", int)
        if found != _FORMAT:
            raise ValueError(tr("its format is {found}, not {format}", found=found, format=_FORMAT))
        seen = typed_value(description, "input", dict)
        channels = bytes.fromhex(typed_value(seen, "channels", str))
        spec = InputSpec(
            typed_value(seen, "rate_mhz", int),
            typed_value(seen, "window", int),
            typed_value(seen, "hop", int),
            tuple(Channel.unpack(channels, at) for at in range(0, len(channels), Channel.SIZE)),
            bytes.fromhex(typed_value(seen, "tables", str)),
        )
        check_input(spec)
        config = made_of(ModelConfig, typed_value(description, "model", dict))
        figures = typed_value(description, "figures", dict)
        if "trained_on" in figures:
            texts(figures, "trained_on")
        arrays = read_arrays(folder / WEIGHTS_FILE)
        # savez calls them arr_0, arr_1, ... and keeps their order.
        weights = tuple(arrays[f"arr_{i}"] for i in range(len(arrays)))
        backbone = Backbone(config, spec, weights, figures)
        backbone.with_head(classes=2, seed=0)
    except (OSError, struct.error, PackageError, *OTHER_SHAPE) as error:
        raise DataFileError(
            tr(
                "{folder} holds no usable backbone ({error}). Make one with `motionloop pretrain`.",
                folder=folder,
                error=error,
            )
        ) from error
    return backbone
