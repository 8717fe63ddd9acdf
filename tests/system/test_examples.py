"""The programs in examples/ run against a virtual board."""

from __future__ import annotations

import importlib.util
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
pytestmark = pytest.mark.virtual_time


def main_of(name: str) -> Callable[..., Awaitable[Any]]:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Callable[..., Awaitable[Any]] = module.main
    return found


async def test_stream_prints_each_packet(boards: Any, capsys: pytest.CaptureFixture[str]) -> None:
    await boards.start()
    samples = await main_of("stream")(seconds=2.0)
    said = capsys.readouterr().out.splitlines()
    assert 238 <= samples <= 250
    assert len(said) >= samples // 7  # of each packet, its last sample
    assert all(line.endswith(" g") for line in said)


async def test_react_says_each_new_activity(
    boards: Any, package: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    board = await boards.start("walking")
    client = await boards.client(board)
    async for _ in client.push(package):
        pass
    await client.__aexit__(None, None, None)
    seen = await main_of("react")(changes=1)
    assert len(seen) == 1
    assert capsys.readouterr().out.startswith(seen[0])
