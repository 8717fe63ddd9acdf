"""Go back to the model that a board ran before the last push."""

from __future__ import annotations

import argparse

from motionloop.board.client import BoardClient
from motionloop.commands.board_options import add_board, chosen_board
from motionloop.commands.console import print_json, terminal
from motionloop.commands.documents import board_document
from motionloop.commands.options import add_json


def configure(parser: argparse.ArgumentParser) -> None:
    add_board(parser)
    add_json(parser)


async def run(options: argparse.Namespace) -> None:
    async with BoardClient(await chosen_board(options)) as client:
        model = await client.rollback()
        labels = await client.resumed(client.labels)
    if options.json:
        board = board_document(client.board)
        print_json({"board": board, "model_id": model.hex(), "labels": labels})
        return
    terminal().print(f"{client.board} runs model {model.hex()} again ({', '.join(labels)}).")
