"""Holds out windows for the test: one split, or folds that together test every window.

Windows are split by person or by session, never at random: neighbouring windows overlap, and a
random split would test on what it trained on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import product

import numpy as np
from numpy.typing import NDArray

from motionloop.errors import DatasetError, TrainingDataError
from motionloop.language import joined, tr
from motionloop.recordings.checks.names import alike
from motionloop.recordings.checks.sensors import copies
from motionloop.recordings.content_hash import content_hash
from motionloop.recordings.named_split import NamedSplit, words_for_kind
from motionloop.recordings.recording import Recording
from motionloop.windows import WindowSet

TEST_SHARE = 0.2  # of the windows, held out
PERSONAL_WEIGHT = 4  # a personal model sees its wearer's windows so often, the others' once

FEWEST_PEOPLE = 3  # to hold out whole people unasked
_LUCK = 0.5  # of a group's use for the test, with a seed

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
        name: Of the named split that this is; None for another.
    """

    kind: SplitKind
    train: NDArray[np.int64]
    test: NDArray[np.int64]
    held_out: tuple[str, ...]
    wearer: str | None = None
    name: str | None = None

    @property
    def optimistic(self) -> bool:
        """Whether the test is closer to the training than new use will be."""
        return self.kind in (SplitKind.BLOCK, SplitKind.RANDOM)

    def describe(self) -> str:
        """The split in words, for reports."""
        if self.kind is SplitKind.RANDOM:
            held = tr("windows held out at random, beside neighbours that share samples (leaky)")
        elif self.kind is SplitKind.BLOCK:
            held = tr("the last fifth of each session held out (one session only: optimistic)")
        elif self.kind is SplitKind.PERSON:
            held = tr("held out by person: {names}", names=", ".join(self.held_out))
        else:
            held = tr("held out by session: {names}", names=", ".join(self.held_out))
        if self.name is not None:
            held = tr("split {name!r}, {held}", name=self.name, held=held)
        if self.wearer is None:
            return held
        return tr(
            "personal to {wearer}, whose windows count {weight} times and who alone is tested; "
            "{held}",
            wearer=self.wearer,
            weight=PERSONAL_WEIGHT,
            held=held,
        )


def split(windows: WindowSet, kind: SplitKind | NamedSplit | None = None) -> Split:
    """Hold out about TEST_SHARE of the windows, in the most honest way that the data allow.

    By person if there are at least three people and every label remains for training; else by
    session if every label was recorded in two sessions; else the end of each session.

    Args:
        windows: All windows.
        kind: One of these ways; None for the first that is possible. With a named split the test
            is exactly what it holds out, and all others are for training.

    Returns:
        The split.

    Raises:
        TrainingDataError: This kind is not possible, or is RANDOM.
    """
    if isinstance(kind, NamedSplit):
        return _split_named(windows, kind)
    refuse_random(kind)
    if kind is not SplitKind.BLOCK:
        people = np.unique(windows.person)
        if kind is SplitKind.PERSON or (kind is None and len(people) >= FEWEST_PEOPLE):
            held = _hold_out(windows, windows.person)
            if held is not None:
                return split_by(SplitKind.PERSON, windows.person, held)
        if kind is not SplitKind.PERSON:
            held = _hold_out(windows, windows.session)
            if held is not None:
                return split_by(SplitKind.SESSION, windows.session, held)
        if kind is not None:
            raise TrainingDataError(
                tr(
                    "The recordings cannot be split by {kind}: every label must remain for "
                    "training when a {kind} is held out. Record each label in at least two "
                    "sessions, or split by block and read the result as optimistic.",
                    kind=words_for_kind(kind),
                )
            )
    return _split_block(windows)


def _split_named(windows: WindowSet, named: NamedSplit) -> Split:
    kind = SplitKind(named.by)
    groups = _groups(windows, kind)
    held = [name for name in named.held_out if (groups == name).any()]
    made = replace(split_by(kind, groups, held), name=named.name)
    if not held:
        raise TrainingDataError(
            tr(
                "Nothing is left of the test of the split {name!r}: these recordings have no "
                "window of {held_out}.",
                name=named.name,
                held_out=", ".join(named.held_out),
            )
        )
    check_trained(windows, made)
    return made


def check_trained(windows: WindowSet, made: Split) -> None:
    """Check that a model of a split can know every label.

    Args:
        windows: All windows.
        made: Their split.

    Raises:
        TrainingDataError: A label has no window for training.
    """
    missing = np.setdiff1d(windows.label, windows.label[made.train])
    if len(missing):
        listed = ", ".join(windows.labels[i] for i in missing)
        raise TrainingDataError(
            tr(
                "No window for training is left of {listed}: {describe}. Record more of it, "
                "leave the label out, or hold out others.",
                listed=listed,
                describe=made.describe(),
            )
        )


