"""Go back to the model that a board ran before the last push."""

from __future__ import annotations

import argparse

from motionloop.board.client import BoardClient
from motionloop.commands.board_options import add_board, chosen_board
from motionloop.commands.console import terminal


def configure(parser: argparse.ArgumentParser) -> None:
    add_board(parser)


async def run(options: argparse.Namespace) -> None:
    async with BoardClient(await chosen_board(options)) as client:
        model = await client.rollback()
        labels = ", ".join(await client.resumed(client.labels))
        terminal().print(f"{client.board} runs model {model.hex()} again ({labels}).")
