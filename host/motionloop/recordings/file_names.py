"""Names of files and folders made of any text."""

from __future__ import annotations

import re

_LONGEST = 80


def file_stem(name: str, taken: set[str]) -> str:
    """Make the name of a file, without suffix, that every system takes.

    Args:
        name: Any text.
        taken: Names that are in use, without regard to letter case; gets the new one.

    Returns:
        A name that is not in `taken`.
    """
    plain = re.sub(r"[^\w .()+-]", "_", name).strip(" .")[:_LONGEST].rstrip(" .") or "recording"
    stem, number = plain, 1
    while stem.casefold() in taken:
        number += 1
        stem = f"{plain} {number}"
    taken.add(stem.casefold())
    return stem