def _groups(windows: WindowSet, kind: SplitKind) -> NDArray[np.str_]:
    return windows.person if kind is SplitKind.PERSON else windows.session


def split_personal(
    windows: WindowSet, wearer: str, kind: SplitKind | NamedSplit | None = None
) -> Split:
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
    if isinstance(kind, NamedSplit) and kind.by == SplitKind.PERSON:
        raise TrainingDataError(
            tr(
                "The split {name!r} is by person: it cannot hold out a part of {wearer!r}'s "
                "sessions. Fix one by session for personal models.",
                name=kind.name,
                wearer=wearer,
            )
        )
    own = np.flatnonzero(windows.person == wearer)
    if len(own) == 0:
        people = ", ".join(sorted(set(windows.person.tolist()))) or "nobody"
        raise TrainingDataError(
            tr(
                "No recording is worn by {wearer!r}; there are recordings of {people}. Give "
                "one of these names, or record with --wearer.",
                wearer=wearer,
                people=people,
            )
        )
    inner = split(windows.take(own), kind)
    train = [*[own[inner.train]] * PERSONAL_WEIGHT, np.flatnonzero(windows.person != wearer)]
    return replace(inner, train=np.concatenate(train), test=own[inner.test], wearer=wearer)


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
            tr(
                "Windows are never split at random: neighbours overlap, so the test would hold "
                "what was trained on. `motionloop evaluate --lesson leaky` shows what that "
                "does."
            )
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


def _hold_out(
    windows: WindowSet, groups: NDArray[np.str_], seed: int | None = None
) -> list[str] | None:
    """Choose groups for the test: few, with every label among them and in the training.

    With a seed, of groups that help the labels nearly as much another one may be drawn. None when
    a label lies in one group only.
    """
    names, table = label_table(windows, groups)
    luck = np.ones(len(names))
    if seed is not None:
        luck = np.random.default_rng(seed).uniform(1 - _LUCK, 1, len(names))
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
            help_of = luck[i] * np.minimum(table[i], missing).sum()
            gain = help_of - 0.5 * np.maximum(table[i] - missing, 0).sum() / len(names)
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


def fix_split(
    name: str,
    recordings: Sequence[Recording],
    windows: WindowSet,
    held_out: Sequence[str] | None = None,
    kind: SplitKind | None = None,
    seed: int | None = None,
) -> NamedSplit:
    """Fix who is tested from now on.

    Args:
        name: Of the split.
        recordings: All that it is for.
        windows: Their windows.
        held_out: The people or sessions in the test; None to choose them as `split` does.
        kind: PERSON or SESSION; None for what `held_out` names, or for the first that is possible.
        seed: Draws one of several good choices; None for the one that `split` makes.

    Returns:
        The split, which is not saved yet.

    Raises:
        DatasetError: A name is not there, the split would leak, or leaves a label without windows
            for training or for the test.
    """
    if name in {kind.value for kind in SplitKind}:
        raise DatasetError(tr("{name!r} is a kind of split: choose another name.", name=name))
    by, held = _chosen(windows, held_out, kind, seed)
    groups = _groups(windows, by)
    made = split_by(by, groups, held)
    _check_labels(windows, made)
    sides: tuple[dict[str, list[str]], dict[str, list[str]]] = {}, {}
    for recording in recordings:
        key = recording.wearer if by is SplitKind.PERSON else recording.name
        sides[key in held].setdefault(recording.wearer, []).append(recording.name)
    train, test = ({p: tuple(sorted(names)) for p, names in sorted(s.items())} for s in sides)
    fixed = NamedSplit(
        name,
        by.value,
        train,
        test,
        datetime.now(UTC).isoformat(timespec="seconds"),
        content_hash(recordings),
    )
    _check_leaks(recordings, fixed)
    return fixed


