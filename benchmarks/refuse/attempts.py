"""Pushes cases in a process of their own, which a case may end."""

from __future__ import annotations

import multiprocessing
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.refuse.bare_board import BareBoard
from benchmarks.refuse.packages import SOURCES
from motionloop import wire

_SOUND = Path(__file__).parents[2] / "tests/golden/model.mlpkg"
_LIMIT_S = 60.0  # for one case


def attempt(source: str, skip: int, told: Connection) -> None:
    """Push the cases of a source from number `skip` on, and tell of each before and after."""
    sound = _SOUND.read_bytes()
    model_id = wire.PackageHeader.unpack(sound).model_id
    board = BareBoard(sound)
    for case in islice(SOURCES[source](sound), skip, None):
        told.send((case.name, None))
        taken = board.push(case.package) == wire.Status.OK or board.model_id != model_id
        told.send((case.name, taken))
        if taken:
            board = BareBoard(sound)
    told.send(None)


def try_all(source: str) -> tuple[int, list[str], list[str]]:
    """How many cases were tried, which were accepted, and which ended the process."""
    tried, accepted, crashes = 0, list[str](), list[str]()
    spawn = multiprocessing.get_context("spawn")
    while True:
        ours, theirs = spawn.Pipe(duplex=False)
        child = spawn.Process(target=attempt, args=(source, tried, theirs))
        child.start()
        theirs.close()
        name, ended = "", False
        try:
            while ours.poll(_LIMIT_S) and (message := ours.recv()) is not None:
                name, taken = message
                if taken is None:
                    continue
                tried += 1
                if taken:
                    accepted.append(name)
            else:
                ended = not ours.poll(0)
        except EOFError:
            pass
        if child.is_alive() and not ended:
            child.kill()
        child.join()
        if child.exitcode == 0:
            return tried, accepted, crashes
        if not name:
            raise RuntimeError(f"the process of {source} ended with {child.exitcode} at its start")
        tried += 1
        crashes.append(name)
