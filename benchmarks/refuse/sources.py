"""Where attempts come from. Each makes them of a sound package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from benchmarks.refuse import replays, strangers
from benchmarks.refuse.attempt import Attempt
from benchmarks.refuse.packages import changed_bytes, malformed, pushed, with_hostile_models

SOURCES: dict[str, Callable[[bytes], Iterator[Attempt]]] = {
    "changed_bytes": partial(pushed, changed_bytes),
    "malformed": partial(pushed, malformed),
    "hostile_models": partial(pushed, with_hostile_models),
    "strangers_commands": strangers.commands,
    "strangers_claims": strangers.claims,
    "strangers_packages": strangers.packages,
    "replays": replays.replays,
}
