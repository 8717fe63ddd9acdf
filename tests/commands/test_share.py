"""`motionloop share` from its options to what it prints."""

from __future__ import annotations

import json
import sys

import pytest

from motionloop.commands.parser import build_parser
from motionloop.errors import MotionLoopError


def options(*arguments: str):
    return build_parser("share").parse_args(["share", "--radio", "virtual", *arguments])


@pytest.mark.virtual_time
async def test_shared_streams_are_named_and_counted_as_json(boards, capsys) -> None:
    await boards.start(name="wrist")
    given = options("--lsl", "--seconds", "3", "--json")
    await given.run(given)
    said = capsys.readouterr()
    first, last = map(json.loads, said.out.splitlines())
    assert (first["event"], first["lsl"]) == ("shared", ["wrist motion"])
    assert first["board"]["name"] == "wrist"
    assert last["event"] == "ended"
    assert last["samples"] > 2 * 119
    assert last["samples_without_time"] == 0
    assert "is on the Lab Streaming Layer as" in said.err


async def test_nothing_is_shared_that_is_not_asked_for() -> None:
    given = options()
    with pytest.raises(MotionLoopError, match="Say with whom"):
        await given.run(given)


@pytest.mark.virtual_time
async def test_without_pylsl_there_is_advice(boards, monkeypatch) -> None:
    await boards.start()
    monkeypatch.delitem(sys.modules, "motionloop.sharing.lsl", raising=False)
    monkeypatch.setitem(sys.modules, "pylsl", None)
    given = options("--lsl")
    with pytest.raises(MotionLoopError, match=r"motionloop\[share\]"):
        await given.run(given)
