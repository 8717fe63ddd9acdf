"""Texts of others, made harmless: nothing in them steers a terminal, a log or a window."""

from __future__ import annotations

import re
import unicodedata

# What a terminal obeys or turns around instead of showing it, other breaks of lines, and halves of
# characters, which no file and no terminal can take.
_STEERING = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_CONTROLS = re.compile(f"[{_STEERING}]")
_CONTROLS_AND_BREAKS = re.compile(f"[{_STEERING}\t\n]")
# Joiners change what is seen between letters of scripts that join, and between pictures. Between
# others they are as invisible as the rest of their category: two names would look alike.
_JOINED = "\u0600-\u109f\u1780-\u18af\u2190-\u2bff\ua980-\uabff\ufe0f\U0001f000-\U0001faff"
_JOINERS = re.compile(f"(?<=[{_JOINED}])[\u200c\u200d](?=[{_JOINED}])")
SHOWN = "\N{REPLACEMENT CHARACTER}"  # instead


def plain(text: str) -> str:
    """The text without what steers; its lines and tabs stay."""
    return _CONTROLS.sub(SHOWN, text)


def plain_line(text: str) -> str:
    """The text as one line without what steers or hides: for names and labels from the air."""
    kept = {match.start() for match in _JOINERS.finditer(text)}
    seen = "".join(
        SHOWN if unicodedata.category(each) == "Cf" and place not in kept else each
        for place, each in enumerate(text)
    )
    return _CONTROLS_AND_BREAKS.sub(SHOWN, seen)
