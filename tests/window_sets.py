"""Sets of windows without motion: who, when and which label, for what only counts them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from motionloop import wire
from motionloop.model.package import InputSpec, input_spec
from motionloop.windows import WindowSet

SPEC = input_spec(50.0, 32, 16)


def window_set(rows: Iterable[tuple[str, str, str, int]], spec: InputSpec = SPEC) -> WindowSet:
    """A set with `rows` (label, person, session, windows); windows of a row follow each other."""
    rows = list(rows)
    labels = tuple(sorted({row[0] for row in rows}))
    label = [labels.index(row[0]) for row in rows for _ in range(row[3])]
    start_us = [
        round(i * spec.hop_s * 1e6) + 10**9 * n for n, row in enumerate(rows) for i in range(row[3])
    ]
    return WindowSet(
        spec,
        labels,
        np.zeros((len(label), spec.window, wire.AXES), np.int32),
        np.array(label, np.int64),
        np.array([row[1] for row in rows for _ in range(row[3])]),
        np.array([row[2] for row in rows for _ in range(row[3])]),
        np.array(start_us, np.int64),
        False,
        np.zeros(len(label)),
    )
