"""Tries what a board must not do in a process of its own, which an attempt may end."""

from __future__ import annotations

import multiprocessing
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.refuse.sources import SOURCES

_SOUND = Path(__file__).parents[2] / "tests/golden/model.mlpkg"
_LIMIT_S = 60.0  # for one attempt


def attempt(source: str, skip: int, told: Connection) -> None:
    """Try those of a source from number `skip` on, and tell of each before and after.

    Ends after one that succeeds, since the board is no longer what the others begin with.
    """
    for each in islice(SOURCES[source](_SOUND.read_bytes()), skip, None):
        told.send((each.name, None))
        succeeded = each.succeeds()
        told.send((each.name, succeeded))
        if succeeded:
            return
    told.send(None)


def try_all(source: str) -> tuple[int, list[str], list[str]]:
    """How many were tried, which succeeded, and which ended the process."""
    tried, accepted, crashes = 0, list[str](), list[str]()
    spawn = multiprocessing.get_context("spawn")
    while True:
        ours, theirs = spawn.Pipe(duplex=False)
        child = spawn.Process(target=attempt, args=(source, tried, theirs))
        child.start()
        theirs.close()
        name, begun, done = "", False, False
        try:
            while ours.poll(_LIMIT_S):
                if (message := ours.recv()) is None:
                    done = True
                    break
                name, succeeded = message
                begun = succeeded is None
                if not begun:
                    tried += 1
                    if succeeded:
                        accepted.append(name)
            else:
                child.kill()
        except EOFError:
            pass
        child.join()
        if done:
            return tried, accepted, crashes
        if not name:
            raise RuntimeError(f"the process of {source} ended with {child.exitcode} at its start")
        if begun:
            tried += 1
            crashes.append(name)
