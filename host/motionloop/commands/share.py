"""Give what a board measures and recognises to programs that are not MotionLoop's.

`--lsl` opens two streams of the Lab Streaming Layer on the network: motion, and predictions. Each
sample has the time of its measurement. Nothing is opened that is not asked for.
"""

from __future__ import annotations

import argparse
import asyncio
from contextlib import ExitStack
from typing import TYPE_CHECKING

from motionloop import installation
from motionloop.board.client import BoardClient
from motionloop.commands.board_options import add_board, chosen_board
from motionloop.commands.console import print_json, terminal
from motionloop.commands.documents import board_document
from motionloop.commands.options import add_json
from motionloop.errors import MotionLoopError
from motionloop.sharing.share import Neighbour, Share, SharedBoard

if TYPE_CHECKING:
    from motionloop.sharing.lsl import LslOutlets


def configure(parser: argparse.ArgumentParser) -> None:
    add_board(parser)
    parser.add_argument("--seconds", type=float, help="how long (default: until Ctrl-C)")
    parser.add_argument("--lsl", action="store_true", help="to the Lab Streaming Layer")
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    if not options.lsl:
        raise MotionLoopError("Say with whom the board's motion is shared: --lsl.")
    async with BoardClient(await chosen_board(options)) as client:
        shared = await SharedBoard.of(client)
        with ExitStack() as stack:
            neighbours: list[Neighbour] = []
            if options.lsl:
                outlets = _lsl_outlets(shared)
                stack.callback(outlets.close)
                neighbours.append(outlets)
                _say(options, f"{client.board} is on the Lab Streaming Layer as: ", outlets.names)
            if options.json:
                board = board_document(client.board)
                print_json({"event": "shared", "board": board, "lsl": outlets.names})
            await _share(options, Share(client, shared, neighbours))


async def _share(options: argparse.Namespace, share: Share) -> None:
    try:
        async with asyncio.timeout(options.seconds):
            await share.run()
    except TimeoutError:
        pass
    finally:
        if options.json:
            counts = {"samples": share.samples, "predictions": share.predictions}
            print_json({"event": "ended", **counts, "samples_without_time": share.unplaced})
        _say(options, f"{share.samples} samples and {share.predictions} predictions were shared.")


def _say(options: argparse.Namespace, text: str, names: list[str] | None = None) -> None:
    said = text + ", ".join(map(repr, names or ()))
    terminal(stderr=options.json).print(said, soft_wrap=True)


def _lsl_outlets(shared: SharedBoard) -> LslOutlets:
    try:
        from motionloop.sharing.lsl import LslOutlets
    except (ModuleNotFoundError, RuntimeError) as error:  # the second: without liblsl beside it
        raise MotionLoopError(
            f"--lsl needs pylsl with its liblsl: `{installation.add('motionloop[share]')}`"
        ) from error
    return LslOutlets(shared)
