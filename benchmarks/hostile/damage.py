"""Kinds of damage, for any file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

# Values in place of those of a JSON document, each valid JSON of Python.
VALUES: dict[str, Any] = {
    "null": None,
    "a number of 400 digits": 10**400,
    "2^63": 2**63,
    "below zero": -1,
    "not a number": float("nan"),
    "infinite": float("inf"),
    "half a character": "\ud800",
    "a text that steers the terminal": "\x1b]0;title\x07\x1b[2J\u202e[/b]",
    "a text of a million": "x" * 1_000_000,
    "a list of lists": [[[]]],
    "an object": {"": {}},
    "true": True,
}
NOT_JSON = {
    "empty": b"",
    "zeros": bytes(4096),
    "nested deeply": b"[" * 200_000,
    "objects nested deeply": b'{"a":' * 100_000,
    "null": b"null",
    "a number": b"7",
    "a list of numbers": b"[1, 2]",
    "an empty object": b"{}",
    "a number of 5000 digits": b"1" * 5000,
    "not UTF-8": b'{"a": "\xff\xfe"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "cut off": b'{"a": [1, 2',
}
_FLIPS = 5


def with_value(path: str, value: Any) -> Callable[[bytes], bytes]:
    """A document with another value at a path such as "board.name" or "segments.0.label"."""

    def change(content: bytes) -> bytes:
        document = json.loads(content)
        *parents, last = [int(key) if key.isdigit() else key for key in path.split(".")]
        inner = document
        for key in parents:
            inner = inner[key]
        inner[last] = value
        return json.dumps(document).encode()

    return change


def damages(content: bytes, flips: int = _FLIPS) -> Iterator[tuple[str, bytes]]:
    """The content cut off at several places, with zeros, with bits flipped, with more behind it."""
    size = len(content)
    for share in (0.0, 0.01, 0.25, 0.5, 0.9, 0.999):
        yield f"cut off at {share:.1%}", content[: int(size * share)]
    yield "without its last byte", content[:-1]
    yield "of zeros", bytes(size)
    for begin in (0.0, 0.3, 0.7):
        first, last = int(size * begin), int(size * (begin + 0.3))
        yield f"zeros from {begin:.0%} on", content[:first] + bytes(last - first) + content[last:]
    draws = np.random.default_rng(1)
    for number in range(flips):
        changed = np.frombuffer(content, np.uint8).copy()
        places = draws.integers(0, size, 1 + size // 2000)
        changed[places] ^= draws.integers(1, 256, len(places), np.uint8)
        yield f"with flipped bits ({number})", changed.tobytes()
