"""Holds out windows for the test: one split, or folds that together test every window.

Windows are split by person or by session, never at random: neighbouring windows overlap, and a
random split would test on what it trained on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from motionloop.errors import TrainingDataError
from motionloop.windows import WindowSet

TEST_SHARE = 0.2  # of the windows, held out
PERSONAL_WEIGHT = 4  # a personal model sees its wearer's windows so often, the others' once

MAX_FOLDS = 5  # each costs a training


class SplitKind(StrEnum):
    """How windows are chosen for the test."""

    PERSON = "person"  # tested on people that training never saw
    SESSION = "session"  # tested on sessions that training never saw
    BLOCK = "block"  # tested on the end of the same session: optimistic
    RANDOM = "random"  # tested on neighbours of what was trained on: the lesson's leaky split


@dataclass(frozen=True)
class Split:
    """Windows for training and for the test.

    Attributes:
        kind: How they were chosen.
        train: Indices of the windows for training; an index may come more than once.
        test: Indices of the windows for the test.
        held_out: Names of the people or sessions in the test.
        wearer: The person of a personal model, who alone is tested; None for a general model.
    """

    kind: SplitKind
    train: NDArray[np.int64]
    test: NDArray[np.int64]
    held_out: tuple[str, ...]
    wearer: str | None = None

    @property
    def optimistic(self) -> bool:
        """Whether the test is closer to the training than new use will be."""
        return self.kind in (SplitKind.BLOCK, SplitKind.RANDOM)

    def describe(self) -> str:
        """The split in words, for reports."""
        if self.kind is SplitKind.RANDOM:
            held = "windows held out at random, beside neighbours that share samples (leaky)"
        elif self.kind is SplitKind.BLOCK:
            held = "the last fifth of each session held out (one session only: optimistic)"
        else:
            held = f"held out by {self.kind.value}: {', '.join(self.held_out)}"
        if self.wearer is None:
            return held
        return (
            f"personal to {self.wearer}, whose windows count {PERSONAL_WEIGHT} times and who alone "
            f"is tested; {held}"
        )


def split(windows: WindowSet, kind: SplitKind | None = None) -> Split:
    """Hold out about TEST_SHARE of the windows, in the most honest way that the data allow.

    By person if there are at least three people and every label remains for training; else by
    session if every label was recorded in two sessions; else the end of each session.

    Args:
        windows: All windows.
        kind: One of these ways; None for the first that is possible.

    Returns:
        The split.

    Raises:
        TrainingDataError: This kind is not possible, or is RANDOM.
    """
    refuse_random(kind)
    if kind is not SplitKind.BLOCK:
        people = np.unique(windows.person)
        if kind is SplitKind.PERSON or (kind is None and len(people) >= 3):
            held = _hold_out(windows, windows.person)
            if held is not None:
                return split_by(SplitKind.PERSON, windows.person, held)
        if kind is not SplitKind.PERSON:
            held = _hold_out(windows, windows.session)
            if held is not None:
                return split_by(SplitKind.SESSION, windows.session, held)
        if kind is not None:
            raise TrainingDataError(
                f"The recordings cannot be split by {kind.value}: every label must remain for "
                f"training when a {kind.value} is held out. Record each label in at least two "
                "sessions, or split by block and read the result as optimistic."
            )
    return _split_block(windows)


def split_personal(windows: WindowSet, wearer: str, kind: SplitKind | None = None) -> Split:
    """Split for a personal model: test on a part of the wearer's own windows.

    The training gets the rest of the wearer's windows, each PERSONAL_WEIGHT times, and the windows
    of all others. The others teach what one session cannot: the many ways in which a board sits.

    Args:
        windows: All windows.
        wearer: The person.
        kind: As for `split`.

    Returns:
        The split.

    Raises:
        TrainingDataError: The wearer has no windows, this kind is not possible, or is RANDOM.
    """
    own = np.flatnonzero(windows.person == wearer)
    if len(own) == 0:
        people = ", ".join(sorted(set(windows.person.tolist()))) or "nobody"
        raise TrainingDataError(
            f"No recording is worn by {wearer!r}; there are recordings of {people}. Give one of "
            "these names, or record with --wearer."
        )
    inner = split(windows.take(own), kind)
    train = [*[own[inner.train]] * PERSONAL_WEIGHT, np.flatnonzero(windows.person != wearer)]
    return Split(inner.kind, np.concatenate(train), own[inner.test], inner.held_out, wearer)


def split_people(windows: WindowSet, held_out: Sequence[str]) -> Split:
    """Hold out the windows of the people in `held_out`."""
    return split_by(SplitKind.PERSON, windows.person, list(held_out))


def refuse_random(kind: SplitKind | None) -> None:
    """Refuse the leaky kind of split.

    Args:
        kind: As for `split`.

    Raises:
        TrainingDataError: `kind` is RANDOM.
    """
    if kind is SplitKind.RANDOM:
        raise TrainingDataError(
            "Windows are never split at random: neighbours overlap, so the test would hold what "
            "was trained on. `motionloop evaluate --lesson leaky` shows what that does."
        )


def label_table(
    windows: WindowSet, groups: NDArray[np.str_]
) -> tuple[NDArray[np.str_], NDArray[np.int64]]:
    """Count the windows of each label per group.

    Args:
        windows: k windows.
        groups: Person or session [k].

    Returns:
        Names of the groups [g] in alphabetical order, and counts [g, labels].
    """
    names = np.unique(groups)
    counts = [np.bincount(windows.label[groups == n], minlength=len(windows.labels)) for n in names]
    return names, np.array(counts)


def split_by(kind: SplitKind, groups: NDArray[np.str_], held: list[str]) -> Split:
    """Hold out the windows whose person or session in `groups` [k] is among `held`."""
    test = np.isin(groups, held)
    return Split(kind, np.flatnonzero(~test), np.flatnonzero(test), tuple(held))


def _hold_out(windows: WindowSet, groups: NDArray[np.str_]) -> list[str] | None:
    """Choose groups for the test: few, with every label among them and in the training.

    None when a label lies in one group only.
    """
    names, table = label_table(windows, groups)
    used = table.sum(axis=0) > 0
    if ((table > 0).sum(axis=0)[used] < 2).any():
        return None
    wanted = TEST_SHARE * table.sum(axis=0)
    held: list[int] = []
    while True:
        missing = np.maximum(wanted - table[held].sum(axis=0), 0)
        # Repeat while a label is untested, or less than half of its share is.
        if not (missing[used] > wanted[used] / 2).any():
            return sorted(str(names[i]) for i in held)
        best, best_gain = -1, 0.0
        for i in range(len(names)):
            left = table.sum(axis=0) - table[[*held, i]].sum(axis=0)
            if i in held or (left[used] <= 0).any():
                continue
            # What helps the labels most, less what it takes beyond their share.
            gain = np.minimum(table[i], missing).sum() - 0.5 * np.maximum(
                table[i] - missing, 0
            ).sum() / len(names)
            if best < 0 or gain > best_gain:
                best, best_gain = i, float(gain)
        if best < 0:
            return sorted(str(names[i]) for i in held) if held else None
        held.append(best)


def _split_block(windows: WindowSet) -> Split:
    """The last windows of each label in each session, less those that overlap the training."""
    spec = windows.spec
    guard = -(-spec.window // spec.hop)  # windows that share samples with the first tested one
    train: list[NDArray[np.int64]] = []
    test: list[NDArray[np.int64]] = []
    for session in np.unique(windows.session):
        for label in range(len(windows.labels)):
            which = np.flatnonzero((windows.session == session) & (windows.label == label))
            which = which[np.argsort(windows.start_us[which], kind="stable")]
            tested = max(1, round(TEST_SHARE * len(which))) if len(which) > guard + 1 else 0
            test.append(which[len(which) - tested :])
            train.append(which[: len(which) - tested - (guard if tested else 0)])
    return Split(SplitKind.BLOCK, np.concatenate(train), np.concatenate(test), ())


def folds(windows: WindowSet, kind: SplitKind | None = None) -> list[Split]:
    """Make splits that together test every window once, in the most honest way that data allow.

    Leave-one-person-out with three people or more, else leave-one-session-out. Of more than
    MAX_FOLDS people or sessions several are left out together, so that each fold has its share of
    every label. When neither is possible, one split by block.

    Args:
        windows: All windows.
        kind: One of these ways; None for the first that is possible.

    Returns:
        The folds.

    Raises:
        TrainingDataError: This kind is not possible, or is RANDOM.
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
    """Deal the windows to `count` folds at random: the mistake that the lesson shows."""
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
