"""The figures of a pupil's own model and evaluation that questions can ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from motionloop.assignment.submission import Evaluated, TrainedModel
from motionloop.errors import AssignmentError
from motionloop.model.inference import arena_bytes
from motionloop.typed_values import typed_value, value_at

NONE = "none"  # the answer where no window was taken for another
LABEL_FIGURES = ("most_confused",)


def number_of(name: str, model: TrainedModel | None, evaluated: Evaluated | None) -> float | None:
    """A figure of FIGURES; None where it cannot be known on this computer.

    Raises AssignmentError when what it is a figure of is missing, ValueError when the file with
    the figure is broken.
    """
    of_model, _ = FIGURES[name]
    made = model if of_model else evaluated
    if made is None:
        what = "model" if of_model else "evaluation"
        raise AssignmentError(f"There is no {what} to compare the answer with.")
    return FIGURES[name][1](made)


def most_confused(model: TrainedModel | None) -> set[str]:
    """The labels that were most often taken for another, in lower case; NONE when none was."""
    if model is None:
        raise AssignmentError("There is no model to compare the answer with.")
    labels, confusion = confusion_of(model.metrics)
    wrong = [sum(row) - row[i] for i, row in enumerate(confusion)]
    if max(wrong) == 0:
        return {NONE}
    return {
        label.lower() for label, count in zip(labels, wrong, strict=True) if count == max(wrong)
    }


def confusion_of(document: dict[str, Any]) -> tuple[list[str], list[list[int]]]:
    """Labels and confusion of metrics.json or evaluation.json. Raises ValueError."""
    labels = value_at(document, "labels", list)
    rows = value_at(document, "int8.confusion", list)
    size = len(labels)
    square = len(rows) == size > 0 and all(isinstance(r, list) and len(r) == size for r in rows)
    if not square or not all(type(count) is int and count >= 0 for row in rows for count in row):
        raise ValueError("'int8.confusion' is no table of counts, a row and a column per label")
    if not all(isinstance(label, str) for label in labels):
        raise ValueError("'labels' is no list of texts")
    return labels, rows


def window_counts(metrics: dict[str, Any]) -> dict[str, list[int]]:
    """Of each label, the windows to train and to test on, of metrics.json. Raises ValueError."""
    counts = value_at(metrics, "split.windows_train_test", dict)
    for pair in counts.values():
        if not isinstance(pair, list) or [type(n) for n in pair] != [int, int]:
            raise ValueError("'split.windows_train_test' has no pair of counts per label")
    return counts


def _metric(path: str, factor: float = 1.0) -> Callable[[Any], float]:
    return lambda made: factor * value_at(made.metrics, path, float)


def _evaluation(path: str, factor: float = 1.0) -> Callable[[Any], float]:
    return lambda made: factor * value_at(made.figures, path, float)


def _arena(model: TrainedModel) -> float | None:
    measured = arena_bytes(model.package.tflite)
    if measured is None and typed_value(model.metrics, "size", dict).get("arena_bytes") is not None:
        return value_at(model.metrics, "size.arena_bytes", float)
    return measured


# By name: whether it is of the model (else of the evaluation), and how it is found.
FIGURES: dict[str, tuple[bool, Callable[[Any], float | None]]] = {
    "int8_accuracy": (True, _metric("int8.accuracy", 100)),  # percent
    "base_accuracy": (True, _metric("base.accuracy", 100)),  # percent
    "windows_held_out": (True, _metric("int8.windows")),
    "windows_trained": (True, lambda m: sum(pair[0] for pair in window_counts(m.metrics).values())),
    "package_bytes": (True, lambda model: len(model.package_bytes)),
    "tflite_bytes": (True, lambda model: len(model.package.tflite)),
    "arena_bytes": (True, _arena),
    "parameters": (True, _metric("size.parameters")),
    "kmac": (True, _metric("size.kmac")),
    "evaluation_accuracy": (False, _evaluation("int8.accuracy", 100)),  # percent
    "leaky_accuracy": (False, _evaluation("lesson.leaky_accuracy", 100)),  # percent
}
