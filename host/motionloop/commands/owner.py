"""Show your key and whose a board is, say who may read, take your key to another computer.

Your boards know you by your key, which your first push makes. On a second computer you need the
same key: `motionloop owner --export FILE` here, `motionloop owner --import FILE` there. A pass
phrase protects the file on its way.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import Any

from rich.table import Table

from motionloop import owner_key, wire
from motionloop.board import ownership
from motionloop.board.client import BoardClient
from motionloop.board.ownership import Whose
from motionloop.commands.board_options import add_board, chosen_board
from motionloop.commands.console import print_json, terminal
from motionloop.commands.documents import board_document
from motionloop.commands.options import add_json
from motionloop.errors import MotionLoopError, OptionsError, OwnerKeyError
from motionloop.owner_key import LARGEST_FILE_BYTES, OwnerKey, fingerprint
from motionloop.safe_files import read_text, read_whole, write_new

LEAST_CHARACTERS = 12  # of a pass phrase: whoever finds the file can try as many as they like
_MOST_BYTES = 1023  # cryptography.hazmat.primitives.serialization.BestAvailableEncryption


def configure(parser: argparse.ArgumentParser) -> None:
    add_board(parser)
    work = parser.add_mutually_exclusive_group()
    work.add_argument(
        "--strangers",
        choices=["allow", "forbid"],
        help="whether others may stream your board's motion and read its model",
    )
    work.add_argument(
        "--export", type=Path, metavar="FILE", help="write your key there, for another computer"
    )
    work.add_argument(
        "--import", type=Path, dest="import_", metavar="FILE", help="take the key from there"
    )
    parser.add_argument(
        "--replace",
        action="store_true",
        help="with --import: in place of another key, which stays beside it",
    )
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="whose first line is the pass phrase (default: you are asked)",
    )
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    _check(options)
    if options.export is not None:
        _export(options)
    elif options.import_ is not None:
        _import(options)
    document: dict[str, Any] = {**_key_document(), **_BOARD_UNKNOWN}
    if options.board is not None or options.strangers is not None:
        async with BoardClient(await chosen_board(options)) as client:
            if options.strangers is not None:
                await client.let_strangers_read(options.strangers == "allow")
            document |= _board_document(client)
    if options.json:
        print_json(document)
    else:
        _show(document)


def _check(options: argparse.Namespace) -> None:
    moved = options.export is not None or options.import_ is not None
    if moved and options.board is not None:
        raise OptionsError("--board does not go with --export and --import: a key is no board's.")
    if options.passphrase_file is not None and not moved:
        raise OptionsError("--passphrase-file goes with --export or --import only.")
    if options.replace and options.import_ is None:
        raise OptionsError("--replace goes with --import only.")


# --- the key --------------------------------------------------------------------------------------
def _export(options: argparse.Namespace) -> None:
    key = owner_key.load()
    if key is None:
        raise OwnerKeyError("You have no key yet: your first push makes one. Push, then export.")
    if os.path.lexists(options.export):  # said before anybody thinks of a pass phrase
        raise OwnerKeyError(f"{options.export} is there already. Choose another name.")
    pass_phrase = _pass_phrase(options.passphrase_file)
    if options.passphrase_file is None and _asked("The same again: ") != pass_phrase:
        raise OptionsError("The two pass phrases differ. Nothing was written; try again.")
    if len(pass_phrase) < LEAST_CHARACTERS or len(pass_phrase.encode()) > _MOST_BYTES:
        raise OptionsError(
            f"A pass phrase needs {LEAST_CHARACTERS} characters or more, and {_MOST_BYTES} bytes "
            "at most: several words are good. Nothing was written."
        )
    try:
        write_new(options.export, key.pem(pass_phrase), 0o600)
    except (OSError, MotionLoopError) as error:
        raise OwnerKeyError(
            f"Your key cannot be written to {options.export} ({error}). Choose another place."
        ) from error


def _import(options: argparse.Namespace) -> None:
    try:
        pem = read_whole(options.import_, LARGEST_FILE_BYTES)
    except (OSError, MotionLoopError) as error:
        raise OwnerKeyError(f"{options.import_} cannot be read ({error}).") from error
    is_encrypted = b"-----BEGIN ENCRYPTED " in pem
    pass_phrase = _pass_phrase(options.passphrase_file) if is_encrypted else None
    try:
        key = OwnerKey.from_pem(pem, pass_phrase)
    except OwnerKeyError as error:
        raise OwnerKeyError(f"{options.import_}: {error} Nothing was changed.") from error
    owner_key.bring_in(key, options.replace)


def _pass_phrase(file: Path | None) -> str:
    """The pass phrase, which never stands on a command line: others see it there."""
    if file is None:
        return _asked("Pass phrase: ")
    try:
        return read_text(file).partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise OptionsError(
            f"The pass phrase cannot be read from {file} ({error}). Put it into the first line of "
            "a file that only you may read."
        ) from error


def _asked(prompt: str) -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        raise OptionsError("Nobody can be asked for the pass phrase here: use --passphrase-file.")
    try:
        text = getpass.getpass(prompt)
        text.encode()
    except (EOFError, UnicodeEncodeError) as error:
        raise OptionsError("No pass phrase was typed. Try again.") from error
    return text


# --- what is shown --------------------------------------------------------------------------------
def _key_document() -> dict[str, Any]:
    key = owner_key.load()
    return {"key_id": key.key_id.hex() if key else None, "file": owner_key.key_file()}


_BOARD_UNKNOWN = {"board": None, "whose": None, "owner_id": None, "strangers_read": None}


def _board_document(client: BoardClient) -> dict[str, Any]:
    is_owned = ownership.is_owned(client.info)
    may_read = not is_owned or bool(client.info.owner_flags & wire.OwnerFlag.STRANGERS_READ)
    return {
        "board": board_document(client.board),
        "whose": client.whose,
        "owner_id": client.info.owner_id.hex() if is_owned else None,
        "strangers_read": may_read,
    }


def _show(document: dict[str, Any]) -> None:
    table = Table(show_header=False)
    key_id = document["key_id"]
    table.add_row("your key", _written(key_id) if key_id else "none yet: your first push makes it")
    table.add_row("its file", str(document["file"]))
    if document["board"] is not None:
        whose = document["whose"]
        if whose == Whose.ANOTHERS:
            whose = f"another's, with the key {_written(document['owner_id'])}"
        elif whose == Whose.NOBODYS:
            whose = "nobody's: anybody may change it, and the first push makes it theirs"
        table.add_row("board", document["board"]["name"])
        table.add_row("it is", whose)
        table.add_row("others", "may read" if document["strangers_read"] else "may not read")
    terminal().print(table)


def _written(key_id: str) -> str:
    return fingerprint(bytes.fromhex(key_id))
