"""Push a model to a board: it switches only when every check has passed."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from rich.console import Console

from motionloop.board.client import BoardClient, PushStage
from motionloop.board.ownership import Whose
from motionloop.commands.bars import Bars
from motionloop.commands.board_options import add_board, chosen_board
from motionloop.commands.console import print_json, terminal
from motionloop.commands.documents import board_document
from motionloop.commands.options import add_json
from motionloop.model.package import load_package, model_id, package_file
from motionloop.owner_key import fingerprint

_WORDS = {
    PushStage.PREPARE: "preparing",
    PushStage.SEND: "sending",
    PushStage.CHECK: "checking",
    PushStage.DONE: "done",
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, help="a model's folder or package file")
    add_no_claim(parser)
    add_board(parser)
    add_json(parser)


def add_no_claim(parser: argparse.ArgumentParser) -> None:
    """Add the choice not to become the board's owner."""
    parser.add_argument(
        "--no-claim",
        action="store_true",
        help="leave a board without an owner as it is, for boards that many share",
    )


async def run(options: argparse.Namespace) -> None:
    package = load_package(options.model)
    console = terminal(stderr=options.json)
    async with BoardClient(await chosen_board(options)) as client:
        seconds = await push_with_progress(
            console, client, package, package_file(options.model), not options.no_claim
        )
        whose = client.whose
    if options.json:
        print_json(
            {
                "board": board_document(client.board),
                "model_id": model_id(package).hex(),
                "package_bytes": len(package),
                "push_s": seconds,
                "owner": whose,
            }
        )
        return
    console.print(
        f"{client.board} runs model {model_id(package).hex()}: {len(package)} bytes in "
        f"{seconds:.1f} s. Watch it with `motionloop live`; `motionloop rollback` goes back."
    )


async def push_with_progress(
    console: Console,
    client: BoardClient,
    package_bytes: bytes,
    package_path: Path,
    claim: bool = True,
) -> float:
    """Push and show the progress meanwhile; returns the seconds it took."""
    begin_s = time.monotonic()
    was_nobodys = client.whose is Whose.NOBODYS
    total = len(package_bytes)
    with Bars(console) as bars:
        row = bars.row()
        async for now in client.push(package_bytes, package_path, claim):
            words = f"{now.sent_bytes / 1000:.1f} of {total / 1000:.1f} kB"
            row.show(_WORDS[now.stage], now.sent_bytes, total, words)
    if was_nobodys and client.whose is Whose.OURS:
        console.print(
            f"{client.board} is yours now: only you can push to it (docs/security.md). Your key: "
            f"{fingerprint(client.info.owner_id)}."
        )
    return time.monotonic() - begin_s
