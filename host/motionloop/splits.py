"""Cross-validation: splits that together test every window on a model that never saw it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from motionloop.windows import (
    Split,
    SplitKind,
    WindowSet,
    label_table,
    refuse_random,
    split,
    split_by,
)

MAX_FOLDS = 5  # each costs a training


def folds(windows: WindowSet, kind: SplitKind | None = None) -> list[Split]:
    """Splits that together test every window once, in the most honest way the data allow.

    Leave-one-person-out with three people or more, else leave-one-session-out; of more than
    MAX_FOLDS people or sessions, several are left out together, dealt so that each fold has its
    share of every label. When neither is possible, the one split by block. `kind` asks for one of
    them. Raises TrainingDataError when the kind asked for is not possible.
    """
    refuse_random(kind)
    if kind in (None, SplitKind.PERSON) and (kind or len(np.unique(windows.person)) >= 3):
        found = _deal(windows, windows.person, SplitKind.PERSON)
        if found:
            return found
    if kind in (None, SplitKind.SESSION):
        found = _deal(windows, windows.session, SplitKind.SESSION)
        if found:
            return found
    return [split(windows, kind or SplitKind.BLOCK)]


def folds_at_random(windows: WindowSet, count: int, seed: int) -> list[Split]:
    """`count` splits that deal the windows out at random: what not to do, for the lesson."""
    parts = np.array_split(np.random.default_rng(seed).permutation(len(windows)), count)
    return [
        Split(SplitKind.RANDOM, np.setdiff1d(np.arange(len(windows)), part), np.sort(part), ())
        for part in parts
    ]


def _deal(windows: WindowSet, groups: NDArray[np.str_], kind: SplitKind) -> list[Split] | None:
    """Folds of whole groups; None when a fold would take the last of a label."""
    names, table = label_table(windows, groups)
    count = min(MAX_FOLDS, len(names))
    share = table / np.maximum(table.sum(axis=0), 1)
    dealt: list[list[int]] = [[] for _ in range(count)]
    # The largest first, each to where its labels are scarcest so far.
    for group in np.argsort(-share.sum(axis=1), kind="stable"):
        crowd = [
            (share[fold].sum(axis=0) @ share[group], share[fold].sum(), len(fold)) for fold in dealt
        ]
        dealt[crowd.index(min(crowd))].append(int(group))
    used = table.sum(axis=0) > 0
    for fold in dealt:
        if not fold or (table.sum(axis=0) - table[fold].sum(axis=0) <= 0)[used].any():
            return None
    return [split_by(kind, groups, sorted(str(names[i]) for i in fold)) for fold in dealt]
