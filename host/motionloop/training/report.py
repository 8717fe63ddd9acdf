"""A trained model's folder: files for the board and the host, figures, and a page to read."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motionloop.html_page import (
    bar,
    confusion,
    document,
    heading,
    paragraph,
    percent,
    smoothing_text,
    table,
)
from motionloop.language import in_english, to_json, tr
from motionloop.model.folder import (
    BASE_FILE,
    INT8_FILE,
    METRICS_FILE,
    PACKAGE_FILE,
    REPORT_FILE,
    WEIGHTS_FILE,
)
from motionloop.model.inference import Interpreter
from motionloop.model.package import model_id, unpack_package
from motionloop.model.wearing import learn_wearing
from motionloop.safe_files import disk_error, write_whole
from motionloop.splits import Split
from motionloop.trainer.messages import words_of_seen
from motionloop.training.bridged import bridging
from motionloop.training.fit import MOST_FOR_WEARING, Fitted
from motionloop.windows import WindowSet, evenly, imbalance

_FORMAT = 1


def metrics(fitted: Fitted, name: str, package_bytes: bytes) -> dict[str, Any]:
    """All of metrics.json: data, settings and results of the training."""
    windows, split, trained = fitted.windows, fitted.split, fitted.trained
    # A personal model sees some windows more than once: they are counted once.
    train = np.unique(split.train)
    return {
        "format": _FORMAT,
        "name": name,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "model_id": model_id(package_bytes).hex(),
        "labels": list(windows.labels),
        "smoothing": unpack_package(package_bytes).smoothing,
        "data": {
            "synthetic": windows.synthetic,
            "sessions": sorted(set(windows.session.tolist())),
            "people": sorted(set(windows.person.tolist())),
            "rate_hz": windows.spec.rate_hz,
            "window": windows.spec.window,
            "hop": windows.spec.hop,
            "channels": len(windows.spec.channels),
            "imbalance": imbalance(windows.without_motion().take(train)),
            "left_out": windows.left_out,
        },
        "bridging": bridging(
            windows, windows.without_motion().take(split.test), fitted.outputs.argmax(axis=1)
        ),
        "wearing": _wearing(windows, train, split.wearer),
        "split": {
            "kind": split.kind.value,
            "name": split.name,
            "optimistic": split.optimistic,
            "description": in_english(split.describe()),
            "words": to_json(split.describe()),  # for a window in another language
            "held_out": list(split.held_out),
            "windows_train_test": window_counts(windows, split),
        },
        "training": {
            **asdict(trained.config),
            "epochs": trained.epochs,
            "steps": trained.steps,
            "loss": [round(loss, 4) for loss in trained.loss],
        },
        "base": asdict(fitted.base),
        "int8": {
            **asdict(fitted.int8),
            "runtime": "TFLM" if Interpreter.is_reference else "LiteRT",
        },
        "size": {
            "package_bytes": len(package_bytes),
            "tflite_bytes": len(fitted.converted.board),
            "int8_bytes": len(fitted.converted.int8),
            "base_bytes": len(fitted.converted.base),
            "arena_bytes": fitted.arena_bytes,
            "parameters": trained.model.count_params(),
            "kmac": round(fitted.macs / 1000, 1),
        },
        "seconds": dict(fitted.seconds),
    }


def window_counts(windows: WindowSet, split: Split) -> dict[str, list[int]]:
    """Of each label, the windows to train and to test on; each window counts once."""
    parts = [windows.label[np.unique(which)] for which in (split.train, split.test)]
    return {
        label: [int(np.sum(part == i)) for part in parts] for i, label in enumerate(windows.labels)
    }


def _wearing(
    windows: WindowSet, which: NDArray[np.int64], wearer: str | None
) -> dict[str, Any] | None:
    """The wearing of the board in training, by the wearer of a personal model if there is one."""
    if wearer is not None:
        which = which[windows.person[which] == wearer]
    train = windows.take(evenly(which, MOST_FOR_WEARING))
    found = learn_wearing(train.motion[:, :, :3].astype(np.float64), train.label, train.labels)
    return None if found is None else found.to_json()


def save(folder: Path, fitted: Fitted, package_bytes: bytes, metrics: dict[str, Any]) -> Path:
    """Write the model's folder; returns the package's path.

    The package comes last: a folder with one is whole. Raises DiskFullError or RecordingError.
    """
    weights = io.BytesIO()
    np.savez(weights, *fitted.trained.model.get_weights())
    contents = {
        WEIGHTS_FILE: weights.getvalue(),
        BASE_FILE: fitted.converted.base,
        INT8_FILE: fitted.converted.int8,
        METRICS_FILE: json.dumps(metrics, indent=1).encode(),
        REPORT_FILE: page(metrics).encode(),
        PACKAGE_FILE: package_bytes,
    }
    path = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            path = folder / name
            write_whole(path, content)
    except OSError as error:
        raise disk_error(error, path, tr("The model was not saved.")) from error
    return path


# --- report.html ------------------------------------------------------------------------------
def page(metrics: dict[str, Any]) -> str:
    """report.html: one self-contained page with the content of metrics.json."""
    data, split, size = metrics["data"], metrics["split"], metrics["size"]
    int8, base, training = metrics["int8"], metrics["base"], metrics["training"]
    notices = []
    if data["synthetic"]:
        notices.append("Synthetic motion: computed, not measured on a person.")
    if split["optimistic"]:
        notices.append("Tested on the sessions it was trained on: expect less in use.")
    if data["imbalance"]:
        notices.append(data["imbalance"])
    if data.get("left_out"):
        notices.append(f"Trained without labels that are too short: {data['left_out']}.")
    if metrics.get("bridging"):
        notices.append(metrics["bridging"]["text"])
    notices += data.get("findings", [])
    if seen := metrics.get("transfer", {}).get("seen"):
        notices.append(words_of_seen(seen))
    if int8["runtime"] != "TFLM":
        notices.append("int8 figures come from LiteRT, not from the board's TFLite Micro.")
    arena = "not measured" if size["arena_bytes"] is None else f"{size['arena_bytes']:,} B"
    summary = [
        ("Accuracy, int8 on " + int8["runtime"], percent(int8["accuracy"])),
        ("Accuracy, float base", percent(base["accuracy"])),
        ("Macro F1, int8", percent(int8["macro_f1"])),
        ("Windows tested", f"{int8['windows']:,}"),
        ("Package / .tflite", f"{size['package_bytes']:,} B / {size['tflite_bytes']:,} B"),
        ("Arena", arena),
        ("Work per window", f"{size['kmac']:g} kMAC, {size['parameters']:,} parameters"),
        ("Seed, epochs, steps", f"{training['seed']}, {training['epochs']}, {training['steps']}"),
        ("Training time", f"{sum(metrics['seconds'].values()):.1f} s"),
        ("Input", f"{data['window']} points at {data['rate_hz']:g} Hz, every {data['hop']}"),
        ("Smoothing", smoothing_text(metrics["smoothing"])),
    ]
    if "transfer" in metrics:
        scratch = percent(metrics["transfer"]["from_scratch"])
        summary.insert(1, ("The same from scratch, without the backbone", scratch))
    counts = split["windows_train_test"]
    recall = [(label, *counts[label], bar(int8["recall"][label])) for label in metrics["labels"]]
    people = [(name, bar(share)) for name, share in int8["person_accuracy"].items()]
    return document(
        metrics["name"],
        [
            *(paragraph(notice, "notice") for notice in notices),
            paragraph(f"Made {metrics['created']}, model {metrics['model_id']}."),
            table(("", ""), summary),
            heading("Labels"),
            table(("Label", "Trained on", "Tested on", "Recall, int8"), recall),
            heading("Confusion, int8"),
            paragraph("Rows: the label. Columns: the model's answer.", "note"),
            confusion(metrics["labels"], int8["confusion"]),
            heading("People tested"),
            table(("Person", "Accuracy, int8"), people),
            heading("Data"),
            paragraph(f"Split: {split['description']}."),
            paragraph(f"Sessions: {', '.join(data['sessions'])}."),
            paragraph(f"People: {', '.join(data['people'])}."),
            *([paragraph(f"SHA-256 of the data: {data['sha256']}.")] if "sha256" in data else []),
            paragraph(
                "One split and one seed: `motionloop evaluate` trains on several of both and "
                "says how far the figure can be trusted.",
                "note",
            ),
        ],
    )