def _chosen(
    windows: WindowSet, held_out: Sequence[str] | None, kind: SplitKind | None, seed: int | None
) -> tuple[SplitKind, list[str]]:
    """Kind and names of a split to fix."""
    kinds = [SplitKind.PERSON, SplitKind.SESSION] if kind is None else [kind]
    if held_out is None:
        if kind is None and len(np.unique(windows.person)) < FEWEST_PEOPLE:
            kinds = [SplitKind.SESSION]
        for by in kinds:
            held = _hold_out(windows, _groups(windows, by), seed)
            if held is not None:
                return by, held
        raise DatasetError(
            tr(
                "The recordings cannot be split by {kinds} so that each label is on both "
                "sides: record each label in at least two sessions, better by three people.",
                kinds=joined(map(words_for_kind, kinds), tr(" or ")),
            )
        )
    for by in kinds:
        if set(held_out) <= set(_groups(windows, by).tolist()):
            return by, sorted(set(held_out))
    known = {by: sorted(set(_groups(windows, by).tolist())) for by in kinds}
    unknown = [one for one in held_out if not any(one in names for names in known.values())]
    if not unknown:
        raise DatasetError(
            tr(
                "--held-out has people and sessions together: give names of people only, or of "
                "sessions only."
            )
        )
    listed = joined(
        (
            tr("by {kind}: {names}", kind=words_for_kind(by), names=", ".join(names))
            for by, names in known.items()
        ),
        "; ",
    )
    raise DatasetError(
        tr(
            "Nothing with windows is called {unknown}. There are {listed}.",
            unknown=", ".join(unknown),
            listed=listed,
        )
    )


def _check_labels(windows: WindowSet, made: Split) -> None:
    for part, which in ((tr("training"), made.train), (tr("the test"), made.test)):
        missing = np.setdiff1d(windows.label, windows.label[which])
        if len(missing):
            listed = ", ".join(windows.labels[i] for i in missing)
            raise DatasetError(
                tr(
                    "{describe}: then no window for {part} is left of {listed}. Hold out "
                    "others, or leave the label out with `--where`.",
                    describe=made.describe(),
                    part=part,
                    listed=listed,
                )
            )


def _check_leaks(recordings: Sequence[Recording], fixed: NamedSplit) -> None:
    """Refuse a split whose test is known from the training."""
    if fixed.by == SplitKind.PERSON:
        if not all(recording.wearer for recording in recordings):
            unnamed = [recording.name for recording in recordings if not recording.wearer]
            raise DatasetError(
                tr(
                    "Nobody is named as the wearer of {unnamed}: somebody of the test may be "
                    "in the training. Name the wearer with `motionloop edit NAME --wearer`, "
                    "leave them out with `--where`, or split by session.",
                    unnamed=", ".join(unnamed),
                )
            )
        for trained, tested in product(fixed.train, fixed.test):
            if (difference := alike(trained, tested)) is not None:
                raise DatasetError(
                    tr(
                        "{trained!r} in the training and {tested!r} in the test differ in "
                        "{difference}: one person? Hold out both, or give them one name with "
                        "`motionloop edit NAME --wearer`.",
                        trained=trained,
                        tested=tested,
                        difference=difference,
                    )
                )
    held = fixed.held_out
    if fixed.by == SplitKind.SESSION:
        _check_together(recordings, held)
    for copy in copies(recordings):
        pair = recordings[copy.of], recordings[copy.recording]
        keys = [one.wearer if fixed.by == SplitKind.PERSON else one.name for one in pair]
        if (keys[0] in held) is not (keys[1] in held):
            raise DatasetError(
                tr(
                    "About {seconds:.0f} s of {name} are the same samples as in {other}, and "
                    "one of them would be in the test: a copy. Remove it, or put both on one "
                    "side.",
                    seconds=copy.seconds,
                    name=pair[1].name,
                    other=pair[0].name,
                )
            )


def _check_together(recordings: Sequence[Recording], held: Sequence[str]) -> None:
    first: dict[str, Recording] = {}
    for one in recordings:
        session = one.description.session
        other = first.setdefault(session, one)
        if session and (one.name in held) is not (other.name in held):
            raise DatasetError(
                tr(
                    "{name} and {other} are one session of several boards at once, and one of "
                    "them would be in the test. Hold out both.",
                    name=other.name,
                    other=one.name,
                )
            )


def folds(windows: WindowSet, kind: SplitKind | NamedSplit | None = None) -> list[Split]:
    """Make splits that together test every window once, in the most honest way that data allow.

    Leave-one-person-out with three people or more, else leave-one-session-out. Of more than
    MAX_FOLDS people or sessions several are left out together, so that each fold has its share of
    every label. When neither is possible, one split by block.

    Args:
        windows: All windows.
        kind: One of these ways; None for the first that is possible. A named split is the one
            fold.

    Returns:
        The folds.

    Raises:
        TrainingDataError: This kind is not possible, or is RANDOM.
    """
    if isinstance(kind, NamedSplit):
        return [split(windows, kind)]
    refuse_random(kind)
    if kind in (None, SplitKind.PERSON) and (
        kind or len(np.unique(windows.person)) >= FEWEST_PEOPLE
    ):
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
