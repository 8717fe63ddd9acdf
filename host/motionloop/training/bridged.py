"""What bridged holes cost: windows over holes counted, and judged apart from whole ones."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from motionloop.language import joined, tr
from motionloop.windows import WindowSet


def bridging(windows: WindowSet, tested: WindowSet, answers: NDArray[np.int64]) -> Any:
    """The figures of metrics.json and evaluation.json about bridged holes.

    `answers` [k] are class indices for the k windows of `tested`. None when no window of `windows`
    spans a hole. An accuracy is None where no window of its kind was tested.
    """
    over_hole = windows.bridged > 0
    if not over_hole.any():
        return None
    right, tested_over_hole = answers == tested.label, tested.bridged > 0
    made: dict[str, Any] = {
        "windows": int(over_hole.sum()),
        "of": len(windows),
        "share_of_samples": float(windows.bridged.mean()),
        "accuracy_bridged": _share(right[tested_over_hole]),
        "accuracy_whole": _share(right[~tested_over_hole]),
    }
    return made | {"text": _text(made)}


def _share(right: NDArray[np.bool_]) -> float | None:
    return float(right.mean()) if len(right) else None


def _text(made: dict[str, Any]) -> str:
    said = [
        tr(
            "{count} of {total} windows span short holes that were bridged: {share:.1%} of all "
            "samples lie on a straight line and were not measured.",
            count=made["windows"],
            total=made["of"],
            share=made["share_of_samples"],
        )
    ]
    bridged, whole = made["accuracy_bridged"], made["accuracy_whole"]
    if bridged is not None and whole is not None:
        said.append(
            tr(
                "Of the windows tested, {bridged:.1%} of the bridged ones and {whole:.1%} of the "
                "whole ones are right.",
                bridged=bridged,
                whole=whole,
            )
        )
    elif bridged is not None:
        said.append(
            tr(
                "Every window tested is a bridged one: a board, which has no holes, may do "
                "better or worse."
            )
        )
    return joined(said)
