"""Texts of others, made harmless: nothing in them steers a terminal, a log or a window."""

from __future__ import annotations

import re

# What a terminal obeys or turns around instead of showing it, other breaks of lines, and halves of
# characters, which no file and no terminal can take.
_STEERING = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_CONTROLS = re.compile(f"[{_STEERING}]")
_CONTROLS_AND_BREAKS = re.compile(f"[{_STEERING}\t\n]")
SHOWN = "\N{REPLACEMENT CHARACTER}"  # instead


def plain(text: str) -> str:
    """The text without what steers; its lines and tabs stay."""
    return _CONTROLS.sub(SHOWN, text)


def plain_line(text: str) -> str:
    """The text as one line without what steers: for names and labels from the air."""
    return _CONTROLS_AND_BREAKS.sub(SHOWN, text)
