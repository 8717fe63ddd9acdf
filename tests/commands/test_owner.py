"""`motionloop owner`: the key and its way to another computer, and whose a board is."""

from __future__ import annotations

import getpass
import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from motionloop import owner_key
from motionloop.board.client import BoardClient
from motionloop.board.link import RadioChoice, find_board
from motionloop.commands import owner
from motionloop.commands.parser import build_parser
from motionloop.errors import MotionLoopError, NotOwnerError, OptionsError, OwnerKeyError
from motionloop.owner_key import OwnerKey
from tests.conftest import Boards

pytestmark = pytest.mark.virtual_time

PHRASE = "correct horse battery"


@pytest.fixture
def phrase(tmp_path: Path) -> Path:
    file = tmp_path / "phrase"
    file.write_text(f"{PHRASE}\nmore\n")
    return file


async def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    """The document of the command."""
    capsys.readouterr()
    parsed = build_parser("owner").parse_args(["owner", "--json", *map(str, arguments)])
    await owner.run(parsed)
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


async def test_a_key_goes_to_another_computer(
    tmp_path: Path,
    phrase: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert (await said(capsys))["key_id"] is None
    with pytest.raises(OwnerKeyError, match="your first push makes one"):
        await said(capsys, "--export", tmp_path / "key.pem", "--passphrase-file", phrase)
    key = owner_key.load_or_make()
    out = tmp_path / "key.pem"
    exported = await said(capsys, "--export", out, "--passphrase-file", phrase)
    assert (exported["key_id"], exported["file"]) == (key.key_id.hex(), str(owner_key.key_file()))
    assert out.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    assert key.pem() not in out.read_bytes()
    if sys.platform != "win32":
        assert stat.S_IMODE(out.stat().st_mode) == 0o600
    with pytest.raises(OwnerKeyError, match="is there already"):
        await said(capsys, "--export", out, "--passphrase-file", phrase)

    monkeypatch.setenv("MOTIONLOOP_RUNTIME_DIR", str(tmp_path / "other computer"))
    wrong = tmp_path / "wrong"
    for text, error in (("another one", "another"), ("", "another")):
        wrong.write_text(text)
        with pytest.raises(OwnerKeyError, match=error):
            await said(capsys, "--import", out, "--passphrase-file", wrong)
    assert owner_key.load() is None
    for _ in range(2):  # the second time it is there already
        brought = await said(capsys, "--import", out, "--passphrase-file", phrase)
        assert brought["key_id"] == key.key_id.hex()
    loaded = owner_key.load()
    assert loaded is not None
    assert loaded.public == key.public


async def test_another_key_is_replaced_on_demand_only_and_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = owner_key.load_or_make(), OwnerKey.make()
    file = tmp_path / "plain.pem"
    file.write_bytes(theirs.pem())  # a copy of owner.pem, which needs no pass phrase
    before = owner_key.key_file().read_bytes()
    with pytest.raises(OwnerKeyError, match="use --replace") as caught:
        await said(capsys, "--import", file)
    for key in (ours, theirs):
        assert owner_key.fingerprint(key.key_id) in str(caught.value)
    assert owner_key.key_file().read_bytes() == before
    assert (await said(capsys, "--import", file, "--replace"))["key_id"] == theirs.key_id.hex()
    kept = owner_key.key_file().with_name(f"owner-{ours.key_id.hex()}.pem")
    assert OwnerKey.from_pem(kept.read_bytes()).public == ours.public
    assert (await said(capsys, "--import", kept, "--replace"))["key_id"] == ours.key_id.hex()


@pytest.mark.parametrize("content", [b"", b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n", b"\xff" * 9])
async def test_what_is_no_key_changes_nothing(
    tmp_path: Path, phrase: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    key = owner_key.load_or_make()
    file = tmp_path / "no.pem"
    file.write_bytes(content)
    for wrong in (file, tmp_path / "missing.pem", tmp_path):
        with pytest.raises(OwnerKeyError, match=str(wrong.name)):
            await said(capsys, "--import", wrong, "--passphrase-file", phrase, "--replace")
    assert (await said(capsys))["key_id"] == key.key_id.hex()


async def test_the_pass_phrase_is_asked_twice_for_an_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    owner_key.load_or_make()
    out = tmp_path / "key.pem"
    with pytest.raises(OptionsError, match="--passphrase-file"):  # nobody is there
        await said(capsys, "--export", out)
    typed: list[str] = []
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(getpass, "getpass", lambda prompt: typed.pop(0))
    for answers, error in (
        ([PHRASE, PHRASE + "x"], "differ"),
        (["short", "short"], "12 characters"),
        (["x" * 1024] * 2, "1023 bytes"),
    ):
        typed[:] = answers
        with pytest.raises(OptionsError, match=error):
            await said(capsys, "--export", out)
        assert not out.exists()
    typed[:] = [PHRASE] * 3
    await said(capsys, "--export", out)
    await said(capsys, "--import", out)
    assert not typed


async def test_whose_a_board_is_and_who_may_read(
    boards: Boards,
    package: bytes,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    board = await boards.start()
    here = ("--board", board.address, "--radio", "virtual")
    nobodys = await said(capsys, *here)
    assert (nobodys["whose"], nobodys["owner_id"]) == ("nobody's", None)
    assert nobodys["strangers_read"]
    with pytest.raises(NotOwnerError, match="belongs to nobody"):
        await said(capsys, *here, "--strangers", "forbid")
    found = await find_board(board.address, 10.0, RadioChoice.VIRTUAL)
    async with BoardClient(found) as client:
        async for _ in client.push(package):
            pass
    ours = await said(capsys, *here, "--strangers", "forbid")
    assert (ours["whose"], ours["strangers_read"]) == ("yours", False)
    assert ours["owner_id"] == ours["key_id"]
    await owner.run(build_parser("owner").parse_args(["owner", *here]))
    words = capsys.readouterr().out
    assert "yours" in words
    assert "may not read" in words
    assert (await said(capsys, *here, "--strangers", "allow"))["strangers_read"]

    owner_key.store(OwnerKey.make())  # another user
    theirs = await said(capsys, *here)
    assert (theirs["whose"], theirs["owner_id"]) == ("another's", ours["key_id"])
    with pytest.raises(NotOwnerError, match="belongs to the owner"):
        await said(capsys, *here, "--strangers", "allow")
    await owner.run(build_parser("owner").parse_args(["owner", *here]))
    assert owner_key.fingerprint(bytes.fromhex(ours["key_id"])) in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ("--export", "x", "--board", "y"),
        ("--import", "x", "--board", "y"),
        ("--passphrase-file", "x"),
        ("--replace",),
        ("--export", "x", "--replace"),
    ],
)
async def test_options_that_do_not_go_together(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    with pytest.raises(MotionLoopError, match="--"):
        await said(capsys, *arguments)


def test_a_key_that_is_elsewhere_and_not_there_now_is_not_made_anew(tmp_path: Path) -> None:
    """A board would belong to a key that is written nowhere."""
    file = owner_key.key_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.symlink_to(tmp_path / "stick/owner.pem")
    for use in (
        owner_key.load,
        owner_key.load_or_make,
        lambda: owner_key.bring_in(OwnerKey.make()),
    ):
        with pytest.raises(OwnerKeyError, match=r"owner\.pem cannot be used .*No such file"):
            use()
    assert file.is_symlink()
    (tmp_path / "stick").mkdir()
    kept = OwnerKey.make()
    (tmp_path / "stick/owner.pem").write_bytes(kept.pem())
    assert owner_key.load_or_make().key_id == kept.key_id


def test_a_key_that_is_a_pipe_is_not_waited_for() -> None:
    owner_key.key_file().parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(owner_key.key_file())
    with pytest.raises(OwnerKeyError, match=r"owner\.pem cannot be used .*a pipe or a device"):
        owner_key.load()
