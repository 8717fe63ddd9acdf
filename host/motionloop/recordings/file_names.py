"""Names of files and folders made of any text."""

from __future__ import annotations

import re

from motionloop.safe_files import LONGEST_NAME

_LONGEST = 80
_HALVES = re.compile("[\ud800-\udfff]")
_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def without_halves(text: str) -> str:
    """A text without halves of characters, which stand for bytes of a name that is not UTF-8."""
    return _HALVES.sub("\N{REPLACEMENT CHARACTER}", text)


def plain_name(text: str) -> str:
    """A text as a name that every system takes for a file or folder."""
    words = _NOT_IN_A_NAME.sub(" ", without_halves(text)).split()
    return _shortened(" ".join(words)[:_LONGEST], LONGEST_NAME).strip(" .") or "recording"


def folder_name(begin: str, words: str, end: str = "") -> str:
    """Make the name of a recording's folder, with hyphens between its parts.

    Args:
        begin: Such as the time.
        words: Any text, which is shortened where there is no room for all of it.
        end: Such as a number.

    Returns:
        The name.
    """
    room = LONGEST_NAME - len(f"{begin}--{end}".encode())
    inside = _shortened("-".join(without_halves(words).replace("/", "-").split()), room)
    return "-".join(part for part in (begin, inside, end) if part)


def _shortened(text: str, most_bytes: int) -> str:
    """The first characters of a text, as many as have room in so many bytes."""
    return text.encode()[:most_bytes].decode(errors="ignore")


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
