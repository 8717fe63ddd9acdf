"""What other users and programs of this computer do: registry, port of the radio, typing."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.hostile.cases import Case
from benchmarks.hostile.scripted_board import (
    Script,
    ScriptedBoard,
    connected,
    in_virtual_time,
    on_air,
    run_command,
)
from motionloop.commands.parser import build_parser
from motionloop.virtual import registry
from motionloop.virtual.adapter import MOST_STRANGERS, SECRET_WITHIN_S

_ENTRY: dict[str, Any] = {
    "name": "ML-EVIL",
    "address": "C0:00:00:00:00:66",
    "host": registry.LOOPBACK,
    "port": 1,
    "pid": os.getpid(),
    "secret": "0" * 32,
    "has_random_address": False,
}
ENTRIES: dict[str, Any] = {
    "pid x": _ENTRY | {"pid": "x"},
    "pid -1": _ENTRY | {"pid": -1},
    "pid 0": _ENTRY | {"pid": 0},
    "pid true": _ENTRY | {"pid": True},
    "pid of forty digits": _ENTRY | {"pid": 10**40},
    "no pid": {name: value for name, value in _ENTRY.items() if name != "pid"},
    "port x": _ENTRY | {"port": "x"},
    "port 70000": _ENTRY | {"port": 70000},
    "port 0": _ENTRY | {"port": 0},
    "another computer": _ENTRY | {"host": "192.0.2.1"},
    "a host that is a list": _ENTRY | {"host": []},
    "a name that is a number": _ENTRY | {"name": 7},
    "an address that is none": _ENTRY | {"address": "[/b]\x1b[2J"},
    "a secret that is no ASCII": _ENTRY | {"secret": "\u00b2"},
    "a word too many": _ENTRY | {"more": 1},
    "a port that nobody listens at": _ENTRY,
    "a list": [1, 2],
    "nothing": None,
}
FILES = {
    "no JSON": b"{",
    "noise": bytes(range(256)),
    "a megabyte": b"[" * 1_000_000,
    "nested deeply": b"[" * 4000,
    "an empty file": b"",
}


def _registry(what: str, fill: Callable[[Path], object]) -> Case:
    """A scan with something in the registry that is no board's file."""

    def prepare(place: Path) -> None:
        registry.directory().mkdir(parents=True, exist_ok=True)
        fill(registry.directory() / "9-9.json")

    def run(place: Path) -> str | None:
        async def work() -> str:
            async with on_air(Script(options={"name": "ML-GOOD"}), place) as board:
                return await run_command(board, "scan", "--timeout", "1")

        try:
            return in_virtual_time(work)
        finally:
            for path in registry.directory().iterdir():  # pytest's folder is of all cases
                path.rmdir() if path.is_dir() else path.unlink()

    return Case(f"registry: {what}", run, "ML-GOOD", prepare)


Stranger = Callable[[ScriptedBoard, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[object]]


def _port(what: str, stranger: Stranger, cut_off: bool = True) -> Case:
    """Somebody at the port of a virtual board's radio, which goes on to serve its owner."""

    def run(place: Path) -> str | None:
        async def work() -> str:
            async with on_air(Script(), place) as board:
                reader, writer = await asyncio.open_connection(registry.LOOPBACK, board.radio.port)
                begin_s = asyncio.get_running_loop().time()
                with contextlib.suppress(ConnectionError):
                    await stranger(board, reader, writer)
                    if cut_off:
                        assert await reader.read() == b""  # until the end
                assert asyncio.get_running_loop().time() - begin_s < 2 * SECRET_WITHIN_S
                async with await connected(board) as client:
                    await client.status()
                writer.close()
                return "served its owner"

        return in_virtual_time(work)

    return Case(f"port: {what}", run, "served its owner")


def _says(said: bytes) -> Stranger:
    async def say(
        board: ScriptedBoard, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(said)

    return say


async def _says_most_of_it(
    board: ScriptedBoard, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    writer.write(board.radio.secret[:-1].encode())


async def _says_all_but_the_last(
    board: ScriptedBoard, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    writer.write(board.radio.secret[:-1].encode() + b"x" + b"\x01\x03\x0c\x00")


async def _brings_many(
    board: ScriptedBoard, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    others = [
        await asyncio.open_connection(registry.LOOPBACK, board.radio.port)
        for _ in range(3 * MOST_STRANGERS)
    ]
    assert len(board.radio._port.strangers) <= MOST_STRANGERS
    for _, other in others:
        other.close()


async def _knows_it_and_speaks_nonsense(
    board: ScriptedBoard, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    writer.write(board.radio.secret.encode() + b"\xff" * 100)


def _reads_the_secret(place: Path) -> str | None:
    """Another user of the computer looks for the secret."""

    async def work() -> str:
        async with on_air(Script(), place):
            (entry,) = registry.directory().glob("*.json")
            assert entry.stat().st_mode & 0o777 == 0o600
            assert len(json.loads(entry.read_text())["secret"]) == 32
            return "only its owner reads it"

    return in_virtual_time(work)


def _typed(what: str, lines: str | bytes, says: str = "") -> Case:
    """Lines that are typed to a virtual board."""

    def run(place: Path) -> str | None:
        async def work() -> str:
            options = build_parser("virtual-board").parse_args(["virtual-board"])
            typed = lines.encode() if isinstance(lines, str) else lines
            stdin = io.TextIOWrapper(io.BytesIO(typed + b"\nstall 20\nquit\n"), encoding="utf-8")
            said = io.StringIO()
            with patch("sys.stdin", stdin), contextlib.redirect_stdout(said):
                await options.run(options)
            return said.getvalue()

        return in_virtual_time(work)

    return Case(f"typed: {what}", run, says)


CASES = [
    *(
        _registry(what, lambda path, entry=entry: path.write_text(json.dumps(entry)))
        for what, entry in ENTRIES.items()
    ),
    *(
        _registry(what, lambda path, content=content: path.write_bytes(content))
        for what, content in FILES.items()
    ),
    _registry("a folder", lambda path: path.mkdir()),
    _registry("a link that leads nowhere", lambda path: path.symlink_to("/nowhere/at/all")),
    _port("says nothing", _says(b"")),
    _port("speaks HTTP", _says(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")),
    _port("speaks HCI without the secret", _says(b"\x01\x03\x0c\x00" * 20)),
    _port("says a megabyte", _says(b"0" * 1_000_000)),
    _port("says most of the secret", _says_most_of_it),
    _port("says all but the end of the secret", _says_all_but_the_last),
    _port("brings many who say nothing", _brings_many),
    _port("knows the secret, and speaks nonsense", _knows_it_and_speaks_nonsense),
    Case("port: the secret is in a file of its owner", _reads_the_secret, "only its owner"),
    _typed("a digit that is no number", "stall \u00b2", "Not understood"),
    _typed("a time of a hundred digits", f"stall {'9' * 100}", "Not understood"),
    _typed("a time below zero", "stall -1", "Not understood"),
    _typed("no text", b"\xff\xfe stall", "Not understood"),
    _typed("an escape sequence", "\x1b[2J", "Not understood"),
    _typed("a very long line", "x" * 100_000, "Not understood"),
]
