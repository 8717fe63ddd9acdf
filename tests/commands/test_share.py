"""`motionloop share` from its options to what it prints."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from motionloop.commands import share
from motionloop.commands.parser import build_parser
from motionloop.errors import MotionLoopError, OptionsError


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
    assert "is shared with the Lab Streaming Layer (wrist motion)" in said.err


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


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("broker", "broker", None),
        ("broker:1884", "broker", 1884),
        ("192.168.0.9:8883", "192.168.0.9", 8883),
        ("[::1]:1884", "::1", 1884),
        ("[::1]", "::1", None),
        ("fe80::1", "fe80::1", None),
    ],
)
def test_a_broker_is_a_host_and_perhaps_a_port(text: str, host: str, port: int | None) -> None:
    assert options("--mqtt", text).mqtt == (host, port)


@pytest.mark.parametrize("text", ["", ":1883", "broker:", "broker:0", "broker:mqtt", "b:99999"])
def test_what_is_no_broker_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        options("--mqtt", text)
    assert "give HOST or HOST:PORT" in capsys.readouterr().err


@pytest.mark.parametrize(
    "given",
    [["--mqtt-tls"], ["--mqtt-user", "ada"], ["--mqtt-password-file", "f"], ["--mqtt-ca", "f"]],
)
async def test_a_secret_link_to_no_broker_is_refused(given: list[str]) -> None:
    asked = options("--lsl", *given)
    with pytest.raises(OptionsError, match="need the broker"):
        await asked.run(asked)


def test_the_password_comes_from_a_file_or_the_environment(tmp_path: Path, monkeypatch) -> None:
    file = tmp_path / "password"
    file.write_text("s3cret\nand a note\n")
    given = "--mqtt", "broker", "--mqtt-user", "ada"
    assert share.password_of(options(*given)) is None
    assert share.password_of(options(*given, "--mqtt-password-file", str(file))) == "s3cret"
    monkeypatch.setenv(share.PASSWORD, "from outside")
    assert share.password_of(options(*given)) == "from outside"
    with pytest.raises(MotionLoopError, match="no --mqtt-user"):
        share.password_of(options("--mqtt", "broker"))
    with pytest.raises(MotionLoopError, match="cannot be read from"):
        share.password_of(options(*given, "--mqtt-password-file", str(tmp_path / "none")))
    os.mkfifo(tmp_path / "pipe")
    for endless in (tmp_path / "pipe", "/dev/zero"):
        with pytest.raises(MotionLoopError, match="no file, but a folder, a pipe or a device"):
            share.password_of(options(*given, "--mqtt-password-file", str(endless)))


@pytest.mark.virtual_time
async def test_a_board_without_a_model_has_no_activity_for_a_broker(boards) -> None:
    await boards.start()
    given = options("--mqtt", "127.0.0.1")
    with pytest.raises(MotionLoopError, match="has no model"):
        await given.run(given)
