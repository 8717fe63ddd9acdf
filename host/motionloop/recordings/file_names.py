"""Names of files and folders made of any text."""

from __future__ import annotations

import re

_LONGEST = 80
_HALVES = re.compile("[\ud800-\udfff]")
_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def without_halves(text: str) -> str:
    """A text without halves of characters, which stand for bytes of a name that is not UTF-8."""
    return _HALVES.sub("\N{REPLACEMENT CHARACTER}", text)


def plain_name(text: str) -> str:
    """A text as a name that every system takes for a file or folder."""
    words = _NOT_IN_A_NAME.sub(" ", without_halves(text)).split()
    return " ".join(words)[:_LONGEST].strip(" .") or "recording"


def file_stem(text: str, taken: set[str]) -> str:
    """Make the name of a file, without suffix, that is not there yet.

    Args:
        text: Any text.
        taken: Names that are in use, without regard to letter case; gets the new one.

    Returns:
        The plain name, with a number behind it if it is taken.
    """
    plain = plain_name(text)
    stem, number = plain, 1
    while stem.casefold() in taken:
        number += 1
        stem = f"{plain} {number}"
    taken.add(stem.casefold())
    return stem
