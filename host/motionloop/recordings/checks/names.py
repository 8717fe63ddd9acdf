"""Names that may be meant alike: of labels, and of people."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import combinations

from motionloop.language import tr

_ENDING = re.compile(r"(?<=\w{3})(ing|s)$")
_LONG_WORD = 8  # in which two letters may differ


def alike(one: str, other: str) -> str | None:
    """Say in what two names differ, if that may be a slip.

    Compared are the words without case, spaces, hyphens, underscores and accents. Words that
    differ in a digit or are single letters are different names: "walk 1" and "walk 2", "set a"
    and "set b".

    Args:
        one: A name.
        other: Another name.

    Returns:
        Such as "case or spaces"; None for names that are clearly different, or equal.
    """
    if one == other:
        return None
    words, others = _words(one), _words(other)
    if "".join(words) == "".join(others):
        return tr("case, spaces or signs")
    if len(words) != len(others):
        return None
    different = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    if len(different) == 1 and _is_slip(*different[0]):
        return tr("one letter") if len(different[0][0]) < _LONG_WORD else tr("a letter or two")
    if all(_ENDING.sub("", a) == _ENDING.sub("", b) for a, b in different):
        return tr("an ending")
    return None


def groups_alike(names: Iterable[str]) -> list[tuple[tuple[str, ...], str]]:
    """Find names that may be meant alike.

    Args:
        names: Each once.

    Returns:
        Groups of names, and in what two of each differ.
    """
    ordered = sorted(set(names))
    group = {name: {name} for name in ordered}
    reasons: dict[str, str] = {}
    for one, other in combinations(ordered, 2):
        reason = alike(one, other)
        if reason is None:
            continue
        joined = group[one] | group[other]
        for name in joined:
            group[name] = joined
            reasons.setdefault(name, reason)
    found = {tuple(sorted(members)) for members in group.values() if len(members) > 1}
    return [(members, reasons[members[0]]) for members in sorted(found)]


def nearest(name: str, known: Sequence[str]) -> str | None:
    """The known name that was probably meant, or None."""
    for candidate in known:
        if alike(name, candidate):
            return candidate
    folded = {"".join(_words(candidate)): candidate for candidate in known}
    close = difflib.get_close_matches("".join(_words(name)), list(folded), n=1, cutoff=0.75)
    return folded[close[0]] if close else None


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return re.sub(r"[\W_]+", " ", letters).split() or [letters]


def _is_slip(one: str, other: str) -> bool:
    """Whether a letter was missed, added, exchanged or swapped; in long words also two."""
    if min(len(one), len(other)) < 4 or re.sub(r"\D", "", one) != re.sub(r"\D", "", other):
        return False
    allowed = 2 if min(len(one), len(other)) >= _LONG_WORD else 1
    return one[0] == other[0] and _distance(one, other) <= allowed


def _distance(one: str, other: str) -> int:
    """Letters to miss, add, exchange or swap with a neighbour until the words are equal."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, with_letter in enumerate(other, 1):
            cost = min(
                rows[-1][j] + 1,
                row[-1] + 1,
                rows[-1][j - 1] + (letter != with_letter),
            )
            if i > 1 and j > 1 and letter == other[j - 2] and with_letter == one[i - 2]:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
