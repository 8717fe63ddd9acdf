"""Boards of somebody who means harm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.hostile.cases import Case
from benchmarks.hostile.scripted_board import Script, command, in_virtual_time, on_air
from motionloop import wire


def _says(name: str, script: Script, words: list[str], says: str, **more: Any) -> Case:
    """A subcommand against a board."""

    def run(place: Path) -> str | None:
        async def work() -> str:
            async with on_air(script, place) as board:
                return await command(board, *words)

        return in_virtual_time(work)

    return Case(f"board: {name}", run, says, **more)


def _info(**lies: Any) -> Callable[[bytes], bytes]:
    """An Info with other values."""
    return lambda value: replace(wire.Info.unpack(value), **lies).pack()


CASES = [
    _says("scan: the name is markup", Script(options={"name": "[/b]"}), ["scan"], r"\[/b\]"),
    _says("info: another wire", Script(info=_info(wire_hash=1)), ["info"], "another protocol"),
]
