"""Tables of text as people have them: dialect, header, rows, times."""

from __future__ import annotations


def words_of(text: str) -> frozenset[str]:
    """The words of a text that is a list of them."""
    return frozenset(text.split())
