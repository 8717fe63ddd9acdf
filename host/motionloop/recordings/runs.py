"""Runs of samples that are marked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def runs(marked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Find the runs of true values.

    Args:
        marked: A flag for each sample [n].

    Returns:
        Of each run the index of the first sample and the index behind the last.
    """
    steps = np.diff(marked.astype(np.int8), prepend=0, append=0)
    return list(
        zip(np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist(), strict=True)
    )
